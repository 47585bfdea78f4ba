/* chart/label_margin: labels one under another in a margin, each as near as can be to the height it
 * names, in the order given. Exact: minimises the sum of squared distances subject to no overlap,
 * which is isotonic regression, solved by pooling adjacent violators in linear time (Best and
 * Chakravarti, Mathematical Programming 47, 1990); bounds that all share are kept by clamping the
 * solution. Lengths are in the canvas's unit, y down; tops are rounded down to 1/64 unit, so that
 * sums cannot drift between machines. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    double wish, height; /* of its top edge; of its box */
    double y;            /* out: its top edge */
} MarginLabel;

/* Labels by their wishes, ascending; from `top` to `bottom`, `gap` apart. False, and y untouched,
 * when they are too high together. */
bool label_margin_set(MarginLabel *labels, size_t n, double gap, double top, double bottom);
/* The same in two margins, left and right of the line: which label goes where, so that the squared
 * distances of both add up to little. `sides` holds -1 (left), 1 (right) or 0; those that are not 0
 * stay. Alternates, then flips one label, or two neighbours on different sides, as long as that is
 * better: exact for what each margin holds, a local search for what it holds. */
void label_margin_split(const MarginLabel *labels, size_t n, double gap, double top, int *sides);
double label_margin_height(const MarginLabel *labels, size_t n, double gap);
