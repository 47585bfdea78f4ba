#include "data/dataset.h"

#include "../project/scratch.h"
#include "data/column.h"
#include "data/csv_cut.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NB "\u00A0"  /* no-break space */
#define NNB "\u202F" /* narrow no-break space */

static const char PACKAGE[] =
    "resources:\n"
    "  - name: thefts\n    path: thefts.csv\n    schema:\n      primaryKey: id\n      fields:\n"
    "        - {name: id}\n"
    "        - {name: date, type: date, format: any, frise:precision: partial}\n"
    "        - {name: amount_usd, type: integer}\n"
    "        - {name: km, type: number}\n"
    "        - {name: in_sum, type: boolean}\n"
    "        - {name: code}\n"
    "  - name: nuclear-tests\n    path: sous/tests.csv\n    schema:\n      fields:\n"
    "        - {name: id}\n"
    "        - {name: jour, type: date}\n";
static const char THEFTS[] = "id,date,amount_usd,km,in_sum,code\n"
                             "a,2017,100,0.1,1,2019-11\n"
                             "b,2017-02,200,,0,2019-12\n"
                             "c,2019-11-27,,3,true,2020-01\n"
                             "é,,,,,\n";
static const char TESTS[] = "id,jour\nn1,2006-10-09\nn2,2009-05-25\n";

typedef struct {
    Scratch scratch;
    Package *package;
    Dataset *data;
} Fixture;

static void write_package(const Scratch *scratch) {
    g_autofree char *folder = scratch_path(scratch, "sous");
    g_assert_cmpint(mkdir(folder, 0700), ==, 0);
    scratch_write(scratch, "datapackage.yaml", PACKAGE);
    scratch_write(scratch, "thefts.csv", THEFTS);
    scratch_write(scratch, "sous/tests.csv", TESTS);
}

static void fixture_load(Fixture *fixture) {
    Scratch *scratch = &fixture->scratch;
    fixture->package = package_load(scratch->dir, scratch->arena, scratch->diag);
    g_assert_nonnull(fixture->package);
    fixture->data = dataset_load(fixture->package, NULL, scratch->diag);
}

static Fixture fixture_new(void) {
    Fixture fixture = {.scratch = scratch_new()};
    write_package(&fixture.scratch);
    fixture_load(&fixture);
    assert_faults(&fixture.scratch, 0);
    return fixture;
}

