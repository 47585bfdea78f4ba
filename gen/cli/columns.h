/* cli/columns: how many terminal columns text takes, and what of it may be shown there.
 * Wide characters (East Asian, most emoji) take two, combining ones none.
 * Source: Unicode Standard Annex #11 and general categories, through GLib. */
#pragma once

#include <glib.h>
#include <stddef.h>

/* What stands for `c` on a terminal: itself, or U+FFFD for controls and for the characters that
 * reorder a line. Tabs are kept. */
gunichar columns_shown(gunichar c);
/* Of one character; a tab reaches the next multiple of 8 after column `at` (0-based). */
size_t columns_of(gunichar c, size_t at);
size_t columns_width(const char *text);
/* Appends what may be shown of `text`; ends of line become spaces. */
void columns_append(GString *out, const char *text);
void columns_pad(GString *out, size_t n);
