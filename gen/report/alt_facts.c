#include "report/alt_facts.h"

#include "lang/fr_format.h"
#include "report/alt_label.h"

#include <string.h>

typedef struct {
    int from, to, name, value, low, high, doubt, stack, at_least;
} Columns;

static int column_of(const Layer *layer, const char *key) {
    const Node *node = key ? node_peek(layer->node, key) : NULL;
    return node && node->text ? table_column(layer->data, node->text) : -1;
}

static bool is_on(const Layer *layer, const char *key) {
    const Node *node = key ? node_peek(layer->node, key) : NULL;
    return node && node->text && g_str_equal(node->text, "true");
}

static Columns columns_of(const Layer *layer, const MarkWords *words) {
    return (Columns){.from = column_of(layer, words->from),
                     .to = column_of(layer, words->to),
                     .name = column_of(layer, words->name),
                     .value = column_of(layer, words->value),
                     .low = column_of(layer, words->low),
                     .high = column_of(layer, words->high),
                     .doubt = column_of(layer, words->doubt),
                     .stack = column_of(layer, words->stack),
                     .at_least = column_of(layer, words->at_least)};
}

static Value cell_at(const Layer *layer, size_t row, int column) {
    return column >= 0 ? table_cell(layer->data, row, (size_t)column) : (Value){0};
}

/* A whole number from 1 to 9999 is a year, as on the axes; on an axis of names a small one is not.
 */
static bool as_date(Value value, int first_year, Date *ret) {
    if (value.kind == VALUE_INT && value.integer < first_year) return false;
    return value_as_date(value, ret);
}

static bool read_date(const Figure *figure, const Layer *layer, const Columns *of, size_t row,
                      Entry *entry) {
    int column = of->from >= 0 ? of->from : of->name;
    int first_year = figure->has_time ? 1 : 1000;
    if (!as_date(cell_at(layer, row, column), first_year, &entry->date)) return false;
    Date end;
    if (of->to >= 0 && of->to != of->from) {
        if (!as_date(cell_at(layer, row, of->to), first_year, &end)) return false;
        entry->date = date_span(entry->date, end);
    }
    return entry->has_date = true;
}

/* False for what is not within one month. */
static bool to_month(Entry *entry) {
    int year, month, day;
    if (!entry->has_date) return false;
    date_civil(entry->date.first, &year, &month, &day);
    const Date whole = date_from_ymd(year, month, 0);
    if (entry->date.last > whole.last) return false;
    entry->date = whole;
    return true;
}

/* False for a row that the figure does not show. */
static bool read_entry(const Figure *figure, const LayerFacts *facts, const Columns *of, size_t row,
                       Entry *entry) {
    const Layer *layer = facts->layer;
    *entry = (Entry){.row = row};
    read_date(figure, layer, of, row, entry);
    if (figure->has_time && of->from >= 0 &&
        !(entry->has_date && figure_shows(figure, entry->date)))
        return false;
    Value value = cell_at(layer, row, of->value), doubt = cell_at(layer, row, of->doubt);
    if (value_is_number(value)) entry->value = value;
    Value low = cell_at(layer, row, of->low), high = cell_at(layer, row, of->high);
    if (value_is_number(low) && value_is_number(high)) entry->low = low, entry->high = high;
    if (facts->words->is_count && of->value < 0)
        entry->value = (Value){.kind = VALUE_INT, .integer = 1};
    if (facts->words->is_monthly && !to_month(entry)) return false;
    entry->is_doubtful = value_number(doubt) != 0;
    entry->is_least = value_number(cell_at(layer, row, of->at_least)) != 0;
    bool wants_value = of->value >= 0 && of->low < 0;
    return !wants_value || entry->value.kind != VALUE_NULL;
}

static bool has_range(const Entry *entry) {
    return entry->low.kind != VALUE_NULL;
}

static double weight(const Entry *entry) {
    return value_number(entry->value.kind != VALUE_NULL ? entry->value : entry->high);
}

static bool has_weight(const Entry *entry) {
    return entry->value.kind != VALUE_NULL || has_range(entry);
}

