/* data/json_text: is a cell JSON, and of which kind? RFC 8259, at most 64 levels deep. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum { JSON_OBJECT, JSON_ARRAY, JSON_STRING, JSON_NUMBER, JSON_WORD } JsonKind;

/* *ret_n is the number of members or items. */
bool json_check(const char *text, JsonKind *ret_kind, size_t *ret_n);
/* The value of a member of `text`, an object that json_check() took; keys are compared as written,
 * without escapes. NULL without it; *ret_len counts its bytes. */
const char *json_member(const char *text, const char *key, JsonKind *ret_kind, size_t *ret_len);
