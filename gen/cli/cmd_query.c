#include "cli/commands.h"
#include "cli/i18n.h"
#include "cli/print.h"
#include "cli/table_print.h"
#include "data/dataset.h"

#include <string.h>

/* Faults of the SQL point into it, under the name `query`. */
static Span locate(const void *owner, size_t offset, size_t len) {
    return (Span){owner, offset, len};
}

static Value parse_value(const char *text) {
    Date date;
    gint64 integer;
    if (strchr(text, '-') && date_parse(text, &date))
        return (Value){.kind = VALUE_DATE, .date = date};
    if (g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, &integer, NULL))
        return (Value){.kind = VALUE_INT, .integer = integer};
    char *end;
    double real = g_ascii_strtod(text, &end);
    bool is_real = strpbrk(text, "0123456789") && !*end; /* neither nan nor infinity */
    return is_real ? (Value){.kind = VALUE_REAL, .real = real}
                   : (Value){.kind = VALUE_TEXT, .text = text};
}

/* `name=value`: a date when it reads as a month or a day, a number when it reads as one, else text.
 */
static const Param *parse_params(const Options *options, Arena *arena, size_t *ret_n) {
    const char *const *said = options->request.params;
    size_t n = 0;
    while (said[n]) n++;
    Param *params = ARENA_ARRAY(arena, Param, n + 1);
    for (size_t i = 0; i < n; i++) {
        const char *equals = strchr(said[i], '=');
        params[i].name = arena_strndup(arena, said[i], (size_t)(equals - said[i]));
        params[i].value = parse_value(equals + 1);
    }
    *ret_n = n;
    return params;
}

static const Table *run_query(const Options *options, const Package *package, Arena *arena,
                              Diag *diag) {
    const char *sql = options->arguments[0];
    g_autoptr(GBytes) bytes = g_bytes_new(sql, strlen(sql));
    g_autoptr(Source) source = source_new("query", bytes);
    const char *const texts[] = {sql, NULL};
    const DatasetOptions reading = {options->request.jobs, texts};
    g_autoptr(Dataset) dataset = dataset_load(package, &reading, diag);
    if (!dataset) return NULL;
    size_t n_params;
    const Param *params = parse_params(options, arena, &n_params);
    return dataset_query(dataset, (Query){sql, locate, source}, params, n_params, arena, diag);
}

static void append_table(GString *out, const Table *table, const PrintStyle *style) {
    if (style->form == PRINT_JSON) {
        table_print_json(out, table);
    } else if (print_is_terminal(stdout)) {
        table_print_aligned(out, table, print_terminal_columns(stdout));
        if (!style->is_quiet)
            g_string_append_printf(out, ngettext("(%zu row)\n", "(%zu rows)\n", table->n_rows),
                                   table->n_rows);
    } else {
        table_print_csv(out, table);
    }
}

int cmd_query(const Options *options) {
    PrintStyle style = print_style(options->given);
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Arena) arena = arena_new();
    const Table *table = NULL;
    Package *package = package_load(options->request.data_dir, arena, diag);
    if (package) {
        table = run_query(options, package, arena, diag);
        package_free(package);
    }
    /* Standard output holds the table or, when there is none, the faults. */
    if (!table) {
        print_run(diag, &style);
        return MAX(print_exit_code(diag), EXIT_INPUT);
    }
    style.stream = stderr;
    print_faults(diag, &style);

    g_autoptr(GString) text = g_string_new(NULL);
    append_table(text, table, &style);
    return print_output(text->str, text->len, &style) ? EXIT_DONE : EXIT_SYSTEM;
}
