#include "chart/axis.h"

#include "chart/turn.h"

#include "lang/fr_format.h"
#include "lang/fr_number.h"

#include <math.h>
#include <string.h>

/* ---- names of bands */

enum { MOST_LINES = 3 }; /* under a column */

Bands axis_bands(const Chart *chart, const PanelView *panel) {
    double left = chart->plot.x + chart->left_need;
    return bands_make(left, chart->plot.x + chart->plot.w, panel->n_bands, 0.18);
}

/* Years and dates follow one another: some may go without their name. */
static bool is_series(const PanelView *panel) {
    for (size_t i = 0; i < panel->n_bands; i++)
        if (panel->bands[i].kind == VALUE_TEXT) return false;
    return true;
}

static TextBlock *band_name(Chart *chart, const PanelView *panel, size_t i) {
    double air = chart->medium->styles[STYLE_TICK].size * 0.4;
    double width = is_series(panel) ? 0 : fmax(axis_bands(chart, panel).step - air, air);
    return chart_name(chart, STYLE_TICK, panel->bands[i], width);
}

static size_t band_lines(Chart *chart, const PanelView *panel) {
    size_t lines = 1;
    for (size_t i = 0; i < panel->n_bands; i++)
        lines = MAX(lines, band_name(chart, panel, i)->n_lines);
    return MIN(lines, MOST_LINES);
}

bool axis_has_band_names(Chart *chart, const PanelView *panel) {
    for (size_t i = 0; i < panel->n_bands; i++) {
        const TextBlock *name = band_name(chart, panel, i);
        if (name->is_cut || name->n_lines > MOST_LINES) return false;
    }
    return true;
}

/* From the foot of the panel to its texts: more where marks reach below it. */
static double foot_gap(const Chart *chart, const PanelView *panel) {
    static const double gap = 0.5, air = 0.2; /* type sizes */
    double em = chart->medium->styles[STYLE_TICK].size;
    return fmax(em * gap, panel->foot.overhang + em * air);
}

double axis_foot_height(Chart *chart, const PanelView *panel) {
    const TextStyle *style = &chart->medium->styles[STYLE_TICK];
    if (!panel->foot.is_shown && !panel->n_bands) return 0;
    bool is_last = panel + 1 == chart->panels + chart->figure->n_panels;
    size_t more = band_lines(chart, panel) - 1;
    return foot_gap(chart, panel) + style->size * (is_last ? 1.1 : 1.9) +
           style->leading * (double)more + (panel->foot.title ? style->leading * 1.1 : 0);
}

double axis_title_height(const Chart *chart, const PanelView *panel) {
    return panel->title ? chart->medium->styles[STYLE_TICK].leading * 1.2 : 0;
}

/* ---- scales of numbers */

static size_t most_values(const Chart *chart, const PanelView *panel) {
    double apart = chart->medium->styles[STYLE_TICK].leading * 2.4;
    return (size_t)MAX(2, MIN(5, (int)(panel->rect.h / apart)));
}

/* Off 0, one more: both ends may have one. */
static size_t most_along_foot(const Chart *chart, const Scale *scale, bool is_floating) {
    double apart = chart->medium->styles[STYLE_TICK].size * 5;
    return (size_t)CLAMP((scale->r1 - scale->r0) / apart, 1, 6) + is_floating;
}

/* Both ends of a domain; a floating one starts where it is near. */
static void lay_domain(Scale *scale, const Domain *domain, bool is_floating, size_t most) {
    scale->d1 = domain->high;
    if (domain->is_log && domain->least > 0) {
        scale->kind = SCALE_LOG;
        scale->d0 =
            is_floating ? scale_log_start(domain->least) : pow(10, floor(log10(domain->least)));
        return;
    }
    static const double air = 1.06; /* what is below 0 keeps off the foot */
    scale->d1 = fmax(domain->high, 0);
    if (!is_floating && domain->is_trained && domain->low < 0) scale->d0 = domain->low * air;
    if (!is_floating || !domain->is_trained) return;
    scale->d0 = scale_start(domain->low, domain->high, most);
    /* Below 0 too, an end that is near 0 is 0. */
    if (domain->high < 0 && scale_start(-domain->high, -domain->low, most) != 0)
        scale->d1 = domain->high;
}

