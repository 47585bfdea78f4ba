#include "project/node.h"

#include <string.h>
#include <yaml.h>

typedef struct {
    Arena *arena;
    Diag *diag;
    Source *source;
    Node *root;
} Doc;

static Doc doc_parse_bytes(const char *text, size_t len) {
    g_autoptr(GBytes) bytes = g_bytes_new(text, len);
    Doc doc = {.arena = arena_new(), .diag = diag_new(), .source = source_new("t.yaml", bytes)};
    doc.root = node_parse(doc.source, doc.arena, doc.diag);
    return doc;
}

static Doc doc_parse(const char *text) {
    return doc_parse_bytes(text, strlen(text));
}

static void doc_clear(Doc *doc) {
    arena_free(doc->arena);
    diag_free(doc->diag);
    source_unref(doc->source);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Doc, doc_clear)

static char *written_at(Span span) {
    return g_strndup(source_data(span.source, NULL) + span.start, span.len);
}

static void assert_span(Span span, const char *wanted) {
    g_autofree char *text = written_at(span);
    g_assert_cmpstr(text, ==, wanted);
}

static void assert_fault(const Diag *diag, size_t i, size_t line, size_t column, const char *code,
                         const char *message, const char *hint) {
    g_assert_cmpuint(diag_count(diag), >, i);
    const Fault *fault = diag_at(diag, i);
    g_assert_cmpstr(fault->message, ==, message);
    g_assert_cmpstr(fault->code, ==, code);
    g_assert_cmpstr(fault->hint, ==, hint);
    g_assert_cmpuint(fault->line, ==, line);
    g_assert_cmpuint(fault->column, ==, column);
}

static void test_tree(void) {
    g_auto(Doc) doc =
        doc_parse("été: {a: 1, b: [x, 'y z']}\nlist:\n  - deux\n  - \"t\\xE9\"\nnull_:\n"
                  "fin: à la fin # comment\n");
    g_assert_nonnull(doc.root);
    g_assert_cmpint(doc.root->kind, ==, NODE_MAP);
    g_assert_cmpuint(doc.root->n_children, ==, 4);
    Node *flow = node_map(doc.root, "été", doc.diag);
    assert_span(flow->span, "{a: 1, b: [x, 'y z']}");
    assert_span(flow->key_span, "été");
    Node *inner = node_list(flow, "b", doc.diag);
    assert_span(inner->span, "[x, 'y z']");
    assert_span(inner->children[1]->span, "y z");
    assert_span(inner->children[1]->written, "'y z'");
    g_assert_false(inner->children[1]->is_plain);
    g_assert_true(inner->children[0]->is_plain);
    Node *list = node_list(doc.root, "list", doc.diag);
    assert_span(list->span, "- deux\n  - \"t\\xE9\"");
    g_assert_cmpstr(list->children[1]->text, ==, "té");
    assert_span(node_find(doc.root, "fin")->span, "à la fin");
    g_assert_cmpstr(node_text(doc.root, "null_", "repli", doc.diag), ==, "repli");
    g_assert_null(node_find(doc.root, "absent"));
    g_assert_null(node_find(NULL, "absent"));
    g_assert_cmpuint(diag_count(doc.diag), ==, 0);
}

static void test_place(void) {
    g_auto(Doc) doc = doc_parse("\xEF\xBB\xBFtitre: \"Été « € »\"\r\nclé:\r\n  sous: valeur\r\n");
    Place place = source_locate(node_find(node_find(doc.root, "clé"), "sous")->span);
    g_assert_cmpuint(place.line, ==, 3);
    g_assert_cmpuint(place.column, ==, 9);
    assert_span(node_find(doc.root, "titre")->span, "Été « € »");
}

