/* lang/fr_display: what the text keeps plain and the display raises or sets in small capitals.
 * In: one paragraph of UTF-8, already set by fr_typo. Out: spans of its bytes. Raised: the ending
 * of an ordinal (1er, 2de, XXe) and of a title cut short (Mme, Mlle, Dr), and the sign of n°, which
 * text/shape shows as a raised o. Small capitals: the
 * numeral of a century (XXe siècle), not of a king, a page or a chapter. Addresses, code,
 * identifiers and words in capitals are left alone. Linear. Source: Lexique des règles
 * typographiques, Imprimerie nationale, 2002. */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef enum { FR_DISPLAY_SUPERIOR, FR_DISPLAY_SMALL_CAPS } FrDisplay;

typedef struct {
    size_t start, end; /* bytes */
    FrDisplay display;
} FrDisplaySpan;

/* A GArray of FrDisplaySpan, in order and apart, owned by the caller. */
[[nodiscard]] GArray *fr_display_find(const char *text, size_t len);
