#include "chart/spark.h"

#include "chart/scale.h"
#include "lang/fr_format.h"

#include <math.h>

/* In type sizes of the words beside it. */
static const double BAR_STEP = 0.2, LEAST_BAR_STEP = 0.07, MOST_BARS_WIDTH = 4;
static const double LINE_WIDTH = 3.2, LEAST_LINE_WIDTH = 1.4;

/* Of a bar's step, left empty. */
static const double BAR_GAP = 0.3;

static double last_place(const Spark *spark) {
    return spark->points[spark->n_points - 1].at;
}

SparkWidth spark_width(const Spark *spark, double em) {
    if (spark->kind == SPARK_LINE) return (SparkWidth){LINE_WIDTH * em, LEAST_LINE_WIDTH * em};
    double n = last_place(spark) + 1;
    double wished = fmin(n * BAR_STEP, fmax(MOST_BARS_WIDTH, n * LEAST_BAR_STEP));
    return (SparkWidth){wished * em, n * LEAST_BAR_STEP * em};
}

/* ---- names of the ends */

static TextBlock *set_date(const ChartContext *context, Date date, FrDateStyle as, Arena *arena,
                           Diag *diag) {
    TextStyle style = context->medium->styles[STYLE_TICK];
    style.size = fmax(context->medium->floor, style.size * 0.9);
    style.leading = 0;
    const char *text = arena_take(arena, fr_date(date, as));
    RichText rich = rich_plain(text, &context->theme->typography, arena);
    return text_set(context->fonts, &style, rich.spans, rich.n, 0, FIT_BALANCED, arena, diag);
}

static double ends_gap(const ChartContext *context) {
    return context->medium->floor * 0.3;
}

/* Dates as they are known or, where those are too long, their years. */
SparkEnds spark_ends(const Spark *spark, const ChartContext *context, double width, Arena *arena,
                     Diag *diag) {
    static const FrDateStyle styles[] = {FR_DATE_SHORT, FR_DATE_YEAR};
    Date first = spark->points[0].date, last = spark->points[spark->n_points - 1].date;
    bool has_years = date_year(first.first) != date_year(last.last);
    for (size_t i = 0; i < (has_years ? 2 : 1) && spark->n_points > 1; i++) {
        SparkEnds ends = {.first = set_date(context, first, styles[i], arena, diag),
                          .last = set_date(context, last, styles[i], arena, diag)};
        double space = context->medium->floor * 0.5;
        if (ends.first->width + space + ends.last->width > width) continue;
        ends.height = ends_gap(context) + ends.first->ascent + ends.first->descent;
        return ends;
    }
    return (SparkEnds){0};
}

/* ---- colours */

typedef struct {
    Color quiet, loud;
} Tones;

/* A colour that is pale itself has its paler tone at 3:1, and is darkened to stand out from it. */
static Tones tones_of(const Theme *theme, Color color) {
    static const double LEAST = 3, LEAST_LOUD = 5.5, SHARE = 0.45;
    Color ground = color_over(theme_background(theme), (Color){255, 255, 255, 255});
    Color loud = color_strengthen(color, ground, theme_role(theme, "ink"), LEAST_LOUD);
    Color pale = color_over(color_with_alpha(loud, SHARE), ground);
    return (Tones){.quiet = color_strengthen(pale, ground, loud, LEAST), .loud = loud};
}

/* ---- drawing */

typedef struct {
    const Spark *spark;
    Frame *frame;
    Rect rect;
    double thin; /* a line of the medium */
    Tones tones;
} Sketch;

static bool has_value(const SparkPoint *point) {
    return point->value.kind != VALUE_NULL;
}

static void values_span(const Spark *spark, double *ret_least, double *ret_most) {
    *ret_least = INFINITY, *ret_most = -INFINITY;
    for (size_t i = 0; i < spark->n_points; i++) {
        if (!has_value(&spark->points[i])) continue;
        *ret_least = fmin(*ret_least, value_number(spark->points[i].value));
        *ret_most = fmax(*ret_most, value_number(spark->points[i].value));
    }
}

