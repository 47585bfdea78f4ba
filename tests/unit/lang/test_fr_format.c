#include "lang/fr_format.h"

#include "cases.h"
#include "lang/fr_typo.h"

#include <string.h>

static void assert_table(const char *name) {
    g_autoptr(GPtrArray) cases = cases_load(name);
    g_assert_cmpuint(cases->len, >, 0);
    size_t wrong = 0;
    for (size_t i = 0; i < cases->len; i++) {
        const Case *c = cases->pdata[i];
        g_autofree char *text = NULL, *error = NULL;
        bool is_done = fr_format(c->kind, c->input, &text, &error);
        if (is_done && case_accepts(c, text)) continue;
        wrong++;
        g_autofree char *shown = case_show(is_done ? text : error);
        g_autofree char *wanted = case_show(c->accepted[0]);
        g_test_message("%s %s `%s`: %s, not %s", c->id, c->kind, c->input, shown, wanted);
    }
    g_assert_cmpuint(wrong, ==, 0);
}

static void test_sample(void) {
    assert_table("format-sample.tsv");
}

static void test_cases(void) {
    assert_table("format-cases.tsv");
}

/* Written from the specification alone: each kind, its keys and their combinations. */
static void test_rules(void) {
    assert_table("format-rules.tsv");
}

/* What is generated obeys the typography of texts already. Kinds that repeat words of the request
 * are left out: these words are the caller's. */
static void test_typography(void) {
    static const char *const repeating[] = {"elide", "prep", "list", "sort", "plural", NULL};
    g_autoptr(GPtrArray) cases = cases_load("format-rules.tsv");
    for (size_t i = 0; i < cases->len; i++) {
        const Case *c = cases->pdata[i];
        if (g_strv_contains(repeating, c->kind)) continue;
        g_autofree char *text = NULL, *error = NULL;
        g_assert_true(fr_format(c->kind, c->input, &text, &error));
        g_autofree char *typed = fr_typo(text, FR_TYPO_PLAIN, NULL);
        g_assert_cmpstr(typed, ==, text);
    }
}

static void assert_refused(const char *kind, const char *input, const char *about) {
    char *text = NULL;
    g_autofree char *error = NULL;
    g_assert_false(fr_format(kind, input, &text, &error));
    g_assert_null(text);
    g_assert_nonnull(strstr(error, about));
}

static void test_errors(void) {
    assert_refused("nombre", "1", "must be one of number, percent");
    assert_refused("number", "", "the value is missing");
    assert_refused("number", "1,5", "with a point");
    assert_refused("number", "1e999999", "is not a number");
    assert_refused("number", "1 ; decimal=2", "does not take `decimal`: it takes decimals");
    assert_refused("number", "1 ; decimals=-2", "from 0 to 60");
    assert_refused("number", "1 ; decimals", "key=value");
    assert_refused("number", "\xff", "UTF-8");
    assert_refused("money", "1 ; style=long", "words, symbol, full");
    assert_refused("date", "2019-02-30", "is not a date");
    assert_refused("daterange", "2019", "is not a range");
    assert_refused("daterange", "2019 .. 2018", "ends before it begins");
    assert_refused("quarter", "2019-Q5", "is not a quarter");
    assert_refused("time", "25:00", "is not a time");
    assert_refused("century", "0", "from 1 to 3999");
    assert_refused("plural", "3", "sing=vente");
    assert_refused("elide", "de", "is not a pair");
    assert_refused("unit", "3", "the unit is missing");
    assert_refused("unit", "3 ; unit=", "the unit is missing");
    assert_refused("list", "Arte | | TF1", "item 2 is empty");
    assert_refused("sort", "Arte |", "item 2 is empty");
    assert_refused("number", "1 ; decimals=1 ; decimals=2", "decimals is given twice");
    assert_refused("number", "1 ; ; group", "`group` has no value");
    assert_refused("prep", "Chili ; form=le", "must be one of en, de, article");
    assert_refused("sort", "a | b ; locale=en", "fr, fr-FR, fr-CA, fr-CH");
    assert_refused("quarter", "2019-H3", "2019-Q3 or 2019-H1");
    assert_refused("time", "16:60", "is not a time");
    assert_refused("range", "3 - 6", "is not a range");
    assert_refused("axis", "1 | x", "`x` is not a number");
}

