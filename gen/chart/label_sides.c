#include "chart/label_sides.h"

static const int64_t PRICE_LINE = 14 * FLAG_UNIT;  /* one line more */
static const int64_t PRICE_LEFT = 14 * FLAG_UNIT;  /* text before its stem */
static const int64_t PRICE_DOWN = 6 * FLAG_UNIT;   /* under the line */
static const int64_t PRICE_MOVE = 400 * FLAG_UNIT; /* a label that is no more where it was */

/* Of one box to another, on one side of the line; above is away from it. */
typedef enum { ABOVE, BELOW, EITHER, IMPOSSIBLE, RELATIONS, APART = RELATIONS } Relation;

/* What the place of a flag says of it, whatever the others'. */
typedef struct {
    int32_t x, x0, x1; /* of its stem; of its box, the gap to the stem included */
    bool is_left;
    int32_t h, least;     /* height; the nearest that it may be */
    int64_t price;        /* but for the distance */
    int32_t unmoved;      /* the distance at which it has not moved */
    int64_t price_moving; /* at any other */
} Standing;

/* Flags go by their slots: in the order in which those that are free to be set are set. */
struct LabelSides {
    const FlagWish *wishes;
    const FlagRoom *room;
    size_t n, n_words; /* of a set */
    uint32_t *wish_of, *slot_of;
    FlagPlace *places;   /* one a wish */
    Standing *standing;  /* one a slot, as the following */
    uint64_t *relations; /* [slot][Relation]: a set of slots of the same side */
    uint64_t *on[2];     /* those of each side */
    size_t n_on[2], n_impossible[2];
    int64_t floors[2];        /* price of a side if each flag stood as near as it may */
    int32_t *n_below;         /* how many each stands over */
    uint64_t *ready, *is_set; /* of the side that is being set: none waits below; it has its y */
    int32_t *waits, *y;       /* how many flags must be set before; the least, then the distance */
};

/* ---- sets */

enum { WORD = 64 };

static uint64_t *related(const LabelSides *sides, size_t slot, Relation of) {
    return &sides->relations[(slot * RELATIONS + of) * sides->n_words];
}

static void add(uint64_t *set, size_t slot) {
    set[slot / WORD] |= UINT64_C(1) << slot % WORD;
}

static void take(uint64_t *set, size_t slot) {
    set[slot / WORD] &= ~(UINT64_C(1) << slot % WORD);
}

static size_t lowest(uint64_t word) {
    return (size_t)__builtin_ctzll(word);
}

/* ---- made and freed */

/* Those that were somewhere, nearest first, so that what is new gives way; then from the left. */
static int by_distance(const void *a, const void *b, void *user) {
    const FlagWish *wishes = user;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    const FlagPlace *was = &wishes[i].was, *other = &wishes[j].was;
    if (was->is_placed != other->is_placed) return was->is_placed ? -1 : 1;
    if (was->is_placed && was->y != other->y) return was->y < other->y ? -1 : 1;
    if (wishes[i].x != wishes[j].x) return wishes[i].x < wishes[j].x ? -1 : 1;
    return (i > j) - (i < j);
}

LabelSides *label_sides_new(const FlagWish *wishes, size_t n, const FlagRoom *room) {
    LabelSides *sides = g_new(LabelSides, 1);
    size_t n_words = n / WORD + 1;
    *sides = (LabelSides){.wishes = wishes,
                          .room = room,
                          .n = n,
                          .n_words = n_words,
                          .wish_of = g_new(uint32_t, n + 1),
                          .slot_of = g_new(uint32_t, n + 1),
                          .places = g_new0(FlagPlace, n + 1),
                          .standing = g_new0(Standing, n + 1),
                          .relations = g_new0(uint64_t, n * RELATIONS * n_words + 1),
                          .on = {g_new0(uint64_t, n_words), g_new0(uint64_t, n_words)},
                          .ready = g_new(uint64_t, n_words),
                          .is_set = g_new(uint64_t, n_words),
                          .n_below = g_new0(int32_t, n + 1),
                          .waits = g_new(int32_t, n + 1),
                          .y = g_new(int32_t, n + 1)};
    for (size_t i = 0; i < n; i++) sides->wish_of[i] = (uint32_t)i;
    g_qsort_with_data(sides->wish_of, (gint)n, sizeof *sides->wish_of, by_distance, (void *)wishes);
    for (size_t slot = 0; slot < n; slot++) sides->slot_of[sides->wish_of[slot]] = (uint32_t)slot;
    return sides;
}

