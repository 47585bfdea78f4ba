#include "lang/fr_typo.h"

#include "cases.h"

#include <string.h>

static char *set(const char *text) {
    char *result = fr_typo(text, FR_TYPO_MARKUP, NULL);
    g_assert_nonnull(result);
    return result;
}

static void assert_stable(const char *text, FrTypoFlags flags, const FrTypoOptions *options) {
    g_autofree char *once = fr_typo(text, flags, options);
    g_autofree char *twice = fr_typo(once, flags, options);
    if (!strcmp(once, twice)) return;
    g_autofree char *from = g_strescape(text, NULL), *a = g_strescape(once, NULL),
                    *b = g_strescape(twice, NULL);
    g_error("not stable: %s\n once: %s\ntwice: %s", from, a, b);
}

static void assert_table(const char *name) {
    g_autoptr(GPtrArray) cases = cases_load(name);
    g_assert_cmpuint(cases->len, >, 0);
    size_t wrong = 0;
    for (size_t i = 0; i < cases->len; i++) {
        const Case *c = cases->pdata[i];
        g_autofree char *text = set(c->input);
        assert_stable(c->input, FR_TYPO_MARKUP, NULL);
        for (size_t a = 0; c->accepted[a]; a++) assert_stable(c->accepted[a], FR_TYPO_MARKUP, NULL);
        if (case_accepts(c, text)) continue;
        wrong++;
        g_autofree char *shown = case_show(text), *wanted = case_show(c->accepted[0]);
        g_test_message("%s %s: %s, not %s", c->id, c->kind, shown, wanted);
    }
    g_assert_cmpuint(wrong, ==, 0);
}

static void test_sample(void) {
    assert_table("typo-sample.tsv");
}

static void test_cases(void) {
    assert_table("typo-cases.tsv");
}

static void test_rules(void) {
    assert_table("typo-rules.tsv");
}

/* Every rule of the specification has a case that changes the text and one that leaves it. */
static void test_rules_are_covered(void) {
    static const char *const ids[] = {
        "PRO-01", "PRO-02", "PRO-03", "PRO-04", "PRO-05",  "PRO-06", "PRO-07", "PRO-08", "PRO-09",
        "PRO-11", "ESP-01", "ESP-02", "ESP-03", "ESP-03b", "ESP-04", "ESP-05", "ESP-06", "ESP-07",
        "ESP-08", "GUI-01", "GUI-02", "GUI-03", "GUI-04",  "GUI-05", "GUI-06", "APO-01", "APO-02",
        "APO-03", "TIR-01", "TIR-02", "TIR-03", "TIR-04",  "TIR-05", "SUS-01", "SUS-02", "SUS-03",
        "ORD-01", "ORD-02", "ORD-03", "ORD-04", "ABR-01",  "ABR-02", "ABR-03", "ABR-04", "ABR-05",
        "ABR-07", "LIG-01", "LIG-02", "CAP-01", "CAP-02",  "CAP-03", "UNI-01", "UNI-02", "UNI-05",
        "UNI-06", "UNI-10", "NOM-01", "NOM-02", "NOM-03",  "NOM-06", "NOM-07", "NOM-10", "DAT-01",
        "DAT-02", "DAT-03", "DAT-04", "DAT-05", "HEU-01",  "HEU-02"};
    g_autoptr(GPtrArray) cases = cases_load("typo-rules.tsv");
    for (size_t r = 0; r < G_N_ELEMENTS(ids); r++) {
        size_t changing = 0, kept = 0;
        for (size_t i = 0; i < cases->len; i++) {
            const Case *c = cases->pdata[i];
            if (strcmp(c->kind, ids[r]) != 0) continue;
            if (case_accepts(c, c->input))
                kept++;
            else
                changing++;
        }
        if (!changing || !kept) g_error("%s: %zu change, %zu stay", ids[r], changing, kept);
    }
}

/* What the generators write, the engine leaves as it is. */
static void test_generated(void) {
    static const char *const tables[] = {"format-sample.tsv", "format-cases.tsv"};
    for (size_t t = 0; t < G_N_ELEMENTS(tables); t++) {
        g_autoptr(GPtrArray) cases = cases_load(tables[t]);
        for (size_t i = 0; i < cases->len; i++) {
            const Case *c = cases->pdata[i];
            if (g_strv_contains((const char *const[]){"sort", "axis", "elide", NULL}, c->kind))
                continue;
            g_autofree char *text = set(c->accepted[0]);
            g_assert_cmpstr(text, ==, c->accepted[0]);
        }
    }
}

