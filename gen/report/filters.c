#include "report/filters.h"

#include "base/diag.h"
#include "base/i18n.h"
#include "lang/fr_format.h"
#include "report/filter_call.h"

#include <string.h>

typedef enum { TAKES_NUMBER = 1, TAKES_DATE = 2, TAKES_TEXT = 4, TAKES_NULL = 8 } Takes;

typedef struct {
    const char *name;
    unsigned takes;
    size_t min_args, max_args;
    const char *usage;
    const char *(*apply)(Call *call, Value value); /* NULL: call->problem says why */
} Filter;

static const char *apply_or(Call *call, Value value) {
    return value.kind == VALUE_NULL ? arena_strdup(call->arena, call->args[0])
                                    : filter_default(value, call->arena);
}

enum { TAKES_ANY = TAKES_NUMBER | TAKES_DATE | TAKES_TEXT };

static const Filter filters[] = {
    {"after", TAKES_TEXT, 1, 1, "after de (elides: d’Upbit)", apply_after},
    {"capital", TAKES_TEXT, 0, 0, "capital", apply_capital},
    {"century", TAKES_NUMBER | TAKES_DATE, 0, 0, "century", apply_century},
    {"compact", TAKES_NUMBER, 0, 1, "compact [decimals]", apply_compact},
    {"count", TAKES_NUMBER, 2, 2, "count missile missiles", apply_count},
    {"count_words", TAKES_NUMBER, 2, 2, "count_words missile missiles", apply_count_words},
    {"country", TAKES_TEXT, 1, 1, "country en|de|le", apply_country},
    {"date", TAKES_DATE, 0, 1, "date [long|full|short|numeric|day|prose|loose]", apply_date},
    {"half", TAKES_DATE | TAKES_TEXT, 0, 1, "half [long]", apply_half},
    {"list", TAKES_TEXT, 0, 2, "list [sorted] [ou]", apply_list},
    {"money", TAKES_NUMBER, 0, 3, "money [words|short|full] [EUR] [decimals]", apply_money},
    {"month", TAKES_DATE, 0, 1, "month [short]", apply_month},
    {"number", TAKES_NUMBER, 0, 2, "number [sign] [decimals]", apply_number},
    {"or", TAKES_ANY | TAKES_NULL, 1, 1, "or \"inconnu\"", apply_or},
    {"ordinal", TAKES_NUMBER, 0, 2, "ordinal [feminine] [plural]", apply_ordinal},
    {"part", TAKES_DATE, 1, 2, "part early|mid|late [short]", apply_part},
    {"percent", TAKES_NUMBER, 0, 3, "percent [ratio] [sign] [decimals]", apply_percent},
    {"prefix", TAKES_TEXT, 1, 1, "prefix \"de \"", apply_prefix},
    {"quarter", TAKES_DATE | TAKES_TEXT, 0, 1, "quarter [long]", apply_quarter},
    {"range", TAKES_NUMBER | TAKES_DATE, 1, 3, "range :to [dash], or range :to [words] [unit]",
     apply_range},
    {"suffix", TAKES_TEXT, 1, 1, "suffix \" environ\"", apply_suffix},
    {"text", TAKES_ANY, 0, 0, "text", apply_text},
    {"time", TAKES_TEXT, 0, 0, "time", apply_time},
    {"unit", TAKES_NUMBER, 1, 3, "unit km [sign] [decimals]", apply_unit},
    {"upper", TAKES_TEXT, 0, 0, "upper", apply_upper},
    {"year", TAKES_NUMBER | TAKES_DATE, 0, 0, "year", apply_year},
};

static unsigned what_it_is(Value value) {
    switch (value.kind) {
    case VALUE_NULL: return TAKES_NULL;
    case VALUE_TEXT: return TAKES_TEXT;
    case VALUE_DATE: return TAKES_DATE;
    default: return TAKES_NUMBER;
    }
}

static const Filter *filter_find(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++)
        if (g_str_equal(filters[i].name, name)) return &filters[i];
    return NULL;
}

static const char *unknown_hint(const char *name, Arena *arena) {
    const char *known[G_N_ELEMENTS(filters) + 1] = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++) known[i] = filters[i].name;
    const char *nearest = nearest_word(name, known);
    if (nearest) return arena_printf(arena, _("did you mean « %s »?"), nearest);
    g_autofree char *all = g_strjoinv(", ", (char **)known);
    return arena_printf(arena, _("the filters are: %s"), all);
}

bool filter_apply(const char *name, const char *const *args, size_t n_args, Value *value,
                  Arena *arena, const char **ret_problem, const char **ret_hint) {
    const Filter *filter = filter_find(name);
    if (!filter) {
        *ret_problem = arena_printf(arena, _("unknown filter « %s »"), name);
        *ret_hint = unknown_hint(name, arena);
        return false;
    }
    if (n_args < filter->min_args || n_args > filter->max_args) {
        *ret_problem = arena_printf(arena, _("filter %s: wrong number of arguments"), name);
        *ret_hint = arena_printf(arena, _("write: %s"), filter->usage);
        return false;
    }
    if (value->kind == VALUE_NULL && !(filter->takes & TAKES_NULL)) return true;
    if (!(filter->takes & what_it_is(*value))) {
        *ret_problem = arena_printf(arena, _("filter %s cannot take %s"), name,
                                    _(value_kind_name(value->kind)));
        *ret_hint = N_("check the query's column, or use another filter");
        return false;
    }
    Call call = {.args = args, .n_args = n_args, .usage = filter->usage, .arena = arena};
    const char *text = filter->apply(&call, *value);
    if (!text) {
        *ret_problem = arena_printf(arena, _("filter %s: %s"), name, _(call.problem));
        *ret_hint = call.hint;
        return false;
    }
    *value = (Value){.kind = VALUE_TEXT, .text = text};
    return true;
}

const char *filter_default(Value value, Arena *arena) {
    switch (value.kind) {
    case VALUE_DATE: return arena_take(arena, fr_date(value.date, FR_DATE_LONG));
    case VALUE_INT:
    case VALUE_REAL: return arena_take(arena, fr_number(value_decimal(value, arena), NULL));
    default: return value_plain(value, arena);
    }
}
