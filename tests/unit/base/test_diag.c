#include "base/diag.h"

#include <string.h>

static Source *source_of(const char *text) {
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return source_new("vols.csv", bytes);
}

/* The fault at the first occurrence of `word`, which is `len` bytes long. */
static void expect_place(const char *text, const char *word, size_t len, size_t line, size_t column,
                         const char *excerpt, size_t caret) {
    g_autoptr(Source) source = source_of(text);
    g_autoptr(Diag) diag = diag_new();
    const char *at = strstr(text, word);
    g_assert_nonnull(at);
    diag_error(diag, (Span){source, (size_t)(at - text), len}, "type-error", NULL, "faux");
    const Fault *fault = diag_at(diag, 0);
    g_assert_cmpstr(fault->file, ==, "vols.csv");
    g_assert_cmpuint(fault->line, ==, line);
    g_assert_cmpuint(fault->column, ==, column);
    g_assert_cmpstr(fault->excerpt, ==, excerpt);
    g_assert_cmpuint(fault->caret, ==, caret);
}

static void test_place(void) {
    expect_place("ab\ncd", "a", 1, 1, 1, "ab", 1);
    expect_place("ab\ncd", "d", 1, 2, 2, "cd", 1);
    expect_place("\n\n\nx", "x", 1, 4, 1, "x", 1);
    expect_place("été,Séoul\nçà,là", "Séoul", strlen("Séoul"), 1, 5, "été,Séoul", 5);
    expect_place("été,Séoul\nçà,là", "là", strlen("là"), 2, 4, "çà,là", 2);
    expect_place("𝄞€é!", "!", 1, 1, 4, "𝄞€é!", 1);
}

static void test_line_ends(void) {
    expect_place("ab\r\ncd\r\nef", "f", 1, 3, 2, "ef", 1);
    expect_place("ab\rcd\ref", "f", 1, 3, 2, "ef", 1);
    expect_place("ab\ncd\r\nef\rgh", "h", 1, 4, 2, "gh", 1);
    expect_place("ab\r\n\r\nef", "ef", 2, 3, 1, "ef", 2);
    expect_place("ab\r\ncd", "b", 1, 1, 2, "ab", 1);
    /* On the very end of line: still the line it ends. */
    expect_place("ab\r\ncd", "\r", 1, 1, 3, "ab", 1);
    expect_place("ab\r\ncd", "\n", 1, 1, 4, "ab", 1);
}

static void test_caret(void) {
    expect_place("a,\"b\nc\",d", "\"b\nc\"", 5, 1, 3, "a,\"b", 2);
    expect_place("a,\"b\r\nc\",d", "\"b\r\nc\"", 6, 1, 3, "a,\"b", 2);
    expect_place("abc", "b", 0, 1, 2, "abc", 1);
    expect_place("abc", "c", 50, 1, 3, "abc", 1);
}

static void test_end(void) {
    g_autoptr(Source) source = source_of("ab\n");
    Place place = source_locate((Span){source, 3, 0});
    g_assert_cmpuint(place.line, ==, 2);
    g_assert_cmpuint(place.column, ==, 1);
    /* Past the end is the end. */
    place = source_locate((Span){source, 99, 1});
    g_assert_cmpuint(place.line, ==, 2);
    g_autofree char *excerpt = source_excerpt((Span){source, 99, 1});
    g_assert_cmpstr(excerpt, ==, "");
    g_autoptr(Source) empty = source_of("");
    place = source_locate((Span){empty, 0, 0});
    g_assert_cmpuint(place.line, ==, 1);
    g_assert_cmpuint(place.column, ==, 1);
}

static void test_invalid_text(void) {
    g_autoptr(Source) source = source_of("a\xFF,b");
    g_autofree char *excerpt = source_excerpt((Span){source, 0, 1});
    g_assert_true(g_utf8_validate(excerpt, -1, NULL));
    g_assert_cmpstr(excerpt, ==, "a\uFFFD,b");
}

static void test_levels(void) {
    g_autoptr(Diag) diag = diag_new();
    diag_warning(diag, (Span){0}, "doubt", "look again", "%d lines", 3);
    g_assert_cmpuint(diag_errors(diag), ==, 0);
    diag_error(diag, (Span){0}, "type-error", NULL, "no");
    diag_system(diag, "out/a.pdf", "disk %s", "full");
    g_assert_cmpuint(diag_errors(diag), ==, 2);
    g_assert_cmpuint(diag_count(diag), ==, 3);
    const Fault *warning = diag_at(diag, 0), *error = diag_at(diag, 1), *system = diag_at(diag, 2);
    g_assert_cmpint(warning->level, ==, FAULT_WARNING);
    g_assert_cmpint(warning->kind, ==, FAULT_INPUT);
    g_assert_cmpstr(warning->message, ==, "3 lines");
    g_assert_cmpstr(warning->hint, ==, "look again");
    g_assert_cmpstr(warning->code, ==, "doubt");
    g_assert_cmpint(error->level, ==, FAULT_ERROR);
    g_assert_null(error->file);
    g_assert_null(error->hint);
    g_assert_null(error->excerpt);
    g_assert_null(error->step);
    g_assert_cmpuint(error->line, ==, 0);
    g_assert_cmpint(system->kind, ==, FAULT_SYSTEM);
    g_assert_cmpstr(system->file, ==, "out/a.pdf");
    g_assert_cmpstr(system->message, ==, "disk full");
}

