/* bubble: circles on a time line, their area in proportion to a value, piled without overlap.
 * Channels: x (date), size (number), rank (number, size by default), doubt (true rows are pale and
 * dashed). Keys: color, labels (how many at the most), max_radius (share of the panel's height; by
 * default the width bounds it too, since labels need air), size_unit (currency code or unit of the
 * key, USD by default), size_key (values of the nested circles). Pile: the greatest first, each at
 * the lowest height where it touches nothing: an exact dodge, since the lowest free height is the
 * ground or tangent to one circle already there. The days that a date may be show on both sides of
 * its circle (chart/when). */
#include "chart/when.h"

#include "base/i18n.h"
#include "lang/fr_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    size_t row;
    double value, rank, radius;
    double x, height; /* of the centre, above the ground */
    Date date;
    When when;
    bool is_doubtful;
} Bubble;

typedef struct {
    const Layer *layer;
    Bubble *bubbles; /* by value, greatest first */
    size_t n, n_labels;
    double max_value, max_radius;
    Color color;
    double *key_values; /* of the nested circles */
    size_t n_key;
    const char *size_unit; /* a currency code, or a unit */
    Rect size_key_box;
} State;

/* Of its date, and of the row itself. */
static unsigned qualifiers(const Bubble *b) {
    return b->when.qualifiers | (b->is_doubtful ? DATE_UNCERTAIN : 0);
}

static int compare_bubbles(const void *a, const void *b) {
    const Bubble *x = a, *y = b;
    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void read_size_key(Chart *chart, State *state) {
    Node *list = node_list(state->layer->node, "size_key", chart->diag);
    state->size_unit = node_text(state->layer->node, "size_unit", "USD", chart->diag);
    state->key_values = ARENA_ARRAY(chart->arena, double, list ? list->n_children : 0);
    for (size_t i = 0; list && i < list->n_children; i++) {
        Node *node = list->children[i];
        node->is_read = true;
        char *end = NULL;
        double value = node->text ? g_ascii_strtod(node->text, &end) : 0;
        if (value > 0 && end && !*end)
            state->key_values[state->n_key++] = value;
        else
            diag_error(chart->diag, node->span, "type-error", "write for example: [100, 500]",
                       "size_key: a positive number is expected");
    }
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    State *state = ARENA_NEW(chart->arena, State);
    *state = (State){.layer = layer, .color = mark_color(chart, layer, "color", "theft")};
    int x = mark_channel(chart, layer, "x", true);
    int size = mark_channel(chart, layer, "size", true);
    int rank = mark_channel(chart, layer, "rank", false);
    int doubt = mark_channel(chart, layer, "doubt", false);
    state->n_labels = (size_t)fmax(mark_number(chart, layer, "labels", 14), 0);
    state->max_radius = mark_number(chart, layer, "max_radius", 0);
    read_size_key(chart, state);
    if (!mark_needs_time(chart, layer) || x < 0 || size < 0) return NULL;
    panel->has_baseline = true;
    size_t n_without = 0;
    state->bubbles = ARENA_ARRAY(chart->arena, Bubble, layer->data->n_rows);
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Bubble bubble = {.row = i};
        if (!mark_cell_date(chart, layer, i, x, &bubble.date)) continue;
        if (!mark_cell_number(chart, layer, i, size, &bubble.value)) continue;
        n_without += bubble.value <= 0;
        if (bubble.value <= 0) continue;
        if (!when_is_shown(chart, bubble.date)) continue;
        bubble.rank = bubble.value;
        bubble.is_doubtful = mark_is_true(layer, i, doubt);
        if (rank >= 0 && !mark_cell_number(chart, layer, i, rank, &bubble.rank)) continue;
        state->max_value = fmax(state->max_value, bubble.value);
        state->bubbles[state->n++] = bubble;
    }
    if (state->n) qsort(state->bubbles, state->n, sizeof(Bubble), compare_bubbles);
    if (n_without)
        diag_warning(chart->diag, layer->node->key_span, "no-area",
                     _("leave them out in the query, or show them with another mark"),
                     "bubble: %zu rows are zero or less and have no area: they are not drawn",
                     n_without);
    return state;
}

