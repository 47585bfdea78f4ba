/* Faults of rows, with their places: the rows that have them are looked at a second time. */
#include "data/intake_private.h"

#include "base/i18n.h"

#include <string.h>

/* A repeated or strange key, to be told at its row. */
typedef struct {
    size_t row, first; /* SIZE_MAX: no first row, the key is a stranger */
    size_t key;        /* of intake->keys */
    const char *other; /* the table that a stranger is not in */
} KeyFault;

typedef struct {
    Intake *intake;
    GArray *faults;    /* KeyFault, by row */
    size_t next;       /* not told yet */
    GHashTable *lines; /* row -> line + 1, of first rows */
    GHashTable *keys;  /* row, key -> text, of first rows */
    Value *values;     /* of the row, one a field */
    Arena *arena;
} Report;

static Span cell_span(const Look *look, size_t label) {
    const CsvPlace *place = &g_array_index(look->record->cells, CsvPlace, label);
    return (Span){look->source, place->start, place->len};
}

static Span row_span(const Look *look) {
    return (Span){look->source, 0, look->record->len};
}

static size_t label_of(const Intake *intake, size_t field) {
    for (size_t i = 0; i < intake->n_labels; i++)
        if (intake->fields[i] == field) return i;
    return SIZE_MAX;
}

/* Of a field, or the whole row when it has no such cell. */
static Span field_span(const Intake *intake, const Look *look, size_t field) {
    size_t label = label_of(intake, field);
    return label < look->record->cells->len ? cell_span(look, label) : row_span(look);
}

/* ---- cells, widths, rules ---- */

static void check_width(Intake *intake, const Look *look) {
    size_t wanted = intake->n_labels, n = look->record->cells->len;
    g_autofree char *message = g_strdup_printf(ngettext("the row has %zu cell, the header %zu",
                                                        "the row has %zu cells, the header %zu", n),
                                               n, wanted);
    if (n > wanted) {
        faults_add(&intake->faults, cell_span(look, wanted), "extra-cell",
                   _("put a cell that holds the separator between quotes"), "%s", message);
    } else if (n < wanted) {
        size_t field = intake->fields[n];
        g_autofree char *hint =
            field == NO_FIELD
                ? g_strdup(_("write the separators of empty cells too"))
                : g_strdup_printf(_("the first missing cell is « %s »: write the separators of "
                                    "empty cells too"),
                                  intake->resource->fields[field].name);
        faults_add(&intake->faults, row_span(look), "missing-cell", hint, "%s", message);
    }
}

static void check_cells(Report *report, const Look *look) {
    Intake *intake = report->intake;
    size_t n = MIN(intake->n_labels, look->record->cells->len);
    memset(report->values, 0, intake->resource->n_fields * sizeof *report->values);
    for (size_t i = 0; i < n; i++) {
        size_t field = intake->fields[i];
        if (field == NO_FIELD) continue;
        Value value;
        if (cell_read(&intake->rules[field], csv_record_text(look->record, i), cell_span(look, i),
                      report->arena, &intake->faults, &value))
            report->values[field] = value;
    }
}

static void report_requirement(Report *report, Span span, const Rule *rule, const char *name) {
    g_autofree char *hint =
        g_strdup_printf(_("fill the cell: it is required when %s is given"), rule->text);
    if (rule->says)
        faults_add(&report->intake->faults, span, "row-constraint", hint,
                   "%s: the cell is empty: %s", name, rule->says);
    else
        faults_add(&report->intake->faults, span, "row-constraint", hint, "%s: the cell is empty",
                   name);
}

static void report_comparison(Report *report, Span span, const Rule *rule) {
    const Field *fields = report->intake->resource->fields;
    const char *name = fields[rule->left].name;
    const char *left = value_plain(report->values[rule->left], report->arena);
    const char *right = value_plain(rule_right(rule, report->values), report->arena);
    g_autofree char *hint = rule->right == SIZE_MAX ? g_strdup_printf(_("correct %s"), name)
                                                    : g_strdup_printf(_("correct %s or %s"), name,
                                                                      fields[rule->right].name);
    if (rule->says)
        faults_add(&report->intake->faults, span, "row-constraint", hint,
                   "%s: « %s » and « %s » break the rule « %s »: %s", name, left, right, rule->text,
                   rule->says);
    else
        faults_add(&report->intake->faults, span, "row-constraint", hint,
                   "%s: « %s » and « %s » break the rule « %s »", name, left, right, rule->text);
}

static void check_rules(Report *report, const Look *look) {
    Intake *intake = report->intake;
    const Resource *resource = intake->resource;
    for (size_t i = 0; i < resource->n_rules; i++) {
        const Rule *rule = &resource->rules[i];
        if (rule_holds(rule, report->values)) continue;
        size_t at = rule_field(rule, report->values);
        Span span = field_span(intake, look, at);
        if (rule->is_requirement)
            report_requirement(report, span, rule, resource->fields[at].name);
        else
            report_comparison(report, span, rule);
    }
}

