/* What the parts of a table of SQL share: what it is made of and how it is planned (sql_table.c),
 * its rows (sql_cursor.c), their cells (sql_cell.c). Private to data/sql_*.c. */
#pragma once

#include "data/sort.h"
#include "data/sql_table.h"

typedef struct {
    size_t field;
    Part part;
    Ranking *ranking; /* found when first needed */
    bool is_ranked;
    uint32_t *rows, *starts; /* rows by rank, and where each rank starts, for equality */
} SqlColumn;

/* Months as SQL says them: `2019-11`; made once, so that a text costs nothing to give. */
typedef struct {
    int32_t first;
    size_t n;
    char (*texts)[8];
} Months;

typedef struct {
    sqlite3_vtab base;
    const Resource *resource;
    ColumnSet *const *data; /* the one of this resource */
    SqlColumn *columns;
    size_t n_columns;
    Months months;
} SqlTable;

static inline const Column *sql_column_data(const SqlTable *table, const SqlColumn *column) {
    return &(*table->data)->columns[column->field];
}

static inline bool sql_is_added_up(const SqlColumn *column) {
    return column->part == PART_SUM || column->part == PART_COUNT;
}

/* What ranks the rows by the cells of a column; NULL: it cannot be ranked. */
Ranking *sql_ranking(SqlTable *table, SqlColumn *column);

/* ---- the plan of a query ---- */

/* What xBestIndex tells xFilter: "e3 g5 l5 o2 o4 u7 a0": equality on column 3, bounds on column 5,
 * order by columns 2 and 4, column 7 is read, rows of a group are one row that adds them up.
 * Constraints take their values in this order. */
typedef struct {
    char op; /* e: =, g: >, G: >=, l: <, L: <= */
    int column;
} Use;

/* ---- rows ---- */

/* How a column is read while rows come in another order than their own, when the table is all over
 * the memory and each row would wait for it: out of what its group shares, or out of an array put
 * in the order of the rows. */
typedef struct {
    bool is_key;
    size_t key;     /* which ranking of the order */
    uint32_t rank;  /* in the group the cursor is in */
    int32_t *cells; /* or NULL */
    GroupSum sum;   /* of a group that comes as one row; sums NULL: none */
} Fetch;

typedef struct {
    sqlite3_vtab_cursor base;
    const uint32_t *rows; /* order of the rows, or NULL for their own */
    uint32_t *sorted;     /* owned */
    size_t at, end;
    GArray *bounds; /* Bound */
    /* rows by groups */
    Grouping *grouping;
    Ranking **order; /* n_order of them, borrowed */
    size_t n_order, group;
    Fetch *fetches; /* one a column */
    bool adds_up;   /* `at` counts groups */
} SqlCursor;

static inline size_t sql_cursor_row(const SqlCursor *cursor) {
    return cursor->rows ? cursor->rows[cursor->at] : cursor->at;
}

/* The methods of sqlite3_module that walk over rows. */
int sql_cursor_open(sqlite3_vtab *base, sqlite3_vtab_cursor **ret_cursor);
int sql_cursor_close(sqlite3_vtab_cursor *base);
int sql_cursor_filter(sqlite3_vtab_cursor *base, int number, const char *plan, int argc,
                      sqlite3_value **argv);
int sql_cursor_next(sqlite3_vtab_cursor *base);
int sql_cursor_is_at_end(sqlite3_vtab_cursor *base);
int sql_cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_rowid);
/* The one that gives a cell of the row. */
int sql_cell_give(sqlite3_vtab_cursor *base, sqlite3_context *context, int at);
