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
        printed("a\t\"b\"", "\"b\"", "say \"c\"", (PrintStyle){.form = PRINT_JSON});
    g_assert_cmpstr(
        text, ==,
        "{\"level\":\"error\",\"code\":\"bad\",\"kind\":\"other\",\"file\":\"data/x.csv\","
        "\"message\":\"wrong\",\"hint\":\"say \\\"c\\\"\",\"step\":null,"
        "\"excerpt\":\"a\\u0009\\\"b\\\"\",\"line\":1,\"column\":3,\"length\":3}\n");
}

static void test_annotation(void) {
    g_autoptr(GBytes) bytes = g_bytes_new_static("a,\"12,5M\"\n", 10);
    g_autoptr(Source) source = source_new("a,b: 100%.csv", bytes);
    g_autoptr(Diag) diag = diag_new();
    diag_error(diag, (Span){source, 2, 7}, "type-error", "write: 100 %\nor less", "50 %%, or: %s",
               "a\rb\033");
    diag_warning(diag, (Span){0}, "odd", NULL, "::strange");
    diag_note(diag, (Span){source, 0, 0}, "dialect", NULL, "read");
    g_autoptr(GString) out = g_string_new(NULL);
    const PrintStyle style = {.form = PRINT_ANNOTATIONS};
    for (size_t i = 0; i < 3; i++) print_fault(out, diag_at(diag, i), &style);
    g_assert_cmpstr(out->str, ==,
                    "::error file=a%2Cb%3A 100%25.csv,line=1,col=3,endColumn=10,title=type-error::"
                    "50 %25, or: a%0Db\ufffd%0Awrite: 100 %25%0Aor less\n"
                    "::warning title=odd::::strange\n"
                    "::notice file=a%2Cb%3A 100%25.csv,title=dialect::read\n");
}

/* What print_run() writes, through a file. */
static char *run_printed(const Diag *diag, PrintStyle style) {
    style.stream = tmpfile();
    g_assert_nonnull(style.stream);
    print_run(diag, &style);
    g_autofree char *text = g_malloc0(4096);
    rewind(style.stream);
    g_assert_cmpuint(fread(text, 1, 4095, style.stream), <, 4095);
    fclose(style.stream);
    return g_steal_pointer(&text);
}

static Diag *diag_of_all_levels(const Source *source) {
    Diag *diag = diag_new();
    diag_warning(diag, (Span){source, 0, 0}, "more-faults", NULL, "3 more");
    diag_error(diag, (Span){source, 0, 1}, "type-error", NULL, "wrong");
    diag_note(diag, (Span){source, 0, 0}, "dialect", NULL, "read so");
    return diag;
}

/* A note of the whole file comes first, a warning of it last; neither shows a line. */
static void test_whole_file(void) {
    g_autoptr(Source) source = source_of("a;b\n");
    g_autoptr(Diag) diag = diag_of_all_levels(source);
    g_autofree char *text = run_printed(diag, (PrintStyle){.columns = 160, .is_quiet = false});
    g_assert_cmpstr(text, ==,
                    "data/x.csv: note: read so [dialect]\n"
                    "data/x.csv:1:1: error: wrong [type-error]\n    1 | a;b\n      | ^\n"
                    "data/x.csv: warning: 3 more [more-faults]\n");
    g_autofree char *quiet = run_printed(diag, (PrintStyle){.columns = 160, .is_quiet = true});
    g_assert_true(g_str_has_prefix(quiet, "data/x.csv:1:1: error: "));
}

static void test_counts(void) {
    g_autoptr(Source) source = source_of("a;b\n");
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(Source) yaml = source_new("data/datapackage.yaml", none);
    g_autoptr(Diag) diag = diag_of_all_levels(source);
    g_autoptr(Diag) other = diag_new();
    diag_error(other, (Span){source, 0, 1}, "extra-cell", NULL, "wrong");
    diag_error(other, (Span){yaml, 0, 1}, "type-error", NULL, "not of data");
    diag_error(other, (Span){0}, "no-command", NULL, "nowhere");
    diag_count_more(other, "data/x.csv", CODE_CONTENT, 3);
    diag_count_more(other, "data/a.csv", CODE_CONTENT, 1);
    diag_merge(diag, other);
    g_assert_cmpuint(diag_more_count(other), ==, 0);

    g_autoptr(GArray) counts = print_counts(diag);
    g_autoptr(GString) out = g_string_new(NULL);
    for (guint i = 0; i < counts->len; i++)
        print_count_text(out, &g_array_index(counts, FaultCount, i));
    g_assert_cmpstr(out->str, ==,
                    "data/a.csv: 1 fault of content\n"
                    "data/x.csv: 1 fault of structure, 4 of content\n");
    g_string_truncate(out, 0);
    print_count_json(out, diag);
    g_assert_cmpstr(
        out->str, ==,
        "{\"level\":\"summary\",\"code\":\"summary\",\"errors\":8,\"warnings\":1,\"notes\":1,"
        "\"files\":[{\"file\":null,\"content\":0,\"structure\":0,\"other\":1},"
        "{\"file\":\"data/a.csv\",\"content\":1,\"structure\":0,\"other\":0},"
        "{\"file\":\"data/datapackage.yaml\",\"content\":0,\"structure\":0,\"other\":1},"
        "{\"file\":\"data/x.csv\",\"content\":4,\"structure\":1,\"other\":0}]}\n");
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
    g_test_add_func("/cli/print/annotation", test_annotation);
    g_test_add_func("/cli/print/whole-file", test_whole_file);
    g_test_add_func("/cli/print/counts", test_counts);
    return g_test_run();
}
