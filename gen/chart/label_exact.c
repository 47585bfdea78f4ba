#include "chart/label_exact.h"

#include <math.h>
#include <stdint.h>

/* The search of one component: labels that conflicts link, directly or by others. Options of a
 * label are bits of a word, by cost. */
typedef struct {
    ExactLabel **labels;
    size_t n;
    double unit, best;
    long *budget;
    size_t *base;        /* of each label's options among all */
    double *costs;       /* of each option; one more for each label: of no place */
    uint64_t *conflicts; /* [option][label]: which of the label's it excludes */
    bool *is_known;      /* of these */
    uint64_t *open;      /* [depth][label]: those that no label on the way excludes */
    int *path;           /* option of each label on the way, -1: no place */
    int *found;
    bool is_better;
} Tree;

static const LabelOffer *offer_of(const ExactLabel *label, size_t option) {
    return &g_array_index(label->offers, LabelOffer, (guint)label->open[option]);
}

static double cost_of(const ExactLabel *label, size_t option) {
    return option < label->n_open ? fmin(offer_of(label, option)->cost, label->without)
                                  : label->without;
}

static double cost_chosen(const ExactLabel *label) {
    if (label->chosen < 0) return label->without;
    return g_array_index(label->offers, LabelOffer, (guint)label->chosen).cost;
}

/* ---- what can be left out of the search */

/* If every label but one had its cheapest place, that one could cost so much more and no more. */
static double slack_of(ExactLabel **labels, size_t n) {
    double slack = 0;
    for (size_t i = 0; i < n; i++) slack += cost_chosen(labels[i]) - cost_of(labels[i], 0);
    return slack;
}

static void cut_options(ExactLabel **labels, size_t n) {
    double slack = slack_of(labels, n);
    for (size_t i = 0; i < n; i++) {
        /* its own, rounded, included */
        double most = fmin(cost_of(labels[i], 0) + slack + EXACT_LEAST, labels[i]->without);
        while (labels[i]->n_open && offer_of(labels[i], labels[i]->n_open - 1)->cost > most)
            labels[i]->n_open--;
    }
}

static Rect hull_of(const ExactLabel *label) {
    Rect hull = {0};
    for (size_t i = 0; i < label->n_open; i++)
        hull = i ? rect_union(hull, offer_of(label, i)->hull) : offer_of(label, i)->hull;
    return hull;
}

static bool are_linked(const ExactLabel *a, const ExactLabel *b, double unit, long *budget) {
    for (size_t i = 0; i < a->n_open; i++)
        for (size_t j = 0; j < b->n_open; j++) {
            --*budget;
            if (label_offers_conflict(offer_of(a, i), offer_of(b, j), unit)) return true;
        }
    return false;
}

/* Numbers the components in `ret_part`; returns how many there are. */
static size_t find_parts(ExactLabel **labels, size_t n, double unit, long *budget,
                         size_t *ret_part) {
    g_autofree Rect *hulls = g_new(Rect, n + 1);
    for (size_t i = 0; i < n; i++) {
        ret_part[i] = i;
        hulls[i] = hull_of(labels[i]);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++) {
            size_t from = ret_part[i], to = ret_part[j];
            if (from == to || !rect_overlaps(hulls[i], hulls[j])) continue;
            if (!are_linked(labels[i], labels[j], unit, budget)) continue;
            for (size_t k = 0; k < n; k++)
                if (ret_part[k] == from) ret_part[k] = to;
        }
    size_t n_parts = 0;
    for (size_t i = 0; i < n; i++) n_parts = MAX(n_parts, ret_part[i] + 1);
    return n_parts;
}

/* ---- the search */

static uint64_t find_conflicts(const Tree *tree, size_t a, size_t i, size_t b) {
    uint64_t excluded = 0;
    for (size_t j = 0; j < tree->labels[b]->n_open; j++)
        if (label_offers_conflict(offer_of(tree->labels[a], i), offer_of(tree->labels[b], j),
                                  tree->unit))
            excluded |= UINT64_C(1) << j;
    return excluded;
}

/* Options of label `b` that option `i` of label `a` excludes. */
static uint64_t excluded_by(const Tree *tree, size_t a, size_t i, size_t b) {
    size_t at = (tree->base[a] + i) * tree->n + b;
    if (!tree->is_known[at]) tree->conflicts[at] = find_conflicts(tree, a, i, b);
    tree->is_known[at] = true;
    return tree->conflicts[at];
}

