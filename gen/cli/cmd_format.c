#include "cli/commands.h"
#include "cli/i18n.h"
#include "cli/input.h"
#include "cli/print.h"
#include "lang/fr_format.h"
#include "lang/fr_typo.h"

#include <string.h>

/* What lang/fr_format makes is of the house style, which lang/fr_typo leaves as it is. */
static bool format_one(const Options *options, const char *kind, const char *input, Span span,
                       GString *out, Diag *diag) {
    g_autofree char *text = NULL, *error = NULL;
    if (!fr_format(kind, input, &text, &error)) {
        if (g_str_has_suffix(error, ".")) error[strlen(error) - 1] = '\0';
        diag_error(diag, span, "bad-value", NULL, "%s", error);
        return false;
    }
    g_autofree char *set = fr_typo(text, FR_TYPO_PLAIN, &options->typography);
    g_string_append(out, options->given & OPTIONS_TYPOGRAPHY ? set : text);
    return true;
}

/* Each line KIND<TAB>INPUT gives one line; a faulty one gives an empty line, so that lines keep
 * their numbers. */
static void format_lines(const Options *options, const Source *source, GString *out, Diag *diag) {
    InputLine line = {0};
    while (input_next_line(source, &line)) {
        g_autofree char *text = g_strndup(source_data(source, NULL) + line.start, line.len);
        char *tab = strchr(text, '\t');
        if (tab) {
            *tab = '\0';
            size_t at = line.start + (size_t)(tab + 1 - text);
            format_one(options, text, tab + 1, (Span){source, at, MAX(strlen(tab + 1), 1)}, out,
                       diag);
        } else if (*text) {
            diag_error(diag, (Span){source, line.start, line.len}, "no-tab",
                       _("write the kind, a tab, then the value"), _("the line holds no tab"));
        }
        g_string_append_c(out, '\n');
    }
}

int cmd_format(const Options *options) {
    PrintStyle style = print_style(options->given);
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(GString) out = g_string_new(NULL);
    if (options->given & OPTION_BATCH) {
        g_autoptr(Source) source = input_read(diag);
        if (source) format_lines(options, source, out, diag);
    } else if (format_one(options, options->arguments[0], options->arguments[1], (Span){0}, out,
                          diag)) {
        g_string_append_c(out, '\n');
    }
    if (!print_output(out->str, out->len, &style)) return EXIT_SYSTEM;
    print_faults(diag, &style);
    return print_exit_code(diag);
}
