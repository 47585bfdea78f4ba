#include "data/cell.h"

#include "data/cell_hint.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <string.h>

void faults_add(Faults *faults, Span span, const char *code, const char *hint, const char *format,
                ...) {
    if (faults->count++ >= FAULTS_SHOWN) return;
    va_list args;
    va_start(args, format);
    g_autofree char *message = g_strdup_vprintf(format, args);
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

/* The match limit bounds what a pattern with nested repeats may cost on one cell. */
void rule_init(CellRule *rule, const Field *field, const Resource *resource, Diag *diag) {
    *rule =
        (CellRule){.field = field, .missing_values = (const char *const *)resource->missing_values};
    if (!field->pattern) return;
    g_autofree char *whole = g_strdup_printf("(*LIMIT_MATCH=100000)\\A(?:%s)\\z", field->pattern);
    g_autoptr(GError) error = NULL;
    rule->pattern = g_regex_new(whole, G_REGEX_DOLLAR_ENDONLY, 0, &error);
    if (rule->pattern) return;
    diag_error(diag, field->pattern_node->span, "pattern-error",
               "write a regular expression, as in \"[a-z0-9-]+\"",
               "the pattern of field `%s` is not a regular expression", field->name);
}

void rule_clear(CellRule *rule) {
    if (rule->pattern) g_regex_unref(rule->pattern);
    rule->pattern = NULL;
}

typedef struct {
    const CellRule *rule;
    const Field *field;
    const char *text;
    Span span;
    Arena *arena;
    Faults *faults;
} Cell;

static const Value no_value = {.kind = VALUE_NULL};

/* Takes the hint. */
static Value type_fault(const Cell *cell, char *hint, const char *wanted) {
    g_autofree char *shown = cell_quote(cell->text);
    faults_add(cell->faults, cell->span, "type-error", hint, "%s: %s is not %s", cell->field->name,
               shown, wanted);
    g_free(hint);
    return no_value;
}

static bool has_digits_only(const char *text) {
    text += *text == '-';
    return *text && !text[strspn(text, "0123456789")];
}

static Value read_integer(const Cell *cell) {
    if (!has_digits_only(cell->text))
        return type_fault(cell, number_hint(cell->field, cell->text), "an integer");
    errno = 0;
    int64_t number = g_ascii_strtoll(cell->text, NULL, 10);
    if (errno == ERANGE)
        return type_fault(cell, g_strdup("the number is too large"), "an integer of 64 bits");
    return (Value){.kind = VALUE_INT, .integer = number};
}

static Value read_number(const Cell *cell) {
    if (!node_is_decimal(cell->text))
        return type_fault(cell, number_hint(cell->field, cell->text), "a number");
    double number = g_ascii_strtod(cell->text, NULL);
    if (!isfinite(number)) return type_fault(cell, g_strdup("the number is too large"), "a number");
    return (Value){.kind = VALUE_REAL, .real = number};
}

static Value read_date(const Cell *cell) {
    Date date;
    bool is_partial = cell->field->is_partial;
    bool is_date = date_parse(cell->text, &date) && (is_partial || date.precision == DATE_DAY);
    if (!is_date)
        return type_fault(cell, date_hint(cell->field, cell->text),
                          is_partial ? "a date" : "a date to the day");
    return (Value){.kind = VALUE_DATE, .date = date};
}

static bool is_one_of(const char *text, const char *const *values) {
    for (; *values; values++)
        if (strcmp(text, *values) == 0) return true;
    return false;
}

static Value read_boolean(const Cell *cell) {
    const Field *field = cell->field;
    bool is_true = is_one_of(cell->text, (const char *const *)field->true_values);
    if (!is_true && !is_one_of(cell->text, (const char *const *)field->false_values)) {
        const char *yes = field->true_values[0], *no = field->false_values[0];
        return type_fault(cell, g_strdup_printf("write %s or %s", yes ? yes : "", no ? no : ""),
                          "a boolean");
    }
    return (Value){.kind = VALUE_BOOL, .integer = is_true};
}

/* A scheme, a colon, and no character that an address must escape. Source: RFC 3986, 2 and 3.1,
 * with the letters beyond ASCII of RFC 3987. */
static bool is_uri(const char *text) {
    size_t scheme =
        strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    if (!g_ascii_isalpha(*text) || text[scheme] != ':' || !text[scheme + 1]) return false;
    for (; *text; text++) {
        bool is_escape = *text == '%' && g_ascii_isxdigit(text[1]) && g_ascii_isxdigit(text[2]);
        bool is_literal = (guchar)*text > ' ' && *text != 0x7F && !strchr("\"%<>\\^`{|}", *text);
        if (!is_escape && !is_literal) return false;
    }
    return true;
}

static Value read_string(const Cell *cell) {
    if (cell->field->is_uri && !is_uri(cell->text)) {
        bool has_scheme = strstr(cell->text, "://") != NULL;
        return type_fault(cell,
                          has_scheme ? g_strdup("write %20 for a space and %25 for a percent sign")
                                     : g_strdup("write the whole address: https://…"),
                          "an address");
    }
    return (Value){.kind = VALUE_TEXT, .text = arena_strdup(cell->arena, cell->text)};
}

static Value read_typed(const Cell *cell) {
    switch (cell->field->type) {
    case FIELD_INTEGER: return read_integer(cell);
    case FIELD_NUMBER: return read_number(cell);
    case FIELD_BOOLEAN: return read_boolean(cell);
    case FIELD_DATE: return read_date(cell);
    case FIELD_STRING: return read_string(cell);
    }
    g_assert_not_reached();
}

static bool check_enumeration(const Cell *cell) {
    const Field *field = cell->field;
    if (!field->enumeration) return true;
    g_autofree const char **values = g_new0(const char *, field->n_enumeration + 1);
    memcpy(values, field->enumeration, field->n_enumeration * sizeof *values);
    if (is_one_of(cell->text, values)) return true;
    const char *near = nearest_word(cell->text, values);
    g_autofree char *all = g_strjoinv(", ", (char **)values);
    g_autofree char *hint =
        near ? g_strdup_printf("did you mean %s?", near) : g_strdup_printf("allowed: %s", all);
    g_autofree char *shown = cell_quote(cell->text);
    faults_add(cell->faults, cell->span, "constraint-error", hint,
               "%s: %s is not one of the allowed values", field->name, shown);
    return false;
}

static bool check_pattern(const Cell *cell) {
    if (!cell->rule->pattern) return true;
    g_autoptr(GError) error = NULL;
    if (g_regex_match_full(cell->rule->pattern, cell->text, -1, 0, 0, NULL, &error)) return true;
    g_autofree char *shown = cell_quote(cell->text);
    if (error) {
        faults_add(cell->faults, cell->span, "constraint-error",
                   "simplify the pattern: repeats inside repeats are too slow",
                   "%s: the pattern takes too long on %s", cell->field->name, shown);
        return false;
    }
    g_autofree char *hint = g_strdup_printf("expected form: %s", cell->field->pattern);
    faults_add(cell->faults, cell->span, "constraint-error", hint,
               "%s: %s does not have the expected form", cell->field->name, shown);
    return false;
}

/* A bound as it reads in a message: a day for a date. */
static char *print_bound(const Field *field, double bound, bool is_minimum) {
    if (field->type == FIELD_DATE) {
        char text[24];
        int32_t day = (int32_t)bound;
        date_print((Date){day, day, DATE_DAY}, text);
        return g_strdup_printf("%s %s", is_minimum ? "before" : "after", text);
    }
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.15g", bound);
    return g_strdup_printf("%s %s", is_minimum ? "less than" : "more than", digits);
}

static void report_bound(const Cell *cell, bool is_minimum) {
    const Field *field = cell->field;
    g_autofree char *bound =
        print_bound(field, is_minimum ? field->minimum : field->maximum, is_minimum);
    g_autofree char *hint =
        g_strdup_printf("correct the value, or the %s of the field in datapackage.yaml",
                        is_minimum ? "minimum" : "maximum");
    g_autofree char *shown = cell_quote(cell->text);
    faults_add(cell->faults, cell->span, "constraint-error", hint, "%s: %s is %s", field->name,
               shown, bound);
}

/* A partial date breaks a bound only when none of its days can keep it. */
static bool check_bounds(const Cell *cell, Value value) {
    const Field *field = cell->field;
    bool is_date = value.kind == VALUE_DATE;
    double high = is_date ? value.date.last : value_number(value);
    double low = is_date ? value.date.first : value_number(value);
    bool is_under = field->has_minimum && high < field->minimum;
    bool is_over = field->has_maximum && low > field->maximum;
    if (is_under || is_over) report_bound(cell, is_under);
    return !is_under && !is_over;
}

Value cell_read(const CellRule *rule, const char *text, Span span, Arena *arena, Faults *faults) {
    const Cell cell = {rule, rule->field, text, span, arena, faults};
    if (is_one_of(text, rule->missing_values)) {
        if (rule->field->is_required)
            faults_add(faults, span, "constraint-error", "fill the cell: this column is required",
                       "%s: the cell is empty", rule->field->name);
        return no_value;
    }
    Value value = read_typed(&cell);
    if (value.kind == VALUE_NULL) return value;
    bool is_kept = check_enumeration(&cell) && check_pattern(&cell) && check_bounds(&cell, value);
    return is_kept ? value : no_value;
}
