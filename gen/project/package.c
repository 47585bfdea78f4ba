/* Source of the keys: Frictionless Data Package and Table Schema, v1 (specs.frictionlessdata.io).
 * Keys of those standards that only describe are accepted unread; keys that would change what a
 * cell means and that are not implemented stay unread, and so are reported: a constraint nobody
 * checks would be a lie. */
#include "project/package.h"

#include "base/date.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char PACKAGE_FILE[] = "datapackage.yaml";

enum { MAX_FIELDS = 400 }; /* four columns each at most, under the 2000 of SQLite */

typedef struct {
    Package *package;
    Arena *arena;
    Diag *diag;
} Loader;

static Span place_of(const Node *node) {
    return node->span.len || !node->key_span.source ? node->span : node->key_span;
}

/* Marks the keys that only describe, and those of other programs: `theirs:key`. */
static void accept_keys(Node *map, const char *const *keys) {
    for (; *keys; keys++) node_mark_read(node_find(map, *keys));
    for (size_t i = 0; i < map->n_children; i++) {
        const char *key = map->children[i]->key;
        if (strchr(key, ':') && !g_str_has_prefix(key, "frise:")) node_mark_read(map->children[i]);
    }
}

/* A text that must be there and not empty. */
static const char *require_text(Loader *load, Node *map, const char *key) {
    const Node *node = node_require(map, key, load->diag);
    if (!node) return NULL;
    const char *text = node_text(map, key, "", load->diag);
    if (*text) return text;
    if (node->kind == NODE_SCALAR)
        diag_error(load->diag, place_of(node), "type-error", NULL, "`%s` is empty", key);
    return NULL;
}

