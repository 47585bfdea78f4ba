/* lang/typo_units: what follows a number and says that it measures something. */
#pragma once

#include "lang/typo_class.h"

typedef enum {
    UNIT_NONE,
    UNIT_PERCENT,  /* % ‰ */
    UNIT_CURRENCY, /* € M€ Md$ $US */
    UNIT_SYMBOL,   /* km, °C: two characters or more */
    UNIT_LETTER,   /* m, t: one letter, after a space only */
    UNIT_CODE,     /* EUR, BTC: after a space only */
    UNIT_WORD,     /* euros, ans, millions: after a space only */
} UnitKind;

typedef struct {
    UnitKind kind;
    size_t first, end; /* of the unit, without the space before it */
    bool is_spaced;    /* a space was typed before it */
    bool is_money;     /* euro(s), dollar(s) among the words */
} Unit;

/* The unit of a number that ends at i, read through the space that may part them. */
Unit unit_after(const Text *text, size_t i);
