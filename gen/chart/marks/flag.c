/* flag: events of a timeline, each a dot on a line of time with its label on an upright stem.
 * Channels: x (date), rank (number: the greatest keep their labels when room is short), and pins,
 * columns whose filled cells bind a label: side (up, down), direction (right, left), lines (1–3).
 * Keys: color, sides (up, down or both; both when the panel is the only one), vertical (where the
 * mark is alone in its figure, without rules: the line runs downwards; as the medium has it). */
#include "chart/stem.h"
#include "chart/upright.h"
#include "chart/when.h"

#include <math.h>

typedef struct {
    const Layer *layer;
    int x, rank, side, direction, lines;
    Color color;
    bool is_up, is_down;
    When *whens;
    StemLabel *labels;
    size_t n;
    double line_y;
    bool is_upright;
    UprightEvent *events; /* of an upright line; n too */
} State;

static void report_word(Chart *chart, const Layer *layer, Span span, const char *key,
                        const char *word, const char *const words[2]) {
    (void)layer;
    g_autofree char *hint = g_strdup_printf("%s, %s", words[0], words[1]);
    diag_error(chart->diag, span, "unsupported-value", hint, "%s: unknown value « %s »", key, word);
}

static const char *const side_words[] = {"up", "down"}, *const direction_words[] = {"right",
                                                                                    "left"};

static bool read_sides(Chart *chart, State *state) {
    Node *node = node_find(state->layer->node, "sides");
    const char *word = node ? node->text : NULL;
    bool is_both = word ? g_str_equal(word, "both") : chart->figure->n_panels == 1;
    state->is_up = is_both || !word || g_str_equal(word, "up");
    state->is_down = is_both || (word && g_str_equal(word, "down"));
    if (state->is_up || state->is_down) return true;
    report_word(chart, state->layer, node->span, "sides", word, side_words);
    return false;
}

/* 1 or 2 for the words, 0 for an empty cell; -1 after an error. */
static int read_pin(Chart *chart, const Layer *layer, size_t row, int column,
                    const char *const words[2]) {
    if (column < 0) return 0;
    Value cell = table_cell(layer->data, row, (size_t)column);
    if (cell.kind == VALUE_NULL) return 0;
    for (int i = 0; cell.kind == VALUE_TEXT && i < 2; i++)
        if (g_str_equal(cell.text, words[i])) return i + 1;
    if (cell.kind == VALUE_TEXT && !*cell.text) return 0;
    report_word(chart, layer, layer->node->key_span, layer->data->columns[column],
                value_plain(cell, chart->arena), words);
    return -1;
}

static bool read_label(Chart *chart, State *state, size_t row, StemLabel *label) {
    const Layer *layer = state->layer;
    double rank = 0, lines = 0;
    bool has_lines =
        state->lines >= 0 && table_cell(layer->data, row, (size_t)state->lines).kind != VALUE_NULL;
    if (state->rank >= 0 && !mark_cell_number(chart, layer, row, state->rank, &rank)) return false;
    if (has_lines && !mark_cell_number(chart, layer, row, state->lines, &lines)) return false;
    *label =
        (StemLabel){.key = layer->keys[row],
                    .rank = rank,
                    .side = read_pin(chart, layer, row, state->side, side_words),
                    .direction = read_pin(chart, layer, row, state->direction, direction_words),
                    .lines = (int)CLAMP(lines, 0, FLAG_FORMS)};
    return label->side >= 0 && label->direction >= 0;
}

static bool is_alone(const Figure *figure) {
    return figure->n_panels == 1 && figure->panels[0].n_layers == 1 && !figure->rules;
}

static bool read_vertical(Chart *chart, const Layer *layer) {
    bool is_vertical = mark_bool(chart, layer, "vertical", chart->medium->is_upright);
    return is_vertical && is_alone(chart->figure);
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    (void)panel;
    size_t n = layer->data->n_rows;
    State *state = ARENA_NEW(chart->arena, State);
    *state = (State){.layer = layer,
                     .x = mark_channel(chart, layer, "x", true),
                     .rank = mark_channel(chart, layer, "rank", false),
                     .side = mark_channel(chart, layer, "side", false),
                     .direction = mark_channel(chart, layer, "direction", false),
                     .lines = mark_channel(chart, layer, "line_count", false),
                     .color = mark_color(chart, layer, "color", "ink"),
                     .whens = ARENA_ARRAY(chart->arena, When, n + 1),
                     .labels = ARENA_ARRAY(chart->arena, StemLabel, n + 1)};
    bool has_sides = read_sides(chart, state);
    state->is_upright = read_vertical(chart, layer);
    if (state->is_upright) chart->has_axis = false;
    return has_sides && state->x >= 0 && mark_needs_time(chart, layer) ? state : NULL;
}

static double dot_radius(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size * 0.28;
}

static void find_line(PanelView *panel, State *state) {
    double top = panel->rect.y, bottom = panel->rect.y + panel->rect.h;
    state->line_y = state->is_up && state->is_down ? (top + bottom) / 2
                    : state->is_up                 ? bottom
                                                   : top;
}

