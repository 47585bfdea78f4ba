#include "chart/label.h"

#include <math.h>
#include <string.h>

enum { SEEDS = 20, MOST_CIRCLES = 40 };

static const Rect canvas = {0, 0, 640, 360};
static const double unit = 12.5;
static const TextStyle style = {.family = "Inter", .size = 12.5, .color = {26, 26, 26, 255}};

/* A field of circles that do not overlap, some points, a text and a rule in the way. */
typedef struct {
    Arena *arena;
    Diag *diag;
    Fonts *fonts;
    LabelField *field;
    Rect obstacle;
    Point rule[2];
    LabelPlace *places;
    size_t n;
} World;

static World world_new(void) {
    static const char *const dirs[] = {"/usr/share/fonts/opentype/inter",
                                       "/usr/share/fonts/opentype/linux-libertine", NULL};
    static const char *const families[] = {"Inter", "Linux Libertine O", NULL};
    World world = {.arena = arena_new(), .diag = diag_new()};
    world.fonts = fonts_load(dirs, families, world.diag);
    g_assert_nonnull(world.fonts);
    world.field = label_field_new(world.arena);
    return world;
}

static void world_clear(World *world) {
    g_assert_cmpuint(diag_count(world->diag), ==, 0);
    label_field_free(world->field);
    fonts_free(world->fonts);
    diag_free(world->diag);
    arena_free(world->arena);
}

static TextBlock *set_text(World *world, const char *text) {
    return text_set_plain(world->fonts, &style, text, 0, FIT_BALANCED, world->arena, world->diag);
}

static void add_wish(World *world, Point anchor, double radius, double rank, const char *text) {
    TextBlock *block = set_text(world, text);
    LabelWish wish = {.block = block,
                      .inside = block,
                      .key = arena_printf(world->arena, "wish-%zu", world->n++),
                      .role = ROLE_LABEL,
                      .anchor = anchor,
                      .radius = radius,
                      .rank = rank,
                      .bounds = canvas};
    if (radius > 0)
        label_field_circle(world->field, anchor, radius, wish.key);
    else
        wish.inside = NULL;
    label_field_wish(world->field, wish);
}

static bool touches_circle(const World *world, Point center, double radius) {
    const GArray *circles = label_field_circles(world->field);
    for (guint i = 0; i < circles->len; i++) {
        const LabelCircle *circle = &g_array_index(circles, LabelCircle, i);
        if (point_distance(circle->center, center) < circle->radius + radius + 2) return true;
    }
    return false;
}

static World world_random(guint32 seed) {
    static const char *const names[] = {"Ronin\n173 M$", "KuCoin", "Upbit\n41,5 M$",
                                        "Atomic Wallet", "DMM Bitcoin\n308 M$"};
    World world = world_new();
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    world.obstacle =
        (Rect){g_rand_double_range(random, 0, 480), g_rand_double_range(random, 0, 320),
               g_rand_double_range(random, 40, 160), 30};
    double x = g_rand_double_range(random, 50, 590);
    world.rule[0] = (Point){x, 0};
    world.rule[1] = (Point){x, 360};
    label_field_rect(world.field, world.obstacle, true);
    label_field_line(world.field, world.rule[0], world.rule[1]);
    int n = g_rand_int_range(random, 5, MOST_CIRCLES);
    for (int i = 0; i < n; i++) {
        double radius = i % 5 == 4 ? 0 : pow(g_rand_double_range(random, 1.5, 7.5), 2);
        Point center = {g_rand_double_range(random, radius, 640 - radius),
                        g_rand_double_range(random, radius, 360 - radius)};
        bool is_free = !touches_circle(&world, center, radius);
        if (is_free) add_wish(&world, center, radius, radius, names[i % 5]);
    }
    world.places = labels_place(world.field, unit, world.arena);
    return world;
}

static const LabelWish *wish_at(const World *world, size_t i) {
    return label_field_wish_at(world->field, i);
}

static double box_distance(Rect box, Point p) {
    double dx = fmax(fmax(box.x - p.x, 0), p.x - (box.x + box.w));
    double dy = fmax(fmax(box.y - p.y, 0), p.y - (box.y + box.h));
    return hypot(dx, dy);
}

