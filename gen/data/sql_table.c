#include "data/sql_table.h"

#include "base/big.h"
#include "data/sort.h"

#include <string.h>

/* ---- what a table is made of ---- */

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

typedef struct {
    const Package *package;
    ColumnSet *const *columns;
} SqlModule;

static const struct {
    const char *prefix, *suffix, *type;
    Part part;
} date_parts[] = {
    {"", "_start", " " SQL_TYPE_DATE, PART_START},
    {"", "_end", " " SQL_TYPE_DATE, PART_END},
    {"", "_precision", " TEXT", PART_PRECISION},
    {"", "_qualifier", " TEXT", PART_QUALIFIER},
    {"month(", ")", " HIDDEN", PART_MONTH},
    {"year(", ")", " HIDDEN", PART_YEAR},
    {"month(", "_start)", " HIDDEN", PART_START_MONTH},
    {"year(", "_start)", " HIDDEN", PART_START_YEAR},
};

void sql_run(sqlite3 *connection, const char *sql) {
    if (sqlite3_exec(connection, sql, NULL, NULL, NULL) != SQLITE_OK)
        g_error("sqlite: %s", sqlite3_errmsg(connection));
}

static const char *declared_type(const Field *field) {
    switch (field_value_kind(field)) {
    case VALUE_INT: return " INTEGER";
    case VALUE_REAL: return " REAL";
    case VALUE_BOOL: return " " SQL_TYPE_BOOLEAN;
    case VALUE_DATE: return " " SQL_TYPE_DATE;
    default: return " TEXT";
    }
}

bool sql_column_is_of(const Field *field, const char *column) {
    if (!g_ascii_strcasecmp(field->name, column)) return true;
    if (field_value_kind(field) == VALUE_INT) {
        g_autofree char *sum = g_strconcat("sum(", field->name, ")", NULL);
        return !g_ascii_strcasecmp(sum, column);
    }
    if (field_value_kind(field) != VALUE_DATE) return false;
    for (size_t i = 0; i < G_N_ELEMENTS(date_parts); i++) {
        g_autofree char *name =
            g_strconcat(date_parts[i].prefix, field->name, date_parts[i].suffix, NULL);
        if (!g_ascii_strcasecmp(name, column)) return true;
    }
    return false;
}

static void append_name(GString *sql, const char *prefix, const char *name, const char *suffix) {
    g_string_append_printf(sql, "\"%s", prefix);
    for (; *name; name++) {
        if (*name == '"') g_string_append_c(sql, '"');
        g_string_append_c(sql, *name);
    }
    g_string_append_printf(sql, "%s\"", suffix);
}

static void add_hidden(GString *sql, const char *prefix, const char *name, const char *suffix) {
    g_string_append(sql, ", ");
    append_name(sql, prefix, name, suffix);
    g_string_append(sql, " HIDDEN");
}

static void add_column(GArray *columns, size_t field, Part part) {
    SqlColumn column = {.field = field, .part = part};
    g_array_append_val(columns, column);
}

static char *declare(const Resource *resource, GArray *columns) {
    GString *sql = g_string_new("CREATE TABLE t(");
    for (size_t i = 0; i < resource->n_fields; i++) {
        const Field *field = &resource->fields[i];
        if (i) g_string_append(sql, ", ");
        append_name(sql, "", field->name, "");
        g_string_append(sql, declared_type(field));
        add_column(columns, i, PART_VALUE);
        if (field_value_kind(field) == VALUE_INT) {
            add_hidden(sql, "sum(", field->name, ")");
            add_column(columns, i, PART_SUM);
        }
        if (field_value_kind(field) != VALUE_DATE) continue;
        for (size_t k = 0; k < G_N_ELEMENTS(date_parts); k++) {
            g_string_append(sql, ", ");
            append_name(sql, date_parts[k].prefix, field->name, date_parts[k].suffix);
            g_string_append(sql, date_parts[k].type);
            add_column(columns, i, date_parts[k].part);
        }
    }
    add_hidden(sql, "count(", "*", ")");
    add_column(columns, 0, PART_COUNT);
    g_string_append_c(sql, ')');
    return g_string_free(sql, FALSE);
}

