/* page/grid: the rectangles of a page's blocks. Rows are as high as their content or share what
 * remains; columns are even. Lines between rows are drawn here. Private to the room. */
#pragma once

#include "page/block.h"

/* Draws the whole page in context->frame. */
void grid_draw(const PageContext *context, const PageSpec *page);
