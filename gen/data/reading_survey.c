/* The survey keeps no cell: only how many cells each reading could read, and the first example of
 * what would tell two readings apart. Numbers: the eight pairs of a decimal mark and a group mark,
 * times the units seen. A value depends on the pair in one case only, a lone dot or comma with
 * three digits after it; so two pairs that read every cell differ if and only if such a cell was
 * seen and one takes its mark for the decimal mark, the other for a group mark. */
#include "data/reading_shape.h"

#include <string.h>

enum { SHOWN = 64 }; /* bytes, as in ReadingDoubt */

typedef struct {
    char text[SHOWN];
    size_t row;
    bool is_set;
} Example;

/* In the order of choice where several give the same values. */
static const struct Pair {
    char decimal;
    GroupMark mark, group;
} pairs[] = {
    {'.', GROUP_DOT, GROUP_NONE},       {'.', GROUP_DOT, GROUP_SPACE},
    {',', GROUP_COMMA, GROUP_NONE},     {',', GROUP_COMMA, GROUP_SPACE},
    {',', GROUP_COMMA, GROUP_DOT},      {'.', GROUP_DOT, GROUP_COMMA},
    {'.', GROUP_DOT, GROUP_APOSTROPHE}, {',', GROUP_COMMA, GROUP_APOSTROPHE},
};

enum { N_PAIRS = G_N_ELEMENTS(pairs), N_UNITS = 4, N_ORDERS = DATES_SERIAL + 1 };

typedef struct {
    char text[8];
    size_t n;
} UnitCount;

struct ReadingSurvey {
    SurveyKind kind;
    size_t n_added;
    size_t n;               /* of them, those that some reading reads */
    size_t n_read[N_PAIRS]; /* cells each pair reads, their units aside */
    size_t n_loose;         /* read by the first pair only when there is a unit */
    size_t n_exponents;     /* read by the first pair only when there is none */
    size_t n_long;          /* four digits or more in a row before the decimal mark */
    Example lone_dot, lone_comma;
    UnitCount units[N_UNITS];
    size_t n_bare, n_bare_zero;

    size_t n_dates[N_ORDERS]; /* cells each order reads */
    Example order;            /* another date in the other order */
};

ReadingSurvey *reading_survey_new(SurveyKind kind) {
    ReadingSurvey *survey = g_new0(ReadingSurvey, 1);
    survey->kind = kind;
    return survey;
}

void reading_survey_free(ReadingSurvey *survey) {
    g_free(survey);
}

/* A longer text is cut: no number nor date that tells readings apart is so long. */
static void keep_example(Example *example, const char *text, size_t row) {
    if (example->is_set) return;
    size_t len = strlen(text);
    if (len >= sizeof example->text) {
        const char *end = g_utf8_find_prev_char(text, text + sizeof example->text);
        len = end ? (size_t)(end - text) : 0;
    }
    memcpy(example->text, text, len);
    example->text[len] = '\0';
    example->row = row;
    example->is_set = true;
}

static bool pair_reads(const struct Pair *pair, const NumberShape *shape, bool is_integer) {
    if (shape->has_exponent && (pair != pairs || is_integer)) return false;
    if (numbershape_is_grouped(shape, pair->group)) return true;
    return !is_integer && numbershape_is_fraction(shape, pair->mark, pair->group);
}

static bool count_pairs(ReadingSurvey *survey, const NumberShape *shape) {
    bool is_read = false;
    for (size_t i = 0; i < N_PAIRS; i++) {
        if (!pair_reads(&pairs[i], shape, survey->kind == SURVEY_INTEGERS)) continue;
        survey->n_read[i]++;
        is_read = true;
        if (i == 0) survey->n_loose += shape->is_loose;
    }
    return is_read;
}

static void count_unit(ReadingSurvey *survey, const NumberShape *shape) {
    if (shape->unit_len == 0) {
        survey->n_bare++;
        survey->n_bare_zero += shape->is_zero;
        return;
    }
    for (size_t i = 0; i < N_UNITS; i++) {
        UnitCount *unit = &survey->units[i];
        if (unit->n == 0) memcpy(unit->text, shape->unit, shape->unit_len);
        if (!unit_agrees(unit->text, strlen(unit->text), shape->unit, shape->unit_len)) continue;
        unit->n++;
        return;
    }
}

/* A lone mark with three digits after it, and no zero nor more than three digits before it. */
static void keep_lone(ReadingSurvey *survey, const NumberShape *shape, const char *text,
                      size_t row) {
    if (survey->kind == SURVEY_INTEGERS || shape->n_marks != 1 || shape->has_exponent) return;
    if (!numbershape_is_grouped(shape, GROUP_DOT | GROUP_COMMA)) return;
    keep_example(shape->last == GROUP_DOT ? &survey->lone_dot : &survey->lone_comma, text, row);
}

