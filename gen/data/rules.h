/* data/rules: what must hold between the cells of one row (frise:rules). */
#pragma once

#include "base/value.h"
#include "project/package.h"

/* `row` holds a Value a field. An empty cell breaks no comparison; a partial date breaks one only
 * when none of its days can keep it. */
bool rule_holds(const Rule *rule, const Value *row);
/* What a comparison has on its right: a cell, or the value of the rule. */
Value rule_right(const Rule *rule, const Value *row);
/* The field to point at: that on the left, or the first one that is required and empty. */
size_t rule_field(const Rule *rule, const Value *row);
