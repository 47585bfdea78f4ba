/* A query's table: aligned for people, RFC 4180 for programs. */
#include "cli/table_print.h"

static const char *columns[] = {"name", "n"};
static Value cells[] = {
    {.kind = VALUE_TEXT, .text = "Lazarus, dit \"Hidden\""},
    {.kind = VALUE_INT, .integer = 12},
    {.kind = VALUE_TEXT, .text = "\u6f22\u5b57"},
    {.kind = VALUE_NULL},
    {.kind = VALUE_TEXT, .text = "deux\nlignes"},
    {.kind = VALUE_REAL, .real = 0.5},
};
static const Table table = {
    .name = "query", .columns = columns, .n_columns = 2, .n_rows = 3, .cells = cells};

static void test_csv(void) {
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_csv(out, &table);
    g_assert_cmpstr(out->str, ==,
                    "name,n\r\n"
                    "\"Lazarus, dit \"\"Hidden\"\"\",12\r\n"
                    "\u6f22\u5b57,\r\n"
                    "\"deux\nlignes\",0.5\r\n");
}

static void test_aligned(void) {
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_aligned(out, &table, 160);
    g_assert_cmpstr(out->str, ==,
                    "name                      n\n"
                    "---------------------  ----\n"
                    "Lazarus, dit \"Hidden\"    12\n"
                    "\u6f22\u5b57                   NULL\n"
                    "deux lignes             0.5\n");
}

/* Texts are cut to the same width, whole characters only; numbers are not. */
static void test_cut(void) {
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_aligned(out, &table, 17);
    g_assert_cmpstr(out->str, ==,
                    "name            n\n"
                    "-----------  ----\n"
                    "Lazarus, d…    12\n"
                    "\u6f22\u5b57         NULL\n"
                    "deux lignes   0.5\n");
    static const char *wide[] = {"\u6f22\u6f22\u6f22\u6f22\u6f22", "n"};
    const Table narrow = {
        .name = "query", .columns = wide, .n_columns = 2, .n_rows = 3, .cells = cells};
    g_string_truncate(out, 0);
    table_print_aligned(out, &narrow, 1); /* no less than that */
    g_assert_true(g_str_has_prefix(out->str, "\u6f22\u6f22\u6f22…      n\n--------  ----\n"));
}

static void test_json(void) {
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_json(out, &table);
    g_assert_cmpstr(out->str, ==,
                    "{\"name\":\"Lazarus, dit \\\"Hidden\\\"\",\"n\":12}\n"
                    "{\"name\":\"\u6f22\u5b57\",\"n\":null}\n"
                    "{\"name\":\"deux\\u000alignes\",\"n\":0.5}\n");
}

static void test_lone_empty_cells(void) {
    Value nothing[] = {{.kind = VALUE_NULL}, {.kind = VALUE_NULL}};
    const Table lone = {
        .name = "query", .columns = columns, .n_columns = 1, .n_rows = 2, .cells = nothing};
    g_autoptr(GString) out = g_string_new(NULL);
    table_print_csv(out, &lone);
    g_assert_cmpstr(out->str, ==, "name\r\n\"\"\r\n\"\"\r\n"); /* else they would be empty lines */
    g_string_truncate(out, 0);
    table_print_aligned(out, &lone, 160);
    g_assert_cmpstr(out->str, ==, "name\n----\nNULL\nNULL\n");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/table/csv", test_csv);
    g_test_add_func("/cli/table/aligned", test_aligned);
    g_test_add_func("/cli/table/cut", test_cut);
    g_test_add_func("/cli/table/json", test_json);
    g_test_add_func("/cli/table/lone", test_lone_empty_cells);
    return g_test_run();
}
