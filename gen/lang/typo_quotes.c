/* Apostrophes, ellipses and quotation marks. Straight quotes are converted all together or not at
 * all: one that does not pair may be an inch, a second, or a slip. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"

void apply_apostrophes(Text *text) {
    TEXT_EACH(text, i, KIND_QUOTE) {
        gunichar next = text_at(text, i + 1);
        if (text_at(text, i) == '\'' && is_letter(text_at(text, i - 1)) &&
            (is_alnum(next) || is_one_of(next, "\"" GUILLEMET_OPEN QUOTE_OPEN)))
            text_replace(text, i, 1, APOSTROPHE);
    }
}

void apply_false_apostrophes(Text *text) {
    TEXT_EACH(text, i, KIND_QUOTE)
    if (is_one_of(text_at(text, i), "\u00b4\u2018\u02bc\u2032") &&
        is_letter(text_at(text, i - 1)) && is_letter(text_at(text, i + 1)))
        text_replace(text, i, 1, APOSTROPHE);
}

/* A word of two letters or more ends here: what follows is no ...args. */
static bool is_prose(const Text *text, size_t i) {
    gunichar last = text_at(text, i - 1), before = text_at(text, i - 2);
    return is_letter(last) && is_letter(before) && last != OPAQUE && before != OPAQUE;
}

void apply_ellipses(Text *text) {
    TEXT_EACH(text, i, KIND_LOW) {
        size_t end = i;
        while (text_at(text, end) == '.') end++;
        if (end == i) continue;
        gunichar next = text_at(text, end);
        bool is_in_word = is_letter(next) && next != OPAQUE && is_prose(text, i);
        if (end - i == 3 && (!is_alnum(next) || is_in_word) && !is_one_of(next, "/\\_" ELLIPSIS) &&
            text_at(text, i - 1) != 0x2026)
            text_replace(text, i, 3, ELLIPSIS);
        i = end;
    }
}

void apply_etc(Text *text) {
    enum { LETTERS = 3 };
    TEXT_EACH(text, mark, KIND_LOW) {
        if (text_at(text, mark) != 0x2026 || is_one_of(text_at(text, mark + 1), "." ELLIPSIS))
            continue;
        bool is_pointed = text_at(text, mark - 1) == '.';
        size_t i = mark - is_pointed - LETTERS;
        if (match_word(text, i, "etc") || match_word(text, i, "Etc"))
            text_replace(text, mark, 1, is_pointed ? "" : ".");
    }
}

/* What a straight quote is, by its place in the text; and the quotations open before it. */
typedef struct {
    size_t at;
    bool is_opener;
    size_t depth; /* quotations open around it */
} Quote;

static bool opens(const Text *text, size_t i) {
    gunichar before = text_at(text, i - 1), after = text_at(text, i + 1);
    bool is_free = !before || is_space(before) || is_dash(before) || is_opening(before) ||
                   is_one_of(before, "-'" APOSTROPHE);
    return is_free && after && !is_space(after);
}

/* The straight quotes of the text, paired; NULL when they do not balance. A stack holds the marks
 * open so far: « “ or ". */
static GArray *pair_quotes(const Text *text) {
    g_autoptr(GArray) quotes = g_array_new(FALSE, FALSE, sizeof(Quote));
    g_autoptr(GString) open = g_string_new(NULL);
    size_t straight = 0; /* of those open */
    TEXT_EACH(text, i, KIND_QUOTE) {
        gunichar c = text_at(text, i);
        char top = open->len > 0 ? open->str[open->len - 1] : '\0';
        if (c == 0xab || c == 0x201c) {
            g_string_append_c(open, c == 0xab ? '<' : '(');
        } else if (c == 0xbb || c == 0x201d) {
            if (top == '"') return NULL;
            if (top == (c == 0xbb ? '<' : '(')) g_string_truncate(open, open->len - 1);
        } else if (c == '"') {
            Quote quote = {.at = i, .depth = open->len};
            bool is_inch = is_digit(text_at(text, i - 1)) && straight == 0;
            if (is_inch) continue;
            quote.is_opener = opens(text, i);
            if (quote.is_opener) {
                g_string_append_c(open, '"');
                straight++;
            } else {
                if (top != '"') return NULL;
                g_string_truncate(open, open->len - 1);
                straight--;
                quote.depth = open->len;
            }
            g_array_append_val(quotes, quote);
        }
    }
    return straight > 0 ? NULL : g_steal_pointer(&quotes);
}

static bool has_straight(const Text *text) {
    TEXT_EACH(text, i, KIND_QUOTE)
    if (text_at(text, i) == '"') return true;
    return false;
}

static void convert(Text *text, bool is_nested) {
    if (!has_straight(text)) return;
    g_autoptr(GArray) quotes = pair_quotes(text);
    for (size_t q = 0; quotes && q < quotes->len; q++) {
        const Quote *quote = &g_array_index(quotes, Quote, q);
        if ((quote->depth > 0) != is_nested) continue;
        const char *outer = quote->is_opener ? GUILLEMET_OPEN : GUILLEMET_CLOSE;
        const char *inner = quote->is_opener ? QUOTE_OPEN : QUOTE_CLOSE;
        text_replace(text, quote->at, 1, is_nested ? inner : outer);
    }
}

/* The nested ones first: the outer ones, once converted, still tell the depth. */
void apply_nested_quotes(Text *text) {
    convert(text, true);
}

void apply_straight_quotes(Text *text) {
    convert(text, false);
}

void apply_guillemet_spaces(Text *text) {
    const char *space = text->options->guillemet_space == FR_SPACE_NNBSP ? NNBSP : NBSP;
    TEXT_EACH(text, i, KIND_QUOTE) {
        gunichar c = text_at(text, i);
        if (c == 0xab) {
            size_t next = skip_spaces(text, i + 1);
            if (text_at(text, next) == 0xbb || !text_at(text, next)) continue;
            if (next > i + 1)
                text_replace(text, i + 1, next - i - 1, space);
            else
                text_insert_after(text, i, space);
        } else if (c == 0xbb) {
            size_t place = before_spaces(text, i);
            if (place == NOWHERE) continue;
            if (place + 1 < i)
                text_replace(text, place + 1, i - place - 1, space);
            else
                text_insert_before(text, i, space);
        }
    }
}

void apply_curly_quote_spaces(Text *text) {
    TEXT_EACH(text, i, KIND_QUOTE) {
        gunichar c = text_at(text, i);
        if (c == 0x201c) {
            size_t end = skip_spaces(text, i + 1);
            gunichar after = text_at(text, end);
            if (after && after != 0xbb) text_replace(text, i + 1, end - i - 1, "");
        } else if (c == 0x201d) {
            size_t before = before_spaces(text, i);
            if (before != NOWHERE && text_at(text, before) != 0xab)
                text_replace(text, before + 1, i - before - 1, "");
        } /* « “ and ” » keep theirs */
    }
}
