/* unit: one triangle a unit, piled day by day on a time axis: a count that a reader can count.
 * Channels: x (date), y (count), stack (text), at_least (a true row makes a minimum of its pile: an
 * arrowhead on top). Keys: colors ({category: colour}, from the ground
 * up). The label of a row, if any, stands above its pile (the first row of a day speaks for it),
 * placed by the label engine. */
#include "chart/when.h"

#include <math.h>

/* Share of a step that a triangle takes, each way. */
static const double FILL = 0.86;

typedef struct {
    double day;
    int height;              /* units piled so far */
    int first_row, last_row; /* the last is on top */
    bool is_least;
    Date date; /* of the first row */
} Pile;

typedef struct {
    const Layer *layer;
    int x, y, stack, at_least;
    LegendEntry *entries;
    size_t n_entries;
    Pile *piles;
    size_t n_piles;
    int *pile_of, *start_of, *count_of; /* by row; pile_of is -1 for a row out of the plot */
    unsigned *qualifiers_of;
    int highest;
} State;

static size_t find_pile(const Chart *chart, State *state, Date date, size_t row) {
    double day = when_day(chart, date);
    for (size_t i = 0; i < state->n_piles; i++)
        if (state->piles[i].day == day) return i;
    state->piles[state->n_piles] = (Pile){.day = day, .first_row = (int)row, .date = date};
    return state->n_piles++;
}

enum { MOST_COUNTED = 1000000 }; /* far more than any figure has room for: see can_be_counted() */

static bool is_whole(Chart *chart, const Layer *layer, size_t row, double count) {
    if (count == floor(count)) return true;
    diag_error(chart->diag, layer->node->key_span, "constraint-error",
               "show columns, with bar, or count in the query",
               "unit: row %zu: %g is not a whole number of symbols", row + 1, count);
    return false;
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    size_t n = MAX(layer->data->n_rows, 1);
    *state = (State){.layer = layer,
                     .x = mark_channel(chart, layer, "x", true),
                     .y = mark_channel(chart, layer, "y", true),
                     .stack = mark_channel(chart, layer, "stack", true),
                     .at_least = mark_channel(chart, layer, "at_least", false),
                     .piles = ARENA_ARRAY(chart->arena, Pile, n),
                     .pile_of = ARENA_ARRAY(chart->arena, int, n),
                     .start_of = ARENA_ARRAY(chart->arena, int, n),
                     .count_of = ARENA_ARRAY(chart->arena, int, n),
                     .qualifiers_of = ARENA_ARRAY(chart->arena, unsigned, n)};
    state->entries = mark_colors(chart, layer, &state->n_entries);
    panel->has_baseline = true;
    if (state->x < 0 || state->y < 0 || state->stack < 0) return NULL;
    if (!mark_needs_time(chart, layer)) return NULL;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Date date;
        double count;
        if (!mark_cell_date(chart, layer, i, state->x, &date)) return NULL;
        if (!mark_cell_number(chart, layer, i, state->y, &count)) return NULL;
        if (!mark_stands_on_zero(chart, layer, i, count)) return NULL;
        if (!is_whole(chart, layer, i, count)) return NULL;
        state->pile_of[i] = -1;
        if (!when_is_shown(chart, date)) continue;
        size_t pile = find_pile(chart, state, date, i);
        state->pile_of[i] = (int)pile;
        state->qualifiers_of[i] = date_qualifiers(date);
        state->start_of[i] = state->piles[pile].height;
        state->count_of[i] = (int)fmin(count, MOST_COUNTED);
        state->piles[pile].height += state->count_of[i];
        state->piles[pile].last_row = (int)i;
        state->piles[pile].is_least |= mark_is_true(layer, i, state->at_least);
        state->highest = MAX(state->highest, state->piles[pile].height);
    }
    return state;
}

static Color color_of(Chart *chart, const State *state, size_t row) {
    size_t class =
        mark_class_of(chart, state->layer, row, state->stack, state->entries, state->n_entries);
    return state->n_entries ? state->entries[class].color : (Color){0, 0, 0, 255};
}

/* As wide as the two nearest piles allow, as high as the highest pile allows. */
static double step_of(const Chart *chart, const PanelView *panel, const State *state) {
    double step = chart->medium->styles[STYLE_LABEL].size * 3.2;
    double text = state->layer->labels ? chart->medium->styles[STYLE_LABEL].leading * 2.4 : 0;
    if (state->at_least >= 0) text += chart_minimum_room(chart);
    for (size_t i = 0; i < state->n_piles; i++)
        for (size_t j = 0; j < i; j++)
            step = fmin(step, fabs(scale_map(chart->x, state->piles[i].day) -
                                   scale_map(chart->x, state->piles[j].day)));
    return fmin(step, (panel->rect.h - text) / MAX(state->highest, 1));
}

