/* The Table Schema of a resource: its fields, its keys, and our rules between columns. */
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

static void check_count(Loader *load, const Node *list, const Resource *resource) {
    size_t columns = 0;
    for (size_t i = 0; i < resource->n_fields; i++)
        columns += field_value_kind(&resource->fields[i]) == VALUE_DATE ? 9 : 1;
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

/* One name, or a list of them. */
static bool read_key(Loader *load, Node *node, const Resource *resource, const char *what,
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
        if (read_key(load, list->children[i], resource, N_("the unique key"),
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
    if (!fields || !read_key(load, fields, resource, N_("the foreign key"), &key.from)) return;
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
    if (!read_key(load, targets, &load->package->resources[key.resource],
                  N_("the field referred to"), &to))
        return;
    if (to.n != key.from.n) {
        diag_error(load->diag, package_place(targets), "unsupported-value",
                   "name one field of the other table for each field of the key",
                   "the foreign key has %zu fields and refers to %zu", key.from.n, to.n);
        return;
    }
    key.columns = to.columns;
    resource->foreign_keys[resource->n_foreign_keys++] = key;
}

void package_read_foreign_keys(Loader *load, size_t self) {
    Resource *resource = &load->package->resources[self];
    if (resource->node->kind != NODE_MAP) return;
    Node *schema = node_find((Node *)resource->node, "schema");
    if (!schema || schema->kind != NODE_MAP) return;
    const Node *list = node_list(schema, "foreignKeys", load->diag);
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

/* ---- rules ---- */

static const struct {
    const char *sign;
    RuleOp op;
} signs[] = {{"<=", OP_AT_MOST}, {">=", OP_AT_LEAST}, {"!=", OP_NOT_EQUAL},
             {"<", OP_LESS},     {">", OP_MORE},      {"=", OP_EQUAL}};

static bool is_number(const Field *field) {
    ValueKind kind = field_value_kind(field);
    return kind == VALUE_INT || kind == VALUE_REAL;
}

/* `a <= b`, the names of two columns; a chain `a <= b <= c` is two rules. */
static bool read_comparison(Loader *load, const Node *node, const char *text,
                            const Resource *resource, Rule *rule) {
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        const char *sign = strstr(text, signs[i].sign);
        if (!sign) continue;
        g_autofree char *left = g_strstrip(g_strndup(text, (gsize)(sign - text)));
        g_autofree char *right = g_strstrip(g_strdup(sign + strlen(signs[i].sign)));
        rule->op = signs[i].op;
        rule->left =
            package_find_field(load, resource, left, package_place(node), N_("in a rule,"));
        rule->right =
            package_find_field(load, resource, right, package_place(node), N_("in a rule,"));
        if (rule->left == SIZE_MAX || rule->right == SIZE_MAX) return false;
        const Field *a = &resource->fields[rule->left], *b = &resource->fields[rule->right];
        bool is_alike =
            field_value_kind(a) == field_value_kind(b) || (is_number(a) && is_number(b));
        if (!is_alike)
            diag_error(load->diag, package_place(node), "unsupported-value",
                       "compare numbers with numbers, and dates with dates",
                       "the rule compares a field of type %s with one of type %s",
                       field_type_name(a->type), field_type_name(b->type));
        return is_alike;
    }
    diag_error(load->diag, package_place(node), "unsupported-value",
               "write a rule as `amount_min <= amount`", "« %s » compares nothing", text);
    return false;
}

static bool read_requirement(Loader *load, Node *map, const Resource *resource, Rule *rule) {
    Node *require = node_require(map, "require", load->diag);
    if (!require) return false;
    rule->is_requirement = true;
    if (!read_key(load, require, resource, N_("the required field"), &rule->required)) return false;
    const Node *when = node_find(map, "when");
    const char *name = node_text(map, "when", NULL, load->diag);
    if (!name) {
        diag_error(load->diag, package_place(map), "missing-key",
                   "name the column whose value calls for the others, or use the constraint "
                   "`required`",
                   "the rule lacks `when`");
        return false;
    }
    rule->when = package_find_field(load, resource, name, package_place(when), N_("in a rule,"));
    rule->text = arena_printf(load->arena, "%s", name);
    return rule->when != SIZE_MAX;
}

static bool read_rule(Loader *load, Node *node, const Resource *resource, Rule *rule) {
    *rule = (Rule){.when = SIZE_MAX, .node = node};
    if (node->kind == NODE_SCALAR) {
        rule->text = node->text;
        return read_comparison(load, node, node->text, resource, rule);
    }
    if (node->kind != NODE_MAP) {
        diag_error(load->diag, package_place(node), "type-error",
                   "write `amount_min <= amount`, or {require: source, when: amount}",
                   "an item of `frise:rules` is not a rule");
        return false;
    }
    rule->says = node_text(node, "says", NULL, load->diag);
    const Node *comparison = node_find(node, "rule");
    if (!comparison) return read_requirement(load, node, resource, rule);
    rule->text = node_text(node, "rule", "", load->diag);
    return read_comparison(load, comparison, rule->text, resource, rule);
}

static void read_rules(Loader *load, Node *schema, Resource *resource) {
    const Node *list = node_list(schema, "frise:rules", load->diag);
    if (!list) return;
    resource->rules = ARENA_ARRAY(load->arena, Rule, list->n_children);
    for (size_t i = 0; i < list->n_children; i++)
        if (read_rule(load, list->children[i], resource, &resource->rules[resource->n_rules]))
            resource->n_rules++;
}

/* ---- the schema ---- */

/* The columns of the file may stand in any order; each field has its column and each column its
 * field, which is what version 2 calls `equal`. */
static void read_match(Loader *load, Node *schema) {
    const Node *node = node_find(schema, "fieldsMatch");
    const char *match = node_text(schema, "fieldsMatch", "equal", load->diag);
    if (strcmp(match, "equal") != 0 && strcmp(match, "exact") != 0)
        diag_error(load->diag, package_place(node), "unsupported-value",
                   "write equal: the schema describes every column of the file",
                   "fieldsMatch: « %s » is not supported", match);
}

void package_read_schema(Loader *load, Node *map, Resource *resource) {
    static const char *const described[] = {"$schema", "name", "title", "description", NULL};
    static const char *const missing[] = {"", NULL};
    if (!node_require(map, "schema", load->diag)) return;
    Node *schema = node_map(map, "schema", load->diag);
    if (!schema) return;
    const char **values = package_texts(load, schema, "missingValues", NULL);
    if (!values) values = (const char **)missing;
    read_fields(load, schema, resource);
    for (size_t i = 0; i < resource->n_fields; i++)
        if (!resource->fields[i].missing_values) resource->fields[i].missing_values = values;
    read_match(load, schema);
    Node *primary = node_find(schema, "primaryKey");
    if (primary)
        (void)read_key(load, primary, resource, N_("the primary key"), &resource->primary_key);
    read_unique_keys(load, schema, resource);
    read_rules(load, schema, resource);
    package_accept(schema, described);
}
