#include "chart/label.h"

#include <stdint.h>

struct LabelField {
    Arena *arena;
    GArray *rects;   /* LabelObstacle */
    GArray *circles; /* LabelCircle */
    GArray *lines;   /* LabelLine */
    GArray *wishes;  /* LabelWish */
    size_t budget;   /* of names of marks */
};

LabelField *label_field_new(Arena *arena) {
    LabelField *field = ARENA_NEW(arena, LabelField);
    field->arena = arena;
    field->budget = SIZE_MAX;
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

void label_field_limit(LabelField *field, size_t budget) {
    field->budget = budget;
}

size_t label_field_budget(const LabelField *field) {
    return field->budget;
}

void label_field_wish(LabelField *field, LabelWish wish) {
    g_array_append_val(field->wishes, wish);
}

const GArray *label_field_rects(const LabelField *field) {
    return field->rects;
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

const TextBlock *label_wish_block(const LabelWish *wish, int form) {
    return form ? wish->narrower[form - 1] : wish->block;
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

static bool rects_equal(Rect a, Rect b) {
    return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static bool points_equal(Point a, Point b) {
    return a.x == b.x && a.y == b.y;
}

static bool obstacles_equal(const LabelField *a, const LabelField *b) {
    if (a->rects->len != b->rects->len || a->circles->len != b->circles->len) return false;
    if (a->lines->len != b->lines->len) return false;
    for (guint i = 0; i < a->rects->len; i++) {
        const LabelObstacle *x = &g_array_index(a->rects, LabelObstacle, i),
                            *y = &g_array_index(b->rects, LabelObstacle, i);
        if (!rects_equal(x->rect, y->rect) || x->is_text != y->is_text) return false;
    }
    for (guint i = 0; i < a->circles->len; i++) {
        const LabelCircle *x = &g_array_index(a->circles, LabelCircle, i),
                          *y = &g_array_index(b->circles, LabelCircle, i);
        if (!points_equal(x->center, y->center) || x->radius != y->radius) return false;
        if (g_strcmp0(x->key, y->key) != 0) return false;
    }
    for (guint i = 0; i < a->lines->len; i++) {
        const LabelLine *x = &g_array_index(a->lines, LabelLine, i),
                        *y = &g_array_index(b->lines, LabelLine, i);
        if (!points_equal(x->a, y->a) || !points_equal(x->b, y->b)) return false;
    }
    return true;
}

static Rect extent(const TextBlock *block) {
    return text_box(block, (Point){0, 0}, ALIGN_LEFT);
}

static bool wishes_equal(const LabelWish *a, const LabelWish *b) {
    if (!a->inside != !b->inside) return false;
    for (int f = 0; f < LABEL_FORMS; f++) {
        const TextBlock *x = label_wish_block(a, f), *y = label_wish_block(b, f);
        if (!x != !y || (x && !rects_equal(extent(x), extent(y)))) return false;
    }
    if (!points_equal(a->anchor, b->anchor) || !rects_equal(a->bounds, b->bounds)) return false;
    if (g_strcmp0(a->key, b->key) != 0 || a->radius != b->radius || a->rank != b->rank)
        return false;
    if (a->was_placed != b->was_placed || a->was_left_out != b->was_left_out ||
        !points_equal(a->was, b->was))
        return false;
    return a->is_centered == b->is_centered && a->prefers_side == b->prefers_side &&
           a->pin == b->pin && a->is_near == b->is_near;
}

bool label_field_equals(const LabelField *a, const LabelField *b) {
    if (a->wishes->len != b->wishes->len || !obstacles_equal(a, b)) return false;
    for (size_t i = 0; i < a->wishes->len; i++)
        if (!wishes_equal(label_field_wish_at(a, i), label_field_wish_at(b, i))) return false;
    return true;
}

void label_field_swap(LabelField *field, Swap swap) {
    for (guint i = 0; i < field->rects->len; i++) {
        LabelObstacle *obstacle = &g_array_index(field->rects, LabelObstacle, i);
        obstacle->rect = rect_swap(swap, obstacle->rect);
    }
    for (guint i = 0; i < field->circles->len; i++) {
        LabelCircle *circle = &g_array_index(field->circles, LabelCircle, i);
        circle->center = point_swap(swap, circle->center);
    }
    for (guint i = 0; i < field->lines->len; i++) {
        LabelLine *line = &g_array_index(field->lines, LabelLine, i);
        *line = (LabelLine){point_swap(swap, line->a), point_swap(swap, line->b)};
    }
    for (guint i = 0; i < field->wishes->len; i++) {
        LabelWish *wish = &g_array_index(field->wishes, LabelWish, i);
        wish->anchor = point_swap(swap, wish->anchor);
        wish->bounds = rect_swap(swap, wish->bounds);
    }
}
