#include "data/cell.h"

#include "base/i18n.h"
#include "data/cell_hint.h"
#include "data/json_text.h"

#include <stdarg.h>
#include <string.h>

void faults_add(Faults *faults, Span span, const char *code, const char *hint, const char *format,
                ...) {
    if (faults->count++ >= FAULTS_SHOWN) return;
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(_(format), args);
    va_end(args);
    diag_error(faults->diag, span, code, hint, "%s", message);
}

char *cell_quote(const char *text) {
    enum { LONGEST = 60 };
    size_t line = strcspn(text, "\r\n");
    glong characters = g_utf8_strlen(text, (gssize)line);
    bool is_cut = text[line] || characters > LONGEST;
    const char *end = characters > LONGEST ? g_utf8_offset_to_pointer(text, LONGEST) : text + line;
    return g_strdup_printf("« %.*s%s »", (int)(end - text), text, is_cut ? "…" : "");
}

/* ---- a field made ready ---- */

/* The match limit bounds what a pattern with nested repeats may cost on one cell. */
static void compile_pattern(CellRule *rule, Diag *diag) {
    const Field *field = rule->field;
    if (!field->pattern) return;
    g_autofree char *whole = g_strdup_printf("(*LIMIT_MATCH=100000)\\A(?:%s)\\z", field->pattern);
    g_autoptr(GError) error = NULL;
    rule->pattern = g_regex_new(whole, G_REGEX_DOLLAR_ENDONLY | G_REGEX_OPTIMIZE, 0, &error);
    if (rule->pattern) return;
    diag_error(diag, field->pattern_node->span, "pattern-error",
               "write a regular expression, as in \"[a-z0-9-]+\"",
               "the pattern of field `%s` is not a regular expression", field->name);
}

/* Allowed values are those of the type: 1.0 allows 1. They are written plainly. */
static void read_allowed(CellRule *rule, Diag *diag) {
    const Field *field = rule->field;
    if (!field->enumeration) return;
    Field plain = *field;
    plain.date_format = NULL;
    plain.is_partial = true;
    rule->arena = arena_new();
    rule->allowed = ARENA_ARRAY(rule->arena, Value, field->n_enumeration + 1);
    for (size_t i = 0; i < field->n_enumeration; i++) {
        const char *wanted;
        if (cell_read_type(&plain, &reading_plain, field->enumeration[i], &rule->allowed[i],
                           &wanted))
            continue;
        rule->allowed[i] = (Value){.kind = VALUE_NULL};
        diag_error(diag, field->node->span, "type-error", "write the value as the type wants it",
                   "field `%s`: the allowed value « %s » is not %s", field->name,
                   field->enumeration[i], _(wanted));
    }
}

void rule_init(CellRule *rule, const Field *field, const Resource *resource, Diag *diag) {
    *rule = (CellRule){.field = field,
                       .missing_values = (const char *const *)field->missing_values,
                       .null_sequence = resource->dialect.null_sequence,
                       .reading = field->reading};
    compile_pattern(rule, diag);
    read_allowed(rule, diag);
}

void rule_clear(CellRule *rule) {
    if (rule->pattern) g_regex_unref(rule->pattern);
    if (rule->arena) arena_free(rule->arena);
    rule->pattern = NULL;
    rule->arena = NULL;
}

/* ---- constraints ---- */

typedef struct {
    const CellRule *rule;
    const Field *field;
    const char *text;
    Span span;
    Faults *faults; /* NULL: only the verdict */
} Cell;

/* Takes the hint. */
static void report(const Cell *cell, char *hint, const char *format) {
    g_autofree char *shown = cell_quote(cell->text);
    g_autofree char *message = g_strdup_printf(_(format), cell->field->name, shown);
    faults_add(cell->faults, cell->span, "constraint-error", hint, "%s", message);
    g_free(hint);
}

static char *allowed_hint(const Field *field, const char *text) {
    g_autofree const char **values = g_new0(const char *, field->n_enumeration + 1);
    memcpy(values, field->enumeration, field->n_enumeration * sizeof *values);
    const char *near = nearest_word(text, values);
    g_autofree char *all = g_strjoinv(", ", (char **)values);
    return near ? g_strdup_printf(_("did you mean %s?"), near)
                : g_strdup_printf(_("allowed: %s"), all);
}

static bool is_same(Value a, Value b) {
    bool is_date = a.kind == VALUE_DATE && b.kind == VALUE_DATE;
    return is_date ? a.date.first == b.date.first && a.date.last == b.date.last
                   : value_compare(a, b) == 0;
}

static bool check_allowed(const Cell *cell, Value value) {
    if (!cell->rule->allowed) return true;
    for (size_t i = 0; i < cell->field->n_enumeration; i++)
        if (is_same(cell->rule->allowed[i], value)) return true;
    if (cell->faults)
        report(cell, allowed_hint(cell->field, cell->text),
               N_("%s: %s is not one of the allowed values"));
    return false;
}

static bool check_pattern(const Cell *cell) {
    if (!cell->rule->pattern) return true;
    g_autoptr(GError) error = NULL;
    if (g_regex_match_full(cell->rule->pattern, cell->text, -1, 0, 0, NULL, &error)) return true;
    if (!cell->faults) return false;
    if (error)
        report(cell, g_strdup(_("simplify the pattern: repeats inside repeats are too slow")),
               N_("%s: the pattern takes too long on %s"));
    else
        report(cell, g_strdup_printf(_("expected form: %s"), cell->field->pattern),
               N_("%s: %s does not have the expected form"));
    return false;
}

