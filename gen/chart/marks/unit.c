/* unit: one symbol a unit, piled by date on a time axis: a count that a reader can count. Piles are
 * as many symbols across as makes these largest, the same in all.
 * Channels: x (date), y (count), stack (text), at_least (a true row makes a minimum of its pile: an
 * arrowhead on top). Keys: colors ({category: colour}, from the ground up; each category has its
 * shape too). The label of a row, if any, stands above its pile (the first row of a date speaks for
 * it), placed by the label engine. */
#include "chart/when.h"

#include <math.h>

/* Share of a step that the widest symbol takes. */
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

typedef struct {
    double step; /* from a symbol to the next, each way */
    int across;
} Grid;

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
    state->entries = mark_classes(chart, layer, SYMBOL_TRIANGLE, &state->n_entries);
    panel->has_baseline = true;
    if (state->x < 0 || state->y < 0 || state->stack < 0 || !state->entries) return NULL;
    if (!mark_needs_time(chart, layer) || !mark_reads_sides(chart, layer)) return NULL;
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

static const LegendEntry *class_of(Chart *chart, const State *state, size_t row) {
    static const LegendEntry none = {.color = {0, 0, 0, 255}, .symbol = SYMBOL_TRIANGLE};
    size_t class =
        mark_class_of(chart, state->layer, row, state->stack, state->entries, state->n_entries);
    return state->n_entries ? &state->entries[class] : &none;
}

static double least_gap(const Chart *chart, const State *state) {
    double gap = chart->plot.w / 2;
    for (size_t i = 0; i < state->n_piles; i++)
        for (size_t j = 0; j < i; j++)
            gap = fmin(gap, fabs(scale_map(chart->x, state->piles[i].day) -
                                 scale_map(chart->x, state->piles[j].day)));
    return gap;
}

/* As large as the two nearest piles and the highest one allow. Piles of several symbols across
 * stand a symbol apart, and must be worth it. */
static Grid grid_of(const Chart *chart, const PanelView *panel, const State *state) {
    enum { MOST_ACROSS = 12 };
    static const double worth = 1.1;
    double most = chart->medium->styles[STYLE_LABEL].size * 3.2;
    double text = state->layer->labels ? chart->medium->styles[STYLE_LABEL].leading * 2.4 : 0;
    if (state->at_least >= 0) text += chart_minimum_room(chart);
    double gap = least_gap(chart, state), high = panel->rect.h - text;
    Grid best = {fmin(fmin(most, gap), high / MAX(state->highest, 1)), 1};
    for (int across = 2; across <= MOST_ACROSS && across <= state->highest; across++) {
        int rows = (state->highest + across - 1) / across;
        double step = fmin(fmin(most, gap / (across + 1)), high / rows);
        if (step > best.step * worth) best = (Grid){step, across};
    }
    return best;
}

/* Smaller symbols are a bar, and a bad one. */
static bool can_be_counted(Chart *chart, const State *state, Grid grid) {
    static const double least = 0.3; /* of a type size */
    double em = chart->medium->styles[STYLE_LABEL].size;
    if (!state->n_piles || grid.step >= em * least) return true;
    diag_error(chart->diag, state->layer->node->key_span, "too-many-rows",
               "show columns, with bar, or give the figure more height",
               "unit: a pile of %d cannot be counted on medium %s", state->highest,
               chart->medium->name);
    return false;
}

static double height_of(const Pile *pile, Grid grid) {
    int rows = (pile->height + grid.across - 1) / grid.across;
    return rows * grid.step;
}

static double width_of(const Pile *pile, Grid grid) {
    return grid.step * (MIN(grid.across, MAX(pile->height, 1)) - 1 + FILL);
}

/* Piles at the ends of the axis stand whole in the figure. */
static void measure(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    Grid grid = grid_of(chart, panel, state);
    double left = chart->plot.x, right = left + chart->plot.w;
    for (size_t i = 0; i < state->n_piles; i++) {
        double x = scale_map(chart->x, state->piles[i].day);
        double half = width_of(&state->piles[i], grid) / 2;
        chart->left_need = fmax(chart->left_need, left - (x - half));
        chart->right_need = fmax(chart->right_need, x + half - right);
    }
}

