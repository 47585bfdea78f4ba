#include "data/csv.h"

#include <csv.h>
#include <string.h>

typedef struct {
    const Source *source;
    Diag *diag;
    const char *data;
    size_t at, len;  /* the byte being fed */
    size_t start;    /* of the cell being read */
    bool is_in_cell; /* its first byte was fed */
    GArray *cells;   /* CsvCell */
    GArray *ends;    /* size_t: cells so far at the end of each row */
    char *text; /* as long as the file and one byte more: every cell is followed by something */
    size_t text_len;
} Reader;

static void add_cell(void *bytes, size_t len, void *data) {
    Reader *reader = data;
    char *text = reader->text + reader->text_len;
    if (len) memcpy(text, bytes, len);
    text[len] = '\0';
    reader->text_len += len + 1;
    CsvCell cell = {text, reader->start, reader->at - reader->start};
    g_array_append_val(reader->cells, cell);
    reader->start = reader->at + 1;
    reader->is_in_cell = false;
}

static void add_row(int terminator, void *data) {
    Reader *reader = data;
    size_t end = reader->cells->len;
    g_array_append_val(reader->ends, end);
    (void)terminator;
}

static int is_no_space(unsigned char c) {
    (void)c;
    return 0; /* spaces are part of the cell */
}

static Span span_of(const Reader *reader, size_t start, size_t len) {
    return (Span){reader->source, start, len};
}

