#include "chart/stem.h"

#include "chart/key.h"

#include <math.h>
#include <string.h>

/* In type sizes: between a stem and its text, between boxes, from the line to the nearest box. */
static const double GAP = 0.42, MARGIN = 0.36, FIRST = 0.8;
static const double LEAST_WIDTH = 5; /* narrower lines are a ladder, not a text */

static double em_of(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size;
}

void stem_measure(Chart *chart, StemLabel *label, RichText text, int most_lines) {
    label->forms[0] = chart_label(chart, text);
    double widest = label->forms[0]->width;
    if (!label->forms[0]->n_lines) label->forms[0] = NULL;
    for (int lines = 2; label->forms[0] && lines <= MIN(most_lines, FLAG_FORMS); lines++) {
        TextBlock *block = chart_text(chart, STYLE_LABEL, text,
                                      label->forms[0]->width * 1.15 / lines, FIT_BALANCED);
        bool is_slip = block->width < em_of(chart) * LEAST_WIDTH;
        if (block->is_cut || block->width > widest * 0.9 || is_slip) break;
        label->forms[lines - 1] = block;
        widest = block->width;
    }
}

static double block_height(const TextBlock *block) {
    return text_box(block, (Point){0, 0}, ALIGN_LEFT).h;
}

/* Of the forms that its pin leaves it. */
static double least_width(const StemLabel *label) {
    double least = INFINITY;
    for (int f = 0; f < FLAG_FORMS; f++)
        if (label->forms[f] && (!label->lines || label->lines == f + 1))
            least = fmin(least, label->forms[f]->width);
    return least;
}

static bool exclude_each_other(const StemLabel *left, const StemLabel *right, double gap) {
    enum { TO_RIGHT = 1, TO_LEFT = 2 };
    double between = right->x - left->x - gap;
    return left->side && left->side == right->side && left->direction == TO_RIGHT &&
           right->direction == TO_LEFT && between > -gap && least_width(left) > between &&
           least_width(right) > between;
}

bool stem_check_pins(Chart *chart, const StemLabel *labels, size_t n, Span span) {
    bool is_good = true;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (!exclude_each_other(&labels[i], &labels[j], em_of(chart) * GAP)) continue;
            diag_error(chart->diag, span, "pins", "change the side or the direction of one",
                       "« %s » and « %s » are pinned towards each other: each text covers the "
                       "stem of the other on medium %s",
                       labels[i].key, labels[j].key, chart->medium->name);
            is_good = false;
        }
    return is_good;
}

static int32_t units(double length) {
    return (int32_t)ceil(length * FLAG_UNIT);
}

static FlagWish wish_of(const StemLabel *label) {
    FlagWish wish = {.x = units(label->x),
                     .rank = label->rank,
                     .side = label->side,
                     .direction = label->direction,
                     .lines = label->lines};
    for (int f = 0; f < FLAG_FORMS; f++)
        if (label->forms[f])
            wish.sizes[f] =
                (FlagSize){units(label->forms[f]->width), units(block_height(label->forms[f]))};
    return wish;
}

static void recall(const Chart *chart, int scope, const StemLabel *label, FlagWish *wish) {
    const LockPlace *was = chart_recall(chart, scope, label->key);
    if (!was) return;
    wish->was_left_out = was->kind == LOCK_LEFT_OUT;
    wish->was = (FlagPlace){.is_placed = was->kind == LOCK_FLAG,
                            .is_down = was->is_down,
                            .is_left = was->is_left,
                            .form = was->form,
                            .y = (int32_t)lround(was->y * FLAG_UNIT)};
}

static void remember(Chart *chart, int scope, const StemLabel *label) {
    LockPlace place = {.kind = label->is_placed ? LOCK_FLAG : LOCK_LEFT_OUT,
                       .is_down = label->is_down,
                       .is_left = label->is_left,
                       .form = label->form,
                       .y = label->y};
    chart_remember(chart, scope, label->key, place);
}

/* What was asked in a former round of the same figure, and the answer. */
typedef struct {
    FlagRoom room;
    FlagWish *wishes;
    FlagPlace *places;
    size_t n;
} Answer;

static bool wishes_equal(const FlagWish *a, const FlagWish *b) {
    const FlagPlace *was = &a->was, *other = &b->was;
    return a->x == b->x && memcmp(a->sizes, b->sizes, sizeof a->sizes) == 0 && a->rank == b->rank &&
           a->side == b->side && a->direction == b->direction && a->lines == b->lines &&
           a->was_left_out == b->was_left_out && was->is_placed == other->is_placed &&
           was->is_down == other->is_down && was->is_left == other->is_left &&
           was->form == other->form && was->y == other->y;
}

