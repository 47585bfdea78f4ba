#include "base/date.h"
#include "project/package.h"

#include "scratch.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char GOOD[] = "name: essai\n"
                           "title: \"Essai\"\n"
                           "version: 1.2.0\n"
                           "licenses:\n"
                           "  - {name: CC-BY-4.0, title: Attribution, path: \"https://x.org\"}\n"
                           "sources:\n"
                           "  - {title: ONU, path: \"https://un.org\"}\n"
                           "autre:clé: libre\n"
                           "resources:\n"
                           "  - name: missile-tests\n"
                           "    path: tirs.csv\n"
                           "    title: Tirs\n"
                           "    encoding: UTF-8\n"
                           "    bytes: 120\n"
                           "    hash: sha256:00ff\n"
                           "    dialect: {delimiter: \";\", header: true, csvddfVersion: 1.2}\n"
                           "    schema:\n"
                           "      missingValues: [\"\", \"-\"]\n"
                           "      primaryKey: [id]\n"
                           "      fields:\n"
                           "        - name: id\n"
                           "          constraints: {required: true, pattern: \"[a-z]+\"}\n"
                           "        - name: jour\n"
                           "          type: date\n"
                           "          format: any\n"
                           "          frise:precision: partial\n"
                           "          constraints: {minimum: 1984, maximum: 2026-02}\n"
                           "        - name: n\n"
                           "          type: integer\n"
                           "          constraints: {minimum: 1, maximum: 1e3, unique: true}\n"
                           "        - name: compte\n"
                           "          type: boolean\n"
                           "          trueValues: [oui]\n"
                           "          falseValues: [non]\n"
                           "        - name: an\n"
                           "          type: year\n"
                           "        - name: url\n"
                           "          format: uri\n"
                           "          constraints: {enum: [a, b]}\n"
                           "  - name: autres\n"
                           "    path: a/b.csv\n"
                           "    sources: [{title: AIEA}]\n"
                           "    schema: {fields: [{name: x, type: boolean}]}\n";

static void test_good(void) {
    g_auto(Scratch) scratch = scratch_new();
    scratch_write(&scratch, "datapackage.yaml", GOOD);
    Package *package = package_load(scratch.dir, scratch.arena, scratch.diag);
    assert_faults(&scratch, 0);
    g_assert_nonnull(package);
    g_assert_cmpstr(package->folder, ==, scratch.dir);
    g_assert_cmpstr(package->title, ==, "Essai");
    g_assert_cmpstr(package->version, ==, "1.2.0");
    g_assert_cmpstr(package->license, ==, "Attribution");
    g_assert_cmpstr(package->license_path, ==, "https://x.org");
    g_assert_cmpuint(package->n_resources, ==, 2);
    const Resource *tests = &package->resources[0];
    g_assert_cmpstr(tests->name, ==, "missile-tests");
    g_assert_cmpstr(tests->table, ==, "missile_tests");
    g_assert_cmpstr(tests->title, ==, "Tirs");
    g_assert_cmpstr(tests->path, ==, "tirs.csv");
    g_assert_cmpint(tests->dialect.delimiter, ==, ';');
    g_assert_true(tests->dialect.is_delimiter_fixed);
    g_assert_cmpstr(tests->dialect.encoding, ==, "UTF-8");
    g_assert_cmpint(tests->bytes, ==, 120);
    g_assert_cmpstr(tests->hash, ==, "sha256:00ff");
    g_assert_cmpuint(tests->primary_key.n, ==, 1);
    g_assert_cmpuint(tests->primary_key.columns[0], ==, 0);
    g_assert_cmpstr(tests->fields[0].missing_values[1], ==, "-");
    g_assert_null(tests->fields[0].missing_values[2]);
    g_assert_cmpuint(tests->n_sources, ==, 1);
    g_assert_cmpstr(tests->sources[0].title, ==, "ONU");
    g_assert_cmpstr(package->resources[1].sources[0].title, ==, "AIEA");
    g_assert_cmpstr(package->resources[1].fields[0].true_values[3], ==, "1");
    const Resource *others = &package->resources[1];
    g_assert_cmpint(others->dialect.delimiter, ==, ',');
    g_assert_false(others->dialect.is_delimiter_fixed);
    g_assert_null(others->dialect.encoding);
    g_assert_cmpint(others->bytes, ==, -1);
    g_assert_cmpint(others->match, ==, MATCH_EQUAL);

    const Field *field = tests->fields;
    g_assert_cmpuint(tests->n_fields, ==, 6);
    g_assert_cmpint(field[0].type, ==, FIELD_STRING);
    g_assert_true(field[0].is_required);
    g_assert_cmpstr(field[0].pattern, ==, "[a-z]+");
    g_assert_true(field[1].is_partial);
    g_assert_cmpfloat(field[1].minimum, ==, date_from_ymd(1984, 1, 1).first);
    g_assert_cmpfloat(field[1].maximum, ==, date_from_ymd(2026, 2, 28).first);
    g_assert_true(field[2].is_unique && field[2].has_minimum && field[2].has_maximum);
    g_assert_cmpfloat(field[2].maximum, ==, 1000);
    g_assert_cmpstr(field[3].true_values[0], ==, "oui");
    g_assert_cmpstr(field[3].false_values[0], ==, "non");
    g_assert_cmpint(field[4].type, ==, FIELD_YEAR);
    g_assert_cmpint(field_value_kind(&field[4]), ==, VALUE_INT);
    g_assert_cmpint(field[5].format, ==, FORMAT_URI);
    g_assert_cmpuint(field[5].n_enumeration, ==, 2);
    package_free(package);
}

