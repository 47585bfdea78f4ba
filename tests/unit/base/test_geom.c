#include "base/geom.h"

#include <glib.h>
#include <math.h>

static const Rect box = {10, 10, 20, 10}; /* x 10–30, y 10–20 */

static void test_crossing(void) {
    static const struct {
        const char *what;
        Point a, b;
        bool crosses;
    } cases[] = {
        {"through", {0, 15}, {40, 15}, true},
        {"down through", {20, 0}, {20, 40}, true},
        {"slanted", {5, 5}, {35, 25}, true},
        {"ends inside", {0, 15}, {20, 15}, true},
        {"wholly inside", {15, 12}, {25, 18}, true},
        {"along the top edge", {0, 10}, {40, 10}, false},
        {"along the bottom edge", {12, 20}, {28, 20}, false},
        {"along the left edge", {10, 0}, {10, 40}, false},
        {"along the right edge", {30, 12}, {30, 18}, false},
        {"ends on the edge", {0, 15}, {10, 15}, false},
        {"through a corner only", {0, 20}, {20, 0}, false},
        {"starts at a corner, goes in", {10, 10}, {20, 15}, true},
        {"starts at a corner, goes out", {10, 10}, {0, 5}, false},
        {"corner to corner", {10, 10}, {30, 20}, true},
        {"beside", {0, 25}, {40, 25}, false},
        {"stops before", {0, 15}, {9, 15}, false},
        {"line would cross, segment not", {32, 15}, {40, 15}, false},
        {"passes a corner outside", {0, 18}, {18, 0}, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].what);
        g_assert_true(segment_crosses_rect(cases[i].a, cases[i].b, box) == cases[i].crosses);
        g_assert_true(segment_crosses_rect(cases[i].b, cases[i].a, box) == cases[i].crosses);
    }
}