void label_sides_free(LabelSides *sides) {
    if (!sides) return;
    g_free(sides->wish_of);
    g_free(sides->slot_of);
    g_free(sides->places);
    g_free(sides->standing);
    g_free(sides->relations);
    g_free(sides->on[false]);
    g_free(sides->on[true]);
    g_free(sides->n_below);
    g_free(sides->ready);
    g_free(sides->is_set);
    g_free(sides->waits);
    g_free(sides->y);
    g_free(sides);
}

const FlagPlace *label_sides_places(const LabelSides *sides) {
    return sides->places;
}

/* ---- what stands over what */

/* Where it stood is the nearest it may stand now, so that nothing falls when a neighbour goes. */
static Standing stand(const LabelSides *sides, const FlagWish *wish, const FlagPlace *is) {
    const FlagPlace *was = &wish->was;
    bool is_near = was->is_placed && was->is_down == is->is_down && was->is_left == is->is_left;
    bool moves = was->is_placed && !(is_near && was->form == is->form);
    Standing standing = {.x = wish->x,
                         .is_left = is->is_left,
                         .h = wish->sizes[is->form].h,
                         .least = is_near ? MAX(was->y, sides->room->first) : sides->room->first,
                         .price = is->form * PRICE_LINE + (is->is_left ? PRICE_LEFT : 0) +
                                  (is->is_down ? PRICE_DOWN : 0) + (moves ? PRICE_MOVE : 0),
                         .unmoved = was->y,
                         .price_moving = was->is_placed && !moves ? PRICE_MOVE : 0};
    label_flag_extent(wish, is, sides->room, &standing.x0, &standing.x1);
    return standing;
}

/* Does the box, with air beyond it, cover this stem? */
static bool covers(const Standing *box, int32_t margin, int32_t x) {
    return box->is_left ? x < box->x1 && x > box->x0 - margin : x > box->x0 && x < box->x1 + margin;
}

static Relation find_relation(const LabelSides *sides, size_t i, size_t j) {
    const Standing *a = &sides->standing[i], *b = &sides->standing[j];
    int32_t margin = sides->room->margin;
    bool meet = a->x0 < b->x1 + margin && b->x0 < a->x1 + margin;
    if (a->x == b->x) {
        if (a->is_left != b->is_left) return APART;
        return sides->wish_of[i] < sides->wish_of[j] ? ABOVE : BELOW;
    }
    if (!meet) return APART;
    bool over = covers(a, margin, b->x), under = covers(b, margin, a->x);
    if (over || under) return !under ? ABOVE : !over ? BELOW : IMPOSSIBLE;
    return a->is_left != b->is_left ? EITHER : APART;
}

static int64_t floor_of(const Standing *flag) {
    return flag->least + flag->price;
}

static const Relation inverse[] = {BELOW, ABOVE, EITHER, IMPOSSIBLE};

static void relate(LabelSides *sides, size_t slot, bool is_down) {
    for (size_t w = 0; w < sides->n_words; w++)
        for (uint64_t left = sides->on[is_down][w]; left; left &= left - 1) {
            size_t other = w * WORD + lowest(left);
            Relation of = find_relation(sides, slot, other);
            if (of == APART) continue;
            add(related(sides, slot, of), other);
            add(related(sides, other, inverse[of]), slot);
            sides->n_below[slot] += of == ABOVE;
            sides->n_below[other] += of == BELOW;
            sides->n_impossible[is_down] += of == IMPOSSIBLE;
        }
    add(sides->on[is_down], slot);
    sides->n_on[is_down]++;
    sides->floors[is_down] += floor_of(&sides->standing[slot]);
}

static void unrelate(LabelSides *sides, size_t slot, bool is_down) {
    take(sides->on[is_down], slot);
    sides->n_on[is_down]--;
    sides->floors[is_down] -= floor_of(&sides->standing[slot]);
    sides->n_below[slot] = 0;
    for (Relation of = 0; of < RELATIONS; of++) {
        uint64_t *set = related(sides, slot, of);
        for (size_t w = 0; w < sides->n_words; w++) {
            for (uint64_t left = set[w]; left; left &= left - 1) {
                size_t other = w * WORD + lowest(left);
                take(related(sides, other, inverse[of]), slot);
                sides->n_below[other] -= of == BELOW;
                sides->n_impossible[is_down] -= of == IMPOSSIBLE;
            }
            set[w] = 0;
        }
    }
}

