/* text/cuts: where a French text may end a line, and at what price.
 * In: UTF-8 of len bytes. Out: for each byte, the penalty of ending a line before it: 0 or a price,
 * PENALTY_NEVER (inside characters too), PENALTY_FORCED after '\n'. The spaces before a line end
 * belong to the line that ends. No word is hyphenated.
 * Source: Unicode annex 14 as pango applies it, then corrected by French usage: Lexique des règles
 *   typographiques, Imprimerie nationale, 2002; impnattypo's nosingleletter. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* len + 1 prices. is_title doubles that of leaving a short word at a line's end. */
void cuts_find(const char *text, size_t len, bool is_title, int *ret_costs);
