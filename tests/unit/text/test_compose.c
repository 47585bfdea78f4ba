/* Paragraphs as books set them: justified, hyphenated, with margins that hang. */
#include "text/para.h"

#include <math.h>
#include <string.h>

#define NB "\u00a0"
#define FINE "\u202f"
#define SHY "\u00ad"

typedef struct {
    Fonts *fonts;
    FrHyphen *hyphens;
    Arena *arena;
    Diag *diag;
} Fixture;

static const TextStyle style = {.family = "Linux Libertine O", .size = 10, .leading = 13.5};

static const char prose[] =
    "Les relevés de la semaine sont arrivés avec deux jours de retard, ce qui n’a surpris personne "
    "au service des archives. Un chercheur de passage les a repris ligne par ligne" FINE
    "; il en a "
    "tiré un tableau que chacun s’accorde à trouver clair. On y lit que les montants déclarés au "
    "printemps dépassent de loin ceux de l’automne, sans que l’on sache encore pourquoi. La "
    "conservatrice, prudente, préfère attendre la publication définitive" NB ": «" NB
    "l’expérience "
    "m’a appris à me méfier des chiffres ronds" NB "», dit-elle, et des différences inexpliquées.";

static void setup(Fixture *f, const void *data) {
    (void)data;
    static const char *const folders[] = {"/usr/share/fonts", NULL};
    static const char *const families[] = {"Linux Libertine O", "Inter", NULL};
    f->diag = diag_new();
    f->fonts = fonts_load(folders, families, f->diag);
    f->hyphens = fr_hyphen_load(HYPHEN_DICTIONARY, f->diag);
    f->arena = arena_new();
    g_assert_nonnull(f->fonts);
    g_assert_nonnull(f->hyphens);
}

static void teardown(Fixture *f, const void *data) {
    (void)data;
    arena_free(f->arena);
    fr_hyphen_free(f->hyphens);
    fonts_free(f->fonts);
    diag_free(f->diag);
}

static TextSetting justified(const Fixture *f, double width) {
    return (TextSetting){
        .fit = FIT_JUSTIFIED, .width = width, .hyphens = f->hyphens, .hangs = true};
}

static TextBlock *compose(Fixture *f, const char *text, const TextSetting *setting) {
    TextSpan span = {.text = text, .len = strlen(text)};
    return text_compose(f->fonts, &style, &span, 1, setting, f->arena, f->diag);
}

static char *line_text(const TextLine *line) {
    GString *out = g_string_new(NULL);
    for (size_t k = 0; k < line->n_runs; k++) g_string_append(out, line->runs[k].text);
    return g_string_free(out, FALSE);
}

static char *block_text(const TextBlock *block) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < block->n_lines; i++) {
        g_autofree char *line = line_text(&block->lines[i]);
        g_string_append(out, line);
    }
    g_string_replace(out, SHY, "", 0);
    return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Right edge of the ink's advance: where the line ends, what hangs included. */
static double line_end(const TextLine *line) {
    return line->x + line->width;
}

static void test_fills(Fixture *f, const void *data) {
    (void)data;
    for (double width = 220; width < 420; width += 9) {
        TextSetting setting = justified(f, width);
        setting.hangs = false;
        TextBlock *block = compose(f, prose, &setting);
        g_assert_cmpuint(block->n_lines, >, 3);
        for (size_t i = 0; i + 1 < block->n_lines; i++) {
            g_assert_cmpfloat(block->lines[i].x, ==, 0);
            g_assert_cmpfloat_with_epsilon(line_end(&block->lines[i]), width, 1e-6);
            g_assert_cmpfloat(block->lines[i].space, >=, 0.7 - 1e-9);
        }
        g_assert_cmpfloat(line_end(&block->lines[block->n_lines - 1]), <=, width + 1e-6);
        g_autofree char *text = block_text(block);
        g_assert_cmpstr(text, ==, prose);
    }
    g_assert_cmpuint(diag_count(f->diag), ==, 0);
}

