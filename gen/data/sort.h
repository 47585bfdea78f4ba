/* data/sort: rows in the order of some columns, and the rows that hold a value, as SQL orders and
 * compares them: empty cells first, numbers by value, texts byte by byte, days as their ISO text.
 * Every cell has a rank, a small number in that order; a column takes part when ranks are cheap to
 * tell, and SQLite does the others. */
#pragma once

#include "data/column.h"

/* What SQL sees of a field: its value, or what a date adds to it. */
typedef enum {
    PART_VALUE,
    PART_START, /* first and last day */
    PART_END,
    PART_PRECISION, /* year, month, day… */
    PART_QUALIFIER, /* approximate, uncertain, both, or nothing */
    PART_MONTH,     /* month() and year() of the value and of the first day */
    PART_YEAR,
    PART_START_MONTH,
    PART_START_YEAR,
    PART_SUM,   /* of an integer: itself, or its sum in a group */
    PART_COUNT, /* of the table: 1, or the rows of a group */
} Part;

typedef struct {
    const Column *column;
    Part part;
} SortColumn;

/* The month that holds every day of the date, counted from January of the year 0, or the year;
 * false when there is none. */
bool part_month(Date date, Part part, int32_t *ret_month);
bool sort_is_possible(SortColumn column);

/* ---- ranks ---- */

typedef struct {
    SortColumn sort;
    uint32_t n_ranks; /* all ranks are below; 0 stands for an empty cell */
    int64_t lowest;   /* the number that rank 1 stands for; PART_MONTH and the like count months */
    uint32_t *words;  /* COLUMN_TEXT: words in their order; rank r is words[r - 1] */
    /* how a rank is told: table[cell - first], or cell - lowest + 1 */
    const int32_t *cells;
    int32_t first;
    uint32_t *table;
    int32_t *own_cells; /* made for this, from partial dates */
    uint8_t *own_null;
    const uint8_t *is_null;
} Ranking;

/* NULL when the column has no ranks that fit 32 bits. */
[[nodiscard]] Ranking *ranking_new(SortColumn sort);
void ranking_free(Ranking *ranking);
/* The rank of a value of the column's own kind; false when no cell holds it. */
bool ranking_find_number(const Ranking *ranking, int64_t number, uint32_t *ret_rank);
bool ranking_find_text(const Ranking *ranking, const char *text, uint32_t *ret_rank);

static inline uint32_t ranking_of(const Ranking *ranking, size_t row) {
    if (ranking->is_null && ranking->is_null[row]) return 0;
    int32_t cell = ranking->cells[row];
    return ranking->table ? ranking->table[cell - ranking->first]
                          : (uint32_t)(cell - ranking->lowest + 1);
}

/* Rows in the order of the first ranking, then the second…; rows alike keep their order. */
[[nodiscard]] uint32_t *ranking_sort(Ranking *const *rankings, size_t n, size_t n_rows);

/* ---- groups ---- */

enum { MOST_GROUPS = 1 << 16 };

/* The same where ranks are few: the rows of a group, which share all ranks, are neighbours. */
typedef struct {
    uint32_t *rows;
    uint32_t *starts; /* where each group starts in rows; n_groups + 1 */
    size_t n_groups;  /* empty ones included */
} Grouping;

/* Cells of four bytes that are wanted in the order of the rows. */
typedef struct {
    const int32_t *from;
    int32_t *to;
} Payload;

/* Cells that are added up in each group. */
typedef struct {
    const int32_t *from;
    const uint8_t *is_null; /* NULL: none is */
    int64_t *sums;          /* owned by the caller; one a group */
    uint32_t *counts;       /* how many cells went into each */
} GroupSum;

/* The groups and no rows: only starts and n_groups. NULL when there would be more than MOST_GROUPS.
 */
[[nodiscard]] Grouping *grouping_sum(Ranking *const *rankings, size_t n, size_t n_rows,
                                     GroupSum *sums, size_t n_sums);
/* NULL when there would be more than MOST_GROUPS. */
[[nodiscard]] Grouping *grouping_new(Ranking *const *rankings, size_t n, size_t n_rows,
                                     const Payload *payloads, size_t n_payloads);
void grouping_free(Grouping *grouping);
/* The rank that the i-th ranking has in a group. */
uint32_t grouping_rank(Ranking *const *rankings, size_t n, size_t i, size_t group);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ranking, ranking_free)
