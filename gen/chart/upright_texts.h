/* chart/upright_texts: the texts of a timeline that runs downwards: which margin each stands in,
 * and at what height (chart/label_margin). Private to the room. In: events with the heights of
 * their dots and their texts set. Out: `y` and `is_placed`; those of the lowest rank have no place
 * where there is not room for all, once the figure has grown. Texts that the layout memory knows
 * stay in their margin, where they were as far as can be. */
#pragma once

#include "chart/upright.h"

/* `has_two`: a margin on each side of the line; else at the right. Sorts the events: those of the
 * left margin first, each margin by date. */
void upright_set_texts(Chart *chart, const PanelView *panel, UprightEvent *events, size_t n,
                       bool has_two);
/* For qsort(): by height of the dots, then by key. */
int upright_by_date(const void *a, const void *b);
/* From the top of a text to where its leader ends. */
double upright_first_line(const TextBlock *block);
