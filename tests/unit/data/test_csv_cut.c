#include "data/csv_cut.h"

#include <csv.h>
#include <string.h>

static const Dialect comma = {.delimiter = ',', .quote = '"', .has_header = true};

static Dialect with(char delimiter, char comment) {
    Dialect dialect = comma;
    dialect.delimiter = delimiter;
    dialect.comment = comment;
    return dialect;
}

/* ---- three readers of the same bytes, printed alike ---- */

static void print_cell(GString *out, const char *text, size_t len) {
    g_string_append_c(out, '|');
    g_string_append_len(out, text, (gssize)len);
}

/* NULL: a quote is out of place. */
static char *by_cut(const Dialect *dialect, const char *csv, size_t len) {
    g_autofree char *bytes = g_malloc0(len + 1 + CSV_PADDING);
    memcpy(bytes, csv, len);
    g_auto(CsvCut) cut = {0};
    if (!csv_cut(&cut, dialect, bytes, len)) return NULL;
    GString *out = g_string_new(NULL);
    for (size_t row = 0; row < cut.n_rows; row++) {
        for (size_t i = cut.rows[row]; i < cut.rows[row + 1]; i++) {
            print_cell(out, csv_cell_text(&cut, i), cut.cells[i].len);
            g_assert_cmpint(csv_cell_text(&cut, i)[cut.cells[i].len], ==, '\0');
        }
        g_string_append(out, "\n--\n");
    }
    return g_string_free(out, FALSE);
}

static char *by_records(const Dialect *dialect, const char *csv, size_t len) {
    g_auto(CsvRecord) record = {0};
    GString *out = g_string_new(NULL);
    for (size_t at = 0;; at = record.end) {
        CsvKind kind = csv_record(dialect, csv, len, at, &record);
        g_assert_cmpuint(record.start, ==, at);
        if (kind == CSV_END) return g_string_free(out, FALSE);
        if (kind >= CSV_STRAY_QUOTE) {
            g_assert_cmpuint(record.fault, <, len);
            g_string_free(out, TRUE);
            return NULL;
        }
        g_assert_cmpuint(record.end, >, at);
        if (kind != CSV_ROW) continue;
        for (guint i = 0; i < record.cells->len; i++) {
            const char *text = csv_record_text(&record, i);
            print_cell(out, text, strlen(text));
        }
        g_string_append(out, "\n--\n");
    }
}

static int no_space(unsigned char c) {
    (void)c;
    return 0;
}

static void lib_cell(void *text, size_t len, void *out) {
    print_cell(out, text, len);
}

static void lib_row(int end, void *out) {
    (void)end;
    g_string_append(out, "\n--\n");
}

/* libcsv, strict. */
static char *by_libcsv(const Dialect *dialect, const char *csv, size_t len) {
    struct csv_parser parser;
    g_assert_cmpint(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), ==, 0);
    csv_set_delim(&parser, (unsigned char)dialect->delimiter);
    csv_set_space_func(&parser, no_space);
    GString *out = g_string_new(NULL);
    bool is_good = csv_parse(&parser, csv, len, lib_cell, lib_row, out) == len &&
                   csv_fini(&parser, lib_cell, lib_row, out) == 0;
    csv_free(&parser);
    if (is_good) return g_string_free(out, FALSE);
    g_string_free(out, TRUE);
    return NULL;
}

static void assert_agree(const Dialect *dialect, const char *csv, size_t len) {
    g_autofree char *cut = by_cut(dialect, csv, len), *records = by_records(dialect, csv, len);
    g_autofree char *lib = by_libcsv(dialect, csv, len);
    g_assert_cmpstr(cut, ==, records);
    g_assert_cmpstr(records, ==, lib);
}

/* ---- */