static Value sum_of(Value a, Value b) {
    if (a.kind == VALUE_NULL) return b;
    if (a.kind == VALUE_INT && b.kind == VALUE_INT)
        return (Value){.kind = VALUE_INT, .integer = a.integer + b.integer};
    return (Value){.kind = VALUE_REAL, .real = value_number(a) + value_number(b)};
}

/* What rows of one symbol have in common. */
static char *pile_key(const LayerFacts *facts, const Entry *entry, Arena *arena) {
    char date[DATE_TEXT_SIZE];
    if (entry->has_date) return date_print(entry->date, date), g_strdup(date);
    return g_strdup(value_plain(cell_at(facts->layer, entry->row, facts->name), arena));
}

static void add_entry(LayerFacts *facts, const Entry *entry, GHashTable *piles, Arena *arena) {
    facts->n_rows++;
    facts->is_least |= entry->is_least;
    g_autofree char *key = facts->words->is_piled ? pile_key(facts, entry, arena) : NULL;
    Entry *pile = key ? g_hash_table_lookup(piles, key) : NULL;
    if (pile) {
        pile->value = sum_of(pile->value, entry->value);
        pile->is_least |= entry->is_least;
        return;
    }
    facts->entries[facts->n] = *entry;
    if (key) g_hash_table_insert(piles, g_steal_pointer(&key), &facts->entries[facts->n]);
    facts->n++;
}

static int by_date(const void *a, const void *b) {
    return date_compare(((const Entry *)a)->date, ((const Entry *)b)->date);
}

/* Stable, unlike qsort(): rows of one day keep their order. */
static void sort_entries(LayerFacts *facts) {
    GArray *sorted = g_array_new(FALSE, FALSE, sizeof(Entry));
    g_array_append_vals(sorted, facts->entries, (guint)facts->n);
    g_array_sort(sorted, by_date);
    if (facts->n) memcpy(facts->entries, sorted->data, facts->n * sizeof(Entry));
    g_array_unref(sorted);
}

/* Years without a row are years at 0, as columns are drawn. */
static void fill_years(LayerFacts *facts, Arena *arena) {
    if (!facts->n) return;
    int first = date_year(facts->entries[0].date.first);
    int last = date_year(facts->entries[facts->n - 1].date.first);
    for (size_t i = 0; i < facts->n; i++)
        if (facts->entries[i].date.precision != DATE_YEAR) return;
    Entry *filled = ARENA_ARRAY(arena, Entry, (size_t)(last - first) + 1);
    size_t n = 0, next = 0;
    for (int year = first; year <= last; year++) {
        Date date = date_from_ymd(year, 0, 0);
        bool has_row = facts->entries[next].date.first == date.first;
        filled[n++] = has_row ? facts->entries[next++]
                              : (Entry){.date = date, .has_date = true, .value = {VALUE_INT, {0}}};
    }
    facts->entries = filled;
    facts->n = n;
}

static void find_extremes(LayerFacts *facts) {
    for (size_t i = 0; i < facts->n; i++) {
        const Entry *entry = &facts->entries[i];
        if (!has_weight(entry)) continue;
        facts->has_values = true;
        if (!facts->most || weight(entry) > weight(facts->most))
            facts->most = entry, facts->n_most = 0;
        facts->n_most += weight(entry) == weight(facts->most);
        if (!facts->least || weight(entry) < weight(facts->least))
            facts->least = entry, facts->n_least = 0;
        facts->n_least += weight(entry) == weight(facts->least);
    }
}

/* Parts of one whole, none of them below nothing, counted or paid but not measured or shared out.
 * What is contested is told apart, and not added up. */
static void find_total(LayerFacts *facts) {
    bool adds_up = facts->words->adds_up || facts->is_stacked || facts->cumulates ||
                   (facts->words->is_piled && facts->saying.is_noun);
    bool is_share = g_str_equal(facts->saying.filter, "percent");
    if (!adds_up || is_share || facts->n < 2) return;
    Value total = {0};
    for (size_t i = 0; i < facts->n; i++) {
        const Entry *entry = &facts->entries[i];
        if (entry->value.kind == VALUE_NULL || value_number(entry->value) < 0) return;
        facts->leaves_doubtful |= entry->is_doubtful;
        if (!entry->is_doubtful) total = sum_of(total, entry->value);
    }
    facts->total = total;
}

