#include "data/table.h"

#include <string.h>

int table_column(const Table *table, const char *name) {
    for (size_t i = 0; i < table->n_columns; i++)
        if (strcmp(table->columns[i], name) == 0) return (int)i;
    return -1;
}

Value table_cell(const Table *table, size_t row, size_t column) {
    g_assert(row < table->n_rows && column < table->n_columns);
    return table->cells[row * table->n_columns + column];
}

Value table_value(const Table *table, size_t row, const char *column) {
    int at = table_column(table, column);
    return at < 0 ? (Value){.kind = VALUE_NULL} : table_cell(table, row, (size_t)at);
}
