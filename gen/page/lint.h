/* page/lint: proof, over a finished Frame, that it can be published: no two texts overlap, no
 * leader, rule or axis crosses a text, nothing leaves the canvas, no letter is cut by its edge, by
 * a fill or by a halo, no type is smaller than the medium's floor or paler than WCAG 2.2 allows on
 * what is painted under its letters, no figure is without a mark, or has two colours that some eyes
 * confuse. Reads only the Frame and the ink of its fonts, so that no layout code can excuse itself.
 * Findings are errors, or warnings when the lint is lax; each names the figure and what is at
 * fault, the caller's step the medium. */
#pragma once

#include "base/diag.h"
#include "base/frame.h"
#include "report/report.h"
#include "text/fonts.h"

void lint_frame(const Frame *frame, const Fonts *fonts, double floor, Span where, bool is_lax,
                Diag *diag);
/* Proof that the frame, which may be a page, shows every row that the marks and rules of the figure
 * were given: the figure as this medium shows it. */
void lint_events(const Figure *figure, const Frame *frame, Span where, bool is_lax, Diag *diag);
