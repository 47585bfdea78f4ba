/* Spaces and the punctuation they stand beside. Where two marks meet, one space stands between them
 * and the mark on its right decides which. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"

void apply_runs_of_spaces(Text *text) {
    if (!(text->seen & SEEN_SPACES)) return;
    TEXT_EACH(text, i, KIND_SPACE) {
        size_t end = i;
        while (is_blank(text_at(text, end))) end++;
        if (end == i) continue;
        text_replace(text, i, end - i, " ");
        i = end;
    }
}

void apply_trim(Text *text) {
    size_t first = 0, end = text_length(text);
    while (is_blank(text_at(text, first))) first++;
    while (end > first && is_blank(text_at(text, end - 1))) end--;
    text_replace(text, 0, first, "");
    text_replace(text, end, text_length(text) - end, "");
}

static bool is_bracket_pair(gunichar open, gunichar close) {
    return (open == '(' && close == ')') || (open == '[' && close == ']');
}

void apply_brackets(Text *text) {
    TEXT_EACH(text, i, KIND_RARE) {
        gunichar c = text_at(text, i);
        if (c == '(' || c == '[') {
            size_t end = skip_spaces(text, i + 1);
            gunichar after = text_at(text, end);
            if (after && !is_bracket_pair(c, after)) text_replace(text, i + 1, end - i - 1, "");
        } else if (c == ')' || c == ']') {
            size_t last = before_spaces(text, i);
            if (last != NOWHERE && !is_bracket_pair(text_at(text, last), c))
                text_replace(text, last + 1, i - last - 1, "");
        }
    }
}

/* A point that ends a word, not one that begins a name or a number (.csv, .5, ...). */
static bool is_final_point(const Text *text, size_t i) {
    gunichar next = text_at(text, i + 1);
    return text_at(text, i) == '.' && !is_alnum(next) && !is_one_of(next, "./\\_");
}

void apply_space_before_low(Text *text) {
    TEXT_EACH(text, i, KIND_LOW) {
        if (!is_space(text_at(text, i - 1))) continue;
        bool is_comma = text_at(text, i) == ',' && !is_digit(text_at(text, i + 1));
        size_t last = before_spaces(text, i);
        if (last != NOWHERE && (is_comma || is_final_point(text, i)) &&
            !is_opening(text_at(text, last)))
            text_replace(text, last + 1, i - last - 1, "");
    }
}

static bool is_plain_letter(gunichar c) {
    return c != OPAQUE && is_letter(c);
}

void apply_space_after_comma(Text *text) {
    TEXT_EACH(text, i, KIND_LOW) {
        if (text_at(text, i) != ',') continue;
        if (is_plain_letter(text_at(text, i - 1)) && is_plain_letter(text_at(text, i - 2)) &&
            is_plain_letter(text_at(text, i + 1)) && is_plain_letter(text_at(text, i + 2)))
            text_insert_after(text, i, " ");
    }
}

static bool is_shout(gunichar c) {
    return c == '!' || c == '?';
}

void apply_runs_of_marks(Text *text) {
    TEXT_EACH(text, i, KIND_HIGH) {
        if (!is_shout(text_at(text, i))) continue;
        size_t next = skip_spaces(text, i + 1);
        if (next > i + 1 && is_shout(text_at(text, next)))
            text_replace(text, i + 1, next - i - 1, "");
    }
}

/* The run of ! and ?, or of ; that starts at i. */
static size_t marks_end(const Text *text, size_t i) {
    bool is_shouting = is_shout(text_at(text, i));
    while (is_shouting ? is_shout(text_at(text, i)) : text_at(text, i) == ';') i++;
    return i;
}

/* The run of any high marks: what stands after it decides for all, so that one round sets it. */
static size_t high_end(const Text *text, size_t i) {
    while (is_one_of(text_at(text, i), ":;!?")) i++;
    return i;
}

static bool closes(gunichar after) {
    return !after || is_space(after) ||
           is_one_of(after, ")],." GUILLEMET_CLOSE QUOTE_CLOSE ELLIPSIS);
}

/* The space typed before a mark becomes `space`; where none stands, one is put if `can_insert`. */
static void space_before(Text *text, size_t mark, const char *space, bool can_insert) {
    size_t place = before_spaces(text, mark);
    if (place == NOWHERE || is_opening(text_at(text, place))) return;
    if (place + 1 < mark)
        text_replace(text, place + 1, mark - place - 1, space);
    else if (can_insert)
        text_insert_before(text, mark, space);
}

static bool follows_stop(const Text *text, size_t mark) {
    size_t place = before_spaces(text, mark);
    return place != NOWHERE && is_one_of(text_at(text, place), "." ELLIPSIS);
}

static const char *high_space(const Text *text) {
    return text->options->locale == FR_TYPO_CANADA ? "" : NNBSP;
}

void apply_high_marks(Text *text) {
    size_t run_end = 0;
    TEXT_EACH(text, i, KIND_HIGH) {
        gunichar c = text_at(text, i);
        if (c != ';' && !is_shout(c)) continue;
        size_t end = marks_end(text, i);
        if (i >= run_end) run_end = high_end(text, i);
        gunichar before = text_at(text, before_spaces(text, i));
        bool is_code = text_at(text, end) == '='; /* a != b */
        bool is_stop = is_shout(c) && follows_stop(text, i);
        bool is_after_dash = c == ';' && is_dash(before); /* a closing dash */
        const char *space = is_after_dash ? "" : high_space(text);
        if (!is_code && !is_stop)
            space_before(text, i, space, *space && closes(text_at(text, run_end)));
        i = end - 1;
    }
}

void apply_marks_after_stop(Text *text) {
    TEXT_EACH(text, i, KIND_HIGH) {
        if (!is_shout(text_at(text, i))) continue;
        size_t end = marks_end(text, i);
        if (follows_stop(text, i) && text_at(text, end) != '=')
            space_before(text, i, high_space(text), false);
        i = end - 1;
    }
}

void apply_colon(Text *text) {
    const char *space = text->options->locale == FR_TYPO_SWITZERLAND ? NNBSP : NBSP;
    TEXT_EACH(text, i, KIND_HIGH) {
        if (text_at(text, i) != ':') continue;
        gunichar before = text_at(text, i - 1), after = text_at(text, i + 1);
        bool is_name = is_space(before) && after && !is_space(after) && !is_letter(after);
        if (before == ':' || after == ':' || is_name) continue; /* a ::b, port :8080 */
        space_before(text, i, space, !after || is_space(after));
    }
}
