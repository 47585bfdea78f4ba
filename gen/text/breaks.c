#include "text/breaks.h"

#include <math.h>
#include <stdint.h>

/* Prices, in the unit of penalties. A gap of the whole line costs gap_price; a word alone on the
 * last line costs more than any gap; an overfull line more than all the rest of a text. */
static const double gap_price = 1000, line_price = 20, runt_price = 5000, short_price = 300;
static const double lone_word_price = 100, flagged_price = 10000, fitness_price = 10000;
static const double overfull_price = 1e13, stretched_badness = 1e5;
static const double short_share = 0.2; /* of the line: the least that a last line should fill */
static const double tolerance = 1e-4;

/* A place where a line may end; stop 0 is the start of the stretch. */
typedef struct {
    size_t end, next; /* items: the line before ends at `end`, the one after starts at `next` */
    double penalty, width;
    bool is_flagged;
} Stop;

/* The best way to reach a stop in some state: fewest costs since the start. */
typedef struct {
    double cost;
    size_t from; /* index of a node; SIZE_MAX: not reached */
} Node;

typedef struct {
    const BreakItem *items;
    size_t n;
    double limit;
    BreakMode mode;
    double *widths, *stretches, *shrinks; /* sums over the items before i */
    size_t *glues;
    GArray *stops; /* Stop */
    GArray *lines; /* BreakLine */
    double target; /* balanced: the even width */
    size_t states;
} Finder;

static const Stop *stop_at(const Finder *f, size_t i) {
    return &g_array_index(f->stops, Stop, i);
}

static void sums_make(Finder *f) {
    f->widths = g_new0(double, f->n + 1);
    f->stretches = g_new0(double, f->n + 1);
    f->shrinks = g_new0(double, f->n + 1);
    f->glues = g_new0(size_t, f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        const BreakItem *item = &f->items[i];
        bool is_glue = item->kind == BREAK_GLUE;
        f->widths[i + 1] = f->widths[i] + (item->kind == BREAK_PENALTY ? 0 : item->width);
        f->stretches[i + 1] = f->stretches[i] + (is_glue ? item->stretch : 0);
        f->shrinks[i + 1] = f->shrinks[i] + (is_glue ? item->shrink : 0);
        f->glues[i + 1] = f->glues[i] + is_glue;
    }
}

static bool is_forced(const BreakItem *item) {
    return item->kind == BREAK_PENALTY && item->penalty <= PENALTY_FORCED;
}

static size_t skip_to_box(const Finder *f, size_t i, size_t end) {
    while (i < end && f->items[i].kind != BREAK_BOX) i++;
    return i;
}

/* The stops of the stretch [start, end), the last at its end. False when it holds no box. */
static bool stops_find(Finder *f, size_t start, size_t end) {
    g_array_set_size(f->stops, 0);
    g_array_append_val(f->stops, ((Stop){.end = start, .next = start}));
    bool has_box = false, has_any = false; /* since the last stop; at all */
    for (size_t i = start; i < end; i++) {
        const BreakItem *item = &f->items[i];
        if (item->kind == BREAK_BOX) {
            has_box = has_any = true;
            continue;
        }
        bool is_legal = item->kind == BREAK_PENALTY ? item->penalty < PENALTY_NEVER
                                                    : i > 0 && f->items[i - 1].kind == BREAK_BOX;
        if (!has_box || !is_legal) continue;
        Stop stop = {.end = i, .next = skip_to_box(f, i, end)};
        if (item->kind == BREAK_PENALTY) {
            stop.penalty = item->penalty;
            stop.width = item->width;
            stop.is_flagged = item->is_flagged;
        }
        g_array_append_val(f->stops, stop);
        has_box = false;
    }
    if (!has_any) return false;
    if (has_box) g_array_append_val(f->stops, ((Stop){.end = end}));
    Stop *last = &g_array_index(f->stops, Stop, f->stops->len - 1);
    *last = (Stop){.end = last->end, .next = end};
    return true;
}

static double line_width(const Finder *f, size_t i, size_t j) {
    const Stop *from = stop_at(f, i), *to = stop_at(f, j);
    return f->widths[to->end] - f->widths[from->next] + to->width;
}

