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
static void explain(GString *out, const char *line, size_t number, const GArray *edits) {
    size_t at = 0;
    long column = 1;
    for (guint i = 0; i < edits->len; i++) {
        const FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, i);
        column += g_utf8_strlen(line + at, (gssize)(edit->at - at));
        at = edit->at;
        g_string_append_printf(out, "stdin:%zu:%ld: %s: ", number, column, edit->rule);
        append_visible(out, line + edit->at, edit->removed);
        g_string_append(out, " → ");
        append_visible(out, edit->inserted, strlen(edit->inserted));
        g_string_append_printf(out, ": %s\n", rule_says(edit->rule));
    }
}

typedef struct {
    GString *text, *explained;
    size_t changes;
} Typeset;

/* Ends of line are copied as they are. */
static void typeset(const Source *source, const Options *options, Typeset *ret_typeset) {
    FrTypoFlags flags = options->given & OPTION_PLAIN ? FR_TYPO_PLAIN : FR_TYPO_MARKUP;
    const char *data = source_data(source, NULL);
    InputLine line = {0};
    for (size_t number = 1; input_next_line(source, &line); number++) {
        g_autofree char *typed = g_strndup(data + line.start, line.len);
        g_autoptr(GArray) edits = fr_typo_edits(typed, flags, &options->typography, NULL);
        g_assert(edits); /* the input is UTF-8 */
        g_autofree char *set = fr_typo_apply(typed, edits);
        g_string_append(ret_typeset->text, set);
        size_t end = line.start + line.len;
        g_string_append_len(ret_typeset->text, data + end, (gssize)(line.next - end));
        ret_typeset->changes += edits->len;
        explain(ret_typeset->explained, typed, number, edits);
    }
}

int cmd_typo(const Options *options) {
    PrintStyle style = print_style(options->given & OPTION_JSON);
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Source) source = input_read(diag);
    if (!source) {
        print_faults(diag, &style);
        return print_exit_code(diag);
    }
    g_autoptr(GString) text = g_string_new(NULL), explained = g_string_new(NULL);
    Typeset result = {text, explained, 0};
    typeset(source, options, &result);

    bool checks = options->given & OPTION_CHECK;
    const GString *output = checks ? explained : text;
    if (!print_output(output->str, output->len, &style)) return EXIT_SYSTEM;
    if (!checks && options->given & OPTION_EXPLAIN) fputs(explained->str, stderr);
    return checks && result.changes ? EXIT_INPUT : EXIT_DONE;
}
