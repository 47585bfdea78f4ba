#include "cli/table_print.h"

#include "cli/columns.h"
#include "data/csv_cut.h"

#include <string.h>

/* ---- aligned ---- */

static bool is_numeric(const Table *table, size_t column) {
    for (size_t row = 0; row < table->n_rows; row++) {
        Value value = table_cell(table, row, column);
        if (value.kind != VALUE_NULL && !value_is_number(value)) return false;
    }
    return true;
}

static void append_cell(GString *out, const char *text, size_t width, bool is_right, bool is_last) {
    size_t own = columns_width(text);
    size_t blank = width > own ? width - own : 0;
    if (is_right) columns_pad(out, blank);
    columns_append(out, text);
    if (is_last) return;
    if (!is_right) columns_pad(out, blank);
    columns_pad(out, 2);
}

/* What a cell shows: one line, nothing that a terminal would obey. */
static const char *shown(Arena *arena, const char *text) {
    g_autoptr(GString) clean = g_string_new(NULL);
    columns_append(clean, text);
    for (char *at = clean->str; *at; at++)
        if (*at == '\t') *at = ' ';
    return arena_strdup(arena, clean->str);
}

void table_print_aligned(GString *out, const Table *table) {
    g_autoptr(Arena) arena = arena_new();
    size_t n = table->n_columns;
    size_t *widths = ARENA_ARRAY(arena, size_t, n);
    bool *is_right = ARENA_ARRAY(arena, bool, n);
    const char **cells = ARENA_ARRAY(arena, const char *, n *(table->n_rows + 1));
    for (size_t column = 0; column < n; column++) {
        is_right[column] = is_numeric(table, column);
        for (size_t line = 0; line <= table->n_rows; line++) {
            const char *text = line ? value_plain(table_cell(table, line - 1, column), arena)
                                    : table->columns[column];
            const char **cell = &cells[line * n + column];
            *cell = shown(arena, text);
            widths[column] = MAX(widths[column], columns_width(*cell));
        }
    }
    for (size_t line = 0; line <= table->n_rows; line++) {
        for (size_t column = 0; column < n; column++)
            append_cell(out, cells[line * n + column], widths[column], is_right[column],
                        column + 1 == n && !is_right[column]);
        while (out->len && out->str[out->len - 1] == ' ') g_string_truncate(out, out->len - 1);
        g_string_append_c(out, '\n');
        if (line) continue;
        for (size_t column = 0; column < n; column++) {
            g_autofree char *ruling = g_strnfill(widths[column], '-');
            g_string_append_printf(out, "%s%s", column ? "  " : "", ruling);
        }
        g_string_append_c(out, '\n');
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
