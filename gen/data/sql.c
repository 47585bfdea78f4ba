#include "data/sql.h"

#include "base/i18n.h"
#include "data/sql_fault.h"
#include "data/sql_functions.h"
#include "data/sql_rewrite.h"
#include "data/sql_scan.h"
#include "data/sql_table.h"

#include <math.h>
#include <string.h>

enum {
    STEPS_BETWEEN_CHECKS = 1000,
    MAX_STEPS = 50 * 1000 * 1000,   /* instructions of SQLite's machine: one or two seconds */
    MAX_MEMORY = 256 * 1024 * 1024, /* bytes */
    MAX_TEXT = 1000 * 1000,         /* bytes of one value */
    MAX_SQL = 100 * 1000,           /* bytes of one query */
};

typedef enum { STOP_NONE, STOP_STEPS, STOP_MEMORY } Stop;

struct Database {
    sqlite3 *connection;
    const Package *package;
    ColumnSet *const *columns;
    DatabaseLoad *load;
    void *owner;
    /* of the query being run */
    bool *is_read;          /* one a resource */
    bool **is_used;         /* one a field of each resource */
    char *refusal, *remedy; /* why the authorizer said no, once */
    char *refused;          /* the word to point at */
    int64_t steps;
    Stop stop;
};

typedef struct {
    Database *db;
    const Query *query;
    Arena *arena;
    Diag *diag;
    sqlite3_stmt *statement;
    const char **names; /* of the columns of the result, as the query says them */
} Run;

/* Takes the strings. The first refusal is the cause: SQLite may ask on. */
static int refuse(Database *db, char *refusal, char *remedy, const char *word) {
    if (db->refusal) {
        g_free(refusal);
        g_free(remedy);
        return SQLITE_DENY;
    }
    db->refusal = refusal;
    db->remedy = remedy;
    db->refused = g_strdup(word);
    return SQLITE_DENY;
}

static int refuse_table(Database *db, const char *table) {
    g_autofree const char **names = sql_table_names(db->package);
    g_autofree char *all = g_strjoinv(", ", (char **)names);
    char *refusal =
        *table ? g_strdup_printf(_("the table « %s » is not one of the data package"), table)
               : g_strdup(_("a table is not one of the data package"));
    return refuse(db, refusal, g_strdup_printf(_("tables: %s"), all), table);
}

/* Which field a column comes from: its own name, or one that a date adds. */
static void note_use(Database *db, size_t resource, const char *column) {
    const Resource *of = &db->package->resources[resource];
    for (size_t i = 0; i < of->n_fields; i++)
        db->is_used[resource][i] |= sql_column_is_of(&of->fields[i], column);
}

static int authorize_read(Database *db, const char *table, const char *column) {
    for (size_t i = 0; i < db->package->n_resources; i++) {
        if (g_ascii_strcasecmp(db->package->resources[i].table, table) != 0) continue;
        db->is_read[i] = true;
        note_use(db, i, column);
        return SQLITE_OK;
    }
    /* A WITH table none of whose columns is used also comes here, without a column. */
    bool is_inner = !*column && g_ascii_strncasecmp(table, "sqlite_", 7) != 0;
    return is_inner ? SQLITE_OK : refuse_table(db, table);
}

static int authorize_function(Database *db, const char *name) {
    if (sql_function_is_allowed(name)) return SQLITE_OK;
    bool is_clock = g_ascii_strncasecmp(name, "current_", 8) == 0;
    bool is_chance = g_ascii_strncasecmp(name, "random", 6) == 0;
    return refuse(db, g_strdup_printf(_("the function « %s » is not allowed"), name),
                  g_strdup(is_clock    ? "use the parameter :as_of"
                           : is_chance ? _("the same data must always give the same report")
                                       : _("queries only compute from the tables of the package")),
                  name);
}

static int authorize(void *data, int action, const char *first, const char *second,
                     const char *schema, const char *trigger) {
    Database *db = data;
    (void)schema, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_RECURSIVE: return SQLITE_OK; /* recursion is bounded by the steps */
    case SQLITE_READ: return authorize_read(db, first, second ? second : "");
    case SQLITE_FUNCTION: return authorize_function(db, second);
    default: break;
    }
    /* Tables that are functions, json_each() and pragma_…(), are declared to the schema at first
     * use; statements that would write there were refused by their first word. */
    bool is_function = first && g_ascii_strncasecmp(first, "sqlite_", 7) == 0;
    if (is_function) return refuse_table(db, "");
    return refuse(db, g_strdup("a query may only read"), g_strdup("write one SELECT"), "");
}

