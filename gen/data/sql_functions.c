#include "data/sql_functions.h"

#include "base/i18n.h"
#include "base/value.h"
#include "lang/fr_format.h"

#include <glib.h>
#include <string.h>

/* Source: sqlite.org/lang_corefunc.html, lang_aggfunc, windowfunctions, lang_mathfunc,
 * lang_datefunc and json1, without what depends on the clock, on chance or on the connection. */
static const char *const known[] = {
    "year", "month", "days", "quarter", "half",
    /* French */
    "fr_date", "fr_quarter", "fr_number", "fr_percent", "fr_money", "fr_compact", "fr_country",
    "fr_after",
    /* core */
    "abs", "char", "coalesce", "format", "glob", "hex", "ifnull", "iif", "instr", "length", "like",
    "likelihood", "likely", "lower", "ltrim", "max", "min", "nullif", "printf", "quote", "replace",
    "round", "rtrim", "sign", "substr", "substring", "trim", "typeof", "unicode", "unlikely",
    "upper", "zeroblob",
    /* aggregates and windows */
    "avg", "count", "group_concat", "sum", "total", "row_number", "rank", "dense_rank",
    "percent_rank", "cume_dist", "ntile", "lag", "lead", "first_value", "last_value", "nth_value",
    /* mathematics */
    "acos", "asin", "atan", "atan2", "ceil", "ceiling", "cos", "degrees", "exp", "floor", "ln",
    "log", "log10", "log2", "mod", "pi", "pow", "power", "radians", "sin", "sqrt", "tan", "trunc",
    /* dates */
    "date", "time", "datetime", "julianday", "strftime", "unixepoch",
    /* JSON */
    "json", "json_array", "json_array_length", "json_extract", "json_group_array",
    "json_group_object", "json_object", "json_quote", "json_type", "json_valid", "->", "->>", NULL};

const char *const *sql_functions_known(void) {
    return known;
}

bool sql_function_is_allowed(const char *name) {
    for (size_t i = 0; known[i]; i++)
        if (g_ascii_strcasecmp(known[i], name) == 0) return true;
    return false;
}

typedef struct {
    int year, month, day;
} Civil;

/* Ends the query. sql_fault_report() parts the remedy from the message at the last line end. */
static void refuse(sqlite3_context *context, const char *message, const char *remedy) {
    g_autofree char *text = g_strconcat(message, "\n", remedy, NULL);
    sqlite3_result_error(context, text, -1);
}

/* NULL stays NULL; what is no date ends the query with a message that names the function. */
static bool read_date(sqlite3_context *context, sqlite3_value *value, Date *ret_date) {
    if (sqlite3_value_type(value) == SQLITE_NULL) return false;
    const char *text = (const char *)sqlite3_value_text(value);
    if (text && date_parse(text, ret_date)) return true;
    g_autofree char *message =
        g_strdup_printf(_("%s(): « %s » is not a date"), (const char *)sqlite3_user_data(context),
                        text ? text : "");
    refuse(context, message, _("dates are 2019, 2019-11 or 2019-11-27"));
    return false;
}

/* The first and last day of a date that has both. */
static bool read_days(sqlite3_context *context, sqlite3_value *value, Civil ret_ends[static 2]) {
    Date date;
    if (!read_date(context, value, &date) || !date_has_start(date) || !date_has_end(date))
        return false;
    date_civil(date.first, &ret_ends[0].year, &ret_ends[0].month, &ret_ends[0].day);
    date_civil(date.last, &ret_ends[1].year, &ret_ends[1].month, &ret_ends[1].day);
    return true;
}

/* What is not known to lie in one year, month, quarter or half gives NULL; qualifiers (`2016~`) do
 * not count. */
static void call_year(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    Civil ends[2];
    if (!read_days(context, values[0], ends) || ends[0].year != ends[1].year) return;
    sqlite3_result_int(context, ends[0].year);
}

