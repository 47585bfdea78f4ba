#include "report/alt_label.h"

#include <string.h>

/* The first filter of a place, as words: quotes keep a word together. Faults were told by fill().
 */
static GPtrArray *filter_words(const char *text, Arena *arena) {
    GPtrArray *words = g_ptr_array_new();
    while (*text && *text != '|') {
        if (*text == ' ' || *text == '\n') {
            text++;
            continue;
        }
        const char quote[] = {*text, '\0'};
        bool is_quoted = *text == '"' || *text == '\'';
        text += is_quoted;
        size_t n = strcspn(text, is_quoted ? quote : " \n|");
        g_ptr_array_add(words, arena_strndup(arena, text, n));
        text += n;
        text += is_quoted && *text;
    }
    return words;
}

static ValueKind kind_of(const Table *table, int column) {
    for (size_t i = 0; i < table->n_rows; i++) {
        Value value = table_cell(table, i, (size_t)column);
        if (value.kind != VALUE_NULL) return value.kind;
    }
    return VALUE_NULL;
}

/* One `{column | filter}`, without its braces. */
static void read_place(const Layer *layer, const char *place, int wanted, LabelFacts *facts,
                       Arena *arena) {
    const char *bar = strchr(place, '|');
    g_autofree char *name = g_strndup(place, bar ? (size_t)(bar - place) : strlen(place));
    int column = table_column(layer->data, g_strstrip(name));
    if (column < 0) return;
    ValueKind kind = kind_of(layer->data, column);
    if (kind == VALUE_TEXT && facts->name >= 0 && facts->value < 0) facts->before = column;
    if (kind == VALUE_TEXT && facts->name < 0) facts->name = column;
    if (kind != VALUE_INT && kind != VALUE_REAL) return;
    g_autoptr(GPtrArray) words = filter_words(bar ? bar + 1 : "", arena);
    bool is_year = words->len && g_str_equal(words->pdata[0], "year");
    if (is_year || facts->value >= 0 || (wanted >= 0 && column != wanted)) return;
    facts->value = column;
    facts->has_saying =
        saying_of_filter((const char *const *)words->pdata, words->len, arena, &facts->saying);
}

/* What the next pair of braces holds, for the caller to free; NULL after the last. */
static char *next_place(const char **text) {
    for (const char *open; (open = strchr(*text, '{'));) {
        *text = open + 2;
        if (open[1] == '{') continue;
        const char *close = strchr(open, '}');
        if (!close) return NULL;
        *text = close + 1;
        return g_strndup(open + 1, (size_t)(close - open - 1));
    }
    return NULL;
}

LabelFacts label_read(const Layer *layer, int value, Arena *arena) {
    LabelFacts facts = {.name = -1, .value = -1, .before = -1, .saying = saying_plain()};
    const Node *label = node_peek(layer->node, "label");
    const char *text = label && label->kind == NODE_SCALAR ? label->text : "";
    for (char *place; (place = next_place(&text)); g_free(place))
        read_place(layer, place, value, &facts, arena);
    return facts;
}

Saying label_saying(const char *text, Arena *arena) {
    Saying saying = saying_plain();
    bool is_found = false;
    for (char *place; !is_found && (place = next_place(&text)); g_free(place)) {
        const char *bar = strchr(place, '|');
        g_autoptr(GPtrArray) words = filter_words(bar ? bar + 1 : "", arena);
        is_found = saying_of_filter((const char *const *)words->pdata, words->len, arena, &saying);
    }
    return saying;
}
