#include "chart/flags.h"

#include "chart/key.h"
#include "chart/turn.h"

#include <math.h>

/* Of the plot's height, at most, for the names of rules. */
static const double MOST_SHARE = 0.4;

static double stem_x(const Flags *flags, size_t i) {
    return flags->labels[i].x;
}

Flags flags_make(Chart *chart) {
    Flags flags = {0};
    const Layer *rules = chart->figure->rules;
    if (!rules || !chart->has_axis) return flags;
    int x = mark_channel(chart, rules, "x", false);
    if (x < 0) x = table_column(rules->data, "date");
    if (x < 0) {
        mark_channel(chart, rules, "x", true);
        return flags;
    }
    flags.flags = ARENA_ARRAY(chart->arena, Flag, rules->data->n_rows);
    flags.labels = ARENA_ARRAY(chart->arena, StemLabel, rules->data->n_rows);
    for (size_t i = 0; i < rules->data->n_rows; i++) {
        Date date;
        if (!mark_cell_date(chart, rules, i, x, &date)) continue;
        if (!when_is_shown(chart, date)) continue;
        When when = when_of(chart, date);
        bool is_lasting = date.precision == DATE_INTERVAL && when.start == WHEN_SHARP;
        RichText empty = {.plain = ""};
        flags.flags[flags.n] = (Flag){.when = when, .is_lasting = is_lasting};
        StemLabel *label = &flags.labels[flags.n++];
        *label = (StemLabel){.x = is_lasting ? when.x0 : when.x, .key = rules->keys[i], .side = 1};
        stem_measure(chart, label, rules->labels ? rules->labels[i] : empty, 2);
    }
    if (chart->is_turned) return flags;
    stem_set(chart, SCOPE_RULES, flags.labels, flags.n, chart->plot.h * MOST_SHARE, 0);
    return flags;
}

double flags_height(const Chart *chart, const Flags *flags) {
    double height = stem_height(flags->labels, flags->n);
    return height > 0 ? height + chart->medium->line * 2 : 0;
}

/* Shaded days say all that is known: a stem through them would name one. It stops where they start.
 * A period has one, at the day it starts. */
static bool has_whole_stem(const Chart *chart, const Flag *flag) {
    return flag->is_lasting || !when_has_reach(chart, &flag->when, 0);
}

/* Names stand over the first panel, and over the years where they are above it. */
static double line_of(const Chart *chart) {
    double top = chart->panels[0].rect.y;
    return chart->has_axis ? fmin(top, chart->strip_y) : top;
}

static double stem_top(const Chart *chart, const StemLabel *label) {
    return label->is_placed ? stem_end(label, line_of(chart)) : line_of(chart);
}

void flags_place(Chart *chart, const Flags *flags) {
    for (size_t i = 0; i < flags->n; i++) {
        const StemLabel *label = &flags->labels[i];
        if (label->is_placed)
            label_field_rect(chart->field, stem_box(chart, label, line_of(chart)), true);
        bool is_whole = has_whole_stem(chart, &flags->flags[i]);
        double bottom = is_whole ? chart->plot.y + chart->plot.h : line_of(chart);
        label_field_line(chart->field, (Point){stem_x(flags, i), stem_top(chart, label)},
                         (Point){stem_x(flags, i), bottom});
    }
    stem_leave_out(chart, 0, flags->labels, flags->n, line_of(chart));
}

/* A stem runs through every panel but leaves the strip of years, where it would cross a text. */
static void paint_stem(Chart *chart, const Flag *flag, const StemLabel *label, Paint paint) {
    bool is_whole = has_whole_stem(chart, flag);
    for (size_t i = 0; i < (is_whole ? chart->figure->n_panels : 1); i++) {
        Rect r = chart->panels[i].rect;
        double y0 = i ? r.y : stem_top(chart, label), y1 = is_whole ? r.y + r.h : r.y;
        frame_line(chart->frame, ROLE_RULE, label->key, (Point[]){{label->x, y0}, {label->x, y1}},
                   2, paint);
    }
}

/* The days it may be, when there is more to see than the stem. */
static void paint_days(Chart *chart, const Flag *flag, const char *key, Color color) {
    Color shade = color_with_alpha(color, 0.16);
    When when = flag->when;
    if (!when_has_reach(chart, &when, 0)) return;
    when.qualifiers = 0; /* said by the stem */
    for (size_t i = 0; i < chart->figure->n_panels; i++) {
        Rect rect = chart->panels[i].rect;
        when_paint_rect(chart, &when, ROLE_BAND, key,
                        (Rect){when.x0, rect.y, when.x1 - when.x0, rect.h}, shade);
    }
}

/* ---- where time runs downwards, rules lie across: a name stands over its rule or under it */

