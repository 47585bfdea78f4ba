/* text/repertoire: does a family hold what French typography needs? Asked when fonts are loaded, so
 * that a desk that changes its fonts learns at once which rule suffers. A character that a text
 * does use and that the font lacks is an error later, in text/shape. Private to the room. */
#pragma once

#include "base/diag.h"

#include <fontconfig/fontconfig.h>

/* One warning for all that the family lacks, each with the rule it serves; HarfBuzz makes U+00A0,
 * U+202F and U+2011 from other characters where a font lacks them. */
void repertoire_check(FcConfig *config, const char *family, Diag *diag);
