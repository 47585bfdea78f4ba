/* The frame and the fonts that the tests of this room share. */
#pragma once

#include "base/diag.h"
#include "base/frame.h"
#include "emit/about.h"
#include "text/fonts.h"

#define SAMPLE_TITLE "Vols & missiles <2022> « \"records\" »"
#define SAMPLE_ALT "Frise : 3 vols, 2 tirs & rien d’autre."
/* No-break space, narrow no-break space, ligature: what copying must give back. */
#define SAMPLE_TEXT "1\u202f460\u00a0M$ volés <officiels> & « œuvre »"

typedef struct {
    Fonts *fonts;
    Diag *diag;
} Sample;

[[nodiscard]] Sample sample_new(void);
void sample_clear(Sample *sample);

/* Two colours, no text: a red square from (10, 10) to (20, 20) on white. */
[[nodiscard]] Frame *sample_square(FrameUnit unit);
/* A figure with heading, subtitle, marks of every shape, a haloed label and a source. */
[[nodiscard]] Frame *sample_figure(const Sample *sample, FrameUnit unit);
/* An A4 page: title, the figure, a table of 3 x 2 with headers and one empty cell, a paragraph. */
[[nodiscard]] Frame *sample_page(const Sample *sample);
/* A list of two items, the second without a mark, then two notes. */
[[nodiscard]] Frame *sample_prose(const Sample *sample);
About sample_about(void);

/* Runs a program, in whose arguments "@" stands for a file of these bytes; its standard output. A
 * program that is missing or fails is a failed test. */
[[nodiscard]] char *sample_filter(GBytes *bytes, const char *const *argv);
/* Index of `needle` in the bytes, or -1. */
gssize sample_find(GBytes *bytes, const char *needle);
