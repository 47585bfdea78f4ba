#include "report/rich.h"

#include "lang/fr_display.h"

#include <cmark.h>
#include <string.h>

/* Marks the start of every line so that cmark sees no list, heading or code there; taken out of
 * every literal. U+2E31 WORD SEPARATOR MIDDLE DOT does not occur in what people type, and is
 * punctuation: before `**«` or `_mot_` it lets emphasis open as the start of a line does. */
static const char guard[] = "\xE2\xB8\xB1";

/* A run of one style. */
typedef struct {
    TextSpan span; /* `len` set; `text` is set at the end, once the bytes rest. Typography leaves
                    * code alone. */
} Piece;

/* Typography reads the text without the calls: a figure after a word would mean something. */
typedef struct {
    size_t at; /* in the text */
    const char *number;
} Call;

typedef struct {
    GString *text;
    GArray *pieces; /* Piece */
    GArray *calls;  /* Call, in order */
    Arena *arena;
    int bold, italic;
    Color color;
    bool has_color;
    RichContext context;
    Span span;
    Diag *diag;
} Walker;

static void add_text(Walker *walker, const char *text, size_t len, bool is_code) {
    if (!len) return;
    Piece piece = {.span = {.len = len,
                            .is_bold = walker->bold > 0,
                            .is_italic = walker->italic > 0,
                            .color = walker->color,
                            .has_color = walker->has_color,
                            .is_code = is_code}};
    g_string_append_len(walker->text, text, (gssize)len);
    g_array_append_val(walker->pieces, piece);
}

static void add_literal(Walker *walker, cmark_node *node, bool is_code) {
    const char *text = cmark_node_get_literal(node);
    if (!text) return;
    for (const char *next; (next = strstr(text, guard)); text = next + strlen(guard))
        add_text(walker, text, (size_t)(next - text), is_code);
    add_text(walker, text, strlen(text), is_code);
}

static void enter_link(Walker *walker, cmark_node *node) {
    const char *url = cmark_node_get_url(node);
    if (!g_str_has_prefix(url, "color:")) return;
    const char *role = url + strlen("color:");
    const RichContext *context = &walker->context;
    if (context->color && context->color(context->owner, role, &walker->color))
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
    case CMARK_NODE_CODE: add_literal(walker, node, true); break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE: add_literal(walker, node, false); break;
    case CMARK_NODE_SOFTBREAK: add_text(walker, " ", 1, false); break;
    case CMARK_NODE_LINEBREAK: add_text(walker, "\n", 1, false); break;
    case CMARK_NODE_PARAGRAPH:
        if (enters && walker->text->len) add_text(walker, "\n", 1, false);
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

static Piece *piece_at(GArray *pieces, size_t i) {
    return &g_array_index(pieces, Piece, i);
}

/* Does an edit at `at`, in piece i which starts at `start`, touch code? */
static bool touches_code(GArray *pieces, size_t i, size_t start, size_t end) {
    for (; i < pieces->len; i++) {
        if (piece_at(pieces, i)->span.is_code) return true;
        start += piece_at(pieces, i)->span.len;
        if (start >= end) return false;
    }
    return false;
}

/* Shortens pieces, which start at `start`, by what is removed from them in [at, end). */
static void remove_bytes(GArray *pieces, const GArray *typed, size_t i, size_t start, size_t at,
                         size_t end) {
    for (; i < pieces->len && start < end; i++) {
        size_t piece_end = start + g_array_index(typed, Piece, i).span.len;
        piece_at(pieces, i)->span.len -= MIN(end, piece_end) - MAX(at, start);
        start = piece_end;
    }
}

/* Moves the calls from `*next` on that stand up to `until`, where the text typed up to `done` has
 * become `length` bytes. What is inserted where a call stands comes after it: `mot[^a] ;`. */
static void move_calls(Walker *walker, guint *next, size_t until, size_t done, size_t length) {
    for (; *next < walker->calls->len; (*next)++) {
        Call *call = &g_array_index(walker->calls, Call, *next);
        if (call->at > until) return;
        call->at = length + (call->at > done ? call->at - done : 0);
    }
}

/* Applies the edits of French typography: pieces are cut where text is removed, and the inserted
 * text belongs to the piece it stands in. */
static void set_typography(Walker *walker) {
    g_autofree char *error = NULL;
    g_autoptr(GArray) edits =
        fr_typo_edits(walker->text->str, FR_TYPO_PLAIN, walker->context.typography, &error);
    if (!edits) return; /* it is valid UTF-8: cmark made it so, or the caller */
    g_autoptr(GArray) typed = g_array_copy(walker->pieces);
    g_autoptr(GString) out = g_string_sized_new(walker->text->len + 16);
    size_t done = 0, i = 0, start = 0; /* piece i starts at `start` of the text typed */
    guint call = 0;
    for (guint e = 0; e < edits->len; e++) {
        const FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, e);
        size_t end = edit->at + edit->removed;
        for (size_t len;
             i + 1 < typed->len && start + (len = piece_at(typed, i)->span.len) <= edit->at; i++)
            start += len;
        if (touches_code(typed, i, start, end)) continue;
        piece_at(walker->pieces, i)->span.len += strlen(edit->inserted);
        remove_bytes(walker->pieces, typed, i, start, edit->at, end);
        move_calls(walker, &call, edit->at, done, out->len);
        g_string_append_len(out, walker->text->str + done, (gssize)(edit->at - done));
        g_string_append(out, edit->inserted);
        done = end;
    }
    move_calls(walker, &call, SIZE_MAX, done, out->len);
    g_string_append(out, walker->text->str + done);
    g_string_assign(walker->text, out->str);
}

