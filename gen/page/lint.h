/* page/lint: proof, over a finished Frame, that it can be published: no two texts overlap, no
 * leader, rule or axis crosses a text, nothing leaves the canvas, no type is smaller than the
 * medium's floor or paler than WCAG 2.2 allows on what is painted under it, no figure is without a
 * mark. Reads only the Frame, so that no layout code can excuse itself. Findings are
 * errors, or warnings when the lint is lax; each names both texts. */
#pragma once

#include "base/diag.h"
#include "base/frame.h"
#include "report/report.h"
#include "text/fonts.h"

void lint_frame(const Frame *frame, const Fonts *fonts, double floor, Span where, bool is_lax,
                Diag *diag);
/* Proof that the frame, which may be a page, shows every row that the figure's marks were given. */
void lint_events(const Figure *figure, const Frame *frame, Span where, bool is_lax, Diag *diag);
