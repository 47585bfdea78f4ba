/* cli/options: the words of the command line, read once.
 * In: argv. Out: Options, with the Request that the other rooms know. Options may stand before or
 * after the command; `--` ends them; a negative number is never an option. Every fault of use is
 * found, with the nearest known word. Strings are borrowed from argv or live in the arena. */
#pragma once

#include "base/arena.h"
#include "base/diag.h"
#include "lang/fr_typo.h"
#include "project/request.h"

typedef enum {
    OPTION_DATA = 1 << 0,
    OPTION_TEMPLATES = 1 << 1,
    OPTION_OUT = 1 << 2,
    OPTION_PARAM = 1 << 3,
    OPTION_JOBS = 1 << 4,
    OPTION_ONLY = 1 << 5,
    OPTION_MEDIUM = 1 << 6,
    OPTION_FORMAT = 1 << 7,
    OPTION_PLAIN = 1 << 8,
    OPTION_LAX = 1 << 9,
    OPTION_TIMING = 1 << 10,
    OPTION_BATCH = 1 << 11,
    OPTION_EXPLAIN = 1 << 12,
    OPTION_MARKUP = 1 << 13,
    OPTION_CHECK = 1 << 14,
    OPTION_QUIET = 1 << 15,
    OPTION_JSON = 1 << 16,
    OPTION_HELP = 1 << 17,
    OPTION_VERSION = 1 << 18,
    OPTION_LOCALE = 1 << 19,
    OPTION_GUILLEMET_SPACE = 1 << 20,
    OPTION_UNIT_SPACE = 1 << 21,
    OPTION_INCISE_DASH = 1 << 22,
    OPTION_RANGE_DASH = 1 << 23,
    OPTION_BRAND = 1 << 24,
    OPTION_WRITE = 1 << 25,
    OPTION_ANNOTATE = 1 << 26,
    OPTION_RELAYOUT = 1 << 27,
    /* the options of French typography, as the theme has them */
    OPTIONS_TYPOGRAPHY = OPTION_LOCALE | OPTION_GUILLEMET_SPACE | OPTION_UNIT_SPACE |
                         OPTION_INCISE_DASH | OPTION_RANGE_DASH | OPTION_BRAND,
    /* understood by every command */
    OPTIONS_COMMON = OPTION_QUIET | OPTION_JSON | OPTION_HELP | OPTION_VERSION,
} OptionBit;

typedef struct Command Command;

typedef struct {
    Arena *arena;
    unsigned given;               /* OptionBits that were said */
    const Command *command;       /* NULL: none was named */
    const char *const *arguments; /* what follows the command, NULL-terminated */
    size_t n_arguments;
    Request request;
    FrTypoOptions typography;
} Options;

/* False after faults of use were reported; what was understood is filled even so (--json). */
[[nodiscard]] bool options_parse(Options *options, int argc, char **argv, Diag *diag);
void options_clear(Options *options);

/* The lines of --help for the options in `mask`, in the order of the table. */
void options_describe(GString *out, unsigned mask);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)
