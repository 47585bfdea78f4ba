#include "lang/fr_hyphen.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define NB "\u00a0"
#define NNB "\u202f"
#define SHY "\u00ad"

static FrHyphen *load(void) {
    g_autoptr(Diag) diag = diag_new();
    FrHyphen *hyphens = fr_hyphen_load(HYPHENATION, diag);
    g_assert_nonnull(hyphens);
    g_assert_cmpuint(diag_count(diag), ==, 0);
    return hyphens;
}

/* The text with ~ at each cut. */
static char *show(const FrHyphen *hyphens, const char *text) {
    size_t len = strlen(text);
    g_autofree bool *cuts = g_new(bool, len + 1);
    memset(cuts, true, len + 1);
    fr_hyphen_find(hyphens, text, len, cuts);
    GString *shown = g_string_new(NULL);
    for (size_t i = 0; i <= len; i++) {
        if (cuts[i]) g_string_append_c(shown, '~');
        if (i < len) g_string_append_c(shown, text[i]);
    }
    return g_string_free(shown, FALSE);
}

/* `wanted` is the text and where it is cut. */
static void expect(const FrHyphen *hyphens, const char *wanted) {
    g_auto(GStrv) parts = g_strsplit(wanted, "~", -1);
    g_autofree char *text = g_strjoinv("", parts), *shown = show(hyphens, text);
    g_assert_cmpstr(shown, ==, wanted);
}

/* The same in the middle of a sentence. */
static void expect_words(const FrHyphen *hyphens, const char *words) {
    g_auto(GStrv) each = g_strsplit(words, " ", -1);
    for (size_t i = 0; each[i]; i++) {
        g_autofree char *sentence = g_strdup_printf("Et le %s est là.", each[i]);
        expect(hyphens, sentence);
    }
}

/* CES-01: the divisions of the Imprimerie nationale, two letters before and three after. */
static void test_words(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect_words(hyphens,
                 "consti~tu~tion dé~ve~lop~pe~ment en~sei~gne~ment mis~siles cryp~to~mon~naies "
                 "sanc~tions in~ac~tion trans~at~lan~tique psy~cho~lo~gie dés~œu~vré éten~dard "
                 "ma~nœuvre at~mo~sphère hy~dro~gène tech~nique ins~truc~tion éta~blis~se~ment "
                 "si~gni~fi~ca~tion por~te~feuille ex~pli~quer concur~rence éclai~rage naï~veté "
                 "réus~site in~ter~con~ti~nen~taux ki~lo~mètres");
    /* CES-08: five letters are too few. */
    expect_words(hyphens, "mardi parti école veste");
    expect(hyphens, "");
    expect(hyphens, "Les mis~siles — in~ter~con~ti~nen~taux, par exemple — sont là.");
    expect(hyphens, "Il a dit « dé~ve~lop~pe~ment » (puis sanc~tions), in~ac~tion… là !");
}

/* CES-02: the minima count from an apostrophe. */
static void test_apostrophe(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect_words(hyphens, "l’éten~dard l'éten~dard d’au~to~routes l’in~ac~tion l’équipe "
                          "lorsqu’il presqu’île quelqu’un au~jourd’hui jusqu’alors");
}

/* CES-03: what is no common word. */
static void test_names(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect_words(hyphens,
                 "Pyongyang Constitution d’Alembertiens UNICEF CONSTITUTION iPhonique "
                 "développement2 2développement développement(s) développement/constitution "
                 "#développement @développement $développement");
    /* A capital opens a sentence with a common word of grammar, or with who knows what. */
    expect(hyphens, "Ce~pen~dant rien. Au~jourd’hui non plus. Constitution ici, Cependant là.");
    expect(hyphens, "L’éta~blis~se~ment ferme.");
    /* A point inside a sentence ends an abbreviation. */
    expect(hyphens, "La constit. de 1958, le départem., la sanc~tion. Et là.");
    /* English */
    expect_words(hyphens, "blockchain ransomware marketing hacking phishing");
}

static void test_machines(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect_words(hyphens, "https://exemple.org/developpement/constitution developpement.com "
                          "jean.developpement@exemple.org /usr/share/developpement "
                          "C:\\developpement snake_developpement --developpement {developpement}");
    expect(hyphens, "Le `developpement interne` de la sanc~tion est là.");
}

/* A dictionary of the test, in a file that lasts as long as the call. */
static FrHyphen *load_text(const char *text, size_t len, Diag *diag) {
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("hyphen-XXXXXX.dic", &path, NULL);
    g_assert_cmpint(fd, >=, 0);
    close(fd);
    g_assert_true(g_file_set_contents(path, text, (gssize)len, NULL));
    FrHyphen *hyphens = fr_hyphen_load(path, diag);
    g_assert_cmpint(g_unlink(path), ==, 0);
    return hyphens;
}

