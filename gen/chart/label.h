/* chart/label: where labels go: the seam for the label engine.
 * In: a field (what is already there: rectangles, circles, lines, and bounds) and wishes (a text
 * block, the point or circle it names, its rank). Out: for each wish a place: inside its circle,
 * beside it, or farther with a leader; or not placed, listed, never dropped in silence.
 * Deterministic: no random numbers, ties go to the lower index. Files: label_offer (the
 * candidate places of one label: leaders from label_ray, what is in the way from
 * label_obstacles), label_board (which places the labels set block), label_exact (a few labels
 * chosen together by branch and bound), label_search (all of them). Method: wishes in rank order
 * take the cheapest free candidate, ejecting one placed label when that frees it, or those of lower
 * rank; then up to 20 labels are chosen together exactly, and of more each one left out with its
 * neighbours; pins come first, then rank, then the sum of costs. Labels that the layout memory
 * knows stand where they stood. After Christensen, Marks & Shieber, ACM TOG 14 (1995). */
#pragma once

#include "base/frame.h"
#include "text/para.h"

typedef struct {
    Rect rect;    /* padded box that no label may touch */
    bool is_text; /* nor any leader */
} LabelObstacle;

typedef struct {
    Point center;
    double radius;
    const char *key;
} LabelCircle;

typedef struct {
    Point a, b;
} LabelLine;

enum { LABEL_FORMS = 3 };

typedef struct {
    const TextBlock *block;
    const TextBlock *narrower[LABEL_FORMS - 1]; /* on more lines; NULL: it has no such form */
    const TextBlock
        *inside; /* the block in the colour to use inside the circle; NULL: never inside */
    const TextBlock *listed; /* as it stands in a key, without room here; NULL: the same */
    const char *key;
    Role role; /* ROLE_LABEL or ROLE_NOTE */
    Point anchor;
    double radius;    /* 0: a point */
    double rank;      /* the greatest is served first */
    Rect bounds;      /* where the box must stay */
    bool is_centered; /* the text lies on the anchor: names of bands; no leader */
    bool is_flush;    /* of a centred one: its lines are aligned as `flush`, else centred */
    TextAlign flush;
    bool prefers_side; /* beside rather than above: notes on hanging bars */
    Side pin;          /* where it must be, seen from its mark: a hard constraint */
    bool is_near;      /* inside or beside what it names, without a leader */
    int scope;         /* of the layout memory: see chart/mark.h */
    /* where it was, if it was: its box, from the anchor */
    bool was_placed, was_left_out;
    Point was;
} LabelWish;

typedef struct {
    bool is_placed, is_inside, has_leader;
    int form; /* 0: the block, then the narrower ones */
    Rect box;
    Point at; /* for text_draw() */
    TextAlign align;
    Point from, to; /* leader: from the mark to the text */
    size_t blocker; /* of a pinned one without place: the pinned wish in its way, plus 1; 0: none */
} LabelPlace;

typedef struct LabelField LabelField;

[[nodiscard]] LabelField *label_field_new(Arena *arena);
void label_field_free(LabelField *field);
/* The obstacles of a field and what was placed among them, leaders included: for other wishes. */
[[nodiscard]] LabelField *label_field_after(const LabelField *field, const LabelPlace *places,
                                            Arena *arena);
void label_field_rect(LabelField *field, Rect rect, bool is_text);
void label_field_circle(LabelField *field, Point center, double radius, const char *key);
void label_field_line(LabelField *field, Point a, Point b); /* no label may lie on it */
void label_field_wish(LabelField *field, LabelWish wish);
/* Of the names of marks those of the greatest ranks have a place, so many at the most: what one
 * figure can hold on a medium. Notes and names of bands do not count. At first there is no limit.
 */
void label_field_limit(LabelField *field, size_t budget);
size_t label_field_budget(const LabelField *field);
const GArray *label_field_rects(const LabelField *field);   /* LabelObstacle; borrowed */
const GArray *label_field_lines(const LabelField *field);   /* LabelLine; borrowed */
const GArray *label_field_circles(const LabelField *field); /* LabelCircle; borrowed */
size_t label_field_wishes(const LabelField *field);
const LabelWish *label_field_wish_at(const LabelField *field, size_t i);
const TextBlock *label_wish_block(const LabelWish *wish, int form); /* NULL: it has no such form */
LabelWish *label_field_wish_mut(LabelField *field, size_t i);

/* Does the box touch no rectangle and no line? Circles are the caller's business. */
bool label_field_is_clear(const LabelField *field, Rect box);

/* Over the diagonal: obstacles, anchors and bounds. See chart/turn.h. */
void label_field_swap(LabelField *field, Swap swap);

/* Do both ask the same? Then their places are the same. */
bool label_field_equals(const LabelField *a, const LabelField *b);

/* `unit` is the type size of labels: distances follow from it. One place a wish, in `arena`. */
[[nodiscard]] LabelPlace *labels_place(const LabelField *field, double unit, Arena *arena);
