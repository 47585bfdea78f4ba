/* The command line: what it fills, what it refuses, and the nearest known word. */
#include "cli/commands.h"
#include "cli/options.h"

#include <string.h>

typedef struct {
    Options options;
    Diag *diag;
    bool is_understood;
} Parsed;

/* `line` is split at spaces. */
static Parsed parse(const char *line) {
    g_autofree char *whole = g_strconcat("frise ", line, NULL);
    g_auto(GStrv) words = g_strsplit(whole, " ", -1);
    Parsed parsed = {.diag = diag_new()};
    parsed.is_understood =
        options_parse(&parsed.options, (int)g_strv_length(words), words, parsed.diag);
    return parsed;
}

static void parsed_clear(Parsed *parsed) {
    options_clear(&parsed->options);
    diag_free(parsed->diag);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Parsed, parsed_clear)

static void test_defaults(void) {
    g_auto(Parsed) parsed = parse("build");
    g_assert_true(parsed.is_understood);
    const Request *request = &parsed.options.request;
    g_assert_cmpstr(parsed.options.command->name, ==, "build");
    g_assert_cmpstr(request->data_dir, ==, "data");
    g_assert_cmpstr(request->templates_dir, ==, "templates");
    g_assert_cmpstr(request->out_dir, ==, "out");
    g_assert_cmpint(request->formats, ==, FORMAT_ALL);
    g_assert_cmpint(request->jobs, >=, 1);
    g_assert_cmpint((int)request->n_reports, ==, 0);
}

static void test_everything_said(void) {
    g_auto(Parsed) parsed = parse("--data d build --templates=t one t/two.yaml --out o --param a=1 "
                                  "--param b=2=3 -j3 --only f --medium a4 --format svg,layout "
                                  "--lax --timing");
    g_assert_true(parsed.is_understood);
    const Request *request = &parsed.options.request;
    g_assert_cmpstr(request->data_dir, ==, "d");
    g_assert_cmpstr(request->templates_dir, ==, "t");
    g_assert_cmpstr(request->out_dir, ==, "o");
    g_assert_cmpint((int)request->n_reports, ==, 2);
    g_assert_cmpstr(request->reports[0], ==, "one");
    g_assert_cmpstr(request->reports[1], ==, "two");
    g_assert_cmpstr(request->params[0], ==, "a=1");
    g_assert_cmpstr(request->params[1], ==, "b=2=3");
    g_assert_null(request->params[2]);
    g_assert_cmpint(request->jobs, ==, 3);
    g_assert_cmpstr(request->only, ==, "f");
    g_assert_cmpstr(request->medium, ==, "a4");
    g_assert_cmpint(request->formats, ==, FORMAT_SVG | FORMAT_LAYOUT);
    g_assert_true(request->is_lax && request->is_timed);
}

static void test_typography(void) {
    g_auto(Parsed) parsed =
        parse("typo --locale fr-CH --unit-space nnbsp --brand Hop! --brand Oui");
    g_assert_true(parsed.is_understood);
    const FrTypoOptions *typography = &parsed.options.typography;
    g_assert_cmpint(typography->locale, ==, FR_TYPO_SWITZERLAND);
    g_assert_cmpint(typography->unit_space, ==, FR_SPACE_NNBSP);
    g_assert_cmpint(typography->guillemet_space, ==, FR_SPACE_NBSP);
    g_assert_cmpstr(typography->brands[0], ==, "Hop!");
    g_assert_cmpstr(typography->brands[1], ==, "Oui");
    g_assert_null(typography->brands[2]);
}

static void test_words_that_look_like_options(void) {
    g_auto(Parsed) number = parse("format number -0.75");
    g_assert_true(number.is_understood);
    g_assert_cmpstr(number.options.arguments[1], ==, "-0.75");
    g_auto(Parsed) after = parse("query -- --x");
    g_assert_true(after.is_understood);
    g_assert_cmpstr(after.options.arguments[0], ==, "--x");
}

static void test_faults(void) {
    const struct {
        const char *line, *code, *hint;
    } cases[] = {
        {"buidl", "unknown-command", "did you mean frise build?"},
        {"xxxxxxxx", "unknown-command", "frise --help lists the commands"},
        {"build --dat x", "unknown-option", "did you mean --data?"},
        {"build --dat=x", "unknown-option", "did you mean --data?"},
        {"build --format pgn", "unknown-format", "did you mean png?"},
        {"build --format webp", "unknown-format", NULL},
        {"build --jobs 0", "bad-option", NULL},
        {"typo --incise-dash emm", "unknown-value", "did you mean em?"},
        {"typo --brand=", "bad-option", NULL},
        {"format unit 30 --locale fr-CA", "unknown-option", NULL},
        {"build --jobs 2x", "bad-option", NULL},
        {"build --param x", "bad-option", "write --param name=value"},
        {"build --param =x", "bad-option", "write --param name=value"},
        {"build --out", "bad-option", NULL},
        {"build --out=", "bad-option", NULL},
        {"check --only x", "unknown-option", "frise check --help lists them"},
        {"query", "missing-argument", "write frise query SQL"},
        {"query a b", "extra-argument", "write frise query SQL"},
        {"format --batch number 1", "extra-argument", "write frise format --batch"},
        {"--quiet", "no-command", "frise --help lists the commands"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Parsed) parsed = parse(cases[i].line);
        g_test_message("%s", cases[i].line);
        g_assert_false(parsed.is_understood);
        g_assert_cmpint((int)diag_count(parsed.diag), ==, 1);
        const Fault *fault = diag_at(parsed.diag, 0);
        g_assert_cmpstr(fault->code, ==, cases[i].code);
        if (cases[i].hint) g_assert_cmpstr(fault->hint, ==, cases[i].hint);
    }
}

static void test_all_faults_at_once(void) {
    g_auto(Parsed) parsed = parse("build --jobs x --format pgn --colour");
    g_assert_cmpint((int)diag_count(parsed.diag), ==, 3);
}

static void test_help(void) {
    static const char *const lines[] = {"build --help", "--help build", "help build", "build -h"};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(Parsed) parsed = parse(lines[i]);
        g_assert_true(parsed.options.given & OPTION_HELP);
        g_assert_cmpstr(parsed.options.command->name, ==, "build");
    }
    for (const Command *command = commands; command->name; command++) {
        g_autoptr(GString) help = g_string_new(NULL);
        command_help(help, command);
        g_assert_nonnull(strstr(help->str, command->example));
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cli/options/defaults", test_defaults);
    g_test_add_func("/cli/options/everything", test_everything_said);
    g_test_add_func("/cli/options/typography", test_typography);
    g_test_add_func("/cli/options/look-alikes", test_words_that_look_like_options);
    g_test_add_func("/cli/options/faults", test_faults);
    g_test_add_func("/cli/options/all-faults", test_all_faults_at_once);
    g_test_add_func("/cli/options/help", test_help);
    return g_test_run();
}