typedef struct {
    const char *yaml;
    size_t line, column;
    const char *code, *message, *hint;
} Case;

#define FIELD(text) "resources:\n- name: r\n  path: r.csv\n  schema:\n    fields:\n    - " text "\n"
#define RESOURCE(text)                                                                             \
    "resources:\n- name: r\n  path: r.csv\n  schema: {fields: [{name: x}]}\n  " text "\n"

static const Case cases[] = {
    {"title: x\n", 1, 1, "missing-key", "the key `resources` is missing", "add `resources: …`"},
    {"- x\n", 1, 1, "type-error", "this is a list, not a map of keys",
     "write keys and values under it, one `key: value` a line"},
    {"resources: []\n", 1, 12, "missing-key", "`resources` is empty",
     "add a resource for each CSV file"},
    {"resources:\n- path: r.csv\n  schema: {fields: [{name: x}]}\n", 2, 3, "missing-key",
     "the key `name` is missing", "add `name: …`"},
    {"resources:\n- name: r\n  schema: {fields: [{name: x}]}\n", 2, 3, "missing-key",
     "the key `path` is missing", "add `path: …`"},
    {"resources:\n- name: r\n  path: r.csv\n", 2, 3, "missing-key", "the key `schema` is missing",
     "add `schema: …`"},
    {"resources:\n- name: r\n  path: r.csv\n  schema: {}\n", 4, 3, "missing-key",
     "the key `fields` is missing in `schema`", "add `fields: …`"},
    {"resources:\n- name: r\n  path: r.csv\n  schema: {fields: []}\n", 4, 20, "missing-key",
     "`fields` is empty", "add the columns of the file"},
    {"resources:\n- name: r\n  path:\n  schema: {fields: [{name: x}]}\n", 3, 3, "type-error",
     "`path` is empty", NULL},
    {"resources:\n- name: Été\n  path: r.csv\n  schema: {fields: [{name: x}]}\n", 2, 9,
     "invalid-name", "« Été » cannot name a table",
     "use a-z, 0-9, `-`, `_` and `.`, with a letter first; not sqlite_…"},
    {"resources:\n- name: sqlite_x\n  path: r.csv\n  schema: {fields: [{name: x}]}\n", 2, 9,
     "invalid-name", "« sqlite_x » cannot name a table",
     "use a-z, 0-9, `-`, `_` and `.`, with a letter first; not sqlite_…"},
    {"resources:\n- {name: a-b, path: r.csv, schema: {fields: [{name: x}]}}\n"
     "- {name: a_b, path: s.csv, schema: {fields: [{name: x}]}}\n",
     3, 3, "duplicate-name", "the resources « a-b » and « a_b » are both the table a_b",
     "rename one of them"},
    {RESOURCE("format: xlsx"), 5, 11, "unsupported-value", "format: « xlsx » is not supported",
     "write csv, or leave the key out"},
    {RESOURCE("dialect: {delimiter: \"::\"}"), 5, 25, "unsupported-value",
     "« :: » cannot separate cells", "write one character: \",\", \";\" or \"\\t\""},
    {RESOURCE("titel: x"), 5, 3, "unknown-key", "unknown key `titel`", "did you mean `title`?"},
    {RESOURCE("frise:x: 1"), 5, 3, "unknown-key", "unknown key `frise:x`",
     "known keys: name, title, path, bytes, hash, format, encoding, dialect, schema, sources, "
     "description, mediatype, profile, type, licenses, homepage, $schema"},
    {RESOURCE("sources: [{path: x}]"), 5, 13, "missing-key", "the key `title` is missing",
     "add `title: …`"},
    {FIELD("title: x"), 6, 7, "missing-key", "the key `name` is missing", "add `name: …`"},
    {FIELD("{name: x, type: integr}"), 6, 23, "unknown-type", "field `x`: unknown type « integr »",
     "did you mean integer?"},
    {FIELD("{name: x, type: date, frise:precision: heure}"), 6, 46, "unsupported-value",
     "field `x`: unknown precision « heure »", "write day or partial"},
    {FIELD("{name: x, frise:precision: partial}"), 6, 34, "unsupported-value",
     "field `x` is not a date: it has no precision", "write `type: date`"},
    {FIELD("{name: x, constraints: {minimum: 1}}"), 6, 40, "unsupported-value",
     "field `x` has no order: it has no minimum",
     "bounds are for integers, numbers, dates, times and durations"},
    {FIELD("{name: x, type: date, constraints: {maximum: 2019-13}}"), 6, 52, "type-error",
     "maximum: « 2019-13 » is not a date", "write a date as 2017-01-31"},
    {FIELD("{name: x, type: number, constraints: {minimum: \"1,5\"}}"), 6, 55, "type-error",
     "minimum: « 1,5 » is not a number", "write a decimal point: 1.5"},
    {FIELD("{name: x, type: integer, constraints: {pattern: \"1\"}}"), 6, 56, "unsupported-value",
     "field `x` is not a string: it has no pattern", "patterns are for strings"},
    {FIELD("{name: x, constraints: {enum: []}}"), 6, 37, "unsupported-value",
     "field `x`: the list of values is empty", "list the values, or leave the key out"},
    {FIELD("{name: x, constraints: {enum: [[a]]}}"), 6, 38, "type-error",
     "an item of `enum` is not a text", "write one text or number an item"},
    {FIELD("{name: x}\n    - {name: X}"), 7, 7, "duplicate-field",
     "the column `X` of field `X` is also a column of field `x`", "rename one of them"},
    {FIELD("{name: d_start}\n    - {name: d, type: date}"), 7, 7, "duplicate-field",
     "the column `d_start` of field `d` is also a column of field `d_start`", "rename one of them"},
    {FIELD("{name: ident}\n    primaryKey: idant"), 7, 17, "unknown-field",
     "the primary key « idant » is not a field", "did you mean ident?"},
    {FIELD("{name: ident}\n    primaryKey: [ident, idant]"), 7, 25, "unknown-field",
     "the primary key « idant » is not a field", "did you mean ident?"},
    {FIELD("{name: x}\n    primaryKey: []"), 7, 17, "unsupported-value",
     "the primary key: this names no field", "name one field, or list several"},
    {FIELD("{name: x}\n    uniqueKeys: [[x, z]]"), 7, 22, "unknown-field",
     "the unique key « z » is not a field", "did you mean x?"},
    {FIELD("{name: x}\n    fieldsMatch: equall"), 7, 18, "unsupported-value",
     "fieldsMatch: « equall » is not known", "write equal, exact, subset, superset or partial"},
    /* types and formats */
    {FIELD("{name: x, type: chaîne}"), 6, 23, "unknown-type", "field `x`: unknown type « chaîne »",
     "the types are string, integer, number, boolean, date, time, datetime, year, yearmonth, "
     "duration, geopoint, object, array, geojson, any, list"},
    {FIELD("{name: x, format: e-mail-s}"), 6, 25, "unsupported-value",
     "field `x`: the format « e-mail-s » is not supported",
     "the formats of a field of type string are default, email, uri, binary, uuid"},
    {FIELD("{name: x, type: date, format: \"%d/%m\"}"), 6, 38, "unsupported-value",
     "field `x`: the format « %d/%m » lacks a year, %Y",
     "complete it; a month alone is the type yearmonth, a year alone the type year"},
    {FIELD("{name: x, type: date, format: \"%m/%Y\"}"), 6, 38, "unsupported-value",
     "field `x`: the format « %m/%Y » lacks a day, %d",
     "complete it; a month alone is the type yearmonth, a year alone the type year"},
    {FIELD("{name: x, type: date, format: \"%d %Q\"}"), 6, 38, "unsupported-value",
     "field `x`: the directive %Q of the format is not supported",
     "directives are %d %m %Y %y %j %b %B %H %M %S %f"},
    {FIELD("{name: x, type: date, format: iso}"), 6, 37, "unsupported-value",
     "field `x`: the format « iso » is not supported",
     "the formats of a field of type date are default, any, %d/%m/%Y…"},
    {FIELD("{name: x, type: list, itemType: year}"), 6, 39, "unknown-type",
     "field `x`: a list has no items of type « year »",
     "items are of type string, integer, number, boolean, date, time or datetime"},
    {FIELD("{name: x, type: number, decimalChar: \";\"}"), 6, 45, "unsupported-value",
     "« ; » is not a decimal mark", "write \".\" or \",\""},
    {FIELD("{name: x, type: number, groupChar: \".\"}"), 6, 43, "unsupported-value",
     "« . » does not part thousands", "the decimal mark is another one"},
    {FIELD("{name: x, decimalChar: \",\"}"), 6, 17, "unknown-key", "unknown key `decimalChar`",
     "known keys: name, title, missingValues, type, frise:precision, format, constraints, "
     "categories, description, example, examples, rdfType, categoriesOrdered, floatNumber"},
    {FIELD("{name: x, type: boolean, trueValues: [o, n], falseValues: [n]}"), 6, 7,
     "unsupported-value", "field `x`: « n » is true and false", "keep it in one of the two lists"},
    {FIELD("{name: x, missingValues: [{label: y}]}"), 6, 33, "missing-key",
     "the key `value` is missing", "add `value: …`"},
    /* constraints */
    {FIELD("{name: x, type: geopoint, constraints: {minimum: 1}}"), 6, 56, "unsupported-value",
     "field `x` has no order: it has no minimum",
     "bounds are for integers, numbers, dates, times and durations"},
    {FIELD("{name: x, type: integer, constraints: {minimum: 1, exclusiveMinimum: 0}}"), 6, 76,
     "unsupported-value", "field `x` has both minimum and exclusiveMinimum", "keep one of the two"},
    {FIELD("{name: x, type: date, constraints: {minimum: 2019/2020}}"), 6, 52, "type-error",
     "minimum: « 2019/2020 » is not a date", "write a date as 2017-01-31"},
    {FIELD("{name: x, type: integer, constraints: {minLength: 1}}"), 6, 57, "unsupported-value",
     "field `x` has no length: it has no minLength",
     "lengths are for strings, lists, arrays and objects"},
    {FIELD("{name: x, constraints: {maxLength: 1.5}}"), 6, 42, "type-error",
     "maxLength: this is not a length", "write a whole number"},
    {FIELD("{name: x, type: object, constraints: {jsonSchema: {type: object}}}"), 6, 57,
     "unsupported-value", "field `x`: jsonSchema is not supported",
     "leave the key out, and check the JSON elsewhere"},
    {FIELD("{name: x, type: date, categories: [a]}"), 6, 41, "unsupported-value",
     "field `x` has no categories", "categories are for strings and integers; write an `enum`"},
    /* foreign keys */
    {FIELD("{name: x}\n    foreignKeys: [{fields: x, reference: {resource: s, fields: x}}]"), 7, 53,
     "unknown-resource", "the foreign key refers to « s », which is not a resource",
     "did you mean r?"},
    {FIELD("{name: x}\n    foreignKeys: [{fields: x, reference: {fields: y}}]"), 7, 51,
     "unknown-field", "the field referred to « y » is not a field", "did you mean x?"},
    {FIELD("{name: x}\n    foreignKeys: [{fields: x, reference: {fields: [x, x]}}]"), 7, 51,
     "unsupported-value", "the foreign key and what it refers to have 1 and 2 fields",
     "name one field of the other table for each field of the key"},
    {FIELD("{name: x}\n    foreignKeys: [{fields: x}]"), 7, 19, "missing-key",
     "the key `reference` is missing", "add `reference: …`"},
    /* rules */
    {FIELD("{name: x}\n    frise:rules: [x]"), 7, 19, "unsupported-value", "« x » compares nothing",
     "write a rule as `amount_min <= amount`"},
    {FIELD("{name: x}\n    frise:rules: [[x]]"), 7, 19, "type-error",
     "an item of `frise:rules` is not a rule",
     "write `amount_min <= amount`, or {require: source, when: amount}"},
    {FIELD("{name: debut}\n    frise:rules: [debut = debit]"), 7, 19, "unknown-field",
     "in a rule, « debit » is not a field", "did you mean debut?"},
    {FIELD("{name: x}\n    - {name: n, type: number}\n    frise:rules: [n <= x]"), 8, 19,
     "unsupported-value", "the rule compares a field of type number with one of type string",
     "compare numbers with numbers, and dates with dates"},
    {FIELD("{name: n, type: integer}\n    frise:rules: [n < 2020-01-01]"), 7, 19,
     "unsupported-value", "the rule compares a field of type integer with « 2020-01-01 »",
     "write the name of a column, a number, a date as 2017-01-31, or a text between quotes"},
    {FIELD("{name: x}\n    frise:rules: [x < \"a\"]"), 7, 19, "unsupported-value",
     "values of type string have no order", "write = or !="},
    {FIELD("{name: x}\n    frise:rules: [{require: x}]"), 7, 19, "missing-key",
     "the rule lacks `when`",
     "name the column whose value calls for the others, or use the constraint `required`"},
    {FIELD("{name: x}\n    frise:rules: [{rule: x = x, say: y}]"), 7, 33, "unknown-key",
     "unknown key `say`", "did you mean `says`?"},
    /* resources and dialects */
    {"resources:\n- {name: r, path: [a.csv, b.csv], schema: {fields: [{name: x}]}}\n", 2, 19,
     "unsupported-value", "path: a table in 2 files is not supported",
     "make one file of them, or a resource of each"},
    {RESOURCE("bytes: 1.5"), 5, 10, "type-error", "bytes: this is not a size",
     "write a whole number"},
    {RESOURCE("dialect: {headerRows: [1, 2]}"), 5, 25, "unsupported-value",
     "the header is one row, the first", "write [1], or leave the key out"},
    {RESOURCE("dialect: {escapeChar: \"/\"}"), 5, 26, "unsupported-value",
     "escape characters are not supported", "quote the cells instead, and leave the key out"},
    {RESOURCE("dialect: {quoteChar: \"''\"}"), 5, 25, "unsupported-value",
     "« '' » cannot quote cells", "write one character, as in \"\\\"\" or \"'\""},
    {RESOURCE("dialect: {commentChar: \",\"}"), 5, 27, "unsupported-value",
     "« , » cannot open a comment", "write one character, as in \"#\""},
    {RESOURCE("dialect: {doubleQuote: false}"), 5, 26, "unsupported-value",
     "doubleQuote: this value is not supported", "write true, or leave the key out"},
    {RESOURCE("dialect: {commentRows: [1]}"), 5, 13, "unknown-key",
     "unknown key `commentRows` in `dialect`",
     "known keys: delimiter, quoteChar, commentChar, header, headerRows, escapeChar, doubleQuote, "
     "skipInitialSpace, caseSensitiveHeader, nullSequence, lineTerminator, csvddfVersion, $schema, "
     "name, title, description, type"},
    {RESOURCE("dialect: d.yaml"), 5, 12, "missing-file", "there is no file {dir}/d.yaml",
     "put the file there, or correct the path"},
    {RESOURCE("dialect: ../d.yaml"), 5, 12, "unsafe-path",
     "dialect: « ../d.yaml » may leave the folder of the package",
     "write a path inside the folder of the package"},
};

