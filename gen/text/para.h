/* text/para: one text, styled, broken in lines and drawn.
 * In: spans of UTF-8 joined in one text, a style, the widest line allowed. Out: a TextBlock, plain
 * data in the caller's arena, which needs no font to be drawn. Lengths in the canvas's unit.
 * '\n' is a forced line end. Everything given is set: a word that is wider than the line is cut
 * between letters where the setting allows it, else it stands alone on its line and says so
 * (is_overfull). A character that the font lacks is an error in diag, once
 * for each character and family. */
#pragma once

#include "base/frame.h"
#include "lang/fr_hyphen.h"
#include "text/fonts.h"

typedef struct {
    const char *text;
    size_t len;         /* bytes */
    bool is_bold;       /* style->bold_weight */
    bool is_italic;     /* upright again where the style is italic */
    bool is_superior;   /* 1er, XXe: the face's own superiors, or reduced and raised letters; ° (of
                         * n°) is shown as a raised o */
    bool is_code;       /* program text: no word of it is cut */
    bool is_small_caps; /* where the face has them; as written elsewhere */
    bool has_color;
    Color color;
} TextSpan;

typedef struct {
    const char *family;
    double size;
    double leading;                 /* from baseline to baseline; 0 is 1.25 × size */
    FontWeight weight, bold_weight; /* 0: FONT_REGULAR, FONT_BOLD */
    bool is_italic;
    bool is_upper; /* set in capitals */
    Color color;
    const char *features; /* OpenType, "tnum,lnum"; NULL: the face's own */
    double letter_space;  /* added after each character */
} TextStyle;

typedef enum { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT } TextAlign;

typedef enum {
    FIT_RAGGED,    /* running text: least ragged, no word alone on the last line */
    FIT_BALANCED,  /* titles and labels: fewest lines, as even as can be */
    FIT_JUSTIFIED, /* running text at full width, by the space between words: text_can_justify */
} TextFit;

typedef struct {
    TextFit fit;
    double width;            /* of a line; <= 0: no limit */
    double indent;           /* of the first line; negative: of all the others */
    int looseness;           /* justified: lines more, or fewer (< 0), than the best, if the spaces
                              * allow it */
    const FrHyphen *hyphens; /* justified: where words may be cut; NULL: nowhere */
    bool hangs;              /* punctuation hangs in the margins */
    bool cuts_words;         /* those wider than the line, between any letters, without a hyphen */
} TextSetting;

typedef struct {
    /* From the left end of the line, on its baseline. The last ends with the space that parts it
     * from the next line, which has no advance: copied lines join rightly. A hyphen that a line end
     * adds reads as U+00AD. */
    GlyphRun *runs;
    Rect *boxes; /* of each run: advance by ascender and descender, grown by the ink */
    size_t n_runs;
    double x;     /* of the left end, from the left edge of the block: indent, less what hangs */
    double width; /* without the space at its end; what hangs is part of it */
    double space; /* of the spaces between words, as a share of the font's */
    bool is_hyphenated;
    bool is_overfull;
} TextLine;

typedef struct TextBlock {
    TextLine *lines;
    size_t n_lines;
    double width;  /* of the widest line */
    double height; /* n_lines × leading */
    double leading;
    double ascent, descent; /* of the style's own face: the first baseline lies at ascent */
    bool is_overfull;       /* some line is */
    bool is_cut;            /* a word was wider than the line */
    size_t rivers;          /* gaps between words that run through four lines or more */
} TextBlock;

/* Does a line hold the 45 letters or so of French without which spaces cannot take up what is left
 * of it? Else running text is better ragged. */
bool text_can_justify(Fonts *fonts, const TextStyle *style, double width);

/* Never NULL; an empty text has no line. */
[[nodiscard]] TextBlock *text_compose(Fonts *fonts, const TextStyle *style, const TextSpan *spans,
                                      size_t n_spans, const TextSetting *setting, Arena *arena,
                                      Diag *diag);
/* The same with a width and a fit alone. */
[[nodiscard]] TextBlock *text_set(Fonts *fonts, const TextStyle *style, const TextSpan *spans,
                                  size_t n_spans, double max_width, TextFit fit, Arena *arena,
                                  Diag *diag);
[[nodiscard]] TextBlock *text_set_plain(Fonts *fonts, const TextStyle *style, const char *text,
                                        double max_width, TextFit fit, Arena *arena, Diag *diag);

/* A text with its glyphs, to be set in several widths and shaped once; style and fonts outlive it.
 * Not for justified text, whose widths have words cut otherwise. */
typedef struct TextDraft TextDraft;
[[nodiscard]] TextDraft *text_draft_new(Fonts *fonts, const TextStyle *style, const TextSpan *spans,
                                        size_t n_spans, TextFit fit, Diag *diag);
void text_draft_free(TextDraft *draft); /* NULL is accepted */
/* A word that is wider than the line is cut. */
[[nodiscard]] TextBlock *text_draft_set(const TextDraft *draft, double max_width, Arena *arena);
/* The block in one colour, whatever its spans say. */
[[nodiscard]] TextBlock *text_in_color(const TextBlock *block, Color color, Arena *arena);

/* The top of the first line's ascender is at.y; at.x is the left edge, the centre or the right edge
 * by align. All runs go in one block of the frame. Returns the union of their boxes, RECT_EMPTY
 * without any. */
Rect text_draw(const TextBlock *block, Frame *frame, Point at, TextAlign align, Role role,
               const char *key, bool is_haloed);
/* Lines [first, first + n), for text that flows over columns: the baseline of line `first` is at.y,
 * at.x the left edge. block_number: one of the frame's, for all the lines of the text. */
Rect text_draw_lines(const TextBlock *block, size_t first, size_t n, Frame *frame, Point at,
                     Role role, const char *key, int block_number);
/* From the left end of the first line, where the integer part of its first number ends: at its
 * decimal comma, if it has one. The width of the line when there is no number. */
double text_decimal_x(const TextBlock *block);
/* Where it would be: from the first line's ascender to the last line's descender. */
Rect text_box(const TextBlock *block, Point at, TextAlign align);
