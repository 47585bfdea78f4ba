/* dot: a value at a date, with the range it is known in.
 * Channels: x (date), y (number), low and high (numbers: ends of a whisker; without y there is no
 * dot, since no value stands out of the range), doubt (true rows are
 * hollow and dashed), rank (whose label is served first). Keys: color, labels (how many; 14), axis,
 * unit, radius (in type sizes of labels; 0.36), log (a logarithmic scale; off). */
#include "chart/convention.h"
#include "chart/when.h"

#include <math.h>

typedef struct {
    size_t row;
    double value, low, high, rank;
    bool is_doubtful;
    Date date;
    When when;
} Dot;

typedef struct {
    const Layer *layer;
    Dot *dots;
    size_t n, n_labels;
    double radius;
    bool has_dots; /* else ranges alone */
    Color color;
} State;

typedef struct {
    int x, y, low, high, doubt, rank;
} Channels;

static bool read_end(Chart *chart, const Layer *layer, size_t row, int column, double *ret) {
    if (column < 0 || table_cell(layer->data, row, (size_t)column).kind == VALUE_NULL) return true;
    return mark_cell_number(chart, layer, row, column, ret);
}

static bool read_dot(Chart *chart, const Layer *layer, size_t row, const Channels *of, Dot *ret) {
    *ret = (Dot){.row = row};
    if (!mark_cell_date(chart, layer, row, of->x, &ret->date)) return false;
    int value = of->y >= 0 ? of->y : of->high;
    if (!mark_cell_number(chart, layer, row, value, &ret->value)) return false;
    ret->low = ret->high = ret->rank = ret->value;
    if (!read_end(chart, layer, row, of->low, &ret->low)) return false;
    if (!read_end(chart, layer, row, of->high, &ret->high)) return false;
    if (!read_end(chart, layer, row, of->rank, &ret->rank)) return false;
    ret->is_doubtful = mark_is_true(layer, row, of->doubt);
    return when_is_shown(chart, ret->date);
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    const Channels of = {.x = mark_channel(chart, layer, "x", true),
                         .y = mark_channel(chart, layer, "y", !node_find(layer->node, "low")),
                         .low = mark_channel(chart, layer, "low", false),
                         .high = mark_channel(chart, layer, "high", false),
                         .doubt = mark_channel(chart, layer, "doubt", false),
                         .rank = mark_channel(chart, layer, "rank", false)};
    *state = (State){.layer = layer,
                     .dots = ARENA_ARRAY(chart->arena, Dot, layer->data->n_rows + 1),
                     .n_labels = mark_names(chart, layer, layer->data->n_rows),
                     .radius = mark_number(chart, layer, "radius", 0.36) *
                               chart->medium->styles[STYLE_LABEL].size,
                     .has_dots = of.y >= 0,
                     .color = mark_color(chart, layer, "color", "theft")};
    panel->has_values |= mark_bool(chart, layer, "axis", true);
    panel->unit = node_text(layer->node, "unit", panel->unit, chart->diag);
    panel->has_baseline = true;
    mark_log(chart, panel, layer);
    bool has_value = of.y >= 0 || (of.low >= 0 && of.high >= 0);
    if (of.x < 0 || !has_value || !mark_needs_time(chart, layer)) return NULL;
    if (!mark_reads_sides(chart, layer)) return NULL;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Dot *dot = &state->dots[state->n];
        if (!read_dot(chart, layer, i, &of, dot)) continue;
        double low = fmin(dot->value, dot->low), high = fmax(dot->value, dot->high);
        if (!mark_train(chart, panel, layer, i, low)) return NULL;
        if (!mark_train(chart, panel, layer, i, high)) return NULL;
        state->n++;
    }
    return state;
}

static Point center(const PanelView *panel, const Dot *dot) {
    return (Point){dot->when.x, scale_map(panel->y, dot->value)};
}

static bool is_named(const State *state, size_t i) {
    return mark_is_among(&state->dots->rank, sizeof(Dot), state->n, state->n_labels, i);
}

static bool has_range(const Dot *dot) {
    return dot->low < dot->high;
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    for (size_t i = 0; i < state->n; i++) {
        Dot *dot = &state->dots[i];
        dot->when = when_of(chart, dot->date);
        Point at = center(panel, dot);
        const char *key = state->layer->keys[dot->row];
        label_field_circle(chart->field, at, state->radius, key);
        if (has_range(dot))
            label_field_line(chart->field, (Point){at.x, scale_map(panel->y, dot->low)},
                             (Point){at.x, scale_map(panel->y, dot->high)});
        chart_anchor(chart, panel, dot->date, key, at, state->radius);
        if (is_named(state, i))
            chart_wish_label(chart, panel, state->layer, dot->row, at, state->radius, dot->rank);
    }
}

/* From one end to the other, with a cap at each. */
static void paint_range(Chart *chart, const PanelView *panel, const Dot *dot, const State *state) {
    convention_note(chart, CONVENTION_RANGE);
    double x = dot->when.x, cap = state->radius * (state->has_dots ? 0.8 : 1.4);
    double low = scale_map(panel->y, dot->low), high = scale_map(panel->y, dot->high);
    Paint paint = paint_stroke(state->color, chart->medium->line * 1.4);
    const char *key = state->layer->keys[dot->row];
    frame_line(chart->frame, ROLE_MARK, key, (Point[]){{x, low}, {x, high}}, 2, paint);
    frame_line(chart->frame, ROLE_MARK, key, (Point[]){{x - cap, low}, {x + cap, low}}, 2, paint);
    frame_line(chart->frame, ROLE_MARK, key, (Point[]){{x - cap, high}, {x + cap, high}}, 2, paint);
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    for (size_t i = 0; i < state->n; i++)
        if (has_range(&state->dots[i])) paint_range(chart, panel, &state->dots[i], state);
    for (size_t i = 0; i < state->n; i++) {
        const Dot *dot = &state->dots[i];
        const char *key = state->layer->keys[dot->row];
        Point at = center(panel, dot);
        if (!state->has_dots && has_range(dot)) continue;
        unsigned qualifiers = dot->when.qualifiers | (dot->is_doubtful ? DATE_UNCERTAIN : 0);
        when_paint_reach(chart, &dot->when, key, at.y, state->radius, state->color);
        frame_circle(chart->frame, ROLE_MARK, key, at, state->radius,
                     when_fill(chart, qualifiers, state->color));
    }
}

static const MarkWords words = {.kind = "Diagramme en points",
                                .kind_among = "points",
                                .each = "chaque point est placé à sa date",
                                .size = "sa hauteur représente",
                                .one = "point",
                                .many = "points",
                                .range =
                                    "son trait vertical montre entre quelles limites se trouve",
                                .from = "x",
                                .value = "y",
                                .low = "low",
                                .high = "high",
                                .doubt = "doubt",
                                .unit = "unit",
                                .is_event = true};

const MarkClass mark_dot = {.name = "dot",
                            .depth = MARK_OVER_RULES,
                            .read = read_layer,
                            .place = place,
                            .paint = paint,
                            .words = &words,
                            .most_rows = 3000};
