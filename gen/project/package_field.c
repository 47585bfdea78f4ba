/* One field of a Table Schema: its type, its format, its constraints. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <string.h>

static const char *const type_names[] = {
    "string",   "integer",  "number", "boolean", "date",    "time", "datetime", "year", "yearmonth",
    "duration", "geopoint", "object", "array",   "geojson", "any",  "list",     NULL};

const char *field_type_name(FieldType type) {
    return type_names[type];
}

ValueKind field_value_kind(const Field *field) {
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_YEAR: return VALUE_INT;
    case FIELD_NUMBER: return VALUE_REAL;
    case FIELD_BOOLEAN: return VALUE_BOOL;
    case FIELD_DATE:
    case FIELD_YEARMONTH: return VALUE_DATE;
    default: return VALUE_TEXT;
    }
}

/* ---- type ---- */

bool package_find_type(const char *name, FieldType *ret_type) {
    for (size_t i = 0; type_names[i]; i++) {
        if (strcmp(name, type_names[i]) != 0) continue;
        *ret_type = (FieldType)i;
        return true;
    }
    return false;
}

static bool read_type(Loader *load, Node *node, Field *field) {
    const char *text = node_text(node, "type", "string", load->diag);
    if (package_find_type(text, &field->type)) return true;
    const char *near = nearest_word(text, type_names);
    g_autofree char *all = g_strjoinv(", ", (char **)type_names);
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean %s?"), near)
                                 : g_strdup_printf(_("the types are %s"), all);
    diag_error(load->diag, package_place(node_find(node, "type")), "unknown-type", hint,
               "field `%s`: unknown type « %s »", field->name, text);
    return false;
}

static void read_precision(Loader *load, Node *node, Field *field) {
    const char *precision = node_text(node, "frise:precision", "day", load->diag);
    const Node *where = node_find(node, "frise:precision");
    field->is_partial = strcmp(precision, "partial") == 0;
    if (!field->is_partial && strcmp(precision, "day") != 0)
        diag_error(load->diag, package_place(where), "unsupported-value", "write day or partial",
                   "field `%s`: unknown precision « %s »", field->name, precision);
    if (field->is_partial && field->type != FIELD_DATE)
        diag_error(load->diag, package_place(where), "unsupported-value", "write `type: date`",
                   "field `%s` is not a date: it has no precision", field->name);
}

/* ---- numbers ---- */

static GroupMark group_of(const char *text) {
    if (!*text) return GROUP_NONE;
    bool is_space = !strcmp(text, " ") || !strcmp(text, "\u00A0") || !strcmp(text, "\u202F");
    if (is_space) return GROUP_SPACE;
    if (!strcmp(text, ".")) return GROUP_DOT;
    if (!strcmp(text, ",")) return GROUP_COMMA;
    return !strcmp(text, "'") || !strcmp(text, "’") ? GROUP_APOSTROPHE : GROUP_NONE;
}

static void read_number_reading(Loader *load, Node *node, Field *field) {
    bool is_number = field->type == FIELD_NUMBER;
    if (!is_number && field->type != FIELD_INTEGER) return;
    const char *decimal = is_number ? node_text(node, "decimalChar", NULL, load->diag) : NULL;
    const char *group = node_text(node, "groupChar", NULL, load->diag);
    field->reading.is_bare = node_bool(node, "bareNumber", true, load->diag);
    field->is_reading_fixed = decimal || group || node_find(node, "bareNumber");
    if (decimal && strcmp(decimal, ".") != 0 && strcmp(decimal, ",") != 0)
        diag_error(load->diag, package_place(node_find(node, "decimalChar")), "unsupported-value",
                   "write \".\" or \",\"", "« %s » is not a decimal mark", decimal);
    else if (decimal)
        field->reading.decimal = *decimal;
    if (!group) return;
    field->reading.group = group_of(group);
    bool is_decimal = group[0] == field->reading.decimal && !group[1];
    if ((!field->reading.group && *group) || is_decimal)
        diag_error(load->diag, package_place(node_find(node, "groupChar")), "unsupported-value",
                   is_decimal ? N_("the decimal mark is another one")
                              : N_("write a space, \".\", \",\" or \"'\""),
                   "« %s » does not part thousands", group);
}

/* ---- the field ---- */

static void read_list_items(Loader *load, Node *node, Field *field) {
    static const FieldType types[] = {FIELD_STRING, FIELD_INTEGER, FIELD_NUMBER,  FIELD_BOOLEAN,
                                      FIELD_DATE,   FIELD_TIME,    FIELD_DATETIME};
    if (field->type != FIELD_LIST) return;
    const char *text = node_text(node, "itemType", "string", load->diag);
    field->item_delimiter = node_text(node, "delimiter", ",", load->diag);
    bool is_item = false, is_known = package_find_type(text, &field->item_type);
    for (size_t i = 0; is_known && i < G_N_ELEMENTS(types); i++)
        is_item |= types[i] == field->item_type;
    if (!is_item)
        diag_error(load->diag, package_place(node_find(node, "itemType")), "unknown-type",
                   "items are of type string, integer, number, boolean, date, time or datetime",
                   "field `%s`: a list has no items of type « %s »", field->name, text);
    if (!*field->item_delimiter)
        diag_error(load->diag, package_place(node_find(node, "delimiter")), "unsupported-value",
                   "write what parts the items, as in \",\"",
                   "field `%s`: the delimiter of the list is empty", field->name);
}

static const char *const default_true[] = {"true", "True", "TRUE", "1", NULL};
static const char *const default_false[] = {"false", "False", "FALSE", "0", NULL};

static const char **read_boolean_texts(Loader *load, Node *node, const char *key,
                                       const char *const *fallback) {
    const char **texts = package_few(load, node, key);
    if (!texts) return (const char **)fallback;
    if (*texts) return texts;
    diag_error(load->diag, package_place(node_find(node, key)), "unsupported-value",
               "list the values, or leave the key out", "`%s` is empty", key);
    return (const char **)fallback;
}

static void read_booleans(Loader *load, Node *node, Field *field) {
    bool is_boolean = field->type == FIELD_BOOLEAN;
    field->true_values = (const char **)default_true;
    field->false_values = (const char **)default_false;
    if (!is_boolean) return;
    field->true_values = read_boolean_texts(load, node, "trueValues", default_true);
    field->false_values = read_boolean_texts(load, node, "falseValues", default_false);
    for (const char **yes = field->true_values; *yes; yes++)
        if (g_strv_contains(field->false_values, *yes))
            diag_error(load->diag, package_place(node), "unsupported-value",
                       "keep it in one of the two lists", "field `%s`: « %s » is true and false",
                       field->name, *yes);
}

void package_read_field(Loader *load, Node *node, Field *field) {
    static const char *const described[] = {
        "description", "example", "examples", "rdfType", "categoriesOrdered", "floatNumber", NULL};
    const char *name = package_require(load, node, "name");
    field->node = node;
    field->name = name ? name : "";
    field->reading = (Reading){.decimal = '.', .is_bare = true, .dates = DATES_ISO};
    if (node->kind != NODE_MAP) return;
    field->title = node_text(node, "title", NULL, load->diag);
    field->missing_values = package_few(load, node, "missingValues");
    if (read_type(load, node, field)) {
        read_precision(load, node, field);
        package_read_format(load, node, field);
        read_number_reading(load, node, field);
        read_booleans(load, node, field);
        read_list_items(load, node, field);
        package_read_constraints(load, node, field);
    } else {
        node_mark_read(node);
    }
    package_accept(node, described);
}
