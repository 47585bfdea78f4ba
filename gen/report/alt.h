/* report/alt: the alternative texts of a figure, in three lengths, made from its data.
 * In: a bound Figure and the words of its marks. Out: French with plain spaces and without symbols,
 * as screen readers say it well. `alt` is kind, subject and finding; `alt_long` adds what is
 * counted and the extremes, for the networks; `description` is some 5 to 8 sentences, each made
 * only when the rows tell it: axes, rows, first and last, greatest, total, longest wait, doubts,
 * notes. Lengths count characters. A text too long is cut after a clause or a word, never within
 * one. Source: RGAA 4.1, theme 1 (a short alternative and a detailed description); A. Cesal,
 * Writing Alt Text for Data Visualization, Nightingale, 2020 (kind, data, reason). */
#pragma once

#include "report/report.h"

enum { ALT_MAX = 125, ALT_LONG_MAX = 300 };

typedef struct {
    const char *alt, *alt_long, *description;
} AltTexts;

/* All of it lives in the arena. `find` may be NULL: title and subtitle are all that is said. */
[[nodiscard]] AltTexts alt_make(const Figure *figure, MarkWordsFind find,
                                const FrTypoOptions *typography, Arena *arena);
