#include "text/shape.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

/* A stretch of one span without '\n': [start, end) of the joined text. */
typedef struct {
    size_t start, end;
    const TextSpan *span;
} Stretch;

typedef struct {
    Fonts *fonts;
    const TextStyle *style;
    Shaped *out;
    Diag *diag;
} Shaper;

static const double superior_scale = 0.65; /* babel-french */

static void append_upper(GString *out, gunichar c) {
    if (c == 0xDF)
        g_string_append(out, "SS");
    else
        g_string_append_unichar(out, g_unichar_toupper(c));
}

/* One kind of space and one kind of line end; invalid UTF-8 becomes U+FFFD. */
static void join_span(GString *out, const TextSpan *span, bool is_upper) {
    g_autofree char *text =
        g_utf8_make_valid(span->text ? span->text : "", span->text ? (gssize)span->len : 0);
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c == '\r' && p[1] == '\n') continue;
        if (c == '\t')
            g_string_append_c(out, ' ');
        else if (c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029)
            g_string_append_c(out, '\n');
        else if (is_upper)
            append_upper(out, c);
        else
            g_string_append_unichar(out, c);
    }
}

static GArray *stretches_new(GString *out, const TextStyle *style, const TextSpan *spans,
                             size_t n_spans) {
    GArray *stretches = g_array_new(FALSE, FALSE, sizeof(Stretch));
    for (size_t i = 0; i < n_spans; i++) {
        size_t start = out->len;
        join_span(out, &spans[i], style->is_upper);
        for (size_t at = start; at <= out->len; at++) {
            if (at < out->len && out->str[at] != '\n') continue;
            Stretch stretch = {start, at, &spans[i]};
            if (at > start) g_array_append_val(stretches, stretch);
            start = at + 1;
        }
    }
    return stretches;
}

static char *features_join(const TextStyle *style, const char *more) {
    GString *all = g_string_new(style->features);
    const char *const added[] = {
        style->is_upper ? "case=1" : NULL,
        style->letter_space != 0 ? "liga=0,clig=0" : NULL,
        more,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(added); i++)
        if (added[i]) g_string_append_printf(all, "%s%s", all->len ? "," : "", added[i]);
    return g_string_free(all, FALSE);
}

static int font_of(Shaper *s, const TextSpan *span, double scale, int heavier, const char *more) {
    const TextStyle *style = s->style;
    FontWeight bold = style->bold_weight ? style->bold_weight : FONT_BOLD;
    FontWeight weight = span->is_bold ? bold : style->weight ? style->weight : FONT_REGULAR;
    weight = (FontWeight)MIN((int)weight + heavier, MAX(FONT_BOLD, (int)weight));
    g_autofree char *features = features_join(style, more);
    return fonts_find(s->fonts, style->family, weight, span->is_italic != style->is_italic,
                      style->size * scale, features);
}

/* The sign of n°, which the text keeps, is shown as a raised o. */
static bool is_numero(const Shaper *s, const Stretch *stretch) {
    static const char sign[] = "°";
    return stretch->span->is_superior && stretch->end - stretch->start == strlen(sign) &&
           !memcmp(s->out->text->str + stretch->start, sign, strlen(sign));
}

/* Is this part raised, reduced letters? Then its height is set once its glyphs are known. */
static bool part_choose(Shaper *s, const Stretch *stretch, ShapePart *part) {
    const TextSpan *span = stretch->span;
    const char *text = s->out->text->str + stretch->start;
    size_t len = stretch->end - stretch->start;
    if (is_numero(s, stretch)) text = "o", len = 1;
    part->color = span->has_color ? span->color : s->style->color;
    part->font = font_of(s, span, 1, 0, NULL);
    if (span->is_superior) {
        if (fonts_has_feature(s->fonts, part->font, "sups", text, len)) {
            part->font = font_of(s, span, 1, 0, "sups=1");
            return false;
        }
        part->font = font_of(s, span, superior_scale, 100, NULL);
        return true;
    }
    if (span->is_small_caps && fonts_has_feature(s->fonts, part->font, "smcp", "a", 1) &&
        fonts_has_feature(s->fonts, part->font, "c2sc", "A", 1))
        part->font = font_of(s, span, 1, 0, "smcp=1,c2sc=1");
    return false;
}

