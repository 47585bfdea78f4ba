#include "report/bind.h"
#include "report/markup.h"

#include <string.h>

#define NB "\u00A0"
#define NNB "\u202F"

typedef struct {
    Arena *arena;
    Diag *diag;
    GPtrArray *sources;
    Theme theme;
    Project project;
    Report report;
    Param params[1];
    Binder binder;
} Desk;

static Desk *desk_new(void) {
    Desk *desk = g_new0(Desk, 1);
    desk->arena = arena_new();
    desk->diag = diag_new();
    desk->sources = g_ptr_array_new_with_free_func((GDestroyNotify)source_unref);
    desk->project.theme = &desk->theme;
    desk->params[0] = (Param){"n", {.kind = VALUE_TEXT, .text = "*[^a]*\n- x"}};
    desk->binder = (Binder){.project = &desk->project,
                            .report = &desk->report,
                            .arena = desk->arena,
                            .diag = desk->diag,
                            .params = desk->params,
                            .n_params = 1};
    return desk;
}

static void desk_free(Desk *desk) {
    g_ptr_array_unref(desk->sources);
    diag_free(desk->diag);
    arena_free(desk->arena);
    g_free(desk);
}

static const Prose *bind(Desk *desk, const char *yaml) {
    g_autoptr(GBytes) bytes = g_bytes_new(yaml, strlen(yaml));
    Source *source = source_new("rapport.yaml", bytes);
    g_ptr_array_add(desk->sources, source);
    Node *node = node_parse(source, desk->arena, desk->diag);
    g_assert_nonnull(node);
    return bind_prose(&desk->binder, node);
}

/* ‹1› is a superior, *x* an italic. */
static void show_text(GString *out, RichText text) {
    for (size_t i = 0; i < text.n; i++) {
        const TextSpan *span = &text.spans[i];
        const char *open = span->is_superior ? "‹" : span->is_italic ? "*" : "";
        const char *close = span->is_superior ? "›" : span->is_italic ? "*" : "";
        g_string_append_printf(out, "%s%.*s%s", open, (int)span->len, span->text, close);
    }
    g_string_append_c(out, '\n');
}

