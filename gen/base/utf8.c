#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { BLOCK = 16 };

/* Bit i: byte i is NUL or not ASCII. */
static inline unsigned find_special(const char *bytes) {
#ifdef __SSE2__
    __m128i block = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i is_nul = _mm_cmpeq_epi8(block, _mm_setzero_si128());
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(block, is_nul));
#else
    unsigned bits = 0;
    for (unsigned i = 0; i < BLOCK; i++)
        bits |= (unsigned)((unsigned char)bytes[i] >= 0x80 || !bytes[i]) << i;
    return bits;
#endif
}

static inline bool is_tail(unsigned char byte) {
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the character at the start of bytes[0, len); 0: there is none. Source: Unicode 15,
 * table 3-7, well-formed UTF-8 byte sequences. */
static inline size_t character_length(const unsigned char *bytes, size_t len) {
    unsigned char a = bytes[0];
    if (a < 0x80) return a ? 1 : 0;
    if (a < 0xC2 || a > 0xF4 || len < 2 || !is_tail(bytes[1])) return 0;
    if (a < 0xE0) return 2;
    bool is_short = (a == 0xE0 && bytes[1] < 0xA0) || (a == 0xF0 && bytes[1] < 0x90);
    bool is_out = (a == 0xED && bytes[1] > 0x9F) || (a == 0xF4 && bytes[1] > 0x8F);
    if (is_short || is_out || len < 3 || !is_tail(bytes[2])) return 0;
    if (a < 0xF0) return 3;
    return len >= 4 && is_tail(bytes[3]) ? 4 : 0;
}

size_t utf8_check(const char *bytes, size_t len) {
    size_t at = 0;
    while (at < len) {
        if (len - at >= BLOCK) {
            unsigned special = find_special(bytes + at);
            if (!special) {
                at += BLOCK;
                continue;
            }
            at += (size_t)__builtin_ctz(special);
        }
        size_t length = character_length((const unsigned char *)bytes + at, len - at);
        if (!length) return at;
        at += length;
    }
    return len;
}
