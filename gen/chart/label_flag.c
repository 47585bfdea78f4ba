#include "chart/label_sides.h"

#include <glib.h>
#include <limits.h>
#include <string.h>

enum {
    MOST_FLAGS = 400,   /* tried: those of the greatest rank */
    MOST_TRIALS = 3000, /* arrangements of one side tried in all: bounds the time */
    MOST_PASSES = 6,
    FORMS = FLAG_FORMS * 4, /* side, direction, lines */
};

typedef struct {
    const FlagWish *wishes;
    const FlagRoom *room;
    size_t n;
    LabelSides *sides;
    const FlagPlace *places; /* of the sides */
    const uint32_t *order;   /* by x */
    int64_t prices[2];       /* of the sides as they are */
    bool has_memory;         /* some flag had a place */
    int only;                /* 1: text right of its stem, 2: left, where it may be; 0: both */
    long trials;
} Setting;

void label_flag_extent(const FlagWish *wish, const FlagPlace *place, const FlagRoom *room,
                       int32_t *ret_x0, int32_t *ret_x1) {
    int32_t reach = room->gap + wish->sizes[place->form].w;
    *ret_x0 = place->is_left ? wish->x - reach : wish->x;
    *ret_x1 = place->is_left ? wish->x : wish->x + reach;
}

static int64_t try_side(Setting *set, bool is_down, int64_t limit) {
    set->trials--;
    return label_sides_price(set->sides, is_down, limit);
}

static bool may_take(const Setting *set, size_t i, int form, FlagPlace *ret) {
    const FlagWish *wish = &set->wishes[i];
    FlagPlace place = {
        .is_placed = true, .is_left = form & 1, .is_down = form >> 1 & 1, .form = form >> 2};
    int32_t x0, x1;
    if (!wish->sizes[place.form].h || !(place.is_down ? set->room->down : set->room->up))
        return false;
    if (wish->side && (wish->side == 2) != place.is_down) return false;
    if (wish->direction && (wish->direction == 2) != place.is_left) return false;
    if (wish->lines && wish->lines != place.form + 1) return false;
    label_flag_extent(wish, &place, set->room, &x0, &x1);
    if (x0 < set->room->x0 || x1 > set->room->x1) return false;
    *ret = place;
    return true;
}

/* Forms by number. A direction that the start forbids is for those that have no other. */
static bool form_of(const Setting *set, size_t i, int form, FlagPlace *ret) {
    FlagPlace other;
    if (!may_take(set, i, form, ret)) return false;
    return !set->only || (set->only == 2) == ret->is_left || !may_take(set, i, form ^ 1, &other);
}

/* Puts `i` elsewhere. By how much that makes its side dearer, and the one that it leaves cheaper;
 * false when it cannot be, or costs `limit` or more. */
static bool try_place(Setting *set, size_t i, FlagPlace from, FlagPlace to, int64_t limit,
                      int64_t *ret_more) {
    bool has_left = from.is_placed && from.is_down != to.is_down;
    int64_t before = set->prices[to.is_down] + (has_left ? set->prices[from.is_down] : 0);
    int64_t most = limit < INT64_MAX - before ? limit + before : INT64_MAX, other = 0;
    label_sides_put(set->sides, i, to);
    int64_t price = try_side(set, to.is_down, most);
    if (price >= 0 && has_left) other = try_side(set, from.is_down, most - price);
    *ret_more = price + other - before;
    return price >= 0 && other >= 0;
}

static void keep_side(Setting *set, bool is_down) {
    int64_t price = try_side(set, is_down, INT64_MAX);
    if (price < 0) return;
    set->prices[is_down] = price;
    label_sides_keep(set->sides, is_down);
}

static void take_place(Setting *set, size_t i, FlagPlace from, FlagPlace to) {
    label_sides_put(set->sides, i, to);
    if (to.is_placed) keep_side(set, to.is_down);
    if (from.is_placed && (!to.is_placed || from.is_down != to.is_down))
        keep_side(set, from.is_down);
}

static bool is_same_form(FlagPlace a, FlagPlace b) {
    return a.is_left == b.is_left && a.is_down == b.is_down && a.form == b.form;
}

/* Sets `i`, or moves it, where it costs least; false when no form is free, or none is better. */
static bool better(Setting *set, size_t i) {
    FlagPlace best = {0}, place;
    const FlagPlace now = set->places[i];
    int64_t least = now.is_placed ? 0 : INT64_MAX, more;
    for (int form = 0; form < FORMS && set->trials > 0; form++) {
        if (!form_of(set, i, form, &place)) continue;
        if (now.is_placed && is_same_form(now, place)) continue;
        if (!try_place(set, i, now, place, least, &more)) continue;
        least = more;
        best = place;
    }
    if (best.is_placed)
        take_place(set, i, now, best);
    else
        label_sides_put(set->sides, i, now);
    return best.is_placed;
}

