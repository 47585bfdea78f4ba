/* data/moment: times, dates with a time, and durations. They stay texts in tables; here is whether
 * a text is one, and where it stands among others, for bounds. Civil: what follows as a zone (`Z`,
 * `+01:00`) is read and changes nothing. Sources: ISO 8601-1:2019, 5.3 to 5.5; XML Schema part 2,
 * 3.2.6 (durations). */
#pragma once

#include "project/package.h"

/* Seconds: of the day, since 1970-01-01, or of a duration. A month has no one length: a duration
 * lies between low and high, which are equal for all the rest. */
typedef struct {
    double low, high;
} Moment;

/* FIELD_TIME, FIELD_DATETIME or FIELD_DURATION, in the format of the field. */
bool moment_read(const Field *field, const char *text, Moment *ret_moment);
