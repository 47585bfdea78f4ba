/* lang/prose: a paragraph read for what is said of its words: its lines one by one, with addresses,
 * paths, program text and identifiers marked as protected.
 * In: valid UTF-8, already set by fr_typo. A place in the paragraph is offset + the glyph's `at`.
 * Linear. */
#pragma once

#include "lang/typo_text.h"

/* `line` is alive during the call only. */
typedef void ProseVisit(const Text *line, size_t offset, void *data);
void prose_each_line(const char *text, size_t len, ProseVisit *visit, void *data);
