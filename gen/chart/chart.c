#include "chart/chart.h"

#include "base/i18n.h"
#include "chart/axis.h"
#include "chart/convention.h"
#include "chart/flags.h"
#include "chart/gaps.h"
#include "chart/key.h"
#include "chart/legend.h"
#include "chart/mark.h"
#include "chart/settle.h"
#include "chart/turn.h"

#include <math.h>

/* To add a mark: its file in marks/, its name in mark.h, its row here. */
static const MarkClass *const marks[] = {
    &mark_arc,  &mark_band,     &mark_bar,  &mark_bubble, &mark_calendar, &mark_dot,  &mark_flag,
    &mark_hbar, &mark_interval, &mark_line, &mark_rule,   &mark_scatter,  &mark_text, &mark_unit};

typedef struct {
    const MarkClass *class;
    PanelView *panel;
    void *state;
} Drawing;

static const MarkClass *mark_find(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (g_str_equal(marks[i]->name, name)) return marks[i];
    return NULL;
}

const MarkWords *chart_mark_words(const char *mark) {
    const MarkClass *class = mark_find(mark);
    return class ? class->words : NULL;
}

static void report_unknown_mark(Chart *chart, const Layer *layer) {
    const char *known[G_N_ELEMENTS(marks) + 1] = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) known[i] = marks[i]->name;
    const char *nearest = nearest_word(layer->mark, known);
    g_autofree char *all = g_strjoinv(", ", (char **)known);
    g_autofree char *hint = nearest ? g_strdup_printf(_("did you mean « %s »?"), nearest)
                                    : g_strdup_printf(_("the marks are: %s"), all);
    diag_error(chart->diag, layer->node->key_span, "unknown-mark", hint, "unknown mark « %s »",
               layer->mark);
}

/* ---- pass 1: read every layer */

/* Of a mark on the time axis, the rows that the axis shows. */
static size_t count_shown(const Chart *chart, const MarkClass *class, const Layer *layer) {
    const Node *key = class->words->from ? node_peek(layer->node, class->words->from) : NULL;
    int column = key && key->text ? table_column(layer->data, key->text) : -1;
    if (!chart->figure->has_time || column < 0) return layer->data->n_rows;
    size_t n = 0;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Date date;
        n += value_as_date(table_cell(layer->data, i, (size_t)column), &date) &&
             figure_shows(chart->figure, date);
    }
    return n;
}

static bool has_too_many_rows(Chart *chart, const MarkClass *class, const Layer *layer) {
    size_t n = class->most_rows ? count_shown(chart, class, layer) : 0;
    if (!class->most_rows || n <= class->most_rows) return false;
    diag_error(chart->diag, layer->node->key_span, "too-many-rows",
               "count them by month or year in the query (GROUP BY), or keep the most important "
               "(ORDER BY … LIMIT)",
               "%s: %zu rows; more than %zu cannot be told apart", class->name, n,
               class->most_rows);
    node_mark_read(layer->node);
    return true;
}

static bool asks_for_log(const Panel *panel, const char *axis) {
    for (size_t i = 0; i < panel->n_layers; i++)
        if (mark_asks_for_log(&panel->layers[i], axis)) return true;
    return false;
}

static GArray *read_layers(Chart *chart) {
    GArray *drawings = g_array_new(FALSE, FALSE, sizeof(Drawing));
    for (size_t p = 0; p < chart->figure->n_panels; p++) {
        const Panel *panel = &chart->figure->panels[p];
        chart->panels[p].values.is_log = asks_for_log(panel, "y");
        chart->panels[p].foot.domain.is_log = asks_for_log(panel, "x");
        for (size_t i = 0; i < panel->n_layers; i++) {
            const Layer *layer = &panel->layers[i];
            const MarkClass *class = mark_find(layer->mark);
            if (!class) {
                report_unknown_mark(chart, layer);
                node_mark_read(layer->node);
                continue;
            }
            diag_enter(chart->diag, "mark %s", layer->mark);
            Drawing drawing = {.class = class, .panel = &chart->panels[p]};
            if (!has_too_many_rows(chart, class, layer))
                drawing.state = class->read(chart, drawing.panel, layer);
            diag_leave(chart->diag);
            if (drawing.state) g_array_append_val(drawings, drawing);
        }
    }
    return drawings;
}

