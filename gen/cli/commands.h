/* cli/commands: the table of what frise can do; one file a command.
 * `run` prints what it finds and returns the exit code: 0 done, 1 faulty input, 3 the machine. */
#pragma once

#include "cli/options.h"

enum { EXIT_DONE = 0, EXIT_INPUT = 1, EXIT_USAGE = 2, EXIT_SYSTEM = 3 };

struct Command {
    const char *name;
    const char *arguments; /* as --help shows them */
    const char *summary;   /* one line, marked for translation */
    const char *detail;    /* a paragraph, marked for translation */
    const char *example;   /* a line to type */
    const char *teaches;   /* what the example does, marked for translation */
    size_t least, most;    /* how many arguments */
    unsigned options;      /* OptionBits beside OPTIONS_COMMON */
    int (*run)(const Options *options);
};

extern const Command commands[]; /* ends with a NULL name */

const Command *command_find(const char *name); /* NULL when unknown */
/* NULL-terminated names of all commands, for suggestions; in the arena. */
const char *const *command_names(Arena *arena);
void command_help(GString *out, const Command *command); /* NULL: of the program */

int cmd_build(const Options *options);
int cmd_check(const Options *options);
int cmd_fix(const Options *options);
int cmd_query(const Options *options);
int cmd_typo(const Options *options);
int cmd_format(const Options *options);
