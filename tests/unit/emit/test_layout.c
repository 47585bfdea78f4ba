#include "emit/layout.h"
#include "sample.h"

#include <locale.h>

static char *jq(GBytes *bytes, const char *filter) {
    const char *const argv[] = {"jq", "-c", "-r", filter, "@", NULL};
    return g_strchomp(sample_filter(bytes, argv));
}

static void expect(GBytes *bytes, const char *filter, const char *wanted) {
    g_autofree char *found = jq(bytes, filter);
    g_assert_cmpstr(found, ==, wanted);
}

static void test_figure(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) bytes = layout_encode(frame, sample.fonts);
    expect(bytes, "[.figure,.unit,.width,.height,.background]",
           "[\"frise\",\"px\",300,200,\"#ffffff\"]");
    expect(bytes, "[.items[].role]",
           "[\"heading\",\"subtitle\",\"grid\",\"mark\",\"mark\",\"mark\",\"label\",\"source\"]");
    expect(bytes, ".items[3] | [.type,.key,.shape,.center,.radius,.box]",
           "[\"mark\",\"ronin\",\"circle\",[60,120],20,[39.5,99.5,41,41]]");
    expect(bytes, ".items[4].points", "[[100,100],[140,100],[120,140]]");
    expect(bytes, ".items[6] | [.type,.text,.halo,(.lines|length)]", "[\"text\",\"Ronin\",true,1]");
    expect(bytes, ".groups[0] | [.role,.first,.count]", "[\"figure\",0,8]");
    sample_clear(&sample);
}

static void test_block(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) bytes = layout_encode(frame, sample.fonts);
    expect(bytes, ".items[1].lines | length >= 2", "true");
    expect(bytes, ".items[1].text",
           SAMPLE_TEXT ", une phrase assez longue pour occuper deux lignes.");
    expect(bytes, ".items[1] | .lines[1].baseline > .lines[0].baseline and .lines[0].size == 10",
           "true");
    expect(bytes, ".items[1] | .box[3] > .lines[0].box[3]", "true");
    sample_clear(&sample);
}

/* A raised run stays on its line; control characters and quotes are escaped. */
static void test_lines(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = frame_new("l", UNIT_PX, 100, 100);
    int block = frame_new_block(frame);
    int large = fonts_find(sample.fonts, "Inter", FONT_REGULAR, false, 10, NULL);
    int small = fonts_find(sample.fonts, "Inter", FONT_REGULAR, false, 6, NULL);
    GlyphRun runs[] = {
        {.font = large, .origin = {0, 10}, .advance = 20, .text = "XX", .n_text = 2},
        {.font = small, .origin = {20, 7}, .advance = 4, .text = "e", .n_text = 1},
        {.font = large, .origin = {24, 10}, .advance = 9, .text = " \"a\t", .n_text = 4},
        {.font = large, .origin = {0, 22}, .advance = 9, .text = "b\u00AD", .n_text = 3},
        {.font = large, .origin = {0, 34}, .advance = 9, .text = "c", .n_text = 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(runs); i++)
        frame_text(frame, ROLE_PARAGRAPH, NULL, block, false, &runs[i],
                   (Rect){runs[i].origin.x, runs[i].origin.y - 8, runs[i].advance, 10});
    g_autoptr(GBytes) bytes = layout_encode(frame, sample.fonts);
    expect(bytes, "[.items[0].lines[].baseline]", "[10,22,34]");
    expect(bytes, ".items[0].lines[0].text | @json", "\"XXe \\\"a\\t\"");
    expect(bytes, ".items[0].text | endswith(\"\\\"a\\t bc\")", "true");
    sample_clear(&sample);
}

static void test_locale(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) plain = layout_encode(frame, sample.fonts);
    g_assert_nonnull(setlocale(LC_ALL, "fr_FR.UTF-8"));
    g_autoptr(GBytes) french = layout_encode(frame, sample.fonts);
    setlocale(LC_ALL, "C");
    g_assert_true(g_bytes_equal(plain, french));
    sample_clear(&sample);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/emit/layout/figure", test_figure);
    g_test_add_func("/emit/layout/block", test_block);
    g_test_add_func("/emit/layout/lines", test_lines);
    g_test_add_func("/emit/layout/locale", test_locale);
    return g_test_run();
}
