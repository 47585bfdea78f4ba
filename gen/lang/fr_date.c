/* Single dates, parts of years, quarters and times. A month is known by its name, never by a
 * number, except in the numeric style; the first day of a month is `1er`. Intervals are in
 * fr_date_range.c.
 * What is approximate is `vers 2016`; what is uncertain `peut-être 2016`: the adverb stands before
 * the date, so that the reader is warned first, agrees with nothing, and joins `vers` and the
 * prepositions of prose (`peut-être en 2016`), which `2016 (incertain)` would not. */
#include "lang/fr_date_words.h"
#include "lang/fr_marks.h"

#include <glib.h>

static const char *const months[] = {"janvier",   "février", "mars",     "avril",
                                     "mai",       "juin",    "juillet",  "août",
                                     "septembre", "octobre", "novembre", "décembre"};
static const char *const short_months[] = {"janv.",  "févr.", "mars",  "avr.", "mai",  "juin",
                                           "juill.", "août",  "sept.", "oct.", "nov.", "déc."};
static const char *const weekdays[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                       "vendredi", "samedi", "dimanche"};
const char *const fr_part_words[] = {"début ", "mi-", "fin "};

const char *fr_month(int month, bool is_short) {
    return is_short ? short_months[month - 1] : months[month - 1];
}

MonthNames names_of_style(FrDateStyle style) {
    if (style == FR_DATE_NUMERIC) return NAMES_NUMBERS;
    return style == FR_DATE_SHORT || style == FR_DATE_MONTH_SHORT ? NAMES_SHORT : NAMES_FULL;
}

Civil civil_read(int32_t day, DatePrecision precision) {
    Civil civil = {0};
    date_civil(day, &civil.year, &civil.month, &civil.day);
    if (precision != DATE_DAY) civil.day = 0;
    if (precision == DATE_YEAR || precision == DATE_DECADE) civil.month = 0;
    civil.is_decade = precision == DATE_DECADE;
    return civil;
}

Civil civil_cut(Civil civil, FrDateStyle style) {
    bool is_year = style == FR_DATE_YEAR;
    if (is_year || style == FR_DATE_MONTH || style == FR_DATE_MONTH_SHORT) civil.day = 0;
    if (is_year) civil.month = 0;
    return civil;
}

bool civil_is_same(Civil a, Civil b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

static void append_numbers(GString *out, Civil civil) {
    if (civil.day) g_string_append_printf(out, "%02d/", civil.day);
    if (civil.month) g_string_append_printf(out, "%02d/", civil.month);
    g_string_append_printf(out, "%04d", civil.year);
}

/* A year of 0 is left out, a month of 0 too: `5` of `du 5 au 9 mai 2019`. */
void append_civil(GString *out, Civil civil, MonthNames names) {
    if (civil.is_decade) {
        g_string_append_printf(out, "années %d", civil.year);
        return;
    }
    if (names == NAMES_NUMBERS) {
        append_numbers(out, civil);
        return;
    }
    if (civil.day) g_string_append_printf(out, civil.day == 1 ? "%der" : "%d", civil.day);
    if (civil.day && civil.month) g_string_append(out, NBSP);
    const char *const *words = names == NAMES_SHORT ? short_months : months;
    if (civil.month > 0) g_string_append(out, words[civil.month - 1]);
    if (civil.month && civil.year) g_string_append_c(out, ' ');
    if (civil.year) g_string_append_printf(out, "%d", civil.year);
}

void append_hedge(GString *out, Civil civil, unsigned qualifiers) {
    if (!qualifiers) return;
    if (qualifiers & DATE_UNCERTAIN) g_string_append(out, "peut-être ");
    if (qualifiers & DATE_APPROXIMATE) g_string_append(out, "vers ");
    g_string_append(out, civil.is_decade ? "les " : civil.day ? "le " : "");
}

void append_when(GString *out, Civil civil, unsigned qualifiers) {
    if (qualifiers & DATE_APPROXIMATE) {
        append_hedge(out, civil, qualifiers);
    } else {
        append_hedge(out, (Civil){0}, qualifiers);
        g_string_append(out, civil.is_decade ? "dans les " : civil.day ? "le " : "en ");
    }
    append_civil(out, civil, NAMES_FULL);
}

char *fr_date(Date date, FrDateStyle style) {
    if (date.precision == DATE_INTERVAL) {
        bool is_label = style != FR_DATE_LONG && style != FR_DATE_FULL && style != FR_DATE_PROSE &&
                        style != FR_DATE_LOOSE;
        return fr_interval(date, style, is_label);
    }
    Civil civil = civil_cut(civil_read(date.first, date.precision), style);
    GString *out = g_string_new(NULL);
    if (style == FR_DATE_PROSE) {
        append_when(out, civil, date_qualifiers(date));
        return g_string_free(out, FALSE);
    }
    append_hedge(out, civil, date_qualifiers(date));
    if (style == FR_DATE_FULL && civil.day)
        g_string_append_printf(out, "%s ", weekdays[date_weekday(date.first)]);
    if (style == FR_DATE_DAY_MONTH && civil.month) civil.year = 0;
    append_civil(out, civil, names_of_style(style));
    return g_string_free(out, FALSE);
}

/* The month or year that all of the date lies in; false when it lies in no single one. */
static bool read_whole(Date date, Civil *ret) {
    if (date.precision != DATE_INTERVAL) {
        *ret = civil_read(date.first, date.precision);
        ret->day = 0;
        return true;
    }
    if (!date_has_start(date) || !date_has_end(date)) return false;
    Civil last = civil_read(date.last, date_end_precision(date));
    *ret = civil_read(date.first, date_start_precision(date));
    ret->day = 0;
    if (ret->month != last.month) ret->month = 0;
    return ret->year == last.year;
}

char *fr_date_part(Date date, FrDatePart part, FrDateStyle style) {
    static const char *const of_decade[] = {"début des ", "milieu des ", "fin des "};
    Civil civil;
    if (!read_whole(date, &civil)) return fr_date(date, FR_DATE_LONG);
    if (style == FR_DATE_DAY_MONTH && civil.month) civil.year = 0;
    GString *out = g_string_new(NULL);
    append_hedge(out, (Civil){0}, date_qualifiers(date));
    g_string_append(out, civil.is_decade ? of_decade[part] : fr_part_words[part]);
    append_civil(out, civil, names_of_style(style == FR_DATE_NUMERIC ? FR_DATE_LONG : style));
    return g_string_free(out, FALSE);
}

char *fr_quarter(int year, int number, FrPeriod period, bool in_full) {
    static const char *const letters[] = {"T", "S"};
    static const char *const words[] = {"trimestre", "semestre"};
    if (!in_full) return g_strdup_printf("%s%d" NBSP "%d", letters[period], number, year);
    g_autofree char *ordinal = fr_ordinal(number, false, false);
    return g_strdup_printf("%s" NBSP "%s %d", ordinal, words[period], year);
}

char *fr_time(int hour, int minute) {
    if (minute == 0) return g_strdup_printf("%d" NBSP "h", hour);
    return g_strdup_printf("%d" NBSP "h" NBSP "%02d", hour, minute);
}
