/* data/sort: rows in the order of some columns, and the rows that hold a value, as SQL orders and
 * compares them: empty cells first, numbers by value, texts byte by byte, days as their ISO text.
 * A column takes part when its cells have 32-bit keys in that order; SQLite does the others. */
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
} Part;

typedef struct {
    const Column *column;
    Part part;
} SortColumn;

/* The month that holds every day of the date, counted from January of the year 0, or the year;
 * false when there is none. */
bool part_month(Date date, Part part, int32_t *ret_month);

/* 0 stands for an empty cell. One a row, sorted as SQL does; NULL when the column has no such keys.
 */
typedef struct {
    uint32_t *ranks;
    uint32_t n_ranks; /* all ranks are below */
    int64_t lowest;   /* what rank 1 stands for, where the cells are numbers */
    uint32_t *words;  /* COLUMN_TEXT: words in their order; rank r is words[r - 1] */
} Ranks;
[[nodiscard]] Ranks *ranks_new(SortColumn column);
void ranks_free(Ranks *ranks);
/* The rank of a value of the column's own kind; false when no cell holds it. */
bool ranks_find_number(const Ranks *ranks, int64_t number, uint32_t *ret_rank);
bool ranks_find_text(const Ranks *ranks, const Column *column, const char *text,
                     uint32_t *ret_rank);
/* Rows in the order of the first column, then the second…; rows alike keep their order. */
[[nodiscard]] uint32_t *ranks_sort(Ranks *const *columns, size_t n_columns, size_t n_rows);

bool sort_is_possible(SortColumn column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Ranks, ranks_free)
