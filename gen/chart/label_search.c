#include "chart/label_exact.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

enum {
    MOST_TRIED = 60, /* labels of the greatest rank: a figure of this size holds fewer */
    MOST_PASSES = 8,
    MOST_EXACT = 20, /* as many are chosen together */
    WINDOW = 7,      /* of more, each that has no place with so many around it */
    MOST_OPEN = 48,
    MOST_LOOKS = 600000 /* of windows: bounds the time, not the result's truth */
};

typedef struct {
    size_t n;
    double unit;
    const LabelField *field;
    GArray **offers;     /* LabelOffer, of each wish */
    int *chosen;         /* index of the offer, -1: none */
    const size_t *turns; /* wishes by rank */
    int *turn;           /* of each wish: 0 for the greatest rank */
    long looks;          /* left */
} Puzzle;

static const LabelOffer *offer_at(const Puzzle *puzzle, size_t wish, int i) {
    return &g_array_index(puzzle->offers[wish], LabelOffer, (guint)i);
}

static const LabelWish *wish_at(const Puzzle *puzzle, size_t wish) {
    return label_field_wish_at(puzzle->field, wish);
}

static bool conflicts_with(const Puzzle *puzzle, const LabelOffer *offer, size_t other) {
    return puzzle->chosen[other] >= 0 &&
           label_offers_conflict(offer, offer_at(puzzle, other, puzzle->chosen[other]),
                                 puzzle->unit);
}

/* How many placed labels (2 for more) this offer conflicts with; the last of them. */
static size_t count_conflicts(const Puzzle *puzzle, size_t wish, const LabelOffer *offer,
                              size_t *ret_other) {
    size_t n = 0;
    for (size_t i = 0; i < puzzle->n && n < 2; i++)
        if (i != wish && conflicts_with(puzzle, offer, i)) n++, *ret_other = i;
    return n;
}

/* The cheapest offer without conflict, at most `limit` in cost; -1: none. */
static int find_free(const Puzzle *puzzle, size_t wish, double limit) {
    size_t other;
    for (guint i = 0; i < puzzle->offers[wish]->len; i++) {
        const LabelOffer *offer = offer_at(puzzle, wish, (int)i);
        if (offer->cost > limit) return -1;
        if (!count_conflicts(puzzle, wish, offer, &other)) return (int)i;
    }
    return -1;
}

/* Where a placed label could go while the others stand: its offers without conflict, by cost. Found
 * once for all the offers of one wish that it blocks. */
static const GArray *find_spare(const Puzzle *puzzle, size_t label, GArray **spare) {
    size_t other;
    if (spare[label]) return spare[label];
    spare[label] = g_array_new(FALSE, FALSE, sizeof(int));
    for (int i = 0; i < (int)puzzle->offers[label]->len; i++)
        if (i != puzzle->chosen[label] &&
            !count_conflicts(puzzle, label, offer_at(puzzle, label, i), &other))
            g_array_append_val(spare[label], i);
    return spare[label];
}

/* The cheapest of them that leaves `offer` free, at most `limit` in cost; -1: none. */
static int find_move(const Puzzle *puzzle, size_t label, const LabelOffer *offer, double limit,
                     GArray **spare) {
    const GArray *ways = find_spare(puzzle, label, spare);
    for (guint k = 0; k < ways->len; k++) {
        int i = g_array_index(ways, int, k);
        const LabelOffer *move = offer_at(puzzle, label, i);
        if (move->cost > limit) return -1;
        if (!label_offers_conflict(move, offer, puzzle->unit)) return i;
    }
    return -1;
}

static bool eject_with(Puzzle *puzzle, size_t wish, double limit, GArray **spare) {
    for (guint i = 0; i < puzzle->offers[wish]->len; i++) {
        const LabelOffer *offer = offer_at(puzzle, wish, (int)i);
        size_t other = wish;
        if (offer->cost >= limit) return false; /* the other one seeks its own gain */
        if (count_conflicts(puzzle, wish, offer, &other) != 1) continue;
        if (wish_at(puzzle, other)->was_placed) continue;
        double old = offer_at(puzzle, other, puzzle->chosen[other])->cost;
        double room = limit - offer->cost + (isinf(limit) ? 0 : old);
        int move = find_move(puzzle, other, offer, room - EXACT_LEAST, spare);
        if (move < 0) continue;
        puzzle->chosen[wish] = (int)i;
        puzzle->chosen[other] = move;
        return true;
    }
    return false;
}