/* In every style, the word `cible` of the text is the word `cible` of the file. */
static void test_span_within(void) {
    static const char *const styles[] = {
        "k: avant été cible après\n",
        "k: avant\n  été\n\n  cible\n  après\n",
        "k: 'l''été ''cible'' après'\n",
        "k: 'l''été\n\n\n  puis cible\n  '\n",
        "k: \"\\u00e9t\\xe9 \\\"\\n\\_\\L\\U0001F600 cible\"\n",
        "{\t\"k\":\"\\ud83d\\ude00  \\ud83d\\ude00\\/ cible\"}\n",
        "k: \"avant \\\n   \\ puis\n   cible \\\n\n  fin\"\n",
        "k: |\n  SELECT été\n    FROM cible\n",
        "k: |2-\n\n    retrait été\n\n   x\n  cible\n\nz: 1\n",
        "k: >\n\n  avant\n  été\n\n    plus loin\n\n  encore\n  cible après\n",
        "k: >-\n  a\n   b\n\n\n  c\n  d cible",
        "k: |+ # note\n\n  avant\n \n  cible\n\n\nz: 2\n",
        "k: |\r\n  avant\r\n\r\n  cible\r\n",
        "k: >\r\n  avant\r\n  puis\r\n\r\n  cible\r\n",
        "- k: |\n    avant\n    cible\n- x\n",
        "k:\n  - |\n   avant\n\n    cible\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(styles); i++) {
        g_auto(Doc) doc = doc_parse(styles[i]);
        g_assert_nonnull(doc.root);
        Node *node = doc.root->kind == NODE_LIST ? doc.root->children[0] : doc.root;
        node = node_find(node, "k");
        if (node->kind == NODE_LIST) node = node->children[0];
        const char *found = strstr(node->text, "cible");
        g_assert_nonnull(found);
        Span span = node_span_within(node, (size_t)(found - node->text), strlen("cible"));
        assert_span(span, "cible");
        g_assert_cmpuint(span.start, ==, (size_t)(strstr(styles[i], "cible") - styles[i]));
        /* past the end: the end of the value */
        Span past = node_span_within(node, strlen(node->text) + 5, 1);
        g_assert_cmpuint(past.start, ==, node->span.start + node->span.len);
    }
}

/* JSON writes what is beyond U+FFFF as two escapes; in a plain text or alone they are none. */
static void test_surrogates(void) {
    g_auto(Doc) doc = doc_parse("{\"a\": \"x \\uD83D\\uDE00 y\", \"b\": \"\\\\ud83d\\\\ude00\"}");
    g_assert_cmpstr(node_text(doc.root, "a", "", doc.diag), ==, "x \U0001F600 y");
    g_assert_cmpstr(node_text(doc.root, "b", "", doc.diag), ==, "\\ud83d\\ude00");
    g_assert_cmpuint(diag_count(doc.diag), ==, 0);
    g_auto(Doc) yaml = doc_parse("a: '\\ud83d\\ude00'\n");
    g_assert_cmpstr(node_text(yaml.root, "a", "", yaml.diag), ==, "\\ud83d\\ude00");
    g_auto(Doc) lone = doc_parse("{\"a\": \"\\ud83d\"}");
    g_assert_null(lone.root);
    g_assert_cmpstr(diag_at(lone.diag, 0)->message, ==, "this escape names no character");
}

static void test_block_span(void) {
    g_auto(Doc) doc =
        doc_parse("a: |+\n\n  un\n   deux\n\n\nb: >2\n    trois\n  quatre\nc: |\nd: 1\n");
    assert_span(node_find(doc.root, "a")->span, "un\n   deux");
    assert_span(node_find(doc.root, "b")->span, "  trois\n  quatre");
    g_assert_cmpstr(node_text(doc.root, "b", NULL, doc.diag), ==, "  trois\nquatre\n");
    g_assert_cmpstr(node_text(doc.root, "c", NULL, doc.diag), ==, "");
}

static int write_bytes(void *out, unsigned char *bytes, size_t size) {
    g_string_append_len(out, (const char *)bytes, (gssize)size);
    return 1;
}

static void emit(yaml_emitter_t *emitter, yaml_event_t *event) {
    g_assert_true(yaml_emitter_emit(emitter, event));
}

/* [[…{k: text}…]] written by libyaml in a style. */
static char *write_scalar(const char *text, yaml_scalar_style_t style, int depth) {
    GString *out = g_string_new(NULL);
    yaml_emitter_t emitter;
    yaml_event_t event;
    g_assert_true(yaml_emitter_initialize(&emitter));
    yaml_emitter_set_output(&emitter, write_bytes, out);
    yaml_emitter_set_unicode(&emitter, g_test_rand_int_range(0, 2));
    yaml_emitter_set_width(&emitter, g_test_rand_int_range(8, 40));
    yaml_emitter_set_indent(&emitter, g_test_rand_int_range(2, 6));
    yaml_emitter_set_break(&emitter, g_test_rand_int_range(0, 2) ? YAML_LN_BREAK : YAML_CRLN_BREAK);
    yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING);
    emit(&emitter, &event);
    yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1);
    emit(&emitter, &event);
    for (int i = 0; i < depth; i++) {
        yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_SEQUENCE_STYLE);
        emit(&emitter, &event);
    }
    yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text, (int)strlen(text),
                                 1, 1, style);
    emit(&emitter, &event);
    for (int i = 0; i < depth; i++) {
        yaml_sequence_end_event_initialize(&event);
        emit(&emitter, &event);
    }
    yaml_document_end_event_initialize(&event, 1);
    emit(&emitter, &event);
    yaml_stream_end_event_initialize(&event);
    emit(&emitter, &event);
    yaml_emitter_delete(&emitter);
    return g_string_free(out, FALSE);
}