/* A pin's side of the line that runs downwards. */
static int margin_of(int direction) {
    return direction == 0 ? UPRIGHT_ANY : direction == 1 ? UPRIGHT_RIGHT : UPRIGHT_LEFT;
}

static void place_upright(Chart *chart, PanelView *panel, State *state) {
    const Layer *layer = state->layer;
    RichText empty = {.plain = ""};
    state->events = ARENA_ARRAY(chart->arena, UprightEvent, layer->data->n_rows + 1);
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Date date;
        StemLabel label;
        if (!mark_cell_date(chart, layer, i, state->x, &date)) return;
        if (!read_label(chart, state, i, &label)) return;
        if (!when_is_shown(chart, date)) continue;
        state->events[state->n++] =
            (UprightEvent){.date = date,
                           .key = label.key,
                           .rank = label.rank,
                           .side = margin_of(label.direction),
                           .text = layer->labels ? layer->labels[i] : empty};
    }
    upright_place(chart, panel, state->events, state->n);
}

/* What other labels keep off: the line of time, the stems and their texts. */
static void block_line(Chart *chart, const PanelView *panel, const State *state) {
    double left = panel->rect.x, y = state->line_y;
    label_field_line(chart->field, (Point){left, y}, (Point){left + panel->rect.w, y});
    for (size_t i = 0; i < state->n; i++) {
        const StemLabel *label = &state->labels[i];
        label_field_circle(chart->field, (Point){label->x, y}, dot_radius(chart), label->key);
        if (!label->is_placed) continue;
        label_field_rect(chart->field, stem_box(chart, label, y), true);
        label_field_line(chart->field, (Point){label->x, y}, (Point){label->x, stem_end(label, y)});
    }
}

static void place(Chart *chart, PanelView *panel, void *data) {
    State *state = data;
    if (state->is_upright) {
        place_upright(chart, panel, state);
        return;
    }
    const Layer *layer = state->layer;
    RichText empty = {.plain = ""};
    find_line(panel, state);
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Date date;
        StemLabel *label = &state->labels[state->n];
        if (!mark_cell_date(chart, layer, i, state->x, &date)) return;
        if (!read_label(chart, state, i, label)) return;
        if (!when_is_shown(chart, date)) continue;
        state->whens[state->n++] = when_of(chart, date);
        label->x = state->whens[state->n - 1].x;
        stem_measure(chart, label, layer->labels ? layer->labels[i] : empty, FLAG_FORMS);
        chart_anchor(chart, panel, date, label->key, (Point){label->x, state->line_y}, 0);
    }
    if (!stem_check_pins(chart, state->labels, state->n, layer->node->key_span)) return;
    double room = state->is_up && state->is_down ? panel->rect.h / 2 : panel->rect.h;
    int index = (int)(panel - chart->panels);
    stem_set(chart, index, state->labels, state->n, state->is_up ? room : 0,
             state->is_down ? room : 0);
    block_line(chart, panel, state);
    stem_leave_out(chart, index, state->labels, state->n, state->line_y);
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    if (state->is_upright) {
        upright_paint(chart, panel, state->events, state->n, state->color);
        return;
    }
    double radius = dot_radius(chart), width = chart->medium->line;
    Paint stem = paint_stroke(chart_color(chart, "leader"), width);
    if (state->is_up && state->is_down)
        frame_line(chart->frame, ROLE_AXIS, NULL,
                   (Point[]){{panel->rect.x, state->line_y},
                             {panel->rect.x + panel->rect.w, state->line_y}},
                   2, paint_stroke(chart_color(chart, "axis"), width * 1.35));
    for (size_t i = 0; i < state->n; i++) {
        const StemLabel *label = &state->labels[i];
        if (!label->is_placed) continue;
        double end = stem_end(label, state->line_y);
        frame_line(chart->frame, ROLE_LEADER, label->key,
                   (Point[]){{label->x, state->line_y}, {label->x, end}}, 2, stem);
    }
    for (size_t i = 0; i < state->n; i++) {
        const StemLabel *label = &state->labels[i];
        when_paint_reach(chart, &state->whens[i], label->key, state->line_y, radius, state->color);
        Paint dot = when_fill(chart, state->whens[i].qualifiers, state->color);
        if (!dot.stroke.a) { /* a rim parts neighbours */
            dot.stroke = chart->frame->background;
            dot.width = width;
        }
        frame_circle(chart->frame, ROLE_MARK, label->key, (Point){label->x, state->line_y}, radius,
                     dot);
    }
    for (size_t i = 0; i < state->n; i++)
        if (state->labels[i].is_placed) stem_draw_text(chart, &state->labels[i], state->line_y);
}

static const MarkWords words = {.kind = "Frise",
                                .kind_among = "repères",
                                .each = "chaque repère est placé à sa date, avec son nom",
                                .one = "événement",
                                .many = "événements",
                                .from = "x",
                                .is_event = true};

const MarkClass mark_flag = {.name = "flag",
                             .depth = MARK_OVER_RULES,
                             .read = read_layer,
                             .place = place,
                             .paint = paint,
                             .words = &words,
                             .most_rows = 400};
