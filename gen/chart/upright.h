/* chart/upright: a timeline that runs downwards: a dot for each event, its text in a margin
 * (chart/upright_texts). With room for it there are two margins, and the years stand between two
 * lines; else years are at the left of the line, texts at its right. Straight leaders between two
 * uprights, in one order, cannot cross. Private to the room. The figure grows by the height that
 * the texts want, where its medium lets it; else those of the lowest rank go to the key. */
#pragma once

#include "chart/mark.h"

typedef enum { UPRIGHT_LEFT = -1, UPRIGHT_ANY, UPRIGHT_RIGHT } UprightSide;

typedef struct {
    Date date;
    const char *key;
    double rank;
    RichText text;
    int side; /* UprightSide: where it must be, then where it is */
    /* set by upright_place() */
    double dot_y, y;
    TextBlock *block;
    bool is_placed;
    double was; /* its y of the last time */
    bool was_placed, was_left_out;
} UprightEvent;

/* `panel` is the only one of its figure. Sorts the events. */
void upright_place(Chart *chart, PanelView *panel, UprightEvent *events, size_t n);
void upright_paint(Chart *chart, const PanelView *panel, const UprightEvent *events, size_t n,
                   Color color);