static int check_progress(void *data) {
    Database *db = data;
    db->steps += STEPS_BETWEEN_CHECKS;
    if (db->steps > MAX_STEPS)
        db->stop = STOP_STEPS;
    else if (sqlite3_memory_used() > MAX_MEMORY)
        db->stop = STOP_MEMORY;
    return db->stop != STOP_NONE;
}

static void set_limits(sqlite3 *connection) {
    static const struct {
        int limit, value;
    } limits[] = {
        {SQLITE_LIMIT_LENGTH, MAX_TEXT},
        {SQLITE_LIMIT_SQL_LENGTH, MAX_SQL},
        {SQLITE_LIMIT_COLUMN, 500},
        {SQLITE_LIMIT_EXPR_DEPTH, 200},
        {SQLITE_LIMIT_COMPOUND_SELECT, 100},
        {SQLITE_LIMIT_VDBE_OP, 100000},
        {SQLITE_LIMIT_FUNCTION_ARG, 100},
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 200},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(limits); i++)
        sqlite3_limit(connection, limits[i].limit, limits[i].value);
}

/* Double quotes name columns only: `"volé"` must not silently be a text. */
static void set_options(sqlite3 *connection) {
    static const struct {
        int option, value;
    } options[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                   {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                   {SQLITE_DBCONFIG_DQS_DML, 0},
                   {SQLITE_DBCONFIG_DQS_DDL, 0},
                   {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}};
    for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
        sqlite3_db_config(connection, options[i].option, options[i].value, NULL);
}

Database *database_new(const Package *package, ColumnSet *const *columns, DatabaseLoad *load,
                       void *owner) {
    Database *db = g_new0(Database, 1);
    db->package = package;
    db->columns = columns;
    db->load = load;
    db->owner = owner;
    db->is_read = g_new0(bool, package->n_resources);
    db->is_used = g_new0(bool *, package->n_resources);
    for (size_t i = 0; i < package->n_resources; i++)
        db->is_used[i] = g_new0(bool, package->resources[i].n_fields + 1);
    int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(":memory:", &db->connection, flags, NULL) != SQLITE_OK)
        g_error("sqlite cannot open a database in memory");
    set_options(db->connection);
    sql_run(db->connection, "PRAGMA temp_store=MEMORY; PRAGMA journal_mode=OFF");
    sql_tables_add(db->connection, package, columns);
    sql_run(db->connection, "PRAGMA query_only=ON");
    sql_functions_add(db->connection);
    set_limits(db->connection);
    sqlite3_set_authorizer(db->connection, authorize, db);
    sqlite3_progress_handler(db->connection, STEPS_BETWEEN_CHECKS, check_progress, db);
    return db;
}

static void forget_query(Database *db) {
    g_clear_pointer(&db->refusal, g_free);
    g_clear_pointer(&db->remedy, g_free);
    g_clear_pointer(&db->refused, g_free);
    memset(db->is_read, 0, db->package->n_resources * sizeof(bool));
    for (size_t i = 0; i < db->package->n_resources; i++)
        memset(db->is_used[i], 0, db->package->resources[i].n_fields * sizeof(bool));
    db->steps = 0;
    db->stop = STOP_NONE;
}

void database_free(Database *db) {
    if (!db) return;
    forget_query(db);
    int rc = sqlite3_close(db->connection);
    g_assert(rc == SQLITE_OK);
    for (size_t i = 0; i < db->package->n_resources; i++) g_free(db->is_used[i]);
    g_free(db->is_used);
    g_free(db->is_read);
    g_free(db);
}

static void report_only_select(const Run *run, Span span) {
    diag_error(run->diag, span, "sql-error", "write one SELECT", "a query may only read");
}

