#include "data/csv.h"

#include "../project/scratch.h"

#include <string.h>

static CsvFile *parse(Scratch *scratch, const char *text, size_t len, char delimiter,
                      Source **ret_source) {
    g_autoptr(GBytes) bytes = g_bytes_new(text, len);
    *ret_source = source_new("t.csv", bytes);
    return csvfile_parse(*ret_source, delimiter, scratch->diag);
}

/* Rows on lines, cells between bars, each with its bytes in the file. */
static char *print(const CsvFile *file) {
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < file->n_rows; i++) {
        for (size_t k = 0; k < file->rows[i].n; k++) {
            const CsvCell *cell = &file->rows[i].cells[k];
            g_string_append_printf(out, "|%s@%zu+%zu", cell->text, cell->start, cell->len);
        }
        g_string_append(out, "\n");
    }
    return g_string_free(out, FALSE);
}

static void test_cells(void) {
    static const struct {
        const char *csv, *cells;
        char delimiter;
    } cases[] = {
        {"a,b\nc,d\n", "|a@0+1|b@2+1\n|c@4+1|d@6+1\n", ','},
        {"a,b\nc,d", "|a@0+1|b@2+1\n|c@4+1|d@6+1\n", ','},
        {"a,b\r\nc,d\r\n", "|a@0+1|b@2+1\n|c@5+1|d@7+1\n", ','},
        {"a,b\rc,d\r", "|a@0+1|b@2+1\n|c@4+1|d@6+1\n", ','},
        {"\xEF\xBB\xBF"
         "a,b\n",
         "|a@3+1|b@5+1\n", ','},
        {"a;b,c\n", "|a@0+1|b,c@2+3\n", ';'},
        {"a\tb\n", "|a@0+1|b@2+1\n", '\t'},
        {"\"a,\"\"b\"\"\",c\n", "|a,\"b\"@0+9|c@10+1\n", ','},
        {"\"l1\nl2\",x\ny,z\n", "|l1\nl2@0+7|x@8+1\n|y@10+1|z@12+1\n", ','},
        {"\"l1\r\nl2\",x\n", "|l1\r\nl2@0+8|x@9+1\n", ','},
        {",\n,\n", "|@0+0|@1+0\n|@2+0|@3+0\n", ','},
        {"a,\nb,", "|a@0+1|@2+0\n|b@3+1|@5+0\n", ','},
        {"\"\",x\n", "|@0+2|x@3+1\n", ','},
        {" a , b \n", "| a @0+3| b @4+3\n", ','},
        {"\n\na\n\n\r\nb\n\n", "|a@2+1\n|b@7+1\n", ','},
        {"été,\"né\"\n", "|été@0+5|né@6+5\n", ','},
        {"a,\"b\"", "|a@0+1|b@2+3\n", ','},
        {"", "", ','},
        {"\xEF\xBB\xBF", "", ','},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Scratch) scratch = scratch_new();
        g_autoptr(Source) source = NULL;
        g_autoptr(CsvFile) file =
            parse(&scratch, cases[i].csv, strlen(cases[i].csv), cases[i].delimiter, &source);
        assert_faults(&scratch, 0);
        g_autofree char *cells = print(file);
        g_assert_cmpstr(cells, ==, cases[i].cells);
    }
}

static void test_place(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_autoptr(Source) source = NULL;
    static const char csv[] = "nom,n\n\"deux\nlignes\",1\n« été »,12\n";
    g_autoptr(CsvFile) file = parse(&scratch, csv, strlen(csv), ',', &source);
    Place place = source_locate(csvfile_span(file, &file->rows[2].cells[1]));
    g_assert_cmpuint(place.line, ==, 4);
    g_assert_cmpuint(place.column, ==, 9);
}