static void run_measure(Chart *chart, const GArray *drawings) {
    for (guint i = 0; i < drawings->len; i++) {
        const Drawing *d = &g_array_index(drawings, Drawing, i);
        if (d->class->measure) d->class->measure(chart, d->panel, d->state);
    }
}

static void run_place(Chart *chart, const GArray *drawings) {
    for (guint i = 0; i < drawings->len; i++) {
        const Drawing *d = &g_array_index(drawings, Drawing, i);
        if (d->class->place) d->class->place(chart, d->panel, d->state);
    }
}

static void run_paint(Chart *chart, const GArray *drawings, MarkDepth depth) {
    size_t from = chart->frame->n;
    for (guint i = 0; i < drawings->len; i++) {
        const Drawing *d = &g_array_index(drawings, Drawing, i);
        if (d->class->depth == depth) d->class->paint(chart, d->panel, d->state);
    }
    if (chart->is_turned) turn_shapes(chart, from);
}

/* Where the medium's timelines run downwards, if some mark asks for it and all can. */
static bool must_turn(Chart *chart, const GArray *drawings) {
    bool is_asked = false, can = chart->has_axis && !chart->cannot_turn;
    for (guint i = 0; i < drawings->len; i++) {
        Turn turn = g_array_index(drawings, Drawing, i).class->turn;
        is_asked |= turn == TURN_LEADS;
        can &= turn != TURN_NEVER;
    }
    bool is_usual = is_asked && chart->medium->is_upright;
    return node_bool(chart->figure->node, "vertical", is_usual, chart->diag) && can;
}

/* ---- pass 2: title, subtitle, legend and source take their room; the rest is the plot */

static double paint_header(Chart *chart, double x, double y, double width) {
    double em = chart->medium->styles[STYLE_SUBTITLE].size;
    TextBlock *title = chart_text(chart, STYLE_HEADING, chart->figure->title, width, FIT_BALANCED);
    Rect box = text_draw(title, chart->frame, (Point){x, y}, ALIGN_LEFT, ROLE_HEADING, NULL, false);
    if (title->n_lines) y = box.y + box.h + em * 0.42;
    TextBlock *subtitle =
        chart_text(chart, STYLE_SUBTITLE, chart->figure->subtitle, width, FIT_BALANCED);
    box = text_draw(subtitle, chart->frame, (Point){x, y}, ALIGN_LEFT, ROLE_SUBTITLE, NULL, false);
    return subtitle->n_lines ? box.y + box.h + em * 0.95 : y + em * 0.5;
}

/* Draws the source line upwards from the bottom; returns its top. */
static double paint_footer(Chart *chart, double x, double bottom, double width) {
    if (!chart->context->stands_alone || !chart->figure->source.n) return bottom;
    TextBlock *source = chart_text(chart, STYLE_SOURCE, chart->figure->source, width, FIT_RAGGED);
    Rect box = text_box(source, (Point){x, 0}, ALIGN_LEFT);
    double y = bottom - box.h;
    text_draw(source, chart->frame, (Point){x, y}, ALIGN_LEFT, ROLE_SOURCE, NULL, false);
    return y - source->leading * 0.7;
}

/* ---- pass 3: panels and scales */

static void lay_scales(Chart *chart) {
    chart->x = (Scale){.d0 = chart->figure->from.first,
                       .d1 = chart->figure->to.last + 1.0,
                       .r0 = chart->plot.x + chart->left_need,
                       .r1 = chart->plot.x + chart->plot.w - chart->right_need};
}