/* What can be told from the tokens alone: it has the best places. */
static bool check_tokens(const Run *run) {
    const char *sql = run->query->sql;
    SqlToken first, token;
    if (!sql_token_next(sql, 0, &first)) {
        diag_error(run->diag, sql_span_whole(run->query), "sql-error", "write one SELECT",
                   "the query is empty");
        return false;
    }
    static const char *const openings[] = {"SELECT", "WITH", "VALUES"};
    bool is_select = false;
    for (size_t i = 0; i < G_N_ELEMENTS(openings); i++)
        is_select |= first.len == strlen(openings[i]) &&
                     g_ascii_strncasecmp(sql + first.start, openings[i], first.len) == 0;
    if (!is_select && first.kind == SQL_WORD) {
        report_only_select(run, sql_span(run->query, first.start, first.len));
        return false;
    }
    if (sql_token_find(sql, SQL_STRING, "'now'", &token)) {
        diag_error(run->diag, sql_span(run->query, token.start, token.len), "sql-error",
                   "use the parameter :as_of", "a query may not read the clock");
        return false;
    }
    return true;
}

static void report_prepare(const Run *run) {
    const Database *db = run->db;
    if (!db->refusal) {
        sql_fault_report(run->query, db->package, sqlite3_errmsg(db->connection),
                         sqlite3_error_offset(db->connection), run->diag);
        return;
    }
    Span span = *db->refused ? sql_span_of(run->query, db->refused) : sql_span_whole(run->query);
    diag_error(run->diag, span, "sql-error", db->remedy, "%s", db->refusal);
}

static bool prepare(Run *run) {
    const char *tail = NULL;
    SqlToken second;
    int rc = sqlite3_prepare_v2(run->db->connection, run->query->sql, -1, &run->statement, &tail);
    if (rc != SQLITE_OK) {
        report_prepare(run);
        return false;
    }
    size_t end = (size_t)(tail - run->query->sql);
    while (sql_token_next(run->query->sql, end, &second)) {
        end = second.start + second.len;
        if (run->query->sql[second.start] == ';') continue;
        diag_error(run->diag, sql_span(run->query, second.start, second.len), "sql-error",
                   "keep one SELECT", "a second statement starts here");
        return false;
    }
    if (run->statement && sqlite3_stmt_readonly(run->statement) &&
        !sqlite3_stmt_isexplain(run->statement) && sqlite3_column_count(run->statement) > 0)
        return true;
    report_only_select(run, sql_span_whole(run->query));
    return false;
}

/* ColumnSet that the query reads and that were not kept. */
static bool load_columns(const Run *run, bool *ret_is_changed) {
    const Database *db = run->db;
    *ret_is_changed = false;
    for (size_t r = 0; r < db->package->n_resources; r++) {
        size_t n = db->package->resources[r].n_fields, absent = 0;
        g_autofree bool *is_wanted = g_new0(bool, n + 1);
        for (size_t i = 0; i < n; i++) {
            is_wanted[i] = db->is_used[r][i] && db->columns[r]->columns[i].kind == COLUMN_ABSENT;
            absent += is_wanted[i];
        }
        if (!absent) continue;
        if (!db->load || !db->load(db->owner, r, is_wanted, run->diag)) return false;
        *ret_is_changed = true;
    }
    return true;
}

static void keep_names(Run *run) {
    int n = sqlite3_column_count(run->statement);
    run->names = ARENA_ARRAY(run->arena, const char *, (size_t)n);
    for (int i = 0; i < n; i++)
        run->names[i] = arena_strdup(run->arena, sqlite3_column_name(run->statement, i));
}

/* The query is understood; now it is planned anew, as it is best run, over columns that are there.
 */
static bool plan(Run *run) {
    bool is_changed;
    g_autofree char *better = sql_rewrite(run->db->package, run->query->sql);
    keep_names(run);
    if (!load_columns(run, &is_changed)) return false;
    if (!better && !is_changed) return true;
    sqlite3_finalize(g_steal_pointer(&run->statement));
    sqlite3 *connection = run->db->connection;
    if (better && sqlite3_prepare_v2(connection, better, -1, &run->statement, NULL) == SQLITE_OK)
        return true;
    int rc = sqlite3_prepare_v2(connection, run->query->sql, -1, &run->statement, NULL);
    g_assert(rc == SQLITE_OK); /* as it was the first time */
    return true;
}

static void report_parameter(const Run *run, const char *name, const Param *params, size_t n) {
    Span span = name ? sql_span_of(run->query, name) : sql_span_of(run->query, "?");
    if (!name || *name != ':') {
        diag_error(run->diag, span, "unknown-parameter", "write a parameter as :name",
                   "« %s » is not a parameter", name ? name : "?");
        return;
    }
    g_autofree const char **names = g_new0(const char *, n + 1);
    for (size_t i = 0; i < n; i++) names[i] = params[i].name;
    const char *near = nearest_word(name + 1, names);
    g_autofree char *all = g_strjoinv(", :", (char **)names);
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean :%s?"), near)
                            : n  ? g_strdup_printf(_("parameters: :%s"), all)
                                 : g_strdup(_("declare it under `params`"));
    diag_error(run->diag, span, "unknown-parameter", hint, "no parameter is named « %s »", name);
}

