/* The detailed description: one function a sentence, each "" when the rows do not tell it. */
#include "lang/fr_format.h"
#include "report/alt_view.h"

#include <string.h>

/* As many entries as are worth hearing one by one. */
enum { MOST_ENTRIES = 10, MOST_RULES = 8, MOST_SENTENCES = 8 };

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
    return alt_head(view, arena_printf(view->arena, "%s%s", view->kind, period));
}

static const char *tell_colors(const AltView *view, const LayerFacts *facts) {
    const char **names;
    size_t n = facts_categories(facts, &names, view->arena);
    if (n < 2) return "";
    return arena_printf(view->arena, " ; les couleurs%s distinguent : %s",
                        facts->words->class || facts->words->has_shapes ? " et les formes" : "",
                        arena_take(view->arena, fr_list(names, n, NULL)));
}

static const char *cumulated(const char *measure, Arena *arena) {
    const char *comma = strchr(measure, ',');
    size_t n = comma ? (size_t)(comma - measure) : strlen(measure);
    bool is_feminine = g_str_has_prefix(measure, "la ");
    return arena_printf(arena, "%.*s %s%s", (int)n, measure, is_feminine ? "cumulée" : "cumulé",
                        measure + n);
}

/* What one symbol stands for in a figure without a time axis. */
static const char *tell_category(const LayerFacts *facts) {
    if (!facts->has_dates) return "une catégorie";
    return facts->n && facts->entries[0].date.precision == DATE_YEAR ? "une année" : "une date";
}

/* An axis by its title and its unit, as far as they are given. */
static const char *tell_axis(const LayerFacts *facts, const char *name, const char *title_key,
                             const char *unit_key, Arena *arena) {
    const char *title = facts_text(facts, title_key, arena);
    const Saying saying = saying_of_unit(facts_text(facts, unit_key, arena), arena);
    const char *measure = saying.measure, *comma = strchr(measure, ',');
    if (!title) return arena_printf(arena, "%s, %s", name, measure);
    return arena_printf(arena, "%s, « %s »%s", name, title, comma ? comma : "");
}

static const char *tell_numbers(const AltView *view, const LayerFacts *facts) {
    const MarkWords *words = facts->words;
    return arena_printf(
        view->arena, "%s : %s ; %s%s", words->each,
        tell_axis(facts, "en abscisse", words->along_title, words->along_unit, view->arena),
        tell_axis(facts, "en ordonnée", words->title, words->unit, view->arena),
        tell_colors(view, facts));
}

static const char *tell_axes(const AltView *view, const LayerFacts *facts) {
    const MarkWords *words = facts->words;
    if (words->along) return tell_numbers(view, facts);
    const char *each = words->each, *size = words->size;
    if (!view->figure->has_time && words->each_of)
        each = arena_printf(view->arena, "%s %s", words->each_of, tell_category(facts));
    if (facts->most && facts->most->value.kind == VALUE_NULL) size = words->range;
    if (!size || !facts->has_values) return each;
    const char *measure = facts->saying.measure;
    if (facts->cumulates) measure = cumulated(measure, view->arena);
    return arena_printf(view->arena, "%s et %s %s%s", each, size, measure,
                        tell_colors(view, facts));
}

/* ---- its rows */

static const char *end_of(const AltView *view, const LayerFacts *facts, const Entry *entry) {
    return arena_printf(view->arena, "%s, %s", facts_name(facts, entry, view->arena),
                        say_date(entry->date, view->arena));
}

static const char *tell_rows(const AltView *view, const LayerFacts *facts) {
    if (!facts->n) return "aucune donnée à montrer";
    const char *count = alt_count(view, facts);
    const Entry *first = facts->entries, *last = &facts->entries[facts->n - 1];
    if (facts->n == 1)
        return arena_printf(view->arena, "%s : %s", count, alt_entry(view, facts, first, true));
    if (!facts->has_dates) return count;
    bool has_names = facts->is_event && facts_name(facts, first, view->arena) &&
                     facts_name(facts, last, view->arena) && date_compare(first->date, last->date);
    if (!has_names) return arena_printf(view->arena, "%s, %s", count, alt_span(view, facts));
    return arena_printf(view->arena, "%s : d’abord %s, et pour finir %s", count,
                        end_of(view, facts, first), end_of(view, facts, last));
}

static const char *tell_most(const AltView *view, const LayerFacts *facts) {
    if (!facts->most || facts->n < 2) return "";
    if (facts->n_most == facts->n)
        return arena_printf(view->arena, "toutes les valeurs sont égales : %s",
                            facts_say(facts, facts->most, view->arena));
    const char *total = facts->total.kind == VALUE_NULL
                            ? ""
                            : arena_printf(view->arena, ", pour un total %s%s%s",
                                           facts->is_least ? "d’au moins " : "de ",
                                           say_value(&facts->saying, facts->total, view->arena),
                                           facts->leaves_doubtful ? ", sans les cas douteux" : "");
    return arena_printf(view->arena, "%s : %s%s",
                        facts->cumulates ? "plus forte hausse" : "maximum",
                        alt_extreme(view, facts, facts->most, facts->n_most), total);
}

