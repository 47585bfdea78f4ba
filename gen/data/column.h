/* data/column: the rows of one file as typed columns, which is how a million rows stay small: four
 * bytes for a day or a usual number, and for a text that comes back often the number of a word said
 * once. A ColumnSet grows at its end and is read only afterwards; pieces made apart are joined in
 * order and give the same as one made whole. Rows and columns count from 0. */
#pragma once

#include "base/value.h"

#include <glib.h>

typedef enum {
    COLUMN_ABSENT, /* not kept: nobody has asked for it */
    COLUMN_INTEGER,
    COLUMN_REAL,
    COLUMN_BOOLEAN,
    COLUMN_DATE,
    COLUMN_TEXT,
} ColumnKind;

/* Texts one after the other, each ended by NUL. */
typedef struct {
    char *heap;
    size_t heap_len, heap_room;
    uint32_t *starts; /* n + 1 */
    size_t n, room;
} Words;

typedef struct {
    ColumnKind kind;
    size_t n, room;    /* rows */
    uint8_t *is_null;  /* one a row; NULL while no cell is empty */
    int32_t *small;    /* COLUMN_INTEGER while all fit, COLUMN_BOOLEAN, first days of COLUMN_DATE */
    int64_t *large;    /* COLUMN_INTEGER once one does not fit: then small is NULL */
    double *reals;     /* COLUMN_REAL */
    Date *dates;       /* COLUMN_DATE once one is not a plain day: then small is NULL */
    Words words;       /* COLUMN_TEXT: each word once, or the text of each row when codes is NULL */
    uint32_t *codes;   /* COLUMN_TEXT: the word of each row */
    uint32_t *slots;   /* hash table of the words, open addressing; word + 1, or 0 */
    size_t n_slots;    /* a power of two */
    bool has_no_codes; /* too many different texts: words are those of the rows */
} Column;

typedef struct ColumnSet ColumnSet;
struct ColumnSet {
    size_t n_columns, n_rows;
    Column *columns;
};

/* `kinds` holds n kinds. */
[[nodiscard]] ColumnSet *column_set_new(const ColumnKind *kinds, size_t n);
void column_set_free(ColumnSet *columns);
/* Puts the rows of `from`, which has the same kinds, after those of `to`; `from` is unchanged.
 * False when the texts of a column would pass 4 GB. */
[[nodiscard]] bool column_set_append(ColumnSet *to, const ColumnSet *from);
/* Makes room for that many rows, where their number can be told. */
void column_set_reserve(ColumnSet *columns, size_t n_rows);
/* No row will be added: gives back what only that needs. */
void column_set_close(ColumnSet *columns);

void column_clear(Column *column);
/* One cell more at the end of a column; the caller counts rows. */
void column_add_null(Column *column);
void column_add_integer(Column *column, int64_t value);
void column_add_real(Column *column, double value);
void column_add_day(Column *column, int32_t day);
void column_add_date(Column *column, Date date);
/* *ret_word is its word, or SIZE_MAX when words are no longer counted; true when the word is new.
 */
bool column_add_text(Column *column, const char *text, size_t len, size_t *ret_word);
void column_add_value(Column *column, Value value);

bool column_is_null(const Column *column, size_t row);
int64_t column_integer(const Column *column, size_t row);
Date column_date(const Column *column, size_t row);
/* Borrowed; ret_len may be NULL. */
const char *column_text(const Column *column, size_t row, size_t *ret_len);
Value column_value(const Column *column, size_t row); /* texts are borrowed */

static inline const char *words_text(const Words *words, size_t i) {
    return words->heap + words->starts[i];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ColumnSet, column_set_free)
