/* The rows of a table as a query walks over them: all, those that equal a value, in another order,
 * by groups. */
#include "data/sql_table_private.h"

#include "base/big.h"

#include <string.h>

/* Rows by rank: made when a query first asks for equality, kept for the next. */
static bool index_column(SqlTable *table, SqlColumn *column) {
    Ranking *ranking = sql_ranking(table, column);
    if (!ranking) return false;
    if (column->rows) return true;
    size_t n = (*table->data)->n_rows;
    column->rows = ranking_sort(&ranking, 1, n);
    column->starts = g_new0(uint32_t, (size_t)ranking->n_ranks + 2);
    for (size_t i = 0; i < n; i++) column->starts[ranking_of(ranking, i) + 1]++;
    for (uint32_t k = 0; k <= ranking->n_ranks; k++) column->starts[k + 1] += column->starts[k];
    return true;
}

typedef struct {
    const Ranking *ranking;
    uint32_t low, high; /* both inside */
} Bound;

static void forget_order(SqlCursor *cursor) {
    const SqlTable *table = (const SqlTable *)cursor->base.pVtab;
    for (size_t i = 0; cursor->fetches && i < table->n_columns; i++) {
        g_free(cursor->fetches[i].cells);
        g_free(cursor->fetches[i].sum.sums);
        g_free(cursor->fetches[i].sum.counts);
    }
    cursor->adds_up = false;
    g_clear_pointer(&cursor->fetches, g_free);
    g_clear_pointer(&cursor->grouping, grouping_free);
    g_clear_pointer(&cursor->order, g_free);
    g_clear_pointer(&cursor->sorted, g_free);
    g_array_set_size(cursor->bounds, 0);
    cursor->rows = NULL;
}

int sql_cursor_open([[maybe_unused]] sqlite3_vtab *base, sqlite3_vtab_cursor **ret_cursor) {
    SqlCursor *cursor = g_new0(SqlCursor, 1);
    cursor->bounds = g_array_new(FALSE, FALSE, sizeof(Bound));
    *ret_cursor = &cursor->base;
    return SQLITE_OK;
}

int sql_cursor_close(sqlite3_vtab_cursor *base) {
    SqlCursor *cursor = (SqlCursor *)base;
    forget_order(cursor);
    g_array_unref(cursor->bounds);
    g_free(cursor);
    return SQLITE_OK;
}

static bool is_kept(const SqlCursor *cursor) {
    size_t row = sql_cursor_row(cursor);
    for (guint i = 0; i < cursor->bounds->len; i++) {
        const Bound *bound = &g_array_index(cursor->bounds, Bound, i);
        uint32_t rank = ranking_of(bound->ranking, row);
        if (rank < bound->low || rank > bound->high) return false;
    }
    return true;
}

static void read_ranks(SqlCursor *cursor) {
    const SqlTable *table = (const SqlTable *)cursor->base.pVtab;
    for (size_t i = 0; i < table->n_columns; i++) {
        Fetch *fetch = &cursor->fetches[i];
        if (fetch->is_key)
            fetch->rank = grouping_rank(cursor->order, cursor->n_order, fetch->key, cursor->group);
    }
}

static void enter_group(SqlCursor *cursor) {
    while (cursor->at >= cursor->grouping->starts[cursor->group + 1]) cursor->group++;
    read_ranks(cursor);
}

/* Groups without rows are left out. */
static void settle_on_group(SqlCursor *cursor) {
    const uint32_t *starts = cursor->grouping->starts;
    while (cursor->at < cursor->end && starts[cursor->at] == starts[cursor->at + 1]) cursor->at++;
    cursor->group = cursor->at;
    if (cursor->at < cursor->end) read_ranks(cursor);
}

/* Rows out of bounds are left out, and the group is that of the row. */
static inline void settle(SqlCursor *cursor) {
    if (cursor->adds_up) {
        settle_on_group(cursor);
        return;
    }
    if (cursor->bounds->len)
        while (cursor->at < cursor->end && !is_kept(cursor)) cursor->at++;
    if (cursor->grouping && cursor->at < cursor->end &&
        cursor->at >= cursor->grouping->starts[cursor->group + 1])
        enter_group(cursor);
}

