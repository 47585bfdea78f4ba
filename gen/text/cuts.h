/* text/cuts: where a French text may end a line, and at what price.
 * In: UTF-8 of len bytes. Out: for each byte, the penalty of ending a line before it:
 * PENALTY_NEVER (all bytes inside characters too), 0, or a price between; PENALTY_FORCED after '\n'.
 * Spaces before a line end belong to the line that ends.
 * Source: Unicode annex 14 as pango applies it, then corrected by French usage: Lexique des règles
 *   typographiques, Imprimerie nationale, 2002; impnattypo's nosingleletter. No word is hyphenated. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* is_title doubles the price of leaving a short word at a line's end. ret_costs: len + 1 of them. */
void cuts_find(const char *text, size_t len, bool is_title, int *ret_costs);
