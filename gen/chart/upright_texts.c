#include "chart/upright_texts.h"

#include "chart/label_margin.h"

#include <math.h>
#include <stdlib.h>

/* In type sizes of labels: between texts, and between those that would not be where they were
 * otherwise, when some are new. */
static const double GAP = 0.5, TIGHT = 0.14;
static const double MIDDLE = 0.62; /* of a first line, of its ascent from the top */
static const double AIR = 1.1;     /* height asked for, of that of the texts */
static const double HIGHEST = 4;   /* of the panel, in widths of the figure */

static double em_of(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size;
}

int upright_by_date(const void *a, const void *b) {
    const UprightEvent *x = a, *y = b;
    if (x->dot_y != y->dot_y) return x->dot_y < y->dot_y ? -1 : 1;
    return g_strcmp0(x->key, y->key);
}

double upright_first_line(const TextBlock *block) {
    return block->ascent * MIDDLE;
}

static double height_of(const UprightEvent *event) {
    return text_box(event->block, (Point){0, 0}, ALIGN_LEFT).h;
}

static double wish_of(const UprightEvent *event) {
    return event->was_placed ? event->was : event->dot_y - upright_first_line(event->block);
}

static size_t gather(const UprightEvent *events, size_t n, MarginLabel *ret) {
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (events[i].is_placed)
            ret[m++] = (MarginLabel){.wish = wish_of(&events[i]), .height = height_of(&events[i])};
    return m;
}

/* ---- layout memory: where texts were, from their dots, in which margin, and what the panel grew
 * by */

static const char grow_key[] = ".grow";

static bool recall_places(const Chart *chart, UprightEvent *events, size_t n) {
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        const LockPlace *was = chart_recall(chart, 0, events[i].key);
        events[i].was_placed = was && was->kind == LOCK_BESIDE;
        events[i].was_left_out = was && was->kind == LOCK_LEFT_OUT;
        if (!events[i].was_placed) continue;
        events[i].was = events[i].dot_y + was->y;
        if (was->x != 0 && !events[i].side)
            events[i].side = was->x < 0 ? UPRIGHT_LEFT : UPRIGHT_RIGHT;
        any = true;
    }
    return any;
}

/* In hundredths from its dot, as the memory counts: what is read again is the same. */
static void remember_places(Chart *chart, UprightEvent *events, size_t n, bool has_two) {
    for (size_t i = 0; i < n; i++) {
        UprightEvent *event = &events[i];
        LockPlace place = {.kind = event->is_placed ? LOCK_BESIDE : LOCK_LEFT_OUT};
        if (event->is_placed && has_two) place.x = event->side;
        if (event->is_placed) place.y = round((event->y - event->dot_y) * 100) / 100;
        event->y = event->dot_y + place.y;
        if (event->block->n_lines) chart_remember(chart, 0, event->key, place);
    }
}

/* What the panel has without what it was given must not depend on that: the figure settles. A
 * height that the texts still fit is kept: another would move them all. `tight` and `loose` are
 * heights of the higher margin. */
static void ask_for_height(Chart *chart, double tight, double loose, double room) {
    const LockPlace *was = chart_recall(chart, 0, grow_key);
    double usual = room - chart->grow, most = chart->frame->width * HIGHEST;
    double grow = ceil(fmax(fmin(loose * AIR, most) - usual, 0));
    double former = was && was->kind == LOCK_ROOM ? was->x : -1;
    bool is_enough = tight <= usual + former || usual + former >= most - 1;
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

/* The texts of one margin. */
static void set_margin(Chart *chart, const PanelView *panel, UprightEvent *events, size_t n,
                       double gap) {
    double top = panel->rect.y, bottom = top + panel->rect.h;
    MarginLabel *labels = ARENA_ARRAY(chart->arena, MarginLabel, n + 1);
    bool is_known = false;
    for (size_t i = 0; i < n; i++) {
        events[i].is_placed &= !events[i].was_left_out;
        is_known |= events[i].was_placed;
    }
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
}

static int by_margin(const void *a, const void *b) {
    const UprightEvent *x = a, *y = b;
    if (x->side != y->side) return x->side < y->side ? -1 : 1;
    return upright_by_date(a, b);
}

/* Those of the left margin come first. */
static size_t part(Chart *chart, const PanelView *panel, UprightEvent *events, size_t n) {
    MarginLabel *labels = ARENA_ARRAY(chart->arena, MarginLabel, n + 1);
    int *sides = ARENA_ARRAY(chart->arena, int, n + 1);
    size_t m = gather(events, n, labels), n_left = 0;
    for (size_t i = 0, k = 0; i < n; i++)
        if (events[i].is_placed) sides[k++] = events[i].side;
    label_margin_split(labels, m, em_of(chart) * GAP, panel->rect.y, sides);
    for (size_t i = 0, k = 0; i < n; i++) {
        events[i].side = events[i].is_placed ? sides[k++] : UPRIGHT_RIGHT;
        n_left += events[i].side == UPRIGHT_LEFT;
    }
    if (n) qsort(events, n, sizeof *events, by_margin);
    return n_left;
}

void upright_set_texts(Chart *chart, const PanelView *panel, UprightEvent *events, size_t n,
                       bool has_two) {
    double em = em_of(chart), heights[2][2]; /* of each margin, tight and loose */
    bool is_known = recall_places(chart, events, n);
    for (size_t i = 0; i < n; i++) {
        events[i].is_placed = events[i].block->n_lines;
        if (!has_two) events[i].side = UPRIGHT_RIGHT;
    }
    size_t n_left = has_two ? part(chart, panel, events, n) : 0;
    UprightEvent *starts[] = {events, events + n_left};
    size_t counts[] = {n_left, n - n_left};
    for (int k = 0; k < 2; k++) {
        MarginLabel *labels = ARENA_ARRAY(chart->arena, MarginLabel, counts[k] + 1);
        size_t m = gather(starts[k], counts[k], labels);
        heights[k][0] = label_margin_height(labels, m, em * TIGHT);
        heights[k][1] = label_margin_height(labels, m, em * GAP);
    }
    ask_for_height(chart, fmax(heights[0][0], heights[1][0]), fmax(heights[0][1], heights[1][1]),
                   panel->rect.h);
    for (int k = 0; k < 2; k++)
        set_margin(chart, panel, starts[k], counts[k], em * (is_known ? TIGHT : GAP));
    remember_places(chart, events, n, has_two);
}
