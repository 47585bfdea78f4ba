#include "chart/upright.h"

#include "chart/key.h"
#include "chart/upright_texts.h"
#include "chart/when.h"

#include <math.h>
#include <stdlib.h>

/* In type sizes of labels: beside the years, from the line to the texts. */
static const double YEARS_GAP = 0.9, MARGIN = 2.2;
/* A leader falls no steeper than this, where the margin may be that wide: a share of the panel. */
static const double SLOPE = 4, WIDEST = 0.16;
static const double MIDDLE = 0.62; /* of a year, of its ascent from the top */
/* There are two margins when this share of the panel's usual height would be full in one. */
static const double FULL = 0.5;

static double em_of(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size;
}

static double dot_radius(const Chart *chart) {
    return em_of(chart) * 0.28;
}

/* ---- where the lines are, and the edges of the texts */

typedef struct {
    bool has_two;
    double years;       /* left edge of the names of years, or their middle between two lines */
    double line[2];     /* left and right; both the same where there is one */
    double farthest[2]; /* that its texts may begin from their line */
} Uprights;

static double year_width(Chart *chart) {
    return chart_plain(chart, STYLE_YEAR, "2022")->width;
}

static double widest_margin(const Chart *chart, const PanelView *panel, bool has_two) {
    return fmax(em_of(chart) * MARGIN, panel->rect.w * WIDEST / (has_two ? 2 : 1));
}

static Uprights uprights_of(Chart *chart, const PanelView *panel, bool has_two) {
    double em = em_of(chart), x = panel->rect.x, width = year_width(chart);
    double margin = widest_margin(chart, panel, has_two);
    Uprights one = {.years = x, .farthest = {margin, margin}};
    one.line[0] = one.line[1] = x + width + em * YEARS_GAP;
    if (!has_two) return one;
    double middle = x + panel->rect.w / 2, half = width / 2 + em * YEARS_GAP;
    return (Uprights){true, middle, {middle - half, middle + half}, {margin, margin}};
}

static double line_of(const Uprights *uprights, const UprightEvent *event) {
    return uprights->line[event->side != UPRIGHT_LEFT];
}

/* What a text has, from the margin to the edge of the panel. */
static double text_room(const Uprights *uprights, const PanelView *panel) {
    return panel->rect.x + panel->rect.w - uprights->line[1] - uprights->farthest[1];
}

/* Where the texts of a side begin, or end at the left: as far as the steepest leader asks. */
static double text_edge(const Chart *chart, const Uprights *uprights, const UprightEvent *events,
                        size_t n, int side) {
    double farthest = 0;
    for (size_t i = 0; i < n; i++)
        if (events[i].is_placed && events[i].side == side)
            farthest = fmax(farthest, fabs(events[i].y - events[i].dot_y));
    int k = side != UPRIGHT_LEFT;
    double margin = fmax(em_of(chart) * MARGIN, farthest / SLOPE);
    return uprights->line[k] + (k ? 1 : -1) * fmin(margin, uprights->farthest[k]);
}

static Scale scale_of(const Chart *chart, const PanelView *panel) {
    return (Scale){.d0 = chart->figure->from.first,
                   .d1 = chart->figure->to.last + 1.0,
                   .r0 = panel->rect.y,
                   .r1 = panel->rect.y + panel->rect.h};
}

/* ---- one margin or two */

static const char margins_key[] = ".columns";

/* Two where every text stands in half the width as it would in all of it, and one margin would be
 * full. What was decided once stays: another choice would move every text. */
static bool has_two_margins(Chart *chart, const PanelView *panel, const UprightEvent *events,
                            size_t n) {
    const LockPlace *was = chart_recall(chart, 0, margins_key);
    if (was && was->kind == LOCK_ROOM && (was->x == 1 || was->x == 2)) return was->x == 2;
    Uprights two = uprights_of(chart, panel, true);
    double widest = chart_label_width(chart), height = 0, room = text_room(&two, panel);
    bool is_pinned = false;
    for (size_t i = 0; i < n; i++) {
        TextBlock *block = chart_text(chart, STYLE_LABEL, events[i].text, widest, FIT_BALANCED);
        if (block->width > room) return false;
        height += text_box(block, (Point){0, 0}, ALIGN_LEFT).h;
        is_pinned |= events[i].side != UPRIGHT_ANY;
    }
    return is_pinned || height > (panel->rect.h - chart->grow) * FULL;
}

