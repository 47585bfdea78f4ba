/* The Table Schema of a resource: its fields and its keys. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <string.h>

enum { MAX_FIELDS = 1900, SQL_COLUMNS = 1990 }; /* SQLite has 2000 at most, hidden ones included */

/* ---- fields ---- */

/* Names that SQLite would confuse: the same without case, or what a date column adds. */
static void check_field_names(Loader *load, const Resource *resource) {
    static const char *const suffixes[] = {"", "_start", "_end", "_precision", "_qualifier"};
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < resource->n_fields; i++) {
        const Field *field = &resource->fields[i];
        if (!*field->name) continue;
        size_t n = field_value_kind(field) == VALUE_DATE ? G_N_ELEMENTS(suffixes) : 1;
        for (size_t k = 0; k < n; k++) {
            g_autofree char *name = g_strconcat(field->name, suffixes[k], NULL);
            g_autofree char *key = g_ascii_strdown(name, -1);
            const Field *other = g_hash_table_lookup(taken, key);
            if (other && other != field)
                diag_error(load->diag, package_place(field->node), "duplicate-field",
                           "rename one of them",
                           "the column `%s` of field `%s` is also a column of field `%s`", name,
                           field->name, other->name);
            else
                g_hash_table_insert(taken, g_steal_pointer(&key), (void *)field);
        }
    }
}

/* Of SQL: a date has parts, an integer a sum (data/sql_table). */
static size_t columns_of(const Field *field) {
    ValueKind kind = field_value_kind(field);
    return kind == VALUE_DATE ? 9 : kind == VALUE_INT ? 2 : 1;
}

static void check_count(Loader *load, const Node *list, const Resource *resource) {
    size_t columns = 0;
    for (size_t i = 0; i < resource->n_fields; i++) columns += columns_of(&resource->fields[i]);
    if (columns > SQL_COLUMNS)
        diag_error(load->diag, package_place(list), "too-large", "split the file",
                   "the fields of one file give more than %d columns, nine for a date",
                   SQL_COLUMNS);
}

static void read_fields(Loader *load, Node *schema, Resource *resource) {
    if (!node_require(schema, "fields", load->diag)) return;
    const Node *list = node_list(schema, "fields", load->diag);
    if (!list) return;
    if (list->n_children > MAX_FIELDS) {
        diag_error(load->diag, package_place(list), "too-large", "split the file",
                   "more than %d fields in one file", MAX_FIELDS);
        return;
    }
    resource->n_fields = list->n_children;
    resource->fields = ARENA_ARRAY(load->arena, Field, list->n_children);
    for (size_t i = 0; i < list->n_children; i++) {
        diag_enter(load->diag, "field %zu", i + 1);
        package_read_field(load, list->children[i], &resource->fields[i]);
        diag_leave(load->diag);
    }
    if (!list->n_children)
        diag_error(load->diag, package_place(list), "missing-key", "add the columns of the file",
                   "`fields` is empty");
    check_field_names(load, resource);
    check_count(load, list, resource);
}

size_t package_find_field(Loader *load, const Resource *resource, const char *name, Span span,
                          const char *what) {
    for (size_t i = 0; i < resource->n_fields; i++)
        if (strcmp(resource->fields[i].name, name) == 0) return i;
    g_autofree const char **names = g_new0(const char *, resource->n_fields + 1);
    for (size_t i = 0; i < resource->n_fields; i++) names[i] = resource->fields[i].name;
    const char *near = nearest_word(name, names);
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean %s?"), near) : NULL;
    diag_error(load->diag, span, "unknown-field", hint, "%s « %s » is not a field", _(what), name);
    return SIZE_MAX;
}

/* ---- keys ---- */

bool package_read_key(Loader *load, Node *node, const Resource *resource, const char *what,
                      Key *ret_key) {
    size_t n = node->kind == NODE_LIST ? node->n_children : 1;
    size_t *columns = ARENA_ARRAY(load->arena, size_t, n + 1);
    bool is_known = node->kind != NODE_MAP && n;
    node_mark_read(node);
    for (size_t i = 0; i < n && is_known; i++) {
        const Node *item = node->kind == NODE_LIST ? node->children[i] : node;
        if (item->kind != NODE_SCALAR) {
            is_known = false;
            break;
        }
        columns[i] = package_find_field(load, resource, item->text, package_place(item), what);
        if (columns[i] == SIZE_MAX) return false;
    }
    if (!is_known) {
        diag_error(load->diag, package_place(node), "unsupported-value",
                   "name one field, or list several", "%s: this names no field", _(what));
        return false;
    }
    *ret_key = (Key){columns, n, node};
    return true;
}

