#include "report/alt.h"

#include "report/alt_view.h"

#include <string.h>

static size_t length_of(const char *text) {
    return (size_t)g_utf8_strlen(text, -1);
}

/* Where the text may end within its first `max` characters: after its last clause, when that leaves
 * more than half of them, else after its last word. NULL: it is one word. */
static const char *last_end(const char *text, size_t max) {
    const char *clause = NULL, *word = NULL, *half = g_utf8_offset_to_pointer(text, (glong)max / 2);
    const char *stop = g_utf8_offset_to_pointer(text, (glong)max);
    for (const char *p = text; p < stop; p++) {
        if (*p != ' ' || p == text) continue;
        bool is_clause = strchr(",;:.", p[-1]) != NULL;
        if (is_clause && p > half) clause = p - 1;
        word = p;
    }
    return clause ? clause : word;
}

/* The text itself when it is short enough, else its beginning and an ellipsis. */
static const char *cut(const char *text, size_t max, Arena *arena) {
    if (length_of(text) <= max) return text;
    const char *end = last_end(text, max - 1);
    if (!end) end = g_utf8_offset_to_pointer(text, (glong)max - 1);
    while (end > text && strchr(" ,;:.", end[-1])) end--;
    return arena_printf(arena, "%.*s…", (int)(end - text), text);
}

/* ---- alt: kind, subject, finding */

static const char *head_of(const AltView *view) {
    return alt_head(view, view->kind);
}

static const char *finding_of(const AltView *view, bool has_date) {
    const LayerFacts *lead = view->lead;
    if (!lead) return "";
    if (!lead->n) return " ; aucune donnée";
    if (!lead->most) return arena_printf(view->arena, " ; %s", alt_count(view, lead));
    const char *before = lead->cumulates     ? "la plus forte hausse"
                         : lead->words->most ? lead->words->most
                                             : "maximum";
    /* Several share it: it is nobody's. */
    if (lead->n_most > 1)
        return arena_printf(view->arena, " ; maximum, %s",
                            facts_say(lead, lead->most, view->arena));
    return arena_printf(view->arena, " ; %s, %s", before,
                        alt_entry(view, lead, lead->most, has_date));
}

static const char *join(const AltView *view, const char *a, const char *b, const char *c) {
    return arena_printf(view->arena, "%s%s%s", a, b, c);
}

/* The fullest of what may be said that is short enough: the finding goes before the period, and the
 * period before the day of the finding. */
static const char *make_alt(const AltView *view) {
    const char *head = head_of(view);
    const char *dated = finding_of(view, true), *bare = finding_of(view, false);
    const char *period = *view->period && !strstr(head, view->period)
                             ? arena_printf(view->arena, ", %s", view->period)
                             : "";
    const char *candidates[] = {join(view, head, period, dated), join(view, head, period, bare),
                                join(view, head, "", dated), join(view, head, "", bare),
                                join(view, head, period, "")};
    for (size_t i = 0; i < G_N_ELEMENTS(candidates); i++)
        if (length_of(candidates[i]) <= ALT_MAX) return candidates[i];
    return cut(head, ALT_MAX, view->arena);
}

/* ---- alt_long: sentences, the least needed left out until the rest fits */

static const char *counted_of(const AltView *view) {
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (size_t i = 0; i < view->n; i++) {
        const char *place = alt_place(view, &view->facts[i]);
        const char *count = view->facts[i].n ? alt_count(view, &view->facts[i]) : "aucune donnée";
        g_ptr_array_add(parts,
                        arena_printf(view->arena, "%s%s%s", place, *place ? ", " : "", count));
    }
    if (!parts->len) return view->period;
    g_ptr_array_add(parts, NULL);
    const char *all = arena_take(view->arena, g_strjoinv(" ; ", (char **)parts->pdata));
    if (!*view->period) return all;
    return arena_printf(view->arena, "%s : %s", view->period, all);
}

static const char *extremes_of(const AltView *view, const LayerFacts *facts) {
    if (!facts || !facts->most) return "";
    const char *place = alt_place(view, facts);
    const char *text = arena_printf(view->arena, "%s%s%s : %s", place, *place ? ", " : "",
                                    facts->cumulates ? "plus forte hausse" : "maximum",
                                    alt_extreme(view, facts, facts->most, facts->n_most));
    if (!facts->least || facts->n_most == facts->n) return text;
    return arena_printf(view->arena, "%s ; %s : %s", text,
                        facts->cumulates ? "plus faible" : "minimum",
                        alt_extreme(view, facts, facts->least, facts->n_least));
}

static const char *total_of(const AltView *view) {
    const LayerFacts *lead = view->lead;
    if (!lead || lead->total.kind == VALUE_NULL) return "";
    const char *place = alt_place(view, lead);
    return arena_printf(view->arena, "%s%stotal%s : %s%s", place, *place ? ", " : "",
                        lead->leaves_doubtful ? " sans les cas douteux" : "",
                        lead->is_least ? "au moins " : "",
                        say_value(&lead->saying, lead->total, view->arena));
}

/* The extremes of the first layer with values after the lead, in another panel. */
static const char *other_extremes_of(const AltView *view) {
    for (size_t i = 0; i < view->n; i++) {
        const LayerFacts *facts = &view->facts[i];
        if (facts != view->lead && facts->panel != view->lead->panel && facts->most)
            return extremes_of(view, facts);
    }
    return "";
}

static const char *make_alt_long(const AltView *view) {
    const Clause clauses[] = {{head_of(view), 6},
                              {*view->title ? view->subtitle : "", 1},
                              {counted_of(view), 4},
                              {extremes_of(view, view->lead), 5},
                              {view->lead ? other_extremes_of(view) : "", 2},
                              {total_of(view), 3}};
    for (int least = 1; least <= 6; least++) {
        const char *text = alt_clauses(view, clauses, G_N_ELEMENTS(clauses), least);
        if (length_of(text) <= ALT_LONG_MAX) return text;
    }
    return cut(head_of(view), ALT_LONG_MAX, view->arena);
}

AltTexts alt_make(const Figure *figure, MarkWordsFind find, const FrTypoOptions *typography,
                  Arena *arena) {
    const AltView view = alt_view(figure, find, typography, arena);
    return (AltTexts){make_alt(&view), make_alt_long(&view), alt_describe(&view)};
}