static void test_cells(void) {
    const struct {
        const char *csv, *cells;
        Dialect dialect;
    } cases[] = {
        {"a,b\nc,d\n", "|a|b\n--\n|c|d\n--\n", comma},
        {"a,b\nc,d", "|a|b\n--\n|c|d\n--\n", comma},
        {"a,b\r\nc,d\r\n", "|a|b\n--\n|c|d\n--\n", comma},
        {"a,b\rc,d\r", "|a|b\n--\n|c|d\n--\n", comma},
        {"\"a,\"\"b\"\"\",c\n", "|a,\"b\"|c\n--\n", comma},
        {"\"l1\nl2\",x\ny,z\n", "|l1\nl2|x\n--\n|y|z\n--\n", comma},
        {"\"l1\r\nl2\",x\n", "|l1\r\nl2|x\n--\n", comma},
        {",\n,\n", "||\n--\n||\n--\n", comma},
        {"a,\nb,", "|a|\n--\n|b|\n--\n", comma},
        {"\"\"\n\"\"", "|\n--\n|\n--\n", comma},
        {" a , b \n", "| a | b \n--\n", comma},
        {"\n\na\n\n\r\nb\n\n", "|a\n--\n|b\n--\n", comma},
        {"", "", comma},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t len = strlen(cases[i].csv);
        g_autofree char *cells = by_cut(&cases[i].dialect, cases[i].csv, len);
        g_assert_cmpstr(cells, ==, cases[i].cells);
        assert_agree(&cases[i].dialect, cases[i].csv, len);
    }
}

static void test_dialects(void) {
    static const char csv[] = "# un commentaire, \"libre\na; b;'c;d'\n#fin\n";
    Dialect dialect = with(';', '#');
    dialect.quote = '\'';
    dialect.skips_initial_space = true;
    g_autofree char *cut = by_cut(&dialect, csv, strlen(csv));
    g_assert_cmpstr(cut, ==, "|a|b|c;d\n--\n");
    Dialect bare = comma;
    bare.quote = 0;
    g_autofree char *unquoted = by_cut(&bare, "a,\"b\n", 5);
    g_assert_cmpstr(unquoted, ==, "|a|\"b\n--\n");
}

static void test_faults(void) {
    static const struct {
        const char *csv;
        CsvKind kind;
        size_t at;
    } cases[] = {
        {"x,\"jamais\ny,z\n", CSV_UNCLOSED_QUOTE, 2},
        {"\"x\"y,z\n", CSV_TEXT_AFTER, 3},
        {"\"x\n\"y,z\n", CSV_TEXT_AFTER, 4},
        {"5\",x\n", CSV_STRAY_QUOTE, 1},
        {"\"", CSV_UNCLOSED_QUOTE, 0},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(CsvRecord) record = {0};
        size_t len = strlen(cases[i].csv);
        g_assert_cmpint(csv_record(&comma, cases[i].csv, len, 0, &record), ==, cases[i].kind);
        g_assert_cmpuint(record.fault, ==, cases[i].at);
        g_autofree char *cut = by_cut(&comma, cases[i].csv, len);
        g_assert_null(cut);
    }
}

static void test_places(void) {
    static const char csv[] = "a,\"b\"\"c\",d\r\nx\n";
    g_auto(CsvRecord) record = {0};
    g_assert_cmpint(csv_record(&comma, csv, strlen(csv), 0, &record), ==, CSV_ROW);
    const CsvPlace *quoted = &g_array_index(record.cells, CsvPlace, 1);
    g_assert_cmpuint(quoted->start, ==, 2);
    g_assert_cmpuint(quoted->len, ==, 6);
    g_assert_cmpstr(csv_record_text(&record, 1), ==, "b\"c");
    g_assert_cmpuint(record.len, ==, 10);
    g_assert_cmpuint(record.end, ==, 12);
}

/* Random bytes of the kind that matters: the three readers agree on what is a table and on its
 * cells. */
