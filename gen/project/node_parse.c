/* From libyaml's events to Nodes. libyaml counts characters in its marks and Spans count bytes: a
 * cursor walks between the two, forwards mostly, so the whole file costs one pass. */
#include "project/node.h"

#include "base/i18n.h"

#include <string.h>
#include <yaml.h>

enum { MAX_DEPTH = 64, MAX_NODES = 100000, MAX_FAULTS = 50 };

typedef struct {
    Source *source;
    Arena *arena;
    Diag *diag;
    yaml_parser_t yaml;
    const char *data;       /* of the source, after the byte order mark */
    size_t base, len;       /* length of that mark; bytes after it */
    size_t byte, character; /* the cursor: the same place, counted both ways */
    size_t nodes, faults;
    bool has_stopped; /* no event is to be read any more */
} Parser;

static size_t byte_at(Parser *parser, size_t character) {
    while (parser->character < character && parser->byte < parser->len) {
        parser->byte += g_utf8_skip[(guchar)parser->data[parser->byte]];
        parser->character++;
    }
    while (parser->character > character) {
        const char *previous = g_utf8_prev_char(parser->data + parser->byte);
        parser->byte = (size_t)(previous - parser->data);
        parser->character--;
    }
    return MIN(parser->byte, parser->len);
}

static Span span_between(Parser *parser, yaml_mark_t start, yaml_mark_t end) {
    size_t from = byte_at(parser, start.index), to = byte_at(parser, end.index);
    return (Span){parser->source, parser->base + from, MAX(to, from) - from};
}

static Span span_at(const Parser *parser, size_t byte, size_t len) {
    return (Span){parser->source, parser->base + MIN(byte, parser->len), len};
}

static void fault(Parser *parser, Span span, const char *code, const char *hint,
                  const char *message) {
    if (parser->faults++ < MAX_FAULTS)
        diag_error(parser->diag, span, code, hint, "%s", _(message));
    else
        parser->has_stopped = true;
}

static const char QUOTE_HINT[] =
    N_("put the whole text between quotes, with \\\" for a quote inside it");

/* The line of `byte`, and in it what stands after `- ` and `key: `. */
static const char *line_value(const Parser *parser, size_t byte) {
    size_t start = byte;
    while (start > 0 && parser->data[start - 1] != '\n' && parser->data[start - 1] != '\r') start--;
    const char *line = parser->data + start;
    line += strspn(line, " ");
    while (g_str_has_prefix(line, "- ")) line += 2 + strspn(line + 2, " ");
    const char *colon = strstr(line, ": ");
    if (colon && colon < parser->data + byte && colon < line + strcspn(line, "\r\n\"'{["))
        line = colon + 1;
    return line + strspn(line, " ");
}

typedef struct {
    const char *problem; /* of libyaml, how it starts */
    const char *message, *hint;
} Wording;

/* What libyaml says, in the terms of who writes a template. */
static const Wording wordings[] = {
    {"mapping values are not allowed", N_("unquoted text holds « : »"), QUOTE_HINT},
    {"block sequence entries are not allowed", N_("a list item does not start here"),
     N_("start the list on the next line, or put the text between quotes")},
    {"found unknown escape character",
     N_("unknown escape after \\ in a text between double quotes"),
     N_("write \\\\ for a backslash, or put the text between single quotes")},
    {"found invalid Unicode character escape code", N_("this escape names no character"),
     N_("write the character itself")},
    {"found unexpected end of stream", N_("this quote is never closed"),
     N_("close the text with the same quote")},
    {"could not find expected ':'", N_("« : » is missing after the key"),
     N_("write the key, a colon, a space and the value")},
    {"did not find expected ',' or '}'", N_("this « { » is never closed, or a comma is missing"),
     N_("a text that starts with « { » must be between quotes")},
    {"did not find expected ',' or ']'", N_("this « [ » is never closed, or a comma is missing"),
     N_("a text that starts with « [ » must be between quotes")},
    {"did not find expected '-' indicator",
     N_("this line belongs neither to the list nor to a key"),
     N_("align it with « - » or indent it")},
    {"did not find expected key", N_("this line is not a key of the map around it"),
     N_("align it with the keys above")},
    {"did not find expected <document start>", N_("this line is indented less than the first one"),
     N_("align it with the keys above")},
    {"found a tab character", N_("a tab is used to indent"), N_("indent with spaces")},
};

