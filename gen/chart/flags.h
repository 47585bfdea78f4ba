/* chart/flags: dated rules through the panels, each named by a flag above the first one. Where
 * flags stand is chart/stem's affair. A date of many days shades them all, and its stem stops above
 * them, in their middle; what lasts has its stem where it begins. Private to the room. */
#pragma once

#include "chart/stem.h"
#include "chart/when.h"

typedef struct {
    When when;
    bool is_lasting; /* an interval whose start is known */
    Point at;        /* of its text, where time runs downwards */
} Flag;

typedef struct {
    Flag *flags;
    StemLabel *labels; /* one a flag */
    size_t n;
} Flags;

Flags flags_make(Chart *chart);
double flags_height(const Chart *chart, const Flags *flags); /* above the first panel's marks */
/* Stems become lines and flags rectangles of the label field. */
void flags_place(Chart *chart, const Flags *flags);
/* The same where time runs downwards: rules before the marks are placed, their names once the field
 * has been turned. */
void flags_place_lines(Chart *chart, const Flags *flags);
void flags_place_turned(Chart *chart, Flags *flags);
void flags_shade(Chart *chart, const Flags *flags);
void flags_paint(Chart *chart, const Flags *flags);
