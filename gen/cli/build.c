#include "cli/build.h"

#include "base/i18n.h"
#include "chart/chart.h"
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
    GPtrArray *locks; /* Lock, one a template, once it was laid out */
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

static char *lock_path(const Run *run, const char *template) {
    g_autofree char *name = g_strconcat(template, ".lock", NULL);
    return g_build_filename(run->request->templates_dir, name, NULL);
}

static Lock *load_lock(Run *run, const Template *template) {
    g_autofree char *path = lock_path(run, template->name);
    Lock *lock = lock_load(run->request->forgets ? NULL : path, run->diag);
    g_ptr_array_add(run->locks, lock);
    return lock;
}

/* Once the output is in its place, the layouts it shows are remembered. A folder that cannot be
 * written is no fault of the report. */
static void save_locks(const Run *run) {
    for (guint i = 0; i < run->locks->len; i++) {
        const Lock *lock = run->locks->pdata[i];
        if (!run->request->forgets && !lock_is_changed(lock)) continue;
        g_autofree char *path = lock_path(run, run->project->templates[i].name);
        g_autofree char *text = lock_print(lock);
        g_autoptr(GError) error = NULL;
        if (g_file_set_contents(path, text, -1, &error)) continue;
        diag_warning(run->diag, (Span){0}, "lock", _("labels may move at the next edit"),
                     "%s cannot be written: %s", path, error->message);
    }
}

/* Written → known → said → laid out → painted, for one template. */
static bool build_report(Run *run, const Template *template, OutSet *out) {
    gint64 clock = g_get_monotonic_time();
    say(run, template->name);
    g_autoptr(Report) report =
        report_bind(run->project, template, run->data, chart_mark_words, run->diag);
    run->summary->query_ms += elapsed_ms(&clock);
    if (!report) return false;
    Lock *lock = load_lock(run, template);
    g_autoptr(Pages) pages =
        pages_compose(report, run->fonts, run->hyphens, lock, run->request, run->diag);
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
    if (is_good) save_locks(run);
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
    g_autoptr(GPtrArray) locks = g_ptr_array_new_with_free_func((GDestroyNotify)lock_free);
    Run run = {.request = request,
               .project = project,
               .data = data,
               .fonts = fonts,
               .hyphens = hyphens,
               .progress = progress,
               .user = user,
               .summary = ret_summary,
               .locks = locks,
               .diag = diag};
    return build_reports(&run);
}