static void test_faults(void) {
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Scratch) scratch = scratch_new();
        scratch_write(&scratch, "datapackage.yaml", cases[i].yaml);
        g_test_message("%s", cases[i].yaml);
        g_assert_null(package_load(scratch.dir, scratch.arena, scratch.diag));
        assert_fault(&scratch, 0, cases[i].line, cases[i].column, cases[i].code, cases[i].message,
                     cases[i].hint);
        g_autofree char *path = scratch_path(&scratch, "datapackage.yaml");
        g_assert_cmpstr(diag_at(scratch.diag, 0)->file, ==, path);
        if (!strstr(cases[i].yaml, "enum: [[a]]")) assert_faults(&scratch, 1);
    }
}

#define SCHEMA(text) "resources:\n- name: r\n  path: [r.csv]\n  schema:\n" text

static Package *load_good(const Scratch *scratch, const char *yaml) {
    scratch_write(scratch, "datapackage.yaml", yaml);
    Package *package = package_load(scratch->dir, scratch->arena, scratch->diag);
    assert_faults(scratch, 0);
    return package;
}

static void test_types(void) {
    g_auto(Scratch) scratch = scratch_new();
    Package *package = load_good(
        &scratch,
        SCHEMA(
            "    fields:\n"
            "    - {name: dmy, type: date, format: \"%d/%m/%Y\", constraints: {minimum: "
            "1/1/2020}}\n"
            "    - {name: words, type: date, format: \"fmt:%d %B %Y\"}\n"
            "    - {name: hour, type: time, format: \"%H:%M\", constraints: {maximum: \"12:00\"}}\n"
            "    - {name: month, type: yearmonth, constraints: {exclusiveMinimum: 2019}}\n"
            "    - {name: n, type: number, decimalChar: \",\", groupChar: \"\u202F\","
            " constraints: {minimum: \"1.5\", exclusiveMaximum: 9}}\n"
            "    - {name: share, type: number, bareNumber: false}\n"
            "    - {name: tags, type: list, itemType: integer, delimiter: \"|\","
            " missingValues: [{value: \"-\", label: none}], constraints: {maxLength: 3}}\n"
            "    - {name: fruit, categories: [{value: pomme, label: Pomme}, {value: poire}]}\n"
            "    - {name: is_ok, type: boolean, trueValues: [oui], falseValues: [non],"
            " constraints: {enum: [true]}}\n"));
    const Field *field = package->resources[0].fields;
    g_assert_cmpstr(package->resources[0].path, ==, "r.csv");
    g_assert_cmpint(field[0].reading.dates, ==, DATES_DMY);
    g_assert_true(field[0].is_reading_fixed);
    g_assert_cmpint(field[0].format, ==, FORMAT_PATTERN);
    g_assert_null(field[0].date_format);
    g_assert_cmpstr(field[0].minimum_text, ==, "1/1/2020");
    g_assert_false(field[0].has_minimum);
    g_assert_cmpstr(field[1].date_format, ==, "%d %B %Y");
    g_assert_cmpstr(field[2].maximum_text, ==, "12:00");
    g_assert_true(field[3].has_minimum && field[3].excludes_minimum);
    g_assert_cmpfloat(field[3].minimum, ==, date_from_ymd(2019, 12, 31).first);
    g_assert_cmpint(field_value_kind(&field[3]), ==, VALUE_DATE);
    g_assert_cmpint(field[4].reading.decimal, ==, ',');
    g_assert_cmpint(field[4].reading.group, ==, GROUP_SPACE);
    g_assert_cmpfloat(field[4].minimum, ==, 1.5);
    g_assert_true(field[4].has_maximum && field[4].excludes_maximum && !field[4].excludes_minimum);
    g_assert_true(field[5].is_reading_fixed && !field[5].reading.is_bare);
    g_assert_cmpint(field[6].item_type, ==, FIELD_INTEGER);
    g_assert_cmpstr(field[6].item_delimiter, ==, "|");
    g_assert_cmpstr(field[6].missing_values[0], ==, "-");
    g_assert_null(field[6].missing_values[1]);
    g_assert_cmpuint(field[6].max_length, ==, 3);
    g_assert_cmpuint(field[7].n_enumeration, ==, 2);
    g_assert_cmpstr(field[7].enumeration[1], ==, "poire");
    g_assert_cmpstr(field[8].enumeration[0], ==, "oui");
    package_free(package);
}

