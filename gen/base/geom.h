/* base/geom: points and rectangles by value. Origin top left, y down, in the canvas's own unit. */
#pragma once

#include <stdbool.h>

typedef struct {
    double x, y;
} Point;

typedef struct {
    double x, y, w, h;
} Rect;

Rect rect_union(Rect a, Rect b);       /* an empty rectangle (w < 0) is neutral */
Rect rect_grow(Rect r, double amount); /* on each side; negative shrinks */
bool rect_overlaps(Rect a, Rect b);    /* open interiors: touching edges do not overlap */
bool rect_contains(Rect outer, Rect inner, double tolerance);
bool rect_is_empty(Rect r);
double rect_overlap_area(Rect a, Rect b);
/* Does the segment a-b pass through the open interior of r? */
bool segment_crosses_rect(Point a, Point b, Rect r);
/* Do the open segments a-b and c-d cross? Shared end points do not count. */
bool segments_cross(Point a, Point b, Point c, Point d);
double segment_distance(Point a, Point b, Point p); /* from p to the segment a-b */
double point_distance(Point a, Point b);

#define RECT_EMPTY ((Rect){0, 0, -1, -1})
