/* page/lint_checks: what the lint looks for, one file a story: lint_texts (clipped, hidden, small,
 * overlapping), lint_lines (through texts, crossing), lint_colors (contrast, palettes, figures
 * without a mark). Private to the lint. */
#pragma once

#include "page/lint.h"

typedef struct {
    const Frame *frame;
    const Fonts *fonts;
    double floor;
    Span where;
    bool is_lax;
    Diag *diag;
} Lint;

/* Boxes may touch: ink rarely fills them to the edge. In the canvas's unit. */
#define LINT_TOLERANCE 0.3

/* Names the figure that the item stands in, else the page. hint: NULL for that of layouts. */
void lint_find(const Lint *lint, const Item *at, const char *code, const char *remedy,
               const char *message);

/* Is the point within the fill of a shape? */
bool lint_covers(const Shape *shape, Point p);
/* Ink of the run's glyph i on the canvas; empty for a space. */
Rect lint_ink(const Lint *lint, const GlyphRun *run, uint32_t i);

void lint_canvas(const Lint *lint, const Item *item);
void lint_text(const Lint *lint, const Item *text);
void lint_texts_apart(const Lint *lint, const Item *a, const Item *b); /* a is painted first */
bool lint_is_line(const Item *item);
void lint_line(const Lint *lint, const Item *line, const Item *text);
void lint_lines_apart(const Lint *lint, const Item *a, const Item *b);
void lint_contrast(const Lint *lint, const Item *text);
void lint_marks(const Lint *lint);
void lint_figure(const Lint *lint, const Item *begin);
