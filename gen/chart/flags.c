#include "chart/flags.h"

#include <math.h>

static double gap_of(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size * 0.42;
}

static Rect flag_box(const Chart *chart, const Flags *flags, const Flag *flag, double top) {
    double y = top + (flags->n_levels - 1 - flag->level) * flags->row_height;
    double gap = gap_of(chart);
    Point at = {flag->is_left ? flag->x - gap : flag->x + gap, y};
    return text_box(flag->block, at, flag->is_left ? ALIGN_RIGHT : ALIGN_LEFT);
}

static bool covers(const Chart *chart, const Flag *flag, double x) {
    if (!flag->block->n_lines) return false;
    double reach = flag->block->width + 2.4 * gap_of(chart);
    return flag->is_left ? x < flag->x && x > flag->x - reach : x > flag->x && x < flag->x + reach;
}

static bool is_left_of(const Flag *a, const Flag *b) {
    return a->x < b->x;
}

/* Two flags that face each other meet between their stems without covering them. */
static bool faces(const Chart *chart, const Flag *flag, const Flag *other) {
    if (flag->is_left == other->is_left) return false;
    if (!flag->block->n_lines || !other->block->n_lines) return false;
    const Flag *left = flag->is_left ? other : flag, *right = flag->is_left ? flag : other;
    double room = right->x - left->x;
    return room > 0 && left->block->width + right->block->width + 4 * gap_of(chart) > room;
}

static bool must_stand_above(const Chart *chart, const Flag *flag, const Flag *other) {
    if (covers(chart, flag, other->x)) {
        /* Each covers the other's stem: the left one stands higher. */
        return !covers(chart, other, flag->x) || is_left_of(flag, other);
    }
    return !covers(chart, other, flag->x) && faces(chart, flag, other) && flag->is_left;
}

/* Two flags that cover each other's stem cannot both be right: the left one turns its back. */
static void turn_flags(const Chart *chart, Flags *flags) {
    for (size_t i = 0; i < flags->n; i++)
        for (size_t j = 0; j < flags->n; j++) {
            Flag *flag = &flags->flags[i], *other = &flags->flags[j];
            if (flag->is_left || !other->is_left || !covers(chart, flag, other->x)) continue;
            if (!covers(chart, other, flag->x)) continue;
            flag->is_left = flag->x - flag->block->width - 2 * gap_of(chart) > chart->plot.x;
        }
}

/* Longest path: a flag stands one row above every flag whose stem it covers, or whose box it would
 * meet. At most n rounds, since levels only rise. */
static void find_levels(const Chart *chart, Flags *flags) {
    for (size_t round = 0; round <= flags->n; round++) {
        bool changes = false;
        for (size_t i = 0; i < flags->n; i++)
            for (size_t j = 0; j < flags->n; j++) {
                Flag *flag = &flags->flags[i], *other = &flags->flags[j];
                if (i == j || !must_stand_above(chart, flag, other)) continue;
                if (flag->level > other->level) continue;
                flag->level = other->level + 1;
                changes = true;
            }
        if (!changes) break;
    }
    for (size_t i = 0; i < flags->n; i++)
        flags->n_levels = MAX(flags->n_levels, flags->flags[i].level + 1);
}

Flags flags_make(Chart *chart) {
    Flags flags = {0};
    const Layer *rules = chart->figure->rules;
    if (!rules || !chart->figure->has_time) return flags;
    int x = mark_channel(chart, rules, "x", false);
    if (x < 0) x = table_column(rules->data, "date");
    if (x < 0) {
        mark_channel(chart, rules, "x", true);
        return flags;
    }
    flags.flags = ARENA_ARRAY(chart->arena, Flag, rules->data->n_rows);
    for (size_t i = 0; i < rules->data->n_rows; i++) {
        Date date;
        if (!mark_cell_date(chart, rules, i, x, &date)) continue;
        if (!when_is_shown(chart, date)) continue;
        When when = when_of(chart, date);
        bool is_lasting = date.precision == DATE_INTERVAL && when.start == WHEN_SHARP;
        Flag *flag = &flags.flags[flags.n++];
        *flag = (Flag){.x = is_lasting ? when.x0 : when.x,
                       .when = when,
                       .is_lasting = is_lasting,
                       .key = rules->keys[i]};
        RichText empty = {.plain = ""};
        flag->block = chart_text(chart, STYLE_LABEL, rules->labels ? rules->labels[i] : empty, 0,
                                 FIT_BALANCED);
        double right = flag->x + flag->block->width + 2 * gap_of(chart);
        flag->is_left = right > chart->plot.x + chart->plot.w;
        flags.row_height =
            fmax(flags.row_height, text_box(flag->block, (Point){0, 0}, 0).h + gap_of(chart) * 1.5);
    }
    turn_flags(chart, &flags);
    find_levels(chart, &flags);
    return flags;
}

