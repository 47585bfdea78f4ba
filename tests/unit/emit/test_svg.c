#include "emit/svg.h"
#include "sample.h"

#include <locale.h>
#include <string.h>

static char *text_of(GBytes *bytes) {
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    return g_strndup(data, size);
}

static void test_valid(void) {
    Sample sample = sample_new();
    About about = sample_about();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) bytes = svg_encode(frame, sample.fonts, &about);
    const char *const xmllint[] = {"xmllint", "--noout", "--nonet", "@", NULL};
    g_autofree char *said = sample_filter(bytes, xmllint);
    g_assert_cmpstr(said, ==, "");
    sample_clear(&sample);
}

static char *xpath(GBytes *bytes, const char *expression) {
    const char *const xmllint[] = {"xmllint", "--xpath", expression, "@", NULL};
    return g_strchomp(sample_filter(bytes, xmllint));
}

static void test_text(void) {
    Sample sample = sample_new();
    About about = sample_about();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) bytes = svg_encode(frame, sample.fonts, &about);
    g_autofree char *title = xpath(bytes, "string(/*/*[local-name()='title'])");
    g_autofree char *description = xpath(bytes, "string(/*/*[local-name()='desc'])");
    g_autofree char *subtitle = xpath(bytes, "string(//*[@class='subtitle'][1])");
    g_autofree char *family = xpath(bytes, "string(//*[@class='label']/@font-family)");
    g_autofree char *halo = xpath(bytes, "string(//*[@class='label']/@paint-order)");
    g_assert_cmpstr(title, ==, SAMPLE_ALT);
    g_assert_cmpstr(description, ==, "Trois vols et deux tirs.");
    g_assert_true(g_str_has_prefix(subtitle, SAMPLE_TEXT));
    g_assert_cmpstr(family, ==, "'Inter', sans-serif");
    g_assert_cmpstr(halo, ==, "stroke");
    sample_clear(&sample);
}

/* Without words from the caller, the figure's own serve. */
static void test_own_title(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) bytes = svg_encode(frame, sample.fonts, &(About){0});
    g_autofree char *title = xpath(bytes, "string(/*/*[local-name()='title'])");
    g_assert_cmpstr(title, ==, SAMPLE_ALT);
    sample_clear(&sample);
}

static void test_shapes(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    frame_rect(frame, ROLE_MARK, "\"<&", (Rect){20, 30, -10.004, -5.5}, paint_fill((Color){0}));
    g_autoptr(GBytes) bytes = svg_encode(frame, sample.fonts, &(About){0});
    g_autofree char *text = text_of(bytes);
    g_assert_nonnull(strstr(text, "<circle class=\"mark\" data-key=\"ronin\" cx=\"60\" cy=\"120\" "
                                  "r=\"20\" fill=\"#1040a0\" fill-opacity=\"0.5\" "
                                  "stroke=\"#202030\" stroke-width=\"1\"/>"));
    g_assert_nonnull(strstr(text, "points=\"100,100 140,100 120,140\""));
    g_assert_nonnull(strstr(text, "stroke-dasharray=\"3\""));
    g_assert_nonnull(strstr(text, "<rect class=\"mark\" data-key=\"&quot;&lt;&amp;\" x=\"10\" "
                                  "y=\"24.5\" width=\"10\" height=\"5.5\" fill=\"none\"/>"));
    sample_clear(&sample);
}

static void test_locale(void) {
    Sample sample = sample_new();
    About about = sample_about();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PT);
    g_autoptr(GBytes) plain = svg_encode(frame, sample.fonts, &about);
    g_assert_nonnull(setlocale(LC_ALL, "fr_FR.UTF-8"));
    g_autoptr(GBytes) french = svg_encode(frame, sample.fonts, &about);
    setlocale(LC_ALL, "C");
    g_assert_true(g_bytes_equal(plain, french));
    sample_clear(&sample);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/emit/svg/valid", test_valid);
    g_test_add_func("/emit/svg/text", test_text);
    g_test_add_func("/emit/svg/own-title", test_own_title);
    g_test_add_func("/emit/svg/shapes", test_shapes);
    g_test_add_func("/emit/svg/locale", test_locale);
    return g_test_run();
}