static const double AIR = 1; /* between two circles */

/* Those already piled that this one may touch at some height. */
static size_t find_neighbours(const State *state, size_t i, size_t *ret_near) {
    const Bubble *b = &state->bubbles[i];
    size_t n = 0;
    for (size_t j = 0; j < i; j++) {
        const Bubble *o = &state->bubbles[j];
        if (fabs(b->x - o->x) < b->radius + o->radius + AIR) ret_near[n++] = j;
    }
    return n;
}

static bool is_free_at(const State *state, const Bubble *b, double height, const size_t *near,
                       size_t n) {
    for (size_t k = 0; k < n; k++) {
        const Bubble *o = &state->bubbles[near[k]];
        double dx = b->x - o->x, dy = height - o->height;
        double reach = b->radius + o->radius + AIR - 1e-6;
        if (dx * dx + dy * dy < reach * reach) return false;
    }
    return true;
}

static double lowest_free_height(const State *state, size_t i, size_t *near) {
    const Bubble *b = &state->bubbles[i];
    size_t n = find_neighbours(state, i, near);
    double ground = b->radius + AIR, best = INFINITY;
    if (is_free_at(state, b, ground, near, n)) return ground;
    for (size_t j = 0; j < n; j++) {
        const Bubble *o = &state->bubbles[near[j]];
        double reach = b->radius + o->radius + AIR, dx = fabs(b->x - o->x);
        double rise = sqrt(reach * reach - dx * dx);
        const double heights[] = {o->height - rise, o->height + rise};
        for (int k = 0; k < 2; k++)
            if (heights[k] >= ground && heights[k] < best &&
                is_free_at(state, b, heights[k], near, n))
                best = heights[k];
    }
    return best;
}

/* Piles at this greatest radius; returns the height of the top. */
static double pile(State *state, const Chart *chart, double max_radius) {
    g_autofree size_t *near = g_new(size_t, state->n + 1);
    double top = 0;
    for (size_t i = 0; i < state->n; i++) {
        Bubble *b = &state->bubbles[i];
        b->radius = fmax(scale_radius(b->value, state->max_value, max_radius), 1);
        b->when = when_of(chart, b->date);
        b->x = b->when.x;
        b->height = lowest_free_height(state, i, near);
        top = fmax(top, b->height + b->radius);
    }
    return top;
}

/* The width bounds it too, since labels need air; less so where there is height for them. */
static double usual_radius(Rect rect) {
    return fmin(0.3 * rect.h, (rect.h > rect.w ? 0.1 : 0.06) * rect.w);
}

/* The scale of the last time, when it is still near the one that would be chosen and the pile is
 * hardly higher: else one row more would move every circle. */
static bool fit_as_before(State *state, Chart *chart, const PanelView *panel, double radius) {
    const LockPlace *was = chart_recall(chart, (int)(panel - chart->panels), ".areas");
    if (!was || was->kind != LOCK_ROOM || was->x <= 0 || was->y <= 0) return false;
    double former = was->x * sqrt(state->max_value / was->y);
    bool is_near = former > radius * 0.75 && former < radius * 1.34;
    return is_near && pile(state, chart, former) <= panel->rect.h * 0.86;
}

static void remember_scale(const State *state, Chart *chart, const PanelView *panel) {
    LockPlace place = {
        .kind = LOCK_ROOM, .x = round(state->bubbles[0].radius * 100) / 100, .y = state->max_value};
    chart_remember(chart, (int)(panel - chart->panels), ".areas", place);
}

/* The greatest radius such that the pile leaves a quarter of the panel to labels. In hundredths, as
 * the layout memory counts. */