static void test_keys(void) {
    g_auto(Scratch) scratch = scratch_new();
    Package *package = load_good(
        &scratch,
        SCHEMA("    primaryKey: [a, b]\n    uniqueKeys: [[c], [a, c]]\n    fieldsMatch: subset\n"
               "    foreignKeys:\n"
               "    - {fields: c, reference: {resource: \"\", fields: a}}\n"
               "    - {fields: [a, b], reference: {resource: s, fields: [y, x]}}\n"
               "    fields: [{name: a}, {name: b}, {name: c}]\n"
               "- {name: s, path: s.csv, schema: {fields: [{name: x}, {name: y}]}}\n"));
    const Resource *resource = &package->resources[0];
    g_assert_cmpuint(resource->primary_key.n, ==, 2);
    g_assert_cmpuint(resource->primary_key.columns[1], ==, 1);
    g_assert_cmpuint(resource->n_unique_keys, ==, 2);
    g_assert_cmpuint(resource->unique_keys[1].columns[1], ==, 2);
    g_assert_cmpint(resource->match, ==, MATCH_SUBSET);
    g_assert_cmpuint(resource->n_foreign_keys, ==, 2);
    g_assert_cmpuint(resource->foreign_keys[0].resource, ==, 0);
    g_assert_cmpuint(resource->foreign_keys[1].resource, ==, 1);
    g_assert_cmpuint(resource->foreign_keys[1].columns[0], ==, 1);
    package_free(package);
}