static bool is_answer(const Answer *answer, const FlagWish *wishes, size_t n,
                      const FlagRoom *room) {
    if (!answer || answer->n != n || memcmp(&answer->room, room, sizeof *room) != 0) return false;
    for (size_t i = 0; i < n; i++)
        if (!wishes_equal(&answer->wishes[i], &wishes[i])) return false;
    return true;
}

static const FlagPlace *ask(Chart *chart, int scope, const FlagWish *wishes, size_t n,
                            const FlagRoom *room) {
    Answer *answer = g_hash_table_lookup(chart->answers, GINT_TO_POINTER(scope));
    if (is_answer(answer, wishes, n, room)) return answer->places;
    answer = ARENA_NEW(chart->arena, Answer);
    *answer = (Answer){.room = *room,
                       .wishes = arena_dup(chart->arena, wishes, n * sizeof *wishes),
                       .places = ARENA_ARRAY(chart->arena, FlagPlace, n + 1),
                       .n = n};
    label_flags_set(wishes, n, room, answer->places);
    g_hash_table_insert(chart->answers, GINT_TO_POINTER(scope), answer);
    return answer->places;
}

void stem_set(Chart *chart, int scope, StemLabel *labels, size_t n, double up, double down) {
    double em = em_of(chart);
    const FlagRoom room = {.x0 = units(chart->plot.x),
                           .x1 = units(chart->plot.x + chart->plot.w),
                           .up = units(fmax(up, 0)),
                           .down = units(fmax(down, 0)),
                           .gap = units(em * GAP),
                           .margin = units(em * MARGIN),
                           .first = units(em * FIRST)};
    g_autofree FlagWish *wishes = g_new0(FlagWish, n + 1);
    g_autofree size_t *which = g_new0(size_t, n + 1);
    size_t n_wishes = 0;
    for (size_t i = 0; i < n; i++) {
        labels[i].is_placed = false;
        if (!labels[i].forms[0]) continue;
        wishes[n_wishes] = wish_of(&labels[i]);
        recall(chart, scope, &labels[i], &wishes[n_wishes]);
        which[n_wishes++] = i;
    }
    const FlagPlace *places = ask(chart, scope, wishes, n_wishes, &room);
    for (size_t k = 0; k < n_wishes; k++) {
        StemLabel *label = &labels[which[k]];
        label->is_placed = places[k].is_placed;
        label->is_down = places[k].is_down;
        label->is_left = places[k].is_left;
        label->form = places[k].form;
        label->y = (double)places[k].y / FLAG_UNIT;
        remember(chart, scope, label);
    }
}

void stem_leave_out(Chart *chart, int panel, const StemLabel *labels, size_t n, double line_y) {
    for (size_t i = 0; i < n; i++)
        if (labels[i].forms[0] && !labels[i].is_placed)
            key_leave_out(chart, (LeftOut){.key = labels[i].key,
                                           .block = labels[i].forms[0],
                                           .panel = panel,
                                           .point = {labels[i].x, line_y}});
}

double stem_height(const StemLabel *labels, size_t n) {
    double height = 0;
    for (size_t i = 0; i < n; i++)
        if (labels[i].is_placed && !labels[i].is_down)
            height = fmax(height, labels[i].y + block_height(labels[i].forms[labels[i].form]));
    return height;
}

static Point text_at(const Chart *chart, const StemLabel *label, double line_y) {
    double gap = em_of(chart) * GAP, h = block_height(label->forms[label->form]);
    double y = label->is_down ? line_y + label->y : line_y - label->y - h;
    return (Point){label->is_left ? label->x - gap : label->x + gap, y};
}

static TextAlign align_of(const StemLabel *label) {
    return label->is_left ? ALIGN_RIGHT : ALIGN_LEFT;
}

Rect stem_box(const Chart *chart, const StemLabel *label, double line_y) {
    return text_box(label->forms[label->form], text_at(chart, label, line_y), align_of(label));
}

double stem_end(const StemLabel *label, double line_y) {
    double reach = label->y + block_height(label->forms[label->form]);
    return label->is_down ? line_y + reach : line_y - reach;
}

void stem_draw_text(Chart *chart, const StemLabel *label, double line_y) {
    text_draw(label->forms[label->form], chart->frame, text_at(chart, label, line_y),
              align_of(label), ROLE_LABEL, label->key, true);
}
