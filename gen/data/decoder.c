/* Names of encodings, and decoding by ICU's converters. */
#include "data/encoding.h"

#include <string.h>
#include <unicode/ucnv.h>

static const struct {
    const char *name, *shown;
} names[] = {
    {"utf-8", "UTF-8"},         {"utf8", "UTF-8"},          {"utf-16", "UTF-16"},
    {"utf-16le", "UTF-16 LE"},  {"utf-16be", "UTF-16 BE"},  {"windows-1252", "Windows-1252"},
    {"cp1252", "Windows-1252"}, {"iso-8859-15", "Latin-9"}, {"latin-9", "Latin-9"},
    {"latin9", "Latin-9"},      {"iso-8859-1", "Latin-1"},  {"macintosh", "Mac Roman"},
};

const char *encoding_name_shown(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(names[i].name, name) == 0) return names[i].shown;
    return name;
}

bool encoding_is_utf8(const char *name) {
    return !g_ascii_strcasecmp(name, "utf-8") || !g_ascii_strcasecmp(name, "utf8") ||
           !g_ascii_strcasecmp(name, "utf-8-sig") || !g_ascii_strcasecmp(name, "ascii");
}

struct Decoder {
    UConverter *converter;
    size_t fed; /* bytes before those of this call */
    bool has_started;
};

Decoder *decoder_new(const char *name) {
    UErrorCode error = U_ZERO_ERROR;
    const char *known = encoding_is_utf8(name) ? "utf-8" : name;
    UConverter *converter = ucnv_open(known, &error);
    if (U_FAILURE(error)) return NULL;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    Decoder *decoder = g_new0(Decoder, 1);
    decoder->converter = converter;
    return decoder;
}

void decoder_free(Decoder *decoder) {
    if (!decoder) return;
    ucnv_close(decoder->converter);
    g_free(decoder);
}

bool encoding_is_known(const char *name) {
    g_autoptr(Decoder) decoder = decoder_new(name);
    return decoder != NULL;
}

char *encoding_guess_letter(unsigned char byte) {
    g_autofree char *letter =
        g_convert((const char *)&byte, 1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
    if (!letter) return NULL;
    return g_unichar_isalpha(g_utf8_get_char(letter)) ? g_steal_pointer(&letter) : NULL;
}

/* UTF-16 to UTF-8. How many units were used: all, or those before a zero, which is no text, or
 * before a high surrogate whose other half is still to come. */
static size_t append_units(GByteArray *out, const UChar *units, size_t n) {
    size_t i = 0;
    while (i < n && units[i]) {
        gunichar c = units[i];
        size_t step = 1;
        if (c >= 0xD800 && c < 0xDC00) {
            if (i + 1 == n) break;
            c = 0x10000 + ((c - 0xD800) << 10) + (units[i + 1] - 0xDC00u);
            step = 2;
        }
        char text[6];
        g_byte_array_append(out, (const guint8 *)text, (guint)g_unichar_to_utf8(c, text));
        i += step;
    }
    return i;
}

/* Where the bytes start that ICU could not decode. */
static size_t undecodable(const Decoder *decoder, size_t reached) {
    char bad[16];
    int8_t n_bad = sizeof bad;
    UErrorCode error = U_ZERO_ERROR;
    ucnv_getInvalidChars(decoder->converter, bad, &n_bad, &error);
    size_t back = U_SUCCESS(error) ? (size_t)n_bad : 0;
    return reached > back ? reached - back : 0;
}

bool decoder_feed(Decoder *decoder, const char *bytes, size_t len, bool is_last, GByteArray *out,
                  size_t *ret_bad) {
    enum { ROOM = 4096 };
    UChar units[ROOM];
    int32_t offsets[ROOM]; /* of each unit, from `start` */
    size_t kept = 0;       /* a high surrogate of the last round */
    const char *at = bytes, *end = bytes + len;
    for (bool is_full = true; is_full;) {
        UErrorCode error = U_ZERO_ERROR;
        UChar *to = units + kept;
        const char *start = at;
        ucnv_toUnicode(decoder->converter, &to, units + ROOM, &at, end, offsets + kept, is_last,
                       &error);
        size_t n = (size_t)(to - units);
        bool has_mark = !decoder->has_started && n && units[0] == 0xFEFF;
        decoder->has_started |= n > 0;
        size_t used = has_mark + append_units(out, units + has_mark, n - has_mark);
        if (used < n && !units[used]) {
            *ret_bad = decoder->fed + (size_t)(start - bytes) + (size_t)MAX(offsets[used], 0);
            return false;
        }
        kept = n - used;
        memmove(units, units + used, kept * sizeof *units);
        is_full = error == U_BUFFER_OVERFLOW_ERROR;
        if (U_FAILURE(error) && !is_full) {
            *ret_bad = undecodable(decoder, decoder->fed + (size_t)(at - bytes));
            return false;
        }
    }
    decoder->fed += len;
    return true;
}
