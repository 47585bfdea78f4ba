#include "chart/turn.h"

#include "chart/key.h"

static void turn_item(Swap swap, Item *item) {
    Shape *shape = &item->shape;
    item->box = rect_swap(swap, item->box);
    shape->rect = rect_swap(swap, shape->rect);
    shape->center = point_swap(swap, shape->center);
    Point *points = (Point *)shape->points; /* the frame's own copy */
    for (uint32_t i = 0; i < shape->n_points; i++) points[i] = point_swap(swap, points[i]);
}

void turn_shapes(Chart *chart, size_t from) {
    Frame *frame = chart->frame;
    for (size_t i = from; i < frame->n; i++)
        if (frame->items[i].kind == ITEM_SHAPE && frame->items[i].role != ROLE_LEGEND)
            turn_item(chart->swap, &frame->items[i]);
}

void turn_field(Chart *chart) {
    label_field_swap(chart->field, chart->swap);
    for (guint i = 0; i < chart->anchors->len; i++) {
        Anchor *anchor = &g_array_index(chart->anchors, Anchor, i);
        anchor->point = point_swap(chart->swap, anchor->point);
    }
    for (guint i = 0; i < chart->left_out->len; i++) {
        LeftOut *out = &g_array_index(chart->left_out, LeftOut, i);
        out->point = point_swap(chart->swap, out->point);
    }
}
