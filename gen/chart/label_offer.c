#include "chart/label_offer.h"

#include "chart/label_obstacles.h"
#include "chart/label_ray.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_OFFERS = 160, FEW_OFFERS = 30, SLANT = 6 };

/* Distances in type sizes. */
static const double PAD_LABEL = 0.35;  /* between two labels */
static const double GAP_BESIDE = 0.38; /* between a mark and the label beside it */
static const double GAP_LEADER = 0.22; /* between a leader's end and its text */
static const double LEADERS_APART = 0.45;
static const double NARROWER = 1.6; /* cost of one more line */
static const double lengths[] = {0.9, 1.5, 2.2, 3, 4, 5, 6.2, 7.6, 9.2, 11, 13, 15.5};

typedef struct {
    const LabelField *field;
    const LabelObstacles *obstacles;
    const LabelWish *wish;
    double w, h, unit;
    int form;                      /* whose w and h these are */
    LabelRay rays[RAY_DIRECTIONS]; /* radial; none for what must be near */
    GArray *offers;                /* LabelOffer: all of them, in room that every wish uses */
} Search;

/* ---- what is in the way */

/* Running over a bar is worse than being long, over several is out of the question; crossing a rule
 * is a small fault. */
static double leader_cost(const LabelField *field, const LabelPlace *place, double unit) {
    const GArray *rects = label_field_rects(field), *lines = label_field_lines(field);
    double cost = point_distance(place->from, place->to) / unit;
    int n_bars = 0;
    for (guint i = 0; i < rects->len; i++) {
        Rect rect = g_array_index(rects, LabelObstacle, i).rect;
        n_bars += segment_crosses_rect(place->from, place->to, rect);
    }
    if (n_bars > 1) return INFINITY;
    cost += 4 * n_bars;
    for (guint i = 0; i < lines->len; i++) {
        const LabelLine *line = &g_array_index(lines, LabelLine, i);
        if (segments_cross(place->from, place->to, line->a, line->b)) cost += 2.5;
    }
    return cost;
}

/* ---- the places */

static Point text_point(Rect box, TextAlign align) {
    double x = align == ALIGN_LEFT     ? box.x
               : align == ALIGN_CENTER ? box.x + box.w / 2
                                       : box.x + box.w;
    return (Point){x, box.y};
}

static bool is_where_pinned(const LabelWish *wish, const LabelPlace *place) {
    Rect box = place->box;
    switch (wish->pin) {
    case SIDE_ANY: return true;
    case SIDE_RIGHT: return !place->is_inside && box.x >= wish->anchor.x;
    case SIDE_LEFT: return !place->is_inside && box.x + box.w <= wish->anchor.x;
    case SIDE_UP: return !place->is_inside && box.y + box.h <= wish->anchor.y;
    case SIDE_DOWN: return !place->is_inside && box.y >= wish->anchor.y;
    case SIDE_INSIDE: return place->is_inside;
    }
    return false;
}

static void offer(Search *search, LabelOffer offered) {
    LabelPlace *place = &offered.place;
    if (!is_where_pinned(search->wish, place)) return;
    if (!rect_contains(search->wish->bounds, place->box, 1e-6)) return;
    if (!place->is_inside && !label_obstacles_allow(search->obstacles, place->box)) return;
    place->is_placed = true;
    place->form = search->form;
    offered.cost += search->form * NARROWER;
    place->at = text_point(place->box, place->align);
    if (place->has_leader) offered.cost += leader_cost(search->field, place, search->unit);
    if (isinf(offered.cost)) return;
    Rect hull = place->box;
    if (place->has_leader) {
        Rect leader = {fmin(place->from.x, place->to.x), fmin(place->from.y, place->to.y),
                       fabs(place->from.x - place->to.x), fabs(place->from.y - place->to.y)};
        hull = rect_union(hull, rect_grow(leader, 0.01)); /* it may be flat */
    }
    offered.hull = rect_grow(hull, PAD_LABEL * search->unit);
    g_array_append_val(search->offers, offered);
}

static void offer_inside(Search *search) {
    const LabelWish *wish = search->wish;
    if (!wish->inside) return;
    if (hypot(search->w / 2, search->h / 2) > wish->radius - 0.15 * search->unit) return;
    Rect box = {wish->anchor.x - search->w / 2, wish->anchor.y - search->h / 2, search->w,
                search->h};
    offer(search, (LabelOffer){.place = {.is_inside = true, .box = box, .align = ALIGN_CENTER}});
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
        offer(search, (LabelOffer){
                          .place = {.box = {spots[i].x, spots[i].y, w, h}, .align = spots[i].align},
                          .cost = spots[i].cost});
}

