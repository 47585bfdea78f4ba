/* data/sql_rewrite: a plain query said in the hidden columns of data/sql_table. month(d) and
 * year(d) become columns, so that SQLite asks for rows in their order instead of sorting what the
 * functions gave: GROUP BY month(date) over a million rows takes a tenth of the time. Where sum(n)
 * and count(*) are the only other calls of a GROUP BY on one table they become sum("sum(n)") and
 * sum("count(*)"): the same whether a row stands for itself or for its group, which takes a tenth
 * again. */
#pragma once

#include "project/package.h"

/* A new string, or NULL: nothing to say otherwise. Only a query with one SELECT is touched: there,
 * a name means the same everywhere. */
[[nodiscard]] char *sql_rewrite(const Package *package, const char *sql);
