#include "chart/label_exact.h"

#include <math.h>

enum { UNKNOWN, APART, IN_CONFLICT };

/* The search of one component: labels that conflicts link, directly or by others. */
typedef struct {
    ExactLabel **labels;
    size_t n, n_options;
    double unit, best;
    long *budget;
    size_t *base;         /* of each label's options among all */
    signed char *verdict; /* of two options: n_options² */
    size_t *next;         /* [depth][label]: its cheapest option that is open there */
    int *path;            /* option of each label on the way, -1: no place */
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
        double most = cost_of(labels[i], 0) + slack + EXACT_LEAST; /* its own, rounded, included */
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

static bool in_conflict(Tree *tree, size_t a, size_t i, size_t b, size_t j) {
    signed char *verdict =
        &tree->verdict[(tree->base[a] + i) * tree->n_options + tree->base[b] + j];
    --*tree->budget;
    if (*verdict == UNKNOWN) {
        bool is = label_offers_conflict(offer_of(tree->labels[a], i), offer_of(tree->labels[b], j),
                                        tree->unit);
        *verdict = is ? IN_CONFLICT : APART;
    }
    return *verdict == IN_CONFLICT;
}

static bool is_open(Tree *tree, size_t depth, size_t label, size_t option) {
    for (size_t a = depth; a-- > 0;)
        if (tree->path[a] >= 0 && in_conflict(tree, a, (size_t)tree->path[a], label, option))
            return false;
    return true;
}

/* The labels before `depth` are set: what the others cost at the least. */
static double bound(Tree *tree, size_t depth, double limit) {
    double cost = 0;
    for (size_t label = depth; label < tree->n && cost < limit; label++) {
        size_t *next = &tree->next[depth * tree->n + label];
        *next = depth ? tree->next[(depth - 1) * tree->n + label] : 0;
        while (*next < tree->labels[label]->n_open && !is_open(tree, depth, label, *next)) ++*next;
        cost += cost_of(tree->labels[label], *next);
    }
    return cost;
}

static void descend(Tree *tree, size_t depth, double cost) {
    double limit = tree->best - EXACT_LEAST - cost;
    if (*tree->budget <= 0 || bound(tree, depth, limit) >= limit) return;
    if (depth == tree->n) {
        tree->best = cost;
        tree->is_better = true;
        for (size_t i = 0; i < tree->n; i++) tree->found[i] = tree->path[i];
        return;
    }
    const ExactLabel *label = tree->labels[depth];
    for (size_t i = tree->next[depth * tree->n + depth]; i < label->n_open; i++) {
        double with = cost + offer_of(label, i)->cost;
        if (with >= tree->best - EXACT_LEAST) break;
        if (!is_open(tree, depth, depth, i)) continue;
        tree->path[depth] = (int)i;
        descend(tree, depth + 1, with);
    }
    tree->path[depth] = -1;
    descend(tree, depth + 1, cost + label->without);
}

static bool search_part(Tree tree, ExactLabel **labels, size_t n) {
    cut_options(labels, n);
    g_autofree size_t *base = g_new(size_t, n + 1), *next = g_new0(size_t, (n + 1) * (n + 1));
    g_autofree int *path = g_new(int, n + 1), *found = g_new(int, n + 1);
    tree.labels = labels;
    tree.n = n;
    tree.base = base;
    tree.next = next;
    tree.path = path;
    tree.found = found;
    for (size_t i = 0; i < n; i++) {
        base[i] = tree.n_options;
        tree.n_options += labels[i]->n_open;
        tree.best += cost_chosen(labels[i]);
    }
    g_autofree signed char *verdict = g_new0(signed char, tree.n_options *tree.n_options + 1);
    tree.verdict = verdict;
    descend(&tree, 0, 0);
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
