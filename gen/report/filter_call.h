/* report/filter_call: one use of a filter, as its function sees it: the arguments, read from left
 * to right, and the fault to tell. report/filters holds the table; private to the filters. An apply
 * function gives the text, in the arena, or NULL after call_fail(). */
#pragma once

#include "base/value.h"

#include <stddef.h>

typedef struct {
    const char *const *args;
    size_t n_args, at; /* the next argument */
    const char *usage; /* the remedy when arguments are wrong */
    Arena *arena;
    const char *problem, *hint;
} Call;

const char *call_fail(Call *call, const char *problem, const char *hint);
const char *call_keep(Call *call, char *text); /* the text, now owned by the arena */
/* The place of the next argument among the words "long|full"; -1, and nothing read, if elsewhere.
 */
int call_take_word(Call *call, const char *words);
bool call_take_flag(Call *call, const char *word);
/* The last argument as a count of decimals, -1 when absent; nothing may follow it. */
bool call_take_decimals(Call *call, int *ret);
/* False, with a fault, when an argument was not read. `problem` says what it should have been. */
bool call_is_read(Call *call, const char *problem);

const char *apply_century(Call *call, Value value);
const char *apply_compact(Call *call, Value value);
const char *apply_count(Call *call, Value value);
const char *apply_count_words(Call *call, Value value);
const char *apply_money(Call *call, Value value);
const char *apply_number(Call *call, Value value);
const char *apply_ordinal(Call *call, Value value);
const char *apply_percent(Call *call, Value value);
const char *apply_unit(Call *call, Value value);

const char *apply_date(Call *call, Value value);
const char *apply_half(Call *call, Value value);
const char *apply_month(Call *call, Value value);
const char *apply_part(Call *call, Value value);
const char *apply_quarter(Call *call, Value value);
const char *apply_range(Call *call, Value value); /* of dates or of numbers */
const char *apply_time(Call *call, Value value);
const char *apply_year(Call *call, Value value);

const char *apply_after(Call *call, Value value);
const char *apply_capital(Call *call, Value value);
const char *apply_country(Call *call, Value value);
const char *apply_list(Call *call, Value value);
const char *apply_prefix(Call *call, Value value);
const char *apply_suffix(Call *call, Value value);
const char *apply_text(Call *call, Value value);
const char *apply_upper(Call *call, Value value);
