#include "data/sql_load.h"

#include <string.h>

static const char *const date_suffixes[] = {"_start", "_end", "_precision"};

void sql_run(sqlite3 *connection, const char *sql) {
    if (sqlite3_exec(connection, sql, NULL, NULL, NULL) != SQLITE_OK)
        g_error("sqlite: %s", sqlite3_errmsg(connection));
}

static const char *declared_type(FieldType type) {
    switch (type) {
    case FIELD_INTEGER: return "INTEGER";
    case FIELD_NUMBER: return "REAL";
    case FIELD_BOOLEAN: return SQL_TYPE_BOOLEAN;
    case FIELD_DATE: return SQL_TYPE_DATE;
    case FIELD_STRING: return "TEXT";
    }
    g_assert_not_reached();
}

static void append_name(GString *sql, const char *name, const char *suffix) {
    g_string_append_c(sql, '"');
    for (; *name; name++) {
        if (*name == '"') g_string_append_c(sql, '"');
        g_string_append_c(sql, *name);
    }
    g_string_append_printf(sql, "%s\"", suffix);
}

static void create_table(sqlite3 *connection, const Resource *resource) {
    g_autoptr(GString) sql = g_string_new("CREATE TABLE ");
    append_name(sql, resource->table, "");
    for (size_t i = 0; i < resource->n_fields; i++) {
        const Field *field = &resource->fields[i];
        g_string_append(sql, i ? ", " : " (");
        append_name(sql, field->name, "");
        g_string_append_printf(sql, " %s", declared_type(field->type));
        for (size_t k = 0; field->type == FIELD_DATE && k < G_N_ELEMENTS(date_suffixes); k++) {
            bool is_day = k < 2;
            g_string_append(sql, ", ");
            append_name(sql, field->name, date_suffixes[k]);
            g_string_append(sql, is_day ? " " SQL_TYPE_DATE : " TEXT");
        }
    }
    g_string_append(sql, ")");
    sql_run(connection, sql->str);
}

static size_t count_columns(const Resource *resource) {
    size_t n = resource->n_fields;
    for (size_t i = 0; i < resource->n_fields; i++)
        if (resource->fields[i].type == FIELD_DATE) n += G_N_ELEMENTS(date_suffixes);
    return n;
}

static sqlite3_stmt *prepare_insert(sqlite3 *connection, const Resource *resource) {
    g_autoptr(GString) sql = g_string_new("INSERT INTO ");
    append_name(sql, resource->table, "");
    size_t n = count_columns(resource);
    for (size_t i = 0; i < n; i++) g_string_append(sql, i ? ",?" : " VALUES (?");
    g_string_append(sql, ")");
    sqlite3_stmt *insert = NULL;
    if (sqlite3_prepare_v2(connection, sql->str, -1, &insert, NULL) != SQLITE_OK)
        g_error("sqlite: %s", sqlite3_errmsg(connection));
    return insert;
}

static void bind_text(sqlite3_stmt *insert, int at, const char *text) {
    sqlite3_bind_text(insert, at, text, -1, SQLITE_TRANSIENT);
}

static void bind_date(sqlite3_stmt *insert, int at, Date date) {
    static const char *const precisions[] = {"year", "month", "day", "interval"};
    char text[24], first[24], last[24];
    bool is_day = date.precision == DATE_DAY;
    date_print(date, text);
    if (!is_day) {
        date_print((Date){date.first, date.first, DATE_DAY}, first);
        date_print((Date){date.last, date.last, DATE_DAY}, last);
    }
    bind_text(insert, at, text);
    bind_text(insert, at + 1, is_day ? text : first);
    bind_text(insert, at + 2, is_day ? text : last);
    sqlite3_bind_text(insert, at + 3, precisions[date.precision], -1, SQLITE_STATIC);
}

static void bind_value(sqlite3_stmt *insert, int at, Value value) {
    switch (value.kind) {
    case VALUE_NULL: break; /* bindings were cleared */
    case VALUE_INT:
    case VALUE_BOOL: sqlite3_bind_int64(insert, at, value.integer); break;
    case VALUE_REAL: sqlite3_bind_double(insert, at, value.real); break;
    case VALUE_TEXT: sqlite3_bind_text(insert, at, value.text, -1, SQLITE_STATIC); break;
    case VALUE_DATE: bind_date(insert, at, value.date); break;
    }
}

static void insert_row(sqlite3_stmt *insert, const Resource *resource, const Value *cells) {
    int at = 1;
    sqlite3_clear_bindings(insert);
    for (size_t i = 0; i < resource->n_fields; i++) {
        bind_value(insert, at, cells[i]);
        at += resource->fields[i].type == FIELD_DATE ? 1 + (int)G_N_ELEMENTS(date_suffixes) : 1;
    }
    if (sqlite3_step(insert) != SQLITE_DONE)
        g_error("sqlite: %s", sqlite3_errmsg(sqlite3_db_handle(insert)));
    sqlite3_reset(insert);
}

void sql_load_table(sqlite3 *connection, const Resource *resource, const Table *table) {
    create_table(connection, resource);
    sqlite3_stmt *insert = prepare_insert(connection, resource);
    for (size_t i = 0; i < table->n_rows; i++)
        insert_row(insert, resource, &table->cells[i * table->n_columns]);
    sqlite3_finalize(insert);
}