/* The text around a byte, for a message. */
static char *excerpt_at(const GString *text, size_t byte) {
    enum { AROUND = 24 };
    const char *start = text->str + byte, *end = start;
    for (int i = 0; i < AROUND && start > text->str && start[-1] != '\n'; i++)
        start = g_utf8_prev_char(start);
    for (int i = 0; i < AROUND && *end && *end != '\n'; i++) end = g_utf8_next_char(end);
    bool is_whole = start == text->str && !*end;
    return g_strdup_printf("%s%.*s%s", is_whole || start == text->str ? "" : "…",
                           (int)(end - start), start, is_whole || !*end ? "" : "…");
}

static bool is_reported(const Diag *diag, const char *code, const char *start) {
    for (size_t i = 0; i < diag_count(diag); i++)
        if (!strcmp(diag_at(diag, i)->code, code) &&
            g_str_has_prefix(diag_at(diag, i)->message, start))
            return true;
    return false;
}

static void report_glyph(const Shaper *s, int font, gunichar c, size_t byte) {
    char utf8[8] = "";
    utf8[g_unichar_to_utf8(c, utf8)] = 0;
    g_autofree char *start =
        g_strdup_printf(_("the font %s has no glyph for U+%04X%s%s%s:"),
                        fonts_spec(s->fonts, font)->family, c, g_unichar_isgraph(c) ? " “" : "",
                        g_unichar_isgraph(c) ? utf8 : "", g_unichar_isgraph(c) ? "”" : "");
    if (is_reported(s->diag, "missing-glyph", start)) return;
    g_autofree char *around = excerpt_at(s->out->text, byte);
    diag_error(s->diag, (Span){0}, "missing-glyph",
               "write it otherwise, or name a family that has it", "%s “%s”", start, around);
}

/* The frame keeps no direction: Hebrew or Arabic would come out reversed. */
static void report_direction(const Shaper *s, size_t byte) {
    const char *start = _("text from right to left cannot be set:");
    if (is_reported(s->diag, "text-direction", start)) return;
    g_autofree char *around = excerpt_at(s->out->text, byte);
    diag_error(s->diag, (Span){0}, "text-direction", "transcribe it", "%s “%s”", start, around);
}

/* The character that ends before this byte, or 0. */
static gunichar char_before(const GString *text, size_t byte) {
    return byte ? g_utf8_get_char(g_utf8_prev_char(text->str + byte)) : 0;
}

/* Advance of the spaces is ours: a font may give the fine a whole space. Inside « » a no-break
 * space is narrower and gives less than between words (babel-french). */
static void space_fix(const Shaper *s, ShapeCluster *cluster, int font) {
    static const double guillemet_width = 0.8;
    static const float guillemet_give = 0.3F;
    const GString *text = s->out->text;
    gunichar c = g_utf8_get_char(text->str + cluster->byte);
    FontMetrics metrics = fonts_metrics(s->fonts, font);
    cluster->is_space = c == ' ';
    cluster->is_glue = c == ' ' || c == 0xA0;
    cluster->give = 1;
    if (c == 0x202F) cluster->advance = metrics.fine;
    if (c != 0xA0) return;
    gunichar after = g_utf8_get_char(text->str + cluster->byte + cluster->bytes);
    bool is_inside = char_before(text, cluster->byte) == 0xAB || after == 0xBB;
    cluster->advance = metrics.space * (is_inside ? guillemet_width : 1);
    if (is_inside) cluster->give = guillemet_give;
}

static double glyph_add(Shaper *s, const PangoGlyphInfo *info, double pen, size_t byte, int font) {
    const PangoGlyphGeometry *g = &info->geometry;
    uint32_t id = info->glyph;
    if (id == PANGO_GLYPH_EMPTY) return 0;
    if (id & PANGO_GLYPH_UNKNOWN_FLAG || id == 0) {
        gunichar c =
            id ? id & ~PANGO_GLYPH_UNKNOWN_FLAG : g_utf8_get_char(s->out->text->str + byte);
        report_glyph(s, font, c, byte);
        id = 0;
    }
    Glyph glyph = {.glyph = id,
                   .x = (float)(pen + g->x_offset / (double)PANGO_SCALE),
                   .y = (float)(g->y_offset / (double)PANGO_SCALE)};
    g_array_append_val(s->out->glyphs, glyph);
    return g->width / (double)PANGO_SCALE;
}

