#include "chart/label.h"

#include <math.h>
#include <stdlib.h>

struct LabelField {
    Arena *arena;
    GArray *rects;   /* LabelObstacle */
    GArray *circles; /* LabelCircle */
    GArray *lines;   /* LabelLine */
    GArray *wishes;  /* LabelWish */
};

/* A way to place one label. `cost` counts in type sizes: roughly the length of the leader. */
typedef struct {
    LabelPlace place;
    double cost;
    Rect hull; /* of box and leader, with air: places whose hulls are apart do not conflict */
} Candidate;

enum {
    MOST_TRIED = 60, /* labels of the greatest rank: a figure of this size holds fewer */
    MOST_CANDIDATES = 160,
    FEW_CANDIDATES = 30,
    MOST_PASSES = 8,
    MOST_EJECTIONS = 3,
    MOST_TESTS = 3000000,
    DIRECTIONS = 36
};

/* Distances in type sizes. */
static const double PAD_LABEL = 0.35;  /* between two labels */
static const double PAD_MARK = 0.16;   /* between a label and a mark */
static const double PAD_LINE = 0.28;   /* between a label and a dated rule */
static const double GAP_BESIDE = 0.38; /* between a mark and the label beside it */
static const double GAP_LEADER = 0.22; /* between a leader's end and its text */

LabelField *label_field_new(Arena *arena) {
    LabelField *field = ARENA_NEW(arena, LabelField);
    field->arena = arena;
    field->rects = g_array_new(FALSE, FALSE, sizeof(LabelObstacle));
    field->circles = g_array_new(FALSE, FALSE, sizeof(LabelCircle));
    field->lines = g_array_new(FALSE, FALSE, sizeof(LabelLine));
    field->wishes = g_array_new(FALSE, FALSE, sizeof(LabelWish));
    return field;
}

void label_field_free(LabelField *field) {
    g_array_unref(field->rects);
    g_array_unref(field->circles);
    g_array_unref(field->lines);
    g_array_unref(field->wishes);
}

LabelField *label_field_after(const LabelField *field, const LabelPlace *places, Arena *arena) {
    LabelField *after = label_field_new(arena);
    g_array_append_vals(after->rects, field->rects->data, field->rects->len);
    g_array_append_vals(after->circles, field->circles->data, field->circles->len);
    g_array_append_vals(after->lines, field->lines->data, field->lines->len);
    for (guint i = 0; i < field->wishes->len; i++) {
        if (!places[i].is_placed) continue;
        label_field_rect(after, places[i].box, true);
        if (places[i].has_leader) label_field_line(after, places[i].from, places[i].to);
    }
    return after;
}

void label_field_rect(LabelField *field, Rect rect, bool is_text) {
    LabelObstacle obstacle = {rect, is_text};
    g_array_append_val(field->rects, obstacle);
}

void label_field_circle(LabelField *field, Point center, double radius, const char *key) {
    LabelCircle circle = {center, radius, key};
    g_array_append_val(field->circles, circle);
}

void label_field_line(LabelField *field, Point a, Point b) {
    LabelLine line = {a, b};
    g_array_append_val(field->lines, line);
}

void label_field_wish(LabelField *field, LabelWish wish) {
    g_array_append_val(field->wishes, wish);
}

const GArray *label_field_lines(const LabelField *field) {
    return field->lines;
}

const GArray *label_field_circles(const LabelField *field) {
    return field->circles;
}

size_t label_field_wishes(const LabelField *field) {
    return field->wishes->len;
}

const LabelWish *label_field_wish_at(const LabelField *field, size_t i) {
    return &g_array_index(field->wishes, LabelWish, i);
}

LabelWish *label_field_wish_mut(LabelField *field, size_t i) {
    return &g_array_index(field->wishes, LabelWish, i);
}

bool label_field_is_clear(const LabelField *field, Rect box) {
    for (guint i = 0; i < field->rects->len; i++)
        if (rect_overlaps(box, g_array_index(field->rects, LabelObstacle, i).rect)) return false;
    for (guint i = 0; i < field->lines->len; i++) {
        const LabelLine *line = &g_array_index(field->lines, LabelLine, i);
        if (segment_crosses_rect(line->a, line->b, box)) return false;
    }
    return true;
}

/* ---- one label alone: its candidates, and what each costs */

