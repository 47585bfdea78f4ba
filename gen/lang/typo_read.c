/* From bytes to glyphs: Pango tags set aside, entities read as the character they stand for,
 * composed form (NFC; never NFKC, which would destroy U+202F, … and ²). */
#include "lang/typo_text.h"

#include <string.h>
#include <unicode/unorm2.h>

/* Longer runs of combining marks are no text, and cost more than linear time to order. */
enum { SEGMENT_MAX = 32 };

static const char *const tag_names[] = {"b",     "i",   "u",  "s",    "sub",    "sup",
                                        "small", "big", "tt", "span", "markup", NULL};

typedef struct {
    Text *text;
    const char *end;
    const UNormalizer2 *nfc;
    guint8 nfc_rule;
    size_t code_depth; /* inside <tt> */
    gunichar last;
    Glyph *glyphs; /* with room for one a byte */
    guint8 *kinds;
    guint n;
} Reader;

static const char *skip_blanks(const char *p, const char *end) {
    while (p < end && g_ascii_isspace(*p)) p++;
    return p;
}

static const char *skip_name(const char *p, const char *end) {
    while (p < end && (g_ascii_isalnum(*p) || *p == '_' || *p == '-')) p++;
    return p;
}

/* ` name="value"`, the blanks before included; NULL when there is no attribute. */
static const char *skip_attribute(const char *p, const char *end) {
    const char *name = skip_blanks(p, end);
    p = skip_name(name, end);
    if (p == name || p == end || *p != '=') return NULL;
    char quote = ++p < end ? *p : '\0';
    if (quote != '"' && quote != '\'') return NULL;
    for (p++; p < end && *p != quote; p++)
        if (*p == '<') return NULL;
    return p < end ? p + 1 : NULL;
}

/* The end of the known tag that starts here, or NULL: a stray < is text. */
static const char *skip_tag(const char *start, const char *end, Reader *reader) {
    const char *p = start + 1;
    bool is_closing = p < end && *p == '/';
    if (is_closing) p++;
    const char *name = p;
    p = skip_name(p, end);
    g_autofree char *word = g_strndup(name, (gsize)MIN(p - name, 16));
    if (!g_strv_contains(tag_names, word)) return NULL;
    for (const char *next; (next = skip_attribute(p, end));) p = next;
    p = skip_blanks(p, end);
    bool is_empty = p < end && *p == '/';
    if (is_empty) p++;
    if (p == end || *p != '>') return NULL;
    if (!strcmp(word, "tt") && !is_empty) {
        if (!is_closing)
            reader->code_depth++;
        else if (reader->code_depth > 0)
            reader->code_depth--;
    }
    return p + 1;
}

static const char *read_number_entity(const char *p, const char *end, gunichar *ret) {
    bool is_hex = p < end && (*p == 'x' || *p == 'X');
    if (is_hex) p++;
    gunichar value = 0;
    const char *first = p;
    for (; p < end && p - first < 7; p++) {
        int digit = is_hex ? g_ascii_xdigit_value(*p) : g_ascii_digit_value(*p);
        if (digit < 0) break;
        value = value * (is_hex ? 16 : 10) + (gunichar)digit;
    }
    if (p == first || p == end || *p != ';' || !value || !g_unichar_validate(value)) return NULL;
    *ret = value;
    return p + 1;
}

static const char *read_entity(const char *start, const char *end, gunichar *ret) {
    static const struct {
        const char *name;
        gunichar c;
    } named[] = {{"&amp;", '&'},       {"&lt;", '<'},       {"&gt;", '>'},
                 {"&quot;", '"'},      {"&apos;", '\''},    {"&nbsp;", 0xa0},
                 {"&thinsp;", 0x2009}, {"&laquo;", 0xab},   {"&raquo;", 0xbb},
                 {"&hellip;", 0x2026}, {"&rsquo;", 0x2019}, {"&ndash;", 0x2013},
                 {"&mdash;", 0x2014},  {"&euro;", 0x20ac},  {"&eacute;", 0xe9},
                 {"&egrave;", 0xe8},   {"&agrave;", 0xe0},  {"&ccedil;", 0xe7}};
    if (end - start > 3 && start[1] == '#') return read_number_entity(start + 2, end, ret);
    for (size_t i = 0; i < G_N_ELEMENTS(named); i++) {
        size_t n = strlen(named[i].name);
        if ((size_t)(end - start) < n || memcmp(start, named[i].name, n)) continue;
        *ret = named[i].c;
        return start + n;
    }
    return NULL;
}

/* With what it is, and what it makes with the one before. */
static void append_glyph(Reader *reader, Glyph glyph) {
    Text *text = reader->text;
    if (reader->code_depth > 0) glyph.flags |= GLYPH_CODE;
    text->seen |= seen_between(reader->last, glyph.c);
    reader->last = glyph.c;
    reader->glyphs[reader->n] = glyph;
    reader->kinds[reader->n++] = kind_of(glyph.c);
}

static void add_glyph(Reader *reader, gunichar c, size_t at, size_t bytes, guint8 flags) {
    Text *text = reader->text;
    Glyph glyph = {.c = c,
                   .at = (guint32)at,
                   .end = (guint32)(at + bytes),
                   .bytes = (guint16)bytes,
                   .flags = flags};
    append_glyph(reader, glyph);
    if (text->has_edits) g_array_append_val(text->typed, glyph);
}

