/* base/diag: faults collected, the only error channel.
 * The function that finds a fault reports it once; callers add context (diag_enter) or return.
 * A stage reports every fault it can find, then fails. A Fault copies what it needs of its source,
 * so it outlives it. Messages are impersonal sentences, lower case, without final stop; the hint
 * says the remedy. Printing belongs to cli/. */
#pragma once

#include "base/code.h"
#include "base/source.h"

typedef enum { FAULT_NOTE, FAULT_WARNING, FAULT_ERROR } FaultLevel;
/* What the exit code tells: 1 the user's input, 3 the machine (disk, permission). */
typedef enum { FAULT_INPUT, FAULT_SYSTEM } FaultKind;

typedef struct {
    FaultLevel level;
    FaultKind kind;
    char *code;           /* stable, for tools: type-error, unknown-key */
    char *file;           /* NULL: no place */
    size_t line, column;  /* 1-based, in characters; 0: the whole file, or no place */
    char *excerpt;        /* the line, or NULL */
    size_t caret;         /* characters under the caret, at least 1 */
    char *message, *hint; /* hint may be NULL */
    char *step;           /* what was being done: "figure frise, panel 2"; may be NULL */
} Fault;

/* Faults that were found and not kept, for they are too many. */
typedef struct {
    char *file;
    CodeKind kind;
    size_t n;
} FaultsMore;

typedef struct Diag Diag;

[[nodiscard]] Diag *diag_new(void);
void diag_free(Diag *diag);

/* hint may be NULL; both are copied. */
void diag_error(Diag *diag, Span span, const char *code, const char *hint, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
void diag_warning(Diag *diag, Span span, const char *code, const char *hint, const char *format,
                  ...) G_GNUC_PRINTF(5, 6);
/* What the user should know, and that is no fault: how a file was read. A note or a warning at the
 * start of a file, of no length, is about the whole file: it has no line. */
void diag_note(Diag *diag, Span span, const char *code, const char *hint, const char *format, ...)
    G_GNUC_PRINTF(5, 6);
/* A fault of the machine, not of the input: path may be NULL. */
void diag_system(Diag *diag, const char *path, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* `n` faults of `file` more than those reported, for who counts them. */
void diag_count_more(Diag *diag, const char *file, CodeKind kind, size_t n);

/* For work that is done again from the start: forgets the warnings and notes told since
 * diag_count() gave n; there must be no error among them. */
void diag_rewind(Diag *diag, size_t n);
/* Moves every fault of `from` to the end of `diag`, under its current steps: for work done on other
 * threads, each with a Diag of its own. */
void diag_merge(Diag *diag, Diag *from);

/* Steps nest; they name what was being done when a fault was found. */
void diag_enter(Diag *diag, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The same with a place, given to faults that have none: what text/ finds in a figure's words. */
void diag_enter_at(Diag *diag, Span place, const char *format, ...) G_GNUC_PRINTF(3, 4);
void diag_leave(Diag *diag);

size_t diag_errors(const Diag *diag); /* how many errors so far */
size_t diag_count(const Diag *diag);
const Fault *diag_at(const Diag *diag, size_t i);
size_t diag_more_count(const Diag *diag);
const FaultsMore *diag_more_at(const Diag *diag, size_t i);
/* Of structure or of content when it stands in a data file; a description (YAML, JSON) is none. */
CodeKind fault_code_kind(const Fault *fault);

/* The known word nearest to `word` (Damerau-Levenshtein distance at most a third of its length, at
 * least 2), or NULL: for "did you mean". `known` is NULL-terminated; the answer is borrowed. */
const char *nearest_word(const char *word, const char *const *known);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Diag, diag_free)
