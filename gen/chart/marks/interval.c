/* interval: bars from one date to another, one lane a row, a text above each.
 * Channels: from, to (dates, both included; one column of intervals may be both), highlight. Keys:
 * color, light. A text that would leave the plot at right is set flush to the bar's right end. */
#include "chart/when.h"

#include <math.h>

typedef struct {
    size_t row;
    When when;
    TextBlock *block;
    Point text;
    Rect bar;
} Lane;

typedef struct {
    const Layer *layer;
    int from, to, highlight;
    Color color, light;
    Lane *lanes; /* of the rows that the axis shows */
    size_t n;
} State;

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    *state = (State){.layer = layer,
                     .from = mark_channel(chart, layer, "from", true),
                     .to = mark_channel(chart, layer, "to", true),
                     .highlight = mark_channel(chart, layer, "highlight", false),
                     .color = mark_color(chart, layer, "color", "theft"),
                     .light = mark_color(chart, layer, "light", "theft_light")};
    panel->has_baseline = true;
    bool is_complete = state->from >= 0 && state->to >= 0 && mark_needs_time(chart, layer);
    return is_complete ? state : NULL;
}

/* Air in type sizes: between a text and its bar, and more between a bar and the next text, so that
 * no text seems to name the bar above it. */
static const double TEXT_GAP = 0.4, LANE_GAP = 0.85;

/* Flush to the bar's start; to its end where it would leave the plot. */
static double text_x(const Chart *chart, const When *when, double width) {
    double left = chart->plot.x, right = left + chart->plot.w;
    bool fits = when->x0 + width <= right;
    if (!fits && when->x1 - width >= left) return when->x1 - width;
    return fmax(fmin(when->x0, right - width), left);
}

/* False after an error. */
static bool lay_lane(Chart *chart, const PanelView *panel, const State *state, size_t i,
                     Lane *lane) {
    size_t n = state->layer->data->n_rows;
    double em = chart->medium->styles[STYLE_NOTE].size, height = panel->rect.h / (double)n;
    RichText empty = {.plain = ""};
    lane->block =
        chart_text(chart, STYLE_NOTE, state->layer->labels ? state->layer->labels[i] : empty,
                   chart->plot.w, FIT_BALANCED);
    double text = text_box(lane->block, (Point){0, 0}, ALIGN_LEFT).h;
    double bar = fmin(em * 1.1, height - text - em * (TEXT_GAP + LANE_GAP));
    if (bar < em * 0.3) {
        diag_error(chart->diag, state->layer->node->key_span, "figure-room",
                   "give the figure more height, or show fewer rows",
                   "interval: %zu rows have no room on medium %s", n, chart->medium->name);
        return false;
    }
    double top = panel->rect.y + height * (double)i + (height - text - em * TEXT_GAP - bar) / 2;
    lane->text = (Point){text_x(chart, &lane->when, lane->block->width), top};
    lane->bar =
        (Rect){lane->when.x0, top + text + em * TEXT_GAP, lane->when.x1 - lane->when.x0, bar};
    return true;
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    state->lanes = ARENA_ARRAY(chart->arena, Lane, state->layer->data->n_rows + 1);
    for (size_t i = 0; i < state->layer->data->n_rows; i++) {
        Date span;
        Lane *lane = &state->lanes[state->n];
        if (!mark_cell_span(chart, state->layer, i, state->from, state->to, &span)) continue;
        if (!when_is_shown(chart, span)) continue;
        *lane = (Lane){.row = i, .when = when_of(chart, span)};
        if (!lay_lane(chart, panel, state, i, lane)) return;
        state->n++;
        if (lane->block->n_lines)
            label_field_rect(chart->field, text_box(lane->block, lane->text, ALIGN_LEFT), true);
        label_field_rect(chart->field, lane->bar, false);
    }
}

static void paint(Chart *chart, [[maybe_unused]] PanelView *panel, void *data) {
    const State *state = data;
    for (size_t i = 0; i < state->n; i++) {
        const Lane *lane = &state->lanes[i];
        const char *key = state->layer->keys[lane->row];
        text_draw(lane->block, chart->frame, lane->text, ALIGN_LEFT, ROLE_LABEL, key, true);
        bool is_full =
            state->highlight < 0 || mark_is_true(state->layer, lane->row, state->highlight);
        when_paint_rect(chart, &lane->when, ROLE_MARK, key, lane->bar,
                        is_full ? state->color : state->light);
    }
}

static const MarkWords words = {
    .kind = "Frise de périodes",
    .kind_among = "périodes",
    .each = "chaque barre va de la date où elle commence à celle où elle finit",
    .one = "période",
    .many = "périodes",
    .from = "from",
    .to = "to"};

const MarkClass mark_interval = {.name = "interval",
                                 .depth = MARK_OVER_RULES,
                                 .read = read_layer,
                                 .place = place,
                                 .paint = paint,
                                 .words = &words};