static void test_rules(void) {
    g_auto(Scratch) scratch = scratch_new();
    Package *package = load_good(
        &scratch, SCHEMA("    fields: [{name: low, type: integer}, {name: high, type: number},"
                         " {name: d, type: date}, {name: s}, {name: t}, {name: d=e, type: date}]\n"
                         "    frise:rules:\n"
                         "    - 'low<=high <= 1e3'\n"
                         "    - {rule: \"d > 2019-11\", says: \"trop tôt\"}\n"
                         "    - s != \"a<b\"\n"
                         "    - {require: [s, t], when: high}\n"));
    const Resource *resource = &package->resources[0];
    const Rule *rule = resource->rules;
    g_assert_cmpuint(resource->n_rules, ==, 5);
    g_assert_cmpint(rule[0].op, ==, OP_AT_MOST);
    g_assert_cmpuint(rule[0].left, ==, 0);
    g_assert_cmpuint(rule[0].right, ==, 1);
    g_assert_cmpstr(rule[0].text, ==, "low <= high");
    g_assert_cmpuint(rule[1].left, ==, 1);
    g_assert_cmpuint(rule[1].right, ==, SIZE_MAX);
    g_assert_cmpfloat(rule[1].literal.real, ==, 1000);
    g_assert_cmpint(rule[2].op, ==, OP_MORE);
    g_assert_cmpint(rule[2].literal.kind, ==, VALUE_DATE);
    g_assert_cmpstr(rule[2].says, ==, "trop tôt");
    g_assert_cmpint(rule[3].op, ==, OP_NOT_EQUAL);
    g_assert_cmpstr(rule[3].literal.text, ==, "a<b");
    g_assert_true(rule[4].is_requirement);
    g_assert_cmpuint(rule[4].required.n, ==, 2);
    g_assert_cmpuint(rule[4].when, ==, 1);
    package_free(package);
}

