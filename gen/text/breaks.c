#include "text/breaks_find.h"

#include <math.h>

/* Ragged and balanced: prices in the unit of penalties; a gap of the whole line costs gap_price. */
static const double gap_price = 1000, line_price = 20, runt_price = 5000, short_price = 300;
static const double lone_word_price = 100, deep_rag_price = 8000, staircase_price = 60;
static const double deep_rag = 0.2, stair = 0.03; /* of the line */
/* Justified: demerits, as TeX counts them: (line + badness)² + penalty² + these. */
static const double line_penalty = 10, two_flagged = 1e4, three_flagged = 1e9, misfit = 1e4;
static const double runt_demerits = 1e8, repeat_demerits = 1e4;
static const double beyond_demerits = 5e6, beyond_slope = 2e7; /* past the limits of the spaces */
static const double stiff_share = 20; /* a gap that no space can fill is as bad as this ratio */
/* All modes. */
static const double overfull_price = 1e13;
static const double short_share = 0.2; /* of the line: the least that a last line should fill */
static const double tolerance = 1e-4;

enum { FITS = 4, FLAGS = 3 }; /* justified: states of a stop, by fitness and hyphens running */
enum { BALANCED_LINES_MAX = 64, LOOSE_NODES_MAX = 1 << 21 };

/* ---- items to stops */

static void sums_make(Finder *f) {
    f->widths = g_new0(double, f->n + 1);
    f->stretches = g_new0(double, f->n + 1);
    f->shrinks = g_new0(double, f->n + 1);
    f->glues = g_new0(uint32_t, f->n + 1);
    f->glue_items = g_new0(uint32_t, f->n + 1);
    for (size_t i = 0; i < f->n; i++) {
        const BreakItem *item = &f->items[i];
        bool is_glue = item->kind == BREAK_GLUE;
        f->widths[i + 1] = f->widths[i] + (item->kind == BREAK_PENALTY ? 0 : item->width);
        f->stretches[i + 1] = f->stretches[i] + (is_glue ? item->stretch : 0);
        f->shrinks[i + 1] = f->shrinks[i] + (is_glue ? item->shrink : 0);
        f->glues[i + 1] = f->glues[i] + is_glue;
        if (is_glue) f->glue_items[f->glues[i]] = (uint32_t)i;
        f->hang_max = fmax(f->hang_max, fmax((double)item->hang_start, (double)item->hang_end));
    }
}

static bool is_forced(const BreakItem *item) {
    return item->kind == BREAK_PENALTY && item->penalty <= PENALTY_FORCED;
}

static size_t skip_to_box(const Finder *f, size_t i, size_t end) {
    while (i < end && f->items[i].kind != BREAK_BOX) i++;
    return i;
}

/* The stop at item i, which the box `last` comes before. */
static Stop stop_new(const Finder *f, size_t i, size_t last, size_t end) {
    const BreakItem *item = &f->items[i], *before = &f->items[last];
    Stop stop = {.end = i,
                 .next = skip_to_box(f, i, end),
                 .hang_end = (double)before->hang_end,
                 .end_key = before->end_key};
    if (stop.next < end) {
        stop.hang_start = (double)f->items[stop.next].hang_start;
        stop.start_key = f->items[stop.next].start_key;
    }
    if (i < end && item->kind == BREAK_PENALTY) {
        stop.penalty = item->penalty;
        stop.width = item->width;
        stop.is_flagged = item->is_flagged;
        if (item->width > 0) stop.hang_end = (double)item->hang_end;
    }
    return stop;
}

