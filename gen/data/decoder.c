/* Four ways to UTF-8. UTF-8 itself is checked and copied; UTF-16 is read here, as ICU does not say
 * exactly where a lone surrogate stands; encodings of one byte a character go through a table that
 * ICU fills once; the others (Shift_JIS, GB18030) through ICU's converter. */
#include "data/encoding.h"
#include "data/utf8_step.h"

#include <unicode/ucnv.h>

enum {
    MARK = 0xFEFF,
    PART_MOST = 1 << 28,
    UNITS = 4096,
    LONGEST = 3 /* bytes of UTF-8 for a unit of UTF-16 */
};

typedef struct {
    char text[LONGEST + 1];
    uint8_t len; /* 0: not a character of the encoding */
} Entry;

typedef struct {
    const uint8_t *bytes;
    size_t len;
    bool is_last;
    GByteArray *out;
} Feed;

struct Decoder {
    bool (*decode)(Decoder *decoder, const Feed *feed);
    size_t size; /* bytes fed before this chunk */
    size_t bad;  /* place of the byte that stopped the decoder */
    uint8_t bad_byte;

    Utf8 utf8;
    uint8_t pending[4]; /* the start of a character that the last chunk cut */
    size_t n_pending;

    Entry *table;  /* 256 */
    bool is_ascii; /* 0x01 to 0x7F stand for themselves */

    bool is_big_endian, has_free_order; /* free: the mark says, else little as Windows writes it */
    bool has_half;                      /* of a unit: its first byte */
    uint8_t half, surrogate_byte;
    size_t half_place, surrogate_place;

    UConverter *converter;
    bool has_started;   /* a first character was seen */
    uint16_t surrogate; /* the first half of a pair, or 0 */
};

static bool fail(Decoder *decoder, uint8_t byte, size_t place) {
    decoder->bad_byte = byte;
    decoder->bad = place;
    return false;
}

/* Ends the character that the last chunk cut, if it can; *ret_used bytes were its own. */
static bool finish_pending(Decoder *decoder, const Feed *feed, size_t *ret_used) {
    size_t used = 0, place = decoder->size - decoder->n_pending;
    for (; decoder->utf8.wanted && used < feed->len; used++) {
        if (utf8_step(&decoder->utf8, feed->bytes[used]) == UTF8_BAD)
            return fail(decoder, decoder->pending[0], place);
        decoder->pending[decoder->n_pending++] = feed->bytes[used];
    }
    *ret_used = used;
    if (decoder->utf8.wanted) return true;
    bool is_mark = place == 0 && decoder->n_pending && decoder->utf8.character == MARK;
    if (!is_mark) g_byte_array_append(feed->out, decoder->pending, (guint)decoder->n_pending);
    decoder->n_pending = 0;
    return true;
}

static bool starts_with_mark(const Decoder *decoder, const Feed *feed) {
    return decoder->size == 0 && feed->len >= 3 && memcmp(feed->bytes, "\xEF\xBB\xBF", 3) == 0;
}

/* What is valid is copied in one piece: bytes[from..lead). */
static bool copy_utf8(Decoder *decoder, const Feed *feed, size_t from) {
    const uint8_t *bytes = feed->bytes;
    if (starts_with_mark(decoder, feed)) from = 3;
    Utf8 utf8 = {0};
    size_t lead = from, beyond;
    for (size_t i = from; i < feed->len; i++) {
        if (!utf8.wanted) {
            i += utf8_run(bytes + i, feed->len - i, &beyond);
            if (i == feed->len) break;
            lead = i;
        }
        if (bytes[lead] && utf8_step(&utf8, bytes[i]) != UTF8_BAD) continue;
        g_byte_array_append(feed->out, bytes + from, (guint)(lead - from));
        return fail(decoder, bytes[lead], decoder->size + lead);
    }
    size_t end = utf8.wanted ? lead : feed->len;
    g_byte_array_append(feed->out, bytes + from, (guint)(end - from));
    decoder->n_pending = feed->len - end;
    memcpy(decoder->pending, bytes + end, decoder->n_pending);
    decoder->utf8 = utf8;
    return true;
}

static bool decode_utf8(Decoder *decoder, const Feed *feed) {
    size_t used = 0;
    if (decoder->n_pending && !finish_pending(decoder, feed, &used)) return false;
    if (!decoder->n_pending && used < feed->len && !copy_utf8(decoder, feed, used)) return false;
    if (!feed->is_last || !decoder->n_pending) return true;
    return fail(decoder, decoder->pending[0], decoder->size + feed->len - decoder->n_pending);
}

