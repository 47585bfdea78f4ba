/* bar: columns of values, stacked by category, on a time axis or on a band axis, rising or hanging.
 * Channels: x (date on a time axis, anything on a band axis), y (number), stack (text, optional),
 * at_least (true rows are minima: an arrowhead at the end of their column).
 * Keys: grouped (categories side by side, not stacked), colors ({category: colour}, in stacking
 * order from the base), color (without stack), hang, axis (value grid lines and labels; by default
 * on a time axis only), unit, totals (a number above each column; by default on a band axis only).
 * Integer bands (years) are filled in: a year without rows is a year at 0. */
#include "chart/axis.h"
#include "chart/when.h"

#include "lang/fr_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    Value x;       /* as the query gives it */
    Date date;     /* on a time axis */
    double *parts; /* one a category */
    bool *are_least;
    double total;
    const char *key;
} Column;

typedef struct {
    const Layer *layer;
    Column *columns;
    size_t n;
    LegendEntry *entries;
    size_t n_entries;
    bool has_totals, is_grouped;
} State;

static size_t find_entry(Chart *chart, const State *state, size_t row, int stack) {
    if (stack < 0) return 0;
    return mark_class_of(chart, state->layer, row, stack, state->entries, state->n_entries);
}

static Column *find_column(State *state, Value x) {
    for (size_t i = 0; i < state->n; i++)
        if (value_compare(state->columns[i].x, x) == 0) return &state->columns[i];
    return NULL;
}

static Column *add_column(Chart *chart, State *state, Value x, const char *key) {
    Column *column = &state->columns[state->n++];
    *column = (Column){.x = x, .key = key};
    column->parts = ARENA_ARRAY(chart->arena, double, MAX(state->n_entries, 1));
    column->are_least = ARENA_ARRAY(chart->arena, bool, MAX(state->n_entries, 1));
    return column;
}

static int compare_columns(const void *a, const void *b) {
    return value_compare(((const Column *)a)->x, ((const Column *)b)->x);
}

enum { MOST_FILLED = 400 };

static bool are_integers(const State *state) {
    for (size_t i = 0; i < state->n; i++)
        if (state->columns[i].x.kind != VALUE_INT) return false;
    return state->n > 0;
}

/* Whole years between the first and the last get a column each. */
static void fill_integers(Chart *chart, State *state) {
    qsort(state->columns, state->n, sizeof(Column), compare_columns);
    int64_t first = state->columns[0].x.integer, last = state->columns[state->n - 1].x.integer;
    if (last - first >= MOST_FILLED) return;
    State filled = *state;
    filled.columns = ARENA_ARRAY(chart->arena, Column, (size_t)(last - first + 1));
    filled.n = 0;
    for (int64_t v = first; v <= last; v++) {
        Value x = {.kind = VALUE_INT, .integer = v};
        Column *known = find_column(state, x);
        if (known)
            filled.columns[filled.n++] = *known;
        else
            add_column(chart, &filled, x, arena_printf(chart->arena, "%d", (int)v));
    }
    *state = filled;
}

static void train_bands(Chart *chart, PanelView *panel, State *state) {
    if (are_integers(state)) fill_integers(chart, state);
    Value *bands = ARENA_ARRAY(chart->arena, Value, MAX(state->n, 1));
    for (size_t i = 0; i < state->n; i++) bands[i] = state->columns[i].x;
    panel->bands = bands;
    panel->n_bands = state->n;
}

static size_t n_parts(const State *state) {
    return MAX(state->n_entries, 1);
}

