/* scatter: dots over two numbers, in a figure without time.
 * Channels: x, y (numbers), size (number: areas in proportion), class (text: a colour of `colors`
 * and a shape each), doubt (true rows are pale and dashed), rank (number, else the size, else y:
 * whose label is served first). Keys: color (without class), colors, log (x, y or [x, y]), unit and
 * x_unit, title and x_title (small texts at the axes), radius (in type sizes of labels; of the
 * greatest, with size), size_key (areas to show in the legend), size_unit, labels (14). Neither
 * scale need start at 0: places are read, not lengths. */
#include "base/i18n.h"
#include "chart/convention.h"
#include "chart/when.h"
#include "lang/fr_format.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    size_t row;
    double x, y, size, rank, radius;
    bool is_doubtful;
    size_t class;
} Dot;

typedef struct {
    const Layer *layer;
    Dot *dots; /* the greatest first, so that none hides another */
    size_t n, n_labels;
    double greatest, radius; /* of sizes; of the greatest or, without sizes, of all */
    bool has_sizes, has_classes;
    LegendEntry *entries;
    size_t n_entries;
    Color color;
} State;

typedef struct {
    int x, y, size, class, doubt, rank;
} Channels;

/* ---- keys */

static bool is_axis(Node *node) {
    node->is_read = true;
    return g_strcmp0(node->text, "x") == 0 || g_strcmp0(node->text, "y") == 0;
}

/* One axis or a list of them; `true` would not say which. */
static bool names_axes(Node *node) {
    if (node->kind == NODE_SCALAR) return is_axis(node);
    bool all = node->kind == NODE_LIST;
    for (size_t i = 0; i < node->n_children; i++) all &= is_axis(node->children[i]);
    return all;
}

static bool read_log(Chart *chart, const PanelView *panel, const Layer *layer) {
    Node *node = node_find(layer->node, "log");
    if (node && !names_axes(node)) {
        diag_error(chart->diag, node->span, "type-error", "write x, y or [x, y]",
                   "log: the name of an axis is expected");
        return false;
    }
    bool has_x = panel->foot.domain.is_log, has_y = panel->values.is_log;
    if (has_x || has_y)
        convention_note(chart, has_x && has_y ? CONVENTION_LOG_BOTH
                               : has_x        ? CONVENTION_LOG_X
                                              : CONVENTION_LOG_Y);
    return true;
}

static void read_axes(Chart *chart, PanelView *panel, const Layer *layer) {
    panel->has_values = panel->is_floating = panel->foot.is_shown = panel->foot.has_grid = true;
    panel->unit = node_text(layer->node, "unit", panel->unit, chart->diag);
    panel->title = node_text(layer->node, "title", panel->title, chart->diag);
    panel->foot.unit = node_text(layer->node, "x_unit", panel->foot.unit, chart->diag);
    panel->foot.title = node_text(layer->node, "x_title", panel->foot.title, chart->diag);
    chart->has_axis = false;
}

/* Each class has its shape, in the order of `colors`. */
static bool read_classes(Chart *chart, State *state) {
    const Layer *layer = state->layer;
    if (!node_require(layer->node, "colors", chart->diag)) return false;
    state->entries = mark_classes(chart, layer, SYMBOL_CIRCLE, &state->n_entries);
    return state->entries && state->n_entries > 0;
}

/* ---- rows */

static bool read_dot(Chart *chart, const Layer *layer, size_t row, const Channels *of, Dot *ret) {
    *ret = (Dot){.row = row};
    if (!mark_cell_number(chart, layer, row, of->x, &ret->x)) return false;
    if (!mark_cell_number(chart, layer, row, of->y, &ret->y)) return false;
    if (of->size >= 0 && !mark_cell_number(chart, layer, row, of->size, &ret->size)) return false;
    ret->rank = of->size >= 0 ? ret->size : ret->y;
    ret->is_doubtful = mark_is_true(layer, row, of->doubt);
    return of->rank < 0 || mark_cell_number(chart, layer, row, of->rank, &ret->rank);
}

