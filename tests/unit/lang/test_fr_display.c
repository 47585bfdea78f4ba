#include "lang/fr_display.h"

#include <stdbool.h>
#include <string.h>

#define NB "\u00a0"

/* The text with ^{…} around what is raised and sc{…} around small capitals. */
static char *show(const char *text) {
    size_t len = strlen(text), at = 0;
    g_autoptr(GArray) spans = fr_display_find(text, len);
    GString *shown = g_string_new(NULL);
    for (guint i = 0; i < spans->len; i++) {
        const FrDisplaySpan *span = &g_array_index(spans, FrDisplaySpan, i);
        g_assert_cmpuint(span->start, >=, at);
        g_assert_cmpuint(span->end, >, span->start);
        g_assert_cmpuint(span->end, <=, len);
        g_string_append_len(shown, text + at, (gssize)(span->start - at));
        g_string_append_printf(shown, "%s{%.*s}", span->display == FR_DISPLAY_SUPERIOR ? "^" : "sc",
                               (int)(span->end - span->start), text + span->start);
        at = span->end;
    }
    g_string_append(shown, text + at);
    return g_string_free(shown, FALSE);
}

static void expect(const char *text, const char *wanted) {
    g_autofree char *shown = show(text);
    g_assert_cmpstr(shown, ==, wanted);
}

static void expect_plain(const char *text) {
    expect(text, text);
}

/* ORD-02 */
static void test_ordinals(void) {
    expect("Le 1er" NB "mai", "Le 1^{er}" NB "mai");
    expect("1re, 1res et 1ers", "1^{re}, 1^{res} et 1^{ers}");
    expect("2e 2es 2d 2de 2nd 2nde 21e 100e",
           "2^{e} 2^{es} 2^{d} 2^{de} 2^{nd} 2^{nde} 21^{e} 100^{e}");
    expect("François Ier, la IIe République", "François I^{er}, la II^{e} République");
    expect("le Xe arrondissement (XIIe)", "le X^{e} arrondissement (XII^{e})");
    expect("«" NB "2e" NB "», l’an 1er.", "«" NB "2^{e}" NB "», l’an 1^{er}.");
    expect("un\n1er\ndeux", "un\n1^{er}\ndeux");
}

/* ABR-01 as displayed: the letters that end a word cut short. */
static void test_titles(void) {
    expect("Mme" NB "Petit, Mmes, Mlle, Mlles", "M^{me}" NB "Petit, M^{mes}, M^{lle}, M^{lles}");
    expect("le Dr" NB "Petit, Me" NB "Paul, Mgr" NB "Paul, les Drs" NB "A",
           "le D^{r}" NB "Petit, M^{e}" NB "Paul, M^{gr}" NB "Paul, les D^{rs}" NB "A");
    expect_plain("M." NB "Petit et MM." NB "A");
    expect_plain("Me voici, Dr Petit, Pr 4, Mes amis, mme, aMme, Mmex");
}

/* ORD-03, FIG-03: centuries, alone or in a list that says siècle at its end. */
static void test_centuries(void) {
    expect("au XXe" NB "siècle", "au sc{XX}^{e}" NB "siècle");
    expect("le Ier" NB "siècle", "le sc{I}^{er}" NB "siècle");
    expect("XVIIe et XVIIIe" NB "siècles", "sc{XVII}^{e} et sc{XVIII}^{e}" NB "siècles");
    expect("XVIe, XVIIe et XVIIIe" NB "siècles",
           "sc{XVI}^{e}, sc{XVII}^{e} et sc{XVIII}^{e}" NB "siècles");
    expect("XVIIIe-XIXe" NB "siècles", "sc{XVIII}^{e}-sc{XIX}^{e}" NB "siècles");
    expect("du XVIIe au XIXe" NB "siècle", "du sc{XVII}^{e} au sc{XIX}^{e}" NB "siècle");
    expect("20e" NB "siècle", "20^{e}" NB "siècle");
    expect_plain("Louis" NB "XIV, page" NB "XX, chapitre" NB "IV, XX" NB "siècle");
    expect("le IIIe chapitre, la Ve République au XXe" NB "siècle",
           "le III^{e} chapitre, la V^{e} République au sc{XX}^{e}" NB "siècle");
    expect("Ve" NB "République et XXe" NB "siècle",
           "V^{e}" NB "République et sc{XX}^{e}" NB "siècle");
    expect("XXe" NB "siècles-lumière, XXe" NB "siècleX",
           "sc{XX}^{e}" NB "siècles-lumière, XX^{e}" NB "siècleX");
}

