/* data/sql_functions: what a query may call: parts of dates (year(), quarter()…), French texts
 * (fr_date(), fr_money()…), and those of SQLite's own functions that give the same answer every
 * day; and the collation fr, dictionary order. */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>

void sql_functions_add(sqlite3 *connection);
/* NULL-terminated, for "did you mean". */
const char *const *sql_functions_known(void);
bool sql_function_is_allowed(const char *name);