/* A value as a number of the column's own kind; false: SQLite must compare it itself. */
static bool own_number(const Column *column, sqlite3_value *value, int64_t *ret_number) {
    int type = sqlite3_value_type(value);
    Date date;
    if (column->kind != COLUMN_DATE) {
        if (type != SQLITE_INTEGER) return false;
        *ret_number = sqlite3_value_int64(value);
        return true;
    }
    if (type != SQLITE_TEXT || sqlite3_value_bytes(value) != 10) return false;
    if (!date_parse((const char *)sqlite3_value_text(value), &date)) return false;
    *ret_number = date.first;
    return date_is_day(date);
}

static bool find_rank(const SqlTable *table, const SqlColumn *column, sqlite3_value *value,
                      uint32_t *ret_rank, bool *ret_is_own) {
    const Column *of = sql_column_data(table, column);
    int64_t number;
    if (of->kind == COLUMN_TEXT) {
        *ret_is_own = sqlite3_value_type(value) == SQLITE_TEXT;
        return *ret_is_own && ranking_find_text(column->ranking,
                                                (const char *)sqlite3_value_text(value), ret_rank);
    }
    *ret_is_own = column->part <= PART_END && own_number(of, value, &number);
    return *ret_is_own && ranking_find_number(column->ranking, number, ret_rank);
}

/* Rows whose cell equals the value, when it is of the column's own kind; SQLite checks again. */
static void use_equality(SqlTable *table, SqlCursor *cursor, int at, sqlite3_value *value) {
    SqlColumn *column = &table->columns[at];
    uint32_t rank;
    bool is_own;
    if (!index_column(table, column)) return;
    bool is_there = find_rank(table, column, value, &rank, &is_own);
    if (!is_own) return;
    cursor->rows = column->rows;
    cursor->at = is_there ? column->starts[rank] : 0;
    cursor->end = is_there ? column->starts[rank + 1] : 0;
}

static void use_bound(SqlTable *table, SqlCursor *cursor, Use use, sqlite3_value *value) {
    SqlColumn *column = &table->columns[use.column];
    const Ranking *ranking = sql_ranking(table, column);
    int64_t number;
    if (!ranking || !own_number(sql_column_data(table, column), value, &number)) return;
    /* Ranks run from 1 for the lowest value; 0, an empty cell, is in no bound. */
    int64_t rank = CLAMP(number - ranking->lowest, -2, (int64_t)ranking->n_ranks) + 1;
    int64_t low = 1, high = ranking->n_ranks;
    switch (use.op) {
    case 'g': low = rank + 1; break;
    case 'G': low = rank; break;
    case 'l': high = rank - 1; break;
    default: high = rank; break;
    }
    Bound bound = {ranking, (uint32_t)MAX(low, 1), (uint32_t)MAX(high, 0)};
    g_array_append_val(cursor->bounds, bound);
}

/* Columns of the query that an array of four bytes a row holds, and no empty cell. */
static size_t plan_payloads(SqlTable *table, SqlCursor *cursor, const int *used, size_t n_used,
                            Payload *payloads) {
    size_t n = 0;
    for (size_t i = 0; i < n_used; i++) {
        const SqlColumn *column = &table->columns[used[i]];
        const Column *of = sql_column_data(table, column);
        Fetch *fetch = &cursor->fetches[used[i]];
        const int32_t *from = of->codes ? (const int32_t *)of->codes : of->small;
        bool is_plain = from && !of->is_null && column->part == PART_VALUE;
        if (fetch->is_key || !is_plain) continue;
        fetch->cells = BIG_NEW(int32_t, cursor->end);
        payloads[n++] = (Payload){from, fetch->cells};
    }
    return n;
}