static void read_unique_keys(Loader *load, Node *schema, Resource *resource) {
    const Node *list = node_list(schema, "uniqueKeys", load->diag);
    if (!list) return;
    resource->unique_keys = ARENA_ARRAY(load->arena, Key, list->n_children);
    for (size_t i = 0; i < list->n_children; i++)
        if (package_read_key(load, list->children[i], resource, N_("the unique key"),
                             &resource->unique_keys[resource->n_unique_keys]))
            resource->n_unique_keys++;
}

static size_t find_resource(Loader *load, const char *name, Span span, size_t self) {
    const Package *package = load->package;
    if (!*name) return self;
    for (size_t i = 0; i < package->n_resources; i++)
        if (strcmp(package->resources[i].name, name) == 0) return i;
    g_autofree const char **names = g_new0(const char *, package->n_resources + 1);
    for (size_t i = 0; i < package->n_resources; i++) names[i] = package->resources[i].name;
    const char *near = nearest_word(name, names);
    g_autofree char *all = g_strjoinv(", ", (char **)names);
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean %s?"), near)
                                 : g_strdup_printf(_("the resources are %s"), all);
    diag_error(load->diag, span, "unknown-resource", hint,
               "the foreign key refers to « %s », which is not a resource", name);
    return SIZE_MAX;
}

static void read_foreign_key(Loader *load, Node *node, size_t self) {
    Resource *resource = &load->package->resources[self];
    ForeignKey key = {0};
    Node *fields = node_require(node, "fields", load->diag);
    Node *reference = node_map(node, "reference", load->diag);
    if (!fields || !package_read_key(load, fields, resource, N_("the foreign key"), &key.from))
        return;
    if (!reference) {
        node_require(node, "reference", load->diag);
        return;
    }
    const char *name = node_text(reference, "resource", "", load->diag);
    Span span = package_place(node_find(reference, "resource") ? node_find(reference, "resource")
                                                               : reference);
    Node *targets = node_require(reference, "fields", load->diag);
    key.resource = find_resource(load, name, span, self);
    if (!targets || key.resource == SIZE_MAX) return;
    Key to;
    if (!package_read_key(load, targets, &load->package->resources[key.resource],
                          N_("the field referred to"), &to))
        return;
    if (to.n != key.from.n) {
        diag_error(load->diag, package_place(targets), "unsupported-value",
                   "name one field of the other table for each field of the key",
                   "the foreign key and what it refers to have %zu and %zu fields", key.from.n,
                   to.n);
        return;
    }
    key.columns = to.columns;
    resource->foreign_keys[resource->n_foreign_keys++] = key;
}

void package_read_foreign_keys(Loader *load, size_t self) {
    Resource *resource = &load->package->resources[self];
    if (!resource->schema_node) return;
    const Node *list = node_list((Node *)resource->schema_node, "foreignKeys", load->diag);
    if (!list) return;
    resource->foreign_keys = ARENA_ARRAY(load->arena, ForeignKey, list->n_children);
    for (size_t i = 0; i < list->n_children; i++) {
        Node *item = list->children[i];
        if (item->kind == NODE_MAP)
            read_foreign_key(load, item, self);
        else
            diag_error(load->diag, package_place(item), "type-error",
                       "write {fields: …, reference: {resource: …, fields: …}}",
                       "an item of `foreignKeys` is not a map");
    }
}

/* ---- the schema ---- */

/* Version 2 takes `exact` for granted; here the order of the columns is free unless it says so. */
static void read_match(Loader *load, Node *schema, Resource *resource) {
    static const char *const names[] = {"equal", "exact", "subset", "superset", "partial", NULL};
    const char *match = node_text(schema, "fieldsMatch", "equal", load->diag);
    for (size_t i = 0; names[i]; i++) {
        if (strcmp(match, names[i]) != 0) continue;
        resource->match = (FieldsMatch)i;
        return;
    }
    diag_error(load->diag, package_place(node_find(schema, "fieldsMatch")), "unsupported-value",
               "write equal, exact, subset, superset or partial",
               "fieldsMatch: « %s » is not known", match);
}

void package_read_schema(Loader *load, Node *map, Resource *resource) {
    static const char *const described[] = {"$schema", "name", "title", "description", NULL};
    static const char *const missing[] = {"", NULL};
    if (!node_require(map, "schema", load->diag)) return;
    Node *schema = package_part(load, map, "schema");
    if (!schema) return;
    resource->schema_node = schema;
    const char **values = package_few(load, schema, "missingValues");
    if (!values) values = (const char **)missing;
    read_fields(load, schema, resource);
    for (size_t i = 0; i < resource->n_fields; i++)
        if (!resource->fields[i].missing_values) resource->fields[i].missing_values = values;
    read_match(load, schema, resource);
    Node *primary = node_find(schema, "primaryKey");
    if (primary)
        (void)package_read_key(load, primary, resource, N_("the primary key"),
                               &resource->primary_key);
    read_unique_keys(load, schema, resource);
    package_read_rules(load, schema, resource);
    package_accept(schema, described);
}
