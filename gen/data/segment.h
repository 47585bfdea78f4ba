/* data/segment: a chunk of whole records as typed columns, and what is wrong in it, told by row and
 * column without a message: these cost nothing until somebody looks (data/second_look). A segment
 * depends on its chunk and its Plan alone, so that many may be made at once. */
#pragma once

#include "data/cell.h"
#include "data/column.h"
#include "data/csv_cut.h"
#include "data/feed.h"
#include "data/rules.h"

/* ColumnSet whose values are compared between rows: a primary key, a unique column, either side of
 * a foreign key. */
typedef struct {
    const size_t *columns;
    size_t n;
} KeyColumns;

/* What is done with every row of a file in one pass. All of it is borrowed and only read. */
typedef struct {
    const Resource *resource;
    const Dialect *dialect;
    const CellRule *rules;   /* one a field, with the reading of this pass */
    const ColumnKind *kinds; /* one a field; COLUMN_ABSENT: checked and not kept */
    const size_t *fields;    /* of each label of the header; NO_FIELD for an unknown one */
    size_t n_labels;
    const KeyColumns *keys;
    size_t n_keys;
    const bool *is_open;  /* one a field: its reading is not settled, and the plain one is tried */
    bool is_utf8_checked; /* decoding has vouched for the bytes */
} Plan;

enum { NO_FIELD = SIZE_MAX };

typedef enum {
    MARK_EXTRA_CELL,
    MARK_MISSING_CELL,
    MARK_CELL, /* its type or a constraint */
    MARK_RULE, /* between columns */
    MARK_KEY,  /* a primary key is empty */
} MarkKind;

typedef struct {
    size_t row;
    size_t at; /* field, or rule */
    MarkKind kind;
} FaultMark;

typedef enum {
    SEGMENT_WHOLE,
    SEGMENT_QUOTE,    /* a quote is out of place somewhere in the chunk */
    SEGMENT_ENCODING, /* stop_at is the byte of the chunk that is not UTF-8 */
} SegmentStop;

/* What a column that is read plainly has shown about its reading. */
typedef enum {
    SIGN_NONE = 0,
    SIGN_MISFIT = 1 << 0, /* a cell is not plain */
    SIGN_GROUP = 1 << 1,  /* 1.234: a decimal mark, or one of thousands */
    SIGN_POINT = 1 << 2,  /* 12.5, 0.125 or 12345: a point can only be decimal */
} Sign;

typedef struct {
    ColumnSet *columns;
    size_t n_rows;
    GArray *marks;   /* FaultMark, rows counted in the segment */
    GArray **hashes; /* one a key: uint64_t a row; 0 where a part of the key is empty */
    unsigned *signs; /* one a field */
    SegmentStop stop;
    size_t stop_at;
    size_t start, len; /* of the chunk, in bytes */
} Segment;

/* The chunk's bytes are used up; `cut` is scratch. */
[[nodiscard]] Segment *segment_read(const Plan *plan, Chunk *chunk, CsvCut *cut);
void segment_free(Segment *segment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Segment, segment_free)