static void test_options(void) {
    static const char *const brands[] = {"Hop!", NULL};
    static const struct {
        FrTypoOptions options;
        const char *from, *to;
    } cases[] = {
        {{.guillemet_space = FR_SPACE_NNBSP}, "« mot »", "«\u202fmot\u202f»"},
        {{.unit_space = FR_SPACE_NNBSP}, "5 km et 5 %", "5\u202fkm et 5\u00a0%"},
        {{.incise_dash = FR_INCISE_EM}, "oui - non", "oui —\u00a0non"},
        {{.range_dash = FR_RANGE_HYPHEN}, "1997-2001", "1997-2001"},
        {{.locale = FR_TYPO_CANADA}, "Oui ! Non ; bon ?", "Oui! Non; bon?"},
        {{.locale = FR_TYPO_SWITZERLAND}, "Bilan : nul", "Bilan\u202f: nul"},
        {{.brands = brands}, "Vol Hop! 4", "Vol Hop! 4"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = fr_typo(cases[i].from, FR_TYPO_PLAIN, &cases[i].options);
        g_assert_cmpstr(text, ==, cases[i].to);
        assert_stable(cases[i].from, FR_TYPO_PLAIN, &cases[i].options);
    }
}

static void test_edits(void) {
    const char *text = "<i>L'an</i> ?";
    g_autoptr(GArray) edits = fr_typo_edits(text, FR_TYPO_MARKUP, NULL, NULL);
    g_assert_cmpuint(edits->len, ==, 2);
    const FrTypoEdit *first = &g_array_index(edits, FrTypoEdit, 0);
    const FrTypoEdit *second = &g_array_index(edits, FrTypoEdit, 1);
    g_assert_cmpuint(first->at, ==, 4);
    g_assert_cmpuint(first->removed, ==, 1);
    g_assert_cmpstr(first->inserted, ==, "’");
    g_assert_cmpstr(first->rule, ==, "APO-01");
    g_assert_cmpuint(second->at, ==, 11);
    g_assert_cmpuint(second->removed, ==, 1);
    g_assert_cmpstr(second->inserted, ==, "\u202f");
    g_assert_cmpstr(second->rule, ==, "ESP-01");
}

static void test_lines(void) {
    g_autofree char *text = set("Oui ?\nNon !\n");
    g_assert_cmpstr(text, ==, "Oui\u202f?\nNon\u202f!\n");
}

static void test_invalid(void) {
    char *error = NULL;
    g_assert_null(fr_typo_edits("ab\xff", FR_TYPO_PLAIN, NULL, &error));
    g_assert_cmpstr(error, ==, "the text is not valid UTF-8 at byte 3: it must be saved in UTF-8.");
    g_free(error);
    g_assert_null(fr_typo("\xc3", FR_TYPO_PLAIN, NULL));
}

static void test_rules_are_named(void) {
    for (size_t i = 0; i < fr_typo_rule_count(); i++) {
        FrTypoRule rule = fr_typo_rule(i);
        g_assert_cmpuint(strlen(rule.id), >=, 6);
        g_assert_cmpuint(strlen(rule.says), >, 0);
        for (size_t j = 0; j < i; j++) g_assert_cmpstr(fr_typo_rule(j).id, !=, rule.id);
    }
}

/* Runs of marks settle however long they are. */
static void test_runs_of_marks(void) {
    static const char *const units[] = {";", "!", "?!", ";!", ":;", ";:", "?:", "! ;", "«;", "…!"};
    for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
        g_autoptr(GString) text = g_string_new("mot");
        for (int i = 0; i < 200; i++) g_string_append(text, units[u]);
        assert_stable(text->str, FR_TYPO_PLAIN, NULL);
        g_string_append(text, " suite");
        assert_stable(text->str, FR_TYPO_MARKUP, NULL);
    }
    g_autofree char *run = set("Quoi;;; non");
    g_assert_cmpstr(run, ==, "Quoi\u202f;;; non");
}

