/* chart/label_obstacles: is a box free of all that a field holds, with air around each? Exact. Most
 * boxes are told by a bitmap (chart/occupancy); those it cannot tell are compared with the shapes
 * of the squares they lie in. Private to the label engine. */
#pragma once

#include "chart/label.h"

typedef struct LabelObstacles LabelObstacles;

/* Boxes asked about lie within the bounds of the field's wishes; `unit` is their type size. */
[[nodiscard]] LabelObstacles *label_obstacles_new(const LabelField *field, double unit);
void label_obstacles_free(LabelObstacles *obstacles);
bool label_obstacles_allow(const LabelObstacles *obstacles, Rect box);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(LabelObstacles, label_obstacles_free)
