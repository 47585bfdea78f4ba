/* What the terminal shows of a fault: the place, the line, the caret under the right characters. */
#include "cli/print.h"

#include <string.h>

static Source *source_of(const char *text) {
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return source_new("data/x.csv", bytes);
}

/* The fault over `part` of `text`, printed. */
static char *printed(const char *text, const char *part, const char *hint, PrintStyle style) {
    g_autoptr(Source) source = source_of(text);
    const char *at = strstr(text, part);
    g_assert_nonnull(at);
    g_autoptr(Diag) diag = diag_new();
    diag_error(diag, (Span){source, (size_t)(at - text), strlen(part)}, "bad", hint, "wrong");
    GString *out = g_string_new(NULL);
    print_fault(out, diag_at(diag, 0), &style);
    return g_string_free(out, FALSE);
}

static const PrintStyle plain = {.columns = 160};

static void test_place(void) {
    g_autofree char *text = printed("a,b\nUpbit,\"12,5M\",x\n", "\"12,5M\"", "write it out", plain);
    g_assert_cmpstr(text, ==,
                    "data/x.csv:2:7: error: wrong [bad]\n"
                    "    2 | Upbit,\"12,5M\",x\n"
                    "      |       ^^^^^^^\n"
                    "   hint: write it out\n");
}

static void test_without_place(void) {
    g_autoptr(Diag) diag = diag_new();
    diag_enter(diag, "figure %s", "frise");
    diag_warning(diag, (Span){0}, "odd", NULL, "strange");
    diag_leave(diag);
    diag_system(diag, "out", "no space");
    g_autoptr(GString) out = g_string_new(NULL);
    print_fault(out, diag_at(diag, 0), &plain);
    print_fault(out, diag_at(diag, 1), &plain);
    g_assert_cmpstr(out->str, ==,
                    "warning: strange [odd]\n   in: figure frise\n"
                    "out: error: no space [system-error]\n");
    g_assert_cmpint(print_exit_code(diag), ==, 3);
}

static void test_caret_columns(void) {
    const struct {
        const char *line, *part, *caret;
    } cases[] = {
        {"été;x", "x", "    ^"},
        {"e\u0301te\u0301;x", "x", "    ^"},           /* combining accents take no column */
        {"\u6f22\u5b57;x", "x", "     ^"},             /* wide characters take two */
        {"x;\u6f22\u5b57;", "\u6f22\u5b57", "  ^^^^"}, /* and so does the caret */
        {"\tx", "x", "\t^"},                           /* tabs are repeated */
        {"a\tb\tx", "x", " \t \t^"},
        /* shown as U+FFFD: a line cannot read otherwise than it is */
        {"\u202ex", "x", " ^"}, // NOLINT(misc-misleading-bidirectional)
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = printed(cases[i].line, cases[i].part, NULL, plain);
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        g_autofree char *caret = g_strconcat("      | ", cases[i].caret, NULL);
        g_assert_cmpstr(lines[2], ==, caret);
    }
}

static void test_no_control_reaches_the_terminal(void) {
    g_autofree char *text = printed("a\033[31m;x", "x", NULL, plain);
    g_assert_null(strchr(text, '\033'));
    g_assert_nonnull(strstr(text, "a\ufffd[31m;x"));
}

static void test_long_lines_are_cut_around_the_caret(void) {
    g_autoptr(GString) line = g_string_new(NULL);
    for (int i = 0; i < 100; i++) g_string_append(line, "0123456789");
    g_string_append(line, "faulty");
    for (int i = 0; i < 100; i++) g_string_append(line, "0123456789");
    g_autofree char *text = printed(line->str, "faulty", NULL, (PrintStyle){.columns = 60});
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_assert_cmpint(g_utf8_strlen(lines[1], -1), <=, 60);
    const char *shown = strstr(lines[1], "faulty");
    g_assert_nonnull(shown);
    const char *caret = strchr(lines[2], '^');
    g_assert_cmpint(g_utf8_strlen(lines[1], shown - lines[1]), ==, caret - lines[2]);
    g_assert_cmpint((int)strlen(caret), ==, 6);
}

static void test_caret_at_the_end(void) {
    g_autoptr(Source) source = source_of("ab\n\n");
    g_autoptr(Diag) diag = diag_new();
    diag_error(diag, (Span){source, 2, 0}, "bad", NULL, "ends early");
    diag_error(diag, (Span){source, 3, 0}, "bad", NULL, "empty");
    g_autoptr(GString) out = g_string_new(NULL);
    print_fault(out, diag_at(diag, 0), &plain);
    print_fault(out, diag_at(diag, 1), &plain);
    g_assert_cmpstr(out->str, ==,
                    "data/x.csv:1:3: error: ends early [bad]\n    1 | ab\n      |   ^\n"
                    "data/x.csv:2:1: error: empty [bad]\n    2 |\n      | ^\n");
}

static void test_json(void) {
    g_autofree char *text =
        printed("a\t\"b\"", "\"b\"", "say \"c\"", (PrintStyle){.is_json = true, .columns = 160});
    g_assert_cmpstr(text, ==,
                    "{\"level\":\"error\",\"code\":\"bad\",\"file\":\"data/x.csv\","
                    "\"message\":\"wrong\",\"hint\":\"say \\\"c\\\"\",\"step\":null,"
                    "\"excerpt\":\"a\\u0009\\\"b\\\"\",\"line\":1,\"column\":3,\"length\":3}\n");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/print/place", test_place);
    g_test_add_func("/cli/print/without-place", test_without_place);
    g_test_add_func("/cli/print/caret-columns", test_caret_columns);
    g_test_add_func("/cli/print/no-control", test_no_control_reaches_the_terminal);
    g_test_add_func("/cli/print/long-lines", test_long_lines_are_cut_around_the_caret);
    g_test_add_func("/cli/print/end", test_caret_at_the_end);
    g_test_add_func("/cli/print/json", test_json);
    return g_test_run();
}
