/* cli/print: faults, progress and times, as the terminal or a tool reads them.
 * A fault reads `file:line:column: error: message [code]`, then the line it stands on, a caret
 * under the faulty characters, and what to do about it, on standard error. For tools it is one line
 * on standard output: an object of JSON, or a command of GitHub's workflows
 * (docs/formats/messages.md). */
#pragma once

#include "base/diag.h"

#include <stdio.h>

typedef enum { PRINT_TEXT, PRINT_JSON, PRINT_ANNOTATIONS } PrintForm;

typedef struct {
    PrintForm form;
    FILE *stream; /* where faults go */
    bool is_colored;
    bool is_quiet;  /* no note, no count */
    size_t columns; /* an excerpt longer than that is cut around its caret */
} PrintStyle;

/* As the OptionBits in `given` ask for, with the colours and width of the terminal behind standard
 * error, if there is one. */
PrintStyle print_style(unsigned given);
bool print_is_terminal(FILE *stream);
/* Of the terminal behind it; 160 where it tells nothing. */
size_t print_terminal_columns(FILE *stream);

/* One fault, with its final end of line. */
void print_fault(GString *out, const Fault *fault, const PrintStyle *style);
/* All of them, in order of file and line; what has no place comes first. */
void print_faults(const Diag *diag, const PrintStyle *style);
/* The same, then how many there are: a line for each data file that has some, or, as JSON, one
 * object for the whole run. */
void print_run(const Diag *diag, const PrintStyle *style);
/* What main returns after these faults: 0 done, 1 faulty input, 3 the machine. */
int print_exit_code(const Diag *diag);

/* How many errors a file has, those that are not shown included. */
typedef struct {
    const char *file; /* NULL: without place; borrowed from the Diag */
    size_t counts[N_CODE_KINDS];
} FaultCount;

/* One a file that has errors, in order of file. */
[[nodiscard]] GArray *print_counts(const Diag *diag);
void print_count_text(GString *out, const FaultCount *count);
void print_count_json(GString *out, const Diag *diag);

/* One fault, as print_fault() does. */
void print_fault_json(GString *out, const Fault *fault);
void print_fault_annotation(GString *out, const Fault *fault);

/* `text` as a JSON string, quotes included; what is not UTF-8 becomes U+FFFD. NULL is null. */
void print_json_string(GString *out, const char *text);
/* Writes all of `text` to standard output. False, with a message, when it cannot be written. */
bool print_output(const char *text, size_t len, const PrintStyle *style);

/* One line rewritten in place on a terminal's standard error: "" clears it. */
void print_progress(const char *text);
