/* project/node: a YAML file as a tree of keys with spans.
 * In: a Source. Out: a Node tree in the caller's arena; every key and value knows its place.
 * Only what a template needs: maps, lists, scalars; anchors, aliases, tags and several documents
 * are faults, as are duplicate keys, more than 64 levels or 100 000 nodes. Reading a key marks it;
 * node_report_unread() then names every key that nobody read, with the nearest one that was asked
 * for (the lesson of MuPDF's options). */
#pragma once

#include "base/arena.h"
#include "base/diag.h"

typedef enum { NODE_SCALAR, NODE_LIST, NODE_MAP } NodeKind;
/* How a scalar is written: what node_span_within() follows back to the file. */
typedef enum { STYLE_PLAIN, STYLE_SINGLE, STYLE_DOUBLE, STYLE_LITERAL, STYLE_FOLDED } NodeStyle;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    Span span;        /* of the value: for a scalar the text itself, without quotes or `|` line */
    Span key_span;    /* of its key, for an entry of a map */
    const char *key;  /* NULL outside a map */
    const char *text; /* NODE_SCALAR */
    bool is_plain;    /* NODE_SCALAR written without quotes: may be a number, a boolean, null */
    NodeStyle style;  /* NODE_SCALAR */
    Span written;     /* of the value as written: quotes, braces or `|` line included */
    Node **children;  /* NODE_LIST and NODE_MAP, in file order */
    size_t n_children;
    bool is_read;       /* somebody asked for it; who walks children sets it */
    Arena *arena;       /* where the tree lives */
    const char **asked; /* NODE_MAP: names somebody asked for (borrowed), for suggestions */
    size_t n_asked;
};

/* NULL after an error was reported. Text that holds ` : ` or starts with `{` unquoted is the usual
 * fault of French templates: its message says to quote it. */
[[nodiscard]] Node *node_parse(Source *source, Arena *arena, Diag *diag);

/* The entry `key` of a map, marked as read; NULL when absent or when `map` is NULL. */
Node *node_find(Node *map, const char *key);
/* The same, without marking it: for who tells of a key that another reads. */
const Node *node_peek(const Node *map, const char *key);
/* As node_find, but absence is an error that names the key; `map` itself must be a map. */
Node *node_require(Node *map, const char *key, Diag *diag);
/* A key without a value, or with a plain `null` or `~`. */
bool node_is_null(const Node *node);
/* JSON's grammar of numbers, with leading zeros: -12, 0.5, 1e6; no hexadecimal, no infinity. */
bool node_is_decimal(const char *text);
/* Scalar readers: `fallback` when the key is absent or null, an error and `fallback` on another
 * type. A number is plain and decimal; a boolean is a plain true or false. */
const char *node_text(Node *map, const char *key, const char *fallback, Diag *diag);
double node_number(Node *map, const char *key, double fallback, Diag *diag);
bool node_bool(Node *map, const char *key, bool fallback, Diag *diag);
/* The map or list under `key`; NULL when absent; an error and NULL on another kind. */
Node *node_map(Node *map, const char *key, Diag *diag);
Node *node_list(Node *map, const char *key, Diag *diag);
/* A span inside a scalar: `offset` and `len` count bytes of node->text; in every style, folded
 * lines and escapes included. */
Span node_span_within(const Node *scalar, size_t offset, size_t len);
void node_mark_read(Node *tree); /* the whole tree: for keys owned by someone else */
/* Every unread key below `tree`: error unknown-key with the nearest name that was asked for. */
void node_report_unread(const Node *tree, Diag *diag);