static void test_dialect(void) {
    g_auto(Scratch) scratch = scratch_new();
    Package *package = load_good(
        &scratch, "resources:\n- name: r\n  path: r.tsv\n  format: tsv\n  encoding: windows-1252\n"
                  "  schema: {fields: [{name: x}]}\n"
                  "  dialect: {quoteChar: null, commentChar: \"#\", header: false, headerRows: [1],"
                  " skipInitialSpace: true, nullSequence: \"\\\\N\", caseSensitiveHeader: false,"
                  " lineTerminator: \"\\r\\n\"}\n");
    const Dialect *dialect = &package->resources[0].dialect;
    g_assert_cmpint(dialect->delimiter, ==, '\t');
    g_assert_true(dialect->is_delimiter_fixed);
    g_assert_cmpint(dialect->quote, ==, 0);
    g_assert_cmpint(dialect->comment, ==, '#');
    g_assert_false(dialect->has_header);
    g_assert_true(dialect->skips_initial_space && dialect->ignores_case);
    g_assert_cmpstr(dialect->null_sequence, ==, "\\N");
    g_assert_cmpstr(dialect->encoding, ==, "windows-1252");
    package_free(package);
}

/* A schema and a dialect in files of their own, whose faults are told where they are. */
static void test_parts(void) {
    g_auto(Scratch) scratch = scratch_new();
    scratch_write(&scratch, "s.json", "{\"fields\": [{\"name\": \"x\", \"type\": \"year\"}]}");
    scratch_write(&scratch, "d.yaml", "delimiter: \";\"\n");
    Package *package = load_good(
        &scratch, "resources:\n- {name: r, path: r.csv, schema: s.json, dialect: d.yaml}\n");
    g_assert_cmpint(package->resources[0].fields[0].type, ==, FIELD_YEAR);
    g_assert_cmpint(package->resources[0].dialect.delimiter, ==, ';');
    g_assert_cmpuint(package->n_parts, ==, 2);
    package_free(package);
    scratch_write(&scratch, "d.yaml", "delimiter: \";\"\nquote: x\n");
    g_assert_null(package_load(scratch.dir, scratch.arena, scratch.diag));
    assert_faults(&scratch, 1);
    g_assert_cmpstr(diag_at(scratch.diag, 0)->code, ==, "unknown-key");
    g_assert_true(g_str_has_suffix(diag_at(scratch.diag, 0)->file, "/d.yaml"));
    g_assert_cmpuint(diag_at(scratch.diag, 0)->line, ==, 2);
}

