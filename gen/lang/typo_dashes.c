/* Dashes by what they do: dialogue, ranges, minus signs, incises. A hyphen without spaces is none
 * of these and stays: compounds, names, scores, codes. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"
#include "lang/typo_units.h"

#include <stdlib.h>

/* End of the dash at i: - -- – —; i when there is none. */
static size_t dash_end(const Text *text, size_t i) {
    gunichar c = text_at(text, i);
    if (is_dash(c)) return is_dash(text_at(text, i + 1)) ? i : i + 1;
    if (c != '-') return i;
    if (text_at(text, i + 1) != '-') return i + 1;
    return text_at(text, i + 2) == '-' ? i : i + 2;
}

void apply_opening_dash(Text *text) {
    size_t first = skip_spaces(text, 0), end = dash_end(text, first);
    size_t next = skip_spaces(text, end);
    if (end == first || next == end || next == text_length(text)) return;
    text_replace(text, first, end - first, EM_DASH);
    text_replace(text, end, next - end, NBSP);
}

static bool is_range_dash(gunichar c) {
    return c == '-' || c == 0x2013;
}

static int year_at(const Text *text, size_t i) {
    int year = 0;
    if (digits_end(text, i) != i + 4) return 0;
    for (size_t p = i; p < i + 4; p++) year = year * 10 + (int)(text_at(text, p) - '0');
    return year >= 1500 && year <= 2099 ? year : 0;
}

/* Neither part of a longer number nor of a code. */
static bool is_bound_edge(gunichar c) {
    return !is_alnum(c) && !is_one_of(c, "-/.:_\u2013\u2212+");
}

static bool is_range_end(const Text *text, size_t end) {
    gunichar c = text_at(text, end);
    if (is_one_of(c, ".,:")) return !is_alnum(text_at(text, end + 1));
    return is_bound_edge(c);
}

static bool follows_page(const Text *text, size_t i) {
    static const char *const words[] = {"p", "pp", "page", "pages", "Page", "Pages", NULL};
    size_t end = before_spaces(text, i);
    if (end != NOWHERE && text_at(text, end) == '.') end--;
    if (end == NOWHERE || !is_letter(text_at(text, end))) return false;
    size_t start = end;
    while (start > 0 && end - start < 6 && is_letter(text_at(text, start - 1))) start--;
    return match_word_of(text, start, words) == end + 1 - start;
}

/* End of the integer at i, grouped or not. */
static size_t integer_end(const Text *text, size_t i) {
    size_t end = digits_end(text, i);
    while (end > i && is_space(text_at(text, end)) && digits_end(text, end + 1) == end + 4)
        end += 4;
    return end;
}

/* 14 h 30-15 h 45 is no range of 30 to 15 hours. */
static bool follows_hours(const Text *text, size_t i) {
    size_t sign = before_spaces(text, i);
    if (sign == NOWHERE || !is_one_of(text_at(text, sign), "hH")) return false;
    size_t hours = before_spaces(text, sign);
    return hours != NOWHERE && is_digit(text_at(text, hours));
}

static bool is_measured(const Text *text, size_t end) {
    Unit unit = unit_after(text, end);
    return unit.kind != UNIT_NONE && (unit.kind != UNIT_WORD || unit.is_money);
}

void apply_ranges(Text *text) {
    if (text->options->range_dash == FR_RANGE_HYPHEN) return;
    TEXT_EACH(text, i, KIND_DIGIT) {
        if (!is_digit(text_at(text, i)) || is_digit(text_at(text, i - 1))) continue;
        size_t first = digits_end(text, i), dash = skip_spaces(text, first);
        size_t second = skip_spaces(text, dash + 1), end = digits_end(text, second);
        if (!is_range_dash(text_at(text, dash)) || end == second) continue;
        if (!is_bound_edge(text_at(text, i - 1)) || text_at(text, i - 1) == ',') continue;
        bool is_tight = dash == first && second == dash + 1;
        bool is_even = (dash == first) == (second == dash + 1);
        int from = year_at(text, i), to = year_at(text, second);
        bool is_years = is_even && from && to && from < to && is_range_end(text, end);
        bool is_other =
            is_tight &&
            ((is_measured(text, integer_end(text, second)) && !follows_hours(text, i)) ||
             (follows_page(text, i) && is_range_end(text, end)));
        if (is_years || is_other) text_replace(text, first, second - first, EN_DASH);
        i = second - 1;
    }
}

/* The number a sign at i is glued to ends here; i when the sign is none. */
static size_t signed_end(const Text *text, size_t i) {
    gunichar c = text_at(text, i), before = text_at(text, i - 1);
    if (!is_range_dash(c) || !is_digit(text_at(text, i + 1))) return i;
    if (before && !is_space(before) && before != '(' && before != 0x201c && before != 0xab)
        return i;
    return number_end(text, i + 1);
}