static int compare_dots(const void *a, const void *b) {
    const Dot *x = a, *y = b;
    if (x->size != y->size) return x->size > y->size ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static bool read_rows(Chart *chart, PanelView *panel, State *state, const Channels *of) {
    const Layer *layer = state->layer;
    size_t n_without = 0;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Dot *dot = &state->dots[state->n];
        if (!read_dot(chart, layer, i, of, dot)) return false;
        n_without += of->size >= 0 && dot->size <= 0;
        if (of->size >= 0 && dot->size <= 0) continue;
        if (of->class >= 0)
            dot->class =
                mark_class_of(chart, layer, i, of->class, state->entries, state->n_entries);
        if (!mark_train_foot(chart, panel, layer, i, dot->x)) return false;
        if (!mark_train(chart, panel, layer, i, dot->y)) return false;
        state->greatest = fmax(state->greatest, dot->size);
        state->n++;
    }
    if (n_without)
        diag_warning(chart->diag, layer->node->key_span, "no-area",
                     _("leave them out in the query, or show them with another mark"),
                     "%s: %zu rows are zero or less and have no area: they are not drawn",
                     layer->mark, n_without);
    if (state->n) qsort(state->dots, state->n, sizeof(Dot), compare_dots);
    return true;
}

/* What is smaller cannot be seen, let alone its shape. */
static const double LEAST_RADIUS = 0.26;

static double radius_of(const Chart *chart, const State *state, double size) {
    double least = LEAST_RADIUS * chart->medium->styles[STYLE_LABEL].size;
    return fmax(scale_radius(size, state->greatest, state->radius), least);
}

static void size_dots(const Chart *chart, State *state) {
    for (size_t i = 0; i < state->n; i++) {
        Dot *dot = &state->dots[i];
        dot->radius = state->has_sizes ? radius_of(chart, state, dot->size) : state->radius;
    }
}

/* ---- the key of areas, in the legend */

/* A positive number of `size_key`; 0 after an error. */
static double read_area(Chart *chart, Node *node) {
    node->is_read = true;
    bool is_number = node->text && node_is_decimal(node->text);
    double value = is_number ? g_ascii_strtod(node->text, NULL) : 0;
    if (value > 0) return value;
    diag_error(chart->diag, node->span, "type-error", "write for example: [100, 500]",
               "size_key: a positive number is expected");
    return 0;
}

/* The unit is said once, with the last. */
static void read_size_key(Chart *chart, State *state) {
    Node *list = node_list(state->layer->node, "size_key", chart->diag);
    const char *unit = node_text(state->layer->node, "size_unit", "", chart->diag);
    size_t n = list ? list->n_children : 0;
    double *values = ARENA_ARRAY(chart->arena, double, n + 1);
    const char **digits = ARENA_ARRAY(chart->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        values[i] = read_area(chart, list->children[i]);
        digits[i] = value_decimal((Value){.kind = VALUE_REAL, .real = values[i]}, chart->arena);
    }
    g_auto(GStrv) texts = fr_axis(digits, n, unit, FR_AXIS_LAST);
    for (size_t i = 0; i < n; i++) {
        LegendEntry entry = {.name = arena_strdup(chart->arena, texts[i]),
                             .color = chart_color(chart, "muted"),
                             .symbol = SYMBOL_CIRCLE,
                             .radius = radius_of(chart, state, values[i])};
        if (values[i] > 0 && state->n) g_array_append_val(chart->legend, entry);
    }
}

/* ---- passes */

static bool needs_no_time(Chart *chart, const Layer *layer) {
    if (!chart->figure->has_time) return true;
    diag_error(chart->diag, layer->node->key_span, "template",
               "take time away from the figure, or show dates with dot",
               "%s: its x is a number, and the figure has a time axis", layer->mark);
    return false;
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    const Channels of = {.x = mark_channel(chart, layer, "x", true),
                         .y = mark_channel(chart, layer, "y", true),
                         .size = mark_channel(chart, layer, "size", false),
                         .class = mark_channel(chart, layer, "class", false),
                         .doubt = mark_channel(chart, layer, "doubt", false),
                         .rank = mark_channel(chart, layer, "rank", false)};
    double em = chart->medium->styles[STYLE_LABEL].size;
    *state =
        (State){.layer = layer,
                .dots = ARENA_ARRAY(chart->arena, Dot, layer->data->n_rows + 1),
                .n_labels = mark_names(chart, layer, layer->data->n_rows),
                .radius = mark_number(chart, layer, "radius", of.size >= 0 ? 1.3 : 0.36) * em,
                .has_sizes = of.size >= 0,
                .has_classes = of.class >= 0,
                .color = of.class < 0 ? mark_color(chart, layer, "color", "theft") : (Color){0}};
    read_axes(chart, panel, layer);
    bool has_log = read_log(chart, panel, layer);
    if (of.x < 0 || of.y < 0 || !needs_no_time(chart, layer) || !has_log) return NULL;
    if (!mark_reads_sides(chart, layer)) return NULL;
    if (of.class >= 0 && !read_classes(chart, state)) return NULL;
    if (!read_rows(chart, panel, state, &of)) return NULL;
    size_dots(chart, state);
    if (state->has_sizes) read_size_key(chart, state);
    return state;
}

