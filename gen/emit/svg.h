/* emit/svg: one Frame to one SVG image, in memory, written from the display list.
 * Text stays text: one <text> for each run, at its baseline, with the font's family, size and
 * weight, held to the width it was laid out with, so that it can be searched, copied and edited and
 * keeps its place when a reader lacks the font. There are no ids: several images may stand in one
 * page. Cannot fail. */
#pragma once

#include "base/frame.h"
#include "emit/about.h"
#include "text/fonts.h"

[[nodiscard]] GBytes *svg_encode(const Frame *frame, const Fonts *fonts, const About *about);