static void add_number(ReadingSurvey *survey, const char *text, size_t row) {
    NumberShape shape;
    if (!numbershape_parse(text, &shape)) return;
    if (shape.has_exponent && (shape.is_loose || shape.unit_len)) return;
    if (!count_pairs(survey, &shape)) return;
    survey->n++;
    survey->n_exponents += shape.has_exponent;
    survey->n_long += shape.lead >= 4;
    count_unit(survey, &shape);
    keep_lone(survey, &shape, text, row);
}

static void count_orders(ReadingSurvey *survey, DateShape shape, const char *text, size_t row) {
    Date day_first, month_first;
    bool is_dmy = dateshape_date(shape, DATES_DMY, &day_first);
    bool is_mdy = dateshape_date(shape, DATES_MDY, &month_first);
    survey->n += is_dmy || is_mdy;
    survey->n_dates[DATES_DMY] += is_dmy;
    survey->n_dates[DATES_MDY] += is_mdy;
    if (is_dmy && is_mdy && day_first.first != month_first.first)
        keep_example(&survey->order, text, row);
}

static void add_date(ReadingSurvey *survey, const char *text, size_t row) {
    Date date;
    DateShape shape;
    bool is_iso = date_parse(text, &date);
    if (!is_iso && dateshape_parse(text, &shape)) {
        count_orders(survey, shape, text, row);
    } else if (is_iso || date_parse_words(text, &date)) {
        survey->n++;
        survey->n_dates[DATES_ISO] += is_iso;
        survey->n_dates[DATES_WORDS]++;
        survey->n_dates[DATES_DMY]++;
        survey->n_dates[DATES_MDY]++;
    } else if (date_parse_serial(text, &date)) {
        survey->n++;
        survey->n_dates[DATES_SERIAL]++;
    }
}

void reading_survey_add(ReadingSurvey *survey, const char *text, size_t row) {
    survey->n_added++;
    if (survey->kind == SURVEY_DATES)
        add_date(survey, text, row);
    else
        add_number(survey, text, row);
}

/* The cells a unit would read, or bare numbers when `unit` is NULL. */
static size_t count_under(const ReadingSurvey *survey, const UnitCount *unit) {
    if (!unit) return survey->n_bare;
    return unit->n + (strcmp(unit->text, "%") == 0 ? survey->n_bare_zero : survey->n_bare);
}

static const UnitCount *best_unit(const ReadingSurvey *survey) {
    const UnitCount *best = NULL;
    for (size_t i = 0; i < N_UNITS; i++) {
        const UnitCount *unit = &survey->units[i];
        if (unit->n && count_under(survey, unit) > count_under(survey, best)) best = unit;
    }
    return best;
}

static size_t count_pair(const ReadingSurvey *survey, size_t i, bool is_bare) {
    size_t n = survey->n_read[i];
    if (i == 0) n -= is_bare ? survey->n_loose : survey->n_exponents;
    return n;
}

static Reading make_reading(size_t i, const UnitCount *unit) {
    Reading reading = {.decimal = pairs[i].decimal, .group = pairs[i].group, .is_bare = !unit};
    if (unit) memcpy(reading.unit, unit->text, sizeof reading.unit);
    return reading;
}

/* Bits of the pairs that read every cell. */
static unsigned whole_pairs(const ReadingSurvey *survey, bool is_bare) {
    unsigned whole = 0, no_group = 0;
    for (size_t i = 0; i < N_PAIRS; i++) {
        if (count_pair(survey, i, is_bare) != survey->n) continue;
        whole |= 1u << i;
        if (!(pairs[i].group & (GROUP_DOT | GROUP_COMMA))) no_group |= 1u << i;
    }
    /* 1234 beside 1.234: who writes the one does not part thousands in the other. */
    return survey->n_long && no_group ? no_group : whole;
}

static size_t best_pair(const ReadingSurvey *survey, bool is_bare) {
    size_t best = 0;
    for (size_t i = 1; i < N_PAIRS; i++)
        if (count_pair(survey, i, is_bare) > count_pair(survey, best, is_bare)) best = i;
    return best;
}

static bool differ_on(const struct Pair *a, const struct Pair *b, GroupMark mark) {
    return (a->mark == mark && b->group == mark) || (a->group == mark && b->mark == mark);
}