static void test_segments(void) {
    static const struct {
        const char *what;
        Point a, b, c, d;
        bool cross;
    } cases[] = {
        {"a cross", {0, 0}, {10, 10}, {0, 10}, {10, 0}, true},
        {"apart", {0, 0}, {1, 1}, {5, 5}, {5, 9}, false},
        {"parallel", {0, 0}, {10, 0}, {0, 1}, {10, 1}, false},
        {"on one line", {0, 0}, {10, 0}, {5, 0}, {15, 0}, false},
        {"shared end", {0, 0}, {10, 10}, {0, 0}, {10, 0}, false},
        {"a T", {0, 0}, {10, 0}, {5, 0}, {5, 5}, false},
        {"lines cross beyond", {0, 0}, {1, 1}, {0, 10}, {10, 0}, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Point a = cases[i].a, b = cases[i].b, c = cases[i].c, d = cases[i].d;
        g_test_message("%s", cases[i].what);
        g_assert_true(segments_cross(a, b, c, d) == cases[i].cross);
        g_assert_true(segments_cross(c, d, a, b) == cases[i].cross);
        g_assert_true(segments_cross(b, a, d, c) == cases[i].cross);
    }
}

static double between(double low, double high) {
    return g_test_rand_double_range(low, high);
}

static Rect any_rect(void) {
    return (Rect){between(0, 100), between(0, 100), between(1, 60), between(1, 60)};
}

static Point any_point(void) {
    return (Point){between(0, 160), between(0, 160)};
}

static bool is_inside(Rect r, Point p, double margin) {
    return p.x > r.x + margin && p.x < r.x + r.w - margin && p.y > r.y + margin &&
           p.y < r.y + r.h - margin;
}

/* Against points walked along the segment. */
static void test_crossing_sampled(void) {
    for (int i = 0; i < 3000; i++) {
        Rect r = any_rect();
        Point a = any_point(), b = any_point();
        bool is_hit = false, is_near = false;
        for (int k = 0; k <= 400; k++) {
            Point p = {a.x + (b.x - a.x) * k / 400, a.y + (b.y - a.y) * k / 400};
            is_hit |= is_inside(r, p, 0);
            is_near |= is_inside(r, p, -1);
        }
        bool crosses = segment_crosses_rect(a, b, r);
        if (is_hit) g_assert_true(crosses);
        if (crosses) g_assert_true(is_near);
    }
}

static void test_overlap(void) {
    g_assert_true(rect_overlaps(box, (Rect){29, 19, 5, 5}));
    g_assert_true(rect_overlaps(box, (Rect){15, 12, 2, 2}));
    g_assert_false(rect_overlaps(box, (Rect){30, 10, 5, 5}));
    g_assert_false(rect_overlaps(box, (Rect){10, 20, 5, 5}));
    g_assert_cmpfloat(rect_overlap_area(box, (Rect){25, 15, 20, 20}), ==, 25);
    g_assert_cmpfloat(rect_overlap_area(box, (Rect){30, 10, 5, 5}), ==, 0);
    for (int i = 0; i < 2000; i++) {
        Rect a = any_rect(), b = any_rect();
        bool overlap = rect_overlaps(a, b);
        g_assert_true(overlap == rect_overlaps(b, a));
        g_assert_true(overlap == (rect_overlap_area(a, b) > 0));
        g_assert_cmpfloat_with_epsilon(rect_overlap_area(a, a), a.w * a.h, 1e-9);
        if (rect_contains(a, b, 0)) g_assert_true(overlap);
    }
}

static void test_union(void) {
    g_assert_true(rect_is_empty(RECT_EMPTY));
    g_assert_false(rect_is_empty((Rect){3, 3, 0, 0}));
    g_assert_true(rect_is_empty(rect_union(RECT_EMPTY, RECT_EMPTY)));
    Rect r = rect_union(RECT_EMPTY, box);
    g_assert_cmpmem(&r, sizeof r, &box, sizeof box);
    r = rect_union(box, RECT_EMPTY);
    g_assert_cmpmem(&r, sizeof r, &box, sizeof box);
    r = rect_union(box, (Rect){0, 15, 5, 20});
    g_assert_cmpfloat(r.x, ==, 0);
    g_assert_cmpfloat(r.y, ==, 10);
    g_assert_cmpfloat(r.w, ==, 30);
    g_assert_cmpfloat(r.h, ==, 25);
    for (int i = 0; i < 2000; i++) {
        Rect a = any_rect(), b = any_rect(), both = rect_union(a, b);
        g_assert_true(rect_contains(both, a, 1e-9) && rect_contains(both, b, 1e-9));
        double grown = between(0, 10);
        Rect back = rect_grow(rect_grow(a, grown), -grown);
        g_assert_true(rect_contains(a, back, 1e-9) && rect_contains(back, a, 1e-9));
    }
}

static void test_contains(void) {
    g_assert_true(rect_contains(box, box, 0));
    g_assert_false(rect_contains(box, rect_grow(box, 0.5), 0.4));
    g_assert_true(rect_contains(box, rect_grow(box, 0.5), 0.6));
    g_assert_false(rect_contains(box, (Rect){12, 12, 30, 2}, 0));
    g_assert_false(rect_contains(box, (Rect){12, 12, 2, 30}, 0));
}

static void test_distance(void) {
    Point a = {0, 0}, b = {10, 0};
    g_assert_cmpfloat(segment_distance(a, b, (Point){5, 3}), ==, 3);
    g_assert_cmpfloat(segment_distance(a, b, (Point){5, -3}), ==, 3);
    g_assert_cmpfloat(segment_distance(a, b, (Point){13, 4}), ==, 5);
    g_assert_cmpfloat(segment_distance(a, b, (Point){-3, 4}), ==, 5);
    g_assert_cmpfloat(segment_distance(a, b, (Point){7, 0}), ==, 0);
    g_assert_cmpfloat(segment_distance(a, a, (Point){3, 4}), ==, 5);
    for (int i = 0; i < 2000; i++) {
        Point c = any_point(), d = any_point(), p = any_point();
        double distance = segment_distance(c, d, p);
        g_assert_cmpfloat(distance, <=, fmin(point_distance(c, p), point_distance(d, p)) + 1e-9);
        g_assert_cmpfloat_with_epsilon(distance, segment_distance(d, c, p), 1e-9);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/geom/crossing", test_crossing);
    g_test_add_func("/base/geom/segments", test_segments);
    g_test_add_func("/base/geom/crossing-sampled", test_crossing_sampled);
    g_test_add_func("/base/geom/overlap", test_overlap);
    g_test_add_func("/base/geom/union", test_union);
    g_test_add_func("/base/geom/contains", test_contains);
    g_test_add_func("/base/geom/distance", test_distance);
    return g_test_run();
}
