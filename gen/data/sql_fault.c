#include "data/sql_fault.h"

#include "base/i18n.h"
#include "data/sql_functions.h"
#include "data/sql_scan.h"

#include <string.h>

Span sql_span(const Query *query, size_t start, size_t len) {
    return query->locate ? query->locate(query->owner, start, len) : (Span){0};
}

Span sql_span_whole(const Query *query) {
    const char *sql = query->sql;
    size_t start = strspn(sql, " \t\r\n"), end = strlen(sql);
    while (end > start && strchr(" \t\r\n", sql[end - 1])) end--;
    return sql_span(query, MIN(start, end), end - MIN(start, end));
}

Span sql_span_of(const Query *query, const char *text) {
    SqlToken token;
    bool is_found = sql_token_find(query->sql, SQL_WORD, text, &token) ||
                    sql_token_find(query->sql, SQL_PARAM, text, &token) ||
                    sql_token_find(query->sql, SQL_STRING, text, &token);
    return is_found ? sql_span(query, token.start, token.len) : sql_span_whole(query);
}

const char **sql_table_names(const Package *package) {
    const char **names = g_new0(const char *, package->n_resources + 1);
    for (size_t i = 0; i < package->n_resources; i++) names[i] = package->resources[i].table;
    return names;
}

/* Names of all columns, with those that dates add; a new vector. */
static GStrv column_names(const Package *package) {
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < package->n_resources; i++)
        for (size_t k = 0; k < package->resources[i].n_fields; k++) {
            const Field *field = &package->resources[i].fields[k];
            g_ptr_array_add(names, g_strdup(field->name));
            if (field->type != FIELD_DATE) continue;
            g_ptr_array_add(names, g_strconcat(field->name, "_start", NULL));
            g_ptr_array_add(names, g_strconcat(field->name, "_end", NULL));
            g_ptr_array_add(names, g_strconcat(field->name, "_precision", NULL));
        }
    g_ptr_array_add(names, NULL);
    return (GStrv)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

typedef struct {
    const Query *query;
    const Package *package;
    Span span;
    bool is_quoted; /* the faulty token stands between double quotes */
    Diag *diag;
} Context;

static void report_column(const Context *context, const char *name) {
    const char *dot = strrchr(name, '.');
    const char *bare = dot ? dot + 1 : name;
    g_auto(GStrv) names = column_names(context->package);
    const char *near = nearest_word(bare, (const char *const *)names);
    g_autofree char *hint =
        context->is_quoted ? g_strdup_printf(_("a text goes between single quotes: '%s'"), name)
        : near && strcmp(near, bare) == 0
            ? g_strdup(_("it is a column of a table that FROM does not name here"))
        : near ? g_strdup_printf(_("did you mean %s?"), near)
               : g_strdup(_("columns are described in datapackage.yaml"));
    diag_error(context->diag, context->span, "sql-error", hint, "no column is named « %s »", name);
}

static void report_table(const Context *context, const char *name) {
    g_autofree const char **names = sql_table_names(context->package);
    g_autofree char *all = g_strjoinv(", ", (char **)names);
    const char *near = nearest_word(name, names);
    g_autofree char *hint =
        near ? g_strdup_printf(_("did you mean %s?"), near) : g_strdup_printf(_("tables: %s"), all);
    diag_error(context->diag, context->span, "sql-error", hint, "no table is named « %s »", name);
}

static void report_function(const Context *context, const char *name) {
    const char *near = nearest_word(name, sql_functions_known());
    g_autofree char *hint =
        near ? g_strdup_printf(_("did you mean %s()?"), near)
             : g_strdup(_("functions of dates: year(), quarter(), month(), half(), days()"));
    diag_error(context->diag, context->span, "sql-error", hint, "no function is named « %s »",
               name);
}

static void report_collation(const Context *context, const char *name) {
    diag_error(context->diag, context->span, "sql-error",
               "use COLLATE fr for the order of a dictionary, COLLATE NOCASE to ignore capitals",
               "no order is named « %s »", name);
}

static void report_ambiguous(const Context *context, const char *name) {
    g_autofree char *hint = g_strdup_printf(_("write the table before it: table.%s"), name);
    diag_error(context->diag, context->span, "sql-error", hint,
               "several tables have a column « %s »", name);
}

/* near "X": syntax error */
static void report_near(const Context *context, const char *rest) {
    const char *end = strstr(rest, "\": ");
    int len = end ? (int)(end - rest) : (int)strlen(rest);
    diag_error(context->diag, context->span, "sql-error",
               "look before it: a comma, a parenthesis or a keyword may be missing or misspelt",
               "the SQL is not understood from « %.*s » on", len, rest);
}

static void report_token(const Context *context, const char *token) {
    bool is_open = *token == '\'' || *token == '"';
    diag_error(context->diag, context->span, "sql-error",
               is_open ? N_("close it; write '' for an apostrophe in a text")
                       : N_("delete it, or put it inside a text between single quotes"),
               is_open ? N_("this quote is never closed")
                       : N_("a character that SQL does not know"));
}

static void report_incomplete(const Context *context, const char *rest) {
    (void)rest;
    diag_error(context->diag, context->span, "sql-error",
               "a parenthesis, a name or a condition may be missing",
               "the query stops before its end");
}

typedef struct {
    const char *prefix;
    void (*report)(const Context *, const char *);
} Wording;

/* Tables are virtual: SQLite knows of its own that they cannot be written. */
static void report_modified(const Context *context, const char *rest) {
    g_autofree char *name = g_strndup(rest, strcspn(rest, " "));
    diag_error(context->diag, sql_span_of(context->query, name), "sql-error", "write one SELECT",
               "a query may only read");
}

static const Wording wordings[] = {
    {"table ", report_modified},
    {"no such column: ", report_column},
    {"no such table: ", report_table},
    {"no such function: ", report_function},
    {"no such collation sequence: ", report_collation},
    {"ambiguous column name: ", report_ambiguous},
    {"near \"", report_near},
    {"unrecognized token: \"", report_token},
    {"incomplete input", report_incomplete},
};

/* A function of ours names itself in its message: « year(): … ». */
static Span message_span(const Query *query, const char *message) {
    const char *open = strstr(message, "()");
    if (!open) return sql_span_whole(query);
    const char *word = open;
    while (word > message && (g_ascii_isalnum(word[-1]) || word[-1] == '_')) word--;
    g_autofree char *name = g_strndup(word, (gsize)(open - word));
    return sql_span_of(query, name);
}

void sql_fault_report(const Query *query, const Package *package, const char *message, int offset,
                      Diag *diag) {
    Context context = {.query = query, .package = package, .diag = diag};
    SqlToken token;
    if (offset >= 0 && sql_token_next(query->sql, (size_t)offset, &token)) {
        context.is_quoted = token.kind == SQL_NAME && query->sql[token.start] == '"';
        context.span = sql_span(query, token.start, token.len);
    } else {
        context.span = message_span(query, message);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(wordings); i++) {
        if (!g_str_has_prefix(message, wordings[i].prefix)) continue;
        const char *rest = message + strlen(wordings[i].prefix), *dot = strrchr(rest, '.');
        if (offset < 0) context.span = sql_span_of(query, dot ? dot + 1 : rest);
        wordings[i].report(&context, rest);
        return;
    }
    /* A function of ours says the remedy too, after a line end. */
    const char *hint = strrchr(message, '\n');
    g_autofree char *said = g_strndup(message, hint ? (gsize)(hint - message) : strlen(message));
    diag_error(diag, context.span, "sql-error", hint ? hint + 1 : N_("try it with frise query"),
               "SQL: %s", said);
}
