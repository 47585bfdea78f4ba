#include "report/fill.h"

#include "base/i18n.h"
#include "report/filters.h"

#include <string.h>

typedef struct {
    const Scope *scope;
    const Node *node;
    Arena *arena;
    Diag *diag;
    bool is_ok;
    bool is_raw; /* values as the data hold them, for a value rather than a text */
} Filler;

static bool scope_color(const void *owner, const char *role, Color *ret_color) {
    return theme_find_color(owner, role, ret_color);
}

static const Fact *find_fact(const Scope *scope, const char *name) {
    const char *dot = strchr(name, '.');
    for (size_t i = 0; dot && i < scope->n_facts; i++) {
        const Fact *fact = &scope->facts[i];
        if (strlen(fact->name) == (size_t)(dot - name) && g_str_has_prefix(name, fact->name))
            return fact;
    }
    return NULL;
}

bool scope_find(const Scope *scope, const char *name, Value *ret_value) {
    const Fact *fact = find_fact(scope, name);
    if (fact) {
        int column = fact->table ? table_column(fact->table, strchr(name, '.') + 1) : -1;
        if (column < 0) return false;
        return *ret_value = table_cell(fact->table, 0, (size_t)column), true;
    }
    int column = scope->table ? table_column(scope->table, name) : -1;
    if (column >= 0) return *ret_value = table_cell(scope->table, scope->row, (size_t)column), true;
    for (size_t i = 0; i < scope->n_params; i++)
        if (g_str_equal(scope->params[i].name, name))
            return *ret_value = scope->params[i].value, true;
    return false;
}

static const char *unknown_name_hint(const Filler *filler, const char *name) {
    const Scope *scope = filler->scope;
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (size_t i = 0; i < scope->n_params; i++)
        g_ptr_array_add(known, (char *)scope->params[i].name);
    for (size_t i = 0; scope->table && i < scope->table->n_columns; i++)
        g_ptr_array_add(known, (char *)scope->table->columns[i]);
    for (size_t i = 0; i < scope->n_facts; i++)
        for (size_t c = 0; scope->facts[i].table && c < scope->facts[i].table->n_columns; c++)
            g_ptr_array_add(known, arena_printf(filler->arena, "%s.%s", scope->facts[i].name,
                                                scope->facts[i].table->columns[c]));
    g_ptr_array_add(known, NULL);
    const char *nearest = nearest_word(name, (const char *const *)known->pdata);
    return nearest ? arena_printf(filler->arena, _("did you mean « %s »?"), nearest)
                   : N_("declare it under facts or params, or name a column of the query");
}

static void fault(Filler *filler, const char *at, size_t len, const char *code, const char *hint,
                  const char *message) {
    filler->is_ok = false;
    Span span = node_span_within(filler->node, (size_t)(at - filler->node->text), len);
    diag_error(filler->diag, span, code, hint, "%s", _(message));
}

/* An argument `:name` stands for a value: `{from | range :to}`. NULL after a fault. */
static const char *value_argument(Filler *filler, const char *at, size_t len) {
    const char *name = arena_strndup(filler->arena, at + 1, len - 1);
    Value value;
    const Fact *fact = find_fact(filler->scope, name);
    if (fact && !fact->table) { /* its own fault speaks for it */
        filler->is_ok = false;
        return NULL;
    }
    if (!scope_find(filler->scope, name, &value)) {
        g_autofree char *message = g_strdup_printf(_("« %s » is not known here"), name);
        fault(filler, at, len, "unknown-name", unknown_name_hint(filler, name), message);
        return NULL;
    }
    if (value.kind == VALUE_NULL) {
        g_autofree char *message = g_strdup_printf(_("« %s » has no value"), name);
        fault(filler, at, len, "missing-value", "check the query, or leave the row out", message);
        return NULL;
    }
    return value_plain(value, filler->arena);
}

static bool is_value_argument(const char *text, size_t len) {
    return len > 1 && *text == ':' && (g_ascii_isalpha(text[1]) || text[1] == '_');
}

/* Words parted by spaces; quotes keep a word together. Words live in the arena. NULL after a
 * fault. */
static GPtrArray *split_words(Filler *filler, const char *text, size_t len) {
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    const char *end = text + len;
    while (text < end) {
        if (*text == ' ' || *text == '\n') {
            text++;
            continue;
        }
        char quote = *text == '"' || *text == '\'' ? *text : '\0';
        const char *start = quote ? text + 1 : text;
        const char *stop = start;
        while (stop < end && (quote ? *stop != quote : *stop != ' ' && *stop != '\n')) stop++;
        size_t word_len = (size_t)(stop - start);
        const char *word = arena_strndup(filler->arena, start, word_len);
        if (!quote && words->len > 0 && is_value_argument(start, word_len))
            word = value_argument(filler, start, word_len);
        if (!word) return NULL;
        g_ptr_array_add(words, (char *)word);
        text = stop + (quote && stop < end);
    }
    return g_steal_pointer(&words);
}

static bool apply_filter(Filler *filler, const char *text, size_t len, Value *value) {
    g_autoptr(GPtrArray) words = split_words(filler, text, len);
    if (!words) return false;
    if (!words->len) {
        fault(filler, text, MAX(len, 1), "filter", "write for example: {total | money short}",
              "a filter is missing after « | »");
        return false;
    }
    const char *problem, *hint;
    if (filter_apply(words->pdata[0], (const char *const *)words->pdata + 1, words->len - 1, value,
                     filler->arena, &problem, &hint))
        return true;
    while (len && *text == ' ') text++, len--;
    while (len && text[len - 1] == ' ') len--;
    fault(filler, text, len, "filter", hint, problem);
    return false;
}

