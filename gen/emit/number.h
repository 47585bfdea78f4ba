/* emit/number: numbers for text formats, to hundredths, whatever the locale. */
#pragma once

#include <glib.h>

/* 12.5, 3, -0.25: no trailing zeros, no sign on zero, never an exponent. */
void frame_number_append(GString *out, double value);
