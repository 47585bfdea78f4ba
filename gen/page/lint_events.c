/* Every row that a figure was given is drawn, or what reads it has said why not. A row is drawn
 * when a symbol in the figure's frame carries its key, one for each of the rows that have this key;
 * where marks put rows together, the symbol they share does. Rows outside the time span are told
 * when the figure is bound, and what has neither length nor area shows nothing. */
#include "page/lint.h"

#include "base/i18n.h"
#include "chart/chart.h"

/* What the frame shows of one key: symbols, texts, and corners of the longest line. */
typedef struct {
    size_t symbols, texts, corners;
} Shown;

static bool is_symbol(const Item *item) {
    return item->kind == ITEM_SHAPE &&
           (item->role == ROLE_MARK || item->role == ROLE_BAND || item->role == ROLE_RULE);
}

static Shown *shown_under(GHashTable *keys, const char *key) {
    Shown *shown = g_hash_table_lookup(keys, key);
    if (!shown) g_hash_table_insert(keys, (void *)key, shown = g_new0(Shown, 1));
    return shown;
}

static void count_keys(GHashTable *keys, const Frame *frame, const char *figure) {
    int depth = 0;
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        bool is_start =
            item->kind == ITEM_BEGIN && item->role == ROLE_FIGURE && g_str_equal(item->key, figure);
        if (!depth && !is_start) continue;
        depth += (item->kind == ITEM_BEGIN) - (item->kind == ITEM_END);
        Shown *shown = shown_under(keys, item->key);
        shown->symbols += is_symbol(item);
        shown->texts += item->kind == ITEM_TEXT;
        if (is_symbol(item) && item->shape.kind == SHAPE_LINE)
            shown->corners = MAX(shown->corners, item->shape.n_points);
    }
}

static Value cell_of(const Layer *layer, const char *key, size_t row) {
    const Node *node = key ? node_peek(layer->node, key) : NULL;
    int column = node && node->text ? table_column(layer->data, node->text) : -1;
    return column < 0 ? (Value){0} : table_cell(layer->data, row, (size_t)column);
}

/* Should a symbol show the row? */
static bool is_expected(const Figure *figure, const Layer *layer, const MarkWords *words,
                        size_t row) {
    Date date;
    Value extent = words ? cell_of(layer, words->extent, row) : (Value){0};
    if (extent.kind != VALUE_NULL && value_number(extent) <= 0) return false;
    return !figure->has_time || !layer_date(layer, words, row, &date) || figure_shows(figure, date);
}

/* The key of the symbol that shows the row, in the arena; NULL: the mark has told that it has none.
 */
static const char *symbol_key(const Layer *layer, const MarkWords *words, size_t row,
                              Arena *arena) {
    if (!words || !words->is_merged) return layer->keys[row];
    if (!words->is_monthly) return value_plain(cell_of(layer, words->from, row), arena);
    int year, month, last_year, last_month, day;
    Date date;
    if (!layer_date(layer, words, row, &date)) return NULL;
    date_civil(date.first, &year, &month, &day);
    date_civil(date.last, &last_year, &last_month, &day);
    if (year != last_year || month != last_month) return NULL;
    return arena_printf(arena, "%04d-%02d", year, month);
}

/* Free words: a label that stands for itself. */
static bool is_text(const MarkWords *words) {
    return words && words->is_annotation && !words->value;
}

/* Each symbol of a row's own serves once: rows of two marks may have one key. */
static bool is_shown(GHashTable *keys, const Layer *layer, const MarkWords *words, size_t row,
                     Arena *arena) {
    const char *key = symbol_key(layer, words, row, arena);
    Shown *shown = key ? g_hash_table_lookup(keys, key) : NULL;
    if (!key || !shown) return !key;
    size_t *left = is_text(words) ? &shown->texts : &shown->symbols;
    if (words && words->is_monthly && !*left) left = &shown->texts; /* less than the first class */
    if (!*left) return false;
    *left -= !words || !words->is_merged;
    return true;
}

/* One line has a corner for each row that has a value. */
static size_t joined(const Figure *figure, const Layer *layer, const MarkWords *words,
                     GHashTable *keys, const char **ret_first) {
    size_t n = 0, corners = 0;
    for (size_t row = 0; row < layer->data->n_rows; row++) {
        const Shown *shown = g_hash_table_lookup(keys, layer->keys[row]);
        if (shown) corners = MAX(corners, MAX(shown->corners, shown->symbols > 0));
        if (cell_of(layer, words->value, row).kind == VALUE_NULL) continue;
        if (!is_expected(figure, layer, words, row)) continue;
        if (n++ == corners) *ret_first = layer->keys[row];
    }
    return n > corners ? n - corners : 0;
}

static size_t lost(const Figure *figure, const Layer *layer, const MarkWords *words,
                   GHashTable *keys, const char **ret_first) {
    g_autoptr(Arena) arena = arena_new();
    size_t n = 0;
    if (words && words->is_joined) return joined(figure, layer, words, keys, ret_first);
    for (size_t row = 0; row < layer->data->n_rows; row++) {
        if (!is_expected(figure, layer, words, row)) continue;
        if (is_shown(keys, layer, words, row, arena)) continue;
        if (!n++) *ret_first = layer->keys[row];
    }
    return n;
}

static void check_layer(const Figure *figure, const Layer *layer, const MarkWords *words,
                        GHashTable *keys, Span where, bool is_lax, Diag *diag) {
    const char *first = "";
    size_t n = lost(figure, layer, words, keys, &first);
    if (!n) return;
    const char *hint = _("give the figure more room, or show these rows with another mark; else "
                         "write to the authors of frise; --lax turns this into a warning");
    g_autofree char *message =
        g_strdup_printf(ngettext("%zu row of mark %s is not drawn: « %s »",
                                 "%zu rows of mark %s are not drawn, « %s » first", n),
                        n, layer->mark, first);
    if (is_lax)
        diag_warning(diag, where, "not-drawn", hint, "%s: %s", figure->name, message);
    else
        diag_error(diag, where, "not-drawn", hint, "%s: %s", figure->name, message);
}

void lint_events(const Figure *figure, const Frame *frame, Span where, bool is_lax, Diag *diag) {
    g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    count_keys(keys, frame, figure->name);
    for (size_t p = 0; p < figure->n_panels; p++)
        for (size_t i = 0; i < figure->panels[p].n_layers; i++) {
            const Layer *layer = &figure->panels[p].layers[i];
            const MarkWords *words = chart_mark_words(layer->mark);
            bool may_be_out = is_text(words) && frame->leaves_labels_out;
            if (words && !may_be_out) check_layer(figure, layer, words, keys, where, is_lax, diag);
        }
    if (figure->rules) check_layer(figure, figure->rules, NULL, keys, where, is_lax, diag);
}