/* Cuts pieces where letters are raised or in small capitals: 1er, XXe siècle. */
static GArray *cut_display(const Walker *walker) {
    GArray *spans = g_array_new(FALSE, FALSE, sizeof(TextSpan));
    g_autoptr(GArray) displays = fr_display_find(walker->text->str, walker->text->len);
    size_t at = 0, d = 0;
    for (size_t i = 0; i < walker->pieces->len; i++) {
        const Piece *piece = piece_at(walker->pieces, i);
        for (size_t end = at + piece->span.len, next; at < end; at = next) {
            const FrDisplaySpan *display = NULL;
            while (d < displays->len && g_array_index(displays, FrDisplaySpan, d).end <= at) d++;
            if (d < displays->len && !piece->span.is_code)
                display = &g_array_index(displays, FrDisplaySpan, d);
            bool is_inside = display && display->start <= at;
            next = display ? MIN(end, is_inside ? display->end : display->start) : end;
            TextSpan span = piece->span;
            span.len = next - at;
            span.is_superior = is_inside && display->display == FR_DISPLAY_SUPERIOR;
            span.is_small_caps = is_inside && display->display == FR_DISPLAY_SMALL_CAPS;
            g_array_append_val(spans, span);
        }
    }
    return spans;
}

static void append_span(GString *text, GArray *spans, TextSpan span, const char *from) {
    g_string_append_len(text, from, (gssize)span.len);
    if (span.len) g_array_append_val(spans, span);
}

/* A call cuts the span it stands in. */
static GArray *insert_calls(Walker *walker, const GArray *spans) {
    static const char fine[] = "\u202F"; /* as babel-french does */
    g_autofree char *text = g_strdup(walker->text->str);
    g_string_truncate(walker->text, 0);
    GArray *out = g_array_new(FALSE, FALSE, sizeof(TextSpan));
    size_t at = 0, end = 0;
    guint next = 0;
    for (guint i = 0; i <= spans->len; i++) {
        bool is_last = i == spans->len;
        TextSpan span = is_last ? (TextSpan){0} : g_array_index(spans, TextSpan, i);
        end += span.len;
        for (; next < walker->calls->len; next++) {
            const Call *call = &g_array_index(walker->calls, Call, next);
            if (!is_last && call->at > end) break;
            TextSpan part = span, number = {.len = strlen(call->number), .is_superior = true};
            part.len = call->at > at ? MIN(call->at, end) - at : 0;
            append_span(walker->text, out, part, text + at);
            at += part.len;
            append_span(walker->text, out, (TextSpan){.len = strlen(fine)}, fine);
            append_span(walker->text, out, number, call->number);
        }
        span.len = end - at;
        append_span(walker->text, out, span, text + at);
        at = end;
    }
    return out;
}

/* What was walked, with its typography. */
static RichText finish(Walker *walker) {
    if (walker->pieces->len) set_typography(walker);
    g_autoptr(GArray) displayed = cut_display(walker);
    g_autoptr(GArray) spans = insert_calls(walker, displayed);
    const char *plain = arena_strndup(walker->arena, walker->text->str, walker->text->len);
    const char *at = plain;
    for (guint i = 0; i < spans->len; i++) {
        TextSpan *item = &g_array_index(spans, TextSpan, i);
        item->text = at;
        at += item->len;
    }
    return (RichText){.spans = arena_dup(walker->arena, spans->data, spans->len * sizeof(TextSpan)),
                      .n = spans->len,
                      .plain = plain};
}

RichText rich_parse(const char *markdown, RichContext context, Span span, Arena *arena,
                    Diag *diag) {
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_autoptr(GArray) calls = g_array_new(FALSE, FALSE, sizeof(Call));
    Walker walker = {.text = text,
                     .pieces = pieces,
                     .calls = calls,
                     .arena = arena,
                     .context = context,
                     .span = span,
                     .diag = diag};
    walk(&walker, markdown);
    return finish(&walker);
}

RichText rich_plain(const char *text, const FrTypoOptions *typography, Arena *arena) {
    g_autoptr(GString) copy = g_string_new(NULL);
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    g_autoptr(GArray) calls = g_array_new(FALSE, FALSE, sizeof(Call));
    Walker walker = {.text = copy,
                     .pieces = pieces,
                     .calls = calls,
                     .arena = arena,
                     .context = {.typography = typography}};
    add_text(&walker, text, strlen(text), false);
    return finish(&walker);
}

void rich_escape(GString *markdown, const char *value) {
    for (; *value; value++) {
        if (g_ascii_ispunct(*value)) g_string_append_c(markdown, '\\');
        /* A line end in a value is a space: it must not start a block. */
        g_string_append_c(markdown, *value == '\n' || *value == '\r' ? ' ' : *value);
    }
}
