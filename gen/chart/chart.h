/* chart/chart: one figure laid out on one canvas, by passes in a fixed order:
 * read (channels, domains) → frame the plot → measure (marks ask for margins) → place (positions,
 * obstacles, wished labels) → labels → paint. A mark is one file in marks/ and one row of the table
 * in chart.c; the label engine is chart/label. In: a Figure, a Medium, a size in the medium's unit.
 * Out: a Frame owned by the caller, or NULL after faults. What a mark cannot read is the same on
 * every medium: it is told once. */
#pragma once

#include "chart/scale.h"
#include "project/lock.h"
#include "report/report.h"

typedef struct {
    Fonts *fonts;
    const Theme *theme; /* with the medium's palette */
    const Medium *medium;
    bool stands_alone; /* carries its own source line and background; grows for its key */
    Lock *lock;        /* layout memory; NULL: none */
    GHashTable
        *faulty; /* figures whose marks cannot be read, told once; grows; NULL: forget them */
    const Theme *written; /* the theme that texts were coloured from; NULL: this one */
} ChartContext;

[[nodiscard]] Frame *chart_compose(const Figure *figure, const ChartContext *context, double width,
                                   double height, Diag *diag);
/* A mark's fill, for who draws one outside a figure: a pale one is outlined, to be at 3:1 of the
 * ground (WCAG 2.2, 1.4.11). The outline stays within the rectangle, and is finer in a thin one. */
void chart_mark_rect(Frame *frame, const Theme *theme, const Medium *medium, const char *key,
                     Rect rect, Color color);
/* What a mark says of itself, for the alternative texts; NULL when it is not known. */
const MarkWords *chart_mark_words(const char *mark);
/* The height the figure's template asks for on this medium, or a default proportion of width. */
double chart_height(const Figure *figure, const Medium *medium, double width, Diag *diag);
