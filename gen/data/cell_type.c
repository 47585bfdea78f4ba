/* The types of Table Schema, each by its lexical form. */
#include "data/cell.h"

#include "base/i18n.h"
#include "data/date_pattern.h"
#include "data/json_text.h"
#include "data/moment.h"

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

static bool is_plain(const Reading *reading) {
    return reading->is_bare && reading->decimal == '.' && !reading->group;
}

/* 1 to 18 digits, with a sign. */
static bool read_short_integer(const char *text, int64_t *ret_integer) {
    bool is_negative = *text == '-';
    const char *at = text + (is_negative || *text == '+');
    int64_t integer = 0;
    int n = 0;
    for (; g_ascii_isdigit(*at) && n < 18; at++, n++) integer = integer * 10 + (*at - '0');
    *ret_integer = is_negative ? -integer : integer;
    return n && !*at;
}

static bool read_integer(Cell *cell, Value *value) {
    char plain[LONGEST_NUMBER];
    *value = (Value){.kind = VALUE_INT};
    if (is_plain(cell->reading) && read_short_integer(cell->text, &value->integer)) return true;
    if (!reading_number(cell->reading, cell->text, plain, sizeof plain))
        return want(cell, N_("an integer"));
    const char *digits = plain + (*plain == '-');
    if (!*digits || digits[strspn(digits, "0123456789")]) return want(cell, N_("an integer"));
    errno = 0;
    value->integer = g_ascii_strtoll(plain, NULL, 10);
    return errno != ERANGE || want(cell, N_("an integer of 64 bits"));
}

/* Digits, a point and a small exponent: false for any other text. Integers below 10^15 and powers
 * of ten up to 22 are doubles, so that one multiplication or division gives the nearest double.
 * Source: Clinger, "How to Read Floating Point Numbers Accurately", 1990. */
