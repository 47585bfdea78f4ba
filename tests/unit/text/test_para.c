#include "text/para.h"

#include <math.h>
#include <string.h>

#define NB "\u00a0"
#define FINE "\u202f"

/* Loaded once: the tests ask different things of the same fonts. */
typedef struct {
    Fonts *fonts;
    Arena *arena;
    Diag *diag;
} Fixture;

static const TextStyle inter = {.family = "Inter", .size = 12, .leading = 16};
static const TextStyle libertine = {.family = "Linux Libertine O", .size = 12, .leading = 15};

static void setup(Fixture *f, const void *data) {
    (void)data;
    static const char *const folders[] = {"/usr/share/fonts", NULL};
    static const char *const families[] = {"Inter", "Linux Libertine O", NULL};
    f->diag = diag_new();
    f->fonts = fonts_load(folders, families, f->diag);
    f->arena = arena_new();
    g_assert_nonnull(f->fonts);
}

static void teardown(Fixture *f, const void *data) {
    (void)data;
    arena_free(f->arena);
    fonts_free(f->fonts);
    diag_free(f->diag);
}

static TextBlock *set(Fixture *f, const TextStyle *style, const char *text, double width,
                      TextFit fit) {
    return text_set_plain(f->fonts, style, text, width, fit, f->arena, f->diag);
}

static char *joined(const TextBlock *block, const char *between) {
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < block->n_lines; i++) {
        if (i) g_string_append(out, between);
        for (size_t k = 0; k < block->lines[i].n_runs; k++)
            g_string_append(out, block->lines[i].runs[k].text);
    }
    return g_string_free(out, FALSE);
}

static void check_lines(Fixture *f, const char *text, double width, TextFit fit,
                        const char *expected) {
    g_autofree char *got = joined(set(f, &inter, text, width, fit), "|");
    g_assert_cmpstr(got, ==, expected);
}

static void test_empty(Fixture *f, const void *data) {
    (void)data;
    TextBlock *block = set(f, &inter, "", 100, FIT_RAGGED);
    g_assert_cmpuint(block->n_lines, ==, 0);
    g_assert_cmpfloat(block->width, ==, 0);
    g_assert_cmpfloat(block->height, ==, 0);
    g_autoptr(Frame) frame = frame_new("vide", UNIT_PX, 100, 100);
    Rect box = text_draw(block, frame, (Point){5, 5}, ALIGN_LEFT, ROLE_LABEL, NULL, false);
    g_assert_true(rect_is_empty(box));
    g_assert_cmpuint(frame->n, ==, 0);
    g_assert_cmpuint(set(f, &inter, NULL, 100, FIT_RAGGED)->n_lines, ==, 0);
    g_assert_cmpuint(set(f, &inter, "   ", 100, FIT_RAGGED)->n_lines, ==, 1);
}

static void test_lines(Fixture *f, const void *data) {
    (void)data;
    check_lines(f, "Les pirates volent", 0, FIT_RAGGED, "Les pirates volent");
    check_lines(f, "Les pirates volent", 80, FIT_RAGGED, "Les |pirates volent");
    check_lines(f, "a\nb\n\nc\n", 0, FIT_RAGGED, "a |b ||c");
    check_lines(f, "a\r\nb\tc\u2028d", 0, FIT_RAGGED, "a |b c |d");
    check_lines(f, "Plus volé en un jour qu’en cinq ans", 150, FIT_BALANCED,
                "Plus volé en un jour |qu’en cinq ans");
    check_lines(f, "le porte-avions", 70, FIT_RAGGED, "le porte-|avions");
}

/* A word is never lost: too wide, it says so. */
static void test_overfull(Fixture *f, const void *data) {
    (void)data;
    TextBlock *block = set(f, &inter, "un anticonstitutionnellement long", 60, FIT_BALANCED);
    g_autofree char *text = joined(block, "");
    g_assert_cmpstr(text, ==, "un anticonstitutionnellement long");
    g_assert_true(block->is_overfull);
    g_assert_false(block->lines[0].is_overfull);
    g_assert_true(block->lines[1].is_overfull);
    g_assert_cmpfloat(block->width, >, 60);
    g_assert_false(set(f, &inter, "un mot", block->width, FIT_RAGGED)->is_overfull);
}

