#include "page/pages.h"

#include "page/grid.h"
#include "page/lint.h"

void pages_free(Pages *pages) {
    if (!pages) return;
    for (size_t i = 0; i < pages->n_pages; i++) frame_free(pages->pages[i]);
    for (size_t i = 0; i < pages->n_figures; i++) frame_free(pages->figures[i].frame);
    g_free(pages->pages);
    g_free(pages->figures);
    if (pages->faulty) g_hash_table_unref(pages->faulty);
    g_free(pages);
}

static bool is_wanted(const Request *request, const Medium *medium, const char *figure) {
    if (request->medium && !g_str_equal(request->medium, medium->name)) return false;
    return !request->only || !figure || g_str_equal(request->only, figure);
}

static void lint_page(const PageSpec *spec, const Frame *frame, const Fonts *fonts,
                      const Medium *medium, bool is_lax, Diag *diag) {
    lint_frame(frame, fonts, medium->floor, spec->node->span, is_lax, diag);
    for (size_t i = 0; i < spec->n_areas; i++)
        if (spec->areas[i].block.kind == BLOCK_FIGURE) {
            Figure shown = figure_on(spec->areas[i].block.figure, medium);
            lint_events(&shown, frame, spec->node->span, is_lax, diag);
        }
}

static void compose_page(Pages *pages, const PageSpec *spec, const Medium *medium, Fonts *fonts,
                         const FrHyphen *hyphens, const Request *request, Diag *diag) {
    g_autoptr(Arena) arena = arena_new();
    g_autofree char *name = g_strdup_printf("page-%zu", pages->n_pages + 1);
    g_autoptr(Frame) frame = frame_new(name, medium->unit, medium->width, medium->height);
    frame->background = theme_background(pages->report->theme);
    PageContext context = {.fonts = fonts,
                           .hyphens = hyphens,
                           .theme = pages->report->theme,
                           .medium = medium,
                           .frame = frame,
                           .lock = pages->lock,
                           .faulty = pages->faulty,
                           .arena = arena,
                           .diag = diag};
    size_t before = diag_errors(diag);
    diag_enter(diag, "medium %s", medium->name);
    diag_enter(diag, "%s", name);
    frame_begin(frame, ROLE_PAGE, NULL, NULL, NULL);
    grid_draw(&context, spec);
    frame_end(frame);
    if (diag_errors(diag) == before) lint_page(spec, frame, fonts, medium, request->is_lax, diag);
    diag_leave(diag);
    diag_leave(diag);
    pages->pages[pages->n_pages++] = g_steal_pointer(&frame);
}

static void compose_pages(Pages *pages, const Medium *medium, Fonts *fonts, const FrHyphen *hyphens,
                          const Request *request, Diag *diag) {
    const Report *report = pages->report;
    if (request->only || !is_wanted(request, medium, NULL)) return;
    pages->pages = g_new0(Frame *, report->n_pages + 1);
    for (size_t i = 0; i < report->n_pages; i++)
        compose_page(pages, &report->pages[i], medium, fonts, hyphens, request, diag);
}

static void compose_figure(Pages *pages, const Figure *figure, const Medium *medium, Fonts *fonts,
                           const Request *request, Diag *diag) {
    Theme theme = *pages->report->theme;
    if (medium->colors) theme.colors = medium->colors;
    ChartContext context = {.fonts = fonts,
                            .theme = &theme,
                            .medium = medium,
                            .stands_alone = true,
                            .lock = pages->lock,
                            .faulty = pages->faulty,
                            .written = medium->colors ? pages->report->theme : NULL};
    double height = chart_height(figure, medium, medium->width, diag);
    diag_enter(diag, "medium %s", medium->name);
    Frame *frame = chart_compose(figure, &context, medium->width, height, diag);
    if (frame) {
        pages->figures[pages->n_figures++] = (FigureFrame){figure, medium, frame};
        lint_frame(frame, fonts, medium->floor, figure->node->key_span, request->is_lax, diag);
        Figure shown = figure_on(figure, medium);
        lint_events(&shown, frame, figure->node->key_span, request->is_lax, diag);
    }
    diag_leave(diag);
}

static void compose_figures(Pages *pages, const Medium *medium, Fonts *fonts,
                            const Request *request, Diag *diag) {
    const Report *report = pages->report;
    for (size_t i = 0; i < report->n_figures; i++)
        if (is_wanted(request, medium, report->figures[i].name) &&
            (!report->figures[i].media || g_strv_contains(report->figures[i].media, medium->name)))
            compose_figure(pages, &report->figures[i], medium, fonts, request, diag);
}

Pages *pages_compose(const Report *report, Fonts *fonts, const FrHyphen *hyphens, Lock *lock,
                     const Request *request, Diag *diag) {
    size_t before = diag_errors(diag);
    const Theme *theme = report->theme;
    g_autoptr(Pages) pages = g_new0(Pages, 1);
    pages->report = report;
    pages->lock = lock;
    pages->faulty = g_hash_table_new(NULL, NULL);
    pages->figures = g_new0(FigureFrame, report->n_figures * theme->n_media + 1);
    diag_enter(diag, "report %s", report->name);
    for (size_t i = 0; i < theme->n_media; i++) {
        const Medium *medium = &theme->media[i];
        if (medium->is_page)
            compose_pages(pages, medium, fonts, hyphens, request, diag);
        else
            compose_figures(pages, medium, fonts, request, diag);
    }
    if (diag_errors(diag) == before && !request->only && !request->medium)
        report_unread(report, diag);
    diag_leave(diag);
    return diag_errors(diag) == before ? g_steal_pointer(&pages) : NULL;
}