/* Room for the worst case; release() gives back what was not used of it. */
static uint8_t *reserve(GByteArray *out, size_t room) {
    size_t len = out->len;
    g_byte_array_set_size(out, (guint)(len + room));
    return out->data + len;
}

static void release(GByteArray *out, size_t room, size_t used) {
    g_byte_array_set_size(out, out->len - (guint)(room - used));
}

static bool decode_table(Decoder *decoder, const Feed *feed) {
    size_t room = feed->len * LONGEST + 1;
    uint8_t *to = reserve(feed->out, room), *start = to;
    size_t i = 0;
    while (i < feed->len) {
        size_t run = decoder->is_ascii ? ascii_run(feed->bytes + i, feed->len - i) : 0;
        memcpy(to, feed->bytes + i, run);
        to += run, i += run;
        if (i == feed->len) break;
        const Entry *entry = &decoder->table[feed->bytes[i]];
        if (!entry->len) break;
        memcpy(to, entry->text, LONGEST);
        to += entry->len, i++;
    }
    release(feed->out, room, (size_t)(to - start));
    return i == feed->len || fail(decoder, feed->bytes[i], decoder->size + i);
}

/* The character that a unit ends; 0: none yet, or the mark. */
static gunichar join_unit(Decoder *decoder, uint16_t unit) {
    if (U16_IS_LEAD(unit)) {
        decoder->surrogate = unit;
        return 0;
    }
    gunichar c = unit;
    if (decoder->surrogate) c = (gunichar)U16_GET_SUPPLEMENTARY(decoder->surrogate, unit);
    decoder->surrogate = 0;
    bool is_mark = c == MARK && !decoder->has_started;
    decoder->has_started = true;
    return is_mark ? 0 : c;
}

static size_t write_character(gunichar c, uint8_t *to) {
    if (!c) return 0;
    if (c >= 0x80) return (size_t)g_unichar_to_utf8(c, (char *)to);
    *to = (uint8_t)c;
    return 1;
}

static bool check_unit(Decoder *decoder, uint16_t unit) {
    if (decoder->surrogate && !U16_IS_TRAIL(unit))
        return fail(decoder, decoder->surrogate_byte, decoder->surrogate_place);
    bool is_lone = U16_IS_TRAIL(unit) && !decoder->surrogate;
    if (is_lone || !unit) return fail(decoder, decoder->half, decoder->half_place);
    if (U16_IS_LEAD(unit))
        decoder->surrogate_byte = decoder->half, decoder->surrogate_place = decoder->half_place;
    return true;
}

static uint16_t make_unit(Decoder *decoder, uint8_t byte) {
    bool is_swapped = decoder->has_free_order && !decoder->has_started && !decoder->surrogate &&
                      decoder->half == 0xFE && byte == 0xFF;
    decoder->is_big_endian |= is_swapped;
    return decoder->is_big_endian ? (uint16_t)(decoder->half << 8 | byte)
                                  : (uint16_t)(byte << 8 | decoder->half);
}

static bool end_utf16(Decoder *decoder) {
    if (decoder->surrogate) return fail(decoder, decoder->surrogate_byte, decoder->surrogate_place);
    return !decoder->has_half || fail(decoder, decoder->half, decoder->half_place);
}

static bool decode_utf16(Decoder *decoder, const Feed *feed) {
    size_t room = feed->len * LONGEST + LONGEST + 1;
    uint8_t *to = reserve(feed->out, room), *start = to;
    bool is_good = true;
    for (size_t i = 0; is_good && i < feed->len; i++) {
        decoder->has_half = !decoder->has_half;
        if (decoder->has_half) {
            decoder->half = feed->bytes[i];
            decoder->half_place = decoder->size + i;
            continue;
        }
        uint16_t unit = make_unit(decoder, feed->bytes[i]);
        is_good = check_unit(decoder, unit);
        if (is_good) to += write_character(join_unit(decoder, unit), to);
    }
    release(feed->out, room, (size_t)(to - start));
    return is_good && (!feed->is_last || end_utf16(decoder));
}

/* offsets: of each unit's first byte, after `place`; -1 when it was in the chunk before. */
static bool write_units(Decoder *decoder, const Feed *feed, const UChar *units, size_t n,
                        const int32_t *offsets, size_t place) {
    size_t room = n * LONGEST + 1, i = 0;
    uint8_t *to = reserve(feed->out, room), *start = to;
    for (; i < n && units[i]; i++) to += write_character(join_unit(decoder, units[i]), to);
    release(feed->out, room, (size_t)(to - start));
    return i == n || fail(decoder, 0, place + (size_t)(ptrdiff_t)offsets[i]);
}

