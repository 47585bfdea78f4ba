/* base/date: civil days with the precision they are known to. No time zone, no clock.
 * A Date covers every day it may be: `1984-09` is first = 1 September, last = 30 September. Files
 * hold EDTF; French wording belongs to lang/. A Date made of days, without flags, is whole.
 * Sources: the proleptic Gregorian calendar, ISO 8601-1:2019, 4.3; EDTF, ISO 8601-2:2019, clauses 4
 * and 8, and loc.gov/standards/datetime: level 0 without times of day, and of level 1 the
 * qualifiers, the unspecified digits and the intervals. Not read: years beyond four digits,
 * seasons, centuries (`20XX`, which no French name fits), what level 2 adds. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum { DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_INTERVAL, DATE_DECADE } DatePrecision;

/* What is said of a date, or of one end of an interval. */
typedef enum {
    DATE_APPROXIMATE = 1 << 0, /* ~: near it; with the next one, % */
    DATE_UNCERTAIN = 1 << 1,   /* ?: the source is open to doubt */
    DATE_UNKNOWN = 1 << 2,  /* this end of the interval is not known; else no end is an open one */
    DATE_NO_MONTH = 1 << 3, /* written with -XX for the month (2019-XX) */
    DATE_NO_DAY = 1 << 4,   /* written with -XX for the day (2019-05-XX, 2019-XX-XX) */
    DATE_KNOWN_YEAR = 1 << 5,  /* the end of an interval is written to the year, */
    DATE_KNOWN_MONTH = 1 << 6, /* to the month, */
    DATE_KNOWN_DAY = 1 << 7,   /* or to the day; with none of the three it is made of days */
} DateFlag;

enum { DATE_QUALIFIERS = DATE_APPROXIMATE | DATE_UNCERTAIN };

typedef struct {
    int32_t first, last; /* days since 1970-01-01, both inclusive; or one of the two below */
    DatePrecision precision;
    uint8_t start, end; /* DateFlag: of an interval, its two ends; else all are in start */
} Date;

/* No first or last day: an end of an interval that is open, or not known. Never one to count or to
 * draw with: ask date_has_start() and date_has_end() before. */
#define DATE_OPEN_START INT32_MIN
#define DATE_OPEN_END INT32_MAX

enum { DATE_TEXT_SIZE = 24 }; /* 2020-01-01%/2021-06-30% and its end */

/* `2021`, `1984-09`, `2025-02-21`, with `~`, `?` or `%` behind; `201X`, `2019-XX`, `2019-05-XX`;
 * intervals of two dates, `2020-01/2021-06`, one end of which may be open (`..`) or not known
 * (nothing): `2020-01/..`, `/2021-06`. Years 0001 to 9999. All of the text; an interval that ends
 * before it starts is no date. */
bool date_parse(const char *text, Date *ret_date);
/* The text it was read from, or ISO days: 1984-09, 2020-01-01/2021-06-30. `..` for no day. */
void date_print(Date date, char ret_text[static DATE_TEXT_SIZE]);

static inline Date date_of_day(int32_t day) {
    return (Date){.first = day, .last = day, .precision = DATE_DAY};
}
/* month 0: the whole year; day 0: the whole month. The values must be a real date. */
Date date_from_ymd(int year, int month, int day);
/* From the start of one date to the end of another. */
Date date_span(Date from, Date to);
/* A day that is none (DATE_OPEN_START, DATE_OPEN_END) gives the first or last of the calendar. */
void date_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day);
int date_year(int32_t day);    /* of date_civil() */
int date_weekday(int32_t day); /* 0 is Monday */
int date_days_in_month(int year, int month);

bool date_has_start(Date date);
bool date_has_end(Date date);
bool date_is_day(Date date); /* one day, without doubt */
/* How precisely each end is known: of an interval made of days, whole years and months count as
 * such when both ends are. */
DatePrecision date_start_precision(Date date);
DatePrecision date_end_precision(Date date);
unsigned date_qualifiers(Date date); /* of DATE_QUALIFIERS, those of either end */
/* Total order: by first day, then by last, so that a day comes before its month and what is open
 * after all that begins with it; then by what is said of them. 0 for the same text alone. */
int date_compare(Date a, Date b);

/* What tables and messages call it: year, month, day, interval, decade. */
const char *date_precision_name(Date date);
/* approximate, uncertain, both; NULL for none. */
const char *date_qualifier_name(Date date);