/* What the lines of running text must never do, at any width. */
static void test_never(Fixture *f, const void *data) {
    (void)data;
    size_t hyphens = 0, lone = 0, blocks = 0;
    for (double width = 200; width < 460; width += 3, blocks++) {
        TextSetting setting = justified(f, width);
        TextBlock *block = compose(f, prose, &setting);
        size_t running = 0;
        for (size_t i = 0; i < block->n_lines; i++) {
            const TextLine *line = &block->lines[i];
            g_autofree char *text = line_text(line);
            bool is_last = i + 1 == block->n_lines;
            g_assert_cmpint(line->is_hyphenated, ==, g_str_has_suffix(text, SHY));
            running = line->is_hyphenated ? running + 1 : 0;
            hyphens += line->is_hyphenated;
            g_assert_cmpuint(running, <, 3);
            g_assert_null(g_utf8_strchr(":;!?»)]%,.", -1, g_utf8_get_char(text)));
            g_assert_false(g_str_has_suffix(text, "« ") || g_str_has_suffix(text, " à "));
            /* The last line has two words and a fifth of the width. */
            if (!is_last || i == 0) continue;
            lone += !strchr(g_strchomp(text), ' ') || line->width < width / 5;
        }
    }
    g_assert_cmpuint(hyphens, >, 20);
    g_assert_cmpuint(lone * 10, <=, blocks); /* where no other way was bearable */
}

/* An added hyphen is drawn, read as U+00AD, and the rest of the word opens the next line. */
static void test_hyphen(Fixture *f, const void *data) {
    (void)data;
    for (double width = 200; width < 460; width++) {
        TextSetting setting = justified(f, width);
        TextBlock *block = compose(f, prose, &setting);
        for (size_t i = 0; i < block->n_lines; i++) {
            const TextLine *line = &block->lines[i];
            if (!line->is_hyphenated) continue;
            const GlyphRun *run = &line->runs[line->n_runs - 1];
            const Cluster *cluster = &run->clusters[run->n_clusters - 1];
            g_assert_cmpuint(cluster->bytes, ==, strlen(SHY));
            g_assert_cmpuint(cluster->glyphs, ==, 1);
            g_assert_cmpuint(run->glyphs[run->n_glyphs - 1].glyph, ==,
                             fonts_hyphen_glyph(f->fonts, run->font));
            g_autofree char *next = line_text(&block->lines[i + 1]);
            g_assert_true(g_unichar_islower(g_utf8_get_char(next)));
            return;
        }
    }
    g_assert_not_reached();
}

/* Code is not cut. */
static void test_code(Fixture *f, const void *data) {
    (void)data;
    g_autofree char *text = g_strdup_printf("%s %s %s %s", prose, prose, prose, prose);
    TextSpan span = {.text = text, .len = strlen(text), .is_code = true};
    for (double width = 250; width < 270; width++) {
        TextSetting setting = justified(f, width);
        TextBlock *block = text_compose(f->fonts, &style, &span, 1, &setting, f->arena, f->diag);
        for (size_t i = 0; i < block->n_lines; i++) g_assert_false(block->lines[i].is_hyphenated);
    }
}

/* Letters that the font joins part where the line ends between them. */
static void test_ligature(Fixture *f, const void *data) {
    (void)data;
    static const char text[] =
        "Les différences affichées par les officiels du bureau suffisent à effacer les difficultés "
        "affectant les chiffres officieux, que les spécialistes différencient sans difficulté.";
    bool is_parted = false, is_joined = false;
    for (double width = 200; width < 300; width++) {
        TextSetting setting = justified(f, width);
        TextBlock *block = compose(f, text, &setting);
        g_autofree char *whole = block_text(block);
        g_assert_cmpstr(whole, ==, text);
        for (size_t i = 0; i < block->n_lines; i++) {
            const TextLine *line = &block->lines[i];
            g_autofree char *shown = line_text(line);
            is_parted |= g_str_has_suffix(shown, "dif" SHY) || g_str_has_suffix(shown, "suf" SHY) ||
                         g_str_has_suffix(shown, "of" SHY) || g_str_has_suffix(shown, "af" SHY);
            for (size_t k = 0; k < line->n_runs; k++)
                for (uint32_t c = 0; c < line->runs[k].n_clusters; c++)
                    is_joined |= line->runs[k].clusters[c].bytes > 2;
            if (i + 1 < block->n_lines)
                g_assert_cmpfloat(fabs(line_end(line) - width), <, 5); /* what hangs */
        }
    }
    g_assert_true(is_parted);
    g_assert_true(is_joined);
}

