/* lang/fr_marks: the characters of French typography, by name, as UTF-8 literals to paste. */
#pragma once

#define NBSP "\u00a0" /* no-break space: before : and inside « » */
#define NNBSP                                                                                      \
    "\u202f" /* narrow no-break space (the "fine"): before ; ! ? and between thousands             \
              */
#define MINUS "\u2212"
#define APOSTROPHE "\u2019"
#define EN_DASH "\u2013"
#define EM_DASH "\u2014"
#define ELLIPSIS "\u2026"
#define GUILLEMET_OPEN "\u00ab"
#define GUILLEMET_CLOSE "\u00bb"
#define QUOTE_OPEN "\u201c"
#define QUOTE_CLOSE "\u201d"
#define TIMES "\u00d7"
