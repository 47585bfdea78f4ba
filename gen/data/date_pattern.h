/* data/date_pattern: dates and times by a pattern of strptime's kind, without locale: %d %m %Y %H
 * %M %S %f %j; %y, a year of 1969 to 2068 by its last two digits; %b or %B, a month by its French
 * or English name, short or long. A space in the pattern is any spaces in the text. Source:
 * Python's datetime.strptime, which the frictionless framework calls. */
#pragma once

#include "base/date.h"

#include <stddef.h>

/* The whole of `text`. The date is that of %Y with %m and %d, or %j; for a pattern of a time alone
 * it means nothing. *ret_seconds, of the day, may be NULL. */
bool date_pattern_read(const char *pattern, const char *text, Date *ret_date, double *ret_seconds);
/* 27 November 2019 at 16:20 as the pattern wants it: for hints; a new string. */
[[nodiscard]] char *date_pattern_example(const char *pattern);
/* The month, 1 to 12, whose name starts `text`, without case and accents, with a final dot or not;
 * 0 for none. *ret_len is how many bytes it takes. */
int month_name_read(const char *text, size_t *ret_len);
