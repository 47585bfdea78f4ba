/* base/value: one typed value of a table, a fact or a parameter, copied by value.
 * Text is borrowed from an arena. Numbers keep the decimal digits they were written with where the
 * text exists (generators of French round on decimal strings, never on binary fractions). */
#pragma once

#include "base/arena.h"
#include "base/date.h"

typedef enum { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_DATE, VALUE_BOOL } ValueKind;

typedef struct {
    ValueKind kind;
    union {
        int64_t integer; /* VALUE_INT and VALUE_BOOL */
        double real;
        const char *text;
        Date date;
    };
} Value;

bool value_is_number(Value value);
double value_number(Value value); /* 0 for what is not a number */
/* A date, or a whole number from 1 to 9999, which is a year; false otherwise. */
bool value_as_date(Value value, Date *ret_date);
/* Decimal digits without locale: 1500000, 0.25; "" for what is not a number. In the arena. */
const char *value_decimal(Value value, Arena *arena);
/* Plain machine text: ISO dates, decimal digits, true/false, "" for NULL. In the arena. */
const char *value_plain(Value value, Arena *arena);
/* Total order: NULL, numbers, dates (date_compare), text by bytes. */
int value_compare(Value a, Value b);
const char *value_kind_name(ValueKind kind);
