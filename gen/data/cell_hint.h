/* data/cell_hint: what somebody meant who wrote « 12,5 M$ » for a number or « 27/11/2019 » for a
 * date: the remedy of a type-error, never the value. */
#pragma once

#include "project/package.h"

/* How to write the cell of a field that is read so; a new string, in the language of the terminal,
 * or NULL without an idea. */
[[nodiscard]] char *cell_type_hint(const Field *field, const Reading *reading, const char *text);
