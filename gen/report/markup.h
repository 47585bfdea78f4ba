/* report/markup: the blocks and note calls of a prose, before its values are filled in.
 * In: the text as typed. Out: its paragraphs and calls, as bytes of it. Paragraphs are parted by
 * empty lines; a line that starts with `- ` starts an item, one that starts with `#` is a heading.
 * Inline Markdown is report/rich's business: here only what hides a call is known, `code`, a
 * backslash and {values}. Linear but for code marks, n √n in their number. */
#pragma once

#include "report/report.h"

typedef struct {
    ProseKind kind;
    size_t start, end;  /* of its text, without mark and white space */
    size_t mark, level; /* where its line starts; how many `#`, or spaces before an item's dash */
    bool is_spaced;     /* of a heading: a space follows the `#` */
} MarkupPart;

/* A GArray of MarkupPart. */
[[nodiscard]] GArray *markup_split(const char *text);

typedef struct {
    size_t at, len; /* from `[^` to `]` */
    bool is_closed; /* else len is that of `[^` */
} MarkupCall;

/* The first call in [*at, end) of the text, which *at is moved past; false when there is none. */
bool markup_next_call(const char *text, size_t *at, size_t end, MarkupCall *ret_call);
/* Letters, digits, `-` and `_`, one at the least. */
bool markup_is_name(const char *name, size_t len);