/* A fault outlives its source. */
static void test_copy(void) {
    g_autoptr(Diag) diag = diag_new();
    Source *source = source_of("ab");
    diag_error(diag, (Span){source, 1, 1}, "x", NULL, "faux");
    source_unref(source);
    g_assert_cmpstr(diag_at(diag, 0)->file, ==, "vols.csv");
    g_assert_cmpstr(diag_at(diag, 0)->excerpt, ==, "ab");
}

static void test_steps(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Source) source = source_of("un\ndeux\ntrois");
    diag_enter(diag, "figure %s", "frise");
    diag_enter_at(diag, (Span){source, 3, 4}, "panel %d", 2);
    diag_enter(diag, "label");
    diag_error(diag, (Span){0}, "x", NULL, "no place of its own");
    diag_error(diag, (Span){source, 8, 5}, "x", NULL, "its own place");
    diag_leave(diag);
    diag_leave(diag);
    diag_warning(diag, (Span){0}, "x", NULL, "no place at all");
    diag_leave(diag);
    diag_error(diag, (Span){0}, "x", NULL, "no step");
    g_assert_cmpstr(diag_at(diag, 0)->step, ==, "figure frise, panel 2, label");
    g_assert_cmpuint(diag_at(diag, 0)->line, ==, 2);
    g_assert_cmpuint(diag_at(diag, 0)->caret, ==, 4);
    g_assert_cmpuint(diag_at(diag, 1)->line, ==, 3);
    g_assert_cmpstr(diag_at(diag, 2)->step, ==, "figure frise");
    g_assert_null(diag_at(diag, 2)->file);
    g_assert_null(diag_at(diag, 3)->step);
}

static void test_merge(void) {
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Diag) first = diag_new();
    g_autoptr(Diag) second = diag_new();
    diag_error(diag, (Span){0}, "x", NULL, "before");
    diag_enter(first, "medium a4");
    diag_error(first, (Span){0}, "x", NULL, "inner");
    diag_leave(first);
    diag_warning(first, (Span){0}, "x", NULL, "plain");
    diag_enter(diag, "figure frise");
    diag_merge(diag, first);
    diag_leave(diag);
    diag_error(second, (Span){0}, "x", NULL, "last");
    diag_merge(diag, second);
    g_assert_cmpuint(diag_count(diag), ==, 4);
    g_assert_cmpuint(diag_errors(diag), ==, 3);
    g_assert_cmpuint(diag_count(first), ==, 0);
    g_assert_cmpuint(diag_errors(first), ==, 0);
    g_assert_cmpstr(diag_at(diag, 0)->message, ==, "before");
    g_assert_cmpstr(diag_at(diag, 1)->step, ==, "figure frise, medium a4");
    g_assert_cmpstr(diag_at(diag, 2)->step, ==, "figure frise");
    g_assert_cmpstr(diag_at(diag, 3)->message, ==, "last");
    g_assert_null(diag_at(diag, 3)->step);
    /* An emptied Diag goes on. */
    diag_error(first, (Span){0}, "x", NULL, "again");
    g_assert_cmpuint(diag_count(first), ==, 1);
}

static void test_nearest(void) {
    static const char *const known[] = {"bubble", "bar", "band", "interval", "unit", NULL};
    static const struct {
        const char *word, *wanted;
    } cases[] = {
        {"buble", "bubble"},
        {"bubbel", "bubble"},
        {"bar", "bar"},
        {"interavl", "interval"},
        {"intervalle", "interval"},
        {"unti", "unit"},
        {"histogramme", NULL},
        {"xyz", NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].word);
        g_assert_cmpstr(nearest_word(cases[i].word, known), ==, cases[i].wanted);
    }
    g_assert_null(nearest_word("bar", (const char *const[]){NULL}));
    g_autofree char *endless = g_strnfill(300, 'x');
    g_assert_null(nearest_word(endless, known));
    /* The nearest, whatever the order; the first of equals. */
    g_assert_cmpstr(nearest_word("ban", known), ==, "bar");
    g_assert_cmpstr(nearest_word("bands", known), ==, "band");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/diag/place", test_place);
    g_test_add_func("/base/diag/line-ends", test_line_ends);
    g_test_add_func("/base/diag/caret", test_caret);
    g_test_add_func("/base/diag/end", test_end);
    g_test_add_func("/base/diag/invalid-text", test_invalid_text);
    g_test_add_func("/base/diag/levels", test_levels);
    g_test_add_func("/base/diag/copy", test_copy);
    g_test_add_func("/base/diag/steps", test_steps);
    g_test_add_func("/base/diag/merge", test_merge);
    g_test_add_func("/base/diag/nearest", test_nearest);
    return g_test_run();
}
