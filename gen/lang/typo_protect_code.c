/* Spans that are written in a code of their own: clock times, program text, identifiers,
 * references, telephone numbers, emoticons, and brands that end in a mark. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"

#include <string.h>

/* 09:15, 1:02:45, 21:9 */
void protect_clock(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (!is_digit(text_raw(text, i)) || is_alnum(text_raw(text, i - 1))) continue;
        size_t end = i, parts = 0;
        for (size_t p = i; is_digit(text_raw(text, p)); parts++) {
            while (is_digit(text_raw(text, p))) p++;
            end = p;
            if (text_raw(text, p) != ':') break;
            p++;
        }
        if (parts > 0) text_protect(text, i, end);
        i = end;
    }
}

static size_t backtick_run(const Text *text, size_t i) {
    size_t n = 0;
    while (text_raw(text, i + n) == '`') n++;
    return n;
}

/* A run of backticks closes with the next run as long. Where the last run of each length stands is
 * noted first, so that a run that never closes costs no search. */
static void protect_backticks(Text *text) {
    g_autoptr(GHashTable) last = NULL;
    TEXT_EACH(text, i, KIND_RARE) {
        size_t n = backtick_run(text, i);
        if (n == 0) continue;
        if (!last) last = g_hash_table_new(NULL, NULL);
        g_hash_table_insert(last, GSIZE_TO_POINTER(n), GSIZE_TO_POINTER(i + 1));
        i += n - 1;
    }
    if (!last) return;
    TEXT_EACH(text, i, KIND_RARE) {
        size_t n = backtick_run(text, i);
        if (n == 0) continue;
        size_t end = i + n;
        if (GPOINTER_TO_SIZE(g_hash_table_lookup(last, GSIZE_TO_POINTER(n))) > end) {
            size_t run;
            while ((run = backtick_run(text, end)) != n) end += MAX(run, 1);
            end += n;
            text_protect(text, i, end);
        }
        i = end - 1;
    }
}

static bool is_name_char(gunichar c) {
    return is_alnum(c) || is_one_of(c, "_.:-");
}

static bool is_placeholder_char(gunichar c, gunichar closing) {
    return closing == '}' ? c && !is_one_of(c, "{}") : is_name_char(c);
}

/* {x} {x | y} ${x} %(x)s %s %d from its first character; i when it is none. */
static size_t placeholder_end(const Text *text, size_t i) {
    enum { NAME_LENGTH_MAX = 96 };
    gunichar c = text_raw(text, i), next = text_raw(text, i + 1);
    if (c == '%' && (next == 's' || next == 'd'))
        return is_alnum(text_raw(text, i - 1)) || is_alnum(text_raw(text, i + 2)) ? i : i + 2;
    gunichar closing = c == '%' ? ')' : '}';
    size_t open = c == '{' ? i : i + 1;
    if (text_raw(text, open) != (closing == ')' ? '(' : '{')) return i;
    size_t p = open + 1;
    while (is_placeholder_char(text_raw(text, p), closing) && p - open <= NAME_LENGTH_MAX) p++;
    if (p == open + 1 || text_raw(text, p) != closing) return i;
    return c == '%' && is_letter(text_raw(text, p + 1)) ? p + 2 : p + 1;
}

/* -x or --long=value, after a space. */
static size_t option_end(const Text *text, size_t i) {
    gunichar before = text_raw(text, i - 1);
    if (before && !is_space(before) && !is_opening(before)) return i;
    size_t p = i + 1;
    bool is_long = text_raw(text, p) == '-';
    if (is_long) p++;
    if (!is_letter(text_raw(text, p))) return i;
    gunichar after = text_raw(text, p + 1);
    if (!is_long) return is_alnum(after) || is_one_of(after, "-'" APOSTROPHE) ? i : p + 1;
    while (is_name_char(text_raw(text, p)) || is_one_of(text_raw(text, p), "=/")) p++;
    while (is_one_of(text_raw(text, p - 1), ".:")) p--;
    return text_raw(text, p - 1) == '-' ? i : p;
}

/* a::b from its first colon: the names on both sides. */
static void protect_scope(Text *text, size_t colon) {
    enum { NAME_LENGTH_MAX = 64 };
    size_t start = colon, end = colon + 2;
    while (start > 0 && colon - start < NAME_LENGTH_MAX && is_alnum(text_raw(text, start - 1)))
        start--;
    while (is_alnum(text_raw(text, end)) || text_raw(text, end) == '_') end++;
    text_protect(text, start, end);
}

void protect_code(Text *text) {
    protect_backticks(text);
    TEXT_EACH(text, i, KIND_RARE | KIND_DASH | KIND_HIGH) {
        gunichar c = text_raw(text, i);
        size_t end = i;
        if (is_one_of(c, "{$%")) end = placeholder_end(text, i);
        if (c == '-') end = option_end(text, i);
        if (c == ':' && text_raw(text, i + 1) == ':' && is_alnum(text_raw(text, i - 1)) &&
            is_alnum(text_raw(text, i + 2)))
            protect_scope(text, i);
        if (end > i) {
            text_protect(text, i, end);
            i = end - 1;
        }
    }
}

