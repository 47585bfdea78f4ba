/* data/dialect: what separates the cells of a file, when the data package does not say, and how the
 * way a file was read is told in one line. */
#pragma once

#include "project/package.h"

typedef enum { DELIMITER_FOUND, DELIMITER_DOUBT } DelimiterVerdict;

/* From the first bytes, in UTF-8 without byte order mark, and the names of the columns that the
 * schema wants: the one of , ; tab | whose header cells match most of them. Two that match as many
 * are a doubt, both in ret_found. Without any match, the one that cuts the first rows alike, else
 * the header into most cells. */
DelimiterVerdict dialect_find_delimiter(const Dialect *dialect, const char *head, size_t len,
                                        const Resource *resource, char ret_found[static 2]);
/* `« ; »`, `tab`: for messages; a new string. */
[[nodiscard]] char *dialect_delimiter_shown(char delimiter);
/* `« ; », Windows-1252, decimal comma, day/month/year`: what was decided and is not what a data
 * package would take for granted; NULL: nothing. `readings` holds one a field. A new string. */
[[nodiscard]] char *dialect_describe(const Resource *resource, const Dialect *dialect,
                                     const Reading *readings);
