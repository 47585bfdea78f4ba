/* chart/label_ray: where a leader may start from the mark it names, in which direction, and how far
 * it goes before it runs over another mark, and would name the wrong one, or over a text. Private
 * to the label engine. */
#pragma once

#include "chart/label.h"

enum { RAY_DIRECTIONS = 36 };

/* A leader leaves the mark's edge at one angle and runs in one direction. */
typedef struct {
    Point rim, from, way; /* of length 1 */
    double reach;         /* from the rim */
    double bend;          /* from the radius that it starts on, in steps between directions */
} LabelRay;

/* A mark that leaders could run over, which is at least so far from where they start. */
typedef struct {
    double away;
    const LabelCircle *circle;
} RayNeighbour;

/* Around the mark of one wish. */
typedef struct {
    const LabelField *field;
    const LabelWish *wish;
    double longest;
    Point ways[RAY_DIRECTIONS];
    double air;               /* from a point without size a leader starts a little apart */
    RayNeighbour *neighbours; /* the nearest first */
    size_t n_neighbours;
} LabelRays;

/* `longest`: of a leader. */
LabelRays label_rays_around(const LabelField *field, const LabelWish *wish, double longest,
                            double unit, Arena *arena);
/* From direction 0, upwards, clockwise; slanted by so many steps from its radius. */
LabelRay label_ray_at(const LabelRays *rays, int direction, int slant);
