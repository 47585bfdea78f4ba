/* bubble: circles on a time line, their area in proportion to a value, piled without overlap.
 * Channels: x (date), size (number), rank (number, size by default), doubt (true rows are pale and
 * dashed). Keys: color, labels (how many at the most), max_radius (share of the panel's height; by
 * default the width bounds it too, since labels need air), size_unit (currency code or unit of the
 * key, USD by default), size_key (values of the nested circles). Pile: the greatest first, each at
 * the lowest height where it touches nothing: an exact dodge, since the lowest free height is the
 * ground or tangent to one circle already there. The days that a date may be show on both sides of
 * its circle (chart/when). */
#include "chart/turn.h"
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
    double former;    /* height of the last time */
    bool is_piled;
    Date date;
    When when;
    bool is_doubtful;
} Bubble;

typedef struct {
    const Layer *layer;
    Bubble *bubbles; /* by value, greatest first */
    size_t n, n_labels;
    double max_value, max_radius;
    double measured; /* greatest radius that the margins are made for; 0 before */
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
    state->n_labels = mark_names(chart, layer, layer->data->n_rows);
    state->max_radius = mark_number(chart, layer, "max_radius", 0);
    read_size_key(chart, state);
    if (!mark_needs_time(chart, layer) || x < 0 || size < 0) return NULL;
    if (!mark_reads_sides(chart, layer)) return NULL;
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

static const double AIR = 1;       /* between two circles */
static const double NEARLY = 0.02; /* heights are whole hundredths, as the layout memory counts */

/* Those already piled that this one may touch at some height. */
static size_t find_neighbours(const State *state, size_t i, size_t *ret_near) {
    const Bubble *b = &state->bubbles[i];
    size_t n = 0;
    for (size_t j = 0; j < state->n; j++) {
        const Bubble *o = &state->bubbles[j];
        if (o->is_piled && fabs(b->x - o->x) < b->radius + o->radius + AIR) ret_near[n++] = j;
    }
    return n;
}

static bool is_free_at(const State *state, const Bubble *b, double height, const size_t *near,
                       size_t n) {
    for (size_t k = 0; k < n; k++) {
        const Bubble *o = &state->bubbles[near[k]];
        double dx = b->x - o->x, dy = height - o->height;
        double reach = b->radius + o->radius + AIR - NEARLY;
        if (dx * dx + dy * dy < reach * reach) return false;
    }
    return true;
}

static double up_to_hundredths(double height) {
    return ceil(height * 100 - 1e-6) / 100;
}

static double ground_of(const Bubble *b) {
    return up_to_hundredths(b->radius + AIR);
}

static double lowest_free_height(const State *state, size_t i, size_t *near) {
    const Bubble *b = &state->bubbles[i];
    size_t n = find_neighbours(state, i, near);
    double ground = ground_of(b), best = INFINITY;
    if (is_free_at(state, b, ground, near, n)) return ground;
    for (size_t j = 0; j < n; j++) {
        const Bubble *o = &state->bubbles[near[j]];
        double reach = b->radius + o->radius + AIR, dx = fabs(b->x - o->x);
        double rise = sqrt(reach * reach - dx * dx);
        const double heights[] = {o->height - rise, o->height + rise};
        for (int k = 0; k < 2; k++) {
            double height = up_to_hundredths(heights[k]);
            if (height >= ground && height < best && is_free_at(state, b, height, near, n))
                best = height;
        }
    }
    return best;
}

static double top_of(const State *state) {
    double top = 0;
    for (size_t i = 0; i < state->n; i++)
        top = fmax(top, state->bubbles[i].height + state->bubbles[i].radius);
    return top;
}

static void size_bubbles(State *state, const Chart *chart, double max_radius) {
    for (size_t i = 0; i < state->n; i++) {
        Bubble *b = &state->bubbles[i];
        b->radius = fmax(scale_radius(b->value, state->max_value, max_radius), 1);
        b->when = when_of(chart, b->date);
        b->x = b->when.x;
        b->is_piled = false;
    }
}

/* Those that are not in the pile yet, the greatest first. */
static void pile_rest(State *state, size_t *near) {
    for (size_t i = 0; i < state->n; i++) {
        Bubble *b = &state->bubbles[i];
        if (!b->is_piled) b->height = lowest_free_height(state, i, near);
        b->is_piled = true;
    }
}

/* Piles at this greatest radius; returns the height of the top. */
static double pile(State *state, const Chart *chart, double max_radius) {
    g_autofree size_t *near = g_new(size_t, state->n + 1);
    size_bubbles(state, chart, max_radius);
    pile_rest(state, near);
    return top_of(state);
}

/* ---- the pile of the last time: a row more moves no other circle, if it can go on top */

static int scope_of(const Chart *chart, const PanelView *panel) {
    return SCOPE_PILES + (int)(panel - chart->panels);
}

static int compare_former(const void *a, const void *b) {
    const Bubble *const *x = a, *const *y = b;
    if ((*x)->former != (*y)->former) return (*x)->former < (*y)->former ? -1 : 1;
    return ((*x)->row > (*y)->row) - ((*x)->row < (*y)->row);
}

/* On the ground, or on a circle that is in the pile. */
static bool is_held(const State *state, const Bubble *b, const size_t *near, size_t n) {
    static const double touch = 0.5;
    if (b->former <= ground_of(b) + touch) return true;
    for (size_t k = 0; k < n; k++) {
        const Bubble *o = &state->bubbles[near[k]];
        double reach = b->radius + o->radius + AIR + touch;
        if (o->height < b->former && hypot(b->x - o->x, b->former - o->height) < reach) return true;
    }
    return false;
}

static double pile_as_before(State *state, Chart *chart, const PanelView *panel, double radius) {
    g_autofree size_t *near = g_new(size_t, state->n + 1);
    g_autofree Bubble **order = g_new(Bubble *, state->n + 1);
    size_bubbles(state, chart, radius);
    size_t n_known = 0;
    for (size_t i = 0; i < state->n; i++) {
        Bubble *b = &state->bubbles[i];
        const LockPlace *was =
            chart_recall(chart, scope_of(chart, panel), state->layer->keys[b->row]);
        if (!was || was->kind != LOCK_BESIDE) continue;
        b->former = was->y;
        order[n_known++] = b;
    }
    if (n_known) qsort(order, n_known, sizeof *order, compare_former);
    for (size_t i = 0; i < n_known; i++) {
        Bubble *b = order[i];
        size_t n = find_neighbours(state, (size_t)(b - state->bubbles), near);
        if (b->former < ground_of(b) - NEARLY || !is_held(state, b, near, n)) continue;
        if (!is_free_at(state, b, b->former, near, n)) continue;
        b->height = b->former;
        b->is_piled = true;
    }
    pile_rest(state, near);
    return top_of(state);
}

/* Of the panel: what a pile takes at first, the rest is for labels, and what it may grow to. */
static const double USUAL_HEIGHT = 0.8, MOST_HEIGHT = 0.98;

/* The scale of the last time, when it is still near the one that would be chosen and the pile is
 * hardly higher: else one row more would move every circle. */
static bool fit_as_before(State *state, Chart *chart, const PanelView *panel, double radius) {
    const LockPlace *was = chart_recall(chart, (int)(panel - chart->panels), ".areas");
    if (!was || was->kind != LOCK_ROOM || was->x <= 0 || was->y <= 0) return false;
    double former = was->x * sqrt(state->max_value / was->y);
    bool is_near = former > radius * 0.5 && former < radius * 2;
    return is_near && pile_as_before(state, chart, panel, former) <= panel->rect.h * MOST_HEIGHT;
}

static void remember_pile(const State *state, Chart *chart, const PanelView *panel) {
    LockPlace scale = {
        .kind = LOCK_ROOM, .x = round(state->bubbles[0].radius * 100) / 100, .y = state->max_value};
    chart_remember(chart, (int)(panel - chart->panels), ".areas", scale);
    for (size_t i = 0; i < state->n; i++) {
        const Bubble *b = &state->bubbles[i];
        LockPlace place = {.kind = LOCK_BESIDE, .y = b->height};
        chart_remember(chart, scope_of(chart, panel), state->layer->keys[b->row], place);
    }
}

/* ---- its scale */

/* The width bounds it too, since labels need air; less so where there is height for them. Where
 * time runs downwards they stand at the top of the pile. */
static double usual_radius(const Chart *chart, Rect rect) {
    if (chart->is_turned) return fmin(0.24 * rect.h, 0.1 * rect.w);
    return fmin(0.3 * rect.h, (rect.h > rect.w ? 0.1 : 0.06) * rect.w);
}

static double smaller(double radius, int steps) {
    return fmax(round(radius * pow(0.96, steps) * 100) / 100, 2);
}

/* The greatest radius such that the pile leaves room to labels, in steps of 4 %, by bisection. */
static double fitting_radius(State *state, const Chart *chart, const PanelView *panel) {
    enum { STEPS = 96 };
    double most = state->max_radius > 0 ? state->max_radius * panel->rect.h
                                        : usual_radius(chart, panel->rect);
    int low = 0, high = STEPS; /* too high a pile, and one that is not or cannot be lower */
    if (pile(state, chart, smaller(most, 0)) <= panel->rect.h * USUAL_HEIGHT)
        return smaller(most, 0);
    while (high - low > 1) {
        int middle = (low + high) / 2;
        bool fits = pile(state, chart, smaller(most, middle)) <= panel->rect.h * USUAL_HEIGHT;
        *(fits ? &high : &low) = middle;
    }
    return smaller(most, high);
}

static void fit(State *state, Chart *chart, const PanelView *panel) {
    if (!state->n) return;
    double radius = fitting_radius(state, chart, panel);
    if (state->measured > 0) radius = fmin(radius, state->measured);
    if (!fit_as_before(state, chart, panel, radius)) (void)pile(state, chart, radius);
    if (top_of(state) > panel->rect.h) {
        diag_error(chart->diag, state->layer->node->key_span, "figure-room",
                   "give the figure more height, or keep the greatest (ORDER BY … LIMIT)",
                   "bubble: a pile of %zu rows is higher than its panel on medium %s", state->n,
                   chart->medium->name);
        return;
    }
    remember_pile(state, chart, panel);
}

static void measure(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    fit(state, chart, panel);
    if (state->n) state->measured = state->bubbles[0].radius;
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
    for (size_t i = 0; i < state->n && i < state->n_labels; i++) {
        const Bubble *b = ranked[i];
        RichText text = state->layer->labels[b->row];
        TextBlock *block = chart_label(chart, text);
        LabelWish wish = {
            .block = block,
            .inside = qualifiers(b) ? block : text_in_color(block, inside, chart->arena),
            .key = state->layer->keys[b->row],
            .role = ROLE_LABEL,
            .anchor = center(panel, b),
            .radius = b->radius,
            .rank = b->rank,
            .pin = mark_side(state->layer, b->row),
            .scope = (int)(panel - chart->panels),
            .bounds = {chart->plot.x, panel->rect.y, chart->plot.w, panel->rect.h - 2}};
        chart_narrow(chart, STYLE_LABEL, text, &wish);
        label_field_wish(chart->field, wish);
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

static double key_radius(const State *state, size_t i) {
    return scale_radius(state->key_values[i], state->max_value, state->bubbles[0].radius);
}

/* As it stands where marks are placed: what is written does not turn with them. */
static Rect size_of_key(Chart *chart, const State *state) {
    double widest = 0, max_radius = 0, size = chart->medium->styles[STYLE_TICK].size;
    for (size_t i = 0; i < state->n_key; i++) {
        max_radius = fmax(max_radius, key_radius(state, i));
        widest = fmax(widest, key_text(chart, state, state->key_values[i])->width);
    }
    Rect box = {0, 0, 2 * max_radius + size * 1.5 + widest,
                fmax(2 * max_radius, size * (1.2 + 1.5 * (double)state->n_key)) + size};
    return chart->is_turned ? rect_swap(chart->swap, box) : box;
}

static bool find_key_place(const Chart *chart, const PanelView *panel, Rect *box) {
    double size = chart->medium->styles[STYLE_TICK].size;
    double right = panel->rect.x + panel->rect.w - box->w,
           bottom = panel->rect.y + panel->rect.h - box->h;
    for (box->y = panel->rect.y + panel->rect.h * 0.08; box->y < bottom; box->y += size)
        for (box->x = panel->rect.x + size; box->x < right; box->x += size)
            if (box_is_clear(chart, rect_grow(*box, size * 0.6))) return true;
    return false;
}

static void drop_greatest(State *state) {
    size_t greatest = 0;
    for (size_t i = 1; i < state->n_key; i++)
        if (state->key_values[i] > state->key_values[greatest]) greatest = i;
    state->n_key--;
    for (size_t i = greatest; i < state->n_key; i++)
        state->key_values[i] = state->key_values[i + 1];
}

/* Where the pile leaves no room for all of its circles, the greatest is left out. */
static void place_size_key(Chart *chart, PanelView *panel, State *state) {
    for (; state->n_key; drop_greatest(state)) {
        Rect box = size_of_key(chart, state);
        if (!find_key_place(chart, panel, &box)) continue;
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
        chart_anchor(chart, panel, b->date, key, center(panel, b), b->radius);
    }
    if (state->n) place_size_key(chart, panel, state);
    wish_labels(chart, panel, state);
}

static void paint_size_key(Chart *chart, State *state) {
    Rect box = chart->is_turned ? rect_swap(chart->swap, state->size_key_box) : state->size_key_box;
    if (box.w <= 0) return;
    double size = chart->medium->styles[STYLE_TICK].size, ground = box.y + box.h - size * 0.5;
    double max_radius = 0, last_y = INFINITY;
    for (size_t i = 0; i < state->n_key; i++) max_radius = fmax(max_radius, key_radius(state, i));
    Paint paint = paint_stroke(chart_color(chart, "muted"), chart->medium->line);
    for (size_t i = 0; i < state->n_key; i++) {
        double value = state->key_values[i];
        double r = key_radius(state, i);
        double cx = box.x + max_radius;
        frame_circle(chart->frame, ROLE_LEGEND, NULL, (Point){cx, ground - r}, r, paint);
        TextBlock *text = key_text(chart, state, value);
        double y = fmin(ground - 2 * r, last_y - size * 1.25);
        double x = box.x + 2 * max_radius + size;
        frame_line(chart->frame, ROLE_LEGEND, NULL,
                   (Point[]){{cx, ground - 2 * r}, {x - size * 0.3, y}}, 2, paint);
        text_draw(text, chart->frame, (Point){x, y - text->ascent / 2}, ALIGN_LEFT, ROLE_LEGEND,
                  NULL, true);
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
                                .extent = "size",
                                .doubt = "doubt",
                                .unit = "size_unit",
                                .is_event = true,
                                .adds_up = true};

const MarkClass mark_bubble = {.name = "bubble",
                               .depth = MARK_OVER_RULES,
                               .read = read_layer,
                               .measure = measure,
                               .place = place,
                               .paint = paint,
                               .words = &words,
                               .most_rows = 500,
                               .turn = TURN_LEADS};
