/* tests/unit/lang/cases: tables of cases, `id TAB kind TAB input TAB expected` with one header
 * line. \uXXXX, \t and \\ are escapes; ` || ` parts the accepted answers. */
#pragma once

#include <glib.h>
#include <stdbool.h>

typedef struct {
    char *id, *kind, *input;
    char **accepted; /* NULL-terminated */
} Case;

/* The cases of a table of this directory, in order; a g_ptr_array that owns them. */
GPtrArray *cases_load(const char *name);
bool case_accepts(const Case *c, const char *answer);
/* No-break spaces and the minus made visible, for messages. */
char *case_show(const char *text);
