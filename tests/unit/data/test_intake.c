#include "data/intake.h"

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
    Intake *intake;
    const ColumnSet *table; /* NULL after a fault */
} Fixture;

static Fixture read_bytes(const char *keys, const char *fields, const char *csv, size_t len,
                          int jobs) {
    Fixture fixture = {.scratch = scratch_new()};
    Scratch *scratch = &fixture.scratch;
    g_autofree char *yaml =
        g_strconcat("resources:\n- name: r\n  path: r.csv\n", keys,
                    "  schema:\n    primaryKey: id\n    fields:\n", fields, NULL);
    scratch_write(scratch, "datapackage.yaml", yaml);
    fixture.package = package_load(scratch->dir, scratch->arena, scratch->diag);
    g_assert_nonnull(fixture.package);
    g_autofree char *path = scratch_path(scratch, "r.csv");
    g_assert_true(g_file_set_contents(path, csv, (gssize)len, NULL));
    const IntakeOptions options = {.jobs = jobs};
    fixture.intake = intake_read(&fixture.package->resources[0], path, &options, scratch->diag);
    fixture.table = fixture.intake ? intake_columns(fixture.intake) : NULL;
    return fixture;
}

static Fixture read_with(const char *fields, const char *csv) {
    return read_bytes("", fields, csv, strlen(csv), 1);
}

static Value value(const Fixture *f, size_t row, const char *name) {
    const Resource *resource = &f->package->resources[0];
    for (size_t i = 0; i < resource->n_fields; i++)
        if (!strcmp(resource->fields[i].name, name))
            return column_value(&f->table->columns[i], row);
    g_assert_not_reached();
}

static Fixture read_rows(const char *rows) {
    g_autofree char *csv = g_strconcat(HEADER, rows, NULL);
    return read_with(FIELDS, csv);
}

static void fixture_clear(Fixture *fixture) {
    intake_free(fixture->intake);
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
    g_assert_cmpuint(f.table->n_rows, ==, 3);
    g_assert_cmpuint(f.table->n_columns, ==, 8);
    g_assert_cmpstr(value(&f, 0, "id").text, ==, "a");
    g_assert_cmpint(value(&f, 0, "d").date.precision, ==, DATE_MONTH);
    g_assert_cmpint(value(&f, 1, "d").date.precision, ==, DATE_YEAR);
    g_assert_cmpint(value(&f, 2, "d").date.precision, ==, DATE_DAY);
    g_assert_cmpint(value(&f, 0, "amount_usd").kind, ==, VALUE_INT);
    g_assert_cmpint(value(&f, 0, "amount_usd").integer, ==, 12500000);
    g_assert_cmpfloat(value(&f, 0, "km").real, ==, 1.5);
    g_assert_cmpfloat(value(&f, 2, "km").real, ==, -10);
    g_assert_cmpint(value(&f, 0, "in_sum").kind, ==, VALUE_BOOL);
    g_assert_cmpint(value(&f, 0, "in_sum").integer, ==, 1);
    g_assert_cmpint(value(&f, 2, "in_sum").integer, ==, 0);
    g_assert_cmpint(value(&f, 1, "km").kind, ==, VALUE_NULL);
    g_assert_cmpint(value(&f, 1, "kind").kind, ==, VALUE_NULL);
}

