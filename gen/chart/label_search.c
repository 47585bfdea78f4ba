#include "chart/label_board.h"
#include "chart/label_exact.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

enum {
    MOST_TRIED = 60, /* labels of the greatest rank: a figure of this size holds fewer */
    MOST_PASSES = 8,
    MOST_EXACT = 20, /* as many are chosen together */
    WINDOW = 7,      /* of more, each that has no place with so many around it */
    MOST_OPEN = 48,
    MOST_LOOKS = 150000 /* of windows: bounds the time, not the result's truth */
};

static_assert((int)MOST_OPEN <= (int)EXACT_OPEN);

typedef struct {
    size_t n;
    double unit;
    const LabelField *field;
    GArray **offers; /* LabelOffer, of each wish */
    LabelBoard *board;
    const int *chosen;   /* on the board: index of the offer, -1: none */
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

static bool is_free(const Puzzle *puzzle, size_t wish, int i) {
    size_t blocker;
    return !label_board_blockers(puzzle->board, wish, i, &blocker);
}

/* The cheapest offer without conflict, at most `limit` in cost; -1: none. */
static int find_free(const Puzzle *puzzle, size_t wish, double limit) {
    for (int i = 0; i < (int)puzzle->offers[wish]->len; i++) {
        if (offer_at(puzzle, wish, i)->cost > limit) return -1;
        if (is_free(puzzle, wish, i)) return i;
    }
    return -1;
}

/* Is an offer of `label` free, or would be without `wish`? */
static bool is_spare(const Puzzle *puzzle, size_t label, int i, size_t wish) {
    size_t blocker = 0;
    int n = label_board_blockers(puzzle->board, label, i, &blocker);
    return i != puzzle->chosen[label] && (n == 0 || (n == 1 && blocker == wish));
}

/* Where a placed label could go that leaves `offer` of `wish` free, the others where they are: its
 * cheapest offer, at most `limit` in cost; -1: none. */
static int find_move(const Puzzle *puzzle, size_t label, size_t wish, const LabelOffer *offer,
                     double limit) {
    for (int i = 0; i < (int)puzzle->offers[label]->len; i++) {
        if (!is_spare(puzzle, label, i, wish)) continue;
        const LabelOffer *move = offer_at(puzzle, label, i);
        if (move->cost > limit) return -1;
        if (!label_offers_conflict(move, offer, puzzle->unit)) return i;
    }
    return -1;
}

/* Gives `wish` an offer that one placed label blocks, if that label can move and the two together
 * cost less than `limit`. */
static bool eject_one(Puzzle *puzzle, size_t wish, double limit) {
    for (int i = 0; i < (int)puzzle->offers[wish]->len; i++) {
        const LabelOffer *offer = offer_at(puzzle, wish, i);
        size_t other = wish;
        if (offer->cost >= limit) return false; /* the other one seeks its own gain */
        if (label_board_blockers(puzzle->board, wish, i, &other) != 1) continue;
        if (wish_at(puzzle, other)->was_placed) continue;
        double old = offer_at(puzzle, other, puzzle->chosen[other])->cost;
        double room = limit - offer->cost + (isinf(limit) ? 0 : old);
        int move = find_move(puzzle, other, wish, offer, room - EXACT_LEAST);
        if (move < 0) continue;
        label_board_choose(puzzle->board, other, move);
        label_board_choose(puzzle->board, wish, i);
        return true;
    }
    return false;
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
            label_board_choose(puzzle->board, k, -1);
    label_board_choose(puzzle->board, wish, best);
    return true;
}

/* Labels that had a place take it again before any other is set. */
static void recall(Puzzle *puzzle, size_t wish) {
    int former = -1;
    do {
        former =
            label_offer_former(wish_at(puzzle, wish), puzzle->offers[wish], (guint)(former + 1));
        if (former >= 0 && is_free(puzzle, wish, former))
            label_board_choose(puzzle->board, wish, former);
    } while (former >= 0 && puzzle->chosen[wish] < 0);
}

/* What has been left out as long as the others stood as they stand moves none of them. */
static bool improve(Puzzle *puzzle, size_t wish) {
    const LabelWish *of = wish_at(puzzle, wish);
    if (puzzle->chosen[wish] < 0) {
        label_board_choose(puzzle->board, wish, find_free(puzzle, wish, INFINITY));
        if (of->was_left_out) return puzzle->chosen[wish] >= 0;
        return puzzle->chosen[wish] >= 0 || eject_one(puzzle, wish, INFINITY) ||
               evict(puzzle, wish);
    }
    if (of->was_placed) return false;
    double cost = offer_at(puzzle, wish, puzzle->chosen[wish])->cost;
    int better = find_free(puzzle, wish, cost - EXACT_LEAST);
    if (better >= 0) {
        label_board_choose(puzzle->board, wish, better);
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

/* Do only labels of the window stand in the way of an offer? */
static bool is_open(const Puzzle *puzzle, const size_t *window, size_t k, size_t wish, int i) {
    size_t blocker;
    int n = label_board_blockers(puzzle->board, wish, i, &blocker);
    for (size_t w = 0; w < k && n; w++)
        if (window[w] != wish) n -= conflicts_with(puzzle, offer_at(puzzle, wish, i), window[w]);
    return !n;
}

/* The offers of a label that do not conflict with those outside the window; the one that it has is
 * among them, or others would be set where it stands. */
static ExactLabel open_label(const Puzzle *puzzle, const size_t *window, size_t k, size_t wish,
                             Arena *arena) {
    const GArray *offers = puzzle->offers[wish];
    int *open = ARENA_ARRAY(arena, int, offers->len);
    ExactLabel label = {.offers = offers, .open = open, .chosen = puzzle->chosen[wish]};
    for (int i = 0; i < (int)offers->len && label.n_open < MOST_OPEN; i++)
        if (is_open(puzzle, window, k, wish, i)) open[label.n_open++] = i;
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
    for (size_t i = 0; i < k; i++) label_board_choose(puzzle->board, window[i], labels[i].chosen);
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
        if (puzzle->chosen[wish] < 0)
            label_board_choose(puzzle->board, wish, find_free(puzzle, wish, INFINITY));
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
    GArray **offers = label_offers(field, turns, MOST_TRIED, unit, arena);
    g_autoptr(LabelBoard) board = label_board_new(offers, n, unit);
    Puzzle puzzle = {.field = field,
                     .n = n,
                     .unit = unit,
                     .offers = offers,
                     .board = board,
                     .chosen = label_board_chosen(board),
                     .turns = turns,
                     .turn = ARENA_ARRAY(arena, int, n),
                     .looks = MOST_LOOKS};
    for (size_t i = 0; i < n; i++) puzzle.turn[turns[i]] = (int)i;
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
