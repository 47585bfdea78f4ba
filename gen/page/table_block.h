/* page/table_block: a block that is a table: cells in columns, bars from zero beside their values,
 * whiskers over the range that a value is known in. Private to the room. */
#pragma once

#include "page/block.h"

/* 0 without rows to speak of: the query failed. */
double table_block_height(const PageContext *context, const Block *block, double width);
void table_block_draw(const PageContext *context, const Block *block, Rect rect);
