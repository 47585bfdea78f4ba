/* The types of Table Schema, each by its lexical form. */
#include "data/cell.h"

#include "base/i18n.h"
#include "data/date_pattern.h"
#include "data/json_text.h"

#include <errno.h>
#include <math.h>
#include <string.h>

typedef struct {
    const Field *field;
    const Reading *reading;
    const char *text;
    const char *wanted; /* what was not met */
} Cell;

static bool want(Cell *cell, const char *wanted) {
    cell->wanted = wanted;
    return false;
}

/* ---- numbers ---- */

enum { LONGEST_NUMBER = 400 };

static bool read_integer(Cell *cell, Value *value) {
    char plain[LONGEST_NUMBER];
    if (!reading_number(cell->reading, cell->text, plain, sizeof plain))
        return want(cell, N_("an integer"));
    const char *digits = plain + (*plain == '-');
    if (!*digits || digits[strspn(digits, "0123456789")]) return want(cell, N_("an integer"));
    errno = 0;
    *value = (Value){.kind = VALUE_INT, .integer = g_ascii_strtoll(plain, NULL, 10)};
    return errno != ERANGE || want(cell, N_("an integer of 64 bits"));
}

/* Digits and a power of ten that doubles hold exactly give the nearest double in one division.
 * Source: Clinger, "How to Read Floating Point Numbers Accurately", 1990. */
static bool read_short(const char *text, double *ret_number) {
    static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    bool is_negative = *text == '-';
    int64_t digits = 0;
    int n = 0, after = 0;
    bool has_point = false;
    for (const char *at = text + is_negative; *at; at++) {
        if (*at == '.') {
            has_point = true;
            continue;
        }
        if (!g_ascii_isdigit(*at) || ++n > 15) return false;
        digits = digits * 10 + (*at - '0');
        after += has_point;
    }
    *ret_number = (double)digits / powers[after];
    if (is_negative) *ret_number = -*ret_number;
    return true;
}

static bool read_number(Cell *cell, Value *value) {
    char plain[LONGEST_NUMBER];
    double number;
    if (!reading_number(cell->reading, cell->text, plain, sizeof plain))
        return want(cell, N_("a number"));
    if (!read_short(plain, &number)) number = g_ascii_strtod(plain, NULL);
    *value = (Value){.kind = VALUE_REAL, .real = number};
    return isfinite(number) || want(cell, N_("a number"));
}

static bool is_one_of(const char *text, const char *const *values) {
    for (; *values; values++)
        if (strcmp(text, *values) == 0) return true;
    return false;
}

static bool read_boolean(Cell *cell, Value *value) {
    bool is_true = is_one_of(cell->text, (const char *const *)cell->field->true_values);
    *value = (Value){.kind = VALUE_BOOL, .integer = is_true};
    return is_true || is_one_of(cell->text, (const char *const *)cell->field->false_values) ||
           want(cell, N_("a boolean"));
}

/* ---- dates and times ---- */

static bool read_date(Cell *cell, Value *value) {
    Date date;
    const Field *field = cell->field;
    bool is_read = field->date_format ? date_pattern_read(field->date_format, cell->text, &date)
                                      : reading_date(cell->reading, cell->text, &date);
    bool is_whole = is_read && (field->is_partial || date_is_day(date));
    if (!is_whole) return want(cell, field->is_partial ? N_("a date") : N_("a date to the day"));
    *value = (Value){.kind = VALUE_DATE, .date = date};
    return true;
}

static bool read_year(Cell *cell, Value *value) {
    bool is_year = strlen(cell->text) == 4 && strspn(cell->text, "0123456789") == 4;
    *value = (Value){.kind = VALUE_INT, .integer = is_year ? atoi(cell->text) : 0};
    return (is_year && value->integer) || want(cell, N_("a year"));
}

static bool read_month(Cell *cell, Value *value) {
    Date date;
    if (!date_parse(cell->text, &date) || strlen(cell->text) != strlen("2019-11") ||
        date.precision != DATE_MONTH)
        return want(cell, N_("a month"));
    *value = (Value){.kind = VALUE_DATE, .date = date};
    return true;
}

static bool keep_text(const Cell *cell, Value *value) {
    *value = (Value){.kind = VALUE_TEXT, .text = cell->text};
    return true;
}

