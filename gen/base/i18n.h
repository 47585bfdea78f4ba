/* base/i18n: what is said to the user of the terminal, in his language. Faults are translated by
 * Diag itself; what is composed before it gets there, a hint with a name in it, goes through _().
 * The catalogue is opened by cli/i18n; without one, and in tests, everything stays English. Output
 * documents never pass here. */
#pragma once

#include <libintl.h>

#define I18N_DOMAIN "frise"
#define _(text) dgettext(I18N_DOMAIN, text)
#define N_(text) text /* marked here, translated where it is printed */
#undef ngettext
#define ngettext(one, many, n) dngettext(I18N_DOMAIN, one, many, n)
