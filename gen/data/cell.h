/* data/cell: one cell of a CSV file under the rules of its field: a Value, or a fault with a
 * remedy. Codes are those of the frictionless framework where it has one: type-error,
 * constraint-error. At most FAULTS_SHOWN faults of a file are reported; the rest is counted. */
#pragma once

#include "base/value.h"
#include "data/csv.h"
#include "project/package.h"

enum { FAULTS_SHOWN = 50 };

typedef struct {
    Diag *diag;
    size_t count; /* of the file: shown and not shown */
} Faults;

void faults_add(Faults *faults, Span span, const char *code, const char *hint, const char *format,
                ...) G_GNUC_PRINTF(5, 6);

/* A field made ready for its cells: the pattern is compiled once. */
typedef struct {
    const Field *field;
    const char *const *missing_values;
    GRegex *pattern; /* NULL: none */
} CellRule;

/* A pattern that does not compile is an error of datapackage.yaml, and no pattern. */
void rule_init(CellRule *rule, const Field *field, const Resource *resource, Diag *diag);
void rule_clear(CellRule *rule);

/* VALUE_NULL after a fault was added, or when the cell is empty and may be. Text is copied. */
Value cell_read(const CellRule *rule, const char *text, Span span, Arena *arena, Faults *faults);

/* What a message shows of a cell: its first line, at most 60 characters; a new string. */
[[nodiscard]] char *cell_quote(const char *text);