static bool check_length(const Cell *cell) {
    const Field *field = cell->field;
    if (!field->has_min_length && !field->has_max_length) return true;
    JsonKind kind;
    size_t n = 0;
    if (field->type == FIELD_STRING)
        n = (size_t)g_utf8_strlen(cell->text, -1);
    else if (!json_check(cell->text, &kind, &n))
        return true;
    bool is_short = field->has_min_length && n < field->min_length;
    bool is_long = field->has_max_length && n > field->max_length;
    if ((is_short || is_long) && cell->faults)
        report(cell,
               g_strdup_printf(is_short ? _("at least %zu are wanted, there are %zu")
                                        : _("at most %zu are allowed, there are %zu"),
                               is_short ? field->min_length : field->max_length, n),
               is_short ? N_("%s: %s is too short") : N_("%s: %s is too long"));
    return !is_short && !is_long;
}

/* A bound as it reads in a message: a day for a date. */
static char *print_bound(const Field *field, bool is_minimum) {
    double bound = is_minimum ? field->minimum : field->maximum;
    if (field->type == FIELD_DATE || field->type == FIELD_YEARMONTH) {
        char text[DATE_TEXT_SIZE];
        int32_t day = (int32_t)bound;
        date_print(date_of_day(day), text);
        return g_strdup(text);
    }
    const char *written = is_minimum ? field->minimum_text : field->maximum_text;
    if (written) return g_strdup(written);
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(digits, sizeof digits, "%.15g", bound));
}

static void report_bound(const Cell *cell, bool is_minimum) {
    const Field *field = cell->field;
    bool is_date =
        field_value_kind(field) == VALUE_DATE || field->minimum_text || field->maximum_text;
    bool excludes = is_minimum ? field->excludes_minimum : field->excludes_maximum;
    g_autofree char *bound = print_bound(field, is_minimum);
    g_autofree char *shown = cell_quote(cell->text);
    const char *format = is_date && is_minimum    ? N_("%s: %s is before %s")
                         : is_date                ? N_("%s: %s is after %s")
                         : is_minimum && excludes ? N_("%s: %s is not more than %s")
                         : is_minimum             ? N_("%s: %s is less than %s")
                         : excludes               ? N_("%s: %s is not less than %s")
                                                  : N_("%s: %s is more than %s");
    g_autofree char *message = g_strdup_printf(_(format), field->name, shown, bound);
    faults_add(cell->faults, cell->span, "constraint-error",
               is_minimum ? _("correct the value, or the minimum of the field in datapackage.yaml")
                          : _("correct the value, or the maximum of the field in datapackage.yaml"),
               "%s", message);
}

/* A partial date breaks a bound only when none of its days can keep it. */
static bool check_bounds(const Cell *cell, Value value) {
    const Field *field = cell->field;
    bool is_under = false, is_over = false;
    if (field->minimum_text || field->maximum_text) {
        int low = field->minimum_text ? strcmp(cell->text, field->minimum_text) : 1;
        int high = field->maximum_text ? strcmp(cell->text, field->maximum_text) : -1;
        is_under = field->excludes_minimum ? low <= 0 : low < 0;
        is_over = field->excludes_maximum ? high >= 0 : high > 0;
    } else if (field->has_minimum || field->has_maximum) {
        bool is_date = value.kind == VALUE_DATE;
        double high = is_date ? value.date.last : value_number(value);
        double low = is_date ? value.date.first : value_number(value);
        is_under = field->has_minimum &&
                   (field->excludes_minimum ? high <= field->minimum : high < field->minimum);
        is_over = field->has_maximum &&
                  (field->excludes_maximum ? low >= field->maximum : low > field->maximum);
    }
    if ((is_under || is_over) && cell->faults) report_bound(cell, is_under);
    return !is_under && !is_over;
}

/* ---- the cell ---- */

static bool is_missing(const CellRule *rule, const char *text) {
    for (const char *const *missing = rule->missing_values; *missing; missing++)
        if (strcmp(text, *missing) == 0) return true;
    return rule->null_sequence && strcmp(text, rule->null_sequence) == 0;
}

static void report_type(const Cell *cell, const char *wanted) {
    g_autofree char *shown = cell_quote(cell->text);
    g_autofree char *hint = cell_type_hint(cell->field, cell->text);
    faults_add(cell->faults, cell->span, "type-error", hint, "%s: %s is not %s", cell->field->name,
               shown, _(wanted));
}

bool cell_read(const CellRule *rule, const char *text, Span span, Arena *arena, Faults *faults,
               Value *ret_value) {
    const Cell cell = {rule, rule->field, text, span, faults};
    const char *wanted;
    if (is_missing(rule, text)) {
        *ret_value = (Value){.kind = VALUE_NULL};
        if (!rule->field->is_required) return true;
        if (faults)
            faults_add(faults, span, "constraint-error",
                       _("fill the cell: this column is required"), "%s: the cell is empty",
                       rule->field->name);
        return false;
    }
    if (!cell_read_type(rule->field, &rule->reading, text, ret_value, &wanted)) {
        if (faults) report_type(&cell, wanted);
        return false;
    }
    if (arena && ret_value->kind == VALUE_TEXT) ret_value->text = arena_strdup(arena, text);
    return check_allowed(&cell, *ret_value) && check_pattern(&cell) && check_length(&cell) &&
           check_bounds(&cell, *ret_value);
}
