/* page/block: one block of a page at a given width: its own height, then its drawing. Private to
 * the room. Lengths in the medium's unit. */
#pragma once

#include "chart/chart.h"

typedef struct {
    Fonts *fonts;
    const Theme *theme;
    const Medium *medium;
    Frame *frame;
    const FrHyphen *hyphens; /* NULL: words are not cut */
    Lock *lock;              /* layout memory */
    GHashTable *faulty;      /* as in ChartContext */
    Arena *arena;
    Diag *diag;
} PageContext;

/* The height the content asks for; 0 for a figure, which takes what it is given. */
double block_height(const PageContext *context, const Block *block, double width);
/* Draws it in the rectangle. `has_edge`: a key figure with a neighbour at its left. */
void block_draw(const PageContext *context, const Block *block, Rect rect, bool has_edge);
Color page_color(const PageContext *context, const char *role);
TextBlock *page_text(const PageContext *context, StyleName name, RichText text, double width,
                     TextFit fit);
/* From the first line's ascender to the last line's descender; 0 without a line. */
double page_text_height(const TextBlock *block);