/* The text set again at its own width is set the same. */
static void test_own_width(Fixture *f, const void *data) {
    (void)data;
    static const char text[] = "Vol de 625" NB "millions de dollars chez Ronin, en mars 2022";
    for (int width = 60; width < 300; width += 7) {
        TextBlock *block = set(f, &inter, text, width, FIT_BALANCED);
        if (block->is_overfull) continue;
        TextBlock *again = set(f, &inter, text, block->width, FIT_BALANCED);
        g_autofree char *a = joined(block, "|"), *b = joined(again, "|");
        g_assert_cmpstr(a, ==, b);
    }
}

/* Runs say what they hold: counts agree, x grows, the space at the end takes no room. */
static void check_block(const Fixture *f, const TextBlock *block) {
    for (size_t i = 0; i < block->n_lines; i++) {
        const TextLine *line = &block->lines[i];
        double width = 0;
        for (size_t k = 0; k < line->n_runs; k++) {
            const GlyphRun *run = &line->runs[k];
            uint32_t bytes = 0, glyphs = 0;
            for (uint32_t c = 0; c < run->n_clusters; c++) {
                g_assert_cmpuint(run->clusters[c].bytes, >, 0);
                g_assert_cmpuint(run->clusters[c].glyphs, >, 0);
                bytes += run->clusters[c].bytes;
                glyphs += run->clusters[c].glyphs;
            }
            g_assert_cmpuint(bytes, ==, run->n_text);
            g_assert_cmpuint(glyphs, ==, run->n_glyphs);
            g_assert_cmpuint(strlen(run->text), ==, run->n_text);
            g_assert_true(g_utf8_validate(run->text, -1, NULL));
            g_assert_cmpfloat_with_epsilon(run->origin.x, width, 1e-6);
            g_assert_cmpint(run->font, <, (int)fonts_count(f->fonts));
            width += run->advance;
            Rect advance = {run->origin.x, run->origin.y, run->advance, 0};
            g_assert_true(rect_contains(line->boxes[k], advance, 1e-6));
        }
        g_assert_cmpfloat_with_epsilon(line->width, width, 1e-6);
        g_assert_cmpfloat(line->width, <=, block->width + 1e-6);
    }
    g_assert_cmpfloat(block->height, ==, (double)block->n_lines * block->leading);
}

/* Random paragraphs: lines fit or are flagged, and joined they give the text back. */
static void test_random(Fixture *f, const void *data) {
    (void)data;
    static const char *const words[] = {"vol",
                                        "à",
                                        "Pyongyang",
                                        "625" NB "millions",
                                        "«" NB "Lazarus" NB "»",
                                        "l’attaque",
                                        "fin",
                                        "efficace",
                                        "porte-avions",
                                        "12" FINE "000",
                                        "quoi" FINE "?",
                                        "2010–2014",
                                        "œuvre",
                                        "e\u0301te\u0301",
                                        "de",
                                        "https://exemple.fr/a/b",
                                        "Ævar",
                                        "!",
                                        "(la Corée)"};
    static const char *const gaps[] = {" ", " ", " ", " ", "\n", "  "};
    for (int round = 0; round < 300; round++) {
        g_autoptr(GString) text = g_string_new(NULL);
        TextSpan spans[12];
        size_t starts[12], n_spans = 0;
        for (int i = g_test_rand_int_range(1, 40); i > 0; i--) {
            if (text->len)
                g_string_append(text, gaps[g_test_rand_int_range(0, G_N_ELEMENTS(gaps))]);
            if (n_spans < 12 && (!n_spans || !g_test_rand_int_range(0, 6))) {
                starts[n_spans] = text->len;
                spans[n_spans++] = (TextSpan){.is_bold = g_test_rand_bit(),
                                              .is_italic = g_test_rand_bit(),
                                              .is_small_caps = !g_test_rand_int_range(0, 9),
                                              .is_superior = !g_test_rand_int_range(0, 9)};
            }
            g_string_append(text, words[g_test_rand_int_range(0, G_N_ELEMENTS(words))]);
        }
        for (size_t i = 0; i < n_spans; i++) {
            spans[i].text = text->str + starts[i];
            spans[i].len = (i + 1 < n_spans ? starts[i + 1] : text->len) - starts[i];
        }
        TextStyle style = g_test_rand_bit() ? inter : libertine;
        style.letter_space = g_test_rand_int_range(0, 3) ? 0 : 0.7;
        double width = g_test_rand_int_range(0, 8) ? g_test_rand_int_range(40, 400) : 0;
        TextFit fit = (TextFit)g_test_rand_int_range(0, 3);
        TextBlock *block =
            text_set(f->fonts, &style, spans, n_spans, width, fit, f->arena, f->diag);
        check_block(f, block);
        for (size_t i = 0; width > 0 && i < block->n_lines; i++)
            if (!block->lines[i].is_overfull)
                g_assert_cmpfloat(block->lines[i].width, <=, width + 0.01);
        g_strdelimit(text->str, "\n", ' ');
        g_autofree char *got = joined(block, "");
        g_assert_cmpstr(got, ==, text->str);
    }
    g_assert_cmpuint(diag_count(f->diag), ==, 0);
}

