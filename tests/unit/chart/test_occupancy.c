#include "chart/occupancy.h"

#include <math.h>

enum { ROUNDS = 200, SHAPES = 6, BOXES = 200 };
static const Rect area = {-20, 10, 300, 180};
static const double PAD = 3;

static double any(double low, double high) {
    return g_test_rand_double_range(low, high);
}

static Point any_point(void) {
    return (Point){any(area.x - 30, area.x + area.w + 30), any(area.y - 30, area.y + area.h + 30)};
}

static Rect any_rect(double most) {
    Point at = any_point();
    return (Rect){at.x, at.y, any(0, most), any(0, most)};
}

static double distance_to(Rect r, Point p) {
    double dx = fmax(fmax(r.x - p.x, 0), p.x - (r.x + r.w));
    double dy = fmax(fmax(r.y - p.y, 0), p.y - (r.y + r.h));
    return hypot(dx, dy);
}

typedef struct {
    Rect rect;
    Point center, a, b;
    double radius;
} Shape;

static Shape any_shape(Occupancy *occupancy) {
    Shape shape = {.rect = any_rect(60),
                   .center = any_point(),
                   .radius = any(0, 40),
                   .a = any_point(),
                   .b = any_point()};
    if (g_test_rand_bit()) shape.b.x = shape.a.x;
    if (g_test_rand_bit()) shape.b.y = shape.a.y;
    occupancy_rect(occupancy, shape.rect);
    occupancy_circle(occupancy, shape.center, shape.radius);
    occupancy_line(occupancy, shape.a, shape.b, PAD);
    return shape;
}

static bool is_taken(const Shape *shapes, Rect box) {
    for (size_t i = 0; i < SHAPES; i++) {
        const Shape *s = &shapes[i];
        if (rect_overlaps(box, s->rect) || distance_to(box, s->center) < s->radius) return true;
        if (segment_crosses_rect(s->a, s->b, rect_grow(box, PAD))) return true;
    }
    return false;
}

/* What is free is free, what is taken is taken, and doubt is rare. */
static void test_truth(void) {
    size_t n_doubtful = 0, n_free = 0, n_taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
        g_autoptr(Occupancy) occupancy = occupancy_new(area, any(0.7, 3));
        Shape shapes[SHAPES];
        for (size_t i = 0; i < SHAPES; i++) shapes[i] = any_shape(occupancy);
        occupancy_close(occupancy);
        for (int i = 0; i < BOXES; i++) {
            Rect box = {any(area.x, area.x + area.w - 30), any(area.y, area.y + area.h - 30),
                        any(0.5, 30), any(0.5, 30)};
            OccupancyAnswer answer = occupancy_ask(occupancy, box);
            if (answer != OCCUPANCY_DOUBTFUL)
                g_assert_true((answer == OCCUPANCY_TAKEN) == is_taken(shapes, box));
            n_doubtful += answer == OCCUPANCY_DOUBTFUL;
            n_free += answer == OCCUPANCY_FREE;
            n_taken += answer == OCCUPANCY_TAKEN;
        }
    }
    g_assert_cmpuint(n_free, >, n_doubtful / 2);
    g_assert_cmpuint(n_taken, >, n_doubtful / 2);
}

static void test_empty(void) {
    g_autoptr(Occupancy) occupancy = occupancy_new((Rect){0}, 2);
    occupancy_rect(occupancy, (Rect){-5, -5, 100, 100});
    occupancy_circle(occupancy, (Point){1e9, -1e9}, 3);
    occupancy_line(occupancy, (Point){0, -1e9}, (Point){0, 1e9}, 1);
    occupancy_close(occupancy);
    g_assert_cmpint(occupancy_ask(occupancy, (Rect){1e8, 1e8, 3, 3}), ==, OCCUPANCY_FREE);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/occupancy/truth", test_truth);
    g_test_add_func("/occupancy/empty", test_empty);
    return g_test_run();
}