static int connect(sqlite3 *connection, void *data, int argc, const char *const *argv,
                   sqlite3_vtab **ret_table, char **ret_error) {
    const SqlModule *module = data;
    size_t at = (size_t)g_ascii_strtoull(argv[3], NULL, 10);
    (void)argc, (void)ret_error;
    g_autoptr(GArray) columns = g_array_new(FALSE, TRUE, sizeof(SqlColumn));
    g_autofree char *sql = declare(&module->package->resources[at], columns);
    int rc = sqlite3_declare_vtab(connection, sql);
    if (rc != SQLITE_OK) return rc;
    sqlite3_vtab_config(connection, SQLITE_VTAB_INNOCUOUS);
    SqlTable *table = g_new0(SqlTable, 1);
    table->resource = &module->package->resources[at];
    table->data = &module->columns[at];
    table->n_columns = columns->len;
    table->columns = (SqlColumn *)(void *)g_array_free(g_steal_pointer(&columns), FALSE);
    *ret_table = &table->base;
    return SQLITE_OK;
}

static void forget(SqlTable *table) {
    for (size_t i = 0; i < table->n_columns; i++) {
        SqlColumn *column = &table->columns[i];
        g_clear_pointer(&column->ranking, ranking_free);
        g_clear_pointer(&column->rows, g_free);
        g_clear_pointer(&column->starts, g_free);
        column->is_ranked = false;
    }
}

static int disconnect(sqlite3_vtab *base) {
    SqlTable *table = (SqlTable *)base;
    forget(table);
    g_free(table->columns);
    g_free(table->months.texts);
    g_free(table);
    return SQLITE_OK;
}

static const Column *column_of(const SqlTable *table, const SqlColumn *column) {
    return &(*table->data)->columns[column->field];
}

static bool is_added_up(const SqlColumn *column) {
    return column->part == PART_SUM || column->part == PART_COUNT;
}

static bool can_sort(const SqlTable *table, const SqlColumn *column) {
    return !is_added_up(column) &&
           sort_is_possible((SortColumn){column_of(table, column), column->part});
}

static Ranking *ranking_for(SqlTable *table, SqlColumn *column) {
    if (!column->is_ranked)
        column->ranking = ranking_new((SortColumn){column_of(table, column), column->part});
    column->is_ranked = true;
    return column->ranking;
}

/* Rows by rank: made when a query first asks for equality, kept for the next. */
static bool index_column(SqlTable *table, SqlColumn *column) {
    Ranking *ranking = ranking_for(table, column);
    if (!ranking) return false;
    if (column->rows) return true;
    size_t n = (*table->data)->n_rows;
    column->rows = ranking_sort(&ranking, 1, n);
    column->starts = g_new0(uint32_t, (size_t)ranking->n_ranks + 2);
    for (size_t i = 0; i < n; i++) column->starts[ranking_of(ranking, i) + 1]++;
    for (uint32_t k = 0; k <= ranking->n_ranks; k++) column->starts[k + 1] += column->starts[k];
    return true;
}

/* ---- the plan of a query ---- */

/* What xBestIndex tells xFilter: "e3 g5 l5 o2 o4 u7 a0": equality on column 3, bounds on column 5,
 * order by columns 2 and 4, column 7 is read, rows of a group are one row that adds them up.
 * Constraints take their values in this order. */

typedef struct {
    char op; /* e: =, g: >, G: >=, l: <, L: <= */
    int column;
} Use;

static char use_of(unsigned char op) {
    switch (op) {
    case SQLITE_INDEX_CONSTRAINT_EQ: return 'e';
    case SQLITE_INDEX_CONSTRAINT_GT: return 'g';
    case SQLITE_INDEX_CONSTRAINT_GE: return 'G';
    case SQLITE_INDEX_CONSTRAINT_LT: return 'l';
    case SQLITE_INDEX_CONSTRAINT_LE: return 'L';
    default: return 0;
    }
}

static bool is_binary(sqlite3_index_info *info, int constraint) {
    const char *collation = sqlite3_vtab_collation(info, constraint);
    return !collation || g_ascii_strcasecmp(collation, "BINARY") == 0;
}