static double width_of(Fixture *f, const TextStyle *style, const char *text) {
    return set(f, style, text, 0, FIT_RAGGED)->width;
}

static void test_fine(Fixture *f, const void *data) {
    (void)data;
    const TextStyle styles[] = {inter, libertine};
    for (size_t i = 0; i < G_N_ELEMENTS(styles); i++) {
        const TextStyle *style = &styles[i];
        FontMetrics m = fonts_metrics(
            f->fonts, fonts_find(f->fonts, style->family, FONT_REGULAR, false, 12, NULL));
        double fine = width_of(f, style, "m" FINE "m") - 2 * width_of(f, style, "m");
        double hard = width_of(f, style, "m" NB "m") - 2 * width_of(f, style, "m");
        g_assert_cmpfloat_with_epsilon(fine, m.fine, 0.01);
        g_assert_cmpfloat_with_epsilon(hard, m.space, 0.01);
        TextBlock *block = set(f, style, "12" FINE "000", 0, FIT_RAGGED);
        g_assert_cmpstr(block->lines[0].runs[0].text, ==, "12" FINE "000");
    }
}

static void test_missing_glyph(Fixture *f, const void *data) {
    (void)data;
    set(f, &inter, "Une bombe 💣, puis deux 💣💣", 60, FIT_RAGGED);
    set(f, &inter, "encore 💣", 0, FIT_RAGGED);
    g_assert_cmpuint(diag_errors(f->diag), ==, 1);
    const Fault *fault = diag_at(f->diag, 0);
    g_assert_cmpstr(fault->code, ==, "missing-glyph");
    g_assert_nonnull(strstr(fault->message, "U+1F4A3"));
    g_assert_nonnull(strstr(fault->message, "Inter"));
    g_assert_nonnull(strstr(fault->message, "Une bombe"));
    set(f, &libertine, "💣", 0, FIT_RAGGED); /* another family, another error */
    g_assert_cmpuint(diag_errors(f->diag), ==, 2);
    set(f, &inter, "平壌", 0, FIT_RAGGED);
    g_assert_cmpuint(diag_errors(f->diag), ==, 4);
    g_autoptr(Diag) fresh = diag_new(); /* a later build hears of it too */
    (void)text_set_plain(f->fonts, &inter, "💣", 0, FIT_RAGGED, f->arena, fresh);
    g_assert_cmpuint(diag_errors(fresh), ==, 1);
}

static void test_right_to_left(Fixture *f, const void *data) {
    (void)data;
    check_block(f, set(f, &libertine, "un mot, שלום, un autre", 0, FIT_RAGGED));
    g_assert_cmpuint(diag_errors(f->diag), ==, 1);
    g_assert_cmpstr(diag_at(f->diag, 0)->code, ==, "text-direction");
}

