#include "cli/columns.h"

#include <stdbool.h>

enum { TAB_STOP = 8 };

/* Embeddings, overrides and isolates: they could make a line read otherwise than it is. */
static bool reorders_line(gunichar c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

gunichar columns_shown(gunichar c) {
    if (c == '\t') return c;
    return g_unichar_iscntrl(c) || reorders_line(c) ? 0xFFFD : c;
}

size_t columns_of(gunichar c, size_t at) {
    if (c == '\t') return TAB_STOP - at % TAB_STOP;
    if (g_unichar_iszerowidth(c)) return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

size_t columns_width(const char *text) {
    size_t width = 0;
    for (; *text; text = g_utf8_next_char(text))
        width += columns_of(columns_shown(g_utf8_get_char(text)), width);
    return width;
}

void columns_append(GString *out, const char *text) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        g_string_append_unichar(out, c == '\n' || c == '\r' ? ' ' : columns_shown(c));
    }
}

void columns_pad(GString *out, size_t n) {
    for (size_t i = 0; i < n; i++) g_string_append_c(out, ' ');
}
