/* lang/fr_lines: a paragraph read for what its words are: its lines one by one, with addresses,
 * paths, program text and identifiers marked as protected.
 * In: valid UTF-8, already set by fr_typo. A place in the paragraph is offset + the glyph's `at`.
 * Linear. */
#pragma once

#include "lang/typo_text.h"

/* `line` is alive during the call only. */
typedef void FrLineVisit(const Text *line, size_t offset, void *data);
void fr_lines_each(const char *text, size_t len, FrLineVisit *visit, void *data);