/* Gives `wish` an offer that one placed label blocks, if that label can move and the two together
 * cost less than `limit`. */
static bool eject_one(Puzzle *puzzle, size_t wish, double limit) {
    int before = puzzle->chosen[wish];
    g_autofree GArray **spare = g_new0(GArray *, puzzle->n);
    puzzle->chosen[wish] = -1;
    bool is_done = eject_with(puzzle, wish, limit, spare);
    if (!is_done) puzzle->chosen[wish] = before;
    for (size_t i = 0; i < puzzle->n; i++)
        if (spare[i]) g_array_unref(spare[i]);
    return is_done;
}

/* How many labels this offer would take off, all of lower rank; -1: one of them is not. */
static int count_lower(const Puzzle *puzzle, size_t wish, const LabelOffer *offer) {
    int n = 0;
    for (size_t k = 0; k < puzzle->n; k++) {
        if (k == wish || !conflicts_with(puzzle, offer, k)) continue;
        if (puzzle->turn[k] < puzzle->turn[wish]) return -1;
        n++;
    }
    return n;
}

/* Places `wish` where only lower ranks stand in its way, as few as can be, and takes them off: they
 * try again later. */
static bool evict(Puzzle *puzzle, size_t wish) {
    int best = -1, fewest = INT_MAX;
    for (guint i = 0; i < puzzle->offers[wish]->len && fewest > 1; i++) {
        int n = count_lower(puzzle, wish, offer_at(puzzle, wish, (int)i));
        if (n >= 0 && n < fewest) best = (int)i, fewest = n;
    }
    if (best < 0) return false;
    for (size_t k = 0; k < puzzle->n; k++)
        if (k != wish && conflicts_with(puzzle, offer_at(puzzle, wish, best), k))
            puzzle->chosen[k] = -1;
    puzzle->chosen[wish] = best;
    return true;
}

/* Labels that had a place take it again before any other is set. */
static void recall(Puzzle *puzzle, size_t wish) {
    size_t other;
    int former = -1;
    do {
        former =
            label_offer_former(wish_at(puzzle, wish), puzzle->offers[wish], (guint)(former + 1));
        if (former >= 0 && !count_conflicts(puzzle, wish, offer_at(puzzle, wish, former), &other))
            puzzle->chosen[wish] = former;
    } while (former >= 0 && puzzle->chosen[wish] < 0);
}

/* What has been left out as long as the others stood as they stand moves none of them. */
static bool improve(Puzzle *puzzle, size_t wish) {
    const LabelWish *of = wish_at(puzzle, wish);
    if (puzzle->chosen[wish] < 0) {
        puzzle->chosen[wish] = find_free(puzzle, wish, INFINITY);
        if (of->was_left_out) return puzzle->chosen[wish] >= 0;
        return puzzle->chosen[wish] >= 0 || eject_one(puzzle, wish, INFINITY) ||
               evict(puzzle, wish);
    }
    if (of->was_placed) return false;
    double cost = offer_at(puzzle, wish, puzzle->chosen[wish])->cost;
    int better = find_free(puzzle, wish, cost - EXACT_LEAST);
    if (better >= 0) {
        puzzle->chosen[wish] = better;
        return true;
    }
    return eject_one(puzzle, wish, cost);
}

/* ---- several labels at once */

/* Those that may move: what stands where it stood stays. */
static bool is_loose(const Puzzle *puzzle, size_t wish) {
    const LabelWish *of = wish_at(puzzle, wish);
    if (!puzzle->offers[wish]->len || of->was_left_out) return false;
    return !of->was_placed || puzzle->chosen[wish] < 0;
}