static void bind_value(sqlite3_stmt *statement, int at, Value value) {
    char date[DATE_TEXT_SIZE];
    switch (value.kind) {
    case VALUE_NULL: sqlite3_bind_null(statement, at); break;
    case VALUE_INT:
    case VALUE_BOOL: sqlite3_bind_int64(statement, at, value.integer); break;
    case VALUE_REAL: sqlite3_bind_double(statement, at, value.real); break;
    case VALUE_TEXT: sqlite3_bind_text(statement, at, value.text, -1, SQLITE_TRANSIENT); break;
    case VALUE_DATE:
        date_print(value.date, date);
        sqlite3_bind_text(statement, at, date, -1, SQLITE_TRANSIENT);
    }
}

static bool bind_params(const Run *run, const Param *params, size_t n_params) {
    bool is_bound = true;
    int n = sqlite3_bind_parameter_count(run->statement);
    for (int at = 1; at <= n; at++) {
        const char *name = sqlite3_bind_parameter_name(run->statement, at);
        const Param *found = NULL;
        for (size_t i = 0; name && *name == ':' && i < n_params && !found; i++)
            if (strcmp(params[i].name, name + 1) == 0) found = &params[i];
        if (found) {
            bind_value(run->statement, at, found->value);
        } else {
            report_parameter(run, name, params, n_params);
            is_bound = false;
        }
    }
    return is_bound;
}

/* Names must tell columns apart: texts and marks find them by name. */
static bool read_columns(const Run *run, Table *table) {
    table->n_columns = (size_t)sqlite3_column_count(run->statement);
    table->columns = ARENA_ARRAY(run->arena, const char *, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) {
        table->columns[i] = run->names[i];
        for (size_t k = 0; k < i; k++) {
            if (strcmp(table->columns[k], table->columns[i]) != 0) continue;
            g_autofree char *hint =
                g_strdup_printf(_("name one of them with AS, as in AS %s_2"), table->columns[i]);
            diag_error(run->diag, sql_span_whole(run->query), "sql-error", hint,
                       "two columns of the result are named « %s »", table->columns[i]);
            return false;
        }
    }
    return true;
}

static bool report_value(const Run *run, int column, const char *problem) {
    diag_error(run->diag, sql_span_whole(run->query), "sql-error",
               "change the expression of this column", "the column « %s » gives %s",
               sqlite3_column_name(run->statement, column), problem);
    return false;
}

static bool read_text(const Run *run, int column, Value *ret_value) {
    const char *text = (const char *)sqlite3_column_text(run->statement, column);
    int len = sqlite3_column_bytes(run->statement, column);
    if (!text) g_error("out of memory");
    if (!g_utf8_validate(text, len, NULL))
        return report_value(run, column, _("bytes that are no text"));
    *ret_value = (Value){.kind = VALUE_TEXT, .text = arena_strndup(run->arena, text, (size_t)len)};
    return true;
}

static bool read_value(const Run *run, int column, Value *ret_value) {
    switch (sqlite3_column_type(run->statement, column)) {
    case SQLITE_NULL: *ret_value = (Value){.kind = VALUE_NULL}; return true;
    case SQLITE_INTEGER:
        *ret_value =
            (Value){.kind = VALUE_INT, .integer = sqlite3_column_int64(run->statement, column)};
        return true;
    case SQLITE_FLOAT:
        *ret_value =
            (Value){.kind = VALUE_REAL, .real = sqlite3_column_double(run->statement, column)};
        return isfinite(ret_value->real) || report_value(run, column, _("a number without bound"));
    case SQLITE_TEXT: return read_text(run, column, ret_value);
    default: return report_value(run, column, _("bytes that are no text"));
    }
}

static void report_step(const Run *run) {
    Span span = sql_span_whole(run->query);
    switch (run->db->stop) {
    case STOP_STEPS:
        diag_error(run->diag, span, "sql-error",
                   "give WITH RECURSIVE an end, and join tables with a condition",
                   "the query takes too long");
        break;
    case STOP_MEMORY:
        diag_error(run->diag, span, "sql-error", "read fewer rows or shorter texts",
                   "the query needs too much memory");
        break;
    case STOP_NONE:
        sql_fault_report(run->query, run->db->package, sqlite3_errmsg(run->db->connection), -1,
                         run->diag);
    }
}