/* The strip of years stands between two panels, or under the only one (above it when it hangs). */
static void lay_panels(Chart *chart, double flags) {
    size_t n = chart->figure->n_panels;
    chart->strip_height = axis_strip_height(chart);
    double room = chart->plot.h - chart->strip_height - flags - key_lanes_height(chart);
    for (size_t i = 0; i < n; i++)
        room -= axis_title_height(chart, &chart->panels[i]) +
                axis_foot_height(chart, &chart->panels[i]);
    double y = chart->plot.y + flags;
    bool strip_first = n == 1 && chart->panels[0].hangs;
    for (size_t i = 0; i < n; i++) {
        if (i == 1 || (i == 0 && strip_first)) chart->strip_y = y, y += chart->strip_height;
        PanelView *panel = &chart->panels[i];
        double lane = key_lane_height(chart, i);
        double h = room * chart->figure->panels[i].share;
        y += axis_title_height(chart, panel);
        panel->rect = (Rect){chart->plot.x, y, chart->plot.w, h};
        panel->foot_height = axis_foot_height(chart, panel);
        axis_lay_values(chart, panel);
        axis_lay_foot(chart, panel);
        y += h + panel->foot_height + lane;
    }
    if (n == 1 && !strip_first) chart->strip_y = y;
}

/* ---- pass 4: notes wish their places beside the marks they name */

static int64_t days_of(Date date) {
    return (int64_t)date.last - date.first;
}

/* The mark that has the row's key, else by date: the most precise of those that may be meant. */
static const Anchor *find_anchor(const Chart *chart, const Note *note) {
    const Anchor *found = NULL;
    for (guint i = 0; i < chart->anchors->len; i++) {
        const Anchor *anchor = &g_array_index(chart->anchors, Anchor, i);
        if (anchor->panel != note->panel) continue;
        if (note->is_row && g_str_equal(anchor->key, note->at)) return anchor;
        if (note->has_date && anchor->date.first <= note->date.last &&
            note->date.first <= anchor->date.last &&
            (!found || days_of(anchor->date) < days_of(found->date)))
            found = anchor;
    }
    return found;
}

static void wish_notes(Chart *chart) {
    for (size_t i = 0; i < chart->figure->n_notes; i++) {
        const Note *note = &chart->figure->notes[i];
        const Anchor *anchor = find_anchor(chart, note);
        if (!note_is_on(note, chart->medium)) continue;
        if (!anchor) {
            diag_error(chart->diag, note->node->span, "note",
                       "name the id or the date of a row that the panel shows",
                       "this note points at « %s », which panel %d does not show", note->at,
                       note->panel + 1);
            continue;
        }
        const PanelView *panel = &chart->panels[note->panel];
        double width = chart->is_turned ? panel->rect.w * 0.96 : chart_label_width(chart);
        LabelWish wish = {.block = chart_text(chart, STYLE_NOTE, note->text, width, FIT_BALANCED),
                          .key = anchor->key,
                          .role = ROLE_NOTE,
                          .anchor = anchor->point,
                          .radius = anchor->radius,
                          .rank = 1e300,
                          .pin = note->side,
                          .scope = SCOPE_NOTES + note->panel,
                          .prefers_side = true,
                          .bounds = panel->rect};
        if (chart->is_turned)
            wish.listed =
                chart_text(chart, STYLE_NOTE, note->text, chart_label_width(chart), FIT_BALANCED);
        chart_narrow(chart, STYLE_NOTE, note->text, &wish);
        label_field_wish(chart->field, wish);
    }
}

/* The fields' wishes with what the layout memory knows of them. */
static void recall_places(Chart *chart) {
    for (size_t i = 0; i < label_field_wishes(chart->field); i++) {
        LabelWish *wish = label_field_wish_mut(chart->field, i);
        const LockPlace *was = chart_recall(chart, wish->scope, wish->key);
        if (!was) continue;
        wish->was_placed = was->kind == LOCK_BESIDE;
        wish->was_left_out = was->kind == LOCK_LEFT_OUT;
        wish->was = (Point){was->x, was->y};
    }
}

