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
    if (!month) return (Date){day_number(year, 1, 1), day_number(year, 12, 31), DATE_YEAR};
    if (!day) {
        int32_t first = day_number(year, month, 1);
        return (Date){first, first + date_days_in_month(year, month) - 1, DATE_MONTH};
    }
    int32_t number = day_number(year, month, day);
    return (Date){number, number, DATE_DAY};
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

static bool read_digits(const char **text, int count, int *ret) {
    int value = 0;
    for (int i = 0; i < count; i++, (*text)++) {
        if (!g_ascii_isdigit(**text)) return false;
        value = value * 10 + (**text - '0');
    }
    *ret = value;
    return true;
}

bool date_parse(const char *text, Date *ret_date) {
    int year, month = 0, day = 0;
    if (!read_digits(&text, 4, &year) || year == 0) return false;
    if (*text == '-') {
        text++;
        if (!read_digits(&text, 2, &month) || month < 1 || month > 12) return false;
        if (*text == '-') {
            text++;
            if (!read_digits(&text, 2, &day) || day < 1) return false;
            if (day > date_days_in_month(year, month)) return false;
        }
    }
    if (*text) return false;
    *ret_date = date_from_ymd(year, month, day);
    return true;
}

void date_print(Date date, char ret_text[static 24]) {
    int y, m, d;
    date_civil(date.first, &y, &m, &d);
    switch (date.precision) {
    case DATE_YEAR: g_snprintf(ret_text, 24, "%04d", y); return;
    case DATE_MONTH: g_snprintf(ret_text, 24, "%04d-%02d", y, m); return;
    case DATE_DAY: g_snprintf(ret_text, 24, "%04d-%02d-%02d", y, m, d); return;
    case DATE_INTERVAL: {
        int y2, m2, d2;
        date_civil(date.last, &y2, &m2, &d2);
        g_snprintf(ret_text, 24, "%04d-%02d-%02d/%04d-%02d-%02d", y, m, d, y2, m2, d2);
    }
    }
}