/* The end of what stands over the base: all parts, or the greatest of those side by side. */
static double highest(const State *state, const Column *column) {
    double most = 0;
    for (size_t k = 0; k < n_parts(state); k++) most = fmax(most, column->parts[k]);
    return state->is_grouped ? most : column->total;
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    bool on_time = chart->figure->has_time;
    *state = (State){.layer = layer};
    int x = mark_channel(chart, layer, "x", true);
    int y = mark_channel(chart, layer, "y", true);
    int stack = mark_channel(chart, layer, "stack", false);
    int at_least = mark_channel(chart, layer, "at_least", false);
    state->entries = mark_colors(chart, layer, &state->n_entries);
    if (stack < 0) state->entries[0].color = mark_color(chart, layer, "color", "missile");
    state->is_grouped = mark_bool(chart, layer, "grouped", false) && stack >= 0;
    state->has_totals = mark_bool(chart, layer, "totals", !on_time);
    chart->cannot_turn |= state->has_totals;
    panel->hangs = mark_bool(chart, layer, "hang", false);
    panel->has_values = mark_bool(chart, layer, "axis", on_time);
    panel->unit = node_text(layer->node, "unit", NULL, chart->diag);
    panel->has_baseline = true;
    if (x < 0 || y < 0) return NULL;
    state->columns = ARENA_ARRAY(chart->arena, Column, MAX(layer->data->n_rows, 1));
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Value at = table_cell(layer->data, i, (size_t)x);
        Date date;
        double value;
        if (!mark_cell_number(chart, layer, i, y, &value)) continue;
        if (!mark_stands_on_zero(chart, layer, i, value)) continue;
        if (on_time && !mark_cell_date(chart, layer, i, x, &date)) continue;
        if (on_time && !when_is_shown(chart, date)) continue;
        Column *column = find_column(state, at);
        if (!column) {
            column = add_column(chart, state, at, value_plain(at, chart->arena));
            if (on_time) column->date = date;
        }
        size_t part = find_entry(chart, state, i, stack);
        column->parts[part] += value;
        column->are_least[part] |= mark_is_true(layer, i, at_least);
        column->total += value;
    }
    if (!on_time) train_bands(chart, panel, state);
    for (size_t i = 0; i < state->n; i++)
        (void)mark_train(chart, panel, layer, i, highest(state, &state->columns[i]));
    return state;
}

static void span_of(const Chart *chart, const PanelView *panel, const State *state, size_t i,
                    double *ret_x, double *ret_w) {
    if (!chart->figure->has_time) {
        Bands bands = axis_bands(chart, panel);
        *ret_x = bands_start(bands, i);
        *ret_w = bands.width;
        return;
    }
    When when = when_of(chart, state->columns[i].date);
    double x0 = when.x0, x1 = when.x1;
    double gap = x1 - x0 > 8 ? 0.18 * (x1 - x0) : fmin(0.16 * (x1 - x0), 1);
    *ret_x = x0 + gap / 2;
    *ret_w = fmax(x1 - x0 - gap, 0.6);
}

static double end_of(const PanelView *panel, double total) {
    return scale_map(panel->y, total);
}

static Rect column_rect(const PanelView *panel, double x, double w, double from, double to) {
    double y0 = end_of(panel, from), y1 = end_of(panel, to);
    return (Rect){x, fmin(y0, y1), w, fabs(y1 - y0)};
}

/* A sum is a minimum when one of its parts is. */
static bool is_least(const State *state, const Column *column) {
    for (size_t k = 0; k < n_parts(state); k++)
        if (column->are_least[k]) return true;
    return false;
}

static TextBlock *value_text(Chart *chart, double value) {
    return chart_plain(chart, STYLE_VALUE, chart_number(chart, value));
}

/* A value stands beyond the end of its bar, and beyond its arrowhead. */
static Point value_point(const Chart *chart, const PanelView *panel, const TextBlock *block,
                         double value, double x, bool has_head) {
    double gap = chart->medium->styles[STYLE_VALUE].size * 0.4;
    if (has_head) gap += chart_minimum_room(chart);
    double end = end_of(panel, value);
    return (Point){x, panel->hangs ? end + gap : end - gap - block->ascent};
}

/* ---- is there room for the values? */

typedef struct {
    Rect *texts, *columns;
    size_t *of; /* the column of each text */
    size_t n;   /* texts */
} Values;

static void add_text(Chart *chart, const PanelView *panel, size_t column, double value, double x,
                     bool has_head, Values *values) {
    TextBlock *block = value_text(chart, value);
    Point at = value_point(chart, panel, block, value, x, has_head);
    values->of[values->n] = column;
    values->texts[values->n++] = text_box(block, at, ALIGN_CENTER);
}

