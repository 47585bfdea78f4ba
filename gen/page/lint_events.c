/* Every row that a figure was given is drawn, or what reads it has said why not. A row is drawn
 * when something in the figure's frame carries its key, a mark or a text; rows outside the time
 * span are told when the figure is bound, and what has neither height nor area shows nothing. */
#include "page/lint.h"

#include "base/i18n.h"
#include "chart/chart.h"

static void add_keys(GHashTable *keys, const Frame *frame, const char *figure) {
    int depth = 0;
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        bool is_start =
            item->kind == ITEM_BEGIN && item->role == ROLE_FIGURE && g_str_equal(item->key, figure);
        if (!depth && !is_start) continue;
        depth += (item->kind == ITEM_BEGIN) - (item->kind == ITEM_END);
        if (item->kind == ITEM_TEXT || item->kind == ITEM_SHAPE)
            g_hash_table_add(keys, (void *)item->key);
    }
}

static int column_of(const Layer *layer, const char *key) {
    const Node *node = key ? node_peek(layer->node, key) : NULL;
    return node && node->text ? table_column(layer->data, node->text) : -1;
}

static bool is_outside(const Figure *figure, const Layer *layer, const MarkWords *words,
                       size_t row) {
    int from = column_of(layer, words->from), to = column_of(layer, words->to);
    Date first, last;
    if (!figure->has_time || from < 0) return false;
    if (!value_as_date(table_cell(layer->data, row, (size_t)from), &first)) return true;
    if (to >= 0 && value_as_date(table_cell(layer->data, row, (size_t)to), &last))
        first = date_span(first, last);
    return !figure_shows(figure, first);
}

static bool is_nothing(const Layer *layer, const MarkWords *words, size_t row) {
    int column = column_of(layer, words->value);
    return column >= 0 && value_number(table_cell(layer->data, row, (size_t)column)) <= 0;
}

static void check_layer(const Figure *figure, const Layer *layer, GHashTable *keys, Span where,
                        bool is_lax, Diag *diag) {
    const MarkWords *words = chart_mark_words(layer->mark);
    /* What has no room among remarks is a label, which tells of itself. */
    if (!words || words->is_merged || words->is_annotation) return;
    const char *first = NULL;
    size_t n = 0;
    for (size_t row = 0; row < layer->data->n_rows; row++) {
        if (g_hash_table_contains(keys, layer->keys[row])) continue;
        if (is_outside(figure, layer, words, row) || is_nothing(layer, words, row)) continue;
        if (!n++) first = layer->keys[row];
    }
    if (!n) return;
    const char *hint = _("write to the authors of frise: it draws what it is given, or says why "
                         "not; --lax turns this into a warning");
    if (is_lax)
        diag_warning(diag, where, "not-drawn", hint,
                     "%s: %zu rows of mark %s are not drawn, « %s » first", figure->name, n,
                     layer->mark, first);
    else
        diag_error(diag, where, "not-drawn", hint,
                   "%s: %zu rows of mark %s are not drawn, « %s » first", figure->name, n,
                   layer->mark, first);
}

void lint_events(const Figure *figure, const Frame *frame, Span where, bool is_lax, Diag *diag) {
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    add_keys(keys, frame, figure->name);
    for (size_t p = 0; p < figure->n_panels; p++)
        for (size_t i = 0; i < figure->panels[p].n_layers; i++)
            check_layer(figure, &figure->panels[p].layers[i], keys, where, is_lax, diag);
}
