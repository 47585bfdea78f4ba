/* data/date_pattern: dates and times by a pattern of strptime's kind, without locale: %d %m %Y %H
 * %M %S %j, and %b or %B, a month by its French or English name, short or long. */
#pragma once

#include "base/date.h"

#include <stddef.h>

/* The whole of `text`. The date is that of %Y with %m and %d, or %j; for a pattern of a time alone
 * it means nothing. */
bool date_pattern_read(const char *pattern, const char *text, Date *ret_date);
/* The month, 1 to 12, whose name starts `text`, without case and accents, with a final dot or not;
 * 0 for none. *ret_len is how many bytes it takes. */
int month_name_read(const char *text, size_t *ret_len);
