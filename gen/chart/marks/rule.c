/* rule: a line across the panel at a value, for reference, named at its right end.
 * Channels: y (number; without data the value itself). Keys: color. The scale of values is that of
 * the panel's other marks, and takes the rule in. The name stands above its line or below it, as
 * near to the right end as it is free, or in the key. Dated lines are `rules` of a figure. */
#include "chart/key.h"

#include <math.h>

typedef struct {
    const Layer *layer;
    double *values;
    Color color;
} State;

static void *read_layer(Chart *chart, [[maybe_unused]] PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    int y = mark_channel(chart, layer, "y", true);
    *state = (State){.layer = layer,
                     .values = ARENA_ARRAY(chart->arena, double, layer->data->n_rows + 1),
                     .color = mark_color(chart, layer, "color", "muted")};
    if (y < 0) return NULL;
    for (size_t i = 0; i < layer->data->n_rows; i++)
        if (!mark_cell_number(chart, layer, i, y, &state->values[i])) return NULL;
    return state;
}

/* Every other layer has been read: is there a scale to stand on? */
static void measure(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    if (!mark_needs_values(chart, panel, state->layer)) return;
    for (size_t i = 0; i < state->layer->data->n_rows; i++)
        (void)mark_train(chart, panel, state->layer, i, state->values[i]);
}

/* ---- its name */

/* In type sizes: air between the line and its name, and the steps by which it looks for a place. */
static const double GAP = 0.4, STEP = 0.5;

/* The first free place from the right end to the left, above the line rather than below. */
static bool find_place(const Chart *chart, const PanelView *panel, double y, Rect *box) {
    double em = chart->medium->styles[STYLE_LABEL].size;
    double above = y - em * GAP - box->h, below = y + em * GAP;
    for (box->x = panel->rect.x + panel->rect.w - box->w; box->x >= panel->rect.x;
         box->x -= em * STEP)
        for (int side = 0; side < 2; side++) {
            box->y = side ? below : above;
            /* The label engine wants as much, and more beside than above. */
            Rect needed = {box->x - em * 0.3, box->y - em * 0.1, box->w + em * 0.3,
                           box->h + em * 0.2};
            if (rect_contains(panel->rect, *box, 1) && chart_is_free(chart, needed)) return true;
        }
    return false;
}

static void name_rule(Chart *chart, const PanelView *panel, const State *state, size_t row,
                      double y) {
    if (!state->layer->labels || !state->layer->labels[row].n) return;
    int index = (int)(panel - chart->panels);
    const char *key = state->layer->keys[row];
    TextBlock *block = chart_label(chart, state->layer->labels[row]);
    Rect box = text_box(block, (Point){0, 0}, ALIGN_LEFT);
    if (find_place(chart, panel, y, &box))
        label_field_wish(chart->field, (LabelWish){.block = block,
                                                   .key = key,
                                                   .role = ROLE_LABEL,
                                                   .anchor = {box.x + box.w / 2, box.y + box.h / 2},
                                                   .rank = INFINITY,
                                                   .is_centered = true,
                                                   .scope = index,
                                                   .bounds = rect_grow(box, 0.5)});
    else
        key_leave_out(chart, (LeftOut){.key = key,
                                       .block = block,
                                       .panel = index,
                                       .point = {panel->rect.x + panel->rect.w, y},
                                       .may_be_near = true});
}

static void place(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    double left = panel->rect.x, right = left + panel->rect.w;
    for (size_t i = 0; i < state->layer->data->n_rows; i++) {
        double y = scale_map(panel->y, state->values[i]);
        label_field_line(chart->field, (Point){left, y}, (Point){right, y});
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    Paint paint = paint_stroke(state->color, chart->medium->line * 1.35);
    double left = panel->rect.x;
    for (size_t i = 0; i < state->layer->data->n_rows; i++) {
        double y = scale_map(panel->y, state->values[i]);
        frame_line(chart->frame, ROLE_RULE, state->layer->keys[i],
                   (Point[]){{left, y}, {left + panel->rect.w, y}}, 2, paint);
        name_rule(chart, panel, state, i, y); /* now that all marks and numbers stand */
    }
}

static const MarkWords words = {.each = "une ligne horizontale",
                                .one = "ligne",
                                .many = "lignes",
                                .value = "y",
                                .is_annotation = true};

const MarkClass mark_rule = {.name = "rule",
                             .depth = MARK_IS_RULE,
                             .read = read_layer,
                             .measure = measure,
                             .place = place,
                             .paint = paint,
                             .words = &words,
                             .most_rows = 20};