/* Text made of what the rules look for, joined at random. */
static char *random_text(void) {
    static const char *const pieces[] = {
        " ",       " ",       " ",       " ",      "  ",
        "\t",      "\u00a0",  "\u202f",  "\u2009", "!",
        "?",       ";",       ":",       ",",      ".",
        "...",     "…",       "-",       "--",     "–",
        "—",       "«",       "»",       "“",      "”",
        "\"",      "'",       "’",       "(",      ")",
        "[",       "]",       "`",       "/",      "\\",
        "_",       "@",       "#",       "%",      "€",
        "$",       "°",       "°C",      "x",      "×",
        "1",       "2",       "12",      "2019",   "1997",
        "000",     "350",     "14h30",   "9h",     "3ème",
        "1ère",    "IVe",     "XIX",     "siècle", "mai",
        "Mai",     "sept.",   "le",      "du",     "km",
        "m2",      "t",       "h",       "M",      "M.",
        "Mme",     "Dr",      "p.",      "page",   "etc",
        "A",       "Ca",      "la",      "va",     "à",
        "et",      "Petit",   "J.-C.",   "av.",    "J.-L.",
        "B.",      "Henri",   "soeur",   "ex",     "aequo",
        "Etat",    "mot",     "Mot",     "l'an",   "euros",
        "ans",     "emplois", "T3",      "n°",     "§",
        ":)",      "www.",    "ex.org",  "://",    "E:",
        "a.csv",   "{x}",     "--v",     "Yahoo!", "06 12 34 56 78",
        "e\u0301", "\u0301",  "<i>",     "</i>",   "<tt>",
        "</tt>",   "<",       "&",       "&amp;",  "&#8239;",
        ";",       "é",       "中",      "🙂",   "\u2212",
        "+",       "=",       "million", "Md",     "k€",
        "1234567", "0",       "doi:1",   "B2C",
    };
    GString *out = g_string_new(NULL);
    int n = g_test_rand_int_range(1, 24);
    for (int i = 0; i < n; i++)
        g_string_append(out, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
    return g_string_free(out, FALSE);
}

static void test_stable(void) {
    int rounds = g_test_slow() ? 2000000 : 20000;
    for (int i = 0; i < rounds; i++) {
        g_autofree char *text = random_text();
        FrTypoOptions options = {
            .guillemet_space = (FrTypoSpace)g_test_rand_int_range(0, 2),
            .unit_space = (FrTypoSpace)g_test_rand_int_range(0, 2),
            .incise_dash = (FrTypoIncise)g_test_rand_int_range(0, 2),
            .range_dash = (FrTypoRange)g_test_rand_int_range(0, 2),
            .locale = (FrTypoLocale)g_test_rand_int_range(0, 3),
        };
        assert_stable(text, FR_TYPO_MARKUP, &options);
        assert_stable(text, FR_TYPO_PLAIN, NULL);
    }
}

/* Letters in their order, but for those that some rule spells anew; digits all. */
static char *digits_of(const char *text) {
    GString *out = g_string_new(NULL);
    for (; *text; text++)
        if (g_ascii_isdigit(*text)) g_string_append_c(out, *text);
    return g_string_free(out, FALSE);
}

static void test_keeps_digits(void) {
    for (int i = 0; i < 20000; i++) {
        g_autofree char *text = random_text();
        if (strstr(text, "m2")) continue; /* becomes m² */
        g_autofree char *result = fr_typo(text, FR_TYPO_PLAIN, NULL);
        g_autofree char *before = digits_of(text), *after = digits_of(result);
        g_assert_cmpstr(before, ==, after);
    }
}

/* The edits are in order, apart, and lead to the result. */
static void test_edits_are_ordered(void) {
    for (int i = 0; i < 20000; i++) {
        g_autofree char *text = random_text();
        g_autoptr(GArray) edits = fr_typo_edits(text, FR_TYPO_MARKUP, NULL, NULL);
        size_t done = 0;
        for (size_t e = 0; e < edits->len; e++) {
            const FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, e);
            g_assert_cmpuint(edit->at, >=, done);
            g_assert_true(edit->removed > 0 || *edit->inserted);
            done = edit->at + edit->removed;
        }
        g_assert_cmpuint(done, <=, strlen(text));
        g_autofree char *result = fr_typo_apply(text, edits);
        g_assert_true(g_utf8_validate(result, -1, NULL));
    }
}

/* A long text without a space takes about as long as one of prose. */
static void test_linear(void) {
    static const char *const units[] = {
        "a",   "1",       "-",      "`",     "\"", "«",     "(",      "<",      "&",
        "!",   ".",       "a:",     "a.",    "1-", "1:",    "00 ",    "1 000 ", "A.",
        "://", "x:",      "@",      "ab@",   "1.", "12 - ", "a - ",   "{",      "<b ",
        "–",   "e\u0301", "\u0301", "'",     "%(", "l'",    "\u00a0", " ",      "? ",
        "IV ", "1 mai ",  "+1 1 ",  "a`b``", "M",  "“",     "/",      "www.",
    };
    for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < 1 << 18) g_string_append(text, units[u]);
        gint64 start = g_get_monotonic_time();
        g_autofree char *result = set(text->str);
        double seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
        g_assert_nonnull(result);
        g_autofree char *shown = g_strescape(units[u], NULL);
        if (seconds > 2) g_test_message("`%s`: %.2f s for a quarter of a megabyte", shown, seconds);
        g_assert_cmpfloat(seconds, <, 8); /* a quadratic rule takes hours */
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lang/fr_typo/sample", test_sample);
    g_test_add_func("/lang/fr_typo/cases", test_cases);
    g_test_add_func("/lang/fr_typo/rules", test_rules);
    g_test_add_func("/lang/fr_typo/rules_are_covered", test_rules_are_covered);
    g_test_add_func("/lang/fr_typo/generated", test_generated);
    g_test_add_func("/lang/fr_typo/options", test_options);
    g_test_add_func("/lang/fr_typo/edits", test_edits);
    g_test_add_func("/lang/fr_typo/lines", test_lines);
    g_test_add_func("/lang/fr_typo/invalid", test_invalid);
    g_test_add_func("/lang/fr_typo/rules_are_named", test_rules_are_named);
    g_test_add_func("/lang/fr_typo/runs_of_marks", test_runs_of_marks);
    g_test_add_func("/lang/fr_typo/stable", test_stable);
    g_test_add_func("/lang/fr_typo/keeps_digits", test_keeps_digits);
    g_test_add_func("/lang/fr_typo/edits_are_ordered", test_edits_are_ordered);
    g_test_add_func("/lang/fr_typo/linear", test_linear);
    return g_test_run();
}
