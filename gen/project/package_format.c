/* The format of a field: one of the words that its type has, or a pattern of dates. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <string.h>

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

static bool is_timed(FieldType type) {
    return type == FIELD_DATE || type == FIELD_TIME || type == FIELD_DATETIME;
}

static void report_format(Loader *load, Node *node, const Field *field, const char *format) {
    g_autoptr(GString) all = g_string_new("default");
    for (size_t i = 0; i < G_N_ELEMENTS(format_names); i++)
        if (format_names[i].type == field->type)
            g_string_append_printf(all, ", %s", format_names[i].name);
    if (is_timed(field->type))
        g_string_append(all, field->type == FIELD_TIME ? ", %H:%M…" : ", %d/%m/%Y…");
    g_autofree char *hint = g_strdup_printf(_("the formats of a field of type %s are %s"),
                                            field_type_name(field->type), all->str);
    diag_error(load->diag, package_place(node_find(node, "format")), "unsupported-value", hint,
               "field `%s`: the format « %s » is not supported", field->name, format);
}

/* ---- patterns ---- */

/* What date_pattern_read() of data/ understands. */
static const char directives[] = "dmYyjbBHMSf%";

/* Which directives a pattern has, a bit each, in the order above. */
enum {
    HAS_DAY = 1 << 0,
    HAS_MONTH = 1 << 1 | 1 << 5 | 1 << 6,
    HAS_YEAR = 1 << 2 | 1 << 3,
    HAS_DAY_OF_YEAR = 1 << 4,
    HAS_TIME = 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10,
};

/* False: *ret_unknown is a directive that is not known. */
static bool read_directives(const char *pattern, unsigned *ret_found, char *ret_unknown) {
    *ret_found = 0;
    for (; *pattern; pattern++) {
        if (*pattern != '%') continue;
        const char *known = *++pattern ? strchr(directives, *pattern) : NULL;
        if (!known) {
            *ret_unknown = *pattern ? *pattern : ' ';
            return false;
        }
        if (*known != '%') *ret_found |= 1U << (known - directives);
    }
    return true;
}

/* What the pattern lacks to say a value of this type; NULL: nothing. */
static const char *missing_part(const Field *field, unsigned found) {
    bool has_month = found & (HAS_MONTH | HAS_DAY_OF_YEAR);
    bool has_day = (found & HAS_DAY_OF_YEAR) || ((found & HAS_DAY) && (found & HAS_MONTH));
    if (field->type == FIELD_TIME) return found & HAS_TIME ? NULL : N_("an hour, %H");
    if (!(found & HAS_YEAR)) return N_("a year, %Y");
    if (field->type == FIELD_DATETIME && !(found & HAS_TIME)) return N_("an hour, %H");
    if (!field->is_partial && !has_month) return N_("a month, %m");
    return field->is_partial || has_day ? NULL : N_("a day, %d");
}

static bool check_pattern(Loader *load, Node *node, const Field *field, const char *pattern) {
    unsigned found;
    char unknown;
    Span span = package_place(node_find(node, "format"));
    if (!read_directives(pattern, &found, &unknown)) {
        diag_error(load->diag, span, "unsupported-value",
                   "directives are %d %m %Y %y %j %b %B %H %M %S %f",
                   "field `%s`: the directive %%%c of the format is not supported", field->name,
                   unknown);
        return false;
    }
    if (!found) {
        report_format(load, node, field, pattern);
        return false;
    }
    const char *missing = missing_part(field, found);
    if (!missing) return true;
    diag_error(load->diag, span, "unsupported-value",
               field->type == FIELD_DATE ? N_("complete it; a month alone is the type yearmonth, a "
                                              "year alone the type year")
                                         : N_("complete it"),
               "field `%s`: the format « %s » lacks %s", field->name, pattern, _(missing));
    return false;
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

void package_read_format(Loader *load, Node *node, Field *field) {
    const char *format = node_text(node, "format", "default", load->diag);
    if (strcmp(format, "default") == 0) return;
    for (size_t i = 0; i < G_N_ELEMENTS(format_names); i++)
        if (format_names[i].type == field->type && strcmp(format_names[i].name, format) == 0) {
            field->format = format_names[i].format;
            return;
        }
    if (!is_timed(field->type)) {
        report_format(load, node, field, format);
        return;
    }
    /* `fmt:` is how the standard wrote patterns before its version 1. */
    const char *pattern = g_str_has_prefix(format, "fmt:") ? format + strlen("fmt:") : format;
    if (!check_pattern(load, node, field, pattern)) return;
    field->format = FORMAT_PATTERN;
    field->is_reading_fixed = true;
    if (field->type == FIELD_DATE && read_date_order(pattern, &field->reading.dates)) return;
    field->date_format = pattern;
}