void axis_lay_values(const Chart *chart, PanelView *panel) {
    double top = panel->rect.y, bottom = top + panel->rect.h;
    double air = panel->rect.h * 0.1; /* the greatest bar keeps off the edge */
    panel->y =
        (Scale){.r0 = panel->hangs ? top : bottom, .r1 = panel->hangs ? bottom - air : top + air};
    lay_domain(&panel->y, &panel->values, panel->is_floating, most_values(chart, panel));
}

/* The ticks of a scale, and the 0 where a floating one starts: its foot is no length. */
static size_t ticks_of(Scale scale, bool is_floating, size_t most, double *ret_ticks) {
    size_t n = scale_ticks(scale, most, ret_ticks);
    if (!is_floating || scale.kind == SCALE_LOG || scale.d0 != 0 || n == MOST_TICKS) return n;
    memmove(ret_ticks + 1, ret_ticks, n * sizeof *ret_ticks);
    ret_ticks[0] = 0;
    return n + 1;
}

static size_t value_ticks(const Chart *chart, const PanelView *panel, double *ret_ticks) {
    return ticks_of(panel->y, panel->is_floating, most_values(chart, panel), ret_ticks);
}

static size_t foot_ticks(const Chart *chart, const PanelView *panel, double *ret_ticks) {
    const Scale *scale = &panel->foot.scale;
    size_t most = most_along_foot(chart, scale, panel->is_floating);
    return ticks_of(*scale, panel->is_floating, most, ret_ticks);
}

static void paint_foot_grid(Chart *chart, const PanelView *panel, Paint paint) {
    if (!panel->foot.has_grid) return;
    double ticks[MOST_TICKS];
    size_t n = foot_ticks(chart, panel, ticks);
    Rect r = panel->rect;
    for (size_t k = 0; k < n; k++) {
        double x = scale_map(panel->foot.scale, ticks[k]);
        frame_line(chart->frame, ROLE_GRID, NULL, (Point[]){{x, r.y}, {x, r.y + r.h}}, 2, paint);
    }
}

static void paint_grid(Chart *chart) {
    Paint paint = paint_stroke(chart_color(chart, "grid"), chart->medium->line);
    axis_paint_years(chart, paint);
    for (size_t i = 0; i < chart->figure->n_panels; i++) {
        PanelView *panel = &chart->panels[i];
        paint_foot_grid(chart, panel, paint);
        if (!panel->has_values) continue;
        double ticks[MOST_TICKS];
        size_t n = value_ticks(chart, panel, ticks);
        for (size_t k = 0; k < n; k++) {
            double y = scale_map(panel->y, ticks[k]);
            bool is_zero = ticks[k] == 0 && panel->y.d0 < 0 && !panel->is_floating;
            Paint line = is_zero ? paint_stroke(chart_color(chart, "axis"), paint.width) : paint;
            frame_line(chart->frame, ROLE_GRID, NULL,
                       (Point[]){{panel->rect.x, y}, {panel->rect.x + panel->rect.w, y}}, 2, line);
        }
    }
}

void axis_paint_grid(Chart *chart) {
    size_t from = chart->frame->n;
    paint_grid(chart);
    if (chart->is_turned) turn_shapes(chart, from);
}

static const char *digits_of(Chart *chart, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return arena_strdup(chart->arena, g_ascii_formatd(text, sizeof text, "%.12g", value));
}

/* One scale for the whole axis, its unit at the last value, or at the first where the last is a
 * bare 0; where amounts go up by powers, each in its own: 100 k€, 1 M€. */
