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

static double cost_of_sides(const MarginLabel *labels, size_t n, const int *sides) {
    double sum = 0;
    for (int side = -1; side <= 1; side += 2) {
        MarginLabel column[MOST];
        size_t m = 0;
        for (size_t i = 0; i < n; i++)
            if (sides[i] == side) column[m++] = labels[i];
        g_assert_true(label_margin_set(column, m, GAP, TOP, INFINITY));
        sum += cost(column, m);
    }
    return sum;
}

static double least_cost(const MarginLabel *labels, size_t n, const int *pins) {
    double least = INFINITY;
    for (unsigned bits = 0; bits < 1U << n; bits++) {
        int sides[MOST];
        bool is_pinned = true;
        for (size_t i = 0; i < n; i++) {
            sides[i] = bits & 1U << i ? 1 : -1;
            is_pinned &= !pins[i] || pins[i] == sides[i];
        }
        if (is_pinned) least = fmin(least, cost_of_sides(labels, n, sides));
    }
    return least;
}

/* Against every way to part them: the best in nine cases of ten, never far from it; pins stay. */
static void test_two_margins(void) {
    enum { ROUNDS = 600 };
    int n_best = 0;
    double found = 0, least = 0;
    for (int round = 0; round < ROUNDS; round++) {
        MarginLabel labels[MOST];
        int pins[MOST], sides[MOST];
        size_t n = any_labels(labels);
        for (size_t i = 0; i < n; i++)
            sides[i] = pins[i] = round % 2 ? g_test_rand_int_range(-1, 2) : 0;
        label_margin_split(labels, n, GAP, TOP, sides);
        for (size_t i = 0; i < n; i++) {
            g_assert_true(sides[i] == -1 || sides[i] == 1);
            if (pins[i]) g_assert_cmpint(sides[i], ==, pins[i]);
        }
        double cost_found = cost_of_sides(labels, n, sides);
        double cost_least = least_cost(labels, n, pins);
        g_assert_cmpfloat(cost_found, >=, cost_least - 1e-6);
        n_best += cost_found <= cost_least + 1e-6;
        found += cost_found;
        least += cost_least;
    }
    g_assert_cmpint(n_best, >, ROUNDS * 9 / 10);
    g_assert_cmpfloat(found, <, least * 1.1);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/label-margin/apart", test_apart);
    g_test_add_func("/chart/label-margin/best", test_best);
    g_test_add_func("/chart/label-margin/room", test_room);
    g_test_add_func("/chart/label-margin/two", test_two_margins);
    return g_test_run();
}
