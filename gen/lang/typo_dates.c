/* Days, months, quarters and hours in running text. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"

#include <string.h>

static const char *const month_names[] = {
    "janvier", "février", "fevrier",   "mars",    "avril",    "mai",      "juin",     "juillet",
    "août",    "aout",    "septembre", "octobre", "novembre", "décembre", "decembre", NULL};
static const char *const month_abbreviations[] = {"janv.", "févr.", "avr.", "juill.", "sept.",
                                                  "oct.",  "nov.",  "déc.", NULL};

static bool is_one_of_months(const char *word) {
    g_autofree char *lower = g_utf8_strdown(word, -1);
    return g_strv_contains(month_names, lower);
}

/* End of the month at i, `mai`, `Mai` or `sept.`; i when there is none. */
static size_t month_end(const Text *text, size_t i) {
    enum { LONGEST = 9 };
    for (size_t m = 0; month_abbreviations[m]; m++) {
        size_t n = match(text, i, month_abbreviations[m]);
        if (n > 0) return i + n;
    }
    size_t end = i;
    while (end - i <= LONGEST && is_letter(text_at(text, end))) end++;
    char word[WORD_MAX];
    if (is_alnum(text_at(text, end)) || !read_word(text, i, end, word)) return i;
    return is_one_of_months(word) ? end : i;
}

/* A day of the month: 1 to 31, 01 to 09, or 1er. */
static size_t day_end(const Text *text, size_t i) {
    gunichar before = text_at(text, i - 1);
    if (is_alnum(before) || is_one_of(before, ".,/:-")) return i;
    size_t end = digits_end(text, i);
    if (end == i || end > i + 2) return i;
    if (text_at(text, i) == '0' && (end == i + 1 || text_at(text, i + 1) == '0')) return i;
    if (end == i + 2 &&
        (text_at(text, i) > '3' || (text_at(text, i) == '3' && text_at(text, i + 1) > '1')))
        return i;
    bool is_first = end == i + 1 && text_at(text, i) == '1' && match(text, end, "er");
    return is_first ? end + 2 : end;
}

static bool follows_day_word(const Text *text, size_t i) {
    static const char *const words[] = {"le",     "du",       "au",    "lundi",
                                        "mardi",  "mercredi", "jeudi", "vendredi",
                                        "samedi", "dimanche", NULL};
    enum { LONGEST = 8 };
    size_t last = before_spaces(text, i);
    if (last == NOWHERE || last + 1 == i) return false;
    size_t start = last + 1;
    while (start > 0 && last + 1 - start <= LONGEST && is_letter(text_at(text, start - 1))) start--;
    char word[WORD_MAX];
    if (!read_word(text, start, last + 1, word)) return false;
    g_autofree char *lower = g_utf8_strdown(word, -1);
    return g_strv_contains(words, lower);
}

void apply_first_of_month(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (text_at(text, i) != '1' || day_end(text, i) != i + 1) continue;
        size_t month = skip_spaces(text, i + 1);
        if (month > i + 1 && month_end(text, month) > month && follows_day_word(text, i))
            text_insert_after(text, i, "er");
    }
}

/* The month that follows the day at i, after a space; 0 when there is none. */
static size_t month_after_day(const Text *text, size_t i) {
    size_t end = day_end(text, i);
    if (end == i) return 0;
    size_t month = skip_spaces(text, end);
    return month > end && month_end(text, month) > month ? month : 0;
}

/* 14 Juillet and 11 Novembre are feasts. */
static bool is_feast(const Text *text, size_t day, size_t month) {
    return (match(text, day, "14") && match(text, month, "Juillet")) ||
           (match(text, day, "11") && match(text, month, "Novembre"));
}

void apply_month_capitals(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        size_t month = month_after_day(text, i);
        if (!month || !is_upper(text_at(text, month)) || is_feast(text, i, month)) continue;
        if (is_upper(text_at(text, month + 1))) continue; /* a line in capitals */
        size_t end = month_end(text, month), year = skip_spaces(text, end);
        size_t year_end = digits_end(text, year);
        if (year == end || year_end != year + 4 || is_letter(text_at(text, year_end))) continue;
        char letter[8] = "";
        letter[g_unichar_to_utf8(g_unichar_tolower(text_at(text, month)), letter)] = '\0';
        text_replace(text, month, 1, letter);
    }
}

void apply_day_and_month(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        size_t month = month_after_day(text, i);
        if (!month) continue;
        size_t end = day_end(text, i);
        text_replace(text, end, month - end, NBSP);
    }
}

void apply_quarters(Text *text) {
    static const char *const names[] = {"T1", "T2", "T3", "T4", "S1", "S2", NULL};
    TEXT_EACH(text, i, KIND_UPPER) {
        size_t n = match_word_of(text, i, names);
        if (n == 0) continue;
        size_t year = skip_spaces(text, i + n);
        bool is_century = match(text, year, "19") || match(text, year, "20");
        if (year > i + n && is_century && digits_end(text, year) == year + 4 &&
            !is_letter(text_at(text, year + 4)))
            text_replace(text, i + n, year - i - n, NBSP);
    }
}

/* Minutes at i: 00 to 59, nothing glued. */
static bool are_minutes(const Text *text, size_t i) {
    return digits_end(text, i) == i + 2 && text_at(text, i) <= '5' &&
           !is_letter(text_at(text, i + 2)) && !is_one_of(text_at(text, i + 2), "/'" APOSTROPHE);
}

static void set_hour_space(Text *text, size_t i, size_t end, size_t before) {
    if (end > i)
        text_replace(text, i, end - i, NBSP);
    else
        text_insert_after(text, before, NBSP);
}

void apply_hours(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (!is_digit(text_at(text, i)) || is_alnum(text_at(text, i - 1)) ||
            is_one_of(text_at(text, i - 1), ".,/:"))
            continue;
        size_t end = digits_end(text, i), sign = skip_spaces(text, end);
        size_t minutes = skip_spaces(text, sign + 1);
        bool has_hours = end - i <= 2 && is_one_of(text_at(text, sign), "hH");
        if (has_hours && are_minutes(text, minutes)) {
            set_hour_space(text, end, sign, end - 1);
            if (text_at(text, sign) == 'H') text_replace(text, sign, 1, "h");
            set_hour_space(text, sign + 1, minutes, sign);
        } else if (has_hours && sign == end && text_at(text, sign) == 'h' &&
                   !is_alnum(text_at(text, sign + 1)) &&
                   !is_one_of(text_at(text, sign + 1), "/_'" APOSTROPHE) &&
                   (text_at(text, sign + 1) != '-' || is_digit(text_at(text, sign + 2)))) {
            text_insert_after(text, end - 1, NBSP);
        }
        i = MAX(end, i + 1) - 1;
    }
}