/* The stops of the stretch [start, end), the last at its end. False when it holds no box. */
static bool stops_find(Finder *f, size_t start, size_t end) {
    g_array_set_size(f->stops, 0);
    size_t first = skip_to_box(f, start, end), last = first;
    if (first == end) {
        g_array_append_val(f->stops, ((Stop){.end = start, .next = start}));
        return false;
    }
    g_array_append_val(f->stops, ((Stop){.end = start,
                                         .next = start,
                                         .hang_start = (double)f->items[start].hang_start,
                                         .start_key = f->items[first].start_key}));
    bool has_box = false; /* since the last stop */
    for (size_t i = start; i < end; i++) {
        const BreakItem *item = &f->items[i];
        if (item->kind == BREAK_BOX) {
            has_box = true;
            last = i;
            continue;
        }
        bool is_legal = item->kind == BREAK_PENALTY ? item->penalty < PENALTY_NEVER
                                                    : i > 0 && f->items[i - 1].kind == BREAK_BOX;
        if (!has_box || !is_legal) continue;
        Stop stop = stop_new(f, i, last, end);
        g_array_append_val(f->stops, stop);
        has_box = false;
    }
    Stop closing = stop_new(f, end, last, end);
    if (has_box) g_array_append_val(f->stops, closing);
    Stop *final = &g_array_index(f->stops, Stop, f->stops->len - 1);
    *final = (Stop){.end = final->end,
                    .next = end,
                    .hang_end = (double)f->items[last].hang_end,
                    .end_key = f->items[last].end_key};
    return true;
}

/* ---- the line from stop i to stop j */

static double line_limit(const Finder *f, size_t i) {
    double indent = f->rules.indent;
    return f->rules.width - (i == 0 ? fmax(indent, 0) : fmax(-indent, 0));
}

static double line_width(const Finder *f, size_t i, size_t j) {
    const Stop *from = stop_at(f, i), *to = stop_at(f, j);
    return f->widths[to->end] - f->widths[from->next] + to->width - from->hang_start - to->hang_end;
}

static double sum_between(const double *sums, const Finder *f, size_t i, size_t j) {
    return sums[stop_at(f, j)->end] - sums[stop_at(f, i)->next];
}

static bool line_fits(const Finder *f, size_t i, size_t j) {
    if (f->rules.width <= 0) return true;
    double width = line_width(f, i, j);
    if (f->rules.mode == BREAKS_JUSTIFIED)
        width -= f->rules.tightest * sum_between(f->shrinks, f, i, j);
    return width <= line_limit(f, i) + tolerance;
}

static bool is_last(const Finder *f, size_t j) {
    return j == f->stops->len - 1;
}

static double line_ratio(const Finder *f, size_t i, size_t j) {
    if (f->rules.mode != BREAKS_JUSTIFIED || f->rules.width <= 0) return 0;
    double gap = line_limit(f, i) - line_width(f, i, j);
    double stretch = sum_between(f->stretches, f, i, j), shrink = sum_between(f->shrinks, f, i, j);
    if (gap < 0) return shrink > 0 ? fmax(gap / shrink, -f->rules.tightest) : 0;
    if (is_last(f, j)) return 0; /* the last line is not filled */
    return stretch > 0 ? gap / stretch : 0;
}

static bool is_lone_word(const Finder *f, size_t i, size_t j) {
    return f->glues[stop_at(f, j)->end] == f->glues[stop_at(f, i)->next];
}

static bool is_runt(const Finder *f, size_t i, size_t j) {
    if (!is_last(f, j) || i == 0) return false;
    double least = fmax(short_share * f->rules.width, 2 * fabs(f->rules.indent));
    return is_lone_word(f, i, j) || line_width(f, i, j) < least;
}

/* ---- costs */

static double square(double x) {
    return x * x;
}

static double justified_cost(const Finder *f, size_t i, size_t j, double ratio) {
    const Stop *to = stop_at(f, j);
    double gap = line_limit(f, i) - line_width(f, i, j);
    bool is_stiff = ratio == 0 && !is_last(f, j) && gap > tolerance; /* no space to stretch */
    double r = is_stiff ? f->rules.loosest + stiff_share * gap / f->rules.width : fabs(ratio);
    double cost =
        square(line_penalty + 100 * r * r * r) + copysign(square(to->penalty), to->penalty);
    if (is_stiff || ratio > f->rules.loosest)
        cost += beyond_demerits + beyond_slope * square(r - f->rules.loosest);
    if (is_runt(f, i, j)) cost += runt_demerits;
    return cost;
}

