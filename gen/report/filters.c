#include "report/filters.h"

#include "base/diag.h"
#include "lang/fr_format.h"

#include <string.h>

typedef struct {
    const char *const *args;
    size_t n_args;
    Arena *arena;
    const char *problem, *hint;
} Call;

typedef enum { TAKES_NUMBER = 1, TAKES_DATE = 2, TAKES_TEXT = 4, TAKES_NULL = 8 } Takes;

typedef struct {
    const char *name;
    unsigned takes;
    size_t min_args, max_args;
    const char *usage;
    const char *(*apply)(Call *call, Value value); /* NULL: call->problem says why */
} Filter;

static const char *keep(Call *call, char *text) {
    return arena_take(call->arena, text);
}

static const char *fail(Call *call, const char *problem, const char *hint) {
    call->problem = problem;
    call->hint = hint;
    return NULL;
}

/* The argument as a count of decimals, -1 when absent. */
static bool read_decimals(Call *call, size_t at, int *ret) {
    if (at >= call->n_args) return *ret = -1, true;
    const char *text = call->args[at];
    if (!g_ascii_isdigit(text[0]) || text[1])
        return fail(call, "decimals must be a digit", "write for example: number 1"), false;
    return *ret = text[0] - '0', true;
}

static const char *apply_number(Call *call, Value value) {
    int decimals;
    if (!read_decimals(call, 0, &decimals)) return NULL;
    FrNumber options = {.decimals = decimals};
    return keep(call, fr_number(value_decimal(value, call->arena), &options));
}

static const char *apply_percent(Call *call, Value value) {
    int decimals;
    if (!read_decimals(call, 0, &decimals)) return NULL;
    FrNumber options = {.decimals = decimals};
    return keep(call, fr_percent(value_decimal(value, call->arena), false, &options));
}

static const char *apply_unit(Call *call, Value value) {
    return keep(call, fr_unit(value_decimal(value, call->arena), call->args[0], NULL));
}

static const char *apply_compact(Call *call, Value value) {
    int decimals;
    if (!read_decimals(call, 0, &decimals)) return NULL;
    return keep(call, fr_compact(value_decimal(value, call->arena), decimals));
}

/* Without a count, billions show hundredths and millions tenths at the most: `5,47 Md$`,
 * `387,5 M$`. */
static int money_decimals(double amount) {
    if (amount >= 1e9 || amount <= -1e9) return 2;
    return amount >= 1e4 || amount <= -1e4 ? 1 : -1;
}

static const char *apply_money(Call *call, Value value) {
    size_t at = 0;
    FrMoneyStyle style = FR_MONEY_WORDS;
    if (call->n_args && !g_ascii_isdigit(call->args[0][0])) {
        const char *word = call->args[at++];
        if (g_str_equal(word, "short"))
            style = FR_MONEY_SYMBOL;
        else if (g_str_equal(word, "full"))
            style = FR_MONEY_FULL;
        else if (!g_str_equal(word, "words"))
            return fail(call, "unknown style of money", "use words, short or full");
    }
    int decimals;
    if (!read_decimals(call, at, &decimals)) return NULL;
    if (at + 1 < call->n_args)
        return fail(call, "the style comes before the decimals",
                    "write for example: money short 1");
    if (decimals < 0 && style == FR_MONEY_SYMBOL) decimals = money_decimals(value_number(value));
    return keep(call, fr_money(value_decimal(value, call->arena), "USD", style, decimals));
}

static const char *apply_count(Call *call, Value value) {
    return keep(call, fr_counted(value_decimal(value, call->arena), call->args[0], call->args[1]));
}

/* Small numbers in words, as running text wants them; from seventeen on, digits. */
static const char *apply_count_words(Call *call, Value value) {
    static const char *const words[] = {NULL,    NULL,     "deux",     "trois",  "quatre", "cinq",
                                        "six",   "sept",   "huit",     "neuf",   "dix",    "onze",
                                        "douze", "treize", "quatorze", "quinze", "seize"};
    double number = value_number(value);
    if (value.kind != VALUE_INT || number < 2 || number > 16) return apply_count(call, value);
    return arena_printf(call->arena, "%s %s", words[(int)number], call->args[1]);
}

static const char *apply_ordinal(Call *call, Value value) {
    return keep(call, fr_ordinal((int)value_number(value), false, false));
}

static const char *apply_date(Call *call, Value value) {
    static const struct {
        const char *name;
        FrDateStyle style;
    } styles[] = {{"long", FR_DATE_LONG},
                  {"full", FR_DATE_FULL},
                  {"short", FR_DATE_SHORT},
                  {"numeric", FR_DATE_NUMERIC},
                  {"day", FR_DATE_DAY_MONTH}};
    if (!call->n_args) return keep(call, fr_date(value.date, FR_DATE_LONG));
    for (size_t i = 0; i < G_N_ELEMENTS(styles); i++)
        if (g_str_equal(call->args[0], styles[i].name))
            return keep(call, fr_date(value.date, styles[i].style));
    return fail(call, "unknown style of date", "use long, full, short, numeric or day");
}

