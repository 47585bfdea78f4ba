#include "chart/label_ray.h"

#include <math.h>
#include <stdlib.h>

static const double AIR = 0.25; /* type sizes */

static int compare_neighbours(const void *a, const void *b) {
    const RayNeighbour *x = a, *y = b;
    return (x->away > y->away) - (x->away < y->away);
}

LabelRays label_rays_around(const LabelField *field, const LabelWish *wish, double longest,
                            double unit, Arena *arena) {
    const GArray *circles = label_field_circles(field);
    LabelRays rays = {.field = field,
                      .wish = wish,
                      .longest = longest,
                      .air = wish->radius > 0 ? 0 : AIR * unit,
                      .neighbours = ARENA_ARRAY(arena, RayNeighbour, circles->len)};
    for (int i = 0; i < RAY_DIRECTIONS; i++) {
        double angle = -G_PI / 2 + 2 * G_PI / RAY_DIRECTIONS * i;
        rays.ways[i] = (Point){cos(angle), sin(angle)};
    }
    for (guint i = 0; i < circles->len; i++) {
        const LabelCircle *circle = &g_array_index(circles, LabelCircle, i);
        double away =
            point_distance(wish->anchor, circle->center) - circle->radius - wish->radius - rays.air;
        bool is_own = wish->key && g_strcmp0(circle->key, wish->key) == 0;
        if (away < longest && !is_own)
            rays.neighbours[rays.n_neighbours++] = (RayNeighbour){away, circle};
    }
    if (rays.n_neighbours)
        qsort(rays.neighbours, rays.n_neighbours, sizeof *rays.neighbours, compare_neighbours);
    return rays;
}

/* How far to a circle; INFINITY: never. */
static double ray_to_circle(Point from, Point way, const LabelCircle *circle) {
    double x = circle->center.x - from.x, y = circle->center.y - from.y;
    double along = x * way.x + y * way.y, away2 = x * x + y * y,
           r2 = circle->radius * circle->radius;
    if (away2 < r2) return 0;
    double beside2 = away2 - along * along;
    return along <= 0 || beside2 >= r2 ? INFINITY : along - sqrt(r2 - beside2);
}

static double ray_to_rect(Point from, Point way, Rect r) {
    double t0 = 0, t1 = INFINITY;
    const double p[] = {-way.x, way.x, -way.y, way.y};
    const double q[] = {from.x - r.x, r.x + r.w - from.x, from.y - r.y, r.y + r.h - from.y};
    for (int i = 0; i < 4; i++) {
        if (p[i] == 0 && q[i] <= 0) return INFINITY;
        if (p[i] < 0) t0 = fmax(t0, q[i] / p[i]);
        if (p[i] > 0) t1 = fmin(t1, q[i] / p[i]);
    }
    return t0 < t1 ? t0 : INFINITY;
}

static double find_reach(const LabelRays *rays, Point from, Point way) {
    static const double slip = 1e-6; /* of sums in another order */
    const GArray *rects = label_field_rects(rays->field);
    double reach = rays->longest;
    for (size_t i = 0; i < rays->n_neighbours; i++) {
        if (rays->neighbours[i].away > reach + slip) break;
        double to = ray_to_circle(from, way, rays->neighbours[i].circle);
        if (to < reach) reach = to;
    }
    for (guint i = 0; i < rects->len; i++) {
        const LabelObstacle *obstacle = &g_array_index(rects, LabelObstacle, i);
        if (obstacle->is_text) reach = fmin(reach, ray_to_rect(from, way, obstacle->rect));
    }
    return reach;
}

LabelRay label_ray_at(const LabelRays *rays, int direction, int slant) {
    const LabelWish *wish = rays->wish;
    Point edge = rays->ways[direction];
    Point way = rays->ways[(direction + slant + RAY_DIRECTIONS) % RAY_DIRECTIONS];
    LabelRay ray = {
        .rim = {wish->anchor.x + edge.x * wish->radius, wish->anchor.y + edge.y * wish->radius},
        .way = way,
        .bend = abs(slant)};
    ray.from = (Point){ray.rim.x + way.x * rays->air, ray.rim.y + way.y * rays->air};
    ray.reach = find_reach(rays, ray.from, way) + rays->air;
    return ray;
}