static const char **value_labels(Chart *chart, const char *unit, bool is_log, const double *ticks,
                                 size_t n) {
    const char **labels = ARENA_ARRAY(chart->arena, const char *, n + 1);
    const char **digits = ARENA_ARRAY(chart->arena, const char *, n + 1);
    bool is_turned = n && ticks[n - 1] == 0;
    unit = unit ? unit : "";
    for (size_t i = 0; i < n; i++) digits[is_turned ? n - 1 - i : i] = digits_of(chart, ticks[i]);
    if (is_log && (!*unit || currency_sign(unit))) {
        for (size_t i = 0; i < n; i++) {
            g_auto(GStrv) one = fr_axis(&digits[i], 1, unit, FR_AXIS_EACH);
            labels[i] = arena_strdup(chart->arena, one[0]);
        }
        return labels;
    }
    g_auto(GStrv) all = fr_axis(digits, n, unit, FR_AXIS_LAST);
    for (size_t i = 0; i < n; i++)
        labels[i] = arena_strdup(chart->arena, all[is_turned ? n - 1 - i : i]);
    return labels;
}

typedef struct {
    TextBlock **blocks;
    double *y;
    size_t n;
} ValueTexts;

/* Does a line from edge to edge run through this height? A number that it struck would seem to be
 * its own. */
static bool is_struck(const Chart *chart, const PanelView *panel, double y, double height) {
    const GArray *lines = label_field_lines(chart->field);
    for (guint i = 0; i < lines->len; i++) {
        const LabelLine *line = &g_array_index(lines, LabelLine, i);
        bool is_whole = line->a.x <= panel->rect.x && line->b.x >= panel->rect.x + panel->rect.w;
        if (is_whole && line->a.y == line->b.y && line->a.y > y && line->a.y < y + height)
            return true;
    }
    return false;
}

/* In a low panel the texts of some ticks would touch, or stand in the strip under it. The last,
 * which names the unit, comes first. */
static void keep_apart(const PanelView *panel, ValueTexts *texts) {
    double bottom = panel->rect.y + panel->rect.h, last = INFINITY;
    size_t first = texts->n;
    for (size_t i = texts->n; i-- > 0;) {
        const TextBlock *block = texts->blocks[i];
        double height = block->ascent + block->descent;
        bool is_free = isinf(last) || fabs(texts->y[i] - last) >= height;
        bool is_within = texts->y[i] + height <= bottom;
        if (!is_free || !is_within) continue;
        texts->blocks[--first] = texts->blocks[i];
        last = texts->y[first] = texts->y[i];
    }
    texts->blocks += first, texts->y += first, texts->n -= first;
}

static ValueTexts value_texts(Chart *chart, const PanelView *panel) {
    double ticks[MOST_TICKS];
    size_t n = value_ticks(chart, panel, ticks);
    const char **labels = value_labels(chart, panel->unit, panel->values.is_log, ticks, n);
    /* Over the first panel there is air; over another stands the one before. */
    double air = panel == chart->panels ? chart->medium->styles[STYLE_TICK].size * 0.5 : 0;
    double highest = panel->rect.y - air;
    ValueTexts texts = {ARENA_ARRAY(chart->arena, TextBlock *, n + 1),
                        ARENA_ARRAY(chart->arena, double, n + 1), n};
    for (size_t i = 0; i < n; i++) {
        TextBlock *block = texts.blocks[i] = chart_plain(chart, STYLE_TICK, labels[i]);
        double y = scale_map(panel->y, ticks[i]), height = block->ascent + block->descent;
        bool has_room = y - height - 1 >= highest;
        bool is_above = has_room && (!is_struck(chart, panel, y - height - 1, height) ||
                                     is_struck(chart, panel, y + 1, height));
        texts.y[i] = is_above ? y - height - 1 : y + 1;
    }
    keep_apart(panel, &texts);
    return texts;
}