/* Characters without glyph leave no trace; invalid bytes are shown as such. */
static void test_odd_characters(Fixture *f, const void *data) {
    (void)data;
    TextBlock *block = set(f, &inter, "a\u2060b\u00adc\u200bd", 0, FIT_RAGGED);
    g_autofree char *text = joined(block, "|");
    g_assert_cmpstr(text, ==, "abcd");
    check_block(f, block);
    g_assert_cmpuint(diag_count(f->diag), ==, 0);
    check_block(f, set(f, &inter, "a\xff\xfe", 0, FIT_RAGGED));
}

static void test_superior(Fixture *f, const void *data) {
    (void)data;
    TextSpan spans[] = {{.text = "1", .len = 1}, {.text = "er", .len = 2, .is_superior = true}};
    TextBlock *block = text_set(f->fonts, &inter, spans, 2, 0, FIT_RAGGED, f->arena, f->diag);
    const TextLine *line = &block->lines[0];
    g_assert_cmpuint(line->n_runs, ==, 2);
    g_assert_cmpstr(fonts_spec(f->fonts, line->runs[1].font)->features, ==, "sups=1");
    g_assert_cmpfloat(line->runs[1].origin.y, ==, 0);
    g_assert_cmpfloat(line->runs[1].advance, <, width_of(f, &inter, "er"));

    spans[1] = (TextSpan){.text = "Ωß", .len = 4, .is_superior = true}; /* no such superiors */
    block = text_set(f->fonts, &inter, spans, 2, 0, FIT_RAGGED, f->arena, f->diag);
    const GlyphRun *raised = &block->lines[0].runs[1];
    g_assert_cmpfloat_with_epsilon(fonts_spec(f->fonts, raised->font)->size, 0.65 * 12, 1e-9);
    g_assert_cmpfloat(raised->origin.y, <, 0);
    Rect first = block->lines[0].boxes[0], second = block->lines[0].boxes[1];
    g_assert_cmpfloat(second.y, >=, first.y - 0.5);
}

/* n°: the text keeps the sign, the eye sees the o of nᵒ. */
static void test_numero(Fixture *f, const void *data) {
    (void)data;
    TextSpan spans[] = {{.text = "n", .len = 1},
                        {.text = "°", .len = strlen("°"), .is_superior = true},
                        {.text = NB "4", .len = strlen(NB "4")}};
    TextBlock *block = text_set(f->fonts, &inter, spans, 3, 0, FIT_RAGGED, f->arena, f->diag);
    g_autofree char *text = joined(block, "");
    g_assert_cmpstr(text, ==, "n°" NB "4");
    spans[1] = (TextSpan){.text = "o", .len = 1, .is_superior = true};
    TextBlock *plain = text_set(f->fonts, &inter, spans, 3, 0, FIT_RAGGED, f->arena, f->diag);
    const GlyphRun *sign = &block->lines[0].runs[1], *letter = &plain->lines[0].runs[1];
    g_assert_cmpuint(sign->glyphs[0].glyph, ==, letter->glyphs[0].glyph);
    g_assert_cmpint(sign->font, ==, letter->font);
    g_assert_cmpuint(sign->clusters[0].bytes, ==, strlen("°"));
}

/* Decimal commas are told from the end of the integer part, so that « 662 » stands before them. */
static void test_decimal_x(Fixture *f, const void *data) {
    (void)data;
    static const struct {
        const char *text, *before;
    } cases[] = {{"1" FINE "204,5", "1" FINE "204"},
                 {"662", "662"},
                 {"−0,25", "−0"},
                 {"12" NB "%", "12"},
                 {"env. 3,5", "env. 3"},
                 {"inconnu", "inconnu"},
                 {"", ""}};
    TextStyle style = inter;
    style.features = "tnum,kern=0";
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        double x = text_decimal_x(set(f, &style, cases[i].text, 0, FIT_RAGGED));
        g_assert_cmpfloat_with_epsilon(x, set(f, &style, cases[i].before, 0, FIT_RAGGED)->width,
                                       0.01);
    }
}

