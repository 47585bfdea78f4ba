/* text/breaks: choose the line ends of one text. Pure arithmetic: knows no font and no letter.
 * In: n items (boxes, glue, penalties; widths in any one unit) and the width of a line, <= 0
 * without limit. Out: lines as ranges of items, owned by the caller. A line ends at a penalty below
 * PENALTY_NEVER, or at glue that follows a box; glue and penalties at its start are dropped.
 * Never fails: a stretch without line end that is too wide is a line of its own, is_overfull.
 * Source: Knuth & Plass, "Breaking Paragraphs into Lines", Softw. Pract. Exper. 11 (1981), for the
 *   items and the justified costs. Every line end is kept with its best past, rather than a list
 *   of active ones: texts are short, and the fewest lines must be countable. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum { BREAK_BOX, BREAK_GLUE, BREAK_PENALTY } BreakKind;

enum { PENALTY_NEVER = 10000, PENALTY_FORCED = -10000 };

typedef struct {
    BreakKind kind;
    double width;           /* of a penalty: added when the line ends there */
    double stretch, shrink; /* of glue */
    int penalty;
    bool is_flagged; /* a penalty that should not end two lines running */
} BreakItem;

typedef enum {
    BREAKS_RAGGED,    /* least sum of squared gaps at the right */
    BREAKS_BALANCED,  /* fewest lines, then the most even */
    BREAKS_JUSTIFIED, /* total fit */
} BreakMode;

typedef struct {
    size_t start, end; /* items of the line: [start, end) */
    size_t next;       /* first item of the next line */
    double width;      /* natural */
    double ratio;      /* justified: > 0 share of stretch, < 0 of shrink to use */
    bool is_overfull;
} BreakLine;

typedef struct {
    BreakLine *lines;
    size_t n;
} Breaks;

[[nodiscard]] Breaks *breaks_find(const BreakItem *items, size_t n, double width, BreakMode mode);
void breaks_free(Breaks *breaks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Breaks, breaks_free)
