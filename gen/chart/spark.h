/* chart/spark: a series as small as a word, set beside a key figure: thin bars from zero, or a thin
 * line between its least and its greatest value; no axis, no grid, no ground. All of it is in a
 * paler tone of one colour, 3:1 to the ground, and what is highlighted in the colour itself. What
 * is not known is left empty; a bar at 0 is a tick. Source: E. Tufte, Beautiful Evidence, 2006,
 * "Sparklines". Lengths in the medium's unit. */
#pragma once

#include "chart/chart.h"

/* Wished, and the least that can be read, for words of this type size. */
typedef struct {
    double wished, least;
} SparkWidth;
SparkWidth spark_width(const Spark *spark, double em);

/* The names of its first and last dates, side by side under it, in the smallest type that the
 * medium allows; height 0 and no texts when this width does not hold both. */
typedef struct {
    TextBlock *first, *last;
    double height;
} SparkEnds;
SparkEnds spark_ends(const Spark *spark, const ChartContext *context, double width, Arena *arena,
                     Diag *diag);

/* The ends stand under the rectangle. */
void spark_paint(const Spark *spark, const SparkEnds *ends, const ChartContext *context,
                 Frame *frame, Rect rect, Color color);
