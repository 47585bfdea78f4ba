/* lang/typo_text: the paragraph fr_typo works on: characters that remember where they came from.
 *
 *   source   <i>Mot</i> ?        tags lie between glyphs, so that rules read through them
 *   glyphs      M o t ␠ ?        each with its place in the source; an inserted one has length 0
 *
 * A rule looks at the text as it stood before the rule and asks for edits from left to right;
 * text_commit() applies them together, which keeps every rule linear. Protected glyphs read as one
 * opaque letter and refuse edits. */
#pragma once

#include "lang/fr_typo.h"

#include <string.h>

typedef struct {
    gunichar c;
    guint32 at;    /* byte of the source */
    guint32 end;   /* of what it stands for there; at when it was inserted */
    guint16 bytes; /* of the source; 0 when a rule made it */
    guint8 flags;
    guint8 rule; /* 1 + the rule that made it; 0: typed */
} Glyph;

enum { GLYPH_CODE = 1, GLYPH_PROTECTED = 2, GLYPH_ENTITY = 4 };

/* What a character is, for rules to go from one place that concerns them to the next. A lower-case
 * letter is none of these. */
enum {
    KIND_SPACE = 1,  /* those a rule may rewrite */
    KIND_DIGIT = 2,  /* 0 to 9 */
    KIND_UPPER = 4,  /* capital letter */
    KIND_LOW = 8,    /* . , … */
    KIND_HIGH = 16,  /* : ; ! ? */
    KIND_DASH = 32,  /* - – — − */
    KIND_QUOTE = 64, /* " ' ’ « » “ ” and their like */
    KIND_RARE = 128, /* all else */
};

/* What some rules need to find in a paragraph. */
enum {
    SEEN_DIGRAPH = 1, /* oe or ae */
    SEEN_SPACES = 2,  /* a tab, two spaces running */
};

typedef struct {
    const char *source;
    const FrTypoOptions *options;
    GArray *glyphs;     /* Glyph */
    GArray *kinds;      /* guint8, of each glyph, protected or not */
    GArray *typed;      /* Glyph, as read, once has_edits: what edits are measured against */
    guint8 *removed_by; /* by byte of the source: 1 + the rule that removed the glyph there */
    GArray *pending;    /* edits of the current rule */
    guint8 rule;        /* 1 + the current rule */
    guint8 seen;        /* SEEN_… */
    bool has_flags;     /* some glyph is protected */
    bool has_changed;   /* since text_restart() */
    bool has_edits;     /* it differs from the source */
} Text;

/* Not a place in the text: before the start, or after the end. */
#define NOWHERE ((size_t)-1)
/* What a protected glyph reads as: a letter that no rule names. */
#define OPAQUE ((gunichar)0x4e00)

/* Empty; text_read fills it. */
[[nodiscard]] Text *text_new(const char *source, size_t length, const FrTypoOptions *options);
/* source: valid UTF-8, alive as long as the Text. nfc_rule marks what composition changes. */
[[nodiscard]] Text *text_read(const char *source, size_t length, FrTypoFlags flags,
                              const FrTypoOptions *options, guint8 nfc_rule);
void text_free(Text *text);
void text_restart(Text *text); /* forget protections and changes before another round */

static inline size_t text_length(const Text *text) {
    return text->glyphs->len;
}

/* The character at i; 0 outside the text, OPAQUE when protected. An entity reads as its character,
 * but a straight quote: as it cannot be edited, it pairs with none. */
static inline gunichar text_at(const Text *text, size_t i) {
    if (i >= text->glyphs->len) return 0;
    const Glyph *glyph = &g_array_index(text->glyphs, Glyph, i);
    bool is_entity = glyph->flags == GLYPH_ENTITY && glyph->c != '"' && glyph->c != '\'';
    return glyph->flags && !is_entity ? OPAQUE : glyph->c;
}

/* The character whether protected or not: for protections, which may overlap. */
static inline gunichar text_raw(const Text *text, size_t i) {
    return i < text->glyphs->len ? g_array_index(text->glyphs, Glyph, i).c : 0;
}

/* The first place from i on that holds one of these kinds; text_length() without any. */
static inline size_t text_next(const Text *text, size_t i, guint8 kinds) {
    enum { STRIDE = 8 };
    const guint8 *at = (const guint8 *)text->kinds->data;
    size_t length = text->kinds->len;
    guint64 wanted = kinds * G_GUINT64_CONSTANT(0x0101010101010101);
    for (guint64 some; i + STRIDE <= length; i += STRIDE) {
        memcpy(&some, at + i, STRIDE);
        if (some & wanted) break;
    }
    while (i < length && !(at[i] & kinds)) i++;
    return i;
}

/* From each place of these kinds to the next. `i` is declared here; the body may move it on. */
// NOLINTBEGIN(bugprone-macro-parentheses): a name that is declared takes none
#define TEXT_EACH(text, i, kinds)                                                                  \
    for (size_t i = text_next(text, 0, (kinds)); i < text_length(text);                            \
         i = text_next(text, i + 1, (kinds)))
// NOLINTEND(bugprone-macro-parentheses)

guint8 kind_beyond_ascii(gunichar c);
static inline guint8 kind_of(gunichar c) {
    if (c >= 0x80) return kind_beyond_ascii(c);
    if (c >= 'a' && c <= 'z') return 0;
    switch (c) {
    case ' ':
    case '\t': return KIND_SPACE;
    case '.':
    case ',': return KIND_LOW;
    case ':':
    case ';':
    case '!':
    case '?': return KIND_HIGH;
    case '-': return KIND_DASH;
    case '"':
    case '\'': return KIND_QUOTE;
    default: break;
    }
    if (c >= '0' && c <= '9') return KIND_DIGIT;
    return c >= 'A' && c <= 'Z' ? KIND_UPPER : KIND_RARE;
}

static inline guint8 seen_between(gunichar c, gunichar next) {
    if ((next | 0x20) == 'e') {
        gunichar vowel = c | 0x20;
        return vowel == 'o' || vowel == 'a' ? SEEN_DIGRAPH : 0;
    }
    return next == '\t' || (next == ' ' && (c == ' ' || c == '\t')) ? SEEN_SPACES : 0;
}

void text_protect(Text *text, size_t first, size_t end);

/* Edits of the current rule; one that overlaps an earlier one or a protected glyph is ignored. */
void text_replace(Text *text, size_t first, size_t count, const char *with);
void text_insert_before(Text *text, size_t i, const char *what);
void text_insert_after(Text *text, size_t i, const char *what);
void text_commit(Text *text);

/* Appends the edits that lead from the source to the text, shifted by offset bytes. rule_ids is
 * indexed by rule. */
void text_edits(const Text *text, size_t offset, const char *const *rule_ids, GArray *edits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Text, text_free)