/* Tokens of letters and digits that are words of French, or that a later rule sets: T3, m2, 14h30,
 * 9h, 3ème, 30km. */
static bool is_open_token(const Text *text, size_t i, size_t end) {
    static const char *const quarters[] = {"T1", "T2",  "T3",  "T4", "S1", "S2",
                                           "m2", "km2", "cm2", "m3", NULL};
    if (match_word_of(text, i, quarters) == end - i) return true;
    bool is_minutes = end - i == 3 && is_one_of(text_at(text, i), "hH") &&
                      is_digit(text_at(text, i + 1)) && is_digit(text_at(text, i + 2));
    if (is_minutes) return true;
    size_t hours = digits_end(text, i);
    if (hours == i) return false;
    size_t letters = word_end(text, hours);
    if (letters == end) return true;
    return hours - i <= 2 && letters == hours + 1 && is_one_of(text_at(text, hours), "hH") &&
           end - letters == 2 && digits_end(text, letters) == end;
}

static bool is_token_char(gunichar c) {
    return is_alnum(c) || c == '_';
}

/* B2C, 4x4, 0x1F, snake_case, hashes, wallet addresses. */
static void protect_tokens(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT | KIND_RARE) {
        if (!is_token_char(text_at(text, i))) continue;
        size_t start = i, end, letters = 0, digits = 0;
        bool is_snake = false;
        while (is_token_char(text_at(text, start - 1))) start--;
        for (end = start; is_token_char(text_at(text, end)); end++) {
            gunichar c = text_at(text, end);
            letters += c != OPAQUE && is_letter(c);
            digits += is_digit(c);
            is_snake |=
                c == '_' && is_alnum(text_at(text, end - 1)) && is_alnum(text_at(text, end + 1));
        }
        bool is_mixed = letters > 0 && digits > 0 && !is_open_token(text, start, end);
        if (is_snake || is_mixed) text_protect(text, start, end);
        i = end;
    }
}

/* 1.2.3, 10.0.0.1, 01.02.03.04.05; 07/05/2019, 1/2, 24/7; 2019-05-07. */
static void protect_digit_chains(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (!is_digit(text_raw(text, i)) || is_alnum(text_raw(text, i - 1))) continue;
        size_t counts[3] = {0}, last = i, first_length = 0, p = i;
        for (;;) {
            while (is_digit(text_raw(text, p))) p++;
            if (last == i) first_length = p - i;
            last = p;
            const char *marks = "./-";
            const char *mark = text_raw(text, p) && text_raw(text, p) < 0x80
                                   ? strchr(marks, (int)text_raw(text, p))
                                   : NULL;
            if (!mark || !is_digit(text_raw(text, p + 1))) break;
            counts[mark - marks]++;
            p++;
        }
        bool is_iso = counts[2] == 2 && first_length == 4 && last - i == 10;
        if (counts[0] >= 2 || counts[1] >= 1 || is_iso || counts[2] >= 3)
            text_protect(text, i, last);
        i = last;
    }
}

/* 06 12 34 56 78 and +33 6 12 34 56 78 */
static size_t telephone_end(const Text *text, size_t i) {
    if (is_alnum(text_raw(text, i - 1))) return i;
    bool is_foreign = text_raw(text, i) == '+';
    size_t p = is_foreign ? digits_end(text, i + 1) : digits_end(text, i), groups = 0;
    if (is_foreign ? p == i + 1 || p > i + 4 : p != i + 2) return i;
    while (groups < 8) {
        gunichar mark = text_raw(text, p);
        size_t next = digits_end(text, p + 1), digits = next - (p + 1);
        if (!is_space(mark) && mark != '.' && mark != '-') break;
        if (digits == 0 || digits > 3 || (!is_foreign && digits != 2)) break;
        p = next;
        groups++;
    }
    if (is_digit(text_raw(text, p))) return i;
    return (is_foreign ? groups >= 3 : groups == 4) ? p : i;
}