static bool reaches(const Setting *set, size_t i, size_t j) {
    int32_t far = 0;
    for (int f = 0; f < FLAG_FORMS; f++)
        far = MAX(far, set->wishes[i].sizes[f].w + set->wishes[j].sizes[f].w);
    return ABS(set->wishes[i].x - set->wishes[j].x) < far + 4 * set->room->gap;
}

/* `j` in another form, then `i` in its best one: the price of all. As it was before, and -1, when
 * `i` finds none; as it was too when `is_trial`. */
static int64_t push_one(Setting *set, size_t i, size_t j, FlagPlace place, bool is_trial) {
    FlagPlace old = set->places[j], none = set->places[i];
    int64_t price = -1, more;
    if (!try_place(set, j, old, place, INT64_MAX, &more)) {
        label_sides_put(set->sides, j, old);
        return -1;
    }
    take_place(set, j, old, place);
    if (better(set, i)) price = set->prices[false] + set->prices[true];
    if (price >= 0 && !is_trial) return price;
    if (price >= 0) take_place(set, i, set->places[i], none);
    take_place(set, j, place, old);
    return price;
}

/* Another flag changes its form so that `i` finds one: the first that does, or, where flags have
 * places to keep, the one that makes the fewest leave theirs. */
static bool push(Setting *set, size_t i, bool is_careful) {
    FlagPlace place, best = {0};
    size_t best_of = 0;
    int64_t least = INT64_MAX;
    for (size_t k = 0; k < set->n; k++) {
        size_t j = set->order[k];
        if (j == i || !set->places[j].is_placed || !reaches(set, i, j)) continue;
        for (int form = 0; form < FORMS && set->trials > 0; form++) {
            if (!form_of(set, j, form, &place) || is_same_form(place, set->places[j])) continue;
            int64_t price = push_one(set, i, j, place, is_careful);
            if (price >= 0 && !is_careful) return true;
            if (price < 0 || price >= least) continue;
            least = price;
            best = place;
            best_of = j;
        }
    }
    return best.is_placed && push_one(set, i, best_of, best, false) >= 0;
}

static int by_x(const void *a, const void *b, void *user) {
    const FlagWish *wishes = user;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    if (wishes[i].x != wishes[j].x) return wishes[i].x < wishes[j].x ? -1 : 1;
    return (i > j) - (i < j);
}

/* Those that had a place first, then by rank. */
static int by_turn(const void *a, const void *b, void *user) {
    const FlagWish *wishes = user;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    bool had = wishes[i].was.is_placed, other_had = wishes[j].was.is_placed;
    if (had != other_had) return had ? -1 : 1;
    if (wishes[i].rank != wishes[j].rank) return wishes[i].rank > wishes[j].rank ? -1 : 1;
    return (i > j) - (i < j);
}

static void sort_wishes(uint32_t *order, const FlagWish *wishes, size_t n, GCompareDataFunc by) {
    for (size_t i = 0; i < n; i++) order[i] = (uint32_t)i;
    g_qsort_with_data(order, (gint)n, sizeof *order, by, (void *)wishes);
}

/* Back where it was, when that is still a form it may take. */
static bool set_again(Setting *set, size_t i) {
    const FlagPlace *was = &set->wishes[i].was, now = set->places[i];
    FlagPlace place;
    int64_t more;
    if (!was->is_placed || was->form < 0 || was->form >= FLAG_FORMS) return false;
    if (!form_of(set, i, was->form << 2 | was->is_down << 1 | was->is_left, &place)) return false;
    bool can = try_place(set, i, now, place, INT64_MAX, &more);
    if (can)
        take_place(set, i, now, place);
    else
        label_sides_put(set->sides, i, now);
    return can;
}

typedef enum { BY_RANK, TEXT_RIGHT, TEXT_LEFT, FROM_RIGHT, FROM_LEFT, STARTS } Start;

static void better_all(Setting *set, const uint32_t *turns) {
    bool moves = true;
    for (int pass = 0; pass < MOST_PASSES && moves; pass++) {
        moves = false;
        for (size_t k = 0; k < set->n && set->trials > 0; k++)
            if (!set->wishes[turns[k]].was.is_placed) moves |= better(set, turns[k]);
    }
}

/* Sets one after the other, then tries again what found no room, then betters each. At the end no
 * flag that was left out has room: another run that remembers this one changes nothing. */
