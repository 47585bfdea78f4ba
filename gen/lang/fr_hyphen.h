/* lang/fr_hyphen: where a French word may be cut with an added hyphen.
 * In: one paragraph of UTF-8, already set by fr_typo. Out: for each byte, whether a line may end
 * before it. Where it is not known that a word is a common French one, it is not cut: proper names
 * and words that open a sentence with a capital (but for a few dozen of grammar), acronyms, words
 * with a digit or a sign inside, abbreviations, addresses, paths, code, English. Neither are
 * compounds, which have their own hyphen, nor the last word of a line that the author ended. A soft
 * hyphen (U+00AD) is the author's word: a cut after it, wherever it stands, and no other there.
 * Source: patterns of hyph-fr, read by libhyphen; minima, prohibitions and unfortunate halves:
 *   Lexique des règles typographiques, Imprimerie nationale, 2002; babel-french for the minima. */
#pragma once

#include "base/diag.h"

typedef struct FrHyphen FrHyphen; /* the patterns; immutable, shareable between threads */

/* path: a libhyphen dictionary, such as /usr/share/hyphen/hyph_fr.dic. NULL after an error in diag,
 * which gives the remedy: missing, unreadable, not a dictionary of French. */
[[nodiscard]] FrHyphen *fr_hyphen_load(const char *path, Diag *diag);
void fr_hyphen_free(FrHyphen *hyphens); /* NULL accepted */

/* len bytes; ret_cuts has len + 1 places, true where a line may end before that byte with an added
 * hyphen. A '\n' ends a line. Linear in len, whatever the text. */
void fr_hyphen_find(const FrHyphen *hyphens, const char *text, size_t len, bool *ret_cuts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FrHyphen, fr_hyphen_free)
