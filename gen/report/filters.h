/* report/filters: the words after the bar in `{stolen.total | money short}`.
 * One table, one row a filter: its name, what it takes, what it says to a user who errs. A filter
 * turns a Value into French text through lang/; the next filter of a chain takes that text. An
 * empty value passes through every filter but `or`, which replaces it. */
#pragma once

#include "base/value.h"

/* Applies `name` to *value. On false *ret_problem is a sentence and *ret_hint a remedy (both in the
 * arena) and *value is untouched. */
[[nodiscard]] bool filter_apply(const char *name, const char *const *args, size_t n_args,
                                Value *value, Arena *arena, const char **ret_problem,
                                const char **ret_hint);
/* The text of a value without any filter: dates in words, numbers grouped. */
const char *filter_default(Value value, Arena *arena);