static void test_agree(void) {
    static const char *const pieces[] = {
        "a",  "é",    "12", " ",    ",",     ";",    "\"",
        "\n", "\r\n", "\r", "\"\"", "\",\"", "\"\n", "bbbbbbbbbbbbbbbb"};
    for (int i = 0; i < 20000; i++) {
        g_autoptr(GString) csv = g_string_new(NULL);
        for (int n = g_test_rand_int_range(0, i % 50 + 2); n; n--)
            g_string_append(csv, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        Dialect dialect = with(",;"[i & 1], 0);
        assert_agree(&dialect, csv->str, csv->len);
    }
}

/* What csv_whole() parts reads like the whole. */
static void test_whole(void) {
    static const char *const cells[] = {"a", "\"b\nb\"",   "\"\"\"\"",
                                        "",  "\"c,\r\n\"", "dddddddddddddd"};
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    for (int i = 0; i < 500; i++) {
        g_autoptr(GString) csv = g_string_new(NULL);
        const char *end = ends[g_test_rand_int_range(0, 3)];
        for (int row = 0; row < 20; row++)
            g_string_append_printf(csv, "%s,%s%s", cells[g_test_rand_int_range(0, 6)],
                                   cells[g_test_rand_int_range(0, 6)], end);
        g_autofree char *wanted = by_records(&comma, csv->str, csv->len);
        g_autoptr(GString) seen = g_string_new(NULL);
        g_autofree char *padded = g_malloc0(csv->len + CSV_PADDING);
        for (size_t at = 0; at < csv->len;) {
            size_t most = (size_t)g_test_rand_int_range(30, 200), room = MIN(most, csv->len - at);
            memcpy(padded, csv->str + at, room);
            size_t whole = at + room == csv->len ? room : csv_whole(&comma, padded, room);
            g_assert_cmpuint(whole, <=, room);
            g_autofree char *part = by_cut(&comma, csv->str + at, whole);
            g_assert_nonnull(part);
            g_string_append(seen, part);
            at += whole;
        }
        g_assert_cmpstr(seen->str, ==, wanted);
    }
}

static char *random_cell(void) {
    static const char *const pieces[] = {"a",    "é",  "12",   " ", ",",  ";", "\"", "\n",
                                         "\r\n", "\r", "\"\"", "€", "\t", "😀", "'",  "|"};
    GString *text = g_string_new(NULL);
    for (int n = g_test_rand_int_range(0, 8); n; n--)
        g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
    return g_string_free(text, FALSE);
}

/* Whatever a table holds, what is written is read back, in any dialect. */
static void test_identity(void) {
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    static const char delimiters[] = ",;\t|";
    for (int i = 0; i < 1000; i++) {
        int rows = g_test_rand_int_range(1, 6), columns = g_test_rand_int_range(2, 6);
        Dialect dialect = with(delimiters[g_test_rand_int_range(0, 4)], 0);
        const char *end = ends[g_test_rand_int_range(0, 3)];
        g_autoptr(GString) csv = g_string_new(NULL), wanted = g_string_new(NULL);
        for (int k = 0; k < rows * columns; k++) {
            g_autofree char *cell = random_cell();
            if (k % columns) g_string_append_c(csv, dialect.delimiter);
            csv_write_cell(csv, cell, dialect.delimiter);
            print_cell(wanted, cell, strlen(cell));
            if ((k + 1) % columns) continue;
            g_string_append(wanted, "\n--\n");
            bool is_last = k == rows * columns - 1;
            if (!is_last || g_test_rand_int_range(0, 2)) g_string_append(csv, end);
        }
        g_autofree char *seen = by_cut(&dialect, csv->str, csv->len);
        g_assert_cmpstr(seen, ==, wanted->str);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/csv_cut/cells", test_cells);
    g_test_add_func("/data/csv_cut/dialects", test_dialects);
    g_test_add_func("/data/csv_cut/faults", test_faults);
    g_test_add_func("/data/csv_cut/places", test_places);
    g_test_add_func("/data/csv_cut/agree", test_agree);
    g_test_add_func("/data/csv_cut/whole", test_whole);
    g_test_add_func("/data/csv_cut/identity", test_identity);
    return g_test_run();
}