/* `16:20:05`, and for any, `16:20`; with a fraction of a second. NULL, or what follows. */
static const char *skip_time(const char *text, bool needs_seconds) {
    static const int limits[] = {23, 59, 60};
    for (int i = 0; i < 3; i++) {
        if (i && *text != ':') return i == 2 && !needs_seconds ? text : NULL;
        text += i > 0;
        if (!g_ascii_isdigit(text[0]) || !g_ascii_isdigit(text[1])) return NULL;
        if ((text[0] - '0') * 10 + text[1] - '0' > limits[i]) return NULL;
        text += 2;
    }
    if (*text == '.' && g_ascii_isdigit(text[1])) text += 1 + strspn(text + 1, "0123456789");
    return text;
}

/* `Z`, `+01:00`, or nothing. */
static const char *skip_zone(const char *text) {
    if (*text == 'Z') return text + 1;
    if (*text != '+' && *text != '-') return text;
    bool is_zone = g_ascii_isdigit(text[1]) && g_ascii_isdigit(text[2]) && text[3] == ':' &&
                   g_ascii_isdigit(text[4]) && g_ascii_isdigit(text[5]);
    return is_zone ? text + 6 : text;
}

static bool read_time(Cell *cell, Value *value) {
    Date ignored;
    if (cell->field->date_format) {
        if (!date_pattern_read(cell->field->date_format, cell->text, &ignored))
            return want(cell, N_("a time"));
        return keep_text(cell, value);
    }
    const char *end = skip_time(cell->text, cell->field->format == FORMAT_DEFAULT);
    return (end && !*skip_zone(end)) ? keep_text(cell, value) : want(cell, N_("a time"));
}

static bool read_datetime(Cell *cell, Value *value) {
    Date date;
    if (cell->field->date_format) {
        if (!date_pattern_read(cell->field->date_format, cell->text, &date))
            return want(cell, N_("a date and a time"));
        return keep_text(cell, value);
    }
    char day[11];
    bool is_any = cell->field->format == FORMAT_ANY;
    g_strlcpy(day, cell->text, sizeof day);
    bool is_parted =
        strlen(cell->text) > 11 && (cell->text[10] == 'T' || (is_any && cell->text[10] == ' '));
    if (!is_parted || !date_parse(day, &date) || !date_is_day(date))
        return want(cell, N_("a date and a time"));
    const char *end = skip_time(cell->text + 11, !is_any);
    return (end && !*skip_zone(end)) ? keep_text(cell, value) : want(cell, N_("a date and a time"));
}

/* Source: ISO 8601-1, 5.5.2, as XML Schema's duration: -P1Y2M3DT4H5M6.7S. */
static bool read_duration(Cell *cell, Value *value) {
    static const char dates[] = "YMD", times[] = "HMS";
    const char *text = cell->text + (*cell->text == '-'), *left = dates;
    bool has_part = false;
    if (*text++ != 'P') return want(cell, N_("a duration"));
    while (*text) {
        if (*text == 'T' && left >= dates && left <= dates + 3 && text[1]) {
            left = times;
            text++;
        }
        size_t digits = strspn(text, "0123456789");
        if (digits && text[digits] == '.' && g_ascii_isdigit(text[digits + 1])) {
            digits += 1 + strspn(text + digits + 1, "0123456789");
            if (text[digits] != 'S') return want(cell, N_("a duration"));
        }
        const char *unit = digits && text[digits] ? strchr(left, text[digits]) : NULL;
        if (!unit) return want(cell, N_("a duration"));
        left = unit + 1;
        has_part = true;
        text += digits + 1;
    }
    return has_part ? keep_text(cell, value) : want(cell, N_("a duration"));
}

/* ---- structures ---- */

/* A number in [-limit, limit]; NULL, or what follows it. */
static const char *skip_degree(const char *text, double limit) {
    char digits[64];
    text += strspn(text, " ");
    size_t len = strspn(text, "+-.0123456789eE");
    if (!len || len >= sizeof digits) return NULL;
    memcpy(digits, text, len);
    digits[len] = '\0';
    if (!node_is_decimal(digits) || fabs(g_ascii_strtod(digits, NULL)) > limit) return NULL;
    return text + len + strspn(text + len, " ");
}

static bool is_pair(const char *text, char end) {
    const char *at = skip_degree(text, 180);
    if (!at || *at != ',') return false;
    at = skip_degree(at + 1, 90);
    return at && *at == end && (!end || !at[1]);
}

static bool is_point_object(const char *text) {
    static const struct {
        const char *key;
        double limit;
    } keys[] = {{"\"lon\"", 180}, {"\"lat\"", 90}};
    JsonKind kind;
    size_t n;
    if (!json_check(text, &kind, &n) || kind != JSON_OBJECT || n != 2) return false;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *key = strstr(text, keys[i].key);
        if (!key) return false;
        key += strlen(keys[i].key);
        key += strspn(key, " \t:");
        if (!skip_degree(key, keys[i].limit)) return false;
    }
    return true;
}

