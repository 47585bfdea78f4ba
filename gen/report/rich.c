#include "report/rich.h"

#include "lang/fr_typo.h"

#include <cmark.h>
#include <string.h>

/* Marks the start of every line so that cmark sees no list, heading or code there; taken out of
 * every literal. U+2E31 WORD SEPARATOR MIDDLE DOT does not occur in what people type, and is
 * punctuation: before `**«` or `_mot_` it lets emphasis open as the start of a line does. */
static const char guard[] = "\xE2\xB8\xB1";

typedef struct {
    size_t start, end;
} Code;

/* Typography reads the text without the calls: a figure after a word would mean something. */
typedef struct {
    size_t at; /* in the text */
    const char *number;
} Call;

typedef struct {
    GString *text;
    GArray *spans; /* TextSpan with `len` set; `text` is set at the end, once the bytes rest */
    GArray *codes; /* Code: bytes that typography leaves alone */
    GArray *calls; /* Call, in order */
    Arena *arena;
    int bold, italic;
    Color color;
    bool has_color;
    RichColors colors;
    Span span;
    Diag *diag;
} Walker;

static void add_text(Walker *walker, const char *text, size_t len) {
    if (!len) return;
    TextSpan span = {.len = len,
                     .is_bold = walker->bold > 0,
                     .is_italic = walker->italic > 0,
                     .color = walker->color,
                     .has_color = walker->has_color};
    g_string_append_len(walker->text, text, (gssize)len);
    g_array_append_val(walker->spans, span);
}

static void add_literal(Walker *walker, cmark_node *node) {
    const char *text = cmark_node_get_literal(node);
    if (!text) return;
    for (const char *next; (next = strstr(text, guard)); text = next + strlen(guard))
        add_text(walker, text, (size_t)(next - text));
    add_text(walker, text, strlen(text));
}

static void add_code(Walker *walker, cmark_node *node) {
    Code code = {.start = walker->text->len};
    add_literal(walker, node);
    code.end = walker->text->len;
    g_array_append_val(walker->codes, code);
}

static bool is_code(const Walker *walker, size_t at) {
    for (guint i = 0; i < walker->codes->len; i++) {
        const Code *code = &g_array_index(walker->codes, Code, i);
        if (at >= code->start && at < code->end) return true;
    }
    return false;
}

static void enter_link(Walker *walker, cmark_node *node) {
    const char *url = cmark_node_get_url(node);
    if (!g_str_has_prefix(url, "color:")) return;
    const char *role = url + strlen("color:");
    if (walker->colors.color && walker->colors.color(walker->colors.owner, role, &walker->color))
        walker->has_color = true;
    else
        diag_error(walker->diag, walker->span, "unknown-value",
                   "name a colour of the theme: [words](color:theft)",
                   "« %s » is not a colour of the theme", role);
}

static void add_call(Walker *walker, cmark_node *node) {
    const char *url = cmark_node_get_url(node);
    if (!g_str_has_prefix(url, "note:")) return;
    Call call = {walker->text->len, arena_strdup(walker->arena, url + strlen("note:"))};
    g_array_append_val(walker->calls, call);
}

static void visit(Walker *walker, cmark_node *node, bool enters) {
    int step = enters ? 1 : -1;
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_STRONG: walker->bold += step; break;
    case CMARK_NODE_EMPH: walker->italic += step; break;
    case CMARK_NODE_LINK:
        if (enters)
            enter_link(walker, node);
        else
            walker->has_color = false;
        break;
    case CMARK_NODE_IMAGE:
        if (enters) add_call(walker, node);
        break;
    case CMARK_NODE_CODE: add_code(walker, node); break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE: add_literal(walker, node); break;
    case CMARK_NODE_SOFTBREAK: add_text(walker, " ", 1); break;
    case CMARK_NODE_LINEBREAK: add_text(walker, "\n", 1); break;
    case CMARK_NODE_PARAGRAPH:
        if (enters && walker->text->len) add_text(walker, "\n", 1);
        break;
    default: break;
    }
}

/* Every line starts with the guard: Markdown's block constructs live at the start of lines. Strong
 * emphasis around an empty value (`**{label}**`) is nothing, not four stars. */
static char *guard_lines(const char *markdown) {
    g_autoptr(GString) out = g_string_new(guard);
    for (; *markdown; markdown++) {
        if (g_str_has_prefix(markdown, "****")) {
            markdown += strlen("****") - 1;
            continue;
        }
        g_string_append_c(out, *markdown);
        if (*markdown != '\n') continue;
        while (markdown[1] == ' ') markdown++; /* as Markdown does */
        if (markdown[1] && markdown[1] != '\n') g_string_append(out, guard);
    }
    return g_string_free(g_steal_pointer(&out), FALSE);
}

static void walk(Walker *walker, const char *markdown) {
    g_autofree char *guarded = guard_lines(markdown);
    cmark_node *document =
        cmark_parse_document(guarded, strlen(guarded), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8);
    cmark_iter *iter = cmark_iter_new(document);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
        visit(walker, cmark_iter_get_node(iter), event == CMARK_EVENT_ENTER);
    cmark_iter_free(iter);
    cmark_node_free(document);
}