/* One line a paragraph after its mark, then one line a note. */
static char *show(const Prose *prose) {
    static const char *const marks[] = {
        [PROSE_TEXT] = "", [PROSE_HEADING] = "# ", [PROSE_ITEM] = "- "};
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < prose->n_paras; i++) {
        g_string_append(out, marks[prose->paras[i].kind]);
        show_text(out, prose->paras[i].text);
    }
    for (size_t i = 0; i < prose->n_notes; i++) {
        g_string_append_printf(out, "%d. ", prose->notes[i].number);
        show_text(out, prose->notes[i].text);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void expect(const char *yaml, const char *wanted) {
    Desk *desk = desk_new();
    g_autofree char *shown = show(bind(desk, yaml));
    for (size_t i = 0; i < diag_count(desk->diag); i++)
        g_test_message("%s", diag_at(desk->diag, i)->message);
    g_assert_cmpuint(diag_count(desk->diag), ==, 0);
    g_assert_cmpstr(shown, ==, wanted);
    desk_free(desk);
}

static void test_paragraphs(void) {
    expect("text: |\n  un\n  deux\n\n  trois\n", "un deux\ntrois\n");
    expect("text: |\n  ## Titre\n  un\n  ## Autre\n\n\n  deux\n", "# Titre\nun\n# Autre\ndeux\n");
    expect("text: |\n  un :\n  - a\n    suite\n  -   b\n\n  deux\n",
           "un" NB ":\n- a suite\n- b\ndeux\n");
    expect("text: |\n  \\# dièse\n\n  -mot\n\n  -\n", "# dièse\n-mot\n-\n");
    expect("text: \"\"\n", "");
    expect("text: \"un *mot*\\\\\\nsuite\"\n", "un *mot*\nsuite\n");
}

/* In order of first call, whatever their order in the file. */
static void test_notes(void) {
    expect("text: |\n"
           "  Un[^b] deux[^a], trois[^b] !\n"
           "notes:\n  a: \"Note *a* ;\"\n  b: \"Note b.\"\n",
           "Un" NNB "‹1› deux" NNB "‹2›, trois" NNB "‹1›" NNB "!\n"
           "1. Note b.\n2. Note *a*" NNB ";\n");
    expect("text: |\n"
           "  « mot »[^é-1] *gras[^é-1]*[^x_2]\n\n"
           "  - [^x_2]fin\n"
           "notes:\n  é-1: un\n  x_2: deux\n",
           "«" NB "mot" NB "»" NNB "‹1› *gras*" NNB "‹1›" NNB "‹2›\n- " NNB
           "‹2›fin\n1. un\n2. deux\n");
}

/* Typography sees the words without the calls. */
static void test_typography(void) {
    expect("text: |\n  L'an 2022[^a] et 10[^a] 000 ; \"oui\"[^a]...[^a]\nnotes:\n  a: x\n",
           "L’an 2022" NNB "‹1› et 10" NNB "‹1›" NNB "000" NNB ";"
           " «" NB "oui" NB "»" NNB "‹1›…" NNB "‹1›\n1. x\n");
}

/* Neither code, nor a backslash, nor a value calls a note or starts a block. */
static void test_no_call(void) {
    expect("text: |\n  `[^a]` et \\[^a] et ``x`[^a]``\n\n  {n}\n",
           "[^a] et [^a] et x`[^a]\n*[^a]* –" NB "x\n");
    expect("text: |\n  un ` seul[^a]\nnotes:\n  a: x\n", "un ` seul" NNB "‹1›\n1. x\n");
}

/* The notes of one page go on counting. */
static void test_two_blocks(void) {
    Desk *desk = desk_new();
    static const char yaml[] = "text: \"un[^a]\"\nnotes:\n  a: x\n";
    g_assert_cmpint(bind(desk, yaml)->notes[0].number, ==, 1);
    g_assert_cmpint(bind(desk, yaml)->notes[0].number, ==, 2);
    g_assert_cmpuint(diag_count(desk->diag), ==, 0);
    desk_free(desk);
}

static void test_columns(void) {
    Desk *desk = desk_new();
    g_assert_cmpuint(bind(desk, "text: x\n")->n_columns, ==, 1);
    g_assert_cmpuint(bind(desk, "columns: 4\ntext: x\n")->n_columns, ==, 4);
    g_assert_cmpuint(diag_count(desk->diag), ==, 0);
    desk_free(desk);
}

/* One fault, at this place. */
static void expect_fault(const char *yaml, size_t line, size_t column, const char *message) {
    Desk *desk = desk_new();
    (void)bind(desk, yaml);
    g_assert_cmpuint(diag_count(desk->diag), ==, 1);
    const Fault *fault = diag_at(desk->diag, 0);
    g_assert_cmpstr(fault->message, ==, message);
    g_assert_cmpuint(fault->line, ==, line);
    g_assert_cmpuint(fault->column, ==, column);
    g_assert_nonnull(fault->hint);
    desk_free(desk);
}

static void test_faults(void) {
    static const char columns[] = "columns: a text cannot stand in %s columns";
    static const char *const counts[] = {"0", "5", "1.5", "-1"};
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autofree char *yaml = g_strdup_printf("columns: %s\ntext: x\n", counts[i]);
        g_autofree char *message = g_strdup_printf(columns, counts[i]);
        expect_fault(yaml, 1, 10, message);
    }
    expect_fault("text: |\n  un\n  deux[^b]\nnotes:\n  a: x\n", 3, 7, "no note is named « b »");
    expect_fault("text: un[^b]\n", 1, 9, "no note is named « b »");
    expect_fault("text: un\nnotes:\n  a: x\n", 3, 3, "the note « a » is never called");
    expect_fault("text: un[^]\n", 1, 9, "this note call has no name");
    expect_fault("text: un[^a b]\n", 1, 9, "« a b » cannot name a note");
    expect_fault("text: un\nnotes:\n  a b: x\n", 3, 3, "« a b » cannot name a note");
    expect_fault("text: un[^a\n", 1, 9, "this note call is not closed");
    expect_fault("text: un[^a]\nnotes:\n  a: x[^a]\n", 3, 7, "a note cannot call a note");
    expect_fault("text: |\n  ## un[^a]\nnotes:\n  a: x\n", 2, 8, "a heading cannot call a note");
    expect_fault("text: |\n  # un\n", 2, 3, "a heading starts with « ## », a space and its words");
    expect_fault("text: |\n  ##un\n", 2, 3, "a heading starts with « ## », a space and its words");
    expect_fault("text: |\n  ##\n", 2, 3, "a heading starts with « ## », a space and its words");
    expect_fault("text: |\n  - un\n    - deux\n", 3, 5, "a list has one level");
    expect_fault("text: |\n  un\n\n  {m}\n", 4, 4, "« m » is not known here");
    expect_fault("text: |\n  {n\n\n  }\n", 2, 3, "this brace is not closed");
    expect_fault("text: [un]\n", 1, 7, "text: a text is expected");
    expect_fault("columns: 2\n", 1, 1, "the key `text` is missing");
}

/* Calls are inside their part, in order; parts are in order, apart. */
static void test_random(void) {
    static const char letters[] = "ab[[^^]]]`{}\\#- \n\n";
    for (int round = 0; round < 20000; round++) {
        char text[24] = "";
        int n = g_test_rand_int_range(0, sizeof text);
        for (int i = 0; i < n; i++) text[i] = letters[g_test_rand_int_range(0, sizeof letters - 1)];
        g_autoptr(GArray) parts = markup_split(text);
        size_t last = 0;
        for (guint i = 0; i < parts->len; i++) {
            const MarkupPart *part = &g_array_index(parts, MarkupPart, i);
            g_assert_cmpuint(part->mark, >=, last);
            g_assert_cmpuint(part->start, >=, part->mark);
            g_assert_cmpuint(part->end, >=, part->start);
            g_assert_cmpuint(part->end, <=, strlen(text));
            MarkupCall call;
            size_t after = part->start;
            for (size_t at = part->start; markup_next_call(text, &at, part->end, &call);) {
                g_assert_cmpuint(call.at, >=, after);
                g_assert_true(!strncmp(text + call.at, "[^", 2));
                after = call.at + call.len;
                g_assert_cmpuint(after, <=, part->end);
            }
            last = part->end;
        }
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/prose/paragraphs", test_paragraphs);
    g_test_add_func("/report/prose/notes", test_notes);
    g_test_add_func("/report/prose/typography", test_typography);
    g_test_add_func("/report/prose/no-call", test_no_call);
    g_test_add_func("/report/prose/two-blocks", test_two_blocks);
    g_test_add_func("/report/prose/columns", test_columns);
    g_test_add_func("/report/prose/faults", test_faults);
    g_test_add_func("/report/prose/random", test_random);
    return g_test_run();
}