static Point center(const PanelView *panel, const Dot *dot) {
    return (Point){scale_map(panel->foot.scale, dot->x), scale_map(panel->y, dot->y)};
}

static Symbol symbol_of(const State *state, const Dot *dot) {
    return state->has_classes ? state->entries[dot->class].symbol : SYMBOL_CIRCLE;
}

static bool is_named(const State *state, size_t i) {
    return mark_is_among(&state->dots->rank, sizeof(Dot), state->n, state->n_labels, i);
}

/* Numbers along the foot stand under the lowest dots. */
static void measure([[maybe_unused]] Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    double foot = panel->rect.y + panel->rect.h;
    for (size_t i = 0; i < state->n; i++) {
        double reach = center(panel, &state->dots[i]).y + state->dots[i].radius - foot;
        panel->foot.overhang = fmax(panel->foot.overhang, reach);
    }
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    for (size_t i = 0; i < state->n; i++) {
        const Dot *dot = &state->dots[i];
        const char *key = state->layer->keys[dot->row];
        Point at = center(panel, dot);
        double reach = symbol_reach(symbol_of(state, dot), dot->radius);
        label_field_circle(chart->field, at, reach, key);
        chart_anchor(chart, panel, (Date){0}, key, at, reach);
        if (is_named(state, i))
            chart_wish_label(chart, panel, state->layer, dot->row, at, reach, dot->rank);
    }
}

/* Dashes that come out even round a small symbol: at least five. */
static double even_dash(double dash, double length) {
    double n = fmax(round(length / (2 * dash)), 5);
    return length / (2 * n);
}

/* A rim of the ground parts dots that overlap, where no outline does. */
static Paint paint_of(Chart *chart, const State *state, const Dot *dot) {
    Color color = state->has_classes ? state->entries[dot->class].color : state->color;
    Paint paint = when_fill(chart, dot->is_doubtful ? DATE_UNCERTAIN : 0, color);
    /* Pale fills of several classes would pass for classes that look alike. */
    if (dot->is_doubtful) paint.fill = color_with_alpha(color, 0.14);
    if (paint.dash > 0) paint.dash = even_dash(paint.dash, 2 * G_PI * dot->radius);
    if (paint.stroke.a) return paint;
    paint.stroke = chart->frame->background;
    paint.width = chart->medium->line;
    return paint;
}

static void paint(Chart *chart, [[maybe_unused]] PanelView *panel, void *data) {
    const State *state = data;
    for (size_t i = 0; i < state->n; i++) {
        const Dot *dot = &state->dots[i];
        symbol_paint(chart->frame, ROLE_MARK, state->layer->keys[dot->row], symbol_of(state, dot),
                     center(panel, dot), dot->radius, paint_of(chart, state, dot));
    }
}

static const MarkWords words = {.kind = "Nuage de points",
                                .kind_among = "points",
                                .each = "chaque point est placé selon deux nombres",
                                .one = "point",
                                .many = "points",
                                .value = "y",
                                .extent = "size",
                                .doubt = "doubt",
                                .class = "class",
                                .unit = "unit",
                                .title = "title",
                                .along = "x",
                                .along_unit = "x_unit",
                                .along_title = "x_title"};

const MarkClass mark_scatter = {.name = "scatter",
                                .depth = MARK_OVER_RULES,
                                .read = read_layer,
                                .measure = measure,
                                .place = place,
                                .paint = paint,
                                .words = &words,
                                .most_rows = 3000};
