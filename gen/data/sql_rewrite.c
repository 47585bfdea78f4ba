#include "data/sql_rewrite.h"

#include "data/sql_scan.h"

#include <string.h>

/* One SELECT, no WITH: no name can come from a query inside. */
static bool is_plain(const char *sql) {
    SqlToken token;
    int n_selects = 0;
    for (size_t at = 0; sql_token_next(sql, at, &token); at = token.start + token.len) {
        if (token.kind != SQL_WORD) continue;
        if (token.len == 6 && !g_ascii_strncasecmp(sql + token.start, "select", 6)) n_selects++;
        if (token.len == 4 && !g_ascii_strncasecmp(sql + token.start, "with", 4)) return false;
    }
    return n_selects == 1;
}

static bool is_named(const char *sql, SqlToken token, const char *name, const char *suffix) {
    size_t len = strlen(name), rest = strlen(suffix);
    return token.kind == SQL_WORD && token.len == len + rest &&
           !g_ascii_strncasecmp(sql + token.start, name, len) &&
           !g_ascii_strncasecmp(sql + token.start + len, suffix, rest);
}

/* A date of some table, or its first day. */
static bool is_date(const Package *package, const char *sql, SqlToken token) {
    for (size_t r = 0; r < package->n_resources; r++)
        for (size_t i = 0; i < package->resources[r].n_fields; i++) {
            const Field *field = &package->resources[r].fields[i];
            if (field_value_kind(field) != VALUE_DATE) continue;
            if (is_named(sql, token, field->name, "") ||
                is_named(sql, token, field->name, "_start"))
                return true;
        }
    return false;
}

static bool is_sign(const char *sql, SqlToken token, char sign) {
    return token.kind == SQL_OTHER && sql[token.start] == sign;
}

enum { MOST_TOKENS = 6 }; /* month ( t . date ) */

/* `month(date)` or `month(t.date)` at tokens[0]: how many tokens, or 0. */
static size_t match_call(const Package *package, const char *sql, const SqlToken *tokens,
                         size_t n) {
    bool is_call =
        n >= 4 && (is_named(sql, tokens[0], "month", "") || is_named(sql, tokens[0], "year", ""));
    if (!is_call || !is_sign(sql, tokens[1], '(')) return 0;
    if (is_date(package, sql, tokens[2]) && is_sign(sql, tokens[3], ')')) return 4;
    bool has_table = n == MOST_TOKENS && tokens[2].kind == SQL_WORD && is_sign(sql, tokens[3], '.');
    return has_table && is_date(package, sql, tokens[4]) && is_sign(sql, tokens[5], ')') ? 6 : 0;
}

static size_t read_ahead(const char *sql, size_t at, SqlToken *tokens) {
    size_t n = 0;
    for (; n < MOST_TOKENS && sql_token_next(sql, at, &tokens[n]); n++)
        at = tokens[n].start + tokens[n].len;
    return n;
}

static void append_token(GString *out, const char *sql, SqlToken token) {
    g_string_append_len(out, sql + token.start, (gssize)token.len);
}

char *sql_rewrite(const Package *package, const char *sql) {
    SqlToken tokens[MOST_TOKENS];
    size_t at = 0, n;
    bool is_changed = false;
    if (!is_plain(sql)) return NULL;
    g_autoptr(GString) out = g_string_new(NULL);
    while ((n = read_ahead(sql, at, tokens)) > 0) {
        size_t used = match_call(package, sql, tokens, n);
        g_string_append_len(out, sql + at, (gssize)(tokens[0].start - at));
        if (!used) {
            append_token(out, sql, tokens[0]);
            at = tokens[0].start + tokens[0].len;
            continue;
        }
        if (used == MOST_TOKENS) {
            append_token(out, sql, tokens[2]);
            g_string_append_c(out, '.');
        }
        g_string_append_c(out, '"');
        append_token(out, sql, tokens[0]);
        g_string_append_c(out, '(');
        append_token(out, sql, tokens[used - 2]);
        g_string_append(out, ")\"");
        at = tokens[used - 1].start + tokens[used - 1].len;
        is_changed = true;
    }
    return is_changed ? g_strdup(out->str) : NULL;
}
