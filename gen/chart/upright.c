#include "chart/upright.h"

#include "chart/convention.h"
#include "chart/key.h"
#include "chart/label_margin.h"
#include "chart/when.h"

#include <math.h>
#include <stdlib.h>

/* In type sizes of labels: from the years to the line, from the line to the texts, between texts.
 */
static const double YEARS_GAP = 0.9, MARGIN = 2.2, GAP = 0.45;
/* A leader falls no steeper than this, where the margin may be that wide: a share of the panel. */
static const double SLOPE = 4, WIDEST = 0.16;
static const double MIDDLE = 0.62; /* of a first line, of its ascent from the top */
static const double AIR = 1.1;     /* height asked for, of that of the texts */
static const double HIGHEST = 4;   /* of the panel, in widths of the figure */

static double em_of(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size;
}

static double dot_radius(const Chart *chart) {
    return em_of(chart) * 0.28;
}

static double line_x(Chart *chart, const PanelView *panel) {
    return panel->rect.x + chart_plain(chart, STYLE_YEAR, "2022")->width + em_of(chart) * YEARS_GAP;
}

static double widest_margin(const Chart *chart, const PanelView *panel) {
    return fmax(em_of(chart) * MARGIN, panel->rect.w * WIDEST);
}

static double text_x(Chart *chart, const PanelView *panel, const UprightEvent *events, size_t n) {
    double farthest = 0;
    for (size_t i = 0; i < n; i++)
        if (events[i].is_placed) farthest = fmax(farthest, fabs(events[i].y - events[i].dot_y));
    double margin = fmax(em_of(chart) * MARGIN, farthest / SLOPE);
    return line_x(chart, panel) + fmin(margin, widest_margin(chart, panel));
}

static Scale scale_of(const Chart *chart, const PanelView *panel) {
    return (Scale){.d0 = chart->figure->from.first,
                   .d1 = chart->figure->to.last + 1.0,
                   .r0 = panel->rect.y,
                   .r1 = panel->rect.y + panel->rect.h};
}

static int by_date(const void *a, const void *b) {
    const UprightEvent *x = a, *y = b;
    if (x->dot_y != y->dot_y) return x->dot_y < y->dot_y ? -1 : 1;
    return g_strcmp0(x->key, y->key);
}

static double first_line(const UprightEvent *event) {
    return event->block->ascent * MIDDLE;
}

static size_t gather(const UprightEvent *events, size_t n, const bool *is_out, MarginLabel *ret) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (is_out[i]) continue;
        double height = text_box(events[i].block, (Point){0, 0}, ALIGN_LEFT).h;
        ret[m++] =
            (MarginLabel){.wish = events[i].dot_y - first_line(&events[i]), .height = height};
    }
    return m;
}

static void leave_out_lowest(const UprightEvent *events, size_t n, bool *is_out) {
    size_t lowest = n;
    for (size_t i = 0; i < n; i++)
        if (!is_out[i] && (lowest == n || events[i].rank <= events[lowest].rank)) lowest = i;
    is_out[lowest] = true;
}

/* What the panel has without what it was given must not depend on that: the figure settles. */
static void ask_for_height(Chart *chart, double height, double room) {
    double usual = room - chart->grow;
    double most = fmin(height, chart->frame->width * HIGHEST);
    chart->grow_wanted = ceil(fmax(most - usual, 0));
}

static void set_texts(Chart *chart, const PanelView *panel, UprightEvent *events, size_t n) {
    double gap = em_of(chart) * GAP, top = panel->rect.y, bottom = top + panel->rect.h;
    MarginLabel *labels = ARENA_ARRAY(chart->arena, MarginLabel, n + 1);
    bool *is_out = ARENA_ARRAY(chart->arena, bool, n + 1);
    for (size_t i = 0; i < n; i++) is_out[i] = !events[i].block->n_lines;
    size_t m = gather(events, n, is_out, labels);
    ask_for_height(chart, label_margin_height(labels, m, gap) * AIR, panel->rect.h);
    while (m && !label_margin_set(labels, m, gap, top, bottom)) {
        leave_out_lowest(events, n, is_out);
        m = gather(events, n, is_out, labels);
    }
    for (size_t i = 0, k = 0; i < n; i++) {
        events[i].is_placed = !is_out[i];
        if (!is_out[i]) events[i].y = labels[k++].y;
    }
}

static LabelLine leader_of(const Chart *chart, const UprightEvent *event, double x, double left) {
    return (LabelLine){{x + dot_radius(chart), event->dot_y},
                       {left - em_of(chart) * 0.3, event->y + first_line(event)}};
}

static void block_text(Chart *chart, const UprightEvent *event, double x, double left) {
    LabelLine line = leader_of(chart, event, x, left);
    label_field_line(chart->field, line.a, line.b);
    label_field_rect(chart->field, text_box(event->block, (Point){left, event->y}, ALIGN_LEFT),
                     true);
}

