/* page/columns: where the columns of a text break. Pure arithmetic over counts of lines.
 * In: texts in reading order, measured in rows of one grid. Out: where each column starts, in the
 * caller's arena. The columns are as low as the rules allow, then as even as can be, the last one
 * the shortest; among such breaks, those after a whole word are taken.
 * Rules: a text leaves 2 lines at the least at the foot and at the head of a column, 3 where it has
 * 6 or more; a heading stays with 2 lines of what it announces. They are never broken: a column
 * grows instead. Time: n log n in the lines.
 * Source: Lexique des règles typographiques, Imprimerie nationale, 2002 (widows and orphans). */
#pragma once

#include "base/arena.h"

#include <stdbool.h>

typedef struct {
    size_t n_lines; /* rows that it takes, at least 1 */
    size_t above;   /* rows left empty above it, but at the head of a column */
    bool is_heading;
    const bool *is_hyphenated; /* by line: ends in the middle of a word; NULL: none does */
} ColumnText;

typedef struct {
    size_t text, line;
} ColumnPlace;

typedef struct {
    ColumnPlace *starts; /* n_columns + 1; the last is the end of the texts */
    size_t n_columns;
    size_t n_rows; /* of the highest column */
    /* 0: every column is full and ends with a whole word. Else how far from it, to compare two
     * settings of the same texts. */
    size_t cost;
} Columns;

[[nodiscard]] Columns columns_fill(const ColumnText *texts, size_t n, size_t n_columns,
                                   Arena *arena);