static void remember_places(Chart *chart, const LabelPlace *places) {
    for (size_t i = 0; i < label_field_wishes(chart->field); i++) {
        const LabelWish *wish = label_field_wish_at(chart->field, i);
        LockPlace place = {.kind = places[i].is_placed ? LOCK_BESIDE : LOCK_LEFT_OUT,
                           .x = places[i].box.x - wish->anchor.x,
                           .y = places[i].box.y - wish->anchor.y};
        chart_remember(chart, wish->scope, wish->key, place);
    }
}

static void leave_out(Chart *chart, const LabelWish *wish) {
    key_leave_out(chart, (LeftOut){.key = wish->key,
                                   .block = wish->listed ? wish->listed : wish->block,
                                   .panel = wish->scope % SCOPE_RULES,
                                   .point = wish->anchor,
                                   .radius = wish->radius,
                                   .may_be_near = true});
}

static void set_flush(LabelPlace *place, TextAlign flush) {
    double share = flush == ALIGN_LEFT ? 0 : flush == ALIGN_CENTER ? 0.5 : 1;
    place->align = flush;
    place->at.x = place->box.x + place->box.w * share;
}

static LabelPlace *place_labels(Chart *chart) {
    bool is_same = chart->last_field && label_field_equals(chart->field, chart->last_field);
    double unit = chart->medium->styles[STYLE_LABEL].size;
    return is_same ? chart->last_places : labels_place(chart->field, unit, chart->arena);
}

/* A pin is a promise: what cannot keep it is an error, not a key. */
static void check_pins(Chart *chart, const LabelPlace *places) {
    for (size_t i = 0; i < label_field_wishes(chart->field); i++) {
        const LabelWish *wish = label_field_wish_at(chart->field, i);
        if (wish->pin == SIDE_ANY || places[i].is_placed) continue;
        const char *hint = _("leave its side free, or give the figure more room");
        if (places[i].blocker)
            diag_error(chart->diag, chart->figure->node->key_span, "pins", hint,
                       "the labels of « %s » and « %s » are pinned where only one has room, on "
                       "medium %s",
                       label_field_wish_at(chart->field, places[i].blocker - 1)->key, wish->key,
                       chart->medium->name);
        else
            diag_error(chart->diag, chart->figure->node->key_span, "pins", hint,
                       "the label of « %s » has no room where it is pinned, on medium %s",
                       wish->key, chart->medium->name);
    }
}

static LabelPlace *paint_labels(Chart *chart) {
    recall_places(chart);
    LabelPlace *places = place_labels(chart);
    remember_places(chart, places);
    check_pins(chart, places);
    chart->last_places = places;
    Paint paint = paint_stroke(chart_color(chart, "leader"), chart->medium->line);
    size_t n = label_field_wishes(chart->field);
    for (size_t i = 0; i < n; i++) {
        const LabelWish *wish = label_field_wish_at(chart->field, i);
        if (!places[i].is_placed)
            leave_out(chart, wish);
        else if (places[i].has_leader)
            frame_line(chart->frame, ROLE_LEADER, wish->key,
                       (Point[]){places[i].from, places[i].to}, 2, paint);
    }
    for (size_t i = 0; i < n; i++) {
        const LabelWish *wish = label_field_wish_at(chart->field, i);
        if (!places[i].is_placed) continue;
        if (wish->is_flush) set_flush(&places[i], wish->flush);
        text_draw(places[i].is_inside ? wish->inside : label_wish_block(wish, places[i].form),
                  chart->frame, places[i].at, places[i].align, wish->role, wish->key,
                  !places[i].is_inside && !wish->is_centered);
    }
    return places;
}

/* ---- the passes in order */

/* Margins that were hardly wider stay: a scale of time that moves takes everything along. */
static void keep_margins(Chart *chart) {
    static const char key[] = ".margins";
    const LockPlace *was = chart_recall(chart, 0, key);
    double slack = chart->medium->styles[STYLE_LABEL].size * 2;
    double *left = &chart->left_need, *right = &chart->right_need;
    *left = ceil(*left * 100) / 100;
    *right = ceil(*right * 100) / 100;
    bool has_was = was && was->kind == LOCK_ROOM;
    static const double nearly = 0.02; /* memory counts in hundredths */
    if (has_was && was->x >= *left - nearly && was->x < *left + slack) *left = was->x;
    if (has_was && was->y >= *right - nearly && was->y < *right + slack) *right = was->y;
    if (*left > 0 || *right > 0)
        chart_remember(chart, 0, key, (LockPlace){.kind = LOCK_ROOM, .x = *left, .y = *right});
}

