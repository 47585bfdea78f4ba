#include "lang/typo_text.h"

#include <string.h>

typedef struct {
    size_t first, count;
    guint32 at, end;
    char with[24];
} Pending;

Text *text_new(const char *source, size_t length, const FrTypoOptions *options) {
    Text *text = g_new0(Text, 1);
    text->source = source;
    text->options = options;
    text->glyphs = g_array_sized_new(FALSE, FALSE, sizeof(Glyph), (guint)length + 16);
    text->typed = g_array_new(FALSE, FALSE, sizeof(Glyph));
    text->kinds = g_array_sized_new(FALSE, FALSE, sizeof(guint8), (guint)length + 16);
    text->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
    text->removed_by = g_malloc0(length + 1);
    return text;
}

void text_free(Text *text) {
    if (!text) return;
    g_array_free(text->glyphs, TRUE);
    g_array_free(text->typed, TRUE);
    g_array_free(text->kinds, TRUE);
    g_array_free(text->pending, TRUE);
    g_free(text->removed_by);
    g_free(text);
}

static Glyph *glyph_at(const Text *text, size_t i) {
    return &g_array_index(text->glyphs, Glyph, i);
}

void text_restart(Text *text) {
    for (size_t i = 0; text->has_flags && i < text_length(text); i++)
        glyph_at(text, i)->flags &= GLYPH_CODE | GLYPH_ENTITY;
    text->has_flags = text->has_changed = false;
}

guint8 kind_beyond_ascii(gunichar c) {
    if (c >= 0xe0 && c < 0x100) return c == 0xf7 ? KIND_RARE : 0;
    switch (c) {
    case 0xa0:
    case 0x2007:
    case 0x2009:
    case 0x202f: return KIND_SPACE;
    case 0x2026: return KIND_LOW;
    case 0x2013:
    case 0x2014:
    case 0x2212: return KIND_DASH;
    case 0xab:
    case 0xb4:
    case 0xbb:
    case 0x2bc:
    case 0x2018:
    case 0x2019:
    case 0x201c:
    case 0x201d:
    case 0x2032: return KIND_QUOTE;
    case 0xba: return KIND_RARE;
    default: break;
    }
    if (!g_unichar_isalpha(c)) return KIND_RARE;
    return g_unichar_isupper(c) ? KIND_UPPER : 0;
}

void text_protect(Text *text, size_t first, size_t end) {
    text->has_flags = true;
    for (size_t i = first; i < end && i < text_length(text); i++)
        glyph_at(text, i)->flags |= GLYPH_PROTECTED;
}

static void ask(Text *text, size_t first, size_t count, guint32 at, const char *with) {
    if (text->pending->len > 0) {
        const Pending *last = &g_array_index(text->pending, Pending, text->pending->len - 1);
        if (first < last->first + last->count) return;
        if (first == last->first && count == 0) return;
    }
    for (size_t i = first; i < first + count; i++)
        if (glyph_at(text, i)->flags) return;
    guint32 end = count > 0 ? glyph_at(text, first + count - 1)->end : at;
    Pending edit = {.first = first, .count = count, .at = at, .end = end};
    g_assert(strlen(with) < sizeof edit.with);
    g_strlcpy(edit.with, with, sizeof edit.with);
    g_array_append_val(text->pending, edit);
}

static bool reads(const Text *text, size_t first, size_t count, const char *with) {
    for (; count > 0 && *with; first++, count--, with = g_utf8_next_char(with))
        if (glyph_at(text, first)->c != g_utf8_get_char(with)) return false;
    return count == 0 && !*with;
}

void text_replace(Text *text, size_t first, size_t count, const char *with) {
    if (count > 0 && !reads(text, first, count, with))
        ask(text, first, count, glyph_at(text, first)->at, with);
}

/* Between tags, what is inserted stands outside them: <b>12</b>⍽% and Mot␣<b>?</b>. */
static guint32 place_after(const Text *text, size_t i) {
    const Glyph *glyph = glyph_at(text, i);
    if (i + 1 >= text_length(text)) return glyph->at + glyph->bytes;
    guint32 next = glyph_at(text, i + 1)->at;
    if (glyph->flags & GLYPH_CODE) return next;    /* never inside <tt> */
    guint32 end = MIN(glyph->end, next), at = end; /* several may be made in the place of one */
    while (at < next && g_str_has_prefix(text->source + at, "</")) {
        const char *close = memchr(text->source + at, '>', next - at);
        if (!close) break;
        at = (guint32)(close - text->source) + 1;
    }
    return at == end ? glyph->at + glyph->bytes : at; /* one edit with what a rule made */
}

void text_insert_before(Text *text, size_t i, const char *what) {
    ask(text, i, 0, i > 0 ? place_after(text, i - 1) : glyph_at(text, i)->at, what);
}

void text_insert_after(Text *text, size_t i, const char *what) {
    ask(text, i + 1, 0, place_after(text, i), what);
}

static Glyph glyph_made(const Text *text, const Pending *edit, const char *with) {
    return (Glyph){
        .c = g_utf8_get_char(with), .at = edit->at, .end = edit->end, .rule = text->rule};
}

static void note_removal(Text *text, const Pending *edit) {
    for (size_t i = edit->first; i < edit->first + edit->count; i++)
        if (glyph_at(text, i)->bytes > 0) text->removed_by[glyph_at(text, i)->at] = text->rule;
}

