/* emit/pdf_content: the drawing of a page, with what no tag holds marked as decoration.
 * In: a content stream as cairo writes it. Out: the same operators, in which every painting outside
 * marked content stands between `/Artifact <</Type/Layout>> BDC` and EMC, or NULL and *ret_error (a
 * static sentence) when text, which is never decoration, stands outside.
 * Source: ISO 32000-1, 7.8.2 (content streams), 14.8.2.2 (artifacts). */
#pragma once

#include <glib.h>
#include <stddef.h>

[[nodiscard]] GString *pdf_content_mark(const char *content, size_t length, const char **ret_error);
