/* Dates, ranges, parts of years, quarters and times. A month is known by its name, never by a
 * number, except in the numeric style; the first day of a month is `1er`. */
#include "lang/fr_format.h"
#include "lang/fr_marks.h"

#include <glib.h>

typedef struct {
    int year, month, day; /* month and day are 0 where the precision stops */
} Civil;

static const char *const months[] = {"janvier",   "février", "mars",     "avril",
                                     "mai",       "juin",    "juillet",  "août",
                                     "septembre", "octobre", "novembre", "décembre"};
static const char *const short_months[] = {"janv.",  "févr.", "mars",  "avr.", "mai",  "juin",
                                           "juill.", "août",  "sept.", "oct.", "nov.", "déc."};
static const char *const weekdays[] = {"lundi",    "mardi",  "mercredi", "jeudi",
                                       "vendredi", "samedi", "dimanche"};

static Civil civil_read(int32_t day, DatePrecision precision) {
    Civil civil;
    date_civil(day, &civil.year, &civil.month, &civil.day);
    if (precision != DATE_DAY) civil.day = 0;
    if (precision == DATE_YEAR) civil.month = 0;
    return civil;
}

static void append_day(GString *out, int day) {
    g_string_append_printf(out, day == 1 ? "%der" : "%d", day);
}

/* `7 mai 2019` as far as the parts are known; a year of 0 leaves the year out. */
static void append_civil(GString *out, Civil civil, const char *const *names) {
    if (civil.day) {
        append_day(out, civil.day);
        g_string_append(out, NBSP);
    }
    if (civil.month) g_string_append(out, names[civil.month - 1]);
    if (civil.month && civil.year) g_string_append_c(out, ' ');
    if (civil.year) g_string_append_printf(out, "%d", civil.year);
}

static void append_numeric(GString *out, Civil civil) {
    if (civil.day) g_string_append_printf(out, "%02d/", civil.day);
    if (civil.month) g_string_append_printf(out, "%02d/", civil.month);
    g_string_append_printf(out, "%04d", civil.year);
}

/* The coarsest precision that says an interval without loss: whole years, whole months, days. */
static DatePrecision interval_precision(Date date) {
    int year, month, day, last_year, last_month, last_day;
    date_civil(date.first, &year, &month, &day);
    date_civil(date.last, &last_year, &last_month, &last_day);
    if (day != 1 || last_day != date_days_in_month(last_year, last_month)) return DATE_DAY;
    return month == 1 && last_month == 12 ? DATE_YEAR : DATE_MONTH;
}

static Civil start_of(Date date) {
    bool is_interval = date.precision == DATE_INTERVAL;
    return civil_read(date.first, is_interval ? interval_precision(date) : date.precision);
}

static Civil end_of(Date date) {
    bool is_interval = date.precision == DATE_INTERVAL;
    return civil_read(date.last, is_interval ? interval_precision(date) : date.precision);
}

char *fr_date(Date date, FrDateStyle style) {
    if (date.precision == DATE_INTERVAL) {
        bool is_label = style != FR_DATE_LONG && style != FR_DATE_FULL;
        return fr_date_range(date, date, is_label);
    }
    Civil civil = start_of(date);
    GString *out = g_string_new(NULL);
    switch (style) {
    case FR_DATE_FULL:
        if (civil.day) g_string_append_printf(out, "%s ", weekdays[date_weekday(date.first)]);
        append_civil(out, civil, months);
        break;
    case FR_DATE_LONG: append_civil(out, civil, months); break;
    case FR_DATE_SHORT: append_civil(out, civil, short_months); break;
    case FR_DATE_MONTH:
    case FR_DATE_MONTH_SHORT:
        civil.day = 0;
        append_civil(out, civil, style == FR_DATE_MONTH ? months : short_months);
        break;
    case FR_DATE_YEAR: g_string_append_printf(out, "%d", civil.year); break;
    case FR_DATE_NUMERIC: append_numeric(out, civil); break;
    case FR_DATE_DAY_MONTH:
        if (civil.month) civil.year = 0;
        append_civil(out, civil, months);
        break;
    }
    return g_string_free(out, FALSE);
}

/* What the end of the range says already is left out of its start. */
static Civil without_repetition(Civil from, Civil to) {
    if (!from.month || !to.month || from.year != to.year) return from;
    from.year = 0;
    if (from.day && to.day && from.month == to.month) from.month = 0;
    return from;
}

static void append_start(GString *out, Civil start) {
    GString *text = g_string_new(NULL);
    if (start.day && !start.month)
        append_day(text, start.day);
    else
        append_civil(text, start, months);
    g_string_append(out, text->str);
    g_string_free(text, TRUE);
}

static bool is_same(Civil a, Civil b) {
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

char *fr_date_range(Date from, Date to, bool dash) {
    Civil first = start_of(from), last = end_of(to);
    GString *out = g_string_new(NULL);
    if (is_same(first, last)) {
        append_civil(out, last, months);
        return g_string_free(out, FALSE);
    }
    Civil start = without_repetition(first, last);
    g_autoptr(GString) opening = g_string_new(NULL);
    append_start(opening, start);
    if (dash) {
        g_string_append_printf(out, "%s" EN_DASH, opening->str);
    } else if (first.day) {
        g_string_append_printf(out, "du %s ", opening->str);
    } else {
        g_autofree char *of = fr_elide("de", opening->str);
        g_string_append_printf(out, "%s ", of);
    }
    if (!dash) g_string_append(out, last.day ? "au " : "à ");
    append_civil(out, last, months);
    return g_string_free(out, FALSE);
}

char *fr_date_part(Date date, FrDatePart part, FrDateStyle style) {
    static const char *const words[] = {"début ", "mi-", "fin "};
    bool is_short = style == FR_DATE_SHORT || style == FR_DATE_MONTH_SHORT;
    Civil civil = start_of(date);
    civil.day = 0;
    if (style == FR_DATE_DAY_MONTH && civil.month) civil.year = 0;
    GString *out = g_string_new(words[part]);
    append_civil(out, civil, is_short ? short_months : months);
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
