#include "sample.h"

#include "text/para.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

Sample sample_new(void) {
    static const char *const dirs[] = {"/usr/share/fonts", NULL};
    static const char *const families[] = {"Inter", NULL};
    Diag *diag = diag_new();
    Fonts *fonts = fonts_load(dirs, families, diag);
    g_assert_nonnull(fonts);
    return (Sample){fonts, diag};
}

void sample_clear(Sample *sample) {
    g_assert_cmpuint(diag_count(sample->diag), ==, 0);
    fonts_free(sample->fonts);
    diag_free(sample->diag);
}

static const Color ink = {32, 32, 48, 255}, red = {200, 16, 32, 255}, blue = {16, 64, 160, 128};

static void write_text(const Sample *sample, Frame *frame, Role role, const char *text, double size,
                       double x, double y, bool is_haloed) {
    g_autoptr(Arena) arena = arena_new();
    TextStyle style = {.family = "Inter", .size = size, .color = ink};
    TextBlock *block =
        text_set_plain(sample->fonts, &style, text, 240, FIT_RAGGED, arena, sample->diag);
    text_draw(block, frame, (Point){x, y}, ALIGN_LEFT, role, "key", is_haloed);
}

Frame *sample_square(FrameUnit unit) {
    Frame *frame = frame_new("carre", unit, 40, 30);
    frame_rect(frame, ROLE_MARK, "a", (Rect){10, 10, 10, 10}, paint_fill((Color){255, 0, 0, 255}));
    return frame;
}

Frame *sample_figure(const Sample *sample, FrameUnit unit) {
    Frame *frame = frame_new("frise", unit, 300, 200);
    frame_begin(frame, ROLE_FIGURE, "frise", SAMPLE_TITLE, SAMPLE_ALT);
    write_text(sample, frame, ROLE_HEADING, SAMPLE_TITLE, 14, 0, 0, false);
    write_text(sample, frame, ROLE_SUBTITLE,
               SAMPLE_TEXT ", une phrase assez longue pour occuper deux lignes.", 10, 0, 36, false);
    frame_line(frame, ROLE_GRID, NULL, (Point[]){{0, 120}, {300, 120}}, 2, paint_stroke(ink, 0.5));
    frame_circle(frame, ROLE_MARK, "ronin", (Point){60, 120}, 20,
                 (Paint){.fill = blue, .stroke = ink, .width = 1});
    frame_polygon(frame, ROLE_MARK, "bybit", (Point[]){{100, 100}, {140, 100}, {120, 140}}, 3,
                  paint_fill(red));
    frame_rect(frame, ROLE_MARK, "tir", (Rect){160, 100, 20, 40},
               (Paint){.fill = red, .stroke = blue, .width = 2, .dash = 3});
    write_text(sample, frame, ROLE_LABEL, "Ronin", 11, 50, 112, true);
    write_text(sample, frame, ROLE_SOURCE, "Source : ONU.", 8, 0, 185, false);
    frame_end(frame);
    return frame;
}

static void write_table(const Sample *sample, Frame *frame, double y) {
    frame_begin(frame, ROLE_TABLE, "table", "Les vols", NULL);
    write_text(sample, frame, ROLE_HEADING, "Les vols", 12, 40, y, false);
    for (int row = 0; row < 3; row++) {
        double row_y = y + 20 + row * 16;
        frame_line(frame, ROLE_RULING, NULL, (Point[]){{40, row_y}, {240, row_y}}, 2,
                   paint_stroke(ink, 0.5));
        frame_begin(frame, ROLE_ROW, NULL, NULL, NULL);
        for (int column = 0; column < 2; column++) {
            frame_begin(frame, row ? ROLE_CELL : ROLE_HEADER_CELL, NULL, NULL, NULL);
            if (row < 2 || column < 1)
                write_text(sample, frame, ROLE_PARAGRAPH, row ? "625" : "Montant", 9,
                           40 + column * 100, row_y, false);
            frame_end(frame);
        }
        frame_end(frame);
    }
    frame_end(frame);
}

Frame *sample_page(const Sample *sample) {
    Frame *page = frame_new("page-1", UNIT_PT, 595.28, 841.89);
    frame_begin(page, ROLE_PAGE, NULL, NULL, NULL);
    frame_begin(page, ROLE_TITLE, "title", "Cryptomonnaies volées", NULL);
    write_text(sample, page, ROLE_TITLE, "Cryptomonnaies volées", 24, 40, 40, false);
    frame_end(page);
    g_autoptr(Frame) figure = sample_figure(sample, UNIT_PT);
    frame_place(page, figure, 40, 100);
    write_table(sample, page, 340);
    write_text(sample, page, ROLE_PARAGRAPH, SAMPLE_TEXT, 10, 40, 500, false);
    frame_end(page);
    return page;
}

static void write_labelled(const Sample *sample, Frame *frame, Role role, const char *label,
                           const char *text, double y) {
    frame_begin(frame, role, "prose", NULL, NULL);
    if (label) write_text(sample, frame, role, label, 9, 10, y, false);
    write_text(sample, frame, role, text, 9, 30, y, false);
    frame_end(frame);
}

Frame *sample_prose(const Sample *sample) {
    Frame *frame = frame_new("prose", UNIT_PT, 300, 200);
    frame_begin(frame, ROLE_PAGE, NULL, NULL, NULL);
    frame_begin(frame, ROLE_LIST, "prose", NULL, NULL);
    write_labelled(sample, frame, ROLE_LIST_ITEM, "—", "un", 10);
    write_labelled(sample, frame, ROLE_LIST_ITEM, NULL, "deux", 30);
    frame_end(frame);
    write_labelled(sample, frame, ROLE_FOOTNOTE, "1.", "première", 50);
    write_labelled(sample, frame, ROLE_FOOTNOTE, "2.", "seconde", 70);
    frame_end(frame);
    return frame;
}

About sample_about(void) {
    return (About){.title = SAMPLE_TITLE,
                   .author = "Équipe Données",
                   .subject = "Vols & tirs",
                   .keywords = "Corée du Nord",
                   .source = "Source : ONU.",
                   .licence_url = "https://creativecommons.org/licenses/by/4.0/",
                   .alt = SAMPLE_ALT,
                   .description = "Trois vols et deux tirs.",
                   .created = 1704164645};
}

char *sample_filter(GBytes *bytes, const char *const *argv) {
    g_autofree char *path = NULL, *errors = NULL;
    char *output = NULL;
    GError *error = NULL;
    int status = 0;
    int fd = g_file_open_tmp("frise-test-XXXXXX", &path, &error);
    g_assert_no_error(error);
    close(fd);
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    g_file_set_contents(path, data, (gssize)size, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (; *argv; argv++) g_ptr_array_add(words, g_str_equal(*argv, "@") ? path : (char *)*argv);
    g_ptr_array_add(words, NULL);
    g_spawn_sync(NULL, (char **)words->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output,
                 &errors, &status, &error);
    g_assert_no_error(error);
    if (status) g_test_message("%s: %s%s", (char *)words->pdata[0], output, errors);
    g_assert_cmpint(status, ==, 0);
    g_unlink(path);
    return output;
}

gssize sample_find(GBytes *bytes, const char *needle) {
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);
    const char *found = memmem(data, size, needle, strlen(needle));
    return found ? found - data : -1;
}
