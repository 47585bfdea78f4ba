/* data/dataset: the tables of a data package, read, checked and open to SQL.
 * In: a Package (project/package). Out: a Dataset that owns their typed columns and an in-memory
 * SQLite that reads them where they stand (data/sql_table), read-only: integer, number, boolean as
 * numbers, dates as EDTF text (a column `d` of dates also gives `d_start` and `d_end`, whole days
 * as ISO text, NULL at an open end, `d_precision`: year, month, day or interval, and `d_qualifier`:
 * approximate, uncertain, both or NULL), the other types as text. ColumnSet that no query names are
 * checked and not kept; one that is asked for later is read then. All faults of all files are
 * reported before failing. In SQL a resource goes by Resource.table: missile_tests for
 * missile-tests. Queries: SELECT on the package's tables only (authorizer), a bounded number of
 * steps and rows; errors point into the template at the character SQLite names
 * (sqlite3_error_offset). SQL functions beside SQLite's own: year(d) as integer, month(d) as
 * 'YYYY-MM' (NULL for a date not known so well), days(d) as the day number of its first day;
 * nothing that reads the clock or chance. A result column is a date when it is a date column or a
 * d_start/d_end, or an expression (not a text column of a file) whose every value is YYYY-MM or
 * YYYY-MM-DD; it is VALUE_BOOL when it is a boolean column. Result columns have different names.
 * One thread at a time. */
#pragma once

#include "data/table.h"
#include "project/package.h"

typedef struct Dataset Dataset;
typedef struct ColumnSet ColumnSet; /* data/column */

typedef struct {
    const char *name; /* without the colon */
    Value value;      /* dates bind as ISO text */
} Param;

typedef struct {
    int jobs; /* threads that read; 0: one */
    /* Texts that hold the queries to come, NULL-terminated: a column whose name is in none of them
     * is not kept. NULL: nothing is known, all are kept. */
    const char *const *texts;
} DatasetOptions;

/* `options` may be NULL. */
[[nodiscard]] Dataset *dataset_load(const Package *package, const DatasetOptions *options,
                                    Diag *diag);
void dataset_free(Dataset *dataset);

size_t dataset_count(const Dataset *dataset);
const ColumnSet *dataset_columns(const Dataset *dataset, size_t i);
const Package *dataset_package(const Dataset *dataset);
/* SHA-256, in hexadecimal, over the bytes of every CSV file, one after the other in package order;
 * computed when first asked for. NULL after an error was reported. */
const char *dataset_fingerprint(Dataset *dataset, Diag *diag);

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