static double ragged_cost(const Finder *f, size_t i, size_t j) {
    double width = line_width(f, i, j), gap = (line_limit(f, i) - width) / f->rules.width;
    double cost = line_price + stop_at(f, j)->penalty;
    if (!is_last(f, j)) {
        cost += gap_price * square(gap);
        if (gap > deep_rag) cost += deep_rag_price * square(gap - deep_rag);
    } else if (i > 0 && is_lone_word(f, i, j)) {
        cost += runt_price;
    } else if (is_runt(f, i, j)) {
        cost += short_price;
    }
    return cost;
}

static double balanced_cost(const Finder *f, size_t i, size_t j) {
    double gap = (f->target - line_width(f, i, j)) / f->target;
    return line_price + stop_at(f, j)->penalty + gap_price * square(gap) +
           (is_lone_word(f, i, j) ? lone_word_price : 0);
}

/* What depends on this line alone. */
static double line_cost(const Finder *f, size_t i, size_t j, double ratio) {
    double cost = 0;
    switch (f->rules.mode) {
    case BREAKS_RAGGED: cost = ragged_cost(f, i, j); break;
    case BREAKS_BALANCED: cost = balanced_cost(f, i, j); break;
    case BREAKS_JUSTIFIED: cost = justified_cost(f, i, j, ratio); break;
    }
    if (!line_fits(f, i, j)) cost += overfull_price;
    return cost;
}

/* ---- states: what a line must know of those before it */

static size_t ratio_class(double ratio) {
    return ratio < -0.5 ? 0 : ratio <= 0.5 ? 1 : ratio <= 1 ? 2 : 3;
}

/* The state after a line, SIZE_MAX when this way is closed; adds what the pair of lines costs. */
static size_t state_after(const Finder *f, size_t state, size_t i, size_t j, double ratio,
                          double *cost) {
    size_t per_line = f->states / f->line_states, line = state / per_line;
    if (f->line_states > 1 && ++line >= f->line_states) return SIZE_MAX;
    size_t next = line * per_line;
    if (f->rules.mode != BREAKS_JUSTIFIED) {
        bool is_flagged = stop_at(f, i)->is_flagged && stop_at(f, j)->is_flagged;
        if (is_flagged) *cost += two_flagged;
        return next;
    }
    size_t fit = ratio_class(ratio), fit_before = state % per_line / FLAGS;
    size_t flags = state % FLAGS;
    if (i > 0 && MAX(fit, fit_before) - MIN(fit, fit_before) > 1) *cost += misfit;
    if (!stop_at(f, j)->is_flagged)
        flags = 0;
    else if (++flags >= FLAGS)
        flags = FLAGS - 1, *cost += three_flagged;
    else if (flags == 2)
        *cost += two_flagged;
    return next + fit * FLAGS + flags;
}

/* A word, or four letters, at the same margin of two lines running. */
static double repeats_cost(const Finder *f, uint32_t before, size_t i, size_t j) {
    const Stop *from = stop_at(f, i), *to = stop_at(f, j);
    const Stop *above = stop_at(f, before / f->states);
    double cost = 0;
    if (from->start_key && from->start_key == above->start_key) cost += repeat_demerits;
    if (to->end_key && to->end_key == from->end_key) cost += repeat_demerits;
    return cost;
}

/* Three lines that grow, or shrink, one after another. */
static double staircase_cost(const Finder *f, uint32_t before, size_t i, size_t j) {
    if (f->nodes[before].from == NODE_NONE || is_last(f, j)) return 0;
    size_t above = before / f->states, top = f->nodes[before].from / f->states;
    double last = line_width(f, i, j), middle = line_width(f, above, i);
    double first = line_width(f, top, above), least = stair * f->rules.width;
    bool grows = last - middle > least && middle - first > least;
    bool shrinks = middle - last > least && first - middle > least;
    return grows || shrinks ? staircase_price : 0;
}

