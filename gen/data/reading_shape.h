/* data/reading_shape: a cell taken apart, before any reading: what the readings, and the survey
 * that chooses between them, look at. Texts are borrowed from the cell. Room-private. */
#pragma once

#include "data/reading.h"

typedef struct {
    bool is_negative;
    bool is_loose; /* spaces at the ends, or round the sign or the unit */
    bool has_exponent;
    bool is_zero;
    const char *unit; /* "%", "€", "USD"… */
    size_t unit_len;  /* 0: none */
    const char *body; /* first digit to last, marks and exponent included */
    size_t body_len;
    size_t n_marks;
    size_t lead;          /* digits before the first mark */
    GroupMark head;       /* the mark that all but the last are; GROUP_NONE: they differ */
    bool is_head_grouped; /* three digits after each mark but the last */
    GroupMark last;       /* the last mark */
    size_t last_digits;   /* digits after it */
} NumberShape;

bool numbershape_parse(const char *text, NumberShape *ret);
/* Whatever holds no digit is a unit. */
bool numbershape_parse_any_unit(const char *text, NumberShape *ret);
/* Every mark parts thousands, and is one of `group`; also when there is none. */
bool numbershape_is_grouped(const NumberShape *shape, GroupMark group);
/* The last mark is `decimal`, what stands before it parts thousands. */
bool numbershape_is_fraction(const NumberShape *shape, GroupMark decimal, GroupMark group);
/* Bytes of the space at p: U+0020, U+00A0, U+202F or the thin U+2009; 0 for anything else. */
size_t space_length(const char *p);
/* EUR and €, GBP and £, USD and US$ agree. */
bool unit_agrees(const char *a, size_t a_len, const char *b, size_t b_len);

/* 05/01/2022: two numbers and a year of four digits, no order yet. */
typedef struct {
    int first, second, year;
    char separator;
} DateShape;

bool dateshape_parse(const char *text, DateShape *ret);
bool dateshape_date(DateShape shape, DateOrder order, Date *ret);
bool date_parse_words(const char *text, Date *ret);
bool date_parse_serial(const char *text, Date *ret);
