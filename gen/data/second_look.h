/* data/second_look: the places of a few rows of a file, found by reading it once more, record by
 * record: reading a million rows remembers no place. Each row comes as a Source that holds its
 * record alone under the file's name and line, so that spans in it print as those of the file. */
#pragma once

#include "data/csv_cut.h"
#include "data/feed.h"

/* Rows count from 0 without the header. */
typedef struct {
    size_t row, line;
    const Source *source;    /* the record; lives as long as the call */
    const CsvRecord *record; /* its places are those of `source` */
} Look;

typedef void LookAt(void *user, const Look *look);

/* Calls `look_at` for each of `rows`, which are sorted and different. When the file has changed or
 * ends before, what is left is not looked at. */
void second_look(Feed *feed, const Dialect *dialect, const char *name, const size_t *rows, size_t n,
                 LookAt *look_at, void *user);
/* The record in which quotes go wrong, or that is too long, is reported with its place. Only called
 * on a file in which one does. */
void second_look_report_quote(Feed *feed, const Dialect *dialect, const char *name, Diag *diag);
/* The same for the first byte that is not of the encoding; `offset` counts from the file's start.
 */
void second_look_report_byte(Feed *feed, const char *name, size_t offset, const char *encoding,
                             Diag *diag);
