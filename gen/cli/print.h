/* cli/print: faults, progress and times, as the terminal or a tool reads them.
 * A fault reads `file:line:column: error: message [code]`, then the line it stands on, a caret
 * under the faulty characters, and what to do about it. As JSON it is one object a line on standard
 * output, for tools; as text it goes to standard error. */
#pragma once

#include "base/diag.h"

#include <stdio.h>

typedef struct {
    bool is_json;
    bool is_colored;
    size_t columns; /* an excerpt longer than that is cut around its caret */
} PrintStyle;

/* Colours and width of the terminal behind standard error, if there is one. */
PrintStyle print_style(bool is_json);
bool print_is_terminal(FILE *stream);

/* One fault, with its final end of line. */
void print_fault(GString *out, const Fault *fault, const PrintStyle *style);
/* All of them, in order of file and line; what has no place comes first. A fault that was met twice
 * at one place is printed once. */
void print_faults(const Diag *diag, const PrintStyle *style);
/* What main returns after these faults: 0 done, 1 faulty input, 3 the machine. */
int print_exit_code(const Diag *diag);

/* `text` as a JSON string, quotes included; what is not UTF-8 becomes U+FFFD. NULL is null. */
void print_json_string(GString *out, const char *text);
/* Writes all of `text` to standard output. False, with a message, when it cannot be written. */
bool print_output(const char *text, size_t len, const PrintStyle *style);

/* One line rewritten in place on a terminal's standard error: "" clears it. */
void print_progress(const char *text);