static void test_hangs(Fixture *f, const void *data) {
    (void)data;
    static const char text[] = "«" NB "Oui" NB "», dit-il, à tous ceux, venus là, qui, ce soir, "
                               "voulaient, peut-être, savoir, enfin, la vérité, toute la vérité, "
                               "rien que la vérité, bien sûr, et rien d’autre.";
    TextSetting setting = justified(f, 220);
    TextBlock *hung = compose(f, text, &setting);
    setting.hangs = false;
    TextBlock *flush = compose(f, text, &setting);
    g_assert_cmpfloat(hung->lines[0].x, <, 0); /* « */
    g_assert_cmpfloat(hung->lines[0].x, >, -2);
    g_assert_cmpfloat(flush->lines[0].x, ==, 0);
    bool has_hung = false;
    for (size_t i = 0; i + 1 < hung->n_lines; i++) {
        g_autofree char *line = g_strchomp(line_text(&hung->lines[i]));
        double beyond = line_end(&hung->lines[i]) - 220;
        if (g_str_has_suffix(line, ",")) {
            g_assert_cmpfloat(beyond, >, 0.5 * 0.7);
            has_hung = true;
        }
        g_assert_cmpfloat(beyond, <, 3);
    }
    g_assert_true(has_hung);
}

static void test_indent(Fixture *f, const void *data) {
    (void)data;
    TextSetting setting = justified(f, 260);
    setting.hangs = false;
    setting.indent = 10;
    TextBlock *block = compose(f, prose, &setting);
    g_assert_cmpfloat(block->lines[0].x, ==, 10);
    g_assert_cmpfloat(block->lines[1].x, ==, 0);
    g_assert_cmpfloat_with_epsilon(line_end(&block->lines[0]), 260, 1e-6);
    setting.indent = -12;
    block = compose(f, prose, &setting);
    g_assert_cmpfloat(block->lines[0].x, ==, 0);
    g_assert_cmpfloat(block->lines[1].x, ==, 12);
    g_assert_cmpfloat_with_epsilon(line_end(&block->lines[1]), 260, 1e-6);
}

static void test_looseness(Fixture *f, const void *data) {
    (void)data;
    g_autofree char *text = g_strjoin(" ", prose, prose, prose, prose, NULL);
    size_t longer = 0, shorter = 0;
    for (double width = 250; width < 420; width += 10) {
        TextSetting setting = justified(f, width);
        TextBlock *best = compose(f, text, &setting);
        setting.looseness = 1;
        TextBlock *more = compose(f, text, &setting);
        setting.looseness = -1;
        TextBlock *less = compose(f, text, &setting);
        g_assert_true(more->n_lines == best->n_lines || more->n_lines == best->n_lines + 1);
        g_assert_true(less->n_lines == best->n_lines || less->n_lines == best->n_lines - 1);
        longer += more->n_lines > best->n_lines;
        shorter += less->n_lines < best->n_lines;
    }
    g_assert_cmpuint(longer, >, 0);
    g_assert_cmpuint(shorter, >, 0);
}

static void test_can_justify(Fixture *f, const void *data) {
    (void)data;
    g_assert_false(text_can_justify(f->fonts, &style, 160));
    g_assert_true(text_can_justify(f->fonts, &style, 220));
    TextStyle large = style;
    large.size = 20;
    g_assert_false(text_can_justify(f->fonts, &large, 320));
    g_assert_true(text_can_justify(f->fonts, &large, 440));
    g_assert_cmpuint(diag_count(f->diag), ==, 0);
}

/* The fine keeps its width while spaces stretch; the no-break space stretches too, less inside « ».
 */
static void test_spaces(Fixture *f, const void *data) {
    (void)data;
    static const char text[] =
        "mot mot" NB ": mot" FINE "! «" NB "mot" NB "» "
        "mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot mot";
    TextSetting setting = justified(f, 0);
    TextBlock *plain = compose(f, text, &setting);
    TextBlock *wide = NULL;
    for (double width = 230; !wide && width < 330; width++) {
        setting.width = width;
        TextBlock *block = compose(f, text, &setting);
        if (block->lines[0].space > 1.05) wide = block;
    }
    g_assert_nonnull(wide);
    const GlyphRun *a = &plain->lines[0].runs[0], *b = &wide->lines[0].runs[0];
    double space = fonts_metrics(f->fonts, a->font).space;
    /* Glyphs: 0–2 mot, 3 space, 4–6 mot, 7 no-break, 8 colon, 9 space, 10–12 mot, 13 fine, 14 !,
     * 15 space, 16 «, 17 no-break, 18–20 mot */
#define GROWTH(g)                                                                                  \
    ((double)(b->glyphs[(g) + 1].x - b->glyphs[g].x) -                                             \
     (double)(a->glyphs[(g) + 1].x - a->glyphs[g].x))
    double grown = GROWTH(3);
    g_assert_cmpfloat(grown, >, 0.04 * space);
    g_assert_cmpfloat_with_epsilon(GROWTH(7), grown, 1e-3);
    g_assert_cmpfloat_with_epsilon(GROWTH(13), 0, 1e-3);
    g_assert_cmpfloat_with_epsilon(GROWTH(17), grown * 0.3 * 0.8, 1e-3);
#undef GROWTH
    double inside = (double)(a->glyphs[18].x - a->glyphs[17].x);
    g_assert_cmpfloat_with_epsilon(inside, 0.8 * space, 1e-3);
}

