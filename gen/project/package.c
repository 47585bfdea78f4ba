/* Source of the keys: Frictionless Data Package and Table Schema, v1 (specs.frictionlessdata.io).
 * Keys of those standards that only describe are accepted unread; keys that would change what a
 * cell means and that are not implemented stay unread, and so are reported: a constraint nobody
 * checks would be a lie. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static const char *const package_files[] = {"datapackage.yaml", "datapackage.json"};

Span package_place(const Node *node) {
    return node->span.len || !node->key_span.source ? node->span : node->key_span;
}

void package_accept(Node *map, const char *const *keys) {
    for (; *keys; keys++) node_mark_read(node_find(map, *keys));
    for (size_t i = 0; i < map->n_children; i++) {
        const char *key = map->children[i]->key;
        if (strchr(key, ':') && !g_str_has_prefix(key, "frise:")) node_mark_read(map->children[i]);
    }
}

const char *package_require(Loader *load, Node *map, const char *key) {
    const Node *node = node_require(map, key, load->diag);
    if (!node) return NULL;
    const char *text = node_text(map, key, "", load->diag);
    if (*text) return text;
    if (node->kind == NODE_SCALAR)
        diag_error(load->diag, package_place(node), "type-error", NULL, "`%s` is empty", key);
    return NULL;
}

/* The text of an item, or of its `value` where a map may stand; NULL after a fault. */
static const char *item_text(Loader *load, Node *item, const char *key, bool may_be_map) {
    if (item->kind == NODE_SCALAR) return item->text;
    if (may_be_map && item->kind == NODE_MAP) {
        const Node *value = node_require(item, "value", load->diag);
        (void)node_text(item, "label", NULL, load->diag);
        if (value) return node_text(item, "value", "", load->diag);
        return NULL;
    }
    diag_error(load->diag, item->span, "type-error", "write one text or number an item",
               "an item of `%s` is not a text", key);
    return NULL;
}

static const char **read_items(Loader *load, Node *map, const char *key, bool may_be_map,
                               size_t *ret_n) {
    const Node *list = node_list(map, key, load->diag);
    if (!list) return NULL;
    const char **texts = ARENA_ARRAY(load->arena, const char *, list->n_children + 1);
    size_t n = 0;
    for (size_t i = 0; i < list->n_children; i++) {
        const char *text = item_text(load, list->children[i], key, may_be_map);
        if (text) texts[n++] = text;
    }
    if (ret_n) *ret_n = n;
    return texts;
}

const char **package_texts(Loader *load, Node *map, const char *key, size_t *ret_n) {
    return read_items(load, map, key, false, ret_n);
}

const char **package_values(Loader *load, Node *map, const char *key, size_t *ret_n) {
    return read_items(load, map, key, true, ret_n);
}

const char **package_few(Loader *load, Node *map, const char *key) {
    enum { MOST = 100 };
    size_t n = 0;
    const char **texts = package_values(load, map, key, &n);
    if (texts && n > MOST)
        diag_error(load->diag, package_place(node_find(map, key)), "too-large",
                   "keep those that the file holds", "`%s` lists more than %d values", key, MOST);
    return texts;
}

void package_expect(Loader *load, Node *map, const char *key, const char *wanted) {
    const char *text = node_text(map, key, wanted, load->diag);
    if (g_ascii_strcasecmp(text, wanted) == 0) return;
    g_autofree char *hint = g_strdup_printf(_("write %s, or leave the key out"), wanted);
    diag_error(load->diag, package_place(node_find(map, key)), "unsupported-value", hint,
               "%s: « %s » is not supported", key, text);
}