/* The characters from p that compose together: a base and what may follow it. */
static const char *segment_end(const Reader *reader, const char *p, size_t *ret_count) {
    size_t count = 0;
    do {
        p = g_utf8_next_char(p);
        count++;
    } while (p < reader->end && count <= SEGMENT_MAX && (guchar)*p >= 0x80 &&
             !unorm2_hasBoundaryBefore(reader->nfc, (UChar32)g_utf8_get_char(p)));
    *ret_count = count;
    return p;
}

/* A segment that composition changes is one typed piece, replaced by what it composes to. */
static void add_composed(Reader *reader, const char *start, const char *end, const char *composed) {
    Text *text = reader->text;
    size_t at = (size_t)(start - text->source);
    Glyph typed = {.at = (guint32)at, .bytes = (guint16)(end - start)};
    if (!text->has_edits) g_array_append_vals(text->typed, reader->glyphs, reader->n);
    text->has_edits = true;
    g_array_append_val(text->typed, typed);
    text->removed_by[at] = reader->nfc_rule;
    for (; *composed; composed = g_utf8_next_char(composed)) {
        Glyph glyph = {.c = g_utf8_get_char(composed),
                       .at = (guint32)at,
                       .end = (guint32)(end - text->source),
                       .rule = reader->nfc_rule};
        append_glyph(reader, glyph);
    }
}

static const char *read_segment(Reader *reader, const char *p) {
    size_t count;
    const char *end = segment_end(reader, p, &count);
    bool is_plain = count == 1 && (guchar)*p < 0x80;
    if (!is_plain && count <= SEGMENT_MAX) {
        g_autofree char *composed = g_utf8_normalize(p, end - p, G_NORMALIZE_DEFAULT_COMPOSE);
        if (strlen(composed) != (size_t)(end - p) || memcmp(composed, p, (size_t)(end - p))) {
            add_composed(reader, p, end, composed);
            return end;
        }
    }
    while (p < end) {
        const char *next = g_utf8_next_char(p);
        add_glyph(reader, g_utf8_get_char(p), (size_t)(p - reader->text->source),
                  (size_t)(next - p), 0);
        p = next;
    }
    return end;
}

/* Characters that composition leaves alone and that start no segment of several: below U+0300, with
 * such another or a mark of General Punctuation next. */
static bool is_inert(const char *p, const char *end) {
    const guchar *at = (const guchar *)p;
    if (*at >= 0xcc) return false;
    const guchar *next = (const guchar *)g_utf8_next_char(p);
    if (next >= (const guchar *)end) return true;
    return *next < 0xcc || (*next == 0xe2 && next[1] == 0x80);
}

/* Most of any text: a run of small letters without accent. */
static const char *read_letters(Reader *reader, const char *p) {
    const char *start = p;
    Text *text = reader->text;
    guint8 flags = reader->code_depth > 0 ? GLYPH_CODE : 0;
    guint n = reader->n;
    guint32 at = (guint32)(p - text->source);
    char before = reader->last < 0x80 ? (char)reader->last : 0;
    for (; *p >= 'a' && *p <= 'z' && (guchar)p[1] < 0xcc && p < reader->end; p++, at++, n++) {
        reader->glyphs[n] =
            (Glyph){.c = (guchar)*p, .at = at, .end = at + 1, .bytes = 1, .flags = flags};
        reader->kinds[n] = 0;
        if (*p == 'e') text->seen |= seen_between((guchar)before, 'e');
        before = *p;
    }
    if (p == start) return p;
    if (text->has_edits)
        g_array_append_vals(text->typed, &reader->glyphs[reader->n], n - reader->n);
    reader->n = n;
    reader->last = (guchar)before;
    return p;
}

static const char *read_inert(Reader *reader, const char *p) {
    const char *next = g_utf8_next_char(p);
    size_t bytes = (size_t)(next - p);
    gunichar c = bytes == 1 ? (guchar)*p : g_utf8_get_char(p);
    add_glyph(reader, c, (size_t)(p - reader->text->source), bytes, 0);
    return next;
}

static const char *read_markup(Reader *reader, const char *p) {
    gunichar c;
    const char *next = NULL;
    if (*p == '<') next = skip_tag(p, reader->end, reader);
    if (next) return next;
    if (*p == '&') next = read_entity(p, reader->end, &c);
    if (!next) return NULL;
    add_glyph(reader, c, (size_t)(p - reader->text->source), (size_t)(next - p), GLYPH_ENTITY);
    return next;
}

Text *text_read(const char *source, size_t length, FrTypoFlags flags, const FrTypoOptions *options,
                guint8 nfc_rule) {
    UErrorCode status = U_ZERO_ERROR;
    Text *text = text_new(source, length, options);
    Reader reader = {.text = text,
                     .end = source + length,
                     .nfc = unorm2_getNFCInstance(&status),
                     .nfc_rule = nfc_rule};
    g_assert(U_SUCCESS(status));
    g_array_set_size(text->glyphs, (guint)length);
    g_array_set_size(text->kinds, (guint)length);
    reader.glyphs = (Glyph *)(void *)text->glyphs->data;
    reader.kinds = (guint8 *)text->kinds->data;
    for (const char *p = source; p < reader.end;) {
        p = read_letters(&reader, p);
        if (p == reader.end) break;
        const char *next = flags & FR_TYPO_MARKUP ? read_markup(&reader, p) : NULL;
        if (next)
            p = next;
        else
            p = is_inert(p, reader.end) ? read_inert(&reader, p) : read_segment(&reader, p);
    }
    g_array_set_size(text->glyphs, reader.n);
    g_array_set_size(text->kinds, reader.n);
    return text;
}