double flags_height(const Flags *flags) {
    return flags->n_levels * flags->row_height;
}

/* Shaded days say all that is known: a stem through them would name one. It stops where they start.
 * A period has one, at the day it starts. */
static bool has_whole_stem(const Chart *chart, const Flag *flag) {
    return flag->is_lasting || !when_has_reach(chart, &flag->when, 0);
}

void flags_place(Chart *chart, const Flags *flags, double top) {
    for (size_t i = 0; i < flags->n; i++) {
        const Flag *flag = &flags->flags[i];
        Rect box = flag_box(chart, flags, flag, top);
        if (flag->block->n_lines) label_field_rect(chart->field, box, true);
        bool is_whole = has_whole_stem(chart, flag);
        double bottom = is_whole ? chart->plot.y + chart->plot.h : chart->panels[0].rect.y;
        label_field_line(chart->field, (Point){flag->x, box.y}, (Point){flag->x, bottom});
    }
}

/* A stem runs through every panel but leaves the strip of years, where it would cross a text. */
static void paint_stem(Chart *chart, const Flag *flag, double top, Paint paint) {
    bool is_whole = has_whole_stem(chart, flag);
    for (size_t i = 0; i < (is_whole ? chart->figure->n_panels : 1); i++) {
        Rect r = chart->panels[i].rect;
        double y0 = i ? r.y : top, y1 = is_whole ? r.y + r.h : r.y;
        frame_line(chart->frame, ROLE_RULE, flag->key, (Point[]){{flag->x, y0}, {flag->x, y1}}, 2,
                   paint);
    }
}

/* The days it may be, when there is more to see than the stem. */
static void paint_days(Chart *chart, const Flag *flag, Color color) {
    Color shade = color_with_alpha(color, 0.16);
    When when = flag->when;
    if (!when_has_reach(chart, &when, 0)) return;
    when.qualifiers = 0; /* said by the stem */
    for (size_t i = 0; i < chart->figure->n_panels; i++) {
        Rect rect = chart->panels[i].rect;
        when_paint_rect(chart, &when, ROLE_BAND, flag->key,
                        (Rect){when.x0, rect.y, when.x1 - when.x0, rect.h}, shade);
    }
}

void flags_shade(Chart *chart, const Flags *flags) {
    if (!flags->n) return;
    Color color = mark_color(chart, chart->figure->rules, "color", "sanction");
    for (size_t i = 0; i < flags->n; i++) paint_days(chart, &flags->flags[i], color);
}

void flags_paint(Chart *chart, const Flags *flags, double top) {
    if (!flags->n) return;
    Color color = mark_color(chart, chart->figure->rules, "color", "sanction");
    for (size_t i = 0; i < flags->n; i++) {
        const Flag *flag = &flags->flags[i];
        Rect box = flag_box(chart, flags, flag, top);
        Paint paint = paint_stroke(color, chart->medium->line * 1.5);
        if (flag->when.qualifiers) paint.dash = chart->medium->line * 4;
        paint_stem(chart, flag, box.y, paint);
    }
    for (size_t i = 0; i < flags->n; i++) {
        const Flag *flag = &flags->flags[i];
        Rect box = flag_box(chart, flags, flag, top);
        Point at = {flag->is_left ? box.x + box.w : box.x, box.y};
        text_draw(flag->block, chart->frame, at, flag->is_left ? ALIGN_RIGHT : ALIGN_LEFT,
                  ROLE_LABEL, flag->key, true);
    }
}
