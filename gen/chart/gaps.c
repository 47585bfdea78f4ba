#include "chart/gaps.h"

#include <math.h>

/* In type sizes: left between a rule and a text, and the shortest piece between two gaps. */
static const double AIR = 0.3, LEAST = 0.5;

static bool is_rule(const Item *item) {
    if (item->kind != ITEM_SHAPE || item->role != ROLE_RULE || item->shape.kind != SHAPE_LINE)
        return false;
    const Point *p = item->shape.points;
    return item->shape.n_points == 2 && (p[0].x == p[1].x || p[0].y == p[1].y);
}

/* Along the line, from `from` to `to`; `at` is where it stands across. */
typedef struct {
    bool is_upright;
    double at, from, to;
} Track;

static Track track_of(const Shape *line) {
    Point a = line->points[0], b = line->points[1];
    bool is_upright = a.x == b.x;
    double from = is_upright ? a.y : a.x, to = is_upright ? b.y : b.x;
    return (Track){is_upright, is_upright ? a.x : a.y, fmin(from, to), fmax(from, to)};
}

/* What a text takes of a track, if it stands on it past `from`. */
static bool find_gap(const Track *track, const Item *item, double from, double air, double *ret_low,
                     double *ret_high) {
    if (item->kind != ITEM_TEXT) return false;
    Rect box = item->box;
    double near = track->is_upright ? box.x : box.y, deep = track->is_upright ? box.w : box.h;
    *ret_low = (track->is_upright ? box.y : box.x) - air;
    *ret_high = *ret_low + (track->is_upright ? box.h : box.w) + 2 * air;
    return near < track->at && near + deep > track->at && *ret_high > from && *ret_low < track->to;
}

static void add_piece(Chart *chart, const Item *rule, const Track *track, double from, double to) {
    Point a = track->is_upright ? (Point){track->at, from} : (Point){from, track->at};
    Point b = track->is_upright ? (Point){track->at, to} : (Point){to, track->at};
    frame_line(chart->frame, ROLE_RULE, rule->key, (Point[]){a, b}, 2, rule->shape.paint);
}

/* Adds the pieces of a rule to the frame; none where texts leave no room. */
static void cut(Chart *chart, const Item *rule, const Item *items, size_t n) {
    double em = chart->medium->styles[STYLE_LABEL].size;
    Track track = track_of(&rule->shape);
    for (double from = track.from; from < track.to;) {
        double to = track.to, next = track.to, low, high;
        for (size_t i = 0; i < n; i++) {
            if (!find_gap(&track, &items[i], from, em * AIR, &low, &high)) continue;
            if (low < to) to = low, next = high;
        }
        if (to - from >= em * LEAST || (from == track.from && to == track.to))
            add_piece(chart, rule, &track, from, to);
        from = fmax(next, from);
        if (to == track.to) break;
    }
}

void gaps_cut(Chart *chart) {
    Frame *frame = chart->frame;
    size_t n = frame->n;
    g_autofree Item *whole = g_memdup2(frame->items, n * sizeof *whole);
    frame->n = 0;
    for (size_t i = 0; i < n; i++)
        if (is_rule(&whole[i]))
            cut(chart, &whole[i], whole, n);
        else
            frame_item(frame, &whole[i]);
}
