#include "page/lint.h"

#include "base/vision.h"
#include "text/para.h"

#include <math.h>
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

static Rect write_styled(Desk *desk, Role role, const char *text, const TextStyle *style, Point at,
                         bool is_haloed) {
    g_autoptr(Arena) arena = arena_new();
    TextBlock *block = text_set_plain(desk->fonts, style, text, 0, FIT_RAGGED, arena, desk->diag);
    return text_draw(block, desk->frame, at, ALIGN_LEFT, role, "key", is_haloed);
}

static Rect write_at(Desk *desk, Role role, const char *text, double size, double x, double y) {
    TextStyle style = {.family = "Inter", .size = size, .color = ink};
    return write_styled(desk, role, text, &style, (Point){x, y}, false);
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

/* One fault, of this code, that names the figure and all of `words`. */
static void expect_fault_in(Desk *desk, const char *figure, const char *code,
                            const char *const *words) {
    run(desk, false);
    g_assert_cmpuint(diag_count(desk->diag), ==, 1);
    const Fault *fault = diag_at(desk->diag, 0);
    g_test_message("%s", fault->message);
    g_assert_cmpint(fault->level, ==, FAULT_ERROR);
    g_assert_cmpstr(fault->code, ==, code);
    g_assert_true(g_str_has_prefix(fault->message, figure));
    g_assert_cmpstr(fault->file, ==, "rapport.yaml");
    g_assert_cmpuint(fault->line, ==, 2);
    g_assert_cmpuint(fault->column, ==, 3);
    for (; *words; words++) g_assert_nonnull(strstr(fault->message, *words));
    desk_clear(desk);
}

static void expect_fault(Desk *desk, const char *code, const char *const *words) {
    expect_fault_in(desk, "frise: ", code, words);
}

static void expect_nothing(Desk *desk) {
    run(desk, false);
    if (diag_count(desk->diag)) g_test_message("%s", diag_at(desk->diag, 0)->message);
    g_assert_cmpuint(diag_count(desk->diag), ==, 0);
    desk_clear(desk);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_clean(void) {
    Desk desk = desk_clean();
    expect_nothing(&desk);
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
    expect_nothing(&desk);
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
    expect_nothing(&desk);
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
    expect_nothing(&desk);
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

/* The box of a run that says less than its glyphs draw, or that keeps the edge by a hair. */
static void test_clipped(void) {
    for (int is_false_box = 0; is_false_box < 2; is_false_box++) {
        Desk desk = desk_clean();
        Rect box = write_at(&desk, ROLE_NOTE, "axe Y", 10, 60, 120);
        Item *text = &desk.frame->items[desk.frame->n - 1];
        double shift = is_false_box ? 30 : 0.7;
        text->run.origin.x += 300 - box.x - box.w + shift;
        text->box.x = is_false_box ? 200 : 300 - box.w + shift;
        expect_fault(&desk, "clipped-text", WORDS("« axe Y » (note)", "canvas"));
    }
    /* Against the edge, whole. */
    Desk desk = desk_clean();
    Rect box = write_at(&desk, ROLE_NOTE, "entier", 10, 60, 120);
    write_at(&desk, ROLE_NOTE, "entier", 10, 300 - box.w, 100);
    expect_nothing(&desk);
}

/* A halo painted after a text eats its letters; one painted before, or far enough, does not. */
static void test_halo(void) {
    TextStyle style = {.family = "Inter", .size = 10, .color = ink};
    for (int is_first = 0; is_first < 2; is_first++)
        for (int gap = 0; gap < 3; gap += 2) {
            Desk desk = desk_clean();
            Rect box =
                write_styled(&desk, ROLE_NOTE, "dessous", &style, (Point){20, 120}, is_first);
            write_styled(&desk, ROLE_LABEL, "dessus", &style, (Point){20 + box.w + gap, 120},
                         !is_first);
            if (is_first || gap)
                expect_nothing(&desk);
            else
                expect_fault(&desk, "clipped-text", WORDS("« dessous » (note)", "« dessus »"));
        }
}

static void test_small_type(void) {
    Desk desk = desk_clean();
    write_at(&desk, ROLE_SOURCE, "Source : ONU", 5, 20, 180);
    expect_fault(&desk, "small-type", WORDS("Source", "set in 5.0", "floor of 8.0"));
    desk = desk_clean();
    write_at(&desk, ROLE_SOURCE, "Source : ONU", FLOOR, 20, 180);
    expect_nothing(&desk);
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

static Rect write_run(Desk *desk, double size, FontWeight weight, Color color, bool is_haloed) {
    TextStyle style = {.family = "Inter", .size = size, .weight = weight, .color = color};
    return write_styled(desk, ROLE_LABEL, "Upbit", &style, (Point){60, 120}, is_haloed);
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
    expect_fault(&desk, "low-contrast", WORDS("« Upbit » (label of « key »)", "3.4", "4.5"));
    /* One letter in the dark is enough; the corners of a triangle's box are not the triangle. */
    for (int is_on = 0; is_on < 2; is_on++) {
        desk = desk_clean();
        Rect box = write_run(&desk, 10, FONT_REGULAR, ink, false);
        double x = box.x + box.w, y = box.y;
        Point corners[] = {{x - 6, y - 2}, {x + 60, y - 2}, {is_on ? x - 6 : x + 60, y + 30}};
        frame_polygon(desk.frame, ROLE_MARK, "upbit", corners, 3, paint_fill(ink));
        /* Painted before the text. */
        Item *items = desk.frame->items, text = items[desk.frame->n - 2];
        items[desk.frame->n - 2] = items[desk.frame->n - 1];
        items[desk.frame->n - 1] = text;
        if (is_on)
            expect_fault(&desk, "low-contrast", WORDS("« Upbit » (label of « key »)", "1.0"));
        else
            expect_nothing(&desk);
    }
}

static void test_empty(void) {
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "annual", "Titre", NULL);
    draw_line(&desk, ROLE_GRID, NULL, (Point){0, 50}, (Point){300, 50});
    frame_end(desk.frame);
    frame_begin(desk.frame, ROLE_FIGURE, "full", "Titre", NULL);
    frame_circle(desk.frame, ROLE_MARK, "ronin", (Point){130, 30}, 20, paint_fill(ink));
    frame_end(desk.frame);
    expect_fault_in(&desk, "annual: ", "empty-figure", WORDS("no mark"));
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

/* Classes that all eyes tell apart, and that none do. */
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
            expect_fault(&desk, "close-colors", WORDS("« ronin »", "« upbit »"));
            continue;
        }
        run(&desk, false);
        g_assert_cmpuint(diag_count(desk.diag), ==, 0);
        desk_clear(&desk);
    }
}

/* The colour that some eyes alone take for `color`: the farthest from it for all the others. */
static Color confused_with(Color color, Vision eyes) {
    enum { STEP = 12 };
    Color found = color;
    double best = 0;
    for (int i = 0; i < 256 * 256 * 256; i += STEP) {
        Color c = {(uint8_t)(i >> 16), (uint8_t)(i >> 8 & 255), (uint8_t)(i & 255), 255};
        if ((i >> 8 & 255) % STEP || (i >> 16) % STEP) continue;
        if (color_contrast(c, paper) < 3 || color_difference(color, c, eyes) > 4) continue;
        double others = INFINITY;
        for (Vision v = VISION_FULL; v < VISION_COUNT; v++)
            if (v != eyes) others = fmin(others, color_difference(color, c, v));
        if (others > best) best = others, found = c;
    }
    g_assert_cmpfloat(best, >, 6);
    return found;
}

/* Classes that only eyes with every cone tell apart, whichever cone is missing. */
static void test_vision(void) {
    static const Color red = {190, 60, 40, 255};
    static const char *const names[] = {"", "protanopia", "deuteranopia", "tritanopia"};
    for (Vision eyes = VISION_PROTAN; eyes < VISION_COUNT; eyes++) {
        Desk desk = desk_new();
        frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
        frame_rect(desk.frame, ROLE_MARK, "ronin", (Rect){10, 10, 20, 20}, paint_fill(red));
        frame_rect(desk.frame, ROLE_MARK, "upbit", (Rect){50, 10, 20, 20},
                   paint_fill(confused_with(red, eyes)));
        frame_end(desk.frame);
        expect_fault(&desk, "close-colors", WORDS("« ronin »", "« upbit »", names[eyes]));
    }
}

/* Lines are told from lines; the outline of a mark is no class of its own. */
static void test_palette_of_lines(void) {
    static const Color red = {190, 60, 40, 255}, brick = {194, 62, 40, 255};
    for (int is_outline = 0; is_outline < 2; is_outline++) {
        Desk desk = desk_new();
        Paint red_line = paint_stroke(red, 1);
        Point points[] = {{10, 10}, {60, 20}}, lower[] = {{10, 60}, {60, 70}};
        frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
        if (is_outline)
            frame_rect(desk.frame, ROLE_MARK, "ronin", (Rect){10, 10, 20, 20},
                       (Paint){.fill = ink, .stroke = red, .width = 1});
        else
            frame_line(desk.frame, ROLE_MARK, "ronin", points, 2, red_line);
        frame_line(desk.frame, ROLE_MARK, "upbit", lower, 2, paint_stroke(brick, 1));
        frame_end(desk.frame);
        if (is_outline)
            expect_nothing(&desk);
        else
            expect_fault(&desk, "close-colors", WORDS("« ronin »", "« upbit »"));
    }
}

/* On a page every fault names the figure it is in, what is in none the page; colours are compared
 * within each figure. */
static void test_page(void) {
    static const Color red = {190, 60, 40, 255}, brick = {194, 62, 40, 255};
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_PAGE, NULL, NULL, NULL);
    for (int i = 0; i < 2; i++) {
        frame_begin(desk.frame, ROLE_FIGURE, i ? "droite" : "gauche", "Titre", NULL);
        frame_rect(desk.frame, ROLE_MARK, "ronin", (Rect){10 + 150 * i, 10, 20, 20},
                   paint_fill(i ? red : brick));
        frame_begin(desk.frame, ROLE_LIST, NULL, NULL, NULL);
        frame_end(desk.frame);
        write_at(&desk, ROLE_LABEL, "Ronin", 5, 10 + 150 * i, 60);
        frame_end(desk.frame);
    }
    write_at(&desk, ROLE_SOURCE, "Source", 5, 10, 180);
    frame_end(desk.frame);
    run(&desk, false);
    static const char *const places[] = {"gauche: ", "droite: ", "frise: "};
    g_assert_cmpuint(diag_count(desk.diag), ==, G_N_ELEMENTS(places));
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        g_assert_true(g_str_has_prefix(diag_at(desk.diag, i)->message, places[i]));
    desk_clear(&desk);
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

/* A table of one or two columns, under keys of its rows. */
typedef struct {
    const char *columns[2];
    Value cells[8];
    const char *keys[4];
    Node children[2], *channels[2], node;
    Table table;
    Layer layer;
    Panel panel;
    Figure figure;
} Rows;

static Value on(int year, int month, int day) {
    return (Value){.kind = VALUE_DATE, .date = date_from_ymd(year, month, day)};
}

static Value number(double real) {
    return (Value){.kind = VALUE_REAL, .real = real};
}

/* Rows keyed a, b, c…, their columns named as the mark's channels are; x1: NULL without. */
static void rows_fill(Rows *rows, const char *mark, const char *x0, const char *x1, size_t n,
                      const Value *cells) {
    static const char *const keys[] = {"a", "b", "c", "d"};
    size_t width = x1 ? 2 : 1;
    *rows = (Rows){.columns = {x0, x1}};
    memcpy(rows->cells, cells, n * width * sizeof *cells);
    memcpy(rows->keys, keys, sizeof keys);
    for (size_t i = 0; i < width; i++)
        rows->children[i] =
            (Node){.kind = NODE_SCALAR, .key = rows->columns[i], .text = rows->columns[i]};
    rows->channels[0] = &rows->children[0], rows->channels[1] = &rows->children[1];
    rows->node = (Node){.kind = NODE_MAP, .children = rows->channels, .n_children = width};
    rows->table =
        (Table){.columns = rows->columns, .n_columns = width, .n_rows = n, .cells = rows->cells};
    rows->layer =
        (Layer){.mark = mark, .node = &rows->node, .data = &rows->table, .keys = rows->keys};
    rows->panel = (Panel){.layers = &rows->layer, .n_layers = 1};
    rows->figure = (Figure){.name = "frise", .panels = &rows->panel, .n_panels = 1};
}

/* How many rows the one fault tells of, and that it names the first of them; 0: no fault. */
static void expect_lost(Desk *desk, const Rows *rows, size_t n, const char *first) {
    size_t before = diag_count(desk->diag);
    lint_events(&rows->figure, desk->frame, (Span){desk->source, 11, 5}, false, desk->diag);
    g_assert_cmpuint(diag_count(desk->diag), ==, before + (n > 0));
    if (!n) return;
    const Fault *fault = diag_at(desk->diag, before);
    g_autofree char *count =
        g_strdup_printf("frise: %zu row%s of mark %s ", n, n == 1 ? "" : "s", rows->layer.mark);
    g_autofree char *name = g_strdup_printf("« %s »", first);
    g_test_message("%s", fault->message);
    g_assert_cmpstr(fault->code, ==, "not-drawn");
    g_assert_nonnull(strstr(fault->message, count));
    g_assert_nonnull(strstr(fault->message, name));
}

static void draw_symbol(Desk *desk, Role role, const char *key) {
    frame_circle(desk->frame, role, key, (Point){130, 30}, 20, paint_fill(ink));
}

/* A symbol of its own figure shows a row; its name alone does not. */
static void test_events(void) {
    Rows rows;
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
    draw_symbol(&desk, ROLE_MARK, "a");
    draw_symbol(&desk, ROLE_GRID, "c");
    write_at(&desk, ROLE_LABEL, "Ronin", 10, 20, 20); /* of « key » */
    frame_end(desk.frame);
    frame_begin(desk.frame, ROLE_FIGURE, "autre", "Titre", NULL);
    draw_symbol(&desk, ROLE_MARK, "b");
    frame_end(desk.frame);
    rows_fill(
        &rows, "bubble", "x", "size", 3,
        (Value[]){on(2020, 1, 1), number(1), on(2020, 2, 1), number(1), on(2020, 3, 1), number(1)});
    expect_lost(&desk, &rows, 2, "b");
    /* What has no area was told when it was read. */
    rows.cells[5] = number(0);
    expect_lost(&desk, &rows, 1, "b");
    /* What time does not show, when it was bound. */
    rows.figure.has_time = true;
    rows.figure.from = date_from_ymd(2020, 1, 0), rows.figure.to = date_from_ymd(2020, 1, 0);
    expect_lost(&desk, &rows, 0, NULL);
    rows.figure.to = date_from_ymd(2020, 2, 0);
    expect_lost(&desk, &rows, 1, "b");
    rows.figure.has_time = false;
    rows.keys[1] = rows.keys[2] = "key";
    expect_lost(&desk, &rows, 1, "key");
    /* A text is shown by its words. */
    rows_fill(&rows, "text", "x", NULL, 1, (Value[]){on(2020, 1, 1)});
    expect_lost(&desk, &rows, 1, "a");
    rows.keys[0] = "key";
    expect_lost(&desk, &rows, 0, NULL);
    desk_clear(&desk);
}

/* Two marks, or two rows, with one key have a symbol each. */
static void test_events_of_one_key(void) {
    for (size_t n = 1; n <= 2; n++) {
        Rows rows;
        Desk desk = desk_new();
        frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
        for (size_t i = 0; i < n; i++) draw_symbol(&desk, ROLE_MARK, "a");
        frame_end(desk.frame);
        rows_fill(&rows, "dot", "x", NULL, 1, (Value[]){on(2020, 1, 1)});
        Layer layers[] = {rows.layer, rows.layer};
        layers[1].mark = "flag";
        rows.panel = (Panel){.layers = layers, .n_layers = 2};
        rows.layer.mark = "flag"; /* of the fault */
        expect_lost(&desk, &rows, 2 - n, "a");
        desk_clear(&desk);
    }
}

/* Columns and cells have the keys of what they put together. */
static void test_events_together(void) {
    Rows rows;
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
    draw_symbol(&desk, ROLE_MARK, "2020-01");
    frame_end(desk.frame);
    rows_fill(
        &rows, "bar", "x", "y", 3,
        (Value[]){on(2020, 1, 0), number(1), on(2020, 1, 0), number(3), on(2020, 2, 0), number(1)});
    expect_lost(&desk, &rows, 1, "c");
    rows_fill(&rows, "calendar", "x", "y", 4,
              (Value[]){on(2020, 1, 3), number(1), on(2020, 1, 0), number(3), on(2021, 0, 0),
                        number(1), on(2020, 2, 9), number(1)});
    expect_lost(&desk, &rows, 1, "d"); /* « c » was told: no month */
    desk_clear(&desk);
}

/* A line has a corner for each of its rows. */
static void test_events_joined(void) {
    for (size_t n = 2; n <= 3; n++) {
        Rows rows;
        Desk desk = desk_new();
        Point points[] = {{10, 10}, {20, 30}, {40, 40}};
        frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
        frame_line(desk.frame, ROLE_MARK, "d", points, n, paint_stroke(ink, 1));
        frame_end(desk.frame);
        rows_fill(&rows, "line", "x", "y", 4,
                  (Value[]){on(2020, 1, 1), number(1), on(2020, 2, 1), (Value){0}, on(2020, 3, 1),
                            number(1), on(2020, 4, 1), number(1)});
        expect_lost(&desk, &rows, 3 - n, "d");
        desk_clear(&desk);
    }
}

/* Dated rules are rows too. */
static void test_events_rules(void) {
    Rows rows;
    Desk desk = desk_new();
    frame_begin(desk.frame, ROLE_FIGURE, "frise", "Titre", NULL);
    draw_line(&desk, ROLE_RULE, "a", (Point){20, 0}, (Point){20, 100});
    frame_end(desk.frame);
    rows_fill(&rows, "rules", "date", NULL, 2, (Value[]){on(2020, 1, 1), on(2020, 2, 1)});
    rows.figure.n_panels = 0;
    rows.figure.rules = &rows.layer;
    expect_lost(&desk, &rows, 1, "b");
    rows.figure.has_time = true;
    rows.figure.from = date_from_ymd(2020, 1, 0), rows.figure.to = date_from_ymd(2020, 1, 0);
    expect_lost(&desk, &rows, 0, NULL);
    desk_clear(&desk);
}

static void test_events_lax(void) {
    Rows rows;
    Desk desk = desk_new();
    rows_fill(&rows, "dot", "x", NULL, 1, (Value[]){on(2020, 1, 1)});
    lint_events(&rows.figure, desk.frame, (Span){desk.source, 11, 5}, true, desk.diag);
    g_assert_cmpuint(diag_count(desk.diag), ==, 1);
    g_assert_cmpuint(diag_errors(desk.diag), ==, 0);
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
    g_test_add_func("/page/lint/clipped", test_clipped);
    g_test_add_func("/page/lint/halo", test_halo);
    g_test_add_func("/page/lint/small-type", test_small_type);
    g_test_add_func("/page/lint/superior", test_superior);
    g_test_add_func("/page/lint/contrast", test_contrast);
    g_test_add_func("/page/lint/empty", test_empty);
    g_test_add_func("/page/lint/faint", test_faint);
    g_test_add_func("/page/lint/palette", test_palette);
    g_test_add_func("/page/lint/vision", test_vision);
    g_test_add_func("/page/lint/palette-of-lines", test_palette_of_lines);
    g_test_add_func("/page/lint/hidden", test_hidden);
    g_test_add_func("/page/lint/page", test_page);
    g_test_add_func("/page/lint/events", test_events);
    g_test_add_func("/page/lint/events-of-one-key", test_events_of_one_key);
    g_test_add_func("/page/lint/events-together", test_events_together);
    g_test_add_func("/page/lint/events-joined", test_events_joined);
    g_test_add_func("/page/lint/events-rules", test_events_rules);
    g_test_add_func("/page/lint/events-lax", test_events_lax);
    g_test_add_func("/page/lint/all", test_all);
    g_test_add_func("/page/lint/lax", test_lax);
    return g_test_run();
}
