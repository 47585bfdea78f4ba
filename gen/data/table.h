/* data/table: immutable typed columns by rows. Cells are Values; text lives in the owner's arena.
 * A table read from a CSV and the result of a query have the same shape. */
#pragma once

#include "base/diag.h"
#include "base/value.h"

typedef struct {
    const char *name;     /* of the resource, as in the data package */
    const char **columns; /* n_columns names */
    size_t n_columns, n_rows;
    Value *cells;         /* row-major, n_rows * n_columns */
    const char **sources; /* names of the resources a query has read, in package order */
    size_t n_sources;
} Table;

int table_column(const Table *table, const char *name); /* -1 when absent */
Value table_cell(const Table *table, size_t row, size_t column);
/* By column name; VALUE_NULL when the column is absent. */
Value table_value(const Table *table, size_t row, const char *column);