/* As programs write it: tabs, escapes, and characters beyond U+FFFF as two of them. */
static void test_json(void) {
    g_auto(Scratch) scratch = scratch_new();
    scratch_write(&scratch, "datapackage.json",
                  "{\n\t\"title\":\"Caf\\u00e9 \\ud83d\\ude00 \\\\ud83d\\/\",\n"
                  "\t\"resources\":[{\"name\":\"r\",\"path\":\"r.csv\",\n"
                  "\t\t\"schema\":{\"fields\":[{\"name\":\"x\",\"type\":\"integer\"}]}}]\n}\n");
    Package *package = package_load(scratch.dir, scratch.arena, scratch.diag);
    assert_faults(&scratch, 0);
    g_assert_cmpstr(package->title, ==, "Café \U0001F600 \\ud83d/");
    g_assert_cmpint(package->resources[0].fields[0].type, ==, FIELD_INTEGER);
    package_free(package);
    scratch_write(&scratch, "datapackage.yaml", RESOURCE("title: x"));
    package = package_load(scratch.dir, scratch.arena, scratch.diag);
    assert_fault(&scratch, 0, 0, 0, "two-packages",
                 "{dir}/datapackage.json describes the data too: {dir}/datapackage.yaml alone is "
                 "read",
                 "delete one of the two");
    g_assert_cmpstr(package->resources[0].title, ==, "x");
    package_free(package);
}

/* What each cell or row is compared with stays short. */
static void test_sizes(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_autoptr(GString) yaml = g_string_new(SCHEMA("    fields: [{name: x}]\n    missingValues: ["));
    for (int i = 0; i <= 100; i++) g_string_append_printf(yaml, "%sm%d", i ? ", " : "", i);
    g_string_append(yaml, "]\n    frise:rules: [\"x");
    for (int i = 0; i <= 100; i++) g_string_append(yaml, " = x");
    g_string_append(yaml, "\"]\n");
    scratch_write(&scratch, "datapackage.yaml", yaml->str);
    g_assert_null(package_load(scratch.dir, scratch.arena, scratch.diag));
    assert_faults(&scratch, 2);
    g_assert_cmpstr(diag_at(scratch.diag, 0)->message, ==,
                    "`missingValues` lists more than 100 values");
    g_assert_cmpstr(diag_at(scratch.diag, 1)->message, ==, "more than 100 rules for one file");
}

