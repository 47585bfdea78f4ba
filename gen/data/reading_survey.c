/* Which reading a column has. Numbers: every candidate reads every cell, and those that fail once
 * are out; two left that gave different digits for one cell are a doubt. Dates: what forms are
 * there, and which orders of day and month they allow. */
#include "data/reading.h"

#include <glib.h>
#include <string.h>

typedef struct {
    char decimal;
    GroupMark group;
} Candidate;

/* The simplest first: it is taken when several agree. */
static const Candidate candidates[] = {
    {'.', GROUP_NONE},  {',', GROUP_NONE}, {'.', GROUP_SPACE},      {',', GROUP_SPACE},
    {'.', GROUP_COMMA}, {',', GROUP_DOT},  {'.', GROUP_APOSTROPHE}, {',', GROUP_APOSTROPHE},
};

enum { N = G_N_ELEMENTS(candidates), SHOWN = 64 };

typedef struct {
    bool is_set;
    size_t row;
    char text[SHOWN], values[2][SHOWN];
} Example;

typedef enum {
    FORM_EDTF,
    FORM_WORDS,
    FORM_DMY,
    FORM_MDY,
    FORM_EITHER,
    FORM_SAME,
    FORM_SERIAL,
    FORM_BAD,
    N_FORMS
} DateForm;

struct ReadingSurvey {
    SurveyKind kind;
    size_t n;
    /* numbers */
    size_t read[N];
    Example differ[N][N];
    char unit[8];
    /* dates */
    size_t forms[N_FORMS];
    Example either;
};

ReadingSurvey *reading_survey_new(SurveyKind kind) {
    ReadingSurvey *survey = g_new0(ReadingSurvey, 1);
    survey->kind = kind;
    return survey;
}

void reading_survey_free(ReadingSurvey *survey) {
    g_free(survey);
}

static void set_example(Example *example, const char *text, size_t row, const char *a,
                        const char *b) {
    if (example->is_set) return;
    example->is_set = true;
    example->row = row;
    g_strlcpy(example->text, text, SHOWN);
    g_strlcpy(example->values[0], a, SHOWN);
    g_strlcpy(example->values[1], b, SHOWN);
}

/* ---- numbers ---- */

static Reading make_reading(Candidate candidate, const char *unit) {
    Reading reading = {.decimal = candidate.decimal,
                       .group = candidate.group,
                       .is_bare = !*unit,
                       .dates = DATES_ISO};
    g_strlcpy(reading.unit, unit, sizeof reading.unit);
    return reading;
}

/* The unit of a cell, as reading_number() would take it off; "" for none. */
static void find_unit(const char *text, char unit[static 8]) {
    static const char *const known[] = {"US$", "USD", "EUR", "GBP", "CHF", "CAD", "JPY",
                                        "KRW", "€",   "$",   "£",   "¥",   "%"};
    *unit = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(known) && !*unit; i++)
        if (strstr(text, known[i])) g_strlcpy(unit, known[i], 8);
}

static void add_number(ReadingSurvey *survey, const char *text, size_t row) {
    char unit[8], plain[N][SHOWN];
    bool is_read[N];
    find_unit(text, unit);
    bool is_number = false;
    for (size_t i = 0; i < N; i++) {
        Reading reading = make_reading(candidates[i], unit);
        is_read[i] = reading_number(&reading, text, plain[i], SHOWN);
        if (survey->kind == SURVEY_INTEGERS && is_read[i]) is_read[i] = !strpbrk(plain[i], ".eE");
        survey->read[i] += is_read[i];
        is_number |= is_read[i];
    }
    if (is_number && !*survey->unit) g_strlcpy(survey->unit, unit, sizeof survey->unit);
    for (size_t i = 0; i < N; i++)
        for (size_t k = 0; k < N; k++)
            if (is_read[i] && is_read[k] && strcmp(plain[i], plain[k]) != 0)
                set_example(&survey->differ[i][k], text, row, plain[i], plain[k]);
}

static void describe_number(Candidate candidate, char key[static SHOWN]) {
    static const char *const groups[] = {
        [GROUP_SPACE] = " ", [GROUP_DOT] = ".", [GROUP_COMMA] = ",", [GROUP_APOSTROPHE] = "'"};
    if (candidate.group)
        g_snprintf(key, SHOWN, "decimalChar: \"%c\", groupChar: \"%s\"", candidate.decimal,
                   groups[candidate.group]);
    else
        g_snprintf(key, SHOWN, "decimalChar: \"%c\"", candidate.decimal);
}

