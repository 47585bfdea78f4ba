#include "data/sql_table_private.h"

#include <string.h>

/* ---- what a table is made of ---- */

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

Ranking *sql_ranking(SqlTable *table, SqlColumn *column) {
    if (!column->is_ranked)
        column->ranking = ranking_new((SortColumn){sql_column_data(table, column), column->part});
    column->is_ranked = true;
    return column->ranking;
}

/* ---- the plan of a query ---- */

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

static bool can_sort(const SqlTable *table, const SqlColumn *column) {
    return !sql_is_added_up(column) &&
           sort_is_possible((SortColumn){sql_column_data(table, column), column->part});
}

static bool is_binary(sqlite3_index_info *info, int constraint) {
    const char *collation = sqlite3_vtab_collation(info, constraint);
    return !collation || g_ascii_strcasecmp(collation, "BINARY") == 0;
}

/* Bounds are for numbers and days, where a rank is its value. */
static bool has_bounds(const SqlTable *table, const SqlColumn *column) {
    return sql_column_data(table, column)->kind != COLUMN_TEXT && column->part <= PART_END;
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
        bool is_sum = column->part == PART_SUM && sql_column_data(table, column)->small;
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

static const sqlite3_module module = {
    .iVersion = 1,
    .xCreate = connect,
    .xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xDestroy = disconnect,
    .xOpen = sql_cursor_open,
    .xClose = sql_cursor_close,
    .xFilter = sql_cursor_filter,
    .xNext = sql_cursor_next,
    .xEof = sql_cursor_is_at_end,
    .xColumn = sql_cell_give,
    .xRowid = sql_cursor_rowid,
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
