/* lang/fr_number: what the generators of lang/ share to write numbers; fr_format.h is the door. */
#pragma once

#include "lang/decimal.h"

/* Comma, U+202F between groups of three, U+2212; every digit of the value as it stands. */
void number_append(GString *out, const Decimal *value, bool sign_always, bool group);
bool number_is_plural(const Decimal *shown);

/* k, M, Md after a plain scale; the first threshold differs between axes, money and counts. */
extern const DecimalScale scales_from_thousand[4];
extern const DecimalScale scales_from_ten_thousand[4];
extern const DecimalScale scales_in_words[3];

/* The sign of a currency for an ISO code or the sign itself ("$" for USD), else NULL. */
const char *currency_sign(const char *code);