static void test_small_caps(Fixture *f, const void *data) {
    (void)data;
    TextSpan spans[] = {{.text = "XX", .len = 2, .is_small_caps = true}};
    TextBlock *small = text_set(f->fonts, &libertine, spans, 1, 0, FIT_RAGGED, f->arena, f->diag);
    g_assert_cmpfloat(small->width, <, width_of(f, &libertine, "XX"));
    g_assert_cmpstr(small->lines[0].runs[0].text, ==, "XX"); /* copying gives capitals */
    TextBlock *none = text_set(f->fonts, &inter, spans, 1, 0, FIT_RAGGED, f->arena, f->diag);
    g_assert_cmpfloat(none->width, ==, width_of(f, &inter, "XX")); /* never imitated */
}

static void test_styles(Fixture *f, const void *data) {
    (void)data;
    Color red = {200, 0, 0, 255};
    TextStyle style = inter;
    style.bold_weight = FONT_SEMIBOLD;
    style.color = (Color){1, 2, 3, 255};
    TextSpan spans[] = {{.text = "un ", .len = 3},
                        {.text = "deux ", .len = 5, .is_bold = true},
                        {.text = "trois ", .len = 6, .has_color = true, .color = red},
                        {.text = "qua", .len = 3, .is_italic = true},
                        {.text = "tre", .len = 3, .is_italic = true}};
    TextBlock *block = text_set(f->fonts, &style, spans, 5, 0, FIT_RAGGED, f->arena, f->diag);
    const TextLine *line = &block->lines[0];
    g_assert_cmpuint(line->n_runs, ==, 4); /* equal neighbours are one run */
    g_assert_cmpint(fonts_spec(f->fonts, line->runs[1].font)->weight, ==, FONT_SEMIBOLD);
    g_assert_cmpint(line->runs[2].color.r, ==, 200);
    g_assert_cmpint(line->runs[1].color.b, ==, 3);
    g_assert_true(fonts_spec(f->fonts, line->runs[3].font)->is_italic);
    style.is_italic = true; /* italic in italic stands upright */
    block = text_set(f->fonts, &style, spans, 5, 0, FIT_RAGGED, f->arena, f->diag);
    g_assert_false(fonts_spec(f->fonts, block->lines[0].runs[3].font)->is_italic);
}

static void test_capitals(Fixture *f, const void *data) {
    (void)data;
    TextStyle style = inter;
    style.is_upper = true;
    g_autofree char *text = joined(set(f, &style, "été, œuvre, Straße", 0, FIT_RAGGED), "|");
    g_assert_cmpstr(text, ==, "ÉTÉ, ŒUVRE, STRASSE");
    double plain = width_of(f, &style, "abcd");
    style.letter_space = 2;
    g_assert_cmpfloat_with_epsilon(width_of(f, &style, "abcd"), plain + 3 * 2, 0.2);
}

static void test_ligature(Fixture *f, const void *data) {
    (void)data;
    TextBlock *block = set(f, &libertine, "fin", 0, FIT_RAGGED);
    check_block(f, block);
    g_assert_cmpuint(block->lines[0].runs[0].n_glyphs, ==, 2);
    g_assert_cmpuint(block->lines[0].runs[0].clusters[0].bytes, ==, 2);
}

static void test_justified(Fixture *f, const void *data) {
    (void)data;
    static const char text[] =
        "Les pirates ont volé davantage de dollars en un seul jour de "
        "février que pendant les cinq années qui précèdent, et personne ne s’en étonne";
    TextBlock *block = set(f, &libertine, text, 250, FIT_JUSTIFIED);
    g_assert_cmpuint(block->n_lines, >, 2);
    for (size_t i = 0; i + 1 < block->n_lines; i++)
        g_assert_cmpfloat_with_epsilon(block->lines[i].width, 250, 0.01);
    g_assert_cmpfloat(block->lines[block->n_lines - 1].width, <, 250);
    check_block(f, block);
}

