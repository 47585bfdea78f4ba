#include "chart/mark.h"

#include "base/i18n.h"
#include "chart/convention.h"

#include <math.h>
#include <string.h>

int mark_channel(Chart *chart, const Layer *layer, const char *key, bool is_required) {
    Node *node =
        is_required ? node_require(layer->node, key, chart->diag) : node_find(layer->node, key);
    if (!node) return -1;
    int column = node->text ? table_column(layer->data, node->text) : -1;
    if (column >= 0) return column;
    g_autofree const char **known = g_new0(const char *, layer->data->n_columns + 1);
    memcpy(known, layer->data->columns, layer->data->n_columns * sizeof *known);
    g_autofree char *all = g_strjoinv(", ", (char **)known);
    g_autofree char *hint = g_strdup_printf(_("the query gives: %s"), all);
    diag_error(chart->diag, node->span, "unknown-column", hint,
               "%s: the query has no column « %s »", key, node->text ? node->text : "");
    return -1;
}

double mark_number(Chart *chart, const Layer *layer, const char *key, double fallback) {
    return node_number(layer->node, key, fallback, chart->diag);
}

size_t mark_names(Chart *chart, const Layer *layer, size_t fallback) {
    double own = mark_number(chart, layer, "labels", (double)fallback);
    size_t names = (size_t)fmax(fmin(own, (double)layer->data->n_rows), 0);
    return chart->figure->has_names ? MIN(names, chart->figure->names) : names;
}

bool mark_bool(Chart *chart, const Layer *layer, const char *key, bool fallback) {
    return node_bool(layer->node, key, fallback, chart->diag);
}

Color mark_color(Chart *chart, const Layer *layer, const char *key, const char *fallback) {
    Node *node = node_find(layer->node, key);
    return theme_color(chart->context->theme, node && node->text ? node->text : fallback,
                       node ? node->span : layer->node->span, chart->diag);
}

static void report_cell(Chart *chart, const Layer *layer, size_t row, int column,
                        const char *expected) {
    diag_error(chart->diag, layer->node->key_span, "type-error",
               "check the query: cast it, or leave empty rows out",
               "%s: row %zu, column %s: %s is expected, not %s", layer->mark, row + 1,
               layer->data->columns[column], _(expected),
               _(value_kind_name(table_cell(layer->data, row, (size_t)column).kind)));
}

/* A million thousand millions; beyond it numbers are rows of zeros, and no longer exact. */
static const double GREATEST = 1e15;

bool mark_cell_number(Chart *chart, const Layer *layer, size_t row, int column, double *ret) {
    Value value = table_cell(layer->data, row, (size_t)column);
    if (!value_is_number(value)) {
        report_cell(chart, layer, row, column, "a number");
        return false;
    }
    *ret = value_number(value);
    if (fabs(*ret) <= GREATEST) return true;
    diag_error(chart->diag, layer->node->key_span, "constraint-error",
               "count in a greater unit in the query: amount / 1e9",
               "%s: row %zu: %g is too great to be written in a figure", layer->mark, row + 1,
               *ret);
    return false;
}

bool mark_cell_date(Chart *chart, const Layer *layer, size_t row, int column, Date *ret) {
    Value value = table_cell(layer->data, row, (size_t)column);
    if (value_as_date(value, ret)) return true;
    report_cell(chart, layer, row, column, "a date");
    return false;
}

bool mark_cell_span(Chart *chart, const Layer *layer, size_t row, int from, int to, Date *ret) {
    Date first, last;
    if (!mark_cell_date(chart, layer, row, from, &first)) return false;
    if (!mark_cell_date(chart, layer, row, to, &last)) return false;
    *ret = date_span(first, last);
    if (first.first <= last.last) return true;
    diag_error(chart->diag, layer->node->key_span, "constraint-error",
               "check the query: swap the columns, or leave the row out",
               "%s: row %zu: it ends before it starts", layer->mark, row + 1);
    return false;
}

