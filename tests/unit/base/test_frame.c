#include "base/frame.h"

#include <locale.h>
#include <string.h>

static const Color ink = {26, 26, 26, 255}, red = {143, 29, 44, 255}, faint = {0, 0, 0, 64};

static void add_text(Frame *frame, int block, double x, double y, const char *text) {
    const Glyph glyphs[] = {{7, 0, 0}, {9, 4.5f, 0}};
    const Cluster clusters[] = {{1, 1}, {2, 1}};
    GlyphRun run = {.font = 3,
                    .color = ink,
                    .origin = {x, y},
                    .advance = 9.126,
                    .text = text,
                    .glyphs = glyphs,
                    .clusters = clusters,
                    .n_text = (uint32_t)strlen(text),
                    .n_glyphs = 2,
                    .n_clusters = 2};
    frame_text(frame, ROLE_LABEL, "ronin", block, true, &run, (Rect){x, y - 8, 9, 10});
}

static Frame *sample(void) {
    Frame *frame = frame_new("frise", UNIT_PX, 300, 200.5);
    frame_begin(frame, ROLE_FIGURE, "frise", "Les vols", "Trois vols");
    frame_rect(frame, ROLE_BAND, NULL, (Rect){0, 1, 20, 30}, paint_fill(faint));
    frame_circle(frame, ROLE_MARK, "ronin", (Point){60, 120}, 20.005,
                 (Paint){.fill = red, .stroke = ink, .width = 2});
    frame_line(frame, ROLE_RULE, "r", (Point[]){{-0.001, 5}, {300, 5}}, 2,
               (Paint){.stroke = ink, .width = 0.5, .dash = 3});
    frame_polygon(frame, ROLE_MARK, NULL, (Point[]){{0, 0}, {4, 0}, {2, 3}}, 3, paint_fill(red));
    add_text(frame, frame_new_block(frame), 50, 112, "aé");
    add_text(frame, frame_new_block(frame), 70, 140, "bé");
    frame_end(frame);
    return frame;
}

static const char *const golden = "frame frise px 300.00 200.50\n"
                                  "  begin figure title «Les vols» alt «Trois vols» key frise\n"
                                  "    band rect 0.00 1.00 20.00 30.00 fill #00000040\n"
                                  "    mark circle 60.00 120.00 20.01 fill #8f1d2c stroke #1a1a1a"
                                  " 2.00 key ronin\n"
                                  "    rule line 0.00 5.00 300.00 5.00 stroke #1a1a1a 0.50 dash"
                                  " 3.00 key r\n"
                                  "    mark polygon 0.00 0.00 4.00 0.00 2.00 3.00 fill #8f1d2c\n"
                                  "    text label 50.00 112.00 9.13 font 3 #1a1a1a «aé» key ronin\n"
                                  "    text label 70.00 140.00 9.13 font 3 #1a1a1a «bé» key ronin\n"
                                  "  end\n";

static void expect_dump(const Frame *frame, const char *wanted) {
    g_autoptr(GString) text = g_string_new(NULL);
    frame_dump(frame, text);
    g_assert_cmpstr(text->str, ==, wanted);
}

static void test_dump(void) {
    g_autoptr(Frame) frame = sample();
    expect_dump(frame, golden);
    g_assert_nonnull(setlocale(LC_ALL, "fr_FR.UTF-8"));
    expect_dump(frame, golden);
    setlocale(LC_ALL, "C");
}

static void expect_rect(Rect found, double x, double y, double w, double h) {
    g_assert_cmpfloat_with_epsilon(found.x, x, 1e-9);
    g_assert_cmpfloat_with_epsilon(found.y, y, 1e-9);
    g_assert_cmpfloat_with_epsilon(found.w, w, 1e-9);
    g_assert_cmpfloat_with_epsilon(found.h, h, 1e-9);
}

/* Boxes hold the ink: half the stroke lies outside the shape. */
static void test_boxes(void) {
    g_autoptr(Frame) frame = sample();
    expect_rect(frame->items[1].box, 0, 1, 20, 30);
    expect_rect(frame->items[2].box, 38.995, 98.995, 42.01, 42.01);
    expect_rect(frame->items[3].box, -0.251, 4.75, 300.501, 0.5);
    expect_rect(frame->items[4].box, 0, 0, 4, 3);
}

