/* data/cell_hint: what somebody meant who wrote « 12,5 M$ » for a number or « 27/11/2019 » for a
 * date: the remedy of a fault, never the value. Each gives a new string, or NULL without an idea.
 */
#pragma once

#include "project/package.h"

[[nodiscard]] char *cell_type_hint(const Field *field, const char *text);
[[nodiscard]] char *number_hint(const Field *field, const char *text);
[[nodiscard]] char *date_hint(const Field *field, const char *text);
