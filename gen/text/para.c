#include "text/para.h"
#include "text/cuts.h"
#include "text/lines.h"
#include "text/measure.h"

#include <math.h>
#include <string.h>

static TextBlock *block_new(const LineSetter *s) {
    FontMetrics metrics = fonts_metrics(s->fonts, s->shaped->font);
    TextBlock *block = ARENA_NEW(s->arena, TextBlock);
    block->leading = s->style->leading > 0 ? s->style->leading : 1.25 * s->style->size;
    block->ascent = metrics.ascent;
    block->descent = metrics.descent;
    return block;
}

static BreakRules rules_of(const TextSetting *setting, const TextStyle *style, Looseness loose) {
    static const BreakMode modes[] = {[FIT_RAGGED] = BREAKS_RAGGED,
                                      [FIT_BALANCED] = BREAKS_BALANCED,
                                      [FIT_JUSTIFIED] = BREAKS_JUSTIFIED};
    return (BreakRules){.mode = modes[setting->fit],
                        .width = setting->width > 0 ? setting->width + style->letter_space : 0,
                        .indent = setting->indent,
                        .looseness = setting->looseness,
                        .loosest = loose.loosest,
                        .tightest = loose.tightest};
}

static bool ends_with_hyphen(const Measured *measured, const BreakLine *line) {
    if (line->end >= measured->items->len) return false;
    const BreakItem *item = &g_array_index(measured->items, BreakItem, line->end);
    return item->kind == BREAK_PENALTY && item->width > 0;
}

/* What hangs at the left of the line: its first box tells. */
static double hang_left(const Measured *measured, const BreakLine *line) {
    if (line->start >= line->end) return 0;
    return (double)g_array_index(measured->items, BreakItem, line->start).hang_start;
}

static void lines_set(const LineSetter *setter, const Measured *measured, const Breaks *breaks,
                      const TextSetting *setting, Looseness loose, TextBlock *block) {
    block->n_lines = breaks->n;
    block->lines = ARENA_ARRAY(setter->arena, TextLine, breaks->n);
    block->height = (double)breaks->n * block->leading;
    block->rivers = breaks->rivers;
    for (size_t i = 0; i < breaks->n; i++) {
        const BreakLine *from = &breaks->lines[i];
        TextLine *line = &block->lines[i];
        LineCut cut = {.first = measure_cluster(measured, from->start),
                       .end = measure_cluster(measured, from->end),
                       .next = measure_cluster(measured, from->next),
                       .is_joined = i + 1 < breaks->n,
                       .is_hyphenated = ends_with_hyphen(measured, from),
                       .spread = from->ratio * (from->ratio > 0 ? loose.stretch : loose.shrink)};
        line_set(setter, &cut, line);
        line->x = fmax(i == 0 ? setting->indent : -setting->indent, 0) - hang_left(measured, from);
        line->space = 1 + cut.spread;
        line->is_hyphenated = cut.is_hyphenated;
        line->is_overfull = from->is_overfull;
        block->is_overfull |= line->is_overfull;
        block->width = fmax(block->width, line->x + line->width);
    }
}

/* The price of a cut between letters: dearer than any other line end. */
enum { PENALTY_LETTERS = PENALTY_NEVER - 1, LETTERS_KEPT = 2 };

/* Prices cuts within what has no line end and is wider than a line; false when nothing is. */
static bool cut_words(const Shaped *shaped, double width, int *costs) {
    bool is_any = false;
    size_t n = shaped->clusters->len;
    for (size_t first = 0, end; first < n; first = end) {
        double advance = shape_cluster(shaped, first)->advance;
        for (end = first + 1; end < n; end++) {
            const ShapeCluster *cluster = shape_cluster(shaped, end);
            if (cluster->is_space || costs[cluster->byte] < PENALTY_NEVER) break;
            advance += cluster->advance;
        }
        if (advance <= width) continue;
        is_any = true;
        for (size_t i = first + LETTERS_KEPT; i + LETTERS_KEPT <= end; i++)
            costs[shape_cluster(shaped, i)->byte] = PENALTY_LETTERS;
    }
    return is_any;
}

