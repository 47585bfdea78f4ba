/* chart/occupancy: which cells of a plane are taken, to answer in constant time whether a box is
 * free: a bitmap of the figure, as summed areas (Crow, SIGGRAPH 1984; for labels: Kittivorawong et
 * al., IEEE VIS 2020). Two bitmaps, so that no answer is approximate: cells that something touches,
 * and cells wholly taken. A box over cells of the first kind only is for the caller to look at.
 * Boxes and shapes outside the area are cut to it. Private to the room. */
#pragma once

#include "base/geom.h"

#include <glib.h>

typedef struct Occupancy Occupancy;

typedef enum { OCCUPANCY_FREE, OCCUPANCY_TAKEN, OCCUPANCY_DOUBTFUL } OccupancyAnswer;

[[nodiscard]] Occupancy *occupancy_new(Rect area, double cell);
void occupancy_free(Occupancy *occupancy);

void occupancy_rect(Occupancy *occupancy, Rect rect);
void occupancy_circle(Occupancy *occupancy, Point center, double radius);
/* A line with `pad` around it, square: it touches, and never takes a cell whole. */
void occupancy_line(Occupancy *occupancy, Point a, Point b, double pad);
/* Before the first question, after the last shape. */
void occupancy_close(Occupancy *occupancy);

OccupancyAnswer occupancy_ask(const Occupancy *occupancy, Rect box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Occupancy, occupancy_free)