static double sum_between(const double *sums, const Finder *f, size_t i, size_t j) {
    return sums[stop_at(f, j)->end] - sums[stop_at(f, i)->next];
}

static bool line_fits(const Finder *f, size_t i, size_t j) {
    if (f->limit <= 0) return true;
    double width = line_width(f, i, j);
    if (f->mode == BREAKS_JUSTIFIED) width -= sum_between(f->shrinks, f, i, j);
    return width <= f->limit + tolerance;
}

static double line_ratio(const Finder *f, size_t i, size_t j) {
    if (f->mode != BREAKS_JUSTIFIED || f->limit <= 0) return 0;
    double gap = f->limit - line_width(f, i, j);
    double stretch = sum_between(f->stretches, f, i, j), shrink = sum_between(f->shrinks, f, i, j);
    if (gap < 0) return shrink > 0 ? fmax(gap / shrink, -1) : 0;
    if (j == f->stops->len - 1) return 0; /* the last line is not filled */
    return stretch > 0 ? gap / stretch : 0;
}

static int ratio_class(double ratio) {
    return ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
}

static double justified_cost(const Finder *f, size_t i, size_t j, double penalty) {
    double ratio = line_ratio(f, i, j);
    bool is_empty_stretch =
        ratio == 0 && j < f->stops->len - 1 && f->limit - line_width(f, i, j) > tolerance;
    double badness =
        is_empty_stretch ? stretched_badness : fmin(100 * pow(fabs(ratio), 3), stretched_badness);
    return pow(line_price + badness, 2) + copysign(penalty * penalty, penalty);
}

/* Of the line from stop i to stop j, without what depends on the state. */
static double line_cost(const Finder *f, size_t i, size_t j) {
    const Stop *from = stop_at(f, i), *to = stop_at(f, j);
    double width = line_width(f, i, j), gap = (f->limit - width) / f->limit, cost = 0;
    bool is_last = j == f->stops->len - 1;
    bool is_lone = f->glues[to->end] == f->glues[from->next];
    switch (f->mode) {
    case BREAKS_RAGGED:
        cost = line_price + to->penalty + (is_last ? 0 : gap_price * gap * gap);
        break;
    case BREAKS_BALANCED:
        gap = (f->target - width) / f->target;
        cost = line_price + to->penalty + gap_price * gap * gap + (is_lone ? lone_word_price : 0);
        break;
    case BREAKS_JUSTIFIED: cost = justified_cost(f, i, j, to->penalty); break;
    }
    if (is_last && i > 0 && f->mode != BREAKS_BALANCED) {
        double runt = is_lone ? runt_price : width < short_share * f->limit ? short_price : 0;
        cost += f->mode == BREAKS_JUSTIFIED ? runt * runt : runt;
    }
    if (from->is_flagged && to->is_flagged) cost += flagged_price;
    if (!line_fits(f, i, j)) cost += overfull_price;
    return cost;
}

/* What the line before stop j must have been followed by: how many lines (balanced), how loose
 * the last (justified). Returns the state at j, SIZE_MAX when this way is closed. */
static size_t state_after(const Finder *f, size_t state, size_t i, size_t j, double *cost) {
    switch (f->mode) {
    case BREAKS_BALANCED: return state + 1 < f->states ? state + 1 : SIZE_MAX;
    case BREAKS_JUSTIFIED: {
        int now = ratio_class(line_ratio(f, i, j));
        if (i > 0 && ABS(now - (int)state) > 1) *cost += fitness_price;
        return (size_t)now;
    }
    default: return 0;
    }
}

/* The furthest stop that a line from i reaches. */
static size_t stop_reached(const Finder *f, size_t i) {
    size_t reached = i + 1;
    for (size_t j = i + 2; j < f->stops->len; j++) {
        if (line_fits(f, i, j))
            reached = j;
        else if (stop_at(f, j)->width <= 0)
            break;
    }
    return reached;
}

static size_t fewest_lines(const Finder *f) {
    size_t lines = 0;
    for (size_t i = 0; i + 1 < f->stops->len; i = stop_reached(f, i)) lines++;
    return lines;
}

