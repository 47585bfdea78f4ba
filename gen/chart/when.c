#include "chart/when.h"

#include "chart/convention.h"

#include <math.h>

static double em_of(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size;
}

static WhenEnd missing_end(unsigned flags) {
    return flags & DATE_UNKNOWN ? WHEN_UNKNOWN : WHEN_OPEN;
}

/* How far a bar goes on beside the one end that is known. */
static double stub(const Chart *chart) {
    return em_of(chart) * 3;
}

bool when_is_shown(const Chart *chart, Date date) {
    return figure_shows(chart->figure, date);
}

double when_day(const Chart *chart, Date date) {
    const Figure *figure = chart->figure;
    if (date_has_start(date)) date.first = MAX(date.first, figure->from.first);
    if (date_has_end(date)) date.last = MIN(date.last, figure->to.last);
    return date_middle(date);
}

static const double HAIR = 0.01;

When when_along(const Chart *chart, Date date, Scale scale) {
    double low = scale_map(scale, chart->figure->from.first),
           high = scale_map(scale, chart->figure->to.last + 1.0);
    bool has_start = date_has_start(date), has_end = date_has_end(date);
    When when = {.x0 = has_start ? scale_map(scale, date.first) : low,
                 .x1 = has_end ? scale_map(scale, date.last + 1.0) : high,
                 .start = has_start ? WHEN_SHARP : missing_end(date.start),
                 .end = has_end ? WHEN_SHARP : missing_end(date.end),
                 .qualifiers = date_qualifiers(date)};
    if (when.start == WHEN_UNKNOWN) when.x0 = when.x1 - stub(chart);
    if (when.end == WHEN_UNKNOWN) when.x1 = when.x0 + stub(chart);
    if (when.start == WHEN_SHARP && when.x0 < low - HAIR) when.start = WHEN_CUT;
    if (when.end == WHEN_SHARP && when.x1 > high + HAIR) when.end = WHEN_CUT;
    when.x0 = fmax(when.x0, low);
    when.x1 = fmin(when.x1, high);
    when.x = scale_map(scale, when_day(chart, date));
    return when;
}

When when_of(const Chart *chart, Date date) {
    return when_along(chart, date, chart->x);
}

Paint when_fill(Chart *chart, unsigned qualifiers, Color color) {
    if (!qualifiers) return chart_fill(chart, color);
    convention_note(chart, qualifiers & DATE_UNCERTAIN ? CONVENTION_DASHED : CONVENTION_HOLLOW);
    Color background = theme_background(chart->context->theme);
    double line = chart->medium->line;
    return (Paint){.fill = color_over(color_with_alpha(color, 0.14), background),
                   .stroke = chart_edge(chart, color_over(color, background)),
                   .width = line * 1.6,
                   .dash = qualifiers & DATE_UNCERTAIN ? line * 4 : 0};
}

static bool fades(WhenEnd end) {
    return end == WHEN_OPEN || end == WHEN_UNKNOWN;
}

static double fade_length(const Chart *chart, Rect rect) {
    return fmin(em_of(chart) * 3, rect.w * 0.45);
}

/* Opaque bars, each shorter and darker than the one under it: seams cannot show. */
static void paint_fading(Chart *chart, const When *when, Role role, const char *key, Rect rect,
                         Color color) {
    enum { STEPS = 24 };
    convention_note(chart, CONVENTION_OPEN);
    Color background = theme_background(chart->context->theme);
    double length = fade_length(chart, rect) / STEPS;
    for (int i = 1; i <= STEPS; i++) {
        Rect part = rect;
        if (fades(when->start)) part.x += length * (i - 1), part.w -= length * (i - 1);
        if (fades(when->end)) part.w -= length * (i - 1);
        double alpha = color.a / 255.0 * i / STEPS;
        Color shade = color_over(color_with_alpha(color, alpha), background);
        frame_rect(chart->frame, role, key, part, paint_fill(shade));
    }
}

