#include "base/color.h"

#include <glib.h>
#include <math.h>
#include <string.h>

bool color_parse(const char *text, Color *ret_color) {
    size_t n = strlen(text);
    if (text[0] != '#' || (n != 7 && n != 9)) return false;
    uint8_t bytes[4] = {0, 0, 0, 255};
    for (size_t i = 1; i < n; i++) {
        int digit = g_ascii_xdigit_value(text[i]);
        if (digit < 0) return false;
        size_t at = (i - 1) / 2;
        bytes[at] = (uint8_t)(i % 2 ? digit << 4 : bytes[at] | digit);
    }
    *ret_color = (Color){bytes[0], bytes[1], bytes[2], bytes[3]};
    return true;
}

void color_print(Color color, char ret_text[static 10]) {
    if (color.a == 255)
        g_snprintf(ret_text, 10, "#%02x%02x%02x", color.r, color.g, color.b);
    else
        g_snprintf(ret_text, 10, "#%02x%02x%02x%02x", color.r, color.g, color.b, color.a);
}

Color color_with_alpha(Color color, double alpha) {
    color.a = (uint8_t)lround(255 * CLAMP(alpha, 0, 1));
    return color;
}

static uint8_t mix(uint8_t top, uint8_t bottom, uint8_t alpha) {
    return (uint8_t)((top * alpha + bottom * (255 - alpha) + 127) / 255);
}

Color color_over(Color top, Color bottom) {
    return (Color){mix(top.r, bottom.r, top.a), mix(top.g, bottom.g, top.a),
                   mix(top.b, bottom.b, top.a), 255};
}

static double linear(uint8_t channel) {
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(Color c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double color_contrast(Color a, Color b) {
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

Color color_strengthen(Color color, Color ground, Color ink, double ratio) {
    enum { STEPS = 20 };
    for (int i = 0; i < STEPS; i++) {
        Color mixed = color_over(color_with_alpha(ink, (double)i / STEPS), color);
        if (color_contrast(color_over(mixed, ground), ground) >= ratio) return i ? mixed : color;
    }
    return ink;
}