/* The bar that ends this part, quotes skipped; `end` when there is none. */
static const char *find_bar(const char *text, const char *end) {
    char quote = '\0';
    for (; text < end; text++) {
        if (quote)
            quote = *text == quote ? '\0' : quote;
        else if (*text == '"' || *text == '\'')
            quote = *text;
        else if (*text == '|')
            return text;
    }
    return end;
}

static void fill_place(Filler *filler, const char *start, const char *end, GString *out) {
    const char *bar = find_bar(start, end);
    g_autofree char *raw = g_strndup(start, (size_t)(bar - start));
    const char *name = g_strstrip(raw);
    Value value;
    const Fact *fact = find_fact(filler->scope, name);
    if (fact && !fact->table) { /* its own fault speaks for it */
        filler->is_ok = false;
        return;
    }
    if (!scope_find(filler->scope, name, &value)) {
        g_autofree char *message = g_strdup_printf(_("« %s » is not known here"), name);
        fault(filler, start, (size_t)(bar - start), "unknown-name", unknown_name_hint(filler, name),
              message);
        return;
    }
    bool has_filter = bar < end;
    while (bar < end) {
        const char *next = find_bar(bar + 1, end);
        if (!apply_filter(filler, bar + 1, (size_t)(next - bar - 1), &value)) return;
        bar = next;
    }
    if (value.kind == VALUE_NULL) {
        g_autofree char *message = g_strdup_printf(_("« %s » has no value"), name);
        fault(filler, start, (size_t)(end - start), "missing-value",
              "check the query, or say what to print: {name | or \"inconnu\"}", message);
        return;
    }
    if (filler->is_raw)
        g_string_append(out, value_plain(value, filler->arena));
    else
        rich_escape(out, has_filter ? value.text : filter_default(value, filler->arena));
}

static const char *closing_brace(const char *text, const char *end) {
    char quote = '\0';
    for (; text < end; text++) {
        if (quote)
            quote = *text == quote ? '\0' : quote;
        else if (*text == '"' || *text == '\'')
            quote = *text;
        else if (*text == '}')
            return text;
        else if (*text == '{')
            return NULL;
    }
    return NULL;
}

/* The part with its values, as Markdown unless raw; false after an open brace. */
static bool fill_places(Filler *filler, FillPart part, GString *out) {
    const char *text = filler->node->text, *stop = text + part.end;
    size_t call = 0;
    for (const char *p = text + part.start; p < stop; p++) {
        if (call < part.n_calls && p == text + part.calls[call].at) {
            g_string_append_printf(out, "![](note:%d)", part.calls[call].number);
            p += part.calls[call++].len - 1;
            continue;
        }
        if (p[0] == '{' && p + 1 < stop && p[1] == '{') {
            g_string_append_c(out, *p++);
            continue;
        }
        if (*p != '{') {
            g_string_append_c(out, *p);
            continue;
        }
        const char *end = closing_brace(p + 1, stop);
        if (!end) {
            fault(filler, p, 1, "template", "close it with « } », or write « {{ » for a brace",
                  "this brace is not closed");
            return false;
        }
        fill_place(filler, p + 1, end, out);
        p = end;
    }
    return filler->is_ok;
}

static bool fill_span(const Scope *scope, const Node *node, FillPart part, Span span, Arena *arena,
                      RichText *ret_text, Diag *diag) {
    *ret_text = (RichText){.plain = ""};
    Filler filler = {.scope = scope, .node = node, .arena = arena, .diag = diag, .is_ok = true};
    g_autoptr(GString) markdown = g_string_new(NULL);
    if (!fill_places(&filler, part, markdown)) return false;
    RichContext context = {scope_color, scope->theme, &scope->theme->typography};
    size_t before = diag_errors(diag);
    *ret_text = rich_parse(markdown->str, context, span, arena, diag);
    return diag_errors(diag) == before;
}

bool fill_part(const Scope *scope, const Node *node, FillPart part, Arena *arena,
               RichText *ret_text, Diag *diag) {
    Span span = node_span_within(node, part.start, part.end - part.start);
    return fill_span(scope, node, part, span, arena, ret_text, diag);
}

const char *fill_raw(const Scope *scope, const Node *node, Arena *arena, Diag *diag) {
    Filler filler = {
        .scope = scope, .node = node, .arena = arena, .diag = diag, .is_ok = true, .is_raw = true};
    g_autoptr(GString) text = g_string_new(NULL);
    if (!fill_places(&filler, (FillPart){.end = strlen(node->text)}, text)) return "";
    return arena_strndup(arena, text->str, text->len);
}

bool fill(const Scope *scope, const Node *node, Arena *arena, RichText *ret_text, Diag *diag) {
    if (node->kind != NODE_SCALAR) {
        *ret_text = (RichText){.plain = ""};
        diag_error(diag, node->span, "type", "write a text between quotes",
                   "%s: a text is expected", node->key ? node->key : "text");
        return false;
    }
    FillPart whole = {.end = strlen(node->text)};
    return fill_span(scope, node, whole, node->span, arena, ret_text, diag);
}
