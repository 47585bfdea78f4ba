/* chart/turn: a figure whose time runs downwards, for narrow media: panels stand side by side, the
 * years between them, values grow to the left and to the right, rules lie across. Marks know
 * nothing of it: they are placed and painted on a plane where time runs to the right, as always,
 * which is then turned over its diagonal: chart->swap. One panel alone is mirrored too, so that its
 * years are at the left and its values grow to the right. What is written is set on the canvas
 * itself. A mark whose class says it leads asks for this; one that cannot turn forbids it. Private
 * to the room. */
#pragma once

#include "chart/mark.h"

/* The shapes painted since item `from`; texts, and all that belongs to a key, are as they should
 * be. */
void turn_shapes(Chart *chart, size_t from);
/* Obstacles, wishes and anchors, after marks are placed. */
void turn_field(Chart *chart);
