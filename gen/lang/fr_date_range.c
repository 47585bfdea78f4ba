/* Intervals: `de janvier 2020 à juin 2021`, `du 5 au 9 mai 2019`, `depuis 2020`, `jusqu’en 2021`.
 * An open end is said as such (`depuis`, `jusque`); one that nobody knows is `une date inconnue`,
 * as `depuis` would claim that it lasts. Inside an interval an end cannot be `vers 2016`: it is `de
 * 2016 environ à 2018`; a doubt on all that is known of it stands first (`peut-être de…`). The
 * loose style rounds each end to a part of its year, where it falls in one: January to March are
 * its beginning, May to August its middle, the last quarter its end. Other months are said. */
#include "lang/fr_date_words.h"
#include "lang/fr_marks.h"

#include <glib.h>

typedef struct {
    Civil civil;
    const char *part; /* `mi-`, before a year; NULL for none */
    unsigned flags;
    bool is_none; /* open or unknown */
} Bound;

typedef struct {
    Bound from, to;
    MonthNames names;
    unsigned qualifiers; /* said before the whole */
} Interval;

static const char *part_of(int month) {
    static const char places[] = "000.1111.222"; /* in fr_part_words, month by month */
    char place = places[month - 1];
    return place == '.' ? NULL : fr_part_words[place - '0'];
}

/* ---- the two ends */

static Bound bound_read(int32_t day, bool is_none, DatePrecision precision, unsigned flags,
                        FrDateStyle style) {
    if (is_none) return (Bound){.is_none = true, .flags = flags};
    return (Bound){.civil = civil_cut(civil_read(day, precision), style), .flags = flags};
}

static bool is_edge(Date date, bool is_end) {
    int year, month, day;
    date_civil(is_end ? date.last : date.first, &year, &month, &day);
    return is_end ? month == 12 && day == 31 : month == 1 && day == 1;
}

/* `2020` for an end on the edge of its year, `mi-2020`, or the month itself. */
static void loosen(Bound *bound, bool is_edge_of_year) {
    if (bound->is_none || !bound->civil.month) return;
    bound->part = is_edge_of_year ? NULL : part_of(bound->civil.month);
    if (is_edge_of_year || bound->part) bound->civil.month = bound->civil.day = 0;
}

/* What the end of the range says already is left out of its start. */
static void leave_repetition_out(Bound *from, const Bound *to) {
    bool both = from->civil.month && to->civil.month && !from->is_none && !to->is_none;
    if (!both || from->civil.year != to->civil.year) return;
    from->civil.year = 0;
    if (from->civil.day && to->civil.day && from->civil.month == to->civil.month)
        from->civil.month = 0;
}

/* A doubt that bears on every known end is said once. */
static void hoist_doubt(Interval *interval) {
    Bound *ends[] = {&interval->from, &interval->to};
    for (size_t i = 0; i < 2; i++)
        if (!ends[i]->is_none && !(ends[i]->flags & DATE_UNCERTAIN)) return;
    interval->qualifiers = DATE_UNCERTAIN;
    for (size_t i = 0; i < 2; i++) ends[i]->flags &= ~(unsigned)DATE_UNCERTAIN;
}

/* ---- their words */

static void append_bound(GString *out, const Bound *bound, MonthNames names) {
    if (bound->part) g_string_append(out, bound->part);
    append_civil(out, bound->civil, names);
    if (bound->flags & DATE_APPROXIMATE) g_string_append(out, " environ");
    if (bound->flags & DATE_UNCERTAIN) g_string_append(out, " (peut-être)");
}

static void append_from(GString *out, const Bound *bound, MonthNames names) {
    g_autoptr(GString) text = g_string_new(NULL);
    if (bound->is_none)
        g_string_append(text, "une date inconnue");
    else
        append_bound(text, bound, names);
    g_autofree char *of = fr_elide("de", text->str);
    if (bound->civil.day)
        g_string_append_printf(out, "du %s ", text->str);
    else
        g_string_append_printf(out, "%s ", of);
}

static void append_to(GString *out, const Bound *bound, MonthNames names) {
    if (bound->is_none) {
        g_string_append(out, "à une date inconnue");
        return;
    }
    g_string_append(out, bound->civil.day ? "au " : "à ");
    append_bound(out, bound, names);
}

static void append_since(GString *out, const Bound *from, MonthNames names) {
    g_string_append(out, from->civil.day ? "depuis le " : "depuis ");
    append_bound(out, from, names);
}

