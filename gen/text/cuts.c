#include "text/cuts.h"
#include "text/breaks.h"

#include <pango/pango.h>
#include <string.h>

enum {
    PRICE_SHORT_WORD = 150, /* le, la, de… left at the end of a line */
    PRICE_NUMBER = 500,     /* between a number and what it counts */
    PRICE_HYPHEN = 50,      /* inside a compound */
    PRICE_URL = 100,
};

/* No blank inside, [start, end). */
typedef struct {
    size_t start, end;
} Word;

/* The characters of one text, with the rules' questions asked by index. */
typedef struct {
    const gunichar *c;
    const size_t *at; /* byte of each; at[n] is the length */
    size_t n;
    const char *text;
    bool is_title;
    Word word;   /* found last */
    bool is_url; /* it is one */
} Letters;

static gunichar letter(const Letters *t, size_t i) {
    return i < t->n ? t->c[i] : 0; /* also before the first, as i wraps */
}

static bool is_among(gunichar c, const char *set) {
    return c && g_utf8_strchr(set, -1, c);
}

static bool is_hard_space(gunichar c) {
    return c == 0xA0 || c == 0x202F;
}

static bool is_blank(gunichar c) {
    return !c || c == '\n' || g_unichar_isspace(c) || is_hard_space(c);
}

static bool is_dash(gunichar c) {
    return c == 0x2013 || c == 0x2014;
}

static bool is_hyphen(gunichar c) {
    return c == '-' || c == 0x2010;
}

static bool is_apostrophe(gunichar c) {
    return c == '\'' || c == 0x2019;
}

static bool is_url(const Letters *t, Word word) {
    const char *start = t->text + t->at[word.start];
    size_t len = t->at[word.end] - t->at[word.start];
    return g_strstr_len(start, (gssize)len, "://") || (len > 4 && !strncmp(start, "www.", 4)) ||
           g_strstr_len(start, (gssize)len, "(www.");
}

/* The word that holds character i. The last one found is kept: a word of a megabyte is walked once.
 */
static Word word_around(Letters *t, size_t i) {
    Word word = {i, i};
    if (i >= t->word.start && i < t->word.end) return t->word;
    while (word.start > 0 && !is_blank(t->c[word.start - 1])) word.start--;
    while (word.end < t->n && !is_blank(t->c[word.end])) word.end++;
    t->word = word;
    t->is_url = is_url(t, word);
    return word;
}

static bool has_letters_from(const Letters *t, size_t i, size_t n) {
    for (size_t k = 0; k < n; k++)
        if (!g_unichar_isalpha(letter(t, i + k))) return false;
    return true;
}

static bool has_letters_before(const Letters *t, size_t i, size_t n) {
    return i >= n && has_letters_from(t, i - n, n);
}

static bool is_in_url(Letters *t, size_t i) {
    (void)word_around(t, i);
    return t->is_url;
}

/* After / ? & = - and before a point, never inside or right after the scheme's slashes. */
static int url_price(const Letters *t, size_t i) {
    gunichar before = t->c[i - 1], after = t->c[i];
    bool is_name = g_unichar_isalnum(before) && g_unichar_isalnum(letter(t, i + 1));
    if (after == '.') return is_name ? PRICE_URL : PENALTY_NEVER;
    if (before == '/' && letter(t, i - 2) == '/') return PENALTY_NEVER;
    bool is_part = g_unichar_isalnum(after) || is_among(after, "_~@#");
    return is_among(before, "/?&=-") && is_part ? PRICE_URL : PENALTY_NEVER;
}

/* A compound breaks at its hyphen with three letters on each side: rules out J.-P., e-mail, dit-il,
 * 10-15 and both hyphens of va-t-il. */
static int inner_price(Letters *t, size_t i) {
    if (is_in_url(t, i)) return url_price(t, i);
    gunichar before = t->c[i - 1];
    if (before == 0x200B) return 0;
    if (before == 0x2014 && g_unichar_isalnum(t->c[i])) return PRICE_HYPHEN;
    if (is_hyphen(before) && has_letters_before(t, i - 1, 3) && has_letters_from(t, i, 3))
        return PRICE_HYPHEN;
    return PENALTY_NEVER;
}

/* : ; ! ? and what closes never start a line, whatever space was typed before them. */
static bool is_closing(const Letters *t, size_t i) {
    gunichar c = t->c[i], after = letter(t, i + 1);
    if (is_among(c, ":;!?»”)]}%‰°€£")) return true;
    if (c == '$') return !g_unichar_isdigit(after);
    if (is_among(c, ".,…")) return !g_unichar_isalnum(after);
    return is_dash(c) && !is_hard_space(after) && !g_unichar_isalpha(after);
}

/* The dash that opens a line of dialogue or of a list. */
static bool is_bullet(const Letters *t, size_t i) {
    return is_dash(t->c[i]) && (i == 0 || t->c[i - 1] == '\n');
}

static bool is_opening(gunichar c) {
    return is_among(c, "«“([{");
}