static const char *tell_gap(const AltView *view, const LayerFacts *facts) {
    static const char *const units[] = {
        [DATE_DAY] = "jours", [DATE_MONTH] = "mois", [DATE_YEAR] = "ans"};
    bool is_followed =
        facts->words->is_event ? facts->is_event : facts->words->is_piled && view->figure->has_time;
    const Saying plain = saying_plain();
    Gap gap;
    if (!is_followed || facts->n < 3 || !facts_gap(facts, &gap)) return "";
    return arena_printf(
        view->arena, "le plus long intervalle entre deux %s est de %s %s, %s", facts->words->many,
        say_value(&plain, (Value){.kind = VALUE_INT, .integer = gap.count}, view->arena),
        units[gap.unit],
        say_plain(arena_take(view->arena, fr_date_range(gap.from, gap.to, false)), view->arena));
}

/* The label, and the days unless it says their year. */
static const char *tell_label(const AltView *view, const LayerFacts *facts, const Entry *entry) {
    g_autoptr(GString) lines = g_string_new(facts->layer->labels[entry->row].plain);
    g_string_replace(lines, "\n", ", ", 0);
    const char *label = say_text(lines->str, view->arena);
    if (!*label) return alt_entry(view, facts, entry, true);
    const char *date = entry->has_date ? say_date(entry->date, view->arena) : "";
    g_autofree char *digits = g_strdup_printf("%d", date_year(entry->date.first));
    bool has_date = !*date || (date_has_start(entry->date) && strstr(label, digits));
    return has_date ? label : arena_printf(view->arena, "%s, %s", label, date);
}

/* Of a row without a name, the date speaks first: "en 2017, 25 missiles". */
static const char *tell_entry(const AltView *view, const LayerFacts *facts, const Entry *entry) {
    const char *value = facts_say(facts, entry, view->arena);
    if (facts->is_told) return tell_label(view, facts, entry);
    if (facts_name(facts, entry, view->arena) || !entry->has_date || !value)
        return alt_entry(view, facts, entry, true);
    return arena_printf(view->arena, "%s, %s", say_date(entry->date, view->arena), value);
}

static const char *tell_entries(const AltView *view, const LayerFacts *facts) {
    if (facts->n < 2 || facts->n > MOST_ENTRIES) return "";
    g_autoptr(GPtrArray) parts = g_ptr_array_new();
    for (size_t i = 0; i < facts->n; i++)
        g_ptr_array_add(parts, (char *)tell_entry(view, facts, &facts->entries[i]));
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

static void add_backgrounds(const AltView *view, GPtrArray *parts) {
    for (size_t i = 0; i < view->n_backgrounds; i++) {
        const LayerFacts *facts = &view->backgrounds[i];
        const RichText *labels = facts->layer->labels;
        for (size_t k = 0; labels && k < MIN(facts->n, MOST_RULES); k++) {
            const Entry *entry = &facts->entries[k];
            bool is_dated = entry->has_date && view->figure->has_time;
            const char *date = is_dated ? say_date(entry->date, view->arena) : "";
            g_ptr_array_add(parts, arena_printf(view->arena, "%s « %s »%s%s", facts->words->each,
                                                say_text(labels[entry->row].plain, view->arena),
                                                *date ? ", " : "", date));
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

/* Another medium has the same remark in other words. */
static bool is_said_before(const Figure *figure, size_t i) {
    const Note *note = &figure->notes[i];
    for (size_t k = 0; k < i; k++) {
        const Note *other = &figure->notes[k];
        if (note->media && other->media && note->panel == other->panel &&
            g_str_equal(note->at, other->at))
            return true;
    }
    return false;
}

static void add_notes(const AltView *view, GPtrArray *parts) {
    for (size_t i = 0; i < view->figure->n_notes; i++)
        if (!is_said_before(view->figure, i))
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

/* The values of many columns or bars: where they are lowest. */
static const char *tell_least(const AltView *view, const LayerFacts *facts) {
    bool is_needed = facts->least && facts->n > MOST_ENTRIES && !facts->is_event;
    if (!is_needed || facts->n_most == facts->n) return "";
    return arena_printf(view->arena, "minimum : %s",
                        alt_extreme(view, facts, facts->least, facts->n_least));
}

static size_t count_needed(const Clause *clauses, size_t n, int least) {
    size_t found = 0;
    for (size_t i = 0; i < n; i++) found += *clauses[i].text && clauses[i].need >= least;
    return found;
}

const char *alt_describe(const AltView *view) {
    const Clause clauses[] = {
        {tell_subject(view), 4},         {*view->title ? view->subtitle : "", 3},
        {tell_each(view, tell_axes), 4}, {tell_each(view, tell_rows), 4},
        {tell_each(view, tell_most), 4}, {tell_each(view, tell_entries), 3},
        {tell_each(view, tell_gap), 2},  {tell_each(view, tell_least), 1},
        {tell_certainty(view), 4},       {tell_marked(view), 4},
    };
    int least = 1;
    while (least < 4 && count_needed(clauses, G_N_ELEMENTS(clauses), least) > MOST_SENTENCES)
        least++;
    return alt_clauses(view, clauses, G_N_ELEMENTS(clauses), least);
}
