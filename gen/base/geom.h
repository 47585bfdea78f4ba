/* base/geom: points and rectangles by value. Origin top left, y down, in the canvas's own unit. */
#pragma once

#include <stdbool.h>

typedef struct {
    double x, y;
} Point;

typedef struct {
    double x, y, w, h;
} Rect;

/* Where something stands, seen from what it belongs to. */
typedef enum { SIDE_ANY, SIDE_RIGHT, SIDE_LEFT, SIDE_UP, SIDE_DOWN, SIDE_INSIDE } Side;

/* right, left, up, down, inside; SIDE_ANY for another word, or NULL. */
Side side_parse(const char *word);

/* On each side; negative shrinks. */
static inline Rect rect_grow(Rect r, double amount) {
    return (Rect){r.x - amount, r.y - amount, r.w + 2 * amount, r.h + 2 * amount};
}

/* Open interiors: touching edges do not overlap. */
static inline bool rect_overlaps(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static inline bool rect_contains(Rect outer, Rect inner, double tolerance) {
    return inner.x >= outer.x - tolerance && inner.y >= outer.y - tolerance &&
           inner.x + inner.w <= outer.x + outer.w + tolerance &&
           inner.y + inner.h <= outer.y + outer.h + tolerance;
}

Rect rect_union(Rect a, Rect b); /* an empty rectangle (w < 0) is neutral */
bool rect_is_empty(Rect r);
double rect_overlap_area(Rect a, Rect b);
/* Does the segment a-b, whose bounds meet r, pass through its open interior? */
bool segment_enters_rect(Point a, Point b, Rect r);
/* The same of any segment: most lie wholly to one side. */
static inline bool segment_crosses_rect(Point a, Point b, Rect r) {
    double x1 = r.x + r.w, y1 = r.y + r.h;
    if ((a.x <= r.x && b.x <= r.x) || (a.x >= x1 && b.x >= x1)) return false;
    if ((a.y <= r.y && b.y <= r.y) || (a.y >= y1 && b.y >= y1)) return false;
    return segment_enters_rect(a, b, r);
}
/* Do the open segments a-b and c-d cross? Shared end points do not count. */
bool segments_cross(Point a, Point b, Point c, Point d);
double segment_distance(Point a, Point b, Point p); /* from p to the segment a-b */
double point_distance(Point a, Point b);

/* Over the diagonal: (x, y) to (base + sign × y, x). */
typedef struct {
    double base, sign; /* of 1 or -1 */
} Swap;

static inline Point point_swap(Swap swap, Point p) {
    return (Point){swap.base + swap.sign * p.y, p.x};
}

static inline Rect rect_swap(Swap swap, Rect r) {
    return (Rect){swap.base + (swap.sign > 0 ? r.y : -(r.y + r.h)), r.x, r.h, r.w};
}

#define RECT_EMPTY ((Rect){0, 0, -1, -1})
