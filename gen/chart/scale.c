#include "chart/scale.h"

#include <glib.h>
#include <math.h>
#include <string.h>

static double project(Scale s, double value) {
    return s.kind == SCALE_LOG ? log10(value) : value;
}

double scale_map(Scale s, double value) {
    double d0 = project(s, s.d0), d1 = project(s, s.d1);
    return d1 == d0 ? s.r0 : s.r0 + (project(s, value) - d0) / (d1 - d0) * (s.r1 - s.r0);
}

double scale_invert(Scale s, double position) {
    if (s.r1 == s.r0) return s.d0;
    double share = (position - s.r0) / (s.r1 - s.r0);
    double d0 = project(s, s.d0), d1 = project(s, s.d1);
    double value = d0 + share * (d1 - d0);
    return s.kind == SCALE_LOG ? pow(10, value) : value;
}

/* Both ends may be ticks, and 0 between them: three at the least. */
static size_t most_floating(size_t most) {
    return CLAMP(most, 3, MOST_TICKS);
}

static double floating_step(double low, double high, size_t most) {
    return scale_step(high - low, (int)most_floating(most) - 1);
}

static bool is_multiple(double value, double step) {
    static const double SLACK = 1e-6; /* of a step */
    return fabs(value / step - round(value / step)) < SLACK;
}

/* Where the scale starts at a multiple of a step that is hardly greater, that one: 50, 100, 150
 * rather than 60, 80, 100 off a start at 50. */
static double tick_step(Scale s, size_t most) {
    double least = floating_step(s.d0, s.d1, most);
    for (double step = least; step < least * 6; step = scale_step(step * 1.5, 1))
        if (is_multiple(s.d0, step)) return step;
    return least;
}

static size_t floating_ticks(Scale s, size_t most, double *ret) {
    static const double SLACK = 1e-9; /* of a step */
    double step = tick_step(s, most), first = ceil(s.d0 / step - SLACK);
    size_t n = 0;
    for (double k = first; k * step <= s.d1 + step * SLACK && n < most_floating(most); k++)
        ret[n++] = k == 0 ? 0 : k * step;
    return n;
}

static size_t linear_ticks(Scale s, size_t most, double *ret) {
    if (s.d0 != 0) return floating_ticks(s, most, ret);
    double step = scale_step(s.d1, (int)most);
    if (s.d1 < 2 * step) step = scale_step(s.d1, (int)most + 1); /* one value is no scale */
    size_t n = 0;
    for (double v = step; v <= s.d1 + 1e-9 && n < MOST_TICKS; v += step) ret[n++] = v;
    return n;
}

static size_t log_multiples(Scale s, const double *multiples, size_t n_multiples, double *ret) {
    static const double SLACK = 1e-9; /* of a power of 10 that was computed */
    size_t n = 0;
    for (double k = floor(log10(s.d0) + SLACK); k <= log10(s.d1) + SLACK; k++)
        for (size_t i = 0; i < n_multiples && n < MOST_TICKS; i++) {
            double v = multiples[i] * pow(10, k);
            if (v >= s.d0 * (1 - SLACK) && v <= s.d1 * (1 + SLACK)) ret[n++] = v;
        }
    return n;
}

enum { FEW = 3 }; /* ticks, fewer than which are no scale where there is room for more */

static size_t log_ticks(Scale s, size_t most, double *ret) {
    size_t n = log_multiples(s, (double[]){1, 2, 5}, 3, ret);
    if (n > most) n = log_multiples(s, (double[]){1}, 1, ret);
    if (n < FEW && most >= FEW) {
        double finer[MOST_TICKS];
        size_t n_finer = log_multiples(s, (double[]){1, 3}, 2, finer);
        if (n_finer > n && n_finer <= most) {
            memcpy(ret, finer, n_finer * sizeof *ret);
            n = n_finer;
        }
    }
    size_t stride = most ? (n + most - 1) / most : 1, kept = 0;
    for (size_t i = 0; i < n; i += MAX(stride, 1)) ret[kept++] = ret[i];
    return kept;
}

size_t scale_ticks(Scale s, size_t most, double ret_ticks[static MOST_TICKS]) {
    return s.kind == SCALE_LOG ? log_ticks(s, most, ret_ticks) : linear_ticks(s, most, ret_ticks);
}

double scale_step(double max, int most) {
    if (!(max > 0)) return 1;
    double power = pow(10, floor(log10(max / most)));
    static const double multiples[] = {1, 2, 5, 10};
    for (int i = 0; i < 3; i++)
        if (max / (multiples[i] * power) <= most + 1e-9) return multiples[i] * power;
    return 10 * power;
}

double scale_start(double low, double high, size_t most) {
    static const double NEAR = 0.5; /* of what the values span */
    enum { ROUNDS = 4 };
    if (low >= 0 && low <= NEAR * (high - low)) return 0;
    if (low == high) return fmin(low, 0);
    double start = low, step = 0;
    for (int i = 0; i < ROUNDS; i++) { /* what it is lowered by may ask for a greater step */
        step = fmax(step, floating_step(start, high, most));
        start = floor(low / step + 1e-9) * step;
    }
    return start;
}

double scale_log_start(double least) {
    static const double multiples[] = {5, 2, 1};
    double power = pow(10, floor(log10(least)));
    for (int i = 0; i < 3; i++)
        if (multiples[i] * power <= least * (1 + 1e-9)) return multiples[i] * power;
    return power;
}

double scale_nice(double max, int most) {
    double step = scale_step(max, most);
    return fmax(ceil(max / step - 1e-9), 1) * step;
}

double scale_radius(double value, double max, double max_radius) {
    return max > 0 && value > 0 ? max_radius * sqrt(value / max) : 0;
}

Bands bands_make(double r0, double r1, size_t n, double gap) {
    double step = n ? (r1 - r0) / (double)n : 0;
    double width = step * (1 - gap);
    return (Bands){r0 + (step - width) / 2, step, width};
}

double bands_start(Bands bands, size_t i) {
    return bands.r0 + bands.step * (double)i;
}

double date_middle(Date date) {
    if (!date_has_start(date)) return date_has_end(date) ? date.last + 1.0 : 0;
    if (!date_has_end(date)) return date.first;
    return ((double)date.first + date.last + 1) / 2;
}

TimeUnit time_unit(int32_t first, int32_t last) {
    int days = last - first + 1;
    return days > 3 * 366 ? TIME_YEARS : days > 100 ? TIME_MONTHS : TIME_DAYS;
}

int time_step_after(TimeUnit unit, int step) {
    static const int months[] = {1, 2, 3, 4, 6, 12};
    if (step == 0 || unit == TIME_DAYS) return 1;
    if (unit == TIME_YEARS) {
        int power = 1;
        while (power * 10 <= step) power *= 10;
        return step < 2 * power ? 2 * power : step < 5 * power ? 5 * power : 10 * power;
    }
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (months[i] > step) return months[i];
    return 12;
}

Date time_tick(TimeUnit unit, int step, int32_t day) {
    int year, month, of_month;
    if (unit == TIME_DAYS) return date_of_day(day);
    date_civil(day, &year, &month, &of_month);
    if (unit == TIME_YEARS) {
        if (month > 1 || of_month > 1) year++;
        return date_from_ymd((year + step - 1) / step * step, 0, 0);
    }
    int next = month - 1 + (of_month > 1);
    next = (next + step - 1) / step * step;
    return date_from_ymd(year + next / 12, next % 12 + 1, 0);
}
