/* frise: CSV timelines and a YAML template in, French infographic reports out.
 * The command line ends here; what each command does is in cmd_*.c, and the plan of a build in
 * cli/build.c. */
#include "cli/commands.h"
#include "cli/i18n.h"
#include "cli/print.h"

#include <string.h>

static int print_help(const Command *command, const PrintStyle *style) {
    g_autoptr(GString) text = g_string_new(NULL);
    command_help(text, command);
    return print_output(text->str, text->len, style) ? EXIT_DONE : EXIT_SYSTEM;
}

static int print_version(const PrintStyle *style) {
    static const char version[] = "frise " FRISE_VERSION "\n";
    return print_output(version, strlen(version), style) ? EXIT_DONE : EXIT_SYSTEM;
}

int main(int argc, char **argv) {
    i18n_start();
    g_autoptr(Diag) diag = diag_new();
    g_auto(Options) options = {0};
    bool is_understood = options_parse(&options, argc, argv, diag);

    PrintStyle style = print_style(options.given);
    if (options.given & OPTION_HELP) return print_help(options.command, &style);
    if (options.given & OPTION_VERSION) return print_version(&style);
    if (!is_understood) {
        print_faults(diag, &style);
        return EXIT_USAGE;
    }
    return options.command->run(&options);
}