static void test_paths(void) {
    static const struct {
        const char *path, *message, *hint;
    } paths[] = {
        {"../r.csv", "path: « ../r.csv » may leave the folder of the package",
         "write a path inside the folder of the package"},
        {"a/../../r.csv", "path: « a/../../r.csv » may leave the folder of the package",
         "write a path inside the folder of the package"},
        {"/etc/passwd", "path: « /etc/passwd » may leave the folder of the package",
         "write a path inside the folder of the package"},
        {"https://x.org/r.csv", "path: « https://x.org/r.csv » is an address, not a file",
         "download the file beside datapackage.yaml and give its name"},
        {"lien.csv", "path: « lien.csv » is a link out of the folder of the package",
         "replace the symbolic link with the file itself"},
        {"dehors/x.csv", "path: « dehors/x.csv » is a link out of the folder of the package",
         "replace the symbolic link with the file itself"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_auto(Scratch) scratch = scratch_new();
        g_auto(Scratch) outside = scratch_new();
        scratch_write(&outside, "x.csv", "a\n");
        g_autofree char *file = scratch_path(&outside, "x.csv");
        g_autofree char *link = scratch_path(&scratch, "lien.csv");
        g_autofree char *folder = scratch_path(&scratch, "dehors");
        g_assert_cmpint(symlink(file, link), ==, 0);
        g_assert_cmpint(symlink(outside.dir, folder), ==, 0);
        g_autofree char *yaml = g_strdup_printf(
            "resources:\n- name: r\n  path: %s\n  schema: {fields: [{name: x}]}\n", paths[i].path);
        scratch_write(&scratch, "datapackage.yaml", yaml);
        g_assert_null(package_load(scratch.dir, scratch.arena, scratch.diag));
        assert_faults(&scratch, 1);
        assert_fault(&scratch, 0, 3, 9, "unsafe-path", paths[i].message, paths[i].hint);
    }
}

/* Every fault of the file is told, each with what was being read. */
static void test_all_at_once(void) {
    g_auto(Scratch) scratch = scratch_new();
    scratch_write(&scratch, "datapackage.yaml",
                  "resources:\n- name: A\n  path: ../x\n  schema:\n    fields:\n    - {name: a}\n"
                  "    - {name: b, type: nombre}\n  inconnu: 1\n");
    g_assert_null(package_load(scratch.dir, scratch.arena, scratch.diag));
    assert_faults(&scratch, 4);
    g_assert_cmpstr(diag_at(scratch.diag, 0)->code, ==, "invalid-name");
    g_assert_cmpstr(diag_at(scratch.diag, 1)->code, ==, "unsafe-path");
    g_assert_cmpstr(diag_at(scratch.diag, 2)->code, ==, "unknown-type");
    g_assert_cmpstr(diag_at(scratch.diag, 2)->step, ==, "resource 1, field 2");
    g_assert_cmpstr(diag_at(scratch.diag, 3)->code, ==, "unknown-key");
}

static void test_missing(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_assert_null(package_load(scratch.dir, scratch.arena, scratch.diag));
    assert_fault(&scratch, 0, 0, 0, "missing-file", "there is no datapackage.yaml in {dir}",
                 "describe the CSV files there, or name another folder with --data");
    g_autofree char *absent = scratch_path(&scratch, "absent");
    g_assert_null(package_load(absent, scratch.arena, scratch.diag));
    assert_fault(&scratch, 1, 0, 0, "missing-file", "the folder {dir}/absent does not exist",
                 "name the folder of the data with --data");
    g_autofree char *path = scratch_path(&scratch, "datapackage.yaml");
    g_assert_cmpint(mkdir(path, 0700), ==, 0);
    g_assert_null(package_load(scratch.dir, scratch.arena, scratch.diag));
    assert_fault(&scratch, 2, 0, 0, "system-error", "cannot be read: it is a directory", NULL);
    g_assert_cmpint(diag_at(scratch.diag, 2)->kind, ==, FAULT_SYSTEM);
    package_free(NULL);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/project/package/good", test_good);
    g_test_add_func("/project/package/faults", test_faults);
    g_test_add_func("/project/package/types", test_types);
    g_test_add_func("/project/package/keys", test_keys);
    g_test_add_func("/project/package/rules", test_rules);
    g_test_add_func("/project/package/dialect", test_dialect);
    g_test_add_func("/project/package/parts", test_parts);
    g_test_add_func("/project/package/json", test_json);
    g_test_add_func("/project/package/sizes", test_sizes);
    g_test_add_func("/project/package/paths", test_paths);
    g_test_add_func("/project/package/all-at-once", test_all_at_once);
    g_test_add_func("/project/package/missing", test_missing);
    return g_test_run();
}
