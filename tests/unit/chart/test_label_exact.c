#include "chart/label_exact.h"

#include <math.h>

enum { ROUNDS = 3000, MOST = 5, OFFERS = 5 };
static const double unit = 10;

typedef struct {
    ExactLabel labels[MOST];
    GArray *offers[MOST];
    int open[MOST][OFFERS];
    size_t n;
} World;

static int compare_costs(const void *a, const void *b) {
    const LabelOffer *x = a, *y = b;
    return (x->cost > y->cost) - (x->cost < y->cost);
}

static World any_world(void) {
    World world = {.n = (size_t)g_test_rand_int_range(1, MOST + 1)};
    for (size_t i = 0; i < world.n; i++) {
        world.offers[i] = g_array_new(FALSE, TRUE, sizeof(LabelOffer));
        size_t n = (size_t)g_test_rand_int_range(0, OFFERS + 1);
        for (size_t k = 0; k < n; k++) {
            LabelOffer offer = {.cost = g_test_rand_double_range(0, 20)};
            offer.place.box =
                (Rect){g_test_rand_double_range(0, 90), g_test_rand_double_range(0, 60), 40, 12};
            offer.hull = rect_grow(offer.place.box, 3.5);
            g_array_append_val(world.offers[i], offer);
        }
        g_array_sort(world.offers[i], compare_costs);
        for (size_t k = 0; k < n; k++) world.open[i][k] = (int)k;
    }
    return world;
}

static void world_open(World *world) {
    for (size_t i = 0; i < world->n; i++)
        world->labels[i] = (ExactLabel){.offers = world->offers[i],
                                        .open = world->open[i],
                                        .n_open = world->offers[i]->len,
                                        .without = ldexp(1000, (int)(world->n - i)),
                                        .chosen = -1};
}

static const LabelOffer *offer_at(const World *world, size_t i, int k) {
    return &g_array_index(world->offers[i], LabelOffer, (guint)k);
}

/* INFINITY: two of them cannot both be. */
static double cost_of(const World *world, const int *choice) {
    double cost = 0;
    for (size_t i = 0; i < world->n; i++) {
        cost += choice[i] < 0 ? world->labels[i].without : offer_at(world, i, choice[i])->cost;
        for (size_t j = 0; j < i; j++)
            if (choice[i] >= 0 && choice[j] >= 0 &&
                label_offers_conflict(offer_at(world, i, choice[i]), offer_at(world, j, choice[j]),
                                      unit))
                return INFINITY;
    }
    return cost;
}

/* Of all choices, counted through like digits. */
static double least_cost(const World *world) {
    int choice[MOST] = {-1, -1, -1, -1, -1};
    double least = INFINITY;
    for (size_t digit = 0; digit < world->n;) {
        least = fmin(least, cost_of(world, choice));
        for (digit = 0; digit < world->n; choice[digit++] = -1)
            if (++choice[digit] < (int)world->offers[digit]->len) break;
    }
    return least;
}

static void test_least(void) {
    for (int round = 0; round < ROUNDS; round++) {
        World world = any_world();
        world_open(&world);
        int choice[MOST];
        double least = least_cost(&world);
        long budget = 1000000;
        bool is_better = label_exact(world.labels, world.n, unit, &budget);
        for (size_t i = 0; i < world.n; i++) choice[i] = world.labels[i].chosen;
        double found = cost_of(&world, choice);
        g_assert_cmpfloat(fabs(found - least), <, 1e-3);
        for (size_t i = 0; i < world.n; i++) choice[i] = -1;
        g_assert_true(is_better == (cost_of(&world, choice) > least + 1e-3));
        for (size_t i = 0; i < world.n; i++) g_array_unref(world.offers[i]);
    }
}

/* With nothing left to spend, what was chosen stands. */
static void test_budget(void) {
    for (int round = 0; round < ROUNDS / 10; round++) {
        World world = any_world();
        world_open(&world);
        long budget = g_test_rand_int_range(0, 20);
        (void)label_exact(world.labels, world.n, unit, &budget);
        int choice[MOST];
        for (size_t i = 0; i < world.n; i++) choice[i] = world.labels[i].chosen;
        g_assert_true(isfinite(cost_of(&world, choice)));
        for (size_t i = 0; i < world.n; i++) g_array_unref(world.offers[i]);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/label-exact/least", test_least);
    g_test_add_func("/label-exact/budget", test_budget);
    return g_test_run();
}
