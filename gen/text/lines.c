#include "text/lines.h"

#include <string.h>

/* How many spaces end the run: none after an unspaced cut, at least one before a line that a
 * forced end parts. */
static size_t spaces_kept(const LineSetter *s, const LineCut *cut) {
    if (cut->next > cut->end) return cut->next - cut->end;
    if (!cut->is_joined || cut->end == cut->first) return 0;
    const ShapeCluster *last = shape_cluster(s->shaped, cut->end - 1);
    return s->shaped->text->str[last->byte + last->bytes] == '\n' && !last->is_space;
}

static double cluster_advance(const LineSetter *s, const LineCut *cut, size_t i) {
    const ShapeCluster *cluster = shape_cluster(s->shaped, i);
    double advance = cluster->advance;
    if (cluster->is_glue) advance += cut->spread * (double)cluster->give * advance;
    return i + 1 == cut->end ? advance - s->style->letter_space : advance;
}

/* A run being written, with room for all that it will hold. */
typedef struct {
    char *text;
    Glyph *glyphs;
    Cluster *clusters;
    size_t n_text, n_glyphs, n_clusters;
    double pen;
} Run;

static void run_add(Run *run, const char *text, size_t bytes, const Glyph *glyphs, size_t n) {
    memcpy(run->text + run->n_text, text, bytes);
    run->n_text += bytes;
    for (size_t k = 0; k < n; k++) {
        Glyph glyph = glyphs[k];
        glyph.x += (float)run->pen;
        run->glyphs[run->n_glyphs++] = glyph;
    }
    run->clusters[run->n_clusters++] = (Cluster){(uint32_t)bytes, (uint32_t)n};
}

/* Clusters [first, end): letters that join in the font do so when all stand on this line. */
static void run_add_clusters(Run *run, const LineSetter *s, const LineCut *cut, size_t first,
                             size_t end) {
    const Shaped *shaped = s->shaped;
    for (size_t i = first, next; i < end; i = next) {
        const ShapeCluster *cluster = shape_cluster(shaped, i);
        uint32_t bytes = cluster->bytes, glyph = cluster->glyph, glyphs = cluster->glyphs;
        next = i + 1;
        if (cluster->ligature) {
            const ShapeLigature *joined = shape_ligature(shaped, cluster->ligature - 1);
            if (i + joined->clusters <= end) {
                next = i + joined->clusters;
                for (size_t k = i + 1; k < next; k++) bytes += shape_cluster(shaped, k)->bytes;
                glyph = joined->glyph, glyphs = joined->glyphs;
            }
        }
        run_add(run, shaped->text->str + cluster->byte, bytes,
                &g_array_index(shaped->glyphs, Glyph, glyph), glyphs);
        for (; i < next; i++) run->pen += cluster_advance(s, cut, i);
    }
}

/* The spaces and the hyphen that end a line: spaces take no room. A hyphen that the line end adds
 * is no letter of the word: it reads as U+00AD. */
static void run_add_end(Run *run, const LineSetter *s, const ShapePart *part, size_t spaces,
                        bool is_hyphenated) {
    if (is_hyphenated) {
        Glyph hyphen = {fonts_hyphen_glyph(s->fonts, part->font), 0, 0};
        run_add(run, "\u00ad", strlen("\u00ad"), &hyphen, 1);
        run->pen += part->hyphen;
    }
    Glyph space = {fonts_space_glyph(s->fonts, part->font), 0, 0};
    for (size_t k = 0; k < spaces; k++) run_add(run, " ", 1, &space, 1);
}

/* Clusters [first, end) of one part, at x. is_last: the end of the line belongs to it. */
static GlyphRun run_new(const LineSetter *s, const LineCut *cut, size_t first, size_t end,
                        bool is_last, double x) {
    const Shaped *shaped = s->shaped;
    const ShapePart *part = shape_part(shaped, shape_cluster(shaped, first)->part);
    size_t spaces = is_last ? spaces_kept(s, cut) : 0, more = spaces + 1, n_text = 0, n_glyphs = 0;
    for (size_t i = first; i < end; i++) {
        const ShapeCluster *cluster = shape_cluster(shaped, i);
        n_text += cluster->bytes, n_glyphs += cluster->glyphs;
        if (cluster->ligature) n_glyphs += shape_ligature(shaped, cluster->ligature - 1)->glyphs;
    }
    Run run = {.text = arena_alloc(s->arena, n_text + more + strlen("\u00ad")),
               .glyphs = ARENA_ARRAY(s->arena, Glyph, n_glyphs + more),
               .clusters = ARENA_ARRAY(s->arena, Cluster, end - first + more)};
    run_add_clusters(&run, s, cut, first, end);
    run_add_end(&run, s, part, spaces, is_last && cut->is_hyphenated);
    return (GlyphRun){.font = part->font,
                      .color = part->color,
                      .origin = {x, -part->raise},
                      .advance = run.pen,
                      .text = run.text,
                      .glyphs = run.glyphs,
                      .clusters = run.clusters,
                      .n_text = (uint32_t)run.n_text,
                      .n_glyphs = (uint32_t)run.n_glyphs,
                      .n_clusters = (uint32_t)run.n_clusters};
}

static Rect run_box(const Fonts *fonts, const GlyphRun *run) {
    FontMetrics metrics = fonts_metrics(fonts, run->font);
    Rect box = {run->origin.x, run->origin.y - metrics.ascent, run->advance,
                metrics.ascent + metrics.descent};
    for (uint32_t i = 0; i < run->n_glyphs; i++) {
        const Glyph *glyph = &run->glyphs[i];
        Rect ink = fonts_ink(fonts, run->font, glyph->glyph);
        if (rect_is_empty(ink)) continue;
        ink.x += run->origin.x + glyph->x, ink.y += run->origin.y + glyph->y;
        box = rect_union(box, ink);
    }
    return box;
}

static bool is_same_part(const Shaped *shaped, size_t i, size_t j) {
    const ShapePart *a = shape_part(shaped, shape_cluster(shaped, i)->part);
    const ShapePart *b = shape_part(shaped, shape_cluster(shaped, j)->part);
    return a == b || (a->font == b->font && a->raise == b->raise &&
                      !memcmp(&a->color, &b->color, sizeof(Color)));
}

void line_set(const LineSetter *s, const LineCut *cut, TextLine *line) {
    size_t n_runs = cut->end > cut->first;
    for (size_t i = cut->first + 1; i < cut->end; i++) n_runs += !is_same_part(s->shaped, i - 1, i);
    line->runs = ARENA_ARRAY(s->arena, GlyphRun, n_runs);
    line->boxes = ARENA_ARRAY(s->arena, Rect, n_runs);
    for (size_t start = cut->first; start < cut->end;) {
        size_t end = start + 1;
        while (end < cut->end && is_same_part(s->shaped, end - 1, end)) end++;
        GlyphRun run = run_new(s, cut, start, end, end == cut->end, line->width);
        line->runs[line->n_runs] = run;
        line->boxes[line->n_runs++] = run_box(s->fonts, &run);
        line->width += run.advance;
        start = end;
    }
}
