#include "base/vision.h"

#include <math.h>

static const double matrices[VISION_COUNT][3][3] = {
    [VISION_FULL] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
    [VISION_PROTAN] = {{0.152286, 1.052583, -0.204868},
                       {0.114503, 0.786281, 0.099216},
                       {-0.003882, -0.048116, 1.051998}},
    [VISION_DEUTAN] = {{0.367322, 0.860646, -0.227968},
                       {0.280085, 0.672501, 0.047413},
                       {-0.011820, 0.042940, 0.968881}},
    [VISION_TRITAN] = {{1.255528, -0.076749, -0.178779},
                       {-0.078411, 0.930809, 0.147602},
                       {0.004733, 0.691367, 0.303900}},
};

static double to_linear(uint8_t channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double lab_curve(double t) {
    return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

Lab color_lab(Color color, Vision vision) {
    const double in[3] = {to_linear(color.r), to_linear(color.g), to_linear(color.b)};
    double rgb[3];
    for (int i = 0; i < 3; i++) {
        const double *m = matrices[vision][i];
        rgb[i] = fmin(fmax(m[0] * in[0] + m[1] * in[1] + m[2] * in[2], 0), 1);
    }
    double x = 0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2];
    double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
    double z = 0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2];
    double fx = lab_curve(x / 0.95047), fy = lab_curve(y), fz = lab_curve(z / 1.08883);
    return (Lab){116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)};
}

static double radians(double degrees) {
    return degrees * acos(-1) / 180;
}

/* 0 to 360; 0 for a grey, which has no hue. */
static double hue(double a, double b) {
    if (a == 0 && b == 0) return 0;
    double h = atan2(b, a) * 180 / acos(-1);
    return h < 0 ? h + 360 : h;
}

static double seventh(double c) {
    return sqrt(pow(c, 7) / (pow(c, 7) + pow(25, 7)));
}

/* Numbered as in the paper: equations 2 to 22. */
double lab_difference(Lab one, Lab two) {
    double g = 0.5 * (1 - seventh((hypot(one.a, one.b) + hypot(two.a, two.b)) / 2));
    double a1 = (1 + g) * one.a, a2 = (1 + g) * two.a;
    double c1 = hypot(a1, one.b), c2 = hypot(a2, two.b);
    double h1 = hue(a1, one.b), h2 = hue(a2, two.b);
    double dh = 0, h = h1 + h2;
    if (c1 * c2 != 0) {
        dh = h2 - h1;
        if (dh > 180) dh -= 360;
        if (dh < -180) dh += 360;
        if (fabs(h1 - h2) > 180) h += h < 360 ? 360 : -360;
        h /= 2;
    }
    double dl = two.l - one.l, dc = c2 - c1;
    double dhue = 2 * sqrt(c1 * c2) * sin(radians(dh / 2));
    double l = (one.l + two.l) / 2, c = (c1 + c2) / 2, l50 = (l - 50) * (l - 50);
    double t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h)) +
               0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63));
    double turn = 30 * exp(-pow((h - 275) / 25, 2));
    double sl = 1 + 0.015 * l50 / sqrt(20 + l50), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
    double rt = -sin(radians(2 * turn)) * 2 * seventh(c);
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(dhue / sh, 2) +
                rt * (dc / sc) * (dhue / sh));
}

double color_difference(Color one, Color two, Vision vision) {
    return lab_difference(color_lab(one, vision), color_lab(two, vision));
}