/* The texts of a list, NULL-terminated; NULL without the key. */
static const char **read_texts(Loader *load, Node *map, const char *key, size_t *ret_n) {
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
static void expect_text(Loader *load, Node *map, const char *key, const char *wanted) {
    const char *text = node_text(map, key, wanted, load->diag);
    if (g_ascii_strcasecmp(text, wanted) == 0) return;
    g_autofree char *hint = g_strdup_printf("write %s, or leave the key out", wanted);
    diag_error(load->diag, place_of(node_find(map, key)), "unsupported-value", hint,
               "%s: « %s » is not supported", key, text);
}

static void expect_bool(Loader *load, Node *map, const char *key, bool wanted) {
    if (node_bool(map, key, wanted, load->diag) == wanted) return;
    g_autofree char *hint =
        g_strdup_printf("write %s, or leave the key out", wanted ? "true" : "false");
    diag_error(load->diag, place_of(node_find(map, key)), "unsupported-value", hint,
               "%s: this value is not supported", key);
}

static bool read_type(Loader *load, Node *node, Field *field) {
    static const char *const names[] = {"string", "integer", "number", "boolean",
                                        "date",   "year",    NULL};
    const char *text = node_text(node, "type", "string", load->diag);
    for (size_t i = 0; names[i]; i++) {
        if (strcmp(text, names[i]) != 0) continue;
        bool is_year = strcmp(text, "year") == 0;
        field->type = is_year ? FIELD_INTEGER : (FieldType)i;
        if (is_year) field->has_minimum = field->has_maximum = true;
        if (is_year) field->minimum = 1, field->maximum = 9999;
        return true;
    }
    const char *near = nearest_word(text, names);
    g_autofree char *hint =
        near ? g_strdup_printf("did you mean %s?", near)
             : g_strdup("types are string, integer, number, boolean, date, year");
    diag_error(load->diag, place_of(node_find(node, "type")), "unknown-type", hint,
               "field `%s`: unknown type « %s »", field->name, text);
    return false;
}

static void read_format(Loader *load, Node *node, Field *field) {
    const char *format = node_text(node, "format", "default", load->diag);
    bool is_any = field->type == FIELD_DATE && strcmp(format, "any") == 0;
    field->is_uri = field->type == FIELD_STRING && strcmp(format, "uri") == 0;
    if (strcmp(format, "default") != 0 && !is_any && !field->is_uri)
        diag_error(load->diag, place_of(node_find(node, "format")), "unsupported-value",
                   field->type == FIELD_DATE     ? "dates are ISO 8601: write default or any"
                   : field->type == FIELD_STRING ? "formats of a string are default and uri"
                                                 : "the only format is default",
                   "field `%s`: the format « %s » is not supported", field->name, format);
    const char *precision = node_text(node, "frise:precision", "day", load->diag);
    field->is_partial = strcmp(precision, "partial") == 0;
    const Node *where = node_find(node, "frise:precision");
    if (!field->is_partial && strcmp(precision, "day") != 0)
        diag_error(load->diag, place_of(where), "unsupported-value", "write day or partial",
                   "field `%s`: unknown precision « %s »", field->name, precision);
    if (field->is_partial && field->type != FIELD_DATE)
        diag_error(load->diag, place_of(where), "unsupported-value", "write `type: date`",
                   "field `%s` is not a date: it has no precision", field->name);
}

/* A bound of a date covers the days it names: its first as a minimum, its last as a maximum. */
static bool read_bound(Loader *load, Node *constraints, const char *key, const Field *field,
                       double *ret_bound) {
    const char *text = node_text(constraints, key, NULL, load->diag);
    if (!text) return false;
    Span span = place_of(node_find(constraints, key));
    if (field->type == FIELD_DATE) {
        Date date;
        if (!date_parse(text, &date)) {
            diag_error(load->diag, span, "type-error", "write a date as 2017-01-31",
                       "%s: « %s » is not a date", key, text);
            return false;
        }
        *ret_bound = strcmp(key, "minimum") == 0 ? date.first : date.last;
        return true;
    }
    if (field->type == FIELD_INTEGER || field->type == FIELD_NUMBER) {
        size_t before = diag_errors(load->diag);
        double bound = node_number(constraints, key, 0, load->diag);
        if (diag_errors(load->diag) > before) return false;
        *ret_bound = bound;
        return true;
    }
    diag_error(load->diag, span, "unsupported-value", "bounds are for integers, numbers and dates",
               "field `%s` has no order: it has no %s", field->name, key);
    return false;
}

static void read_constraints(Loader *load, Node *node, Field *field) {
    Node *constraints = node_map(node, "constraints", load->diag);
    if (!constraints) return;
    field->is_required = node_bool(constraints, "required", false, load->diag);
    field->is_unique = node_bool(constraints, "unique", false, load->diag);
    if (read_bound(load, constraints, "minimum", field, &field->minimum)) field->has_minimum = true;
    if (read_bound(load, constraints, "maximum", field, &field->maximum)) field->has_maximum = true;
    field->pattern = node_text(constraints, "pattern", NULL, load->diag);
    field->pattern_node = node_find(constraints, "pattern");
    field->enumeration = read_texts(load, constraints, "enum", &field->n_enumeration);
    if (field->pattern && field->type != FIELD_STRING)
        diag_error(load->diag, place_of(field->pattern_node), "unsupported-value",
                   "patterns are for strings", "field `%s` is not a string: it has no pattern",
                   field->name);
    if (field->enumeration && !field->n_enumeration)
        diag_error(load->diag, place_of(node_find(constraints, "enum")), "unsupported-value",
                   "list the values, or leave the key out",
                   "field `%s`: the list of values is empty", field->name);
}

static void read_booleans(Loader *load, Node *node, Field *field) {
    static const char *const defaults_true[] = {"true", "True", "TRUE", "1", NULL};
    static const char *const defaults_false[] = {"false", "False", "FALSE", "0", NULL};
    if (field->type != FIELD_BOOLEAN) return;
    field->true_values = read_texts(load, node, "trueValues", NULL);
    field->false_values = read_texts(load, node, "falseValues", NULL);
    if (!field->true_values) field->true_values = (const char **)defaults_true;
    if (!field->false_values) field->false_values = (const char **)defaults_false;
}

static void read_field(Loader *load, Node *node, Field *field) {
    static const char *const described[] = {"description", "example", "rdfType", NULL};
    field->node = node;
    const char *name = require_text(load, node, "name");
    field->name = name ? name : "";
    if (node->kind != NODE_MAP) return;
    field->title = node_text(node, "title", NULL, load->diag);
    if (read_type(load, node, field)) {
        read_format(load, node, field);
        read_booleans(load, node, field);
        read_constraints(load, node, field);
    } else {
        node_mark_read(node);
    }
    accept_keys(node, described);
}

/* Names that SQLite would confuse: the same without case, or what a date column adds. */
static void check_field_names(Loader *load, const Resource *resource) {
    static const char *const suffixes[] = {"", "_start", "_end", "_precision"};
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < resource->n_fields; i++) {
        const Field *field = &resource->fields[i];
        if (!*field->name) continue;
        size_t n = field->type == FIELD_DATE ? G_N_ELEMENTS(suffixes) : 1;
        for (size_t k = 0; k < n; k++) {
            char *name = g_strconcat(field->name, suffixes[k], NULL);
            g_autofree char *key = g_ascii_strdown(name, -1);
            const Field *other = g_hash_table_lookup(taken, key);
            if (other && other != field)
                diag_error(load->diag, place_of(field->node), "duplicate-field",
                           "rename one of them",
                           "the column `%s` of field `%s` is also a column of field `%s`", name,
                           field->name, other->name);
            else
                g_hash_table_insert(taken, g_steal_pointer(&key), (void *)field);
            g_free(name);
        }
    }
}

