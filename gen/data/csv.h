/* data/csv: the bytes of a CSV file as rows of cells, each with its place.
 * In: a Source in UTF-8, with or without byte order mark, lines ended by LF, CRLF or CR; RFC 4180
 * quotes; spaces are kept; empty lines are skipped. Out: a CsvFile whose texts it owns. Faults:
 * encoding-error at the first bad byte, csv-error where quotes go wrong; either ends the reading.
 * libcsv gives no positions: fed delimiters and quotes one by one, it calls back exactly on them.
 */
#pragma once

#include "base/diag.h"

typedef struct {
    const char *text;  /* unquoted */
    size_t start, len; /* bytes in the file, quotes included */
} CsvCell;

typedef struct {
    const CsvCell *cells;
    size_t n;
} CsvRow;

typedef struct {
    const Source *source; /* borrowed */
    CsvRow *rows;         /* the header is the first */
    size_t n_rows;
    CsvCell *cells;
    char *text;
} CsvFile;

/* NULL after an error was reported. `source` must outlive the file. */
[[nodiscard]] CsvFile *csvfile_parse(const Source *source, char delimiter, Diag *diag);
void csvfile_free(CsvFile *file);
Span csvfile_span(const CsvFile *file, const CsvCell *cell);
/* A cell as it must be written to be read back: quoted only when it must. */
void csvfile_write_cell(GString *out, const char *text, char delimiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CsvFile, csvfile_free)