/* ISBN 978-2-07-036822-8; doi:10.1000/182; PMID:123; 10.1000/182 */
static size_t reference_end(const Text *text, size_t i) {
    enum { ISBN_LENGTH_MAX = 24, PREFIX_MAX = 12 };
    size_t n = match_word(text, i, "ISBN");
    if (n > 0) {
        size_t p = i + n, end = i;
        for (; p < i + n + ISBN_LENGTH_MAX; p++) {
            gunichar c = text_raw(text, p);
            if (is_digit(c) || c == 'X')
                end = p + 1;
            else if (!is_space(c) && c != '-' && c != ':')
                break;
        }
        return end;
    }
    if (is_alnum(text_raw(text, i - 1)) || !is_letter(text_raw(text, i))) return i;
    size_t p = i;
    while (p - i < PREFIX_MAX && is_letter(text_raw(text, p))) p++;
    if (p - i < 2 || text_raw(text, p) != ':' || !is_digit(text_raw(text, p + 1))) return i;
    p++;
    while (is_alnum(text_raw(text, p)) ||
           (is_one_of(text_raw(text, p), "._/-:") && is_alnum(text_raw(text, p + 1))))
        p++;
    return p;
}

/* 2001:db8::1, 00:1b:44:11:3a:b7 */
static size_t hexadecimal_end(const Text *text, size_t i) {
    enum { ADDRESS_MAX = 45 };
    size_t p = i, colons = 0, digits = 0;
    for (; p - i <= ADDRESS_MAX; p++) {
        gunichar c = text_raw(text, p);
        colons += c == ':';
        digits += is_digit(c);
        if (c != ':' && !(c < 0x80 && g_ascii_isxdigit((char)c))) break;
    }
    bool is_whole = !is_alnum(text_raw(text, p)) && p > i && text_raw(text, p - 1) != ':';
    return is_whole && colons >= 2 && digits > 0 ? p : i;
}

/* The word that a colon follows: where a reference (doi:10…) or an address (fe80::1) starts. */
static size_t before_colon(const Text *text, size_t colon) {
    enum { WORD_LENGTH_MAX = 64 };
    size_t start = colon;
    while (start > 0 && colon - start < WORD_LENGTH_MAX && is_alnum(text_raw(text, start - 1)))
        start--;
    return start;
}

void protect_identifiers(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT | KIND_UPPER | KIND_RARE | KIND_HIGH) {
        size_t start = text_raw(text, i) == ':' ? before_colon(text, i) : i, end = start;
        gunichar c = text_raw(text, start);
        if (start == i && is_upper(c) && c != 'I') continue; /* ISBN; others have a colon */
        if (is_alnum(text_raw(text, start - 1))) continue;
        if (c == '+' || c == '0') end = telephone_end(text, start);
        if (end == start && is_letter(c)) end = reference_end(text, start);
        if (end == start && (is_digit(c) || is_letter(c))) end = hexadecimal_end(text, start);
        if (end > start) {
            text_protect(text, start, end);
            i = MAX(end, i + 1) - 1;
        }
    }
    protect_digit_chains(text);
    protect_tokens(text);
}

static size_t match_raw(const Text *text, size_t i, const char *word) {
    size_t n = 0;
    for (const char *p = word; *p; p = g_utf8_next_char(p), n++)
        if (text_raw(text, i + n) != g_utf8_get_char(p)) return 0;
    return n;
}

void protect_emoticons(Text *text) {
    static const char *const faces[] = {":-)", ";-)", ":-(", ":-D", ":-/", ":-p", ":-P", ":)",
                                        ":(",  ";)",  ":p",  ":P",  ":D",  ":/",  ":o",  ":O",
                                        ";-p", ";p",  ":'(", ":-|", ":|",  ":*"};
    TEXT_EACH(text, i, KIND_HIGH) {
        gunichar before = text_at(text, i - 1);
        if (!is_one_of(text_at(text, i), ":;") || (before && !is_space(before))) continue;
        for (size_t f = 0; f < G_N_ELEMENTS(faces); f++) {
            size_t n = match(text, i, faces[f]);
            gunichar after = text_at(text, i + n);
            if (n == 0 || (after && !is_space(after) && !is_one_of(after, ".,!?)" ELLIPSIS)))
                continue;
            text_protect(text, i, i + n);
            break;
        }
    }
}

static size_t brand_end(const Text *text, size_t i, const char *const *brands) {
    for (; brands && *brands; brands++) {
        size_t n = match_raw(text, i, *brands);
        if (n > 0 && !is_alnum(text_raw(text, i + n))) return i + n;
    }
    return i;
}

void protect_brands(Text *text) {
    static const char *const known[] = {"Yahoo!", "Joomla!", "Kahoot!", "Jeopardy!", "Yum!", NULL};
    TEXT_EACH(text, mark, KIND_HIGH) {
        enum { LONGEST = 9 };
        size_t i = mark;
        while (i > 0 && mark - i < LONGEST && is_alnum(text_raw(text, i - 1))) i--;
        size_t end = brand_end(text, i, known);
        if (end > i && !is_alnum(text_raw(text, i - 1))) text_protect(text, i, end);
    }
    for (size_t i = 0; text->options->brands && i < text_length(text); i++) {
        if (is_alnum(text_raw(text, i - 1))) continue;
        size_t end = brand_end(text, i, text->options->brands);
        if (end > i) text_protect(text, i, end);
    }
}
