/* cli/table_print: a query's table for people (aligned columns) or for programs (CSV). */
#pragma once

#include "data/table.h"

/* Columns as wide as their widest cell; numbers to the right. Width counts terminal columns. */
void table_print_aligned(GString *out, const Table *table);
/* RFC 4180: a header, CRLF after each record, quotes where needed; an empty cell for NULL. */
void table_print_csv(GString *out, const Table *table);
