/* band: a shaded span of time through one panel, named inside.
 * Channels: from, to (dates, both included; one column of intervals may be both). Keys: color. The
 * name stands in the widest part of the span that no rule cuts. */
#include "chart/when.h"

#include <math.h>

typedef struct {
    const Layer *layer;
    int from, to;
    Color color;
} State;

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    (void)panel;
    State *state = ARENA_NEW(chart->arena, State);
    *state = (State){.layer = layer,
                     .from = mark_channel(chart, layer, "from", true),
                     .to = mark_channel(chart, layer, "to", true),
                     .color = mark_color(chart, layer, "color", "band")};
    bool is_complete = state->from >= 0 && state->to >= 0 && mark_needs_time(chart, layer);
    return is_complete ? state : NULL;
}

static bool span_of(Chart *chart, const State *state, size_t row, When *ret) {
    Date span;
    if (!mark_cell_span(chart, state->layer, row, state->from, state->to, &span)) return false;
    if (!when_is_shown(chart, span)) return false;
    *ret = when_of(chart, span);
    return true;
}

/* The widest stretch between x0 and x1 that no rule cuts. */
static double widest_part(const Chart *chart, double x0, double x1) {
    double widest = 0;
    const GArray *lines = label_field_lines(chart->field);
    for (guint i = 0; i <= lines->len; i++) {
        double start = i ? g_array_index(lines, LabelLine, i - 1).a.x : x0, end = x1;
        if (start < x0 || start >= x1) continue;
        for (guint k = 0; k < lines->len; k++) {
            double x = g_array_index(lines, LabelLine, k).a.x;
            if (x > start && x < end) end = x;
        }
        widest = fmax(widest, end - start);
    }
    return widest;
}

/* In a key the line ends that suit a narrow band would be a ladder. */
static RichText one_line(Chart *chart, RichText text) {
    TextSpan *spans = arena_dup(chart->arena, text.spans, text.n * sizeof *spans);
    for (size_t i = 0; i < text.n; i++) {
        char *copy = arena_strndup(chart->arena, spans[i].text, spans[i].len);
        for (size_t k = 0; k < spans[i].len; k++)
            if (copy[k] == '\n') copy[k] = ' ';
        spans[i].text = copy;
    }
    return (RichText){spans, text.n, text.plain};
}

/* A name may overrun its band a little, never stand beside it. */
static Rect around_band(Rect panel, double x0, double x1, double em) {
    double left = fmax(x0 - em, panel.x), right = fmin(x1 + em, panel.x + panel.w);
    return (Rect){left, panel.y, right - left, panel.h};
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    for (size_t i = 0; state->layer->labels && i < state->layer->data->n_rows; i++) {
        When when;
        if (!span_of(chart, state, i, &when)) continue;
        double x0 = when.x0, x1 = when.x1;
        double em = chart->medium->styles[STYLE_NOTE].size;
        double part = chart->is_turned ? panel->rect.h : widest_part(chart, x0, x1);
        double width = fmax(part - 0.8 * em, 4 * em);
        TextBlock *listed = chart_label(chart, one_line(chart, state->layer->labels[i]));
        TextBlock *block =
            chart_text(chart, STYLE_NOTE, state->layer->labels[i], width, FIT_BALANCED);
        if (block->is_cut) block = listed; /* whole words in the key rather than cut ones here */
        /* A point in the middle: the label engine finds the free place nearest to it. */
        label_field_wish(
            chart->field,
            (LabelWish){.block = block,
                        .listed = listed,
                        .key = state->layer->keys[i],
                        .role = ROLE_LABEL,
                        .anchor = {(x0 + x1) / 2,
                                   panel->rect.y + panel->rect.h * (chart->is_turned ? 0.5 : 0.3)},
                        .rank = INFINITY,
                        .is_centered = true,
                        .scope = SCOPE_REMARKS + (int)(panel - chart->panels),
                        .bounds = around_band(panel->rect, x0, x1, em)});
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    for (size_t i = 0; i < state->layer->data->n_rows; i++) {
        When when;
        if (!span_of(chart, state, i, &when)) continue;
        Rect rect = {when.x0, panel->rect.y, when.x1 - when.x0, panel->rect.h};
        when_paint_rect(chart, &when, ROLE_BAND, state->layer->keys[i], rect, state->color);
    }
}

static const MarkWords words = {
    .each = "une bande", .one = "bande", .many = "bandes", .from = "from", .to = "to"};

const MarkClass mark_band = {.name = "band",
                             .depth = MARK_SHADE,
                             .read = read_layer,
                             .place = place,
                             .paint = paint,
                             .words = &words,
                             .most_rows = 200,
                             .turn = TURN_ALONG};
