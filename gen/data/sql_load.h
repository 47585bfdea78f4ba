/* data/sql_load: typed tables put into SQLite. Declared types tell later what a result column is.
 */
#pragma once

#include "data/table.h"
#include "project/package.h"

#include <sqlite3.h>

/* Their affinities are those of their last words; SQLite keeps them as written. */
#define SQL_TYPE_DATE "DATE_TEXT"
#define SQL_TYPE_BOOLEAN "BOOLEAN_INT"

/* A date column `d` also gives d_start, d_end and d_precision. The texts of `table` are borrowed.
 */
void sql_load_table(sqlite3 *connection, const Resource *resource, const Table *table);
/* Runs statements of ours, which cannot fail. */
void sql_run(sqlite3 *connection, const char *sql);