static void fill_doubt(const Example *example, ReadingDoubt *doubt) {
    g_strlcpy(doubt->text, example->text, sizeof doubt->text);
    for (int i = 0; i < 2; i++)
        g_strlcpy(doubt->values[i], example->values[i], sizeof doubt->values[i]);
    doubt->row = example->row;
}

static ReadingVerdict decide_number(const ReadingSurvey *survey, Reading *reading,
                                    ReadingDoubt *doubt) {
    size_t best = 0;
    for (size_t i = 1; i < N; i++)
        if (survey->read[i] > survey->read[best]) best = i;
    *reading = make_reading(candidates[best], survey->unit);
    if (survey->read[best] < survey->n) return READING_NONE;
    for (size_t i = best + 1; i < N; i++) {
        if (survey->read[i] < survey->n || !survey->differ[best][i].is_set) continue;
        fill_doubt(&survey->differ[best][i], doubt);
        describe_number(candidates[best], doubt->keys[0]);
        describe_number(candidates[i], doubt->keys[1]);
        return READING_DOUBT;
    }
    return READING_FOUND;
}

/* ---- dates ---- */

static void add_date(ReadingSurvey *survey, const char *text, size_t row) {
    static const Reading serial = {.dates = DATES_SERIAL}, words = {.dates = DATES_WORDS},
                         dmy = {.dates = DATES_DMY}, mdy = {.dates = DATES_MDY};
    Date date, other;
    DateForm form = FORM_BAD;
    if (date_parse(text, &date)) {
        form = FORM_EDTF;
    } else if (reading_date(&serial, text, &date)) {
        form = FORM_SERIAL;
    } else if (reading_date(&words, text, &date)) {
        form = FORM_WORDS;
    } else {
        bool is_dmy = reading_date(&dmy, text, &date), is_mdy = reading_date(&mdy, text, &other);
        bool is_same = is_dmy && is_mdy && date.first == other.first;
        form = is_same            ? FORM_SAME
               : is_dmy && is_mdy ? FORM_EITHER
               : is_dmy           ? FORM_DMY
               : is_mdy           ? FORM_MDY
                                  : FORM_BAD;
        char a[DATE_TEXT_SIZE], b[DATE_TEXT_SIZE];
        if (form == FORM_EITHER) {
            date_print(date, a);
            date_print(other, b);
            set_example(&survey->either, text, row, a, b);
        }
    }
    survey->forms[form]++;
}

static ReadingVerdict decide_date(const ReadingSurvey *survey, Reading *reading,
                                  ReadingDoubt *doubt) {
    const size_t *forms = survey->forms;
    size_t written = forms[FORM_EDTF] + forms[FORM_WORDS] + forms[FORM_DMY] + forms[FORM_MDY] +
                     forms[FORM_EITHER] + forms[FORM_SAME];
    *reading = reading_plain;
    if (forms[FORM_SERIAL] && !written) {
        reading->dates = DATES_SERIAL;
        return forms[FORM_BAD] ? READING_NONE : READING_FOUND;
    }
    bool has_order = forms[FORM_DMY] || forms[FORM_MDY];
    bool has_numeric = has_order || forms[FORM_EITHER] || forms[FORM_SAME];
    if (has_numeric) reading->dates = forms[FORM_MDY] > forms[FORM_DMY] ? DATES_MDY : DATES_DMY;
    if (!has_numeric && forms[FORM_WORDS]) reading->dates = DATES_WORDS;
    if (forms[FORM_SERIAL]) return READING_CONVERTED;
    if (forms[FORM_BAD] || (forms[FORM_DMY] && forms[FORM_MDY])) return READING_NONE;
    if (!forms[FORM_EITHER] || has_order) return READING_FOUND;
    fill_doubt(&survey->either, doubt);
    g_strlcpy(doubt->keys[0], "format: \"%d/%m/%Y\"", sizeof doubt->keys[0]);
    g_strlcpy(doubt->keys[1], "format: \"%m/%d/%Y\"", sizeof doubt->keys[1]);
    return READING_DOUBT;
}

/* ---- */

void reading_survey_add(ReadingSurvey *survey, const char *text, size_t row) {
    survey->n++;
    if (survey->kind == SURVEY_DATES)
        add_date(survey, text, row);
    else
        add_number(survey, text, row);
}

ReadingVerdict reading_survey_decide(const ReadingSurvey *survey, Reading *ret_reading,
                                     ReadingDoubt *ret_doubt) {
    return survey->kind == SURVEY_DATES ? decide_date(survey, ret_reading, ret_doubt)
                                        : decide_number(survey, ret_reading, ret_doubt);
}
