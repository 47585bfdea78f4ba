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
