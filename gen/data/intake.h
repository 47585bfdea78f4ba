/* data/intake: a CSV file under its resource, from bytes to typed columns, with every fault told.
 * The file streams by, in chunks that several threads may read at once; memory is that of the
 * columns kept. What the package leaves open is found in the file: the encoding, the delimiter, how
 * numbers and dates are written. A first pass supposes what is usual and mostly is the only one; a
 * survey of every cell of the columns that do not fit, and another pass, follow when it is not so.
 * Two readings that differ are an error that shows both. Faults are located by a second look. */
#pragma once

#include "data/column.h"
#include "data/keys.h"
#include "data/segment.h"
#include "project/package.h"

typedef struct Intake Intake;

typedef struct {
    const bool *is_wanted; /* one a field: columns to keep; NULL: all of them */
    /* keys whose hashes are kept, beside those that must not repeat: for foreign keys */
    const KeyColumns *keys;
    size_t n_keys;
    int jobs;          /* threads; at least 1 */
    bool keeps_faulty; /* an intake is given even so when only rows have faults */
    /* the delimiter and the encoding are found though declared: of a file to bring to them */
    bool finds_dialect;
} IntakeOptions;

/* NULL after an error was reported. `path` is also the name in messages. */
[[nodiscard]] Intake *intake_read(const Resource *resource, const char *path,
                                  const IntakeOptions *options, Diag *diag);
void intake_free(Intake *intake);

const ColumnSet *intake_columns(const Intake *intake);
size_t intake_rows(const Intake *intake);
/* The i-th key of the options. */
const KeySet *intake_key(const Intake *intake, size_t i);
/* Reads the file again for these columns and adds them to the others. False after an error was
 * reported: the file has changed since. */
[[nodiscard]] bool intake_read_more(Intake *intake, const bool *is_wanted, Diag *diag);
/* Every byte of the file, in turn. False after an error was reported. */
bool intake_raw(Intake *intake, FeedBytes *take, void *user, Diag *diag);
/* How the file is written, as it was found or declared. */
const Dialect *intake_dialect(const Intake *intake);
const Reading *intake_reading(const Intake *intake, size_t field);

/* ---- clean forms ---- */

/* A line of the file as it is and as it should be, with its end of line: a row, a comment, an empty
 * line. */
typedef struct {
    size_t number; /* of its first line in the file */
    const char *old, *new;
    size_t old_len, new_len;
    size_t n_cells; /* that read otherwise */
} FixLine;

typedef void FixTake(void *user, const FixLine *line);

/* Every line in turn, with the delimiter that the package declares (a comma when it says nothing),
 * plain numbers and EDTF dates; cells, quotes, order and comments stay. What the package says of
 * the reading of a column (decimalChar, format) stays too. False after an error was reported. */
[[nodiscard]] bool intake_fix(Intake *intake, FixTake *take, void *user, Diag *diag);
/* The resource of a file that no package describes: every column a string, or a number or a date
 * when all of its cells read as one and are not written plainly. NULL after an error. */
[[nodiscard]] Resource *intake_guess(const char *path, Arena *arena, Diag *diag);

/* Rows, sorted, whose foreign key names nothing; counts as content. */
void intake_report_strangers(Intake *intake, const ForeignKey *key, const size_t *rows, size_t n,
                             const char *other, Diag *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Intake, intake_free)
