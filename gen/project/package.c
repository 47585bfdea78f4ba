/* Source of the keys: Frictionless Data Package and Table Schema, v1 (specs.frictionlessdata.io).
 * Keys of those standards that only describe are accepted unread; keys that would change what a
 * cell means and that are not implemented stay unread, and so are reported: a constraint nobody
 * checks would be a lie. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const package_files[] = {"datapackage.yaml", "datapackage.json"};

Span package_place(const Node *node) {
    return node->span.len || !node->key_span.source ? node->span : node->key_span;
}

/* Marks the keys that only describe, and those of other programs: `theirs:key`. */
void package_accept(Node *map, const char *const *keys) {
    for (; *keys; keys++) node_mark_read(node_find(map, *keys));
    for (size_t i = 0; i < map->n_children; i++) {
        const char *key = map->children[i]->key;
        if (strchr(key, ':') && !g_str_has_prefix(key, "frise:")) node_mark_read(map->children[i]);
    }
}

/* A text that must be there and not empty. */
const char *package_require(Loader *load, Node *map, const char *key) {
    const Node *node = node_require(map, key, load->diag);
    if (!node) return NULL;
    const char *text = node_text(map, key, "", load->diag);
    if (*text) return text;
    if (node->kind == NODE_SCALAR)
        diag_error(load->diag, package_place(node), "type-error", NULL, "`%s` is empty", key);
    return NULL;
}

/* The texts of a list, NULL-terminated; NULL without the key. */
const char **package_texts(Loader *load, Node *map, const char *key, size_t *ret_n) {
    const Node *list = node_list(map, key, load->diag);
    if (!list) return NULL;
    const char **texts = ARENA_ARRAY(load->arena, const char *, list->n_children + 1);
    size_t n = 0;
    for (size_t i = 0; i < list->n_children; i++) {
        const Node *item = list->children[i];
        if (item->kind == NODE_SCALAR)
            texts[n++] = item->text;
        else
            diag_error(load->diag, item->span, "type-error", "write one text or number an item",
                       "an item of `%s` is not a text", key);
    }
    if (ret_n) *ret_n = n;
    return texts;
}

/* An accepted value, without case; anything else is a fault that says what is. */
void package_expect(Loader *load, Node *map, const char *key, const char *wanted) {
    const char *text = node_text(map, key, wanted, load->diag);
    if (g_ascii_strcasecmp(text, wanted) == 0) return;
    g_autofree char *hint = g_strdup_printf("write %s, or leave the key out", wanted);
    diag_error(load->diag, package_place(node_find(map, key)), "unsupported-value", hint,
               "%s: « %s » is not supported", key, text);
}

void package_expect_bool(Loader *load, Node *map, const char *key, bool wanted) {
    if (node_bool(map, key, wanted, load->diag) == wanted) return;
    g_autofree char *hint =
        g_strdup_printf("write %s, or leave the key out", wanted ? "true" : "false");
    diag_error(load->diag, package_place(node_find(map, key)), "unsupported-value", hint,
               "%s: this value is not supported", key);
}

static PackageSource *read_sources(Loader *load, Node *map, size_t *ret_n) {
    static const char *const described[] = {"email", "version", NULL};
    const Node *list = node_list(map, "sources", load->diag);
    if (!list) return NULL;
    PackageSource *sources = ARENA_ARRAY(load->arena, PackageSource, list->n_children);
    for (size_t i = 0; i < list->n_children; i++) {
        Node *item = list->children[i];
        const char *title = package_require(load, item, "title");
        sources[i] = (PackageSource){title, node_text(item, "path", NULL, load->diag)};
        if (item->kind == NODE_MAP) package_accept(item, described);
    }
    *ret_n = list->n_children;
    return sources;
}