/* Glyphs [from, to) of a shaped item make one cluster; without glyph it leaves no trace. */
static void cluster_add(Shaper *s, const PangoGlyphString *shaped, int from, int to, size_t byte,
                        size_t bytes, int font) {
    ShapeCluster cluster = {.byte = (uint32_t)byte,
                            .bytes = (uint32_t)bytes,
                            .glyph = s->out->glyphs->len,
                            .part = s->out->parts->len - 1};
    double pen = 0;
    for (int i = from; i < to; i++) pen += glyph_add(s, &shaped->glyphs[i], pen, byte, font);
    cluster.glyphs = s->out->glyphs->len - cluster.glyph;
    if (!cluster.glyphs) return;
    cluster.advance = pen;
    space_fix(s, &cluster, font);
    cluster.advance += s->style->letter_space;
    g_array_append_val(s->out->clusters, cluster);
}

static bool is_cut_within(const Shaped *shaped, size_t byte, size_t bytes) {
    for (size_t i = 1; shaped->hyphens && i < bytes; i++)
        if (shaped->hyphens[byte + i]) return true;
    return false;
}

/* A line may end inside the cluster that was added last: its letters are shaped one by one too. */
static void ligature_split(Shaper *s, const PangoItem *item, int font) {
    ShapeCluster joined = g_array_index(s->out->clusters, ShapeCluster, s->out->clusters->len - 1);
    guint first = s->out->clusters->len - 1;
    g_array_set_size(s->out->clusters, first);
    const GString *text = s->out->text;
    PangoGlyphString *shaped = pango_glyph_string_new();
    for (size_t byte = joined.byte, end = byte + joined.bytes; byte < end;) {
        size_t bytes = (size_t)(g_utf8_next_char(text->str + byte) - (text->str + byte));
        pango_shape_full(text->str + byte, (int)bytes, text->str, (int)text->len, &item->analysis,
                         shaped);
        cluster_add(s, shaped, 0, shaped->num_glyphs, byte, bytes, font);
        byte += bytes;
    }
    pango_glyph_string_free(shaped);
    double apart = 0;
    for (guint i = first; i < s->out->clusters->len; i++)
        apart += shape_cluster(s->out, i)->advance;
    for (guint i = first; i < s->out->clusters->len && apart > 0; i++)
        g_array_index(s->out->clusters, ShapeCluster, i).advance *= joined.advance / apart;
    ShapeLigature ligature = {s->out->clusters->len - first, joined.glyph, joined.glyphs};
    g_array_append_val(s->out->ligatures, ligature);
    if (ligature.clusters)
        g_array_index(s->out->clusters, ShapeCluster, first).ligature = s->out->ligatures->len;
}

static void item_shape(Shaper *s, PangoItem *item, int font, PangoGlyphString *shaped) {
    const GString *text = s->out->text;
    if (item->analysis.level % 2) {
        report_direction(s, (size_t)item->offset);
        item->analysis.level = 0;
    }
    g_set_object(&item->analysis.font, fonts_pango(s->fonts, font));
    pango_shape_full(text->str + item->offset, item->length, text->str, (int)text->len,
                     &item->analysis, shaped);
    const int *log = shaped->log_clusters;
    for (int i = 0, next; i < shaped->num_glyphs; i = next) {
        next = i + 1;
        while (next < shaped->num_glyphs && log[next] == log[i]) next++;
        int end = next < shaped->num_glyphs ? log[next] : item->length;
        size_t byte = (size_t)item->offset + (size_t)log[i], bytes = (size_t)(end - log[i]);
        guint before = s->out->clusters->len;
        cluster_add(s, shaped, i, next, byte, bytes, font);
        if (s->out->clusters->len > before && is_cut_within(s->out, byte, bytes))
            ligature_split(s, item, font);
    }
}

/* How far to raise reduced letters: their top at the height of the capitals. */
static double superior_raise(const Shaper *s, size_t first_glyph, int font) {
    double top = 0;
    for (size_t i = first_glyph; i < s->out->glyphs->len; i++) {
        Rect ink = fonts_ink(s->fonts, font, g_array_index(s->out->glyphs, Glyph, i).glyph);
        if (!rect_is_empty(ink)) top = fmax(top, -ink.y);
    }
    return fmax(fonts_metrics(s->fonts, s->out->font).cap_height - top, 0);
}

