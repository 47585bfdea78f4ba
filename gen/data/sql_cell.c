/* The cells of a row as SQL has them. */
#include "data/sql_table_private.h"

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
    const Column *of = sql_column_data(table, column);
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
    const Column *of = sql_column_data(table, column);
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
    size_t row = sql_cursor_row(cursor);
    const uint32_t *starts = cursor->adds_up ? cursor->grouping->starts : NULL;
    if (column->part == PART_COUNT)
        sqlite3_result_int64(context, starts ? starts[cursor->at + 1] - starts[cursor->at] : 1);
    else if (starts && fetch && fetch->sum.counts[cursor->at])
        sqlite3_result_int64(context, fetch->sum.sums[cursor->at]);
    else if (!starts && !column_is_null(of, row))
        sqlite3_result_int64(context, column_integer(of, row));
}

int sql_cell_give(sqlite3_vtab_cursor *base, sqlite3_context *context, int at) {
    const SqlCursor *cursor = (const SqlCursor *)base;
    SqlTable *table = (SqlTable *)base->pVtab;
    const SqlColumn *column = &table->columns[at];
    const Column *of = sql_column_data(table, column);
    const Fetch *fetch = cursor->fetches ? &cursor->fetches[at] : NULL;
    if (sql_is_added_up(column)) {
        give_sum(context, cursor, of, column, fetch);
    } else if (fetch && fetch->is_key) {
        give_key(context, table, column, cursor->order[fetch->key], fetch->rank);
    } else if (fetch && fetch->cells) {
        give_fetched(context, of, fetch->cells[cursor->at]);
    } else {
        size_t row = sql_cursor_row(cursor);
        if (!column_is_null(of, row)) give_from_row(context, table, column, row);
    }
    return SQLITE_OK;
}