static void test_draw(Fixture *f, const void *data) {
    (void)data;
    TextBlock *block = set(f, &inter, "Gagné\npeu", 0, FIT_RAGGED);
    static const TextAlign aligns[] = {ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT};
    g_autoptr(Frame) frame = frame_new("essai", UNIT_PX, 200, 200);
    for (size_t i = 0; i < G_N_ELEMENTS(aligns); i++) {
        size_t first = frame->n;
        Rect box = text_draw(block, frame, (Point){100, 50}, aligns[i], ROLE_LABEL, "ronin", true);
        Rect tight = text_box(block, (Point){100, 50}, aligns[i]);
        g_assert_cmpuint(frame->n, ==, first + 2);
        const Item *item = &frame->items[first];
        g_assert_cmpint(item->kind, ==, ITEM_TEXT);
        g_assert_cmpint(item->role, ==, ROLE_LABEL);
        g_assert_cmpstr(item->key, ==, "ronin");
        g_assert_true(item->is_haloed);
        g_assert_cmpint(item->block, ==, (int)i + 1);
        g_assert_cmpint(item[1].block, ==, item->block);
        g_assert_cmpfloat_with_epsilon(item->run.origin.y, 50 + block->ascent, 1e-6);
        g_assert_cmpfloat_with_epsilon(item[1].run.origin.y - item->run.origin.y, 16, 1e-6);
        g_assert_true(rect_contains(box, item->box, 1e-6));
        g_assert_true(rect_contains(box, tight, 0.01));
        double width = block->lines[1].width, x = item[1].run.origin.x;
        double edge = i == 0 ? x : i == 1 ? x + width / 2 : x + width;
        g_assert_cmpfloat_with_epsilon(edge, 100, 1e-6);
        g_assert_cmpfloat_with_epsilon(tight.h, block->ascent + 16 + block->descent, 1e-6);
    }
    /* an accent on a capital rises above the ascender: the box holds it */
    Rect box = text_draw(set(f, &inter, "É", 0, FIT_RAGGED), frame, (Point){0, 0}, ALIGN_LEFT,
                         ROLE_LABEL, NULL, false);
    g_assert_cmpfloat(box.y, <, 0);
}

/* Two builds of the same texts give the same frame, font numbers included. */
static void test_stable(Fixture *f, const void *data) {
    (void)data;
    g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
    GString *const dumps[] = {first, second};
    static const char *const folders[] = {"/usr/share/fonts", NULL};
    static const char *const families[] = {"Linux Libertine O", "Inter", NULL};
    for (int i = 0; i < 2; i++) {
        g_autoptr(Fonts) fonts = fonts_load(folders, families, f->diag);
        g_autoptr(Frame) frame = frame_new("essai", UNIT_PT, 200, 200);
        const TextStyle *const styles[] = {&libertine, &inter, &libertine};
        for (int k = 0; k < 3; k++)
            text_draw(text_set_plain(fonts, styles[k], "Vol de 625" NB "millions", 50, FIT_RAGGED,
                                     f->arena, f->diag),
                      frame, (Point){0, 40 * k}, ALIGN_LEFT, ROLE_NOTE, NULL, false);
        frame_dump(frame, dumps[i]);
    }
    g_assert_cmpstr(first->str, ==, second->str);
    g_assert_nonnull(strstr(first->str, "font 0"));
    g_assert_nonnull(strstr(first->str, "font 1"));
    g_assert_null(strstr(first->str, "font 2"));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    static const struct {
        const char *path;
        void (*run)(Fixture *, const void *);
    } tests[] = {
        {"/text/para/empty", test_empty},
        {"/text/para/lines", test_lines},
        {"/text/para/overfull", test_overfull},
        {"/text/para/own-width", test_own_width},
        {"/text/para/random", test_random},
        {"/text/para/fine", test_fine},
        {"/text/para/missing-glyph", test_missing_glyph},
        {"/text/para/right-to-left", test_right_to_left},
        {"/text/para/odd-characters", test_odd_characters},
        {"/text/para/superior", test_superior},
        {"/text/para/numero", test_numero},
        {"/text/para/decimal-x", test_decimal_x},
        {"/text/para/small-caps", test_small_caps},
        {"/text/para/styles", test_styles},
        {"/text/para/capitals", test_capitals},
        {"/text/para/ligature", test_ligature},
        {"/text/para/justified", test_justified},
        {"/text/para/draw", test_draw},
        {"/text/para/stable", test_stable},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, Fixture, NULL, setup, tests[i].run, teardown);
    return g_test_run();
}
