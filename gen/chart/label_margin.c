#include "chart/label_margin.h"

#include <glib.h>
#include <math.h>

static const double UNIT = 64;

/* Neighbours that touch move as one: the mean of what they wish, each freed of those before it. */
typedef struct {
    double sum;
    size_t n;
} Pool;

static double mean(Pool pool) {
    return pool.sum / (double)pool.n;
}

double label_margin_height(const MarginLabel *labels, size_t n, double gap) {
    double height = 0;
    for (size_t i = 0; i < n; i++) height += labels[i].height + (i ? gap : 0);
    return height;
}

bool label_margin_set(MarginLabel *labels, size_t n, double gap, double top, double bottom) {
    double highest = bottom - label_margin_height(labels, n, gap);
    if (highest < top) return false;
    g_autofree Pool *pools = g_new(Pool, n + 1);
    size_t n_pools = 0;
    double before = 0;
    for (size_t i = 0; i < n; i++) {
        Pool pool = {labels[i].wish - before, 1};
        while (n_pools && mean(pools[n_pools - 1]) >= mean(pool)) {
            n_pools--;
            pool = (Pool){pool.sum + pools[n_pools].sum, pool.n + pools[n_pools].n};
        }
        pools[n_pools++] = pool;
        before += labels[i].height + gap;
    }
    before = 0;
    for (size_t p = 0, i = 0; p < n_pools; p++) {
        double level = floor(fmin(fmax(mean(pools[p]), top), highest) * UNIT) / UNIT;
        for (size_t k = 0; k < pools[p].n; k++, i++) {
            labels[i].y = fmax(level, top) + before;
            before += labels[i].height + gap;
        }
    }
    return true;
}

/* ---- two margins */

typedef struct {
    const MarginLabel *labels;
    size_t n;
    double gap, top;
    int *sides;
    MarginLabel *column; /* scratch */
} Split;

static double cost_of(const Split *split, int side) {
    size_t m = 0;
    double cost = 0;
    for (size_t i = 0; i < split->n; i++)
        if (split->sides[i] == side) split->column[m++] = split->labels[i];
    (void)label_margin_set(split->column, m, split->gap, split->top, INFINITY);
    for (size_t i = 0; i < m; i++) {
        double away = split->column[i].y - split->column[i].wish;
        cost += away * away;
    }
    return cost;
}

static double cost_of_both(const Split *split) {
    return cost_of(split, -1) + cost_of(split, 1);
}

/* Flips label i, and label j where it is another; flips them back when that is no better. */
static bool flip(const Split *split, size_t i, size_t j, double *cost) {
    static const double least = 1e-6;
    split->sides[i] = -split->sides[i];
    if (j != i) split->sides[j] = -split->sides[j];
    double flipped = cost_of_both(split);
    if (flipped < *cost - least) {
        *cost = flipped;
        return true;
    }
    split->sides[i] = -split->sides[i];
    if (j != i) split->sides[j] = -split->sides[j];
    return false;
}

void label_margin_split(const MarginLabel *labels, size_t n, double gap, double top, int *sides) {
    enum { MOST_PASSES = 6, MOST_FLIPS = 600 }; /* tried, of all passes: bounds the time */
    g_autofree MarginLabel *column = g_new(MarginLabel, n + 1);
    g_autofree bool *is_free = g_new(bool, n + 1);
    Split split = {labels, n, gap, top, sides, column};
    int last = -1;
    for (size_t i = 0; i < n; i++) {
        is_free[i] = !sides[i];
        if (is_free[i]) sides[i] = -last;
        last = sides[i];
    }
    double cost = cost_of_both(&split);
    bool is_better = true;
    size_t flips = 0;
    for (int pass = 0; pass < MOST_PASSES && is_better; pass++) {
        is_better = false;
        for (size_t i = 0; i < n && flips < MOST_FLIPS; i++) {
            if (!is_free[i]) continue;
            flips += 2;
            is_better |= flip(&split, i, i, &cost);
            if (i + 1 < n && is_free[i + 1] && sides[i] != sides[i + 1])
                is_better |= flip(&split, i, i + 1, &cost);
        }
    }
}
