/* data/reading: what the texts of one column mean, where spreadsheets write numbers and dates their
 * own way. A Reading (project/reading) comes from the data package or is decided here from every
 * cell of the column: the one under which all of them read, unless two do and differ. */
#pragma once

#include "base/date.h"
#include "project/reading.h"

#include <stdbool.h>
#include <stddef.h>

/* Table Schema's own: a decimal point, no groups, bare, EDTF dates. */
extern const Reading reading_plain;

/* The plain digits of a number (-1234.5) under this reading, in ret_plain (size bytes, cut never:
 * false when they do not fit). False for what is not a number. */
bool reading_number(const Reading *reading, const char *text, char *ret_plain, size_t size);
bool reading_date(const Reading *reading, const char *text, Date *ret_date);

/* ---- deciding ---- */

typedef enum { SURVEY_INTEGERS, SURVEY_NUMBERS, SURVEY_DATES } SurveyKind;

typedef enum {
    READING_FOUND,     /* every cell reads */
    READING_DOUBT,     /* two readings, which differ */
    READING_NONE,      /* the one under which most cells read: the others are faults */
    READING_CONVERTED, /* as NONE: serial numbers among written dates */
} ReadingVerdict;

/* One cell that the two readings understand differently. */
typedef struct {
    char text[64], values[2][64];
    char keys[2][64]; /* what to write in the data package for each */
    size_t row;
} ReadingDoubt;

typedef struct ReadingSurvey ReadingSurvey;
[[nodiscard]] ReadingSurvey *reading_survey_new(SurveyKind kind);
void reading_survey_free(ReadingSurvey *survey);
/* Each cell that is not missing, in any order. */
void reading_survey_add(ReadingSurvey *survey, const char *text, size_t row);
ReadingVerdict reading_survey_decide(const ReadingSurvey *survey, Reading *ret_reading,
                                     ReadingDoubt *ret_doubt);
