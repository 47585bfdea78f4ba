#include "data/sql_scan.h"

#include <glib.h>
#include <string.h>

static bool is_word(char c) {
    return g_ascii_isalnum(c) || c == '_' || c == '$' || (guchar)c >= 0x80;
}

static size_t skip_blanks(const char *sql, size_t at) {
    for (;;) {
        at += strspn(sql + at, " \t\r\n\f");
        if (g_str_has_prefix(sql + at, "--")) {
            at += strcspn(sql + at, "\n");
        } else if (g_str_has_prefix(sql + at, "/*")) {
            const char *end = strstr(sql + at + 2, "*/");
            at = end ? (size_t)(end + 2 - sql) : strlen(sql);
        } else {
            return at;
        }
    }
}

/* A doubled quote stays inside; without its end the token goes to the end of the query. */
static size_t quoted_length(const char *text, char close) {
    size_t i = 1;
    for (; text[i]; i++) {
        if (text[i] != close) continue;
        if (text[i + 1] != close || close == ']') return i + 1;
        i++;
    }
    return i;
}

static size_t word_length(const char *text) {
    size_t n = 0;
    while (text[n] && is_word(text[n])) n++;
    return n;
}

bool sql_token_next(const char *sql, size_t from, SqlToken *ret_token) {
    size_t at = skip_blanks(sql, from);
    const char *text = sql + at;
    SqlToken token = {SQL_OTHER, at, 1};
    switch (*text) {
    case '\0': return false;
    case '\'': token = (SqlToken){SQL_STRING, at, quoted_length(text, '\'')}; break;
    case '"':
    case '`': token = (SqlToken){SQL_NAME, at, quoted_length(text, *text)}; break;
    case '[': token = (SqlToken){SQL_NAME, at, quoted_length(text, ']')}; break;
    case ':':
    case '@':
    case '$':
    case '?': token = (SqlToken){SQL_PARAM, at, 1 + word_length(text + 1)}; break;
    default:
        if (g_ascii_isdigit(*text))
            token = (SqlToken){SQL_NUMBER, at, word_length(text)};
        else if (is_word(*text))
            token = (SqlToken){SQL_WORD, at, word_length(text)};
    }
    *ret_token = token;
    return true;
}

bool sql_token_find(const char *sql, SqlKind kind, const char *text, SqlToken *ret_token) {
    SqlToken token;
    size_t len = strlen(text);
    for (size_t at = 0; sql_token_next(sql, at, &token); at = token.start + token.len) {
        bool is_same = token.kind == kind && token.len == len &&
                       g_ascii_strncasecmp(sql + token.start, text, len) == 0;
        if (!is_same) continue;
        *ret_token = token;
        return true;
    }
    return false;
}