/* What the labels after `depth` may still have once that one has its option, in the next row of
 * `open`; what they cost at the least, or more than `limit`. */
static double bound(const Tree *tree, size_t depth, int option, double limit) {
    const uint64_t *open = &tree->open[depth * tree->n];
    uint64_t *next = &tree->open[(depth + 1) * tree->n];
    double cost = 0;
    for (size_t label = depth + 1; label < tree->n && cost < limit; label++) {
        --*tree->budget;
        next[label] = open[label];
        if (option >= 0) next[label] &= ~excluded_by(tree, depth, (size_t)option, label);
        size_t cheapest =
            next[label] ? (size_t)__builtin_ctzll(next[label]) : tree->labels[label]->n_open;
        cost += tree->costs[tree->base[label] + cheapest];
    }
    return cost;
}

static void descend(Tree *tree, size_t depth, double cost);

/* Goes on with this option of the label at `depth`, which brings the cost to so much. */
static void take(Tree *tree, size_t depth, int option, double cost) {
    double limit = tree->best - EXACT_LEAST - cost;
    if (*tree->budget <= 0 || bound(tree, depth, option, limit) >= limit) return;
    tree->path[depth] = option;
    descend(tree, depth + 1, cost);
}

static void descend(Tree *tree, size_t depth, double cost) {
    if (depth == tree->n) {
        tree->best = cost;
        tree->is_better = true;
        for (size_t i = 0; i < tree->n; i++) tree->found[i] = tree->path[i];
        return;
    }
    const double *costs = &tree->costs[tree->base[depth]];
    for (uint64_t left = tree->open[depth * tree->n + depth]; left; left &= left - 1) {
        int option = __builtin_ctzll(left);
        if (cost + costs[option] >= tree->best - EXACT_LEAST) break;
        take(tree, depth, option, cost + costs[option]);
    }
    take(tree, depth, -1, cost + tree->labels[depth]->without);
}

static uint64_t first_bits(size_t n) {
    return n < EXACT_OPEN ? (UINT64_C(1) << n) - 1 : UINT64_MAX;
}

static bool search_part(Tree tree, ExactLabel **labels, size_t n) {
    size_t n_costs = 0;
    double least = 0;
    cut_options(labels, n);
    for (size_t i = 0; i < n; i++) n_costs += labels[i]->n_open + 1;
    g_autofree size_t *base = g_new(size_t, n + 1);
    g_autofree double *costs = g_new(double, n_costs + 1);
    g_autofree uint64_t *conflicts = g_new(uint64_t, n_costs * n + 1);
    g_autofree bool *is_known = g_new0(bool, n_costs *n + 1);
    g_autofree uint64_t *open = g_new(uint64_t, (n + 1) * n + 1);
    g_autofree int *path = g_new(int, n + 1), *found = g_new(int, n + 1);
    tree.labels = labels;
    tree.n = n;
    tree.base = base;
    tree.costs = costs;
    tree.conflicts = conflicts;
    tree.is_known = is_known;
    tree.open = open;
    tree.path = path;
    tree.found = found;
    for (size_t i = 0, at = 0; i < n; at += labels[i++]->n_open + 1) {
        base[i] = at;
        for (size_t k = 0; k <= labels[i]->n_open; k++) costs[at + k] = cost_of(labels[i], k);
        open[i] = first_bits(labels[i]->n_open);
        tree.best += cost_chosen(labels[i]);
        least += costs[at];
    }
    if (least < tree.best - EXACT_LEAST) descend(&tree, 0, 0);
    for (size_t i = 0; tree.is_better && i < n; i++)
        labels[i]->chosen = found[i] < 0 ? -1 : labels[i]->open[found[i]];
    return tree.is_better;
}

bool label_exact(ExactLabel *labels, size_t n, double unit, long *budget) {
    g_autofree ExactLabel **all = g_new(ExactLabel *, n + 1), **some = g_new(ExactLabel *, n + 1);
    g_autofree size_t *part = g_new(size_t, n + 1);
    for (size_t i = 0; i < n; i++) all[i] = &labels[i];
    cut_options(all, n);
    size_t n_parts = find_parts(all, n, unit, budget, part);
    bool is_better = false;
    for (size_t p = 0; p < n_parts; p++) {
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
            if (part[i] == p) some[k++] = all[i];
        if (k) is_better |= search_part((Tree){.unit = unit, .budget = budget}, some, k);
    }
    return is_better;
}
