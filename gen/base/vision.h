/* base/vision: how far apart two colours look, also to eyes that lack one kind of cone.
 * Differences are CIEDE2000: 1 is what a trained eye just sees side by side. Sources: Sharma, Wu &
 * Dalal, "The CIEDE2000 Color-Difference Formula" (2005), with their test pairs; Machado, Oliveira
 * & Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
 * matrices of severity 1.0, applied in linear RGB; sRGB to CIELAB by IEC 61966-2-1, white D65.
 * Alpha is ignored: give what is seen. */
#pragma once

#include "base/color.h"

typedef struct {
    double l, a, b; /* CIELAB: l 0–100 */
} Lab;

typedef enum { VISION_FULL, VISION_PROTAN, VISION_DEUTAN, VISION_TRITAN, VISION_COUNT } Vision;

Lab color_lab(Color color, Vision vision);
double lab_difference(Lab one, Lab two);
double color_difference(Color one, Color two, Vision vision);
