/* emit/publish: every file of a report, encoded on several threads, in the order of their paths'
 * declaration whatever the number of threads.
 *   <report>/<report>.pdf, pages/page-N.png, figures/F/F-680.png, F-1360.png, F.svg, .layout.json,
 *   F.alt.txt
 * In: composed Pages. Out: files added to the set, which the caller commits. */
#pragma once

#include "emit/out_set.h"
#include "page/pages.h"

bool publish(const Pages *pages, const Fonts *fonts, const Request *request, OutSet *out,
             Diag *diag);