/* A text of the template that was not bound, with its typography. */
static const char *set_text(const Node *node, const FrTypoOptions *typography, Arena *arena) {
    if (!node || !node->text) return NULL;
    return say_plain(rich_plain(node->text, typography, arena).plain, arena);
}

static Saying saying_of(const Layer *layer, const MarkWords *words, const LabelFacts *label,
                        const FrTypoOptions *typography, Arena *arena) {
    if (label->has_saying) return label->saying;
    const Node *noun = node_peek(layer->node, "noun");
    bool is_pair = noun && noun->kind == NODE_LIST && noun->n_children == 2;
    if (is_pair && noun->children[0]->text && noun->children[1]->text)
        return saying_of_noun(set_text(noun->children[0], typography, arena),
                              set_text(noun->children[1], typography, arena), arena);
    const Node *unit = words->unit ? node_peek(layer->node, words->unit) : NULL;
    Saying saying = saying_of_unit(set_text(unit, typography, arena), arena);
    if (words->is_count && !saying.many) saying.measure = "le nombre";
    return saying;
}

static void read_rows(const Figure *figure, const Columns *of, LayerFacts *facts, Arena *arena) {
    g_autoptr(GHashTable) piles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    facts->has_dates = true;
    for (size_t i = 0; i < facts->layer->data->n_rows; i++) {
        Entry entry;
        if (!read_entry(figure, facts, of, i, &entry)) continue;
        facts->has_dates &= entry.has_date;
        add_entry(facts, &entry, piles, arena);
    }
}

LayerFacts facts_read(const Figure *figure, int panel, const Layer *layer, const MarkWords *words,
                      const FrTypoOptions *typography, Arena *arena) {
    Columns of = columns_of(layer, words);
    int shown = of.value >= 0 ? of.value : of.low;
    LabelFacts label = label_read(layer, shown, arena);
    if (shown < 0) of.value = label.value;
    LayerFacts facts = {.layer = layer,
                        .words = words,
                        .panel = panel,
                        .saying = saying_of(layer, words, &label, typography, arena),
                        .typography = typography,
                        .before = label.value >= 0 ? label.before : -1,
                        .is_told = shown < 0 && layer->labels,
                        .name = label.name >= 0 ? label.name
                                : of.name >= 0  ? of.name
                                                : of.from,
                        .entries = ARENA_ARRAY(arena, Entry, layer->data->n_rows + 1),
                        .is_event = words->is_event &&
                                    !(words->is_piled && layer_counts_periods(layer, of.from)),
                        .cumulates = is_on(layer, words->cumulate),
                        .is_stacked = of.stack >= 0,
                        .has_classes = column_of(layer, words->class) >= 0};
    read_rows(figure, &of, &facts, arena);
    if (facts.has_dates) sort_entries(&facts);
    if (words->fills_years && facts.has_dates && !figure->has_time) fill_years(&facts, arena);
    find_extremes(&facts);
    /* Where no column stands the value is 0: the lowest column is not the minimum. */
    if (words->is_piled && figure->has_time) facts.least = NULL;
    find_total(&facts);
    return facts;
}

const char *facts_text(const LayerFacts *facts, const char *key, Arena *arena) {
    const Node *node = key ? node_peek(facts->layer->node, key) : NULL;
    return set_text(node, facts->typography, arena);
}

const char *facts_name(const LayerFacts *facts, const Entry *entry, Arena *arena) {
    Value value = cell_at(facts->layer, entry->row, facts->name);
    if (value.kind == VALUE_NULL || value.kind == VALUE_DATE) return NULL;
    if (value.kind != VALUE_TEXT && entry->has_date) return NULL; /* a year */
    const char *text = value.kind == VALUE_REAL
                           ? arena_take(arena, fr_number(value_decimal(value, arena), NULL))
                           : value_plain(value, arena);
    const char *said = say_text(rich_plain(text, facts->typography, arena).plain, arena);
    return *said ? said : NULL;
}

/* ---- the longest wait */

static int months_of(int32_t day) {
    int year, month, ignored;
    date_civil(day, &year, &month, &ignored);
    return year * 12 + month;
}