/* Bounds are for numbers and days, where a rank is its value. */
static bool has_bounds(const SqlTable *table, const SqlColumn *column) {
    return column_of(table, column)->kind != COLUMN_TEXT && column->part <= PART_END;
}

static bool plan_constraints(const SqlTable *table, sqlite3_index_info *info, GString *plan) {
    bool has_equality = false;
    int n = 0;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        char op = use_of(info->aConstraint[i].op);
        if (!info->aConstraint[i].usable || !op || column < 0 || !is_binary(info, i)) continue;
        const SqlColumn *of = &table->columns[column];
        if (!can_sort(table, of) || (op != 'e' && !has_bounds(table, of))) continue;
        if (op == 'e' && has_equality) continue;
        has_equality |= op == 'e';
        g_string_append_printf(plan, "%c%d ", op, column);
        info->aConstraintUsage[i].argvIndex = ++n;
    }
    return has_equality;
}

/* Upwards only, even for GROUP BY alone: an ORDER BY of the same columns counts on it. */
static bool plan_order(const SqlTable *table, const sqlite3_index_info *info, GString *plan) {
    for (int i = 0; i < info->nOrderBy; i++) {
        int column = info->aOrderBy[i].iColumn;
        if (column < 0 || info->aOrderBy[i].desc) return false;
        if (!can_sort(table, &table->columns[column])) return false;
    }
    for (int i = 0; i < info->nOrderBy; i++)
        g_string_append_printf(plan, "o%d ", info->aOrderBy[i].iColumn);
    return info->nOrderBy > 0;
}

static bool is_ordered_by(const sqlite3_index_info *info, int column) {
    for (int i = 0; i < info->nOrderBy; i++)
        if (info->aOrderBy[i].iColumn == column) return true;
    return false;
}

/* GROUP BY of these columns, and nothing read but them and sums: sql_rewrite then has said every
 * aggregate as a sum of what a row holds, so that a group may come as one row. */
static bool adds_up(const SqlTable *table, sqlite3_index_info *info) {
    enum { LAST_BIT = 63 }; /* stands for all columns from there on */
    bool has_sum = false;
    if (sqlite3_vtab_distinct(info) != 1 || info->colUsed >> LAST_BIT) return false;
    for (int i = 0; i < (int)MIN(table->n_columns, LAST_BIT); i++) {
        const SqlColumn *column = &table->columns[i];
        if (!(info->colUsed >> i & 1) || is_ordered_by(info, i)) continue;
        bool is_sum = column->part == PART_SUM && column_of(table, column)->small;
        if (!is_sum && column->part != PART_COUNT) return false;
        has_sum = true;
    }
    return has_sum;
}

static int best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    const SqlTable *table = (const SqlTable *)base;
    g_autoptr(GString) plan = g_string_new(NULL);
    double rows = (double)(*table->data)->n_rows + 1;
    bool has_equality = plan_constraints(table, info, plan);
    bool is_ordered = !has_equality && plan_order(table, info, plan);
    if (is_ordered && adds_up(table, info)) g_string_append(plan, "a0 ");
    if (is_ordered) info->orderByConsumed = 1;
    info->estimatedCost = has_equality ? 10 : rows;
    info->estimatedRows = (sqlite3_int64)(has_equality ? 1 + rows / 100 : rows);
    for (int i = 0; i < (int)MIN(table->n_columns, 63); i++)
        if (info->colUsed >> i & 1) g_string_append_printf(plan, "u%d ", i);
    info->idxStr = sqlite3_mprintf("%s", plan->str);
    info->needToFreeIdxStr = 1;
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

/* ---- rows ---- */

typedef struct {
    const Ranking *ranking;
    uint32_t low, high; /* both inside */
} Bound;

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

static int open_cursor([[maybe_unused]] sqlite3_vtab *base, sqlite3_vtab_cursor **ret_cursor) {
    SqlCursor *cursor = g_new0(SqlCursor, 1);
    cursor->bounds = g_array_new(FALSE, FALSE, sizeof(Bound));
    *ret_cursor = &cursor->base;
    return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base) {
    SqlCursor *cursor = (SqlCursor *)base;
    forget_order(cursor);
    g_array_unref(cursor->bounds);
    g_free(cursor);
    return SQLITE_OK;
}

