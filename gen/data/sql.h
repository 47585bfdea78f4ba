/* data/sql: the tables of a package in an in-memory SQLite, closed after loading to all but SELECT.
 * What guards it: an authorizer (the package's tables, a list of deterministic functions), SQLite's
 * limits, a bounded number of steps, rows and bytes. Nothing reads the clock: `now` is a fault,
 * since the same input gives the same output. One thread at a time. */
#pragma once

#include "data/dataset.h"

enum { SQL_MAX_ROWS = 100000 };

typedef struct Database Database;

/* Tables and the package's resources go by pairs; both must outlive the database. */
[[nodiscard]] Database *database_new(const Package *package, Table *const *tables);
void database_free(Database *db);

/* As dataset_query(). */
[[nodiscard]] const Table *database_query(Database *db, Query query, const Param *params,
                                          size_t n_params, Arena *arena, Diag *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Database, database_free)