static void items_shape(Shaper *s, const Stretch *stretch, int font, PangoGlyphString *shaped) {
    GList *items =
        pango_itemize(fonts_context(s->fonts, font), s->out->text->str, (int)stretch->start,
                      (int)(stretch->end - stretch->start), fonts_attrs(s->fonts, font), NULL);
    for (GList *i = items; i; i = i->next) item_shape(s, i->data, font, shaped);
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
}

/* One cluster for the whole stretch, with the glyph of an o. */
static void numero_shape(Shaper *s, const Stretch *stretch, int font, PangoGlyphString *shaped) {
    static const char shown[] = "o";
    GList *items = pango_itemize(fonts_context(s->fonts, font), shown, 0, (int)strlen(shown),
                                 fonts_attrs(s->fonts, font), NULL);
    PangoItem *item = items->data;
    g_set_object(&item->analysis.font, fonts_pango(s->fonts, font));
    pango_shape_full(shown, item->length, shown, (int)strlen(shown), &item->analysis, shaped);
    cluster_add(s, shaped, 0, shaped->num_glyphs, stretch->start, stretch->end - stretch->start,
                font);
    g_list_free_full(items, (GDestroyNotify)pango_item_free);
}

static void stretch_shape(Shaper *s, const Stretch *stretch, PangoGlyphString *shaped) {
    ShapePart part = {0};
    bool is_raised = part_choose(s, stretch, &part);
    part.hyphen = fonts_metrics(s->fonts, part.font).hyphen;
    g_array_append_val(s->out->parts, part);
    size_t first_glyph = s->out->glyphs->len;
    if (is_numero(s, stretch))
        numero_shape(s, stretch, part.font, shaped);
    else
        items_shape(s, stretch, part.font, shaped);
    if (is_raised)
        g_array_index(s->out->parts, ShapePart, s->out->parts->len - 1).raise =
            superior_raise(s, first_glyph, part.font);
}

/* Words may be cut, but not in code, in what is raised or stands in small capitals. */
static void hyphens_find(Shaped *out, const FrHyphen *hyphens, const GArray *stretches) {
    out->hyphens = g_new0(bool, out->text->len + 1);
    fr_hyphen_find(hyphens, out->text->str, out->text->len, out->hyphens);
    for (guint i = 0; i < stretches->len; i++) {
        const Stretch *stretch = &g_array_index(stretches, Stretch, i);
        const TextSpan *span = stretch->span;
        if (span->is_superior || span->is_small_caps || span->is_code)
            memset(out->hyphens + stretch->start, 0, stretch->end - stretch->start + 1);
    }
}

Shaped *shape_new(Fonts *fonts, const TextStyle *style, const TextSpan *spans, size_t n_spans,
                  const FrHyphen *hyphens, Diag *diag) {
    Shaped *out = g_new0(Shaped, 1);
    out->text = g_string_new(NULL);
    g_autoptr(GArray) stretches = stretches_new(out->text, style, spans, n_spans);
    guint room = (guint)out->text->len; /* seldom more glyphs than bytes */
    out->parts = g_array_sized_new(FALSE, FALSE, sizeof(ShapePart), stretches->len);
    out->clusters = g_array_sized_new(FALSE, FALSE, sizeof(ShapeCluster), room);
    out->glyphs = g_array_sized_new(FALSE, FALSE, sizeof(Glyph), room);
    out->ligatures = g_array_new(FALSE, FALSE, sizeof(ShapeLigature));
    if (hyphens) hyphens_find(out, hyphens, stretches);
    Shaper shaper = {.fonts = fonts, .style = style, .out = out, .diag = diag};
    out->font = font_of(&shaper, &(TextSpan){0}, 1, 0, NULL);
    PangoGlyphString *shaped = pango_glyph_string_new();
    for (guint i = 0; i < stretches->len; i++)
        stretch_shape(&shaper, &g_array_index(stretches, Stretch, i), shaped);
    pango_glyph_string_free(shaped);
    return out;
}

void shape_free(Shaped *shaped) {
    if (!shaped) return;
    g_string_free(shaped->text, TRUE);
    g_array_unref(shaped->parts);
    g_array_unref(shaped->clusters);
    g_array_unref(shaped->glyphs);
    g_array_unref(shaped->ligatures);
    g_free(shaped->hyphens);
    g_free(shaped);
}
