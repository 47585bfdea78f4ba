#include "emit/publish.h"

#include "emit/emit.h"

/* One file to make. Encoders never share a Diag: each job has its own, merged in order. */
typedef struct {
    char *path;
    const EmitClass *class;
    EmitJob job;
    About about;
    GBytes *bytes;
    Diag *diag;
} Task;

static void task_free(void *data) {
    Task *task = data;
    g_free(task->path);
    if (task->bytes) g_bytes_unref(task->bytes);
    diag_free(task->diag);
    g_free(task);
}

typedef struct {
    const Pages *pages;
    const Fonts *fonts;
    const Request *request;
    GPtrArray *tasks;
} Publisher;

static bool is_asked(const Request *request, const char *class_name) {
    static const struct {
        const char *name;
        Formats format;
    } formats[] = {
        {"pdf", FORMAT_PDF},
        {"png", FORMAT_PNG},
        {"svg", FORMAT_SVG},
        {"layout", FORMAT_LAYOUT},
        {"alt", FORMAT_PNG | FORMAT_SVG}, /* goes with every image that is published */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        if (g_str_equal(formats[i].name, class_name)) return request->formats & formats[i].format;
    return false;
}

/* The data's cut-off day: outputs never read a clock. */
static int64_t created_at(const Report *report) {
    return (int64_t)report->as_of.last * 24 * 3600;
}

static About report_about(const Report *report) {
    return (About){.title = report->title,
                   .author = report->author,
                   .subject = report->description,
                   .licence_url = report->license_path,
                   .created = created_at(report)};
}

/* Takes the path. */
static void add_task(Publisher *publisher, char *path, const char *class_name,
                     const Frame *const *frames, size_t n_frames, double scale, About about) {
    Task *task = g_new0(Task, 1);
    *task = (Task){
        .class = emit_find(class_name),
        .about = about,
        .diag = diag_new(),
        .job = {.frames = frames, .n_frames = n_frames, .fonts = publisher->fonts, .scale = scale}};
    task->path = g_steal_pointer(&path);
    task->job.about = &task->about;
    g_ptr_array_add(publisher->tasks, task);
}

static void add_document(Publisher *publisher) {
    const Pages *pages = publisher->pages;
    const char *name = pages->report->name;
    const Frame *const *frames = (const Frame *const *)pages->pages;
    if (!pages->n_pages || !is_asked(publisher->request, "pdf")) return;
    add_task(publisher, g_strdup_printf("%s/%s.pdf", name, name), "pdf", frames, pages->n_pages, 1,
             report_about(pages->report));
}

/* 144 dpi: two pixels a point. */
enum { PAGE_SCALE = 2 };

static void add_pages(Publisher *publisher) {
    const Pages *pages = publisher->pages;
    const char *name = pages->report->name;
    for (size_t i = 0; i < pages->n_pages; i++) {
        const Frame *const *frame = (const Frame *const *)&pages->pages[i];
        About about = report_about(pages->report);
        if (is_asked(publisher->request, "png"))
            add_task(publisher, g_strdup_printf("%s/pages/page-%zu.png", name, i + 1), "png", frame,
                     1, PAGE_SCALE, about);
        if (is_asked(publisher->request, "layout"))
            add_task(publisher, g_strdup_printf("%s/pages/page-%zu.layout.json", name, i + 1),
                     "layout", frame, 1, 1, about);
    }
}

static bool is_first_screen(const Theme *theme, const Medium *medium) {
    for (size_t i = 0; i < theme->n_media; i++)
        if (!theme->media[i].is_page) return &theme->media[i] == medium;
    return false;
}

/* frise-680.png; a picture of a fixed size has one, frise-card.png. */
static char *png_name(const char *stem, const Medium *medium, int scale) {
    if (medium->height > 0 && medium->scales == 1) return g_strconcat(stem, ".png", NULL);
    return g_strdup_printf("%s-%.0f.png", stem, medium->width * scale);
}

static About figure_about(const Report *report, const Figure *figure) {
    About about = report_about(report);
    about.title = figure->title.plain;
    about.alt = figure->alt;
    about.alt_long = figure->alt_long;
    about.description = figure->description;
    about.source = figure->source.plain;
    return about;
}

/* One for all the media of a figure. */
static void add_alt_text(Publisher *publisher, size_t i) {
    const FigureFrame *figures = publisher->pages->figures, *own = &figures[i];
    if (!is_asked(publisher->request, "alt")) return;
    for (size_t k = 0; k < i; k++)
        if (figures[k].figure == own->figure) return;
    const Report *report = publisher->pages->report;
    const char *name = own->figure->name;
    add_task(publisher, g_strdup_printf("%s/figures/%s/%s.alt.txt", report->name, name, name),
             "alt", (const Frame *const *)&own->frame, 1, 1, figure_about(report, own->figure));
}

static void add_figure(Publisher *publisher, const FigureFrame *figure) {
    const char *report = publisher->pages->report->name, *name = figure->figure->name;
    const Frame *const *frame = (const Frame *const *)&figure->frame;
    const About about = figure_about(publisher->pages->report, figure->figure);
    /* The first screen medium gives the plain names, the others add theirs: frise-narrow-720.png.
     */
    const char *medium = is_first_screen(publisher->pages->report->theme, figure->medium)
                             ? NULL
                             : figure->medium->name;
    g_autofree char *stem = g_strdup_printf("%s/figures/%s/%s%s%s", report, name, name,
                                            medium ? "-" : "", medium ? medium : "");
    for (int scale = 1; scale <= 2 && is_asked(publisher->request, "png"); scale++)
        if (figure->medium->scales >> (scale - 1) & 1)
            add_task(publisher, png_name(stem, figure->medium, scale), "png", frame, 1, scale,
                     about);
    if (is_asked(publisher->request, "svg"))
        add_task(publisher, g_strconcat(stem, ".svg", NULL), "svg", frame, 1, 1, about);
    if (is_asked(publisher->request, "layout"))
        add_task(publisher, g_strconcat(stem, ".layout.json", NULL), "layout", frame, 1, 1, about);
}

static void run_task(void *data, [[maybe_unused]] void *user) {
    Task *task = data;
    task->bytes = emit_encode(task->class, &task->job, task->diag);
}

static void run_tasks(const Publisher *publisher) {
    int jobs = MAX(publisher->request->jobs, 1);
    if (jobs == 1) {
        for (guint i = 0; i < publisher->tasks->len; i++)
            run_task(publisher->tasks->pdata[i], NULL);
        return;
    }
    GThreadPool *pool = g_thread_pool_new(run_task, NULL, jobs, TRUE, NULL);
    for (guint i = 0; i < publisher->tasks->len; i++)
        g_thread_pool_push(pool, publisher->tasks->pdata[i], NULL);
    g_thread_pool_free(pool, FALSE, TRUE);
}

bool publish(const Pages *pages, const Fonts *fonts, const Request *request, OutSet *out,
             Diag *diag) {
    size_t before = diag_errors(diag);
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func(task_free);
    Publisher publisher = {pages, fonts, request, tasks};
    add_document(&publisher);
    add_pages(&publisher);
    for (size_t i = 0; i < pages->n_figures; i++) {
        add_figure(&publisher, &pages->figures[i]);
        add_alt_text(&publisher, i);
    }
    run_tasks(&publisher);
    for (guint i = 0; i < tasks->len; i++) {
        Task *task = tasks->pdata[i];
        diag_merge(diag, task->diag);
        if (task->bytes && !out_set_add(out, task->path, task->bytes, diag)) break;
    }
    return diag_errors(diag) == before;
}
