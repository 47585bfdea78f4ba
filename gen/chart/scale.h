/* chart/scale: from domain to range and back, and ticks a reader can trust. Pure arithmetic, values
 * by copy. Time is a linear scale over day numbers (base/date); its ticks are calendar dates. */
#pragma once

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum { SCALE_LINEAR, SCALE_LOG } ScaleKind;

typedef struct {
    double d0, d1; /* domain; above 0 when logarithmic */
    double r0, r1; /* range, in the canvas's unit; r1 < r0 runs the other way */
    ScaleKind kind;
} Scale;

double scale_map(Scale scale, double value);
double scale_invert(Scale scale, double position);
/* The step 1, 2 or 5 × 10^k that cuts 0–max in at most `most` parts (at least one). */
double scale_step(double max, int most);
/* Values of the domain worth a line, ascending: of a linear one multiples of a step, without 0 when
 * it starts there; of a logarithmic one its powers of 10, or 1 and 3, or 1, 2 and 5 times them
 * where these are few. At most `most` of them (3 where a linear one starts off 0; MOST_TICKS);
 * returns how many. */
enum { MOST_TICKS = 12 };
size_t scale_ticks(Scale scale, size_t most, double ret_ticks[static MOST_TICKS]);
/* Where a scale starts whose values are read by their place, not by a length from 0: a linear one
 * at 0 when that is near, else at the last tick (of at most `most`) before the lowest value; a
 * logarithmic one at 1, 2 or 5 × 10^k. */
double scale_start(double low, double high, size_t most);
double scale_log_start(double least);
/* max rounded up to a whole number of steps. */
double scale_nice(double max, int most);

/* Ticks of time are days, whole months or whole years. */
typedef enum { TIME_DAYS, TIME_MONTHS, TIME_YEARS } TimeUnit;
/* What the days from `first` to `last` are told in: years over more than three of them, months over
 * more than a hundred days. */
TimeUnit time_unit(int32_t first, int32_t last);
/* The next greater of the steps that calendars are read by: 1, 2, 3, 4, 6 or 12 months, of years 1,
 * 2, 5, 10, 20, 50…; a day alone. 0: the least. */
int time_step_after(TimeUnit unit, int step);
/* The first tick that starts on this day or later: a day, a month that a whole number of steps
 * parts from January, a year that is a multiple of the step. */
Date time_tick(TimeUnit unit, int step, int32_t day);

/* Radius of a circle whose area is in proportion: value / max = (radius / max_radius)². */
double scale_radius(double value, double max, double max_radius);

/* n bands in r0–r1, a share `gap` of each step left empty between them. */
typedef struct {
    double r0, step, width;
} Bands;
Bands bands_make(double r0, double r1, size_t n, double gap);
double bands_start(Bands bands, size_t i);

/* The middle of a date as a day number; of an open one, the end that is known. */
double date_middle(Date date);
