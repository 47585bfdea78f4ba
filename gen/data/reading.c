#include "data/reading.h"

#include "data/date_pattern.h"
#include "project/node.h"

#include <glib.h>
#include <string.h>

const Reading reading_plain = {.decimal = '.', .is_bare = true, .dates = DATES_ISO};

/* ---- spaces, signs, units ---- */

/* Bytes of a space at `text`: U+0020, U+00A0, U+202F, or the thin U+2009; 0 for none. */
static size_t space_length(const char *text) {
    if (*text == ' ') return 1;
    if (g_str_has_prefix(text, "\u00A0")) return 2;
    return g_str_has_prefix(text, "\u202F") || g_str_has_prefix(text, "\u2009") ? 3 : 0;
}

static const char *skip_spaces(const char *text) {
    for (size_t len; (len = space_length(text)) > 0;) text += len;
    return text;
}

/* Longest first where one ends or starts another. */
static const char *const units[] = {"US$", "USD", "EUR", "GBP", "CHF", "CAD", "JPY",
                                    "KRW", "€",   "$",   "£",   "¥",   "%"};

static size_t unit_length(const char *text) {
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++)
        if (g_str_has_prefix(text, units[i])) return strlen(units[i]);
    return 0;
}

typedef struct {
    const char *start; /* of the number, sign and unit apart */
    size_t len;
    bool is_negative;
    const char *unit; /* "" or what was found */
    size_t unit_len;
} Parts;

static void take_unit(Parts *parts, const char *at, size_t len) {
    parts->unit = at;
    parts->unit_len = len;
}

/* Does a unit of the list end here? Its length; `end` is the end of the text so far. */
static size_t unit_before(const char *start, const char *end) {
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        size_t len = strlen(units[i]);
        if ((size_t)(end - start) > len && memcmp(end - len, units[i], len) == 0) return len;
    }
    return 0;
}

static const char *trim_end(const char *start, const char *end) {
    for (;;) {
        if (end > start && end[-1] == ' ')
            end--;
        else if (end - start >= 2 && memcmp(end - 2, "\u00A0", 2) == 0)
            end -= 2;
        else if (end - start >= 3 &&
                 (memcmp(end - 3, "\u202F", 3) == 0 || memcmp(end - 3, "\u2009", 3) == 0))
            end -= 3;
        else
            return end;
    }
}

static const char *skip_sign(const char *text, bool *ret_is_negative) {
    bool is_minus = g_str_has_prefix(text, "−");
    *ret_is_negative |= *text == '-' || is_minus;
    return text + (is_minus ? strlen("−") : *text == '-' || *text == '+');
}

/* With `takes_any`, whatever is no digit is a unit, before and after. */
static Parts part(const char *text, bool takes_any) {
    Parts parts = {.unit = ""};
    const char *at = skip_sign(skip_spaces(text), &parts.is_negative);
    const char *end = trim_end(at, at + strlen(at));
    size_t before = unit_length(at);
    if (takes_any) {
        before = strcspn(at, "-0123456789.,");
        while (end > at + before && !g_ascii_isdigit(end[-1])) end--;
        at = skip_sign(at + before, &parts.is_negative);
    } else if (before) {
        take_unit(&parts, at, before);
        at = skip_sign(skip_spaces(at + before), &parts.is_negative);
    } else if ((before = unit_before(at, end)) > 0) {
        take_unit(&parts, end - before, before);
        end = trim_end(at, end - before);
    }
    parts.start = at;
    parts.len = (size_t)(MAX(end, at) - at);
    return parts;
}

/* ---- numbers ---- */

/* Bytes of a mark that parts thousands, or 0. */
static size_t group_length(GroupMark group, const char *text) {
    if ((group & GROUP_DOT) && *text == '.') return 1;
    if ((group & GROUP_COMMA) && *text == ',') return 1;
    if ((group & GROUP_APOSTROPHE) && *text == '\'') return 1;
    if ((group & GROUP_APOSTROPHE) && g_str_has_prefix(text, "’")) return strlen("’");
    return group & GROUP_SPACE ? space_length(text) : 0;
}

/* The whole part: one to three digits, then groups of three; or digits alone. A first group of
 * zeros is none: 0,125 is a decimal. Where only the mark tells, whoever parts thousands parts them
 * all. */
