#include "data/rules.h"

#include <string.h>

/* What is known of a value: it lies from low to high. */
typedef struct {
    double low, high;
} Range;

static Range range_of(Value value) {
    if (value.kind == VALUE_DATE) return (Range){value.date.first, value.date.last};
    double number = value_number(value);
    return (Range){number, number};
}

static bool can_hold(RuleOp op, Range a, Range b) {
    switch (op) {
    case OP_LESS: return a.low < b.high;
    case OP_AT_MOST: return a.low <= b.high;
    case OP_MORE: return a.high > b.low;
    case OP_AT_LEAST: return a.high >= b.low;
    case OP_EQUAL: return a.low <= b.high && b.low <= a.high;
    case OP_NOT_EQUAL: return !(a.low == a.high && b.low == b.high && a.low == b.low);
    }
    g_assert_not_reached();
}

static bool compare(const Rule *rule, Value a, Value b) {
    if (a.kind == VALUE_NULL || b.kind == VALUE_NULL) return true;
    if (a.kind == VALUE_TEXT && b.kind == VALUE_TEXT) {
        int order = strcmp(a.text, b.text);
        return can_hold(rule->op, (Range){order, order}, (Range){0, 0});
    }
    return can_hold(rule->op, range_of(a), range_of(b));
}

Value rule_right(const Rule *rule, const Value *row) {
    return rule->right == SIZE_MAX ? rule->literal : row[rule->right];
}

bool rule_holds(const Rule *rule, const Value *row) {
    if (!rule->is_requirement) return compare(rule, row[rule->left], rule_right(rule, row));
    if (row[rule->when].kind == VALUE_NULL) return true;
    for (size_t i = 0; i < rule->required.n; i++)
        if (row[rule->required.columns[i]].kind == VALUE_NULL) return false;
    return true;
}

size_t rule_field(const Rule *rule, const Value *row) {
    if (!rule->is_requirement) return rule->left;
    for (size_t i = 0; i < rule->required.n; i++)
        if (row[rule->required.columns[i]].kind == VALUE_NULL) return rule->required.columns[i];
    return rule->required.columns[0];
}
