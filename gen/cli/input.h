/* cli/input: standard input, read whole, and its lines. */
#pragma once

#include "base/diag.h"

/* All of standard input under the name `stdin`; NULL after an error was reported: it cannot be
 * read, holds a NUL or is not UTF-8. */
[[nodiscard]] Source *input_read(Diag *diag);

typedef struct {
    size_t start, len; /* bytes, without the end of line */
    size_t next;       /* where the next line starts */
} InputLine;

/* Steps to the next line, from a zeroed InputLine; false after the last. Lines end with LF or CRLF;
 * a last line without its end counts. */
bool input_next_line(const Source *source, InputLine *line);
