#include "base/color.h"

#include <glib.h>

static Color color_of(const char *text) {
    Color color;
    g_assert_true(color_parse(text, &color));
    return color;
}

static void test_parse(void) {
    Color color = color_of("#8f1D2c");
    g_assert_cmpuint(color.r, ==, 0x8f);
    g_assert_cmpuint(color.g, ==, 0x1d);
    g_assert_cmpuint(color.b, ==, 0x2c);
    g_assert_cmpuint(color.a, ==, 255);
    g_assert_cmpuint(color_of("#00000080").a, ==, 0x80);
}

static void test_reject(void) {
    static const char *const bad[] = {"",         "#",          "8f1d2c",   "#fff",    "#8f1d2",
                                      "#8f1d2c8", "#8f1d2c8f0", "#8f1d2g",  "#8f 1d2", "red",
                                      " #8f1d2c", "#8f1d2c ",   "0x8f1d2c", "#é1d2c"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        Color color = {1, 2, 3, 4};
        g_test_message("« %s »", bad[i]);
        g_assert_false(color_parse(bad[i], &color));
        g_assert_cmpmem(&color, sizeof color, ((uint8_t[]){1, 2, 3, 4}), 4);
    }
}

static Color any_color(void) {
    guint32 bits = (guint32)g_test_rand_int();
    return (Color){(uint8_t)bits, (uint8_t)(bits >> 8), (uint8_t)(bits >> 16),
                   (uint8_t)(bits & 0x1000000 ? 255 : bits >> 24)};
}

static void test_round_trip(void) {
    for (int i = 0; i < 5000; i++) {
        Color color = any_color(), read;
        char text[10];
        color_print(color, text);
        g_assert_true(color_parse(text, &read));
        g_assert_cmpmem(&color, sizeof color, &read, sizeof read);
    }
    char text[10];
    color_print((Color){1, 2, 171, 255}, text);
    g_assert_cmpstr(text, ==, "#0102ab");
    color_print((Color){1, 2, 171, 0}, text);
    g_assert_cmpstr(text, ==, "#0102ab00");
}

/* Ratios published with WCAG 2 tools: #767676 is the lightest grey that passes 4.5:1 on white. */
static void test_contrast(void) {
    static const struct {
        const char *a, *b;
        double ratio;
    } cases[] = {
        {"#000000", "#ffffff", 21},   {"#ffffff", "#ffffff", 1},    {"#767676", "#ffffff", 4.54},
        {"#777777", "#ffffff", 4.48}, {"#ff0000", "#ffffff", 4.00}, {"#0000ff", "#ffffff", 8.59},
        {"#595959", "#ffffff", 7.00},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Color a = color_of(cases[i].a), b = color_of(cases[i].b);
        g_test_message("%s on %s", cases[i].a, cases[i].b);
        g_assert_cmpfloat_with_epsilon(color_contrast(a, b), cases[i].ratio, 0.005);
        g_assert_cmpfloat(color_contrast(a, b), ==, color_contrast(b, a));
    }
    for (int i = 0; i < 2000; i++) {
        double ratio = color_contrast(any_color(), any_color());
        g_assert_cmpfloat(ratio, >=, 1);
        g_assert_cmpfloat(ratio, <=, 21);
    }
}

static void test_alpha(void) {
    Color red = color_of("#ff0000"), white = color_of("#ffffff");
    g_assert_cmpuint(color_with_alpha(red, 0.5).a, ==, 128);
    g_assert_cmpuint(color_with_alpha(red, 7).a, ==, 255);
    g_assert_cmpuint(color_with_alpha(red, -1).a, ==, 0);
    g_assert_cmpuint(color_with_alpha(red, 0.5).r, ==, 255);
    Color seen = color_over(color_with_alpha(red, 0.5), white);
    g_assert_cmpmem(&seen, sizeof seen, ((uint8_t[]){255, 127, 127, 255}), 4);
    for (int i = 0; i < 2000; i++) {
        Color top = any_color(), bottom = any_color();
        top.a = 255;
        Color over = color_over(top, bottom);
        g_assert_cmpmem(&over, sizeof over, &top, sizeof top);
        bottom.a = 255;
        over = color_over(color_with_alpha(top, 0), bottom);
        g_assert_cmpmem(&over, sizeof over, &bottom, sizeof bottom);
    }
}

/* Paler than asked is mixed with ink until it is strong enough; strong colours stay. */
static void test_strengthen(void) {
    Color white = color_of("#ffffff"), ink = color_of("#1a1a1a");
    for (int i = 0; i < 2000; i++) {
        Color color = any_color();
        color.a = 255;
        Color strong = color_strengthen(color, white, ink, 3);
        g_assert_cmpfloat(color_contrast(strong, white), >=, 3);
        if (color_contrast(color, white) >= 3) g_assert_cmpmem(&strong, 4, &color, 4);
    }
    g_assert_cmpfloat(color_contrast(color_strengthen(white, white, white, 3), white), ==, 1);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/color/parse", test_parse);
    g_test_add_func("/base/color/reject", test_reject);
    g_test_add_func("/base/color/round-trip", test_round_trip);
    g_test_add_func("/base/color/contrast", test_contrast);
    g_test_add_func("/base/color/alpha", test_alpha);
    g_test_add_func("/color/strengthen", test_strengthen);
    return g_test_run();
}
