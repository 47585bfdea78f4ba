#include "chart/scale.h"

#include <math.h>

double scale_map(Scale s, double value) {
    return s.d1 == s.d0 ? s.r0 : s.r0 + (value - s.d0) / (s.d1 - s.d0) * (s.r1 - s.r0);
}

double scale_invert(Scale s, double position) {
    return s.r1 == s.r0 ? s.d0 : s.d0 + (position - s.r0) / (s.r1 - s.r0) * (s.d1 - s.d0);
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