static const char *read_whole(const Reading *reading, const char *at, const char *end,
                              GString *plain) {
    const char *first = at;
    while (at < end && g_ascii_isdigit(*at)) g_string_append_c(plain, *at++);
    size_t lead = (size_t)(at - first);
    size_t len = at < end ? group_length(reading->group, at) : 0;
    bool is_strict = reading->group & ~GROUP_SPACE;
    if (!len) return is_strict && lead > 3 ? NULL : at;
    if (!lead || lead > 3 || *first == '0') return NULL;
    while (len) {
        at += len;
        for (int i = 0; i < 3; i++, at++) {
            if (at >= end || !g_ascii_isdigit(*at)) return NULL;
            g_string_append_c(plain, *at);
        }
        if (at < end && g_ascii_isdigit(*at)) return NULL;
        len = at < end ? group_length(reading->group, at) : 0;
    }
    return at;
}

static bool read_parts(const Reading *reading, const Parts *parts, GString *plain) {
    const char *end = parts->start + parts->len;
    if (parts->is_negative) g_string_append_c(plain, '-');
    size_t sign = plain->len;
    const char *at = read_whole(reading, parts->start, end, plain);
    if (!at) return false;
    if (plain->len == sign) g_string_append_c(plain, '0'); /* ,5 */
    if (at == end) return at > parts->start;
    if (*at++ != reading->decimal) return false;
    g_string_append_c(plain, '.');
    const char *digits = at;
    while (at < end && g_ascii_isdigit(*at)) g_string_append_c(plain, *at++);
    return at == end && at > digits;
}

static bool is_zero(const char *plain) {
    return !plain[strspn(plain, "-0.")];
}

static bool is_wanted_unit(const Reading *reading, const Parts *parts, const char *plain) {
    size_t wanted = strlen(reading->unit);
    /* A bare 13 beside 12,5 % may be 13 or 1 300 %. */
    if (!parts->unit_len) return strcmp(reading->unit, "%") != 0 || is_zero(plain);
    return wanted == parts->unit_len && memcmp(reading->unit, parts->unit, wanted) == 0;
}

static bool is_plain_reading(const Reading *reading) {
    return reading->is_bare && reading->decimal == '.' && !reading->group;
}

static bool copy(const char *text, char *ret, size_t size) {
    return g_strlcpy(ret, text, size) < size;
}

/* Table Schema's: a `+` says nothing, and .5 is 0.5. */
static bool copy_plain(const char *text, char *ret_plain, size_t size) {
    bool is_signed = *text == '+' || *text == '-', is_negative = *text == '-';
    const char *digits = text + is_signed;
    const char *zero = *digits == '.' ? "0" : "";
    if (*zero ? !g_ascii_isdigit(digits[1]) : !g_ascii_isdigit(*digits)) return false;
    if (strlen(digits) + 2 >= size) return false;
    char *end = g_stpcpy(g_stpcpy(ret_plain, is_negative ? "-" : ""), zero);
    g_stpcpy(end, digits);
    return node_is_decimal(ret_plain);
}

bool reading_number(const Reading *reading, const char *text, char *ret_plain, size_t size) {
    if (is_plain_reading(reading)) return copy_plain(text, ret_plain, size);
    if (strlen(text) >= size) return false;
    bool takes_any = !reading->is_bare && !*reading->unit;
    Parts parts = part(text, takes_any);
    if (reading->is_bare && parts.unit_len) return false;
    g_autoptr(GString) plain = g_string_sized_new(parts.len + 8);
    if (!read_parts(reading, &parts, plain)) return false;
    if (*reading->unit && !is_wanted_unit(reading, &parts, plain->str)) return false;
    return copy(plain->str, ret_plain, size);
}

/* ---- dates ---- */

static bool is_date_separator(char c) {
    return c == '/' || c == '-' || c == '.';
}

/* Two numbers and a year of four digits, with the same separator: 05/01/2022. */
static bool read_numeric(const char *text, int *ret_first, int *ret_second, int *ret_year) {
    int *parts[] = {ret_first, ret_second, ret_year};
    char separator = 0;
    text = skip_spaces(text);
    for (int i = 0; i < 3; i++) {
        int most = i == 2 ? 4 : 2, n = 0;
        *parts[i] = 0;
        while (n < most && g_ascii_isdigit(*text))
            *parts[i] = *parts[i] * 10 + (*text++ - '0'), n++;
        if (i == 2 ? n != 4 : n == 0) return false;
        if (i == 2) break;
        if (!is_date_separator(*text) || (i == 1 && *text != separator)) return false;
        separator = *text++;
    }
    return !*skip_spaces(text);
}

