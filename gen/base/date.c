#include "base/date.h"

#include <glib.h>
#include <string.h>

static bool is_leap(int year) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days from the civil era of 400 years, with March as the first month so that leap days come last.
 */
static int32_t day_number(int year, int month, int day) {
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

Date date_from_ymd(int year, int month, int day) {
    if (!month)
        return (Date){.first = day_number(year, 1, 1),
                      .last = day_number(year, 12, 31),
                      .precision = DATE_YEAR};
    if (!day) {
        int32_t first = day_number(year, month, 1);
        return (Date){.first = first,
                      .last = first + date_days_in_month(year, month) - 1,
                      .precision = DATE_MONTH};
    }
    int32_t number = day_number(year, month, day);
    return date_of_day(number);
}

void date_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day) {
    int z = day + 719468;
    int era = (z >= 0 ? z : z - 146096) / 146097;
    int day_of_era = z - era * 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    *ret_day = day_of_year - (153 * shifted + 2) / 5 + 1;
    *ret_month = shifted < 10 ? shifted + 3 : shifted - 9;
    *ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

int date_weekday(int32_t day) {
    int weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

/* ---- reading ---- */

static bool read_digits(const char **text, int count, int *ret) {
    int value = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (!g_ascii_isdigit(**text)) return false;
        value = value * 10 + (**text - '0');
    }
    *ret = value;
    return true;
}

/* `2021`, `1984-09` or `2025-02-21`, and what qualifies it. */
static bool read_point(const char **text, Date *ret_date) {
    int year, month = 0, day = 0;
    if (!read_digits(text, 4, &year) || year == 0) return false;
    if (**text == '-') {
        ++*text;
        if (!read_digits(text, 2, &month) || month < 1 || month > 12) return false;
        if (**text == '-') {
            ++*text;
            if (!read_digits(text, 2, &day) || day < 1) return false;
            if (day > date_days_in_month(year, month)) return false;
        }
    }
    *ret_date = date_from_ymd(year, month, day);
    switch (**text) {
    case '~': ret_date->qualifier = DATE_APPROXIMATE; break;
    case '?': ret_date->qualifier = DATE_UNCERTAIN; break;
    case '%': ret_date->qualifier = DATE_APPROXIMATE | DATE_UNCERTAIN; break;
    default: return true;
    }
    ++*text;
    return true;
}

static DateBound bound_of(DatePrecision precision) {
    return precision == DATE_DAY ? BOUND_DAY : precision == DATE_MONTH ? BOUND_MONTH : BOUND_YEAR;
}

/* One end of an interval: *ret_bound says which kind. */
static bool read_bound(const char **text, Date *ret_date, uint8_t *ret_bound) {
    *ret_date = (Date){.first = DATE_NO_START, .last = DATE_NO_END};
    if (**text == '/' || !**text) {
        *ret_bound = BOUND_UNKNOWN;
        return true;
    }
    if ((*text)[0] == '.' && (*text)[1] == '.') {
        *text += 2;
        *ret_bound = BOUND_OPEN;
        return true;
    }
    if (!read_point(text, ret_date)) return false;
    *ret_bound = bound_of(ret_date->precision);
    return true;
}

static bool read_interval(const char *text, Date *ret_date) {
    Date start, end, date = {.precision = DATE_INTERVAL};
    if (!read_bound(&text, &start, &date.start) || *text++ != '/') return false;
    if (!read_bound(&text, &end, &date.end) || *text) return false;
    if (date.start >= BOUND_OPEN && date.end >= BOUND_OPEN) return false;
    date.first = start.first;
    date.last = end.last;
    date.qualifier = start.qualifier;
    date.end_qualifier = end.qualifier;
    if (date.first > date.last) return false;
    *ret_date = date;
    return true;
}

bool date_parse(const char *text, Date *ret_date) {
    Date date;
    const char *at = text;
    bool is_point = read_point(&at, &date) && !*at;
    if (is_point) *ret_date = date;
    return is_point || read_interval(text, ret_date);
}

/* ---- what is known ---- */

bool date_is_day(Date date) {
    return date.precision == DATE_DAY && !date.qualifier;
}

bool date_has_start(Date date) {
    return date.first != DATE_NO_START;
}

bool date_has_end(Date date) {
    return date.last != DATE_NO_END;
}

const char *date_precision_name(Date date) {
    static const char *const names[] = {"year", "month", "day", "interval"};
    return names[date.precision];
}

const char *date_qualifier_name(Date date) {
    static const char *const names[] = {NULL, "approximate", "uncertain", "both"};
    return names[date.qualifier | date.end_qualifier];
}

/* ---- writing ---- */

static void append_point(GString *out, int32_t day, DateBound bound, uint8_t qualifier) {
    static const char *const marks[] = {"", "~", "?", "%"};
    int y, m, d;
    if (bound == BOUND_UNKNOWN) return;
    if (bound == BOUND_OPEN) {
        g_string_append(out, "..");
        return;
    }
    date_civil(day, &y, &m, &d);
    g_string_append_printf(out, "%04d", y);
    if (bound != BOUND_YEAR) g_string_append_printf(out, "-%02d", m);
    if (bound == BOUND_DAY) g_string_append_printf(out, "-%02d", d);
    g_string_append(out, marks[qualifier]);
}

/* Plain days come by the million. */
static void print_day(int32_t day, char text[static DATE_TEXT_SIZE]) {
    int y, m, d;
    date_civil(day, &y, &m, &d);
    for (int i = 3; i >= 0; i--, y /= 10) text[i] = (char)('0' + y % 10);
    text[4] = text[7] = '-';
    text[5] = (char)('0' + m / 10), text[6] = (char)('0' + m % 10);
    text[8] = (char)('0' + d / 10), text[9] = (char)('0' + d % 10);
    text[10] = '\0';
}

void date_print(Date date, char ret_text[static DATE_TEXT_SIZE]) {
    if (date_is_day(date)) {
        print_day(date.first, ret_text);
        return;
    }
    g_autoptr(GString) text = g_string_sized_new(DATE_TEXT_SIZE);
    if (date.precision == DATE_INTERVAL) {
        append_point(text, date.first, date.start, date.qualifier);
        g_string_append_c(text, '/');
        append_point(text, date.last, date.end, date.end_qualifier);
    } else {
        append_point(text, date.first, bound_of(date.precision), date.qualifier);
    }
    g_strlcpy(ret_text, text->str, DATE_TEXT_SIZE);
}
