#include "report/rich.h"

#include <string.h>

#define NB "\u00A0"
#define NNB "\u202F"

static const Color theft = {143, 29, 44, 255};

static bool find_color([[maybe_unused]] const void *owner, const char *role, Color *ret_color) {
    if (!g_str_equal(role, "theft")) return false;
    return *ret_color = theft, true;
}

static RichText parse(const char *markdown, Arena *arena, Diag *diag) {
    return rich_parse(markdown, (RichContext){.color = find_color}, (Span){0}, arena, diag);
}

/* Spans as text: [b:gras], [i:italique], [c:coloré], [s:raised], [k:SMALL CAPITALS] or several of
 * them; plain words as they are. */
static char *show(RichText text) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < text.n; i++) {
        const TextSpan *span = &text.spans[i];
        g_autofree char *style = g_strconcat(
            span->is_bold ? "b" : "", span->is_italic ? "i" : "", span->has_color ? "c" : "",
            span->is_superior ? "s" : "", span->is_small_caps ? "k" : "", NULL);
        bool is_plain = !*style;
        if (!is_plain) g_string_append_printf(out, "[%s:", style);
        g_string_append_len(out, span->text, (gssize)span->len);
        if (!is_plain) g_string_append_c(out, ']');
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* The spans are the plain text, whole, in order, cut between characters. */
static void expect_whole(RichText text) {
    const char *at = text.plain;
    for (size_t i = 0; i < text.n; i++) {
        g_assert_true(text.spans[i].text == at);
        g_assert_true(g_utf8_validate(at, (gssize)text.spans[i].len, NULL));
        at += text.spans[i].len;
    }
    g_assert_cmpuint((size_t)(at - text.plain), ==, strlen(text.plain));
}

static void expect(const char *markdown, const char *wanted) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    g_test_message("%s", markdown);
    RichText text = parse(markdown, arena, diag);
    g_autofree char *shown = show(text);
    g_assert_cmpstr(shown, ==, wanted);
    g_assert_cmpuint(diag_count(diag), ==, 0);
    expect_whole(text);
}

static void test_styles(void) {
    expect("un texte", "un texte");
    expect("", "");
    expect("un **mot** gras", "un [b:mot] gras");
    expect("**Upbit** et *Ronin*", "[b:Upbit] et [i:Ronin]");
    expect("un _mot_ ici", "un [i:mot] ici");
    expect("***tout***", "[bi:tout]");
    expect("**gras *et italique***", "[b:gras ][bi:et italique]");
    expect("a\\*b\\*c", "a*b*c");
    expect("&amp; &eacute;", "& é");
}

static void test_colors(void) {
    expect("[mots](color:theft) fin", "[c:mots] fin");
    expect("[**Upbit** volé](color:theft) fin", "[bc:Upbit][c: volé] fin");
    expect("un **[mots](color:theft)**", "un [bc:mots]");
    expect("[mots](https://example.org) fin", "mots fin");
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    RichText text = parse("[mots](color:theft)", arena, diag);
    g_assert_cmpmem(&text.spans[0].color, sizeof(Color), &theft, sizeof theft);
}

static void test_unknown_color(void) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    RichText text = parse("[mots](color:teft)", arena, diag);
    g_assert_cmpstr(text.plain, ==, "mots");
    g_assert_cmpuint(diag_errors(diag), ==, 1);
    g_assert_cmpstr(diag_at(diag, 0)->code, ==, "unknown-value");
    g_assert_cmpstr(diag_at(diag, 0)->message, ==, "« teft » is not a colour of the theme");
    /* Without anybody who knows colours, none is known. */
    text = rich_parse("[mots](color:theft)", (RichContext){0}, (Span){0}, arena, diag);
    g_assert_cmpuint(diag_errors(diag), ==, 2);
    g_assert_false(text.spans[0].has_color);
}

/* Emphasis opens at the start of a line as it does after a space. */
static void test_line_start(void) {
    expect("**« Bilan : nul »** net", "[b:«" NB "Bilan" NB ": nul" NB "»] net");
    expect("**(a)** b", "[b:(a)] b");
    expect("_mot_ ici", "[i:mot] ici");
    expect("**[mots](color:theft)**", "[bc:mots]");
    expect("**\\$5**", "[b:$5]");
    expect("a\\\n**« b »**", "a\n[b:«" NB "b" NB "»]");
    /* Nothing of the machinery is left in what goes on over lines. */
    expect("<!-- a\nb -->", "<!-- a\nb -->");
    expect("`a\nb`", "a b");
}

