/* chart/legend: what colours, shapes and areas stand for, under the plot. Private to the room.
 * Marks add its entries as they read their keys; `legend` of a figure says which media show it. */
#pragma once

#include "chart/mark.h"

/* Swatches and names on one line, or on lines as even as can be, drawn upwards from the bottom;
 * returns their top. */
double legend_paint(Chart *chart, double x, double bottom, double width);
