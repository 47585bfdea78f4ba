/* The way back from the text of a scalar to the file. The scanner of libyaml gives the text only,
 * so its rules are followed again here over the bytes as written, giving runs: bytes of the file
 * that became bytes of the text. Most runs are plain copies; line folds, quotes and escapes are
 * not. Source: YAML 1.1, 4.6 (escapes), 9 (scalar styles), as libyaml's scanner.c reads them. */
#include "project/node.h"

#include <string.h>

typedef struct {
    size_t file, file_len, text, text_len; /* a plain copy when the two lengths are equal */
} Run;

typedef struct {
    const char *data;
    size_t at, end; /* bytes of the file still to be read */
    size_t text;    /* bytes of text made so far */
    GArray *runs;   /* Run */
} Walk;

static void walk_emit(Walk *walk, size_t file_len, size_t text_len) {
    Run run = {walk->at, file_len, walk->text, text_len};
    walk->at += file_len;
    walk->text += text_len;
    Run *last = walk->runs->len ? &g_array_index(walk->runs, Run, walk->runs->len - 1) : NULL;
    bool is_copy = file_len == text_len && last && last->file_len == last->text_len &&
                   last->file + last->file_len == run.file;
    if (is_copy)
        last->file_len += file_len, last->text_len += text_len;
    else if (text_len)
        g_array_append_val(walk->runs, run);
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static size_t break_length(const Walk *walk, size_t at) {
    return walk->data[at] == '\r' && at + 1 < walk->end && walk->data[at + 1] == '\n' ? 2 : 1;
}

/* White space from walk->at: blanks alone are text; with line ends they fold into a space, or into
 * the line ends that follow the first. After an escaped line end nothing stands for the first. */
static void walk_white(Walk *walk, bool is_escaped) {
    size_t at = walk->at, breaks = 0;
    while (at < walk->end && (is_blank(walk->data[at]) || is_break(walk->data[at]))) {
        bool is_end = is_break(walk->data[at]);
        at += is_end ? break_length(walk, at) : 1;
        breaks += is_end;
    }
    size_t length = at - walk->at;
    if (is_escaped)
        walk_emit(walk, length, breaks);
    else
        walk_emit(walk, length, !breaks ? length : breaks == 1 ? 1 : breaks - 1);
}

static size_t utf8_length(gunichar c) {
    return (size_t)g_unichar_to_utf8(c, NULL);
}

static void walk_escape(Walk *walk) {
    char kind = walk->data[walk->at + 1];
    size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (is_break(kind)) {
        walk_emit(walk, 1 + break_length(walk, walk->at + 1), 0);
        walk_white(walk, true);
    } else if (digits) {
        gunichar code = 0;
        for (size_t i = 0; i < digits; i++)
            code = code * 16 + (gunichar)g_ascii_xdigit_value(walk->data[walk->at + 2 + i]);
        /* The first of the two escapes that JSON makes of one character; the other follows. */
        bool is_high = kind == 'u' && code >= 0xD800 && code < 0xDC00;
        bool is_low = kind == 'u' && code >= 0xDC00 && code < 0xE000;
        walk_emit(walk, 2 + digits, is_high ? 4 : is_low ? 0 : utf8_length(code));
    } else {
        walk_emit(walk, 2, kind == 'N' || kind == '_' ? 2 : kind == 'L' || kind == 'P' ? 3 : 1);
    }
}

static void walk_flow(Walk *walk, NodeStyle style) {
    while (walk->at < walk->end) {
        char c = walk->data[walk->at];
        if (is_blank(c) || is_break(c))
            walk_white(walk, false);
        else if (style == STYLE_SINGLE && c == '\'')
            walk_emit(walk, 2, 1);
        else if (style == STYLE_DOUBLE && c == '\\')
            walk_escape(walk);
        else
            walk_emit(walk, 1, 1);
    }
}

static size_t line_length(const Walk *walk, size_t at) {
    size_t from = at;
    while (at < walk->end && !is_break(walk->data[at])) at++;
    return at - from;
}

static size_t count_spaces(const Walk *walk, size_t at) {
    size_t from = at;
    while (at < walk->end && walk->data[at] == ' ') at++;
    return at - from;
}

/* The indentation that belongs to YAML: what the first line with text has in the file and has not
 * in the text. Lines of spaces alone count only when they are deeper than the indentation. */
static size_t block_indent(const Walk *walk, const char *text) {
    size_t kept = strspn(text, " ");
    for (; text[kept] == '\n'; kept = strspn(text, " ")) text += kept + 1;
    for (size_t at = walk->at; at < walk->end;) {
        size_t spaces = count_spaces(walk, at), length = line_length(walk, at);
        if (spaces < length) return spaces - MIN(kept, spaces);
        at += length;
        if (at < walk->end) at += break_length(walk, at);
    }
    return 0;
}

/* Line ends and indentation before the next line with text; gives the number of line ends. */
static size_t skip_breaks(const Walk *walk, size_t *at, size_t indent) {
    for (size_t breaks = 0;; breaks++) {
        *at += MIN(count_spaces(walk, *at), indent);
        if (*at >= walk->end || !is_break(walk->data[*at])) return breaks;
        *at += break_length(walk, *at);
    }
}

static void walk_block(Walk *walk, bool is_folded, const char *text) {
    size_t indent = block_indent(walk, text), at = walk->at, total = strlen(text);
    size_t breaks = skip_breaks(walk, &at, indent);
    bool was_blank = true;
    walk_emit(walk, at - walk->at, breaks);
    while (walk->at < walk->end && walk->text < total) {
        bool starts_blank = is_blank(walk->data[walk->at]);
        size_t length = line_length(walk, walk->at);
        walk_emit(walk, length, length);
        was_blank = starts_blank;
        if (walk->at >= walk->end) break;
        at = walk->at + break_length(walk, walk->at);
        breaks = skip_breaks(walk, &at, indent);
        bool is_fold = is_folded && !was_blank && at < walk->end && !is_blank(walk->data[at]);
        walk_emit(walk, at - walk->at, is_fold ? MAX(breaks, 1) : breaks + 1);
    }
}

static size_t skip_header(const Walk *walk) {
    size_t at = walk->at + line_length(walk, walk->at);
    return at < walk->end ? at + break_length(walk, at) : at;
}

static GArray *scalar_runs(const Node *scalar) {
    Walk walk = {.data = source_data(scalar->written.source, NULL),
                 .at = scalar->written.start,
                 .end = scalar->written.start + scalar->written.len,
                 .runs = g_array_new(FALSE, FALSE, sizeof(Run))};
    switch (scalar->style) {
    case STYLE_LITERAL:
    case STYLE_FOLDED:
        walk.at = skip_header(&walk);
        walk_block(&walk, scalar->style == STYLE_FOLDED, scalar->text);
        break;
    case STYLE_SINGLE:
    case STYLE_DOUBLE: walk.at++, walk.end--; [[fallthrough]];
    default: walk_flow(&walk, scalar->style);
    }
    return walk.runs;
}

/* The place of the byte `offset` of the text: its first byte in the file, or the end of its last.
 */
static size_t run_place(const Run *run, size_t offset, bool is_end) {
    if (run->file_len == run->text_len) return run->file + offset - run->text + is_end;
    return run->file + (is_end ? run->file_len : 0);
}

static const Run *run_find(const GArray *runs, size_t offset) {
    for (guint i = 0; i < runs->len; i++) {
        const Run *run = &g_array_index(runs, Run, i);
        if (offset < run->text + run->text_len) return run;
    }
    return NULL;
}

Span node_span_within(const Node *scalar, size_t offset, size_t len) {
    if (scalar->kind != NODE_SCALAR || !*scalar->text) return scalar->span;
    g_autoptr(GArray) runs = scalar_runs(scalar);
    size_t past = scalar->span.start + scalar->span.len;
    const Run *first = run_find(runs, offset);
    size_t start = first ? run_place(first, offset, false) : past;
    const Run *last = len ? run_find(runs, offset + len - 1) : NULL;
    size_t end = !len ? start : last ? run_place(last, offset + len - 1, true) : past;
    return (Span){scalar->span.source, start, MAX(end, start) - start};
}
