#include "cli/build.h"

#include "data/dataset.h"
#include "emit/publish.h"

typedef struct {
    const Request *request;
    Project *project;
    Dataset *data;
    Fonts *fonts;
    FrHyphen *hyphens; /* NULL: no word is cut */
    BuildProgress progress;
    void *user;
    BuildSummary *summary;
    Diag *diag;
} Run;

static double elapsed_ms(gint64 *since) {
    gint64 now = g_get_monotonic_time();
    double ms = (double)(now - *since) / 1000;
    *since = now;
    return ms;
}

static void say(const Run *run, const char *what) {
    if (run->progress) run->progress(run->user, what);
}

/* Written → known → said → laid out → painted, for one template. */
static bool build_report(Run *run, const Template *template, OutSet *out) {
    gint64 clock = g_get_monotonic_time();
    say(run, template->name);
    g_autoptr(Report) report = report_bind(run->project, template, run->data, run->diag);
    run->summary->query_ms += elapsed_ms(&clock);
    if (!report) return false;
    g_autoptr(Pages) pages =
        pages_compose(report, run->fonts, run->hyphens, run->request, run->diag);
    run->summary->layout_ms += elapsed_ms(&clock);
    if (!pages) return false;
    if (!run->request->draws) return true;
    bool is_painted = publish(pages, run->fonts, run->request, out, run->diag);
    run->summary->paint_ms += elapsed_ms(&clock);
    return is_painted;
}

/* Only what the templates name is kept of the data. */
static Dataset *load_data(const Project *project, Diag *diag) {
    g_autofree const char **texts = g_new0(const char *, project->n_templates + 1);
    for (size_t i = 0; i < project->n_templates; i++)
        texts[i] = source_data(project->templates[i].source, NULL);
    const DatasetOptions options = {project->request->jobs, texts};
    return dataset_load(project->package, &options, diag);
}

static Fonts *theme_fonts(const Theme *theme, Diag *diag) {
    diag_enter_at(diag, theme->fonts_span, "theme");
    Fonts *fonts = fonts_load(theme->font_dirs, theme->families, diag);
    diag_leave(diag);
    return fonts;
}

/* NULL without an error when the theme names no patterns. */
static FrHyphen *theme_hyphens(const Theme *theme, Diag *diag) {
    if (!theme->hyphenation) return NULL;
    diag_enter_at(diag, theme->fonts_span, "theme");
    FrHyphen *hyphens = fr_hyphen_load(theme->hyphenation, diag);
    diag_leave(diag);
    return hyphens;
}

static bool build_reports(Run *run) {
    g_autoptr(OutSet) out = out_set_new(run->request->out_dir);
    bool is_good = true;
    for (size_t i = 0; i < run->project->n_templates; i++)
        is_good &= build_report(run, &run->project->templates[i], out);
    if (!is_good || !run->request->draws) return is_good;
    gint64 clock = g_get_monotonic_time();
    is_good = out_set_commit(out, run->diag);
    run->summary->write_ms = elapsed_ms(&clock);
    run->summary->written = out_set_written(out);
    run->summary->fresh = out_set_fresh(out);
    return is_good;
}

bool build(const Request *request, BuildProgress progress, void *user, BuildSummary *ret_summary,
           Diag *diag) {
    *ret_summary = (BuildSummary){0};
    gint64 clock = g_get_monotonic_time();
    g_autoptr(Project) project = project_load(request, diag);
    g_autoptr(Dataset) data = project->package ? load_data(project, diag) : NULL;
    g_autoptr(Fonts) fonts = project->theme ? theme_fonts(project->theme, diag) : NULL;
    g_autoptr(FrHyphen) hyphens = project->theme ? theme_hyphens(project->theme, diag) : NULL;
    ret_summary->read_ms = elapsed_ms(&clock);
    if (diag_errors(diag) || !data || !fonts) return false;
    Run run = {request, project, data, fonts, hyphens, progress, user, ret_summary, diag};
    return build_reports(&run);
}
