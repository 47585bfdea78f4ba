/* lang/fr_format: French text from data: numbers, money, dates, words, lists.
 * In: numbers as decimal strings (`-0.75`, `1500000`), rounded half away from zero on their digits;
 * dates as Date, never more precise than they are known. Out: a new string, UTF-8, with its
 * no-break spaces, that lang/fr_typo leaves as it is; free it with g_free. Nothing depends on the
 * locale of the process. Text that is not a decimal number comes back as it was given.
 * Source: Lexique des règles typographiques, Imprimerie nationale, 2002; Unicode CLDR `fr`, except
 *   where it departs from the Lexique (first day of a month, signed zero, symbols of money). */
#pragma once

#include "base/date.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct {
    int decimals;      /* -1: the digits given, without trailing zeros */
    bool max_decimals; /* decimals is a maximum: trailing zeros are dropped */
    bool sign_always;  /* + too, except on zero */
    bool no_group;     /* 1234 rather than 1 234: years, identifiers */
} FrNumber;

/* opt NULL: the digits given, grouped. */
[[nodiscard]] char *fr_number(const char *decimal, const FrNumber *opt);
[[nodiscard]] char *fr_percent(const char *decimal, bool is_ratio, const FrNumber *opt);
/* The unit is a symbol, invariable: `30 km`; `°` alone is glued; "" gives the number alone. */
[[nodiscard]] char *fr_unit(const char *decimal, const char *unit, const FrNumber *opt);
/* `2,3 k`, `1 M`: decimals is a maximum, -1 for 1; the scale is chosen after rounding. */
[[nodiscard]] char *fr_compact(const char *decimal, int decimals);
/* Where the labels of an axis show its unit; years have none, and are neither grouped nor scaled.
 */
typedef enum { FR_AXIS_EACH, FR_AXIS_LAST, FR_AXIS_YEARS } FrAxis;
/* One label a value, one scale for all (k, M, Md) from the largest; zero is a bare 0. The unit is
 * "", an ISO currency code or a currency sign (`250 M$`), or another unit, which is written in full
 * without a scale (`250 000 km`). NULL-terminated, free it with g_strfreev. */
[[nodiscard]] char **fr_axis(const char *const *decimals, size_t n, const char *unit, FrAxis axis);
/* `3–6 %`; in prose, or when a bound is negative, `de 3 à 6 %`. */
[[nodiscard]] char *fr_range(const char *from, const char *to, const char *unit, bool prose);

/* words `2,5 millions de dollars`, symbol `2,5 M$`, full `2 500 000 $`. */
typedef enum { FR_MONEY_WORDS, FR_MONEY_SYMBOL, FR_MONEY_FULL } FrMoneyStyle;
/* currency: ISO 4217 code, or "" for none. decimals is a maximum (-1 for 2) in words and with a
 * scale; it is exact (-1: the digits given) in full and for symbols below 10 000. */
[[nodiscard]] char *fr_money(const char *decimal, const char *currency, FrMoneyStyle style,
                             int decimals);

/* Plural from 2 on, by the value as it is shown: 0, 1,99 and −1 are singular. Takes `1.5`, `1,5`
 * and grouped digits alike. */
bool fr_is_plural(const char *shown);
[[nodiscard]] char *fr_counted(const char *decimal, const char *singular, const char *plural);
[[nodiscard]] char *fr_ordinal(int n, bool feminine, bool plural); /* 1er 1re 2e 2es */
[[nodiscard]] char *fr_century(int century);                       /* XXe siècle */