static Values values_of(Chart *chart, const PanelView *panel, const State *state) {
    size_t n = state->n * n_parts(state) + 1;
    Values values = {ARENA_ARRAY(chart->arena, Rect, n), ARENA_ARRAY(chart->arena, Rect, n),
                     ARENA_ARRAY(chart->arena, size_t, n), 0};
    for (size_t i = 0; i < state->n; i++) {
        const Column *column = &state->columns[i];
        double x, w;
        span_of(chart, panel, state, i, &x, &w);
        double step = w / (double)n_parts(state);
        values.columns[i] = column_rect(panel, x, w, 0, highest(state, column));
        if (!state->is_grouped)
            add_text(chart, panel, i, column->total, x + w / 2, is_least(state, column), &values);
        for (size_t k = 0; state->is_grouped && k < n_parts(state); k++)
            add_text(chart, panel, i, column->parts[k], x + step * ((double)k + 0.5),
                     column->are_least[k], &values);
    }
    return values;
}

/* A value that lay on another, on another's column or out of the figure could not be read. */
static bool have_room(const Chart *chart, const PanelView *panel, const State *state,
                      const Values *values) {
    double slack = chart->medium->styles[STYLE_VALUE].size * 0.3;
    Rect room = {0, panel->rect.y, chart->frame->width, panel->rect.h};
    for (size_t i = 0; i < values->n; i++) {
        Rect text = values->texts[i];
        if (!rect_contains(room, text, slack)) return false;
        for (size_t k = i + 1; k < values->n; k++)
            if (rect_overlaps(text, values->texts[k])) return false;
        for (size_t k = 0; k < state->n; k++)
            if (k != values->of[i] && rect_overlaps(text, values->columns[k])) return false;
    }
    return true;
}

/* With less for each, columns are a smear; those of a time axis may stand without a gap. */
static bool can_be_told_apart(const Chart *chart, const PanelView *panel, const State *state) {
    static const double thinnest = 1.5, thinnest_in_time = 0.75; /* in the canvas's unit */
    if (chart->figure->has_time) return (double)state->n * thinnest_in_time <= chart->plot.w;
    return !panel->n_bands || axis_bands(chart, panel).step >= thinnest;
}

/* Values without room over their columns are read on an axis; columns whose names have none are
 * not. */
static void measure(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    if (!can_be_told_apart(chart, panel, state)) {
        diag_error(chart->diag, state->layer->node->key_span, "too-many-rows",
                   "count them in fewer columns in the query (GROUP BY)",
                   "bar: %zu columns cannot be told apart on medium %s", state->n,
                   chart->medium->name);
        return;
    }
    if (!axis_has_band_names(chart, panel)) {
        diag_error(chart->diag, state->layer->node->key_span, "figure-room",
                   "shorten them, show fewer columns, or lay the figure out with hbar",
                   "bar: the names of %zu columns have no room on medium %s", panel->n_bands,
                   chart->medium->name);
        return;
    }
    if (!state->has_totals) return;
    Values values = values_of(chart, panel, state);
    state->has_totals = have_room(chart, panel, state, &values);
    panel->has_values |= !state->has_totals;
}

static void block_value(Chart *chart, const PanelView *panel, double value, double x,
                        bool has_head) {
    TextBlock *block = value_text(chart, value);
    Point at = value_point(chart, panel, block, value, x, has_head);
    label_field_rect(chart->field, text_box(block, at, ALIGN_CENTER), true);
}

/* Other labels keep off the values too. */
static void block_values(Chart *chart, const PanelView *panel, const State *state,
                         const Column *column, double x, double w) {
    double step = w / (double)n_parts(state);
    if (!state->has_totals) return;
    if (!state->is_grouped)
        block_value(chart, panel, column->total, x + w / 2, is_least(state, column));
    for (size_t k = 0; state->is_grouped && k < n_parts(state); k++)
        block_value(chart, panel, column->parts[k], x + step * ((double)k + 0.5),
                    column->are_least[k]);
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    for (size_t i = 0; i < state->n; i++) {
        const Column *column = &state->columns[i];
        double x, w;
        span_of(chart, panel, state, i, &x, &w);
        Rect rect = column_rect(panel, x, w, 0, highest(state, column));
        double head = is_least(state, column) ? chart_minimum_room(chart) : 0;
        rect.h += head;
        if (!panel->hangs) rect.y -= head;
        label_field_rect(chart->field, rect, false);
        block_values(chart, panel, state, column, x, w);
        if (chart->figure->has_time)
            chart_anchor(chart, panel, column->date, column->key,
                         (Point){x + w / 2, end_of(panel, highest(state, column))}, 0);
    }
}

