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

/* 0001-01-01 and 9999-12-31. */
enum { FIRST_DAY = -719162, LAST_DAY = 2932896 };

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
    return date_of_day(day_number(year, month, day));
}

void date_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day) {
    int z = CLAMP(day, FIRST_DAY, LAST_DAY) + 719468;
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

int date_year(int32_t day) {
    int year, month, day_of_month;
    date_civil(day, &year, &month, &day_of_month);
    return year;
}

int date_weekday(int32_t day) {
    int weekday = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

/* ---- reading */

static bool read_digits(const char **text, int count, int *ret) {
    int value = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (!g_ascii_isdigit(**text)) return false;
        value = value * 10 + (**text - '0');
    }
    *ret = value;
    return true;
}

static bool skip(const char **text, const char *mark) {
    size_t n = strlen(mark);
    if (strncmp(*text, mark, n) != 0) return false;
    *text += n;
    return true;
}

/* `201X`, its first three digits read. */
static bool read_decade(const char **text, int decade, Date *ret) {
    if (decade == 0 || !skip(text, "X")) return false;
    int32_t first = day_number(decade * 10, 1, 1), last = day_number(decade * 10 + 9, 12, 31);
    *ret = (Date){.first = first, .last = last, .precision = DATE_DECADE};
    return true;
}

/* One date, without what qualifies it. */
static bool read_plain(const char **text, Date *ret) {
    int year, unit, month = 0, day = 0;
    uint8_t flags = 0;
    if (!read_digits(text, 3, &year)) return false;
    if (**text == 'X') return read_decade(text, year, ret);
    if (!read_digits(text, 1, &unit)) return false;
    year = year * 10 + unit;
    if (year == 0) return false;
    if (skip(text, "-XX")) {
        flags = DATE_NO_MONTH;
        if (skip(text, "-XX")) flags |= DATE_NO_DAY;
    } else if (skip(text, "-")) {
        if (!read_digits(text, 2, &month) || month < 1 || month > 12) return false;
        if (skip(text, "-XX")) {
            flags = DATE_NO_DAY;
        } else if (skip(text, "-")) {
            if (!read_digits(text, 2, &day) || day < 1) return false;
            if (day > date_days_in_month(year, month)) return false;
        }
    }
    *ret = date_from_ymd(year, month, day);
    ret->start = flags;
    return true;
}

static bool read_one(const char **text, Date *ret) {
    if (!read_plain(text, ret)) return false;
    if (skip(text, "~"))
        ret->start |= DATE_APPROXIMATE;
    else if (skip(text, "?"))
        ret->start |= DATE_UNCERTAIN;
    else if (skip(text, "%"))
        ret->start |= DATE_QUALIFIERS;
    return true;
}

/* One end of an interval: a date without unspecified digits, `..`, or nothing. */
static bool read_bound(const char **text, Date *ret) {
    *ret = (Date){.first = DATE_OPEN_START, .last = DATE_OPEN_END, .precision = DATE_INTERVAL};
    if (skip(text, "..")) return true;
    if (**text == '/' || !**text) {
        ret->start = ret->end = DATE_UNKNOWN;
        return true;
    }
    bool is_read = read_one(text, ret);
    bool is_whole = !(ret->start & (DATE_NO_MONTH | DATE_NO_DAY));
    return is_read && is_whole && ret->precision != DATE_DECADE;
}

static bool read_interval(const char *text, Date *ret) {
    Date from, to;
    if (!read_bound(&text, &from) || !skip(&text, "/") || !read_bound(&text, &to)) return false;
    bool is_bounded = date_has_start(from) || date_has_end(to);
    if (*text || !is_bounded || from.first > to.last) return false;
    *ret = date_span(from, to);
    return true;
}

bool date_parse(const char *text, Date *ret_date) {
    Date date;
    const char *at = text;
    if (read_one(&at, &date) && !*at) {
        *ret_date = date;
        return true;
    }
    return strchr(at, '/') && read_interval(text, ret_date);
}

/* ---- writing */

static char *print_digits(char *at, int value, int count) {
    for (int i = count - 1; i >= 0; i--, value /= 10) at[i] = (char)('0' + value % 10);
    return at + count;
}

static char *print_text(char *at, const char *text) {
    while (*text) *at++ = *text++;
    return at;
}

static const char *qualifier_mark(unsigned flags) {
    static const char *const marks[] = {"", "~", "?", "%"};
    return marks[flags & DATE_QUALIFIERS];
}

static char *print_one(char *at, int32_t day, DatePrecision precision, unsigned flags) {
    int y, m, d;
    date_civil(day, &y, &m, &d);
    if (precision == DATE_DECADE) {
        at = print_text(print_digits(at, y / 10, 3), "X");
    } else {
        at = print_digits(at, y, 4);
        if (precision != DATE_YEAR) at = print_digits(print_text(at, "-"), m, 2);
        if (precision == DATE_DAY) at = print_digits(print_text(at, "-"), d, 2);
        if (flags & DATE_NO_MONTH) at = print_text(at, "-XX");
        if (flags & DATE_NO_DAY) at = print_text(at, "-XX");
    }
    return print_text(at, qualifier_mark(flags));
}

static DatePrecision written_precision(unsigned flags) {
    return flags & DATE_KNOWN_YEAR ? DATE_YEAR : flags & DATE_KNOWN_MONTH ? DATE_MONTH : DATE_DAY;
}

static char *print_bound(char *at, int32_t day, unsigned flags) {
    if (day != DATE_OPEN_START && day != DATE_OPEN_END)
        return print_one(at, day, written_precision(flags), flags);
    return flags & DATE_UNKNOWN ? at : print_text(at, "..");
}

void date_print(Date date, char ret_text[static DATE_TEXT_SIZE]) {
    char *at = ret_text;
    if (date.precision == DATE_INTERVAL) {
        at = print_text(print_bound(at, date.first, date.start), "/");
        at = print_bound(at, date.last, date.end);
    } else if (!date_has_start(date) || !date_has_end(date)) {
        at = print_text(at, "..");
    } else {
        at = print_one(at, date.first, date.precision, date.start);
    }
    *at = '\0';
}

/* ---- asking */

bool date_has_start(Date date) {
    return date.first != DATE_OPEN_START;
}

bool date_has_end(Date date) {
    return date.last != DATE_OPEN_END;
}

bool date_is_day(Date date) {
    return date.precision == DATE_DAY && !date_qualifiers(date);
}

/* The coarsest precision that says an interval of days without loss: whole years, months, days. */
static DatePrecision whole_precision(Date date) {
    int y, m, d, last_y, last_m, last_d;
    if (!date_has_start(date) || !date_has_end(date)) return DATE_DAY;
    date_civil(date.first, &y, &m, &d);
    date_civil(date.last, &last_y, &last_m, &last_d);
    if (d != 1 || last_d != date_days_in_month(last_y, last_m)) return DATE_DAY;
    return m == 1 && last_m == 12 ? DATE_YEAR : DATE_MONTH;
}

enum { KNOWN_TO = DATE_KNOWN_YEAR | DATE_KNOWN_MONTH | DATE_KNOWN_DAY };

static DatePrecision bound_precision(Date date, unsigned flags) {
    if (date.precision != DATE_INTERVAL) return date.precision;
    return flags & KNOWN_TO ? written_precision(flags) : whole_precision(date);
}

DatePrecision date_start_precision(Date date) {
    return bound_precision(date, date.start);
}

DatePrecision date_end_precision(Date date) {
    return bound_precision(date, date.end);
}

unsigned date_qualifiers(Date date) {
    return (date.start | date.end) & DATE_QUALIFIERS;
}

/* The flags of a date as one end of an interval. */
static uint8_t bound_flags(unsigned flags, DatePrecision precision, bool is_open) {
    if (is_open) return flags & DATE_UNKNOWN;
    unsigned known = precision == DATE_DAY     ? DATE_KNOWN_DAY
                     : precision == DATE_MONTH ? DATE_KNOWN_MONTH
                                               : DATE_KNOWN_YEAR;
    return (uint8_t)((flags & DATE_QUALIFIERS) | known);
}

Date date_span(Date from, Date to) {
    unsigned end = to.precision == DATE_INTERVAL ? to.end : to.start;
    return (Date){from.first, to.last, DATE_INTERVAL,
                  bound_flags(from.start, date_start_precision(from), !date_has_start(from)),
                  bound_flags(end, date_end_precision(to), !date_has_end(to))};
}

static int order(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

int date_compare(Date a, Date b) {
    if (a.first != b.first) return order(a.first, b.first);
    if (a.last != b.last) return order(a.last, b.last);
    if (a.precision != b.precision) return order(a.precision, b.precision);
    return a.start != b.start ? order(a.start, b.start) : order(a.end, b.end);
}

const char *date_precision_name(Date date) {
    static const char *const names[] = {"year", "month", "day", "interval", "decade"};
    return names[date.precision];
}

const char *date_qualifier_name(Date date) {
    static const char *const names[] = {NULL, "approximate", "uncertain", "both"};
    return names[date_qualifiers(date)];
}
