#include "cli/table_print.h"

#include "cli/columns.h"
#include "cli/print.h"
#include "data/csv_cut.h"

#include <math.h>
#include <string.h>

/* ---- aligned ---- */

enum { GAP = 2, TEXT_LEAST = 8 }; /* columns: between two cells, of a cut text */

typedef struct {
    size_t width;
    bool is_numeric; /* some numbers and nothing else: set to the right, never cut */
} Column;

static bool is_numeric(const Table *table, size_t column) {
    bool has_number = false;
    for (size_t row = 0; row < table->n_rows; row++) {
        Value value = table_cell(table, row, column);
        if (value.kind != VALUE_NULL && !value_is_number(value)) return false;
        has_number |= value.kind != VALUE_NULL;
    }
    return has_number;
}

/* What a cell shows: one line, nothing that a terminal would obey. */
static const char *shown(Arena *arena, const char *text) {
    g_autoptr(GString) clean = g_string_new(NULL);
    columns_append(clean, text);
    for (char *at = clean->str; *at; at++)
        if (*at == '\t') *at = ' ';
    return arena_strdup(arena, clean->str);
}

/* Line 0 is the header. */
static const char *cell_text(const Table *table, size_t line, size_t column, Arena *arena) {
    if (!line) return shown(arena, table->columns[column]);
    Value value = table_cell(table, line - 1, column);
    return value.kind == VALUE_NULL ? "NULL" : shown(arena, value_plain(value, arena));
}

static size_t table_width(const Column *columns, size_t n, size_t text_most) {
    size_t width = n ? (n - 1) * GAP : 0;
    for (size_t i = 0; i < n; i++)
        width += columns[i].is_numeric ? columns[i].width : MIN(columns[i].width, text_most);
    return width;
}

/* The widest texts are cut, all to the same width: the largest that fits. */
static void fit_columns(Column *columns, size_t n, size_t room) {
    size_t most = 0;
    for (size_t i = 0; i < n; i++) most = MAX(most, columns[i].width);
    if (table_width(columns, n, most) <= room) return;
    size_t low = TEXT_LEAST, high = MAX(MIN(most, room), TEXT_LEAST);
    while (low < high) {
        size_t middle = (low + high + 1) / 2;
        if (table_width(columns, n, middle) <= room)
            low = middle;
        else
            high = middle - 1;
    }
    for (size_t i = 0; i < n; i++)
        if (!columns[i].is_numeric) columns[i].width = MIN(columns[i].width, low);
}

/* Appends at most `width` columns; answers how many. */
static size_t append_cut(GString *out, const char *text, size_t width) {
    size_t own = columns_width(text);
    if (own <= width) {
        g_string_append(out, text);
        return own;
    }
    size_t at = 0;
    for (; *text; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (at + columns_of(c, at) > width - 1) break;
        at += columns_of(c, at);
        g_string_append_unichar(out, c);
    }
    g_string_append(out, "…");
    return at + 1;
}

static void append_cell(GString *out, const char *text, const Column *column) {
    size_t own = columns_width(text);
    if (column->is_numeric && own < column->width) columns_pad(out, column->width - own);
    size_t width = append_cut(out, text, column->width);
    if (!column->is_numeric) columns_pad(out, column->width - width);
}

static void end_line(GString *out) {
    while (out->len && out->str[out->len - 1] == ' ') g_string_truncate(out, out->len - 1);
    g_string_append_c(out, '\n');
}

static void append_rulings(GString *out, const Column *columns, size_t n) {
    for (size_t i = 0; i < n; i++) {
        g_autofree char *ruling = g_strnfill(columns[i].width, '-');
        g_string_append_printf(out, "%s%s", i ? "  " : "", ruling);
    }
    g_string_append_c(out, '\n');
}

void table_print_aligned(GString *out, const Table *table, size_t room) {
    g_autoptr(Arena) arena = arena_new();
    size_t n = table->n_columns;
    Column *columns = ARENA_ARRAY(arena, Column, n);
    const char **cells = ARENA_ARRAY(arena, const char *, n *(table->n_rows + 1));
    for (size_t i = 0; i < n; i++) {
        columns[i].is_numeric = is_numeric(table, i);
        for (size_t line = 0; line <= table->n_rows; line++) {
            const char *text = cells[line * n + i] = cell_text(table, line, i, arena);
            columns[i].width = MAX(columns[i].width, columns_width(text));
        }
    }
    fit_columns(columns, n, room);
    for (size_t line = 0; line <= table->n_rows; line++) {
        for (size_t i = 0; i < n; i++) {
            if (i) columns_pad(out, GAP);
            append_cell(out, cells[line * n + i], &columns[i]);
        }
        end_line(out);
        if (!line) append_rulings(out, columns, n);
    }
}

/* ---- CSV ---- */

/* A lone empty field is quoted: its line would be empty. */
static void append_field(GString *out, const char *text, bool is_alone) {
    if (is_alone && !*text)
        g_string_append(out, "\"\"");
    else
        csv_write_cell(out, text, ',');
}

void table_print_csv(GString *out, const Table *table) {
    g_autoptr(Arena) arena = arena_new();
    for (size_t line = 0; line <= table->n_rows; line++) {
        for (size_t column = 0; column < table->n_columns; column++) {
            if (column) g_string_append_c(out, ',');
            append_field(out,
                         line ? value_plain(table_cell(table, line - 1, column), arena)
                              : table->columns[column],
                         table->n_columns == 1);
        }
        g_string_append(out, "\r\n");
    }
}

/* ---- JSON ---- */

static void append_json_value(GString *out, Value value, Arena *arena) {
    bool is_finite = value.kind != VALUE_REAL || isfinite(value.real);
    if (value.kind == VALUE_NULL || !is_finite)
        g_string_append(out, "null");
    else if (value_is_number(value) || value.kind == VALUE_BOOL)
        g_string_append(out, value_plain(value, arena));
    else
        print_json_string(out, value_plain(value, arena));
}

void table_print_json(GString *out, const Table *table) {
    g_autoptr(Arena) arena = arena_new();
    for (size_t row = 0; row < table->n_rows; row++) {
        g_string_append_c(out, '{');
        for (size_t column = 0; column < table->n_columns; column++) {
            if (column) g_string_append_c(out, ',');
            print_json_string(out, table->columns[column]);
            g_string_append_c(out, ':');
            append_json_value(out, table_cell(table, row, column), arena);
        }
        g_string_append(out, "}\n");
    }
}
