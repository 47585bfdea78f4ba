#include "report/fill.h"

#include "project/node.h"

#include <string.h>

#define NB "\u00A0"

typedef struct {
    Arena *arena;
    Diag *diag;
    Source *source;
    RichText text;
    bool is_filled;
} Trial;

static Value date_of(const char *text) {
    Value value = {.kind = VALUE_DATE};
    g_assert_true(date_parse(text, &value.date));
    return value;
}

static Trial trial_run(const char *template) {
    const Param params[] = {
        {"from", date_of("2019-05-05")},
        {"to", date_of("2019-05-09")},
        {"low", {.kind = VALUE_INT, .integer = 3}},
        {"high", {.kind = VALUE_REAL, .real = 6.5}},
        {"none", {.kind = VALUE_NULL}},
    };
    static const Theme theme = {0};
    Trial trial = {.arena = arena_new(), .diag = diag_new()};
    g_autofree char *yaml = g_strdup_printf("text: '%s'\n", template);
    g_autoptr(GBytes) bytes = g_bytes_new(yaml, strlen(yaml));
    trial.source = source_new("rapport.yaml", bytes);
    Node *root = node_parse(trial.source, trial.arena, trial.diag);
    Scope scope = {.theme = &theme, .params = params, .n_params = G_N_ELEMENTS(params)};
    trial.is_filled = fill(&scope, node_find(root, "text"), trial.arena, &trial.text, trial.diag);
    return trial;
}

static void trial_clear(Trial *trial) {
    source_unref(trial->source);
    diag_free(trial->diag);
    arena_free(trial->arena);
}

static void expect(const char *template, const char *wanted) {
    Trial trial = trial_run(template);
    g_assert_true(trial.is_filled);
    g_assert_cmpstr(trial.text.plain, ==, wanted);
    trial_clear(&trial);
}

static void expect_fault(const char *template, const char *at, const char *message) {
    Trial trial = trial_run(template);
    g_assert_false(trial.is_filled);
    g_assert_cmpuint(diag_count(trial.diag), ==, 1);
    const Fault *fault = diag_at(trial.diag, 0);
    g_assert_cmpstr(fault->message, ==, message);
    g_assert_cmpuint(fault->caret, ==, strlen(at));
    trial_clear(&trial);
}

/* An argument that begins with a colon stands for a value. */
static void test_value_argument(void) {
    expect("{from | range :to}", "du 5 au 9" NB "mai 2019");
    expect("{from | range :to dash}", "5–9" NB "mai 2019");
    expect("{low | range :high words km}", "de 3 à 6,5" NB "km");
    expect("{low | number | suffix \":to\"}", "3:to");
    expect("{low | number | suffix :}", "3" NB ":");
}

static void test_value_argument_faults(void) {
    expect_fault("{from | range :too}", ":too", "« too » is not known here");
    expect_fault("{from | range :none}", ":none", "« none » has no value");
    expect_fault("{from | range :low}", "range :low", "filter range: « 3 » is not a date");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/fill/value-argument", test_value_argument);
    g_test_add_func("/report/fill/value-argument-faults", test_value_argument_faults);
    return g_test_run();
}
