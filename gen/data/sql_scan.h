/* data/sql_scan: the tokens of a query, to place faults in it: SQLite gives one offset at best.
 * Comments and blanks are skipped; what a token means is SQLite's business. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum { SQL_WORD, SQL_NAME, SQL_STRING, SQL_PARAM, SQL_NUMBER, SQL_OTHER } SqlKind;

typedef struct {
    SqlKind kind; /* SQL_NAME: between double quotes, backquotes or brackets */
    size_t start, len;
} SqlToken;

/* The token at or after `from`; false at the end. */
bool sql_token_next(const char *sql, size_t from, SqlToken *ret_token);
/* The first token of this kind written as `text`, without case; false when there is none. */
bool sql_token_find(const char *sql, SqlKind kind, const char *text, SqlToken *ret_token);
