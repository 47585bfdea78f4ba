#include "text/para.h"
#include "text/breaks.h"
#include "text/cuts.h"
#include "text/shape.h"

#include <string.h>

/* Items for text/breaks with the cluster each starts at. */
typedef struct {
    GArray *items;    /* BreakItem */
    GArray *clusters; /* uint32_t, one more than items */
} Measured;

/* How far the space between words may vary, as shares of it. */
typedef struct {
    double stretch, shrink;
} Looseness;

/* Under some 45 characters a line has too few spaces to be strict. */
static Looseness looseness_of(const TextStyle *style, double max_width) {
    bool is_wide = max_width >= 45 * 0.45 * style->size;
    return is_wide ? (Looseness){0.33, 0.20} : (Looseness){0.50, 0.30};
}

static void item_add(Measured *m, BreakItem item, size_t cluster) {
    uint32_t at = (uint32_t)cluster;
    g_array_append_val(m->items, item);
    g_array_append_val(m->clusters, at);
}

static void glue_add(Measured *m, int price, double width, Looseness loose, size_t cluster) {
    item_add(m, (BreakItem){.kind = BREAK_PENALTY, .penalty = price}, cluster);
    item_add(m,
             (BreakItem){.kind = BREAK_GLUE,
                         .width = width,
                         .stretch = width * loose.stretch,
                         .shrink = width * loose.shrink},
             cluster);
}

static size_t cluster_end(const Shaped *shaped, size_t i) {
    const ShapeCluster *cluster = shape_cluster(shaped, i);
    return cluster->byte + cluster->bytes;
}

/* The price of ending the line at the space of this cluster: nothing where it ends anyway. */
static int space_price(const Shaped *shaped, const int *costs, size_t i) {
    const GString *text = shaped->text;
    size_t at = cluster_end(shaped, i);
    while (at < text->len && text->str[at] == ' ') at++;
    return at == text->len || text->str[at] == '\n' ? 0 : costs[at];
}

static size_t newlines_before(const Shaped *shaped, size_t i) {
    size_t from = i ? cluster_end(shaped, i - 1) : 0, n = 0;
    size_t to = i < shaped->clusters->len ? shape_cluster(shaped, i)->byte : shaped->text->len;
    for (; from < to; from++) n += shaped->text->str[from] == '\n';
    return n;
}

/* Words are boxes; a space is a penalty, then glue, so that a line end drops it. */
static Measured measure(const Shaped *shaped, const int *costs, Looseness loose) {
    Measured m = {g_array_new(FALSE, FALSE, sizeof(BreakItem)),
                  g_array_new(FALSE, FALSE, sizeof(uint32_t))};
    size_t n = shaped->clusters->len;
    bool is_in_box = false, is_after_space = true;
    for (size_t i = 0; i <= n; i++) {
        size_t newlines = newlines_before(shaped, i);
        if (newlines) is_in_box = false, is_after_space = true;
        for (; newlines; newlines--)
            item_add(&m, (BreakItem){.kind = BREAK_PENALTY, .penalty = PENALTY_FORCED}, i);
        if (i == n) break;
        const ShapeCluster *cluster = shape_cluster(shaped, i);
        if (cluster->is_glue) {
            int price = cluster->is_space ? space_price(shaped, costs, i) : PENALTY_NEVER;
            glue_add(&m, price, cluster->advance, loose, i);
            is_in_box = false, is_after_space = cluster->is_space;
            continue;
        }
        int price = costs[cluster->byte];
        if (!is_after_space && price < PENALTY_NEVER) {
            item_add(&m, (BreakItem){BREAK_PENALTY, .penalty = price, .is_flagged = true}, i);
            is_in_box = false;
        }
        if (!is_in_box) item_add(&m, (BreakItem){.kind = BREAK_BOX}, i);
        g_array_index(m.items, BreakItem, m.items->len - 1).width += cluster->advance;
        is_in_box = true, is_after_space = false;
    }
    uint32_t end = (uint32_t)n;
    g_array_append_val(m.clusters, end);
    return m;
}

/* One line: its clusters [first, end), then those of the spaces that end it, up to next. */
typedef struct {
    size_t first, end, next;
    bool is_joined; /* a line of the same text follows */
    double spread;  /* justified: added to each space, as a share of it */
} Cut;

