#include "report/alt_view.h"

#include "lang/fr_format.h"

#include <string.h>

static size_t count_layers(const Figure *figure) {
    size_t n = 0;
    for (size_t i = 0; i < figure->n_panels; i++) n += figure->panels[i].n_layers;
    return n;
}

/* "Frise et colonnes": each kind once, in the order of the panels. */
static const char *kind_of(const AltView *view) {
    g_autoptr(GPtrArray) kinds = g_ptr_array_new();
    for (size_t i = 0; i < view->n; i++) {
        const MarkWords *words = view->facts[i].words;
        bool is_first = !kinds->len;
        if (!is_first && g_str_equal(kinds->pdata[0], words->kind)) continue;
        const char *kind = is_first ? words->kind : words->kind_among;
        if (!g_ptr_array_find_with_equal_func(kinds, kind, g_str_equal, NULL))
            g_ptr_array_add(kinds, (char *)kind);
    }
    if (!kinds->len) return "Figure";
    return arena_take(view->arena, fr_list((const char *const *)kinds->pdata, kinds->len, NULL));
}

/* Of the time axis, else of rows that are dates. */
static const char *period_of(const AltView *view) {
    const Figure *figure = view->figure;
    if (figure->has_time) return say_span(figure->from, figure->to, view->arena);
    for (size_t i = 0; i < view->n; i++) {
        const LayerFacts *facts = &view->facts[i];
        if (facts->has_dates && facts->n) return alt_span(view, facts);
    }
    return "";
}

static const char *without_stop(const char *text, Arena *arena) {
    size_t n = strlen(text);
    while (n && (text[n - 1] == '.' || text[n - 1] == ' ')) n--;
    return arena_strndup(arena, text, n);
}

/* The first sentence of a text, without its stop. */
static const char *first_sentence(const char *text, Arena *arena) {
    size_t n = strlen(text);
    for (const char *stop = text; (stop = strstr(stop, ". ")); stop += 2)
        if (g_unichar_isupper(g_utf8_get_char(stop + 2))) {
            n = (size_t)(stop - text);
            break;
        }
    return without_stop(arena_strndup(arena, text, n), arena);
}

static const LayerFacts *lead_of(const AltView *view) {
    for (size_t i = 0; i < view->n; i++)
        if (view->facts[i].has_values) return &view->facts[i];
    return view->n ? view->facts : NULL;
}

AltView alt_view(const Figure *figure, MarkWordsFind find, const FrTypoOptions *typography,
                 Arena *arena) {
    size_t n = count_layers(figure);
    LayerFacts *facts = ARENA_ARRAY(arena, LayerFacts, n + 1);
    LayerFacts *backgrounds = ARENA_ARRAY(arena, LayerFacts, n + 1);
    AltView view = {.figure = figure, .facts = facts, .backgrounds = backgrounds, .arena = arena};
    for (size_t p = 0; p < figure->n_panels; p++)
        for (size_t i = 0; i < figure->panels[p].n_layers; i++) {
            const Layer *layer = &figure->panels[p].layers[i];
            const MarkWords *words = find ? find(layer->mark) : NULL;
            if (!words) continue;
            LayerFacts found = facts_read(figure, (int)p, layer, words, typography, arena);
            if (words->kind)
                facts[view.n++] = found;
            else
                backgrounds[view.n_backgrounds++] = found;
        }
    view.lead = lead_of(&view);
    view.kind = kind_of(&view);
    view.period = period_of(&view);
    view.title = without_stop(say_text(figure->title.plain, arena), arena);
    view.subtitle = first_sentence(say_text(figure->subtitle.plain, arena), arena);
    return view;
}

const char *alt_head(const AltView *view, const char *kind) {
    const char *subject = *view->title ? view->title : view->subtitle;
    if (!*subject) return kind;
    if (strstr(subject, " : ")) return arena_printf(view->arena, "%s. %s", kind, subject);
    return arena_printf(view->arena, "%s : %s", kind, say_within(subject, view->arena));
}

const char *alt_span(const AltView *view, const LayerFacts *facts) {
    Date last = facts->entries[0].date;
    for (size_t i = 1; i < facts->n; i++)
        if (facts->entries[i].date.last > last.last) last = facts->entries[i].date;
    return say_span(facts->entries[0].date, last, view->arena);
}

const char *alt_entry(const AltView *view, const LayerFacts *facts, const Entry *entry,
                      bool has_date) {
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    const char *value = facts_say(facts, entry, view->arena);
    const char *name = facts_name(facts, entry, view->arena);
    if (name) g_ptr_array_add(parts, (char *)name);
    if (value) g_ptr_array_add(parts, (char *)value);
    if (entry->has_date && (has_date || !parts->len))
        g_ptr_array_add(parts, (char *)say_date(entry->date, view->arena));
    g_ptr_array_add(parts, NULL);
    return arena_take(view->arena, g_strjoinv(", ", (char **)parts->pdata));
}

const char *alt_extreme(const AltView *view, const LayerFacts *facts, const Entry *entry,
                        size_t n) {
    if (n < 2) return alt_entry(view, facts, entry, true);
    return arena_printf(view->arena, "%s, %zu fois", facts_say(facts, entry, view->arena), n);
}

const char *alt_count(const AltView *view, const LayerFacts *facts) {
    const MarkWords *words = facts->words;
    g_autofree char *digits = g_strdup_printf("%zu", facts->n);
    return say_plain(arena_take(view->arena, fr_counted(digits, words->one, words->many)),
                     view->arena);
}

const char *alt_place(const AltView *view, const LayerFacts *facts) {
    size_t n = view->figure->n_panels;
    if (n < 2) return "";
    if (facts->panel == 0) return "en haut";
    if ((size_t)facts->panel + 1 == n) return "en bas";
    return n == 3 ? "au milieu" : arena_printf(view->arena, "dans la bande %d", facts->panel + 1);
}

const char *alt_sentence(const char *text, Arena *arena) {
    gunichar first = g_utf8_get_char(text);
    char capital[7] = {0};
    g_unichar_to_utf8(g_unichar_toupper(first), capital);
    size_t n = strlen(text);
    bool has_stop = n && strchr(".!?", text[n - 1]);
    return arena_printf(arena, "%s%s%s", capital, *text ? g_utf8_next_char(text) : "",
                        has_stop ? "" : ".");
}

const char *alt_clauses(const AltView *view, const Clause *clauses, size_t n, int least) {
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < n; i++) {
        if (!*clauses[i].text || clauses[i].need < least) continue;
        if (out->len) g_string_append_c(out, ' ');
        g_string_append(out, alt_sentence(clauses[i].text, view->arena));
    }
    return arena_strndup(view->arena, out->str, out->len);
}
