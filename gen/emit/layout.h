/* emit/layout: where everything is, as JSON, for programs that check a figure: the lint, tests.
 * In: a Frame.  Out: {figure, unit, width, height, background, items, groups}, in painting order.
 *   text  {type: "text", role, key, box, text, lines: [{text, box, baseline, size}], color, halo}:
 * one for each block; its lines are joined by a space, or by nothing after a soft hyphen shape
 * {type: its role, role, key, shape, box, center and radius | points, fill, stroke, width} group
 * {role, key, title, alt, first, count}: a range of items A box is [x, y, width, height]. Numbers
 * are locale-free, to 0.01 unit. Cannot fail. */
#pragma once

#include "base/frame.h"
#include "text/fonts.h"

[[nodiscard]] GBytes *layout_encode(const Frame *frame, const Fonts *fonts);