static void fit(State *state, Chart *chart, const PanelView *panel) {
    if (!state->n) return;
    double radius =
        state->max_radius > 0 ? state->max_radius * panel->rect.h : usual_radius(panel->rect);
    radius = round(radius * 100) / 100;
    while (pile(state, chart, radius) > panel->rect.h * 0.8 && radius > 2)
        radius = round(radius * 96) / 100;
    if (!fit_as_before(state, chart, panel, radius)) (void)pile(state, chart, radius);
    remember_scale(state, chart, panel);
}

static void measure(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    fit(state, chart, panel);
    for (size_t i = 0; i < state->n; i++) {
        const Bubble *b = &state->bubbles[i];
        chart->left_need = fmax(chart->left_need, chart->plot.x - (b->x - b->radius));
        chart->right_need =
            fmax(chart->right_need, b->x + b->radius - (chart->plot.x + chart->plot.w));
    }
}

static Point center(const PanelView *panel, const Bubble *b) {
    return (Point){b->x, panel->rect.y + panel->rect.h - b->height};
}

static int compare_ranks(const void *a, const void *b) {
    const Bubble *const *x = a, *const *y = b;
    if ((*x)->rank != (*y)->rank) return (*x)->rank > (*y)->rank ? -1 : 1;
    return ((*x)->row > (*y)->row) - ((*x)->row < (*y)->row);
}

static void wish_labels(Chart *chart, PanelView *panel, State *state) {
    if (!state->layer->labels) return;
    const Bubble **ranked = ARENA_ARRAY(chart->arena, const Bubble *, state->n);
    for (size_t i = 0; i < state->n; i++) ranked[i] = &state->bubbles[i];
    if (state->n) qsort(ranked, state->n, sizeof *ranked, compare_ranks);
    Color inside = chart_color(chart, "on_mark");
    size_t most = MIN(state->n_labels, chart->medium->labels);
    for (size_t i = 0; i < state->n && i < most; i++) {
        const Bubble *b = ranked[i];
        RichText text = state->layer->labels[b->row];
        label_field_wish(
            chart->field,
            (LabelWish){
                .block = chart_label(chart, text),
                .inside = qualifiers(b) ? chart_label(chart, text)
                                        : chart_text_in(chart, STYLE_LABEL, text, inside),
                .key = state->layer->keys[b->row],
                .role = ROLE_LABEL,
                .anchor = center(panel, b),
                .radius = b->radius,
                .rank = b->rank,
                .scope = (int)(panel - chart->panels),
                .bounds = {chart->plot.x, panel->rect.y, chart->plot.w, panel->rect.h - 2}});
    }
}

/* Nested circles on one ground, names to their right: the only key that areas need. */
static TextBlock *key_text(Chart *chart, const State *state, double value) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.15g", value);
    bool is_currency = strlen(state->size_unit) == 3 && g_ascii_isupper(state->size_unit[0]);
    g_autofree char *text =
        is_currency ? fr_money(digits, state->size_unit, FR_MONEY_SYMBOL, value >= 1e4 ? 2 : -1)
                    : fr_unit(digits, state->size_unit, NULL);
    return chart_plain(chart, STYLE_TICK, text);
}

static bool box_is_clear(const Chart *chart, Rect box) {
    const GArray *circles = label_field_circles(chart->field);
    for (guint i = 0; i < circles->len; i++) {
        const LabelCircle *c = &g_array_index(circles, LabelCircle, i);
        if (rect_overlaps(box, (Rect){c->center.x - c->radius - 4, c->center.y - c->radius - 4,
                                      2 * c->radius + 8, 2 * c->radius + 8}))
            return false;
    }
    return label_field_is_clear(chart->field, box);
}

