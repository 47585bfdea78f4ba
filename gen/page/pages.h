/* page/pages: a Report laid out: one Frame a page, one Frame a figure and medium.
 * In: a Report and its fonts. Out: Pages, owned by the caller, or NULL after faults. The lint has
 * looked at every frame. */
#pragma once

#include "chart/chart.h"

typedef struct {
    const Figure *figure;
    const Medium *medium;
    Frame *frame;
} FigureFrame;

typedef struct {
    const Report *report;
    Lock *lock;         /* layout memory, borrowed */
    GHashTable *faulty; /* as in ChartContext */
    Frame **pages;
    size_t n_pages;
    FigureFrame *figures;
    size_t n_figures;
} Pages;

/* Labels take their places from `lock`, and leave them there. */
[[nodiscard]] Pages *pages_compose(const Report *report, Fonts *fonts, const FrHyphen *hyphens,
                                   Lock *lock, const Request *request, Diag *diag);
void pages_free(Pages *pages);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pages, pages_free)
