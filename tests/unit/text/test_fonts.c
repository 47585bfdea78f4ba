#include "text/para.h"

#include <math.h>
#include <string.h>

#define FOLDER "/usr/share/fonts"

static const char *const folders[] = {FOLDER, NULL};
static const char *const both[] = {"Inter", "Linux Libertine O", NULL};

static void test_missing_family(void) {
    g_autoptr(Diag) diag = diag_new();
    static const char *const families[] = {"Inter", "Linux Libertine X", "Intre", "Intre", NULL};
    g_assert_null(fonts_load(folders, families, diag));
    g_assert_cmpuint(diag_errors(diag), ==, 2); /* each family once */
    const Fault *fault = diag_at(diag, 0);
    g_assert_cmpstr(fault->code, ==, "missing-font");
    g_assert_nonnull(strstr(fault->message, "Linux Libertine X"));
    g_assert_nonnull(strstr(fault->hint, "fonts-linuxlibertine"));
    g_assert_nonnull(strstr(diag_at(diag, 1)->hint, "Inter"));
}

/* A family that the machine has elsewhere is missing all the same. */
static void test_only_folders(void) {
    g_autoptr(Diag) diag = diag_new();
    static const char *const inter_folder[] = {FOLDER "/opentype/inter", NULL};
    static const char *const libertine[] = {"Linux Libertine O", NULL};
    static const char *const inter[] = {"Inter", NULL};
    static const char *const none[] = {NULL};
    g_assert_null(fonts_load(inter_folder, libertine, diag));
    g_assert_null(fonts_load(none, inter, diag));
    g_assert_cmpuint(diag_errors(diag), ==, 2);
    g_autoptr(Fonts) fonts = fonts_load(inter_folder, inter, diag);
    g_assert_nonnull(fonts);
    static const char *const odd[] = {FOLDER "/a&b<c", NULL};
    g_assert_null(fonts_load(odd, inter, diag));
}

static void test_ids(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, both, diag);
    g_assert_nonnull(fonts);
    g_assert_cmpuint(fonts_count(fonts), ==, 0);
    g_assert_cmpint(fonts_find(fonts, "Inter", FONT_REGULAR, false, 12, NULL), ==, 0);
    g_assert_cmpint(fonts_find(fonts, "Inter", FONT_BOLD, false, 12, NULL), ==, 1);
    g_assert_cmpint(fonts_find(fonts, "Linux Libertine O", FONT_REGULAR, true, 12, NULL), ==, 2);
    g_assert_cmpint(fonts_find(fonts, "Inter", FONT_REGULAR, false, 12.5, NULL), ==, 3);
    g_assert_cmpint(fonts_find(fonts, "Inter", FONT_REGULAR, false, 12, "tnum"), ==, 4);
    g_assert_cmpint(fonts_find(fonts, "Inter", FONT_REGULAR, false, 12, ""), ==, 0);
    g_assert_cmpint(fonts_find(fonts, "Inter", FONT_BOLD, false, 12, NULL), ==, 1);
    g_assert_cmpuint(fonts_count(fonts), ==, 5);
    g_assert_cmpstr(fonts_spec(fonts, 2)->family, ==, "Linux Libertine O");
    g_assert_true(fonts_spec(fonts, 2)->is_italic);
    g_assert_nonnull(fonts_pango(fonts, 0));
    g_assert_cmpint(cairo_scaled_font_status(fonts_scaled(fonts, 0)), ==, CAIRO_STATUS_SUCCESS);
    g_assert_true(fonts_scaled(fonts, 0) != fonts_scaled(fonts, 1));
}

/* Values of the font files, in em. */
static void test_metrics(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, both, diag);
    FontMetrics inter =
        fonts_metrics(fonts, fonts_find(fonts, "Inter", FONT_REGULAR, false, 100, NULL));
    g_assert_cmpfloat_with_epsilon(inter.cap_height, 72.7, 0.5);
    g_assert_cmpfloat_with_epsilon(inter.x_height, 54.6, 0.5);
    g_assert_cmpfloat(inter.ascent, >=, inter.cap_height);
    g_assert_cmpfloat_with_epsilon(inter.descent, 20.5, 1);
    g_assert_cmpfloat(inter.em, ==, 100);
    for (size_t i = 0; both[i]; i++) {
        FontMetrics m = fonts_metrics(fonts, fonts_find(fonts, both[i], 400, false, 10, NULL));
        g_assert_cmpfloat(m.fine, >=, 1);
        g_assert_cmpfloat(m.fine, <=, 2);
        g_assert_cmpfloat_with_epsilon(m.fine, m.space / 2, 0.5);
    }
}