static bool is_nearer(Rect r, Point p, double distance) {
    double dx = fmax(fmax(r.x - p.x, 0), p.x - (r.x + r.w));
    double dy = fmax(fmax(r.y - p.y, 0), p.y - (r.y + r.h));
    return dx * dx + dy * dy < distance * distance;
}

static bool box_is_free(const LabelField *field, const LabelWish *wish, const Candidate *candidate,
                        double unit) {
    Rect box = candidate->place.box;
    if (!rect_contains(wish->bounds, box, 1e-6)) return false;
    if (candidate->place.is_inside) return true;
    Rect padded = rect_grow(box, PAD_MARK * unit);
    for (guint i = 0; i < field->rects->len; i++)
        if (rect_overlaps(padded, g_array_index(field->rects, LabelObstacle, i).rect)) return false;
    for (guint i = 0; i < field->circles->len; i++) {
        const LabelCircle *circle = &g_array_index(field->circles, LabelCircle, i);
        if (is_nearer(box, circle->center, circle->radius + PAD_MARK * unit)) return false;
    }
    Rect clear = rect_grow(box, PAD_LINE * unit);
    for (guint i = 0; i < field->lines->len; i++) {
        const LabelLine *line = &g_array_index(field->lines, LabelLine, i);
        if (segment_crosses_rect(line->a, line->b, clear)) return false;
    }
    return true;
}

/* A leader that runs over another mark would name the wrong one. */
static bool leader_is_free(const LabelField *field, const LabelWish *wish, Point from, Point to) {
    double left = fmin(from.x, to.x), right = fmax(from.x, to.x);
    double top = fmin(from.y, to.y), bottom = fmax(from.y, to.y);
    for (guint i = 0; i < field->circles->len; i++) {
        const LabelCircle *circle = &g_array_index(field->circles, LabelCircle, i);
        Point c = circle->center;
        double r = circle->radius;
        if (c.x + r < left || c.x - r > right || c.y + r < top || c.y - r > bottom) continue;
        if (wish->key && g_strcmp0(circle->key, wish->key) == 0) continue;
        if (segment_distance(from, to, circle->center) < circle->radius) return false;
    }
    for (guint i = 0; i < field->rects->len; i++) {
        const LabelObstacle *obstacle = &g_array_index(field->rects, LabelObstacle, i);
        if (obstacle->is_text && segment_crosses_rect(from, to, obstacle->rect)) return false;
    }
    return true;
}

/* Running over a bar is worse than being long; crossing a rule is a small fault. */
static double leader_cost(const LabelField *field, const LabelPlace *place, double unit) {
    double cost = point_distance(place->from, place->to) / unit;
    for (guint i = 0; i < field->rects->len; i++) {
        Rect rect = g_array_index(field->rects, LabelObstacle, i).rect;
        if (segment_crosses_rect(place->from, place->to, rect)) cost += 4;
    }
    for (guint i = 0; i < field->lines->len; i++) {
        const LabelLine *line = &g_array_index(field->lines, LabelLine, i);
        if (segments_cross(place->from, place->to, line->a, line->b)) cost += 2.5;
    }
    return cost;
}

static Point text_point(Rect box, TextAlign align) {
    double x = align == ALIGN_LEFT     ? box.x
               : align == ALIGN_CENTER ? box.x + box.w / 2
                                       : box.x + box.w;
    return (Point){x, box.y};
}

typedef struct {
    const LabelField *field;
    const LabelWish *wish;
    double w, h, unit;
    GArray *candidates;
} Search;

static void offer(Search *search, Candidate candidate) {
    LabelPlace *place = &candidate.place;
    place->is_placed = true;
    place->at = text_point(place->box, place->align);
    if (!box_is_free(search->field, search->wish, &candidate, search->unit)) return;
    if (place->has_leader) candidate.cost += leader_cost(search->field, place, search->unit);
    Rect hull = place->box;
    if (place->has_leader) {
        Rect leader = {fmin(place->from.x, place->to.x), fmin(place->from.y, place->to.y),
                       fabs(place->from.x - place->to.x), fabs(place->from.y - place->to.y)};
        hull = rect_union(hull, rect_grow(leader, 0.01)); /* it may be flat */
    }
    candidate.hull = rect_grow(hull, PAD_LABEL * search->unit);
    g_array_append_val(search->candidates, candidate);
}

