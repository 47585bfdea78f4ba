/* The detailed description: one function a sentence, each "" when the rows do not tell it. */
#include "lang/fr_format.h"
#include "report/alt_view.h"

#include <string.h>

/* As many entries as are worth hearing one by one. */
enum { MOST_ENTRIES = 10, MOST_RULES = 8 };

static const char *joined(const AltView *view, GPtrArray *parts, const char *separator) {
    g_ptr_array_add(parts, NULL);
    return arena_take(view->arena, g_strjoinv(separator, (char **)parts->pdata));
}

static const char *listed(const AltView *view, const GPtrArray *parts) {
    return arena_take(view->arena, fr_list((const char *const *)parts->pdata, parts->len, NULL));
}

/* What one function says of each layer, after the place of its panel. */
typedef const char *(*Telling)(const AltView *view, const LayerFacts *facts);

static const char *tell_each(const AltView *view, Telling tell) {
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (size_t i = 0; i < view->n; i++) {
        const LayerFacts *facts = &view->facts[i];
        const char *text = tell(view, facts), *place = alt_place(view, facts);
        if (!*text) continue;
        g_ptr_array_add(parts,
                        arena_printf(view->arena, "%s%s%s", place, *place ? ", " : "", text));
    }
    return joined(view, parts, " ; ");
}

/* ---- what it is */

static const char *tell_subject(const AltView *view) {
    const char *period = *view->period ? arena_printf(view->arena, ", %s", view->period) : "";
    const char *subject = *view->title ? view->title : view->subtitle;
    if (!*subject) return arena_printf(view->arena, "%s%s", view->kind, period);
    return arena_printf(view->arena, "%s%s : %s", view->kind, period,
                        say_within(subject, view->arena));
}

static const char *tell_colors(const AltView *view, const LayerFacts *facts) {
    const char **names;
    size_t n = facts_categories(facts, &names, view->arena);
    if (n < 2) return "";
    return arena_printf(view->arena, " ; les couleurs distinguent : %s",
                        arena_take(view->arena, fr_list(names, n, NULL)));
}

static const char *cumulated(const char *measure, Arena *arena) {
    const char *comma = strchr(measure, ',');
    size_t n = comma ? (size_t)(comma - measure) : strlen(measure);
    bool is_feminine = g_str_has_prefix(measure, "la ");
    return arena_printf(arena, "%.*s %s%s", (int)n, measure, is_feminine ? "cumulée" : "cumulé",
                        measure + n);
}

static const char *tell_axes(const AltView *view, const LayerFacts *facts) {
    const MarkWords *words = facts->words;
    const char *each =
        !view->figure->has_time && words->each_named ? words->each_named : words->each;
    if (!words->size || !facts->has_values) return each;
    const char *measure = facts->saying.measure;
    if (facts->cumulates) measure = cumulated(measure, view->arena);
    return arena_printf(view->arena, "%s, %s %s%s", each, words->size, measure,
                        tell_colors(view, facts));
}

/* ---- its rows */

static const char *end_of(const AltView *view, const Entry *entry) {
    return entry->name ? arena_printf(view->arena, "%s, %s", entry->name,
                                      say_date(entry->date, view->arena))
                       : say_date(entry->date, view->arena);
}

static const char *tell_rows(const AltView *view, const LayerFacts *facts) {
    if (!facts->n) return "aucune donnée à montrer";
    const char *count = alt_count(view, facts);
    const Entry *first = facts->entries, *last = &facts->entries[facts->n - 1];
    if (facts->n == 1)
        return arena_printf(view->arena, "%s : %s", count, alt_entry(view, facts, first, true));
    if (!facts->has_dates) return count;
    if (!date_compare(first->date, last->date))
        return arena_printf(view->arena, "%s, %s", count, say_date(first->date, view->arena));
    if (!facts->words->is_event || !(first->name && last->name))
        return arena_printf(view->arena, "%s, %s", count,
                            say_span(first->date, last->date, view->arena));
    return arena_printf(view->arena, "%s ; d’abord %s, et pour finir %s", count,
                        end_of(view, first), end_of(view, last));
}

static const char *tell_most(const AltView *view, const LayerFacts *facts) {
    const Entry *most = facts->most;
    if (!most || facts->n < 2) return "";
    const char *value = facts_say(facts, most, view->arena);
    if (facts->n_most == facts->n)
        return arena_printf(view->arena, "toutes les valeurs sont égales : %s", value);
    if (facts->n_most > 1)
        return arena_printf(view->arena, "le maximum, %s, est atteint %zu fois", value,
                            facts->n_most);
    const char *date =
        most->has_date ? arena_printf(view->arena, ", %s", say_date(most->date, view->arena)) : "";
    if (!most->name) return arena_printf(view->arena, "le maximum est de %s%s", value, date);
    return arena_printf(view->arena, "le maximum est atteint par %s, avec %s%s", most->name, value,
                        date);
}

static const char *tell_total(const AltView *view, const LayerFacts *facts) {
    if (facts->total.kind == VALUE_NULL) return "";
    return arena_printf(view->arena, "le total est de %s",
                        say_value(&facts->saying, facts->total, view->arena));
}

static const char *tell_gap(const AltView *view, const LayerFacts *facts) {
    static const char *const units[] = {
        [DATE_DAY] = "jours", [DATE_MONTH] = "mois", [DATE_YEAR] = "ans"};
    bool is_followed = facts->words->is_event || (facts->words->is_piled && view->figure->has_time);
    Gap gap;
    if (!is_followed || facts->n < 3 || !facts_gap(facts, &gap)) return "";
    return arena_printf(
        view->arena, "le plus long intervalle entre deux %s est de %d %s, %s", facts->words->many,
        gap.count, units[gap.unit],
        say_plain(arena_take(view->arena, fr_date_range(gap.from, gap.to, false)), view->arena));
}