static void set_in_turn(Setting *set, const uint32_t *turns, Start start) {
    size_t n = set->n;
    bool from_right = start == FROM_RIGHT || start == TEXT_RIGHT;
    set->only = start == TEXT_RIGHT ? 1 : start == TEXT_LEFT ? 2 : 0;
    for (size_t k = 0; k < n && set->trials > 0; k++) {
        size_t i = start == BY_RANK ? turns[k] : set->order[from_right ? n - 1 - k : k];
        if (!set_again(set, i)) better(set, i);
    }
    set->only = 0;
    for (size_t k = 0; k < n && set->trials > 0; k++) {
        size_t i = turns[k];
        if (!set->places[i].is_placed && !better(set, i) && !set->wishes[i].was_left_out)
            push(set, i, set->has_memory);
    }
    better_all(set, turns);
    set->trials = LONG_MAX; /* one more for each: a flag set leaves no more room to the next */
    for (size_t k = 0; k < n; k++)
        if (!set->places[turns[k]].is_placed) better(set, turns[k]);
}

static size_t count_placed(const FlagPlace *places, size_t n) {
    size_t placed = 0;
    for (size_t i = 0; i < n; i++) placed += places[i].is_placed;
    return placed;
}

static bool has_memory(const FlagWish *wishes, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (wishes[i].was.is_placed) return true;
    return false;
}

/* The start that leaves the fewest out; by rank, unless another does better. */
static void set_all(const FlagWish *wishes, size_t n, const FlagRoom *room, FlagPlace *ret_places) {
    g_autofree uint32_t *order = g_new(uint32_t, n + 1), *turns = g_new(uint32_t, n + 1);
    size_t most = 0;
    sort_wishes(order, wishes, n, by_x);
    sort_wishes(turns, wishes, n, by_turn);
    for (Start start = BY_RANK; start < STARTS && most < n; start++) {
        g_autoptr(LabelSides) sides = label_sides_new(wishes, n, room);
        Setting set = {.wishes = wishes,
                       .room = room,
                       .n = n,
                       .sides = sides,
                       .places = label_sides_places(sides),
                       .order = order,
                       .has_memory = has_memory(wishes, n),
                       .trials = MOST_TRIALS};
        set_in_turn(&set, turns, start);
        size_t placed = count_placed(set.places, n);
        if (placed > most) memcpy(ret_places, set.places, n * sizeof *ret_places);
        most = MAX(most, placed);
        if (set.has_memory) return;
    }
}

static void set_most(const FlagWish *wishes, size_t n, const FlagRoom *room,
                     FlagPlace *ret_places) {
    memset(ret_places, 0, n * sizeof *ret_places);
    if (n <= MOST_FLAGS) {
        set_all(wishes, n, room, ret_places);
        return;
    }
    g_autofree uint32_t *turns = g_new(uint32_t, n);
    FlagWish first[MOST_FLAGS];
    FlagPlace places[MOST_FLAGS] = {0};
    sort_wishes(turns, wishes, n, by_turn);
    for (size_t k = 0; k < MOST_FLAGS; k++) first[k] = wishes[turns[k]];
    set_all(first, MOST_FLAGS, room, places);
    for (size_t k = 0; k < MOST_FLAGS; k++) ret_places[turns[k]] = places[k];
}

static bool is_same_place(const FlagPlace *a, const FlagPlace *b) {
    if (!a->is_placed || !b->is_placed) return a->is_placed == b->is_placed;
    return is_same_form(*a, *b) && a->y == b->y;
}

/* The order in which flags are set shows in their places, and memory changes it: what comes out is
 * taken as memory until it comes out again, so that a second build moves nothing. */
void label_flags_set(const FlagWish *wishes, size_t n, const FlagRoom *room,
                     FlagPlace *ret_places) {
    enum { MOST_ROUNDS = 8 };
    set_most(wishes, n, room, ret_places);
    g_autofree FlagWish *known = g_new(FlagWish, n + 1);
    g_autofree FlagPlace *again = g_new(FlagPlace, n + 1);
    bool is_settled = false;
    for (int round = 0; round < MOST_ROUNDS && !is_settled; round++) {
        is_settled = true;
        for (size_t i = 0; i < n; i++) {
            is_settled &= is_same_place(&wishes[i].was, &ret_places[i]) && round == 0;
            known[i] = wishes[i];
            known[i].was = ret_places[i];
            known[i].was_left_out = !ret_places[i].is_placed;
        }
        if (is_settled) return;
        set_most(known, n, room, again);
        is_settled = true;
        for (size_t i = 0; i < n; i++) is_settled &= is_same_place(&again[i], &ret_places[i]);
        memcpy(ret_places, again, n * sizeof *again);
    }
}
