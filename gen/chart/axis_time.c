/* The axis of time: the strip of its names, the lines of its years. Names stand at even steps of
 * the calendar, as close as they do not touch; over a hundred days or less, at the days that hold
 * something. */
#include "chart/axis.h"

#include "chart/turn.h"

#include "lang/fr_format.h"

#include <math.h>

static TimeUnit unit_of(const Chart *chart) {
    return time_unit(chart->figure->from.first, chart->figure->to.last);
}

/* Across, where time runs downwards: room for its longest name. */
static double strip_width(Chart *chart) {
    TimeUnit unit = unit_of(chart);
    double widest = chart_plain(chart, STYLE_YEAR, "2022")->width;
    for (int month = 1; month <= 12 && unit != TIME_YEARS; month++) {
        Date date = date_from_ymd(2022, month, unit == TIME_DAYS ? 28 : 0);
        g_autofree char *text =
            fr_date(date, unit == TIME_DAYS ? FR_DATE_DAY_MONTH : FR_DATE_MONTH_SHORT);
        widest = fmax(widest, chart_plain(chart, STYLE_YEAR, text)->width);
    }
    return widest + chart->medium->styles[STYLE_YEAR].size;
}

double axis_strip_height(Chart *chart) {
    const TextStyle *style = &chart->medium->styles[STYLE_YEAR];
    if (chart->is_turned) return strip_width(chart);
    return chart->has_axis ? style->size * 2.05 : 0;
}

static double day_x(const Chart *chart, int32_t day) {
    return scale_map(chart->x, day);
}

/* The first and the next of the years or months that the axis shows a day of. */
static Date first_tick(const Chart *chart, TimeUnit unit, int step) {
    int year, month, day;
    date_civil(chart->figure->from.first, &year, &month, &day);
    int32_t start = date_from_ymd(year, unit == TIME_YEARS ? 1 : month, 1).first;
    return time_tick(unit, step, start);
}

static Date next_tick(TimeUnit unit, int step, Date date) {
    return time_tick(unit, step, date.last + 1);
}

static bool is_shown(const Chart *chart, Date date) {
    return date.first <= chart->figure->to.last;
}

/* ---- years */

static double year_width(const Chart *chart) {
    return day_x(chart, 366) - day_x(chart, 0);
}

static double year_need(Chart *chart) {
    return chart->is_turned ? chart->medium->styles[STYLE_YEAR].leading
                            : chart_plain(chart, STYLE_YEAR, "2022")->width * 1.25;
}

static int year_step(Chart *chart) {
    double width = year_width(chart), needed = year_need(chart);
    int step = time_step_after(TIME_YEARS, 0);
    while (width * step < needed && step < 1000) step = time_step_after(TIME_YEARS, step);
    return step;
}

void axis_paint_years(Chart *chart, Paint paint) {
    if (!chart->has_axis || unit_of(chart) != TIME_YEARS) return;
    int step = year_step(chart) > 2 ? year_step(chart) : 1;
    int32_t end = chart->figure->to.last + 1;
    for (Date year = time_tick(TIME_YEARS, step, chart->figure->from.first); year.first <= end;
         year = next_tick(TIME_YEARS, step, year)) {
        double x = day_x(chart, year.first);
        for (size_t i = 0; i < chart->figure->n_panels; i++) {
            Rect r = chart->panels[i].rect;
            frame_line(chart->frame, ROLE_GRID, NULL, (Point[]){{x, r.y}, {x, r.y + r.h}}, 2,
                       paint);
        }
    }
}

/* ---- names */

/* In the strip that stands between two panels. */
static bool paint_turned_tick(Chart *chart, TextBlock *block, double y, double *last_end) {
    double half = chart->medium->styles[STYLE_YEAR].leading / 2;
    if (y - half < *last_end) return false;
    Point middle = {y, chart->strip_y + chart->strip_height / 2};
    Point at = {point_swap(chart->swap, middle).x, y - block->ascent * 0.62};
    text_draw(block, chart->frame, at, ALIGN_CENTER, ROLE_TICK, NULL, false);
    *last_end = y + half;
    return true;
}

/* A short name may reach over the edge of the plot, never over that of the canvas: letters go past
 * their advance. A long one comes in. */
static double tick_x(const Chart *chart, const TextBlock *block, double x) {
    double em = chart->medium->styles[STYLE_YEAR].size, half = block->width / 2;
    bool is_short = half < 2 * em;
    double left = is_short ? em * 0.1 : chart->plot.x;
    double right = is_short ? chart->frame->width - em * 0.1 : chart->plot.x + chart->plot.w;
    return fmin(fmax(x, left + half), right - half);
}

static double tick_gap(const Chart *chart) {
    return chart->medium->styles[STYLE_YEAR].size * 0.4;
}

/* Draws a tick text centred at x in the strip, unless it would touch the one before. */
static bool paint_tick(Chart *chart, const char *text, double x, double *last_end) {
    TextBlock *block = chart_plain(chart, STYLE_YEAR, text);
    if (chart->is_turned) return paint_turned_tick(chart, block, x, last_end);
    double half = block->width / 2;
    x = tick_x(chart, block, x);
    if (x - half < *last_end) return false;
    double y = chart->strip_y + (chart->strip_height - block->ascent) / 2;
    text_draw(block, chart->frame, (Point){x, y}, ALIGN_CENTER, ROLE_TICK, NULL, false);
    *last_end = x + half + tick_gap(chart);
    return true;
}