/* What depends on the lines that lead to this node. */
static double path_cost(const Finder *f, uint32_t node, size_t i, size_t j, double ratio) {
    uint32_t before = f->nodes[node].from;
    if (before == NODE_NONE || f->rules.mode == BREAKS_BALANCED) return 0;
    if (f->rules.mode == BREAKS_RAGGED) return staircase_cost(f, before, i, j);
    return repeats_cost(f, before, i, j) + rivers_cost(f, node, i, j, ratio);
}

/* ---- the search */

static void line_try(const Finder *f, size_t i, size_t j, double ratio, double line) {
    for (size_t s = 0; s < f->states; s++) {
        uint32_t at = (uint32_t)(i * f->states + s);
        double cost = f->nodes[at].cost + line;
        if (!isfinite(cost)) continue;
        size_t state = state_after(f, s, i, j, ratio, &cost);
        if (state == SIZE_MAX) continue;
        Node *to = &f->nodes[j * f->states + state];
        if (cost <= to->cost) cost += path_cost(f, at, i, j, ratio);
        /* At the same price the fuller line comes first: this one, shorter, follows it. */
        if (cost <= to->cost) *to = (Node){cost, (float)ratio, at};
    }
}

static double cost_reached(const Finder *f, size_t stop) {
    double least = INFINITY;
    for (size_t s = 0; s < f->states; s++) least = fmin(least, f->nodes[stop * f->states + s].cost);
    return least;
}

/* False when no line from stop i or before it can end at stop j or after it. */
static bool could_fit(const Finder *f, size_t i, size_t j) {
    double least = sum_between(f->widths, f, i, j) - 2 * f->hang_max;
    if (f->rules.mode == BREAKS_JUSTIFIED)
        least -= f->rules.tightest * sum_between(f->shrinks, f, i, j);
    return least <= f->rules.width + tolerance;
}

/* Lines that end at each stop, from the longest that fits. Each is looser than the one before: once
 * one costs more than a whole way that is known, so do those that follow. Where a number of lines
 * is asked for, a dearer way may have it: all that the limits allow are looked at. */
