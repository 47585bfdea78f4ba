/* data/csv_cut: whole records of a CSV file cut into rows and cells, RFC 4180 with any delimiter.
 * Two ways that agree: csv_cut(), for many records at once, which says only that something is
 * wrong, and csv_record(), for one record, which knows the place of every byte. Spaces are kept;
 * lines end with LF, CRLF or CR; empty lines are no rows. Bytes, not characters: any encoding in
 * which ASCII stands for itself. */
#pragma once

#include "project/package.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- many records ---- */

enum { CSV_PADDING = 64 }; /* bytes that may be read after the last, and written just after it */

typedef struct {
    uint32_t start, len; /* of its text, unquoted and ended by NUL, in CsvCut.text */
} CsvCell;

typedef struct {
    char *text; /* the very bytes that were cut */
    CsvCell *cells;
    uint32_t *rows; /* where each row starts in cells; one more than n_rows */
    size_t n_cells, n_rows;
    size_t cells_room, rows_room;
    GString *scratch;
} CsvCut;

/* Cuts bytes[0, len), which hold whole records and CSV_PADDING bytes more, in place; under 4 GB.
 * The arrays of `cut` are used again. False when a quote is out of place: csv_record() says which.
 */
[[nodiscard]] bool csv_cut(CsvCut *cut, const Dialect *dialect, char *bytes, size_t len);
void csv_cut_clear(CsvCut *cut);
/* Where the last whole record of bytes[0, len + CSV_PADDING) ends; 0: none is whole. The first byte
 * starts a record. */
size_t csv_whole(const Dialect *dialect, const char *bytes, size_t len);

static inline const char *csv_cell_text(const CsvCut *cut, size_t cell) {
    return cut->text + cut->cells[cell].start;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CsvCut, csv_cut_clear)

/* ---- one record ---- */

typedef enum {
    CSV_ROW,
    CSV_BLANK,   /* an empty line, or what ends a CRLF */
    CSV_COMMENT, /* a line that starts with the comment character */
    CSV_END,     /* no byte is left */
    /* faults: ret_record->fault is the byte to point at, and the record ends there */
    CSV_STRAY_QUOTE,    /* inside a cell that has none around it */
    CSV_TEXT_AFTER,     /* text follows the quote that closes a cell */
    CSV_UNCLOSED_QUOTE, /* the quote is that which opens the cell */
} CsvKind;

typedef struct {
    size_t start, len; /* bytes, quotes included */
    size_t text;       /* where its text, unquoted, starts in CsvRecord.text; ended by NUL */
} CsvPlace;

typedef struct {
    CsvKind kind;
    size_t start, len; /* bytes without the end of line */
    size_t end;        /* after the end of line */
    size_t fault;
    GArray *cells; /* CsvPlace */
    GString *text;
} CsvRecord;

/* The record that starts at `at`. `record` starts as {0} and is used again. */
CsvKind csv_record(const Dialect *dialect, const char *bytes, size_t len, size_t at,
                   CsvRecord *record);
void csv_record_clear(CsvRecord *record);
const char *csv_record_text(const CsvRecord *record, size_t cell);
/* Lines ended in the bytes: LF, CRLF or CR. A CRLF is never parted between records. */
size_t csv_lines(const char *bytes, size_t len);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CsvRecord, csv_record_clear)

/* ---- writing ---- */

/* A cell as it must be written to be read back: quoted only when it must. */
void csv_write_cell(GString *out, const char *text, char delimiter);