static void lay_out(Chart *chart, const GArray *drawings, Flags *ret_flags) {
    /* Margins depend on marks, whose sizes depend on panels: two rounds settle. */
    for (int round = 0; round < 2; round++) {
        lay_scales(chart);
        *ret_flags = flags_make(chart);
        lay_panels(chart, flags_height(chart, ret_flags));
        if (round == 0) run_measure(chart, drawings);
        if (round == 0) keep_margins(chart);
    }
}

/* From the plane where time runs to the right to the canvas, for all that is written. */
static void turn_back(Chart *chart) {
    chart->plot = rect_swap(chart->swap, chart->plot);
    for (size_t i = 0; i < chart->figure->n_panels; i++)
        chart->panels[i].rect = rect_swap(chart->swap, chart->panels[i].rect);
}

static LabelPlace *paint_plot(Chart *chart, const GArray *drawings, Flags *flags) {
    if (chart->is_turned) {
        Rect strip = {chart->plot.x, chart->strip_y, chart->plot.w, chart->strip_height};
        label_field_rect(chart->field, strip, true);
        flags_place_lines(chart, flags);
        run_place(chart, drawings);
        turn_field(chart);
        flags_place_turned(chart, flags);
    } else {
        flags_place(chart, flags);
        run_place(chart, drawings);
    }
    run_paint(chart, drawings, MARK_SHADE);
    flags_shade(chart, flags);
    axis_paint_grid(chart);
    for (size_t i = 0; i < chart->figure->n_panels; i++)
        axis_paint_values(chart, &chart->panels[i]);
    run_paint(chart, drawings, MARK_UNDER_RULES);
    flags_paint(chart, flags);
    run_paint(chart, drawings, MARK_IS_RULE);
    run_paint(chart, drawings, MARK_OVER_RULES);
    axis_paint_strip(chart);
    for (size_t i = 0; i < chart->figure->n_panels; i++) {
        axis_paint_bands(chart, &chart->panels[i]);
        axis_paint_foot(chart, &chart->panels[i]);
    }
    if (chart->is_turned) turn_back(chart);
    wish_notes(chart);
    return paint_labels(chart);
}

static bool has_room(const Chart *chart) {
    double least = chart->medium->styles[STYLE_LABEL].size * 3.5;
    for (size_t i = 0; i < chart->figure->n_panels; i++)
        if (chart->panels[i].rect.h < least) return false;
    return chart->plot.w > least;
}

/* The plot as it is on the plane of the marks, and the way back. */
static void start_turned(Chart *chart) {
    chart->plot = rect_swap((Swap){.sign = 1}, chart->plot);
    chart->swap = (Swap){.sign = 1};
    if (chart->figure->n_panels == 1)
        chart->swap = (Swap){.base = 2 * chart->plot.y + chart->plot.h, .sign = -1};
}

/* What marks cannot read or have no scale for is the same on every medium: told once. */
static bool is_faulty(Chart *chart, size_t errors_before) {
    chart->is_faulty |= diag_errors(chart->diag) > errors_before;
    return chart->is_faulty;
}

