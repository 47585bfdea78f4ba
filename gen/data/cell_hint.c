#include "data/cell_hint.h"

#include "base/date.h"
#include "base/i18n.h"
#include "data/date_pattern.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    GString *digits; /* with at most one decimal point */
    bool has_space, has_unit, has_comma;
    double factor;
} Loose;

typedef struct {
    const char *word;
    double factor;
} Unit;

/* Longest first where one starts another. */
static const Unit units[] = {
    {"milliards", 1e9}, {"milliard", 1e9}, {"millions", 1e6}, {"million", 1e6}, {"dollars", 1},
    {"US$", 1},         {"USD", 1},        {"EUR", 1},        {"Md", 1e9},      {"bn", 1e9},
    {"km", 1},          {"kt", 1},         {"M", 1e6},        {"G", 1e9},       {"B", 1e9},
    {"k", 1e3},         {"K", 1e3},        {"$", 1},          {"€", 1},         {"%", 1},
};

static size_t read_unit(const char *text, double *ret_factor) {
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (g_str_has_prefix(text, units[i].word)) {
            *ret_factor = units[i].factor;
            return strlen(units[i].word);
        }
    return 0;
}

/* 1,234,567: commas that part thousands. One comma alone is read as French does: a decimal mark,
 * unless three digits follow it, when nobody can tell. */
static bool has_thousands(const char *text) {
    const char *comma = strchr(text, ',');
    return comma && strchr(comma + 1, ',');
}

static bool is_ambiguous(const char *text) {
    const char *comma = strchr(text, ',');
    return comma && comma > text && strspn(comma + 1, "0123456789") == 3 &&
           !g_ascii_isdigit(comma[4]) && !has_thousands(text);
}

static bool read_loosely(const char *text, Loose *loose) {
    bool skips_commas = has_thousands(text);
    if (is_ambiguous(text)) return false;
    for (const char *p = text; *p;) {
        double factor;
        size_t unit = read_unit(p, &factor);
        gunichar c = g_utf8_get_char(p);
        const char *next = g_utf8_next_char(p);
        if (g_ascii_isdigit(*p) || (*p == '-' && !loose->digits->len)) {
            if (loose->has_unit && loose->factor != 1) return false;
            g_string_append_c(loose->digits, *p);
        } else if (*p == '.' || (*p == ',' && !skips_commas)) {
            if (strchr(loose->digits->str, '.')) return false;
            loose->has_comma |= *p == ',';
            g_string_append_c(loose->digits, '.');
        } else if (g_unichar_isspace(c) || *p == '\'' || *p == ',' || c == 0x2019) {
            loose->has_space = true;
        } else if (unit) {
            loose->factor *= factor;
            loose->has_unit = true;
            next = p + unit;
        } else {
            return false;
        }
        p = next;
    }
    return strpbrk(loose->digits->str, "0123456789") != NULL;
}

/* With the decimal mark of the column. */
static char *print_number(double number, char decimal) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    char *shown = g_strdup(g_ascii_formatd(digits, sizeof digits, "%.15g", number));
    return g_strdelimit(shown, ".", decimal);
}

static char *plain_number_hint(const Field *field, char decimal) {
    if (field->type == FIELD_INTEGER)
        return g_strdup(_("write digits alone, without separators or unit"));
    return g_strdup(decimal == ','
                        ? _("write digits and a decimal comma, without separators or unit")
                        : _("write digits and a decimal point, without separators or unit"));
}

static char *number_hint(const Field *field, const Reading *reading, const char *text) {
    g_autoptr(GString) digits = g_string_new(NULL);
    Loose loose = {.digits = digits, .factor = 1};
    bool is_money = g_str_has_suffix(field->name, "_usd");
    if (node_is_decimal(text) && !isfinite(g_ascii_strtod(text, NULL)))
        return g_strdup(_("the number is too large"));
    if (!read_loosely(text, &loose)) return plain_number_hint(field, reading->decimal);
    double number = g_ascii_strtod(digits->str, NULL) * loose.factor;
    g_autofree char *shown = print_number(number, reading->decimal);
    bool is_too_long = strchr(shown, 'e') || fabs(number) >= 1e15;
    if (is_too_long) return g_strdup(_("the number is too large"));
    if (field->type == FIELD_INTEGER && number != floor(number))
        return g_strdup(_("write a whole number, or give the field the type number"));
    if (is_money && loose.has_unit)
        return g_strdup_printf(_("write the amount in dollars without unit: %s"), shown);
    if (loose.has_unit) return g_strdup_printf(_("write the number without unit: %s"), shown);
    if (loose.has_space) return g_strdup_printf(_("write the number without spaces: %s"), shown);
    if (loose.has_comma && reading->decimal == '.' && field->type == FIELD_NUMBER)
        return g_strdup_printf(_("write a decimal point: %s"), shown);
    return g_strdup_printf(_("write %s"), shown);
}

/* Three numbers, in French order (27/11/2019), English where the middle one is no month, or ISO. */
static bool read_three(const char *text, int ret_ymd[static 3]) {
    int a, b, c, used = 0;
    char s1, s2;
    if (sscanf(text, "%4d%c%2d%c%4d%n", &a, &s1, &b, &s2, &c, &used) < 5 || used <= 0) return false;
    bool is_rest_time = text[used] == 'T' || text[used] == ' ' || !text[used];
    if (s1 != s2 || !strchr("/-. ", s1) || !is_rest_time || a < 0 || b < 0 || c < 0) return false;
    bool is_year_first = a > 31;
    int year = is_year_first ? a : c, month = b, day = is_year_first ? c : a;
    if (month > 12 && day <= 12 && !is_year_first) month = day, day = b;
    if (year < 100) return false;
    ret_ymd[0] = year, ret_ymd[1] = month, ret_ymd[2] = day;
    return true;
}