static void nodes_fill(const Finder *f) {
    static const double slack = 1e5; /* what states and paths may add */
    double looked_at = f->line_states > 1 ? fmax(f->rules.loosest, 1) : 1;
    size_t longest = 0;
    for (size_t j = 1; j < f->stops->len; j++) {
        while (longest + 1 < j && !could_fit(f, longest, j)) longest++;
        double reached = INFINITY;
        for (size_t i = longest; i < j; i++) {
            if (i + 1 < j && !line_fits(f, i, j)) continue;
            double ratio = line_ratio(f, i, j), line = line_cost(f, i, j, ratio);
            if (ratio > looked_at && line > reached + slack) break;
            line_try(f, i, j, ratio, line);
            reached = fmin(reached, cost_reached(f, j));
        }
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

static void line_add(Finder *f, size_t i, size_t j) {
    BreakLine line = {.start = stop_at(f, i)->next,
                      .end = stop_at(f, j)->end,
                      .next = stop_at(f, j)->next,
                      .width = line_width(f, i, j),
                      .ratio = line_ratio(f, i, j),
                      .is_overfull = !line_fits(f, i, j)};
    g_array_append_val(f->lines, line);
}

static void states_count(Finder *f) {
    size_t m = f->stops->len - 1;
    f->states = f->rules.mode == BREAKS_JUSTIFIED ? FITS * FLAGS : 1;
    f->line_states = 1;
    if (f->rules.mode == BREAKS_BALANCED) {
        size_t lines = fewest_lines(f);
        if (lines > BALANCED_LINES_MAX)
            f->rules.mode = BREAKS_RAGGED;
        else
            f->line_states = lines + 1;
        f->target = line_width(f, 0, m) / (double)lines;
    } else if (f->rules.mode == BREAKS_JUSTIFIED && f->rules.looseness) {
        size_t lines = fewest_lines(f) + 2 + (size_t)ABS(f->rules.looseness);
        if (lines * f->states * (m + 1) <= LOOSE_NODES_MAX) f->line_states = lines + 1;
    }
    f->states *= f->line_states;
}

static size_t best_of(const Finder *f, size_t first, size_t n) {
    size_t best = first;
    for (size_t k = first; k < first + n; k++)
        if (f->nodes[k].cost < f->nodes[best].cost) best = k;
    return best;
}

/* The ratio of the loosest line that leads to this node. */
static double ratio_worst(const Finder *f, size_t node) {
    double worst = 0;
    for (; f->nodes[node].from != NODE_NONE; node = f->nodes[node].from)
        worst = fmax(worst, (double)f->nodes[node].ratio);
    return worst;
}

static bool ends_in_runt(const Finder *f, size_t node) {
    return is_runt(f, f->nodes[node].from / f->states, f->stops->len - 1);
}

/* Is this end no looser than the limits, or than the best there is, without a runt of its own? */
static bool is_bearable(const Finder *f, size_t node, size_t best) {
    double cost = f->nodes[node].cost;
    if (!isfinite(cost) || cost >= f->nodes[best].cost + three_flagged) return false;
    if (ends_in_runt(f, node) && !ends_in_runt(f, best)) return false;
    return ratio_worst(f, node) <= fmax(f->rules.loosest, ratio_worst(f, best));
}

/* The node to end at: the best, or of as many lines as are wanted where that is bearable. */
static size_t node_final(const Finder *f) {
    size_t first = (f->stops->len - 1) * f->states, per_line = f->states / f->line_states;
    size_t best = best_of(f, first, f->states);
    if (f->rules.mode == BREAKS_BALANCED) return first + f->states - 1;
    if (f->line_states == 1 || f->rules.looseness == 0) return best;
    long line = (long)((best - first) / per_line) + f->rules.looseness;
    if (line < 1 || line >= (long)f->line_states) return best;
    size_t wanted = best_of(f, first + (size_t)line * per_line, per_line);
    return is_bearable(f, wanted, best) ? wanted : best;
}

/* The lines of one stretch between forced ends. */
static void stretch_break(Finder *f) {
    size_t m = f->stops->len - 1, first = f->lines->len;
    if (f->rules.width <= 0) {
        line_add(f, 0, m);
        return;
    }
    BreakMode mode = f->rules.mode;
    states_count(f);
    size_t n_nodes = (m + 1) * f->states;
    f->nodes = g_new(Node, n_nodes);
    for (size_t k = 0; k < n_nodes; k++) f->nodes[k] = (Node){INFINITY, 0, NODE_NONE};
    f->nodes[mode == BREAKS_JUSTIFIED ? FLAGS : 0].cost = 0; /* neither tight nor loose */
    nodes_fill(f);
    for (size_t k = node_final(f); f->nodes[k].from != NODE_NONE; k = f->nodes[k].from)
        line_add(f, f->nodes[k].from / f->states, k / f->states);
    g_clear_pointer(&f->nodes, g_free);
    BreakLine *lines = (BreakLine *)(void *)f->lines->data;
    for (size_t a = first, b = f->lines->len; a + 1 < b; a++) { /* found from the end */
        BreakLine line = lines[a];
        lines[a] = lines[--b], lines[b] = line;
    }
    if (mode == BREAKS_JUSTIFIED)
        f->rivers += rivers_count(f, &lines[first], f->lines->len - first);
    f->rules.mode = mode;
}

Breaks *breaks_find(const BreakItem *items, size_t n, const BreakRules *rules) {
    Finder f = {.items = items, .n = n, .rules = *rules};
    if (f.rules.loosest <= 0) f.rules.loosest = 1;
    if (f.rules.tightest <= 0) f.rules.tightest = 1;
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
    breaks->rivers = f.rivers;
    breaks->lines = (BreakLine *)(void *)g_array_free(f.lines, FALSE);
    g_array_free(f.stops, TRUE);
    g_free(f.widths);
    g_free(f.stretches);
    g_free(f.shrinks);
    g_free(f.glues);
    g_free(f.glue_items);
    return breaks;
}

void breaks_free(Breaks *breaks) {
    if (!breaks) return;
    g_free(breaks->lines);
    g_free(breaks);
}