static void wish_label(Chart *chart, const PanelView *panel, const State *state, size_t pile,
                       Point top) {
    double widest = chart->medium->styles[STYLE_LABEL].size * 8;
    size_t row = (size_t)state->piles[pile].first_row;
    RichText text = state->layer->labels[row];
    TextBlock *block = chart_text(chart, STYLE_LABEL, text, widest, FIT_BALANCED);
    TextBlock *listed = chart_label(chart, text);
    label_field_wish(chart->field, (LabelWish){.block = block->is_cut ? listed : block,
                                               .listed = listed,
                                               .pin = mark_side(state->layer, row),
                                               .scope = (int)(panel - chart->panels),
                                               .key = state->layer->keys[row],
                                               .role = ROLE_LABEL,
                                               .anchor = top,
                                               .rank = -(double)pile,
                                               .bounds = panel->rect});
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    Grid grid = grid_of(chart, panel, state);
    if (!can_be_counted(chart, state, grid)) return;
    double ground = panel->rect.y + panel->rect.h;
    for (size_t i = 0; i < state->n_piles; i++) {
        const Pile *pile = &state->piles[i];
        double x = scale_map(chart->x, pile->day), top = ground - height_of(pile, grid);
        double width = width_of(pile, grid);
        if (pile->is_least) top -= chart_minimum_room(chart);
        label_field_rect(chart->field, (Rect){x - width / 2, top, width, ground - top}, false);
        chart_anchor(chart, panel, pile->date, state->layer->keys[pile->first_row], (Point){x, top},
                     0);
        if (state->layer->labels) wish_label(chart, panel, state, i, (Point){x, top});
    }
}

/* ---- painting */

static void paint_reaches(Chart *chart, const State *state, double y, double radius) {
    bool is_known = layer_counts_periods(state->layer, state->x);
    for (size_t i = 0; i < state->n_piles && !is_known; i++) {
        When when = when_of(chart, state->piles[i].date);
        size_t row = (size_t)state->piles[i].first_row;
        when_paint_reach(chart, &when, state->layer->keys[row], y, radius / 2,
                         class_of(chart, state, row)->color);
    }
}

/* Of symbols of one area the triangle is the widest. */
static double radius_of(Grid grid) {
    double half = symbol_reach(SYMBOL_TRIANGLE, 1) * cos(G_PI / 6);
    return grid.step * FILL / (2 * half);
}

/* Unit k of a pile: rows are filled from the left, one after another from the ground; those of a
 * pile that is less than a row stand over its date. */
static Point middle_of(const Pile *pile, Grid grid, int k, double x, double ground) {
    int across = MIN(grid.across, MAX(pile->height, 1));
    double column = k % grid.across - (across - 1) / 2.0;
    int row = k / grid.across;
    return (Point){x + column * grid.step, ground - (row + 0.5) * grid.step};
}

static void paint_row(Chart *chart, const State *state, size_t row, Grid grid, double ground) {
    const Pile *pile = &state->piles[state->pile_of[row]];
    const LegendEntry *class = class_of(chart, state, row);
    Paint fill = when_fill(chart, state->qualifiers_of[row], class->color);
    double x = scale_map(chart->x, pile->day), radius = radius_of(grid);
    for (int k = 0; k < state->count_of[row]; k++) {
        Point middle = middle_of(pile, grid, state->start_of[row] + k, x, ground);
        symbol_paint(chart->frame, ROLE_MARK, state->layer->keys[row], class->symbol,
                     symbol_center(class->symbol, middle, radius), radius, fill);
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    Grid grid = grid_of(chart, panel, state);
    double ground = panel->rect.y + panel->rect.h;
    paint_reaches(chart, state, ground - grid.step / 2, grid.step * FILL / 2);
    for (size_t i = 0; i < state->layer->data->n_rows; i++)
        if (state->pile_of[i] >= 0) paint_row(chart, state, i, grid, ground);
    for (size_t i = 0; i < state->n_piles; i++) {
        const Pile *pile = &state->piles[i];
        size_t row = (size_t)pile->last_row;
        Point top = {scale_map(chart->x, pile->day), ground - height_of(pile, grid)};
        if (pile->is_least)
            chart_minimum(chart, state->layer->keys[row], top, 0, -1,
                          class_of(chart, state, row)->color);
    }
}

static const MarkWords words = {.kind = "Frise en pictogrammes",
                                .kind_among = "pictogrammes",
                                .each = "chaque symbole, placé à sa date, compte pour un",
                                .size = "la hauteur d’une pile représente",
                                .one = "date",
                                .many = "dates",
                                .from = "x",
                                .value = "y",
                                .extent = "y",
                                .stack = "stack",
                                .at_least = "at_least",
                                .is_event = true,
                                .adds_up = true,
                                .is_piled = true,
                                .has_shapes = true,
                                .is_count = true};

const MarkClass mark_unit = {.name = "unit",
                             .depth = MARK_OVER_RULES,
                             .read = read_layer,
                             .measure = measure,
                             .place = place,
                             .paint = paint,
                             .words = &words,
                             .most_rows = 3000};