static void append_until(GString *out, Bound to, MonthNames names) {
    if (to.flags & DATE_APPROXIMATE) {
        g_string_append(out, to.civil.day ? "jusque vers le " : "jusque vers ");
        to.flags &= ~(unsigned)DATE_APPROXIMATE;
    } else {
        g_string_append(out, to.civil.day ? "jusqu" APOSTROPHE "au "
                             : to.part    ? "jusqu" APOSTROPHE "à "
                                          : "jusqu" APOSTROPHE "en ");
    }
    append_bound(out, &to, names);
}

static bool is_open(const Bound *bound) {
    return bound->is_none && !(bound->flags & DATE_UNKNOWN);
}

/* `2010–2014`; an end that is missing or hedged takes words. */
static bool takes_dash(const Interval *interval) {
    unsigned hedges = (interval->from.flags | interval->to.flags) & DATE_QUALIFIERS;
    bool is_known = !interval->from.is_none && !interval->to.is_none;
    return is_known && !hedges && !interval->qualifiers;
}

static void append_interval(GString *out, const Interval *interval, bool dash) {
    append_hedge(out, (Civil){0}, interval->qualifiers);
    if (dash && takes_dash(interval)) {
        append_bound(out, &interval->from, interval->names);
        g_string_append(out, EN_DASH);
        append_bound(out, &interval->to, interval->names);
    } else if (is_open(&interval->to) && !interval->from.is_none) {
        append_since(out, &interval->from, interval->names);
    } else if (is_open(&interval->from) && !interval->to.is_none) {
        append_until(out, interval->to, interval->names);
    } else {
        append_from(out, &interval->from, interval->names);
        append_to(out, &interval->to, interval->names);
    }
}

/* ---- the whole */

/* `mi-2021` for two whole months or more in one part of one year; NULL otherwise. */
static const char *part_of_interval(Date date, const Interval *interval) {
    const Civil from = interval->from.civil, to = interval->to.civil;
    if (interval->from.is_none || interval->to.is_none || from.year != to.year) return NULL;
    if (!from.month || !to.month || date.last - date.first + 1 < 31 + 28) return NULL;
    const char *part = part_of(from.month);
    return part == part_of(to.month) ? part : NULL;
}

static bool is_in_one_year(const Interval *interval) {
    return !interval->from.is_none && !interval->to.is_none &&
           interval->from.civil.year == interval->to.civil.year;
}

static char *fr_loose(Date date, Interval interval) {
    GString *out = g_string_new(NULL);
    const char *part = part_of_interval(date, &interval);
    if (part) {
        append_hedge(out, (Civil){0}, date_qualifiers(date));
        g_string_append_printf(out, "%s%d", part, interval.from.civil.year);
        return g_string_free(out, FALSE);
    }
    hoist_doubt(&interval);
    if (is_in_one_year(&interval)) {
        leave_repetition_out(&interval.from, &interval.to);
    } else {
        if (!interval.from.is_none) loosen(&interval.from, is_edge(date, false));
        if (!interval.to.is_none) loosen(&interval.to, is_edge(date, true));
    }
    append_interval(out, &interval, false);
    return g_string_free(out, FALSE);
}

/* Both ends in one day, month or year: that is all there is to say. */
static char *fr_same(Date date, Civil civil, FrDateStyle style) {
    GString *out = g_string_new(NULL);
    if (style == FR_DATE_PROSE) {
        append_when(out, civil, date_qualifiers(date));
        return g_string_free(out, FALSE);
    }
    append_hedge(out, civil, date_qualifiers(date));
    append_civil(out, civil, names_of_style(style));
    return g_string_free(out, FALSE);
}

char *fr_interval(Date date, FrDateStyle style, bool dash) {
    Interval interval = {
        .from = bound_read(date.first, !date_has_start(date), date_start_precision(date),
                           date.start, style),
        .to = bound_read(date.last, !date_has_end(date), date_end_precision(date), date.end, style),
        .names = names_of_style(style),
    };
    bool is_known = !interval.from.is_none && !interval.to.is_none;
    if (is_known && civil_is_same(interval.from.civil, interval.to.civil))
        return fr_same(date, interval.to.civil, style);
    if (style == FR_DATE_LOOSE) return fr_loose(date, interval);
    hoist_doubt(&interval);
    /* A number alone is no month: 05/05/2019–09/05/2019 repeats all. */
    if (interval.names != NAMES_NUMBERS) leave_repetition_out(&interval.from, &interval.to);
    bool is_one_year = !interval.from.civil.year && is_known;
    if (style == FR_DATE_DAY_MONTH && is_one_year) interval.to.civil.year = 0;
    GString *out = g_string_new(NULL);
    append_interval(out, &interval, dash);
    return g_string_free(out, FALSE);
}

char *fr_date_range(Date from, Date to, bool dash) {
    return fr_interval(date_span(from, to), FR_DATE_LONG, dash);
}
