/* arc: flights, each a parabola from where it starts to where it ends, as high as its apogee; both
 * axes are lengths, and the figure has no time.
 * Channels: x (distance), y (apogee), rank (number, else the apogee: whose label is served first).
 * Keys: color, labels (how many; 8), unit (of both; "km"), equal (one scale for both axes, so that
 * angles are true; off). */
#include "chart/mark.h"

#include <math.h>

enum { STEPS = 32 }; /* segments of one parabola */

typedef struct {
    size_t row;
    double distance, apogee, rank;
} Arc;

typedef struct {
    const Layer *layer;
    Arc *arcs;
    size_t n, n_labels;
    bool is_equal;
    Color color;
} State;

static bool read_arc(Chart *chart, const Layer *layer, size_t row, const int columns[3], Arc *ret) {
    *ret = (Arc){.row = row};
    if (!mark_cell_number(chart, layer, row, columns[0], &ret->distance)) return false;
    if (!mark_cell_number(chart, layer, row, columns[1], &ret->apogee)) return false;
    if (!mark_stands_on_zero(chart, layer, row, fmin(ret->distance, ret->apogee))) return false;
    ret->rank = ret->apogee;
    return columns[2] < 0 || mark_cell_number(chart, layer, row, columns[2], &ret->rank);
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    const int columns[] = {mark_channel(chart, layer, "x", true),
                           mark_channel(chart, layer, "y", true),
                           mark_channel(chart, layer, "rank", false)};
    *state = (State){.layer = layer,
                     .arcs = ARENA_ARRAY(chart->arena, Arc, layer->data->n_rows + 1),
                     .n_labels = mark_names(chart, layer, layer->data->n_rows),
                     .is_equal = mark_bool(chart, layer, "equal", false),
                     .color = mark_color(chart, layer, "color", "missile")};
    panel->has_values = panel->foot.is_shown = true;
    panel->unit = panel->foot.unit = node_text(layer->node, "unit", "km", chart->diag);
    chart->has_axis = false;
    if (columns[0] < 0 || columns[1] < 0 || !mark_reads_sides(chart, layer)) return NULL;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Arc *arc = &state->arcs[state->n];
        if (!read_arc(chart, layer, i, columns, arc)) return NULL;
        mark_train(chart, panel, layer, i, arc->apogee);
        mark_train_foot(chart, panel, layer, i, arc->distance);
        state->n++;
    }
    return state;
}

/* The greatest scale that both lengths have room for. */
static void lay_scales(PanelView *panel, const State *state) {
    double farthest = panel->foot.domain.high, highest = panel->values.high;
    Scale *x = &panel->foot.scale, *y = &panel->y;
    double width = panel->rect.w, height = y->r0 - y->r1;
    *x = (Scale){.d1 = farthest, .r0 = panel->rect.x, .r1 = panel->rect.x + width};
    if (!state->is_equal || !(farthest > 0) || !(highest > 0)) return;
    double scale = fmin(width / farthest, height / highest);
    x->r1 = x->r0 + scale * farthest;
    y->r1 = y->r0 - scale * highest;
}

static void points_of(const PanelView *panel, const Arc *arc, Point ret[static STEPS + 1]) {
    for (int k = 0; k <= STEPS; k++) {
        double t = (double)k / STEPS;
        ret[k] = (Point){scale_map(panel->foot.scale, arc->distance * t),
                         scale_map(panel->y, 4 * arc->apogee * t * (1 - t))};
    }
}

static bool is_named(const State *state, size_t i) {
    return mark_is_among(&state->arcs->rank, sizeof(Arc), state->n, state->n_labels, i);
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    lay_scales(panel, state);
    for (size_t i = 0; i < state->n; i++) {
        const Arc *arc = &state->arcs[i];
        Point points[STEPS + 1], top;
        points_of(panel, arc, points);
        top = points[STEPS / 2];
        for (size_t k = 0; k < STEPS; k++) label_field_line(chart->field, points[k], points[k + 1]);
        chart_anchor(chart, panel, (Date){0}, state->layer->keys[arc->row], top, 0);
        if (is_named(state, i))
            chart_wish_label(chart, panel, state->layer, arc->row, top, 0, arc->rank);
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    Color ground = theme_background(chart->context->theme);
    Color pale = chart_edge(chart, color_over(color_with_alpha(state->color, 0.5), ground));
    for (int is_top = 0; is_top < 2; is_top++)
        for (size_t i = 0; i < state->n; i++) {
            if (is_named(state, i) != is_top) continue;
            Point points[STEPS + 1];
            points_of(panel, &state->arcs[i], points);
            Paint paint = paint_stroke(is_top ? state->color : pale, chart->medium->line * 1.4);
            frame_line(chart->frame, ROLE_MARK, state->layer->keys[state->arcs[i].row], points,
                       STEPS + 1, paint);
        }
}

static const MarkWords words = {.kind = "Trajectoires",
                                .kind_among = "trajectoires",
                                .each = "chaque arc va du point de départ au point de chute",
                                .size = "sa hauteur représente",
                                .one = "trajectoire",
                                .many = "trajectoires",
                                .value = "y",
                                .unit = "unit"};

const MarkClass mark_arc = {.name = "arc",
                            .depth = MARK_OVER_RULES,
                            .read = read_layer,
                            .place = place,
                            .paint = paint,
                            .words = &words,
                            .most_rows = 500};
