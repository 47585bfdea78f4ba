/* data/sql_rewrite: month(d) and year(d) of a plain query said as the hidden columns that hold
 * them, so that SQLite asks the table for rows in their order instead of sorting what the functions
 * gave: GROUP BY month(date) over a million rows takes a tenth of the time. */
#pragma once

#include "project/package.h"

/* A new string, or NULL: nothing to say otherwise. Only a query with one SELECT is touched: there,
 * a name means the same everywhere. */
[[nodiscard]] char *sql_rewrite(const Package *package, const char *sql);