/* Is the fault at `byte` that of a text which needed quotes? libyaml notices these late. */
static bool explain_start(Parser *parser, size_t byte, Span span) {
    const char *value = line_value(parser, byte);
    if (value > parser->data + byte) return false;
    if (*value == '\t' || parser->data[byte] == '\t') {
        fault(parser, span, "yaml-error", "indent with spaces", "a tab is used to indent");
        return true;
    }
    if (*value == '"' || *value == '\'') {
        fault(parser, span, "yaml-error", QUOTE_HINT, "text follows a closed quote");
        return true;
    }
    if (!*value || !strchr("{[*&!%@`|>", *value)) return false;
    g_autofree char *message =
        g_strdup_printf(_("text that starts with « %c » is not quoted"), *value);
    Span start = span_at(parser, (size_t)(value - parser->data), 1);
    fault(parser, start, "yaml-error", QUOTE_HINT, message);
    return true;
}

static void report_reader(Parser *parser) {
    size_t byte = MIN(parser->yaml.problem_offset, parser->len);
    fault(parser, span_at(parser, byte, 1), "encoding-error", "delete this character",
          "a character that YAML does not allow");
}

static void report_syntax(Parser *parser) {
    const yaml_parser_t *yaml = &parser->yaml;
    parser->has_stopped = true;
    if (yaml->error == YAML_READER_ERROR) {
        report_reader(parser);
        return;
    }
    const char *problem = yaml->problem ? yaml->problem : N_("not YAML");
    /* The line without its colon, or what was opened, is a better place than where its end failed.
     */
    bool is_early = g_str_has_prefix(problem, "could not find expected") ||
                    g_str_has_prefix(problem, "found unexpected end") ||
                    g_str_has_prefix(problem, "did not find expected ','");
    size_t byte = byte_at(parser, is_early ? yaml->context_mark.index : yaml->problem_mark.index);
    Span span = span_at(parser, byte, 1);
    bool is_start = g_str_has_prefix(problem, "did not find expected") ||
                    g_str_has_prefix(problem, "found character that cannot start") ||
                    g_str_has_prefix(problem, "could not find expected");
    if (is_start && !g_str_has_prefix(problem, "did not find expected ','") &&
        explain_start(parser, byte, span))
        return;
    for (size_t i = 0; i < G_N_ELEMENTS(wordings); i++) {
        if (!g_str_has_prefix(problem, wordings[i].problem)) continue;
        fault(parser, span, "yaml-error", wordings[i].hint, wordings[i].message);
        return;
    }
    fault(parser, span, "yaml-error", QUOTE_HINT, problem);
}

static bool next_event(Parser *parser, yaml_event_t *event) {
    if (parser->has_stopped) return false;
    if (yaml_parser_parse(&parser->yaml, event)) return true;
    report_syntax(parser);
    return false;
}

static void check_properties(Parser *parser, Span span, const yaml_char_t *anchor,
                             const yaml_char_t *tag) {
    if (anchor)
        fault(parser, span, "unsupported-yaml", QUOTE_HINT,
              "anchors (&name) are not used in templates");
    if (tag)
        fault(parser, span, "unsupported-yaml", QUOTE_HINT,
              "tags (!name) are not used in templates");
}

static Node *node_new(Parser *parser, NodeKind kind, Span span) {
    if (++parser->nodes > MAX_NODES) {
        if (!parser->has_stopped)
            fault(parser, span, "too-large", "split the file",
                  "more than 100000 values in one file");
        parser->has_stopped = true;
    }
    Node *node = ARENA_NEW(parser->arena, Node);
    *node = (Node){.kind = kind, .span = span, .written = span, .arena = parser->arena};
    return node;
}

static NodeStyle scalar_style(yaml_scalar_style_t style) {
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return STYLE_SINGLE;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return STYLE_DOUBLE;
    case YAML_LITERAL_SCALAR_STYLE: return STYLE_LITERAL;
    case YAML_FOLDED_SCALAR_STYLE: return STYLE_FOLDED;
    default: return STYLE_PLAIN;
    }
}

/* From the first character of text to the last, without the line ends around it. */
static Span block_span(const Node *node) {
    size_t start = strspn(node->text, "\n"), end = strlen(node->text);
    while (end > start && node->text[end - 1] == '\n') end--;
    return end > start ? node_span_within(node, start, end - start) : node->written;
}

static Node *read_scalar(Parser *parser, const yaml_event_t *event) {
    Span span = span_between(parser, event->start_mark, event->end_mark);
    check_properties(parser, span, event->data.scalar.anchor, event->data.scalar.tag);
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length;
    if (memchr(text, '\0', len))
        fault(parser, span, "encoding-error", "delete \\0", "a text holds the character zero");
    Node *node = node_new(parser, NODE_SCALAR, span);
    node->text = arena_strndup(parser->arena, text, len);
    node->style = scalar_style(event->data.scalar.style);
    node->is_plain = node->style == STYLE_PLAIN;
    switch (node->style) {
    case STYLE_PLAIN: break;
    case STYLE_SINGLE:
    case STYLE_DOUBLE: node->span.start++, node->span.len -= 2; break;
    case STYLE_LITERAL:
    case STYLE_FOLDED: node->span = block_span(node);
    }
    return node;
}

