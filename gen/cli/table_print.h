/* cli/table_print: a query's table for people (aligned columns) or for programs (CSV,
 * JSON). */
#pragma once

#include "data/table.h"

/* Columns as wide as their widest cell, numbers to the right, NULL in letters. Where they take more
 * than `room` terminal columns, long texts are cut with an ellipsis; numbers never are. */
void table_print_aligned(GString *out, const Table *table, size_t room);
/* RFC 4180: a header, CRLF after each record, quotes where needed; an empty cell for NULL. */
void table_print_csv(GString *out, const Table *table);
/* One object a row on a line of its own: texts and dates are strings. */
void table_print_json(GString *out, const Table *table);
