/* report/alt_say: values, dates and texts as a screen reader says them well: plain spaces, units
 * and currencies in full, no symbol that is spelt. Private to report/alt. Everything lives in the
 * arena.
 */
#pragma once

#include "base/value.h"

/* How the values of a column are said: through a filter of templates, then a unit. */
typedef struct {
    const char *filter; /* "number" when nothing else is known */
    const char *args[4];
    size_t n_args;
    const char *one, *many; /* a unit in words, or NULL */
    const char *measure;    /* what is measured: "le montant, en dollars" */
    bool is_noun;           /* the unit is what is counted */
} Saying;

Saying saying_plain(void);
/* Values written with this filter in a label; false when it says nothing of them. */
bool saying_of_filter(const char *const *words, size_t n, Arena *arena, Saying *ret);
/* Values that count things: vol, vols. */
Saying saying_of_noun(const char *one, const char *many, Arena *arena);
/* Values in this unit, as an axis writes it: USD, $, km, missiles. */
Saying saying_of_unit(const char *unit, Arena *arena);

const char *say_value(const Saying *saying, Value value, Arena *arena);
/* "0,7 à 2 kilotonnes" */
const char *say_values(const Saying *saying, Value from, Value to, Arena *arena);
/* "le 21 février 2025", "en novembre 2022" */
const char *say_date(Date date, Arena *arena);
/* "de 2017 à 2026", "du 5 au 30 janvier 2022", "en 2022": whole years and months as such. */
const char *say_span(Date from, Date to, Arena *arena);
/* A text made for the eye: one line, no-break spaces plain, 1,5 Md$ and 300 km in words. */
const char *say_text(const char *text, Arena *arena);
/* The text inside a sentence: an article or a preposition loses its capital. */
const char *say_within(const char *text, Arena *arena);
/* No-break spaces as plain ones, no soft hyphen. */
const char *say_plain(const char *text, Arena *arena);