bool mark_stands_on_zero(Chart *chart, const Layer *layer, size_t row, double value) {
    if (value >= 0) return true;
    diag_error(chart->diag, layer->node->key_span, "constraint-error",
               "show it with dot or line, or leave the row out in the query",
               "%s: row %zu: %g is below 0, where the mark starts", layer->mark, row + 1, value);
    return false;
}

bool mark_is_true(const Layer *layer, size_t row, int column) {
    if (column < 0) return false;
    return value_number(table_cell(layer->data, row, (size_t)column)) != 0;
}

bool mark_asks_for_log(const Layer *layer, const char *axis) {
    const Node *node = node_peek(layer->node, "log");
    bool is_values = g_str_equal(axis, "y");
    if (!node) return false;
    if (node->kind == NODE_SCALAR)
        return g_str_equal(node->text, axis) || (is_values && g_str_equal(node->text, "true"));
    for (size_t i = 0; i < node->n_children; i++)
        if (node->kind == NODE_LIST && g_strcmp0(node->children[i]->text, axis) == 0) return true;
    return false;
}

void mark_log(Chart *chart, PanelView *panel, const Layer *layer) {
    (void)mark_bool(chart, layer, "log", false); /* chart.c looked before any layer was read */
    if (panel->values.is_log) convention_note(chart, CONVENTION_LOG);
}

static bool train(Chart *chart, Domain *domain, const Layer *layer, size_t row, double value) {
    if (domain->is_log && value <= 0) {
        diag_error(chart->diag, layer->node->key_span, "constraint-error",
                   "leave the row out in the query, or take log away",
                   "%s: row %zu: %g has no place on a logarithmic scale", layer->mark, row + 1,
                   value);
        return false;
    }
    domain->low = domain->is_trained ? fmin(domain->low, value) : value;
    domain->high = domain->is_trained ? fmax(domain->high, value) : value;
    if (value > 0) domain->least = domain->least > 0 ? fmin(domain->least, value) : value;
    return domain->is_trained = true;
}

bool mark_train(Chart *chart, PanelView *panel, const Layer *layer, size_t row, double value) {
    return train(chart, &panel->values, layer, row, value);
}

bool mark_train_foot(Chart *chart, PanelView *panel, const Layer *layer, size_t row, double value) {
    return train(chart, &panel->foot.domain, layer, row, value);
}

static double rank_at(const double *ranks, size_t stride, size_t i) {
    double rank;
    memcpy(&rank, (const char *)ranks + i * stride, sizeof rank);
    return rank;
}

bool mark_is_among(const double *ranks, size_t stride, size_t n, size_t most, size_t i) {
    double rank = rank_at(ranks, stride, i);
    size_t before = 0;
    for (size_t k = 0; k < n; k++) {
        double other = rank_at(ranks, stride, k);
        before += other > rank || (other == rank && k < i);
    }
    return before < most;
}

bool mark_needs_time(Chart *chart, const Layer *layer) {
    if (chart->figure->has_time) return true;
    diag_error(chart->diag, layer->node->key_span, "template",
               "add to the figure: time: {from: \":since\", to: \":as_of\"}",
               "%s: the figure has no time axis", layer->mark);
    return false;
}

bool mark_needs_values(Chart *chart, const PanelView *panel, const Layer *layer) {
    if (panel->values.is_trained) return true;
    diag_error(chart->diag, layer->node->key_span, "template",
               "give the panel a bar, dot, line or scatter with rows",
               "%s: no mark of the panel has a scale of values", layer->mark);
    return false;
}

LegendEntry *mark_colors(Chart *chart, const Layer *layer, size_t *ret_n) {
    Node *map = node_map(layer->node, "colors", chart->diag);
    *ret_n = map ? map->n_children : 0;
    LegendEntry *entries = ARENA_ARRAY(chart->arena, LegendEntry, MAX(*ret_n, 1));
    for (size_t i = 0; i < *ret_n; i++) {
        Node *node = node_find(map, map->children[i]->key);
        entries[i].name = node->key;
        entries[i].color = theme_color(chart->context->theme, node->text ? node->text : "",
                                       node->span, chart->diag);
        bool is_known = false;
        for (guint k = 0; k < chart->legend->len; k++)
            is_known |= g_str_equal(g_array_index(chart->legend, LegendEntry, k).name, node->key);
        if (!is_known) g_array_append_val(chart->legend, entries[i]);
    }
    return entries;
}

