/* One field of a Table Schema: its type, its format, its constraints. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <string.h>

static const char *const type_names[] = {
    "string",    "integer",  "number",   "boolean", "date",  "time",    "datetime", "year",
    "yearmonth", "duration", "geopoint", "object",  "array", "geojson", "any",      NULL};

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

static bool is_one_of(FieldType type, const FieldType *types, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (types[i] == type) return true;
    return false;
}

/* ---- type ---- */

static bool read_type(Loader *load, Node *node, Field *field) {
    const char *text = node_text(node, "type", "string", load->diag);
    for (size_t i = 0; type_names[i]; i++) {
        if (strcmp(text, type_names[i]) != 0) continue;
        field->type = (FieldType)i;
        return true;
    }
    const char *near = nearest_word(text, type_names);
    g_autofree char *all = g_strjoinv(", ", (char **)type_names);
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean %s?"), near)
                                 : g_strdup_printf(_("the types are %s"), all);
    diag_error(load->diag, package_place(node_find(node, "type")), "unknown-type", hint,
               "field `%s`: unknown type « %s »", field->name, text);
    return false;
}

/* ---- format ---- */

typedef struct {
    FieldType type;
    const char *name;
    FieldFormat format;
} FormatName;

static const FormatName format_names[] = {
    {FIELD_STRING, "email", FORMAT_EMAIL},     {FIELD_STRING, "uri", FORMAT_URI},
    {FIELD_STRING, "binary", FORMAT_BINARY},   {FIELD_STRING, "uuid", FORMAT_UUID},
    {FIELD_DATE, "any", FORMAT_ANY},           {FIELD_TIME, "any", FORMAT_ANY},
    {FIELD_DATETIME, "any", FORMAT_ANY},       {FIELD_GEOPOINT, "array", FORMAT_ARRAY},
    {FIELD_GEOPOINT, "object", FORMAT_OBJECT}, {FIELD_GEOJSON, "topojson", FORMAT_TOPOJSON},
};

static char *list_formats(FieldType type) {
    GString *all = g_string_new("default");
    for (size_t i = 0; i < G_N_ELEMENTS(format_names); i++)
        if (format_names[i].type == type) g_string_append_printf(all, ", %s", format_names[i].name);
    if (type == FIELD_DATE) g_string_append(all, ", %d/%m/%Y…");
    return g_string_free(all, FALSE);
}

/* What date_pattern_read() of data/ understands; a year of two digits could be any. */
static bool is_pattern(const char *format) {
    bool has_directive = false;
    for (; *format; format++) {
        if (*format != '%') continue;
        if (!strchr("dmYHMSjbB%", *++format) || !*format) return false;
        has_directive = true;
    }
    return has_directive;
}

/* `%d/%m/%Y` and its like: the Reading of a spreadsheet's dates. */
static bool read_date_order(const char *pattern, DateOrder *ret_order) {
    static const struct {
        const char *pattern;
        DateOrder order;
    } orders[] = {{"%d/%m/%Y", DATES_DMY}, {"%d-%m-%Y", DATES_DMY}, {"%d.%m.%Y", DATES_DMY},
                  {"%m/%d/%Y", DATES_MDY}, {"%m-%d-%Y", DATES_MDY}, {"%Y-%m-%d", DATES_ISO}};
    for (size_t i = 0; i < G_N_ELEMENTS(orders); i++) {
        if (strcmp(orders[i].pattern, pattern) != 0) continue;
        *ret_order = orders[i].order;
        return true;
    }
    return false;
}

static void report_format(Loader *load, Node *node, const Field *field, const char *format) {
    g_autofree char *all = list_formats(field->type);
    g_autofree char *hint = g_strdup_printf(_("the formats of a field of type %s are %s"),
                                            field_type_name(field->type), all);
    diag_error(load->diag, package_place(node_find(node, "format")), "unsupported-value", hint,
               "field `%s`: the format « %s » is not supported", field->name, format);
}

static void read_format(Loader *load, Node *node, Field *field) {
    static const FieldType timed[] = {FIELD_DATE, FIELD_TIME, FIELD_DATETIME};
    const char *format = node_text(node, "format", "default", load->diag);
    if (strcmp(format, "default") == 0) return;
    for (size_t i = 0; i < G_N_ELEMENTS(format_names); i++)
        if (format_names[i].type == field->type && strcmp(format_names[i].name, format) == 0) {
            field->format = format_names[i].format;
            return;
        }
    const char *pattern = g_str_has_prefix(format, "fmt:") ? format + 4 : format;
    if (!is_one_of(field->type, timed, G_N_ELEMENTS(timed)) || !is_pattern(pattern)) {
        report_format(load, node, field, format);
        return;
    }
    field->format = FORMAT_PATTERN;
    field->is_reading_fixed = true;
    if (field->type == FIELD_DATE && read_date_order(pattern, &field->reading.dates)) return;
    field->date_format = pattern;
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
    if (!field->reading.group && *group)
        diag_error(load->diag, package_place(node_find(node, "groupChar")), "unsupported-value",
                   "write a space, \".\", \",\" or \"'\"", "« %s » does not part thousands", group);
}

/* ---- constraints ---- */