static void offer_inside(Search *search) {
    const LabelWish *wish = search->wish;
    if (!wish->inside) return;
    if (hypot(search->w / 2, search->h / 2) > wish->radius - 0.15 * search->unit) return;
    Rect box = {wish->anchor.x - search->w / 2, wish->anchor.y - search->h / 2, search->w,
                search->h};
    offer(search, (Candidate){.place = {.is_inside = true, .box = box, .align = ALIGN_CENTER}});
}

/* Beside the mark, touching its air: right, left, above, below, and the corners. */
static void offer_beside(Search *search) {
    const LabelWish *wish = search->wish;
    double w = search->w, h = search->h, d = wish->radius + GAP_BESIDE * search->unit;
    double k = d * 0.75; /* on the diagonal */
    Point c = wish->anchor;
    const struct {
        double x, y, cost;
        TextAlign align;
    } spots[] = {
        {c.x + d, c.y - h / 2, wish->prefers_side ? 0.2 : 1.2, ALIGN_LEFT},
        {c.x - d - w, c.y - h / 2, wish->prefers_side ? 0.4 : 1.3, ALIGN_RIGHT},
        {c.x - w / 2, c.y - d - h, 0.8, ALIGN_CENTER},
        {c.x - w / 2, c.y + d, wish->prefers_side ? 0.6 : 3, ALIGN_CENTER},
        {c.x + k, c.y - k - h, 1.5, ALIGN_LEFT},
        {c.x - k - w, c.y - k - h, 1.6, ALIGN_RIGHT},
        {c.x + k, c.y + k, wish->prefers_side ? 1 : 2.6, ALIGN_LEFT},
        {c.x - k - w, c.y + k, wish->prefers_side ? 1 : 2.7, ALIGN_RIGHT},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(spots); i++)
        offer(search,
              (Candidate){.place = {.box = {spots[i].x, spots[i].y, w, h}, .align = spots[i].align},
                          .cost = spots[i].cost});
}

/* A leader leaves the mark's edge at one angle and runs in one direction (the same, when it is
 * radial); the text sits at its end, on the far side. False when something bars the leader: a
 * longer one would be barred too. */
static bool offer_led(Search *search, double edge, double angle, double distance) {
    const LabelWish *wish = search->wish;
    double dx = cos(angle), dy = sin(angle), w = search->w, h = search->h;
    double air = wish->radius > 0 ? 0 : 0.25 * search->unit;
    Point rim = {wish->anchor.x + cos(edge) * wish->radius,
                 wish->anchor.y + sin(edge) * wish->radius};
    Point from = {rim.x + dx * air, rim.y + dy * air};
    Point to = {rim.x + dx * distance, rim.y + dy * distance};
    if (!leader_is_free(search->field, wish, from, to)) return false;
    double gap = GAP_LEADER * search->unit;
    /* Upright leaders please most, downward ones least. */
    double cost = 2.2 + (dy > 0.2 && !wish->prefers_side ? 2 : 0) +
                  0.25 * fabs(edge - angle) / (2 * G_PI / DIRECTIONS);
    if (fabs(dx) > 0.8) {
        Rect box = {dx > 0 ? to.x + gap : to.x - gap - w, to.y - h / 2, w, h};
        offer(search, (Candidate){.place = {.has_leader = true,
                                            .box = box,
                                            .align = dx > 0 ? ALIGN_LEFT : ALIGN_RIGHT,
                                            .from = from,
                                            .to = to},
                                  .cost = cost});
        return true;
    }
    double y = dy < 0 ? to.y - gap - h : to.y + gap;
    double inset = fmin(w / 2, search->unit);
    const struct {
        double x;
        TextAlign align;
        double cost;
    } spots[] = {{to.x - w / 2, ALIGN_CENTER, 0},
                 {to.x - inset, ALIGN_LEFT, dx < 0 ? 0.6 : 0.1},
                 {to.x - w + inset, ALIGN_RIGHT, dx > 0 ? 0.6 : 0.1}};
    for (size_t i = 0; i < G_N_ELEMENTS(spots); i++)
        offer(search, (Candidate){.place = {.has_leader = true,
                                            .box = {spots[i].x, y, w, h},
                                            .align = spots[i].align,
                                            .from = from,
                                            .to = to},
                                  .cost = cost + spots[i].cost});
    return true;
}