/* From zero, upwards or downwards; what is too small to see is a tick, and so is zero. */
static void paint_bars(const Sketch *sketch) {
    const Spark *spark = sketch->spark;
    Rect rect = sketch->rect;
    double least, most;
    values_span(spark, &least, &most);
    least = fmin(least, 0), most = fmax(most, 0);
    Scale y = {.d0 = least, .d1 = most > least ? most : 1, .r0 = rect.y + rect.h, .r1 = rect.y};
    double step = rect.w / (last_place(spark) + 1 - BAR_GAP); /* no gap behind the last */
    for (size_t i = 0; i < spark->n_points; i++) {
        const SparkPoint *point = &spark->points[i];
        if (!has_value(point)) continue;
        double value = value_number(point->value), zero = scale_map(y, 0);
        double h = fmax(fabs(scale_map(y, value) - zero), sketch->thin);
        bool is_below = value < 0 || (value == 0 && most <= 0 && least < 0);
        Rect bar = {rect.x + point->at * step, is_below ? zero : zero - h, step * (1 - BAR_GAP), h};
        frame_rect(sketch->frame, ROLE_MARK, point->key, bar,
                   paint_fill(point->is_high ? sketch->tones.loud : sketch->tones.quiet));
    }
}

typedef struct {
    Scale x, y;
    double stroke, dot;
} LineScales;

static LineScales line_scales(const Sketch *sketch) {
    double least, most;
    values_span(sketch->spark, &least, &most);
    LineScales scales = {.stroke = sketch->thin * 1.8, .dot = sketch->thin * 3};
    Rect room = rect_grow(sketch->rect, -scales.dot); /* dots stay within, at the ends too */
    double end = last_place(sketch->spark), middle = room.y + room.h / 2;
    scales.x = (Scale){.d1 = end > 0 ? end : 1, .r0 = room.x, .r1 = room.x + room.w};
    scales.y = (Scale){.d0 = least, .d1 = most, .r0 = room.y + room.h, .r1 = room.y};
    if (most <= least) scales.y = (Scale){.d0 = least, .d1 = least + 1, .r0 = middle, .r1 = middle};
    return scales;
}

static Point stop_of(const LineScales *scales, const SparkPoint *point) {
    return (Point){scale_map(scales->x, point->at),
                   scale_map(scales->y, value_number(point->value))};
}

/* A stretch between two gaps; of one value alone, a dot as thick as the line would make it. */
static void paint_stretch(const Sketch *sketch, const LineScales *scales, const Point *points,
                          size_t n, const char *key) {
    if (n > 1)
        frame_line(sketch->frame, ROLE_MARK, key, points, n,
                   paint_stroke(sketch->tones.quiet, scales->stroke));
    else if (n)
        frame_circle(sketch->frame, ROLE_MARK, key, points[0], scales->stroke * 0.8,
                     paint_fill(sketch->tones.quiet));
}

static void paint_line(const Sketch *sketch, Arena *arena) {
    const Spark *spark = sketch->spark;
    LineScales scales = line_scales(sketch);
    Point *points = ARENA_ARRAY(arena, Point, spark->n_points);
    size_t n = 0, first = 0;
    for (size_t i = 0; i < spark->n_points; i++) {
        const SparkPoint *point = &spark->points[i];
        if (!has_value(point)) continue;
        if (point->is_apart) {
            paint_stretch(sketch, &scales, points, n, spark->points[first].key);
            n = 0, first = i;
        }
        points[n++] = stop_of(&scales, point);
    }
    paint_stretch(sketch, &scales, points, n, spark->points[first].key);
    for (size_t i = 0; i < spark->n_points; i++)
        if (spark->points[i].is_high)
            frame_circle(sketch->frame, ROLE_MARK, spark->points[i].key,
                         stop_of(&scales, &spark->points[i]), scales.dot,
                         paint_fill(sketch->tones.loud));
}

static void paint_ends(const SparkEnds *ends, double gap, Frame *frame, Rect rect) {
    double y = rect.y + rect.h + gap;
    text_draw(ends->first, frame, (Point){rect.x, y}, ALIGN_LEFT, ROLE_TICK, NULL, false);
    text_draw(ends->last, frame, (Point){rect.x + rect.w, y}, ALIGN_RIGHT, ROLE_TICK, NULL, false);
}

void spark_paint(const Spark *spark, const SparkEnds *ends, const ChartContext *context,
                 Frame *frame, Rect rect, Color color) {
    g_autoptr(Arena) arena = arena_new();
    const Sketch sketch = {.spark = spark,
                           .frame = frame,
                           .rect = rect,
                           .thin = context->medium->line,
                           .tones = tones_of(context->theme, color)};
    if (spark->kind == SPARK_BARS)
        paint_bars(&sketch);
    else
        paint_line(&sketch, arena);
    if (ends->height > 0) paint_ends(ends, ends_gap(context), frame, rect);
}
