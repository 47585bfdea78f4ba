/* One cell under the rules of its field, type by type. */
#include "data/cell.h"

#include "../project/scratch.h"

#include <math.h>
#include <string.h>

typedef struct {
    Scratch scratch;
    Package *package;
    CellRule rule;
} Fixture;

static Fixture fixture_new(const char *field) {
    Fixture fixture = {.scratch = scratch_new()};
    Scratch *scratch = &fixture.scratch;
    g_autofree char *yaml = g_strdup_printf("resources:\n- name: r\n  path: r.csv\n  schema:\n"
                                            "    fields:\n    - {name: x, %s}\n",
                                            field);
    scratch_write(scratch, "datapackage.yaml", yaml);
    fixture.package = package_load(scratch->dir, scratch->arena, scratch->diag);
    assert_faults(scratch, 0);
    const Resource *resource = &fixture.package->resources[0];
    rule_init(&fixture.rule, &resource->fields[0], resource, scratch->diag);
    return fixture;
}

static void fixture_clear(Fixture *fixture) {
    rule_clear(&fixture->rule);
    package_free(fixture->package);
    scratch_clear(&fixture->scratch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

/* Aloud and quietly the verdict and the value are the same. */
static bool read_cell(Fixture *f, const char *text, Value *ret_value) {
    Faults faults = {.diag = f->scratch.diag};
    Value quiet = {.kind = VALUE_NULL};
    scratch_reset(&f->scratch);
    faults.diag = f->scratch.diag;
    bool is_good = cell_read(&f->rule, text, (Span){0}, f->scratch.arena, &faults, ret_value);
    g_assert_true(is_good == cell_read(&f->rule, text, (Span){0}, NULL, NULL, &quiet));
    g_assert_cmpuint(faults.count, ==, is_good ? 0 : 1);
    if (is_good) g_assert_cmpint(value_compare(*ret_value, quiet), ==, 0);
    return is_good;
}

typedef struct {
    const char *field, *text;
    const char *value; /* as plain text, or NULL for a fault */
    const char *message, *hint;
} Case;

#define TOO_PLAIN "write digits and a decimal point, without separators or unit"

static const Case cases[] = {
    /* missing values */
    {"type: integer", "", "", NULL, NULL},
    {"type: integer, missingValues: [n/a]", "n/a", "", NULL, NULL},
    {"constraints: {required: true}", "", NULL, "x: the cell is empty",
     "fill the cell: this column is required"},
    /* strings */
    {"format: email", "a.b@c.fr", "a.b@c.fr", NULL, NULL},
    {"format: email", "a.b@c", NULL, "x: « a.b@c » is not an e-mail address",
     "write one address: name@example.org"},
    {"format: uri", "www.un.org", NULL, "x: « www.un.org » is not an address",
     "write the whole address: https://…"},
    {"format: uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000",
     NULL, NULL},
    {"format: uuid", "123e4567", NULL, "x: « 123e4567 » is not a UUID",
     "write 123e4567-e89b-12d3-a456-426614174000"},
    {"format: binary", "Zm9vYg==", "Zm9vYg==", NULL, NULL},
    {"format: binary", "Zm9vY", NULL, "x: « Zm9vY » is not binary data in base64",
     "write letters, digits, + and /, four by four, with = at the end"},
    {"constraints: {minLength: 2}", "é", NULL, "x: « é » is too short",
     "at least 2 are wanted, there are 1"},
    {"constraints: {maxLength: 2}", "été", NULL, "x: « été » is too long",
     "at most 2 are allowed, there are 3"},
    {"constraints: {pattern: a|b}", "ab", NULL, "x: « ab » does not have the expected form",
     "expected form: a|b"},
    {"categories: [{value: pomme}, {value: poire}]", "poires", NULL,
     "x: « poires » is not one of the allowed values", "did you mean poire?"},
    /* integers */
    {"type: integer", "-12", "-12", NULL, NULL},
    {"type: integer", "+12", "12", NULL, NULL},
    {"type: integer", "007", "7", NULL, NULL},
    {"type: integer", "9223372036854775807", "9223372036854775807", NULL, NULL},
    {"type: integer", "9223372036854775808", NULL,
     "x: « 9223372036854775808 » is not an integer of 64 bits", "the number is too large"},
    {"type: integer", "-", NULL, "x: « - » is not an integer",
     "write digits alone, without separators or unit"},
    {"type: integer", " 1", NULL, "x: «  1 » is not an integer",
     "write the number without spaces: 1"},
    {"type: integer, groupChar: \" \"", "1\u202F234", "1234", NULL, NULL},
    {"type: integer, bareNumber: false", "12 km", "12", NULL, NULL},
    {"type: integer, constraints: {enum: [1, 3]}", "2", NULL,
     "x: « 2 » is not one of the allowed values", "allowed: 1, 3"},
    {"type: integer, constraints: {enum: [1, 3]}", "03", "3", NULL, NULL},
    /* numbers */
    {"type: number", "1e3", "1000", NULL, NULL},
    {"type: number", "+.5", "0.5", NULL, NULL},
    {"type: number", "1.", NULL, "x: « 1. » is not a number", "write 1"},
    {"type: number", "0x10", NULL, "x: « 0x10 » is not a number", TOO_PLAIN},
    {"type: number", "NaN", NULL, "x: « NaN » is not a number", TOO_PLAIN},
    {"type: number", "1e400", NULL, "x: « 1e400 » is not a number", "the number is too large"},
    {"type: number", "1,5", NULL, "x: « 1,5 » is not a number", "write a decimal point: 1.5"},
    {"type: number, decimalChar: \",\", groupChar: \" \"", "1 234,5", "1234.5", NULL, NULL},
    {"type: number, decimalChar: \",\"", "1.5", NULL, "x: « 1.5 » is not a number", "write 1,5"},
    {"type: number, constraints: {enum: [1.0, 2.50]}", "1", "1", NULL, NULL},
    {"type: number, constraints: {exclusiveMinimum: 0}", "0", NULL, "x: « 0 » is not more than 0",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    {"type: number, constraints: {maximum: 1.5}", "1.5", "1.5", NULL, NULL},
    /* booleans */
    {"type: boolean", "TRUE", "true", NULL, NULL},
    {"type: boolean, trueValues: [oui], falseValues: [non], constraints: {enum: [true]}", "non",
     NULL, "x: « non » is not one of the allowed values", "allowed: oui"},
    /* dates */
    {"type: date", "2020-02-29", "2020-02-29", NULL, NULL},
    {"type: date", "2020-02", NULL, "x: « 2020-02 » is not a date to the day",
     "write the day too: this column holds whole days (or give its field `frise:precision: "
     "partial`)"},
    {"type: date", "2020-02-01~", NULL, "x: « 2020-02-01~ » is not a date to the day",
     "write one certain day: 2019-11-27 (or give the field `frise:precision: partial`)"},
    {"type: date, format: any, frise:precision: partial", "2020-02/..", "2020-02/..", NULL, NULL},
    {"type: date, format: \"%d/%m/%Y\"", "5/1/2020", "2020-01-05", NULL, NULL},
    {"type: date, format: \"%d/%m/%Y\"", "5/13/2020", NULL,
     "x: « 5/13/2020 » is not a date to the day", "write the date as the others: 27/11/2019"},
    {"type: date, format: \"%m/%d/%Y\"", "5/13/2020", "2020-05-13", NULL, NULL},
    {"type: date, format: \"%Y%m%d\"", "20200105", "2020-01-05", NULL, NULL},
    {"type: date, format: \"%d %B %Y\"", "5 février\u00A02020", "2020-02-05", NULL, NULL},
    {"type: date, format: \"%d %b %Y\"", "5 févr. 2020", "2020-02-05", NULL, NULL},
    {"type: date, format: \"%B %d, %Y\"", "August 5, 2020", "2020-08-05", NULL, NULL},
    {"type: date, format: \"%d %B %Y\"", "30 février 2020", NULL,
     "x: « 30 février 2020 » is not a date to the day",
     "write the date as the others: 27 novembre 2019"},
    {"type: date, format: \"%d/%m/%y\"", "05/01/68", "2068-01-05", NULL, NULL},
    {"type: date, format: \"%d/%m/%y\"", "05/01/69", "1969-01-05", NULL, NULL},
    {"type: date, format: \"%Y-%j\"", "2020-366", "2020-12-31", NULL, NULL},
    {"type: date, format: \"%Y-%j\"", "2021-366", NULL, "x: « 2021-366 » is not a date to the day",
     "write the date as the others: 2019-331"},
    {"type: date, constraints: {enum: [2020-01-05]}", "2020-01-05", "2020-01-05", NULL, NULL},
    {"type: date, format: \"%d/%m/%Y\", constraints: {enum: [2020-01-05, 06/01/2020]}",
     "06/01/2020", "2020-01-06", NULL, NULL},
    {"type: date, format: \"%d/%m/%Y\", constraints: {minimum: 02/01/2020}", "01/01/2020", NULL,
     "x: « 01/01/2020 » is before 02/01/2020",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    {"type: date, constraints: {exclusiveMinimum: 2019}", "2019-12-31", NULL,
     "x: « 2019-12-31 » is not after 2019-12-31",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    {"type: date, constraints: {exclusiveMaximum: 2020}", "2019-12-31", "2019-12-31", NULL, NULL},
    {"type: date, format: any, frise:precision: partial, constraints: {maximum: 2019-06-15}",
     "2019", "2019", NULL, NULL},
    {"type: year", "0033", "33", NULL, NULL},
    {"type: year", "33", NULL, "x: « 33 » is not a year", "write 2019"},
    {"type: yearmonth", "2019-11", "2019-11", NULL, NULL},
    {"type: yearmonth", "2019-11-01", NULL, "x: « 2019-11-01 » is not a month", "write 2019-11"},
    {"type: yearmonth, constraints: {minimum: 2019-12}", "2019-11", NULL,
     "x: « 2019-11 » is before 2019-12-01",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    /* times */
    {"type: time", "16:20:05.25", "16:20:05.25", NULL, NULL},
    {"type: time", "16:20", NULL, "x: « 16:20 » is not a time", "write 16:20:00"},
    {"type: time, format: any", "16:20", "16:20", NULL, NULL},
    {"type: time", "24:00:00", NULL, "x: « 24:00:00 » is not a time", "write 16:20:00"},
    {"type: time, format: \"%Hh%M\"", "16h20", "16h20", NULL, NULL},
    {"type: time, format: \"%Hh%M\"", "16:20", NULL, "x: « 16:20 » is not a time", "write 16h20"},
    {"type: time, format: \"%Hh%M\", constraints: {maximum: 9h30}", "10h00", NULL,
     "x: « 10h00 » is after 9h30",
     "correct the value, or the maximum of the field in datapackage.yaml"},
    {"type: datetime", "2019-11-27T16:20:00Z", "2019-11-27T16:20:00Z", NULL, NULL},
    {"type: datetime", "2019-11-27T16:20:00+01:00", "2019-11-27T16:20:00+01:00", NULL, NULL},
    {"type: datetime", "2019-11-27 16:20:00", NULL,
     "x: « 2019-11-27 16:20:00 » is not a date and a time", "write 2019-11-27T16:20:00"},
    {"type: datetime", "2019-02-30T16:20:00", NULL,
     "x: « 2019-02-30T16:20:00 » is not a date and a time", "write 2019-11-27T16:20:00"},
    {"type: datetime, format: any", "2019-11-27 16:20", "2019-11-27 16:20", NULL, NULL},
    {"type: datetime, format: \"%d/%m/%Y %H:%M\", constraints: {minimum: 01/02/2019 00:00}",
     "31/01/2019 23:59", NULL, "x: « 31/01/2019 23:59 » is before 01/02/2019 00:00",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    {"type: datetime, format: \"%d/%m/%Y %H:%M\", constraints: {minimum: 01/02/2019 00:00}",
     "01/03/2019 10:00", "01/03/2019 10:00", NULL, NULL},
    {"type: duration", "P1Y2M3DT4H5M6.5S", "P1Y2M3DT4H5M6.5S", NULL, NULL},
    {"type: duration", "-PT36H", "-PT36H", NULL, NULL},
    {"type: duration", "P2W", "P2W", NULL, NULL},
    {"type: duration", "P", NULL, "x: « P » is not a duration", "write P1Y2M3DT4H5M6S"},
    {"type: duration", "P1YT", NULL, "x: « P1YT » is not a duration", "write P1Y2M3DT4H5M6S"},
    {"type: duration", "P1D1Y", NULL, "x: « P1D1Y » is not a duration", "write P1Y2M3DT4H5M6S"},
    {"type: duration", "P1.5D", NULL, "x: « P1.5D » is not a duration", "write P1Y2M3DT4H5M6S"},
    {"type: duration", "PT1Y", NULL, "x: « PT1Y » is not a duration", "write P1Y2M3DT4H5M6S"},
    {"type: duration, constraints: {maximum: PT90M}", "PT2H", NULL,
     "x: « PT2H » is more than PT90M",
     "correct the value, or the maximum of the field in datapackage.yaml"},
    {"type: duration, constraints: {maximum: P30D}", "P1M", "P1M", NULL, NULL},
    {"type: duration, constraints: {minimum: P32D}", "P1M", NULL, "x: « P1M » is less than P32D",
     "correct the value, or the minimum of the field in datapackage.yaml"},
    /* structures */
    {"type: geopoint", "129.09, -41.28", "129.09, -41.28", NULL, NULL},
    {"type: geopoint", "41.28", NULL, "x: « 41.28 » is not a point: longitude, latitude",
     "write 129.09, 41.28"},
    {"type: geopoint", "1, 91", NULL, "x: « 1, 91 » is not a point: longitude, latitude",
     "write 129.09, 41.28"},
    {"type: geopoint, format: array", "[ 129.09 ,41.28 ]", "[ 129.09 ,41.28 ]", NULL, NULL},
    {"type: geopoint, format: array", "[1, \"2\"]", NULL,
     "x: « [1, \"2\"] » is not a point: longitude, latitude", "write [129.09, 41.28]"},
    {"type: geopoint, format: object", "{\"lat\": 41, \"lon\": 129}", "{\"lat\": 41, \"lon\": 129}",
     NULL, NULL},
    {"type: geopoint, format: object", "{\"lat\": 41, \"o\": {\"lon\": 129}}", NULL,
     "x: « {\"lat\": 41, \"o\": {\"lon\": 129}} » is not a point: longitude, latitude",
     "write {\"lon\": 129.09, \"lat\": 41.28}"},
    {"type: object", "{\"a\": [1, null]}", "{\"a\": [1, null]}", NULL, NULL},
    {"type: object", "[1]", NULL, "x: « [1] » is not a JSON object", "write {\"key\": \"value\"}"},
    {"type: object", "{a: 1}", NULL, "x: « {a: 1} » is not a JSON object",
     "write {\"key\": \"value\"}"},
    {"type: array, constraints: {minLength: 3}", "[1, 2]", NULL, "x: « [1, 2] » is too short",
     "at least 3 are wanted, there are 2"},
    {"type: geojson", "{\"type\": \"Point\", \"coordinates\": [1, 2]}",
     "{\"type\": \"Point\", \"coordinates\": [1, 2]}", NULL, NULL},
    {"type: geojson", "{\"kind\": \"type\", \"coordinates\": [1, 2]}", NULL,
     "x: « {\"kind\": \"type\", \"coordinates\": [1, 2]} » is not a GeoJSON object",
     "write {\"type\": \"Point\", \"coordinates\": [129.09, 41.28]}"},
    {"type: geojson", "{\"type\": \"Feature\", \"geometry\": null}",
     "{\"type\": \"Feature\", \"geometry\": null}", NULL, NULL},
    {"type: geojson, format: topojson", "{\"type\": \"Point\", \"coordinates\": [1, 2]}", NULL,
     "x: « {\"type\": \"Point\", \"coordinates\": [1, 2]} » is not a TopoJSON object",
     "write {\"type\": \"Topology\", \"objects\": {}, \"arcs\": []}"},
    {"type: list, itemType: integer", "1,2,3", "1,2,3", NULL, NULL},
    {"type: list, itemType: integer", "1, 2", NULL, "x: « 1, 2 » is not a list of integers",
     "part the items with « , » alone, without spaces"},
    {"type: list, delimiter: \"; \", constraints: {maxLength: 1}", "a; b", NULL,
     "x: « a; b » is too long", "at most 1 are allowed, there are 2"},
    {"type: any", "1, 2", "1, 2", NULL, NULL},
};

static void test_types(void) {
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        g_test_message("%s: %s", c->field, c->text);
        g_auto(Fixture) f = fixture_new(c->field);
        Value value;
        assert_faults(&f.scratch, 0);
        bool is_good = read_cell(&f, c->text, &value);
        g_assert_true(is_good == (c->value != NULL));
        if (is_good)
            g_assert_cmpstr(value_plain(value, f.scratch.arena), ==, c->value);
        else
            assert_fault(&f.scratch, 0, 0, 0, diag_at(f.scratch.diag, 0)->code, c->message,
                         c->hint);
    }
}

/* What a constraint says must be of the type: a fault of the package. */
static void test_constants(void) {
    static const struct {
        const char *field, *message;
    } bad[] = {
        {"type: integer, constraints: {enum: [1, x]}",
         "field `x`: the allowed value « x » is not an integer"},
        {"type: time, constraints: {minimum: 9h30}",
         "field `x`: the minimum « 9h30 » is not of its type"},
        {"type: datetime, constraints: {exclusiveMaximum: 2019}",
         "field `x`: the maximum « 2019 » is not of its type"},
        {"type: duration, constraints: {maximum: 3h}",
         "field `x`: the maximum « 3h » is not of its type"},
        {"constraints: {pattern: \"(a\"}", "the pattern of field `x` is not a regular expression"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_auto(Fixture) f = fixture_new(bad[i].field);
        assert_faults(&f.scratch, 1);
        g_assert_cmpstr(diag_at(f.scratch.diag, 0)->message, ==, bad[i].message);
        g_assert_cmpuint(diag_at(f.scratch.diag, 0)->line, ==, 6);
    }
}

/* Texts of a number's alphabet read as strtod reads them, when they are numbers at all. */
static void test_numbers(void) {
    g_auto(Fixture) f = fixture_new("type: number");
    for (int run = 0; run < 200000; run++) {
        g_autoptr(GString) text = g_string_new(g_test_rand_bit() ? "-" : "");
        int whole = g_test_rand_int_range(1, 20), after = g_test_rand_int_range(-10, 20);
        for (int i = 0; i < whole; i++)
            g_string_append_c(text, (char)('0' + g_test_rand_int_range(0, 10)));
        if (after > 0) g_string_append_c(text, '.');
        for (int i = 0; i < after; i++)
            g_string_append_c(text, (char)('0' + g_test_rand_int_range(0, 10)));
        if (g_test_rand_int_range(0, 3) == 0)
            g_string_append_printf(text, "e%d", g_test_rand_int_range(-45, 45));
        Value value;
        g_assert_true(cell_read(&f.rule, text->str, (Span){0}, NULL, NULL, &value));
        double wanted = g_ascii_strtod(text->str, NULL);
        if (value.real != wanted) g_error("%s: %.17g, not %.17g", text->str, value.real, wanted);
    }
}

/* A list of many allowed values costs no more a cell than a short one. */
static void test_many_allowed(void) {
    g_autoptr(GString) field = g_string_new("type: integer, constraints: {enum: [0");
    for (int i = 2; i < 20000; i += 2) g_string_append_printf(field, ", %d", (i * 7919) % 20000);
    g_string_append(field, "]}");
    g_auto(Fixture) f = fixture_new(field->str);
    assert_faults(&f.scratch, 0);
    size_t good = 0;
    for (int i = 0; i < 20000; i++) {
        char text[16];
        Value value;
        g_snprintf(text, sizeof text, "%d", i);
        good += cell_read(&f.rule, text, (Span){0}, NULL, NULL, &value);
    }
    g_assert_cmpuint(good, ==, 10000);
    Value value;
    g_assert_false(read_cell(&f, "777777", &value));
    g_assert_cmpuint(strlen(diag_at(f.scratch.diag, 0)->hint), <, 200);
}

/* Quietly, the value's text is that of the cell; aloud it is a copy. */
static void test_text(void) {
    g_auto(Fixture) f = fixture_new("title: t");
    const char *text = "mot";
    Value value;
    g_assert_true(cell_read(&f.rule, text, (Span){0}, NULL, NULL, &value));
    g_assert_true(value.text == text);
    g_assert_true(cell_read(&f.rule, text, (Span){0}, f.scratch.arena, NULL, &value));
    g_assert_true(value.text != text);
    g_assert_cmpstr(value.text, ==, text);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/cell/types", test_types);
    g_test_add_func("/data/cell/constants", test_constants);
    g_test_add_func("/data/cell/numbers", test_numbers);
    g_test_add_func("/data/cell/many-allowed", test_many_allowed);
    g_test_add_func("/data/cell/text", test_text);
    return g_test_run();
}