/* The box is the text's own, where `at` says, inside its bounds. */
static void expect_box(const World *world, size_t i) {
    const LabelPlace *place = &world->places[i];
    g_assert_true(rect_contains(canvas, place->box, 1e-6));
    Rect drawn = text_box(wish_at(world, i)->block, place->at, place->align);
    g_assert_true(rect_contains(drawn, place->box, 1e-6) && rect_contains(place->box, drawn, 1e-6));
}

static void expect_clear(const World *world, size_t i) {
    const LabelPlace *place = &world->places[i];
    const LabelWish *wish = wish_at(world, i);
    if (place->is_inside) {
        g_assert_cmpfloat(box_distance(place->box, wish->anchor), ==, 0);
        g_assert_cmpfloat(hypot(place->box.w, place->box.h) / 2, <=, wish->radius);
        g_assert_false(place->has_leader);
        return;
    }
    g_assert_false(rect_overlaps(place->box, world->obstacle));
    g_assert_false(segment_crosses_rect(world->rule[0], world->rule[1], place->box));
    const GArray *circles = label_field_circles(world->field);
    for (guint k = 0; k < circles->len; k++) {
        const LabelCircle *circle = &g_array_index(circles, LabelCircle, k);
        g_assert_cmpfloat(box_distance(place->box, circle->center), >=, circle->radius);
        if (!place->has_leader || g_str_equal(circle->key, wish->key)) continue;
        g_assert_cmpfloat(segment_distance(place->from, place->to, circle->center), >=,
                          circle->radius - 1e-9);
    }
    if (!place->has_leader) return;
    g_assert_false(segment_crosses_rect(place->from, place->to, world->obstacle));
    g_assert_false(segment_crosses_rect(place->from, place->to, place->box));
    /* It starts at its mark and ends at its text. */
    g_assert_cmpfloat(point_distance(place->from, wish->anchor), <=, wish->radius + 0.5 * unit);
    g_assert_cmpfloat(point_distance(place->from, wish->anchor), >=, wish->radius - 1e-6);
    g_assert_cmpfloat(box_distance(place->box, place->to), <=, 0.5 * unit);
}

static void expect_apart(const World *world, size_t i, size_t k) {
    const LabelPlace *a = &world->places[i], *b = &world->places[k];
    g_assert_false(rect_overlaps(a->box, b->box));
    if (a->has_leader) g_assert_false(segment_crosses_rect(a->from, a->to, b->box));
    if (b->has_leader) g_assert_false(segment_crosses_rect(b->from, b->to, a->box));
    if (a->has_leader && b->has_leader)
        g_assert_false(segments_cross(a->from, a->to, b->from, b->to));
}

/* Every promise of label.h; how many labels were placed. */
static size_t expect_promises(const World *world) {
    size_t placed = 0;
    g_assert_cmpuint(label_field_wishes(world->field), ==, world->n);
    for (size_t i = 0; i < world->n; i++) {
        if (!world->places[i].is_placed) {
            g_assert_false(world->places[i].has_leader || world->places[i].is_inside);
            continue;
        }
        placed++;
        expect_box(world, i);
        expect_clear(world, i);
        for (size_t k = 0; k < i; k++)
            if (world->places[k].is_placed) expect_apart(world, i, k);
    }
    return placed;
}

/* Fields that once kept no promise: a label stood where the exact choice did not look. */
static void test_known_fields(void) {
    static const guint32 seeds[] = {429665247, 1891570837};
    for (size_t i = 0; i < G_N_ELEMENTS(seeds); i++) {
        World world = world_random(seeds[i]);
        (void)expect_promises(&world);
        world_clear(&world);
    }
}

static void test_properties(void) {
    size_t placed = 0, wished = 0;
    for (int i = 0; i < SEEDS; i++) {
        guint32 seed = (guint32)g_test_rand_int();
        g_test_message("field %u", seed);
        World world = world_random(seed);
        wished += world.n;
        placed += expect_promises(&world);
        world_clear(&world);
    }
    /* An engine that places nothing would keep every promise above. */
    g_assert_cmpuint(placed * 10, >=, wished * 8);
}

