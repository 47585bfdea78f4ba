/* base/date: civil days with the precision they are known to. No time zone, no clock.
 * A Date covers every day it may be: `1984-09` is first = 1 September, last = 30 September. Files
 * hold EDTF level 0 (ISO 8601 calendar dates and intervals of them) and, of level 1, what is
 * approximate `~`, uncertain `?` or both `%`, and intervals without a known end; French wording
 * belongs to lang/. Sources: the proleptic Gregorian calendar, ISO 8601-1:2019, 4.3; ISO
 * 8601-2:2019, 4 and 8 (EDTF). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum { DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_INTERVAL } DatePrecision;

/* How an end of an interval is written: 2021-06-30, 2021-06, 2021, `..` (no end), or nothing (an
 * end nobody knows). */
typedef enum { BOUND_DAY, BOUND_MONTH, BOUND_YEAR, BOUND_OPEN, BOUND_UNKNOWN } DateBound;

enum {
    DATE_APPROXIMATE = 1 << 0, /* 2016~ */
    DATE_UNCERTAIN = 1 << 1,   /* 2016?; 2016% is both */
};

typedef struct {
    int32_t first, last; /* days since 1970-01-01, both inclusive */
    DatePrecision precision;
    uint8_t qualifier;     /* of the whole, or of the start of an interval */
    uint8_t end_qualifier; /* of the end of an interval */
    uint8_t start, end;    /* DateBound, of an interval */
} Date;

#define DATE_NO_START INT32_MIN /* first, when the start is open or unknown */
#define DATE_NO_END INT32_MAX   /* last */

enum { DATE_TEXT_SIZE = 32 };

/* `2021`, `1984-09`, `2025-02-21`, `2016~`, `2020-01/2021-06`, `2020-01/..`, `/2021` and their
 * like, and nothing else; years 0001 to 9999. An interval must not end before it starts. */
bool date_parse(const char *text, Date *ret_date);
static inline Date date_of_day(int32_t day) {
    return (Date){.first = day, .last = day, .precision = DATE_DAY};
}
bool date_is_day(Date date); /* known to the day, and sure */
bool date_has_start(Date date);
bool date_has_end(Date date);
const char *date_precision_name(Date date); /* year, month, day, interval */
const char *date_qualifier_name(Date date); /* approximate, uncertain, both; NULL: none */
/* month 0: the whole year; day 0: the whole month. The values must be a real date. */
Date date_from_ymd(int year, int month, int day);
void date_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day);
int date_weekday(int32_t day); /* 0 is Monday */
int date_days_in_month(int year, int month);
/* EDTF at its precision, as date_parse() reads it: 1984-09, 2016~, 2020-01/2021-06. */
void date_print(Date date, char ret_text[static DATE_TEXT_SIZE]);
