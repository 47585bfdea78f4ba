/* What the values of a field must respect. Which constraints a type has is that of Table Schema 2;
 * another tool that reads the package refuses the others too. Values in constraints are written as
 * JSON or as cells of the field are: those that only data/ can read stay texts. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <string.h>

typedef enum { HAS_BOUNDS = 1 << 0, HAS_LENGTH = 1 << 1, HAS_PATTERN = 1 << 2 } Constraints;

static unsigned constraints_of(FieldType type) {
    switch (type) {
    case FIELD_STRING: return HAS_LENGTH | HAS_PATTERN;
    case FIELD_INTEGER:
    case FIELD_NUMBER:
    case FIELD_DATE:
    case FIELD_TIME:
    case FIELD_DATETIME:
    case FIELD_YEAR:
    case FIELD_YEARMONTH:
    case FIELD_DURATION: return HAS_BOUNDS;
    case FIELD_OBJECT:
    case FIELD_ARRAY:
    case FIELD_LIST: return HAS_LENGTH;
    default: return 0;
    }
}

/* ---- bounds ---- */

static bool report_bound(Loader *load, const Node *node, const char *hint, const char *wanted) {
    diag_error(load->diag, package_place(node), "type-error", hint, "%s: « %s » is not %s",
               node->key, node->text, _(wanted));
    return false;
}

/* The days a bound names: `minimum: 2017` begins on its first, `exclusiveMinimum: 2017` after its
 * last. */
static bool read_date_bound(Loader *load, const Node *node, const Field *field, bool takes_first,
                            double *ret_bound, const char **ret_text) {
    Date date;
    if (date_parse(node->text, &date) && date.precision != DATE_INTERVAL) {
        *ret_bound = takes_first ? date.first : date.last;
        return true;
    }
    if (field->format == FORMAT_PATTERN) {
        *ret_text = node->text;
        return true;
    }
    return report_bound(load, node, N_("write a date as 2017-01-31"), N_("a date"));
}

static bool read_number_bound(Loader *load, Node *constraints, const Node *node,
                              double *ret_bound) {
    if (!node->is_plain && node_is_decimal(node->text)) {
        *ret_bound = g_ascii_strtod(node->text, NULL);
        return true;
    }
    size_t before = diag_errors(load->diag);
    double bound = node_number(constraints, node->key, 0, load->diag);
    if (diag_errors(load->diag) > before) return false;
    *ret_bound = bound;
    return true;
}

static bool read_bound(Loader *load, Node *constraints, const Node *node, const Field *field,
                       bool takes_first, double *ret_bound, const char **ret_text) {
    if (!(constraints_of(field->type) & HAS_BOUNDS)) {
        diag_error(load->diag, package_place(node), "unsupported-value",
                   "bounds are for integers, numbers, dates, times and durations",
                   "field `%s` has no order: it has no %s", field->name, node->key);
        return false;
    }
    switch (field->type) {
    case FIELD_DATE:
    case FIELD_YEARMONTH:
        return read_date_bound(load, node, field, takes_first, ret_bound, ret_text);
    case FIELD_INTEGER:
    case FIELD_NUMBER:
    case FIELD_YEAR: return read_number_bound(load, constraints, node, ret_bound);
    default: *ret_text = node->text; return true;
    }
}

/* One side: its two keys exclude each other. */
static bool read_side(Loader *load, Node *constraints, const Field *field, bool is_low,
                      double *ret_bound, const char **ret_text, bool *ret_excludes) {
    const char *key = is_low ? "minimum" : "maximum";
    const char *strict = is_low ? "exclusiveMinimum" : "exclusiveMaximum";
    const Node *node = node_find(constraints, key), *other = node_find(constraints, strict);
    if (node && other) {
        diag_error(load->diag, package_place(other), "unsupported-value", "keep one of the two",
                   "field `%s` has both %s and %s", field->name, key, strict);
        return false;
    }
    *ret_excludes = other != NULL;
    if (!node) node = other;
    if (!node || !node_text(constraints, node->key, NULL, load->diag)) return false;
    return read_bound(load, constraints, node, field, is_low != *ret_excludes, ret_bound, ret_text);
}

static void read_bounds(Loader *load, Node *constraints, Field *field) {
    field->has_minimum = read_side(load, constraints, field, true, &field->minimum,
                                   &field->minimum_text, &field->excludes_minimum) &&
                         !field->minimum_text;
    field->has_maximum = read_side(load, constraints, field, false, &field->maximum,
                                   &field->maximum_text, &field->excludes_maximum) &&
                         !field->maximum_text;
}