bool text_can_justify(Fonts *fonts, const TextStyle *style, double width) {
    enum { LETTERS = 45 };
    static const char french[] =
        "les lettres de ces quelques mots, choisis parmi ceux que tout le monde emploie sans y "
        "penser, sont aussi larges en moyenne que celles de la langue";
    g_autoptr(Diag) diag = diag_new(); /* a letter that the font lacks is told with the text */
    TextSpan span = {.text = french, .len = strlen(french)};
    g_autoptr(Shaped) shaped = shape_new(fonts, style, &span, 1, NULL, diag);
    double total = 0;
    for (size_t i = 0; i < shaped->clusters->len; i++) total += shape_cluster(shaped, i)->advance;
    return width * (double)shaped->clusters->len >= total * LETTERS;
}

struct TextDraft {
    Fonts *fonts;
    const TextStyle *style;
    TextFit fit;
    Shaped *shaped;
    int *costs; /* of ending a line, one a byte */
};

static void draft_clear(TextDraft *draft) {
    shape_free(draft->shaped);
    g_free(draft->costs);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TextDraft, draft_clear)

static TextDraft draft_of(Fonts *fonts, const TextStyle *style, const TextSpan *spans,
                          size_t n_spans, TextFit fit, const FrHyphen *hyphens, Diag *diag) {
    Shaped *shaped = shape_new(fonts, style, spans, n_spans, hyphens, diag);
    TextDraft draft = {fonts, style, fit, shaped, g_new(int, shaped->text->len + 1)};
    cuts_find(shaped->text->str, shaped->text->len, fit == FIT_BALANCED, draft.costs);
    return draft;
}

static TextBlock *draft_compose(const TextDraft *draft, const TextSetting *setting, Arena *arena) {
    Looseness loose = measure_looseness(draft->shaped, setting->width);
    size_t n_costs = draft->shaped->text->len + 1;
    g_autofree int *costs = g_memdup2(draft->costs, n_costs * sizeof *costs);
    bool is_cut = setting->cuts_words && setting->width > 0 &&
                  cut_words(draft->shaped, setting->width, costs);
    g_auto(Measured) measured = measure_new(draft->shaped, costs, loose, setting->hangs);
    BreakRules rules = rules_of(setting, draft->style, loose);
    g_autoptr(Breaks) breaks =
        breaks_find((BreakItem *)(void *)measured.items->data, measured.items->len, &rules);
    LineSetter setter = {draft->shaped, draft->fonts, draft->style, arena};
    TextBlock *block = block_new(&setter);
    block->is_cut = is_cut;
    lines_set(&setter, &measured, breaks, setting, loose, block);
    return block;
}

TextBlock *text_compose(Fonts *fonts, const TextStyle *style, const TextSpan *spans, size_t n_spans,
                        const TextSetting *setting, Arena *arena, Diag *diag) {
    bool is_justified = setting->fit == FIT_JUSTIFIED && setting->width > 0;
    g_auto(TextDraft) draft = draft_of(fonts, style, spans, n_spans, setting->fit,
                                       is_justified ? setting->hyphens : NULL, diag);
    return draft_compose(&draft, setting, arena);
}

TextDraft *text_draft_new(Fonts *fonts, const TextStyle *style, const TextSpan *spans,
                          size_t n_spans, TextFit fit, Diag *diag) {
    TextDraft *draft = g_new(TextDraft, 1);
    *draft = draft_of(fonts, style, spans, n_spans, fit, NULL, diag);
    return draft;
}

void text_draft_free(TextDraft *draft) {
    if (!draft) return;
    draft_clear(draft);
    g_free(draft);
}

TextBlock *text_draft_set(const TextDraft *draft, double max_width, Arena *arena) {
    TextSetting setting = {.fit = draft->fit, .width = max_width, .cuts_words = true};
    return draft_compose(draft, &setting, arena);
}

TextBlock *text_in_color(const TextBlock *block, Color color, Arena *arena) {
    TextBlock *copy = arena_dup(arena, block, sizeof *block);
    copy->lines = arena_dup(arena, block->lines, block->n_lines * sizeof *block->lines);
    for (size_t i = 0; i < copy->n_lines; i++) {
        TextLine *line = &copy->lines[i];
        line->runs = arena_dup(arena, line->runs, line->n_runs * sizeof *line->runs);
        for (size_t k = 0; k < line->n_runs; k++) line->runs[k].color = color;
    }
    return copy;
}