static Node *read_node(Parser *parser, yaml_event_t *event, int depth);

/* A collection in block style ends where its last value ends, not at the next token. */
static void close_collection(Parser *parser, Node *node, yaml_mark_t end) {
    size_t to = parser->base + byte_at(parser, end.index);
    if (node->n_children && source_data(node->span.source, NULL)[to - 1] != '}' &&
        source_data(node->span.source, NULL)[to - 1] != ']') {
        Span last = node->children[node->n_children - 1]->written;
        to = last.start + last.len;
    }
    node->span.len = node->written.len = MAX(to, node->span.start) - node->span.start;
}

static void keep_children(Node *node, const GPtrArray *children) {
    node->n_children = children->len;
    node->children = arena_dup(node->arena, children->pdata, children->len * sizeof(Node *));
}

static void read_list(Parser *parser, Node *list, int depth) {
    g_autoptr(GPtrArray) children = g_ptr_array_new();
    yaml_event_t event;
    while (next_event(parser, &event)) {
        bool is_end = event.type == YAML_SEQUENCE_END_EVENT;
        yaml_mark_t end = event.end_mark;
        Node *child = is_end ? NULL : read_node(parser, &event, depth + 1);
        yaml_event_delete(&event);
        if (child) g_ptr_array_add(children, child);
        if (!is_end) continue;
        keep_children(list, children);
        close_collection(parser, list, end);
        return;
    }
}

static const char *key_fault(const Node *key) {
    if (key->kind != NODE_SCALAR)
        return key->kind == NODE_MAP ? N_("text that starts with « { » is not quoted")
                                     : N_("text that starts with « [ » is not quoted");
    return *key->text ? NULL : N_("a key is empty");
}

/* The place of the first use of a key is worth a line number in the message of the second. */
static void check_key(Parser *parser, Node *key, GHashTable *seen) {
    const char *problem = key_fault(key);
    if (problem) {
        fault(parser, key->span, "yaml-error", QUOTE_HINT, problem);
        return;
    }
    const Node *first = g_hash_table_lookup(seen, key->text);
    if (!first) {
        g_hash_table_insert(seen, (char *)key->text, key);
        return;
    }
    g_autofree char *message = g_strdup_printf(_("the key `%s` is already on line %zu"), key->text,
                                               source_locate(first->span).line);
    fault(parser, key->span, "duplicate-key", "keep one of the two", message);
}

static void read_map(Parser *parser, Node *map, int depth) {
    g_autoptr(GPtrArray) children = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    Node *key = NULL;
    yaml_event_t event;
    while (next_event(parser, &event)) {
        bool is_end = event.type == YAML_MAPPING_END_EVENT;
        yaml_mark_t end = event.end_mark;
        Node *node = is_end ? NULL : read_node(parser, &event, depth + 1);
        yaml_event_delete(&event);
        if (is_end) {
            keep_children(map, children);
            close_collection(parser, map, end);
            return;
        }
        if (!node) continue; /* the fault is reported; nothing is returned in the end */
        if (!key) {
            check_key(parser, node, seen);
            key = node;
            continue;
        }
        node->key = key->kind == NODE_SCALAR ? key->text : "";
        node->key_span = key->span;
        g_ptr_array_add(children, node);
        key = NULL;
    }
}

static Node *read_alias(Parser *parser, const yaml_event_t *event) {
    Span span = span_between(parser, event->start_mark, event->end_mark);
    fault(parser, span, "unsupported-yaml", QUOTE_HINT,
          "aliases (*name) are not used in templates");
    Node *node = node_new(parser, NODE_SCALAR, span);
    node->text = "";
    return node;
}

static Node *read_node(Parser *parser, yaml_event_t *event, int depth) {
    Span span = span_between(parser, event->start_mark, event->end_mark);
    if (depth > MAX_DEPTH) {
        fault(parser, span, "too-large", "write fewer levels", "more than 64 levels");
        parser->has_stopped = true;
        return NULL;
    }
    Node *node;
    switch (event->type) {
    case YAML_ALIAS_EVENT: return read_alias(parser, event);
    case YAML_SCALAR_EVENT: return read_scalar(parser, event);
    case YAML_SEQUENCE_START_EVENT:
        check_properties(parser, span, event->data.sequence_start.anchor,
                         event->data.sequence_start.tag);
        node = node_new(parser, NODE_LIST, span);
        read_list(parser, node, depth);
        return node;
    case YAML_MAPPING_START_EVENT:
        check_properties(parser, span, event->data.mapping_start.anchor,
                         event->data.mapping_start.tag);
        node = node_new(parser, NODE_MAP, span);
        read_map(parser, node, depth);
        return node;
    default: g_assert_not_reached();
    }
}