static const char *year_name(Chart *chart, Date year) {
    return arena_printf(chart->arena, "%d", date_year(year.first));
}

/* Of the days that the axis shows. */
static double year_start(const Chart *chart, Date year) {
    return MAX(year.first, chart->figure->from.first);
}

static double year_end(const Chart *chart, Date year) {
    return MIN(year.last, chart->figure->to.last) + 1.0;
}

static double year_x(const Chart *chart, Date year) {
    return scale_map(chart->x, (year_start(chart, year) + year_end(chart, year)) / 2);
}

/* A name that comes in from the edge may touch the next: then it is the one to leave out. */
static bool touches_next(Chart *chart, Date year, int step) {
    Date next = next_tick(TIME_YEARS, step, year);
    if (chart->is_turned || !is_shown(chart, next)) return false;
    const TextBlock *block = chart_plain(chart, STYLE_YEAR, year_name(chart, year));
    const TextBlock *other = chart_plain(chart, STYLE_YEAR, year_name(chart, next));
    double end = tick_x(chart, block, year_x(chart, year)) + block->width / 2;
    double start = tick_x(chart, other, year_x(chart, next)) - other->width / 2;
    return start < end + tick_gap(chart);
}

static void paint_year_names(Chart *chart) {
    double width = year_width(chart), needed = year_need(chart), last_end = -INFINITY;
    int step = year_step(chart);
    for (Date year = first_tick(chart, TIME_YEARS, step); is_shown(chart, year);
         year = next_tick(TIME_YEARS, step, year)) {
        double share = (year_end(chart, year) - year_start(chart, year)) / 365;
        /* A sliver of a year has no room for its name. */
        if (step == 1 && share * width < needed / 1.35) continue;
        if (last_end < 0 && touches_next(chart, year, step)) continue;
        paint_tick(chart, year_name(chart, year), year_x(chart, year), &last_end);
    }
}

static const char *month_name(Chart *chart, Date month) {
    g_autofree char *text = fr_date(month, FR_DATE_MONTH_SHORT);
    return arena_strdup(chart->arena, text);
}

/* Does no name touch the one before? */
static bool months_fit(Chart *chart, int step) {
    double leading = chart->medium->styles[STYLE_YEAR].leading, last_end = -INFINITY;
    for (Date month = first_tick(chart, TIME_MONTHS, step); is_shown(chart, month);
         month = next_tick(TIME_MONTHS, step, month)) {
        const TextBlock *block = chart_plain(chart, STYLE_YEAR, month_name(chart, month));
        double half = chart->is_turned ? leading / 2 : block->width / 2;
        double x = scale_map(chart->x, date_middle(month));
        if (!chart->is_turned) x = tick_x(chart, block, x);
        if (x - half < last_end) return false;
        last_end = x + half + (chart->is_turned ? 0 : tick_gap(chart));
    }
    return true;
}

static void paint_month_names(Chart *chart) {
    int step = time_step_after(TIME_MONTHS, 0);
    while (step < 12 && !months_fit(chart, step)) step = time_step_after(TIME_MONTHS, step);
    double last_end = -INFINITY;
    for (Date month = first_tick(chart, TIME_MONTHS, step); is_shown(chart, month);
         month = next_tick(TIME_MONTHS, step, month))
        paint_tick(chart, month_name(chart, month), scale_map(chart->x, date_middle(month)),
                   &last_end);
}

/* Of what lasts, its two ends are days worth naming. */
static bool has_mark_on(const Chart *chart, int32_t day) {
    for (guint i = 0; i < chart->anchors->len; i++) {
        Date date = g_array_index(chart->anchors, Anchor, i).date;
        if (date.first == day || date.last == day) return true;
    }
    return false;
}

/* Over a month or so, the days worth naming are those that show something; the first of each month
 * says it. */
static void paint_day_names(Chart *chart) {
    double last_end = -INFINITY;
    int named = 0;
    for (int32_t day = chart->figure->from.first; day <= chart->figure->to.last; day++) {
        if (!has_mark_on(chart, day)) continue;
        int year, month, of_month;
        date_civil(day, &year, &month, &of_month);
        g_autofree char *text = month != named ? fr_date(date_of_day(day), FR_DATE_DAY_MONTH)
                                               : g_strdup_printf("%d", of_month);
        if (paint_tick(chart, text, scale_map(chart->x, day + 0.5), &last_end)) named = month;
    }
}

void axis_paint_strip(Chart *chart) {
    if (!chart->has_axis) return;
    switch (unit_of(chart)) {
    case TIME_YEARS: paint_year_names(chart); break;
    case TIME_MONTHS: paint_month_names(chart); break;
    case TIME_DAYS: paint_day_names(chart);
    }
    size_t from = chart->frame->n;
    Paint paint = paint_stroke(chart_color(chart, "axis"), chart->medium->line * 1.35);
    double x0 = chart->plot.x, x1 = chart->plot.x + chart->plot.w;
    for (size_t i = 0; i < chart->figure->n_panels; i++) {
        const PanelView *panel = &chart->panels[i];
        double y = panel->hangs ? panel->rect.y : panel->rect.y + panel->rect.h;
        frame_line(chart->frame, ROLE_AXIS, NULL, (Point[]){{x0, y}, {x1, y}}, 2, paint);
    }
    if (chart->is_turned) turn_shapes(chart, from);
}