/* The text at the end of a leader, on its far side. Upright leaders please most, downward ones
 * least. */
static void offer_led(Search *search, const LabelRay *ray, double length) {
    Point from = ray->from, way = ray->way;
    Point to = {ray->rim.x + way.x * length, ray->rim.y + way.y * length};
    double w = search->w, h = search->h, gap = GAP_LEADER * search->unit;
    double cost = 2.2 + (way.y > 0.2 && !search->wish->prefers_side ? 2 : 0) + 0.25 * ray->bend;
    LabelOffer led = {.place = {.has_leader = true, .from = from, .to = to}, .cost = cost};
    if (fabs(way.x) > 0.8) {
        led.place.box = (Rect){way.x > 0 ? to.x + gap : to.x - gap - w, to.y - h / 2, w, h};
        led.place.align = way.x > 0 ? ALIGN_LEFT : ALIGN_RIGHT;
        offer(search, led);
        return;
    }
    double y = way.y < 0 ? to.y - gap - h : to.y + gap;
    double inset = fmin(w / 2, search->unit);
    const struct {
        double x;
        TextAlign align;
        double cost;
    } spots[] = {{to.x - w / 2, ALIGN_CENTER, 0},
                 {to.x - inset, ALIGN_LEFT, way.x < 0 ? 0.6 : 0.1},
                 {to.x - w + inset, ALIGN_RIGHT, way.x > 0 ? 0.6 : 0.1}};
    for (size_t i = 0; i < G_N_ELEMENTS(spots); i++) {
        led.place.box = (Rect){spots[i].x, y, w, h};
        led.place.align = spots[i].align;
        led.cost = cost + spots[i].cost;
        offer(search, led);
    }
}

static void offer_ray(Search *search, const LabelRay *ray) {
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        double length = lengths[i] * search->unit;
        if (length > ray->reach) return;
        offer_led(search, ray, length);
    }
}

/* In a crowd a radial leader is often barred where a slanted one passes between two marks. */
static void offer_slanted(Search *search, const LabelRays *around) {
    for (int e = 0; e < RAY_DIRECTIONS; e++)
        for (int k = -SLANT; k <= SLANT; k++) {
            if (!k) continue;
            LabelRay ray = label_ray_at(around, e, k);
            offer_ray(search, &ray);
        }
}

/* On the anchor, or as near to it as it is free: a grid of steps, the vertical ones cheaper. */
static void offer_centered(Search *search) {
    enum { STEPS = 24 };
    double step = search->unit * 0.5;
    for (int j = -STEPS; j <= STEPS; j++)
        for (int i = -STEPS; i <= STEPS; i++) {
            Rect box = {search->wish->anchor.x - search->w / 2 + i * step,
                        search->wish->anchor.y - search->h / 2 + j * step, search->w, search->h};
            offer(search, (LabelOffer){.place = {.box = box, .align = ALIGN_CENTER},
                                       .cost = abs(i) * 1.5 + abs(j)});
        }
}

/* ---- one wish */

static int compare_offers(const void *a, const void *b) {
    const LabelOffer *x = a, *y = b;
    if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
    /* Equal costs: higher first, then left first: never by address. */
    if (x->place.box.y != y->place.box.y) return x->place.box.y < y->place.box.y ? -1 : 1;
    return (x->place.box.x > y->place.box.x) - (x->place.box.x < y->place.box.x);
}

int label_offer_former(const LabelWish *wish, const GArray *offers, guint first) {
    static const double same = 0.011; /* memory counts in hundredths */
    if (!wish->was_placed) return -1;
    for (guint i = first; i < offers->len; i++) {
        Rect box = g_array_index(offers, LabelOffer, i).place.box;
        if (fabs(box.x - wish->anchor.x - wish->was.x) < same &&
            fabs(box.y - wish->anchor.y - wish->was.y) < same)
            return (int)i;
    }
    return -1;
}

static GArray *keep_cheapest(const Search *search) {
    GArray *offers = search->offers;
    g_array_sort(offers, compare_offers);
    guint n = MIN(offers->len, MOST_OFFERS);
    int former = label_offer_former(search->wish, offers, 0);
    if (former >= MOST_OFFERS)
        g_array_index(offers, LabelOffer, MOST_OFFERS - 1) =
            g_array_index(offers, LabelOffer, (guint)former);
    GArray *kept = g_array_sized_new(FALSE, FALSE, sizeof(LabelOffer), n);
    g_array_append_vals(kept, offers->data, n);
    return kept;
}