/* On the anchor, or as near to it as it is free: a grid of steps, the vertical ones cheaper. */
static void offer_centered(Search *search) {
    enum { STEPS = 24 };
    double step = search->unit * 0.5;
    for (int j = -STEPS; j <= STEPS; j++)
        for (int i = -STEPS; i <= STEPS; i++) {
            Rect box = {search->wish->anchor.x - search->w / 2 + i * step,
                        search->wish->anchor.y - search->h / 2 + j * step, search->w, search->h};
            offer(search, (Candidate){.place = {.box = box, .align = ALIGN_CENTER},
                                      .cost = abs(i) * 1.5 + abs(j)});
        }
}

static int compare_candidates(const void *a, const void *b) {
    const Candidate *x = a, *y = b;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    /* Equal costs: higher first, then left first: never by address. */
    if (x->place.box.y != y->place.box.y) return x->place.box.y < y->place.box.y ? -1 : 1;
    return (x->place.box.x > y->place.box.x) - (x->place.box.x < y->place.box.x);
}

static const double distances[] = {0.9, 1.5, 2.2, 3, 4, 5, 6.2, 7.6, 9.2, 11, 13, 15.5};

static void offer_ray(Search *search, double edge, double angle) {
    for (size_t i = 0; i < G_N_ELEMENTS(distances); i++)
        if (!offer_led(search, edge, angle, distances[i] * search->unit)) return;
}

/* In a crowd a radial leader is often barred where a slanted one passes between two marks. */
static void offer_rays(Search *search, int slant) {
    const double step = 2 * G_PI / DIRECTIONS;
    for (int e = 0; e < DIRECTIONS; e++)
        for (int k = -slant; k <= slant; k++) {
            double edge = -G_PI / 2 + step * e;
            if (k || !slant) offer_ray(search, edge, edge + step * k);
        }
}

static GArray *find_candidates(const LabelField *field, const LabelWish *wish, double unit) {
    Rect box = text_box(wish->block, (Point){0, 0}, ALIGN_LEFT);
    Search search = {field, wish, box.w, box.h, unit, g_array_new(FALSE, FALSE, sizeof(Candidate))};
    if (wish->is_centered)
        offer_centered(&search);
    else
        offer_inside(&search);
    if (!wish->is_centered && !search.candidates->len) {
        offer_beside(&search);
        if (!wish->is_near) offer_rays(&search, 0);
        if (!wish->is_near && wish->radius > 0 && search.candidates->len < FEW_CANDIDATES)
            offer_rays(&search, 6);
    }
    g_array_sort(search.candidates, compare_candidates);
    if (search.candidates->len > MOST_CANDIDATES)
        g_array_set_size(search.candidates, MOST_CANDIDATES);
    return search.candidates;
}

/* ---- labels together */

static bool leaders_meet(const LabelPlace *a, const LabelPlace *b, double near) {
    return segments_cross(a->from, a->to, b->from, b->to) ||
           segment_distance(a->from, a->to, b->from) < near ||
           segment_distance(a->from, a->to, b->to) < near ||
           segment_distance(b->from, b->to, a->from) < near ||
           segment_distance(b->from, b->to, a->to) < near;
}

static bool candidates_conflict(const Candidate *x, const Candidate *y, double unit) {
    const LabelPlace *a = &x->place, *b = &y->place;
    if (!rect_overlaps(x->hull, y->hull)) return false;
    if (rect_overlaps(rect_grow(a->box, PAD_LABEL * unit), b->box)) return true;
    double near = 0.15 * unit;
    if (a->has_leader && segment_crosses_rect(a->from, a->to, rect_grow(b->box, near))) return true;
    if (b->has_leader && segment_crosses_rect(b->from, b->to, rect_grow(a->box, near))) return true;
    return a->has_leader && b->has_leader && leaders_meet(a, b, near);
}

typedef struct {
    size_t n;
    double unit;
    const LabelField *field;
    GArray **candidates; /* of each wish */
    int *chosen;         /* index of the candidate, -1: none */
    int *turn;           /* 0 for the wish of the greatest rank */
    long budget; /* conflict tests left for ejections: bounds the time, not the result's truth */
} Puzzle;

static const Candidate *candidate_at(const Puzzle *puzzle, size_t wish, int i) {
    return &g_array_index(puzzle->candidates[wish], Candidate, (guint)i);
}

/* How many placed labels (2 for more) this candidate conflicts with, `except` one; the last of
 * them. */
