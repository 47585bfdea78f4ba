/* text: free words at a place of the panel's scales, as one would write them on it.
 * Channels: x (a date on a time axis, a number on an axis of numbers, else the name of a column), y
 * (number); without data these are the values themselves. Keys: at (top, middle, bottom: of the
 * panel, without y), align (left, center, right: of the text to its point), color, size (label,
 * small). The text lies on its point, or near it where something is in its way; it goes to the key
 * before it strays. It does not widen a scale: a remark must not change what it speaks of. */
#include "chart/axis.h"
#include "chart/when.h"

#include <math.h>

typedef enum { AT_TOP, AT_MIDDLE, AT_BOTTOM } PanelPart;

typedef struct {
    const Layer *layer;
    int x, y;
    PanelPart at;
    TextAlign align;
    StyleName style;
    Color color;
} State;

static int read_word(Chart *chart, const Layer *layer, const char *key, const char *const *words,
                     int fallback) {
    const char *word = node_text(layer->node, key, words[fallback], chart->diag);
    for (int i = 0; words[i]; i++)
        if (g_str_equal(words[i], word)) return i;
    g_autofree char *hint = g_strjoinv(", ", (char **)words);
    diag_error(chart->diag, node_find(layer->node, key)->span, "unsupported-value", hint,
               "%s: unknown value « %s »", key, word);
    return fallback;
}

static void *read_layer(Chart *chart, [[maybe_unused]] PanelView *panel, const Layer *layer) {
    static const char *const parts[] = {"top", "middle", "bottom", NULL},
                             *const sides[] = {"left", "center", "right", NULL},
                             *const sizes[] = {"label", "small", NULL};
    State *state = ARENA_NEW(chart->arena, State);
    *state =
        (State){.layer = layer,
                .x = mark_channel(chart, layer, "x", true),
                .y = mark_channel(chart, layer, "y", false),
                .align = (TextAlign)read_word(chart, layer, "align", sides, ALIGN_CENTER),
                .style = read_word(chart, layer, "size", sizes, 0) ? STYLE_SOURCE : STYLE_LABEL,
                .color = mark_color(chart, layer, "color", "ink")};
    if (state->y < 0) state->at = (PanelPart)read_word(chart, layer, "at", parts, AT_MIDDLE);
    bool has_text = node_require(layer->node, "label", chart->diag) != NULL;
    return state->x >= 0 && has_text ? state : NULL;
}

/* ---- its point */

static bool find_band(Chart *chart, const PanelView *panel, Value name, double *ret) {
    Bands bands = axis_bands(chart, panel);
    for (size_t i = 0; i < panel->n_bands; i++) {
        const char *band = value_plain(panel->bands[i], chart->arena);
        if (!g_str_equal(band, value_plain(name, chart->arena))) continue;
        *ret = bands_start(bands, i) + bands.width / 2;
        return true;
    }
    return false;
}

static void report_outside(Chart *chart, const Layer *layer, size_t row) {
    diag_error(chart->diag, layer->node->key_span, "constraint-error",
               "give it a place within the scales: a text does not widen them",
               "%s: row %zu lies outside the panel", layer->mark, row + 1);
}

/* False for a date that the axis does not show, and after an error. */
static bool find_x(Chart *chart, const PanelView *panel, const State *state, size_t row,
                   double *ret) {
    const Layer *layer = state->layer;
    double number;
    Date date;
    if (chart->figure->has_time) {
        if (!mark_cell_date(chart, layer, row, state->x, &date)) return false;
        if (!when_is_shown(chart, date)) return false;
        *ret = when_of(chart, date).x;
        return true;
    }
    if (panel->foot.is_shown) {
        if (!mark_cell_number(chart, layer, row, state->x, &number)) return false;
        *ret = panel->foot.domain.is_log && number <= 0 ? -INFINITY
                                                        : scale_map(panel->foot.scale, number);
        return true;
    }
    if (find_band(chart, panel, table_cell(layer->data, row, (size_t)state->x), ret)) return true;
    report_outside(chart, layer, row);
    return false;
}

static bool find_y(Chart *chart, const PanelView *panel, const State *state, size_t row,
                   double height, double *ret) {
    double number, air = chart->medium->styles[state->style].size * 0.5;
    double top = panel->rect.y, bottom = top + panel->rect.h;
    if (state->y < 0) {
        *ret = state->at == AT_TOP      ? top + air + height / 2
               : state->at == AT_MIDDLE ? (top + bottom) / 2
                                        : bottom - air - height / 2;
        return true;
    }
    if (!mark_cell_number(chart, state->layer, row, state->y, &number)) return false;
    *ret = panel->values.is_log && number <= 0 ? INFINITY : scale_map(panel->y, number);
    return true;
}

