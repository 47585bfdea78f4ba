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
    g_assert_cmpint(tests->delimiter, ==, ';');
    g_assert_cmpstr(tests->primary_key, ==, "id");
    g_assert_cmpstr(tests->missing_values[1], ==, "-");
    g_assert_null(tests->missing_values[2]);
    g_assert_cmpuint(tests->n_sources, ==, 1);
    g_assert_cmpstr(tests->sources[0].title, ==, "ONU");
    g_assert_cmpstr(package->resources[1].sources[0].title, ==, "AIEA");
    g_assert_cmpstr(package->resources[1].fields[0].true_values[3], ==, "1");
    g_assert_cmpint(package->resources[1].delimiter, ==, ',');

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
    g_assert_cmpint(field[4].type, ==, FIELD_INTEGER);
    g_assert_cmpfloat(field[4].maximum, ==, 9999);
    g_assert_true(field[5].is_uri);
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
    {RESOURCE("encoding: latin1"), 5, 13, "unsupported-value",
     "encoding: « latin1 » is not supported", "write utf-8, or leave the key out"},
    {RESOURCE("dialect: {delimiter: \"::\"}"), 5, 25, "unsupported-value",
     "« :: » cannot separate cells", "write one character: \",\", \";\" or \"\\t\""},
    {RESOURCE("dialect: {header: false}"), 5, 21, "unsupported-value",
     "header: this value is not supported", "write true, or leave the key out"},
    {RESOURCE("dialect: {quoteChar: \"'\"}"), 5, 25, "unsupported-value",
     "quoteChar: « ' » is not supported", "write \", or leave the key out"},
    {RESOURCE("dialect: {commentChar: \"#\"}"), 5, 13, "unknown-key",
     "unknown key `commentChar` in `dialect`",
     "known keys: delimiter, header, doubleQuote, skipInitialSpace, quoteChar, lineTerminator, "
     "csvddfVersion, $schema, name"},
    {RESOURCE("titel: x"), 5, 3, "unknown-key", "unknown key `titel`", "did you mean `title`?"},
    {RESOURCE("frise:x: 1"), 5, 3, "unknown-key", "unknown key `frise:x`",
     "known keys: name, title, path, format, encoding, dialect, schema, sources, description, "
     "mediatype, profile, type, licenses, bytes, hash, $schema"},
    {RESOURCE("sources: [{path: x}]"), 5, 13, "missing-key", "the key `title` is missing",
     "add `title: …`"},
    {FIELD("title: x"), 6, 7, "missing-key", "the key `name` is missing", "add `name: …`"},
    {FIELD("{name: x, type: integr}"), 6, 23, "unknown-type", "field `x`: unknown type « integr »",
     "did you mean integer?"},
    {FIELD("{name: x, type: geojson}"), 6, 23, "unknown-type",
     "field `x`: unknown type « geojson »",
     "types are string, integer, number, boolean, date, year"},
    {FIELD("{name: x, format: email}"), 6, 25, "unsupported-value",
     "field `x`: the format « email » is not supported", "formats of a string are default and uri"},
    {FIELD("{name: x, type: date, format: \"%d/%m\"}"), 6, 38, "unsupported-value",
     "field `x`: the format « %d/%m » is not supported",
     "dates are ISO 8601: write default or any"},
    {FIELD("{name: x, type: date, frise:precision: heure}"), 6, 46, "unsupported-value",
     "field `x`: unknown precision « heure »", "write day or partial"},
    {FIELD("{name: x, frise:precision: partial}"), 6, 34, "unsupported-value",
     "field `x` is not a date: it has no precision", "write `type: date`"},
    {FIELD("{name: x, constraints: {minimum: 1}}"), 6, 40, "unsupported-value",
     "field `x` has no order: it has no minimum", "bounds are for integers, numbers and dates"},
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
    {FIELD("{name: x, constraints: {minLength: 3}}"), 6, 31, "unknown-key",
     "unknown key `minLength` in `constraints`",
     "known keys: required, unique, minimum, maximum, pattern, enum"},
    {FIELD("{name: x}\n    - {name: X}"), 7, 7, "duplicate-field",
     "the column `X` of field `X` is also a column of field `x`", "rename one of them"},
    {FIELD("{name: d_start}\n    - {name: d, type: date}"), 7, 7, "duplicate-field",
     "the column `d_start` of field `d` is also a column of field `d_start`", "rename one of them"},
    {FIELD("{name: ident}\n    primaryKey: idant"), 7, 17, "unknown-field",
     "the primary key « idant » is not a field", "did you mean ident?"},
    {FIELD("{name: x}\n    primaryKey: [x, y]"), 7, 17, "unsupported-value",
     "the primary key is not one field", "name one field"},
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
    g_test_add_func("/project/package/paths", test_paths);
    g_test_add_func("/project/package/all-at-once", test_all_at_once);
    g_test_add_func("/project/package/missing", test_missing);
    return g_test_run();
}
