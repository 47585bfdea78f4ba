/* A folder that lasts one test, with an arena and a Diag, and what is expected of faults. */
#pragma once

#include "base/arena.h"
#include "base/diag.h"

typedef struct {
    char *dir;
    Arena *arena;
    Diag *diag;
} Scratch;

Scratch scratch_new(void);
void scratch_clear(Scratch *scratch);
void scratch_write(const Scratch *scratch, const char *name, const char *text);
char *scratch_path(const Scratch *scratch, const char *name);
/* Forgets the faults so far. */
void scratch_reset(Scratch *scratch);

/* `message` and `hint` are whole, `{dir}` standing for the folder; line 0: no place. */
void assert_fault(const Scratch *scratch, size_t i, size_t line, size_t column, const char *code,
                  const char *message, const char *hint);
void assert_faults(const Scratch *scratch, size_t n);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scratch, scratch_clear)
