/* base/date: civil days with the precision they are known to. No time zone, no clock.
 * A Date covers every day it may be: `1984-09` is first = 1 September, last = 30 September. Files
 * hold ISO 8601 calendar dates; French wording belongs to lang/. Source of the day arithmetic: the
 * proleptic Gregorian calendar, ISO 8601-1:2019, 4.3. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef enum { DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_INTERVAL } DatePrecision;

typedef struct {
    int32_t first, last; /* days since 1970-01-01, both inclusive */
    DatePrecision precision;
} Date;

/* `2021`, `1984-09`, `2025-02-21` and nothing else; years 0001 to 9999. */
bool date_parse(const char *text, Date *ret_date);
/* month 0: the whole year; day 0: the whole month. The values must be a real date. */
Date date_from_ymd(int year, int month, int day);
void date_civil(int32_t day, int *ret_year, int *ret_month, int *ret_day);
int date_weekday(int32_t day); /* 0 is Monday */
int date_days_in_month(int year, int month);
/* ISO text at its precision: 1984-09; an interval as 2020-01-01/2021-06-30. */
void date_print(Date date, char ret_text[static 24]);
