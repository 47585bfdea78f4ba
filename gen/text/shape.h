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
    double raise;  /* above the baseline */
    double hyphen; /* advance of one */
} ShapePart;

typedef struct {
    uint32_t byte, bytes;   /* in text */
    uint32_t glyph, glyphs; /* first of them, and how many */
    uint32_t part;
    uint32_t ligature; /* of which it is the first letter: index + 1; 0: none */
    bool is_space;     /* U+0020 */
    bool is_glue;      /* U+0020 or U+00A0 */
    float give;        /* of glue: its share of what a space stretches or shrinks */
    double advance;
} ShapeCluster;

/* Letters that the font joins, kept apart as clusters because a line may end between them. Their
 * advances add up to that of the ligature, whose glyphs these are. */
typedef struct {
    uint32_t clusters;
    uint32_t glyph, glyphs;
} ShapeLigature;

typedef struct {
    GString *text;
    int font;          /* of the style itself */
    GArray *parts;     /* ShapePart */
    GArray *clusters;  /* ShapeCluster */
    GArray *glyphs;    /* Glyph, from the origin of their cluster */
    GArray *ligatures; /* ShapeLigature */
    bool *hyphens;     /* by byte: may a line end before it with a hyphen? NULL: nowhere */
} Shaped;

/* hyphens: where words may be cut; NULL: nowhere. */
[[nodiscard]] Shaped *shape_new(Fonts *fonts, const TextStyle *style, const TextSpan *spans,
                                size_t n_spans, const FrHyphen *hyphens, Diag *diag);
void shape_free(Shaped *shaped);

static inline const ShapePart *shape_part(const Shaped *shaped, size_t i) {
    return &g_array_index(shaped->parts, ShapePart, i);
}
static inline const ShapeLigature *shape_ligature(const Shaped *shaped, size_t i) {
    return &g_array_index(shaped->ligatures, ShapeLigature, i);
}
static inline const ShapeCluster *shape_cluster(const Shaped *shaped, size_t i) {
    return &g_array_index(shaped->clusters, ShapeCluster, i);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shaped, shape_free)
