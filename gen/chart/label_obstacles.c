#include "chart/label_obstacles.h"

#include "chart/occupancy.h"

#include <math.h>

/* Distances in type sizes. */
static const double PAD_MARK = 0.16; /* between a label and a mark */
static const double PAD_LINE = 0.28; /* between a label and a dated rule */
static const double CELL = 0.4;      /* of the bitmap */
static const double SQUARE = 3;

enum { MOST_SQUARES = 64 }; /* along a side */

typedef enum { RECT, CIRCLE, LINE } Kind;

typedef struct {
    Kind kind;
    guint index; /* in the field */
    int next;    /* of the same square; -1: it is the last */
} Entry;

struct LabelObstacles {
    const LabelField *field;
    double unit;
    Rect area;
    Occupancy *taken;
    double square;
    int columns, rows;
    int *first;      /* of each square; -1: none */
    GArray *entries; /* Entry: shapes by their squares */
};

static Rect area_of(const LabelField *field) {
    Rect area = {0};
    for (size_t i = 0; i < label_field_wishes(field); i++) {
        Rect bounds = label_field_wish_at(field, i)->bounds;
        area = i ? rect_union(area, bounds) : bounds;
    }
    return area;
}

static int square_of(const LabelObstacles *obstacles, double length, int n) {
    return (int)fmin(fmax(length / obstacles->square, 0), n - 1);
}

typedef struct {
    int x0, y0, x1, y1; /* the last one included */
} Squares;

/* What lies outside the area counts to the squares at its edge. */
static Squares squares_of(const LabelObstacles *o, Rect r) {
    return (Squares){square_of(o, r.x - o->area.x, o->columns),
                     square_of(o, r.y - o->area.y, o->rows),
                     square_of(o, r.x + r.w - o->area.x, o->columns),
                     square_of(o, r.y + r.h - o->area.y, o->rows)};
}

static void add(LabelObstacles *obstacles, Kind kind, guint index, Rect bounds) {
    Squares squares = squares_of(obstacles, bounds);
    for (int y = squares.y0; y <= squares.y1; y++)
        for (int x = squares.x0; x <= squares.x1; x++) {
            int *first = &obstacles->first[y * obstacles->columns + x];
            Entry entry = {kind, index, *first};
            *first = (int)obstacles->entries->len;
            g_array_append_val(obstacles->entries, entry);
        }
}

static void add_all(LabelObstacles *obstacles) {
    const LabelField *field = obstacles->field;
    const GArray *rects = label_field_rects(field), *circles = label_field_circles(field),
                 *lines = label_field_lines(field);
    double mark = PAD_MARK * obstacles->unit, rule = PAD_LINE * obstacles->unit;
    for (guint i = 0; i < rects->len; i++) {
        Rect rect = rect_grow(g_array_index(rects, LabelObstacle, i).rect, mark);
        occupancy_rect(obstacles->taken, rect);
        add(obstacles, RECT, i, rect);
    }
    for (guint i = 0; i < circles->len; i++) {
        const LabelCircle *circle = &g_array_index(circles, LabelCircle, i);
        Rect center = {circle->center.x, circle->center.y, 0, 0};
        occupancy_circle(obstacles->taken, circle->center, circle->radius + mark);
        add(obstacles, CIRCLE, i, rect_grow(center, circle->radius + mark));
    }
    for (guint i = 0; i < lines->len; i++) {
        const LabelLine *line = &g_array_index(lines, LabelLine, i);
        Rect bounds = {fmin(line->a.x, line->b.x), fmin(line->a.y, line->b.y),
                       fabs(line->a.x - line->b.x), fabs(line->a.y - line->b.y)};
        occupancy_line(obstacles->taken, line->a, line->b, rule);
        add(obstacles, LINE, i, rect_grow(bounds, rule));
    }
}

LabelObstacles *label_obstacles_new(const LabelField *field, double unit) {
    LabelObstacles *obstacles = g_new(LabelObstacles, 1);
    Rect area = area_of(field);
    double square = fmax(SQUARE * unit, fmax(area.w, area.h) / MOST_SQUARES);
    *obstacles = (LabelObstacles){.field = field,
                                  .unit = unit,
                                  .area = area,
                                  .taken = occupancy_new(area, CELL * unit),
                                  .square = square,
                                  .columns = (int)(fmax(area.w, 0) / square) + 1,
                                  .rows = (int)(fmax(area.h, 0) / square) + 1,
                                  .entries = g_array_new(FALSE, FALSE, sizeof(Entry))};
    int n_squares = obstacles->columns * obstacles->rows;
    obstacles->first = g_new(int, n_squares);
    for (int i = 0; i < n_squares; i++) obstacles->first[i] = -1;
    add_all(obstacles);
    occupancy_close(obstacles->taken);
    return obstacles;
}

void label_obstacles_free(LabelObstacles *obstacles) {
    if (!obstacles) return;
    occupancy_free(obstacles->taken);
    g_free(obstacles->first);
    g_array_unref(obstacles->entries);
    g_free(obstacles);
}

static bool is_nearer(Rect r, Point p, double distance) {
    double dx = fmax(fmax(r.x - p.x, 0), p.x - (r.x + r.w));
    double dy = fmax(fmax(r.y - p.y, 0), p.y - (r.y + r.h));
    return dx * dx + dy * dy < distance * distance;
}

static bool meets(const LabelObstacles *obstacles, const Entry *entry, Rect box) {
    const LabelField *field = obstacles->field;
    double mark = PAD_MARK * obstacles->unit, rule = PAD_LINE * obstacles->unit;
    if (entry->kind == RECT) {
        Rect rect = g_array_index(label_field_rects(field), LabelObstacle, entry->index).rect;
        return rect_overlaps(rect_grow(box, mark), rect);
    }
    if (entry->kind == CIRCLE) {
        const LabelCircle *circle =
            &g_array_index(label_field_circles(field), LabelCircle, entry->index);
        return is_nearer(box, circle->center, circle->radius + mark);
    }
    const LabelLine *line = &g_array_index(label_field_lines(field), LabelLine, entry->index);
    return segment_crosses_rect(line->a, line->b, rect_grow(box, rule));
}

static bool meets_any(const LabelObstacles *obstacles, Rect box) {
    Squares squares = squares_of(obstacles, box);
    for (int y = squares.y0; y <= squares.y1; y++)
        for (int x = squares.x0; x <= squares.x1; x++) {
            int next = obstacles->first[y * obstacles->columns + x];
            while (next >= 0) {
                const Entry *entry = &g_array_index(obstacles->entries, Entry, next);
                if (meets(obstacles, entry, box)) return true;
                next = entry->next;
            }
        }
    return false;
}

bool label_obstacles_allow(const LabelObstacles *obstacles, Rect box) {
    OccupancyAnswer answer = occupancy_ask(obstacles->taken, box);
    return answer == OCCUPANCY_FREE || (answer == OCCUPANCY_DOUBTFUL && !meets_any(obstacles, box));
}