/* The cell that the two pairs read as different numbers; NULL: none. */
static const Example *find_difference(const ReadingSurvey *survey, size_t a, size_t b) {
    if (survey->lone_dot.is_set && differ_on(&pairs[a], &pairs[b], GROUP_DOT))
        return &survey->lone_dot;
    if (survey->lone_comma.is_set && differ_on(&pairs[a], &pairs[b], GROUP_COMMA))
        return &survey->lone_comma;
    return NULL;
}

static void print_key(const Reading *reading, char ret[static SHOWN]) {
    char group[32] = "";
    if (reading->group != GROUP_NONE)
        g_snprintf(group, sizeof group, ", groupChar: \"%s\"",
                   reading->group == GROUP_SPACE        ? " "
                   : reading->group == GROUP_DOT        ? "."
                   : reading->group == GROUP_APOSTROPHE ? "'"
                                                        : ",");
    g_snprintf(ret, SHOWN, "decimalChar: \"%c\"%s%s", reading->decimal, group,
               reading->is_bare ? "" : ", bareNumber: false");
}

static ReadingVerdict doubt_number(const Example *example, const Reading *first,
                                   const Reading *second, ReadingDoubt *ret) {
    *ret = (ReadingDoubt){.row = example->row};
    memcpy(ret->text, example->text, sizeof ret->text);
    for (size_t i = 0; i < 2; i++) {
        const Reading *reading = i == 0 ? first : second;
        if (!reading_number(reading, example->text, ret->values[i], sizeof ret->values[i]))
            ret->values[i][0] = '\0';
        print_key(reading, ret->keys[i]);
    }
    return READING_DOUBT;
}

/* A text among numbers is a fault anyway, and a column of texts is none of numbers: no doubt. */
static ReadingVerdict decide_number(const ReadingSurvey *survey, Reading *ret,
                                    ReadingDoubt *ret_doubt) {
    const UnitCount *unit = best_unit(survey);
    unsigned whole = whole_pairs(survey, !unit);
    size_t first = whole ? (size_t)g_bit_nth_lsf(whole, -1) : best_pair(survey, !unit);
    *ret = make_reading(first, unit);
    if (!whole || count_under(survey, unit) != survey->n_added) return READING_NONE;
    for (size_t i = first + 1; i < N_PAIRS; i++) {
        const Example *example = whole & 1u << i ? find_difference(survey, first, i) : NULL;
        const Reading other = make_reading(i, unit);
        if (example) return doubt_number(example, ret, &other, ret_doubt);
    }
    return READING_FOUND;
}

static ReadingVerdict doubt_date(const Example *example, ReadingDoubt *ret) {
    *ret = (ReadingDoubt){.row = example->row};
    memcpy(ret->text, example->text, sizeof ret->text);
    DateShape shape;
    if (!dateshape_parse(example->text, &shape)) g_assert_not_reached();
    for (size_t i = 0; i < 2; i++) {
        bool is_day_first = i == 0;
        Date date;
        if (dateshape_date(shape, is_day_first ? DATES_DMY : DATES_MDY, &date))
            date_print(date, ret->values[i]);
        g_snprintf(ret->keys[i], sizeof ret->keys[i], "format: \"%%%c%c%%%c%c%%Y\"",
                   is_day_first ? 'd' : 'm', shape.separator, is_day_first ? 'm' : 'd',
                   shape.separator);
    }
    return READING_DOUBT;
}

static ReadingVerdict decide_date(const ReadingSurvey *survey, Reading *ret,
                                  ReadingDoubt *ret_doubt) {
    static const DateOrder choice[] = {DATES_ISO, DATES_WORDS, DATES_DMY, DATES_MDY, DATES_SERIAL};
    DateOrder best = DATES_ISO;
    for (size_t i = 1; i < G_N_ELEMENTS(choice); i++)
        if (survey->n_dates[choice[i]] > survey->n_dates[best]) best = choice[i];
    *ret = reading_plain;
    ret->dates = best;
    size_t n_serials = survey->n_dates[DATES_SERIAL];
    if (n_serials && n_serials < survey->n) return READING_CONVERTED;
    if (survey->n_dates[best] != survey->n_added) return READING_NONE;
    bool is_either = survey->n_dates[DATES_DMY] == survey->n_dates[DATES_MDY];
    if (is_either && survey->order.is_set) return doubt_date(&survey->order, ret_doubt);
    return READING_FOUND;
}

ReadingVerdict reading_survey_decide(const ReadingSurvey *survey, Reading *ret_reading,
                                     ReadingDoubt *ret_doubt) {
    if (survey->kind == SURVEY_DATES) return decide_date(survey, ret_reading, ret_doubt);
    return decide_number(survey, ret_reading, ret_doubt);
}