LegendEntry *mark_classes(Chart *chart, const Layer *layer, Symbol first, size_t *ret_n) {
    LegendEntry *entries = mark_colors(chart, layer, ret_n);
    if (*ret_n > MOST_SYMBOLS) {
        diag_error(chart->diag, layer->node->key_span, "constraint-error",
                   "put the smallest together in the query (CASE … END)",
                   "%s: %zu classes; more than %d shapes cannot be told apart", layer->mark, *ret_n,
                   MOST_SYMBOLS);
        return NULL;
    }
    for (size_t i = 0; i < *ret_n; i++) {
        entries[i].symbol = symbol_after(first, i);
        for (guint k = 0; k < chart->legend->len; k++) {
            LegendEntry *entry = &g_array_index(chart->legend, LegendEntry, k);
            if (g_str_equal(entry->name, entries[i].name)) entry->symbol = entries[i].symbol;
        }
    }
    return entries;
}

size_t mark_class_of(Chart *chart, const Layer *layer, size_t row, int column,
                     const LegendEntry *entries, size_t n) {
    const char *text = value_plain(table_cell(layer->data, row, (size_t)column), chart->arena);
    for (size_t i = 0; i < n; i++)
        if (g_str_equal(entries[i].name, text)) return i;
    diag_error(chart->diag, layer->node->key_span, "unknown-value", "add it to colors",
               "%s: no colour for « %s »", layer->mark, text);
    return 0;
}

bool mark_reads_sides(Chart *chart, const Layer *layer) {
    if (!node_peek(layer->node, "side")) return true;
    int column = mark_channel(chart, layer, "side", false);
    for (size_t i = 0; column >= 0 && i < layer->data->n_rows; i++) {
        Value cell = table_cell(layer->data, i, (size_t)column);
        if (cell.kind == VALUE_NULL || mark_side(layer, i) != SIDE_ANY) continue;
        diag_error(chart->diag, layer->node->key_span, "type-error",
                   "write right, left, up, down or inside, or leave the cell empty",
                   "%s: row %zu: side is « %s »", layer->mark, i + 1,
                   value_plain(cell, chart->arena));
        return false;
    }
    return column >= 0;
}

Side mark_side(const Layer *layer, size_t row) {
    const Node *key = node_peek(layer->node, "side");
    int column = key && key->text ? table_column(layer->data, key->text) : -1;
    if (column < 0) return SIDE_ANY;
    Value cell = table_cell(layer->data, row, (size_t)column);
    return cell.kind == VALUE_TEXT ? side_parse(cell.text) : SIDE_ANY;
}

void chart_anchor(Chart *chart, const PanelView *panel, Date date, const char *key, Point point,
                  double radius) {
    Anchor anchor = {(int)(panel - chart->panels), date, key, point, radius};
    g_array_append_val(chart->anchors, anchor);
}

Color chart_color(const Chart *chart, const char *role) {
    return theme_role(chart->context->theme, role);
}

static Color edge_of(const Theme *theme, Color color) {
    static const double LEAST = 3;
    return color_strengthen(color, theme_background(theme), theme_role(theme, "ink"), LEAST);
}

