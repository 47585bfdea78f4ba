/* emit/pdf: the pages of a report to one tagged PDF, in memory.
 * In: frames in reading order, one a page. cairo draws them with real text, opens the structure
 * tags that their roles ask for and writes the bookmarks; pdf_finish then adds what cairo cannot.
 *   ROLE_TITLE H1 · ROLE_HEADING H2 · other text P · ROLE_TABLE Table, TR, TH, TD
 *   ROLE_FIGURE: Sect holding its heading and texts, then Figure with its alternative text
 *   shapes elsewhere, halos: decoration, in no element
 * Bookmarks: groups with a title; ROLE_TITLE above figures, tables and headings.
 * Fails with NULL and one fault. The same input gives the same bytes in every locale. */
#pragma once

#include "base/diag.h"
#include "base/frame.h"
#include "emit/about.h"
#include "text/fonts.h"

[[nodiscard]] GBytes *pdf_encode(const Frame *const *frames, size_t n, const Fonts *fonts,
                                 const About *about, Diag *diag);