static void fixture_clear(Fixture *fixture) {
    dataset_free(fixture->data);
    package_free(fixture->package);
    scratch_clear(&fixture->scratch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Fixture, fixture_clear)

static Span locate(const void *owner, size_t offset, size_t len) {
    return (Span){owner, offset, len};
}

static const Param params[] = {
    {"since",
     {.kind = VALUE_DATE,
      .date = {.first = 17167, .last = 17167, .precision = DATE_DAY}}}, /* 2017-01-01 */
    {"n", {.kind = VALUE_INT, .integer = 7}},
    {"ratio", {.kind = VALUE_REAL, .real = 0.25}},
    {"name", {.kind = VALUE_TEXT, .text = "l'été"}},
    {"none", {.kind = VALUE_NULL}},
};

static const Table *query(Fixture *fixture, const char *sql) {
    g_autoptr(GBytes) bytes = g_bytes_new(sql, strlen(sql));
    g_autoptr(Source) source = source_new("query", bytes);
    return dataset_query(fixture->data, (Query){sql, locate, source}, params, G_N_ELEMENTS(params),
                         fixture->scratch.arena, fixture->scratch.diag);
}

/* Rows on lines; each value with the first letter of its kind. */
static char *print(Fixture *fixture, const Table *table) {
    GString *out = g_string_new(NULL);
    for (size_t row = 0; row < table->n_rows; row++) {
        for (size_t i = 0; i < table->n_columns; i++) {
            Value value = table_cell(table, row, i);
            g_string_append_printf(out, "%s%c:%s", i ? " " : "", *value_kind_name(value.kind),
                                   value_plain(value, fixture->scratch.arena));
        }
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void assert_query(Fixture *fixture, const char *sql, const char *wanted) {
    const Table *table = query(fixture, sql);
    assert_faults(&fixture->scratch, 0);
    g_assert_nonnull(table);
    g_autofree char *seen = print(fixture, table);
    g_assert_cmpstr(seen, ==, wanted);
}

static void test_tables(void) {
    g_auto(Fixture) f = fixture_new();
    g_assert_cmpuint(dataset_count(f.data), ==, 2);
    g_assert_true(dataset_package(f.data) == f.package);
    const ColumnSet *thefts = dataset_columns(f.data, 0);
    g_assert_cmpuint(thefts->n_rows, ==, 4);
    g_assert_cmpstr(column_value(&thefts->columns[0], 3).text, ==, "é");
    g_autofree char *both = g_strconcat(THEFTS, TESTS, NULL);
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, both, -1);
    g_assert_cmpstr(dataset_fingerprint(f.data, f.scratch.diag), ==, sum);
}

static void test_types(void) {
    g_auto(Fixture) f = fixture_new();
    assert_query(&f, "SELECT id, date, amount_usd, km, in_sum FROM thefts",
                 "t:a d:2017 i:100 n:0.1 b:true\n"
                 "t:b d:2017-02 i:200 e: b:false\n"
                 "t:c d:2019-11-27 e: n:3 b:true\n"
                 "t:é e: e: e: e:\n");
    assert_query(&f, "SELECT date_start, date_end, date_precision FROM thefts",
                 "d:2017-01-01 d:2017-12-31 t:year\n"
                 "d:2017-02-01 d:2017-02-28 t:month\n"
                 "d:2019-11-27 d:2019-11-27 t:day\n"
                 "e: e: e:\n");
    /* a text column of the package stays text, an expression is read */
    assert_query(&f, "SELECT code, code || '', substr(code, 1, 4) FROM thefts WHERE id < 'c'",
                 "t:2019-11 d:2019-11 t:2019\nt:2019-12 d:2019-12 t:2019\n");
    assert_query(&f, "SELECT max(date_start), max(date), NULL FROM thefts",
                 "d:2019-11-27 d:2019-11-27 e:\n");
    assert_query(&f, "SELECT x FROM (SELECT date AS x FROM thefts) LIMIT 1", "d:2017\n");
    assert_query(&f, "WITH t AS (SELECT in_sum AS y FROM thefts) SELECT y FROM t LIMIT 1",
                 "b:true\n");
    assert_query(&f, "SELECT CASE id WHEN 'a' THEN '2019-01' ELSE 'non' END FROM thefts LIMIT 2",
                 "t:2019-01\nt:non\n");
    assert_query(&f, "SELECT sum(in_sum), sum(km), count(*) FROM thefts;  -- fin\n ; ",
                 "i:2 n:3.1 i:4\n");
    assert_query(&f, "SELECT id FROM thefts WHERE 0", "");
    assert_query(&f, "VALUES (1, 'a')", "i:1 t:a\n");
}

static void test_functions(void) {
    g_auto(Fixture) f = fixture_new();
    assert_query(
        &f, "SELECT year(date), month(date), days(date) FROM thefts",
        "i:2017 e: i:17167\ni:2017 d:2017-02 i:17198\ni:2019 d:2019-11 i:18227\ne: e: e:\n");
    /* what lies in no one year, month or quarter has none */
    assert_query(&f,
                 "WITH t(d) AS (VALUES ('2019-04/2019-06'), ('2019-11-05/2019-11-09'), "
                 "('2019/2020'), ('2019/..'), ('/2019'), ('201X'), ('2016-03~'), ('2016-XX')) "
                 "SELECT year(d), month(d), quarter(d), half(d), days(d) FROM t",
                 "i:2019 e: t:2019-Q2 t:2019-H1 e:\n"
                 "i:2019 d:2019-11 t:2019-Q4 t:2019-H2 e:\n"
                 "e: e: e: e: e:\ne: e: e: e: e:\ne: e: e: e: e:\n"
                 "e: e: e: e: i:14610\n"
                 "i:2016 d:2016-03 t:2016-Q1 t:2016-H1 i:16861\n"
                 "i:2016 e: e: e: i:16801\n");
    assert_query(&f, "SELECT fr_date('2020-01/2021-06', 'loose'), fr_date('2022-01', 'prose')",
                 "t:de 2020 à mi-2021 t:en janvier 2022\n");
    assert_query(&f, "SELECT days(date_end) - days(date_start) + 1 FROM thefts WHERE id = 'b'",
                 "i:28\n");
    assert_query(&f, "SELECT date(date_end, '+1 day') FROM thefts WHERE id = 'b'",
                 "d:2017-03-01\n");
    assert_query(&f, "SELECT id, rank() OVER (ORDER BY amount_usd DESC) FROM thefts LIMIT 1",
                 "t:b i:1\n");
    assert_query(&f,
                 "WITH RECURSIVE m(d) AS (SELECT '2017-11-01' UNION ALL "
                 "SELECT date(d, '+1 month') FROM m WHERE d < '2018-01') SELECT month(d) FROM m",
                 "d:2017-11\nd:2017-12\nd:2018-01\n");
}

/* French texts, where no filter reaches: names on axes. */
static void test_french(void) {
    g_auto(Fixture) f = fixture_new();
    assert_query(&f, "SELECT quarter(date), half(date), fr_quarter(quarter(date)) FROM thefts",
                 "e: e: e:\nt:2017-Q1 t:2017-H1 t:T1" NB "2017\n"
                 "t:2019-Q4 t:2019-H2 t:T4" NB "2019\ne: e: e:\n");
    assert_query(&f,
                 "SELECT fr_date(date), fr_date(date, 'short'), fr_date(date, 'day') FROM thefts",
                 "t:2017 t:2017 t:2017\n"
                 "t:février 2017 t:févr. 2017 t:février\n"
                 "t:27" NB "novembre 2019 t:27" NB "nov. 2019 t:27" NB "novembre\ne: e: e:\n");
    assert_query(&f, "SELECT fr_quarter(half('2019-11-27'), 'long')", "t:2e" NB "semestre 2019\n");
    assert_query(&f, "SELECT fr_number(1234.567), fr_number(1234.567, 1), fr_number(-7)",
                 "t:1" NNB "234,567 t:1" NNB "234,6 t:−7\n");
    assert_query(&f, "SELECT fr_percent(68.4), fr_percent(68.4, 0), fr_compact(12345)",
                 "t:68,4" NB "% t:68" NB "% t:12,3" NB "k\n");
    assert_query(&f,
                 "SELECT fr_money(1500000, 'EUR'), fr_money(75e6, 'USD', 'short'), "
                 "fr_money(18500, 'EUR', 'full'), fr_money(NULL, 'EUR')",
                 "t:1,5" NB "million d’euros t:75" NB "M$ t:18" NNB "500" NB "€ e:\n");
    assert_query(&f, "SELECT fr_country('Japon', 'en'), fr_country('Irak', 'le')",
                 "t:au Japon t:l’Irak\n");
    assert_query(&f,
                 "SELECT fr_after('de', 'Upbit'), fr_after('à + le', 'a;b'), fr_after('de', NULL)",
                 "t:d’Upbit t:à l’a;b e:\n");
}

static void test_order(void) {
    g_auto(Fixture) f = fixture_new();
    assert_query(&f,
                 "SELECT column1 FROM (VALUES ('Zoé'), ('École'), ('Echo'), ('écho'), ('œuf'), "
                 "('of'), ('lot 10'), ('lot 9')) ORDER BY column1 COLLATE fr",
                 "t:Echo\nt:écho\nt:École\nt:lot 9\nt:lot 10\nt:œuf\nt:of\nt:Zoé\n");
    /* the order tells apart what differs by a byte: nothing is grouped that is not the same */
    assert_query(&f,
                 "SELECT count(DISTINCT column1 COLLATE fr) FROM "
                 "(VALUES ('lot 1'), ('lot 01'), ('Lot 1'), ('lot 1'))",
                 "i:3\n");
}

static void test_params(void) {
    g_auto(Fixture) f = fixture_new();
    assert_query(&f, "SELECT :since, :n, :ratio, :name, :none, :n + 1",
                 "d:2017-01-01 i:7 n:0.25 t:l'été e: i:8\n");
    assert_query(&f, "SELECT id FROM thefts WHERE date_start >= :since AND in_sum", "t:a\nt:c\n");
}

static void test_sources(void) {
    g_auto(Fixture) f = fixture_new();
    static const struct {
        const char *sql, *sources;
    } cases[] = {
        {"SELECT id FROM thefts", "thefts"},
        {"SELECT count(*) FROM nuclear_tests", "nuclear-tests"},
        {"SELECT t.id FROM nuclear_tests n JOIN thefts t ON year(t.date) = year(n.jour)",
         "thefts,nuclear-tests"},
        {"WITH x AS (SELECT 1) SELECT count(*) FROM x, NUCLEAR_TESTS", "nuclear-tests"},
        {"SELECT 1", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Table *table = query(&f, cases[i].sql);
        assert_faults(&f.scratch, 0);
        g_autoptr(GString) seen = g_string_new(NULL);
        for (size_t k = 0; k < table->n_sources; k++)
            g_string_append_printf(seen, "%s%s", k ? "," : "", table->sources[k]);
        g_assert_cmpstr(seen->str, ==, cases[i].sources);
    }
}

typedef struct {
    const char *sql;
    size_t column, caret; /* on the first line */
    const char *message, *hint;
} Case;

static const char LOOK[] =
    "look before it: a comma, a parenthesis or a keyword may be missing or misspelt";

static const Case cases[] = {
    /* places */
    {"SELECT 'é', écart FROM thefts", 13, 5, "no column is named « écart »",
     "columns are described in datapackage.yaml"},
    {"SELECT 'é', amont_usd FROM thefts", 13, 9, "no column is named « amont_usd »",
     "did you mean amount_usd?"},
    {"SELECT t.amont_usd FROM thefts t", 8, 1, "no column is named « t.amont_usd »",
     "did you mean amount_usd?"},
    {"SELECT date_strat FROM thefts", 8, 10, "no column is named « date_strat »",
     "did you mean date_start?"},
    {"SELECT jour FROM thefts", 8, 4, "no column is named « jour »",
     "it is a column of a table that FROM does not name here"},
    {"SELECT id FROM thefts WHERE id = \"attribué\"", 34, 10, "no column is named « attribué »",
     "a text goes between single quotes: 'attribué'"},
    {"SELECT id FROM theft", 16, 5, "no table is named « theft »", "did you mean thefts?"},
    {"SELECT id FROM inconnue", 16, 8, "no table is named « inconnue »",
     "tables: thefts, nuclear_tests"},
    {"SELECT yaer(date) FROM thefts", 8, 4, "no function is named « yaer »",
     "did you mean year()?"},
    {"SELECT cubique(1)", 8, 7, "no function is named « cubique »",
     "functions of dates: year(), quarter(), month(), half(), days()"},
    {"SELECT id FROM thefts, nuclear_tests", 8, 2, "several tables have a column « id »",
     "write the table before it: table.id"},
    {"SELECT id FORM thefts", 16, 6, "the SQL is not understood from « thefts » on", LOOK},
    {"SELECT id, FROM thefts", 12, 4, "the SQL is not understood from « FROM » on", LOOK},
    {"SELECT (1", 1, 9, "the query stops before its end",
     "a parenthesis, a name or a condition may be missing"},
    {"SELECT 'été", 8, 4, "this quote is never closed",
     "close it; write '' for an apostrophe in a text"},
    {"SELECT \\", 8, 1, "a character that SQL does not know",
     "delete it, or put it inside a text between single quotes"},
    {"  ", 3, 1, "the query is empty", "write one SELECT"},
    {"-- rien", 1, 7, "the query is empty", "write one SELECT"},
    {"SELECT year('hier')", 8, 4, "SQL: year(): « hier » is not a date",
     "dates are 2019, 2019-11 or 2019-11-27"},
    {"SELECT month(id) FROM thefts", 8, 5, "SQL: month(): « a » is not a date",
     "dates are 2019, 2019-11 or 2019-11-27"},
    {"SELECT year(1, 2)", 8, 4, "SQL: wrong number of arguments to function year()",
     "try it with frise query"},
    {"SELECT quarter('hier')", 8, 7, "SQL: quarter(): « hier » is not a date",
     "dates are 2019, 2019-11 or 2019-11-27"},
    {"SELECT fr_date('hier')", 8, 7,
     "SQL: fr_date(): `hier` is not a date: it must be written like 2019-05-07, 2019-05 or 2019",
     "dates are 2019, 2019-11 or 2019-11-27"},
    {"SELECT fr_money(1, 'EUR', 'court')", 8, 8,
     "SQL: fr_money(): style is `court`: it must be one of words, symbol, full",
     "try it with frise query"},
    {"SELECT fr_money(1)", 8, 8, "SQL: wrong number of arguments to function fr_money()",
     "try it with frise query"},
    {"SELECT fr_number('1 ; decimals=2')", 8, 9,
     "SQL: fr_number(): an argument holds « ; » or is no text", "try it with frise query"},
    {"SELECT fr_number(x'ff')", 8, 9, "SQL: fr_number(): an argument holds « ; » or is no text",
     "try it with frise query"},
    {"SELECT fr_monney(1)", 8, 9, "no function is named « fr_monney »", "did you mean fr_money()?"},
    {"SELECT id FROM thefts ORDER BY id COLLATE french", 43, 6, "no order is named « french »",
     "use COLLATE fr for the order of a dictionary, COLLATE NOCASE to ignore capitals"},
    {"SELECT sum(sum(km)) FROM thefts", 12, 3, "SQL: misuse of aggregate function sum()",
     "try it with frise query"},
    {"SELECT abs(-9223372036854775808)", 1, 32, "SQL: integer overflow", "try it with frise query"},
    {"SELECT date AS x, id AS x FROM thefts", 1, 37, "two columns of the result are named « x »",
     "name one of them with AS, as in AS x_2"},
    {"SELECT x'ff' AS octets", 1, 22, "the column « octets » gives bytes that are no text",
     "change the expression of this column"},
    {"SELECT CAST(x'ff' AS TEXT) AS t", 1, 31, "the column « t » gives bytes that are no text",
     "change the expression of this column"},
    {"SELECT 9e999 AS t", 1, 17, "the column « t » gives a number without bound",
     "change the expression of this column"},
    /* parameters */
    {"SELECT ':x', :sinse -- :y", 14, 6, "no parameter is named « :sinse »",
     "did you mean :since?"},
    {"SELECT :inconnu", 8, 8, "no parameter is named « :inconnu »",
     "parameters: :since, :n, :ratio, :name, :none"},
    {"SELECT ?", 8, 1, "« ? » is not a parameter", "write a parameter as :name"},
    {"SELECT @n", 8, 2, "« @n » is not a parameter", "write a parameter as :name"},
    {"SELECT $n", 8, 2, "« $n » is not a parameter", "write a parameter as :name"},
    /* nothing but reading */
    {"ATTACH 'x.db' AS x", 1, 6, "a query may only read", "write one SELECT"},
    {"PRAGMA table_info(thefts)", 1, 6, "a query may only read", "write one SELECT"},
    {"INSERT INTO thefts (id) VALUES ('z')", 1, 6, "a query may only read", "write one SELECT"},
    {"DELETE FROM thefts", 1, 6, "a query may only read", "write one SELECT"},
    {"UPDATE thefts SET id = 1", 1, 6, "a query may only read", "write one SELECT"},
    {"DROP TABLE thefts", 1, 4, "a query may only read", "write one SELECT"},
    {"CREATE TABLE x (y)", 1, 6, "a query may only read", "write one SELECT"},
    {"VACUUM INTO '/tmp/x'", 1, 6, "a query may only read", "write one SELECT"},
    {"BEGIN", 1, 5, "a query may only read", "write one SELECT"},
    {"EXPLAIN SELECT 1", 1, 7, "a query may only read", "write one SELECT"},
    {"WITH x AS (SELECT 1) INSERT INTO thefts (id) SELECT 2", 1, 53, "a query may only read",
     "write one SELECT"},
    {"WITH x AS (SELECT 1) DELETE FROM thefts", 34, 6, "a query may only read", "write one SELECT"},
    {"SELECT name FROM sqlite_master", 18, 13,
     "the table « sqlite_master » is not one of the data package", "tables: thefts, nuclear_tests"},
    {"SELECT count(*) FROM sqlite_master", 22, 13,
     "the table « sqlite_master » is not one of the data package", "tables: thefts, nuclear_tests"},
    {"SELECT name FROM pragma_table_info('thefts')", 1, 44,
     "a table is not one of the data package", "tables: thefts, nuclear_tests"},
    {"SELECT value FROM json_each('[1]')", 1, 34, "a table is not one of the data package",
     "tables: thefts, nuclear_tests"},
    {"SELECT load_extension('x.so')", 8, 14, "the function « load_extension » is not allowed",
     "queries only compute from the tables of the package"},
    {"SELECT fts3_tokenizer('x')", 8, 14, "the function « fts3_tokenizer » is not allowed",
     "queries only compute from the tables of the package"},
    {"SELECT sqlite_version()", 8, 14, "the function « sqlite_version » is not allowed",
     "queries only compute from the tables of the package"},
    {"SELECT random()", 8, 6, "the function « random » is not allowed",
     "the same data must always give the same report"},
    {"SELECT current_date", 8, 12, "the function « current_date » is not allowed",
     "use the parameter :as_of"},
    {"SELECT date('now')", 13, 5, "a query may not read the clock", "use the parameter :as_of"},
    {"SELECT date()", 8, 4, "SQL: date() without a date would read the clock",
     "use the parameter :as_of"},
    {"SELECT strftime('%Y')", 8, 8, "SQL: strftime() without a date would read the clock",
     "use the parameter :as_of"},
    {"SELECT 1; DROP TABLE thefts", 11, 4, "a second statement starts here", "keep one SELECT"},
    {"SELECT 1; SELECT 2", 11, 6, "a second statement starts here", "keep one SELECT"},
    /* bounds */
    {"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t", 1,
     86, "the query takes too long",
     "give WITH RECURSIVE an end, and join tables with a condition"},
    {"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x FROM t", 1, 79,
     "the query gives more than 100000 rows", "group the rows, or add LIMIT"},
    {"WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) "
     "SELECT zeroblob(900000) FROM t ORDER BY 1",
     1, 105, "the query needs too much memory", "read fewer rows or shorter texts"},
    {"SELECT zeroblob(2000000)", 1, 24, "SQL: string or blob too big", "try it with frise query"},
};

static void test_faults(void) {
    g_auto(Fixture) f = fixture_new();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Case *c = &cases[i];
        scratch_reset(&f.scratch);
        g_test_message("%s", c->sql);
        g_assert_null(query(&f, c->sql));
        assert_faults(&f.scratch, 1);
        const Fault *fault = diag_at(f.scratch.diag, 0);
        const char *code = fault->code;
        bool is_other = strstr(c->message, "parameter") && strcmp(code, "sql-error") != 0;
        const char *wanted = is_other ? "unknown-parameter" : "sql-error";
        assert_fault(&f.scratch, 0, 1, c->column, wanted, c->message, c->hint);
        g_assert_cmpuint(fault->caret, ==, c->caret);
    }
    /* a refused query leaves nothing behind */
    scratch_reset(&f.scratch);
    assert_query(&f, "SELECT count(*) FROM thefts", "i:4\n");
}

/* On its own line of a block scalar, and without a place when nobody can locate. */
static void test_places(void) {
    g_auto(Fixture) f = fixture_new();
    g_assert_null(query(&f, "SELECT id\n  FROM thefts\n WHERE sity = 1"));
    assert_fault(&f.scratch, 0, 3, 8, "sql-error", "no column is named « sity »",
                 "columns are described in datapackage.yaml");
    g_assert_null(dataset_query(f.data, (Query){"SELECT x", NULL, NULL}, NULL, 0, f.scratch.arena,
                                f.scratch.diag));
    g_assert_null(diag_at(f.scratch.diag, 1)->file);
    g_assert_null(dataset_query(f.data, (Query){"SELECT :x", NULL, NULL}, NULL, 0, f.scratch.arena,
                                f.scratch.diag));
    assert_fault(&f.scratch, 2, 0, 0, "unknown-parameter", "no parameter is named « :x »",
                 "declare it under `params`");
}

static void test_files(void) {
    g_auto(Fixture) f = {.scratch = scratch_new()};
    write_package(&f.scratch);
    g_autofree char *thefts = scratch_path(&f.scratch, "thefts.csv");
    g_autofree char *near = scratch_path(&f.scratch, "theft.csv");
    g_autofree char *tests = scratch_path(&f.scratch, "sous/tests.csv");
    g_assert_cmpint(rename(thefts, near), ==, 0);
    g_assert_cmpint(unlink(tests), ==, 0);
    fixture_load(&f);
    g_assert_null(f.data);
    assert_faults(&f.scratch, 2);
    assert_fault(&f.scratch, 0, 3, 11, "missing-file", "there is no file {dir}/thefts.csv",
                 "did you mean theft.csv?");
    assert_fault(&f.scratch, 1, 14, 11, "missing-file", "there is no file {dir}/sous/tests.csv",
                 "put the file there, or correct the path in datapackage.yaml");
    g_assert_cmpint(mkdir(tests, 0700), ==, 0);
    g_assert_cmpint(rename(near, thefts), ==, 0);
    scratch_reset(&f.scratch);
    g_assert_null(dataset_load(f.package, NULL, f.scratch.diag));
    assert_faults(&f.scratch, 1);
    assert_fault(&f.scratch, 0, 14, 11, "missing-file", "{dir}/sous/tests.csv is not a file",
                 "give the path of a CSV file");
    dataset_free(NULL);
}

/* Permissions hold nobody back who is root. */
static void test_unreadable(void) {
    g_auto(Fixture) f = {.scratch = scratch_new()};
    write_package(&f.scratch);
    g_autofree char *thefts = scratch_path(&f.scratch, "thefts.csv");
    g_assert_cmpint(chmod(thefts, 0), ==, 0);
    fixture_load(&f);
    if (f.data) return;
    assert_faults(&f.scratch, 1);
    g_assert_cmpint(diag_at(f.scratch.diag, 0)->kind, ==, FAULT_SYSTEM);
    g_assert_cmpstr(diag_at(f.scratch.diag, 0)->file, ==, thefts);
}

/* Faults of all files are told, each under the path that the user knows. */
static void test_every_file(void) {
    g_auto(Fixture) f = {.scratch = scratch_new()};
    write_package(&f.scratch);
    scratch_write(&f.scratch, "thefts.csv", "id,date,amount_usd,km,in_sum,code\na,x,,,,\n");
    scratch_write(&f.scratch, "sous/tests.csv", "id,jour\nn1,\xC3\xA9\xE9\n");
    fixture_load(&f);
    g_assert_null(f.data);
    assert_faults(&f.scratch, 3); /* a note comes with the last */
    g_autofree char *thefts = scratch_path(&f.scratch, "thefts.csv");
    g_autofree char *tests = scratch_path(&f.scratch, "sous/tests.csv");
    g_assert_cmpstr(diag_at(f.scratch.diag, 0)->file, ==, thefts);
    g_assert_cmpstr(diag_at(f.scratch.diag, 0)->code, ==, "type-error");
    g_assert_cmpstr(diag_at(f.scratch.diag, 1)->file, ==, tests);
    g_assert_cmpstr(diag_at(f.scratch.diag, 1)->code, ==, "encoding-error");
}

static Value random_value(const Field *field, Arena *arena) {
    static const char *const pieces[] = {"a", "é", " ", ",", "\"", "\n", "12", "'", "2019-11", "€"};
    if (g_test_rand_int_range(0, 6) == 0) return (Value){.kind = VALUE_NULL};
    int year = g_test_rand_int_range(1, 10000), month = g_test_rand_int_range(1, 13);
    switch (field->type) {
    case FIELD_INTEGER: {
        int64_t high = g_test_rand_int(), low = g_test_rand_int();
        return (Value){.kind = VALUE_INT, .integer = high * G_MAXINT32 + low};
    }
    case FIELD_NUMBER: return (Value){.kind = VALUE_REAL, .real = g_test_rand_int() / 1000.0};
    case FIELD_BOOLEAN: return (Value){.kind = VALUE_BOOL, .integer = g_test_rand_int_range(0, 2)};
    case FIELD_DATE: {
        int precision = field->is_partial ? g_test_rand_int_range(0, 3) : 2;
        Date date = date_from_ymd(year, precision > 0 ? month : 0,
                                  precision > 1 ? g_test_rand_int_range(1, 29) : 0);
        return (Value){.kind = VALUE_DATE, .date = date};
    }
    default: break;
    }
    g_autoptr(GString) text = g_string_new("x");
    for (int n = g_test_rand_int_range(0, 6); n; n--)
        g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
    return (Value){.kind = VALUE_TEXT, .text = arena_strdup(arena, text->str)};
}

static void assert_same(Value a, Value b) {
    g_assert_cmpint(a.kind, ==, b.kind);
    g_assert_cmpint(value_compare(a, b), ==, 0);
    if (a.kind == VALUE_INT) g_assert_cmpint(a.integer, ==, b.integer);
    if (a.kind == VALUE_DATE) g_assert_cmpint(a.date.precision, ==, b.date.precision);
}

/* Typed values written to a file come back the same from the table and from a query. */
static void test_identity(void) {
    for (int round = 0; round < 30; round++) {
        g_auto(Fixture) f = {.scratch = scratch_new()};
        write_package(&f.scratch);
        f.package = package_load(f.scratch.dir, f.scratch.arena, f.scratch.diag);
        const Resource *resource = &f.package->resources[0];
        size_t n_rows = (size_t)g_test_rand_int_range(0, 20), n = resource->n_fields;
        Value *values = ARENA_ARRAY(f.scratch.arena, Value, n_rows * n);
        g_autoptr(GString) csv = g_string_new("id,date,amount_usd,km,in_sum,code\r\n");
        for (size_t i = 0; i < n_rows * n; i++) {
            bool is_key = i % n == 0;
            const char *key = arena_printf(f.scratch.arena, "ligne %zu", i);
            values[i] = is_key ? (Value){.kind = VALUE_TEXT, .text = key}
                               : random_value(&resource->fields[i % n], f.scratch.arena);
            csv_write_cell(csv, value_plain(values[i], f.scratch.arena), ',');
            g_string_append(csv, (i + 1) % n ? "," : "\r\n");
        }
        scratch_write(&f.scratch, "thefts.csv", csv->str);
        f.data = dataset_load(f.package, NULL, f.scratch.diag);
        assert_faults(&f.scratch, 0);
        const ColumnSet *read = dataset_columns(f.data, 0);
        const Table *queried =
            query(&f, "SELECT id, date, amount_usd, km, in_sum, code FROM thefts ORDER BY rowid");
        g_assert_cmpuint(read->n_rows, ==, n_rows);
        g_assert_cmpuint(queried->n_rows, ==, n_rows);
        for (size_t i = 0; i < n_rows * n; i++) {
            assert_same(column_value(&read->columns[i % n], i / n), values[i]);
            assert_same(queried->cells[i], values[i]);
        }
    }
}

/* What is said in hidden columns gives what SQLite's own functions give: each query beside one that
 * is left alone. */
static void test_groups(void) {
    static const char *const pairs[][2] = {
        {"SELECT month(date) AS m, code, sum(amount_usd), count(*) FROM thefts GROUP BY 1, 2",
         "SELECT month(+date) AS m, code, sum(amount_usd + 0), count(id) FROM thefts GROUP BY 1, "
         "2"},
        {"SELECT year(date_start) AS y, sum(amount_usd) AS s FROM thefts GROUP BY 1 ORDER BY 1 "
         "DESC",
         "SELECT year(+date_start) AS y, sum(+amount_usd) AS s FROM thefts GROUP BY 1 "
         "ORDER BY 1 DESC"},
        {"SELECT in_sum, count(*) AS n FROM thefts WHERE in_sum = 1 GROUP BY in_sum",
         "SELECT in_sum, count(id) AS n FROM thefts WHERE +in_sum = 1 GROUP BY +in_sum"},
        {"SELECT code, sum(amount_usd) AS s FROM thefts WHERE date >= '2015' GROUP BY code "
         "HAVING count(*) > 2 ORDER BY sum(amount_usd), code",
         "SELECT code, sum(+amount_usd) AS s FROM thefts WHERE +date >= '2015' GROUP BY +code "
         "HAVING count(id) > 2 ORDER BY sum(+amount_usd), code"},
        {"SELECT in_sum, code, count(*) AS n FROM thefts GROUP BY code, in_sum ORDER BY code DESC, "
         "in_sum",
         "SELECT in_sum, code, count(id) AS n FROM thefts GROUP BY +code, +in_sum ORDER BY code "
         "DESC, in_sum"},
        {"SELECT id FROM thefts WHERE amount_usd > 500 AND amount_usd <= 900 ORDER BY amount_usd, "
         "id",
         "SELECT id FROM thefts WHERE +amount_usd > 500 AND +amount_usd <= 900 ORDER BY "
         "+amount_usd, id"},
        {"SELECT a.id, b.id AS other FROM thefts a JOIN thefts b ON a.code = b.code ORDER BY 1, 2",
         "SELECT a.id, b.id AS other FROM thefts a JOIN thefts b ON +a.code = +b.code "
         "ORDER BY 1, 2"},
        {"SELECT DISTINCT code, year(date) AS y FROM thefts ORDER BY 1, 2",
         "SELECT DISTINCT +code AS code, year(+date) AS y FROM thefts ORDER BY 1, 2"},
    };
    static const char *const codes[] = {"", "a", "b", "é", "10", "9"};
    for (int i = 0; i < 30; i++) {
        g_auto(Fixture) f = {.scratch = scratch_new()};
        write_package(&f.scratch);
        g_autoptr(GString) csv = g_string_new("id,date,amount_usd,km,in_sum,code\n");
        for (int row = g_test_rand_int_range(0, 200); row; row--) {
            static const char *const dates[] = {"", "2017", "2018-03", "2019-11-27", "2015-02-01"};
            g_string_append_printf(csv, "%d,%s,", row, dates[g_test_rand_int_range(0, 5)]);
            if (g_test_rand_int_range(0, 4))
                g_string_append_printf(csv, "%d", g_test_rand_int_range(0, 1000));
            g_string_append_printf(csv, ",,%s,%s\n", g_test_rand_int_range(0, 2) ? "1" : "0",
                                   codes[g_test_rand_int_range(0, 6)]);
        }
        scratch_write(&f.scratch, "thefts.csv", csv->str);
        fixture_load(&f);
        assert_faults(&f.scratch, 0);
        for (size_t k = 0; k < G_N_ELEMENTS(pairs); k++) {
            const Table *quick = query(&f, pairs[k][0]), *plain = query(&f, pairs[k][1]);
            assert_faults(&f.scratch, 0);
            g_autofree char *seen = print(&f, quick), *wanted = print(&f, plain);
            g_test_message("%s", pairs[k][0]);
            g_assert_cmpstr(seen, ==, wanted);
        }
    }
}

/* The data that are shipped. */
static void test_shipped(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Arena) arena = arena_new();
    Package *package = package_load(PROJECT_DIR "/data", arena, diag);
    for (size_t i = 0; i < diag_count(diag); i++) g_test_message("%s", diag_at(diag, i)->message);
    g_assert_nonnull(package);
    Dataset *data = dataset_load(package, NULL, diag);
    for (size_t i = 0; i < diag_count(diag); i++) g_test_message("%s", diag_at(diag, i)->message);
    g_assert_nonnull(data);
    g_assert_cmpuint(dataset_count(data), ==, 5);
    for (size_t i = 0; i < dataset_count(data); i++)
        g_assert_cmpuint(dataset_columns(data, i)->n_rows, >, 0);
    static const char sql[] =
        "SELECT (SELECT count(*) FROM thefts WHERE in_sum AND year(date_start) = 2019), "
        "(SELECT sum(count) FROM missile_tests WHERE year(date_start) = 2022), "
        "(SELECT count(*) FROM nuclear_tests), (SELECT min(date_start) FROM nuclear_tests) AS d";
    const Table *table = dataset_query(data, (Query){sql, NULL, NULL}, NULL, 0, arena, diag);
    g_assert_cmpuint(diag_count(diag), ==, 0);
    g_assert_cmpint(table_cell(table, 0, 0).integer, >, 0);
    g_assert_cmpint(table_cell(table, 0, 1).integer, >, 0);
    g_assert_cmpint(table_cell(table, 0, 2).integer, ==, 6);
    g_assert_cmpstr(value_plain(table_cell(table, 0, 3), arena), ==, "2006-10-09");
    dataset_free(data);
    package_free(package);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/dataset/tables", test_tables);
    g_test_add_func("/data/dataset/types", test_types);
    g_test_add_func("/data/dataset/functions", test_functions);
    g_test_add_func("/data/dataset/french", test_french);
    g_test_add_func("/data/dataset/order", test_order);
    g_test_add_func("/data/dataset/params", test_params);
    g_test_add_func("/data/dataset/sources", test_sources);
    g_test_add_func("/data/dataset/faults", test_faults);
    g_test_add_func("/data/dataset/places", test_places);
    g_test_add_func("/data/dataset/files", test_files);
    g_test_add_func("/data/dataset/unreadable", test_unreadable);
    g_test_add_func("/data/dataset/every-file", test_every_file);
    g_test_add_func("/data/dataset/identity", test_identity);
    g_test_add_func("/data/dataset/groups", test_groups);
    g_test_add_func("/data/dataset/shipped", test_shipped);
    return g_test_run();
}
