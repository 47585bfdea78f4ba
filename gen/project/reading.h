/* project/reading: how one column writes its numbers and dates, where spreadsheets do it their own
 * way: the decimal mark, what parts thousands, a unit, the order of day and month. Written in the
 * data package (decimalChar, groupChar, bareNumber, the format of a date) or decided from every
 * cell of the column (data/reading); it never changes within a column. */
#pragma once

#include <stdbool.h>

typedef enum {
    GROUP_NONE = 0,
    GROUP_SPACE = 1 << 0, /* U+0020, U+00A0, U+202F alike */
    GROUP_DOT = 1 << 1,
    GROUP_COMMA = 1 << 2,
    GROUP_APOSTROPHE = 1 << 3, /* ' and ’ */
} GroupMark;

typedef enum {
    DATES_ISO,    /* EDTF as date_parse() reads it, and nothing else */
    DATES_DMY,    /* 05/01/2022: also 05-01-2022, 05.01.2022, and what is written in French words */
    DATES_MDY,    /* the same, month first */
    DATES_WORDS,  /* 5 janv. 2022, 1er janvier 2022, janvier 2022; and EDTF */
    DATES_SERIAL, /* days since 1899-12-30, as Excel counts them */
} DateOrder;

typedef struct {
    char decimal;    /* '.' or ',' */
    GroupMark group; /* what may part thousands */
    bool is_bare;    /* digits only; else `unit` may follow or precede them */
    char unit[8];    /* "%", "€", "$", "EUR"…; "" any one, when !is_bare */
    DateOrder dates;
} Reading;
