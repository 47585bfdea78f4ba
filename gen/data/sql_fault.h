/* data/sql_fault: what SQLite says of a query, with its place in the template and a remedy. */
#pragma once

#include "data/dataset.h"

/* The span of some bytes of the query; no place when the query cannot be located. */
Span sql_span(const Query *query, size_t start, size_t len);
/* Of the first token of this text, or of the whole query. */
Span sql_span_of(const Query *query, const char *text);
Span sql_span_whole(const Query *query);

/* `message` is SQLite's, `offset` its sqlite3_error_offset(), -1 without one. */
void sql_fault_report(const Query *query, const Package *package, const char *message, int offset,
                      Diag *diag);
/* Tables as a query names them, NULL-terminated; free with g_free (names are borrowed). */
[[nodiscard]] const char **sql_table_names(const Package *package);