/* Without the sides where it goes on; it ends before what fades. */
static void paint_outline(Chart *chart, const When *when, Role role, const char *key, Rect rect,
                          Paint paint) {
    paint.fill = (Color){0};
    double half = paint.width / 2, x0 = rect.x, x1 = rect.x + rect.w;
    if (fades(when->start)) x0 += fade_length(chart, rect);
    if (fades(when->end)) x1 -= fade_length(chart, rect);
    double y0 = rect.y + half, y1 = rect.y + rect.h - half;
    bool has_start = when->start == WHEN_SHARP, has_end = when->end == WHEN_SHARP;
    if (has_start) x0 += half;
    if (has_end) x1 -= half;
    if (has_start && has_end) {
        frame_polygon(chart->frame, role, key, (Point[]){{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, 4,
                      paint);
    } else if (has_start) {
        frame_line(chart->frame, role, key, (Point[]){{x1, y0}, {x0, y0}, {x0, y1}, {x1, y1}}, 4,
                   paint);
    } else if (has_end) {
        frame_line(chart->frame, role, key, (Point[]){{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, 4,
                   paint);
    } else {
        frame_line(chart->frame, role, key, (Point[]){{x0, y0}, {x1, y0}}, 2, paint);
        frame_line(chart->frame, role, key, (Point[]){{x0, y1}, {x1, y1}}, 2, paint);
    }
}

/* An outline; where it fades, so does what is inside. */
static void paint_hollow(Chart *chart, const When *when, Role role, const char *key, Rect rect,
                         Color color) {
    Paint paint = when_fill(chart, when->qualifiers, color);
    if (fades(when->start) || fades(when->end))
        paint_fading(chart, when, role, key, rect, paint.fill);
    else
        frame_rect(chart->frame, role, key, rect, paint_fill(paint.fill));
    paint_outline(chart, when, role, key, rect, paint);
}

/* A pale colour keeps its outline where it does not fade. */
static void paint_open(Chart *chart, const When *when, Role role, const char *key, Rect rect,
                       Color color) {
    paint_fading(chart, when, role, key, rect, color);
    Paint paint = chart_fill(chart, color);
    if (role == ROLE_MARK && paint.stroke.a) paint_outline(chart, when, role, key, rect, paint);
}

/* A lane that goes on outside the plot points there: else it would seem to start or end at the
 * edge. Taller shapes, columns and bands, are cut by the edge itself. */
static bool is_lane(const Chart *chart, Rect rect) {
    return rect.h <= em_of(chart) * 2 && rect.w > rect.h * 2;
}

static void paint_cut(Chart *chart, const When *when, Role role, const char *key, Rect rect,
                      Color color) {
    convention_note(chart, CONVENTION_CUT);
    double x0 = rect.x, x1 = rect.x + rect.w, y1 = rect.y + rect.h, middle = rect.y + rect.h / 2;
    double tip = rect.h * 0.6;
    double left = when->start == WHEN_CUT ? tip : 0, right = when->end == WHEN_CUT ? tip : 0;
    Point points[] = {{x0, middle}, {x0 + left, rect.y}, {x1 - right, rect.y},
                      {x1, middle}, {x1 - right, y1},    {x0 + left, y1}};
    frame_polygon(chart->frame, role, key, points, G_N_ELEMENTS(points),
                  role == ROLE_MARK ? chart_fill(chart, color) : paint_fill(color));
}

void when_paint_rect(Chart *chart, const When *when, Role role, const char *key, Rect rect,
                     Color color) {
    if (when->qualifiers)
        paint_hollow(chart, when, role, key, rect, color);
    else if (fades(when->start) || fades(when->end))
        paint_open(chart, when, role, key, rect, color);
    else if ((when->start == WHEN_CUT || when->end == WHEN_CUT) && is_lane(chart, rect))
        paint_cut(chart, when, role, key, rect, color);
    else if (role == ROLE_MARK)
        chart_rect(chart, role, key, rect, color);
    else
        frame_rect(chart->frame, role, key, rect, paint_fill(color));
}

/* Less than this beside a symbol is not seen. */
static const double LEAST_REACH = 0.5;

/* Half of the height of a cap, in type sizes. */
static const double TIP = 0.28;

static bool is_reached(const Chart *chart, double from, double to) {
    return to - from > LEAST_REACH * em_of(chart);
}

bool when_has_reach(const Chart *chart, const When *when, double radius) {
    return is_reached(chart, when->x0, when->x - radius) ||
           is_reached(chart, when->x + radius, when->x1);
}

Rect when_reach(const Chart *chart, const When *when, double y, double radius) {
    double half = em_of(chart) * TIP;
    double x0 = is_reached(chart, when->x0, when->x - radius) ? when->x0 : when->x - radius;
    double x1 = is_reached(chart, when->x + radius, when->x1) ? when->x1 : when->x + radius;
    return (Rect){x0, y - half, x1 - x0, 2 * half};
}

/* A line along the axis of time or, drawn downwards, along an upright one. */
typedef struct {
    double across;
    bool is_down;
} Track;

static Point point_on(Track track, double along, double aside) {
    double across = track.across + aside;
    return track.is_down ? (Point){across, along} : (Point){along, across};
}

static void paint_tip(Chart *chart, WhenEnd end, const char *key, Track track, double tip,
                      double direction, Paint paint) {
    double em = em_of(chart), half = em * TIP;
    if (end == WHEN_SHARP) {
        double at = tip - direction * paint.width / 2;
        frame_line(chart->frame, ROLE_MARK, key,
                   (Point[]){point_on(track, at, -half), point_on(track, at, half)}, 2, paint);
    } else if (end == WHEN_OPEN) {
        double back = tip - direction * em * 0.45;
        frame_line(chart->frame, ROLE_MARK, key,
                   (Point[]){point_on(track, back, -half), point_on(track, tip, 0),
                             point_on(track, back, half)},
                   3, paint);
    }
}

static void paint_side(Chart *chart, WhenEnd end, const char *key, Track track, double from,
                       double tip, Paint paint) {
    Paint line = paint;
    if (end == WHEN_UNKNOWN) line.dash = chart->medium->line * 3;
    convention_note(chart,
                    end == WHEN_SHARP || end == WHEN_CUT ? CONVENTION_REACH : CONVENTION_OPEN);
    frame_line(chart->frame, ROLE_MARK, key,
               (Point[]){point_on(track, from, 0), point_on(track, tip, 0)}, 2, line);
    paint_tip(chart, end, key, track, tip, tip > from ? 1 : -1, paint);
}

static void paint_track(Chart *chart, const When *when, const char *key, Track track, double radius,
                        Color color) {
    double weight = track.is_down ? 3 : 1.6; /* it lies on the line of time itself */
    Paint paint = paint_stroke(chart_edge(chart, color), chart->medium->line * weight);
    if (is_reached(chart, when->x0, when->x - radius))
        paint_side(chart, when->start, key, track, when->x - radius, when->x0, paint);
    if (is_reached(chart, when->x + radius, when->x1))
        paint_side(chart, when->end, key, track, when->x + radius, when->x1, paint);
}

void when_paint_reach(Chart *chart, const When *when, const char *key, double y, double radius,
                      Color color) {
    paint_track(chart, when, key, (Track){.across = y}, radius, color);
}

void when_paint_reach_down(Chart *chart, const When *when, const char *key, double x, double radius,
                           Color color) {
    paint_track(chart, when, key, (Track){.across = x, .is_down = true}, radius, color);
}
