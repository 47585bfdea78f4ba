/* chart/convention: how doubt is drawn, said once under the figure, and only when it was drawn.
 * Private to the room. A mark notes what it paints; the line takes its room from the next
 * composition, as the key does (chart/key.h). `conventions: false` in a figure leaves it out, where
 * its own texts say it; `conventions: {dashed: "…"}` says it in its own words. To add one: its name
 * here, its sentence in convention.c. */
#pragma once

#include "chart/mark.h"

typedef enum {
    CONVENTION_HOLLOW, /* an approximate date */
    CONVENTION_DASHED, /* an uncertain one */
    CONVENTION_REACH,  /* a line over the days that a date may be */
    CONVENTION_OPEN,   /* an end that is open or not known */
    CONVENTION_CUT,    /* it goes on outside the plot */
    CONVENTION_RANGE,  /* a whisker between two estimates */
    CONVENTION_LOG,    /* a logarithmic scale */
    CONVENTION_LOG_X,  /* along the foot alone */
    CONVENTION_LOG_Y,  /* of the values alone, where both are numbers */
    CONVENTION_LOG_BOTH,
    CONVENTION_PARTIAL, /* a period that was not over */
    CONVENTION_MINIMUM, /* a number that is at least so great */
    CONVENTION_COUNT,
} Convention;

/* Does the figure want them explained? Reads its key. */
bool convention_explains(Chart *chart);
void convention_note(Chart *chart, Convention convention);
/* Draws the sentences of chart->conventions upwards from the bottom; returns their top. */
double convention_paint(Chart *chart, double x, double bottom, double width);
