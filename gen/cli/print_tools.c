/* Faults as tools read them. */
#include "cli/columns.h"
#include "cli/print.h"

#include <string.h>

/* ---- JSON ---- */

static const char *level_key(FaultLevel level) {
    static const char *const keys[] = {
        [FAULT_NOTE] = "note", [FAULT_WARNING] = "warning", [FAULT_ERROR] = "error"};
    return keys[level];
}

static const char *const kind_keys[] = {
    [CODE_OTHER] = "other", [CODE_STRUCTURE] = "structure", [CODE_CONTENT] = "content"};

void print_json_string(GString *out, const char *text) {
    if (!text) {
        g_string_append(out, "null");
        return;
    }
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_string_append_c(out, '"');
    for (const char *at = valid; *at; at++) {
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\')
            g_string_append_printf(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            g_string_append_printf(out, "\\u%04x", c);
        else
            g_string_append_c(out, *at);
    }
    g_string_append_c(out, '"');
}

void print_fault_json(GString *out, const Fault *fault) {
    const struct {
        const char *name, *text;
    } texts[] = {{"level", level_key(fault->level)},
                 {"code", fault->code},
                 {"kind", kind_keys[fault_code_kind(fault)]},
                 {"file", fault->file},
                 {"message", fault->message},
                 {"hint", fault->hint},
                 {"step", fault->step},
                 {"excerpt", fault->excerpt}};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_string_append_printf(out, "%s\"%s\":", i ? "," : "{", texts[i].name);
        print_json_string(out, texts[i].text);
    }
    if (fault->line)
        g_string_append_printf(out, ",\"line\":%zu,\"column\":%zu,\"length\":%zu}\n", fault->line,
                               fault->column, fault->caret);
    else
        g_string_append(out, ",\"line\":null,\"column\":null,\"length\":null}\n");
}

void print_count_json(GString *out, const Diag *diag) {
    size_t levels[FAULT_ERROR + 1] = {0};
    for (size_t i = 0; i < diag_count(diag); i++) levels[diag_at(diag, i)->level]++;
    for (size_t i = 0; i < diag_more_count(diag); i++)
        levels[FAULT_ERROR] += diag_more_at(diag, i)->n;
    g_string_append_printf(out,
                           "{\"level\":\"summary\",\"code\":\"summary\",\"errors\":%zu,"
                           "\"warnings\":%zu,\"notes\":%zu,\"files\":[",
                           levels[FAULT_ERROR], levels[FAULT_WARNING], levels[FAULT_NOTE]);
    g_autoptr(GArray) counts = print_counts(diag);
    for (guint i = 0; i < counts->len; i++) {
        const FaultCount *count = &g_array_index(counts, FaultCount, i);
        g_string_append_printf(out, "%s{\"file\":", i ? "," : "");
        print_json_string(out, count->file);
        for (size_t kind = N_CODE_KINDS; kind-- > 0;)
            g_string_append_printf(out, ",\"%s\":%zu", kind_keys[kind], count->counts[kind]);
        g_string_append_c(out, '}');
    }
    g_string_append(out, "]}\n");
}

/* ---- workflow commands ---- */

/* Source: GitHub's @actions/core, command.ts: escapeData and escapeProperty. */
static void append_escaped(GString *out, const char *text, const char *also) {
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (c == '%' || c == '\r' || c == '\n' || (c < 0x80 && strchr(also, (int)c)))
            g_string_append_printf(out, "%%%02X", c);
        else
            g_string_append_unichar(out, columns_shown(c));
    }
}

static void append_property(GString *out, const char *name, const char *text) {
    bool is_first = out->str[out->len - 1] != ' ';
    g_string_append_printf(out, "%s%s=", is_first ? "," : "", name);
    append_escaped(out, text, ",:");
}

static void append_number(GString *out, const char *name, size_t number) {
    g_string_append_printf(out, ",%s=%zu", name, number);
}

void print_fault_annotation(GString *out, const Fault *fault) {
    static const char *const commands[] = {
        [FAULT_NOTE] = "notice", [FAULT_WARNING] = "warning", [FAULT_ERROR] = "error"};
    g_string_append_printf(out, "::%s ", commands[fault->level]);
    if (fault->file) append_property(out, "file", fault->file);
    if (fault->line) {
        append_number(out, "line", fault->line);
        append_number(out, "col", fault->column);
        append_number(out, "endColumn", fault->column + fault->caret);
    }
    append_property(out, "title", fault->code);
    g_string_append(out, "::");
    append_escaped(out, fault->message, "");
    if (fault->hint) {
        g_string_append(out, "%0A");
        append_escaped(out, fault->hint, "");
    }
    g_string_append_c(out, '\n');
}