static void test_lines(void) {
    expect("a\nb", "a b");
    expect("a\\\nb", "a\nb");
    expect("a  \nb", "a\nb");
    expect("a\n\nb", "a\nb");
    expect("**Upbit**\\\n[57 M$](color:theft)", "[b:Upbit]\n[c:57" NB "M$]");
}

/* What opens a block in Markdown is text here, on any line. */
static void test_blocks(void) {
    static const char *const texts[] = {"# titre",   "## titre", "> cité", "1. un", "2) deux",
                                        "***",       "___",      "+ un",   "===",   "~~~",
                                        "| a | b |", "1986.",    "[a]",    "#1",    "+ 5"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        expect(texts[i], texts[i]);
        g_autofree char *second = g_strdup_printf("avant\\\n%s", texts[i]);
        g_autofree char *wanted = g_strdup_printf("avant\n%s", texts[i]);
        expect(second, wanted);
    }
    expect("titre\n===", "titre ===");
    expect("titre\n---", "titre ---");
    expect("a\n  # b", "a # b");
    expect("- tiret", "—" NB "tiret");
}

static void test_html(void) {
    expect("<b>gras</b>", "<b>gras</b>");
    expect("<script>x</script>", "<script>x</script>");
    expect("<div>\nx\n</div>", "<div> x </div>");
    expect("a <br> b", "a <br> b");
}

/* Edits of typography move the ends of the spans with the text. */
static void test_typography(void) {
    expect("« Bilan : nul »", "«" NB "Bilan" NB ": nul" NB "»");
    expect("« **Bilan** : *nul* »", "«" NB "[b:Bilan]" NB ": [i:nul]" NB "»");
    expect("\"**Bilan**: nul\"", "«" NB "[b:Bilan]" NB ": nul" NB "»");
    expect("\"Bilan : **nul**\"", "«" NB "Bilan" NB ": [b:nul]" NB "»");
    expect("le **bilan : nul** !", "le [b:bilan" NB ": nul]" NNB "!");
    expect("**l**'été", "[b:l]’été");
    expect("l'*été*", "l’[i:été]");
    expect("pr**è**s de *10 000* km...", "pr[b:è]s de [i:10" NNB "000]" NB "km…");
    expect("a [**b** ?](color:theft) c ;", "a [bc:b][c:" NNB "?] c" NNB ";");
}

/* Letters that French raises or sets in small capitals, whatever styles they stand in. */
static void test_display(void) {
    expect("le 1er mai", "le 1[s:er]" NB "mai");
    expect("le 1ère fois", "le 1[s:re] fois"); /* as typography sets it */
    expect("au XXe siècle", "au [k:XX][s:e]" NB "siècle");
    expect("XVIIe et XVIIIe siècles", "[k:XVII][s:e] et [k:XVIII][s:e]" NB "siècles");
    expect("**Mme Petit**, *1er* ici", "[b:M][bs:me][b:" NB "Petit], [i:1][is:er] ici");
    expect("**X**Xe siècle", "[bk:X][k:X][s:e]" NB "siècle");
    expect("le **1**er [mai](color:theft)", "le [b:1][s:er]" NB "[c:mai]");
    expect("Louis XIV, n° 4", "Louis" NB "XIV, n[s:°]" NB "4");
    /* Code is set as it is. */
    expect("le `1er` et le 2e", "le 1er et le 2[s:e]");
    expect("`XXe siècle : 1er`", "XXe siècle : 1er");
    expect("a : `b : c` : d", "a" NB ": b : c" NB ": d");
    expect("LE XXE SIÈCLE, https://exemple.org/2e", "LE XXE SIÈCLE, https://exemple.org/2e");
}

static void expect_plain(const char *value, Arena *arena, Diag *diag) {
    g_autoptr(GString) alone = g_string_new(NULL), inside = g_string_new("x **y ");
    rich_escape(alone, value);
    rich_escape(inside, value);
    g_string_append(inside, " z**");
    g_test_message("%s", alone->str);
    RichText text = parse(alone->str, arena, diag), bold = parse(inside->str, arena, diag);
    expect_whole(text);
    for (size_t i = 0; i < text.n; i++)
        g_assert_false(text.spans[i].is_bold || text.spans[i].is_italic || text.spans[i].has_color);
    for (const char *p = value; *p; p++) /* typography makes dashes of hyphens */
        if (*p != '-' && *p != ' ') g_assert_nonnull(strchr(text.plain, *p));
    g_assert_true(g_str_has_prefix(bold.plain, "x y"));
    g_assert_true(g_str_has_suffix(bold.plain, "z"));
    for (size_t i = 0; i < bold.n; i++) {
        g_assert_true(bold.spans[i].is_bold == (bold.spans[i].text != bold.plain));
        g_assert_false(bold.spans[i].is_italic || bold.spans[i].has_color);
    }
}