TextBlock *text_set(Fonts *fonts, const TextStyle *style, const TextSpan *spans, size_t n_spans,
                    double max_width, TextFit fit, Arena *arena, Diag *diag) {
    TextSetting setting = {.fit = fit, .width = max_width};
    return text_compose(fonts, style, spans, n_spans, &setting, arena, diag);
}

TextBlock *text_set_plain(Fonts *fonts, const TextStyle *style, const char *text, double max_width,
                          TextFit fit, Arena *arena, Diag *diag) {
    TextSpan span = {.text = text, .len = text ? strlen(text) : 0};
    return text_set(fonts, style, &span, 1, max_width, fit, arena, diag);
}

static double align_offset(TextAlign align, double width) {
    return align == ALIGN_LEFT ? 0 : align == ALIGN_CENTER ? -width / 2 : -width;
}

/* A line whose left end is at x, on the baseline y. */
static Rect line_draw(const TextLine *line, Frame *frame, double x, double y, Role role,
                      const char *key, bool is_haloed, int number) {
    Rect all = RECT_EMPTY;
    for (size_t k = 0; k < line->n_runs; k++) {
        GlyphRun run = line->runs[k];
        Rect box = line->boxes[k];
        run.origin.x += x, run.origin.y += y;
        box.x += x, box.y += y;
        frame_text(frame, role, key, number, is_haloed, &run, box);
        all = rect_union(all, box);
    }
    return all;
}

Rect text_draw(const TextBlock *block, Frame *frame, Point at, TextAlign align, Role role,
               const char *key, bool is_haloed) {
    Rect all = RECT_EMPTY;
    int number = frame_new_block(frame);
    for (size_t i = 0; i < block->n_lines; i++) {
        const TextLine *line = &block->lines[i];
        double x = at.x + align_offset(align, line->width) + line->x;
        double y = at.y + block->ascent + (double)i * block->leading;
        all = rect_union(all, line_draw(line, frame, x, y, role, key, is_haloed, number));
    }
    return all;
}

Rect text_draw_lines(const TextBlock *block, size_t first, size_t n, Frame *frame, Point at,
                     Role role, const char *key, int block_number) {
    Rect all = RECT_EMPTY;
    for (size_t i = first; i < MIN(first + n, block->n_lines); i++) {
        const TextLine *line = &block->lines[i];
        double y = at.y + (double)(i - first) * block->leading;
        all = rect_union(all,
                         line_draw(line, frame, at.x + line->x, y, role, key, false, block_number));
    }
    return all;
}

/* Does the character that comes after digits end the integer part? A fine space parts thousands. */
static bool ends_integer(const char *at) {
    static const char fine[] = "\u202f";
    return !g_ascii_isdigit(*at) && !g_str_has_prefix(at, fine);
}

double text_decimal_x(const TextBlock *block) {
    if (!block->n_lines) return 0;
    const TextLine *line = &block->lines[0];
    bool is_in_number = false;
    for (size_t r = 0; r < line->n_runs; r++) {
        const GlyphRun *run = &line->runs[r];
        g_autofree char *text = g_strndup(run->text, run->n_text);
        const char *at = text;
        const Glyph *glyph = run->glyphs;
        for (uint32_t c = 0; c < run->n_clusters; c++) {
            if (is_in_number && ends_integer(at)) return run->origin.x + (double)glyph->x;
            is_in_number |= g_ascii_isdigit(*at);
            at += run->clusters[c].bytes, glyph += run->clusters[c].glyphs;
        }
    }
    return line->width;
}

Rect text_box(const TextBlock *block, Point at, TextAlign align) {
    if (!block->n_lines) return (Rect){at.x, at.y, 0, 0};
    return (Rect){at.x + align_offset(align, block->width), at.y, block->width,
                  block->ascent + (double)(block->n_lines - 1) * block->leading + block->descent};
}