static void compose(Chart *chart, double width, double height) {
    const Medium *medium = chart->medium;
    bool alone = chart->context->stands_alone;
    double left = alone ? medium->left : 0, right = alone ? medium->right : 0;
    double inner = width - left - right;
    size_t before = diag_errors(chart->diag);
    g_autoptr(GArray) drawings = read_layers(chart);
    if (is_faulty(chart, before)) return;
    double top = paint_header(chart, left, alone ? medium->top : 0, inner);
    double bottom = paint_footer(chart, left, height - (alone ? medium->bottom : 0), inner);
    bottom = convention_paint(chart, left, bottom, inner);
    Point key = {left, bottom - chart->key_room};
    bottom = legend_paint(chart, left, key.y, inner);
    chart->is_turned = must_turn(chart, drawings);
    if (chart->is_turned) top += axis_head_height(chart);
    chart->plot = (Rect){left, top, inner, bottom - top};
    if (chart->is_turned) start_turned(chart);
    Flags flags;
    lay_out(chart, drawings, &flags);
    if (is_faulty(chart, before)) return;
    chart->lacks_room = !has_room(chart);
    if (chart->lacks_room) return;
    LabelPlace *places = paint_plot(chart, drawings, &flags);
    key_paint(chart, places, (Point){key.x, key.y + chart->medium->styles[STYLE_LABEL].size * 0.6},
              inner);
    gaps_cut(chart);
}

/* One composition with the room for key and lanes that the chart was given; NULL after errors. */
static Frame *compose_once(Chart *chart, double width, double height) {
    size_t before = diag_errors(chart->diag);
    const Figure *figure = chart->figure;
    g_autoptr(Frame) frame = frame_new(figure->name, chart->medium->unit, width, height);
    frame->background = theme_background(chart->context->theme);
    chart->frame = frame;
    chart->panels = ARENA_ARRAY(chart->arena, PanelView, figure->n_panels);
    chart->legend = g_array_new(FALSE, FALSE, sizeof(LegendEntry));
    chart->anchors = g_array_new(FALSE, FALSE, sizeof(Anchor));
    chart->left_out = g_array_new(FALSE, FALSE, sizeof(LeftOut));
    chart->field = label_field_new(chart->arena);
    label_field_limit(chart->field, chart->medium->labels);
    chart->left_need = chart->values_room;
    chart->right_need = chart->values_wanted = 0;
    chart->has_axis = figure->has_time;
    chart->cannot_turn = false;
    chart->conventions_used = 0;
    chart->grow_wanted = 0;
    frame_begin(frame, ROLE_FIGURE, figure->name, figure->title.plain, figure->alt);
    compose(chart, width, height);
    frame_end(frame);
    g_array_unref(chart->legend);
    g_array_unref(chart->anchors);
    g_array_unref(chart->left_out);
    if (chart->last_field) label_field_free(chart->last_field);
    chart->last_field = chart->field;
    return diag_errors(chart->diag) == before ? g_steal_pointer(&frame) : NULL;
}

Frame *chart_compose(const Figure *figure, const ChartContext *context, double width, double height,
                     Diag *diag) {
    if (context->faulty && g_hash_table_contains(context->faulty, figure)) return NULL;
    g_autoptr(Arena) arena = arena_new();
    Figure shown = figure_on(figure, context->medium);
    if (figure->rules && !shown.rules) node_mark_read(figure->rules->node);
    Chart chart = {.figure = &shown,
                   .context = context,
                   .medium = context->medium,
                   .arena = arena,
                   .diag = diag};
    chart.texts = chart_texts_new();
    chart.answers = g_hash_table_new(NULL, NULL);
    diag_enter_at(diag, figure->node->key_span, "figure %s", figure->name);
    Frame *frame = settle_figure(&chart, compose_once, width, height);
    if (chart.is_faulty && context->faulty) g_hash_table_add(context->faulty, (void *)figure);
    if (chart.last_field) label_field_free(chart.last_field);
    g_hash_table_unref(chart.texts);
    g_hash_table_unref(chart.answers);
    diag_leave(diag);
    return frame;
}

double chart_height(const Figure *figure, const Medium *medium, double width, Diag *diag) {
    Node *height = node_find(figure->node, "height");
    double usual = width * medium->ratio;
    if (medium->height > 0 && !medium->is_page) usual = medium->height;
    if (!height) return usual;
    if (height->kind != NODE_MAP) {
        double given = node_number(figure->node, "height", usual, diag);
        return medium->height > 0 && !medium->is_page ? medium->height : given;
    }
    double given = node_number(height, medium->layout, usual, diag);
    return medium->height > 0 && !medium->is_page ? medium->height : given;
}