typedef enum {
    FR_DATE_LONG,        /* 7 mai 2019 */
    FR_DATE_FULL,        /* mardi 7 mai 2019 */
    FR_DATE_SHORT,       /* 7 sept. 2019 */
    FR_DATE_MONTH,       /* septembre 2019 */
    FR_DATE_MONTH_SHORT, /* sept. 2019 */
    FR_DATE_YEAR,        /* 2019 */
    FR_DATE_NUMERIC,     /* 07/05/2019 */
    FR_DATE_DAY_MONTH,   /* 7 mai */
    FR_DATE_PROSE,       /* le 7 mai 2019, en mai 2019, dans les années 2010 */
    FR_DATE_LOOSE,       /* long, but an interval is rounded: de 2020 à mi-2021, fin 2021 */
} FrDateStyle;
const char *fr_month(int month, bool is_short); /* 1–12: septembre, sept. */
/* A month known alone gives `septembre 1984`, a year `1984`, a decade `années 2010`; an interval
 * its range, in words or, in the styles of labels, with a dash. Approximate: `vers 2016`;
 * uncertain: `peut-être 2016`, in all styles. Open ends: `depuis janvier 2020`, `jusqu’en juin
 * 2021`; unknown ones: `de janvier 2020 à une date inconnue`. */
[[nodiscard]] char *fr_date(Date date, FrDateStyle style);
/* Prose `du 5 au 9 mai 2019`, `d’avril à juin 2019`; with a dash, for labels, `5–9 mai 2019`. */
[[nodiscard]] char *fr_date_range(Date from, Date to, bool dash);
typedef enum { FR_PART_EARLY, FR_PART_MID, FR_PART_LATE } FrDatePart;
/* Part of a year or month: `début 2019`, `mi-mai 2019`. A day counts for its month; an interval in
 * no single month or year is said in full. A short style shortens the month, FR_DATE_DAY_MONTH
 * leaves its year out; the others change nothing. */
[[nodiscard]] char *fr_date_part(Date date, FrDatePart part, FrDateStyle style);
typedef enum { FR_QUARTER, FR_SEMESTER } FrPeriod;
/* `T3 2019`, `S1 2019`; in full `3e trimestre 2019`, `1er semestre 2019`. */
[[nodiscard]] char *fr_quarter(int year, int number, FrPeriod period, bool in_full);
[[nodiscard]] char *fr_time(int hour, int minute); /* 14 h 30, 9 h */

typedef enum { FR_COUNTRY_IN, FR_COUNTRY_OF, FR_COUNTRY_ARTICLE } FrCountryForm;
/* `au Chili`, `du Chili`, `le Chili`; `en`, `d’`, `l’Irak`. Accents, capitals and hyphens of the
 * name do not matter. A name that the table does not hold is feminine when it ends in -e, else
 * masculine. */
[[nodiscard]] char *fr_country(const char *name, FrCountryForm form);
/* The word and what follows it, elided or contracted as needed: `d’Ubisoft`, `de onze`. The word is
 * one that elides (le la de que je me te se ne ce si jusque lorsque puisque quoique), or two joined
 * by ` + `: `à + le`, `de + les`; of several words the last counts: `parce que`. Any other word is
 * simply followed by a space. */
[[nodiscard]] char *fr_elide(const char *word, const char *next);

/* `A, B et C`; conj NULL: et. */
[[nodiscard]] char *fr_list(const char *const *items, size_t n, const char *conj);
typedef enum { FR_LOCALE_FR, FR_LOCALE_CA, FR_LOCALE_CH } FrLocale;
/* Dictionary order, in place: letters, then accents (from the end in Canada), then case; numbers by
 * value. Equal items keep their order. */
void fr_sort(const char **items, size_t n, FrLocale locale);
/* The same order for who sorts by himself. Free it with fr_order_free. */
typedef struct FrOrder FrOrder;
[[nodiscard]] FrOrder *fr_order_new(FrLocale locale);
void fr_order_free(FrOrder *order);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FrOrder, fr_order_free)
/* Below, at or above 0; lengths in bytes. A total order: 0 for the same bytes alone. */
int fr_order_compare(const FrOrder *order, const char *a, size_t a_len, const char *b,
                     size_t b_len);

/* One request of the grammar `value ; key=value ; …`: `fr_format("money", "2500000 ; cur=USD")`.
 * Lists are parted by ` | `, ranges by ` .. `. On false ret_error holds one sentence that says what
 * is wrong and what is accepted, ret_text is untouched; on true the reverse. */
[[nodiscard]] bool fr_format(const char *kind, const char *input, char **ret_text,
                             char **ret_error);
