/* data/utf8_step: UTF-8 byte by byte, for bytes that come in chunks, and the runs of ASCII that
 * need no such care. Room-private. Source: The Unicode Standard 15, table 3-7. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    uint8_t wanted;    /* bytes that must still follow; 0 between characters */
    uint8_t low, high; /* what the next one may be */
    uint32_t character;
} Utf8;

typedef enum { UTF8_DONE, UTF8_MORE, UTF8_BAD } Utf8Status;

static inline Utf8Status utf8_lead(Utf8 *utf8, uint8_t byte) {
    *utf8 = (Utf8){.low = 0x80, .high = 0xBF, .character = byte};
    if (byte < 0x80) return UTF8_DONE;
    if (byte < 0xC2 || byte > 0xF4) return UTF8_BAD;
    utf8->wanted = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    utf8->character = byte & (0x3Fu >> utf8->wanted);
    if (byte == 0xE0) utf8->low = 0xA0;
    if (byte == 0xED) utf8->high = 0x9F;
    if (byte == 0xF0) utf8->low = 0x90;
    if (byte == 0xF4) utf8->high = 0x8F;
    return UTF8_MORE;
}

/* After UTF8_BAD the sequence is given up. When it had begun (wanted was not 0), the fault is its
 * first byte and `byte` may well start another: give it to utf8_lead(). */
static inline Utf8Status utf8_step(Utf8 *utf8, uint8_t byte) {
    if (!utf8->wanted) return utf8_lead(utf8, byte);
    if (byte < utf8->low || byte > utf8->high) {
        utf8->wanted = 0;
        return UTF8_BAD;
    }
    utf8->low = 0x80, utf8->high = 0xBF;
    utf8->character = utf8->character << 6 | (byte & 0x3F);
    return --utf8->wanted ? UTF8_MORE : UTF8_DONE;
}

/* The bytes from p on that are 0x01 to 0x7F. In eight such bytes no byte has its high bit, and
 * taking one from each borrows from none. */
static inline size_t ascii_run(const uint8_t *p, size_t len) {
    static const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    size_t i = 0;
    for (; i + 32 <= len; i += 32) {
        uint64_t w[4];
        memcpy(w, p + i, sizeof w);
        uint64_t all = w[0] | w[1] | w[2] | w[3];
        uint64_t less = (w[0] - ones) | (w[1] - ones) | (w[2] - ones) | (w[3] - ones);
        if ((all | less) & highs) break;
    }
    while (i < len && p[i] && p[i] < 0x80) i++;
    return i;
}

/* The bytes from p on that are whole characters other than zero, and how many of these are beyond
 * ASCII. May stop early, before a character that is rare or near the end; never on one that is cut.
 */
static inline size_t utf8_run(const uint8_t *p, size_t len, size_t *ret_beyond) {
    size_t i = 0, beyond = 0;
    for (;; beyond++) {
        if (i < len && p[i] < 0x80) i += ascii_run(p + i, len - i);
        if (i + 3 > len) break;
        bool is_two = p[i] >= 0xC2 && p[i] < 0xE0 && (p[i + 1] & 0xC0) == 0x80;
        bool is_three = p[i] > 0xE0 && p[i] < 0xF0 && p[i] != 0xED && (p[i + 1] & 0xC0) == 0x80 &&
                        (p[i + 2] & 0xC0) == 0x80;
        if (!is_two && !is_three) break;
        i += is_two ? 2 : 3;
    }
    *ret_beyond = beyond;
    return i;
}
