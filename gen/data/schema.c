#include "data/schema.h"

#include "data/cell.h"

#include <string.h>

static const size_t ABSENT = SIZE_MAX;

typedef struct {
    CellRule rule;
    size_t label;     /* which cell of a row; ABSENT when the file has no such column */
    GHashTable *seen; /* text -> row, where values must differ; NULL elsewhere */
    bool is_key;
} Column;

typedef struct {
    const Resource *resource;
    const CsvFile *file;
    Arena *arena;
    Faults faults;
    Column *columns; /* one a field */
    const CsvRow *header;
} Check;

static Span cell_span(const Check *check, const CsvCell *cell) {
    return csvfile_span(check->file, cell);
}

static Span row_span(const Check *check, const CsvRow *row) {
    const CsvCell *first = &row->cells[0], *last = &row->cells[row->n - 1];
    return (Span){check->file->source, first->start, last->start + last->len - first->start};
}

static size_t line_of(const Check *check, const CsvRow *row) {
    return source_locate(row_span(check, row)).line;
}

/* The fields that no label of the header names, NULL-terminated: what a wrong label may mean. */
static const char **absent_names(const Check *check) {
    const char **names = g_new0(const char *, check->resource->n_fields + 1);
    size_t n = 0;
    for (size_t i = 0; i < check->resource->n_fields; i++)
        if (check->columns[i].label == ABSENT) names[n++] = check->resource->fields[i].name;
    return names;
}

static Column *column_named(const Check *check, const char *name) {
    for (size_t i = 0; i < check->resource->n_fields; i++)
        if (strcmp(check->resource->fields[i].name, name) == 0) return &check->columns[i];
    return NULL;
}

/* One label that holds the separators of another dialect: every other fault would be noise. */
static bool check_delimiter(Check *check) {
    const CsvCell *label = &check->header->cells[0];
    if (check->header->n > 1 || check->resource->n_fields < 2) return true;
    for (const char *other = ";,\t|"; *other; other++) {
        if (*other == check->resource->delimiter || !strchr(label->text, *other)) continue;
        g_autofree char *hint =
            g_strdup_printf("write `dialect: {delimiter: \"%s\"}` under %s in datapackage.yaml",
                            *other == '\t' ? "\\t" : (char[]){*other, '\0'}, check->resource->name);
        faults_add(&check->faults, cell_span(check, label), "dialect-error", hint,
                   "the columns seem to be separated by « %s », not by « %c »",
                   *other == '\t' ? "tab" : (char[]){*other, '\0'}, check->resource->delimiter);
        return false;
    }
    return true;
}

static void check_duplicate_label(Check *check, size_t label, size_t first) {
    const CsvCell *cell = &check->header->cells[label];
    faults_add(&check->faults, cell_span(check, cell), "duplicate-label", "keep one of the two",
               "the column « %s » is already column %zu", cell->text, first + 1);
}

static void find_labels(Check *check) {
    for (size_t i = 0; i < check->header->n; i++) {
        Column *column = column_named(check, check->header->cells[i].text);
        if (column && column->label != ABSENT)
            check_duplicate_label(check, i, column->label);
        else if (column)
            column->label = i;
    }
}

static void report_extra(Check *check, const CsvCell *cell, const char *near) {
    g_autofree char *hint = near ? g_strdup_printf("did you mean %s?", near)
                                 : g_strdup_printf("delete the column, or add it to the fields of "
                                                   "%s in datapackage.yaml",
                                                   check->resource->name);
    g_autofree char *shown = cell_quote(cell->text);
    faults_add(&check->faults, cell_span(check, cell), "extra-label", hint, "unknown column %s",
               shown);
}

/* Labels that name no field; a field that one of them nearly names is not reported as missing. */
static void check_unknown_labels(Check *check, GHashTable *explained) {
    g_autofree const char **absent = absent_names(check);
    for (size_t i = 0; i < check->header->n; i++) {
        const CsvCell *cell = &check->header->cells[i];
        if (!*cell->text) {
            faults_add(&check->faults, cell_span(check, cell), "blank-label",
                       "name the column, or delete it", "column %zu has no name", i + 1);
            continue;
        }
        if (column_named(check, cell->text)) continue;
        const char *near = nearest_word(cell->text, absent);
        if (near) g_hash_table_add(explained, (char *)near);
        report_extra(check, cell, near);
    }
}

static void check_missing_labels(Check *check, GHashTable *explained) {
    g_autofree const char **absent = absent_names(check);
    for (const char **name = absent; *name; name++) {
        if (g_hash_table_contains(explained, *name)) continue;
        g_autofree char *hint = g_strdup_printf(
            "add the column, or delete the field of %s in datapackage.yaml", check->resource->name);
        faults_add(&check->faults, row_span(check, check->header), "missing-label", hint,
                   "the column « %s » is missing", *name);
    }
}

/* false: the rows make no sense. */
static bool check_header(Check *check) {
    if (!check->file->n_rows) {
        faults_add(&check->faults, (Span){check->file->source, 0, 0}, "missing-label",
                   "write the names of the columns on the first line", "the file is empty");
        return false;
    }
    check->header = &check->file->rows[0];
    if (!check_delimiter(check)) return false;
    g_autoptr(GHashTable) explained = g_hash_table_new(g_str_hash, g_str_equal);
    find_labels(check);
    check_unknown_labels(check, explained);
    check_missing_labels(check, explained);
    return true;
}

