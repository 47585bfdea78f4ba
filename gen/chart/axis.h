/* chart/axis: the years, months or days of a time axis, value grid lines, category names. Private
 * to the room. Ticks are calendar dates; years are written in full, centred in their interval. */
#pragma once

#include "chart/mark.h"

/* Across the line of time. */
double axis_strip_height(Chart *chart);
/* Where time runs downwards: of the values over the panels. */
double axis_head_height(const Chart *chart);
/* Of the texts under a panel: names of bands, numbers of its foot and their title. */
double axis_foot_height(Chart *chart, const PanelView *panel);
double axis_title_height(const Chart *chart, const PanelView *panel); /* over it */
/* Once the panel has its rectangle. */
void axis_lay_values(const Chart *chart, PanelView *panel);
void axis_lay_foot(Chart *chart, PanelView *panel);
void axis_paint_grid(Chart *chart);  /* under the marks */
void axis_paint_strip(Chart *chart); /* lines and names of the time axis */
/* Lines where years start, of a time axis that names them: each, or those named where they would
 * be a hatching. */
void axis_paint_years(Chart *chart, Paint paint);
/* Value labels go where no mark stands; they become obstacles for labels. */
void axis_paint_values(Chart *chart, PanelView *panel);
/* Have all names of columns room under them, in whole words? */
bool axis_has_band_names(Chart *chart, const PanelView *panel);
Bands axis_bands(const Chart *chart, const PanelView *panel);
void axis_paint_bands(Chart *chart, PanelView *panel);
void axis_paint_foot(Chart *chart, PanelView *panel);