static bool read_rows(const Run *run, Table *table, GArray *cells) {
    int rc;
    for (table->n_rows = 0; (rc = sqlite3_step(run->statement)) == SQLITE_ROW; table->n_rows++) {
        if (table->n_rows == SQL_MAX_ROWS) {
            diag_error(run->diag, sql_span_whole(run->query), "sql-error",
                       "group the rows, or add LIMIT", "the query gives more than %d rows",
                       SQL_MAX_ROWS);
            return false;
        }
        for (size_t i = 0; i < table->n_columns; i++) {
            Value value;
            if (!read_value(run, (int)i, &value)) return false;
            g_array_append_val(cells, value);
        }
    }
    if (rc != SQLITE_DONE) report_step(run);
    return rc == SQLITE_DONE;
}

/* Every value that is not NULL is a date of at least this many characters. */
static bool is_date_column(const Table *table, size_t column, size_t shortest) {
    bool has_date = false;
    for (size_t row = 0; row < table->n_rows; row++) {
        Value value = table_cell(table, row, column);
        Date date;
        if (value.kind == VALUE_NULL) continue;
        if (value.kind != VALUE_TEXT || strlen(value.text) < shortest) return false;
        if (!date_parse(value.text, &date)) return false;
        has_date = true;
    }
    return has_date;
}

static bool is_boolean_column(const Table *table, size_t column) {
    for (size_t row = 0; row < table->n_rows; row++) {
        Value value = table_cell(table, row, column);
        if (value.kind == VALUE_NULL) continue;
        if (value.kind != VALUE_INT || value.integer < 0 || value.integer > 1) return false;
    }
    return true;
}

static void convert_column(Table *table, size_t column, ValueKind kind) {
    for (size_t row = 0; row < table->n_rows; row++) {
        Value *value = &table->cells[row * table->n_columns + column];
        if (value->kind == VALUE_NULL) continue;
        if (kind == VALUE_DATE) {
            Date date;
            bool is_date = date_parse(value->text, &date);
            g_assert(is_date);
            value->date = date;
        }
        value->kind = kind;
    }
}

/* A column that is one of a table has its type; an expression is a date when it looks like one. */
static void type_columns(const Run *run, Table *table) {
    for (size_t i = 0; i < table->n_columns; i++) {
        const char *type = sqlite3_column_decltype(run->statement, (int)i); /* "": hidden */
        bool is_date = !type || !*type ? is_date_column(table, i, strlen("2019-11"))
                                       : strcmp(type, SQL_TYPE_DATE) == 0 &&
                                             is_date_column(table, i, strlen("2019"));
        bool is_boolean =
            type && strcmp(type, SQL_TYPE_BOOLEAN) == 0 && is_boolean_column(table, i);
        if (is_date) convert_column(table, i, VALUE_DATE);
        if (is_boolean) convert_column(table, i, VALUE_BOOL);
    }
}

static void read_sources(const Run *run, Table *table) {
    const Package *package = run->db->package;
    table->sources = ARENA_ARRAY(run->arena, const char *, package->n_resources);
    for (size_t i = 0; i < package->n_resources; i++)
        if (run->db->is_read[i]) table->sources[table->n_sources++] = package->resources[i].name;
}

static Table *read_result(const Run *run) {
    Table *table = ARENA_NEW(run->arena, Table);
    table->name = "query";
    if (!read_columns(run, table)) return NULL;
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Value));
    if (!read_rows(run, table, cells)) return NULL;
    table->cells = arena_dup(run->arena, cells->data, cells->len * sizeof(Value));
    type_columns(run, table);
    read_sources(run, table);
    return table;
}

const Table *database_query(Database *db, Query query, const Param *params, size_t n_params,
                            Arena *arena, Diag *diag) {
    Run run = {.db = db, .query = &query, .arena = arena, .diag = diag};
    forget_query(db);
    if (!check_tokens(&run)) return NULL;
    bool is_ready = prepare(&run) && plan(&run) && bind_params(&run, params, n_params);
    const Table *table = is_ready ? read_result(&run) : NULL;
    sqlite3_finalize(run.statement);
    return table;
}
