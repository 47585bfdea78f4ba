/* A template of any bytes: parsed, every scalar's span asked for, unread keys reported. */
#include "fuzz.h"

#include "project/node.h"

#include <string.h>

static void look(const Node *node) {
    if (node->kind == NODE_SCALAR) {
        size_t len = strlen(node->text);
        Span span = node_span_within(node, len / 2, len - len / 2);
        g_assert_cmpuint(source_locate(span).line, >=, 1);
    }
    for (size_t i = 0; i < node->n_children; i++) look(node->children[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autoptr(GBytes) bytes = g_bytes_new(data, size);
    g_autoptr(Source) source = source_new("template.yaml", bytes);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    Node *root = node_parse(source, arena, diag);
    g_assert_true(root || diag_errors(diag) > 0);
    if (!root) return 0;
    look(root);
    node_report_unread(root, diag);
    return 0;
}