/* After `-2`, ` à ` (or et, ou): where the second bound starts; 0 when there is none. */
static size_t second_bound(const Text *text, size_t end) {
    static const char *const words[] = {"à", "et", "ou", NULL};
    size_t word = skip_spaces(text, end);
    size_t n = match_word_of(text, word, words);
    size_t second = skip_spaces(text, word + n);
    return word > end && n > 0 && second > word + n ? second : 0;
}

void apply_minus(Text *text) {
    TEXT_EACH(text, i, KIND_DASH) {
        size_t end = signed_end(text, i);
        if (end == i) continue;
        bool is_minus = unit_after(text, end).kind != UNIT_NONE;
        size_t second = is_minus ? 0 : second_bound(text, end);
        if (second) {
            size_t last = signed_end(text, second);
            if (last == second && text_at(text, second) == 0x2212)
                last = number_end(text, second + 1);
            if (last == second) last = number_end(text, second);
            is_minus = last > second && unit_after(text, last).kind != UNIT_NONE;
        }
        if (is_minus) text_replace(text, i, 1, MINUS);
    }
}

/* A dash of an incise: from it to after it, spaces left out. */
typedef struct {
    size_t first, end;
    bool is_low_next; /* , ; or . touches it: it can only close */
} Incise;

static bool read_incise(const Text *text, size_t i, Incise *ret) {
    size_t end = dash_end(text, i);
    if (end == i || !is_space(text_at(text, i - 1))) return false;
    size_t before = before_spaces(text, i), after = skip_spaces(text, end);
    if (before == NOWHERE || after == text_length(text)) return false;
    bool is_low_next = is_one_of(text_at(text, after), ",;.") && text_at(text, after + 1) != '.' &&
                       !is_digit(text_at(text, after + 1));
    if (after == end && !is_low_next) return false;
    if (is_digit(text_at(text, before)) && is_digit(text_at(text, after))) return false;
    *ret = (Incise){i, end, is_low_next};
    return true;
}

static bool is_high_or_closing(gunichar c) {
    return is_one_of(c, ":;!?,.)]" GUILLEMET_CLOSE QUOTE_CLOSE);
}

static void set_dash(Text *text, const Incise *dash) {
    bool is_typed = is_dash(text_at(text, dash->first));
    const char *wanted = text->options->incise_dash == FR_INCISE_EM ? EM_DASH : EN_DASH;
    if (!is_typed) text_replace(text, dash->first, dash->end - dash->first, wanted);
}

static void set_opening(Text *text, const Incise *dash) {
    size_t before = before_spaces(text, dash->first), after = skip_spaces(text, dash->end);
    if (!is_opening(text_at(text, before)))
        text_replace(text, before + 1, dash->first - before - 1, " ");
    set_dash(text, dash);
    if (!is_high_or_closing(text_at(text, after)))
        text_replace(text, dash->end, after - dash->end, NBSP);
}

static void set_closing(Text *text, const Incise *dash) {
    size_t before = before_spaces(text, dash->first), after = skip_spaces(text, dash->end);
    if (!is_opening(text_at(text, before)))
        text_replace(text, before + 1, dash->first - before - 1, NBSP);
    set_dash(text, dash);
    if (dash->is_low_next)
        text_replace(text, dash->end, after - dash->end, "");
    else if (!is_high_or_closing(text_at(text, after)))
        text_replace(text, dash->end, after - dash->end, " ");
}

/* A stop that a new sentence follows. */
static bool ends_sentence(const Text *text, size_t i) {
    if (!is_one_of(text_at(text, i), ".!?" ELLIPSIS)) return false;
    size_t next = skip_spaces(text, i + 1);
    if (next == i + 1) return false;
    while (is_opening(text_at(text, next)) && next < i + 8) next = skip_spaces(text, next + 1);
    return is_upper(text_at(text, next)) && is_sentence_start(text, next);
}

void apply_incises(Text *text) {
    Incise open = {0};
    bool is_open = false;
    TEXT_EACH(text, i, KIND_DASH | KIND_LOW | KIND_HIGH) {
        Incise dash;
        if (ends_sentence(text, i)) {
            if (is_open) set_opening(text, &open);
            is_open = false;
        } else if (read_incise(text, i, &dash)) {
            if (is_open) {
                set_opening(text, &open);
                set_closing(text, &dash);
                is_open = false;
            } else if (!dash.is_low_next) {
                open = dash;
                is_open = true;
            }
            i = dash.end - 1;
        }
    }
    if (is_open) set_opening(text, &open);
}