/* Small marks close together: labels need leaders, which must not cross. */
static void test_crowd(void) {
    size_t led = 0;
    for (guint32 seed = 1; seed <= SEEDS; seed++) {
        World world = world_new();
        g_autoptr(GRand) random = g_rand_new_with_seed(seed);
        world.obstacle = (Rect){0, 0, 10, 10};
        world.rule[1] = (Point){0, 1};
        for (int i = 0; i < 18; i++) {
            Point center = {g_rand_double_range(random, 260, 380),
                            g_rand_double_range(random, 140, 220)};
            bool is_free = !touches_circle(&world, center, 3);
            if (is_free) add_wish(&world, center, 3, i % 7, i % 2 ? "Ronin" : "Atomic Wallet");
        }
        world.places = labels_place(world.field, unit, world.arena);
        g_test_message("crowd %u", seed);
        g_assert_cmpuint(expect_promises(&world) * 2, >=, world.n);
        for (size_t i = 0; i < world.n; i++) led += world.places[i].has_leader;
        world_clear(&world);
    }
    g_assert_cmpuint(led, >, 3 * SEEDS);
}

static void test_deterministic(void) {
    for (guint32 seed = 1; seed <= 5; seed++) {
        World first = world_random(seed), second = world_random(seed);
        g_assert_cmpuint(first.n, ==, second.n);
        LabelPlace *again = labels_place(first.field, unit, first.arena);
        for (size_t i = 0; i < first.n; i++)
            for (int run = 0; run < 2; run++) {
                const LabelPlace *a = &first.places[i], *b = run ? &second.places[i] : &again[i];
                g_assert_true(a->is_placed == b->is_placed && a->is_inside == b->is_inside &&
                              a->has_leader == b->has_leader && a->align == b->align);
                g_assert_cmpmem(&a->box, sizeof a->box, &b->box, sizeof b->box);
                g_assert_cmpmem(&a->to, sizeof a->to, &b->to, sizeof b->to);
            }
        world_clear(&first);
        world_clear(&second);
    }
}

static void test_simple(void) {
    World world = world_new();
    add_wish(&world, (Point){150, 180}, 60, 2, "Ronin");
    add_wish(&world, (Point){450, 180}, 5, 1, "KuCoin");
    world.places = labels_place(world.field, unit, world.arena);
    g_assert_true(world.places[0].is_placed && world.places[0].is_inside);
    g_assert_cmpfloat_with_epsilon(world.places[0].box.x + world.places[0].box.w / 2, 150, 1e-6);
    /* Beside a lone mark there is room: no leader. */
    g_assert_true(world.places[1].is_placed);
    g_assert_false(world.places[1].is_inside || world.places[1].has_leader);
    g_assert_cmpfloat(box_distance(world.places[1].box, (Point){450, 180}), <, 5 + unit);
    world_clear(&world);
}

/* Where there is room for one label only, the greatest rank has it, and the others say so. */
static void test_rank(void) {
    enum { COUNT = 3 };
    for (size_t best = 0; best < COUNT; best++) {
        World world = world_new();
        LabelField *alone = label_field_new(world.arena);
        for (size_t i = 0; i < COUNT; i++) {
            LabelWish wish = {.block = set_text(&world, "neuf"),
                              .key = arena_printf(world.arena, "%zu", i),
                              .anchor = {102 + 2 * (double)i, 20},
                              .rank = i == best ? 9 : 1,
                              .bounds = {84, 20, 40, 22}};
            label_field_wish(world.field, wish);
            if (i != best) label_field_wish(alone, wish);
        }
        LabelPlace *places = labels_place(world.field, unit, world.arena);
        for (size_t i = 0; i < COUNT; i++) g_assert_true(places[i].is_placed == (i == best));
        /* Without it, one of the others takes the room: the first, as their ranks are equal. */
        places = labels_place(alone, unit, world.arena);
        g_assert_true(places[0].is_placed);
        g_assert_false(places[1].is_placed);
        label_field_free(alone);
        world_clear(&world);
    }
}

static void test_no_room(void) {
    World world = world_new();
    TextBlock *block = set_text(&world, "un texte trop long pour cette place");
    label_field_wish(
        world.field,
        (LabelWish){.block = block, .key = "a", .anchor = {50, 50}, .bounds = {40, 40, 60, 60}});
    LabelPlace *places = labels_place(world.field, unit, world.arena);
    g_assert_false(places[0].is_placed);
    world_clear(&world);
    world = world_new();
    g_assert_nonnull(labels_place(world.field, unit, world.arena));
    world_clear(&world);
}

