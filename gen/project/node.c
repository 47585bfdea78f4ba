#include "project/node.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

/* Names asked for are kept without their repeats; the array doubles in the arena. */
static void remember_asked(Node *map, const char *key) {
    for (size_t i = 0; i < map->n_asked; i++)
        if (map->asked[i] == key || strcmp(map->asked[i], key) == 0) return;
    bool is_full = (map->n_asked & (map->n_asked - 1)) == 0; /* at 0, 1, 2, 4, 8... */
    if (is_full) {
        const char **grown = ARENA_ARRAY(map->arena, const char *, MAX(map->n_asked * 2, 1));
        if (map->n_asked) memcpy(grown, map->asked, map->n_asked * sizeof *grown);
        map->asked = grown;
    }
    map->asked[map->n_asked++] = key;
}

static Node *child_of(const Node *map, const char *key) {
    for (size_t i = 0; i < map->n_children; i++)
        if (strcmp(map->children[i]->key, key) == 0) return map->children[i];
    return NULL;
}

Node *node_find(Node *map, const char *key) {
    if (!map || map->kind != NODE_MAP) return NULL;
    remember_asked(map, key);
    Node *child = child_of(map, key);
    if (child) child->is_read = true;
    return child;
}

const Node *node_peek(const Node *map, const char *key) {
    return map && map->kind == NODE_MAP ? child_of(map, key) : NULL;
}

static const char *kind_name(NodeKind kind) {
    static const char *const names[] = {N_("a text"), N_("a list"), N_("a map of keys")};
    return _(names[kind]);
}

/* A map or list where a scalar stands is most often a French text left without quotes. */
static void report_kind(const Node *node, NodeKind wanted, Diag *diag) {
    const char *hint = NULL;
    if (node->kind == NODE_MAP && wanted == NODE_SCALAR)
        hint = N_("a text that starts with « { » or holds « : » must be between quotes");
    else if (node->kind == NODE_LIST && wanted == NODE_SCALAR)
        hint = N_("a text that starts with « [ » must be between quotes");
    else if (wanted == NODE_LIST)
        hint = N_("start each item with « - » on a line of its own");
    else if (wanted == NODE_MAP)
        hint = N_("write keys and values under it, one `key: value` a line");
    bool is_empty = node->kind == NODE_SCALAR && !*node->text;
    Span span = node->span.len ? node->span : node->key_span.source ? node->key_span : node->span;
    diag_error(diag, span, "type-error", hint, "%s%s%s is %s, not %s", node->key ? "`" : "",
               node->key ? node->key : _("this"), node->key ? "`" : "",
               is_empty ? _("empty") : kind_name(node->kind), kind_name(wanted));
}

Node *node_require(Node *map, const char *key, Diag *diag) {
    if (!map) return NULL;
    if (map->kind != NODE_MAP) {
        report_kind(map, NODE_MAP, diag);
        return NULL;
    }
    Node *child = node_find(map, key);
    if (child) return child;
    g_autofree char *hint = g_strdup_printf(_("add `%s: …`"), key);
    Span span = map->key_span.source ? map->key_span : map->span;
    if (map->key)
        diag_error(diag, span, "missing-key", hint, "the key `%s` is missing in `%s`", key,
                   map->key);
    else
        diag_error(diag, span, "missing-key", hint, "the key `%s` is missing", key);
    return NULL;
}

bool node_is_null(const Node *node) {
    if (node->kind != NODE_SCALAR || !node->is_plain) return false;
    return !*node->text || strcmp(node->text, "null") == 0 || strcmp(node->text, "~") == 0;
}

static Node *scalar_of(Node *map, const char *key, Diag *diag) {
    Node *node = node_find(map, key);
    if (!node || node_is_null(node)) return NULL;
    if (node->kind == NODE_SCALAR) return node;
    report_kind(node, NODE_SCALAR, diag);
    return NULL;
}

const char *node_text(Node *map, const char *key, const char *fallback, Diag *diag) {
    const Node *node = scalar_of(map, key, diag);
    return node ? node->text : fallback;
}