static bool decide_margins(Chart *chart, const PanelView *panel, const UprightEvent *events,
                           size_t n) {
    bool has_two = has_two_margins(chart, panel, events, n);
    chart_remember(chart, 0, margins_key, (LockPlace){.kind = LOCK_ROOM, .x = has_two ? 2 : 1});
    return has_two;
}

/* What was decided for the events at hand. */
static bool are_on_both_sides(const UprightEvent *events, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (events[i].side == UPRIGHT_LEFT) return true;
    return false;
}

/* ---- placing */

static LabelLine leader_of(const Chart *chart, const Uprights *uprights, const UprightEvent *event,
                           double edge) {
    double sign = event->side == UPRIGHT_LEFT ? -1 : 1;
    return (LabelLine){
        {line_of(uprights, event) + sign * dot_radius(chart), event->dot_y},
        {edge - sign * em_of(chart) * 0.3, event->y + upright_first_line(event->block)}};
}

static TextAlign align_of(const UprightEvent *event) {
    return event->side == UPRIGHT_LEFT ? ALIGN_RIGHT : ALIGN_LEFT;
}

static void block_text(Chart *chart, const Uprights *uprights, const UprightEvent *event,
                       double edge) {
    LabelLine line = leader_of(chart, uprights, event, edge);
    label_field_line(chart->field, line.a, line.b);
    label_field_rect(chart->field, text_box(event->block, (Point){edge, event->y}, align_of(event)),
                     true);
}

static void block_years(Chart *chart, const PanelView *panel, const Uprights *uprights) {
    double left = uprights->has_two ? uprights->line[0] : uprights->years;
    Rect years = {left, panel->rect.y, uprights->line[1] - dot_radius(chart) - left, panel->rect.h};
    label_field_rect(chart->field, years, true);
}

void upright_place(Chart *chart, PanelView *panel, UprightEvent *events, size_t n) {
    bool has_two = decide_margins(chart, panel, events, n);
    Uprights uprights = uprights_of(chart, panel, has_two);
    double width = text_room(&uprights, panel);
    Scale scale = scale_of(chart, panel);
    for (size_t i = 0; i < n; i++) {
        events[i].dot_y = scale_map(scale, when_day(chart, events[i].date));
        events[i].block = chart_text(chart, STYLE_LABEL, events[i].text, width, FIT_BALANCED);
    }
    if (n) qsort(events, n, sizeof *events, upright_by_date);
    upright_set_texts(chart, panel, events, n, has_two);
    uprights = uprights_of(chart, panel, are_on_both_sides(events, n));
    double edges[] = {text_edge(chart, &uprights, events, n, UPRIGHT_LEFT),
                      text_edge(chart, &uprights, events, n, UPRIGHT_RIGHT)};
    block_years(chart, panel, &uprights);
    for (size_t i = 0; i < n; i++) {
        const UprightEvent *event = &events[i];
        Point dot = {line_of(&uprights, event), event->dot_y};
        label_field_circle(chart->field, dot, dot_radius(chart), event->key);
        chart_anchor(chart, panel, event->date, event->key, dot, dot_radius(chart));
        if (event->is_placed)
            block_text(chart, &uprights, event, edges[event->side != UPRIGHT_LEFT]);
        else if (event->block->n_lines)
            key_leave_out(chart, (LeftOut){.key = event->key,
                                           .block = event->block,
                                           .point = dot,
                                           .radius = dot_radius(chart),
                                           .may_be_near = true});
    }
}

/* ---- painting */