/* Patterns that allow a cut before every letter: what is left is our own rules. */
static FrHyphen *load_all(void) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzàâæçèéêëîïôùûüÿœ";
    g_autoptr(GString) text = g_string_new("UTF-8\n");
    for (const char *p = letters; *p; p = g_utf8_next_char(p))
        g_string_append_printf(text, "1%.*s\n", (int)(g_utf8_next_char(p) - p), p);
    g_autoptr(Diag) diag = diag_new();
    FrHyphen *hyphens = load_text(text->str, text->len, diag);
    g_assert_nonnull(hyphens);
    return hyphens;
}

/* CES-03, with the patterns and with none to help. */
static void test_letters(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect_words(hyphens, "oléique océan coopé~ra~tion taxa~tion exa~gé~rer exact em~ployer "
                          "royaume rayer payer po~li~tiques théâtre parlent obs~tacle");
    g_autoptr(FrHyphen) all = load_all();
    expect_words(all, "ex~t~r~a~c~t~ion ol~éique taxa~t~ion royaumes em~p~l~oyer"); /* vowels */
    expect_words(all, "montres em~b~arques lo~n~g~uer longues");                    /* mute ends */
}

/* CES-04 */
static void test_compounds(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect_words(hyphens, "Saint-Étienne porte-documents développement-durable "
                          "développement–durable hors‑développement");
}

/* The last word of what the author ends is whole, whatever marks follow it. */
static void test_last_word(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect(hyphens, "développement");
    expect(hyphens, "Le dé~ve~lop~pe~ment de la constitution");
    expect(hyphens, "Et la constitution" NNB "!");
    expect(hyphens, "Et la «" NB "constitution" NB "».");
    expect(hyphens, "Et la constitution" NNB "3."); /* the call of a note */
    expect(hyphens, "Et la constitution (1958) –");
    expect(hyphens, "La sanc~tion de la constitution\nLa sanc~tion des sanctions\n");
}

/* CES-07, with patterns that would leave each of these halves. */
static void test_unfortunate(void) {
    static const char *const words[] = {"conseil",  "culture", "violation", "public",
                                        "disputer", "calcul",  "balcon",    "fichier"};
    static const char *const halves[] = {"con~",   "cul~", "vio~", "pu~",
                                         "~puter", "~cul", "~con", "~chier"};
    g_autoptr(FrHyphen) hyphens = load(), all = load_all();
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        g_autofree char *text = g_strdup_printf("Et le %s est là.", words[i]);
        g_autofree char *shown = show(all, text);
        g_assert_null(strstr(shown, halves[i]));
        g_assert_nonnull(strchr(shown, '~'));
    }
    expect_words(hyphens, "conseil culture violence public dispute calcul balcon fichier "
                          "puni~tion culpa~bi~lité re~cu~ler ana~lyse");
}

/* The author's soft hyphens, and no other cut: in any word of a text, but not in code. */
static void test_soft_hyphen(void) {
    g_autoptr(FrHyphen) hyphens = load();
    expect(hyphens, "Le déve" SHY "~loppement de Kim" SHY "~berly est ici, déve" SHY "~loppement");
    expect(hyphens, "Les porte-docu" SHY "~ments et le mot" SHY " " SHY "mot");
    expect(hyphens, "Le `dé" SHY "veloppement` est là.");
}

static void test_faults(void) {
    static const struct {
        const char *text;
        size_t len;
    } files[] = {{"", 0},
                 {"\n1a\n", 4},
                 {"UTF-8\n", 6},
                 {"UTF-8\n\xff\n", 8},
                 {"latin-mille\n1a\n", 15},
                 {"UTF-8\n1a\0\n", 10},
                 {"Ce fichier n’est pas un dictionnaire.\n", 41},
                 {"KOI8-R\n1b1c1d\n", 14}};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(Diag) diag = diag_new();
        g_assert_null(load_text(files[i].text, files[i].len, diag));
        g_assert_cmpuint(diag_count(diag), ==, 1);
        g_assert_true(g_str_has_suffix(diag_at(diag, 0)->message,
                                       ".dic: not a hyphenation dictionary of French"));
        g_assert_nonnull(strstr(diag_at(diag, 0)->hint, "fonts.hyphenation"));
    }
    g_autoptr(Diag) diag = diag_new();
    g_assert_null(fr_hyphen_load("/nowhere/hyph_fr.dic", diag));
    g_assert_null(fr_hyphen_load("/", diag));
    g_assert_cmpuint(diag_errors(diag), ==, 2);
    g_assert_cmpstr(diag_at(diag, 0)->message, ==,
                    "/nowhere/hyph_fr.dic: No such file or directory");
    g_assert_nonnull(strstr(diag_at(diag, 0)->hint, "install the package hyphen-fr"));
    g_assert_cmpstr(diag_at(diag, 1)->message, ==, "/: it is a directory");
    fr_hyphen_free(NULL);
}

