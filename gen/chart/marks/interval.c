/* interval: bars from one date to another, one lane a row, a text above each.
 * Channels: from, to (dates, both included; one column of intervals may be both), highlight. Keys:
 * color, light. A text that would leave the plot at right is set flush to the bar's right end. */
#include "chart/when.h"

#include <math.h>

typedef struct {
    const Layer *layer;
    int from, to, highlight;
    Color color, light;
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

static void paint(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    size_t n = state->layer->data->n_rows;
    double em = chart->medium->styles[STYLE_NOTE].size, lane = n ? panel->rect.h / (double)n : 0;
    for (size_t i = 0; i < n; i++) {
        Date span;
        if (!mark_cell_span(chart, state->layer, i, state->from, state->to, &span)) continue;
        if (!when_is_shown(chart, span)) continue;
        When when = when_of(chart, span);
        double x0 = when.x0, x1 = when.x1;
        const char *key = state->layer->keys[i];
        RichText empty = {.plain = ""};
        TextBlock *block =
            chart_text(chart, STYLE_NOTE, state->layer->labels ? state->layer->labels[i] : empty,
                       chart->plot.w, FIT_BALANCED);
        double text_height = text_box(block, (Point){0, 0}, ALIGN_LEFT).h;
        double bar = fmin(em * 1.1, lane - text_height - em * (TEXT_GAP + LANE_GAP));
        if (bar < em * 0.3) {
            diag_error(chart->diag, state->layer->node->key_span, "figure-room",
                       "give the figure more height, or show fewer rows",
                       "interval: %zu rows have no room on medium %s", n, chart->medium->name);
            return;
        }
        double top =
            panel->rect.y + lane * (double)i + (lane - text_height - em * TEXT_GAP - bar) / 2;
        double left = chart->plot.x, right = left + chart->plot.w;
        bool fits = x0 + block->width <= right;
        bool is_flush = !fits && x1 - block->width >= left;
        double text_x = is_flush ? x1 - block->width : fmax(fmin(x0, right - block->width), left);
        text_draw(block, chart->frame, (Point){text_x, top}, ALIGN_LEFT, ROLE_LABEL, key, true);
        bool is_full = state->highlight < 0 || mark_is_true(state->layer, i, state->highlight);
        when_paint_rect(chart, &when, ROLE_MARK, key,
                        (Rect){x0, top + text_height + em * TEXT_GAP, x1 - x0, bar},
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
                                 .paint = paint,
                                 .words = &words};
