#include "chart/upright.h"

#include "chart/key.h"
#include "chart/label_margin.h"
#include "chart/when.h"

#include <math.h>
#include <stdlib.h>

/* In type sizes of labels: from the years to the line, from the line to the texts, between texts.
 */
static const double YEARS_GAP = 0.9, MARGIN = 2.2, GAP = 0.5;
/* Between texts that would not be where they were otherwise, and some are new. */
static const double TIGHT = 0.14;
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

static double height_of(const UprightEvent *event) {
    return text_box(event->block, (Point){0, 0}, ALIGN_LEFT).h;
}

static double wish_of(const UprightEvent *event) {
    return event->was_placed ? event->was : event->dot_y - first_line(event);
}

static size_t gather(const UprightEvent *events, size_t n, MarginLabel *ret) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (events[i].is_placed)
            ret[m++] = (MarginLabel){.wish = wish_of(&events[i]), .height = height_of(&events[i])};
    return m;
}

/* ---- layout memory: where texts were, from their dots, and what the panel grew by */

static const char grow_key[] = ".grow";

static bool recall_places(const Chart *chart, UprightEvent *events, size_t n) {
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const LockPlace *was = chart_recall(chart, 0, events[i].key);
        events[i].was_placed = was && was->kind == LOCK_BESIDE;
        events[i].was_left_out = was && was->kind == LOCK_LEFT_OUT;
        if (events[i].was_placed) events[i].was = events[i].dot_y + was->y;
        any |= events[i].was_placed;
    }
    return any;
}

/* In hundredths from its dot, as the memory counts: what is read again is the same. */
static void remember_places(Chart *chart, UprightEvent *events, size_t n) {
    for (size_t i = 0; i < n; i++) {
        UprightEvent *event = &events[i];
        LockPlace place = {.kind = event->is_placed ? LOCK_BESIDE : LOCK_LEFT_OUT};
        if (event->is_placed) place.y = round((event->y - event->dot_y) * 100) / 100;
        event->y = event->dot_y + place.y;
        if (event->block->n_lines) chart_remember(chart, 0, event->key, place);
    }
}

/* What the panel has without what it was given must not depend on that: the figure settles. A
 * height that the texts still fit is kept: another would move them all. */
static void ask_for_height(Chart *chart, const MarginLabel *labels, size_t n, double room) {
    const LockPlace *was = chart_recall(chart, 0, grow_key);
    double em = em_of(chart), usual = room - chart->grow;
    double wanted = label_margin_height(labels, n, em * GAP) * AIR;
    double most = chart->frame->width * HIGHEST;
    double grow = ceil(fmax(fmin(wanted, most) - usual, 0));
    double former = was && was->kind == LOCK_ROOM ? was->x : -1;
    bool is_enough =
        label_margin_height(labels, n, em * TIGHT) <= usual + former || usual + former >= most - 1;
    bool is_fair = former >= 0 && former <= fmax(grow * 2, usual * 0.5);
    if (is_fair && is_enough) grow = former;
    chart->grow_wanted = grow;
    chart_remember(chart, 0, grow_key, (LockPlace){.kind = LOCK_ROOM, .x = grow});
}

/* ---- who stays, where there is not room for all */

static size_t find_lowest(const UprightEvent *events, size_t n) {
    size_t lowest = n;
    for (size_t i = 0; i < n; i++)
        if (events[i].is_placed && (lowest == n || events[i].rank <= events[lowest].rank))
            lowest = i;
    return lowest;
}

/* For what is new, the nearest that ranks lower: those between them alone must move. */
static size_t find_giver(const UprightEvent *events, size_t n) {
    size_t guest = n, giver = n;
    for (size_t i = 0; i < n; i++)
        if (events[i].is_placed && !events[i].was_placed &&
            (guest == n || events[i].rank <= events[guest].rank))
            guest = i;
    if (guest == n) return find_lowest(events, n);
    for (size_t i = 0; i < n; i++) {
        if (!events[i].is_placed || i == guest || events[i].rank >= events[guest].rank) continue;
        double away = fabs(events[i].dot_y - events[guest].dot_y);
        if (giver == n || away < fabs(events[giver].dot_y - events[guest].dot_y)) giver = i;
    }
    return giver == n ? guest : giver;
}

/* The free height between the texts before and after this one. */
static bool find_gap(const UprightEvent *events, size_t n, size_t i, double top, double bottom,
                     double gap, double *ret_y) {
    double low = top, high = bottom, height = height_of(&events[i]);
    for (size_t k = 0; k < i; k++)
        if (events[k].is_placed) low = events[k].y + height_of(&events[k]) + gap;
    for (size_t k = n; k-- > i + 1;)
        if (events[k].is_placed) high = events[k].y - gap;
    if (high - low < height) return false;
    *ret_y = fmin(fmax(wish_of(&events[i]), low), high - height);
    return true;
}

/* Those left out that have room where they are, the greatest first: another run that remembers this
 * one finds none. */
static void fill_gaps(const Chart *chart, UprightEvent *events, size_t n, double top,
                      double bottom) {
    double gap = em_of(chart) * TIGHT;
    g_autofree bool *is_tried = g_new0(bool, n + 1);
    for (size_t round = 0; round < n; round++) {
        size_t next = n;
        for (size_t i = 0; i < n; i++)
            if (!events[i].is_placed && !is_tried[i] && events[i].block->n_lines &&
                (next == n || events[i].rank > events[next].rank))
                next = i;
        if (next == n) return;
        is_tried[next] = true;
        events[next].is_placed = find_gap(events, n, next, top, bottom, gap, &events[next].y);
    }
}

static bool is_as_it_was(const MarginLabel *labels, size_t n, double gap, double top,
                         double bottom) {
    static const double nearly = 0.02; /* memory counts in hundredths */
    double low = top;
    for (size_t i = 0; i < n; i++) {
        if (labels[i].wish < low - nearly) return false;
        low = labels[i].wish + labels[i].height + gap;
    }
    return low - gap <= bottom + nearly;
}

static void set_texts(Chart *chart, const PanelView *panel, UprightEvent *events, size_t n) {
    double em = em_of(chart), top = panel->rect.y, bottom = top + panel->rect.h;
    MarginLabel *labels = ARENA_ARRAY(chart->arena, MarginLabel, n + 1);
    bool is_known = recall_places(chart, events, n);
    double gap = em * (is_known ? TIGHT : GAP);
    for (size_t i = 0; i < n; i++) events[i].is_placed = events[i].block->n_lines;
    ask_for_height(chart, labels, gather(events, n, labels), panel->rect.h);
    for (size_t i = 0; i < n; i++) events[i].is_placed &= !events[i].was_left_out;
    size_t m = gather(events, n, labels);
    bool is_set = is_known && is_as_it_was(labels, m, gap, top, bottom);
    for (size_t i = 0; is_set && i < m; i++) labels[i].y = labels[i].wish;
    while (m && !is_set && !(is_set = label_margin_set(labels, m, gap, top, bottom))) {
        events[find_giver(events, n)].is_placed = false;
        m = gather(events, n, labels);
    }
    for (size_t i = 0, k = 0; i < n; i++)
        if (events[i].is_placed) events[i].y = labels[k++].y;
    fill_gaps(chart, events, n, top, bottom);
    remember_places(chart, events, n);
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
        chart_anchor(chart, panel, event->date, event->key, dot, dot_radius(chart));
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
        When when = when_along(chart, event->date, scale_of(chart, panel));
        when_paint_reach_down(chart, &when, event->key, x, radius, color);
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
