#include "data/moment.h"

#include "data/date_pattern.h"

#include <string.h>

enum { DAY_SECONDS = 24 * 60 * 60 };

/* ---- times ---- */

static bool read_two(const char *text, int most, double *ret) {
    if (!g_ascii_isdigit(text[0]) || !g_ascii_isdigit(text[1])) return false;
    *ret = (text[0] - '0') * 10 + text[1] - '0';
    return *ret <= most;
}

/* `.25` after the seconds. */
static const char *read_fraction(const char *text, double *seconds) {
    double unit = 0.1;
    if (*text != '.' || !g_ascii_isdigit(text[1])) return text;
    for (text++; g_ascii_isdigit(*text); text++, unit /= 10) *seconds += (*text - '0') * unit;
    return text;
}

/* `16:20:05`, or `16:20` when seconds may be left out; a second more than 59 is a leap one. NULL,
 * or what follows. */
static const char *read_clock(const char *text, bool needs_seconds, double *ret_seconds) {
    double hours, minutes, seconds = 0;
    if (!read_two(text, 23, &hours) || text[2] != ':' || !read_two(text + 3, 59, &minutes))
        return NULL;
    text += 5;
    if (*text == ':') {
        if (!read_two(text + 1, 60, &seconds)) return NULL;
        text = read_fraction(text + 3, &seconds);
    } else if (needs_seconds) {
        return NULL;
    }
    *ret_seconds = (hours * 60 + minutes) * 60 + seconds;
    return text;
}

/* `Z`, `+01:00`, or nothing. */
static const char *skip_zone(const char *text) {
    double ignored;
    if (*text == 'Z') return text + 1;
    if (*text != '+' && *text != '-') return text;
    bool is_zone =
        read_two(text + 1, 14, &ignored) && text[3] == ':' && read_two(text + 4, 59, &ignored);
    return is_zone ? text + 6 : text;
}

static bool read_time(const Field *field, const char *text, double *ret_seconds) {
    Date ignored;
    if (field->date_format)
        return date_pattern_read(field->date_format, text, &ignored, ret_seconds);
    const char *end = read_clock(text, field->format == FORMAT_DEFAULT, ret_seconds);
    return end && !*skip_zone(end);
}

static bool read_datetime(const Field *field, const char *text, double *ret_seconds) {
    Date date;
    bool is_any = field->format == FORMAT_ANY;
    if (field->date_format) {
        if (!date_pattern_read(field->date_format, text, &date, ret_seconds)) return false;
    } else {
        char day[sizeof "2019-11-27"];
        if (g_strlcpy(day, text, sizeof day) < sizeof day) return false;
        char mark = text[sizeof day - 1];
        if (mark != 'T' && !(is_any && mark == ' ')) return false;
        if (!date_parse(day, &date) || !date_is_day(date)) return false;
        const char *end = read_clock(text + sizeof day, !is_any, ret_seconds);
        if (!end || *skip_zone(end)) return false;
    }
    *ret_seconds += (double)date.first * DAY_SECONDS;
    return true;
}

/* ---- durations ---- */

typedef struct {
    double months, seconds;
} Parts;

/* How many seconds one of a unit is, or months, which are longer or shorter. */
static const struct {
    char unit;
    bool is_time;
    double months, seconds;
} units[] = {
    {'Y', false, 12, 0},
    {'M', false, 1, 0},
    {'W', false, 0, 7.0 * DAY_SECONDS},
    {'D', false, 0, DAY_SECONDS},
    {'H', true, 0, 3600},
    {'M', true, 0, 60},
    {'S', true, 0, 1},
};

/* A number and its unit; only seconds have a fraction. Units come in order, each once. */
static const char *read_part(const char *text, bool is_time, size_t *next, Parts *parts) {
    double count = 0;
    const char *start = text;
    for (; g_ascii_isdigit(*text); text++) count = count * 10 + (*text - '0');
    const char *digits_end = text;
    if (text > start) text = read_fraction(text, &count);
    if (text == start) return NULL;
    for (; *next < G_N_ELEMENTS(units); ++*next) {
        if (units[*next].unit != *text || units[*next].is_time != is_time) continue;
        if (text > digits_end && *text != 'S') return NULL;
        parts->months += count * units[*next].months;
        parts->seconds += count * units[*next].seconds;
        ++*next;
        return text + 1;
    }
    return NULL;
}

/* One month is 28 to 31 days; a run of them is within three days of its mean. */
static Moment moment_of(Parts parts) {
    static const double mean = 365.2425 / 12, slack = 3;
    double shortest = parts.months * mean - slack, longest = parts.months * mean + slack;
    if (parts.months == 0) shortest = longest = 0;
    if (parts.months == 1) shortest = 28, longest = 31;
    return (Moment){shortest * DAY_SECONDS + parts.seconds, longest * DAY_SECONDS + parts.seconds};
}

/* -P1Y2M3DT4H5M6.7S, or P2W. */
static bool read_duration(const char *text, Moment *ret_moment) {
    bool is_negative = *text == '-', is_time = false, has_part = false;
    Parts parts = {0};
    size_t next = 0;
    text += is_negative;
    if (*text++ != 'P') return false;
    while (*text) {
        if (*text == 'T' && !is_time && text[1]) {
            is_time = true;
            text++;
        }
        text = read_part(text, is_time, &next, &parts);
        if (!text) return false;
        has_part = true;
    }
    Moment moment = moment_of(parts);
    *ret_moment = is_negative ? (Moment){-moment.high, -moment.low} : moment;
    return has_part;
}

bool moment_read(const Field *field, const char *text, Moment *ret_moment) {
    double seconds = 0;
    if (field->type == FIELD_DURATION) return read_duration(text, ret_moment);
    bool is_read = field->type == FIELD_TIME ? read_time(field, text, &seconds)
                                             : read_datetime(field, text, &seconds);
    *ret_moment = (Moment){seconds, seconds};
    return is_read;
}
