/* data/cell: one cell of a CSV file under the rules of its field: a Value, or a fault with a
 * remedy. Codes are those of the frictionless framework where it has one: type-error,
 * constraint-error. At most FAULTS_SHOWN faults of a file are reported; the rest is counted. */
#pragma once

#include "base/value.h"
#include "data/reading.h"
#include "project/package.h"

enum { FAULTS_SHOWN = 50 };

typedef struct {
    Diag *diag;
    size_t count; /* of the file: shown and not shown */
} Faults;

void faults_add(Faults *faults, Span span, const char *code, const char *hint, const char *format,
                ...) G_GNUC_PRINTF(5, 6);

/* A field made ready for its cells: the pattern is compiled, the allowed values are read. Threads
 * may share it. */
typedef struct {
    const Field *field;
    const char *const *missing_values;
    const char *null_sequence; /* of the dialect, or NULL */
    Reading reading;           /* of this file: the field's, or one that was decided */
    GRegex *pattern;           /* NULL: none */
    Value *allowed;            /* NULL: anything; n_enumeration of the field, sorted */
    Arena *arena;              /* holds them */
    bool has_minimum, has_maximum;
    double minimum, maximum; /* days of a date, seconds of a time or a duration */
} CellRule;

/* A pattern that does not compile, an allowed value or a bound that is not of the type, are errors
 * of datapackage.yaml, and none. */
void rule_init(CellRule *rule, const Field *field, const Resource *resource, Diag *diag);
void rule_clear(CellRule *rule);
/* Is it one of the texts that stand for an empty cell? */
bool rule_is_missing(const CellRule *rule, const char *text);

/* False when the cell has a fault. An empty cell that may be is VALUE_NULL. `faults` NULL: only the
 * verdict is wanted, no message is made and `span` means nothing. `arena` NULL: the text of the
 * value is `text` itself. */
[[nodiscard]] bool cell_read(const CellRule *rule, const char *text, Span span, Arena *arena,
                             Faults *faults, Value *ret_value);
/* The same for its type alone, without missing values and constraints; *ret_wanted says what is
 * not met ("an integer"), to be translated. */
[[nodiscard]] bool cell_read_type(const Field *field, const Reading *reading, const char *text,
                                  Value *ret_value, const char **ret_wanted);

/* What a message shows of a cell: its first line, at most 60 characters; a new string. */
[[nodiscard]] char *cell_quote(const char *text);
