/* text/measure: shaped text to the items of text/breaks. Private to the room. */
#pragma once

#include "text/breaks.h"
#include "text/shape.h"

/* How far the space between words may vary, as shares of it: at ratio 1, and at most. */
typedef struct {
    double stretch, shrink;
    double loosest, tightest; /* ratios */
} Looseness;

/* Strict where lines hold nine words or more. Source: J. Crego's justification settings for French
 * text, 85/100/115 % of the space and 70/100/150 % on narrow lines. */
Looseness measure_looseness(const Shaped *shaped, double width);

/* Items with the cluster each starts at. */
typedef struct {
    GArray *items;    /* BreakItem */
    GArray *clusters; /* uint32_t, one more than items */
} Measured;

/* costs: of text/cuts, one a byte of the text. hangs: punctuation hangs in the margins. */
[[nodiscard]] Measured measure_new(const Shaped *shaped, const int *costs, Looseness loose,
                                   bool hangs);
void measure_clear(Measured *measured);

static inline uint32_t measure_cluster(const Measured *measured, size_t item) {
    return g_array_index(measured->clusters, uint32_t, item);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Measured, measure_clear)
