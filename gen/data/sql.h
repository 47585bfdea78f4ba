/* data/sql: the tables of a package in an in-memory SQLite, closed after loading to all but SELECT.
 * What guards it: an authorizer (the package's tables, a list of deterministic functions), SQLite's
 * limits, a bounded number of steps, rows and bytes. Nothing reads the clock: `now` is a fault,
 * since the same input gives the same output. One thread at a time. */
#pragma once

#include "data/column.h"
#include "data/dataset.h"

enum { SQL_MAX_ROWS = 100000 };

typedef struct Database Database;

/* Reads columns of a resource that were not kept (is_wanted: one a field) into its ColumnSet. False
 * after an error was reported. */
typedef bool DatabaseLoad(void *owner, size_t resource, const bool *is_wanted, Diag *diag);

/* `columns` holds one ColumnSet a resource; all must outlive the database. `load` may be NULL when
 * every column is there. */
[[nodiscard]] Database *database_new(const Package *package, ColumnSet *const *columns,
                                     DatabaseLoad *load, void *owner);
void database_free(Database *db);

/* As dataset_query(). */
[[nodiscard]] const Table *database_query(Database *db, Query query, const Param *params,
                                          size_t n_params, Arena *arena, Diag *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Database, database_free)
