/* report/rich: inline Markdown and French typography, from text to styled spans.
 * In: Markdown with its values already filled in and escaped. Out: spans in the arena. Only inline
 * constructs exist: **bold**, *italic*, `code` (set as is), hard line ends, and [words](color:role)
 * which colours words with a colour of the theme; `![](note:3)`, which the binder writes, is the
 * call of note 3: a fine space and superior figures. Block constructs and HTML are plain text.
 * Typography (lang/fr_typo) runs once over the whole text, styles ignored and note calls left out,
 * and the spans shift along; then they are cut where letters are raised or in small capitals
 * (lang/fr_display). */
#pragma once

#include "base/diag.h"
#include "lang/fr_typo.h"
#include "text/para.h"

typedef struct {
    const TextSpan *spans;
    size_t n;
    const char *plain; /* the same text without styles */
} RichText;

/* Told by the caller, who knows the theme. */
typedef struct {
    /* Colour of a role, or false. NULL: there is none. */
    bool (*color)(const void *owner, const char *role, Color *ret_color);
    const void *owner;
    const FrTypoOptions *typography; /* NULL: the house style */
} RichContext;

[[nodiscard]] RichText rich_parse(const char *markdown, RichContext context, Span span,
                                  Arena *arena, Diag *diag);
/* The same for text that holds no Markdown: names that come from data, metadata. Its bytes must be
 * valid UTF-8. */
[[nodiscard]] RichText rich_plain(const char *text, const FrTypoOptions *typography, Arena *arena);
/* Backslashes before what Markdown would read: for values that come from data. */
void rich_escape(GString *markdown, const char *value);