/* ---- its words */

/* In the colour of the mark, but where the text has its own. */
static RichText colored(Chart *chart, const State *state, RichText text) {
    TextSpan *spans = arena_dup(chart->arena, text.spans, text.n * sizeof *spans);
    for (size_t i = 0; i < text.n; i++)
        if (!spans[i].has_color) spans[i].has_color = true, spans[i].color = state->color;
    return (RichText){spans, text.n, text.plain};
}

/* How far it may stray from its point, in type sizes; how near to the lines at the foot and the
 * head of the panel it comes, in the canvas's unit. */
static const double STRAY = 3, FRAME = 1.5;

static Rect around(const PanelView *panel, Rect box, double reach) {
    Rect wide = rect_grow(box, reach), most = panel->rect;
    double left = fmax(wide.x, most.x), top = fmax(wide.y, most.y + FRAME);
    double right = fmin(wide.x + wide.w, most.x + most.w);
    double bottom = fmin(wide.y + wide.h, most.y + most.h - FRAME);
    return (Rect){left, top, right - left, bottom - top};
}

/* At the edge of the panel the text comes in. */
static Point within(const PanelView *panel, Point anchor, Rect box) {
    Rect of = rect_grow(panel->rect, -1e-3);
    double top = of.y + FRAME + box.h / 2, bottom = of.y + of.h - FRAME - box.h / 2;
    return (Point){fmax(of.x + box.w / 2, fmin(anchor.x, of.x + of.w - box.w / 2)),
                   fmax(top, fmin(anchor.y, bottom))};
}

static void wish(Chart *chart, const PanelView *panel, const State *state, size_t row) {
    RichText text = colored(chart, state, state->layer->labels[row]);
    TextBlock *block =
        chart_text(chart, state->style, text, chart_label_width(chart), FIT_BALANCED);
    Rect box = text_box(block, (Point){0, 0}, ALIGN_LEFT);
    double share = state->align == ALIGN_LEFT ? 0.5 : state->align == ALIGN_CENTER ? 0 : -0.5;
    Point at;
    if (!find_x(chart, panel, state, row, &at.x)) return;
    if (!find_y(chart, panel, state, row, box.h, &at.y)) return;
    if (!rect_contains(panel->rect, (Rect){at.x, at.y, 0, 0}, 1)) {
        report_outside(chart, state->layer, row);
        return;
    }
    Point anchor = within(panel, (Point){at.x + box.w * share, at.y}, box);
    Rect placed = {anchor.x - box.w / 2, anchor.y - box.h / 2, box.w, box.h};
    label_field_wish(
        chart->field,
        (LabelWish){.block = block,
                    .listed = chart_label(chart, text),
                    .key = state->layer->keys[row],
                    .role = ROLE_LABEL,
                    .anchor = anchor,
                    .rank = INFINITY,
                    .is_centered = true,
                    .is_flush = true,
                    .flush = state->align,
                    .scope = SCOPE_REMARKS + (int)(panel - chart->panels),
                    .bounds =
                        around(panel, placed, STRAY * chart->medium->styles[STYLE_LABEL].size)});
}

static void measure(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    if (state->y >= 0) (void)mark_needs_values(chart, panel, state->layer);
    if (chart->figure->has_time || panel->foot.is_shown || panel->n_bands) return;
    diag_error(chart->diag, state->layer->node->key_span, "template",
               "give the panel a bar or a scatter, or the figure a time axis",
               "%s: the panel has no axis along its foot", state->layer->mark);
}

static void place(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    for (size_t i = 0; i < state->layer->data->n_rows; i++)
        if (state->layer->labels && state->layer->labels[i].n) wish(chart, panel, state, i);
}

/* The label engine draws it. */
static void paint([[maybe_unused]] Chart *chart, [[maybe_unused]] PanelView *panel,
                  [[maybe_unused]] void *data) {}

static const MarkWords words = {
    .each = "le texte", .one = "texte", .many = "textes", .from = "x", .is_annotation = true};

const MarkClass mark_text = {.name = "text",
                             .depth = MARK_OVER_RULES,
                             .read = read_layer,
                             .measure = measure,
                             .place = place,
                             .paint = paint,
                             .words = &words,
                             .most_rows = 200};
