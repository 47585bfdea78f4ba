/* text/breaks_find: what the parts of text/breaks share. Private to it. */
#pragma once

#include "text/breaks.h"

#include <stdint.h>

/* A place where a line may end; stop 0 is the start of the stretch. */
typedef struct {
    size_t end, next; /* items: the line before ends at `end`, the one after starts at `next` */
    double penalty, width;
    double hang_start, hang_end; /* of the line after, of the line before */
    guint32 start_key, end_key;  /* of the line after, of the line before */
    bool is_flagged;
} Stop;

/* The best way to reach a stop in some state: fewest costs since the start. */
typedef struct {
    double cost;
    float ratio;   /* of the line that ends here */
    uint32_t from; /* index of a node; NODE_NONE: not reached, or the start */
} Node;

#define NODE_NONE UINT32_MAX

typedef struct {
    const BreakItem *items;
    size_t n;
    BreakRules rules;
    double *widths, *stretches, *shrinks; /* sums over the items before i */
    uint32_t *glues;                      /* how many before i */
    uint32_t *glue_items;                 /* which */
    double hang_max;                      /* of any item */
    GArray *stops;                        /* Stop, of this stretch */
    GArray *lines;                        /* BreakLine */
    Node *nodes;                          /* by stop, then state */
    size_t states;
    size_t line_states; /* states that tell lines apart by number; 1: none do */
    double target;      /* balanced: the even width */
    size_t rivers;
} Finder;

static inline const Stop *stop_at(const Finder *f, size_t i) {
    return &((const Stop *)(const void *)f->stops->data)[i];
}

/* text/rivers: the price of the gaps that the line from stop i to stop j, at this ratio, lines up
 * with those of the lines before it, which end at this node. */
double rivers_cost(const Finder *f, uint32_t node, size_t i, size_t j, double ratio);
/* Gaps of the lines found that run through four lines or more. */
size_t rivers_count(const Finder *f, const BreakLine *lines, size_t n);
