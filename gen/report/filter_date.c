/* Filters of dates and times, and ranges, which dates and numbers share. */
#include "report/filter_call.h"

#include "base/i18n.h"
#include "lang/decimal.h"
#include "lang/fr_format.h"

#include <string.h>

const char *apply_date(Call *call, Value value) {
    static const FrDateStyle styles[] = {FR_DATE_LONG,    FR_DATE_FULL,      FR_DATE_SHORT,
                                         FR_DATE_NUMERIC, FR_DATE_DAY_MONTH, FR_DATE_PROSE,
                                         FR_DATE_LOOSE};
    int style = call_take_word(call, "long|full|short|numeric|day|prose|loose");
    if (call->at < call->n_args)
        return call_fail(call, "unknown style of date",
                         "use long, full, short, numeric, day, prose or loose");
    return call_keep(call, fr_date(value.date, style < 0 ? FR_DATE_LONG : styles[style]));
}

const char *apply_month(Call *call, Value value) {
    bool is_short = call_take_flag(call, "short");
    if (call->at < call->n_args)
        return call_fail(call, "unknown style of month", "use short, or none");
    return call_keep(call, fr_date(value.date, is_short ? FR_DATE_MONTH_SHORT : FR_DATE_MONTH));
}

/* A number that is a year: `2019`, without a group. */
const char *apply_year(Call *call, Value value) {
    if (value.kind == VALUE_DATE) return call_keep(call, fr_date(value.date, FR_DATE_YEAR));
    FrNumber options = {.decimals = -1, .no_group = true};
    return call_keep(call, fr_number(value_decimal(value, call->arena), &options));
}

const char *apply_part(Call *call, Value value) {
    static const FrDatePart parts[] = {FR_PART_EARLY, FR_PART_MID, FR_PART_LATE};
    int part = call_take_word(call, "early|mid|late");
    FrDateStyle style = call_take_flag(call, "short") ? FR_DATE_SHORT : FR_DATE_LONG;
    if (part < 0 || call->at < call->n_args)
        return call_fail(call, "unknown part", "use early, mid or late, then short or nothing");
    return call_keep(call, fr_date_part(value.date, parts[part], style));
}

static int month_of(int32_t day, int *ret_year) {
    int month, day_of_month;
    date_civil(day, ret_year, &month, &day_of_month);
    return month;
}

/* A text `2019-Q3`, as SQL's quarter() gives. */
static const char *period_of_text(Call *call, const char *text, const char *example, bool in_full) {
    g_autofree char *request = g_strconcat(text, in_full ? " ; style=long" : "", NULL);
    char *answer = NULL;
    g_autofree char *error = NULL;
    bool is_plain = strlen(text) == strlen("2019-Q3");
    if (is_plain && fr_format("quarter", request, &answer, &error)) return call_keep(call, answer);
    return call_fail(call, arena_printf(call->arena, _("« %s » is no such part of a year"), text),
                     arena_printf(call->arena, _("give a date, or a text such as %s"), example));
}

/* What is not known to be in one period alone (a year, an open interval) is said as a date, and so
 * is what is not sure to be there. */
static const char *period(Call *call, Value value, FrPeriod kind) {
    bool in_full = call_take_flag(call, "long");
    if (!call_is_read(call, "unknown style")) return NULL;
    if (value.kind == VALUE_TEXT)
        return period_of_text(call, value.text, kind == FR_QUARTER ? "2019-Q3" : "2019-H1",
                              in_full);
    int months = kind == FR_QUARTER ? 3 : 6, year, last_year;
    bool is_closed = date_has_start(value.date) && date_has_end(value.date);
    int number = (month_of(value.date.first, &year) - 1) / months + 1;
    int last = (month_of(value.date.last, &last_year) - 1) / months + 1;
    if (number != last || year != last_year || !is_closed || date_qualifiers(value.date))
        return call_keep(call, fr_date(value.date, FR_DATE_LONG));
    return call_keep(call, fr_quarter(year, number, kind, in_full));
}

const char *apply_quarter(Call *call, Value value) {
    return period(call, value, FR_QUARTER);
}

const char *apply_half(Call *call, Value value) {
    return period(call, value, FR_SEMESTER);
}

const char *apply_time(Call *call, Value value) {
    char *text = NULL;
    g_autofree char *error = NULL;
    if (fr_format("time", value.text, &text, &error)) return call_keep(call, text);
    return call_fail(call, arena_printf(call->arena, _("« %s » is not a time"), value.text),
                     "write it as 16:20, hours and minutes");
}

static const char *range_of_dates(Call *call, Value value, const char *bound) {
    bool is_dash = call_take_flag(call, "dash");
    if (!call_is_read(call, "unknown style of range")) return NULL;
    Date to;
    if (!date_parse(bound, &to))
        return call_fail(call, arena_printf(call->arena, _("« %s » is not a date"), bound),
                         "give the last date: range 2019-05-09, or range :name");
    if (to.last < value.date.first)
        return call_fail(call, "the range ends before it begins", "give the earlier date first");
    return call_keep(call, fr_date_range(value.date, to, is_dash));
}

static bool is_decimal(const char *text) {
    g_auto(Decimal) value = {0};
    return decimal_parse(text, &value);
}

static const char *range_of_numbers(Call *call, Value value, const char *bound) {
    bool in_words = call_take_flag(call, "words");
    const char *unit = call->at < call->n_args ? call->args[call->at++] : "";
    if (!call_is_read(call, "the unit comes last")) return NULL;
    if (!is_decimal(bound))
        return call_fail(call, arena_printf(call->arena, _("« %s » is not a number"), bound),
                         "give the other bound: range 6, or range :name");
    return call_keep(call, fr_range(value_decimal(value, call->arena), bound, unit, in_words));
}

const char *apply_range(Call *call, Value value) {
    const char *bound = call->args[call->at++];
    return value.kind == VALUE_DATE ? range_of_dates(call, value, bound)
                                    : range_of_numbers(call, value, bound);
}
