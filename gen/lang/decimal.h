/* lang/decimal: decimal numbers as strings of digits, so that what is rounded is what was written.
 * In: optional sign, digits, optional point and digits, optional exponent (`-0.75`, `1.2e9`).
 * A binary fraction would round 2.675 to 2.67; the digits round it to 2.68, half away from zero.
 * Owned by the caller: decimal_clear(), or g_auto(Decimal). */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    bool negative;     /* never set on zero */
    GString *whole;    /* digits without leading zeros; empty below 1 */
    GString *fraction; /* digits, trailing zeros as written */
} Decimal;

/* Rounding to more places than this is asked by mistake. */
#define DECIMAL_MAX_PLACES 60

/* False, and ret untouched, on anything that is not a decimal number. */
[[nodiscard]] bool decimal_parse(const char *text, Decimal *ret);
void decimal_clear(Decimal *value);
[[nodiscard]] Decimal decimal_copy(const Decimal *value);

bool decimal_is_zero(const Decimal *value);
void decimal_shift(Decimal *value, int power); /* times 10^power, exact */
/* Half away from zero, to exactly this many places: zeros are added where digits lack. */
void decimal_round(Decimal *value, int places);
void decimal_trim(Decimal *value);                      /* drops trailing zeros of the fraction */
bool decimal_is_below(const Decimal *value, int power); /* |value| < 10^power, power >= 0 */

/* A name for 10^exponent, used for magnitudes from 10^from on. */
typedef struct {
    int exponent, from;
    const char *symbol, *word; /* k, M, Md; million, milliard */
} DecimalScale;

/* Picks the scale after rounding (999 996 000 is 1 milliard, not 1 000 millions). ret holds the
 * scaled and rounded value, trailing zeros dropped. places < 0 leaves the digits as they are.
 * scales[0] must have exponent 0. */
size_t decimal_scale(const Decimal *value, const DecimalScale *scales, size_t n, int places,
                     Decimal *ret);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Decimal, decimal_clear)