static char *impossible_hint(const int ymd[static 3]) {
    if (ymd[1] < 1 || ymd[1] > 12) return g_strdup(_("months go from 01 to 12"));
    int last = date_days_in_month(ymd[0], ymd[1]);
    if (ymd[2] < 1 || ymd[2] > last)
        return g_strdup_printf(_("%04d-%02d has %d days"), ymd[0], ymd[1], last);
    return g_strdup_printf(_("write the date as year-month-day: %04d-%02d-%02d"), ymd[0], ymd[1],
                           ymd[2]);
}

/* The form that the package or the column has settled, when it is not that of ISO 8601. */
static char *date_form(const Field *field, const Reading *reading) {
    if (field->date_format) return date_pattern_example(field->date_format);
    switch (reading->dates) {
    case DATES_DMY: return g_strdup("27/11/2019");
    case DATES_MDY: return g_strdup("11/27/2019");
    case DATES_WORDS: return g_strdup("27 novembre 2019");
    case DATES_SERIAL: return g_strdup("43796");
    case DATES_ISO: break;
    }
    return NULL;
}

static char *date_hint(const Field *field, const Reading *reading, const char *text) {
    Date date;
    int ymd[3];
    g_autofree char *form = date_form(field, reading);
    if (form && reading->dates == DATES_SERIAL)
        return g_strdup(_("export the table again with the column formatted as year-month-day"));
    if (form) return g_strdup_printf(_("write the date as the others: %s"), form);
    if (date_parse(text, &date) && (date.precision == DATE_MONTH || date.precision == DATE_YEAR))
        return g_strdup(_("write the day too: this column holds whole days (or give its field "
                          "`frise:precision: partial`)"));
    if (date_parse(text, &date))
        return g_strdup(_("write one certain day: 2019-11-27 (or give the field "
                          "`frise:precision: partial`)"));
    if (read_three(text, ymd)) return impossible_hint(ymd);
    return g_strdup(field->is_partial
                        ? _("write 2019-11-27; or 2019-11, or 2019, when no more is known")
                        : _("write the date as year-month-day: 2019-11-27"));
}

/* A pattern of the package says more than the standard's form. */
static char *time_hint(const Field *field) {
    g_autofree char *form = field->date_format          ? date_pattern_example(field->date_format)
                            : field->type == FIELD_TIME ? g_strdup("16:20:00")
                                                        : g_strdup("2019-11-27T16:20:00");
    return g_strdup_printf(_("write %s"), form);
}

static char *boolean_hint(const Field *field) {
    const char *yes = field->true_values[0], *no = field->false_values[0];
    return g_strdup_printf(_("write %s or %s"), yes ? yes : "", no ? no : "");
}

static char *string_hint(const Field *field, const char *text) {
    switch (field->format) {
    case FORMAT_URI:
        return g_strdup(strstr(text, "://") ? _("write %20 for a space and %25 for a percent sign")
                                            : _("write the whole address: https://…"));
    case FORMAT_EMAIL: return g_strdup(_("write one address: name@example.org"));
    case FORMAT_UUID: return g_strdup(_("write 123e4567-e89b-12d3-a456-426614174000"));
    case FORMAT_BINARY:
        return g_strdup(_("write letters, digits, + and /, four by four, with = at "
                          "the end"));
    default: return NULL;
    }
}

static const char *point_form(const Field *field) {
    return field->format == FORMAT_ARRAY    ? "[129.09, 41.28]"
           : field->format == FORMAT_OBJECT ? "{\"lon\": 129.09, \"lat\": 41.28}"
                                            : "129.09, 41.28";
}

/* An example of each type. */
static const char *type_form(const Field *field) {
    switch (field->type) {
    case FIELD_YEAR: return "2019";
    case FIELD_YEARMONTH: return "2019-11";
    case FIELD_DURATION: return "P1Y2M3DT4H5M6S";
    case FIELD_GEOPOINT: return point_form(field);
    case FIELD_OBJECT: return "{\"key\": \"value\"}";
    case FIELD_ARRAY: return "[1, 2]";
    case FIELD_GEOJSON:
        return field->format == FORMAT_TOPOJSON
                   ? "{\"type\": \"Topology\", \"objects\": {}, \"arcs\": []}"
                   : "{\"type\": \"Point\", \"coordinates\": [129.09, 41.28]}";
    default: return NULL;
    }
}

char *cell_type_hint(const Field *field, const Reading *reading, const char *text) {
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_NUMBER: return number_hint(field, reading, text);
    case FIELD_BOOLEAN: return boolean_hint(field);
    case FIELD_DATE: return date_hint(field, reading, text);
    case FIELD_STRING: return string_hint(field, text);
    case FIELD_TIME:
    case FIELD_DATETIME: return time_hint(field);
    case FIELD_LIST:
        return g_strdup_printf(_("part the items with « %s » alone, without spaces"),
                               field->item_delimiter);
    default: break;
    }
    const char *form = type_form(field);
    return form ? g_strdup_printf(_("write %s"), form) : NULL;
}