static bool is_same(Color a, Color b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static Paint fill_of(const Theme *theme, const Medium *medium, Color color) {
    Paint paint = paint_fill(color);
    Color edge = edge_of(theme, color);
    if (is_same(edge, color)) return paint;
    paint.stroke = edge;
    paint.width = medium->line;
    return paint;
}

/* Of a rectangle's lesser side: a thin one must keep the colour of its class. */
static const double MOST_OUTLINE = 0.16;

static void draw_rect(Frame *frame, Role role, const char *key, Rect rect, Paint paint) {
    paint.width = fmin(paint.width, fmin(rect.w, rect.h) * MOST_OUTLINE);
    frame_rect(frame, role, key, rect_grow(rect, -paint.width / 2), paint);
}

Color chart_edge(const Chart *chart, Color color) {
    return edge_of(chart->context->theme, color);
}

Paint chart_fill(const Chart *chart, Color color) {
    return fill_of(chart->context->theme, chart->medium, color);
}

void chart_rect(Chart *chart, Role role, const char *key, Rect rect, Color color) {
    draw_rect(chart->frame, role, key, rect, chart_fill(chart, color));
}

void chart_mark_rect(Frame *frame, const Theme *theme, const Medium *medium, const char *key,
                     Rect rect, Color color) {
    draw_rect(frame, ROLE_MARK, key, rect, fill_of(theme, medium, color));
}

/* In type sizes: air between the bar and the arrowhead, its length, half of its width. */
static const double HEAD_GAP = 0.2, HEAD_LENGTH = 0.38, HEAD_HALF = 0.42;

double chart_minimum_room(const Chart *chart) {
    return (HEAD_GAP + HEAD_LENGTH) * chart->medium->styles[STYLE_LABEL].size;
}

void chart_minimum(Chart *chart, const char *key, Point end, double dx, double dy, Color color) {
    convention_note(chart, CONVENTION_MINIMUM);
    double em = chart->medium->styles[STYLE_LABEL].size, half = HEAD_HALF * em;
    Point foot = {end.x + dx * HEAD_GAP * em, end.y + dy * HEAD_GAP * em};
    Point tip = {foot.x + dx * HEAD_LENGTH * em, foot.y + dy * HEAD_LENGTH * em};
    frame_line(chart->frame, ROLE_MARK, key,
               (Point[]){{foot.x - dy * half, foot.y - dx * half},
                         tip,
                         {foot.x + dy * half, foot.y + dx * half}},
               3, paint_stroke(chart_edge(chart, color), chart->medium->line * 1.8));
}

bool chart_is_free(const Chart *chart, Rect box) {
    const GArray *circles = label_field_circles(chart->field);
    for (guint i = 0; i < circles->len; i++) {
        const LabelCircle *c = &g_array_index(circles, LabelCircle, i);
        Rect around = {c->center.x - c->radius, c->center.y - c->radius, 2 * c->radius,
                       2 * c->radius};
        if (rect_overlaps(box, around)) return false;
    }
    return rect_contains(chart->plot, box, 1) &&
           label_field_is_clear(chart->field, rect_grow(box, 1.5));
}

const LockPlace *chart_recall(const Chart *chart, int scope, const char *key) {
    if (!chart->context->lock || !key) return NULL;
    return lock_find(chart->context->lock, chart->figure->name, chart->medium->layout, scope, key);
}

void chart_remember(Chart *chart, int scope, const char *key, LockPlace place) {
    if (!chart->context->lock || !key) return;
    lock_set(chart->context->lock, chart->figure->name, chart->medium->layout, scope, key, place);
}

void chart_forget(Chart *chart, int scope, const char *key) {
    if (chart->context->lock)
        lock_drop(chart->context->lock, chart->figure->name, chart->medium->layout, scope, key);
}

bool chart_is_kept(const Chart *chart) {
    return !chart->context->lock ||
           lock_is_kept(chart->context->lock, chart->figure->name, chart->medium->layout);
}

void chart_keep(Chart *chart) {
    if (chart->context->lock)
        lock_keep(chart->context->lock, chart->figure->name, chart->medium->layout);
}

void chart_wish_label(Chart *chart, const PanelView *panel, const Layer *layer, size_t row,
                      Point point, double radius, double rank) {
    if (!layer->labels || !layer->labels[row].n) return;
    LabelWish wish = {.block = chart_label(chart, layer->labels[row]),
                      .key = layer->keys[row],
                      .role = ROLE_LABEL,
                      .anchor = point,
                      .radius = radius,
                      .rank = rank,
                      .pin = mark_side(layer, row),
                      .scope = (int)(panel - chart->panels),
                      .bounds = {chart->plot.x, panel->rect.y, chart->plot.w, panel->rect.h - 2}};
    chart_narrow(chart, STYLE_LABEL, layer->labels[row], &wish);
    label_field_wish(chart->field, wish);
}