static void read_fields(Loader *load, Node *schema, Resource *resource) {
    if (!node_require(schema, "fields", load->diag)) return;
    const Node *list = node_list(schema, "fields", load->diag);
    if (!list) return;
    if (list->n_children > MAX_FIELDS) {
        diag_error(load->diag, place_of(list), "too-large", "split the file",
                   "more than %d fields in one file", MAX_FIELDS);
        return;
    }
    resource->n_fields = list->n_children;
    resource->fields = ARENA_ARRAY(load->arena, Field, list->n_children);
    for (size_t i = 0; i < list->n_children; i++) {
        diag_enter(load->diag, "field %zu", i + 1);
        read_field(load, list->children[i], &resource->fields[i]);
        diag_leave(load->diag);
    }
    if (!list->n_children)
        diag_error(load->diag, place_of(list), "missing-key", "add the columns of the file",
                   "`fields` is empty");
    check_field_names(load, resource);
}

static const char *nearest_field(const Resource *resource, const char *word) {
    g_autofree const char **names = g_new0(const char *, resource->n_fields + 1);
    for (size_t i = 0; i < resource->n_fields; i++) names[i] = resource->fields[i].name;
    return nearest_word(word, names);
}

/* A text, or the list of one text that the standard also allows. */
static const Node *read_key_node(Loader *load, Node *schema) {
    Node *node = node_find(schema, "primaryKey");
    if (!node) return NULL;
    if (node->kind == NODE_LIST && node->n_children == 1) node = node->children[0];
    if (node->kind == NODE_SCALAR) return node;
    diag_error(load->diag, place_of(node), "unsupported-value", "name one field",
               "the primary key is not one field");
    return NULL;
}

static void read_primary_key(Loader *load, Node *schema, Resource *resource) {
    const Node *node = read_key_node(load, schema);
    if (!node) return;
    resource->primary_key = node->text;
    for (size_t i = 0; i < resource->n_fields; i++)
        if (strcmp(resource->fields[i].name, node->text) == 0) return;
    const char *near = nearest_field(resource, node->text);
    g_autofree char *hint = near ? g_strdup_printf("did you mean %s?", near) : NULL;
    diag_error(load->diag, place_of(node), "unknown-field", hint,
               "the primary key « %s » is not a field", node->text);
}

static void read_schema(Loader *load, Node *map, Resource *resource) {
    static const char *const described[] = {"$schema", "name", "title", "description", NULL};
    static const char *const missing[] = {"", NULL};
    resource->missing_values = (const char **)missing;
    if (!node_require(map, "schema", load->diag)) return;
    Node *schema = node_map(map, "schema", load->diag);
    if (!schema) return;
    const char **values = read_texts(load, schema, "missingValues", NULL);
    if (values) resource->missing_values = values;
    read_fields(load, schema, resource);
    read_primary_key(load, schema, resource);
    accept_keys(schema, described);
}

