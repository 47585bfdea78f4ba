/* How a file is written: CSV Dialect 1, and Table Dialect 2 where it says the same otherwise. */
#include "project/package_read.h"

#include <string.h>

static bool is_one_character(const char *text) {
    return strlen(text) == 1 && (guchar)*text < 0x80 && !strchr("\r\n", *text);
}

static void read_delimiter(Loader *load, Node *node, Dialect *dialect) {
    const char *text = node_text(node, "delimiter", NULL, load->diag);
    if (!text) return;
    dialect->is_delimiter_fixed = true;
    if (is_one_character(text) && *text != '"')
        dialect->delimiter = *text;
    else
        diag_error(load->diag, package_place(node_find(node, "delimiter")), "unsupported-value",
                   "write one character: \",\", \";\" or \"\\t\"", "« %s » cannot separate cells",
                   text);
}

static void read_quote(Loader *load, Node *node, Dialect *dialect) {
    const Node *key = node_find(node, "quoteChar");
    if (!key) return;
    if (node_is_null(key)) {
        dialect->quote = 0;
        return;
    }
    const char *text = node_text(node, "quoteChar", "\"", load->diag);
    if (is_one_character(text) && *text != dialect->delimiter)
        dialect->quote = *text;
    else
        diag_error(load->diag, package_place(key), "unsupported-value",
                   "write one character, as in \"\\\"\" or \"'\"", "« %s » cannot quote cells",
                   text);
}

static void read_comment(Loader *load, Node *node, Dialect *dialect) {
    const char *text = node_text(node, "commentChar", NULL, load->diag);
    if (!text) return;
    if (is_one_character(text) && *text != dialect->delimiter && *text != dialect->quote)
        dialect->comment = *text;
    else
        diag_error(load->diag, package_place(node_find(node, "commentChar")), "unsupported-value",
                   "write one character, as in \"#\"", "« %s » cannot open a comment", text);
}

static void read_header(Loader *load, Node *node, Dialect *dialect) {
    dialect->has_header = node_bool(node, "header", true, load->diag);
    const Node *rows = node_list(node, "headerRows", load->diag);
    bool is_first = !rows || (rows->n_children == 1 && rows->children[0]->kind == NODE_SCALAR &&
                              strcmp(rows->children[0]->text, "1") == 0);
    if (!is_first)
        diag_error(load->diag, package_place(rows), "unsupported-value",
                   "write [1], or leave the key out", "the header is one row, the first");
}

static void read_escape(Loader *load, Node *node) {
    const Node *key = node_find(node, "escapeChar");
    if (key && !node_is_null(key))
        diag_error(load->diag, package_place(key), "unsupported-value",
                   "quote the cells instead, and leave the key out",
                   "escape characters are not supported");
}

void package_read_dialect(Loader *load, Node *map, Resource *resource) {
    static const char *const described[] = {"lineTerminator", "csvddfVersion", "$schema", "name",
                                            "title",          "description",   "type",    NULL};
    Dialect *dialect = &resource->dialect;
    const char *format = node_text(map, "format", "csv", load->diag);
    bool is_tabbed = g_ascii_strcasecmp(format, "tsv") == 0;
    *dialect = (Dialect){.delimiter = is_tabbed ? '\t' : ',',
                         .is_delimiter_fixed = is_tabbed,
                         .quote = '"',
                         .has_header = true,
                         .encoding = node_text(map, "encoding", NULL, load->diag)};
    if (!is_tabbed) package_expect(load, map, "format", "csv");
    Node *node = package_part(load, map, "dialect");
    if (!node) return;
    read_delimiter(load, node, dialect);
    read_quote(load, node, dialect);
    read_comment(load, node, dialect);
    read_header(load, node, dialect);
    read_escape(load, node);
    package_expect_bool(load, node, "doubleQuote", true);
    dialect->skips_initial_space = node_bool(node, "skipInitialSpace", false, load->diag);
    dialect->ignores_case = !node_bool(node, "caseSensitiveHeader", true, load->diag);
    dialect->null_sequence = node_text(node, "nullSequence", NULL, load->diag);
    package_accept(node, described);
}
