/* emit/draw: paints a Frame on a cairo context. The only file that draws: png and pdf come here.
 * One unit of the frame is one user unit of the context, so a caller scales first. Text keeps its
 * characters on surfaces that can (PDF); elsewhere glyphs are filled as paths, because cairo 1.16
 * moves the glyphs of an image to whole pixels, which shows as uneven spacing.
 * Nothing is shared but the const fonts: several threads may paint several contexts. */
#pragma once

#include "base/frame.h"
#include "text/fonts.h"

#include <cairo.h>

/* The background and every item. */
void draw_frame(const Frame *frame, const Fonts *fonts, cairo_t *cr);
/* The background alone; on a tagged PDF page it must come before any tag of the page, since cairo
 * takes a fill of the whole page for a clear and forgets what came before. */
void draw_background(const Frame *frame, cairo_t *cr);
/* Items first <= i < end, in order; structure items paint nothing. A shape that covers the whole
 * frame is clipped, for the same reason. */
void draw_items(const Frame *frame, size_t first, size_t end, const Fonts *fonts, cairo_t *cr);

/* Is there anything under this text that its halo would hide? Elsewhere a halo is background on
 * background: not drawing it changes nothing but time and size. */
bool draw_needs_halo(const Frame *frame, const Fonts *fonts, size_t item);
