#include "chart/occupancy.h"

#include <math.h>

enum { MOST_CELLS = 1000 }; /* along a side: on a great plane they are larger */

struct Occupancy {
    Rect area;
    double cell, per_unit; /* length of a side; cells in a unit */
    int w, h;              /* in cells */
    /* (w + 1) × (h + 1): differences along each row, so that a shape costs what it is high; then
     * sums over the cells above and to the left. */
    int *touched, *inside;
};

static int *cells_new(const Occupancy *o) {
    return g_new0(int, (size_t)(o->w + 1) * (size_t)(o->h + 1));
}

Occupancy *occupancy_new(Rect area, double cell) {
    Occupancy *o = g_new0(Occupancy, 1);
    o->area = area;
    o->cell = fmax(cell, fmax(area.w, area.h) / MOST_CELLS);
    o->per_unit = 1 / o->cell;
    o->w = (int)ceil(fmax(area.w, 0) / o->cell) + 1;
    o->h = (int)ceil(fmax(area.h, 0) / o->cell) + 1;
    o->touched = cells_new(o);
    o->inside = cells_new(o);
    return o;
}

void occupancy_free(Occupancy *o) {
    if (!o) return;
    g_free(o->touched);
    g_free(o->inside);
    g_free(o);
}

static int *cell_at(const Occupancy *o, int *cells, int x, int y) {
    return &cells[(size_t)y * (size_t)(o->w + 1) + (size_t)x];
}

/* In cells, rounded down; before the first one and after the last, one further. */
static int cell_of(double cells, int n) {
    return cells < 0 ? -1 : cells > n ? n + 1 : (int)cells;
}

static int column_of(const Occupancy *o, double x) {
    return cell_of((x - o->area.x) * o->per_unit, o->w);
}

static int row_of(const Occupancy *o, double y) {
    return cell_of((y - o->area.y) * o->per_unit, o->h);
}

static double row_top(const Occupancy *o, int row) {
    return o->area.y + row * o->cell;
}

/* Cells from `first` to before `end`. */
static void fill_row(const Occupancy *o, int *cells, int row, int first, int end) {
    first = MAX(first, 0);
    end = MIN(end, o->w);
    if (row < 0 || row >= o->h || first >= end) return;
    ++*cell_at(o, cells, first, row);
    --*cell_at(o, cells, end, row);
}

static void touch(Occupancy *o, int row, double x0, double x1) {
    fill_row(o, o->touched, row, column_of(o, x0), column_of(o, x1) + 1);
}

static void fill_inside(Occupancy *o, int row, double x0, double x1) {
    fill_row(o, o->inside, row, column_of(o, x0) + 1, column_of(o, x1));
}

void occupancy_rect(Occupancy *o, Rect rect) {
    int first = row_of(o, rect.y), last = row_of(o, rect.y + rect.h);
    for (int row = MAX(first, 0); row <= last && row < o->h; row++) {
        touch(o, row, rect.x, rect.x + rect.w);
        if (row > first && row < last) fill_inside(o, row, rect.x, rect.x + rect.w);
    }
}

void occupancy_circle(Occupancy *o, Point center, double radius) {
    int last = row_of(o, center.y + radius);
    for (int row = MAX(row_of(o, center.y - radius), 0); row <= last && row < o->h; row++) {
        double top = row_top(o, row) - center.y, bottom = top + o->cell;
        double near = top > 0 ? top : bottom < 0 ? -bottom : 0;
        double far = fmax(fabs(top), fabs(bottom));
        double half = near < radius ? sqrt(radius * radius - near * near) : 0;
        touch(o, row, center.x - half, center.x + half);
        if (far >= radius) continue;
        half = sqrt(radius * radius - far * far);
        fill_inside(o, row, center.x - half, center.x + half);
    }
}

void occupancy_line(Occupancy *o, Point a, Point b, double pad) {
    if (a.y > b.y) {
        Point swap = a;
        a = b;
        b = swap;
    }
    double slope = b.y > a.y ? (b.x - a.x) / (b.y - a.y) : 0;
    int last = row_of(o, b.y + pad);
    for (int row = MAX(row_of(o, a.y - pad), 0); row <= last && row < o->h; row++) {
        double y0 = fmin(fmax(row_top(o, row) - pad, a.y), b.y);
        double y1 = fmin(fmax(row_top(o, row) + o->cell + pad, a.y), b.y);
        double x0 = a.x + (y0 - a.y) * slope, x1 = a.x + (y1 - a.y) * slope;
        if (a.y == b.y) x1 = b.x;
        touch(o, row, fmin(x0, x1) - pad, fmax(x0, x1) + pad);
    }
}

static void sum(const Occupancy *o, int *cells) {
    g_autofree int *above = g_new0(int, (size_t)o->w + 1); /* cells taken above and to the left */
    for (int y = 0; y <= o->h; y++) {
        int open = 0, taken = 0;
        for (int x = 0; x <= o->w; x++) {
            int *cell = cell_at(o, cells, x, y);
            open += *cell;
            *cell = above[x];
            above[x] += taken;
            taken += open > 0;
        }
    }
}

void occupancy_close(Occupancy *o) {
    sum(o, o->touched);
    sum(o, o->inside);
}

static int count(const Occupancy *o, int *cells, int x0, int y0, int x1, int y1) {
    return *cell_at(o, cells, x1, y1) - *cell_at(o, cells, x0, y1) - *cell_at(o, cells, x1, y0) +
           *cell_at(o, cells, x0, y0);
}

OccupancyAnswer occupancy_ask(const Occupancy *o, Rect box) {
    static const double edge = 1e-6;
    int x0 = MAX(column_of(o, box.x), 0), x1 = MIN(column_of(o, box.x + box.w) + 1, o->w);
    int y0 = MAX(row_of(o, box.y), 0), y1 = MIN(row_of(o, box.y + box.h) + 1, o->h);
    if (x0 >= x1 || y0 >= y1 || !count(o, o->touched, x0, y0, x1, y1)) return OCCUPANCY_FREE;
    x0 = MAX(column_of(o, box.x + edge), 0), x1 = MIN(column_of(o, box.x + box.w - edge) + 1, o->w);
    y0 = MAX(row_of(o, box.y + edge), 0), y1 = MIN(row_of(o, box.y + box.h - edge) + 1, o->h);
    bool is_taken = x0 < x1 && y0 < y1 && count(o, o->inside, x0, y0, x1, y1);
    return is_taken ? OCCUPANCY_TAKEN : OCCUPANCY_DOUBTFUL;
}
