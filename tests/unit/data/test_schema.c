#include "data/schema.h"

#include "../project/scratch.h"

#include <string.h>

static const char FIELDS[] =
    "    - {name: id, constraints: {required: true, pattern: \"[a-z]+\"}}\n"
    "    - {name: d, type: date, format: any, frise:precision: partial}\n"
    "    - {name: jour, type: date, constraints: {minimum: 2017-02, maximum: 2019-11-27}}\n"
    "    - {name: amount_usd, type: integer, constraints: {minimum: 0}}\n"
    "    - {name: km, type: number, constraints: {maximum: 10.5}}\n"
    "    - {name: in_sum, type: boolean, trueValues: [\"1\"], falseValues: [\"0\"]}\n"
    "    - {name: kind, constraints: {enum: [officielle, probable]}}\n"
    "    - {name: url, format: uri, constraints: {unique: true}}\n";
static const char HEADER[] = "id,d,jour,amount_usd,km,in_sum,kind,url\n";

typedef struct {
    Scratch scratch;
    Package *package;
    Table *table;
} Fixture;

static Fixture read_with(const char *fields, const char *csv) {
    Fixture fixture = {.scratch = scratch_new()};
    Scratch *scratch = &fixture.scratch;
    g_autofree char *yaml = g_strconcat("resources:\n- name: r\n  path: r.csv\n  schema:\n"
                                        "    primaryKey: id\n    fields:\n",
                                        fields, NULL);
    scratch_write(scratch, "datapackage.yaml", yaml);
    fixture.package = package_load(scratch->dir, scratch->arena, scratch->diag);
    g_assert_nonnull(fixture.package);
    g_autoptr(GBytes) bytes = g_bytes_new(csv, strlen(csv));
    g_autoptr(Source) source = source_new("r.csv", bytes);
    const Resource *resource = &fixture.package->resources[0];
    g_autoptr(CsvFile) file = csvfile_parse(source, resource->delimiter, scratch->diag);
    g_assert_nonnull(file);
    fixture.table = schema_read(resource, file, scratch->arena, scratch->diag);
    return fixture;
}

static Fixture read_rows(const char *rows) {
    g_autofree char *csv = g_strconcat(HEADER, rows, NULL);
    return read_with(FIELDS, csv);
}

