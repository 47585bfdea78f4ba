/* data/reading: what the texts of one column mean, where spreadsheets write numbers and dates their
 * own way. A Reading (project/reading) comes from the data package or is decided here from every
 * cell of the column: the one under which all of them read, unless two do and differ. */
#pragma once

#include "base/date.h"
#include "project/reading.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

/* Table Schema's own: a decimal point, no groups, bare, EDTF dates. */
extern const Reading reading_plain;

bool reading_is_same(const Reading *a, const Reading *b);

/* The plain digits of a number (-1234.5) under this reading, in ret_plain (size bytes, cut never:
 * false when they do not fit). False for what is not a number. The sign may be +, - or U+2212; no
 * digit need stand before the decimal mark; the plain reading alone has exponents, all others have
 * spaces at the ends and round the sign and the unit. Under the unit `%` a number without it
 * must be zero; under another one it may go bare; with no unit named, any text without digits is
 * one, as Table Schema has it for bareNumber. No allocation; linear in the text. */
bool reading_number(const Reading *reading, const char *text, char *ret_plain, size_t size);
/* Words are French or English: 5 janv. 2022, lundi 5 janvier 2022, Jan 5, 2022; the name of the
 * weekday is read over. A serial has five digits: four are a year. */
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
/* Each cell that is not missing, in any order. None is kept: the memory is fixed. */
void reading_survey_add(ReadingSurvey *survey, const char *text, size_t row);
ReadingVerdict reading_survey_decide(const ReadingSurvey *survey, Reading *ret_reading,
                                     ReadingDoubt *ret_doubt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(ReadingSurvey, reading_survey_free)
