/* chart/flags: dated rules through the panels, each named by a flag at the top of its stem.
 * A flag stands right of its stem (left near the right edge). A flag that covers another's stem
 * must stand above that stem's top: levels are longest paths in this order, so no flag overlaps
 * another or is crossed by a stem, by construction. A date of many days shades them all, and its
 * stem stops above them, in their middle; what lasts has its stem where it begins. Private to the
 * room. */
#pragma once

#include "chart/when.h"

typedef struct {
    double x;
    When when;
    const TextBlock *block;
    const char *key;
    int level; /* 0 is the lowest row */
    bool is_left;
    bool is_lasting; /* an interval whose start is known */
} Flag;

typedef struct {
    Flag *flags;
    size_t n;
    int n_levels;
    double row_height;
} Flags;

Flags flags_make(Chart *chart);
double flags_height(const Flags *flags); /* above the first panel's marks */
/* Stems become lines and flags rectangles of the label field. */
void flags_place(Chart *chart, const Flags *flags, double top);
void flags_shade(Chart *chart, const Flags *flags);
void flags_paint(Chart *chart, const Flags *flags, double top);
