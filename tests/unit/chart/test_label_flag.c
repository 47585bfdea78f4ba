#include "chart/label_flag.h"

#include <glib.h>

enum { SEEDS = 20, MOST = 300, WIDTH = 640 * FLAG_UNIT, HEIGHT = 360 * FLAG_UNIT };

/* A small generator of our own: the same sets on every machine. */
static uint32_t next_random(uint32_t *state) {
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static const FlagRoom room = {.x1 = WIDTH,
                              .up = HEIGHT / 2,
                              .down = HEIGHT / 2,
                              .gap = 5 * FLAG_UNIT,
                              .margin = 4 * FLAG_UNIT,
                              .first = 8 * FLAG_UNIT};

/* Events around a few dates, names of 5 to 25 letters or so, on one line or on two. */
static void make_wishes(FlagWish *wishes, size_t n, uint32_t seed) {
    uint32_t state = seed * 2654435761u + 1;
    int32_t centers[5];
    for (size_t i = 0; i < G_N_ELEMENTS(centers); i++)
        centers[i] = (int32_t)(next_random(&state) % WIDTH);
    for (size_t i = 0; i < n; i++) {
        int32_t spread = (int32_t)(next_random(&state) % (90 * FLAG_UNIT)) - 45 * FLAG_UNIT;
        int32_t w = (int32_t)(35 + next_random(&state) % 120) * FLAG_UNIT;
        int32_t x = centers[next_random(&state) % 5] + spread;
        x = CLAMP(x, 0, WIDTH);
        wishes[i] = (FlagWish){.x = x,
                               .sizes = {{w, 16 * FLAG_UNIT}, {w * 6 / 10, 31 * FLAG_UNIT}},
                               .rank = next_random(&state)};
    }
}

typedef struct {
    int32_t x0, y0, x1, y1; /* y away from the line */
} Box;

static Box box_of(const FlagWish *wish, const FlagPlace *place) {
    Box box = {.y0 = place->y, .y1 = place->y + wish->sizes[place->form].h};
    label_flag_extent(wish, place, &room, &box.x0, &box.x1);
    return box;
}

static void check_pair(const FlagWish *a, const FlagPlace *p, const FlagWish *b,
                       const FlagPlace *q) {
    if (p->is_down != q->is_down) return;
    Box x = box_of(a, p), y = box_of(b, q);
    bool meets = x.x0 < y.x1 && y.x0 < x.x1 && x.y0 < y.y1 && y.y0 < x.y1;
    g_assert_false(meets);
    bool is_crossed = b->x > x.x0 && b->x < x.x1 && q->y + b->sizes[q->form].h > x.y0;
    g_assert_false(is_crossed);
}

static size_t check(const FlagWish *wishes, const FlagPlace *places, size_t n) {
    size_t placed = 0;
    for (size_t i = 0; i < n; i++) {
        if (!places[i].is_placed) continue;
        Box box = box_of(&wishes[i], &places[i]);
        placed++;
        g_assert_cmpint(box.x0, >=, room.x0);
        g_assert_cmpint(box.x1, <=, room.x1);
        g_assert_cmpint(box.y0, >=, room.first);
        g_assert_cmpint(box.y1, <=, places[i].is_down ? room.down : room.up);
        for (size_t j = 0; j < n; j++)
            if (i != j && places[j].is_placed)
                check_pair(&wishes[i], &places[i], &wishes[j], &places[j]);
    }
    return placed;
}

static void test_nothing_meets(void) {
    static const size_t sizes[] = {1, 2, 12, 20, 30, 45, 100, MOST};
    static const size_t least[] = {1, 2, 12, 20, 28, 32, 36, 48}; /* labels set, at the worst */
    static FlagWish wishes[MOST];
    static FlagPlace places[MOST], again[MOST];
    for (size_t k = 0; k < G_N_ELEMENTS(sizes); k++)
        for (uint32_t seed = 0; seed < SEEDS; seed++) {
            make_wishes(wishes, sizes[k], seed);
            gint64 start = g_get_monotonic_time();
            label_flags_set(wishes, sizes[k], &room, places);
            gint64 us = g_get_monotonic_time() - start;
            size_t placed = check(wishes, places, sizes[k]);
            g_test_message("%zu flags, set %u, %ld us: %zu placed", sizes[k], seed, (long)us,
                           placed);
            g_assert_cmpuint(placed, >=, least[k]);
            label_flags_set(wishes, sizes[k], &room, again);
            g_assert_cmpmem(places, sizes[k] * sizeof *places, again, sizes[k] * sizeof *again);
        }
}

/* What had a place and loses no room has it again, whatever comes beside. */
static void test_memory(void) {
    static FlagWish wishes[MOST];
    static FlagPlace before[MOST], after[MOST];
    size_t kept = 0, all = 0;
    for (uint32_t seed = 0; seed < SEEDS; seed++)
        for (size_t added = 0; added < 5; added++) {
            size_t n = 30;
            make_wishes(wishes, n + 1, seed * 5 + (uint32_t)added);
            label_flags_set(wishes, n, &room, before);
            for (size_t i = 0; i < n; i++) {
                wishes[i].was = before[i];
                wishes[i].was_left_out = !before[i].is_placed;
            }
            label_flags_set(wishes, n, &room, after);
            g_assert_cmpmem(before, n * sizeof *before, after, n * sizeof *after);
            label_flags_set(wishes, n + 1, &room, after);
            check(wishes, after, n + 1);
            for (size_t i = 0; i < n; i++) {
                all += before[i].is_placed;
                kept += before[i].is_placed && after[i].is_placed && before[i].y == after[i].y &&
                        before[i].is_left == after[i].is_left &&
                        before[i].is_down == after[i].is_down;
            }
        }
    g_test_message("kept in place: %zu of %zu", kept, all);
    g_assert_cmpuint(kept * 100, >=, all * 93);
}

static void test_pins(void) {
    FlagWish wishes[3] = {
        {.x = 100 * FLAG_UNIT, .sizes = {{50 * FLAG_UNIT, 16 * FLAG_UNIT}}, .side = 2},
        {.x = 110 * FLAG_UNIT, .sizes = {{50 * FLAG_UNIT, 16 * FLAG_UNIT}}, .direction = 2},
        {.x = 630 * FLAG_UNIT, .sizes = {{50 * FLAG_UNIT, 16 * FLAG_UNIT}}, .direction = 1},
    };
    FlagPlace places[3];
    label_flags_set(wishes, 3, &room, places);
    g_assert_true(places[0].is_placed && places[0].is_down);
    g_assert_true(places[1].is_placed && places[1].is_left);
    g_assert_false(places[2].is_placed); /* it would leave the canvas */
}

static void test_same_day(void) {
    FlagWish wishes[10];
    FlagPlace places[10];
    for (size_t i = 0; i < G_N_ELEMENTS(wishes); i++)
        wishes[i] = (FlagWish){.x = WIDTH / 2, .sizes = {{80 * FLAG_UNIT, 16 * FLAG_UNIT}}};
    label_flags_set(wishes, G_N_ELEMENTS(wishes), &room, places);
    g_assert_cmpuint(check(wishes, places, G_N_ELEMENTS(wishes)), ==, G_N_ELEMENTS(wishes));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/label-flag/nothing-meets", test_nothing_meets);
    g_test_add_func("/chart/label-flag/memory", test_memory);
    g_test_add_func("/chart/label-flag/pins", test_pins);
    g_test_add_func("/chart/label-flag/same-day", test_same_day);
    return g_test_run();
}