/* A megabyte without a space, of hyphens, of cuts: set, in time that grows as the text does. */
static void test_odd(Fixture *f, const void *data) {
    (void)data;
    static const char *const units[] = {"a", "-", "abc-", "é", "mot\u00a0", "https://a.fr/", "…"};
    for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
        g_autoptr(GString) text = g_string_new(NULL);
        while (text->len < 200000) g_string_append(text, units[u]);
        g_autoptr(Arena) arena = arena_new();
        TextSpan span = {.text = text->str, .len = text->len};
        TextSetting setting = justified(f, 250);
        TextBlock *block = text_compose(f->fonts, &style, &span, 1, &setting, arena, f->diag);
        g_assert_cmpuint(block->n_lines, >, 0);
    }
}

/* Three fonts without a mark of French are named with the rules that suffer; ours lack none. */
static void test_repertoire(Fixture *f, const void *data) {
    (void)data;
    g_assert_cmpuint(diag_count(f->diag), ==, 0);
    static const char *const folders[] = {"/usr/share/fonts", NULL};
    static const char *const families[] = {"Linux Libertine Initials O", NULL};
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, families, diag);
    g_assert_nonnull(fonts);
    g_assert_cmpuint(diag_count(diag), ==, 1);
    const Fault *fault = diag_at(diag, 0);
    g_assert_cmpstr(fault->code, ==, "font-repertoire");
    g_assert_nonnull(strstr(fault->message, "«» (GUI-01"));
    g_assert_nonnull(strstr(fault->message, "Linux Libertine Initials O"));
}

/* A draft set in a width is the text set in that width; a colour changes nothing else. */
static void test_draft(Fixture *f, const void *data) {
    (void)data;
    static const Color red = {200, 0, 0, 255};
    TextSpan span = {.text = prose, .len = strlen(prose)};
    TextDraft *draft = text_draft_new(f->fonts, &style, &span, 1, FIT_BALANCED, f->diag);
    for (int width = 0; width < 400; width += 60) {
        TextBlock *block = text_draft_set(draft, width, f->arena);
        TextBlock *set =
            text_set(f->fonts, &style, &span, 1, width, FIT_BALANCED, f->arena, f->diag);
        TextBlock *colored = text_in_color(block, red, f->arena);
        g_autofree char *text = block_text(block), *same = block_text(set),
                        *also = block_text(colored);
        g_assert_cmpuint(block->n_lines, ==, set->n_lines);
        g_assert_cmpfloat(block->width, ==, set->width);
        g_assert_cmpfloat(colored->width, ==, set->width);
        g_assert_cmpstr(text, ==, same);
        g_assert_cmpstr(also, ==, same);
        g_assert_cmpmem(&colored->lines[0].runs[0].color, sizeof red, &red, sizeof red);
        g_assert_cmpmem(&block->lines[0].runs[0].color, sizeof red, &style.color, sizeof red);
    }
    text_draft_free(draft);
}

#define ADD(name, test) g_test_add("/text/compose/" name, Fixture, NULL, setup, test, teardown)

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    ADD("fills", test_fills);
    ADD("never", test_never);
    ADD("hyphen", test_hyphen);
    ADD("code", test_code);
    ADD("ligature", test_ligature);
    ADD("hangs", test_hangs);
    ADD("indent", test_indent);
    ADD("looseness", test_looseness);
    ADD("can-justify", test_can_justify);
    ADD("spaces", test_spaces);
    ADD("odd", test_odd);
    ADD("repertoire", test_repertoire);
    ADD("draft", test_draft);
    return g_test_run();
}