static void check_width(Check *check, const CsvRow *row) {
    size_t wanted = check->header->n;
    if (row->n > wanted) {
        faults_add(&check->faults, cell_span(check, &row->cells[wanted]), "extra-cell",
                   "put a cell that holds the separator between quotes",
                   "the row has %zu cells, the header %zu", row->n, wanted);
    } else if (row->n < wanted) {
        g_autofree char *hint = g_strdup_printf("the first missing cell is « %s »: write the "
                                                "separators of empty cells too",
                                                check->header->cells[row->n].text);
        faults_add(&check->faults, row_span(check, row), "missing-cell", hint,
                   "the row has %zu cells, the header %zu", row->n, wanted);
    }
}

static void check_repeat(Check *check, const Column *column, const CsvCell *cell,
                         const CsvRow *row) {
    const CsvRow *first = g_hash_table_lookup(column->seen, cell->text);
    if (!first) {
        g_hash_table_insert(column->seen, (char *)cell->text, (void *)row);
        return;
    }
    g_autofree char *shown = cell_quote(cell->text);
    faults_add(
        &check->faults, cell_span(check, cell), column->is_key ? "primary-key" : "constraint-error",
        column->is_key ? "give each row its own, or delete the repeated row"
                       : "each row must have its own",
        "%s: %s is already on line %zu", column->rule.field->name, shown, line_of(check, first));
}

static Value check_cell(Check *check, const Column *column, const CsvRow *row) {
    const CsvCell *cell = &row->cells[column->label];
    size_t before = check->faults.count;
    Value value =
        cell_read(&column->rule, cell->text, cell_span(check, cell), check->arena, &check->faults);
    if (value.kind != VALUE_NULL && column->seen) check_repeat(check, column, cell, row);
    bool is_keyless = column->is_key && value.kind == VALUE_NULL && check->faults.count == before;
    if (is_keyless)
        faults_add(&check->faults, cell_span(check, cell), "primary-key",
                   "fill the cell: each row is known by it", "%s: the primary key is empty",
                   column->rule.field->name);
    return value;
}

static void check_row(Check *check, const CsvRow *row, Value *cells) {
    check_width(check, row);
    for (size_t i = 0; i < check->resource->n_fields; i++) {
        const Column *column = &check->columns[i];
        bool is_there = column->label < row->n;
        cells[i] = is_there ? check_cell(check, column, row) : (Value){.kind = VALUE_NULL};
    }
}

static void init_columns(Check *check) {
    const Resource *resource = check->resource;
    check->columns = g_new0(Column, resource->n_fields);
    for (size_t i = 0; i < resource->n_fields; i++) {
        const Field *field = &resource->fields[i];
        Column *column = &check->columns[i];
        column->label = ABSENT;
        column->is_key = resource->primary_key && strcmp(resource->primary_key, field->name) == 0;
        if (column->is_key || field->is_unique)
            column->seen = g_hash_table_new(g_str_hash, g_str_equal);
        rule_init(&column->rule, field, resource, check->faults.diag);
    }
}

static void clear_columns(Check *check) {
    for (size_t i = 0; i < check->resource->n_fields; i++) {
        rule_clear(&check->columns[i].rule);
        if (check->columns[i].seen) g_hash_table_unref(check->columns[i].seen);
    }
    g_free(check->columns);
}

static Table *table_new(const Resource *resource, size_t n_rows, Arena *arena) {
    Table *table = ARENA_NEW(arena, Table);
    table->name = resource->name;
    table->n_columns = resource->n_fields;
    table->n_rows = n_rows;
    table->columns = ARENA_ARRAY(arena, const char *, table->n_columns);
    for (size_t i = 0; i < table->n_columns; i++) table->columns[i] = resource->fields[i].name;
    table->cells = ARENA_ARRAY(arena, Value, table->n_rows * table->n_columns);
    table->sources = ARENA_ARRAY(arena, const char *, 1);
    table->sources[0] = table->name;
    table->n_sources = 1;
    return table;
}

static void report_rest(const Check *check) {
    if (check->faults.count <= FAULTS_SHOWN) return;
    size_t rest = check->faults.count - FAULTS_SHOWN;
    diag_warning(check->faults.diag, (Span){check->file->source, 0, 0}, "more-faults",
                 "correct those above first", "%zu more fault%s in this file %s not shown", rest,
                 rest > 1 ? "s" : "", rest > 1 ? "are" : "is");
}

Table *schema_read(const Resource *resource, const CsvFile *file, Arena *arena, Diag *diag) {
    size_t before = diag_errors(diag);
    Check check = {.resource = resource, .file = file, .arena = arena, .faults = {.diag = diag}};
    init_columns(&check);
    Table *table = table_new(resource, file->n_rows ? file->n_rows - 1 : 0, arena);
    if (check_header(&check))
        for (size_t i = 0; i < table->n_rows; i++)
            check_row(&check, &file->rows[i + 1], &table->cells[i * table->n_columns]);
    report_rest(&check);
    clear_columns(&check);
    return diag_errors(diag) > before ? NULL : table;
}