/* One glyph for one: nothing moves. */
static bool commit_in_place(Text *text) {
    for (size_t e = 0; e < text->pending->len; e++) {
        const Pending *edit = &g_array_index(text->pending, Pending, e);
        if (edit->count != 1 || !*edit->with || *g_utf8_next_char(edit->with)) return false;
    }
    for (size_t e = 0; e < text->pending->len; e++) {
        const Pending *edit = &g_array_index(text->pending, Pending, e);
        note_removal(text, edit);
        *glyph_at(text, edit->first) = glyph_made(text, edit, edit->with);
        gunichar c = g_utf8_get_char(edit->with);
        g_array_index(text->kinds, guint8, edit->first) = kind_of(c);
        if (edit->first > 0) text->seen |= seen_between(glyph_at(text, edit->first - 1)->c, c);
        if (edit->first + 1 < text_length(text))
            text->seen |= seen_between(c, glyph_at(text, edit->first + 1)->c);
    }
    return true;
}

/* What was apart may touch. */
static void commit_copy(Text *text) {
    GArray *glyphs = g_array_sized_new(FALSE, FALSE, sizeof(Glyph), text->glyphs->len + 16);
    GArray *kinds = g_array_sized_new(FALSE, FALSE, sizeof(guint8), text->glyphs->len + 16);
    size_t done = 0;
    gunichar last = 0;
    for (size_t e = 0; e <= text->pending->len; e++) {
        bool is_end = e == text->pending->len;
        const Pending *edit = is_end ? NULL : &g_array_index(text->pending, Pending, e);
        size_t first = is_end ? text_length(text) : edit->first;
        if (first > done) {
            text->seen |= seen_between(last, glyph_at(text, done)->c);
            last = glyph_at(text, first - 1)->c;
            g_array_append_vals(glyphs, glyph_at(text, done), (guint)(first - done));
            g_array_append_vals(kinds, &g_array_index(text->kinds, guint8, done),
                                (guint)(first - done));
        }
        if (is_end) break;
        note_removal(text, edit);
        for (const char *p = edit->with; *p; p = g_utf8_next_char(p)) {
            Glyph made = glyph_made(text, edit, p);
            guint8 kind = kind_of(made.c);
            text->seen |= seen_between(last, made.c);
            last = made.c;
            g_array_append_val(glyphs, made);
            g_array_append_val(kinds, kind);
        }
        done = edit->first + edit->count;
    }
    g_array_free(text->glyphs, TRUE);
    g_array_free(text->kinds, TRUE);
    text->glyphs = glyphs;
    text->kinds = kinds;
}

void text_commit(Text *text) {
    if (text->pending->len == 0) return;
    if (!text->has_edits) g_array_append_vals(text->typed, text->glyphs->data, text->glyphs->len);
    if (!commit_in_place(text)) commit_copy(text);
    g_array_set_size(text->pending, 0);
    text->has_changed = text->has_edits = true;
}

/* A long run of changes stays several edits: joining it piece by piece would cost its square. */
enum { JOINED_MAX = 64 };

/* One replacement is an insertion and a removal at the same place: they make one edit, of the rule
 * that inserts. */
static void append_edit(GArray *edits, size_t at, size_t removed, gunichar c, const char *rule) {
    char inserted[8] = "";
    if (c) inserted[g_unichar_to_utf8(c, inserted)] = '\0';
    if (edits->len > 0) {
        FrTypoEdit *last = &g_array_index(edits, FrTypoEdit, edits->len - 1);
        bool touches = last->at + last->removed == at && strlen(last->inserted) < JOINED_MAX;
        bool is_half = (removed > 0 && last->removed == 0) || (c && !*last->inserted);
        if (touches && (last->rule == rule || is_half)) {
            if (c) last->rule = rule;
            last->removed += removed;
            char *joined = g_strconcat(last->inserted, inserted, NULL);
            g_free(last->inserted);
            last->inserted = joined;
            return;
        }
    }
    FrTypoEdit edit = {at, removed, g_strdup(inserted), rule};
    g_array_append_val(edits, edit);
}

static bool is_idle(const Text *text, const FrTypoEdit *edit, size_t offset) {
    return strlen(edit->inserted) == edit->removed &&
           !memcmp(edit->inserted, text->source + edit->at - offset, edit->removed);
}

/* Two rules that undo each other leave an edit that says nothing. */
static void drop_idle(const Text *text, GArray *edits, size_t first, size_t offset) {
    size_t kept = first;
    for (size_t i = first; i < edits->len; i++) {
        FrTypoEdit *edit = &g_array_index(edits, FrTypoEdit, i);
        if (is_idle(text, edit, offset)) continue;
        FrTypoEdit *place = &g_array_index(edits, FrTypoEdit, kept++);
        FrTypoEdit swapped = *place;
        *place = *edit;
        *edit = swapped;
    }
    g_array_set_size(edits, (guint)kept); /* frees the idle ones, now last */
}

void text_edits(const Text *text, size_t offset, const char *const *rule_ids, GArray *edits) {
    size_t first = edits->len, t = 0;
    if (!text->has_edits) return;
    const Glyph *made = (const Glyph *)(void *)text->glyphs->data;
    const Glyph *typed_at = (const Glyph *)(void *)text->typed->data;
    for (size_t i = 0; i <= text_length(text); i++) {
        for (; i < text_length(text) && t < text->typed->len && made[i].bytes > 0 &&
               made[i].at == typed_at[t].at;
             i++)
            t++;
        const Glyph *glyph = i < text_length(text) ? &made[i] : NULL;
        for (; t < text->typed->len; t++) {
            const Glyph *typed = &typed_at[t];
            if (glyph && typed->at >= glyph->at) break;
            append_edit(edits, offset + typed->at, typed->bytes, 0,
                        rule_ids[text->removed_by[typed->at] - 1]);
        }
        if (!glyph) break;
        if (glyph->bytes > 0)
            t++;
        else
            append_edit(edits, offset + glyph->at, 0, glyph->c, rule_ids[glyph->rule - 1]);
    }
    drop_idle(text, edits, first, offset);
}