/* Groups as rows. SQLite checks bounds on keys again: none is needed here. */
static bool use_sums(SqlTable *table, SqlCursor *cursor, const int *used, size_t n_used) {
    g_autofree GroupSum *sums = g_new0(GroupSum, n_used + 1);
    g_autofree int *columns = g_new0(int, n_used + 1);
    size_t n = 0;
    for (size_t i = 0; i < n_used; i++) {
        const SqlColumn *column = &table->columns[used[i]];
        const Column *of = sql_column_data(table, column);
        if (column->part != PART_SUM) continue;
        sums[n] = (GroupSum){.from = of->small, .is_null = of->is_null};
        columns[n++] = used[i];
    }
    cursor->grouping = grouping_sum(cursor->order, cursor->n_order, cursor->end, sums, n);
    if (!cursor->grouping) return false;
    for (size_t i = 0; i < n; i++) cursor->fetches[columns[i]].sum = sums[i];
    g_array_set_size(cursor->bounds, 0);
    cursor->adds_up = true;
    cursor->end = cursor->grouping->n_groups;
    return true;
}

static void use_order(SqlTable *table, SqlCursor *cursor, const int *order, size_t n,
                      const int *used, size_t n_used, bool adds_up) {
    cursor->order = g_new0(Ranking *, n);
    cursor->n_order = n;
    cursor->fetches = g_new0(Fetch, table->n_columns);
    for (size_t i = 0; i < n; i++) {
        cursor->order[i] = sql_ranking(table, &table->columns[order[i]]);
        cursor->fetches[order[i]].is_key = true;
        cursor->fetches[order[i]].key = i;
    }
    if (adds_up && use_sums(table, cursor, used, n_used)) return;
    g_autofree Payload *payloads = g_new0(Payload, n_used + 1);
    size_t n_payloads = plan_payloads(table, cursor, used, n_used, payloads);
    cursor->grouping = grouping_new(cursor->order, n, cursor->end, payloads, n_payloads);
    if (cursor->grouping) {
        cursor->rows = cursor->grouping->rows;
        cursor->group = 0;
        if (cursor->end) enter_group(cursor);
        return;
    }
    cursor->sorted = ranking_sort(cursor->order, n, cursor->end);
    cursor->rows = cursor->sorted;
    for (size_t i = 0; i < table->n_columns; i++) {
        cursor->fetches[i].is_key = false;
        g_clear_pointer(&cursor->fetches[i].cells, g_free);
    }
}

int sql_cursor_filter(sqlite3_vtab_cursor *base, [[maybe_unused]] int number, const char *plan,
                      int argc, sqlite3_value **argv) {
    SqlCursor *cursor = (SqlCursor *)base;
    SqlTable *table = (SqlTable *)base->pVtab;
    g_autofree int *order = g_new0(int, strlen(plan) + 1), *used = g_new0(int, strlen(plan) + 1);
    size_t n_order = 0, n_used = 0;
    bool adds_up = false;
    int n = 0;
    forget_order(cursor);
    cursor->at = 0;
    cursor->end = (*table->data)->n_rows;
    for (const char *at = plan; *at;) {
        char *after;
        Use use = {*at, (int)g_ascii_strtoll(at + 1, &after, 10)};
        at = after + 1;
        if (use.op == 'a')
            adds_up = true;
        else if (use.op == 'o')
            order[n_order++] = use.column;
        else if (use.op == 'u')
            used[n_used++] = use.column;
        else if (use.op == 'e' && n < argc)
            use_equality(table, cursor, use.column, argv[n++]);
        else if (n < argc)
            use_bound(table, cursor, use, argv[n++]);
    }
    if (n_order) use_order(table, cursor, order, n_order, used, n_used, adds_up);
    settle(cursor);
    return SQLITE_OK;
}

int sql_cursor_next(sqlite3_vtab_cursor *base) {
    SqlCursor *cursor = (SqlCursor *)base;
    cursor->at++;
    settle(cursor);
    return SQLITE_OK;
}

int sql_cursor_is_at_end(sqlite3_vtab_cursor *base) {
    const SqlCursor *cursor = (const SqlCursor *)base;
    return cursor->at >= cursor->end;
}

int sql_cursor_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_rowid) {
    *ret_rowid = (sqlite3_int64)sql_cursor_row((const SqlCursor *)base) + 1;
    return SQLITE_OK;
}