static void nodes_fill(const Finder *f, Node *nodes) {
    size_t states = f->states;
    for (size_t j = 1; j < f->stops->len; j++)
        for (size_t i = j; i-- > 0;) {
            if (i + 1 < j && !line_fits(f, i, j)) break;
            double line = line_cost(f, i, j);
            for (size_t s = 0; s < states; s++) {
                const Node *from = &nodes[i * states + s];
                double cost = line;
                size_t to = isfinite(from->cost) ? state_after(f, s, i, j, &cost) : SIZE_MAX;
                if (to == SIZE_MAX || from->cost + cost >= nodes[j * states + to].cost) continue;
                nodes[j * states + to] = (Node){from->cost + cost, i * states + s};
            }
        }
}

static void line_add(Finder *f, size_t i, size_t j) {
    BreakLine line = {.start = stop_at(f, i)->next,
                      .end = stop_at(f, j)->end,
                      .next = stop_at(f, j)->next,
                      .width = line_width(f, i, j),
                      .ratio = line_ratio(f, i, j),
                      .is_overfull = !line_fits(f, i, j)};
    g_array_append_val(f->lines, line);
}

/* The lines of one stretch between forced ends. */
static void stretch_break(Finder *f) {
    size_t m = f->stops->len - 1, first = f->lines->len;
    if (f->limit <= 0) {
        line_add(f, 0, m);
        return;
    }
    f->states = 1;
    if (f->mode == BREAKS_JUSTIFIED) f->states = 4;
    if (f->mode == BREAKS_BALANCED) {
        size_t lines = fewest_lines(f);
        f->states = lines + 1;
        f->target = line_width(f, 0, m) / (double)lines;
    }
    Node *nodes = g_new0(Node, (m + 1) * f->states);
    for (size_t k = 0; k < (m + 1) * f->states; k++) nodes[k] = (Node){INFINITY, SIZE_MAX};
    nodes[0].cost = 0;
    nodes_fill(f, nodes);

    size_t best = m * f->states;
    if (f->mode == BREAKS_BALANCED)
        best += f->states - 1;
    else
        for (size_t s = 1; s < f->states; s++)
            if (nodes[m * f->states + s].cost < nodes[best].cost) best = m * f->states + s;
    for (size_t k = best; nodes[k].from != SIZE_MAX; k = nodes[k].from)
        line_add(f, nodes[k].from / f->states, k / f->states);
    g_free(nodes);
    BreakLine *lines = (BreakLine *)(void *)f->lines->data;
    for (size_t a = first, b = f->lines->len; a + 1 < b; a++) { /* found from the end */
        BreakLine line = lines[a];
        lines[a] = lines[--b], lines[b] = line;
    }
}

Breaks *breaks_find(const BreakItem *items, size_t n, double width, BreakMode mode) {
    Finder f = {.items = items, .n = n, .limit = width, .mode = mode};
    f.stops = g_array_new(FALSE, FALSE, sizeof(Stop));
    f.lines = g_array_new(FALSE, FALSE, sizeof(BreakLine));
    sums_make(&f);
    for (size_t start = 0; start < n;) {
        size_t end = start;
        while (end < n && !is_forced(&items[end])) end++;
        size_t next = MIN(end + 1, n), before = f.lines->len;
        if (stops_find(&f, start, end))
            stretch_break(&f);
        else if (end < n || start == 0)
            line_add(&f, 0, 0);
        if (f.lines->len > before) g_array_index(f.lines, BreakLine, f.lines->len - 1).next = next;
        start = next;
    }
    Breaks *breaks = g_new0(Breaks, 1);
    breaks->n = f.lines->len;
    breaks->lines = (BreakLine *)(void *)g_array_free(f.lines, FALSE);
    g_array_free(f.stops, TRUE);
    g_free(f.widths);
    g_free(f.stretches);
    g_free(f.shrinks);
    g_free(f.glues);
    return breaks;
}

void breaks_free(Breaks *breaks) {
    if (!breaks) return;
    g_free(breaks->lines);
    g_free(breaks);
}
