/* chart/upright: a timeline that runs downwards, for narrow media: years at the left, a dot for
 * each event, its text in the margin at the right (chart/label_margin). Straight leaders between
 * two uprights, in one order, cannot cross. Private to the room. The figure grows by the height
 * that the texts want, where its medium lets it; else those of the lowest rank go to the key. */
#pragma once

#include "chart/mark.h"

typedef struct {
    Date date;
    const char *key;
    double rank;
    RichText text;
    /* set by upright_place() */
    double dot_y, y;
    TextBlock *block;
    bool is_placed;
    double was; /* its y of the last time */
    bool was_placed, was_left_out;
} UprightEvent;

/* Sorts them by date. `panel` is the only one of its figure. */
void upright_place(Chart *chart, PanelView *panel, UprightEvent *events, size_t n);
void upright_paint(Chart *chart, const PanelView *panel, const UprightEvent *events, size_t n,
                   Color color);