static void fixture_clear(Fixture *fixture) {
    package_free(fixture->package);
    scratch_clear(&fixture->scratch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static void test_values(void) {
    g_auto(Fixture) f =
        read_rows("a,2017-02,2017-02-01,12500000,1.50,1,probable,https://x.org/a?b=%20\n"
                  "b,2017,,,,,,\n"
                  "c,2019-11-27,2019-11-27,-0,-1e1,0,officielle,mailto:x@y.z\n");
    assert_faults(&f.scratch, 0);
    const Table *t = f.table;
    g_assert_cmpstr(t->name, ==, "r");
    g_assert_cmpuint(t->n_rows, ==, 3);
    g_assert_cmpuint(t->n_columns, ==, 8);
    g_assert_cmpint(table_column(t, "km"), ==, 4);
    g_assert_cmpint(table_column(t, "absent"), ==, -1);
    g_assert_cmpstr(table_value(t, 0, "id").text, ==, "a");
    g_assert_cmpint(table_value(t, 0, "absent").kind, ==, VALUE_NULL);
    g_assert_cmpint(table_value(t, 0, "d").date.precision, ==, DATE_MONTH);
    g_assert_cmpint(table_value(t, 1, "d").date.precision, ==, DATE_YEAR);
    g_assert_cmpint(table_value(t, 2, "d").date.precision, ==, DATE_DAY);
    g_assert_cmpint(table_value(t, 0, "amount_usd").kind, ==, VALUE_INT);
    g_assert_cmpint(table_value(t, 0, "amount_usd").integer, ==, 12500000);
    g_assert_cmpfloat(table_value(t, 0, "km").real, ==, 1.5);
    g_assert_cmpfloat(table_value(t, 2, "km").real, ==, -10);
    g_assert_cmpint(table_value(t, 0, "in_sum").kind, ==, VALUE_BOOL);
    g_assert_cmpint(table_value(t, 0, "in_sum").integer, ==, 1);
    g_assert_cmpint(table_value(t, 2, "in_sum").integer, ==, 0);
    g_assert_cmpint(table_value(t, 1, "km").kind, ==, VALUE_NULL);
    g_assert_cmpint(table_value(t, 1, "kind").kind, ==, VALUE_NULL);
}

/* Columns are found by name; the table has the order of the schema. */
static void test_order(void) {
    g_auto(Fixture) f =
        read_with("    - {name: id}\n    - {name: n, type: integer}\n", "n,id\n1,a\n");
    assert_faults(&f.scratch, 0);
    g_assert_cmpstr(f.table->columns[0], ==, "id");
    g_assert_cmpint(table_cell(f.table, 0, 1).integer, ==, 1);
}

typedef struct {
    const char *row; /* of the file: the third line, after a good one; or the header */
    size_t column;
    const char *code, *message, *hint;
} Case;

static const Case cell_cases[] = {
    {"x,,,\"12,5M\",,,,", 5, "type-error", "amount_usd: « 12,5M » is not an integer",
     "write the amount in dollars without unit: 12500000"},
    {"x,,,12 M$,,,,", 5, "type-error", "amount_usd: « 12 M$ » is not an integer",
     "write the amount in dollars without unit: 12000000"},
    {"x,,,\"1,5 milliard\",,,,", 5, "type-error", "amount_usd: « 1,5 milliard » is not an integer",
     "write the amount in dollars without unit: 1500000000"},
    {"x,,,$400,,,,", 5, "type-error", "amount_usd: « $400 » is not an integer",
     "write the amount in dollars without unit: 400"},
    {"x,,,1 500 000,,,,", 5, "type-error", "amount_usd: « 1 500 000 » is not an integer",
     "write the number without spaces: 1500000"},
    {"x,,,\"1,500,000\",,,,", 5, "type-error", "amount_usd: « 1,500,000 » is not an integer",
     "write the number without spaces: 1500000"},
    {"x,,,\"1,500\",,,,", 5, "type-error", "amount_usd: « 1,500 » is not an integer",
     "write digits alone, without separators or unit"},
    {"x,,,12.5,,,,", 5, "type-error", "amount_usd: « 12.5 » is not an integer",
     "write a whole number, or give the field the type number"},
    {"x,,,beaucoup,,,,", 5, "type-error", "amount_usd: « beaucoup » is not an integer",
     "write digits alone, without separators or unit"},
    {"x,,,99999999999999999999,,,,", 5, "type-error",
     "amount_usd: « 99999999999999999999 » is not an integer of 64 bits",
     "the number is too large"},
    {"x,,,99999999999999999999 $,,,,", 5, "type-error",
     "amount_usd: « 99999999999999999999 $ » is not an integer", "the number is too large"},
    {"x,,,-5,,,,", 5, "constraint-error", "amount_usd: « -5 » is less than 0",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    {"x,,,,\"1,5\",,,", 6, "type-error", "km: « 1,5 » is not a number",
     "write a decimal point: 1.5"},
    {"x,,,,1 km,,,", 6, "type-error", "km: « 1 km » is not a number",
     "write the number without unit: 1"},
    {"x,,,,.5,,,", 6, "type-error", "km: « .5 » is not a number", "write 0.5"},
    {"x,,,,nan,,,", 6, "type-error", "km: « nan » is not a number",
     "write digits and a decimal point, without separators or unit"},
    {"x,,,,1e999,,,", 6, "type-error", "km: « 1e999 » is not a number", "the number is too large"},
    {"x,,,,11,,,", 6, "constraint-error", "km: « 11 » is more than 10.5",
     "correct the value, or the maximum of the field in datapackage.yaml"},
    {"x,27/11/2019,,,,,,", 3, "type-error", "d: « 27/11/2019 » is not a date",
     "write the date as year-month-day: 2019-11-27"},
    {"x,11/27/2019,,,,,,", 3, "type-error", "d: « 11/27/2019 » is not a date",
     "write the date as year-month-day: 2019-11-27"},
    {"x,2019-2-3,,,,,,", 3, "type-error", "d: « 2019-2-3 » is not a date",
     "write the date as year-month-day: 2019-02-03"},
    {"x,2019-11-27T10:00,,,,,,", 3, "type-error", "d: « 2019-11-27T10:00 » is not a date",
     "write the date as year-month-day: 2019-11-27"},
    {"x,2019-02-30,,,,,,", 3, "type-error", "d: « 2019-02-30 » is not a date",
     "2019-02 has 28 days"},
    {"x,2019-13-01,,,,,,", 3, "type-error", "d: « 2019-13-01 » is not a date",
     "months go from 01 to 12"},
    {"x,novembre 2019,,,,,,", 3, "type-error", "d: « novembre 2019 » is not a date",
     "write 2019-11-27; or 2019-11, or 2019, when no more is known"},
    {"x,,2019-11,,,,,", 4, "type-error", "jour: « 2019-11 » is not a date to the day",
     "write the day too: this column holds whole days (or give its field `frise:precision: "
     "partial`)"},
    {"x,,hier,,,,,", 4, "type-error", "jour: « hier » is not a date to the day",
     "write the date as year-month-day: 2019-11-27"},
    {"x,,2017-01-31,,,,,", 4, "constraint-error", "jour: « 2017-01-31 » is before 2017-02-01",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    {"x,,2019-11-28,,,,,", 4, "constraint-error", "jour: « 2019-11-28 » is after 2019-11-27",
     "correct the value, or the maximum of the field in datapackage.yaml"},
    {"x,,,,,oui,,", 7, "type-error", "in_sum: « oui » is not a boolean", "write 1 or 0"},
    {"x,,,,,,officiel,", 8, "constraint-error",
     "kind: « officiel » is not one of the allowed values", "did you mean officielle?"},
    {"x,,,,,,rumeur,", 8, "constraint-error", "kind: « rumeur » is not one of the allowed values",
     "allowed: officielle, probable"},
    {"x,,,,,,,www.un.org", 9, "type-error", "url: « www.un.org » is not an address",
     "write the whole address: https://…"},
    {"x,,,,,,,https://un.org/a b", 9, "type-error", "url: « https://un.org/a b » is not an address",
     "write %20 for a space and %25 for a percent sign"},
    {"X1,,,,,,,", 1, "constraint-error", "id: « X1 » does not have the expected form",
     "expected form: [a-z]+"},
    {"\"a\nb\",,,,,,,", 1, "constraint-error", "id: « a… » does not have the expected form",
     "expected form: [a-z]+"},
    {",,,,,,,", 1, "constraint-error", "id: the cell is empty",
     "fill the cell: this column is required"},
    {"a,,,,,,,", 1, "primary-key", "id: « a » is already on line 2",
     "give each row its own, or delete the repeated row"},
    {"x,,,,,,,https://x.org", 9, "constraint-error", "url: « https://x.org » is already on line 2",
     "each row must have its own"},
    {"x,,,,,,", 1, "missing-cell", "the row has 7 cells, the header 8",
     "the first missing cell is « url »: write the separators of empty cells too"},
    {"x,,,,,,,,12", 10, "extra-cell", "the row has 9 cells, the header 8",
     "put a cell that holds the separator between quotes"},
};

static void test_cells(void) {
    for (size_t i = 0; i < G_N_ELEMENTS(cell_cases); i++) {
        const Case *c = &cell_cases[i];
        g_autofree char *rows = g_strconcat("a,,,,,,,https://x.org\n", c->row, "\n", NULL);
        g_test_message("%s", c->row);
        g_auto(Fixture) f = read_rows(rows);
        g_assert_null(f.table);
        assert_faults(&f.scratch, 1);
        assert_fault(&f.scratch, 0, 3, c->column, c->code, c->message, c->hint);
    }
}

/* The caret is under the cell, quotes included. */
static void test_place(void) {
    g_auto(Fixture) f = read_rows("é,,,\"12,5M\",,,,\n");
    assert_faults(&f.scratch, 2);
    const Fault *fault = diag_at(f.scratch.diag, 1);
    g_assert_cmpuint(fault->line, ==, 2);
    g_assert_cmpuint(fault->column, ==, 5);
    g_assert_cmpuint(fault->caret, ==, 7);
    g_assert_cmpstr(fault->excerpt, ==, "é,,,\"12,5M\",,,,");
    g_assert_cmpstr(fault->file, ==, "r.csv");
}

static void test_headers(void) {
    static const char fields[] = "    - {name: id}\n    - {name: amount_usd}\n    - {name: site}\n";
    static const Case cases[] = {
        {"id,amont_usd,site\n", 4, "extra-label", "unknown column « amont_usd »",
         "did you mean amount_usd?"},
        {"id,amount_usd,site,photo\n", 20, "extra-label", "unknown column « photo »",
         "delete the column, or add it to the fields of r in datapackage.yaml"},
        {"id,site\n", 1, "missing-label", "the column « amount_usd » is missing",
         "add the column, or delete the field of r in datapackage.yaml"},
        {"id,amount_usd,site,id\n", 20, "duplicate-label", "the column « id » is already column 1",
         "keep one of the two"},
        {"id,amount_usd,,site\n", 15, "blank-label", "column 3 has no name",
         "name the column, or delete it"},
        {"", 1, "missing-label", "the file is empty",
         "write the names of the columns on the first line"},
        {"id;amount_usd;site\na;1;x\n", 1, "dialect-error",
         "the columns seem to be separated by « ; », not by « , »",
         "write `dialect: {delimiter: \";\"}` under r in datapackage.yaml"},
        {"id\tamount_usd\tsite\n", 1, "dialect-error",
         "the columns seem to be separated by « tab », not by « , »",
         "write `dialect: {delimiter: \"\\t\"}` under r in datapackage.yaml"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Fixture) f = read_with(fields, cases[i].row);
        g_test_message("%s", cases[i].row);
        g_assert_null(f.table);
        assert_faults(&f.scratch, 1);
        assert_fault(&f.scratch, 0, 1, cases[i].column, cases[i].code, cases[i].message,
                     cases[i].hint);
    }
}

static void test_keyless(void) {
    g_auto(Fixture) f = read_with("    - {name: id}\n    - {name: n}\n", "id,n\n,1\n");
    assert_faults(&f.scratch, 1);
    assert_fault(&f.scratch, 0, 2, 1, "primary-key", "id: the primary key is empty",
                 "fill the cell: each row is known by it");
}

static void test_patterns(void) {
    g_auto(Fixture) bad =
        read_with("    - {name: id, constraints: {pattern: \"[a\"}}\n", "id\nx\n");
    assert_faults(&bad.scratch, 1);
    assert_fault(&bad.scratch, 0, 7, 42, "pattern-error",
                 "the pattern of field `id` is not a regular expression",
                 "write a regular expression, as in \"[a-z0-9-]+\"");
    g_auto(Fixture) slow =
        read_with("    - {name: id, constraints: {pattern: \"(a+)+b?c\"}}\n",
                  "id\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac!\n");
    assert_faults(&slow.scratch, 1);
    g_assert_cmpstr(diag_at(slow.scratch.diag, 0)->hint, ==,
                    "simplify the pattern: repeats inside repeats are too slow");
    /* anchored at both ends, alternatives too */
    g_auto(Fixture) ends =
        read_with("    - {name: id, constraints: {pattern: \"a|b\"}}\n", "id\nab\n\"b\n\"\n");
    assert_faults(&ends.scratch, 2);
}

static void test_cap(void) {
    g_autoptr(GString) csv = g_string_new("id,n\n");
    for (int i = 0; i < 120; i++) g_string_append_printf(csv, "x%d,abc\n", i);
    g_auto(Fixture) f = read_with("    - {name: id}\n    - {name: n, type: integer}\n", csv->str);
    assert_faults(&f.scratch, 51);
    assert_fault(&f.scratch, 50, 1, 1, "more-faults", "70 more faults in this file are not shown",
                 "correct those above first");
    g_assert_cmpint(diag_at(f.scratch.diag, 50)->level, ==, FAULT_WARNING);
    g_assert_cmpuint(diag_errors(f.scratch.diag), ==, 50);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/schema/values", test_values);
    g_test_add_func("/data/schema/order", test_order);
    g_test_add_func("/data/schema/cells", test_cells);
    g_test_add_func("/data/schema/place", test_place);
    g_test_add_func("/data/schema/headers", test_headers);
    g_test_add_func("/data/schema/keyless", test_keyless);
    g_test_add_func("/data/schema/patterns", test_patterns);
    g_test_add_func("/data/schema/cap", test_cap);
    return g_test_run();
}