/* From one date to a later one, in what both are known to. */
static bool gap_between(Date from, Date to, Gap *ret) {
    DatePrecision end = date_end_precision(from), start = date_start_precision(to);
    if (end != start || date_qualifiers(from) || date_qualifiers(to)) return false;
    *ret = (Gap){.from = from, .to = to, .unit = end};
    switch (end) {
    case DATE_DAY: ret->count = to.first - from.last; break;
    case DATE_MONTH: ret->count = months_of(to.first) - months_of(from.last); break;
    case DATE_YEAR: ret->count = (months_of(to.first) - months_of(from.last) + 11) / 12; break;
    default: return false;
    }
    return ret->count > 1;
}

bool facts_gap(const LayerFacts *facts, Gap *ret_gap) {
    bool is_found = false;
    int32_t longest = 0;
    Date last = {0};
    for (size_t i = 0; facts->has_dates && i < facts->n; i++) {
        const Entry *entry = &facts->entries[i];
        bool is_empty = entry->value.kind != VALUE_NULL && value_number(entry->value) == 0;
        if (is_empty && facts->words->is_piled) continue;
        if (!date_has_start(entry->date) || !date_has_end(entry->date)) return false;
        Gap gap;
        if (last.precision == entry->date.precision && i > 0 &&
            entry->date.first - last.last > longest && gap_between(last, entry->date, &gap)) {
            longest = entry->date.first - last.last;
            *ret_gap = gap;
            is_found = true;
        }
        if (i == 0 || entry->date.last > last.last) last = entry->date;
    }
    return is_found;
}

/* ---- what is not known well */

static bool is_rough(Date date) {
    return date.precision == DATE_MONTH || date.precision == DATE_YEAR ||
           date.precision == DATE_DECADE;
}

Doubts facts_doubts(const LayerFacts *facts) {
    Doubts doubts = {0};
    bool is_event = facts->is_event;
    for (size_t i = 0; i < facts->n; i++) {
        const Entry *entry = &facts->entries[i];
        unsigned said = entry->has_date ? date_qualifiers(entry->date) : 0;
        bool is_open =
            entry->has_date && !(date_has_start(entry->date) && date_has_end(entry->date));
        doubts.approximate += (said & DATE_APPROXIMATE) != 0;
        doubts.uncertain += (said & DATE_UNCERTAIN) != 0;
        doubts.open += is_open;
        doubts.rough += is_event && entry->has_date && is_rough(entry->date);
        doubts.spans +=
            is_event && entry->has_date && !is_open && entry->date.precision == DATE_INTERVAL;
        doubts.ranges += has_range(entry) && value_number(entry->low) != value_number(entry->high);
        doubts.doubtful += entry->is_doubtful;
    }
    return doubts;
}

size_t facts_categories(const LayerFacts *facts, const char ***ret_names, Arena *arena) {
    const Node *colors = node_peek(facts->layer->node, "colors");
    if (!facts->is_stacked && !facts->has_classes) return 0;
    if (!colors || colors->kind != NODE_MAP) return 0;
    const char **names = ARENA_ARRAY(arena, const char *, colors->n_children + 1);
    for (size_t i = 0; i < colors->n_children; i++)
        names[i] =
            say_text(rich_plain(colors->children[i]->key, facts->typography, arena).plain, arena);
    *ret_names = names;
    return colors->n_children;
}

static const char *text_at(const LayerFacts *facts, const Entry *entry, int column, Arena *arena) {
    Value value = cell_at(facts->layer, entry->row, column);
    if (value.kind != VALUE_TEXT) return "";
    return say_text(rich_plain(value.text, facts->typography, arena).plain, arena);
}

const char *facts_say(const LayerFacts *facts, const Entry *entry, Arena *arena) {
    if (entry->value.kind != VALUE_NULL) {
        const char *before = text_at(facts, entry, facts->before, arena);
        if (!*before && entry->is_least) before = "au moins";
        return arena_printf(arena, "%s%s%s", before, *before ? " " : "",
                            say_value(&facts->saying, entry->value, arena));
    }
    return has_range(entry) ? say_values(&facts->saying, entry->low, entry->high, arena) : NULL;
}
