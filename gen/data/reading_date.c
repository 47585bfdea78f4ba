#include "data/date_pattern.h"
#include "data/reading_shape.h"

#include <string.h>

enum { EXCEL_EPOCH = -25569 }; /* 1899-12-30, in days since 1970-01-01 */

static bool make_date(int year, int month, int day, Date *ret) {
    if (year < 1 || month < 1 || month > 12) return false;
    if (day < 0 || day > date_days_in_month(year, month)) return false;
    *ret = date_from_ymd(year, month, day);
    return true;
}

/* At most `most` digits; 0 when there is none, or more. */
static size_t read_integer(const char **p, size_t most, int *ret) {
    size_t n = strspn(*p, "0123456789");
    if (n > most) return 0;
    *ret = 0;
    for (size_t i = 0; i < n; i++) *ret = *ret * 10 + (*p)[i] - '0';
    *p += n;
    return n;
}

static const char *skip_spaces(const char *p) {
    for (size_t len; (len = space_length(p)) > 0;) p += len;
    return p;
}

bool dateshape_parse(const char *text, DateShape *ret) {
    DateShape shape = {0};
    const char *p = skip_spaces(text);
    if (!read_integer(&p, 2, &shape.first)) return false;
    shape.separator = *p;
    if (*p != '/' && *p != '-' && *p != '.') return false;
    p++;
    if (!read_integer(&p, 2, &shape.second) || *p++ != shape.separator) return false;
    if (read_integer(&p, 4, &shape.year) != 4 || *skip_spaces(p)) return false;
    *ret = shape;
    return true;
}

bool dateshape_date(DateShape shape, DateOrder order, Date *ret) {
    bool is_day_first = order == DATES_DMY;
    int day = is_day_first ? shape.first : shape.second;
    int month = is_day_first ? shape.second : shape.first;
    return day > 0 && make_date(shape.year, month, day, ret);
}

/* The 1900 system of Excel, which holds 1900-02-29 for a day: serials have been right since 61, and
 * five digits start in 1927. Scripts write 44566.0. */
bool date_parse_serial(const char *text, Date *ret) {
    int serial;
    const char *p = text;
    if (*p == '0' || read_integer(&p, 5, &serial) != 5) return false;
    if (*p == '.') {
        size_t zeros = strspn(p + 1, "0");
        if (!zeros) return false;
        p += 1 + zeros;
    }
    if (*p) return false;
    *ret = date_of_day(EXCEL_EPOCH + serial);
    return true;
}

/* One or more spaces of any kind, or the hyphen of 5-janv.-2022. */
static bool read_gap(const char **p) {
    const char *from = *p;
    *p = **p == '-' ? *p + 1 : skip_spaces(*p);
    return *p > from;
}

static bool read_month(const char **p, int *ret_month) {
    size_t len = 0;
    *ret_month = month_name_read(*p, &len);
    *p += len;
    return *ret_month > 0;
}

static bool read_year(const char **p, int *ret_year) {
    return read_integer(p, 4, ret_year) == 4 && !*skip_spaces(*p);
}

/* 5, 1er, 1st. */
static bool read_day(const char **p, int *ret_day) {
    static const char *const endings[] = {"er", "ᵉʳ", "st", "nd", "rd", "th"};
    if (!read_integer(p, 2, ret_day) || *ret_day < 1) return false;
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        bool is_french = i < 2;
        if ((is_french && *ret_day != 1) || !g_str_has_prefix(*p, endings[i])) continue;
        *p += strlen(endings[i]);
        break;
    }
    return true;
}

/* janvier 2022, Jan 5, 2022 */
static bool read_month_first(const char *p, Date *ret) {
    int year, month, day = 0;
    if (!read_month(&p, &month) || !read_gap(&p)) return false;
    const char *rest = p;
    if (!read_year(&p, &year)) {
        p = rest;
        if (!read_day(&p, &day)) return false;
        p += *p == ',';
        if (!read_gap(&p) || !read_year(&p, &year)) return false;
    }
    return make_date(year, month, day, ret);
}

/* lundi 5 janvier, le 5 janvier, Monday, 5 January */
static const char *skip_weekday(const char *text) {
    static const char *const words[] = {"lundi",    "mardi",    "mercredi", "jeudi",   "vendredi",
                                        "samedi",   "dimanche", "monday",   "tuesday", "wednesday",
                                        "thursday", "friday",   "saturday", "sunday",  "le"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        const char *p = text + strlen(words[i]);
        if (g_ascii_strncasecmp(text, words[i], strlen(words[i])) != 0) continue;
        p += *p == ',';
        return read_gap(&p) ? p : text;
    }
    return text;
}

bool date_parse_words(const char *text, Date *ret) {
    int year, month, day;
    const char *p = skip_weekday(skip_spaces(text));
    if (!g_ascii_isdigit(*p)) return read_month_first(p, ret);
    if (!read_day(&p, &day) || !read_gap(&p) || !read_month(&p, &month)) return false;
    return read_gap(&p) && read_year(&p, &year) && make_date(year, month, day, ret);
}

bool reading_date(const Reading *reading, const char *text, Date *ret_date) {
    if (reading->dates == DATES_SERIAL) return date_parse_serial(text, ret_date);
    if (date_parse(text, ret_date)) return true;
    if (reading->dates == DATES_ISO) return false;
    DateShape shape;
    bool has_order = reading->dates == DATES_DMY || reading->dates == DATES_MDY;
    if (has_order && dateshape_parse(text, &shape))
        return dateshape_date(shape, reading->dates, ret_date);
    return date_parse_words(text, ret_date);
}