static size_t count_free(const Chart *chart, const ValueTexts *texts, double x, TextAlign align) {
    size_t n = 0;
    for (size_t i = 0; i < texts->n; i++)
        n += chart_is_free(chart, text_box(texts->blocks[i], (Point){x, texts->y[i]}, align));
    return n;
}

/* Marks leave them no column: the line of time or the columns start right of them. What was asked
 * for once stays so, that the figure settles. */
static void ask_for_room(Chart *chart, const ValueTexts *texts, size_t n_free) {
    double widest = 0, air = chart->medium->styles[STYLE_TICK].size * 0.6;
    for (size_t i = 0; i < texts->n; i++) widest = fmax(widest, texts->blocks[i]->width);
    double wanted = n_free < texts->n ? ceil(widest + air) : 0;
    chart->values_wanted = fmax(chart->values_wanted, fmax(chart->values_room, wanted));
}

/* The column where the most of them are free: the left edge, the right one, else the first between
 * marks. */
static double values_x(Chart *chart, const PanelView *panel, const ValueTexts *texts,
                       TextAlign *ret_align) {
    double left = panel->rect.x, right = left + panel->rect.w, best_x = left;
    double step = chart->medium->styles[STYLE_TICK].size * 0.25;
    size_t most = count_free(chart, texts, left, ALIGN_LEFT);
    *ret_align = ALIGN_LEFT;
    size_t at_right = count_free(chart, texts, right, ALIGN_RIGHT);
    if (at_right > most) {
        most = at_right;
        best_x = right;
        *ret_align = ALIGN_RIGHT;
    }
    for (double x = left + step; x < right && most < texts->n; x += step) {
        size_t n = count_free(chart, texts, x, ALIGN_LEFT);
        if (n <= most) continue;
        most = n;
        best_x = x;
        *ret_align = ALIGN_LEFT;
    }
    if (!panel->foot.is_shown) ask_for_room(chart, texts, most);
    return best_x;
}

double axis_head_height(const Chart *chart) {
    bool has_values = false;
    for (size_t i = 0; i < chart->figure->n_panels; i++) has_values |= chart->panels[i].has_values;
    return has_values ? chart->medium->styles[STYLE_TICK].leading * 1.15 : 0;
}

/* Over the panel, centred on their lines, as far as the canvas lets them. */
static void paint_turned_values(Chart *chart, PanelView *panel) {
    double ticks[MOST_TICKS], last_end = -INFINITY;
    size_t n = value_ticks(chart, panel, ticks);
    double edge = chart->frame->width - chart->medium->right;
    double y = panel->rect.x - chart->medium->styles[STYLE_TICK].leading * 1.05;
    const char **labels = value_labels(chart, panel->unit, panel->values.is_log, ticks, n);
    for (size_t i = n; i-- > 0;) { /* the last names the unit */
        TextBlock *block = chart_plain(chart, STYLE_TICK, labels[i]);
        double half = block->width / 2,
               x = chart->swap.base + chart->swap.sign * scale_map(panel->y, ticks[i]);
        x = fmin(x, edge - half);
        if (isfinite(last_end) && x + half > last_end) continue;
        text_draw(block, chart->frame, (Point){x, y}, ALIGN_CENTER, ROLE_TICK, NULL, false);
        last_end = x - half - chart->medium->styles[STYLE_TICK].size * 0.4;
    }
}

static void paint_title(Chart *chart, const PanelView *panel) {
    if (!panel->title) return;
    TextBlock *title = chart_plain(chart, STYLE_TICK, panel->title);
    Point at = {panel->rect.x, panel->rect.y - axis_title_height(chart, panel)};
    text_draw(title, chart->frame, at, ALIGN_LEFT, ROLE_TICK, NULL, false);
}

