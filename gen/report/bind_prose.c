/* Prose: the paragraphs of a text, and its notes, numbered as the page calls them. */
#include "base/i18n.h"
#include "report/bind.h"
#include "report/markup.h"

#include <string.h>

enum { MAX_COLUMNS = 4 };

typedef struct {
    Binder *binder;
    const Node *text;
    Node *notes;        /* NULL: none */
    GHashTable *places; /* name → index of a note, plus 1 */
    int *numbers;       /* by note; 0 when it was not called yet */
    size_t n_notes;
    GArray *called; /* size_t: indices of notes, by number */
    GArray *calls;  /* FillCall of the paragraph at hand */
    bool is_faulty; /* some call is: notes may only seem never called */
} ProseBinder;

static size_t read_columns(Binder *binder, Node *node) {
    double n = node_number(node, "columns", 1, binder->diag);
    if (n >= 1 && n <= MAX_COLUMNS && n == (double)(int)n) return (size_t)n;
    const Node *columns = node_find(node, "columns");
    diag_error(binder->diag, columns->span, "columns", "write a whole number from 1 to 4",
               "columns: a text cannot stand in %s columns", columns->text);
    return 1;
}

static void note_fault(const ProseBinder *prose, Span span, const char *hint, const char *format,
                       const char *name) {
    g_autofree char *message = g_strdup_printf(_(format), name);
    diag_error(prose->binder->diag, span, "note", hint, "%s", message);
}

static const char bad_name[] = N_("a name holds letters, digits, - and _, without spaces");

static void read_notes(ProseBinder *prose, Node *node) {
    prose->notes = node_map(node, "notes", prose->binder->diag);
    prose->n_notes = prose->notes ? prose->notes->n_children : 0;
    prose->numbers = g_new0(int, prose->n_notes + 1);
    for (size_t i = 0; i < prose->n_notes; i++) {
        Node *note = prose->notes->children[i];
        note->is_read = true;
        if (!markup_is_name(note->key, strlen(note->key)))
            note_fault(prose, note->key_span, bad_name, "« %s » cannot name a note", note->key);
        g_hash_table_insert(prose->places, (char *)note->key, GSIZE_TO_POINTER(i + 1));
    }
}

static char *unknown_note_hint(const ProseBinder *prose, const char *name) {
    g_autofree const char **known = g_new0(const char *, prose->n_notes + 1);
    for (size_t i = 0; i < prose->n_notes; i++) known[i] = prose->notes->children[i]->key;
    const char *nearest = nearest_word(name, known);
    return nearest ? g_strdup_printf(_("did you mean « [^%s] »?"), nearest)
                   : g_strdup(_("write it under notes; « \\[^ » is no call"));
}

/* The number of the note called, given at its first call; 0 after a fault. */
static int call_number(ProseBinder *prose, MarkupCall call) {
    Span span = node_span_within(prose->text, call.at, call.len);
    if (!call.is_closed || call.len == 3) {
        note_fault(prose, span, "write [^name]; « \\[^ » is no call", "this note call %s",
                   call.is_closed ? _("has no name") : _("is not closed"));
        return 0;
    }
    g_autofree char *name = g_strndup(prose->text->text + call.at + 2, call.len - 3);
    size_t place = GPOINTER_TO_SIZE(g_hash_table_lookup(prose->places, name));
    if (!place && !markup_is_name(name, strlen(name))) {
        note_fault(prose, span, bad_name, "« %s » cannot name a note", name);
        return 0;
    }
    if (!place) {
        g_autofree char *hint = unknown_note_hint(prose, name);
        note_fault(prose, span, hint, "no note is named « %s »", name);
        return 0;
    }
    int *number = &prose->numbers[--place];
    if (!*number) {
        *number = ++prose->binder->n_notes;
        g_array_append_val(prose->called, place);
    }
    return *number;
}

/* False after a fault. */
static bool read_calls(ProseBinder *prose, const MarkupPart *part) {
    bool is_ok = true;
    size_t at = part->start;
    g_array_set_size(prose->calls, 0);
    for (MarkupCall call; markup_next_call(prose->text->text, &at, part->end, &call);) {
        FillCall filled = {call.at, call.len, call_number(prose, call)};
        if (filled.number && part->kind == PROSE_HEADING) {
            note_fault(prose, node_span_within(prose->text, call.at, call.len),
                       "call it from the text below", "%s", _("a heading cannot call a note"));
            filled.number = 0;
        }
        is_ok = is_ok && filled.number;
        prose->is_faulty |= !is_ok;
        g_array_append_val(prose->calls, filled);
    }
    return is_ok;
}