static bool box_is_free(const Chart *chart, Rect box) {
    const GArray *circles = label_field_circles(chart->field);
    for (guint i = 0; i < circles->len; i++) {
        const LabelCircle *c = &g_array_index(circles, LabelCircle, i);
        if (rect_overlaps(box, (Rect){c->center.x - c->radius, c->center.y - c->radius,
                                      2 * c->radius, 2 * c->radius}))
            return false;
    }
    return label_field_is_clear(chart->field, box);
}

/* As far from the years as it is free. */
static bool find_turned_place(const Chart *chart, const TextBlock *block, double y, Point *ret) {
    Rect plot = rect_swap(chart->swap, chart->plot),
         box = text_box(block, (Point){0, 0}, ALIGN_LEFT);
    double gap = chart->medium->styles[STYLE_LABEL].size * 0.25;
    enum { STEPS = 24 };
    double slack = plot.w - box.w;
    for (int i = 0; slack >= 0 && i <= STEPS; i++)
        for (int is_under = 0; is_under < 2; is_under++) {
            int step = chart->swap.sign > 0 ? i : STEPS - i;
            *ret = (Point){plot.x + slack * step / STEPS, is_under ? y + gap : y - gap - box.h};
            if (ret->y < plot.y || ret->y + box.h > plot.y + plot.h) continue;
            if (box_is_free(chart, (Rect){ret->x, ret->y, box.w, box.h})) return true;
        }
    return false;
}

void flags_place_lines(Chart *chart, const Flags *flags) {
    Rect plot = chart->plot;
    for (size_t i = 0; i < flags->n; i++) {
        double x = stem_x(flags, i);
        label_field_line(chart->field, (Point){x, plot.y}, (Point){x, plot.y + plot.h});
    }
}

void flags_place_turned(Chart *chart, Flags *flags) {
    Rect plot = rect_swap(chart->swap, chart->plot);
    for (size_t i = 0; i < flags->n; i++) {
        StemLabel *label = &flags->labels[i];
        for (label->form = 0; label->form < FLAG_FORMS && !label->is_placed; label->form++) {
            const TextBlock *block = label->forms[label->form];
            label->is_placed =
                block && find_turned_place(chart, block, label->x, &flags->flags[i].at);
            if (label->is_placed) break;
        }
        if (label->is_placed)
            label_field_rect(chart->field,
                             text_box(label->forms[label->form], flags->flags[i].at, ALIGN_LEFT),
                             true);
        else if (label->forms[0])
            key_leave_out(chart, (LeftOut){.key = label->key,
                                           .block = label->forms[0],
                                           .point = {plot.x, label->x},
                                           .may_be_near = true});
    }
}

static void paint_turned(Chart *chart, const Flags *flags, Color color) {
    Rect plot = rect_swap(chart->swap, chart->plot);
    for (size_t i = 0; i < flags->n; i++) {
        const StemLabel *label = &flags->labels[i];
        Paint paint = paint_stroke(color, chart->medium->line * 1.5);
        if (flags->flags[i].when.qualifiers) paint.dash = chart->medium->line * 4;
        for (size_t p = 0; p < chart->figure->n_panels; p++) {
            Rect r = rect_swap(chart->swap, chart->panels[p].rect);
            double x0 = p ? r.x : plot.x;
            frame_line(chart->frame, ROLE_RULE, label->key,
                       (Point[]){{x0, label->x}, {r.x + r.w, label->x}}, 2, paint);
        }
        if (label->is_placed)
            text_draw(label->forms[label->form], chart->frame, flags->flags[i].at, ALIGN_LEFT,
                      ROLE_LABEL, label->key, true);
    }
}

void flags_shade(Chart *chart, const Flags *flags) {
    if (!flags->n) return;
    Color color = mark_color(chart, chart->figure->rules, "color", "sanction");
    size_t from = chart->frame->n;
    for (size_t i = 0; i < flags->n; i++)
        paint_days(chart, &flags->flags[i], flags->labels[i].key, color);
    if (chart->is_turned) turn_shapes(chart, from);
}

void flags_paint(Chart *chart, const Flags *flags) {
    if (!flags->n) return;
    Color color = mark_color(chart, chart->figure->rules, "color", "sanction");
    if (chart->is_turned) {
        paint_turned(chart, flags, color);
        return;
    }
    for (size_t i = 0; i < flags->n; i++) {
        Paint paint = paint_stroke(color, chart->medium->line * 1.5);
        if (flags->flags[i].when.qualifiers) paint.dash = chart->medium->line * 4;
        paint_stem(chart, &flags->flags[i], &flags->labels[i], paint);
    }
    for (size_t i = 0; i < flags->n; i++)
        if (flags->labels[i].is_placed) stem_draw_text(chart, &flags->labels[i], line_of(chart));
}
