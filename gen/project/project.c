#include "project/project.h"

#include "base/i18n.h"

#include <string.h>

void project_free(Project *project) {
    if (!project) return;
    for (size_t i = 0; i < project->n_templates; i++) source_unref(project->templates[i].source);
    if (project->package) package_free(project->package);
    source_unref(project->theme_source);
    arena_free(project->arena);
    g_free(project);
}

static Source *load(const char *folder, const char *file, const char *hint, Diag *diag) {
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *error = NULL;
    Source *source = source_load(path, path, &error);
    if (!source) diag_error(diag, (Span){0}, "file", hint, "%s: %s", path, error);
    return source;
}

static void load_theme(Project *project, Diag *diag) {
    project->theme_source =
        load(project->request->templates_dir, "theme.yaml",
             N_("a theme gives fonts, colours and media; run from the project's "
                "folder or give --templates DIR"),
             diag);
    if (!project->theme_source) return;
    Node *root = node_parse(project->theme_source, project->arena, diag);
    if (root) project->theme = theme_parse(root, project->arena, diag);
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names of the templates of the folder, sorted so that a run does not depend on the disk. */
static GPtrArray *list_templates(const char *folder) {
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *file;
    while (dir && (file = g_dir_read_name(dir))) {
        if (!g_str_has_suffix(file, ".yaml") || file[0] == '.') continue;
        if (g_str_equal(file, "theme.yaml")) continue;
        g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(".yaml")));
    }
    g_ptr_array_sort(names, compare_names);
    return names;
}

static char *unknown_report_hint(const GPtrArray *known) {
    g_autoptr(GString) hint = g_string_new(_("the folder holds: "));
    for (guint i = 0; i < known->len; i++)
        g_string_append_printf(hint, "%s%s", i ? ", " : "", (char *)known->pdata[i]);
    return known->len ? g_strdup(hint->str)
                      : g_strdup(_("no template was found; run from the project's folder or give "
                                   "--templates DIR"));
}

/* A name is one file of the folder, not a path out of it. */
static bool is_plain_name(const char *name) {
    return *name && name[0] != '.' && !strchr(name, '/') && !strchr(name, '\\');
}

static void load_template(Project *project, const char *name, const GPtrArray *known, Diag *diag) {
    if (!is_plain_name(name) ||
        !g_ptr_array_find_with_equal_func((GPtrArray *)known, name, g_str_equal, NULL)) {
        g_autofree char *hint = unknown_report_hint(known);
        diag_error(diag, (Span){0}, "unknown-report", hint, "no template is named « %s »", name);
        return;
    }
    g_autofree char *file = g_strconcat(name, ".yaml", NULL);
    Source *source = load(project->request->templates_dir, file, N_("check its permissions"), diag);
    if (!source) return;
    Template *template = &project->templates[project->n_templates++];
    *template = (Template){.name = arena_strdup(project->arena, name), .source = source};
    template->root = node_parse(source, project->arena, diag);
}

static void load_templates(Project *project, Diag *diag) {
    const Request *request = project->request;
    g_autoptr(GPtrArray) known = list_templates(request->templates_dir);
    size_t n = request->n_reports ? request->n_reports : known->len;
    project->templates = ARENA_ARRAY(project->arena, Template, n);
    if (!n) {
        g_autofree char *hint = unknown_report_hint(known);
        diag_error(diag, (Span){0}, "file", hint, "nothing to build in « %s »",
                   request->templates_dir);
    }
    for (size_t i = 0; i < n; i++)
        load_template(project, request->n_reports ? request->reports[i] : known->pdata[i], known,
                      diag);
}

/* A name of the command line that must be one of `known` (NULL-terminated). */
static void check_name(const char *name, GPtrArray *known, const char *code, const char *problem,
                       Diag *diag) {
    g_ptr_array_add(known, NULL);
    if (!name || g_strv_contains((const char *const *)known->pdata, name)) return;
    const char *nearest = nearest_word(name, (const char *const *)known->pdata);
    g_autofree char *all = g_strjoinv(", ", (char **)known->pdata);
    g_autofree char *hint = nearest ? g_strdup_printf(_("did you mean %s?"), nearest)
                                    : g_strdup_printf(_("there is: %s"), all);
    diag_error(diag, (Span){0}, code, hint, "%s « %s »", _(problem), name);
}

static void check_request(const Project *project, Diag *diag) {
    g_autoptr(GPtrArray) media = g_ptr_array_new();
    for (size_t i = 0; project->theme && i < project->theme->n_media; i++)
        g_ptr_array_add(media, (char *)project->theme->media[i].name);
    if (project->theme)
        check_name(project->request->medium, media, "unknown-medium", N_("the theme has no medium"),
                   diag);
    g_autoptr(GPtrArray) figures = g_ptr_array_new();
    for (size_t i = 0; i < project->n_templates; i++) {
        const Node *root = project->templates[i].root;
        for (size_t k = 0; root && k < root->n_children; k++) {
            const Node *map = root->children[k];
            if (!map->key || !g_str_equal(map->key, "figures")) continue;
            for (size_t f = 0; f < map->n_children; f++)
                g_ptr_array_add(figures, (char *)map->children[f]->key);
        }
    }
    check_name(project->request->only, figures, "unknown-figure", N_("no report has a figure"),
               diag);
}

Project *project_load(const Request *request, Diag *diag) {
    Project *project = g_new0(Project, 1);
    project->arena = arena_new();
    project->request = request;
    load_theme(project, diag);
    project->package = package_load(request->data_dir, project->arena, diag);
    load_templates(project, diag);
    check_request(project, diag);
    return project;
}