/* The letter that Windows-1252, the other encoding of French spreadsheets, has for a byte. */
static char *guess_letter(const char *byte) {
    g_autofree char *letter = g_convert(byte, 1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
    if (!letter) return NULL;
    return g_unichar_isalpha(g_utf8_get_char(letter)) ? g_steal_pointer(&letter) : NULL;
}

static void report_encoding(const Reader *reader, const char *bad) {
    static const char hint[] = "save the file as UTF-8 (in LibreOffice: Save As, Edit filter "
                               "settings, Unicode (UTF-8))";
    Span span = span_of(reader, (size_t)(bad - reader->data), 1);
    if (!*bad) {
        diag_error(reader->diag, span, "encoding-error", "delete it, or save the file as UTF-8",
                   "a zero byte in a text file");
        return;
    }
    g_autofree char *letter = guess_letter(bad);
    if (letter)
        diag_error(reader->diag, span, "encoding-error", hint,
                   "the byte 0x%02X is not UTF-8 (in Windows-1252 it would be « %s »)",
                   (unsigned char)*bad, letter);
    else
        diag_error(reader->diag, span, "encoding-error", hint, "the byte 0x%02X is not UTF-8",
                   (unsigned char)*bad);
}

static bool check_encoding(const Reader *reader) {
    bool is_utf16 = reader->len >= 2 && (memcmp(reader->data, "\xFF\xFE", 2) == 0 ||
                                         memcmp(reader->data, "\xFE\xFF", 2) == 0);
    if (is_utf16) {
        diag_error(reader->diag, span_of(reader, 0, 1), "encoding-error", "save the file as UTF-8",
                   "the file is in UTF-16");
        return false;
    }
    const char *bad;
    if (g_utf8_validate(reader->data, (gssize)reader->len, &bad)) return true;
    report_encoding(reader, bad);
    return false;
}

static void report_quote(const Reader *reader) {
    if (reader->data[reader->start] == '"') {
        g_autofree char *hint = g_strdup_printf(
            "the cell opens on line %zu: write \"\" for a quote inside it, and end it with a quote",
            source_locate(span_of(reader, reader->start, 1)).line);
        diag_error(reader->diag, span_of(reader, reader->at, 1), "csv-error", hint,
                   "text follows the quote that closes a cell");
        return;
    }
    diag_error(reader->diag, span_of(reader, reader->at, 1), "csv-error",
               "put the whole cell between quotes and write \"\" for this one",
               "a quote stands inside a cell that has none around it");
}

/* Bytes that end nothing and open no quote can be fed together: no call back falls inside them. */
static size_t plain_run(const Reader *reader, char delimiter) {
    size_t end = reader->at;
    for (; end < reader->len; end++) {
        char c = reader->data[end];
        if (c == delimiter || c == '"' || c == '\n' || c == '\r') break;
    }
    return end - reader->at;
}

static bool feed(Reader *reader, struct csv_parser *parser, char delimiter) {
    while (reader->at < reader->len) {
        size_t run = MAX(plain_run(reader, delimiter), 1);
        char c = reader->data[reader->at];
        bool is_end = c == '\n' || c == '\r';
        reader->is_in_cell |= !is_end;
        size_t fed = csv_parse(parser, reader->data + reader->at, run, add_cell, add_row, reader);
        if (fed != run) {
            reader->at += fed;
            report_quote(reader);
            return false;
        }
        /* An end of line that ended no cell: the LF of CRLF, or an empty line. */
        if (!reader->is_in_cell && is_end) reader->start = reader->at + 1;
        reader->at += run;
    }
    if (csv_fini(parser, add_cell, add_row, reader) == 0) return true;
    diag_error(reader->diag, span_of(reader, reader->start, 1), "csv-error",
               "close the cell with a quote; write \"\" for a quote inside it",
               "this quote is never closed");
    return false;
}

static void init_parser(struct csv_parser *parser, char delimiter) {
    if (csv_init(parser, CSV_STRICT | CSV_STRICT_FINI) != 0) g_error("libcsv cannot start");
    csv_set_delim(parser, (unsigned char)delimiter);
    csv_set_space_func(parser, is_no_space);
    csv_set_blk_size(parser, 4096);
}

/* Rows point into the cells once these no longer move. */
static CsvFile *close_file(Reader *reader) {
    CsvFile *file = g_new0(CsvFile, 1);
    file->source = reader->source;
    file->text = g_steal_pointer(&reader->text);
    file->n_rows = reader->ends->len;
    file->rows = g_new0(CsvRow, file->n_rows);
    file->cells = (CsvCell *)(void *)g_array_free(g_steal_pointer(&reader->cells), FALSE);
    size_t from = 0;
    for (size_t i = 0; i < file->n_rows; i++) {
        size_t end = g_array_index(reader->ends, size_t, i);
        file->rows[i] = (CsvRow){file->cells + from, end - from};
        from = end;
    }
    return file;
}

CsvFile *csvfile_parse(const Source *source, char delimiter, Diag *diag) {
    Reader reader = {.source = source, .diag = diag};
    reader.data = source_data(source, &reader.len);
    if (!check_encoding(&reader)) return NULL;
    if (reader.len >= 3 && memcmp(reader.data, "\xEF\xBB\xBF", 3) == 0)
        reader.at = reader.start = 3;
    reader.cells = g_array_sized_new(FALSE, FALSE, sizeof(CsvCell), 1024);
    reader.ends = g_array_sized_new(FALSE, FALSE, sizeof(size_t), 256);
    reader.text = g_malloc(reader.len + 1);
    struct csv_parser parser;
    init_parser(&parser, delimiter);
    CsvFile *file = feed(&reader, &parser, delimiter) ? close_file(&reader) : NULL;
    csv_free(&parser);
    if (reader.cells) g_array_unref(reader.cells);
    g_array_unref(reader.ends);
    g_free(reader.text);
    return file;
}

void csvfile_free(CsvFile *file) {
    if (!file) return;
    g_free(file->rows);
    g_free(file->cells);
    g_free(file->text);
    g_free(file);
}

Span csvfile_span(const CsvFile *file, const CsvCell *cell) {
    return (Span){file->source, cell->start, cell->len};
}

void csvfile_write_cell(GString *out, const char *text, char delimiter) {
    if (!strpbrk(text, "\"\r\n") && !strchr(text, delimiter)) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '"') g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}
