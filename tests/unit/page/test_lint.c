#include "page/lint.h"

#include "base/vision.h"
#include "text/para.h"

#include <string.h>

static const double FLOOR = 8;
static const Color ink = {26, 26, 26, 255}, paper = {255, 255, 255, 255};

typedef struct {
    Fonts *fonts;
    Diag *diag;
    Source *source;
    Frame *frame;
} Desk;

static Desk desk_new(void) {
    static const char *const dirs[] = {"/usr/share/fonts/opentype/inter", NULL};
    static const char *const families[] = {"Inter", NULL};
    g_autoptr(GBytes) bytes = g_bytes_new_static("figures:\n  frise: 1\n", 20);
    Desk desk = {.diag = diag_new(), .source = source_new("rapport.yaml", bytes)};
    desk.fonts = fonts_load(dirs, families, desk.diag);
    g_assert_nonnull(desk.fonts);
    desk.frame = frame_new("frise", UNIT_PT, 300, 200);
    return desk;
}

static void desk_clear(Desk *desk) {
    frame_free(desk->frame);
    fonts_free(desk->fonts);
    source_unref(desk->source);
    diag_free(desk->diag);
}

static Rect write_at(Desk *desk, Role role, const char *text, double size, double x, double y) {
    g_autoptr(Arena) arena = arena_new();
    TextStyle style = {.family = "Inter", .size = size, .color = ink};
    TextBlock *block = text_set_plain(desk->fonts, &style, text, 0, FIT_RAGGED, arena, desk->diag);
    return text_draw(block, desk->frame, (Point){x, y}, ALIGN_LEFT, role, "key", false);
}

static void draw_line(Desk *desk, Role role, const char *key, Point a, Point b) {
    frame_line(desk->frame, role, key, (Point[]){a, b}, 2, paint_stroke(ink, 0.5));
}

/* A figure without a fault: two texts, a leader, a rule, a grid line and a mark behind a text. */
static Desk desk_clean(void) {
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
    frame_rect(desk.frame, ROLE_BACKGROUND, NULL, (Rect){0, 0, 300, 200}, paint_fill(paper));
    Paint pale = {.fill = {225, 225, 230, 255}, .stroke = ink, .width = 1};
    frame_circle(desk.frame, ROLE_MARK, "ronin", (Point){130, 30}, 20, pale);
    write_at(&desk, ROLE_LABEL, "Ronin", 10, 20, 20);
    write_at(&desk, ROLE_LABEL, "KuCoin\n281 M$", 10, 120, 20);
    draw_line(&desk, ROLE_LEADER, "ronin", (Point){40, 80}, (Point){30, 40});
    draw_line(&desk, ROLE_LEADER, "kucoin", (Point){120, 80}, (Point){130, 60});
    draw_line(&desk, ROLE_RULE, "sanction", (Point){200, 0}, (Point){200, 200});
    draw_line(&desk, ROLE_AXIS, NULL, (Point){0, 150}, (Point){300, 150});
    frame_end(desk.frame);
    return desk;
}

static void run(Desk *desk, bool is_lax) {
    lint_frame(desk->frame, desk->fonts, FLOOR, (Span){desk->source, 11, 5}, is_lax, desk->diag);
}