static double width_at(Fonts *fonts, double size, const char *text) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    TextStyle style = {.family = "Inter", .size = size};
    return text_set_plain(fonts, &style, text, 0, FIT_RAGGED, arena, diag)->width;
}

/* Neither hints nor whole units: a line is as long at every size, in proportion. */
static void test_linear(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, both, diag);
    static const char text[] = "Illicites, vols et tirs";
    double large = width_at(fonts, 100, text);
    g_assert_cmpfloat_with_epsilon(width_at(fonts, 7, text) * 100 / 7, large, 0.3);
    g_assert_cmpfloat_with_epsilon(width_at(fonts, 11.3, text) * 100 / 11.3, large, 0.3);
}

static void test_weights(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, both, diag);
    static const FontWeight weights[] = {FONT_REGULAR, FONT_MEDIUM, FONT_SEMIBOLD, FONT_BOLD};
    double last = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(weights); i++) {
        g_autoptr(Arena) arena = arena_new();
        TextStyle style = {.family = "Inter", .size = 20, .weight = weights[i]};
        double width = text_set_plain(fonts, &style, "mmmm", 0, FIT_RAGGED, arena, diag)->width;
        g_assert_cmpfloat(width, >, last);
        last = width;
    }
}

static void test_features(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, both, diag);
    int inter = fonts_find(fonts, "Inter", FONT_REGULAR, false, 10, NULL);
    int libertine = fonts_find(fonts, "Linux Libertine O", FONT_REGULAR, false, 10, NULL);
    g_assert_true(fonts_has_feature(fonts, inter, "sups", "er", 2));
    g_assert_true(fonts_has_feature(fonts, libertine, "smcp", "a", 1));
    g_assert_false(fonts_has_feature(fonts, inter, "smcp", "a", 1));
    g_assert_false(fonts_has_feature(fonts, libertine, "sups", "e!", 2));
    g_assert_false(fonts_has_feature(fonts, libertine, "sups", "", 0));
    g_autoptr(Arena) arena = arena_new();
    TextStyle style = {.family = "Inter", .size = 20, .features = "tnum,lnum"};
    double ones = text_set_plain(fonts, &style, "1111", 0, FIT_RAGGED, arena, diag)->width;
    double eights = text_set_plain(fonts, &style, "8888", 0, FIT_RAGGED, arena, diag)->width;
    g_assert_cmpfloat_with_epsilon(ones, eights, 0.01);
    style.features = NULL;
    ones = text_set_plain(fonts, &style, "1111", 0, FIT_RAGGED, arena, diag)->width;
    g_assert_cmpfloat(ones, <, eights - 1);
    /* figures are shown as they are: 4x4 keeps its letter */
    TextBlock *verbatim = text_set_plain(fonts, &style, "4x4", 0, FIT_RAGGED, arena, diag);
    TextBlock *letter = text_set_plain(fonts, &style, "x", 0, FIT_RAGGED, arena, diag);
    g_assert_cmpuint(verbatim->lines[0].runs[0].glyphs[1].glyph, ==,
                     letter->lines[0].runs[0].glyphs[0].glyph);
}

static void test_ink(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, both, diag);
    int id = fonts_find(fonts, "Inter", FONT_REGULAR, false, 10, NULL);
    g_assert_true(rect_is_empty(fonts_ink(fonts, id, fonts_space_glyph(fonts, id))));
    g_assert_true(rect_is_empty(fonts_ink(fonts, id, 0xFFFFFF)));
    g_autoptr(Arena) arena = arena_new();
    TextStyle style = {.family = "Inter", .size = 10};
    TextBlock *block = text_set_plain(fonts, &style, "H", 0, FIT_RAGGED, arena, diag);
    Rect ink = fonts_ink(fonts, id, block->lines[0].runs[0].glyphs[0].glyph);
    g_assert_cmpfloat_with_epsilon(ink.y, -fonts_metrics(fonts, id).cap_height, 1e-6);
    g_assert_cmpfloat_with_epsilon(ink.y + ink.h, 0, 1e-6);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/fonts/missing-family", test_missing_family);
    g_test_add_func("/text/fonts/only-folders", test_only_folders);
    g_test_add_func("/text/fonts/ids", test_ids);
    g_test_add_func("/text/fonts/metrics", test_metrics);
    g_test_add_func("/text/fonts/linear", test_linear);
    g_test_add_func("/text/fonts/weights", test_weights);
    g_test_add_func("/text/fonts/features", test_features);
    g_test_add_func("/text/fonts/ink", test_ink);
    return g_test_run();
}