static bool needs_slant(const Search *search) {
    const LabelWish *wish = search->wish;
    if (wish->radius <= 0) return false;
    return search->offers->len < FEW_OFFERS ||
           (wish->was_placed && label_offer_former(wish, search->offers, 0) < 0);
}

static void measure_form(Search *search, int form) {
    Rect box = text_box(label_wish_block(search->wish, form), (Point){0, 0}, ALIGN_LEFT);
    search->form = form;
    search->w = box.w;
    search->h = box.h;
}

/* Beside the mark and around it, in each form of the text; slanted when that is little. */
static void offer_around(Search *search, Arena *arena) {
    const LabelWish *wish = search->wish;
    double longest = lengths[G_N_ELEMENTS(lengths) - 1] * search->unit;
    LabelRays around = {0};
    if (!wish->is_near)
        around = label_rays_around(search->field, wish, longest, search->unit, arena);
    for (int e = 0; e < RAY_DIRECTIONS && !wish->is_near; e++)
        search->rays[e] = label_ray_at(&around, e, 0);
    for (int f = 0; f < LABEL_FORMS && label_wish_block(wish, f); f++) {
        measure_form(search, f);
        offer_beside(search);
        for (int e = 0; e < RAY_DIRECTIONS && !wish->is_near; e++)
            offer_ray(search, &search->rays[e]);
    }
    measure_form(search, 0);
    if (!wish->is_near && needs_slant(search)) offer_slanted(search, &around);
}

static GArray *find_offers(Search search, Arena *arena) {
    g_array_set_size(search.offers, 0);
    measure_form(&search, 0);
    if (search.wish->is_centered)
        offer_centered(&search);
    else
        offer_inside(&search);
    if (!search.wish->is_centered && !search.offers->len) offer_around(&search, arena);
    return keep_cheapest(&search);
}

GArray **label_offers(const LabelField *field, const size_t *turns, size_t most, double unit,
                      Arena *arena) {
    size_t n = label_field_wishes(field);
    GArray **offers = ARENA_ARRAY(arena, GArray *, n);
    g_autoptr(LabelObstacles) obstacles = label_obstacles_new(field, unit);
    g_autoptr(GArray) room = g_array_new(FALSE, FALSE, sizeof(LabelOffer));
    size_t budget = label_field_budget(field);
    for (size_t i = 0, far = 0, names = 0; i < n; i++) {
        const LabelWish *wish = label_field_wish_at(field, turns[i]);
        Search search = {
            .field = field, .obstacles = obstacles, .wish = wish, .unit = unit, .offers = room};
        bool is_name = wish->role == ROLE_LABEL && !wish->is_centered && !wish->is_near;
        bool is_tried = wish->is_near || far++ < most;
        if (is_name && names++ >= budget) is_tried = false;
        offers[turns[i]] =
            is_tried ? find_offers(search, arena) : g_array_new(FALSE, FALSE, sizeof(LabelOffer));
    }
    return offers;
}

/* ---- two wishes */

/* Along one axis. */
static bool are_apart(double a0, double a1, double b0, double b1, double near) {
    return MIN(a0, a1) > MAX(b0, b1) + near || MIN(b0, b1) > MAX(a0, a1) + near;
}

static bool leaders_meet(const LabelPlace *a, const LabelPlace *b, double near) {
    if (are_apart(a->from.x, a->to.x, b->from.x, b->to.x, near)) return false;
    if (are_apart(a->from.y, a->to.y, b->from.y, b->to.y, near)) return false;
    return segments_cross(a->from, a->to, b->from, b->to) ||
           segment_distance(a->from, a->to, b->from) < near ||
           segment_distance(a->from, a->to, b->to) < near ||
           segment_distance(b->from, b->to, a->from) < near ||
           segment_distance(b->from, b->to, a->to) < near;
}

bool label_offers_clash(const LabelOffer *x, const LabelOffer *y, double unit) {
    const LabelPlace *a = &x->place, *b = &y->place;
    if (rect_overlaps(rect_grow(a->box, PAD_LABEL * unit), b->box)) return true;
    double near = 0.15 * unit;
    if (a->has_leader && segment_crosses_rect(a->from, a->to, rect_grow(b->box, near))) return true;
    if (b->has_leader && segment_crosses_rect(b->from, b->to, rect_grow(a->box, near))) return true;
    return a->has_leader && b->has_leader && leaders_meet(a, b, LEADERS_APART * unit);
}