/* A number of four digits alone is most often a year, which counts nothing. */
static bool is_year(const Letters *t, Word word) {
    if (word.end - word.start != 4 || !is_among(t->c[word.start], "12")) return false;
    for (size_t i = word.start; i < word.end; i++)
        if (!g_unichar_isdigit(t->c[i])) return false;
    return !is_hard_space(letter(t, word.start - 1));
}

static bool word_is(const Letters *t, Word word, const char *list) {
    char buffer[10]; /* no word of the lists is longer than 7 bytes */
    size_t len = t->at[word.end] - t->at[word.start];
    if (!len || len + 3 > sizeof buffer) return false;
    buffer[0] = '/';
    memcpy(buffer + 1, t->text + t->at[word.start], len);
    buffer[len + 1] = '/', buffer[len + 2] = 0;
    g_autofree char *lower = g_utf8_strdown(buffer, -1);
    return strstr(list, lower);
}

/* Does a title, an initial or a sign for "number" end here: Mme, J., n°? */
static bool announces(const Letters *t, Word word) {
    bool is_initial = word.end - word.start == 2 && t->c[word.end - 1] == '.' &&
                      g_unichar_isupper(t->c[word.start]);
    return is_initial ||
           word_is(t, word, "/m./mm./mme/mmes/mlle/mlles/dr/mgr/st/ste/n°/p./art./fig./");
}

/* The price of ending a line after `word`, which a space follows, with `next` on the next line. */
static int space_price(const Letters *t, Word word, size_t next) {
    while (word.start < word.end && is_opening(t->c[word.start])) word.start++;
    gunichar before_word = letter(t, word.start - 1);
    if (is_hard_space(before_word)) before_word = letter(t, word.start - 2);
    /* the word that opens a parenthesis or a quotation */
    bool is_letters = word.end > word.start && word.end - word.start < 4 &&
                      has_letters_from(t, word.start, word.end - word.start);
    if (is_opening(before_word) && is_letters) return PENALTY_NEVER;

    bool is_counted = g_unichar_isalnum(t->c[next]) || is_among(t->c[next], "$€£°");
    Word number = word;
    if (is_among(letter(t, number.start), "+-−~")) number.start++;
    if (number.end > number.start && g_unichar_isdigit(t->c[number.start]) &&
        g_unichar_isalnum(t->c[number.end - 1]) && is_counted && !is_year(t, number))
        return PRICE_NUMBER;
    if (announces(t, word)) return PRICE_NUMBER;

    for (size_t i = word.end; i > word.start; i--)
        if (is_apostrophe(t->c[i - 1])) {
            word.start = i; /* l’a: the a counts */
            break;
        }
    if (word.end - word.start == 1 && is_among(t->c[word.start], "aàyôAÀYÔ")) return PENALTY_NEVER;
    if (word_is(t, word,
                "/on/le/la/les/de/des/du/un/une/et/ou/en/au/aux/ce/se/ne/que/qui/par/sur/"))
        return t->is_title ? 2 * PRICE_SHORT_WORD : PRICE_SHORT_WORD;
    return 0;
}

/* Of ending a line before character i, 0 < i < n, where Unicode allows it. */
static int price_at(Letters *t, size_t i) {
    gunichar before = t->c[i - 1], after = t->c[i];
    if (is_hard_space(before) || is_hard_space(after) || after == '\n') return PENALTY_NEVER;
    if (before != ' ' && before != '\t') return inner_price(t, i);
    size_t last = i - 1; /* before the spaces */
    while (last > 0 && (t->c[last] == ' ' || t->c[last] == '\t')) last--;
    if (is_closing(t, i) || is_opening(t->c[last]) || is_bullet(t, last)) return PENALTY_NEVER;
    Word word = word_around(t, last);
    return space_price(t, word, i);
}

void cuts_find(const char *text, size_t len, bool is_title, int *ret_costs) {
    size_t n = 0;
    gunichar *c = g_new(gunichar, len + 1);
    size_t *at = g_new(size_t, len + 1);
    for (const char *p = text; p < text + len; p = g_utf8_next_char(p)) {
        at[n] = (size_t)(p - text);
        c[n++] = g_utf8_get_char(p);
    }
    at[n] = len;
    PangoLogAttr *attrs = g_new0(PangoLogAttr, n + 1);
    pango_get_log_attrs(text, (int)len, 0, pango_language_from_string("fr"), attrs, (int)n + 1);

    Letters letters = {.c = c, .at = at, .n = n, .text = text, .is_title = is_title};
    for (size_t i = 0; i <= len; i++) ret_costs[i] = PENALTY_NEVER;
    for (size_t i = 1; i < n; i++) {
        if (c[i - 1] == '\n')
            ret_costs[at[i]] = PENALTY_FORCED;
        else if (attrs[i].is_line_break)
            ret_costs[at[i]] = price_at(&letters, i);
        else if ((c[i] == '.' || is_among(c[i - 1], "/?&=-")) && !is_blank(c[i - 1]) &&
                 !is_blank(c[i]) && is_in_url(&letters, i))
            ret_costs[at[i]] = url_price(&letters, i); /* which Unicode may not allow */
    }
    if (n && c[n - 1] == '\n') ret_costs[len] = PENALTY_FORCED;
    g_free(attrs);
    g_free(at);
    g_free(c);
}
