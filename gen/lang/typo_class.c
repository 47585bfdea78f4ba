#include "lang/typo_class.h"
#include "lang/fr_marks.h"

#include <string.h>

bool is_opening(gunichar c) {
    return is_one_of(c, "([{" GUILLEMET_OPEN QUOTE_OPEN "\u2018");
}

bool is_dash(gunichar c) {
    return c == 0x2013 || c == 0x2014;
}

size_t before_spaces(const Text *text, size_t i) {
    while (i > 0 && is_space(text_at(text, i - 1))) i--;
    return i > 0 ? i - 1 : NOWHERE;
}

size_t word_end(const Text *text, size_t i) {
    while (is_letter(text_at(text, i))) i++;
    return i;
}

bool is_word_start(const Text *text, size_t i) {
    return is_alnum(text_at(text, i)) && !is_alnum(text_at(text, i - 1));
}

size_t match(const Text *text, size_t i, const char *word) {
    size_t n = 0;
    for (const char *p = word; *p; p = g_utf8_next_char(p), n++)
        if (text_at(text, i + n) != g_utf8_get_char(p)) return 0;
    return n;
}

size_t match_word(const Text *text, size_t i, const char *word) {
    if (is_alnum(text_at(text, i - 1))) return 0;
    size_t n = match(text, i, word);
    return n > 0 && !is_alnum(text_at(text, i + n)) ? n : 0;
}

size_t match_word_of(const Text *text, size_t i, const char *const *words) {
    gunichar first = text_at(text, i);
    for (; *words; words++) {
        guchar letter = (guchar) * *words;
        if (letter < 0x80 && letter != first) continue;
        size_t n = match_word(text, i, *words);
        if (n > 0) return n;
    }
    return 0;
}

bool read_word(const Text *text, size_t i, size_t end, char ret[static WORD_MAX]) {
    if (end - i >= WORD_MAX / 4) return false;
    size_t n = 0;
    for (; i < end; i++) n += (size_t)g_unichar_to_utf8(text_at(text, i), ret + n);
    ret[n] = '\0';
    return true;
}

/* One decimal place of a roman numeral: C, CC, CCC, CD, D, DC… with (one, five, ten) = (C, D, M).
 */
static size_t roman_place(const Text *text, size_t i, char one, char five, char ten) {
    gunichar c = text_at(text, i), next = text_at(text, i + 1);
    if (c == (gunichar)one && next && (next == (gunichar)five || next == (gunichar)ten))
        return i + 2;
    if (c == (gunichar)five && five) i++;
    for (int n = 0; n < 3 && text_at(text, i) == (gunichar)one; n++) i++;
    return i;
}

size_t roman_end(const Text *text, size_t i) {
    i = roman_place(text, i, 'M', '\0', '\0');
    i = roman_place(text, i, 'C', 'D', 'M');
    i = roman_place(text, i, 'X', 'L', 'C');
    return roman_place(text, i, 'I', 'V', 'X');
}

size_t digits_end(const Text *text, size_t i) {
    while (is_digit(text_at(text, i))) i++;
    return i;
}

size_t number_end(const Text *text, size_t i) {
    size_t end = digits_end(text, i);
    if (end == i) return i;
    if (end - i <= 3) {
        while (is_space(text_at(text, end)) && digits_end(text, end + 1) == end + 4) end += 4;
    }
    gunichar mark = text_at(text, end);
    if ((mark == ',' || mark == '.') && is_digit(text_at(text, end + 1)))
        end = digits_end(text, end + 1);
    return end;
}

/* M. and p. stop no sentence; neither does an initial. */
static bool is_abbreviation_point(const Text *text, size_t point) {
    static const char *const words[] = {"MM",  "av", "apr", "art", "chap", "fig", "vol",
                                        "tab", "pp", "cf",  "Cf",  "St",   "env", NULL};
    if (point == 0) return false;
    size_t start = point;
    while (start > 0 && point - start < 5 && is_letter(text_at(text, start - 1))) start--;
    size_t letters = point - start;
    if (letters == 1) return text_at(text, start) != OPAQUE;
    return letters > 0 && match_word_of(text, start, words) == letters;
}

bool is_sentence_start(const Text *text, size_t i) {
    size_t place = before_spaces(text, i);
    while (place != NOWHERE && is_opening(text_at(text, place))) place = before_spaces(text, place);
    while (place != NOWHERE && is_one_of(text_at(text, place), ")" GUILLEMET_CLOSE QUOTE_CLOSE))
        place = before_spaces(text, place);
    if (place == NOWHERE) return true;
    if (place == 0 && is_dash(text_at(text, 0))) return true; /* dialogue */
    if (place + 1 == i) return false;                         /* nothing parts them */
    gunichar c = text_at(text, place);
    if (c == '.') return !is_abbreviation_point(text, place);
    return c == '!' || c == '?' || c == 0x2026;
}

bool is_opening_word(const Text *text, size_t i, size_t end) {
    static const char *const words[] = {
        "Le",    "La",    "Les",   "Un",    "Une",    "Des",   "Du",      "De",     "Ce",
        "Cet",   "Cette", "Ces",   "Cela",  "Il",     "Ils",   "Elle",    "Elles",  "On",
        "Nous",  "Vous",  "Je",    "Tu",    "Et",     "Mais",  "Ou",      "Or",     "Donc",
        "En",    "Dans",  "Par",   "Pour",  "Sur",    "Sous",  "Avec",    "Sans",   "Chez",
        "Au",    "Aux",   "Si",    "Quand", "Comme",  "Que",   "Qui",     "Son",    "Sa",
        "Ses",   "Leur",  "Leurs", "Mon",   "Notre",  "Puis",  "Ensuite", "Enfin",  "Voici",
        "Après", "Avant", "Tout",  "Tous",  "Toutes", "Toute", "Depuis",  "Selon",  "Plus",
        "Ainsi", "Aussi", "Ici",   "Là",    "Pas",    "Ne",    "Entre",   "Chaque", "Vers",
        "Mr",    NULL};
    char word[WORD_MAX];
    return read_word(text, i, end, word) && g_strv_contains(words, word);
}
