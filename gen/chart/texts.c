#include "chart/mark.h"

#include "chart/key.h"
#include "lang/fr_format.h"

#include <math.h>
#include <string.h>

/* Texts have their colours from the theme; a medium may have others for the same roles. */
static TextSpan *recolor(const Chart *chart, RichText text) {
    const Theme *from = chart->context->written, *to = chart->context->theme;
    TextSpan *spans = arena_dup(chart->arena, text.spans, text.n * sizeof *spans);
    for (size_t i = 0; i < text.n; i++)
        for (size_t c = 0; spans[i].has_color && c < from->n_colors; c++) {
            if (memcmp(&from->colors[c].color, &spans[i].color, sizeof(Color)) != 0) continue;
            spans[i].color = to->colors[c].color;
            break;
        }
    return spans;
}

/* What a text is made from, but for its width, as bytes. */
static GBytes *text_id(StyleName style, const TextSpan *spans, size_t n, TextFit fit) {
    GByteArray *id = g_byte_array_new();
    const int kind[] = {(int)style, (int)fit};
    g_byte_array_append(id, (const guint8 *)kind, sizeof kind);
    for (size_t i = 0; i < n; i++) {
        const TextSpan *span = &spans[i];
        const guint8 form[] = {
            span->is_bold,   span->is_italic, span->is_superior, span->is_code, span->is_small_caps,
            span->has_color, span->color.r,   span->color.g,     span->color.b, span->color.a};
        g_byte_array_append(id, form, sizeof form);
        g_byte_array_append(id, (const guint8 *)&span->len, sizeof span->len);
        g_byte_array_append(id, (const guint8 *)span->text, (guint)span->len);
    }
    return g_byte_array_free_to_bytes(id);
}

/* A text and the blocks that it was set in. */
typedef struct {
    TextDraft *draft;
    GArray *settings; /* Setting */
} Written;

typedef struct {
    double width;
    TextBlock *block;
} Setting;

static void written_free(void *data) {
    Written *written = data;
    text_draft_free(written->draft);
    g_array_unref(written->settings);
    g_free(written);
}

GHashTable *chart_texts_new(void) {
    return g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref,
                                 written_free);
}

static TextBlock *set(Chart *chart, Written *written, double width) {
    for (guint i = 0; i < written->settings->len; i++) {
        const Setting *known = &g_array_index(written->settings, Setting, i);
        if (known->width == width) return known->block;
    }
    Setting setting = {width, text_draft_set(written->draft, width, chart->arena)};
    g_array_append_val(written->settings, setting);
    return setting.block;
}

/* A figure is composed several times until it settles, and a label has several forms: a text is
 * shaped once, and set once in each width. One that has a fault to tell is shaped again, since the
 * faults of former rounds are forgotten. */
TextBlock *chart_text(Chart *chart, StyleName style, RichText text, double width, TextFit fit) {
    const TextSpan *spans = chart->context->written ? recolor(chart, text) : text.spans;
    g_autoptr(GBytes) id = text_id(style, spans, text.n, fit);
    Written *written = g_hash_table_lookup(chart->texts, id);
    if (written) return set(chart, written, width);
    size_t told = diag_count(chart->diag);
    written = g_new(Written, 1);
    *written =
        (Written){.draft = text_draft_new(chart->context->fonts, &chart->medium->styles[style],
                                          spans, text.n, fit, chart->diag),
                  .settings = g_array_new(FALSE, FALSE, sizeof(Setting))};
    TextBlock *block = set(chart, written, width);
    if (diag_count(chart->diag) == told)
        g_hash_table_insert(chart->texts, g_steal_pointer(&id), written);
    else
        written_free(written);
    return block;
}

TextBlock *chart_text_in(Chart *chart, StyleName style, RichText text, Color color) {
    TextSpan *spans = arena_dup(chart->arena, text.spans, text.n * sizeof *spans);
    for (size_t i = 0; i < text.n; i++) spans[i].has_color = true, spans[i].color = color;
    return chart_text(chart, style, (RichText){spans, text.n, text.plain}, 0, FIT_BALANCED);
}

static TextBlock *plain_within(Chart *chart, StyleName style, const char *text, double width) {
    const FrTypoOptions *typography = &chart->context->theme->typography;
    return chart_text(chart, style, rich_plain(text, typography, chart->arena), width,
                      FIT_BALANCED);
}

TextBlock *chart_plain(Chart *chart, StyleName style, const char *text) {
    return plain_within(chart, style, text, 0);
}

const char *chart_number(Chart *chart, double value) {
    const char *digits = value_decimal((Value){.kind = VALUE_REAL, .real = value}, chart->arena);
    return arena_take(chart->arena, fr_number(digits, NULL));
}

static const char *name_of(Value value, Arena *arena) {
    switch (value.kind) {
    case VALUE_DATE: return arena_take(arena, fr_date(value.date, FR_DATE_SHORT));
    case VALUE_REAL: return arena_take(arena, fr_number(value_decimal(value, arena), NULL));
    default: return value_plain(value, arena); /* 2019 is not grouped */
    }
}

TextBlock *chart_name(Chart *chart, StyleName style, Value value, double width) {
    return plain_within(chart, style, name_of(value, chart->arena), width);
}

/* Of the width of the plot, what a label may take: it must fit a key too. */
static double chart_room(const Chart *chart) {
    double width = chart->is_turned ? chart->plot.h : chart->plot.w;
    double em = chart->medium->styles[STYLE_LABEL].size;
    return fmax(width - KEY_NUMBER * em, em);
}

double chart_label_width(const Chart *chart) {
    enum { LETTERS = 45 };
    return fmin(chart->medium->styles[STYLE_LABEL].size * 0.52 * LETTERS, chart_room(chart));
}

TextBlock *chart_label(Chart *chart, RichText text) {
    TextBlock *block = chart_text(chart, STYLE_LABEL, text, chart_label_width(chart), FIT_BALANCED);
    return block->is_cut ? chart_text(chart, STYLE_LABEL, text, chart_room(chart), FIT_BALANCED)
                         : block;
}

void chart_narrow(Chart *chart, StyleName style, RichText text, LabelWish *wish) {
    static const double least = 5; /* type sizes: narrower lines are a ladder, not a text */
    double widest = wish->block->width, em = chart->medium->styles[style].size;
    for (int f = 1; f < LABEL_FORMS; f++) {
        double width = wish->block->width * 1.15 / (f + 1);
        if (width < em * least) return;
        TextBlock *block = chart_text(chart, style, text, width, FIT_BALANCED);
        if (block->is_cut || block->width > widest * 0.85) return;
        wish->narrower[f - 1] = block;
        widest = block->width;
    }
}
