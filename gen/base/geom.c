#include "base/geom.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

bool rect_is_empty(Rect r) {
    return r.w < 0 || r.h < 0;
}

Rect rect_union(Rect a, Rect b) {
    if (rect_is_empty(a)) return b;
    if (rect_is_empty(b)) return a;
    double x0 = fmin(a.x, b.x), y0 = fmin(a.y, b.y);
    double x1 = fmax(a.x + a.w, b.x + b.w), y1 = fmax(a.y + a.h, b.y + b.h);
    return (Rect){x0, y0, x1 - x0, y1 - y0};
}

double rect_overlap_area(Rect a, Rect b) {
    double w = fmin(a.x + a.w, b.x + b.w) - fmax(a.x, b.x);
    double h = fmin(a.y + a.h, b.y + b.h) - fmax(a.y, b.y);
    return w > 0 && h > 0 ? w * h : 0;
}

/* Liang & Barsky, "A New Concept and Method for Line Clipping", ACM TOG 3 (1984): the part of the
 * segment inside the rectangle is t0..t1; it has a length when the interior is crossed. */
bool segment_enters_rect(Point a, Point b, Rect r) {
    double dx = b.x - a.x, dy = b.y - a.y, t0 = 0, t1 = 1;
    const double p[] = {-dx, dx, -dy, dy};
    const double q[] = {a.x - r.x, r.x + r.w - a.x, a.y - r.y, r.y + r.h - a.y};
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0) {
            if (q[i] <= 0) return false;
            continue;
        }
        double t = q[i] / p[i];
        if (p[i] < 0)
            t0 = t > t0 ? t : t0;
        else
            t1 = t < t1 ? t : t1;
    }
    return t1 - t0 > 1e-9;
}

static double turn(Point a, Point b, Point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool segments_cross(Point a, Point b, Point c, Point d) {
    double s1 = turn(a, b, c), s2 = turn(a, b, d), s3 = turn(c, d, a), s4 = turn(c, d, b);
    return ((s1 > 0 && s2 < 0) || (s1 < 0 && s2 > 0)) && ((s3 > 0 && s4 < 0) || (s3 < 0 && s4 > 0));
}

double point_distance(Point a, Point b) {
    double x = b.x - a.x, y = b.y - a.y;
    return sqrt(x * x + y * y);
}

double segment_distance(Point a, Point b, Point p) {
    double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double t = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    t = fmin(fmax(t, 0), 1);
    return point_distance(p, (Point){a.x + t * dx, a.y + t * dy});
}

Side side_parse(const char *word) {
    static const char *const words[] = {[SIDE_RIGHT] = "right",
                                        [SIDE_LEFT] = "left",
                                        [SIDE_UP] = "up",
                                        [SIDE_DOWN] = "down",
                                        [SIDE_INSIDE] = "inside"};
    for (size_t i = SIDE_RIGHT; word && i < sizeof words / sizeof *words; i++)
        if (strcmp(word, words[i]) == 0) return (Side)i;
    return SIDE_ANY;
}