/* What is inserted where a call stands comes after it: `mot[^a] ;`. */
static void shift_calls(Walker *walker, const GArray *edits) {
    size_t added = 0, removed = 0;
    guint next = 0;
    for (guint i = 0; i < walker->calls->len; i++) {
        Call *call = &g_array_index(walker->calls, Call, i);
        for (; next < edits->len; next++) {
            const FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, next);
            if (edit->at >= call->at || edit->at + edit->removed > call->at) break;
            if (is_code(walker, edit->at)) continue;
            added += strlen(edit->inserted);
            removed += edit->removed;
        }
        call->at = call->at + added - removed;
    }
}

static void append_span(GString *text, GArray *spans, TextSpan span, const char *from) {
    g_string_append_len(text, from, (gssize)span.len);
    if (span.len) g_array_append_val(spans, span);
}

/* A call cuts the span it stands in. */
static void insert_calls(Walker *walker) {
    static const char fine[] = "\u202F"; /* as babel-french does */
    g_autoptr(GString) old_text = walker->text;
    g_autoptr(GArray) old_spans = walker->spans;
    walker->text = g_string_sized_new(old_text->len);
    walker->spans = g_array_new(FALSE, FALSE, sizeof(TextSpan));
    size_t at = 0, end = 0;
    guint next = 0;
    for (guint i = 0; i <= old_spans->len; i++) {
        bool is_last = i == old_spans->len;
        TextSpan span = is_last ? (TextSpan){0} : g_array_index(old_spans, TextSpan, i);
        end += span.len;
        for (; next < walker->calls->len; next++) {
            const Call *call = &g_array_index(walker->calls, Call, next);
            if (!is_last && call->at > end) break;
            TextSpan part = span;
            part.len = call->at > at ? MIN(call->at, end) - at : 0;
            append_span(walker->text, walker->spans, part, old_text->str + at);
            at += part.len;
            append_span(walker->text, walker->spans, (TextSpan){.len = strlen(fine)}, fine);
            append_span(walker->text, walker->spans,
                        (TextSpan){.len = strlen(call->number), .is_superior = true}, call->number);
        }
        span.len = end - at;
        append_span(walker->text, walker->spans, span, old_text->str + at);
        at = end;
    }
}

/* Applies the edits of French typography: spans are cut where text is removed and the inserted text
 * belongs to the span it stands in. */
static void set_typography(Walker *walker) {
    g_autofree char *error = NULL;
    g_autoptr(GArray) edits = fr_typo_edits(walker->text->str, FR_TYPO_PLAIN, NULL, &error);
    if (!edits) return; /* cmark made it valid UTF-8 */
    shift_calls(walker, edits);
    /* Backwards, so that earlier places stay true. */
    for (guint i = edits->len; i-- > 0;) {
        const FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, i);
        if (is_code(walker, edit->at)) continue;
        size_t start = 0, left = edit->removed, inserted = strlen(edit->inserted);
        bool is_inserted = false;
        for (guint k = 0; k < walker->spans->len; k++) {
            TextSpan *span = &g_array_index(walker->spans, TextSpan, k);
            size_t end = start + span->len;
            bool is_last = k + 1 == walker->spans->len;
            if (!is_inserted && (edit->at < end || is_last)) {
                size_t cut = MIN(left, end - edit->at);
                span->len += inserted - cut;
                left -= cut;
                is_inserted = true;
            } else if (is_inserted && left) {
                size_t cut = MIN(left, span->len);
                span->len -= cut;
                left -= cut;
            }
            start = end;
        }
        g_string_erase(walker->text, (gssize)edit->at, (gssize)edit->removed);
        g_string_insert(walker->text, (gssize)edit->at, edit->inserted);
    }
}

RichText rich_parse(const char *markdown, RichColors colors, Span span, Arena *arena, Diag *diag) {
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(Code));
    g_autoptr(GArray) calls = g_array_new(FALSE, FALSE, sizeof(Call));
    Walker walker = {.text = g_string_new(NULL),
                     .spans = g_array_new(FALSE, FALSE, sizeof(TextSpan)),
                     .codes = codes,
                     .calls = calls,
                     .arena = arena,
                     .colors = colors,
                     .span = span,
                     .diag = diag};
    walk(&walker, markdown);
    if (walker.spans->len) set_typography(&walker);
    if (calls->len) insert_calls(&walker);
    g_autoptr(GString) text = walker.text;
    g_autoptr(GArray) spans = walker.spans;
    const char *plain = arena_strndup(arena, text->str, text->len);
    const char *at = plain;
    for (guint i = 0; i < spans->len; i++) {
        TextSpan *item = &g_array_index(spans, TextSpan, i);
        item->text = at;
        at += item->len;
    }
    return (RichText){.spans = arena_dup(arena, spans->data, spans->len * sizeof(TextSpan)),
                      .n = spans->len,
                      .plain = plain};
}

void rich_escape(GString *markdown, const char *value) {
    for (; *value; value++) {
        if (g_ascii_ispunct(*value)) g_string_append_c(markdown, '\\');
        /* A line end in a value is a space: it must not start a block. */
        g_string_append_c(markdown, *value == '\n' || *value == '\r' ? ' ' : *value);
    }
}