static void test_faults(void) {
    static const struct {
        const char *csv;
        size_t len, line, column;
        const char *code, *message, *hint;
    } cases[] = {
        {"a,b\nx,\"jamais\ny,z\n", 0, 2, 3, "csv-error", "this quote is never closed",
         "close the cell with a quote; write \"\" for a quote inside it"},
        {"a,b\n\"x\"y,z\n", 0, 2, 4, "csv-error", "text follows the quote that closes a cell",
         "the cell opens on line 2: write \"\" for a quote inside it, and end it with a quote"},
        {"a,b\n\"x\n\"y,z\n", 0, 3, 2, "csv-error", "text follows the quote that closes a cell",
         "the cell opens on line 2: write \"\" for a quote inside it, and end it with a quote"},
        {"a,b\nété\"x,z\n", 0, 2, 4, "csv-error",
         "a quote stands inside a cell that has none around it",
         "put the whole cell between quotes and write \"\" for this one"},
        {"a\nun vol \xE9lev\xE9\n", 0, 2, 8, "encoding-error",
         "the byte 0xE9 is not UTF-8 (in Windows-1252 it would be « é »)",
         "save the file as UTF-8 (in LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))"},
        {"a\n\x80\n", 0, 2, 1, "encoding-error", "the byte 0x80 is not UTF-8",
         "save the file as UTF-8 (in LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))"},
        {"a\nb\0c\n", 6, 2, 2, "encoding-error", "a zero byte in a text file",
         "delete it, or save the file as UTF-8"},
        {"\xFF\xFE"
         "a\0",
         4, 1, 1, "encoding-error", "the file is in UTF-16", "save the file as UTF-8"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Scratch) scratch = scratch_new();
        g_autoptr(Source) source = NULL;
        size_t len = cases[i].len ? cases[i].len : strlen(cases[i].csv);
        g_autoptr(CsvFile) file = parse(&scratch, cases[i].csv, len, ',', &source);
        g_assert_null(file);
        assert_faults(&scratch, 1);
        assert_fault(&scratch, 0, cases[i].line, cases[i].column, cases[i].code, cases[i].message,
                     cases[i].hint);
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

/* Whatever a table holds, what is written is read back, and its cells lie side by side. */
static void test_identity(void) {
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    static const char delimiters[] = ",;\t|";
    g_auto(Scratch) scratch = scratch_new();
    for (int i = 0; i < 500; i++) {
        int rows = g_test_rand_int_range(1, 6), columns = g_test_rand_int_range(2, 6);
        char delimiter = delimiters[g_test_rand_int_range(0, 4)];
        const char *end = ends[g_test_rand_int_range(0, 3)];
        g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(GString) csv = g_string_new(g_test_rand_int_range(0, 2) ? "\xEF\xBB\xBF" : "");
        for (int k = 0; k < rows * columns; k++) {
            g_ptr_array_add(cells, random_cell());
            if (k % columns) g_string_append_c(csv, delimiter);
            csvfile_write_cell(csv, cells->pdata[k], delimiter);
            bool is_last = k == rows * columns - 1;
            bool is_ended = (k + 1) % columns == 0 && (!is_last || g_test_rand_int_range(0, 2));
            if (is_ended) g_string_append(csv, end);
        }
        g_autoptr(Source) source = NULL;
        g_autoptr(CsvFile) file = parse(&scratch, csv->str, csv->len, delimiter, &source);
        assert_faults(&scratch, 0);
        g_assert_cmpuint(file->n_rows, ==, (size_t)rows);
        for (int k = 0; k < rows * columns; k++) {
            const CsvRow *row = &file->rows[k / columns];
            g_assert_cmpuint(row->n, ==, (size_t)columns);
            const CsvCell *cell = &row->cells[k % columns];
            g_assert_cmpstr(cell->text, ==, cells->pdata[k]);
            g_autoptr(GString) written = g_string_new(NULL);
            csvfile_write_cell(written, cell->text, delimiter);
            g_autofree char *seen = g_strndup(csv->str + cell->start, cell->len);
            g_assert_cmpstr(seen, ==, written->str);
        }
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/csv/cells", test_cells);
    g_test_add_func("/data/csv/place", test_place);
    g_test_add_func("/data/csv/faults", test_faults);
    g_test_add_func("/data/csv/identity", test_identity);
    return g_test_run();
}
