/* What the parts of an intake share. Private to data/intake*.c. */
#pragma once

#include "data/intake.h"
#include "data/second_look.h"

enum { MARKS_KEPT = 1000 }; /* of a file: more are counted */

struct Intake {
    const Resource *resource;
    char *path;
    Feed *feed;
    Dialect dialect; /* as found */
    CellRule *rules; /* one a field */
    size_t *fields;  /* of each label of the header */
    size_t n_labels;
    size_t header_end; /* bytes, decoded */
    int jobs;
    bool *is_open; /* one a field: its reading was not settled */
    bool finds_dialect;
    KeyColumns *keys; /* those that must not repeat, then the caller's */
    size_t n_own_keys, n_keys;
    /* of the last pass */
    ColumnSet *columns;
    GArray *marks; /* FaultMark, the first MARKS_KEPT */
    size_t n_marks, n_structure;
    KeySet **key_sets; /* one a key */
    unsigned *signs;
    size_t stop_at; /* PASS_ENCODING */
    Faults faults;
};

typedef enum {
    PASS_DONE,
    PASS_MISFIT, /* an open column is not plain */
    PASS_QUOTE,
    PASS_LONG,
    PASS_ENCODING, /* the bytes are not what the dialect says */
    PASS_CHANGED,
    PASS_ERROR,
    PASS_FULL, /* too many texts for a column */
} PassEnd;

/* One pass over the rows. `is_wanted` as in the options; `is_open` tells the columns that are tried
 * and not judged. What an earlier pass found is forgotten. */
PassEnd intake_pass(Intake *intake, const bool *is_wanted, const bool *is_open, size_t n_keys);
bool intake_find_encoding(Intake *intake, Diag *diag);
/* The first bytes decoded, without a byte order mark; the last character may be cut. */
GByteArray *intake_head(const Intake *intake);
/* Adds the cells of some columns to their surveys: one a field, NULL for others. */
void intake_survey_cells(Intake *intake, ReadingSurvey **surveys);
/* Finds the delimiter and reads the header; its faults are reported. False: rows make no sense. */
bool intake_read_header(Intake *intake, Diag *diag);
/* Every mark of the last pass, and every repeated key. */
void intake_report(Intake *intake);
/* Decides the readings of the columns that do not fit. False after a doubt was reported. */
bool intake_survey(Intake *intake, Diag *diag);
