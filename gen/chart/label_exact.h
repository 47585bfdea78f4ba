/* chart/label_exact: for a few labels, each with its possible places, the choice of least cost
 * without conflict: branch and bound. A branch is left when its cost and the cheapest place that
 * each label to come still has, cost as much as the best choice known. Private to the label engine.
 */
#pragma once

#include "chart/label_offer.h"

enum { EXACT_OPEN = 64 }; /* places that a label may have at the most */

typedef struct {
    const GArray *offers; /* LabelOffer, by cost */
    const int *open;      /* which of them may be chosen, ascending */
    size_t n_open;
    double without; /* cost of no place */
    int chosen;     /* in: a choice to beat; out: the best found; of `offers`, -1: no place */
} ExactLabel;

/* Costs count in steps of this size: what saves less is not better. */
#define EXACT_LEAST 1e-6

/* True when `labels` now have a cheaper choice. `budget` is how often the places of a label may
 * still be looked at: when it runs out, the best choice so far stands. */
bool label_exact(ExactLabel *labels, size_t n, double unit, long *budget);