/* ---- lengths, patterns ---- */

static bool read_length(Loader *load, Node *constraints, const char *key, const Field *field,
                        size_t *ret_length) {
    const Node *node = node_find(constraints, key);
    if (!node) return false;
    if (!(constraints_of(field->type) & HAS_LENGTH)) {
        diag_error(load->diag, package_place(node), "unsupported-value",
                   "lengths are for strings, lists, arrays and objects",
                   "field `%s` has no length: it has no %s", field->name, key);
        return false;
    }
    size_t before = diag_errors(load->diag);
    double length = node_number(constraints, key, -1, load->diag);
    if (diag_errors(load->diag) > before) return false;
    if (length < 0 || length > 1e9 || length != (double)(size_t)length) {
        diag_error(load->diag, package_place(node), "type-error", "write a whole number",
                   "%s: this is not a length", key);
        return false;
    }
    *ret_length = (size_t)length;
    return true;
}

static void read_pattern(Loader *load, Node *constraints, Field *field) {
    field->pattern = node_text(constraints, "pattern", NULL, load->diag);
    field->pattern_node = node_find(constraints, "pattern");
    if (field->pattern && !(constraints_of(field->type) & HAS_PATTERN))
        diag_error(load->diag, package_place(field->pattern_node), "unsupported-value",
                   "patterns are for strings", "field `%s` is not a string: it has no pattern",
                   field->name);
}

/* ---- allowed values ---- */

/* JSON's own true and false, for a boolean that is written otherwise in cells. */
static void read_allowed_booleans(const Node *list, Field *field) {
    if (field->type != FIELD_BOOLEAN || !list || list->n_children != field->n_enumeration) return;
    for (size_t i = 0; i < field->n_enumeration; i++) {
        const Node *item = list->children[i];
        if (!item->is_plain) continue;
        if (strcmp(item->text, "true") == 0) field->enumeration[i] = field->true_values[0];
        if (strcmp(item->text, "false") == 0) field->enumeration[i] = field->false_values[0];
    }
}

static void check_allowed(Loader *load, const Field *field, const Node *list) {
    if (field->enumeration && list && list->kind == NODE_LIST && !list->n_children)
        diag_error(load->diag, package_place(list), "unsupported-value",
                   "list the values, or leave the key out",
                   "field `%s`: the list of values is empty", field->name);
}

/* Categories restrict as `enum` does; where both stand, `enum` is a part of them. */
static void read_categories(Loader *load, Node *node, Field *field) {
    const Node *list = node_find(node, "categories");
    if (!list) return;
    if (field->type != FIELD_STRING && field->type != FIELD_INTEGER) {
        diag_error(load->diag, package_place(list), "unsupported-value",
                   "categories are for strings and integers; write an `enum`",
                   "field `%s` has no categories", field->name);
        return;
    }
    size_t n = 0;
    const char **values = package_values(load, node, "categories", &n);
    if (field->enumeration || !values) return;
    field->enumeration = values;
    field->n_enumeration = n;
    check_allowed(load, field, list);
}

void package_read_constraints(Loader *load, Node *node, Field *field) {
    Node *constraints = node_map(node, "constraints", load->diag);
    field->constraints_node = constraints;
    if (constraints) {
        const Node *list = node_find(constraints, "enum");
        const Node *json = node_find(constraints, "jsonSchema");
        field->is_required = node_bool(constraints, "required", false, load->diag);
        field->is_unique = node_bool(constraints, "unique", false, load->diag);
        read_bounds(load, constraints, field);
        field->has_min_length =
            read_length(load, constraints, "minLength", field, &field->min_length);
        field->has_max_length =
            read_length(load, constraints, "maxLength", field, &field->max_length);
        read_pattern(load, constraints, field);
        field->enumeration = package_texts(load, constraints, "enum", &field->n_enumeration);
        read_allowed_booleans(list, field);
        check_allowed(load, field, list);
        if (json) {
            node_mark_read((Node *)json);
            diag_error(load->diag, package_place(json), "unsupported-value",
                       "leave the key out, and check the JSON elsewhere",
                       "field `%s`: jsonSchema is not supported", field->name);
        }
    }
    read_categories(load, node, field);
}