static bool make_date(int year, int month, int day, Date *ret_date) {
    if (year < 1 || month < 1 || month > 12) return false;
    if (day < 0 || day > date_days_in_month(year, month)) return false;
    *ret_date = date_from_ymd(year, month, day);
    return true;
}

/* The number of a day: 5, 05, 1er, 1st. */
static const char *read_day_number(const char *text, int *ret_day) {
    static const char *const endings[] = {"er", "st", "nd", "rd", "th", "ᵉʳ"};
    int n = 0;
    *ret_day = 0;
    while (n < 2 && g_ascii_isdigit(*text)) *ret_day = *ret_day * 10 + (*text++ - '0'), n++;
    if (!n || !*ret_day || g_ascii_isdigit(*text)) return NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++)
        if (g_str_has_prefix(text, endings[i])) return text + strlen(endings[i]);
    return text;
}

static const char *read_year_number(const char *text, int *ret_year) {
    *ret_year = 0;
    for (int i = 0; i < 4; i++, text++) {
        if (!g_ascii_isdigit(*text)) return NULL;
        *ret_year = *ret_year * 10 + (*text - '0');
    }
    return *skip_spaces(text) ? NULL : text;
}

/* lundi, mardi… Monday…: what comes before a day, in any case. */
static const char *skip_weekday(const char *text) {
    static const char *const days[] = {"lundi",    "mardi",    "mercredi", "jeudi",   "vendredi",
                                       "samedi",   "dimanche", "monday",   "tuesday", "wednesday",
                                       "thursday", "friday",   "saturday", "sunday",  "le"};
    for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
        size_t len = strlen(days[i]);
        if (g_ascii_strncasecmp(text, days[i], len) != 0) continue;
        const char *after = text + len;
        after += *after == ',';
        if (space_length(after)) return skip_spaces(after);
    }
    return text;
}

/* 5 janv. 2022, 1er janvier 2022, janvier 2022, Jan 5, 2022. */
static bool read_words(const char *text, Date *ret_date) {
    int day = 0, year;
    size_t len;
    text = skip_weekday(skip_weekday(skip_spaces(text)));
    if (g_ascii_isdigit(*text)) {
        text = read_day_number(text, &day);
        if (!text) return false;
        text = skip_spaces(text + (*text == '-'));
    }
    int month = month_name_read(text, &len);
    if (!month) return false;
    text = skip_spaces(text + len + (text[len] == '-'));
    int second = 0;
    const char *american = day ? NULL : read_day_number(text, &second);
    if (american) day = second, text = skip_spaces(american + (*american == ','));
    return read_year_number(text, &year) && make_date(year, month, day, ret_date);
}

enum { SERIAL_LEAST = 10000, SERIAL_MOST = 99999 };

/* Days since 1899-12-30: so counted, every day after the 29 February 1900 that never was is right.
 * Source: ECMA-376 part 1, 18.17.4.1, the 1900 date base system. */
static bool read_serial(const char *text, Date *ret_date) {
    char *end;
    if (!g_ascii_isdigit(*text)) return false;
    gint64 serial = g_ascii_strtoll(text, &end, 10);
    bool is_whole = !*end || (end[0] == '.' && end[1] == '0' && !end[1 + strspn(end + 1, "0")]);
    if (!is_whole || serial < SERIAL_LEAST || serial > SERIAL_MOST) return false;
    *ret_date = date_of_day(date_from_ymd(1899, 12, 30).first + (int32_t)serial);
    return true;
}

bool reading_date(const Reading *reading, const char *text, Date *ret_date) {
    int first, second, year;
    if (reading->dates == DATES_SERIAL) return read_serial(text, ret_date);
    if (date_parse(text, ret_date)) return true;
    switch (reading->dates) {
    case DATES_DMY:
        if (read_numeric(text, &first, &second, &year) && first)
            return make_date(year, second, first, ret_date);
        break;
    case DATES_MDY:
        if (read_numeric(text, &first, &second, &year) && second)
            return make_date(year, first, second, ret_date);
        break;
    case DATES_ISO: return false;
    default: break;
    }
    return read_words(text, ret_date);
}