/* One fault, of this code, that names all of `words`. */
static void expect_fault(Desk *desk, const char *code, const char *const *words) {
    run(desk, false);
    g_assert_cmpuint(diag_count(desk->diag), ==, 1);
    const Fault *fault = diag_at(desk->diag, 0);
    g_test_message("%s", fault->message);
    g_assert_cmpint(fault->level, ==, FAULT_ERROR);
    g_assert_cmpstr(fault->code, ==, code);
    g_assert_true(g_str_has_prefix(fault->message, "frise: "));
    g_assert_cmpstr(fault->file, ==, "rapport.yaml");
    g_assert_cmpuint(fault->line, ==, 2);
    g_assert_cmpuint(fault->column, ==, 3);
    for (; *words; words++) g_assert_nonnull(strstr(fault->message, *words));
    desk_clear(desk);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_clean(void) {
    Desk desk = desk_clean();
    run(&desk, false);
    g_assert_cmpuint(diag_count(desk.diag), ==, 0);
    desk_clear(&desk);
}

static void test_overlap(void) {
    Desk desk = desk_clean();
    write_at(&desk, ROLE_NOTE, "le maximum", 10, 25, 25);
    expect_fault(&desk, "text-overlap", WORDS("« Ronin » (label)", "« le maximum » (note)"));
}

/* Boxes may touch, or overlap by less than ink does. */
static void test_touching(void) {
    Desk desk = desk_new();
    Rect box = write_at(&desk, ROLE_LABEL, "Ronin", 10, 20, 20);
    write_at(&desk, ROLE_LABEL, "Upbit", 10, 20, box.y + box.h);
    write_at(&desk, ROLE_LABEL, "KuCoin", 10, box.x + box.w, box.y);
    run(&desk, false);
    g_assert_cmpuint(diag_count(desk.diag), ==, 0);
    desk_clear(&desk);
}

/* Lines of one block may be set tight; those of two blocks may not. */
static void test_blocks(void) {
    for (int is_one = 0; is_one < 2; is_one++) {
        Desk desk = desk_new();
        int font = fonts_find(desk.fonts, "Inter", FONT_REGULAR, false, 10, NULL);
        int first = frame_new_block(desk.frame);
        int second = is_one ? first : frame_new_block(desk.frame);
        GlyphRun run_a = {.font = font, .color = ink, .advance = 20, .text = "un", .n_text = 2};
        GlyphRun run_b = {.font = font, .color = ink, .advance = 20, .text = "deux", .n_text = 4};
        frame_text(desk.frame, ROLE_LABEL, "a", first, false, &run_a, (Rect){10, 10, 20, 12});
        frame_text(desk.frame, ROLE_LABEL, "a", second, false, &run_b, (Rect){10, 18, 20, 12});
        run(&desk, false);
        g_assert_cmpuint(diag_errors(desk.diag), ==, is_one ? 0 : 1);
        desk_clear(&desk);
    }
}

static void test_through_text(void) {
    static const struct {
        Role role;
        const char *word;
    } cases[] = {{ROLE_LEADER, "the leader of « upbit »"},
                 {ROLE_RULE, "the rule of « upbit »"},
                 {ROLE_AXIS, "the axis of « upbit »"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Desk desk = desk_clean();
        draw_line(&desk, cases[i].role, "upbit", (Point){10, 10}, (Point){60, 40});
        expect_fault(&desk, "line-through-text", WORDS(cases[i].word, "« Ronin »"));
    }
    /* Lines of the grid lie under the text, as marks do. */
    Desk desk = desk_clean();
    draw_line(&desk, ROLE_GRID, NULL, (Point){10, 10}, (Point){60, 40});
    run(&desk, false);
    g_assert_cmpuint(diag_count(desk.diag), ==, 0);
    desk_clear(&desk);
}

/* The second stretch of a bent leader counts too. */
static void test_bent_leader(void) {
    Desk desk = desk_clean();
    frame_line(desk.frame, ROLE_LEADER, "upbit", (Point[]){{5, 5}, {60, 5}, {30, 30}}, 3,
               paint_stroke(ink, 0.5));
    expect_fault(&desk, "line-through-text", WORDS("« upbit »", "« Ronin »"));
}

static void test_leaders_cross(void) {
    Desk desk = desk_clean();
    draw_line(&desk, ROLE_LEADER, "upbit", (Point){20, 60}, (Point){60, 62});
    expect_fault(&desk, "leaders-cross", WORDS("« ronin »", "« upbit »"));
    /* So does the second stretch of a bent one. */
    desk = desk_clean();
    frame_line(desk.frame, ROLE_LEADER, "upbit", (Point[]){{60, 75}, {60, 60}, {20, 60}}, 3,
               paint_stroke(ink, 0.5));
    expect_fault(&desk, "leaders-cross", WORDS("« ronin »", "« upbit »"));
    /* A leader may cross a dated rule. */
    desk = desk_clean();
    draw_line(&desk, ROLE_LEADER, "upbit", (Point){190, 100}, (Point){210, 110});
    run(&desk, false);
    g_assert_cmpuint(diag_count(desk.diag), ==, 0);
    desk_clear(&desk);
}

static void test_off_canvas(void) {
    Desk desk = desk_clean();
    write_at(&desk, ROLE_NOTE, "dehors", 10, 285, 100);
    expect_fault(&desk, "off-canvas", WORDS("« dehors »"));
    desk = desk_clean();
    frame_circle(desk.frame, ROLE_MARK, "bybit", (Point){100, 198}, 10, paint_fill(ink));
    expect_fault(&desk, "off-canvas", WORDS("the mark of « bybit »"));
    desk = desk_clean();
    write_at(&desk, ROLE_NOTE, "dehors", 10, 100, -5);
    expect_fault(&desk, "off-canvas", WORDS("« dehors »"));
}

static void test_small_type(void) {
    Desk desk = desk_clean();
    write_at(&desk, ROLE_SOURCE, "Source : ONU", 5, 20, 180);
    expect_fault(&desk, "small-type", WORDS("Source", "set in 5.0", "floor of 8.0"));
    desk = desk_clean();
    write_at(&desk, ROLE_SOURCE, "Source : ONU", FLOOR, 20, 180);
    run(&desk, false);
    g_assert_cmpuint(diag_count(desk.diag), ==, 0);
    desk_clear(&desk);
}

/* Superiors are smaller than their text, which alone must reach the floor. */
static void test_superior(void) {
    static const struct {
        double text, superior;
        size_t faults;
    } cases[] = {{8, 5.2, 0}, {6, 3.9, 2}, {8, 4, 1}, {0, 5.2, 1}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Desk desk = desk_new();
        int block = frame_new_block(desk.frame);
        double sizes[] = {cases[i].text, cases[i].superior};
        for (int k = 0; k < 2; k++) {
            if (sizes[k] == 0) continue;
            int font = fonts_find(desk.fonts, "Inter", FONT_REGULAR, false, sizes[k], NULL);
            GlyphRun run_k = {.font = font, .color = ink, .advance = 9, .text = "1", .n_text = 1};
            frame_text(desk.frame, ROLE_LABEL, "a", block, false, &run_k,
                       (Rect){10 + 10 * k, 10, 9, 9});
        }
        run(&desk, false);
        g_assert_cmpuint(diag_errors(desk.diag), ==, cases[i].faults);
        desk_clear(&desk);
    }
}

static void write_run(Desk *desk, double size, FontWeight weight, Color color, bool is_haloed) {
    int font = fonts_find(desk->fonts, "Inter", weight, false, size, NULL);
    GlyphRun run = {.font = font, .color = color, .advance = 20, .text = "Upbit", .n_text = 5};
    frame_text(desk->frame, ROLE_LABEL, "upbit", frame_new_block(desk->frame), is_haloed, &run,
               (Rect){60, 120, 30, 20});
}

/* #8c8c8c on white is 3.36: large text may have it, small text may not. */
static void test_contrast(void) {
    static const Color grey = {140, 140, 140, 255};
    static const struct {
        double size;
        FontWeight weight;
        bool is_ink, is_haloed, on_circle;
        size_t faults;
    } cases[] = {
        {10, FONT_REGULAR, false, false, false, 1}, {18, FONT_REGULAR, false, false, false, 0},
        {14, FONT_REGULAR, false, false, false, 1}, {14, FONT_BOLD, false, false, false, 0},
        {10, FONT_REGULAR, true, false, false, 0},  {10, FONT_REGULAR, true, false, true, 1},
        {10, FONT_REGULAR, true, true, true, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Desk desk = desk_new();
        if (cases[i].on_circle)
            frame_circle(desk.frame, ROLE_MARK, "upbit", (Point){75, 130}, 30, paint_fill(ink));
        write_run(&desk, cases[i].size, cases[i].weight, cases[i].is_ink ? ink : grey,
                  cases[i].is_haloed);
        run(&desk, false);
        g_assert_cmpuint(diag_errors(desk.diag), ==, cases[i].faults);
        desk_clear(&desk);
    }
    Desk desk = desk_clean();
    write_run(&desk, 10, FONT_REGULAR, grey, false);
    expect_fault(&desk, "low-contrast", WORDS("« Upbit » (label of « upbit »)", "3.4", "4.5"));
}

static void test_empty(void) {
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "annual", "Titre", NULL);
    draw_line(&desk, ROLE_GRID, NULL, (Point){0, 50}, (Point){300, 50});
    frame_end(desk.frame);
    frame_begin(desk.frame, ROLE_FIGURE, "full", "Titre", NULL);
    frame_circle(desk.frame, ROLE_MARK, "ronin", (Point){130, 30}, 20, paint_fill(ink));
    frame_end(desk.frame);
    expect_fault(&desk, "empty-figure", WORDS("« annual »"));
}

/* A pale fill needs an outline, unless it fades towards a strong part of the same row. */
static void test_faint(void) {
    static const Color pale = {230, 210, 215, 255};
    static const Rect box = {10, 165, 40, 20}, inside = {12, 165, 20, 20};
    Desk desk = desk_clean();
    frame_rect(desk.frame, ROLE_MARK, "ronin", box, paint_fill(pale));
    expect_fault(&desk, "faint-mark", WORDS("« ronin »", "3:1"));
    for (int is_outlined = 0; is_outlined < 2; is_outlined++) {
        Desk good = desk_clean();
        Paint paint = paint_fill(pale);
        if (is_outlined) paint.stroke = ink, paint.width = 1;
        frame_rect(good.frame, ROLE_MARK, "ronin", box, paint);
        if (!is_outlined) frame_rect(good.frame, ROLE_MARK, "ronin", inside, paint_fill(ink));
        run(&good, false);
        g_assert_cmpuint(diag_count(good.diag), ==, 0);
        desk_clear(&good);
    }
}

/* Classes that all eyes tell apart, that none do, and that only eyes with every cone do. */
static void test_palette(void) {
    static const Color red = {190, 60, 40, 255}, sky = {40, 120, 200, 255};
    for (int is_close = 0; is_close < 2; is_close++) {
        Desk desk = desk_new();
        Color other = is_close ? (Color){194, 62, 40, 255} : sky;
        frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
        frame_rect(desk.frame, ROLE_MARK, "ronin", (Rect){10, 10, 20, 20}, paint_fill(red));
        frame_rect(desk.frame, ROLE_MARK, "upbit", (Rect){50, 10, 20, 20}, paint_fill(other));
        frame_rect(desk.frame, ROLE_MARK, "bybit", (Rect){90, 10, 20, 20}, paint_fill(red));
        frame_end(desk.frame);
        if (is_close) {
            expect_fault(&desk, "close-colors", WORDS("« frise »", "« ronin »", "« upbit »"));
            continue;
        }
        run(&desk, false);
        g_assert_cmpuint(diag_count(desk.diag), ==, 0);
        desk_clear(&desk);
    }
    /* Of the browns, the one that lies furthest from red but meets it without middle cones. */
    Color green = {0, 0, 0, 255};
    double full = 0;
    for (int g = 60; g < 140; g++) {
        Color c = {110, (uint8_t)g, 30, 255};
        double d = color_difference(red, c, VISION_DEUTAN);
        if (d < 5 && color_difference(red, c, VISION_FULL) > full) {
            full = color_difference(red, c, VISION_FULL);
            green = c;
        }
    }
    g_assert_cmpfloat(full, >, 10);
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
    frame_rect(desk.frame, ROLE_MARK, "ronin", (Rect){10, 10, 20, 20}, paint_fill(red));
    frame_rect(desk.frame, ROLE_MARK, "upbit", (Rect){50, 10, 20, 20}, paint_fill(green));
    frame_end(desk.frame);
    expect_fault(&desk, "close-colors", WORDS("« ronin »", "« upbit »", "opia"));
}

static void test_hidden(void) {
    Desk desk = desk_clean();
    write_at(&desk, ROLE_TICK, "20 missiles", 10, 20, 100);
    Rect bar = {55, 105, 10, 60}, below = {20, 125, 60, 20};
    frame_rect(desk.frame, ROLE_MARK, "mai", below, paint_fill(ink));
    frame_rect(desk.frame, ROLE_MARK, "juin", bar, (Paint){.stroke = ink, .width = 1});
    frame_rect(desk.frame, ROLE_MARK, "juillet", bar, paint_fill(ink));
    expect_fault(&desk, "hidden-text", WORDS("« 20 missiles »", "« juillet »"));
}

/* A mark, a label or a number in the key: any of them shows a row. Those of other figures do not.
 */
static void test_events(void) {
    static const char *keys[] = {"ronin", "bybit", "upbit"};
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
    frame_circle(desk.frame, ROLE_MARK, "ronin", (Point){130, 30}, 20, paint_fill(ink));
    frame_end(desk.frame);
    frame_begin(desk.frame, ROLE_FIGURE, "autre", "Titre", NULL);
    frame_circle(desk.frame, ROLE_MARK, "upbit", (Point){130, 30}, 20, paint_fill(ink));
    frame_end(desk.frame);
    Node node = {.kind = NODE_MAP};
    Table table = {.n_rows = G_N_ELEMENTS(keys)};
    Layer layers[] = {{.mark = "bubble", .node = &node, .data = &table, .keys = keys},
                      {.mark = "line", .node = &node, .data = &table, .keys = keys}};
    Panel panel = {.layers = layers, .n_layers = 2};
    Figure figure = {.name = "frise", .panels = &panel, .n_panels = 1};
    for (int is_lax = 0; is_lax < 2; is_lax++)
        lint_events(&figure, desk.frame, (Span){desk.source, 11, 5}, is_lax, desk.diag);
    g_assert_cmpuint(diag_count(desk.diag), ==, 2);
    g_assert_cmpuint(diag_errors(desk.diag), ==, 1);
    const Fault *fault = diag_at(desk.diag, 0);
    g_assert_cmpstr(fault->code, ==, "not-drawn");
    g_assert_nonnull(strstr(fault->message, "2 rows of mark bubble"));
    g_assert_nonnull(strstr(fault->message, "« bybit »"));
    table.n_rows = 1;
    lint_events(&figure, desk.frame, (Span){desk.source, 11, 5}, false, desk.diag);
    g_assert_cmpuint(diag_count(desk.diag), ==, 2);
    desk_clear(&desk);
}

/* Every fault is told, in the order of the checks. */
static void test_all(void) {
    Desk desk = desk_clean();
    write_at(&desk, ROLE_NOTE, "le maximum", 10, 25, 25);
    write_at(&desk, ROLE_SOURCE, "petit", 5, 20, 180);
    write_at(&desk, ROLE_NOTE, "dehors", 10, 285, 100);
    draw_line(&desk, ROLE_LEADER, "upbit", (Point){20, 60}, (Point){60, 62});
    run(&desk, false);
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    for (size_t i = 0; i < diag_count(desk.diag); i++)
        g_ptr_array_add(codes, diag_at(desk.diag, i)->code);
    g_ptr_array_add(codes, NULL);
    g_autofree char *all = g_strjoinv(" ", (char **)codes->pdata);
    g_assert_cmpstr(all, ==, "small-type off-canvas text-overlap leaders-cross");
    desk_clear(&desk);
}

static void test_lax(void) {
    Desk desk = desk_clean();
    write_at(&desk, ROLE_NOTE, "le maximum", 10, 25, 25);
    write_at(&desk, ROLE_SOURCE, "petit", 5, 20, 180);
    run(&desk, true);
    g_assert_cmpuint(diag_errors(desk.diag), ==, 0);
    g_assert_cmpuint(diag_count(desk.diag), ==, 2);
    for (size_t i = 0; i < 2; i++) {
        g_assert_cmpint(diag_at(desk.diag, i)->level, ==, FAULT_WARNING);
        g_assert_nonnull(diag_at(desk.diag, i)->hint);
    }
    desk_clear(&desk);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/lint/clean", test_clean);
    g_test_add_func("/page/lint/overlap", test_overlap);
    g_test_add_func("/page/lint/touching", test_touching);
    g_test_add_func("/page/lint/blocks", test_blocks);
    g_test_add_func("/page/lint/through-text", test_through_text);
    g_test_add_func("/page/lint/bent-leader", test_bent_leader);
    g_test_add_func("/page/lint/leaders-cross", test_leaders_cross);
    g_test_add_func("/page/lint/off-canvas", test_off_canvas);
    g_test_add_func("/page/lint/small-type", test_small_type);
    g_test_add_func("/page/lint/superior", test_superior);
    g_test_add_func("/page/lint/contrast", test_contrast);
    g_test_add_func("/page/lint/empty", test_empty);
    g_test_add_func("/page/lint/faint", test_faint);
    g_test_add_func("/page/lint/palette", test_palette);
    g_test_add_func("/page/lint/hidden", test_hidden);
    g_test_add_func("/page/lint/events", test_events);
    g_test_add_func("/page/lint/all", test_all);
    g_test_add_func("/page/lint/lax", test_lax);
    return g_test_run();
}