bool node_is_decimal(const char *text) {
    text += *text == '-';
    size_t digits = strspn(text, "0123456789");
    if (!digits) return false;
    text += digits;
    if (*text == '.') {
        digits = strspn(text + 1, "0123456789");
        if (!digits) return false;
        text += 1 + digits;
    }
    if (*text == 'e' || *text == 'E') {
        text += 1 + (text[1] == '-' || text[1] == '+');
        digits = strspn(text, "0123456789");
        if (!digits) return false;
        text += digits;
    }
    return !*text;
}

static void report_number(const Node *node, Diag *diag) {
    g_autofree char *hint = NULL;
    g_autofree char *pointed = g_strdelimit(g_strdup(node->text), ",", '.');
    if (!node->is_plain && node_is_decimal(node->text))
        hint = g_strdup_printf(_("write it without quotes: %s"), node->text);
    else if (node_is_decimal(pointed))
        hint = g_strdup_printf(_("write a decimal point: %s"), pointed);
    diag_error(diag, node->span, "type-error", hint, "%s: « %s » is not a number", node->key,
               node->text);
}

double node_number(Node *map, const char *key, double fallback, Diag *diag) {
    const Node *node = scalar_of(map, key, diag);
    if (!node) return fallback;
    double number =
        node->is_plain && node_is_decimal(node->text) ? g_ascii_strtod(node->text, NULL) : INFINITY;
    if (isfinite(number)) return number;
    report_number(node, diag);
    return fallback;
}

bool node_bool(Node *map, const char *key, bool fallback, Diag *diag) {
    const Node *node = scalar_of(map, key, diag);
    if (!node) return fallback;
    if (node->is_plain && strcmp(node->text, "true") == 0) return true;
    if (node->is_plain && strcmp(node->text, "false") == 0) return false;
    diag_error(diag, node->span, "type-error", "write true or false, without quotes",
               "%s: « %s » is neither true nor false", node->key, node->text);
    return fallback;
}

static Node *collection_of(Node *map, const char *key, NodeKind kind, Diag *diag) {
    Node *node = node_find(map, key);
    if (!node || node->kind == kind) return node;
    report_kind(node, kind, diag);
    return NULL;
}

Node *node_map(Node *map, const char *key, Diag *diag) {
    return collection_of(map, key, NODE_MAP, diag);
}

Node *node_list(Node *map, const char *key, Diag *diag) {
    return collection_of(map, key, NODE_LIST, diag);
}

void node_mark_read(Node *tree) {
    if (!tree) return;
    tree->is_read = true;
    for (size_t i = 0; i < tree->n_children; i++) node_mark_read(tree->children[i]);
}

/* A name the map already has is not what was meant; when nothing is near, all names are told. */
static char *unknown_hint(const Node *map, const char *key) {
    g_autoptr(GPtrArray) absent = g_ptr_array_new();
    g_autoptr(GString) all = g_string_new(NULL);
    for (size_t i = 0; i < map->n_asked; i++) {
        if (!child_of(map, map->asked[i])) g_ptr_array_add(absent, (char *)map->asked[i]);
        g_string_append_printf(all, "%s%s", i ? ", " : "", map->asked[i]);
    }
    g_ptr_array_add(absent, NULL);
    const char *near = nearest_word(key, (const char *const *)absent->pdata);
    if (near) return g_strdup_printf(_("did you mean `%s`?"), near);
    return map->n_asked ? g_strdup_printf(_("known keys: %s"), all->str) : NULL;
}

static void report_unknown(const Node *map, const Node *child, Diag *diag) {
    g_autofree char *hint = unknown_hint(map, child->key);
    if (map->key)
        diag_error(diag, child->key_span, "unknown-key", hint, "unknown key `%s` in `%s`",
                   child->key, map->key);
    else
        diag_error(diag, child->key_span, "unknown-key", hint, "unknown key `%s`", child->key);
}

void node_report_unread(const Node *tree, Diag *diag) {
    if (!tree) return;
    for (size_t i = 0; i < tree->n_children; i++) {
        const Node *child = tree->children[i];
        if (tree->kind == NODE_MAP && !child->is_read)
            report_unknown(tree, child, diag);
        else
            node_report_unread(child, diag);
    }
}
