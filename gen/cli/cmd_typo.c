#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/i18n.h"
#include "cli/input.h"
#include "cli/print.h"
#include "lang/fr_typo.h"

#include <string.h>

static const char *rule_says(const char *id) {
    for (size_t i = 0; i < fr_typo_rule_count(); i++)
        if (!strcmp(fr_typo_rule(i).id, id)) return fr_typo_rule(i).says;
    return "";
}

/* Spaces that look alike are told by their code; so is what has no shape. */
static void append_visible(GString *out, const char *text, size_t len) {
    g_string_append(out, "«");
    for (const char *at = text; at < text + len; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == ' ' || g_unichar_isgraph(c))
            g_string_append_unichar(out, columns_shown(c));
        else
            g_string_append_printf(out, "[U+%04X]", c);
    }
    g_string_append(out, "»");
}

/* `stdin:3:12: ESP-01: « » → «[U+202F]»: one fine before ; ! ?` */
static void explain(GString *out, const char *text, const GArray *edits) {
    size_t at = 0, number = 1, column = 1;
    for (guint i = 0; i < edits->len; i++) {
        const FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, i);
        for (; at < edit->at; at = (size_t)(g_utf8_next_char(text + at) - text)) {
            bool is_end = text[at] == '\n';
            number += is_end;
            column = is_end ? 1 : column + 1;
        }
        g_string_append_printf(out, "stdin:%zu:%zu: %s: ", number, column, edit->rule);
        append_visible(out, text + edit->at, edit->removed);
        g_string_append(out, " → ");
        append_visible(out, edit->inserted, strlen(edit->inserted));
        g_string_append_printf(out, ": %s\n", rule_says(edit->rule));
    }
}

int cmd_typo(const Options *options) {
    PrintStyle style = print_style(options->given);
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Source) source = input_read(diag);
    if (!source) {
        print_faults(diag, &style);
        return print_exit_code(diag);
    }
    const char *typed = source_data(source, NULL);
    FrTypoFlags flags = options->given & OPTION_PLAIN ? FR_TYPO_PLAIN : FR_TYPO_MARKUP;
    g_autoptr(GArray) edits = fr_typo_edits(typed, flags, &options->typography, NULL);
    g_assert(edits); /* the input is UTF-8 */
    bool checks = options->given & OPTION_CHECK, explains = options->given & OPTION_EXPLAIN;
    g_autoptr(GString) explained = g_string_new(NULL);
    if (checks || explains) explain(explained, typed, edits);
    if (checks) {
        if (!print_output(explained->str, explained->len, &style)) return EXIT_SYSTEM;
        return edits->len ? EXIT_INPUT : EXIT_DONE;
    }
    g_autofree char *text = fr_typo_apply(typed, edits);
    if (!print_output(text, strlen(text), &style)) return EXIT_SYSTEM;
    fputs(explained->str, stderr);
    return EXIT_DONE;
}
