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

/* Bytes [at, at + len) of a node's text, shown as the call of a note. */
typedef struct {
    size_t at, len;
    int number;
} FillCall;

/* A part of a node's text: a paragraph of a prose, with its note calls in order. */
typedef struct {
    size_t start, end; /* bytes */
    const FillCall *calls;
    size_t n_calls;
} FillPart;

/* *ret_text is set in every case; false when a fault was reported. */
bool fill(const Scope *scope, const Node *node, Arena *arena, RichText *ret_text, Diag *diag);
/* The same for one part of a scalar. */
bool fill_part(const Scope *scope, const Node *node, FillPart part, Arena *arena,
               RichText *ret_text, Diag *diag);
/* A scalar that is a value, not a text: no Markdown and no typography, values as the data hold
 * them, so that it still equals what it names. "" after a fault. */
const char *fill_raw(const Scope *scope, const Node *node, Arena *arena, Diag *diag);
/* The value of `name` or `fact.column`; false when unknown. */
bool scope_find(const Scope *scope, const char *name, Value *ret_value);