static bool read_geopoint(Cell *cell, Value *value) {
    const char *text = cell->text;
    bool is_point = false;
    switch (cell->field->format) {
    case FORMAT_ARRAY: is_point = *text == '[' && is_pair(text + 1, ']'); break;
    case FORMAT_OBJECT: is_point = is_point_object(text); break;
    default: is_point = is_pair(text, '\0');
    }
    return is_point ? keep_text(cell, value) : want(cell, N_("a point: longitude, latitude"));
}

static bool read_json(Cell *cell, Value *value) {
    JsonKind kind, wanted = cell->field->type == FIELD_ARRAY ? JSON_ARRAY : JSON_OBJECT;
    size_t n;
    const char *type = strstr(cell->text, "\"type\"");
    bool is_good = json_check(cell->text, &kind, &n) && kind == wanted;
    if (cell->field->type == FIELD_GEOJSON && (!is_good || !type))
        return want(cell, N_("a GeoJSON object"));
    if (!is_good)
        return want(cell, wanted == JSON_ARRAY ? N_("a JSON array") : N_("a JSON object"));
    return keep_text(cell, value);
}

/* ---- strings ---- */

/* A scheme, a colon, and no character that an address must escape. Source: RFC 3986, 2 and 3.1,
 * with the letters beyond ASCII of RFC 3987. */
static bool is_uri(const char *text) {
    size_t scheme =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    if (!g_ascii_isalpha(*text) || text[scheme] != ':' || !text[scheme + 1]) return false;
    for (; *text; text++) {
        bool is_escape = *text == '%' && g_ascii_isxdigit(text[1]) && g_ascii_isxdigit(text[2]);
        bool is_literal = (guchar)*text > ' ' && *text != 0x7F && !strchr("\"%<>\\^`{|}", *text);
        if (!is_escape && !is_literal) return false;
    }
    return true;
}

/* A name, one @, and a domain with a dot: what a typing error breaks. */
static bool is_email(const char *text) {
    const char *at = strchr(text, '@');
    if (!at || at == text || strchr(at + 1, '@') || strpbrk(text, " \t\r\n,;<>\"")) return false;
    const char *dot = strrchr(at, '.');
    return dot && dot > at + 1 && dot[1] && at[1] != '.' && !strstr(at, "..");
}

static bool is_base64(const char *text) {
    size_t digits =
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    size_t padding = strspn(text + digits, "=");
    return !text[digits + padding] && padding <= 2 && (digits + padding) % 4 == 0;
}

static bool read_string(Cell *cell, Value *value) {
    const char *text = cell->text;
    keep_text(cell, value);
    switch (cell->field->format) {
    case FORMAT_URI: return is_uri(text) || want(cell, N_("an address"));
    case FORMAT_EMAIL: return is_email(text) || want(cell, N_("an e-mail address"));
    case FORMAT_BINARY: return is_base64(text) || want(cell, N_("binary data in base64"));
    case FORMAT_UUID: return g_uuid_string_is_valid(text) || want(cell, N_("a UUID"));
    default: return true;
    }
}

static bool read_typed(Cell *cell, Value *value) {
    switch (cell->field->type) {
    case FIELD_STRING: return read_string(cell, value);
    case FIELD_INTEGER: return read_integer(cell, value);
    case FIELD_NUMBER: return read_number(cell, value);
    case FIELD_BOOLEAN: return read_boolean(cell, value);
    case FIELD_DATE: return read_date(cell, value);
    case FIELD_TIME: return read_time(cell, value);
    case FIELD_DATETIME: return read_datetime(cell, value);
    case FIELD_YEAR: return read_year(cell, value);
    case FIELD_YEARMONTH: return read_month(cell, value);
    case FIELD_DURATION: return read_duration(cell, value);
    case FIELD_GEOPOINT: return read_geopoint(cell, value);
    case FIELD_OBJECT:
    case FIELD_ARRAY:
    case FIELD_GEOJSON: return read_json(cell, value);
    case FIELD_ANY: return keep_text(cell, value);
    }
    g_assert_not_reached();
}

bool cell_read_type(const Field *field, const Reading *reading, const char *text, Value *ret_value,
                    const char **ret_wanted) {
    Cell cell = {field, reading, text, NULL};
    bool is_good = read_typed(&cell, ret_value);
    *ret_wanted = cell.wanted;
    return is_good;
}
