/* Rivers: white that runs down a paragraph where the gaps between words fall one under another. A
 * gap continues one of the line above when they share more than half a space. Three lines running
 * have a price; four are a river, and counted. */
#include "text/breaks_find.h"

#include <math.h>

enum { GAPS_MAX = 96, DEPTH_PRICED = 3, DEPTH_RIVER = 4 };

static const double line_price = 500, river_price = 5000;

typedef struct {
    double start, end;
    double space; /* natural */
    int depth;    /* lines it has run through, this one included */
} Gap;

typedef struct {
    Gap gaps[GAPS_MAX];
    size_t n;
} Gaps;

/* The items [start, end) set at a ratio, from x on. */
static void gaps_find(const Finder *f, size_t start, size_t end, double x, double ratio,
                      Gaps *ret_gaps) {
    ret_gaps->n = 0;
    double share = ratio > 0 ? ratio : 0, loss = ratio < 0 ? -ratio : 0;
    for (uint32_t k = f->glues[start]; k < f->glues[end] && ret_gaps->n < GAPS_MAX; k++) {
        size_t item = f->glue_items[k];
        double at = x + f->widths[item] - f->widths[start] +
                    share * (f->stretches[item] - f->stretches[start]) -
                    loss * (f->shrinks[item] - f->shrinks[start]);
        const BreakItem *glue = &f->items[item];
        double width = glue->width + share * glue->stretch - loss * glue->shrink;
        ret_gaps->gaps[ret_gaps->n++] = (Gap){at, at + width, glue->width, 1};
    }
}

/* Depths of `below`, from those of the line above it. */
static void gaps_join(const Gaps *above, Gaps *below) {
    size_t a = 0;
    for (size_t b = 0; b < below->n; b++) {
        Gap *gap = &below->gaps[b];
        while (a < above->n && above->gaps[a].end <= gap->start) a++;
        for (size_t k = a; k < above->n && above->gaps[k].start < gap->end; k++) {
            const Gap *upper = &above->gaps[k];
            double shared = fmin(gap->end, upper->end) - fmax(gap->start, upper->start);
            if (shared > gap->space / 2) gap->depth = MAX(gap->depth, upper->depth + 1);
        }
    }
}

static double line_start(const Finder *f, size_t stop) {
    double indent = f->rules.indent;
    double x = stop == 0 ? fmax(indent, 0) : fmax(-indent, 0);
    return x - stop_at(f, stop)->hang_start;
}

double rivers_cost(const Finder *f, uint32_t node, size_t i, size_t j, double ratio) {
    /* The lines above, from the nearest: where each starts and how it is set. */
    enum { ABOVE_MAX = DEPTH_RIVER - 1 };
    size_t starts[ABOVE_MAX], ends[ABOVE_MAX], n = 0;
    double ratios[ABOVE_MAX];
    for (size_t stop = i; n < ABOVE_MAX && f->nodes[node].from != NODE_NONE; n++) {
        ends[n] = stop;
        ratios[n] = (double)f->nodes[node].ratio;
        node = f->nodes[node].from;
        starts[n] = stop = node / f->states;
    }
    if (n + 1 < DEPTH_PRICED) return 0;
    Gaps lines[2];
    size_t turn = 0;
    for (size_t k = n; k-- > 0; turn = !turn) {
        Gaps *line = &lines[turn];
        gaps_find(f, stop_at(f, starts[k])->next, stop_at(f, ends[k])->end,
                  line_start(f, starts[k]), ratios[k], line);
        if (k + 1 < n) gaps_join(&lines[!turn], line);
    }
    Gaps *last = &lines[turn];
    gaps_find(f, stop_at(f, i)->next, stop_at(f, j)->end, line_start(f, i), ratio, last);
    gaps_join(&lines[!turn], last);
    double cost = 0;
    for (size_t k = 0; k < last->n; k++) {
        if (last->gaps[k].depth >= DEPTH_RIVER)
            cost += river_price;
        else if (last->gaps[k].depth >= DEPTH_PRICED)
            cost += line_price;
    }
    return cost;
}

size_t rivers_count(const Finder *f, const BreakLine *lines, size_t n) {
    size_t rivers = 0, turn = 0;
    Gaps pair[2] = {0};
    for (size_t i = 0; i < n; i++, turn = !turn) {
        double indent = i == 0 ? fmax(f->rules.indent, 0) : fmax(-f->rules.indent, 0);
        double x = indent - (double)f->items[lines[i].start].hang_start;
        gaps_find(f, lines[i].start, lines[i].end, x, lines[i].ratio, &pair[turn]);
        if (i) gaps_join(&pair[!turn], &pair[turn]);
        for (size_t k = 0; k < pair[turn].n; k++) rivers += pair[turn].gaps[k].depth == DEPTH_RIVER;
    }
    return rivers;
}