/* Does the file, when there is one, stand in the package's folder once links are followed? */
static bool is_inside(const char *folder, const char *path) {
    g_autofree char *joined = g_build_filename(folder, path, NULL);
    char *real_folder = realpath(folder, NULL), *real_path = realpath(joined, NULL);
    bool is_out = false;
    if (real_folder && real_path) {
        size_t n = strlen(real_folder);
        while (n && real_folder[n - 1] == '/') n--;
        is_out = strncmp(real_folder, real_path, n) != 0 || real_path[n] != '/';
    }
    free(real_folder);
    free(real_path);
    return !is_out;
}

static bool has_parent_step(const char *path) {
    g_auto(GStrv) steps = g_strsplit(path, "/", -1);
    return g_strv_contains((const char *const *)steps, "..");
}

static void check_path(Loader *load, const Resource *resource) {
    const char *path = resource->path, *hint = "write a path inside the folder of the package";
    Span span = package_place(resource->path_node);
    if (strstr(path, "://"))
        diag_error(load->diag, span, "unsafe-path",
                   "download the file beside datapackage.yaml and give its name",
                   "path: « %s » is an address, not a file", path);
    else if (g_path_is_absolute(path) || has_parent_step(path))
        diag_error(load->diag, span, "unsafe-path", hint,
                   "path: « %s » may leave the folder of the package", path);
    else if (!is_inside(load->package->folder, path))
        diag_error(load->diag, span, "unsafe-path",
                   "replace the symbolic link with the file itself",
                   "path: « %s » is a link out of the folder of the package", path);
}

static void read_path(Loader *load, Node *map, Resource *resource) {
    Node *list = node_find(map, "path");
    bool is_list_of_one = list && list->kind == NODE_LIST && list->n_children == 1 &&
                          list->children[0]->kind == NODE_SCALAR;
    const char *path =
        is_list_of_one ? list->children[0]->text : package_require(load, map, "path");
    if (is_list_of_one) node_mark_read(list);
    resource->path = path ? path : "";
    resource->path_node = list;
    if (path) check_path(load, resource);
}

/* The name of a resource in SQL, where `-` and `.` would be operators. */
static void read_name(Loader *load, Node *map, Resource *resource) {
    const char *name = package_require(load, map, "name");
    resource->name = name ? name : "";
    resource->table = g_strdelimit(arena_strdup(load->arena, resource->name), "-.", '_');
    if (!name) return;
    size_t valid = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-._");
    bool is_reserved = g_str_has_prefix(resource->table, "sqlite_");
    if (name[valid] || g_ascii_isdigit(*name) || is_reserved)
        diag_error(load->diag, package_place(node_find(map, "name")), "invalid-name",
                   "use a-z, 0-9, `-`, `_` and `.`, with a letter first; not sqlite_…",
                   "« %s » cannot name a table", name);
}

static void read_resource(Loader *load, Node *map, Resource *resource) {
    static const char *const described[] = {"description", "mediatype", "profile",
                                            "type",        "licenses",  "bytes",
                                            "hash",        "$schema",   NULL};
    resource->node = map;
    read_name(load, map, resource);
    if (map->kind != NODE_MAP) return;
    resource->title = node_text(map, "title", NULL, load->diag);
    read_path(load, map, resource);
    package_read_dialect(load, map, resource);
    package_read_schema(load, map, resource);
    resource->sources = read_sources(load, map, &resource->n_sources);
    package_accept(map, described);
}

static void check_resource_names(Loader *load) {
    const Package *package = load->package;
    for (size_t i = 0; i < package->n_resources; i++)
        for (size_t k = 0; k < i; k++) {
            const Resource *resource = &package->resources[i], *other = &package->resources[k];
            if (!*resource->table || strcmp(resource->table, other->table) != 0) continue;
            diag_error(load->diag, package_place(resource->node), "duplicate-name",
                       "rename one of them",
                       "the resources « %s » and « %s » are both the table %s", other->name,
                       resource->name, resource->table);
        }
}