static void test_not_a_number(void) {
    g_autofree char *text = fr_number("beaucoup", NULL);
    g_assert_cmpstr(text, ==, "beaucoup");
    g_assert_false(fr_is_plural("beaucoup"));
    g_assert_true(fr_is_plural("−2,5"));
    g_assert_true(fr_is_plural("1\u202f000"));
    g_assert_false(fr_is_plural("1,99"));
}

/* The unit may stand at the last value alone: all labels keep one scale. */
static void test_axis_last(void) {
    static const struct {
        const char *unit, *expected;
    } cases[] = {
        {"", "250\u00a0k|500\u00a0k"},
        {"USD", "250\u00a0k|500\u00a0k$"},
        {"missiles", "250\u202f000|500\u202f000\u00a0missiles"},
        {"%", "250\u202f000|500\u202f000\u00a0%"},
    };
    static const char *const ticks[] = {"250000", "500000"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) labels = fr_axis(ticks, 2, cases[i].unit, FR_AXIS_LAST);
        g_autofree char *text = g_strjoinv("|", labels);
        g_assert_cmpstr(text, ==, cases[i].expected);
    }
    g_auto(GStrv) none = fr_axis(NULL, 0, "%", FR_AXIS_LAST);
    g_assert_null(none[0]);
}

static int compare(const FrOrder *order, const char *a, const char *b) {
    return fr_order_compare(order, a, strlen(a), b, strlen(b));
}

/* The order of a dictionary is total: only the same bytes are equal. */
static void test_order(void) {
    static const char *const items[] = {"Cote", "cote", "côte", "lot 01", "lot 1", "lot 10", "œuf"};
    g_autoptr(FrOrder) order = fr_order_new(FR_LOCALE_FR);
    for (size_t a = 0; a < G_N_ELEMENTS(items); a++)
        for (size_t b = 0; b < G_N_ELEMENTS(items); b++) {
            int there = compare(order, items[a], items[b]);
            int back = compare(order, items[b], items[a]);
            g_assert_true((there == 0) == (a == b));
            g_assert_true((there < 0) == (back > 0));
        }
    g_assert_cmpint(compare(order, "lot 9", "lot 10"), <, 0);
    g_assert_cmpint(compare(order, "cote", "côte"), <, 0);
}

static Date date_of(const char *text) {
    Date date;
    g_assert_true(date_parse(text, &date));
    return date;
}

/* An interval is said at the coarsest precision that loses nothing. */
static void test_interval(void) {
    static const struct {
        const char *from, *to, *expected;
    } cases[] = {
        {"2019-01-01", "2020-12-31", "de 2019 à 2020"},
        {"2019-02-01", "2019-06-30", "de février à juin 2019"},
        {"2019-02-02", "2019-02-05", "du 2 au 5\u00a0février 2019"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Date date = {.first = date_of(cases[i].from).first,
                     .last = date_of(cases[i].to).last,
                     .precision = DATE_INTERVAL};
        g_autofree char *text = fr_date(date, FR_DATE_LONG);
        g_assert_cmpstr(text, ==, cases[i].expected);
    }
}

/* Every digit comes back: grouping and the comma are all that changes. */
static void test_digits_survive(void) {
    for (int i = 0; i < 2000; i++) {
        g_autofree char *decimal = g_strdup_printf(
            "%s%d%06d.%d", g_test_rand_bit() ? "-" : "", g_test_rand_int_range(1, 1000000),
            g_test_rand_int_range(0, 1000000), g_test_rand_int_range(0, 1000) * 10 + 1);
        g_autofree char *text = fr_number(decimal, NULL);
        g_autoptr(GString) back = g_string_new(text);
        g_string_replace(back, "\u202f", "", 0);
        g_string_replace(back, "\u2212", "-", 0);
        g_string_replace(back, ",", ".", 0);
        g_assert_cmpstr(back->str, ==, decimal);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lang/fr_format/sample", test_sample);
    g_test_add_func("/lang/fr_format/cases", test_cases);
    g_test_add_func("/lang/fr_format/rules", test_rules);
    g_test_add_func("/lang/fr_format/typography", test_typography);
    g_test_add_func("/lang/fr_format/errors", test_errors);
    g_test_add_func("/lang/fr_format/not_a_number", test_not_a_number);
    g_test_add_func("/lang/fr_format/axis_last", test_axis_last);
    g_test_add_func("/lang/fr_format/order", test_order);
    g_test_add_func("/lang/fr_format/interval", test_interval);
    g_test_add_func("/lang/fr_format/digits_survive", test_digits_survive);
    return g_test_run();
}