/* Smaller symbols are a bar, and a bad one. */
static bool can_be_counted(Chart *chart, const State *state, double step) {
    static const double least = 0.14; /* of a type size */
    double em = chart->medium->styles[STYLE_LABEL].size, highest = 0;
    if (!state->n_piles || step >= em * least) return true;
    for (size_t i = 0; i < state->n_piles; i++) highest = fmax(highest, state->piles[i].height);
    diag_error(chart->diag, state->layer->node->key_span, "too-many-rows",
               "show columns, with bar, or give the figure more height",
               "unit: a pile of %.0f cannot be counted on medium %s", highest, chart->medium->name);
    return false;
}

/* Piles at the ends of the axis stand whole in the figure. */
static void measure(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    double half = step_of(chart, panel, state) * FILL / 2;
    double left = chart->plot.x, right = left + chart->plot.w;
    for (size_t i = 0; i < state->n_piles; i++) {
        double x = scale_map(chart->x, state->piles[i].day);
        chart->left_need = fmax(chart->left_need, left - (x - half));
        chart->right_need = fmax(chart->right_need, x + half - right);
    }
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    if (!can_be_counted(chart, state, step_of(chart, panel, state))) return;
    double step = step_of(chart, panel, state), ground = panel->rect.y + panel->rect.h;
    double widest = chart->medium->styles[STYLE_LABEL].size * 8;
    for (size_t i = 0; i < state->n_piles; i++) {
        const Pile *pile = &state->piles[i];
        const char *key = state->layer->keys[pile->first_row];
        double x = scale_map(chart->x, pile->day), top = ground - pile->height * step;
        if (pile->is_least) top -= chart_minimum_room(chart);
        label_field_rect(chart->field, (Rect){x - step * FILL / 2, top, step * FILL, ground - top},
                         false);
        chart_anchor(chart, panel, pile->date, key, (Point){x, top});
        if (!state->layer->labels) continue;
        RichText text = state->layer->labels[pile->first_row];
        TextBlock *block = chart_text(chart, STYLE_LABEL, text, widest, FIT_BALANCED);
        TextBlock *listed = chart_label(chart, text);
        if (block->is_cut) block = listed;
        label_field_wish(chart->field, (LabelWish){.block = block,
                                                   .listed = listed,
                                                   .scope = (int)(panel - chart->panels),
                                                   .key = key,
                                                   .role = ROLE_LABEL,
                                                   .anchor = {x, top},
                                                   .rank = -(double)i,
                                                   .bounds = panel->rect});
    }
}

static void paint_reaches(Chart *chart, const State *state, double y, double radius) {
    for (size_t i = 0; i < state->n_piles; i++) {
        When when = when_of(chart, state->piles[i].date);
        size_t row = (size_t)state->piles[i].first_row;
        when_paint_reach(chart, &when, state->layer->keys[row], y, radius / 2,
                         color_of(chart, state, row));
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    double step = step_of(chart, panel, state);
    double size = step * FILL, ground = panel->rect.y + panel->rect.h;
    paint_reaches(chart, state, ground - step / 2, size / 2);
    for (size_t i = 0; i < state->layer->data->n_rows; i++) {
        if (state->pile_of[i] < 0) continue;
        double x = scale_map(chart->x, state->piles[state->pile_of[i]].day);
        Paint fill = when_fill(chart, state->qualifiers_of[i], color_of(chart, state, i));
        for (int k = 0; k < state->count_of[i]; k++) {
            double y = ground - (state->start_of[i] + k) * step - (step - size) / 2 - 1;
            Point corners[] = {{x - size / 2, y}, {x + size / 2, y}, {x, y - size}};
            frame_polygon(chart->frame, ROLE_MARK, state->layer->keys[i], corners, 3, fill);
        }
    }
    for (size_t i = 0; i < state->n_piles; i++) {
        const Pile *pile = &state->piles[i];
        size_t row = (size_t)pile->last_row;
        Point top = {scale_map(chart->x, pile->day), ground - pile->height * step};
        if (pile->is_least)
            chart_minimum(chart, state->layer->keys[row], top, 0, -1, color_of(chart, state, row));
    }
}

static const MarkWords words = {.kind = "Frise en pictogrammes",
                                .kind_among = "pictogrammes",
                                .each = "chaque triangle, placé à sa date, compte pour un",
                                .size = "la hauteur d’une pile représente",
                                .one = "date",
                                .many = "dates",
                                .from = "x",
                                .value = "y",
                                .stack = "stack",
                                .at_least = "at_least",
                                .is_event = true,
                                .adds_up = true,
                                .is_piled = true,
                                .is_count = true};

const MarkClass mark_unit = {.name = "unit",
                             .depth = MARK_OVER_RULES,
                             .read = read_layer,
                             .measure = measure,
                             .place = place,
                             .paint = paint,
                             .words = &words,
                             .most_rows = 3000};
