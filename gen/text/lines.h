/* text/lines: one line of shaped text to glyph runs. Private to the room. */
#pragma once

#include "text/shape.h"

/* One line: its clusters [first, end), then those of the spaces that end it, up to next. */
typedef struct {
    size_t first, end, next;
    bool is_joined;     /* a line of the same text follows */
    bool is_hyphenated; /* a hyphen is added */
    double spread;      /* added to each space, as a share of it */
} LineCut;

typedef struct {
    const Shaped *shaped;
    Fonts *fonts;
    const TextStyle *style;
    Arena *arena;
} LineSetter;

/* Fills runs, boxes and width of the line; runs start at 0. */
void line_set(const LineSetter *setter, const LineCut *cut, TextLine *line);
