/* text/breaks: choose the line ends of one text. Pure arithmetic: knows no font and no letter.
 * In: n items (boxes, glue, penalties; widths in any one unit) and how lines are to be. Out: lines
 * as ranges of items, owned by the caller. A line ends at a penalty below PENALTY_NEVER, or at glue
 * that follows a box; glue and penalties at its start are dropped. Never fails: a stretch without
 * line end that is too wide is a line of its own, is_overfull. Linear in the length of the text.
 * Source: Knuth & Plass, "Breaking Paragraphs into Lines", Softw. Pract. Exper. 11 (1981), for the
 *   items, the badness and the fitness classes. Every line end is kept with its best past, rather
 *   than a list of active ones: texts are short, and the fewest lines must be countable. What
 *   depends on more than the line before (rivers, words repeated at the margin, staircases) is
 *   priced along that best past. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum { BREAK_BOX, BREAK_GLUE, BREAK_PENALTY } BreakKind;

enum { PENALTY_NEVER = 10000, PENALTY_FORCED = -10000 };

typedef struct {
    BreakKind kind;
    bool is_flagged;        /* a penalty that should not end two lines running */
    int penalty;            /* of a penalty: the price of ending a line there */
    double width;           /* of a penalty: added when the line ends there */
    double stretch, shrink; /* of glue */
    /* What lies outside the margins when a line starts with this box, or ends with this box or at
     * this penalty. */
    float hang_start, hang_end;
    /* Of a box: alike for words that look alike at the start or the end of a line; 0: like none. */
    guint32 start_key, end_key;
} BreakItem;

typedef enum {
    BREAKS_RAGGED,    /* least sum of squared gaps at the right */
    BREAKS_BALANCED,  /* fewest lines, then the most even */
    BREAKS_JUSTIFIED, /* total fit */
} BreakMode;

typedef struct {
    BreakMode mode;
    double width;  /* of a line; <= 0: no limit */
    double indent; /* taken from the first line; negative: from all the others */
    int looseness; /* justified: lines more, or fewer (< 0), than the best, if limits allow it */
    /* justified: the hard limits of the ratio; 0: 1. Beyond loosest only to avoid worse; tightest
     * never. */
    double loosest, tightest;
} BreakRules;

typedef struct {
    size_t start, end; /* items of the line: [start, end) */
    size_t next;       /* first item of the next line */
    double width;      /* natural, without what hangs */
    double ratio;      /* justified: > 0 share of stretch, < 0 of shrink to use */
    bool is_overfull;
} BreakLine;

typedef struct {
    BreakLine *lines;
    size_t n;
    size_t rivers; /* justified: gaps that run through four lines or more */
} Breaks;

[[nodiscard]] Breaks *breaks_find(const BreakItem *items, size_t n, const BreakRules *rules);
void breaks_free(Breaks *breaks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Breaks, breaks_free)
