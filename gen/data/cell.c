#include "data/cell.h"

#include "base/i18n.h"
#include "data/cell_hint.h"
#include "data/date_pattern.h"
#include "data/json_text.h"
#include "data/moment.h"

#include <stdarg.h>
#include <stdlib.h>
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
    return g_strdup_printf(_("« %.*s%s »"), (int)(end - text), text, is_cut ? "…" : "");
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

static int compare_values(const void *a, const void *b) {
    const Value *x = a, *y = b;
    int order = value_compare(*x, *y);
    bool is_date = x->kind == VALUE_DATE && y->kind == VALUE_DATE;
    if (order || !is_date) return order;
    return (x->date.last > y->date.last) - (x->date.last < y->date.last);
}

/* A value in a constraint is written as in JSON, or as a cell of the field is. */
static bool read_constant(const Field *field, const char *text, Value *ret_value,
                          const char **ret_wanted) {
    Field plain = *field;
    plain.date_format = NULL;
    plain.is_partial = true;
    return cell_read_type(field, &field->reading, text, ret_value, ret_wanted) ||
           cell_read_type(&plain, &reading_plain, text, ret_value, ret_wanted);
}

/* Allowed values are those of the type: 1.0 allows 1. */
static void read_allowed(CellRule *rule, Diag *diag) {
    const Field *field = rule->field;
    if (!field->enumeration) return;
    rule->arena = arena_new();
    rule->allowed = ARENA_ARRAY(rule->arena, Value, field->n_enumeration + 1);
    for (size_t i = 0; i < field->n_enumeration; i++) {
        const char *wanted;
        if (read_constant(field, field->enumeration[i], &rule->allowed[i], &wanted)) continue;
        rule->allowed[i] = (Value){.kind = VALUE_NULL};
        diag_error(diag, field->node->span, "type-error", _("write the value as the type wants it"),
                   "field `%s`: the allowed value « %s » is not %s", field->name,
                   field->enumeration[i], _(wanted));
    }
    qsort(rule->allowed, field->n_enumeration, sizeof(Value), compare_values);
}

/* A bound that only the format of the field can read. An exclusive bound excludes all that it may
 * be. */
static bool read_bound(const Field *field, const char *text, bool is_low, bool excludes,
                       double *ret_bound, Diag *diag) {
    Moment moment;
    Date date;
    bool is_date = field->type == FIELD_DATE;
    bool is_read = !is_date             ? moment_read(field, text, &moment)
                   : field->date_format ? date_pattern_read(field->date_format, text, &date, NULL)
                                        : reading_date(&field->reading, text, &date);
    if (is_read && is_date) moment = (Moment){date.first, date.last};
    if (is_read) {
        *ret_bound = is_low != excludes ? moment.low : moment.high;
        return true;
    }
    const Node *where = field->constraints_node ? field->constraints_node : field->node;
    diag_error(diag, where->span, "type-error", _("write it as a cell of the field is written"),
               is_low ? N_("field `%s`: the minimum « %s » is not of its type")
                      : N_("field `%s`: the maximum « %s » is not of its type"),
               field->name, text);
    return false;
}

static void read_bounds(CellRule *rule, Diag *diag) {
    const Field *field = rule->field;
    rule->has_minimum = field->has_minimum;
    rule->has_maximum = field->has_maximum;
    rule->minimum = field->minimum;
    rule->maximum = field->maximum;
    if (field->minimum_text)
        rule->has_minimum = read_bound(field, field->minimum_text, true, field->excludes_minimum,
                                       &rule->minimum, diag);
    if (field->maximum_text)
        rule->has_maximum = read_bound(field, field->maximum_text, false, field->excludes_maximum,
                                       &rule->maximum, diag);
}

void rule_init(CellRule *rule, const Field *field, const Resource *resource, Diag *diag) {
    *rule = (CellRule){.field = field,
                       .missing_values = (const char *const *)field->missing_values,
                       .null_sequence = resource->dialect.null_sequence,
                       .reading = field->reading};
    compile_pattern(rule, diag);
    read_allowed(rule, diag);
    read_bounds(rule, diag);
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
    enum { LISTED = 20, COMPARED = 1000 }; /* a hint is short, and made in no time */
    size_t n = MIN(field->n_enumeration, COMPARED);
    g_autofree const char **values = g_new0(const char *, n + 1);
    memcpy(values, field->enumeration, n * sizeof *values);
    bool is_word = field_value_kind(field) == VALUE_TEXT;
    const char *near = is_word ? nearest_word(text, values) : NULL;
    if (n > LISTED) values[LISTED] = "…", values[LISTED + 1] = NULL;
    g_autofree char *all = g_strjoinv(", ", (char **)values);
    return near ? g_strdup_printf(_("did you mean %s?"), near)
                : g_strdup_printf(_("allowed: %s"), all);
}