static void place_size_key(Chart *chart, PanelView *panel, State *state) {
    if (!state->n_key || !state->n) return;
    double widest = 0, max_radius = 0;
    for (size_t i = 0; i < state->n_key; i++) {
        double radius =
            scale_radius(state->key_values[i], state->max_value, state->bubbles[0].radius);
        max_radius = fmax(max_radius, radius);
        widest = fmax(widest, key_text(chart, state, state->key_values[i])->width);
    }
    double size = chart->medium->styles[STYLE_TICK].size;
    double w = 2 * max_radius + size * 1.5 + widest, h = fmax(2 * max_radius, size * 4.2) + size;
    for (double y = panel->rect.y + panel->rect.h * 0.08; y < panel->rect.y + panel->rect.h - h;
         y += size)
        for (double x = panel->rect.x + size; x < panel->rect.x + panel->rect.w - w; x += size) {
            Rect box = {x, y, w, h};
            if (!box_is_clear(chart, rect_grow(box, size * 0.6))) continue;
            state->size_key_box = box;
            label_field_rect(chart->field, box, true);
            return;
        }
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    fit(state, chart, panel);
    for (size_t i = 0; i < state->n; i++) {
        const Bubble *b = &state->bubbles[i];
        const char *key = state->layer->keys[b->row];
        label_field_circle(chart->field, center(panel, b), b->radius, key);
        if (when_has_reach(chart, &b->when, b->radius))
            label_field_rect(chart->field,
                             when_reach(chart, &b->when, center(panel, b).y, b->radius), false);
        chart_anchor(chart, panel, b->date, key, center(panel, b));
    }
    if (state->n) place_size_key(chart, panel, state);
    wish_labels(chart, panel, state);
}

static void paint_size_key(Chart *chart, State *state) {
    Rect box = state->size_key_box;
    if (box.w <= 0) return;
    double size = chart->medium->styles[STYLE_TICK].size, ground = box.y + box.h - size * 0.5;
    double max_radius = 0, last_y = INFINITY;
    for (size_t i = 0; i < state->n_key; i++)
        max_radius = fmax(max_radius, scale_radius(state->key_values[i], state->max_value,
                                                   state->bubbles[0].radius));
    Paint paint = paint_stroke(chart_color(chart, "muted"), chart->medium->line);
    for (size_t i = 0; i < state->n_key; i++) {
        double value = state->key_values[i];
        double r = scale_radius(value, state->max_value, state->bubbles[0].radius);
        double cx = box.x + max_radius;
        frame_circle(chart->frame, ROLE_LEGEND, NULL, (Point){cx, ground - r}, r, paint);
        TextBlock *text = key_text(chart, state, value);
        double y = fmin(ground - 2 * r, last_y - size * 1.25);
        double x = box.x + 2 * max_radius + size;
        frame_line(chart->frame, ROLE_LEGEND, NULL,
                   (Point[]){{cx, ground - 2 * r}, {x - size * 0.3, y}}, 2, paint);
        text_draw(text, chart->frame, (Point){x, y - text->ascent / 2}, ALIGN_LEFT, ROLE_LEGEND,
                  NULL, false);
        last_y = y;
    }
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    Color color = color_with_alpha(state->color, 0.9);
    for (size_t i = 0; i < state->n; i++) {
        const Bubble *b = &state->bubbles[i];
        when_paint_reach(chart, &b->when, state->layer->keys[b->row], center(panel, b).y, b->radius,
                         color);
    }
    for (size_t i = 0; i < state->n; i++) {
        const Bubble *b = &state->bubbles[i];
        frame_circle(chart->frame, ROLE_MARK, state->layer->keys[b->row], center(panel, b),
                     b->radius, when_fill(chart, qualifiers(b), color));
    }
    paint_size_key(chart, state);
}

static const MarkWords words = {.kind = "Frise",
                                .kind_among = "frise",
                                .each = "chaque cercle est placé à sa date",
                                .size = "sa surface représente",
                                .one = "événement",
                                .many = "événements",
                                .most = "le plus grand",
                                .from = "x",
                                .value = "size",
                                .doubt = "doubt",
                                .unit = "size_unit",
                                .is_event = true,
                                .adds_up = true};

const MarkClass mark_bubble = {"bubble", MARK_OVER_RULES, read_layer, measure,
                               place,    paint,           &words,     500};
