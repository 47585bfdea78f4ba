/* page/prose: running text in columns and the notes under it. Private to the room.
 * Every baseline lies on a grid of the text's leading, so that lines face each other across the
 * columns; a heading takes whole rows of it. Paragraphs start with an indent of 1 em, after a
 * heading too, and follow one another without space: French usage. The notes stand under all
 * columns, below a short rule, in as many columns, on a grid of their own.
 * Lengths in the medium's unit. */
#pragma once

#include "page/block.h"

double prose_height(const PageContext *context, const Block *block, double width);
/* The text at the top of the rectangle, the notes at its foot: the rectangle is at least as high as
 * prose_height(), or it is a fault. */
void prose_draw(const PageContext *context, const Block *block, Rect rect);
