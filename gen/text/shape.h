/* text/shape: spans to positioned glyphs, in one long line.
 * In: spans and style as text/para has them. Out: the joined text, cut into parts of one font and
 * colour, and its clusters in reading order, each with its glyphs and its advance. Owned by the
 * caller. Tabs become spaces; all line ends become '\n', which is in the text and in no cluster.
 * Characters without ink or width (U+2060, U+200B, U+00AD) stay in the text and have no glyph. */
#pragma once

#include "text/para.h"

typedef struct {
    int font;
    Color color;
    double raise; /* above the baseline */
} ShapePart;

typedef struct {
    uint32_t byte, bytes;   /* in text */
    uint32_t glyph, glyphs; /* first of them, and how many */
    uint32_t part;
    bool is_space; /* U+0020 */
    bool is_glue;  /* U+0020 or U+00A0 */
    double advance;
} ShapeCluster;

typedef struct {
    GString *text;
    int font;         /* of the style itself */
    GArray *parts;    /* ShapePart */
    GArray *clusters; /* ShapeCluster */
    GArray *glyphs;   /* Glyph, from the origin of their cluster */
} Shaped;

[[nodiscard]] Shaped *shape_new(Fonts *fonts, const TextStyle *style, const TextSpan *spans,
                                size_t n_spans, Diag *diag);
void shape_free(Shaped *shaped);

static inline const ShapePart *shape_part(const Shaped *shaped, size_t i) {
    return &g_array_index(shaped->parts, ShapePart, i);
}
static inline const ShapeCluster *shape_cluster(const Shaped *shaped, size_t i) {
    return &g_array_index(shaped->clusters, ShapeCluster, i);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shaped, shape_free)