void axis_paint_values(Chart *chart, PanelView *panel) {
    if (!panel->has_values) return;
    if (chart->is_turned) {
        paint_turned_values(chart, panel);
        return;
    }
    paint_title(chart, panel);
    ValueTexts texts = value_texts(chart, panel);
    TextAlign align;
    double x = values_x(chart, panel, &texts, &align);
    for (size_t i = 0; i < texts.n; i++) {
        Rect box = text_draw(texts.blocks[i], chart->frame, (Point){x, texts.y[i]}, align,
                             ROLE_TICK, NULL, true);
        label_field_rect(chart->field, box, true);
    }
}

static void paint_baseline(Chart *chart, const PanelView *panel) {
    double y = panel->rect.y + panel->rect.h;
    Paint paint = paint_stroke(chart_color(chart, "axis"), chart->medium->line * 1.35);
    frame_line(chart->frame, ROLE_AXIS, NULL,
               (Point[]){{panel->rect.x, y}, {panel->rect.x + panel->rect.w, y}}, 2, paint);
}

void axis_paint_bands(Chart *chart, PanelView *panel) {
    if (!panel->n_bands) return;
    Bands bands = axis_bands(chart, panel);
    double last_end = -INFINITY, edge = chart->frame->width;
    for (size_t i = 0; i < panel->n_bands; i++) {
        TextBlock *block = band_name(chart, panel, i);
        double half = block->width / 2, x = bands_start(bands, i) + bands.width / 2;
        x = fmin(fmax(x, half), edge - half);
        if (x - half < last_end) continue;
        double y = panel->rect.y + panel->rect.h + foot_gap(chart, panel);
        text_draw(block, chart->frame, (Point){x, y}, ALIGN_CENTER, ROLE_TICK, NULL, false);
        last_end = x + half + 1;
    }
    paint_baseline(chart, panel);
}

/* Where numbers along the foot have room: right of those of the values. */
void axis_lay_foot(Chart *chart, PanelView *panel) {
    if (!panel->foot.is_shown) return;
    double em = chart->medium->styles[STYLE_TICK].size, widest = 0;
    ValueTexts texts = value_texts(chart, panel);
    for (size_t i = 0; i < texts.n; i++) widest = fmax(widest, texts.blocks[i]->width);
    Scale *scale = &panel->foot.scale;
    *scale = (Scale){.r0 = panel->rect.x + widest + em * 1.2,
                     .r1 = panel->rect.x + panel->rect.w - em * 0.8};
    lay_domain(scale, &panel->foot.domain, panel->is_floating,
               most_along_foot(chart, scale, panel->is_floating));
}

void axis_paint_foot(Chart *chart, PanelView *panel) {
    const Foot *foot = &panel->foot;
    if (!foot->is_shown) return;
    double ticks[MOST_TICKS], right = panel->rect.x + panel->rect.w, last_end = -INFINITY;
    size_t n = foot_ticks(chart, panel, ticks);
    const char **labels = value_labels(chart, foot->unit, foot->domain.is_log, ticks, n);
    const TextStyle *style = &chart->medium->styles[STYLE_TICK];
    double y = panel->rect.y + panel->rect.h + foot_gap(chart, panel);
    paint_baseline(chart, panel);
    for (size_t i = 0; i < n; i++) {
        TextBlock *block = chart_plain(chart, STYLE_TICK, labels[i]);
        double half = block->width / 2;
        /* Past the edge of the plot, if need be, not past that of the canvas. */
        double x = fmin(scale_map(foot->scale, ticks[i]), right - half);
        x = fmax(x, half + style->size * 0.1);
        if (x - half < last_end) continue;
        text_draw(block, chart->frame, (Point){x, y}, ALIGN_CENTER, ROLE_TICK, NULL, false);
        last_end = x + half + style->size * 0.5;
    }
    if (!foot->title) return;
    TextBlock *title = chart_plain(chart, STYLE_TICK, foot->title);
    text_draw(title, chart->frame, (Point){right, y + style->leading * 1.1}, ALIGN_RIGHT, ROLE_TICK,
              NULL, false);
}