/* What was given may change afterwards. */
static void test_copies(void) {
    g_autoptr(Frame) frame = frame_new("f", UNIT_PT, 10, 10);
    char text[] = "aé", key[] = "k";
    Point points[] = {{1, 2}, {3, 4}};
    add_text(frame, 1, 0, 0, text);
    frame_line(frame, ROLE_LEADER, key, points, 2, paint_stroke(ink, 1));
    text[0] = key[0] = 'X';
    points[0].x = 99;
    g_assert_cmpstr(frame->items[0].run.text, ==, "aé");
    g_assert_cmpuint(frame->items[0].run.glyphs[1].glyph, ==, 9);
    g_assert_cmpuint(frame->items[0].run.clusters[1].bytes, ==, 2);
    g_assert_true(frame->items[0].is_haloed);
    g_assert_cmpstr(frame->items[1].key, ==, "k");
    g_assert_cmpfloat(frame->items[1].shape.points[0].x, ==, 1);
}

/* Placed twice, a part moves whole and its blocks stay apart. */
static void test_place(void) {
    g_autoptr(Frame) page = frame_new("page-1", UNIT_PT, 600, 800);
    g_autoptr(Frame) part = sample();
    add_text(page, frame_new_block(page), 0, 0, "zé");
    frame_place(page, part, 100, 10);
    frame_place(page, part, 0, 300);
    g_assert_cmpuint(page->n, ==, 1 + 2 * part->n);
    for (int copy = 0; copy < 2; copy++) {
        double dx = copy ? 0 : 100, dy = copy ? 300 : 10;
        for (size_t i = 0; i < part->n; i++) {
            const Item *from = &part->items[i], *to = &page->items[1 + (size_t)copy * part->n + i];
            g_assert_cmpint(to->kind, ==, from->kind);
            g_assert_cmpint(to->role, ==, from->role);
            g_assert_cmpstr(to->key, ==, from->key);
            if (from->kind == ITEM_BEGIN) {
                g_assert_cmpstr(to->group.title, ==, from->group.title);
                g_assert_cmpstr(to->group.alt, ==, from->group.alt);
                g_assert_true(to->group.title != from->group.title);
            }
            if (from->kind != ITEM_TEXT && from->kind != ITEM_SHAPE) continue;
            expect_rect(to->box, from->box.x + dx, from->box.y + dy, from->box.w, from->box.h);
        }
        const Item *items = &page->items[1 + (size_t)copy * part->n];
        expect_rect(items[1].shape.rect, dx, 1 + dy, 20, 30);
        g_assert_cmpfloat(items[2].shape.center.x, ==, 60 + dx);
        g_assert_cmpfloat(items[2].shape.center.y, ==, 120 + dy);
        g_assert_cmpfloat(items[3].shape.points[1].x, ==, 300 + dx);
        g_assert_cmpfloat(items[4].shape.points[2].y, ==, 3 + dy);
        g_assert_cmpfloat(items[5].run.origin.x, ==, 50 + dx);
        g_assert_cmpfloat(items[5].run.origin.y, ==, 112 + dy);
        g_assert_cmpfloat(items[5].run.glyphs[1].x, ==, 4.5);
        g_assert_cmpint(items[5].block, ==, 2 + copy * 2);
        g_assert_cmpint(items[6].block, ==, 3 + copy * 2);
    }
    g_assert_cmpint(frame_new_block(page), ==, 6);
    /* The part itself has not moved. */
    expect_dump(part, golden);
}

static void test_blockless(void) {
    g_autoptr(Frame) page = frame_new("p", UNIT_PT, 10, 10);
    g_autoptr(Frame) part = frame_new("f", UNIT_PT, 10, 10);
    frame_new_block(page);
    add_text(part, 0, 0, 0, "aé");
    frame_place(page, part, 0, 0);
    g_assert_cmpint(page->items[0].block, ==, 0);
}

static void test_roles(void) {
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (Role role = 0; role < ROLE_COUNT; role++) {
        g_assert_nonnull(role_name(role));
        g_assert_true(g_hash_table_add(seen, (char *)role_name(role)));
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/frame/dump", test_dump);
    g_test_add_func("/base/frame/boxes", test_boxes);
    g_test_add_func("/base/frame/copies", test_copies);
    g_test_add_func("/base/frame/place", test_place);
    g_test_add_func("/base/frame/blockless", test_blockless);
    g_test_add_func("/base/frame/roles", test_roles);
    return g_test_run();
}
