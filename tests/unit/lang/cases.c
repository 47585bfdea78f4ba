#include "cases.h"

#include <string.h>

static char *unescape(const char *text) {
    GString *out = g_string_new(NULL);
    while (*text) {
        if (text[0] == '\\' && text[1] == 'u' && strlen(text) >= 6) {
            g_autofree char *digits = g_strndup(text + 2, 4);
            g_string_append_unichar(out, (gunichar)g_ascii_strtoull(digits, NULL, 16));
            text += 6;
        } else if (text[0] == '\\' && (text[1] == 't' || text[1] == '\\')) {
            g_string_append_c(out, text[1] == 't' ? '\t' : '\\');
            text += 2;
        } else {
            g_string_append_c(out, *text++);
        }
    }
    return g_string_free(out, FALSE);
}

static void case_free(void *data) {
    Case *c = data;
    g_free(c->id);
    g_free(c->kind);
    g_free(c->input);
    g_strfreev(c->accepted);
    g_free(c);
}

static Case *case_read(const char *line) {
    g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
    if (g_strv_length(fields) != 4) g_error("not four fields: %s", line);
    Case *c = g_new0(Case, 1);
    c->id = g_strdup(fields[0]);
    c->kind = g_strdup(fields[1]);
    c->input = unescape(fields[2]);
    c->accepted = g_strsplit(fields[3], " || ", -1);
    for (size_t i = 0; c->accepted[i]; i++) {
        char *plain = unescape(c->accepted[i]);
        g_free(c->accepted[i]);
        c->accepted[i] = plain;
    }
    return c;
}

GPtrArray *cases_load(const char *name) {
    g_autofree char *path = g_build_filename(TEST_DIR, name, NULL);
    g_autofree char *text = NULL;
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    GPtrArray *cases = g_ptr_array_new_with_free_func(case_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 1; lines[i]; i++)
        if (*lines[i]) g_ptr_array_add(cases, case_read(lines[i]));
    return cases;
}

bool case_accepts(const Case *c, const char *answer) {
    return g_strv_contains((const char *const *)c->accepted, answer);
}

char *case_show(const char *text) {
    GString *out = g_string_new(text);
    g_string_replace(out, "\u00a0", "⍽", 0);
    g_string_replace(out, "\u202f", "␣", 0);
    return g_string_free(out, FALSE);
}