/* ---- keys ---- */

/* The key as text, to compare and to show: equal keys have equal texts. */
static char *key_text(const Report *report, size_t k) {
    const KeyColumns *key = &report->intake->keys[k];
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < key->n; i++) {
        if (i) g_string_append(text, ", ");
        g_string_append(text, value_plain(report->values[key->columns[i]], report->arena));
    }
    return g_string_free(text, FALSE);
}

static char *key_names(const Intake *intake, const KeyColumns *key) {
    GString *names = g_string_new(NULL);
    for (size_t i = 0; i < key->n; i++)
        g_string_append_printf(names, "%s%s", i ? ", " : "",
                               intake->resource->fields[key->columns[i]].name);
    return g_string_free(names, FALSE);
}

static bool is_primary(const Intake *intake, size_t k) {
    return k == 0 && intake->resource->primary_key.n;
}

static void report_stranger(Report *report, const Look *look, const KeyFault *fault) {
    Intake *intake = report->intake;
    const KeyColumns *key = &intake->keys[fault->key];
    g_autofree char *text = key_text(report, fault->key), *shown = cell_quote(text);
    g_autofree char *names = key_names(intake, key);
    g_autofree char *hint = g_strdup_printf(_("correct it, or add the row to %s"), fault->other);
    faults_add(&intake->faults, field_span(intake, look, key->columns[0]), "foreign-key", hint,
               "%s: %s is not in %s", names, shown, fault->other);
}

static char *map_key(size_t row, size_t key) {
    return g_strdup_printf("%zu %zu", row, key);
}

static void report_repeat(Report *report, const Look *look, const KeyFault *fault) {
    Intake *intake = report->intake;
    const KeyColumns *key = &intake->keys[fault->key];
    g_autofree char *text = key_text(report, fault->key), *shown = cell_quote(text);
    g_autofree char *names = key_names(intake, key), *place = map_key(fault->first, fault->key);
    const char *first = g_hash_table_lookup(report->keys, place);
    if (g_strcmp0(first, text) != 0) return; /* the hashes alone were equal */
    size_t line =
        GPOINTER_TO_SIZE(g_hash_table_lookup(report->lines, GSIZE_TO_POINTER(fault->first)));
    faults_add(&intake->faults, field_span(intake, look, key->columns[0]),
               is_primary(intake, fault->key) ? "primary-key" : "unique-error",
               is_primary(intake, fault->key)
                   ? _("give each row its own, or delete the repeated row")
                   : _("each row must have its own"),
               "%s: %s is already on line %zu", names, shown, line);
}

static void check_primary(Report *report, const Look *look) {
    Intake *intake = report->intake;
    const Key *key = &intake->resource->primary_key;
    for (size_t i = 0; i < key->n; i++) {
        size_t label = label_of(intake, key->columns[i]);
        const Field *field = &intake->resource->fields[key->columns[i]];
        bool is_empty = report->values[key->columns[i]].kind == VALUE_NULL && !field->is_required &&
                        label < look->record->cells->len && !*csv_record_text(look->record, label);
        if (is_empty)
            faults_add(&intake->faults, cell_span(look, label), "primary-key",
                       _("fill the cell: each row is known by it"), "%s: the primary key is empty",
                       field->name);
    }
}

/* ---- rows ---- */

static void look_at_row(void *user, const Look *look) {
    Report *report = user;
    Intake *intake = report->intake;
    if (intake->faults.count >= FAULTS_SHOWN) return;
    /* The faults of an empty row are many: it is said once. */
    check_width(intake, look);
    check_cells(report, look);
    check_rules(report, look);
    check_primary(report, look);
    g_hash_table_insert(report->lines, GSIZE_TO_POINTER(look->row), GSIZE_TO_POINTER(look->line));
    for (size_t k = 0; k < intake->n_own_keys; k++)
        g_hash_table_insert(report->keys, map_key(look->row, k), key_text(report, k));
    while (report->next < report->faults->len) {
        const KeyFault *fault = &g_array_index(report->faults, KeyFault, report->next);
        if (fault->row > look->row) break;
        if (fault->row == look->row && fault->first == SIZE_MAX)
            report_stranger(report, look, fault);
        else if (fault->row == look->row)
            report_repeat(report, look, fault);
        report->next++;
    }
}