static size_t row_of(const SqlCursor *cursor) {
    return cursor->rows ? cursor->rows[cursor->at] : cursor->at;
}

static bool is_kept(const SqlCursor *cursor) {
    size_t row = row_of(cursor);
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
    const Column *of = column_of(table, column);
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
    const Ranking *ranking = ranking_for(table, column);
    int64_t number;
    if (!ranking || !own_number(column_of(table, column), value, &number)) return;
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
        const Column *of = column_of(table, column);
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
        const Column *of = column_of(table, column);
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
        cursor->order[i] = ranking_for(table, &table->columns[order[i]]);
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

static int filter(sqlite3_vtab_cursor *base, [[maybe_unused]] int number, const char *plan,
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

static int next(sqlite3_vtab_cursor *base) {
    SqlCursor *cursor = (SqlCursor *)base;
    cursor->at++;
    settle(cursor);
    return SQLITE_OK;
}

static int is_at_end(sqlite3_vtab_cursor *base) {
    const SqlCursor *cursor = (const SqlCursor *)base;
    return cursor->at >= cursor->end;
}

static int give_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_rowid) {
    *ret_rowid = (sqlite3_int64)row_of((const SqlCursor *)base) + 1;
    return SQLITE_OK;
}

/* ---- cells ---- */

static void give_day(sqlite3_context *context, int32_t day) {
    char text[DATE_TEXT_SIZE];
    date_print(date_of_day(day), text);
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static void write_month(int32_t month, char text[static 8]) {
    int year = month / 12, number = month % 12 + 1;
    for (int i = 3; i >= 0; i--, year /= 10) text[i] = (char)('0' + year % 10);
    text[4] = '-';
    text[5] = (char)('0' + number / 10);
    text[6] = (char)('0' + number % 10);
    text[7] = '\0';
}

/* A window of months around what was asked, made afresh when it is left. */
static void give_month(sqlite3_context *context, Months *months, int32_t month) {
    enum { WINDOW = 12 * 400 };
    bool is_out = month < months->first || month >= months->first + (int32_t)months->n;
    if (!months->texts || is_out) {
        char text[8];
        if (months->texts) { /* texts of the first window may still be in use */
            write_month(month, text);
            sqlite3_result_text(context, text, 7, SQLITE_TRANSIENT);
            return;
        }
        months->first = MAX(month - WINDOW / 2, 0);
        months->n = WINDOW;
        months->texts = g_malloc(WINDOW * sizeof *months->texts);
        for (int32_t i = 0; i < WINDOW; i++) write_month(months->first + i, months->texts[i]);
    }
    sqlite3_result_text(context, months->texts[month - months->first], 7, SQLITE_STATIC);
}

static void give_period(sqlite3_context *context, SqlTable *table, Part part, int32_t period) {
    bool is_year = part == PART_YEAR || part == PART_START_YEAR;
    if (is_year)
        sqlite3_result_int(context, period);
    else
        give_month(context, &table->months, period);
}

static void give_date(sqlite3_context *context, Date date, Part part) {
    char text[DATE_TEXT_SIZE];
    switch (part) {
    case PART_VALUE:
        date_print(date, text);
        sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
        return;
    case PART_START:
        if (date_has_start(date)) give_day(context, date.first);
        return;
    case PART_END:
        if (date_has_end(date)) give_day(context, date.last);
        return;
    case PART_PRECISION:
        sqlite3_result_text(context, date_precision_name(date), -1, SQLITE_STATIC);
        return;
    case PART_QUALIFIER:
        sqlite3_result_text(context, date_qualifier_name(date), -1, SQLITE_STATIC);
        return;
    default: return;
    }
}

static void give_text(sqlite3_context *context, const Words *words, size_t word) {
    int len = (int)(words->starts[word + 1] - words->starts[word] - 1);
    sqlite3_result_text(context, words_text(words, word), len, SQLITE_STATIC);
}

/* What a group shares, from its rank. */
static void give_key(sqlite3_context *context, SqlTable *table, const SqlColumn *column,
                     const Ranking *ranking, uint32_t rank) {
    const Column *of = column_of(table, column);
    int64_t number = ranking->lowest + rank - 1;
    if (!rank) return;
    if (of->kind == COLUMN_TEXT)
        give_text(context, &of->words, ranking->words[rank - 1]);
    else if (column->part >= PART_MONTH)
        give_period(context, table, column->part, (int32_t)number);
    else if (of->kind == COLUMN_DATE)
        give_day(context, (int32_t)number);
    else
        sqlite3_result_int64(context, number);
}

/* A cell of an array put in the order of the rows. */
static void give_fetched(sqlite3_context *context, const Column *of, int32_t cell) {
    if (of->kind == COLUMN_TEXT)
        give_text(context, &of->words, (uint32_t)cell);
    else if (of->kind == COLUMN_DATE)
        give_day(context, cell);
    else
        sqlite3_result_int(context, cell);
}

static void give_from_row(sqlite3_context *context, SqlTable *table, const SqlColumn *column,
                          size_t row) {
    const Column *of = column_of(table, column);
    int32_t period;
    switch (of->kind) {
    case COLUMN_ABSENT: break;
    case COLUMN_INTEGER:
    case COLUMN_BOOLEAN: sqlite3_result_int64(context, column_integer(of, row)); break;
    case COLUMN_REAL: sqlite3_result_double(context, of->reals[row]); break;
    case COLUMN_TEXT: give_text(context, &of->words, of->codes ? of->codes[row] : row); break;
    case COLUMN_DATE:
        if (column->part < PART_MONTH)
            give_date(context, column_date(of, row), column->part);
        else if (part_month(column_date(of, row), column->part, &period))
            give_period(context, table, column->part, period);
    }
}

/* Of a group that comes as one row, or of a row alone. */
static void give_sum(sqlite3_context *context, const SqlCursor *cursor, const Column *of,
                     const SqlColumn *column, const Fetch *fetch) {
    size_t row = row_of(cursor);
    const uint32_t *starts = cursor->adds_up ? cursor->grouping->starts : NULL;
    if (column->part == PART_COUNT)
        sqlite3_result_int64(context, starts ? starts[cursor->at + 1] - starts[cursor->at] : 1);
    else if (starts && fetch && fetch->sum.counts[cursor->at])
        sqlite3_result_int64(context, fetch->sum.sums[cursor->at]);
    else if (!starts && !column_is_null(of, row))
        sqlite3_result_int64(context, column_integer(of, row));
}

static int give_cell(sqlite3_vtab_cursor *base, sqlite3_context *context, int at) {
    const SqlCursor *cursor = (const SqlCursor *)base;
    SqlTable *table = (SqlTable *)base->pVtab;
    const SqlColumn *column = &table->columns[at];
    const Column *of = column_of(table, column);
    const Fetch *fetch = cursor->fetches ? &cursor->fetches[at] : NULL;
    if (is_added_up(column)) {
        give_sum(context, cursor, of, column, fetch);
    } else if (fetch && fetch->is_key) {
        give_key(context, table, column, cursor->order[fetch->key], fetch->rank);
    } else if (fetch && fetch->cells) {
        give_fetched(context, of, fetch->cells[cursor->at]);
    } else {
        size_t row = row_of(cursor);
        if (!column_is_null(of, row)) give_from_row(context, table, column, row);
    }
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .iVersion = 1,
    .xCreate = connect,
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xDestroy = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = is_at_end,
    .xColumn = give_cell,
    .xRowid = give_rowid,
};

void sql_tables_add(sqlite3 *connection, const Package *package, ColumnSet *const *columns) {
    SqlModule *data = g_new(SqlModule, 1);
    *data = (SqlModule){package, columns};
    if (sqlite3_create_module_v2(connection, "frise", &module, data, g_free) != SQLITE_OK)
        g_error("sqlite: %s", sqlite3_errmsg(connection));
    for (size_t i = 0; i < package->n_resources; i++) {
        g_autoptr(GString) sql = g_string_new("CREATE VIRTUAL TABLE ");
        append_name(sql, "", package->resources[i].table, "");
        g_string_append_printf(sql, " USING frise(%zu)", i);
        sql_run(connection, sql->str);
    }
}
