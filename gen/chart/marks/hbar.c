/* hbar: horizontal bars, one a row, category at left, value written at the end.
 * Channels: y (category), x (number), highlight (true rows in full colour, the others lighter),
 * at_least (true rows are minima: an arrowhead at their end). The label of a row is its written
 * value. Keys: color, light. */
#include "chart/mark.h"

#include <math.h>

typedef struct {
    const Layer *layer;
    int x, y, highlight, at_least;
    double max;
    Color color, light;
} State;

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    (void)panel;
    State *state = ARENA_NEW(chart->arena, State);
    *state = (State){.layer = layer,
                     .x = mark_channel(chart, layer, "x", true),
                     .y = mark_channel(chart, layer, "y", true),
                     .highlight = mark_channel(chart, layer, "highlight", false),
                     .at_least = mark_channel(chart, layer, "at_least", false),
                     .color = mark_color(chart, layer, "color", "theft"),
                     .light = mark_color(chart, layer, "light", "theft_light")};
    if (state->x < 0 || state->y < 0) return NULL;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        double value;
        if (!mark_cell_number(chart, layer, i, state->x, &value)) return NULL;
        if (!mark_stands_on_zero(chart, layer, i, value)) return NULL;
        state->max = fmax(state->max, value);
    }
    return state;
}

static bool is_highlighted(const State *state, size_t row) {
    return state->highlight < 0 || mark_is_true(state->layer, row, state->highlight);
}

/* Of the panel's width, what names and values take at the most: the rest is for bars. */
static const double MOST_NAME = 0.45, MOST_VALUE = 0.3;

static double block_height(const TextBlock *block) {
    return text_box(block, (Point){0, 0}, ALIGN_LEFT).h;
}

/* Beside the middle of its bar; on one line, a name and its value share this ascent. */
static double text_y(const Bands *bands, size_t i, const TextBlock *block, double ascent) {
    double more = block->n_lines > 1 ? (double)(block->n_lines - 1) * block->leading : 0;
    return bands_start(*bands, i) + (bands->width - ascent - more) / 2;
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    size_t n = state->layer->data->n_rows;
    if (!n) return;
    TextBlock **names = ARENA_ARRAY(chart->arena, TextBlock *, n);
    TextBlock **values = ARENA_ARRAY(chart->arena, TextBlock *, n);
    double name_width = 0, value_width = 0, height = 0;
    for (size_t i = 0; i < n; i++) {
        Value name = table_cell(state->layer->data, i, (size_t)state->y);
        names[i] = chart_name(chart, STYLE_TICK, name, panel->rect.w * MOST_NAME);
        RichText empty = {.plain = ""};
        values[i] =
            chart_text(chart, STYLE_VALUE, state->layer->labels ? state->layer->labels[i] : empty,
                       panel->rect.w * MOST_VALUE, FIT_BALANCED);
        name_width = fmax(name_width, names[i]->width);
        value_width = fmax(value_width, values[i]->width);
        height = fmax(height, fmax(block_height(names[i]), block_height(values[i])));
    }
    double em = chart->medium->styles[STYLE_TICK].size;
    double x0 = panel->rect.x + name_width + em;
    double head = state->at_least >= 0 ? chart_minimum_room(chart) : 0;
    double room = panel->rect.x + panel->rect.w - x0 - value_width - head - em * 0.6;
    Bands bands = bands_make(panel->rect.y, panel->rect.y + panel->rect.h, n, 0.34);
    if (bands.step < fmax(em * 1.15, height)) {
        diag_error(chart->diag, state->layer->node->key_span, "figure-room",
                   "give the figure more height, or show fewer rows",
                   "hbar: %zu rows have no room on medium %s", n, chart->medium->name);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        double value = value_number(table_cell(state->layer->data, i, (size_t)state->x));
        double y = bands_start(bands, i), w = state->max > 0 ? value / state->max * room : 0;
        const char *key = state->layer->keys[i];
        bool is_least = mark_is_true(state->layer, i, state->at_least);
        Color color = is_highlighted(state, i) ? state->color : state->light;
        chart_rect(chart, ROLE_MARK, key, (Rect){x0, y, w, bands.width}, color);
        if (is_least) chart_minimum(chart, key, (Point){x0 + w, y + bands.width / 2}, 1, 0, color);
        double ascent = names[i]->ascent;
        text_draw(names[i], chart->frame,
                  (Point){panel->rect.x, text_y(&bands, i, names[i], ascent)}, ALIGN_LEFT,
                  ROLE_TICK, NULL, false);
        double text_x = x0 + w + (is_least ? head : 0) + em * 0.5;
        text_draw(values[i], chart->frame, (Point){text_x, text_y(&bands, i, values[i], ascent)},
                  ALIGN_LEFT, ROLE_LABEL, key, false);
    }
}

static const MarkWords words = {.kind = "Diagramme en barres",
                                .kind_among = "barres",
                                .each = "chaque barre horizontale correspond à une ligne",
                                .each_of = "chaque barre horizontale correspond à",
                                .size = "sa longueur représente",
                                .one = "barre",
                                .many = "barres",
                                .name = "y",
                                .value = "x",
                                .extent = "x",
                                .at_least = "at_least"};

const MarkClass mark_hbar = {
    .name = "hbar", .depth = MARK_UNDER_RULES, .read = read_layer, .paint = paint, .words = &words};
