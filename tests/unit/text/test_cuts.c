#include "text/breaks.h"
#include "text/cuts.h"

#include <glib.h>
#include <string.h>

#define NB "\u00a0"
#define FINE "\u202f"

/* The text with a bar at each place where a line may end for less than `most`. */
static char *marked(const char *text, int most, bool is_title) {
    size_t len = strlen(text);
    g_autofree int *costs = g_new(int, len + 1);
    cuts_find(text, len, is_title, costs);
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < len; i++) {
        if (costs[i] < most) g_string_append_c(out, '|');
        g_string_append_c(out, text[i]);
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    const char *name, *expected; /* bars: where a line may end at all */
} Case;

static const Case cases[] = {
    {"plain", "Les |pirates |volent"},
    {"no-break-spaces", "12" FINE "000" NB "dollars |volés"},
    {"high-marks", "Pourquoi" FINE "? |Voici" NB ": |rien" FINE "; |fin" FINE "!"},
    {"high-marks-after-space", "Pourquoi ? |Voici : |rien ; |fin !"},
    {"quotation", "dit |«" NB "Tout |va |bien" NB "» |hier"},
    {"quotation-plain-spaces", "dit |« Tout |va |bien » |hier"},
    {"short-word-after-quotation", "dit |«" NB "Le monde" NB "»"},
    {"short-word-in-brackets", "pays |(la Corée |du |Nord)"},
    {"acronym-in-brackets", "pays |(ONU) |libre"},
    {"incise", "mot |–" NB "incise" NB "– |suite"},
    {"dash-plain-spaces", "mot – |suite"},
    {"dialogue", "– Bonjour |vous"},
    {"range", "en |2010–2014 |ou |pages |10-15"},
    {"compound", "porte-|avions |peut-|être |avant-|garde"},
    {"compound-short-parts", "dit-il, |arc-en-ciel, |e-mail, |va-t-il"},
    {"initials", "J.-P. |Dupont |c.-à-d. |ici"},
    {"slash", "et/ou |km/h |M$/an"},
    {"apostrophe", "l’homme |d'ici |aujourd’hui"},
    {"one-letter", "va |à Paris, |il |y a l’été"},
    {"one-letter-elided", "qu’il |l’a vu |hier"},
    {"one-letter-capital", "À Paris |hier"},
    {"percent", "3 % |de |5 ‰"},
    {"currency", "12 € |de |3 $ |et |4 £"},
    {"ellipsis", "Et |puis… |rien"},
    {"url", "https://example|.org/|a/|b?|c=|d&|e |fin"},
    {"url-final-point", "voir |www|.exemple|.fr/|x-|y."},
    {"comma", "un, |deux , |trois"},
    {"zero-width-space", "abc\u200b|def"},
    {"word-joiner", "abc \u2060def"},
    {"soft-hyphen", "abc\u00addef"},
    {"no-break-hyphen", "porte\u2011avions"},
    {"accent-apart", "e\u0301te\u0301 |la\u0300"},
};

static void test_case(const void *data) {
    const Case *c = data;
    g_auto(GStrv) pieces = g_strsplit(c->expected, "|", -1);
    g_autofree char *text = g_strjoinv("", pieces);
    g_autofree char *got = marked(text, PENALTY_NEVER, false);
    g_assert_cmpstr(got, ==, c->expected);
}

static int price(const char *before, const char *after, bool is_title) {
    g_autofree char *text = g_strconcat(before, " ", after, NULL);
    size_t len = strlen(text), at = strlen(before) + 1;
    g_autofree int *costs = g_new(int, len + 1);
    cuts_find(text, len, is_title, costs);
    return costs[at];
}

static void test_prices(void) {
    g_assert_cmpint(price("vol", "massif", false), ==, 0);
    g_assert_cmpint(price("vol de", "dollars", false), >, 0);
    g_assert_cmpint(price("vol de", "dollars", true), ==, 2 * price("vol de", "dollars", false));
    g_assert_cmpint(price("soit 625", "millions", false), >, price("vol de", "dollars", true));
    g_assert_cmpint(price("12" FINE "000", "dollars", false), ==, price("625", "millions", false));
    g_assert_cmpint(price("le 7", "mai", false), ==, price("625", "millions", false));
    g_assert_cmpint(price("1,5", "million", false), ==, price("625", "millions", false));
    g_assert_cmpint(price("−3", "points", false), ==, price("625", "millions", false));
    g_assert_cmpint(price("la 2e", "guerre", false), ==, price("625", "millions", false));
    g_assert_cmpint(price("M.", "Park", false), ==, price("625", "millions", false));
    g_assert_cmpint(price("n°", "12", false), ==, price("625", "millions", false));
    g_assert_cmpint(price("en 2017", "dit-on", false), ==, 0); /* a year counts nothing */
    g_assert_cmpint(price("des 12,", "rien", false), ==, 0);
    g_assert_cmpint(price("DE", "LA", false), >, 0);
    g_assert_cmpint(price("le,", "mot", false), ==, 0);
}

static void test_forced(void) {
    int costs[8];
    cuts_find("ab\ncd\n", 6, false, costs);
    g_assert_cmpint(costs[3], ==, PENALTY_FORCED);
    g_assert_cmpint(costs[6], ==, PENALTY_FORCED);
    g_assert_cmpint(costs[2], ==, PENALTY_NEVER);
    cuts_find("", 0, false, costs);
    g_assert_cmpint(costs[0], ==, PENALTY_NEVER);
}

/* Whatever the text: never inside a character, beside a no-break space, nor before a high mark. */
static void test_random(void) {
    static const char *const bits[] = {
        "a", "à", "mot", " ", NB,  FINE, "–", "—", "«", "»", "?", ";", ":", "!", "12",   ",",
        "’", "-", "(",   ")", "é", "\n", "/", "€", "œ", ".", "…", "“", "”", "%", "www.", "://"};
    for (int round = 0; round < 5000; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int i = g_test_rand_int_range(0, 30); i > 0; i--)
            g_string_append(text, bits[g_test_rand_int_range(0, G_N_ELEMENTS(bits))]);
        g_autofree int *costs = g_new(int, text->len + 1);
        cuts_find(text->str, text->len, round % 2, costs);
        for (size_t i = 1; i < text->len; i++) {
            const char *at = text->str + i;
            if (costs[i] == PENALTY_NEVER || costs[i] == PENALTY_FORCED) continue;
            g_assert_true((*at & 0xC0) != 0x80);
            g_assert_false(g_str_has_prefix(at, NB) || g_str_has_prefix(at, FINE));
            const char *before = g_utf8_prev_char(at);
            g_assert_false(g_str_has_prefix(before, NB) || g_str_has_prefix(before, FINE));
            g_assert_null(strchr(":;!?)%", *at));
            g_assert_false(g_str_has_prefix(at, "»") || g_str_has_prefix(before, "«"));
        }
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/text/cuts/", cases[i].name, NULL);
        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/text/cuts/prices", test_prices);
    g_test_add_func("/text/cuts/forced", test_forced);
    g_test_add_func("/text/cuts/random", test_random);
    return g_test_run();
}
