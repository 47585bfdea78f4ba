#include "data/sql_functions.h"

#include "base/date.h"

#include <glib.h>

/* Source: sqlite.org/lang_corefunc.html, lang_aggfunc, windowfunctions, lang_mathfunc,
 * lang_datefunc and json1, without what depends on the clock, on chance or on the connection. */
static const char *const known[] = {
    "year", "month", "days",
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

/* NULL stays NULL; what is no date ends the query with a message that names the function. */
static bool read_date(sqlite3_context *context, sqlite3_value *value, Date *ret_date) {
    if (sqlite3_value_type(value) == SQLITE_NULL) return false;
    const char *text = (const char *)sqlite3_value_text(value);
    if (text && date_parse(text, ret_date)) return true;
    g_autofree char *message = g_strdup_printf(
        "%s(): « %s » is not a date", (const char *)sqlite3_user_data(context), text ? text : "");
    sqlite3_result_error(context, message, -1);
    return false;
}

static void call_year(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    Date date;
    if (!read_date(context, values[0], &date)) return;
    int year, month, day;
    date_civil(date.first, &year, &month, &day);
    sqlite3_result_int(context, year);
}

/* A date known to the year has no month. */
static void call_month(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    Date date;
    if (!read_date(context, values[0], &date) || date.precision == DATE_YEAR) return;
    char text[24];
    int year, month, day;
    date_civil(date.first, &year, &month, &day);
    date_print(date_from_ymd(year, month, 0), text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void call_days(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    Date date;
    if (read_date(context, values[0], &date)) sqlite3_result_int(context, date.first);
}

/* date() and the like without a date would read the clock. */
static void refuse_clock(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n, (void)values;
    g_autofree char *message = g_strdup_printf("%s() without a date would read the clock",
                                               (const char *)sqlite3_user_data(context));
    sqlite3_result_error(context, message, -1);
}

typedef struct {
    const char *name;
    int n;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
} Function;

static const Function functions[] = {
    {"year", 1, call_year},         {"month", 1, call_month},       {"days", 1, call_days},
    {"date", 0, refuse_clock},      {"time", 0, refuse_clock},      {"datetime", 0, refuse_clock},
    {"julianday", 0, refuse_clock}, {"unixepoch", 0, refuse_clock}, {"strftime", 1, refuse_clock},
};

void sql_functions_add(sqlite3 *connection) {
    for (size_t i = 0; i < G_N_ELEMENTS(functions); i++) {
        const Function *f = &functions[i];
        int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
        int rc = sqlite3_create_function_v2(connection, f->name, f->n, flags, (void *)f->name,
                                            f->call, NULL, NULL, NULL);
        g_assert(rc == SQLITE_OK);
    }
}
