/* report/words: what a mark says of itself, so that a figure can be told in words (report/alt).
 * Plain French text and names of template keys. Marks are declared in chart/, which this room does
 * not know: each gives its words beside its passes, and report_bind() is told how to find them. */
#pragma once

#include <stdbool.h>

typedef struct {
    const char *kind;       /* of the figure that it leads: "Frise"; NULL: it is a background */
    const char *kind_among; /* the same after another kind: "colonnes" */
    const char *each;       /* one row: "chaque cercle est placé à sa date" */
    const char *each_of;    /* without a time axis: "chaque colonne correspond à"; NULL: as each */
    const char *size;       /* what stands for the value: "sa surface représente"; NULL: nothing */
    const char *range;      /* what stands for a range without a value in it */
    const char *one, *many; /* a row, counted */
    const char *most;       /* before the greatest row, in one line; NULL: "maximum" */
    /* Keys that name its columns, or its unit; NULL: it has none. */
    const char *from, *to; /* dates; without time axis, `from` may hold names */
    const char *name, *value, *low, *high, *doubt, *stack, *unit;
    const char *class; /* as stack, of rows that are no parts of a whole */
    const char *title; /* of the axis of values */
    const char *along, *along_unit, *along_title; /* of an axis of numbers in place of time */
    const char *at_least;                         /* rows whose value is a minimum */
    const char *extent;                           /* a length or an area: at 0 nothing shows */
    const char *cumulate;                         /* key that makes values add up along the way */
    bool is_event;      /* its dates are those of what happened, not of how it was counted */
    bool adds_up;       /* its values are parts of a whole */
    bool is_piled;      /* rows of one date are one symbol */
    bool fills_years;   /* without time axis, a year without rows is one at 0 */
    bool is_monthly;    /* one symbol a month; what is not dated to one is not shown */
    bool is_count;      /* its values count things */
    bool is_annotation; /* without data, its x and y are values themselves: one row */
    bool has_shapes;    /* each category of `stack` has its own, as that of `class` has */
    bool is_merged;     /* rows of one date, or of one name, share a symbol */
    bool is_joined;     /* one line through all its rows */
} MarkWords;

/* NULL for a mark that is not known. */
typedef const MarkWords *(*MarkWordsFind)(const char *mark);