/* The offers of a label that do not conflict with those outside the window; the one that it has is
 * among them, or others would be set where it stands. */
static ExactLabel open_label(const Puzzle *puzzle, const size_t *window, size_t k, size_t wish,
                             Arena *arena) {
    const GArray *offers = puzzle->offers[wish];
    int *open = ARENA_ARRAY(arena, int, offers->len);
    ExactLabel label = {.offers = offers, .open = open, .chosen = puzzle->chosen[wish]};
    for (guint i = 0; i < offers->len && label.n_open < MOST_OPEN; i++) {
        bool is_free = true;
        for (size_t other = 0; other < puzzle->n && is_free; other++) {
            if (puzzle->chosen[other] < 0) continue;
            bool is_inside = false;
            for (size_t w = 0; w < k; w++) is_inside |= window[w] == other;
            is_free = is_inside || !conflicts_with(puzzle, offer_at(puzzle, wish, (int)i), other);
        }
        if (is_free) open[label.n_open++] = (int)i;
    }
    if (label.n_open == MOST_OPEN && label.chosen > open[MOST_OPEN - 1])
        open[MOST_OPEN - 1] = label.chosen;
    return label;
}

static int compare_turns(const void *a, const void *b) {
    const int *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The best for a window, the others where they are. A label of greater rank weighs more than all
 * those after it. */
static bool choose_together(Puzzle *puzzle, size_t *window, size_t k, Arena *arena) {
    int turns[MOST_EXACT] = {0};
    ExactLabel labels[MOST_EXACT];
    for (size_t i = 0; i < k; i++) turns[i] = puzzle->turn[window[i]];
    qsort(turns, k, sizeof *turns, compare_turns);
    for (size_t i = 0; i < k; i++) window[i] = puzzle->turns[turns[i]];
    for (size_t i = 0; i < k; i++) {
        labels[i] = open_label(puzzle, window, k, window[i], arena);
        labels[i].without = ldexp(1000, (int)(k - i));
    }
    if (!label_exact(labels, k, puzzle->unit, &puzzle->looks)) return false;
    for (size_t i = 0; i < k; i++) puzzle->chosen[window[i]] = labels[i].chosen;
    return true;
}

static double distance_between(const Puzzle *puzzle, size_t a, size_t b) {
    Point from = wish_at(puzzle, a)->anchor, to = wish_at(puzzle, b)->anchor;
    double distance = point_distance(from, to);
    if (puzzle->chosen[b] < 0) return distance;
    Rect box = offer_at(puzzle, b, puzzle->chosen[b])->place.box;
    return fmin(distance, point_distance(from, (Point){box.x + box.w / 2, box.y + box.h / 2}));
}

/* The label and those nearest to it that may move. */
static size_t find_window(const Puzzle *puzzle, size_t wish, size_t most, size_t *ret_window) {
    double away[MOST_EXACT] = {0};
    size_t k = 1;
    ret_window[0] = wish;
    for (size_t i = 0; i < puzzle->n; i++) {
        if (i == wish || !is_loose(puzzle, i)) continue;
        double distance = distance_between(puzzle, wish, i);
        size_t at = k;
        while (at > 1 && away[at - 1] > distance) at--;
        if (at >= most) continue;
        if (k < most) k++;
        for (size_t m = k - 1; m > at; m--) {
            away[m] = away[m - 1];
            ret_window[m] = ret_window[m - 1];
        }
        away[at] = distance;
        ret_window[at] = i;
    }
    return k;
}

/* Few labels are chosen all together; of many, those without a place each with its neighbours. */
static bool choose_windows(Puzzle *puzzle, Arena *arena) {
    size_t window[MOST_EXACT], n_loose = 0, first = 0;
    bool is_better = false;
    for (size_t i = puzzle->n; i-- > 0;)
        if (is_loose(puzzle, puzzle->turns[i])) n_loose++, first = puzzle->turns[i];
    if (!n_loose) return false;
    if (n_loose <= MOST_EXACT) {
        size_t k = find_window(puzzle, first, MOST_EXACT, window);
        return choose_together(puzzle, window, k, arena);
    }
    for (size_t i = 0; i < puzzle->n && puzzle->looks > 0; i++) {
        size_t wish = puzzle->turns[i];
        if (!is_loose(puzzle, wish) || puzzle->chosen[wish] >= 0) continue;
        size_t k = find_window(puzzle, wish, WINDOW, window);
        is_better |= choose_together(puzzle, window, k, arena);
    }
    return is_better;
}

/* ---- all */

typedef struct {
    bool is_pinned;
    double rank;
    size_t index;
} Turn;

static int compare_ranks(const void *a, const void *b) {
    const Turn *x = a, *y = b;
    if (x->is_pinned != y->is_pinned) return x->is_pinned ? -1 : 1;
    if (x->rank != y->rank) return x->rank > y->rank ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static size_t *find_turns(const LabelField *field, size_t n, Arena *arena) {
    Turn *ranked = ARENA_ARRAY(arena, Turn, n);
    size_t *turns = ARENA_ARRAY(arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        const LabelWish *wish = label_field_wish_at(field, i);
        ranked[i] = (Turn){wish->pin != SIDE_ANY, wish->rank, i};
    }
    if (n) qsort(ranked, n, sizeof *ranked, compare_ranks);
    for (size_t i = 0; i < n; i++) turns[i] = ranked[i].index;
    return turns;
}

/* One label at a time until none gets a better place. */
static void settle(Puzzle *puzzle) {
    bool moves = true;
    for (int pass = 0; pass < MOST_PASSES && moves; pass++) {
        moves = false;
        for (size_t i = 0; i < puzzle->n; i++) moves |= improve(puzzle, puzzle->turns[i]);
    }
}

/* At the end no label that is left out has a free place: another run that remembers this one
 * changes nothing. */
static void fill(Puzzle *puzzle) {
    for (size_t i = 0; i < puzzle->n; i++) {
        size_t wish = puzzle->turns[i];
        if (puzzle->chosen[wish] < 0) puzzle->chosen[wish] = find_free(puzzle, wish, INFINITY);
    }
}

/* The pinned label, plus 1, that stands in the way of one which is pinned too. */
static size_t find_blocker(const Puzzle *puzzle, size_t wish) {
    if (wish_at(puzzle, wish)->pin == SIDE_ANY || !puzzle->offers[wish]->len) return 0;
    for (size_t k = 0; k < puzzle->n; k++) {
        size_t other = puzzle->turns[k];
        if (wish_at(puzzle, other)->pin == SIDE_ANY) return 0;
        if (other != wish && conflicts_with(puzzle, offer_at(puzzle, wish, 0), other))
            return other + 1;
    }
    return 0;
}

LabelPlace *labels_place(const LabelField *field, double unit, Arena *arena) {
    size_t n = label_field_wishes(field);
    LabelPlace *places = ARENA_ARRAY(arena, LabelPlace, n);
    if (!n) return places;
    const size_t *turns = find_turns(field, n, arena);
    Puzzle puzzle = {.field = field,
                     .n = n,
                     .unit = unit,
                     .offers = label_offers(field, turns, MOST_TRIED, unit, arena),
                     .chosen = ARENA_ARRAY(arena, int, n),
                     .turns = turns,
                     .turn = ARENA_ARRAY(arena, int, n),
                     .looks = MOST_LOOKS};
    for (size_t i = 0; i < n; i++) {
        puzzle.chosen[i] = -1;
        puzzle.turn[turns[i]] = (int)i;
    }
    for (size_t i = 0; i < n; i++) recall(&puzzle, turns[i]);
    settle(&puzzle);
    if (choose_windows(&puzzle, arena)) settle(&puzzle);
    fill(&puzzle);
    for (size_t i = 0; i < n; i++) {
        if (puzzle.chosen[i] >= 0)
            places[i] = offer_at(&puzzle, i, puzzle.chosen[i])->place;
        else
            places[i].blocker = find_blocker(&puzzle, i);
    }
    for (size_t i = 0; i < n; i++) g_array_unref(puzzle.offers[i]);
    return places;
}