static bool check_mark(const ProseBinder *prose, const MarkupPart *part) {
    bool is_heading = part->kind == PROSE_HEADING;
    Diag *diag = prose->binder->diag;
    size_t len = MAX(part->start - part->mark, 1);
    Span span = node_span_within(prose->text, part->mark, len);
    if (is_heading && (part->level != 2 || !part->is_spaced || part->start == part->end)) {
        diag_error(diag, span, "prose", "write « ## Titre »; « \\# » is no heading",
                   "a heading starts with « ## », a space and its words");
        return false;
    }
    if (part->kind == PROSE_ITEM && part->level > 1) {
        diag_error(diag, span, "prose", "start the line with « - », without spaces before",
                   "a list has one level");
        return false;
    }
    return true;
}

static void bind_paras(ProseBinder *prose, Prose *out) {
    Scope scope = bind_scope(prose->binder);
    g_autoptr(GArray) parts = markup_split(prose->text->text);
    out->paras = ARENA_ARRAY(prose->binder->arena, ProsePara, parts->len);
    for (guint i = 0; i < parts->len; i++) {
        const MarkupPart *part = &g_array_index(parts, MarkupPart, i);
        ProsePara *para = &out->paras[out->n_paras++];
        bool is_right = check_mark(prose, part);
        bool is_ok = read_calls(prose, part) && is_right;
        para->kind = part->kind;
        FillPart filled = {part->start, part->end, (const FillCall *)(void *)prose->calls->data,
                           is_ok ? prose->calls->len : 0};
        fill_part(&scope, prose->text, filled, prose->binder->arena, &para->text,
                  prose->binder->diag);
    }
}

/* A note calls no other. */
static void check_note(const ProseBinder *prose, const Node *note) {
    size_t at = 0;
    MarkupCall call;
    if (note->text && markup_next_call(note->text, &at, strlen(note->text), &call))
        note_fault(prose, node_span_within(note, call.at, call.len),
                   "say it in the text, or in this note", "%s", _("a note cannot call a note"));
}

static void bind_prose_notes(ProseBinder *prose, Prose *out) {
    Scope scope = bind_scope(prose->binder);
    out->n_notes = prose->called->len;
    out->notes = ARENA_ARRAY(prose->binder->arena, ProseNote, out->n_notes);
    for (size_t i = 0; i < out->n_notes; i++) {
        size_t place = g_array_index(prose->called, size_t, i);
        const Node *note = prose->notes->children[place];
        out->notes[i].number = prose->numbers[place];
        check_note(prose, note);
        fill(&scope, note, prose->binder->arena, &out->notes[i].text, prose->binder->diag);
    }
    for (size_t i = 0; i < prose->n_notes && !prose->is_faulty; i++) {
        const Node *note = prose->notes->children[i];
        if (prose->numbers[i] || !markup_is_name(note->key, strlen(note->key))) continue;
        g_autofree char *hint =
            g_strdup_printf(_("write [^%s] where the text calls it, or take it away"), note->key);
        note_fault(prose, note->key_span, hint, "the note « %s » is never called", note->key);
    }
}

const Prose *bind_prose(Binder *binder, Node *node) {
    Prose *out = ARENA_NEW(binder->arena, Prose);
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) called = g_array_new(FALSE, FALSE, sizeof(size_t));
    g_autoptr(GArray) calls = g_array_new(FALSE, FALSE, sizeof(FillCall));
    ProseBinder prose = {.binder = binder,
                         .text = node_require(node, "text", binder->diag),
                         .places = places,
                         .called = called,
                         .calls = calls};
    out->n_columns = read_columns(binder, node);
    read_notes(&prose, node);
    if (prose.text && prose.text->kind != NODE_SCALAR)
        diag_error(binder->diag, prose.text->span, "type", "write the text after « text: | »",
                   "text: a text is expected");
    else if (prose.text)
        bind_paras(&prose, out);
    bind_prose_notes(&prose, out);
    g_free(prose.numbers);
    return out;
}