/* A dictionary in the charset it declares; what the charset lacks is not cut. */
static void test_charset(void) {
    g_autofree char *utf8 = NULL;
    g_assert_true(g_file_get_contents(HYPHENATION, &utf8, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(utf8, "\n", -1);
    g_autoptr(GString) latin = g_string_new("ISO8859-1\n");
    for (size_t i = 1; lines[i]; i++) { /* œ and ’ are not in it */
        g_autofree char *line = g_convert(lines[i], -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL);
        if (line) g_string_append_printf(latin, "%s\n", line);
    }
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(FrHyphen) hyphens = load_text(latin->str, latin->len, diag);
    g_assert_nonnull(hyphens);
    expect_words(hyphens, "dé~ve~lop~pe~ment éta~blis~se~ment sanc~tions désœuvré manœuvre");
}

static bool is_letter_at(const char *text, const char *p) {
    return p >= text && g_unichar_isalpha(g_utf8_get_char(p));
}

/* Of the letters before or after a place. */
static size_t letters_before(const char *text, const char *p) {
    size_t n = 0;
    for (; p > text && is_letter_at(text, g_utf8_prev_char(p)); n++) p = g_utf8_prev_char(p);
    return n;
}

static size_t letters_after(const char *text, const char *p) {
    size_t n = 0;
    for (; *p && is_letter_at(text, p); n++) p = g_utf8_next_char(p);
    return n;
}

static bool touches_sign(const char *text, const char *p) {
    const char *start = p, *end = p;
    while (start > text && !strchr(" \n", start[-1])) start--;
    while (!strchr(" \n", *end)) end++;
    for (const char *c = start; c < end; c++)
        if (g_ascii_isdigit(*c) || strchr("-_/@#`", *c)) return true;
    return false;
}

/* Each cut lies in a word of six letters or more, two before and three after, with no digit and no
 * hyphen in what the spaces hold. */
static void test_any(void) {
    static const char *const pieces[] = {"con", "sti", "tion", "dé",  "ve",   "lop", "ment", "œu",
                                         "vré", "qu",  "tre",  "x",   "y",    "a",   "é",    " ",
                                         " ",   " ",   "’",    "'",   "-",    "1",   "M",    "É",
                                         ". ",  "/",   "\n",   NB,    "(",    ")",   "«",    "_",
                                         "`",   "@",   "…",    "les", "naux", "mis", "w",    "#"};
    g_autoptr(FrHyphen) hyphens = load(), all = load_all();
    size_t n_cuts = 0;
    for (int i = 0; i < 4000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        for (int k = g_test_rand_int_range(0, 40); k > 0; k--)
            g_string_append(text, pieces[g_test_rand_int_range(0, (int)G_N_ELEMENTS(pieces))]);
        g_autofree bool *cuts = g_new(bool, text->len + 1);
        fr_hyphen_find(i % 2 ? hyphens : all, text->str, text->len, cuts);
        g_string_replace(text, NB, "  ", 0); /* as long */
        g_test_message("%s", text->str);
        for (size_t b = 0; b <= text->len; b++) {
            if (!cuts[b]) continue;
            const char *at = text->str + b;
            size_t before = letters_before(text->str, at), after = letters_after(text->str, at);
            g_assert_true(is_letter_at(text->str, at)); /* and not inside a character */
            g_assert_cmpuint(before, >=, 2);
            g_assert_cmpuint(after, >=, 3);
            g_assert_cmpuint(before + after, >=, 6);
            g_assert_false(touches_sign(text->str, at));
            n_cuts++;
        }
    }
    g_assert_cmpuint(n_cuts, >, 200);
}

/* A megabyte without a space, or of marks: a quadratic search takes hours. */
static void test_linear(void) {
    static const char *const units[] = {
        "a",     "constitution", "-", "’", "a’",     "constitution’",
        SHY,     "a\u00ad",      " ", ".", "(",      "A. ",
        "mot ",  "Mot. ",        "`", "é", NB,       "constitution ",
        "\n",    "a\n",          "«", "@", "((Mot ", "e\u0301",
        "\u0301"};
    g_autoptr(FrHyphen) hyphens = load();
    for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < 1 << 20) g_string_append(text, units[u]);
        g_autofree bool *cuts = g_new(bool, text->len + 1);
        gint64 start = g_get_monotonic_time();
        fr_hyphen_find(hyphens, text->str, text->len, cuts);
        double seconds = (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
        g_autofree char *shown = g_strescape(units[u], NULL);
        g_test_message("`%s`: %.2f s for a megabyte", shown, seconds);
        g_assert_cmpfloat(seconds, <, 8);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lang/fr_hyphen/words", test_words);
    g_test_add_func("/lang/fr_hyphen/apostrophe", test_apostrophe);
    g_test_add_func("/lang/fr_hyphen/names", test_names);
    g_test_add_func("/lang/fr_hyphen/machines", test_machines);
    g_test_add_func("/lang/fr_hyphen/letters", test_letters);
    g_test_add_func("/lang/fr_hyphen/compounds", test_compounds);
    g_test_add_func("/lang/fr_hyphen/last-word", test_last_word);
    g_test_add_func("/lang/fr_hyphen/unfortunate", test_unfortunate);
    g_test_add_func("/lang/fr_hyphen/soft-hyphen", test_soft_hyphen);
    g_test_add_func("/lang/fr_hyphen/faults", test_faults);
    g_test_add_func("/lang/fr_hyphen/charset", test_charset);
    g_test_add_func("/lang/fr_hyphen/any", test_any);
    g_test_add_func("/lang/fr_hyphen/linear", test_linear);
    return g_test_run();
}