typedef struct {
    const Shaped *shaped;
    Fonts *fonts;
    const TextStyle *style;
    Arena *arena;
} Setter;

/* How many spaces end the run: none after an unspaced cut, at least one before a line that a
 * forced end parts. */
static size_t spaces_kept(const Setter *s, const Cut *cut) {
    if (cut->next > cut->end) return cut->next - cut->end;
    if (!cut->is_joined || cut->end == cut->first) return 0;
    const ShapeCluster *last = shape_cluster(s->shaped, cut->end - 1);
    return s->shaped->text->str[last->byte + last->bytes] == '\n' && !last->is_space;
}

static double cluster_advance(const Setter *s, const Cut *cut, size_t i) {
    const ShapeCluster *cluster = shape_cluster(s->shaped, i);
    double advance = cluster->advance;
    if (cluster->is_glue) advance += cut->spread * advance;
    return i + 1 == cut->end ? advance - s->style->letter_space : advance;
}

/* Clusters [first, end) of one part, at x, with `spaces` more that take no room. */
static GlyphRun run_new(const Setter *s, const Cut *cut, size_t first, size_t end, size_t spaces,
                        double x) {
    const Shaped *shaped = s->shaped;
    const ShapePart *part = shape_part(shaped, shape_cluster(shaped, first)->part);
    size_t n_text = spaces, n_glyphs = spaces, n_clusters = end - first + spaces;
    for (size_t i = first; i < end; i++) {
        n_text += shape_cluster(shaped, i)->bytes;
        n_glyphs += shape_cluster(shaped, i)->glyphs;
    }
    char *text = arena_alloc(s->arena, n_text + 1);
    Glyph *glyphs = ARENA_ARRAY(s->arena, Glyph, n_glyphs);
    Cluster *clusters = ARENA_ARRAY(s->arena, Cluster, n_clusters);
    size_t byte = 0, glyph = 0;
    double pen = 0;
    for (size_t i = first; i < end; i++) {
        const ShapeCluster *from = shape_cluster(shaped, i);
        memcpy(text + byte, shaped->text->str + from->byte, from->bytes);
        byte += from->bytes;
        for (uint32_t k = 0; k < from->glyphs; k++) {
            Glyph g = g_array_index(shaped->glyphs, Glyph, from->glyph + k);
            g.x += (float)pen;
            glyphs[glyph++] = g;
        }
        clusters[i - first] = (Cluster){from->bytes, from->glyphs};
        pen += cluster_advance(s, cut, i);
    }
    for (size_t k = 0; k < spaces; k++) {
        text[byte++] = ' ';
        glyphs[glyph++] = (Glyph){fonts_space_glyph(s->fonts, part->font), (float)pen, 0};
        clusters[end - first + k] = (Cluster){1, 1};
    }
    return (GlyphRun){.font = part->font,
                      .color = part->color,
                      .origin = {x, -part->raise},
                      .advance = pen,
                      .text = text,
                      .glyphs = glyphs,
                      .clusters = clusters,
                      .n_text = (uint32_t)n_text,
                      .n_glyphs = (uint32_t)n_glyphs,
                      .n_clusters = (uint32_t)n_clusters};
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

static void line_set(const Setter *s, const Cut *cut, TextLine *line) {
    size_t n_runs = cut->end > cut->first;
    for (size_t i = cut->first + 1; i < cut->end; i++) n_runs += !is_same_part(s->shaped, i - 1, i);
    line->runs = ARENA_ARRAY(s->arena, GlyphRun, n_runs);
    line->boxes = ARENA_ARRAY(s->arena, Rect, n_runs);
    for (size_t start = cut->first; start < cut->end;) {
        size_t end = start + 1;
        while (end < cut->end && is_same_part(s->shaped, end - 1, end)) end++;
        size_t spaces = end == cut->end ? spaces_kept(s, cut) : 0;
        GlyphRun run = run_new(s, cut, start, end, spaces, line->width);
        line->runs[line->n_runs] = run;
        line->boxes[line->n_runs++] = run_box(s->fonts, &run);
        line->width += run.advance;
        start = end;
    }
}

static TextBlock *block_new(const Setter *s) {
    FontMetrics metrics = fonts_metrics(s->fonts, s->shaped->font);
    TextBlock *block = ARENA_NEW(s->arena, TextBlock);
    block->leading = s->style->leading > 0 ? s->style->leading : 1.25 * s->style->size;
    block->ascent = metrics.ascent;
    block->descent = metrics.descent;
    return block;
}

TextBlock *text_set(Fonts *fonts, const TextStyle *style, const TextSpan *spans, size_t n_spans,
                    double max_width, TextFit fit, Arena *arena, Diag *diag) {
    static const BreakMode modes[] = {[FIT_RAGGED] = BREAKS_RAGGED,
                                      [FIT_BALANCED] = BREAKS_BALANCED,
                                      [FIT_JUSTIFIED] = BREAKS_JUSTIFIED};
    g_autoptr(Shaped) shaped = shape_new(fonts, style, spans, n_spans, diag);
    g_autofree int *costs = g_new(int, shaped->text->len + 1);
    cuts_find(shaped->text->str, shaped->text->len, fit == FIT_BALANCED, costs);
    Looseness loose = looseness_of(style, max_width);
    Measured m = measure(shaped, costs, loose);
    double room = max_width > 0 ? max_width + style->letter_space : 0;
    g_autoptr(Breaks) breaks =
        breaks_find((BreakItem *)(void *)m.items->data, m.items->len, room, modes[fit]);

    Setter setter = {shaped, fonts, style, arena};
    TextBlock *block = block_new(&setter);
    block->n_lines = breaks->n;
    block->lines = ARENA_ARRAY(arena, TextLine, breaks->n);
    block->height = (double)breaks->n * block->leading;
    for (size_t i = 0; i < breaks->n; i++) {
        const BreakLine *from = &breaks->lines[i];
        TextLine *line = &block->lines[i];
        Cut cut = {.first = g_array_index(m.clusters, uint32_t, from->start),
                   .end = g_array_index(m.clusters, uint32_t, from->end),
                   .next = g_array_index(m.clusters, uint32_t, from->next),
                   .is_joined = i + 1 < breaks->n,
                   .spread = from->ratio * (from->ratio > 0 ? loose.stretch : loose.shrink)};
        line_set(&setter, &cut, line);
        line->is_overfull = from->is_overfull;
        block->is_overfull |= line->is_overfull;
        block->width = MAX(block->width, line->width);
    }
    g_array_unref(m.items);
    g_array_unref(m.clusters);
    return block;
}

TextBlock *text_set_plain(Fonts *fonts, const TextStyle *style, const char *text, double max_width,
                          TextFit fit, Arena *arena, Diag *diag) {
    TextSpan span = {.text = text, .len = text ? strlen(text) : 0};
    return text_set(fonts, style, &span, 1, max_width, fit, arena, diag);
}

static double align_offset(TextAlign align, double width) {
    return align == ALIGN_LEFT ? 0 : align == ALIGN_CENTER ? -width / 2 : -width;
}

Rect text_draw(const TextBlock *block, Frame *frame, Point at, TextAlign align, Role role,
               const char *key, bool is_haloed) {
    Rect all = RECT_EMPTY;
    int number = frame_new_block(frame);
    for (size_t i = 0; i < block->n_lines; i++) {
        const TextLine *line = &block->lines[i];
        double x = at.x + align_offset(align, line->width);
        double y = at.y + block->ascent + (double)i * block->leading;
        for (size_t k = 0; k < line->n_runs; k++) {
            GlyphRun run = line->runs[k];
            Rect box = line->boxes[k];
            run.origin.x += x, run.origin.y += y;
            box.x += x, box.y += y;
            frame_text(frame, role, key, number, is_haloed, &run, box);
            all = rect_union(all, box);
        }
    }
    return all;
}

Rect text_box(const TextBlock *block, Point at, TextAlign align) {
    if (!block->n_lines) return (Rect){at.x, at.y, 0, 0};
    return (Rect){at.x + align_offset(align, block->width), at.y, block->width,
                  block->ascent + (double)(block->n_lines - 1) * block->leading + block->descent};
}
