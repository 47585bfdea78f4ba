/* lang/fr_date_words: the parts of a French date, for fr_date.c and fr_date_range.c alone. */
#pragma once

#include "lang/fr_format.h"

typedef struct {
    int year, month, day; /* 0 where the precision, or the style, stops */
    bool is_decade;       /* the year is its first */
} Civil;

typedef enum { NAMES_FULL, NAMES_SHORT, NAMES_NUMBERS } MonthNames;

MonthNames names_of_style(FrDateStyle style);
Civil civil_read(int32_t day, DatePrecision precision);
/* What a style does not show is left out: its day, its month. */
Civil civil_cut(Civil civil, FrDateStyle style);
bool civil_is_same(Civil a, Civil b);
/* `7 mai 2019` as far as the parts are known, `années 2010`, `07/05/2019`. */
void append_civil(GString *out, Civil civil, MonthNames names);
/* What qualifiers put before a text of this precision: `peut-être `, `vers `, `vers le `. */
void append_hedge(GString *out, Civil civil, unsigned qualifiers);
/* `le 7 mai 2019`, `en mai 2019`, `vers 2019`: one date where a sentence places it. */
void append_when(GString *out, Civil civil, unsigned qualifiers);

/* `début `, `mi-`, `fin `. */
extern const char *const fr_part_words[];

[[nodiscard]] char *fr_interval(Date date, FrDateStyle style, bool dash);