static const char *apply_month(Call *call, Value value) {
    bool is_short = call->n_args && g_str_equal(call->args[0], "short");
    if (call->n_args && !is_short)
        return fail(call, "unknown style of month", "use short, or none");
    if (value.date.precision == DATE_YEAR) return keep(call, fr_date(value.date, FR_DATE_YEAR));
    return keep(call, fr_date(value.date, is_short ? FR_DATE_MONTH_SHORT : FR_DATE_MONTH));
}

static const char *apply_year(Call *call, Value value) {
    if (value.kind == VALUE_DATE) return keep(call, fr_date(value.date, FR_DATE_YEAR));
    return value_plain(value, call->arena);
}

static const char *apply_text(Call *call, Value value) {
    return value_plain(value, call->arena);
}

static const char *apply_upper(Call *call, Value value) {
    return keep(call, g_utf8_strup(value_plain(value, call->arena), -1));
}

static const char *apply_capital(Call *call, Value value) {
    const char *text = value_plain(value, call->arena);
    if (!*text) return text;
    const char *rest = g_utf8_next_char(text);
    g_autofree char *first = g_utf8_strup(text, rest - text);
    return arena_printf(call->arena, "%s%s", first, rest);
}

static const char *apply_after(Call *call, Value value) {
    return keep(call, fr_elide(call->args[0], value_plain(value, call->arena)));
}

static const char *apply_prefix(Call *call, Value value) {
    return arena_printf(call->arena, "%s%s", call->args[0], value.text);
}

static const char *apply_suffix(Call *call, Value value) {
    return arena_printf(call->arena, "%s%s", value.text, call->args[0]);
}

static const char *apply_or(Call *call, Value value) {
    return value.kind == VALUE_NULL ? arena_strdup(call->arena, call->args[0])
                                    : filter_default(value, call->arena);
}

static const Filter filters[] = {
    {"after", TAKES_TEXT, 1, 1, "after de (elides: d’Upbit)", apply_after},
    {"capital", TAKES_TEXT, 0, 0, "capital", apply_capital},
    {"compact", TAKES_NUMBER, 0, 1, "compact [decimals]", apply_compact},
    {"count", TAKES_NUMBER, 2, 2, "count missile missiles", apply_count},
    {"count_words", TAKES_NUMBER, 2, 2, "count_words missile missiles", apply_count_words},
    {"date", TAKES_DATE, 0, 1, "date [long|full|short|numeric|day]", apply_date},
    {"money", TAKES_NUMBER, 0, 2, "money [words|short|full] [decimals]", apply_money},
    {"month", TAKES_DATE, 0, 1, "month [short]", apply_month},
    {"number", TAKES_NUMBER, 0, 1, "number [decimals]", apply_number},
    {"or", TAKES_NUMBER | TAKES_DATE | TAKES_TEXT | TAKES_NULL, 1, 1, "or \"inconnu\"", apply_or},
    {"prefix", TAKES_TEXT, 1, 1, "prefix \"de \"", apply_prefix},
    {"ordinal", TAKES_NUMBER, 0, 0, "ordinal", apply_ordinal},
    {"percent", TAKES_NUMBER, 0, 1, "percent [decimals]", apply_percent},
    {"suffix", TAKES_TEXT, 1, 1, "suffix \" environ\"", apply_suffix},
    {"text", TAKES_NUMBER | TAKES_DATE | TAKES_TEXT, 0, 0, "text", apply_text},
    {"unit", TAKES_NUMBER, 1, 1, "unit km", apply_unit},
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
    if (nearest) return arena_printf(arena, "did you mean « %s »?", nearest);
    g_autofree char *all = g_strjoinv(", ", (char **)known);
    return arena_printf(arena, "the filters are: %s", all);
}

bool filter_apply(const char *name, const char *const *args, size_t n_args, Value *value,
                  Arena *arena, const char **ret_problem, const char **ret_hint) {
    const Filter *filter = filter_find(name);
    if (!filter) {
        *ret_problem = arena_printf(arena, "unknown filter « %s »", name);
        *ret_hint = unknown_hint(name, arena);
        return false;
    }
    if (n_args < filter->min_args || n_args > filter->max_args) {
        *ret_problem = arena_printf(arena, "filter %s: wrong number of arguments", name);
        *ret_hint = arena_printf(arena, "write: %s", filter->usage);
        return false;
    }
    if (value->kind == VALUE_NULL && !(filter->takes & TAKES_NULL)) return true;
    if (!(filter->takes & what_it_is(*value))) {
        *ret_problem =
            arena_printf(arena, "filter %s cannot take %s", name, value_kind_name(value->kind));
        *ret_hint = "check the query's column, or use another filter";
        return false;
    }
    Call call = {args, n_args, arena, NULL, NULL};
    const char *text = filter->apply(&call, *value);
    if (!text) {
        *ret_problem = arena_printf(arena, "filter %s: %s", name, call.problem);
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