/* ORD-04: the text keeps °; what is shown is a raised o. */
static void test_numero(void) {
    expect("n°" NB "4, N°" NB "5, 20°", "n^{°}" NB "4, N^{°}" NB "5, 20°");
    expect_plain("20" NB "°C, 20 n°, un° 4, n°4");
}

static void test_not_touched(void) {
    expect_plain("3eb 4e2 4e-2 1,2e 1.2e v2e x=2e 1e Ie 11er 2er 5h 3D 4G 14" NB "h");
    expect_plain("(Xe) du Xe, Me Le Ces Des Vie CIe De");
    expect_plain(
        "https://exemple.org/2e/XXe a_2e @2e #2e jean.2e@exemple.org 2e.csv 2e.x table-2e.csv");
    expect_plain("`2e` /usr/2e --2e {2e} $2e");
    expect_plain("1ER MAI, LE XXE SIÈCLE, MME PETIT");
    expect_plain("");
}

/* Whatever the text, the spans are in order, apart and made of letters. */
static void test_any(void) {
    static const char *const pieces[] = {"1", "2",  "I", "X",   "V",  "e",  "er",     "re", "d",
                                         " ", NB,   "-", "Mme", "Me", "Dr", "siècle", "et", ", ",
                                         "’", "\n", "`", ".",   "é",  "de", "A",      "/"};
    size_t found = 0;
    for (int i = 0; i < 20000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int k = g_test_rand_int_range(0, 16); k > 0; k--)
            g_string_append(text, pieces[g_test_rand_int_range(0, (int)G_N_ELEMENTS(pieces))]);
        g_autoptr(GArray) spans = fr_display_find(text->str, text->len);
        for (guint s = 0; s < spans->len; s++, found++) {
            const FrDisplaySpan *span = &g_array_index(spans, FrDisplaySpan, s);
            for (size_t b = span->start; b < span->end; b++)
                g_assert_true(g_ascii_isalpha(text->str[b]));
        }
    }
    g_assert_cmpuint(found, >, 200);
}

static void test_linear(void) {
    static const char *const units[] = {
        "1er ", "1", "X", "XXe", "XXe ", "XXe, ", "XXe-",
        "Mme",  " ", "-", "e",   "1e\n", "`",     "XXe\u00a0siècle"};
    for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
        g_autoptr(GString) text = g_string_new("XXe");
        while (text->len < 1 << 20) g_string_append(text, units[u]);
        gint64 start = g_get_monotonic_time();
        g_autoptr(GArray) spans = fr_display_find(text->str, text->len);
        double seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
        g_test_message("`%s`: %.2f s for a megabyte, %u spans", units[u], seconds, spans->len);
        g_assert_cmpfloat(seconds, <, 8); /* a quadratic search takes hours */
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lang/fr_display/ordinals", test_ordinals);
    g_test_add_func("/lang/fr_display/titles", test_titles);
    g_test_add_func("/lang/fr_display/centuries", test_centuries);
    g_test_add_func("/lang/fr_display/numero", test_numero);
    g_test_add_func("/lang/fr_display/not-touched", test_not_touched);
    g_test_add_func("/lang/fr_display/any", test_any);
    g_test_add_func("/lang/fr_display/linear", test_linear);
    return g_test_run();
}