static const char *tell_entries(const AltView *view, const LayerFacts *facts) {
    if (facts->n < 2 || facts->n > MOST_ENTRIES || !(facts->has_values || facts->has_dates))
        return "";
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (size_t i = 0; i < facts->n; i++) {
        const Entry *entry = &facts->entries[i];
        const char *text = alt_entry(view, facts, entry, true);
        g_ptr_array_add(parts, (char *)text);
    }
    return arena_printf(view->arena, "en détail : %s", joined(view, parts, " ; "));
}

/* ---- what is uncertain */

static void add_counted(const AltView *view, GPtrArray *parts, size_t n, const char *one,
                        const char *many) {
    if (n) g_ptr_array_add(parts, arena_printf(view->arena, "%zu %s", n, n > 1 ? many : one));
}

static const char *tell_doubts(const AltView *view, const LayerFacts *facts) {
    const Doubts doubts = facts_doubts(facts);
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    add_counted(view, parts, doubts.approximate, "date approximative", "dates approximatives");
    add_counted(view, parts, doubts.uncertain, "date douteuse", "dates douteuses");
    add_counted(view, parts, doubts.rough, "date connue au mois ou à l’année seulement",
                "dates connues au mois ou à l’année seulement");
    add_counted(view, parts, doubts.spans, "date connue entre deux jours seulement",
                "dates connues entre deux jours seulement");
    add_counted(view, parts, doubts.open, "période dont une limite n’est pas connue",
                "périodes dont une limite n’est pas connue");
    add_counted(view, parts, doubts.ranges, "valeur donnée par une fourchette",
                "valeurs données par une fourchette");
    add_counted(view, parts, doubts.doubtful, "cas douteux", "cas douteux");
    return parts->len ? listed(view, parts) : "";
}

/* ---- what is written on it */

/* « text » for every row of the backgrounds: the label, and the days. */
static void add_backgrounds(const AltView *view, GPtrArray *parts) {
    for (size_t i = 0; i < view->n_backgrounds; i++) {
        const LayerFacts *facts = &view->backgrounds[i];
        for (size_t k = 0; k < facts->layer->data->n_rows && facts->n && k < MOST_RULES; k++) {
            const RichText *labels = facts->layer->labels;
            const char *label = labels ? say_text(labels[k].plain, view->arena) : "";
            const char *period = facts->entries[MIN(k, facts->n - 1)].has_date && facts->n == 1
                                     ? say_date(facts->entries[0].date, view->arena)
                                     : "";
            if (*label)
                g_ptr_array_add(parts, arena_printf(view->arena, "une bande « %s »%s%s", label,
                                                    *period ? ", " : "", period));
        }
    }
}

static void add_rules(const AltView *view, GPtrArray *parts) {
    const Layer *rules = view->figure->rules;
    const Node *x = rules ? node_peek(rules->node, "x") : NULL;
    int column = rules ? table_column(rules->data, x && x->text ? x->text : "date") : -1;
    if (column < 0) return;
    size_t n_unnamed = 0;
    for (size_t i = 0; i < rules->data->n_rows; i++) {
        Value at = table_cell(rules->data, i, (size_t)column);
        const char *label = rules->labels ? say_text(rules->labels[i].plain, view->arena) : "";
        if (at.kind != VALUE_DATE || at.date.first > view->figure->to.last ||
            at.date.last < view->figure->from.first)
            continue;
        if (!*label || i >= MOST_RULES) {
            n_unnamed++;
            continue;
        }
        g_ptr_array_add(parts, arena_printf(view->arena, "un filet « %s », %s", label,
                                            say_date(at.date, view->arena)));
    }
    add_counted(view, parts, n_unnamed, "autre filet", "autres filets");
}

static void add_notes(const AltView *view, GPtrArray *parts) {
    for (size_t i = 0; i < view->figure->n_notes; i++)
        g_ptr_array_add(parts,
                        arena_printf(view->arena, "la note « %s »",
                                     say_text(view->figure->notes[i].text.plain, view->arena)));
}

static const char *tell_marked(const AltView *view) {
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    add_rules(view, parts);
    add_backgrounds(view, parts);
    add_notes(view, parts);
    if (!parts->len) return "";
    return arena_printf(view->arena, "la figure porte aussi %s", joined(view, parts, " ; "));
}

static const char *tell_certainty(const AltView *view) {
    const char *doubts = tell_each(view, tell_doubts);
    return *doubts ? arena_printf(view->arena, "incertitudes : %s", doubts) : "";
}

/* A second look at the values, for figures that are few of words. */
static const char *tell_least(const AltView *view, const LayerFacts *facts) {
    bool is_needed = facts->least && facts->n > MOST_ENTRIES && !facts->words->is_event;
    if (!is_needed || facts->n_most == facts->n) return "";
    return arena_printf(view->arena, "le minimum est de %s",
                        alt_entry(view, facts, facts->least, true));
}

const char *alt_describe(const AltView *view) {
    const char *const sentences[] = {
        tell_subject(view),
        *view->title ? view->subtitle : "",
        tell_each(view, tell_axes),
        tell_each(view, tell_rows),
        tell_each(view, tell_most),
        tell_each(view, tell_total),
        tell_each(view, tell_entries),
        tell_each(view, tell_gap),
        tell_each(view, tell_least),
        tell_certainty(view),
        tell_marked(view),
    };
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(sentences); i++) {
        if (!*sentences[i]) continue;
        if (out->len) g_string_append_c(out, ' ');
        g_string_append(out, alt_sentence(sentences[i], view->arena));
    }
    return arena_strndup(view->arena, out->str, out->len);
}
