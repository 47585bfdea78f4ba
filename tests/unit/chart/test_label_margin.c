#include "chart/label_margin.h"

#include <glib.h>
#include <math.h>

enum { MOST = 9 };
static const double GAP = 2, TOP = 10, BOTTOM = 400;

static double cost(const MarginLabel *labels, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += pow(labels[i].y - labels[i].wish, 2);
    return sum;
}

static bool is_valid(const MarginLabel *labels, size_t n) {
    for (size_t i = 0; i < n; i++) {
        double least = i ? labels[i - 1].y + labels[i - 1].height + GAP : TOP;
        if (labels[i].y < least - 1e-6) return false;
    }
    return !n || labels[n - 1].y + labels[n - 1].height <= BOTTOM + 1e-6;
}

static size_t any_labels(MarginLabel *labels) {
    size_t n = (size_t)g_test_rand_int_range(1, MOST);
    double wish = 0;
    for (size_t i = 0; i < n; i++) {
        wish += g_test_rand_double_range(0, 60);
        labels[i] = (MarginLabel){.wish = wish, .height = g_test_rand_double_range(8, 40)};
    }
    return n;
}

static void test_apart(void) {
    for (int round = 0; round < 5000; round++) {
        MarginLabel labels[MOST];
        size_t n = any_labels(labels);
        g_assert_true(label_margin_set(labels, n, GAP, TOP, BOTTOM));
        g_assert_true(is_valid(labels, n));
    }
}

/* The problem is convex: what no move of a run of neighbours betters is the best there is. */
static void test_best(void) {
    for (int round = 0; round < 2000; round++) {
        MarginLabel labels[MOST], moved[MOST];
        size_t n = any_labels(labels);
        g_assert_true(label_margin_set(labels, n, GAP, TOP, BOTTOM));
        double best = cost(labels, n);
        for (size_t from = 0; from < n; from++)
            for (size_t to = from + 1; to <= n; to++)
                for (int sign = -1; sign <= 1; sign += 2) {
                    for (size_t i = 0; i < n; i++) {
                        moved[i] = labels[i];
                        if (i >= from && i < to) moved[i].y += sign * 0.25;
                    }
                    if (is_valid(moved, n)) g_assert_cmpfloat(cost(moved, n), >=, best - 1e-6);
                }
    }
}

static void test_room(void) {
    MarginLabel labels[] = {{.wish = 20, .height = 300, .y = -1},
                            {.wish = 30, .height = 100, .y = -1}};
    g_assert_false(label_margin_set(labels, 2, GAP, TOP, BOTTOM));
    g_assert_cmpfloat(labels[0].y, ==, -1);
    g_assert_true(label_margin_set(labels, 1, GAP, TOP, BOTTOM));
    g_assert_cmpfloat(labels[0].y, ==, 20);
    g_assert_true(label_margin_set(labels, 0, GAP, TOP, BOTTOM));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/label-margin/apart", test_apart);
    g_test_add_func("/chart/label-margin/best", test_best);
    g_test_add_func("/chart/label-margin/room", test_room);
    return g_test_run();
}
