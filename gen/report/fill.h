/* report/fill: `{value | filter}` in a template text, filled from facts, parameters and a row.
 * In: a scalar Node and a Scope. Out: RichText, in the arena. `{{` is a literal brace. Faults point
 * at the very characters: unknown names (with the nearest known), filters on the wrong type, an
 * unclosed brace, a value that is missing. */
#pragma once

#include "data/dataset.h"
#include "project/theme.h"
#include "report/rich.h"

typedef struct {
    const char *name;
    const Table *table; /* one row; NULL when its query failed, which was reported */
} Fact;

typedef struct {
    const Theme *theme;
    const Param *params;
    size_t n_params;
    const Fact *facts;
    size_t n_facts;
    const Table *table; /* columns of `row` are names too; NULL outside rows */
    size_t row;
} Scope;

/* *ret_text is set in every case; false when a fault was reported. */
bool fill(const Scope *scope, const Node *node, Arena *arena, RichText *ret_text, Diag *diag);
/* The value of `name` or `fact.column`; false when unknown. */
bool scope_find(const Scope *scope, const char *name, Value *ret_value);