static bool read_short_number(const char *text, double *ret_number) {
    static const double powers[] = {1,    1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool is_negative = *text == '-', has_point = false;
    const char *at = text + (is_negative || *text == '+');
    int64_t digits = 0;
    int n = 0, exponent = 0;
    for (; g_ascii_isdigit(*at) || (*at == '.' && !has_point); at++) {
        if (*at == '.') {
            if (!g_ascii_isdigit(at[1])) return false;
            has_point = true;
            continue;
        }
        n += digits || *at != '0'; /* zeros ahead are no digits */
        if (n > 15) return false;
        digits = digits * 10 + (*at - '0');
        exponent -= has_point;
        if (exponent < -40) return false;
    }
    if (at == text + (is_negative || *text == '+')) return false;
    if (*at == 'e' || *at == 'E') {
        bool is_small = at[1] == '-';
        at += 1 + (is_small || at[1] == '+');
        if (!g_ascii_isdigit(*at)) return false;
        int power = *at++ - '0';
        if (g_ascii_isdigit(*at)) power = power * 10 + (*at++ - '0');
        exponent += is_small ? -power : power;
    }
    if (*at || exponent < -22 || exponent > 22) return false;
    double number =
        exponent < 0 ? (double)digits / powers[-exponent] : (double)digits * powers[exponent];
    *ret_number = is_negative ? -number : number;
    return true;
}

static bool read_number(Cell *cell, Value *value) {
    char plain[LONGEST_NUMBER];
    *value = (Value){.kind = VALUE_REAL};
    if (is_plain(cell->reading) && read_short_number(cell->text, &value->real)) return true;
    if (!reading_number(cell->reading, cell->text, plain, sizeof plain))
        return want(cell, N_("a number"));
    if (!read_short_number(plain, &value->real)) value->real = g_ascii_strtod(plain, NULL);
    return isfinite(value->real) || want(cell, N_("a number"));
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
    bool is_read = field->date_format
                       ? date_pattern_read(field->date_format, cell->text, &date, NULL)
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

static bool read_moment(Cell *cell, Value *value) {
    Moment ignored;
    if (moment_read(cell->field, cell->text, &ignored)) return keep_text(cell, value);
    return want(cell, cell->field->type == FIELD_TIME       ? N_("a time")
                      : cell->field->type == FIELD_DURATION ? N_("a duration")
                                                            : N_("a date and a time"));
}

/* ---- structures ---- */

/* A number in [-limit, limit] that ends at `end`, with blanks around. */
static bool is_degree(const char *text, const char *end, double limit) {
    char digits[64];
    while (text < end && strchr(" \t\r\n", *text)) text++;
    while (end > text && strchr(" \t\r\n", end[-1])) end--;
    size_t len = (size_t)(end - text);
    if (!len || len >= sizeof digits) return false;
    memcpy(digits, text, len);
    digits[len] = '\0';
    return node_is_decimal(digits) && fabs(g_ascii_strtod(digits, NULL)) <= limit;
}

/* A longitude and a latitude with a comma between. */
static bool is_pair(const char *text, const char *end) {
    const char *comma = memchr(text, ',', (size_t)(end - text));
    return comma && is_degree(text, comma, 180) && is_degree(comma + 1, end, 90);
}

static bool is_coordinate(const char *object, const char *key, double limit) {
    JsonKind kind;
    size_t len;
    const char *value = json_member(object, key, &kind, &len);
    return value && kind == JSON_NUMBER && is_degree(value, value + len, limit);
}

static bool is_point_object(const char *text) {
    JsonKind kind;
    size_t n;
    return json_check(text, &kind, &n) && kind == JSON_OBJECT && n == 2 &&
           is_coordinate(text, "lon", 180) && is_coordinate(text, "lat", 90);
}

static bool is_point_array(const char *text) {
    JsonKind kind;
    size_t n;
    if (!json_check(text, &kind, &n) || kind != JSON_ARRAY || n != 2) return false;
    return is_pair(strchr(text, '[') + 1, strrchr(text, ']'));
}

static bool read_geopoint(Cell *cell, Value *value) {
    const char *text = cell->text;
    bool is_point = cell->field->format == FORMAT_ARRAY    ? is_point_array(text)
                    : cell->field->format == FORMAT_OBJECT ? is_point_object(text)
                                                           : is_pair(text, text + strlen(text));
    return is_point ? keep_text(cell, value) : want(cell, N_("a point: longitude, latitude"));
}

static bool has_member(const char *object, const char *key, JsonKind wanted) {
    JsonKind kind;
    size_t len;
    return json_member(object, key, &kind, &len) && kind == wanted;
}

/* The types of objects, and the member that makes each one. Sources: RFC 7946, 3; the TopoJSON
 * format, 2.1. What the member holds is not looked at. */
static bool is_geography(const char *text, bool is_topology) {
    static const struct {
        const char *type, *member;
    } types[] = {
        {"\"Point\"", "coordinates"},
        {"\"MultiPoint\"", "coordinates"},
        {"\"LineString\"", "coordinates"},
        {"\"MultiLineString\"", "coordinates"},
        {"\"Polygon\"", "coordinates"},
        {"\"MultiPolygon\"", "coordinates"},
        {"\"GeometryCollection\"", "geometries"},
        {"\"FeatureCollection\"", "features"},
    };
    JsonKind kind;
    size_t len;
    const char *type = json_member(text, "type", &kind, &len);
    if (!type || kind != JSON_STRING) return false;
    if (is_topology)
        return g_str_has_prefix(type, "\"Topology\"") && has_member(text, "objects", JSON_OBJECT) &&
               has_member(text, "arcs", JSON_ARRAY);
    if (g_str_has_prefix(type, "\"Feature\""))
        return has_member(text, "geometry", JSON_OBJECT) || has_member(text, "geometry", JSON_WORD);
    for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
        if (strlen(types[i].type) == len && memcmp(types[i].type, type, len) == 0)
            return has_member(text, types[i].member, JSON_ARRAY);
    return false;
}

static bool read_json(Cell *cell, Value *value) {
    bool is_array = cell->field->type == FIELD_ARRAY;
    bool is_topology = cell->field->format == FORMAT_TOPOJSON;
    JsonKind kind;
    size_t n;
    if (!json_check(cell->text, &kind, &n) || kind != (is_array ? JSON_ARRAY : JSON_OBJECT))
        return want(cell, is_array ? N_("a JSON array") : N_("a JSON object"));
    if (cell->field->type == FIELD_GEOJSON && !is_geography(cell->text, is_topology))
        return want(cell, is_topology ? N_("a TopoJSON object") : N_("a GeoJSON object"));
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

/* ---- any type ---- */

static bool read_typed(Cell *cell, Value *value);

static const char *wanted_items(FieldType type) {
    switch (type) {
    case FIELD_INTEGER: return N_("a list of integers");
    case FIELD_NUMBER: return N_("a list of numbers");
    case FIELD_BOOLEAN: return N_("a list of booleans");
    case FIELD_DATE: return N_("a list of dates");
    case FIELD_TIME: return N_("a list of times");
    default: return N_("a list of dates with times");
    }
}

/* Items are of the default format of their type. */
static bool read_list(Cell *cell, Value *value) {
    const Field *list = cell->field;
    if (list->item_type == FIELD_STRING) return keep_text(cell, value);
    Field item = {.type = list->item_type,
                  .true_values = list->true_values,
                  .false_values = list->false_values};
    g_auto(GStrv) texts = g_strsplit(cell->text, list->item_delimiter, -1);
    for (char **text = texts; *text; text++) {
        Value ignored;
        Cell one = {&item, &reading_plain, *text, NULL};
        if (!read_typed(&one, &ignored)) return want(cell, wanted_items(item.type));
    }
    return keep_text(cell, value);
}

static bool read_typed(Cell *cell, Value *value) {
    switch (cell->field->type) {
    case FIELD_STRING: return read_string(cell, value);
    case FIELD_INTEGER: return read_integer(cell, value);
    case FIELD_NUMBER: return read_number(cell, value);
    case FIELD_BOOLEAN: return read_boolean(cell, value);
    case FIELD_DATE: return read_date(cell, value);
    case FIELD_TIME:
    case FIELD_DATETIME:
    case FIELD_DURATION: return read_moment(cell, value);
    case FIELD_YEAR: return read_year(cell, value);
    case FIELD_YEARMONTH: return read_month(cell, value);
    case FIELD_GEOPOINT: return read_geopoint(cell, value);
    case FIELD_OBJECT:
    case FIELD_ARRAY:
    case FIELD_GEOJSON: return read_json(cell, value);
    case FIELD_ANY: return keep_text(cell, value);
    case FIELD_LIST: return read_list(cell, value);
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