static size_t count_conflicts(Puzzle *puzzle, size_t wish, const Candidate *candidate,
                              size_t except, size_t *ret_other) {
    size_t n = 0;
    puzzle->budget -= (long)puzzle->n;
    for (size_t i = 0; i < puzzle->n && n < 2; i++) {
        if (i == wish || i == except || puzzle->chosen[i] < 0) continue;
        const Candidate *other = candidate_at(puzzle, i, puzzle->chosen[i]);
        if (candidates_conflict(candidate, other, puzzle->unit)) n++, *ret_other = i;
    }
    return n;
}

/* The cheapest candidate without conflict, at most `limit` in cost; -1: none. */
static int find_free(Puzzle *puzzle, size_t wish, double limit) {
    size_t other;
    for (guint i = 0; i < puzzle->candidates[wish]->len; i++) {
        const Candidate *candidate = candidate_at(puzzle, wish, (int)i);
        if (candidate->cost > limit) return -1;
        if (!count_conflicts(puzzle, wish, candidate, wish, &other)) return (int)i;
    }
    return -1;
}

/* Gives `wish` a candidate that one placed label blocks, if that label can move and the two
 * together cost less than `limit`. */
static bool eject_one(Puzzle *puzzle, size_t wish, double limit) {
    int before = puzzle->chosen[wish];
    for (guint i = 0; i < puzzle->candidates[wish]->len && puzzle->budget > 0; i++) {
        const Candidate *candidate = candidate_at(puzzle, wish, (int)i);
        size_t other = wish;
        if (count_conflicts(puzzle, wish, candidate, wish, &other) != 1) continue;
        int old = puzzle->chosen[other];
        double room =
            limit - candidate->cost + (isinf(limit) ? 0 : candidate_at(puzzle, other, old)->cost);
        puzzle->chosen[wish] = (int)i;
        puzzle->chosen[other] = -1;
        int moved = find_free(puzzle, other, room - 1e-9);
        if (moved >= 0) {
            puzzle->chosen[other] = moved;
            return true;
        }
        puzzle->chosen[wish] = before;
        puzzle->chosen[other] = old;
    }
    return false;
}

/* Places `wish` by pushing one label away, which may push another, `depth` times at the most. */
static bool eject_chain(Puzzle *puzzle, size_t wish, int depth) {
    int before = puzzle->chosen[wish];
    for (guint i = 0; i < puzzle->candidates[wish]->len && puzzle->budget > 0; i++) {
        size_t other = wish;
        if (count_conflicts(puzzle, wish, candidate_at(puzzle, wish, (int)i), wish, &other) != 1)
            continue;
        int old = puzzle->chosen[other];
        puzzle->chosen[wish] = (int)i;
        puzzle->chosen[other] = -1;
        int moved = find_free(puzzle, other, INFINITY);
        if (moved >= 0) puzzle->chosen[other] = moved;
        if (moved >= 0 || (depth > 1 && eject_chain(puzzle, other, depth - 1))) return true;
        puzzle->chosen[wish] = before;
        puzzle->chosen[other] = old;
    }
    return false;
}

/* Places `wish` where only lower ranks stand in its way, and takes them off: they try again later.
 */
static bool evict(Puzzle *puzzle, size_t wish) {
    for (guint i = 0; i < puzzle->candidates[wish]->len; i++) {
        const Candidate *candidate = candidate_at(puzzle, wish, (int)i);
        bool is_open = true;
        for (size_t k = 0; k < puzzle->n && is_open; k++)
            is_open = k == wish || puzzle->chosen[k] < 0 || puzzle->turn[k] > puzzle->turn[wish] ||
                      !candidates_conflict(candidate, candidate_at(puzzle, k, puzzle->chosen[k]),
                                           puzzle->unit);
        if (!is_open) continue;
        for (size_t k = 0; k < puzzle->n; k++)
            if (k != wish && puzzle->chosen[k] >= 0 &&
                candidates_conflict(candidate, candidate_at(puzzle, k, puzzle->chosen[k]),
                                    puzzle->unit))
                puzzle->chosen[k] = -1;
        puzzle->chosen[wish] = (int)i;
        return true;
    }
    return false;
}