/* Columns are found by name; the table has the order of the schema. */
static void test_order(void) {
    g_auto(Fixture) f =
        read_with("    - {name: id}\n    - {name: n, type: integer}\n", "n,id\n1,a\n");
    assert_faults(&f.scratch, 0);
    g_assert_cmpint(value(&f, 0, "n").integer, ==, 1);
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
    {"x,,,12.5,,,,", 5, "type-error", "amount_usd: « 12.5 » is not an integer",
     "write a whole number, or give the field the type number"},
    {"x,,,beaucoup,,,,", 5, "type-error", "amount_usd: « beaucoup » is not an integer",
     "write digits alone, without separators or unit"},
    {"x,,,99999999999999999999,,,,", 5, "type-error",
     "amount_usd: « 99999999999999999999 » is not an integer of 64 bits",
     "the number is too large"},
    {"x,,,-5,,,,", 5, "constraint-error", "amount_usd: « -5 » is less than 0",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    {"x,,,,1 km,,,", 6, "type-error", "km: « 1 km » is not a number",
     "write the number without unit: 1"},
    {"x,,,,nan,,,", 6, "type-error", "km: « nan » is not a number",
     "write digits and a decimal point, without separators or unit"},
    {"x,,,,1e999,,,", 6, "type-error", "km: « 1e999 » is not a number", "the number is too large"},
    {"x,,,,11,,,", 6, "constraint-error", "km: « 11 » is more than 10.5",
     "correct the value, or the maximum of the field in datapackage.yaml"},
    {"x,2019-2-3,,,,,,", 3, "type-error", "d: « 2019-2-3 » is not a date",
     "write the date as year-month-day: 2019-02-03"},
    {"x,2019-11-27T10:00,,,,,,", 3, "type-error", "d: « 2019-11-27T10:00 » is not a date",
     "write the date as year-month-day: 2019-11-27"},
    {"x,2019-02-30,,,,,,", 3, "type-error", "d: « 2019-02-30 » is not a date",
     "2019-02 has 28 days"},
    {"x,2019-13-01,,,,,,", 3, "type-error", "d: « 2019-13-01 » is not a date",
     "months go from 01 to 12"},
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
    {"x,,,,,,,https://x.org", 9, "unique-error", "url: « https://x.org » is already on line 2",
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
    g_assert_true(g_str_has_suffix(fault->file, "/r.csv"));
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
        {"", 1, "source-error", "the file is empty",
         "write the names of the columns on the first line"},
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

/* Which columns may stand beside the fields, and which fields may lack one. */
static void test_match(void) {
    static const struct {
        const char *match, *header;
        size_t column;
        const char *code, *message, *hint;
    } cases[] = {
        {"equal", "n,id,site", 0, NULL, NULL, NULL},
        {"exact", "id,n,site", 0, NULL, NULL, NULL},
        {"exact", "id,site,n", 4, "incorrect-label", "the column « site » is number 2, not 3",
         "put the columns in the order of the fields, or leave `fieldsMatch` out"},
        {"subset", "id,photo,n,site", 0, NULL, NULL, NULL},
        {"subset", "id,photo,n", 1, "missing-label", "the column « site » is missing",
         "add the column, or delete the field of r in datapackage.yaml"},
        {"superset", "id,n", 0, NULL, NULL, NULL},
        {"superset", "id,n,photo", 6, "extra-label", "unknown column « photo »",
         "delete the column, or add it to the fields of r in datapackage.yaml"},
        {"superset", "n,site", 1, "missing-label", "the column « id » is missing",
         "add the column, or delete the field of r in datapackage.yaml"},
        {"superset", "id,site", 1, "missing-label", "the column « n » is missing",
         "add the column, or delete the field of r in datapackage.yaml"},
        {"partial", "photo,n,id", 0, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *fields =
            g_strdup_printf("    - {name: id}\n    - {name: n, constraints: {required: true}}\n"
                            "    - {name: site}\n    fieldsMatch: %s\n",
                            cases[i].match);
        g_auto(GStrv) labels = g_strsplit(cases[i].header, ",", -1);
        GString *csv = g_string_new(cases[i].header);
        for (char **label = labels; *label; label++)
            g_string_append_printf(csv, "%s%s1", label == labels ? "\n" : ",", *label);
        g_autofree char *text = g_string_free(csv, FALSE);
        g_test_message("%s: %s", cases[i].match, cases[i].header);
        g_auto(Fixture) f = read_with(fields, text);
        assert_faults(&f.scratch, cases[i].code ? 1 : 0);
        g_assert_true((f.table == NULL) == (cases[i].code != NULL));
        if (!f.table) {
            assert_fault(&f.scratch, 0, 1, cases[i].column, cases[i].code, cases[i].message,
                         cases[i].hint);
            continue;
        }
        bool has_site = strstr(cases[i].header, "site") != NULL;
        g_assert_cmpstr(value(&f, 0, "n").text, ==, "n1");
        g_assert_cmpint(value(&f, 0, "site").kind, ==, has_site ? VALUE_TEXT : VALUE_NULL);
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
    assert_fault(&f.scratch, 50, 0, 0, "more-faults", "70 more faults in this file are not shown",
                 "correct those above first");
    g_assert_cmpint(diag_at(f.scratch.diag, 50)->level, ==, FAULT_WARNING);
    g_assert_cmpuint(diag_errors(f.scratch.diag), ==, 50);
}

/* ---- what spreadsheets write ---- */

/* A column n of numbers and d of dates, as a French Excel saves them; each row as `n d`. */
static char *read_values(const char *keys, const char *fields, const char *csv, size_t len) {
    g_auto(Fixture) f = read_bytes(keys, fields, csv, len, 1);
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < diag_count(f.scratch.diag); i++) {
        const Fault *fault = diag_at(f.scratch.diag, i);
        if (fault->level == FAULT_ERROR)
            g_string_append_printf(out, "%zu:%zu %s: %s\n", fault->line, fault->column, fault->code,
                                   fault->message);
        else
            g_string_append_printf(out, "(%s)\n", fault->message);
    }
    for (size_t row = 0; f.table && row < f.table->n_rows; row++) {
        for (size_t i = 0; i < f.table->n_columns; i++)
            g_string_append_printf(
                out, "%s%s", i ? "|" : "",
                value_plain(column_value(&f.table->columns[i], row), f.scratch.arena));
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static const char SHEET[] = "    - {name: id}\n    - {name: n, type: number}\n"
                            "    - {name: d, type: date}\n";

static void test_dialects(void) {
    static const struct {
        const char *csv;
        size_t len; /* 0: to its end */
        const char *seen;
    } cases[] = {
        {"id;n;d\na;12,5;13/01/2022\nb;;\n", 0,
         "(« ; », UTF-8, decimal comma, day/month/year)\na|12.5|2022-01-13\nb||\n"},
        {"id\tn\td\nc\xE9\t1\xA0"
         "234,5 \x80\t5 janv. 2022\n",
         0,
         "(tab, Windows-1252, decimal comma, spaces between thousands, €, dates in words)\n"
         "cé|1234.5|2022-01-05\n"},
        {"id,n,d\nc\xBDur,1.5,2022-01-05\n", 0, "(« , », Latin-9)\ncœur|1.5|2022-01-05\n"},
        {"\xEF\xBB\xBFid,n,d\na,1.5,44566\n", 0,
         "(« , », UTF-8, Excel serial dates)\na|1.5|2022-01-05\n"},
        {"\xFF\xFEi\0d\0;\0n\0;\0d\0\r\0\n\0\xE9\0;\0"
         "2\0;\0\r\0\n\0",
         30, "(« ; », UTF-16 LE)\né|2|\n"},
        {"id,n,d\na,12.5,2022-01-05\n", 0, "a|12.5|2022-01-05\n"},
        {"id;n;d\na;1.234;\n", 0,
         "2:3 type-error: n: « 1.234 » may be 1.234 or 1234, and no cell of the column tells\n"
         "(« ; », UTF-8)\n"},
        {"id;n;d\na;;05/01/2022\n", 0,
         "2:4 type-error: d: « 05/01/2022 » may be 2022-01-05 or 2022-05-01, and no cell of the "
         "column tells\n(« ; », UTF-8, day/month/year)\n"},
        {"id,n,d\n\xC3\xA9,1,\ncaf\xE9,2,\n", 0,
         "3:4 encoding-error: the byte 0xE9 is not UTF-8 (in Windows-1252 it would be « é »)\n"
         "(the rest of the file is in UTF-8: two encodings are mixed)\n"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t len = cases[i].len ? cases[i].len : strlen(cases[i].csv);
        g_autofree char *seen = read_values("", SHEET, cases[i].csv, len);
        g_assert_cmpstr(seen, ==, cases[i].seen);
    }
}

/* The package has the last word. */
static void test_declared(void) {
    static const char fields[] =
        "    - {name: id}\n    - {name: n, type: number, decimalChar: \",\", groupChar: \".\"}\n"
        "    - {name: d, type: date, format: \"%d/%m/%Y\"}\n";
    g_autofree char *seen = read_values("  dialect: {delimiter: \";\"}\n  encoding: windows-1252\n",
                                        fields, "id;n;d\n\xE9;1.234;05/01/2022\n", 25);
    g_assert_cmpstr(seen, ==, "é|1234|2022-01-05\n");
    g_autofree char *plain =
        read_values("  dialect: {delimiter: \";\"}\n", fields, "id;n;d\na;1;2022-01-05\n", 22);
    g_assert_cmpstr(plain, ==, "a|1|2022-01-05\n");
}

/* Chunks, threads and lines: a file of several chunks reads like its rows, and a fault at its end
 * has the right line. */
static void test_long(void) {
    g_autoptr(GString) csv = g_string_new("id,n,d\n");
    enum { ROWS = 60000 };
    for (int i = 0; i < ROWS; i++)
        g_string_append_printf(csv, "\"ligne\n%d\",%d.5,2022-01-%02d\n", i, i, i % 28 + 1);
    for (int jobs = 1; jobs <= 3; jobs++) {
        g_auto(Fixture) f = read_bytes("", SHEET, csv->str, csv->len, jobs);
        assert_faults(&f.scratch, 0);
        g_assert_cmpuint(f.table->n_rows, ==, ROWS);
        for (int i = 0; i < ROWS; i += 997) {
            g_autofree char *id = g_strdup_printf("ligne\n%d", i);
            g_assert_cmpstr(value(&f, (size_t)i, "id").text, ==, id);
            g_assert_cmpfloat(value(&f, (size_t)i, "n").real, ==, i + 0.5);
        }
    }
    g_string_append(csv, "\"ligne\n7\",1,2022-13-01\n");
    g_auto(Fixture) f = read_bytes("", SHEET, csv->str, csv->len, 2);
    assert_faults(&f.scratch, 2);
    assert_fault(&f.scratch, 0, ROWS * 2 + 3, 6, "type-error",
                 "d: « 2022-13-01 » is not a date to the day", "months go from 01 to 12");
    assert_fault(&f.scratch, 1, ROWS * 2 + 2, 1, "primary-key",
                 "id: « ligne… » is already on line 16",
                 "give each row its own, or delete the repeated row");
}

static void test_rules(void) {
    static const char fields[] =
        "    - {name: id}\n    - {name: low, type: integer}\n    - {name: high, type: integer}\n"
        "    - {name: source}\n"
        "    frise:rules:\n    - low <= high\n    - {require: source, when: high}\n";
    g_auto(Fixture) f = read_with(fields, "id,low,high,source\na,2,1,x\nb,1,2,\nc,,,\nd,5,,\n");
    assert_faults(&f.scratch, 2);
    assert_fault(&f.scratch, 0, 2, 3, "row-constraint",
                 "low: « 2 » and « 1 » break the rule « low <= high »", "correct low or high");
    assert_fault(&f.scratch, 1, 3, 7, "row-constraint", "source: the cell is empty",
                 "fill the cell: it is required when high is given");
}

/* What quotes and bytes can do wrong. */
static void test_broken(void) {
    g_autoptr(GString) endless = g_string_new("id,n,d\na,1,\nb,\"");
    for (int i = 0; i < 18; i++) {
        g_autofree char *megabyte = g_strnfill(1 << 20, 'x');
        g_string_append(endless, megabyte);
    }
    const struct {
        const char *csv;
        size_t len, line, column;
        const char *code, *message;
    } cases[] = {
        {"id,n,d\nx,\"jamais\ny,z\n", 0, 2, 3, "source-error", "this quote is never closed"},
        {"id,n,d\n\"x\"y,z,\n", 0, 2, 4, "source-error",
         "text follows the quote that closes a cell"},
        {"id,n,d\n\xC3\xA9t\xC3\xA9\"x,z,\n", 0, 2, 4, "source-error",
         "a quote stands inside a cell that has none around it"},
        {"id,n,d\na,1\0,\n", 13, 2, 4, "encoding-error", "a zero byte in a text file"},
        {endless->str, endless->len, 3, 3, "source-error", "a row is longer than 16 MB"},
        {"id,n,d\n\"a", 0, 2, 1, "source-error", "this quote is never closed"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t len = cases[i].len ? cases[i].len : strlen(cases[i].csv);
        g_auto(Fixture) f = read_bytes("", SHEET, cases[i].csv, len, 1);
        g_assert_null(f.table);
        assert_faults(&f.scratch, 1);
        const Fault *fault = diag_at(f.scratch.diag, 0);
        g_assert_cmpstr(fault->message, ==, cases[i].message);
        g_assert_cmpstr(fault->code, ==, cases[i].code);
        g_assert_cmpuint(fault->line, ==, cases[i].line);
        g_assert_cmpuint(fault->column, ==, cases[i].column);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/intake/values", test_values);
    g_test_add_func("/data/intake/order", test_order);
    g_test_add_func("/data/intake/cells", test_cells);
    g_test_add_func("/data/intake/place", test_place);
    g_test_add_func("/data/intake/headers", test_headers);
    g_test_add_func("/data/intake/match", test_match);
    g_test_add_func("/data/intake/keyless", test_keyless);
    g_test_add_func("/data/intake/patterns", test_patterns);
    g_test_add_func("/data/intake/cap", test_cap);
    g_test_add_func("/data/intake/dialects", test_dialects);
    g_test_add_func("/data/intake/declared", test_declared);
    g_test_add_func("/data/intake/long", test_long);
    g_test_add_func("/data/intake/rules", test_rules);
    g_test_add_func("/data/intake/broken", test_broken);
    return g_test_run();
}