void upright_place(Chart *chart, PanelView *panel, UprightEvent *events, size_t n) {
    double x = line_x(chart, panel);
    double width = panel->rect.x + panel->rect.w - x - widest_margin(chart, panel);
    Scale scale = scale_of(chart, panel);
    for (size_t i = 0; i < n; i++) {
        events[i].dot_y = scale_map(scale, when_day(chart, events[i].date));
        events[i].block = chart_text(chart, STYLE_LABEL, events[i].text, width, FIT_BALANCED);
    }
    if (n) qsort(events, n, sizeof *events, by_date);
    set_texts(chart, panel, events, n);
    double left = text_x(chart, panel, events, n);
    Rect years = {panel->rect.x, panel->rect.y, x - dot_radius(chart) - panel->rect.x,
                  panel->rect.h};
    label_field_rect(chart->field, years, true);
    for (size_t i = 0; i < n; i++) {
        const UprightEvent *event = &events[i];
        Point dot = {x, event->dot_y};
        label_field_circle(chart->field, dot, dot_radius(chart), event->key);
        chart_anchor(chart, panel, event->date, event->key, dot);
        if (event->is_placed)
            block_text(chart, event, x, left);
        else if (event->block->n_lines)
            key_leave_out(chart, (LeftOut){.key = event->key,
                                           .block = event->block,
                                           .point = dot,
                                           .radius = dot_radius(chart),
                                           .may_be_near = true});
    }
}

static void paint_years(Chart *chart, const PanelView *panel) {
    const Figure *figure = chart->figure;
    Scale scale = scale_of(chart, panel);
    double leading = chart->medium->styles[STYLE_YEAR].leading, last = -INFINITY;
    Paint tick = paint_stroke(chart_color(chart, "axis"), chart->medium->line);
    double x = line_x(chart, panel), half = em_of(chart) * 0.3;
    for (int year = date_year(figure->from.first); year <= date_year(figure->to.last); year++) {
        Date date = date_from_ymd(year, 0, 0);
        if (date.first < figure->from.first) continue;
        double y = scale_map(scale, date.first);
        frame_line(chart->frame, ROLE_GRID, NULL, (Point[]){{x - half, y}, {x, y}}, 2, tick);
        g_autofree char *name = g_strdup_printf("%d", year);
        TextBlock *block = chart_plain(chart, STYLE_YEAR, name);
        double top = y - block->ascent * MIDDLE;
        if (top < last || top + leading > chart->plot.y + chart->plot.h + leading) continue;
        text_draw(block, chart->frame, (Point){panel->rect.x, top}, ALIGN_LEFT, ROLE_TICK, NULL,
                  false);
        last = top + leading;
    }
}

/* Its days, where they reach past the dot. */
static void paint_days(Chart *chart, const PanelView *panel, const UprightEvent *event,
                       Paint paint) {
    const Figure *figure = chart->figure;
    Scale scale = scale_of(chart, panel);
    double x = line_x(chart, panel), radius = dot_radius(chart);
    double first = date_has_start(event->date) ? event->date.first : figure->from.first;
    double last = date_has_end(event->date) ? event->date.last : figure->to.last;
    double y0 = scale_map(scale, fmax(first, figure->from.first));
    double y1 = scale_map(scale, fmin(last, figure->to.last) + 1);
    if (event->dot_y - y0 <= radius && y1 - event->dot_y <= radius) return;
    convention_note(chart, CONVENTION_REACH);
    frame_line(chart->frame, ROLE_MARK, event->key, (Point[]){{x, y0}, {x, y1}}, 2, paint);
}

void upright_paint(Chart *chart, const PanelView *panel, const UprightEvent *events, size_t n,
                   Color color) {
    double x = line_x(chart, panel), left = text_x(chart, panel, events, n),
           radius = dot_radius(chart);
    double line = chart->medium->line;
    frame_line(chart->frame, ROLE_AXIS, NULL,
               (Point[]){{x, panel->rect.y}, {x, panel->rect.y + panel->rect.h}}, 2,
               paint_stroke(chart_color(chart, "axis"), line * 1.35));
    paint_years(chart, panel);
    Paint leader = paint_stroke(chart_color(chart, "leader"), line);
    for (size_t i = 0; i < n; i++) {
        const UprightEvent *event = &events[i];
        if (!event->is_placed) continue;
        LabelLine way = leader_of(chart, event, x, left);
        frame_line(chart->frame, ROLE_LEADER, event->key, (Point[]){way.a, way.b}, 2, leader);
    }
    for (size_t i = 0; i < n; i++) {
        const UprightEvent *event = &events[i];
        paint_days(chart, panel, event, paint_stroke(chart_edge(chart, color), line * 3));
        Paint dot = when_fill(chart, date_qualifiers(event->date), color);
        if (!dot.stroke.a) { /* a rim parts neighbours */
            dot.stroke = chart->frame->background;
            dot.width = line;
        }
        frame_circle(chart->frame, ROLE_MARK, event->key, (Point){x, event->dot_y}, radius, dot);
        if (event->is_placed)
            text_draw(event->block, chart->frame, (Point){left, event->y}, ALIGN_LEFT, ROLE_LABEL,
                      event->key, false);
    }
}
