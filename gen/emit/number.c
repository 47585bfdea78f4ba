#include "emit/number.h"

#include <math.h>
#include <string.h>

void frame_number_append(GString *out, double value) {
    char text[64];
    double rounded = round(value * 100) / 100;
    g_ascii_formatd(text, sizeof text, "%.2f", rounded == 0 ? 0 : rounded);
    size_t length = strlen(text);
    while (text[length - 1] == '0') length--;
    if (text[length - 1] == '.') length--;
    g_string_append_len(out, text, (gssize)length);
}
