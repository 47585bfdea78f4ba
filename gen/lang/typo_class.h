/* lang/typo_class: what the characters around a place are: spaces, words, numbers, units.
 * Every look around is bounded, or walks on from where it stands: rules built on them stay linear.
 */
#pragma once

#include "lang/typo_text.h"

/* Those a rule may rewrite at a governed place. */
static inline bool is_space(gunichar c) {
    return c == ' ' || c == '\t' || c == 0xa0 || c == 0x202f || c == 0x2009 || c == 0x2007;
}

/* U+0020 and tab */
static inline bool is_blank(gunichar c) {
    return c == ' ' || c == '\t';
}

static inline bool is_digit(gunichar c) {
    return c >= '0' && c <= '9';
}

static inline bool is_letter(gunichar c) {
    if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    if (c >= 0xc0 && c < 0x180) return c != 0xd7 && c != 0xf7;
    return g_unichar_isalpha(c);
}

static inline bool is_alnum(gunichar c) {
    return is_letter(c) || is_digit(c);
}

static inline bool is_upper(gunichar c) {
    return c < 0x80 ? c >= 'A' && c <= 'Z' : g_unichar_isupper(c);
}

static inline bool is_lower(gunichar c) {
    return c < 0x80 ? c >= 'a' && c <= 'z' : g_unichar_islower(c);
}

static inline bool is_one_of(gunichar c, const char *set) {
    if (c < 0x80) return c && strchr(set, (int)c);
    for (; *set; set++)
        if ((guchar)*set >= 0xc0 && g_utf8_get_char(set) == c) return true;
    return false;
}

bool is_opening(gunichar c); /* ( [ { « “ ‘ */
bool is_dash(gunichar c);    /* – — */

/* The first place from i on that is no space; text_length() at the end. */
static inline size_t skip_spaces(const Text *text, size_t i) {
    while (is_space(text_at(text, i))) i++;
    return i;
}
/* The last place before i that is no space, or NOWHERE. */
size_t before_spaces(const Text *text, size_t i);

size_t word_end(const Text *text, size_t i);    /* end of the run of letters that starts at i */
bool is_word_start(const Text *text, size_t i); /* a letter or digit after neither */
/* How many characters of the text at i read as this word; 0 when it reads otherwise. */
size_t match(const Text *text, size_t i, const char *word);
/* The same, and neither a letter nor a digit touches it. */
size_t match_word(const Text *text, size_t i, const char *word);
size_t match_word_of(const Text *text, size_t i, const char *const *words);
/* The word from i to end in the buffer, as typed; false when it is too long to be in any list. */
enum { WORD_MAX = 96 };
bool read_word(const Text *text, size_t i, size_t end, char ret[static WORD_MAX]);

/* End of the roman numeral of capitals at i, canonical (IV, not IIII), or i. */
size_t roman_end(const Text *text, size_t i);
/* End of the run of digits at i. */
size_t digits_end(const Text *text, size_t i);
/* End of the number at i: digits grouped or not, decimals; i when there is none. */
size_t number_end(const Text *text, size_t i);

/* Is i, where a word starts, the start of a sentence too? */
bool is_sentence_start(const Text *text, size_t i);
/* A capitalised word that opens sentences rather than names: Le, Dans, Voici. */
bool is_opening_word(const Text *text, size_t i, size_t end);