/* The candidate it had last time. */
static int former_candidate(const Puzzle *puzzle, size_t wish) {
    static const double same = 0.011; /* memory counts in hundredths */
    const LabelWish *of = label_field_wish_at(puzzle->field, wish);
    if (!of->was_placed) return -1;
    for (guint i = 0; i < puzzle->candidates[wish]->len; i++) {
        Rect box = candidate_at(puzzle, wish, (int)i)->place.box;
        if (fabs(box.x - of->anchor.x - of->was.x) < same &&
            fabs(box.y - of->anchor.y - of->was.y) < same)
            return (int)i;
    }
    return -1;
}

/* Labels that had a place take it again before any other is set. */
static void recall(Puzzle *puzzle, size_t wish) {
    size_t other;
    int former = former_candidate(puzzle, wish);
    if (former >= 0 &&
        !count_conflicts(puzzle, wish, candidate_at(puzzle, wish, former), wish, &other))
        puzzle->chosen[wish] = former;
}

/* What has been left out as long as the others stood as they stand moves none of them. */
static bool improve(Puzzle *puzzle, size_t wish) {
    const LabelWish *of = label_field_wish_at(puzzle->field, wish);
    if (puzzle->chosen[wish] < 0) {
        puzzle->chosen[wish] = find_free(puzzle, wish, INFINITY);
        if (of->was_left_out) return puzzle->chosen[wish] >= 0;
        return puzzle->chosen[wish] >= 0 || eject_one(puzzle, wish, INFINITY) ||
               evict(puzzle, wish) || eject_chain(puzzle, wish, MOST_EJECTIONS);
    }
    if (of->was_placed) return false;
    double cost = candidate_at(puzzle, wish, puzzle->chosen[wish])->cost;
    int better = find_free(puzzle, wish, cost - 1e-9);
    if (better >= 0) {
        puzzle->chosen[wish] = better;
        return true;
    }
    return eject_one(puzzle, wish, cost);
}

typedef struct {
    double rank;
    size_t index;
} Turn;

static int compare_turns(const void *a, const void *b) {
    const Turn *x = a, *y = b;
    if (x->rank != y->rank) return x->rank > y->rank ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* At the end no label that is left out has a free place: another run that remembers this one
 * changes nothing. */
static void fill(Puzzle *puzzle, const Turn *turns) {
    for (size_t i = 0; i < puzzle->n; i++) {
        size_t wish = turns[i].index;
        if (puzzle->chosen[wish] < 0) puzzle->chosen[wish] = find_free(puzzle, wish, INFINITY);
    }
}

LabelPlace *labels_place(const LabelField *field, double unit, Arena *arena) {
    size_t n = field->wishes->len;
    Puzzle puzzle = {.field = field,
                     .n = n,
                     .unit = unit,
                     .candidates = ARENA_ARRAY(arena, GArray *, n),
                     .chosen = ARENA_ARRAY(arena, int, n),
                     .turn = ARENA_ARRAY(arena, int, n),
                     .budget = MOST_TESTS};
    Turn *turns = ARENA_ARRAY(arena, Turn, n);
    for (size_t i = 0; i < n; i++) turns[i] = (Turn){label_field_wish_at(field, i)->rank, i};
    if (n) qsort(turns, n, sizeof *turns, compare_turns);
    for (size_t i = 0, far = 0; i < n; i++) {
        size_t at = turns[i].index;
        const LabelWish *wish = label_field_wish_at(field, at);
        bool is_tried = wish->is_near || far++ < MOST_TRIED;
        puzzle.candidates[at] = is_tried ? find_candidates(field, wish, unit)
                                         : g_array_new(FALSE, FALSE, sizeof(Candidate));
        puzzle.chosen[at] = -1;
        puzzle.turn[at] = (int)i;
    }
    for (size_t i = 0; i < n; i++) recall(&puzzle, turns[i].index);
    bool moves = true;
    for (int pass = 0; pass < MOST_PASSES && moves; pass++) {
        moves = false;
        for (size_t i = 0; i < n; i++) moves |= improve(&puzzle, turns[i].index);
    }
    fill(&puzzle, turns);
    LabelPlace *places = ARENA_ARRAY(arena, LabelPlace, n);
    for (size_t i = 0; i < n; i++) {
        if (puzzle.chosen[i] >= 0) places[i] = candidate_at(&puzzle, i, puzzle.chosen[i])->place;
        g_array_unref(puzzle.candidates[i]);
    }
    return places;
}
