#include "chart/scale.h"

#include <glib.h>
#include <math.h>

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

static size_t linear_ticks(Scale s, size_t most, double *ret) {
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

static size_t log_ticks(Scale s, size_t most, double *ret) {
    size_t n = log_multiples(s, (double[]){1, 2, 5}, 3, ret);
    if (n > most) n = log_multiples(s, (double[]){1}, 1, ret);
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