void label_sides_put(LabelSides *sides, size_t wish, FlagPlace place) {
    FlagPlace *now = &sides->places[wish];
    size_t slot = sides->slot_of[wish];
    if (now->is_placed) unrelate(sides, slot, now->is_down);
    *now = place;
    if (!place.is_placed) return;
    sides->standing[slot] = stand(sides, &sides->wishes[wish], &place);
    relate(sides, slot, place.is_down);
}

/* ---- distances */

static void start_side(LabelSides *sides, bool is_down) {
    for (size_t w = 0; w < sides->n_words; w++) {
        sides->is_set[w] = sides->ready[w] = 0;
        for (uint64_t left = sides->on[is_down][w]; left; left &= left - 1) {
            size_t slot = w * WORD + lowest(left);
            sides->waits[slot] = sides->n_below[slot];
            sides->y[slot] = sides->standing[slot].least;
            if (!sides->waits[slot]) add(sides->ready, slot);
        }
    }
}

/* The first of those that no flag waits below, taken off; SIZE_MAX: none is. */
static size_t next_ready(LabelSides *sides) {
    for (size_t w = 0; w < sides->n_words; w++) {
        uint64_t word = sides->ready[w];
        sides->ready[w] &= word - 1;
        if (word) return w * WORD + lowest(word);
    }
    return SIZE_MAX;
}

/* The nearest distance, from its own on, at which it meets none of the flags that face it. */
static int32_t clear_facing(const LabelSides *sides, size_t slot) {
    const uint64_t *facing = related(sides, slot, EITHER);
    int32_t y = sides->y[slot], h = sides->standing[slot].h, margin = sides->room->margin;
    for (bool moves = true; moves;) {
        moves = false;
        for (size_t w = 0; w < sides->n_words; w++)
            for (uint64_t left = facing[w] & sides->is_set[w]; left; left &= left - 1) {
                size_t other = w * WORD + lowest(left);
                int32_t top = sides->y[other] + sides->standing[other].h;
                if (y >= top + margin || y + h + margin <= sides->y[other]) continue;
                y = top + margin;
                moves = true;
            }
    }
    return y;
}

/* Those that cover its stem stand farther than its box. */
static void press(LabelSides *sides, size_t slot) {
    const uint64_t *above = related(sides, slot, BELOW);
    int32_t least = sides->y[slot] + sides->standing[slot].h + sides->room->margin;
    for (size_t w = 0; w < sides->n_words; w++)
        for (uint64_t left = above[w]; left; left &= left - 1) {
            size_t other = w * WORD + lowest(left);
            sides->y[other] = MAX(sides->y[other], least);
            if (!--sides->waits[other]) add(sides->ready, other);
        }
}

int64_t label_sides_price(LabelSides *sides, bool is_down, int64_t limit) {
    int32_t room = is_down ? sides->room->down : sides->room->up;
    int64_t price = sides->floors[is_down];
    if (sides->n_impossible[is_down] || price >= limit) return -1;
    start_side(sides, is_down);
    for (size_t left = sides->n_on[is_down]; left > 0 && price < limit; left--) {
        size_t slot = next_ready(sides);
        if (slot == SIZE_MAX) return -1; /* a ring */
        const Standing *flag = &sides->standing[slot];
        int32_t y = clear_facing(sides, slot);
        if (y + flag->h > room) return -1;
        sides->y[slot] = y;
        add(sides->is_set, slot);
        press(sides, slot);
        price += y - flag->least + (y != flag->unmoved ? flag->price_moving : 0);
    }
    return price < limit ? price : -1;
}

void label_sides_keep(LabelSides *sides, bool is_down) {
    for (size_t w = 0; w < sides->n_words; w++)
        for (uint64_t left = sides->on[is_down][w]; left; left &= left - 1) {
            size_t slot = w * WORD + lowest(left);
            sides->places[sides->wish_of[slot]].y = sides->y[slot];
        }
}