static void call_month(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    Civil ends[2];
    if (!read_days(context, values[0], ends)) return;
    if (ends[0].year != ends[1].year || ends[0].month != ends[1].month) return;
    char text[DATE_TEXT_SIZE];
    date_print(date_from_ymd(ends[0].year, ends[0].month, 0), text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* The number of the first day it may be; an interval has one when it is a single day. */
static void call_days(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    Date date;
    if (!read_date(context, values[0], &date)) return;
    bool is_interval = date.precision == DATE_INTERVAL;
    if (!is_interval || date.first == date.last) sqlite3_result_int(context, date.first);
}

/* `2019-Q3`: the part of the year that all of the date lies in. */
static void answer_period(sqlite3_context *context, sqlite3_value *value, char letter, int months) {
    Civil ends[2];
    if (!read_days(context, value, ends) || ends[0].year != ends[1].year) return;
    int part = (ends[0].month - 1) / months;
    if (part != (ends[1].month - 1) / months) return;
    g_autofree char *text = g_strdup_printf("%04d-%c%d", ends[0].year, letter, part + 1);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void call_quarter(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    answer_period(context, values[0], 'Q', 3);
}

static void call_half(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    answer_period(context, values[0], 'H', 6);
}

typedef struct {
    const char *name, *kind; /* of lang/fr_format's grammar */
    const char *keys[2];     /* of the arguments after the first */
    int least;               /* how many arguments there must be */
} French;

/* The words of the templates' filters are French's own but for these. */
static const struct {
    const char *kind, *word, *meaning;
} synonyms[] = {
    {"money", "short", "symbol"}, {"date", "day", "day-month"}, {"prep", "le", "article"}};

static const char *argument_word(const char *kind, const char *text) {
    for (size_t i = 0; i < G_N_ELEMENTS(synonyms); i++)
        if (!strcmp(kind, synonyms[i].kind) && !strcmp(text, synonyms[i].word))
            return synonyms[i].meaning;
    return text;
}

/* The digits of a number as a person would write them, any other value as text. */
static char *argument_text(sqlite3_value *value) {
    if (sqlite3_value_type(value) != SQLITE_FLOAT) {
        const char *text = (const char *)sqlite3_value_text(value);
        return g_strdup(text ? text : "");
    }
    g_autoptr(Arena) arena = arena_new();
    Value number = {.kind = VALUE_REAL, .real = sqlite3_value_double(value)};
    return g_strdup(value_decimal(number, arena));
}

static void refuse_argument(sqlite3_context *context, const char *name, const char *why,
                            const char *remedy) {
    g_autofree char *message = g_strdup_printf("%s(): %s", name, why);
    refuse(context, message, remedy);
}

/* An argument becomes a part of a request: what would end it, `;`, is none of it. */
static bool is_plain(const char *text) {
    return g_utf8_validate(text, -1, NULL) && !strchr(text, ';');
}

/* fr_money(x, 'EUR', 'short'): the request `x ; cur=EUR ; style=symbol`. NULL stays NULL. */
static void call_french(sqlite3_context *context, int n, sqlite3_value **values) {
    const French *french = sqlite3_user_data(context);
    g_autoptr(GString) request = g_string_new(NULL);
    for (int i = 0; i < n; i++) {
        if (sqlite3_value_type(values[i]) == SQLITE_NULL) return;
        g_autofree char *text = argument_text(values[i]);
        if (!is_plain(text)) {
            refuse_argument(context, french->name, _("an argument holds « ; » or is no text"),
                            _("try it with frise query"));
            return;
        }
        if (i == 0)
            g_string_append(request, text);
        else
            g_string_append_printf(request, " ; %s=%s", french->keys[i - 1],
                                   argument_word(french->kind, text));
    }
    g_autofree char *answer = NULL, *error = NULL;
    if (fr_format(french->kind, request->str, &answer, &error)) {
        sqlite3_result_text(context, answer, -1, SQLITE_TRANSIENT);
        return;
    }
    if (g_str_has_suffix(error, ".")) error[strlen(error) - 1] = '\0';
    Date date;
    bool is_no_date = !strcmp(french->kind, "date") &&
                      !date_parse((const char *)sqlite3_value_text(values[0]), &date);
    refuse_argument(context, french->name, error,
                    is_no_date ? _("dates are 2019, 2019-11 or 2019-11-27")
                               : _("try it with frise query"));
}

static const French frenches[] = {
    {"fr_date", "date", {"style"}, 1},          {"fr_quarter", "quarter", {"style"}, 1},
    {"fr_number", "number", {"decimals"}, 1},   {"fr_percent", "percent", {"decimals"}, 1},
    {"fr_money", "money", {"cur", "style"}, 2}, {"fr_compact", "compact", {"decimals"}, 1},
    {"fr_country", "prep", {"form"}, 2},
};

/* fr_after('de', name): the word before, elided or contracted. */
static void call_after(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    const char *word = (const char *)sqlite3_value_text(values[0]);
    const char *next = (const char *)sqlite3_value_text(values[1]);
    if (!word || !next) return;
    if (!g_utf8_validate(word, -1, NULL) || !g_utf8_validate(next, -1, NULL)) {
        refuse_argument(context, "fr_after", _("an argument is no text"),
                        _("try it with frise query"));
        return;
    }
    g_autofree char *text = fr_elide(word, next);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static int compare_french(void *order, int a_len, const void *a, int b_len, const void *b) {
    return fr_order_compare(order, a, (size_t)a_len, b, (size_t)b_len);
}

static void free_order(void *order) {
    fr_order_free(order);
}

/* date() and the like without a date would read the clock. */
static void refuse_clock(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n, (void)values;
    g_autofree char *message = g_strdup_printf(_("%s() without a date would read the clock"),
                                               (const char *)sqlite3_user_data(context));
    refuse(context, message, _("use the parameter :as_of"));
}

typedef struct {
    const char *name;
    int n;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
} Function;

static const Function functions[] = {
    {"year", 1, call_year},         {"month", 1, call_month},       {"days", 1, call_days},
    {"quarter", 1, call_quarter},   {"half", 1, call_half},         {"fr_after", 2, call_after},
    {"date", 0, refuse_clock},      {"time", 0, refuse_clock},      {"datetime", 0, refuse_clock},
    {"julianday", 0, refuse_clock}, {"unixepoch", 0, refuse_clock}, {"strftime", 1, refuse_clock},
};

static void add_function(sqlite3 *connection, const char *name, int n, const void *data,
                         void (*call)(sqlite3_context *, int, sqlite3_value **)) {
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    int rc = sqlite3_create_function_v2(connection, name, n, flags, (void *)data, call, NULL, NULL,
                                        NULL);
    g_assert(rc == SQLITE_OK);
}

void sql_functions_add(sqlite3 *connection) {
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        const Function *f = &functions[i];
        add_function(connection, f->name, f->n, f->name, f->call);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(frenches); i++) {
        const French *french = &frenches[i];
        int most = french->keys[1] ? 3 : 2;
        for (int n = french->least; n <= most; n++)
            add_function(connection, french->name, n, french, call_french);
    }
    int rc = sqlite3_create_collation_v2(connection, "fr", SQLITE_UTF8, fr_order_new(FR_LOCALE_FR),
                                         compare_french, free_order);
    g_assert(rc == SQLITE_OK);
}