static int compare_key_faults(const void *a, const void *b) {
    const KeyFault *x = a, *y = b;
    if (x->row != y->row) return x->row < y->row ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

static int compare_rows(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Rows to look at, sorted and different: those with marks or key faults, and the first rows of
 * repeated keys. No more than can be shown. */
static GArray *rows_to_look_at(const Intake *intake, const GArray *faults) {
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (guint i = 0; i < MIN(intake->marks->len, FAULTS_SHOWN); i++)
        g_array_append_val(rows, g_array_index(intake->marks, FaultMark, i).row);
    for (guint i = 0; i < MIN(faults->len, FAULTS_SHOWN); i++) {
        const KeyFault *fault = &g_array_index(faults, KeyFault, i);
        g_array_append_val(rows, fault->row);
        if (fault->first != SIZE_MAX) g_array_append_val(rows, fault->first);
    }
    g_array_sort(rows, compare_rows);
    guint n = 0;
    for (guint i = 0; i < rows->len; i++)
        if (!i || g_array_index(rows, size_t, i) != g_array_index(rows, size_t, n - 1))
            g_array_index(rows, size_t, n++) = g_array_index(rows, size_t, i);
    g_array_set_size(rows, n);
    return rows;
}

/* Errors of structure in the rows of the file that were reported from the fault `first` on. */
static size_t structure_told(const Intake *intake, size_t first) {
    const Diag *diag = intake->faults.diag;
    size_t n = 0;
    for (size_t i = first; i < diag_count(diag); i++) {
        const Fault *fault = diag_at(diag, i);
        n += fault->level == FAULT_ERROR && !g_strcmp0(fault->file, intake->path) &&
             fault_code_kind(fault) == CODE_STRUCTURE;
    }
    return n;
}

/* `rest` faults are not told, so many of them of structure. */
static void report_rest(const Intake *intake, size_t rest, size_t structure) {
    if (!rest) return;
    diag_count_more(intake->faults.diag, intake->path, CODE_STRUCTURE, structure);
    diag_count_more(intake->faults.diag, intake->path, CODE_CONTENT, rest - structure);
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(Source) source = source_new(intake->path, none);
    g_autofree char *message =
        g_strdup_printf(ngettext("%zu more fault in this file is not shown",
                                 "%zu more faults in this file are not shown", rest),
                        rest);
    diag_warning(intake->faults.diag, (Span){source, 0, 0}, "more-faults",
                 _("correct those above first"), "%s", message);
}

static void report_rows(Intake *intake, GArray *key_faults, size_t total) {
    size_t told = intake->faults.count, first = diag_count(intake->faults.diag);
    if (!total) {
        size_t labels = told > FAULTS_SHOWN ? told - FAULTS_SHOWN : 0;
        report_rest(intake, labels, labels);
        return;
    }
    Report report = {.intake = intake,
                     .faults = key_faults,
                     .lines = g_hash_table_new(NULL, NULL),
                     .keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                     .values = g_new0(Value, intake->resource->n_fields + 1),
                     .arena = arena_new()};
    g_autoptr(GArray) rows = rows_to_look_at(intake, key_faults);
    second_look(intake->feed, &intake->dialect, intake->path, (const size_t *)(void *)rows->data,
                rows->len, look_at_row, &report);
    size_t found = intake->faults.count - told;
    size_t unseen = total > found ? total - found : 0; /* beyond the rows looked at */
    size_t cut = intake->faults.count > FAULTS_SHOWN ? intake->faults.count - FAULTS_SHOWN : 0;
    size_t seen = structure_told(intake, first);
    size_t structure = intake->n_structure > seen ? intake->n_structure - seen : 0;
    report_rest(intake, unseen + cut, MIN(unseen + cut, structure));
    g_hash_table_unref(report.lines);
    g_hash_table_unref(report.keys);
    g_free(report.values);
    arena_free(report.arena);
}

void intake_report(Intake *intake) {
    g_autoptr(GArray) faults = g_array_new(FALSE, FALSE, sizeof(KeyFault));
    for (size_t k = 0; k < intake->n_own_keys; k++) {
        const GArray *repeats = key_set_repeats(intake->key_sets[k]);
        for (guint i = 0; i < repeats->len; i++) {
            const KeyRepeat *repeat = &g_array_index(repeats, KeyRepeat, i);
            KeyFault fault = {.row = repeat->row, .first = repeat->first, .key = k};
            g_array_append_val(faults, fault);
        }
    }
    g_array_sort(faults, compare_key_faults);
    report_rows(intake, faults, intake->n_marks + faults->len);
}

void intake_report_strangers(Intake *intake, const ForeignKey *key, const size_t *rows, size_t n,
                             const char *other, Diag *diag) {
    g_autoptr(GArray) faults = g_array_new(FALSE, FALSE, sizeof(KeyFault));
    size_t k = intake->n_own_keys;
    while (k < intake->n_keys && intake->keys[k].columns != key->from.columns) k++;
    g_assert(k < intake->n_keys);
    for (size_t i = 0; i < n; i++) {
        KeyFault fault = {.row = rows[i], .first = SIZE_MAX, .key = k, .other = other};
        g_array_append_val(faults, fault);
    }
    intake->faults.diag = diag;
    intake->n_marks = intake->n_structure = 0;
    g_array_set_size(intake->marks, 0);
    report_rows(intake, faults, n);
}
