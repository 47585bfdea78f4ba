/* data/sql_table: the columns of a package as tables of SQLite, read where they stand: nothing is
 * copied, and nothing can be written. A date column `d` also gives d_start and d_end, its first and
 * last day (NULL at an open end), d_precision and d_qualifier. Hidden columns hold what month() and
 * year() give for d and d_start under the very names of the calls, "month(d)", and "sum(n)" and
 * "count(*)", which a GROUP BY may ask for a whole group at once: see sql_rewrite.
 * The tables sort by nearly any column without SQLite's sorter and find the rows that equal a
 * value, which makes GROUP BY, ORDER BY and joins cheap. */
#pragma once

#include "data/column.h"
#include "project/package.h"

#include <sqlite3.h>

/* Their affinities are those of their last words; SQLite keeps them as written. */
#define SQL_TYPE_DATE "DATE_TEXT"
#define SQL_TYPE_BOOLEAN "BOOLEAN_INT"

/* `columns` holds one ColumnSet a resource; all is borrowed until the connection is closed. */
void sql_tables_add(sqlite3 *connection, const Package *package, ColumnSet *const *columns);
/* Does a column of SQL come from this field: itself, a part of its date, what month() gives? */
bool sql_column_is_of(const Field *field, const char *column);
/* Runs statements of ours, which cannot fail. */
void sql_run(sqlite3 *connection, const char *sql);
