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

typedef struct {
    GString *text;
    GArray *spans; /* TextSpan with `len` set; `text` is set at the end, once the bytes rest */
    GArray *codes; /* Code: bytes that typography leaves alone */
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
        if (*markdown == '\n' && markdown[1] && markdown[1] != '\n') g_string_append(out, guard);
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

/* Applies the edits of French typography: spans are cut where text is removed and the inserted text
 * belongs to the span it stands in. */
static void set_typography(Walker *walker) {
    g_autofree char *error = NULL;
    g_autoptr(GArray) edits = fr_typo_edits(walker->text->str, FR_TYPO_PLAIN, NULL, &error);
    if (!edits) return; /* cmark made it valid UTF-8 */
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
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(TextSpan));
    g_autoptr(GArray) codes = g_array_new(FALSE, FALSE, sizeof(Code));
    Walker walker = {
        .text = text, .codes = codes, .spans = spans, .colors = colors, .span = span, .diag = diag};
    walk(&walker, markdown);
    if (spans->len) set_typography(&walker);
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