/* Values of data are never Markdown, whatever they hold and wherever they stand. */
static void test_escape(void) {
    static const char *const values[] = {
        "a*b*_c_ `q` \\ & # ~ | x",
        "[x](color:theft)",
        "<b>x</b>",
        "**gras**",
        "# titre",
        "- liste",
        "1. un",
        "{accolades}",
        "&eacute",
        "a_b_c",
        "> cité",
        "!",
        "",
    };
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) expect_plain(values[i], arena, diag);
    g_assert_cmpuint(diag_count(diag), ==, 0);
    g_autoptr(GString) escaped = g_string_new(NULL);
    rich_escape(escaped, "Upbit, Séoul");
    expect(escaped->str, "Upbit, Séoul");
}

static void test_escape_lines(void) {
    g_autoptr(GString) escaped = g_string_new(NULL);
    rich_escape(escaped, "a\nb\r\nc");
    g_assert_cmpstr(escaped->str, ==, "a b  c");
}

/* Strong emphasis about an empty value is nothing. */
static void test_empty_value(void) {
    expect("****", "");
    expect("x **** y", "x y");
    expect("**a****b**", "[b:ab]");
}

/* Any mixture of pieces gives whole spans and no fault. */
static void test_any(void) {
    static const char *const pieces[] = {"**", "*",   "é",     " ",   "\"",  "'",       ":",
                                         "!",  "mot", "10000", "\n",  "\\",  "[",       "](",
                                         ")",  "`",   "<b>",   "…",   "- ",  "# ",      "_",
                                         "km", "&",   "\n\n",  "1er", "XXe", " siècle", "Mme "};
    for (int i = 0; i < 3000; i++) {
        g_autoptr(GString) markdown = g_string_new(NULL);
        for (int k = g_test_rand_int_range(0, 14); k > 0; k--)
            g_string_append(markdown, pieces[g_test_rand_int_range(0, (int)G_N_ELEMENTS(pieces))]);
        g_autoptr(Arena) arena = arena_new();
        g_autoptr(Diag) diag = diag_new();
        g_test_message("%s", markdown->str);
        expect_whole(parse(markdown->str, arena, diag));
        g_assert_cmpuint(diag_count(diag), ==, 0);
    }
}

/* Text from the data: typography and display, and no Markdown. */
static void test_plain(void) {
    g_autoptr(Arena) arena = arena_new();
    const FrTypoOptions narrow = {.guillemet_space = FR_SPACE_NNBSP};
    const struct {
        const char *text, *shown;
        const FrTypoOptions *options;
    } cases[] = {
        {"", "", NULL},
        {"l'an \"x\" ;", "l’an «" NB "x" NB "»" NNB ";", NULL},
        {"l'an \"x\"", "l’an «" NNB "x" NNB "»", &narrow},
        {"**a** [b](color:theft) 1. # \\*", "**a** [b](color:theft) 1. # \\*", NULL},
        {"1er mai", "1[s:er]" NB "mai", NULL},
        {"`a ; b` d'ici", "`a ; b` d’ici", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RichText text = rich_plain(cases[i].text, cases[i].options, arena);
        g_autofree char *shown = show(text);
        g_assert_cmpstr(shown, ==, cases[i].shown);
        expect_whole(text);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/rich/styles", test_styles);
    g_test_add_func("/report/rich/colors", test_colors);
    g_test_add_func("/report/rich/unknown-color", test_unknown_color);
    g_test_add_func("/report/rich/line-start", test_line_start);
    g_test_add_func("/report/rich/lines", test_lines);
    g_test_add_func("/report/rich/blocks", test_blocks);
    g_test_add_func("/report/rich/html", test_html);
    g_test_add_func("/report/rich/typography", test_typography);
    g_test_add_func("/report/rich/display", test_display);
    g_test_add_func("/report/rich/escape", test_escape);
    g_test_add_func("/report/rich/escape-lines", test_escape_lines);
    g_test_add_func("/report/rich/empty-value", test_empty_value);
    g_test_add_func("/report/rich/any", test_any);
    g_test_add_func("/report/rich/plain", test_plain);
    return g_test_run();
}
