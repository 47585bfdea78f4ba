/* data/dataset: the tables of a data package, read, checked and open to SQL.
 * In: a Package (project/package). Out: a Dataset that owns its tables and an in-memory SQLite
 * whose tables are read-only and typed: integer, number, boolean as numbers, dates as ISO text (a
 * column `d` of dates also gives `d_start` and `d_end`, whole days as ISO text, and `d_precision`:
 * year, month or day), string. All faults of all files are reported before failing. In SQL a
 * resource goes by Resource.table: missile_tests for missile-tests. Queries: SELECT on the
 * package's tables only (authorizer), a bounded number of steps and rows;
 * errors point into the template at the character SQLite names (sqlite3_error_offset). SQL
 * functions beside SQLite's own: year(d) as integer, month(d) as 'YYYY-MM' (NULL for a year alone),
 * days(d) as the day number of its first day; nothing that reads the clock or chance. A result
 * column is a date when it is a date column or a d_start/d_end, or an expression (not a text column
 * of a file) whose every value is YYYY-MM or YYYY-MM-DD; it is VALUE_BOOL when it is a boolean
 * column. Result columns have different names. One thread at a time. */
#pragma once

#include "data/table.h"
#include "project/package.h"

typedef struct Dataset Dataset;

typedef struct {
    const char *name; /* without the colon */
    Value value;      /* dates bind as ISO text */
} Param;

[[nodiscard]] Dataset *dataset_load(const Package *package, Diag *diag);
void dataset_free(Dataset *dataset);

size_t dataset_count(const Dataset *dataset);
const Table *dataset_table(const Dataset *dataset, size_t i);
const Package *dataset_package(const Dataset *dataset);
/* SHA-256, in hexadecimal, over the bytes of every CSV file, one after the other in package order.
 */
const char *dataset_fingerprint(const Dataset *dataset);

/* `sql` is the text, `locate` turns a byte offset and length in it into a Span (may be NULL). The
 * table lives in `arena`. Unknown :parameters are errors that name the known ones. NULL after an
 * error was reported. */
typedef struct {
    const char *sql;
    Span (*locate)(const void *owner, size_t offset, size_t len);
    const void *owner;
} Query;
[[nodiscard]] const Table *dataset_query(Dataset *dataset, Query query, const Param *params,
                                         size_t n_params, Arena *arena, Diag *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dataset, dataset_free)
