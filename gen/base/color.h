/* base/color: sRGB colours by value, and the contrast that readers need. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint8_t r, g, b, a; /* sRGB, not premultiplied; a = 255 is opaque */
} Color;

bool color_parse(const char *text, Color *ret_color); /* #rrggbb or #rrggbbaa */
void color_print(Color color, char ret_text[static 10]);
Color color_with_alpha(Color color, double alpha);
/* What is seen when `top` lies on the opaque `bottom`. */
Color color_over(Color top, Color bottom);
/* The colour itself when its contrast to `ground` is `ratio` or more; else mixed with `ink` until
 * it is, or ink. */
Color color_strengthen(Color color, Color ground, Color ink, double ratio);
/* Contrast ratio, 1 to 21. Source: WCAG 2.2, "relative luminance" and "contrast ratio". */
double color_contrast(Color a, Color b);