static void read_dialect(Loader *load, Node *map, Resource *resource) {
    static const char *const described[] = {"lineTerminator", "csvddfVersion", "$schema", "name",
                                            NULL};
    resource->delimiter = ',';
    Node *dialect = node_map(map, "dialect", load->diag);
    if (!dialect) return;
    const char *text = node_text(dialect, "delimiter", ",", load->diag);
    bool is_usable = strlen(text) == 1 && (guchar)*text < 0x80 && !strchr("\"\r\n", *text);
    if (is_usable)
        resource->delimiter = *text;
    else
        diag_error(load->diag, place_of(node_find(dialect, "delimiter")), "unsupported-value",
                   "write one character: \",\", \";\" or \"\\t\"", "« %s » cannot separate cells",
                   text);
    expect_bool(load, dialect, "header", true);
    expect_bool(load, dialect, "doubleQuote", true);
    expect_bool(load, dialect, "skipInitialSpace", false);
    expect_text(load, dialect, "quoteChar", "\"");
    accept_keys(dialect, described);
}

static PackageSource *read_sources(Loader *load, Node *map, size_t *ret_n) {
    static const char *const described[] = {"email", "version", NULL};
    const Node *list = node_list(map, "sources", load->diag);
    if (!list) return NULL;
    PackageSource *sources = ARENA_ARRAY(load->arena, PackageSource, list->n_children);
    for (size_t i = 0; i < list->n_children; i++) {
        Node *item = list->children[i];
        const char *title = require_text(load, item, "title");
        sources[i] = (PackageSource){title, node_text(item, "path", NULL, load->diag)};
        if (item->kind == NODE_MAP) accept_keys(item, described);
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
    Span span = place_of(resource->path_node);
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
    const char *path = require_text(load, map, "path");
    resource->path = path ? path : "";
    resource->path_node = node_find(map, "path");
    if (path) check_path(load, resource);
}

/* The name of a resource in SQL, where `-` and `.` would be operators. */
static void read_name(Loader *load, Node *map, Resource *resource) {
    const char *name = require_text(load, map, "name");
    resource->name = name ? name : "";
    resource->table = g_strdelimit(arena_strdup(load->arena, resource->name), "-.", '_');
    if (!name) return;
    size_t valid = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-._");
    bool is_reserved = g_str_has_prefix(resource->table, "sqlite_");
    if (name[valid] || g_ascii_isdigit(*name) || is_reserved)
        diag_error(load->diag, place_of(node_find(map, "name")), "invalid-name",
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
    expect_text(load, map, "format", "csv");
    expect_text(load, map, "encoding", "utf-8");
    read_dialect(load, map, resource);
    read_schema(load, map, resource);
    resource->sources = read_sources(load, map, &resource->n_sources);
    accept_keys(map, described);
}

static void check_resource_names(Loader *load) {
    const Package *package = load->package;
    for (size_t i = 0; i < package->n_resources; i++)
        for (size_t k = 0; k < i; k++) {
            const Resource *resource = &package->resources[i], *other = &package->resources[k];
            if (!*resource->table || strcmp(resource->table, other->table) != 0) continue;
            diag_error(load->diag, place_of(resource->node), "duplicate-name", "rename one of them",
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
        diag_error(load->diag, place_of(list), "missing-key", "add a resource for each CSV file",
                   "`resources` is empty");
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
    load->package->title = node_text(root, "title", NULL, load->diag);
    load->package->version = node_text(root, "version", NULL, load->diag);
    read_license(load, root);
    share_sources(load, root);
    accept_keys(root, described);
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
                   "there is no %s in %s", PACKAGE_FILE, folder);
        return;
    }
    diag_system(diag, path, "cannot be read: %s", error);
}

Package *package_load(const char *folder, Arena *arena, Diag *diag) {
    g_autofree char *path = g_build_filename(folder, PACKAGE_FILE, NULL);
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