static void paint_head(Chart *chart, const PanelView *panel, const Column *column, double value,
                       double x, Color color) {
    chart_minimum(chart, column->key, (Point){x, end_of(panel, value)}, 0, panel->hangs ? 1 : -1,
                  color);
}

static void paint_value(Chart *chart, const PanelView *panel, const Column *column, double value,
                        double x, bool has_head) {
    TextBlock *block = value_text(chart, value);
    text_draw(block, chart->frame, value_point(chart, panel, block, value, x, has_head),
              ALIGN_CENTER, ROLE_LABEL, column->key, false);
}

typedef struct {
    double x, w;
    When when; /* of a band, which is whole, all zero */
} Footing;

static void paint_stack(Chart *chart, const PanelView *panel, const State *state,
                        const Column *column, const Footing *place) {
    double sum = 0, x = place->x + place->w / 2;
    bool has_head = is_least(state, column);
    Color last = state->entries[0].color;
    for (size_t k = 0; k < n_parts(state); k++) {
        if (column->parts[k] <= 0) continue;
        last = state->entries[k].color;
        Rect rect = column_rect(panel, place->x, place->w, sum, sum + column->parts[k]);
        sum += column->parts[k];
        /* A hairline of background parts the categories, where no outline does. */
        bool has_outline = chart_fill(chart, state->entries[k].color).width > 0;
        double seam = has_outline ? 0 : fmin(0.5, rect.h / 4);
        if (!panel->hangs && sum < column->total) rect.y += seam, rect.h -= seam;
        if (panel->hangs && sum < column->total) rect.h -= seam;
        when_paint_rect(chart, &place->when, ROLE_MARK, column->key, rect, state->entries[k].color);
    }
    if (has_head) paint_head(chart, panel, column, column->total, x, last);
    if (state->has_totals) paint_value(chart, panel, column, column->total, x, has_head);
}

static void paint_group(Chart *chart, const PanelView *panel, const State *state,
                        const Column *column, const Footing *place) {
    double step = place->w / (double)n_parts(state);
    for (size_t k = 0; k < n_parts(state); k++) {
        double x = place->x + step * (double)k, value = column->parts[k];
        if (value > 0)
            when_paint_rect(chart, &place->when, ROLE_MARK, column->key,
                            column_rect(panel, x, step * 0.94, 0, value), state->entries[k].color);
        bool has_head = column->are_least[k];
        if (has_head)
            paint_head(chart, panel, column, value, x + step * 0.47, state->entries[k].color);
        if (state->has_totals) paint_value(chart, panel, column, value, x + step / 2, has_head);
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    for (size_t i = 0; i < state->n; i++) {
        const Column *column = &state->columns[i];
        Footing place = {0};
        if (chart->figure->has_time) place.when = when_of(chart, column->date);
        span_of(chart, panel, state, i, &place.x, &place.w);
        if (state->is_grouped)
            paint_group(chart, panel, state, column, &place);
        else
            paint_stack(chart, panel, state, column, &place);
    }
}

static const MarkWords words = {.kind = "Diagramme en colonnes",
                                .kind_among = "colonnes",
                                .each = "chaque colonne est placée à sa date",
                                .each_of = "chaque colonne correspond à",
                                .size = "sa hauteur représente",
                                .one = "colonne",
                                .many = "colonnes",
                                .from = "x",
                                .value = "y",
                                .extent = "y",
                                .stack = "stack",
                                .unit = "unit",
                                .at_least = "at_least",
                                .is_piled = true,
                                .fills_years = true,
                                .is_merged = true};

const MarkClass mark_bar = {.name = "bar",
                            .depth = MARK_UNDER_RULES,
                            .read = read_layer,
                            .measure = measure,
                            .place = place,
                            .paint = paint,
                            .words = &words,
                            .turn = TURN_ALONG};
