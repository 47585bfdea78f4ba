#include "chart/symbol.h"

#include <glib.h>
#include <math.h>

enum { MOST_CORNERS = 4 };

static size_t n_corners(Symbol symbol) {
    return symbol == SYMBOL_TRIANGLE || symbol == SYMBOL_POINTING_DOWN ? 3 : 4;
}

/* Angle of the first corner, y down. */
static double first_angle(Symbol symbol) {
    switch (symbol) {
    case SYMBOL_TRIANGLE:
    case SYMBOL_DIAMOND: return -G_PI / 2;
    case SYMBOL_POINTING_DOWN: return G_PI / 2;
    default: return G_PI / 4;
    }
}

/* A regular polygon of n corners at distance d has the area n/2 d² sin(2π/n). */
double symbol_reach(Symbol symbol, double radius) {
    if (symbol == SYMBOL_CIRCLE) return radius;
    double n = (double)n_corners(symbol);
    return radius * sqrt(2 * G_PI / (n * sin(2 * G_PI / n)));
}

Point symbol_center(Symbol symbol, Point middle, double radius) {
    double shift = symbol_reach(symbol, radius) / 4;
    if (symbol == SYMBOL_TRIANGLE) middle.y += shift;
    if (symbol == SYMBOL_POINTING_DOWN) middle.y -= shift;
    return middle;
}

Symbol symbol_after(Symbol first, size_t steps) {
    return SYMBOL_CIRCLE + (first - SYMBOL_CIRCLE + (unsigned)steps) % MOST_SYMBOLS;
}

void symbol_paint(Frame *frame, Role role, const char *key, Symbol symbol, Point center,
                  double radius, Paint paint) {
    if (symbol == SYMBOL_CIRCLE) {
        frame_circle(frame, role, key, center, radius, paint);
        return;
    }
    Point corners[MOST_CORNERS];
    size_t n = n_corners(symbol);
    double reach = symbol_reach(symbol, radius);
    for (size_t i = 0; i < n; i++) {
        double angle = first_angle(symbol) + 2 * G_PI * (double)i / (double)n;
        corners[i] = (Point){center.x + reach * cos(angle), center.y + reach * sin(angle)};
    }
    frame_polygon(frame, role, key, corners, n, paint);
}