/* A bound of a date covers the days it names: its first as a minimum, its last as a maximum. */
static bool read_bound(Loader *load, Node *constraints, const char *key, const Field *field,
                       double *ret_bound, const char **ret_text) {
    const char *text = node_text(constraints, key, NULL, load->diag);
    if (!text) return false;
    Span span = package_place(node_find(constraints, key));
    bool is_low = strstr(key, "inimum") != NULL;
    Date date;
    switch (field->type) {
    case FIELD_DATE:
    case FIELD_YEARMONTH:
        if (!date_parse(text, &date)) {
            diag_error(load->diag, span, "type-error", "write a date as 2017-01-31",
                       "%s: « %s » is not a date", key, text);
            return false;
        }
        *ret_bound = is_low ? date.first : date.last;
        return true;
    case FIELD_INTEGER:
    case FIELD_NUMBER:
    case FIELD_YEAR: {
        size_t before = diag_errors(load->diag);
        double bound = node_number(constraints, key, 0, load->diag);
        if (diag_errors(load->diag) > before) return false;
        *ret_bound = bound;
        return true;
    }
    case FIELD_TIME:
    case FIELD_DATETIME: *ret_text = text; return true;
    default:
        diag_error(load->diag, span, "unsupported-value",
                   "bounds are for integers, numbers, dates and times",
                   "field `%s` has no order: it has no %s", field->name, key);
        return false;
    }
}

static void read_bounds(Loader *load, Node *constraints, Field *field) {
    static const char *const keys[] = {"minimum", "exclusiveMinimum", "maximum",
                                       "exclusiveMaximum"};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        bool is_low = i < 2, excludes = i & 1;
        double *bound = is_low ? &field->minimum : &field->maximum;
        const char **text = is_low ? &field->minimum_text : &field->maximum_text;
        if (!read_bound(load, constraints, keys[i], field, bound, text)) continue;
        if (!*text) *(is_low ? &field->has_minimum : &field->has_maximum) = true;
        *(is_low ? &field->excludes_minimum : &field->excludes_maximum) = excludes;
    }
}

static bool read_length(Loader *load, Node *constraints, const char *key, const Field *field,
                        size_t *ret_length) {
    static const FieldType sized[] = {FIELD_STRING, FIELD_ARRAY, FIELD_OBJECT};
    const Node *node = node_find(constraints, key);
    if (!node) return false;
    double length = node_number(constraints, key, -1, load->diag);
    if (!is_one_of(field->type, sized, G_N_ELEMENTS(sized))) {
        diag_error(load->diag, package_place(node), "unsupported-value",
                   "lengths are for strings, arrays and objects",
                   "field `%s` has no length: it has no %s", field->name, key);
        return false;
    }
    if (length < 0 || length > 1e9 || length != (double)(size_t)length) {
        diag_error(load->diag, package_place(node), "type-error", "write a whole number",
                   "%s: this is not a length", key);
        return false;
    }
    *ret_length = (size_t)length;
    return true;
}

static void read_constraints(Loader *load, Node *node, Field *field) {
    Node *constraints = node_map(node, "constraints", load->diag);
    if (!constraints) return;
    field->is_required = node_bool(constraints, "required", false, load->diag);
    field->is_unique = node_bool(constraints, "unique", false, load->diag);
    read_bounds(load, constraints, field);
    field->has_min_length = read_length(load, constraints, "minLength", field, &field->min_length);
    field->has_max_length = read_length(load, constraints, "maxLength", field, &field->max_length);
    field->pattern = node_text(constraints, "pattern", NULL, load->diag);
    field->pattern_node = node_find(constraints, "pattern");
    field->enumeration = package_texts(load, constraints, "enum", &field->n_enumeration);
    if (field->enumeration && !field->n_enumeration)
        diag_error(load->diag, package_place(node_find(constraints, "enum")), "unsupported-value",
                   "list the values, or leave the key out",
                   "field `%s`: the list of values is empty", field->name);
}

static void read_booleans(Loader *load, Node *node, Field *field) {
    static const char *const defaults_true[] = {"true", "True", "TRUE", "1", NULL};
    static const char *const defaults_false[] = {"false", "False", "FALSE", "0", NULL};
    if (field->type != FIELD_BOOLEAN) return;
    field->true_values = package_texts(load, node, "trueValues", NULL);
    field->false_values = package_texts(load, node, "falseValues", NULL);
    if (!field->true_values) field->true_values = (const char **)defaults_true;
    if (!field->false_values) field->false_values = (const char **)defaults_false;
}

void package_read_field(Loader *load, Node *node, Field *field) {
    static const char *const described[] = {
        "description", "example", "examples", "rdfType", "categories", "categoriesOrdered", NULL};
    const char *name = package_require(load, node, "name");
    field->node = node;
    field->name = name ? name : "";
    field->reading = (Reading){.decimal = '.', .is_bare = true, .dates = DATES_ISO};
    if (node->kind != NODE_MAP) return;
    field->title = node_text(node, "title", NULL, load->diag);
    field->missing_values = package_texts(load, node, "missingValues", NULL);
    if (read_type(load, node, field)) {
        read_format(load, node, field);
        read_precision(load, node, field);
        read_number_reading(load, node, field);
        read_booleans(load, node, field);
        read_constraints(load, node, field);
    } else {
        node_mark_read(node);
    }
    package_accept(node, described);
}