static bool fail_converter(Decoder *decoder, size_t place) {
    char bytes[16] = {0};
    int8_t n = sizeof bytes;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_getInvalidChars(decoder->converter, bytes, &n, &status);
    return fail(decoder, (uint8_t)bytes[0], place - (size_t)MAX(n, 0));
}

static bool decode_icu(Decoder *decoder, const Feed *feed) {
    const char *source = (const char *)feed->bytes, *end = source + feed->len;
    for (;;) {
        UChar units[UNITS] = {0}, *to = units;
        int32_t offsets[UNITS];
        UErrorCode status = U_ZERO_ERROR;
        size_t place = decoder->size + feed->len - (size_t)(end - source);
        ucnv_toUnicode(decoder->converter, &to, units + UNITS, &source, end, offsets, feed->is_last,
                       &status);
        if (!write_units(decoder, feed, units, (size_t)(to - units), offsets, place)) return false;
        if (status == U_BUFFER_OVERFLOW_ERROR) continue;
        if (U_SUCCESS(status)) return true;
        return fail_converter(decoder, decoder->size + feed->len - (size_t)(end - source));
    }
}

static Entry read_entry(UConverter *converter, uint8_t byte) {
    Entry entry = {0};
    UChar units[4];
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter);
    const char source = (char)byte;
    int32_t n = ucnv_toUChars(converter, units, 4, &source, 1, &status);
    bool is_one = U_SUCCESS(status) && n == 1 && units[0] && !U16_IS_SURROGATE(units[0]);
    if (is_one) entry.len = (uint8_t)g_unichar_to_utf8(units[0], entry.text);
    return entry;
}

static bool is_control(const Entry *entry) {
    return entry->len == 2 && (uint8_t)entry->text[0] == 0xC2 && (uint8_t)entry->text[1] < 0xA0;
}

/* Where only a few of 0x80 to 0x9F are control characters these are holes that ICU fills, as in
 * Windows-1252. In ISO 8859 all are, and they are what they are. */
static void drop_holes(Entry *table) {
    size_t n = 0;
    for (size_t i = 0x80; i < 0xA0; i++) n += is_control(&table[i]);
    for (size_t i = 0x80; n < 16 && i < 0xA0; i++)
        if (is_control(&table[i])) table[i].len = 0;
}

static void make_table(Decoder *decoder) {
    decoder->table = g_new0(Entry, 256);
    decoder->is_ascii = true;
    for (size_t i = 0; i < 256; i++) {
        Entry *entry = &decoder->table[i];
        *entry = read_entry(decoder->converter, (uint8_t)i);
        bool is_same = entry->len == 1 && entry->text[0] == (char)i;
        if (i > 0 && i < 0x80) decoder->is_ascii &= is_same;
    }
    drop_holes(decoder->table);
}

Decoder *decoder_new(const char *name) {
    const char *canonical = encoding_canonical(name);
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = canonical ? ucnv_open(canonical, &status) : NULL;
    if (!converter) return NULL;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    Decoder *decoder = g_new0(Decoder, 1);
    decoder->converter = converter;
    decoder->decode = decode_icu;
    if (strcmp(canonical, "utf-8") == 0) {
        decoder->decode = decode_utf8;
    } else if (g_str_has_prefix(canonical, "utf-16")) {
        decoder->decode = decode_utf16;
        decoder->is_big_endian = strcmp(canonical, "utf-16be") == 0;
        decoder->has_free_order = strcmp(canonical, "utf-16") == 0;
    } else if (ucnv_getMaxCharSize(converter) == 1) {
        decoder->decode = decode_table;
        make_table(decoder);
    }
    return decoder;
}

void decoder_free(Decoder *decoder) {
    if (!decoder) return;
    ucnv_close(decoder->converter);
    g_free(decoder->table);
    g_free(decoder);
}

bool decoder_feed(Decoder *decoder, const char *bytes, size_t len, bool is_last, GByteArray *out,
                  size_t *ret_bad) {
    g_assert(len <= PART_MOST);
    const Feed feed = {.bytes = (const uint8_t *)bytes, .len = len, .is_last = is_last, .out = out};
    if (!decoder->decode(decoder, &feed)) {
        *ret_bad = decoder->bad;
        return false;
    }
    decoder->size += len;
    return true;
}

unsigned char decoder_bad_byte(const Decoder *decoder) {
    return decoder->bad_byte;
}