static char *random_text(void) {
    static const char *const pieces[] = {"a",  "b",    "mot", "é",      "€",  " ",  "  ",
                                         "\n", "\n\n", "'",   "\"",     "\\", ": ", "#",
                                         "{",  "\t",   "😀",   "\u00a0", "-"};
    GString *text = g_string_new(NULL);
    for (int n = g_test_rand_int_range(1, 40); n; n--)
        g_string_append(text, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
    return g_string_free(text, FALSE);
}

static void check_every_character(const Node *node) {
    size_t previous = 0;
    for (const char *p = node->text; *p; p = g_utf8_next_char(p)) {
        size_t offset = (size_t)(p - node->text), len = (size_t)(g_utf8_next_char(p) - p);
        Span span = node_span_within(node, offset, len);
        g_assert_cmpuint(span.start, >=, previous);
        g_assert_cmpuint(span.start + span.len, <=, node->written.start + node->written.len);
        previous = span.start;
        if (strchr(" \n\t", *p)) continue;
        g_autofree char *seen = written_at(span), *wanted = g_strndup(p, len);
        if (*seen == '\\' && node->style == STYLE_DOUBLE) continue;
        if (strcmp(wanted, "'") == 0 && strcmp(seen, "''") == 0) continue;
        g_assert_cmpstr(seen, ==, wanted);
    }
}

static void test_span_property(void) {
    static const yaml_scalar_style_t styles[] = {
        YAML_PLAIN_SCALAR_STYLE, YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE,
        YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE};
    size_t done = 0;
    for (int i = 0; i < 4000; i++) {
        g_autofree char *text = random_text();
        int depth = g_test_rand_int_range(0, 4);
        g_autofree char *yaml =
            write_scalar(text, styles[g_test_rand_int_range(0, G_N_ELEMENTS(styles))], depth);
        g_auto(Doc) doc = doc_parse(yaml);
        if (!doc.root) continue; /* libyaml does not always read what it wrote */
        const Node *node = doc.root;
        while (node->kind == NODE_LIST && node->n_children) node = node->children[0];
        if (node->kind != NODE_SCALAR) continue;
        check_every_character(node);
        done++;
    }
    g_assert_cmpuint(done, >, 3000);
}

static const char QUOTE[] = "put the whole text between quotes, with \\\" for a quote inside it";

static void test_syntax(void) {
    static const struct {
        const char *yaml;
        size_t line, column;
        const char *code, *message, *hint;
    } cases[] = {
        {"été: Le vol : grave\n", 1, 13, "yaml-error", "unquoted text holds « : »", QUOTE},
        {"a: 1\nt: {x} dollars volés\nb: 2\n", 2, 4, "yaml-error",
         "text that starts with « { » is not quoted", QUOTE},
        {"t: **{n}** tirs\n", 1, 4, "yaml-error", "text that starts with « * » is not quoted",
         QUOTE},
        {"- @nom\n", 1, 3, "yaml-error", "text that starts with « @ » is not quoted", QUOTE},
        {"p: % du total\n", 1, 4, "yaml-error", "text that starts with « % » is not quoted", QUOTE},
        {"t: \"un\" deux\nb: 1\n", 1, 9, "yaml-error", "text follows a closed quote", QUOTE},
        {"a: 1\nt: \"jamais\nb: 2\n", 2, 4, "yaml-error", "this quote is never closed",
         "close the text with the same quote"},
        {"a:\n\tb: 1\n", 2, 1, "yaml-error", "a tab is used to indent", "indent with spaces"},
        {"a: [x, y\nb: 1\n", 1, 4, "yaml-error",
         "this « [ » is never closed, or a comma is missing",
         "a text that starts with « [ » must be between quotes"},
        {"a: {x: 1\nb: 1\n", 1, 4, "yaml-error",
         "this « { » is never closed, or a comma is missing",
         "a text that starts with « { » must be between quotes"},
        {"a: \"\\q\"\n", 1, 5, "yaml-error",
         "unknown escape after \\ in a text between double quotes",
         "write \\\\ for a backslash, or put the text between single quotes"},
        {"a: - b\n", 1, 4, "yaml-error", "a list item does not start here",
         "start the list on the next line, or put the text between quotes"},
        {"  a: 1\n b: 2\n", 2, 2, "yaml-error", "this line is indented less than the first one",
         "align it with the keys above"},
        {"a: 1\n  b: 2\n", 2, 4, "yaml-error", "unquoted text holds « : »", QUOTE},
        {"a:\n  - x\n  y: 1\n", 3, 3, "yaml-error",
         "this line belongs neither to the list nor to a key", "align it with « - » or indent it"},
        {"a:\n    b: 1\n  c: 2\n", 3, 3, "yaml-error",
         "this line is not a key of the map around it", "align it with the keys above"},
        {"a: 1\nb\nc: 2\n", 2, 1, "yaml-error", "« : » is missing after the key",
         "write the key, a colon, a space and the value"},
        {"a: &x 1\n", 1, 4, "unsupported-yaml", "anchors (&name) are not used in templates", QUOTE},
        {"a: *x\n", 1, 4, "unsupported-yaml", "aliases (*name) are not used in templates", QUOTE},
        {"a: !x 1\n", 1, 4, "unsupported-yaml", "tags (!name) are not used in templates", QUOTE},
        {"a: 1\n---\nb: 2\n", 2, 1, "unsupported-yaml", "a second document starts here",
         "keep one document in the file"},
        {"a: 1\nb: 2\na: 3\n", 3, 1, "duplicate-key", "the key `a` is already on line 1",
         "keep one of the two"},
        {"? {x}\n: 1\n", 1, 3, "yaml-error", "text that starts with « { » is not quoted", QUOTE},
        {"a: {{x}}\n", 1, 5, "yaml-error", "text that starts with « { » is not quoted", QUOTE},
        {"'': 1\n", 1, 2, "yaml-error", "a key is empty", QUOTE},
        {"", 1, 1, "yaml-error", "the file is empty", NULL},
        {"# rien\n", 1, 1, "yaml-error", "the file is empty", NULL},
        {"a: \xE9t\xE9\n", 1, 4, "encoding-error", "the file is not UTF-8 here",
         "save the file as UTF-8"},
        {"a: x\u2028y\n", 1, 5, "encoding-error", "an invisible line separator, U+2028",
         "delete it, or start a new line there"},
        {"été: x\x01y\n", 1, 7, "encoding-error", "a character that YAML does not allow",
         "delete this character"},
        {"a: \"x\\0y\"\n", 1, 4, "encoding-error", "a text holds the character zero", "delete \\0"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Doc) doc = doc_parse(cases[i].yaml);
        g_test_message("%s", cases[i].yaml);
        g_assert_null(doc.root);
        g_assert_cmpuint(diag_count(doc.diag), ==, 1);
        assert_fault(doc.diag, 0, cases[i].line, cases[i].column, cases[i].code, cases[i].message,
                     cases[i].hint);
    }
}

static void test_limits(void) {
    g_autoptr(GString) deep = g_string_new(NULL);
    for (int i = 0; i < 20000; i++) g_string_append_c(deep, '[');
    g_auto(Doc) levels = doc_parse(deep->str);
    g_assert_null(levels.root);
    assert_fault(levels.diag, 0, 1, 65, "too-large", "more than 64 levels", "write fewer levels");
    g_autoptr(GString) wide = g_string_new(NULL);
    for (int i = 0; i < 100001; i++) g_string_append(wide, "- a\n");
    g_auto(Doc) values = doc_parse(wide->str);
    g_assert_null(values.root);
    g_assert_cmpuint(diag_count(values.diag), ==, 1);
    assert_fault(values.diag, 0, 100000, 3, "too-large", "more than 100000 values in one file",
                 "split the file");
}

static void test_readers(void) {
    g_auto(Doc) doc =
        doc_parse("n: 12.5\nneg: -1e3\nvirgule: 12,5\ncite: '12'\nhex: 0x10\noui: yes\nb: true\n"
                  "f: false\ncarte: {since}\nliste: [x]\nvide:\ntexte: mot\n");
    Node *root = doc.root;
    Diag *diag = doc.diag;
    g_assert_cmpfloat(node_number(root, "n", 0, diag), ==, 12.5);
    g_assert_cmpfloat(node_number(root, "neg", 0, diag), ==, -1000);
    g_assert_cmpfloat(node_number(root, "vide", 7, diag), ==, 7);
    g_assert_true(node_bool(root, "b", false, diag));
    g_assert_false(node_bool(root, "f", true, diag));
    g_assert_true(node_bool(root, "absent", true, diag));
    g_assert_cmpuint(diag_count(diag), ==, 0);

    g_assert_cmpfloat(node_number(root, "virgule", 3, diag), ==, 3);
    assert_fault(diag, 0, 3, 10, "type-error", "virgule: « 12,5 » is not a number",
                 "write a decimal point: 12.5");
    (void)node_number(root, "cite", 3, diag);
    assert_fault(diag, 1, 4, 8, "type-error", "cite: « 12 » is not a number",
                 "write it without quotes: 12");
    (void)node_number(root, "hex", 3, diag);
    assert_fault(diag, 2, 5, 6, "type-error", "hex: « 0x10 » is not a number", NULL);
    g_assert_true(node_bool(root, "oui", true, diag));
    assert_fault(diag, 3, 6, 6, "type-error", "oui: « yes » is neither true nor false",
                 "write true or false, without quotes");
    g_assert_cmpstr(node_text(root, "carte", "x", diag), ==, "x");
    assert_fault(diag, 4, 9, 8, "type-error", "`carte` is a map of keys, not a text",
                 "a text that starts with « { » or holds « : » must be between quotes");
    (void)node_text(root, "liste", NULL, diag);
    assert_fault(diag, 5, 10, 8, "type-error", "`liste` is a list, not a text",
                 "a text that starts with « [ » must be between quotes");
    g_assert_null(node_map(root, "texte", diag));
    assert_fault(diag, 6, 12, 8, "type-error", "`texte` is a text, not a map of keys",
                 "write keys and values under it, one `key: value` a line");
    g_assert_null(node_list(root, "vide", diag));
    assert_fault(diag, 7, 11, 1, "type-error", "`vide` is empty, not a list",
                 "start each item with « - » on a line of its own");
    g_assert_null(node_require(root, "titre", diag));
    assert_fault(diag, 8, 1, 1, "missing-key", "the key `titre` is missing", "add `titre: …`");
    g_assert_null(node_require(node_map(root, "carte", diag), "titre", diag));
    assert_fault(diag, 9, 9, 1, "missing-key", "the key `titre` is missing in `carte`",
                 "add `titre: …`");
    g_assert_null(node_require(node_list(root, "liste", diag)->children[0], "titre", diag));
    assert_fault(diag, 10, 10, 9, "type-error", "this is a text, not a map of keys",
                 "write keys and values under it, one `key: value` a line");
    g_assert_null(node_require(NULL, "titre", diag));
    g_assert_cmpuint(diag_count(diag), ==, 11);
}

static void test_unread(void) {
    g_auto(Doc) doc =
        doc_parse("report:\n  titel: x\n  kicker: y\n  zzzzzz: 1\nfigures:\n  - hauteur: 1\n"
                  "  - width: 2\nautre: {a: {b: 1}}\nfait: {libre: 1}\n");
    Node *report = node_map(doc.root, "report", doc.diag);
    (void)node_text(report, "title", NULL, doc.diag);
    (void)node_text(report, "kicker", NULL, doc.diag);
    (void)node_text(report, "kicker", NULL, doc.diag);
    const Node *figures = node_list(doc.root, "figures", doc.diag);
    for (size_t i = 0; i < figures->n_children; i++)
        (void)node_number(figures->children[i], "width", 0, doc.diag);
    node_mark_read(node_find(doc.root, "fait"));
    node_report_unread(doc.root, doc.diag);
    g_assert_cmpuint(diag_count(doc.diag), ==, 4);
    assert_fault(doc.diag, 0, 2, 3, "unknown-key", "unknown key `titel` in `report`",
                 "did you mean `title`?");
    assert_fault(doc.diag, 1, 4, 3, "unknown-key", "unknown key `zzzzzz` in `report`",
                 "known keys: title, kicker");
    assert_fault(doc.diag, 2, 6, 5, "unknown-key", "unknown key `hauteur`", "known keys: width");
    assert_fault(doc.diag, 3, 8, 1, "unknown-key", "unknown key `autre`",
                 "known keys: report, figures, fait");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/project/node/tree", test_tree);
    g_test_add_func("/project/node/place", test_place);
    g_test_add_func("/project/node/span-within", test_span_within);
    g_test_add_func("/project/node/surrogates", test_surrogates);
    g_test_add_func("/project/node/block-span", test_block_span);
    g_test_add_func("/project/node/span-property", test_span_property);
    g_test_add_func("/project/node/syntax", test_syntax);
    g_test_add_func("/project/node/limits", test_limits);
    g_test_add_func("/project/node/readers", test_readers);
    g_test_add_func("/project/node/unread", test_unread);
    return g_test_run();
}
