/* line: a value over time, from row to row in the order of dates.
 * Channels: x (date), y (number; what is empty is left out), rank (whose label is served first).
 * Keys: color, step (the value holds until the next row), cumulate (y adds up along the way), axis,
 * unit, labels (how many rows are named, the last first, else by rank; 1). A date of many days
 * stands in their middle. */
#include "chart/when.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    size_t row;
    Date date;
    double day, value, rank;
} Stop;

typedef struct {
    const Layer *layer;
    Stop *stops; /* by day */
    size_t n, n_labels;
    bool is_step;
    Color color;
} State;

static int compare_stops(const void *a, const void *b) {
    const Stop *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool read_stop(Chart *chart, const Layer *layer, size_t row, const int columns[3],
                      Stop *ret) {
    *ret = (Stop){.row = row, .rank = -INFINITY};
    if (table_cell(layer->data, row, (size_t)columns[1]).kind == VALUE_NULL) return false;
    return mark_cell_date(chart, layer, row, columns[0], &ret->date) &&
           mark_cell_number(chart, layer, row, columns[1], &ret->value) &&
           (columns[2] < 0 || mark_cell_number(chart, layer, row, columns[2], &ret->rank)) &&
           when_is_shown(chart, ret->date);
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    const int columns[] = {mark_channel(chart, layer, "x", true),
                           mark_channel(chart, layer, "y", true),
                           mark_channel(chart, layer, "rank", false)};
    *state = (State){.layer = layer,
                     .stops = ARENA_ARRAY(chart->arena, Stop, layer->data->n_rows + 1),
                     .n_labels = mark_names(chart, layer, 1),
                     .is_step = mark_bool(chart, layer, "step", false),
                     .color = mark_color(chart, layer, "color", "theft")};
    bool adds_up = mark_bool(chart, layer, "cumulate", false);
    panel->has_values |= mark_bool(chart, layer, "axis", true);
    panel->unit = node_text(layer->node, "unit", panel->unit, chart->diag);
    panel->has_baseline = true;
    mark_log(chart, panel, layer);
    if (columns[0] < 0 || columns[1] < 0 || !mark_needs_time(chart, layer)) return NULL;
    if (!mark_reads_sides(chart, layer)) return NULL;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Stop *stop = &state->stops[state->n];
        if (!read_stop(chart, layer, i, columns, stop)) continue;
        stop->day = when_day(chart, stop->date);
        state->n++;
    }
    if (state->n) qsort(state->stops, state->n, sizeof(Stop), compare_stops);
    if (state->n)
        state->stops[state->n - 1].rank = INFINITY; /* where it ends is always worth a name */
    for (size_t i = 0; i < state->n; i++) {
        if (adds_up && i) state->stops[i].value += state->stops[i - 1].value;
        if (!mark_train(chart, panel, layer, state->stops[i].row, state->stops[i].value))
            return NULL;
    }
    return state;
}

static Point stop_point(const Chart *chart, const PanelView *panel, const Stop *stop) {
    return (Point){scale_map(chart->x, stop->day), scale_map(panel->y, stop->value)};
}

static double dot_radius(const Chart *chart) {
    return chart->medium->line * 2.6;
}

/* The corners of the line, two a stop when it steps. */
static Point *corners(const Chart *chart, const PanelView *panel, const State *state,
                      size_t *ret_n) {
    Point *points = ARENA_ARRAY(chart->arena, Point, 2 * state->n + 1);
    *ret_n = 0;
    for (size_t i = 0; i < state->n; i++) {
        Point point = stop_point(chart, panel, &state->stops[i]);
        if (i && state->is_step) {
            points[*ret_n] = (Point){point.x, points[*ret_n - 1].y};
            ++*ret_n;
        }
        points[(*ret_n)++] = point;
    }
    return points;
}

/* The last row, then those of the greatest rank. */
static bool is_named(const State *state, size_t i) {
    return state->stops[i].rank > -INFINITY &&
           mark_is_among(&state->stops->rank, sizeof(Stop), state->n, state->n_labels, i);
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    size_t n;
    Point *points = corners(chart, panel, state, &n);
    for (size_t i = 0; i + 1 < n; i++) label_field_line(chart->field, points[i], points[i + 1]);
    for (size_t i = 0; i < state->n; i++) {
        const Stop *stop = &state->stops[i];
        Point point = stop_point(chart, panel, stop);
        const char *key = state->layer->keys[stop->row];
        chart_anchor(chart, panel, stop->date, key, point, dot_radius(chart));
        if (!is_named(state, i)) continue;
        label_field_circle(chart->field, point, dot_radius(chart), key);
        chart_wish_label(chart, panel, state->layer, stop->row, point, dot_radius(chart),
                         stop->rank);
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    size_t n;
    Point *points = corners(chart, panel, state, &n);
    const char *key = state->n ? state->layer->keys[state->stops[state->n - 1].row] : NULL;
    if (n > 1)
        frame_line(chart->frame, ROLE_MARK, key, points, n,
                   paint_stroke(chart_edge(chart, state->color), chart->medium->line * 2.2));
    for (size_t i = 0; i < state->n; i++)
        if (is_named(state, i) || state->n == 1)
            frame_circle(chart->frame, ROLE_MARK, state->layer->keys[state->stops[i].row],
                         stop_point(chart, panel, &state->stops[i]), dot_radius(chart),
                         chart_fill(chart, state->color));
}

static const MarkWords words = {.kind = "Courbe",
                                .kind_among = "courbe",
                                .each = "la ligne suit les dates",
                                .size = "sa hauteur représente",
                                .one = "événement",
                                .many = "événements",
                                .from = "x",
                                .value = "y",
                                .unit = "unit",
                                .cumulate = "cumulate",
                                .is_event = true,
                                .is_joined = true};

const MarkClass mark_line = {.name = "line",
                             .depth = MARK_OVER_RULES,
                             .read = read_layer,
                             .place = place,
                             .paint = paint,
                             .words = &words,
                             .most_rows = 3000};