static void read_resources(Loader *load, Node *root) {
    Package *package = load->package;
    if (!node_require(root, "resources", load->diag)) return;
    const Node *list = node_list(root, "resources", load->diag);
    if (!list) return;
    package->n_resources = list->n_children;
    package->resources = ARENA_ARRAY(load->arena, Resource, list->n_children);
    for (size_t i = 0; i < list->n_children; i++) {
        diag_enter(load->diag, "resource %zu", i + 1);
        read_resource(load, list->children[i], &package->resources[i]);
        diag_leave(load->diag);
    }
    if (!list->n_children)
        diag_error(load->diag, package_place(list), "missing-key",
                   "add a resource for each CSV file", "`resources` is empty");
    check_resource_names(load);
}

/* Resources that name no source have those of the package. */
static void share_sources(Loader *load, Node *root) {
    size_t n = 0;
    PackageSource *sources = read_sources(load, root, &n);
    for (size_t i = 0; i < load->package->n_resources; i++) {
        Resource *resource = &load->package->resources[i];
        if (!resource->n_sources) resource->sources = sources, resource->n_sources = n;
    }
}

static void read_license(Loader *load, Node *root) {
    const Node *list = node_list(root, "licenses", load->diag);
    for (size_t i = 0; list && i < list->n_children; i++) {
        Node *item = list->children[i];
        const char *name = node_text(item, "name", NULL, load->diag);
        const char *title = node_text(item, "title", name, load->diag);
        const char *path = node_text(item, "path", NULL, load->diag);
        if (i == 0) load->package->license = title, load->package->license_path = path;
    }
}

static void read_package(Loader *load, Node *root) {
    static const char *const described[] = {
        "name",         "id",       "description", "homepage", "profile", "created",
        "contributors", "keywords", "image",       "$schema",  NULL};
    read_resources(load, root);
    if (root->kind != NODE_MAP) return;
    for (size_t i = 0; i < load->package->n_resources; i++) {
        diag_enter(load->diag, "resource %zu", i + 1);
        package_read_foreign_keys(load, i);
        diag_leave(load->diag);
    }
    load->package->title = node_text(root, "title", NULL, load->diag);
    load->package->version = node_text(root, "version", NULL, load->diag);
    read_license(load, root);
    share_sources(load, root);
    package_accept(root, described);
    node_report_unread(root, load->diag);
}

/* What is absent is the user's affair, what resists is the machine's. */
static void report_unreadable(const char *folder, const char *path, const char *error, Diag *diag) {
    struct stat info;
    if (stat(folder, &info) < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        diag_error(diag, (Span){0}, "missing-file", "name the folder of the data with --data",
                   "the folder %s does not exist", folder);
        return;
    }
    if (stat(path, &info) < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        diag_error(diag, (Span){0}, "missing-file",
                   "describe the CSV files there, or name another folder with --data",
                   "there is no %s in %s", package_files[0], folder);
        return;
    }
    diag_system(diag, path, "cannot be read: %s", error);
}

/* JSON is YAML; the YAML file is read when there are both. */
static char *find_file(const char *folder) {
    for (size_t i = 0; i < G_N_ELEMENTS(package_files); i++) {
        g_autofree char *path = g_build_filename(folder, package_files[i], NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS)) return g_steal_pointer(&path);
    }
    return g_build_filename(folder, package_files[0], NULL);
}

Package *package_load(const char *folder, Arena *arena, Diag *diag) {
    g_autofree char *path = find_file(folder);
    g_autofree char *error = NULL;
    g_autoptr(Source) source = source_load(path, path, &error);
    if (!source) {
        report_unreadable(folder, path, error, diag);
        return NULL;
    }
    size_t before = diag_errors(diag);
    Node *root = node_parse(source, arena, diag);
    if (!root) return NULL;
    Package *package = ARENA_NEW(arena, Package);
    package->folder = arena_strdup(arena, folder);
    read_package(&(Loader){package, arena, diag}, root);
    if (diag_errors(diag) > before) return NULL;
    package->source = g_steal_pointer(&source);
    return package;
}

void package_free(Package *package) {
    if (package) source_unref(package->source);
}
