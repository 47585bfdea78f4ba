/* emit/png: one Frame to one PNG image, in memory.
 * Scale: pixels per unit of the frame. RGB without alpha, 8 bits, or a palette when the image has
 * at most 256 colours, which loses nothing. Chunks, in order: IHDR sRGB pHYs PLTE, texts, IDAT,
 * IEND; never a tIME, so the same input gives the same bytes. Fails (NULL, one fault) when the
 * image is too large for memory or for cairo. Several threads may write at once. Source: PNG
 * specification, third edition (W3C, 2025); IPTC Photo Metadata for the alternative. */
#pragma once

#include "base/diag.h"
#include "base/frame.h"
#include "emit/about.h"
#include "text/fonts.h"

[[nodiscard]] GBytes *png_encode(const Frame *frame, const Fonts *fonts, double scale,
                                 const About *about, Diag *diag);