static bool is_where_pinned(Side pin, Rect box, Point anchor) {
    switch (pin) {
    case SIDE_RIGHT: return box.x >= anchor.x;
    case SIDE_LEFT: return box.x + box.w <= anchor.x;
    case SIDE_UP: return box.y + box.h <= anchor.y;
    case SIDE_DOWN: return box.y >= anchor.y;
    default: return false;
    }
}

/* A pin binds, whatever it costs: also inside a circle, and against greater ranks. */
static void test_pins(void) {
    for (Side pin = SIDE_RIGHT; pin <= SIDE_DOWN; pin++) {
        World world = world_new();
        add_wish(&world, (Point){320, 180}, 60, 1, "Ronin");
        add_wish(&world, (Point){420, 180}, 30, 9, "KuCoin");
        label_field_wish_mut(world.field, 0)->pin = pin;
        world.places = labels_place(world.field, unit, world.arena);
        g_assert_true(world.places[0].is_placed && !world.places[0].is_inside);
        g_assert_true(is_where_pinned(pin, world.places[0].box, (Point){320, 180}));
        world_clear(&world);
    }
}

/* Two pins that exclude each other: the one without place says which is in its way. */
static void test_pins_excluded(void) {
    World world = world_new();
    for (size_t i = 0; i < 2; i++)
        label_field_wish(world.field, (LabelWish){.block = set_text(&world, "neuf"),
                                                  .key = arena_printf(world.arena, "%zu", i),
                                                  .anchor = {100, 20},
                                                  .rank = (double)i,
                                                  .pin = SIDE_RIGHT,
                                                  .bounds = {84, 12, 60, 18}});
    LabelPlace *places = labels_place(world.field, unit, world.arena);
    g_assert_true(places[1].is_placed);
    g_assert_false(places[0].is_placed);
    g_assert_cmpuint(places[0].blocker, ==, 2);
    world_clear(&world);
}

/* Names beyond the budget have no place; notes are not counted. */
static void test_budget(void) {
    World world = world_new();
    for (int i = 0; i < 4; i++)
        add_wish(&world, (Point){80 + 120.0 * i, 180}, 5, i, i == 3 ? "remarque" : "KuCoin");
    label_field_wish_mut(world.field, 3)->role = ROLE_NOTE;
    label_field_limit(world.field, 2);
    world.places = labels_place(world.field, unit, world.arena);
    g_assert_false(world.places[0].is_placed);
    for (int i = 1; i < 4; i++) g_assert_true(world.places[i].is_placed);
    world_clear(&world);
}

/* The name of a band lies on its anchor, or as near as it is free; never with a leader. */
static void test_centered(void) {
    World world = world_new();
    TextBlock *block = set_text(&world, "98 jours");
    LabelWish wish = {
        .block = block, .key = "band", .anchor = {320, 180}, .bounds = canvas, .is_centered = true};
    label_field_wish(world.field, wish);
    LabelPlace *places = labels_place(world.field, unit, world.arena);
    g_assert_true(places[0].is_placed);
    g_assert_cmpfloat_with_epsilon(places[0].box.x + places[0].box.w / 2, 320, 1e-6);
    g_assert_cmpfloat_with_epsilon(places[0].box.y + places[0].box.h / 2, 180, 1e-6);
    Rect bar = {0, 175, 640, 30};
    label_field_rect(world.field, bar, false);
    g_assert_false(label_field_is_clear(world.field, places[0].box));
    places = labels_place(world.field, unit, world.arena);
    g_assert_true(places[0].is_placed);
    g_assert_false(places[0].has_leader);
    g_assert_true(label_field_is_clear(world.field, places[0].box));
    world_clear(&world);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/label/properties", test_properties);
    g_test_add_func("/chart/label/known-fields", test_known_fields);
    g_test_add_func("/chart/label/crowd", test_crowd);
    g_test_add_func("/chart/label/deterministic", test_deterministic);
    g_test_add_func("/chart/label/simple", test_simple);
    g_test_add_func("/chart/label/rank", test_rank);
    g_test_add_func("/chart/label/no-room", test_no_room);
    g_test_add_func("/chart/label/pins", test_pins);
    g_test_add_func("/chart/label/pins-excluded", test_pins_excluded);
    g_test_add_func("/chart/label/budget", test_budget);
    g_test_add_func("/chart/label/centered", test_centered);
    return g_test_run();
}