static void paint_tick(Chart *chart, const Uprights *uprights, double y) {
    double half = em_of(chart) * 0.3;
    Paint tick = paint_stroke(chart_color(chart, "axis"), chart->medium->line);
    double left = uprights->line[0], right = uprights->line[1];
    if (uprights->has_two)
        frame_line(chart->frame, ROLE_GRID, NULL, (Point[]){{left, y}, {left + half, y}}, 2, tick);
    frame_line(chart->frame, ROLE_GRID, NULL, (Point[]){{right - half, y}, {right, y}}, 2, tick);
}

static void paint_years(Chart *chart, const PanelView *panel, const Uprights *uprights) {
    const Figure *figure = chart->figure;
    Scale scale = scale_of(chart, panel);
    double leading = chart->medium->styles[STYLE_YEAR].leading, last = -INFINITY;
    for (int year = date_year(figure->from.first); year <= date_year(figure->to.last); year++) {
        Date date = date_from_ymd(year, 0, 0);
        if (date.first < figure->from.first) continue;
        double y = scale_map(scale, date.first);
        paint_tick(chart, uprights, y);
        g_autofree char *name = g_strdup_printf("%d", year);
        TextBlock *block = chart_plain(chart, STYLE_YEAR, name);
        double top = y - block->ascent * MIDDLE;
        if (top < last || top + leading > chart->plot.y + chart->plot.h + leading) continue;
        text_draw(block, chart->frame, (Point){uprights->years, top},
                  uprights->has_two ? ALIGN_CENTER : ALIGN_LEFT, ROLE_TICK, NULL, false);
        last = top + leading;
    }
}

static void paint_lines(Chart *chart, const PanelView *panel, const Uprights *uprights) {
    Paint paint = paint_stroke(chart_color(chart, "axis"), chart->medium->line * 1.35);
    for (int k = uprights->has_two ? 0 : 1; k < 2; k++) {
        double x = uprights->line[k];
        frame_line(chart->frame, ROLE_AXIS, NULL,
                   (Point[]){{x, panel->rect.y}, {x, panel->rect.y + panel->rect.h}}, 2, paint);
    }
}

static void paint_dot(Chart *chart, const PanelView *panel, const Uprights *uprights,
                      const UprightEvent *event, Color color) {
    double x = line_of(uprights, event), radius = dot_radius(chart);
    When when = when_along(chart, event->date, scale_of(chart, panel));
    when_paint_reach_down(chart, &when, event->key, x, radius, color);
    Paint dot = when_fill(chart, date_qualifiers(event->date), color);
    if (!dot.stroke.a) { /* a rim parts neighbours */
        dot.stroke = chart->frame->background;
        dot.width = chart->medium->line;
    }
    frame_circle(chart->frame, ROLE_MARK, event->key, (Point){x, event->dot_y}, radius, dot);
}

void upright_paint(Chart *chart, const PanelView *panel, const UprightEvent *events, size_t n,
                   Color color) {
    Uprights uprights = uprights_of(chart, panel, are_on_both_sides(events, n));
    double edges[] = {text_edge(chart, &uprights, events, n, UPRIGHT_LEFT),
                      text_edge(chart, &uprights, events, n, UPRIGHT_RIGHT)};
    Paint leader = paint_stroke(chart_color(chart, "leader"), chart->medium->line);
    paint_lines(chart, panel, &uprights);
    paint_years(chart, panel, &uprights);
    for (size_t i = 0; i < n; i++) {
        const UprightEvent *event = &events[i];
        if (!event->is_placed) continue;
        LabelLine way = leader_of(chart, &uprights, event, edges[event->side != UPRIGHT_LEFT]);
        frame_line(chart->frame, ROLE_LEADER, event->key, (Point[]){way.a, way.b}, 2, leader);
    }
    for (size_t i = 0; i < n; i++) {
        const UprightEvent *event = &events[i];
        paint_dot(chart, panel, &uprights, event, color);
        if (event->is_placed)
            text_draw(event->block, chart->frame,
                      (Point){edges[event->side != UPRIGHT_LEFT], event->y}, align_of(event),
                      ROLE_LABEL, event->key, false);
    }
}
