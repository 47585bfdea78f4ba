/* Numbers and what they measure. A bare integer may be a year, a postcode or a model: it is grouped
 * only when its unit, or the grouping already typed, tells that it counts something. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"
#include "lang/typo_units.h"

/* A number may start here: nothing before it that would make it part of a code. */
static bool is_number_start(const Text *text, size_t i) {
    gunichar before = text_at(text, i - 1);
    if (!is_digit(text_at(text, i)) || is_alnum(before)) return false;
    if (is_one_of(before, ".,/:+_'\u2019")) return before == '+' && !is_alnum(text_at(text, i - 2));
    return before != '-' || !is_letter(text_at(text, i - 2));
}

static bool is_group_space(gunichar c) {
    return c == ' ' || c == 0xa0 || c == 0x2009 || c == 0x202f;
}

void apply_grouped_numbers(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (!is_digit(text_at(text, i))) continue;
        size_t first = digits_end(text, i), end = first;
        bool is_regular = is_number_start(text, i) && first - i <= 3 && text_at(text, i) != '0' &&
                          text_at(text, i - 1) != '+';
        while (is_group_space(text_at(text, end)) && is_digit(text_at(text, end + 1))) {
            size_t next = digits_end(text, end + 1);
            is_regular &= next == end + 4;
            end = next;
        }
        is_regular &= !is_letter(text_at(text, end)) || unit_after(text, end).kind == UNIT_SYMBOL;
        for (size_t p = first; is_regular && p < end; p += 4) text_replace(text, p, 1, NNBSP);
        i = end;
    }
}

static bool is_year_context(const Text *text, size_t i, size_t digits) {
    static const char *const words[] = {"en", "En", "depuis", "Depuis", "dès", "Dès", NULL};
    if (digits != 4 || !is_one_of(text_at(text, i), "12")) return false;
    size_t end = before_spaces(text, i);
    if (end == NOWHERE || end + 1 == i) return false;
    size_t start = end + 1;
    while (start > 0 && end + 1 - start < 8 && is_letter(text_at(text, start - 1))) start--;
    return start <= end && match_word_of(text, start, words) == end + 1 - start;
}

static bool counts_people_or_things(const Text *text, size_t i) {
    static const char *const nouns[] = {
        "habitants",    "salariés",  "personnes",  "emplois",     "postes",    "abonnés",
        "utilisateurs", "visiteurs", "lecteurs",   "exemplaires", "logements", "entreprises",
        "voix",         "tonnes",    "kilomètres", "hectares",    "titres",    NULL};
    size_t noun = skip_spaces(text, i);
    return noun > i && match_word_of(text, noun, nouns) > 0;
}

static bool can_group(const Text *text, size_t i, size_t end) {
    size_t digits = end - i;
    if (is_one_of(text_at(text, end), "-\u2013") && is_digit(text_at(text, end + 1)))
        end = number_end(text, end + 1); /* the unit of 1500–2000 m measures both */
    Unit unit = unit_after(text, end);
    if (digits >= 5 && counts_people_or_things(text, end)) return true;
    switch (unit.kind) {
    case UNIT_NONE: return false;
    case UNIT_WORD: return unit.is_money;
    case UNIT_PERCENT:
    case UNIT_CURRENCY:
    case UNIT_CODE: return true;
    case UNIT_SYMBOL:
    case UNIT_LETTER: return !is_year_context(text, i, digits);
    }
    return false;
}

void apply_ungrouped_numbers(Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (!is_digit(text_at(text, i))) continue;
        size_t end = digits_end(text, i);
        bool is_whole = is_number_start(text, i) && text_at(text, i) != '0' && end - i >= 4;
        if (is_space(text_at(text, i - 1)) && is_digit(text_at(text, i - 2))) is_whole = false;
        if (is_whole && can_group(text, i, end))
            for (size_t p = end - (end - i - 1) / 3 * 3; p < end; p += 3)
                text_insert_before(text, p, NNBSP);
        i = end;
    }
}

void apply_times_sign(Text *text) {
    TEXT_EACH(text, before, KIND_DIGIT) {
        size_t i = skip_spaces(text, before + 1), after = skip_spaces(text, i + 1);
        gunichar c = text_at(text, i);
        bool is_apart = i > before + 1 && after > i + 1;
        if ((c != 'x' && c != 0xd7) || !is_apart || !is_digit(text_at(text, before)) ||
            !is_digit(text_at(text, after)))
            continue;
        text_replace(text, before + 1, i - before - 1, NBSP);
        if (c == 'x') text_replace(text, i, 1, TIMES);
        text_replace(text, i + 1, after - i - 1, NBSP);
    }
}

/* Calls for each unit that follows a digit. */
typedef void UnitRule(Text *text, size_t digit, Unit unit);

static void each_unit(Text *text, UnitRule *rule) {
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (!is_digit(text_at(text, i)) || is_digit(text_at(text, i + 1))) continue;
        Unit unit = unit_after(text, i + 1);
        if (unit.kind != UNIT_NONE) rule(text, i, unit);
    }
}

static void set_space(Text *text, size_t digit, Unit unit, const char *space) {
    if (unit.first > digit + 1)
        text_replace(text, digit + 1, unit.first - digit - 1, space);
    else
        text_insert_after(text, digit, space);
}

static void raise_power(Text *text, size_t digit, Unit unit) {
    (void)digit;
    gunichar power = text_at(text, unit.end - 1);
    if (unit.kind != UNIT_SYMBOL || !unit.is_spaced) return;
    if (power == '2' || power == '3') text_replace(text, unit.end - 1, 1, power == '2' ? "²" : "³");
}

/* m2, m3 */
static bool has_power(const Text *text) {
    TEXT_EACH(text, i, KIND_DIGIT)
    if (text_at(text, i - 1) == 'm') return true;
    return false;
}

void apply_square_metres(Text *text) {
    if (has_power(text)) each_unit(text, raise_power);
}

static bool is_degree(const Text *text, Unit unit) {
    return text_at(text, unit.first) == 0xb0;
}

static const char *symbol_space(const Text *text) {
    return text->options->unit_space == FR_SPACE_NNBSP ? NNBSP : NBSP;
}

static void bind_unit(Text *text, size_t digit, Unit unit) {
    bool is_symbol = unit.kind == UNIT_SYMBOL || unit.kind == UNIT_LETTER;
    if (unit.kind == UNIT_WORD || is_degree(text, unit)) return;
    set_space(text, digit, unit, is_symbol ? symbol_space(text) : NBSP);
}

void apply_units(Text *text) {
    each_unit(text, bind_unit);
}

static void bind_degree(Text *text, size_t digit, Unit unit) {
    if (is_degree(text, unit)) set_space(text, digit, unit, symbol_space(text));
}

static bool has_degree(const Text *text) {
    TEXT_EACH(text, i, KIND_RARE)
    if (text_at(text, i) == 0xb0) return true;
    return false;
}

void apply_degrees(Text *text) {
    if (has_degree(text)) each_unit(text, bind_degree);
}

static void bind_word(Text *text, size_t digit, Unit unit) {
    if (unit.kind == UNIT_WORD) set_space(text, digit, unit, NBSP);
}

void apply_counted_words(Text *text) {
    each_unit(text, bind_word);
}
