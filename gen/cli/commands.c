#include "cli/commands.h"

#include "cli/columns.h"
#include "cli/i18n.h"

#include <string.h>

const Command commands[] = {
    {.name = "build",
     .arguments = "[REPORT...]",
     .summary = N_("make the reports in out/; what did not change keeps its date"),
     .detail =
         N_("Reads the data and the templates, checks both, and writes the PDF, the pages and\n"
            "every figure of each report. Without a name, all reports are made. A fault leaves\n"
            "the previous output as it was."),
     .example = "frise build coree-du-nord --only frise --format png",
     .teaches = N_("the PNGs of one figure of one report"),
     .most = 1000,
     .options = OPTION_DATA | OPTION_TEMPLATES | OPTION_OUT | OPTION_PARAM | OPTION_JOBS |
                OPTION_ONLY | OPTION_MEDIUM | OPTION_FORMAT | OPTION_RELAYOUT | OPTION_LAX |
                OPTION_TIMING | OPTION_ANNOTATE,
     .run = cmd_build},
    {.name = "check",
     .arguments = "[REPORT...]",
     .summary = N_("report every fault of the data and templates, draw nothing"),
     .detail =
         N_("Reads the data and the templates and writes nothing. With --data alone, only the\n"
            "data are checked: no template is needed."),
     .example = "frise check --data data",
     .teaches = N_("the CSVs against their schema"),
     .most = 1000,
     .options = OPTION_DATA | OPTION_TEMPLATES | OPTION_PARAM | OPTION_LAX | OPTION_TIMING |
                OPTION_ANNOTATE,
     .run = cmd_check},
    {.name = "query",
     .arguments = "SQL",
     .summary = N_("the table that a query gives"),
     .detail =
         N_("One SELECT on the tables of the data package: aligned on a terminal, CSV (RFC 4180)\n"
            "in a pipe or a file, with --json one object a row. A column of dates d also gives\n"
            "d_start and d_end."),
     .example = "frise query \"SELECT name, amount_usd FROM thefts ORDER BY 2 DESC LIMIT 3\"",
     .teaches = N_("the three largest thefts"),
     .least = 1,
     .most = 1,
     .options = OPTION_DATA | OPTION_PARAM | OPTION_ANNOTATE,
     .run = cmd_query},
    {.name = "fix",
     .arguments = "FILE.csv",
     .summary = N_("the clean form of a CSV, shown or written"),
     .detail =
         N_("Shows what would change: UTF-8, the delimiter of the data package, dates as\n"
            "2022-01-05, numbers without separators or unit. Nothing else moves. The package is\n"
            "the one beside the file; without one, columns are guessed. --write keeps a backup."),
     .example = "frise fix data/thefts.csv --write",
     .teaches = N_("the file as scripts like it; the former one is thefts.csv.bak"),
     .least = 1,
     .most = 1,
     .options = OPTION_DATA | OPTION_WRITE,
     .run = cmd_fix},
    {.name = "typo",
     .arguments = "",
     .summary = N_("standard input with French typography applied"),
     .detail =
         N_("Copies standard input to standard output, each line with its spaces, apostrophes,\n"
            "quotes and dashes as French wants them. What is right already is left alone."),
     .example = "echo 'Vraiment ?' | frise typo",
     .teaches = N_("a narrow no-break space before the question mark"),
     .options = OPTION_EXPLAIN | OPTION_MARKUP | OPTION_PLAIN | OPTION_CHECK | OPTIONS_TYPOGRAPHY,
     .run = cmd_typo},
    {.name = "format",
     .arguments = "KIND INPUT",
     .summary = N_("one value as a report would write it"),
     .detail =
         N_("KIND is number, percent, unit, money, date, ordinal… INPUT is the value, then its\n"
            "options as `; key=value`."),
     .example = "frise format money '1500000000 ; cur=USD ; style=words'",
     .teaches = N_("1,5 milliard de dollars"),
     .least = 2,
     .most = 2,
     .options = OPTION_BATCH | OPTION_UNIT_SPACE,
     .run = cmd_format},
    {0},
};

const Command *command_find(const char *name) {
    for (const Command *command = commands; command->name; command++)
        if (!strcmp(command->name, name)) return command;
    return NULL;
}

const char *const *command_names(Arena *arena) {
    const char **names = ARENA_ARRAY(arena, const char *, G_N_ELEMENTS(commands));
    for (size_t i = 0; commands[i].name; i++) names[i] = commands[i].name;
    return names;
}

static void append_example(GString *out, const Command *command) {
    g_string_append_printf(out, "  %s\n      %s\n", command->example, _(command->teaches));
}

static void append_exit_codes(GString *out) {
    g_string_append(out, _("\nExit: 0 done, 1 faulty input, 2 faulty command line, 3 the machine "
                           "(disk, permission).\n"));
}

static void append_program_help(GString *out) {
    g_string_append(out,
                    _("frise: CSV timelines and a YAML template in, French infographic reports "
                      "out.\n\nUsage: frise COMMAND [OPTION...]\n\nCommands:\n"));
    enum { SUMMARY_COLUMN = 24 };
    for (const Command *command = commands; command->name; command++) {
        g_autofree char *left = g_strdup_printf("  %s %s", command->name, command->arguments);
        g_string_append(out, left);
        columns_pad(out, SUMMARY_COLUMN - columns_width(left));
        g_string_append_printf(out, "%s\n", _(command->summary));
    }
    g_string_append(out, _("\nExamples:\n"));
    for (const Command *command = commands; command->name; command++) append_example(out, command);
    g_string_append(out, _("\nOptions of every command:\n"));
    options_describe(out, OPTIONS_COMMON);
    g_string_append(out, _("\nfrise COMMAND --help tells the options of a command.\n"));
    append_exit_codes(out);
}

void command_help(GString *out, const Command *command) {
    if (!command) {
        append_program_help(out);
        return;
    }
    g_string_append_printf(out, "frise %s: %s\n\n%s frise %s%s%s [OPTION...]\n\n%s\n",
                           command->name, _(command->summary), _("Usage:"), command->name,
                           *command->arguments ? " " : "", command->arguments, _(command->detail));
    g_string_append(out, _("\nExample:\n"));
    append_example(out, command);
    g_string_append(out, _("\nOptions:\n"));
    options_describe(out, command->options | OPTIONS_COMMON);
    append_exit_codes(out);
}
