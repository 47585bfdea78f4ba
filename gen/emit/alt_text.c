#include "emit/alt_text.h"

static void add_part(GString *out, const char *heading, const char *text) {
    if (!text || !*text) return;
    g_string_append_printf(out, "%s%s\n\n%s\n", out->len ? "\n" : "", heading, text);
}

GBytes *alt_text_encode(const About *about) {
    GString *out = g_string_new(NULL);
    add_part(out, "Texte court", about->alt);
    add_part(out, "Texte long", about->alt_long);
    add_part(out, "Description", about->description);
    return g_string_free_to_bytes(out);
}
