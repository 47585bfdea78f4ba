/* data/sql_functions: what a query may call: year(), month(), days(), and those of SQLite's own
 * functions that give the same answer every day. */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>

void sql_functions_add(sqlite3 *connection);
/* NULL-terminated, for "did you mean". */
const char *const *sql_functions_known(void);
bool sql_function_is_allowed(const char *name);