static Node *read_stream(Parser *parser) {
    Node *root = NULL;
    yaml_event_t event;
    while (next_event(parser, &event)) {
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT && root) {
            Span span = span_between(parser, event.start_mark, event.end_mark);
            fault(parser, span, "unsupported-yaml", "keep one document in the file",
                  "a second document starts here");
            parser->has_stopped = true;
        } else if (type == YAML_SCALAR_EVENT || type == YAML_ALIAS_EVENT ||
                   type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) {
            root = read_node(parser, &event, 1);
        }
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT) break;
    }
    return root;
}

/* Characters that nobody sees and that YAML takes for ends of lines: U+0085, U+2028, U+2029. */
static bool check_separators(Parser *parser) {
    for (const char *p = parser->data; p < parser->data + parser->len; p = g_utf8_next_char(p)) {
        if ((guchar)*p < 0x80) continue;
        gunichar c = g_utf8_get_char(p);
        if (c != 0x85 && c != 0x2028 && c != 0x2029) continue;
        g_autofree char *message = g_strdup_printf(_("an invisible line separator, U+%04X"), c);
        fault(parser, span_at(parser, (size_t)(p - parser->data), strlen("\xE2\x80\xA8")),
              "encoding-error", "delete it, or start a new line there", message);
        return false;
    }
    return true;
}

static bool check_encoding(Parser *parser) {
    const char *end;
    if (g_utf8_validate(parser->data, (gssize)parser->len, &end)) return check_separators(parser);
    fault(parser, span_at(parser, (size_t)(end - parser->data), 1), "encoding-error",
          "save the file as UTF-8", "the file is not UTF-8 here");
    return false;
}

/* The code of `\uD83D`, or 0. */
static gunichar escape_at(const char *text) {
    gunichar code = 0;
    if (text[0] != '\\' || text[1] != 'u') return 0;
    for (int i = 2; i < 6; i++) {
        if (!g_ascii_isxdigit(text[i])) return 0;
        code = code * 16 + (gunichar)g_ascii_xdigit_value(text[i]);
    }
    return code;
}

/* JSON writes what is beyond U+FFFF as two escapes, `\uD83D\uDE00`, which YAML has as one. In a
 * copy each pair becomes an escaped line end, which says nothing, and `\U0001F600`: as many bytes,
 * so that every place stays right. Source: RFC 8259, 7. */
static char *join_surrogates(const char *data, size_t len) {
    char *copy = g_memdup2(data, len + 1);
    for (char *at = copy; (at = strstr(at, "\\")); at += at[1] ? 2 : 1) {
        gunichar high = escape_at(at), low = high ? escape_at(at + 6) : 0;
        bool is_pair = high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000;
        if (!is_pair) continue;
        char joined[sizeof "\\\n\\U0001F600"];
        g_snprintf(joined, sizeof joined, "\\\n\\U%08X",
                   0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        memcpy(at, joined, sizeof joined - 1);
        at += sizeof joined - 3;
    }
    return copy;
}

static bool is_json(const Parser *parser) {
    const char *first = parser->data + strspn(parser->data, " \t\r\n");
    return *first == '{' && memchr(parser->data, '\\', parser->len);
}

Node *node_parse(Source *source, Arena *arena, Diag *diag) {
    Parser parser = {.source = source, .arena = arena, .diag = diag};
    parser.data = source_data(source, &parser.len);
    if (parser.len >= 3 && memcmp(parser.data, "\xEF\xBB\xBF", 3) == 0)
        parser.base = 3, parser.data += 3, parser.len -= 3;
    if (!check_encoding(&parser)) return NULL;
    if (!yaml_parser_initialize(&parser.yaml)) g_error("out of memory");
    yaml_parser_set_encoding(&parser.yaml, YAML_UTF8_ENCODING);
    g_autofree char *joined = is_json(&parser) ? join_surrogates(parser.data, parser.len) : NULL;
    const char *input = joined ? joined : parser.data;
    yaml_parser_set_input_string(&parser.yaml, (const unsigned char *)input, parser.len);
    Node *root = read_stream(&parser);
    yaml_parser_delete(&parser.yaml);
    if (!root && !parser.faults)
        fault(&parser, span_at(&parser, 0, 0), "yaml-error", NULL, "the file is empty");
    return parser.faults ? NULL : root;
}