void package_expect_bool(Loader *load, Node *map, const char *key, bool wanted) {
    if (node_bool(map, key, wanted, load->diag) == wanted) return;
    g_autofree char *hint =
        g_strdup_printf(_("write %s, or leave the key out"), wanted ? "true" : "false");
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

static void read_path(Loader *load, Node *map, Resource *resource) {
    Node *list = node_find(map, "path");
    bool is_list_of_one = list && list->kind == NODE_LIST && list->n_children == 1 &&
                          list->children[0]->kind == NODE_SCALAR;
    resource->path = "";
    resource->path_node = is_list_of_one ? list->children[0] : list;
    if (list && list->kind == NODE_LIST) node_mark_read(list);
    if (list && list->kind == NODE_LIST && list->n_children > 1) {
        diag_error(load->diag, package_place(list), "unsupported-value",
                   "make one file of them, or a resource of each",
                   "path: a table in %zu files is not supported", list->n_children);
        return;
    }
    const char *path =
        is_list_of_one ? list->children[0]->text : package_require(load, map, "path");
    if (!path) return;
    resource->path = path;
    (void)package_check_path(load, "path", path, package_place(resource->path_node));
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

/* What the file is said to be: a size in bytes and a digest. */
static void read_digest(Loader *load, Node *map, Resource *resource) {
    const Node *bytes = node_find(map, "bytes");
    resource->hash = node_text(map, "hash", NULL, load->diag);
    resource->bytes = -1;
    if (!bytes || node_is_null(bytes)) return;
    double count = node_number(map, "bytes", -1, load->diag);
    if (count >= 0 && count < 9e15 && count == (double)(int64_t)count)
        resource->bytes = (int64_t)count;
    else if (bytes->kind == NODE_SCALAR && node_is_decimal(bytes->text))
        diag_error(load->diag, package_place(bytes), "type-error", "write a whole number",
                   "bytes: this is not a size");
}

static void read_resource(Loader *load, Node *map, Resource *resource) {
    static const char *const described[] = {"description", "mediatype", "profile", "type",
                                            "licenses",    "homepage",  "$schema", NULL};
    resource->node = map;
    read_name(load, map, resource);
    if (map->kind != NODE_MAP) return;
    resource->title = node_text(map, "title", NULL, load->diag);
    read_path(load, map, resource);
    read_digest(load, map, resource);
    package_read_dialect(load, map, resource);
    package_read_schema(load, map, resource);
    resource->sources = read_sources(load, map, &resource->n_sources);
    package_accept(map, described);
}

static void check_resource_names(Loader *load) {
    const Package *package = load->package;
    g_autoptr(GHashTable) taken = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < package->n_resources; i++) {
        const Resource *resource = &package->resources[i];
        const Resource *other = g_hash_table_lookup(taken, resource->table);
        if (!*resource->table) continue;
        if (other)
            diag_error(load->diag, package_place(resource->node), "duplicate-name",
                       "rename one of them",
                       "the resources « %s » and « %s » are both the table %s", other->name,
                       resource->name, resource->table);
        else
            g_hash_table_insert(taken, (char *)resource->table, (void *)resource);
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
    for (guint i = 0; i < load->roots->len; i++)
        node_report_unread(load->roots->pdata[i], load->diag);
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
static char *find_file(const char *folder, Diag *diag) {
    g_autofree char *yaml = g_build_filename(folder, package_files[0], NULL);
    g_autofree char *json = g_build_filename(folder, package_files[1], NULL);
    bool has_yaml = g_file_test(yaml, G_FILE_TEST_EXISTS);
    bool has_json = g_file_test(json, G_FILE_TEST_EXISTS);
    if (has_yaml && has_json)
        diag_warning(diag, (Span){0}, "two-packages", "delete one of the two",
                     "%s describes the data too: %s alone is read", json, yaml);
    return has_json && !has_yaml ? g_steal_pointer(&json) : g_steal_pointer(&yaml);
}

static void keep_parts(Package *package, GPtrArray *parts, Arena *arena) {
    package->n_parts = parts->len;
    package->parts = arena_dup(arena, parts->pdata, parts->len * sizeof(Source *));
    g_ptr_array_set_free_func(parts, NULL);
}

Package *package_load(const char *folder, Arena *arena, Diag *diag) {
    g_autofree char *path = find_file(folder, diag);
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
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func((GDestroyNotify)source_unref);
    g_autoptr(GPtrArray) roots = g_ptr_array_new();
    read_package(&(Loader){package, arena, diag, parts, roots}, root);
    if (diag_errors(diag) > before) return NULL;
    keep_parts(package, parts, arena);
    package->source = g_steal_pointer(&source);
    return package;
}

void package_free(Package *package) {
    if (!package) return;
    for (size_t i = 0; i < package->n_parts; i++) source_unref(package->parts[i]);
    source_unref(package->source);
}