static bool check_allowed(const Cell *cell, Value value) {
    if (!cell->rule->allowed) return true;
    if (bsearch(&value, cell->rule->allowed, cell->field->n_enumeration, sizeof value,
                compare_values))
        return true;
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

/* Characters, items or members. */
static size_t length_of(const Field *field, const char *text) {
    JsonKind kind;
    size_t n = 0;
    if (field->type == FIELD_STRING) return (size_t)g_utf8_strlen(text, -1);
    if (field->type == FIELD_LIST) {
        size_t len = strlen(field->item_delimiter);
        for (n = 1; (text = strstr(text, field->item_delimiter)); text += len) n++;
        return n;
    }
    return json_check(text, &kind, &n) ? n : 0;
}

static bool check_length(const Cell *cell) {
    const Field *field = cell->field;
    if (!field->has_min_length && !field->has_max_length) return true;
    size_t n = length_of(field, cell->text);
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
static char *print_bound(const Cell *cell, bool is_minimum) {
    const Field *field = cell->field;
    const char *written = is_minimum ? field->minimum_text : field->maximum_text;
    double bound = is_minimum ? cell->rule->minimum : cell->rule->maximum;
    if (written) return g_strdup(written);
    if (field_value_kind(field) == VALUE_DATE) {
        char text[DATE_TEXT_SIZE];
        date_print(date_of_day((int32_t)bound), text);
        return g_strdup(text);
    }
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup(g_ascii_formatd(digits, sizeof digits, "%.15g", bound));
}

static const char *bound_wording(const Field *field, bool is_minimum) {
    bool excludes = is_minimum ? field->excludes_minimum : field->excludes_maximum;
    bool is_dated = field_value_kind(field) == VALUE_DATE || field->type == FIELD_TIME ||
                    field->type == FIELD_DATETIME;
    if (is_dated && excludes)
        return is_minimum ? N_("%s: %s is not after %s") : N_("%s: %s is not before %s");
    if (is_dated) return is_minimum ? N_("%s: %s is before %s") : N_("%s: %s is after %s");
    if (excludes)
        return is_minimum ? N_("%s: %s is not more than %s") : N_("%s: %s is not less than %s");
    return is_minimum ? N_("%s: %s is less than %s") : N_("%s: %s is more than %s");
}

static void report_bound(const Cell *cell, bool is_minimum) {
    g_autofree char *bound = print_bound(cell, is_minimum);
    g_autofree char *shown = cell_quote(cell->text);
    g_autofree char *message =
        g_strdup_printf(_(bound_wording(cell->field, is_minimum)), cell->field->name, shown, bound);
    faults_add(cell->faults, cell->span, "constraint-error",
               is_minimum ? _("correct the value, or the minimum of the field in datapackage.yaml")
                          : _("correct the value, or the maximum of the field in datapackage.yaml"),
               "%s", message);
}

/* Where the value lies: a month of any day, a duration of months. */
static Moment extent_of(const Cell *cell, Value value) {
    Moment moment = {0, 0};
    if (value.kind == VALUE_DATE) return (Moment){value.date.first, value.date.last};
    if (value.kind == VALUE_TEXT)
        (void)moment_read(cell->field, value.text, &moment);
    else
        moment.low = moment.high = value_number(value);
    return moment;
}

/* A partial date breaks a bound only when none of its days can keep it. */
static bool check_bounds(const Cell *cell, Value value) {
    const CellRule *rule = cell->rule;
    if (!rule->has_minimum && !rule->has_maximum) return true;
    Moment extent = extent_of(cell, value);
    bool is_under =
        rule->has_minimum && (cell->field->excludes_minimum ? extent.high <= rule->minimum
                                                            : extent.high < rule->minimum);
    bool is_over =
        rule->has_maximum &&
        (cell->field->excludes_maximum ? extent.low >= rule->maximum : extent.low > rule->maximum);
    if ((is_under || is_over) && cell->faults) report_bound(cell, is_under);
    return !is_under && !is_over;
}

/* ---- the cell ---- */

bool rule_is_missing(const CellRule *rule, const char *text) {
    for (const char *const *missing = rule->missing_values; *missing; missing++)
        if (strcmp(text, *missing) == 0) return true;
    return rule->null_sequence && strcmp(text, rule->null_sequence) == 0;
}

static void report_type(const Cell *cell, const char *wanted) {
    g_autofree char *shown = cell_quote(cell->text);
    g_autofree char *hint = cell_type_hint(cell->field, &cell->rule->reading, cell->text);
    faults_add(cell->faults, cell->span, "type-error", hint, "%s: %s is not %s", cell->field->name,
               shown, _(wanted));
}

bool cell_read(const CellRule *rule, const char *text, Span span, Arena *arena, Faults *faults,
               Value *ret_value) {
    const Cell cell = {rule, rule->field, text, span, faults};
    const char *wanted;
    if (rule_is_missing(rule, text)) {
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
