/* What must hold between the cells of a row. */
#include "data/rules.h"

#include "../project/scratch.h"

static const char FIELDS[] = "    fields: [{name: a, type: integer}, {name: b, type: number}, "
                             "{name: d, type: date}, {name: e, type: date}, {name: s}, {name: t}, "
                             "{name: is_in, type: boolean}]\n";

typedef struct {
    const char *rule;
    const char *cells[7]; /* "" is empty; a to is_in */
    bool holds;
    size_t field; /* to point at, when it does not hold */
} Case;

static const Case cases[] = {
    {"a <= b", {"1", "1.0"}, true, 0},
    {"a <= b", {"2", "1.5"}, false, 0},
    {"b >= a", {"2", "1.5"}, false, 1},
    {"a < b", {"1", "1"}, false, 0},
    {"a <= b", {"2", ""}, true, 0},
    {"a <= b", {"", "1"}, true, 0},
    {"a = b", {"1", "1"}, true, 0},
    {"a == b", {"1", "2"}, false, 0},
    {"a != b", {"1", "1"}, false, 0},
    {"a > 10", {"10"}, false, 0},
    {"a > -10", {"-9"}, true, 0},
    {"d <= e", {"", "", "2020-01-01", "2020-01-01"}, true, 0},
    {"d < e", {"", "", "2020-01-01", "2020-01-01"}, false, 2},
    {"d <= e", {"", "", "2020-01-02", "2020-01-01"}, false, 2},
    /* a month may be any of its days */
    {"d < e", {"", "", "2020-01", "2020-01"}, true, 0},
    {"d <= e", {"", "", "2020-02", "2020"}, true, 0},
    {"d <= e", {"", "", "2020-02", "2020-01"}, false, 2},
    {"d = e", {"", "", "2020-02", "2020-02-29"}, true, 0},
    {"d = e", {"", "", "2020-02", "2020-03"}, false, 2},
    {"d != e", {"", "", "2020-02", "2020-02"}, true, 0},
    {"d != e", {"", "", "2020-02-01", "2020-02-01"}, false, 2},
    {"d <= e", {"", "", "../2019", "2020-01-01"}, true, 0},
    {"d >= 2020", {"", "", "2019-12-31"}, false, 2},
    {"d >= 2020", {"", "", "2020-06"}, true, 0},
    {"s = t", {"", "", "", "", "x", "x"}, true, 0},
    {"s != t", {"", "", "", "", "x", "x"}, false, 4},
    {"s != 'x'", {"", "", "", "", "x"}, false, 4},
    {"is_in = true", {"", "", "", "", "", "", "0"}, false, 6},
    {"{require: [s, t], when: a}", {"1", "", "", "", "x", "y"}, true, 0},
    {"{require: [s, t], when: a}", {"1", "", "", "", "x", ""}, false, 5},
    {"{require: [s, t], when: a}", {"", "", "", "", "", ""}, true, 0},
    {"{require: s, when: a}", {"1", "", "", "", "", "y"}, false, 4},
};

static Value value_of(const char *text, const Field *field) {
    Value value = {.kind = VALUE_NULL};
    if (!text || !*text) return value;
    value.kind = field_value_kind(field);
    switch (value.kind) {
    case VALUE_INT: value.integer = g_ascii_strtoll(text, NULL, 10); break;
    case VALUE_REAL: value.real = g_ascii_strtod(text, NULL); break;
    case VALUE_DATE: g_assert_true(date_parse(text, &value.date)); break;
    case VALUE_BOOL: value.integer = *text == '1'; break;
    default: value.text = text;
    }
    return value;
}

static void test_rules(void) {
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        g_auto(Scratch) scratch = scratch_new();
        bool is_map = *c->rule == '{';
        g_autofree char *yaml =
            g_strdup_printf("resources:\n- name: r\n  path: r.csv\n  schema:\n%s"
                            "    frise:rules:\n    - %s%s%s\n",
                            FIELDS, is_map ? "" : "\"", c->rule, is_map ? "" : "\"");
        scratch_write(&scratch, "datapackage.yaml", yaml);
        Package *package = package_load(scratch.dir, scratch.arena, scratch.diag);
        assert_faults(&scratch, 0);
        const Resource *resource = &package->resources[0];
        Value row[G_N_ELEMENTS(c->cells)];
        for (size_t k = 0; k < G_N_ELEMENTS(row); k++)
            row[k] = value_of(c->cells[k], &resource->fields[k]);
        g_test_message("%zu: %s", i, c->rule);
        g_assert_true(rule_holds(&resource->rules[0], row) == c->holds);
        if (!c->holds) g_assert_cmpuint(rule_field(&resource->rules[0], row), ==, c->field);
        package_free(package);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/rules", test_rules);
    return g_test_run();
}
