#include "data/date_pattern.h"

#include <glib.h>
#include <string.h>

/* Longest first where one starts another. Folded: no case, no accent. */
static const struct {
    const char *name;
    int month;
} months[] = {
    {"janvier", 1},   {"january", 1},   {"janv", 1},      {"jan", 1},      {"fevrier", 2},
    {"february", 2},  {"fevr", 2},      {"fev", 2},       {"feb", 2},      {"mars", 3},
    {"march", 3},     {"mar", 3},       {"avril", 4},     {"april", 4},    {"avr", 4},
    {"apr", 4},       {"mai", 5},       {"may", 5},       {"juin", 6},     {"june", 6},
    {"jun", 6},       {"juillet", 7},   {"juill", 7},     {"july", 7},     {"juil", 7},
    {"jul", 7},       {"aout", 8},      {"august", 8},    {"aug", 8},      {"septembre", 9},
    {"september", 9}, {"sept", 9},      {"sep", 9},       {"octobre", 10}, {"october", 10},
    {"oct", 10},      {"novembre", 11}, {"november", 11}, {"nov", 11},     {"decembre", 12},
    {"december", 12}, {"dec", 12},
};

/* A letter of a French month without case and accent; *ret_len is what it takes. */
static char fold(const char *text, size_t *ret_len) {
    static const struct {
        const char *letter;
        char folded;
    } accents[] = {{"é", 'e'}, {"É", 'e'}, {"û", 'u'}, {"Û", 'u'}, {"è", 'e'}};
    *ret_len = 1;
    for (size_t i = 0; i < G_N_ELEMENTS(accents); i++) {
        size_t len = strlen(accents[i].letter);
        if (strncmp(text, accents[i].letter, len) != 0) continue;
        *ret_len = len;
        return accents[i].folded;
    }
    bool is_decomposed = /* as macOS writes */
        *text && (strncmp(text + 1, "\u0301", 2) == 0 || strncmp(text + 1, "\u0302", 2) == 0);
    if (is_decomposed) *ret_len = 3;
    return g_ascii_tolower(*text);
}

int month_name_read(const char *text, size_t *ret_len) {
    for (size_t i = 0; i < G_N_ELEMENTS(months); i++) {
        const char *at = text, *name = months[i].name;
        size_t len = 0;
        while (*name && *at && fold(at, &len) == *name) at += len, name++;
        if (*name) continue;
        bool goes_on = g_unichar_isalpha(g_utf8_get_char(at)); /* part of a longer word */
        if (goes_on) continue;
        at += *at == '.';
        *ret_len = (size_t)(at - text);
        return months[i].month;
    }
    return 0;
}

static bool read_digits(const char **text, int least, int most, int *ret) {
    int n = 0, value = 0;
    while (n < most && g_ascii_isdigit(**text)) value = value * 10 + (*(*text)++ - '0'), n++;
    *ret = value;
    return n >= least;
}

typedef struct {
    int year, month, day, day_of_year, hour, minute, second;
    double fraction; /* of a second */
} Parts;

/* Two digits, as POSIX reads them. */
static bool read_short_year(const char **text, int *ret_year) {
    if (!read_digits(text, 2, 2, ret_year)) return false;
    *ret_year += *ret_year >= 69 ? 1900 : 2000;
    return true;
}

static bool read_fraction(const char **text, double *ret_fraction) {
    double unit = 0.1;
    const char *start = *text;
    for (; g_ascii_isdigit(**text) && *text < start + 6; ++*text, unit /= 10)
        *ret_fraction += (**text - '0') * unit;
    return *text > start;
}

static bool read_directive(char directive, const char **text, Parts *parts) {
    size_t len;
    switch (directive) {
    case 'd': return read_digits(text, 1, 2, &parts->day) && parts->day >= 1;
    case 'm': return read_digits(text, 1, 2, &parts->month) && parts->month >= 1;
    case 'Y': return read_digits(text, 4, 4, &parts->year);
    case 'y': return read_short_year(text, &parts->year);
    case 'f': return read_fraction(text, &parts->fraction);
    case 'H': return read_digits(text, 1, 2, &parts->hour) && parts->hour < 24;
    case 'M': return read_digits(text, 1, 2, &parts->minute) && parts->minute < 60;
    case 'S': return read_digits(text, 1, 2, &parts->second) && parts->second < 61;
    case 'j': return read_digits(text, 1, 3, &parts->day_of_year) && parts->day_of_year >= 1;
    case 'b':
    case 'B':
        parts->month = month_name_read(*text, &len);
        if (parts->month) *text += len;
        return parts->month > 0;
    default: return *(*text)++ == '%';
    }
}

static bool make_date(const Parts *parts, Date *ret_date) {
    if (parts->year < 1) return false;
    if (parts->day_of_year) {
        Date year = date_from_ymd(parts->year, 0, 0);
        int32_t day = year.first + parts->day_of_year - 1;
        *ret_date = date_of_day(day);
        return parts->day_of_year >= 1 && day <= year.last;
    }
    bool has_month = parts->month >= 1 && parts->month <= 12;
    if (parts->month > 12 || (parts->day && !has_month)) return false;
    if (parts->day > (has_month ? date_days_in_month(parts->year, parts->month) : 0)) return false;
    *ret_date = date_from_ymd(parts->year, parts->month, parts->day);
    return true;
}

/* Spaces, those of French typography too. */
static const char *skip_spaces(const char *text) {
    for (;;) {
        gunichar c = g_utf8_get_char(text);
        if (c != ' ' && c != '\t' && c != 0xA0 && c != 0x202F && c != 0x2009) return text;
        text = g_utf8_next_char(text);
    }
}

static bool match(const char *pattern, const char *text, Parts *parts, bool *ret_has_date) {
    for (; *pattern; pattern++) {
        if (*pattern == ' ') {
            const char *after = skip_spaces(text);
            if (after == text) return false;
            text = after;
        } else if (*pattern != '%') {
            if (*text++ != *pattern) return false;
        } else {
            *ret_has_date |= strchr("dmYyjbB", pattern[1]) != NULL;
            if (!read_directive(*++pattern, &text, parts)) return false;
        }
    }
    return !*text;
}

bool date_pattern_read(const char *pattern, const char *text, Date *ret_date, double *ret_seconds) {
    Parts parts = {0};
    bool has_date = false;
    if (!match(pattern, text, &parts, &has_date)) return false;
    if (has_date && !make_date(&parts, ret_date)) return false;
    if (!has_date) *ret_date = (Date){0};
    if (ret_seconds)
        *ret_seconds = (parts.hour * 60 + parts.minute) * 60 + parts.second + parts.fraction;
    return true;
}

char *date_pattern_example(const char *pattern) {
    static const struct {
        char directive;
        const char *text;
    } examples[] = {{'d', "27"},  {'m', "11"},   {'Y', "2019"}, {'y', "19"},
                    {'j', "331"}, {'H', "16"},   {'M', "20"},   {'S', "00"},
                    {'f', "0"},   {'b', "nov."}, {'%', "%"},    {'B', "novembre"}};
    GString *text = g_string_new(NULL);
    for (; *pattern; pattern++) {
        if (*pattern != '%') {
            g_string_append_c(text, *pattern);
            continue;
        }
        pattern++;
        for (size_t i = 0; i < G_N_ELEMENTS(examples); i++)
            if (examples[i].directive == *pattern) g_string_append(text, examples[i].text);
    }
    return g_string_free(text, FALSE);
}
