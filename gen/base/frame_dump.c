#include "base/frame.h"

#include <math.h>

/* Hundredths of a unit, without the sign of a zero. */
static void dump_number(GString *out, double value) {
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    double rounded = round(value * 100) / 100;
    g_ascii_formatd(text, sizeof text, "%.2f", rounded == 0 ? 0 : rounded);
    g_string_append_printf(out, " %s", text);
}

static void dump_point(GString *out, Point p) {
    dump_number(out, p.x);
    dump_number(out, p.y);
}

static void dump_paint(GString *out, Paint paint) {
    char color[10];
    if (paint.fill.a) {
        color_print(paint.fill, color);
        g_string_append_printf(out, " fill %s", color);
    }
    if (paint.stroke.a) {
        color_print(paint.stroke, color);
        g_string_append_printf(out, " stroke %s", color);
        dump_number(out, paint.width);
        if (paint.dash > 0) {
            g_string_append(out, " dash");
            dump_number(out, paint.dash);
        }
    }
}

static void dump_shape(GString *out, const Shape *shape) {
    static const char *const names[] = {"rect", "circle", "line", "polygon"};
    g_string_append(out, names[shape->kind]);
    switch (shape->kind) {
    case SHAPE_RECT:
        dump_point(out, (Point){shape->rect.x, shape->rect.y});
        dump_point(out, (Point){shape->rect.w, shape->rect.h});
        break;
    case SHAPE_CIRCLE:
        dump_point(out, shape->center);
        dump_number(out, shape->radius);
        break;
    default:
        for (uint32_t i = 0; i < shape->n_points; i++) dump_point(out, shape->points[i]);
    }
    dump_paint(out, shape->paint);
}

static void dump_item(GString *out, const Item *item) {
    switch (item->kind) {
    case ITEM_BEGIN:
        g_string_append_printf(out, "begin %s", role_name(item->role));
        if (item->group.title) g_string_append_printf(out, " title «%s»", item->group.title);
        if (item->group.alt) g_string_append_printf(out, " alt «%s»", item->group.alt);
        break;
    case ITEM_END: g_string_append(out, "end"); break;
    case ITEM_TEXT: {
        char color[10];
        color_print(item->run.color, color);
        g_string_append_printf(out, "text %s", role_name(item->role));
        dump_point(out, item->run.origin);
        dump_number(out, item->run.advance);
        g_string_append_printf(out, " font %d %s «%s»", item->run.font, color, item->run.text);
        break;
    }
    case ITEM_SHAPE:
        g_string_append_printf(out, "%s ", role_name(item->role));
        dump_shape(out, &item->shape);
    }
    if (*item->key) g_string_append_printf(out, " key %s", item->key);
    g_string_append_c(out, '\n');
}

void frame_dump(const Frame *frame, GString *out) {
    g_string_append_printf(out, "frame %s %s", frame->name, frame->unit == UNIT_PT ? "pt" : "px");
    dump_number(out, frame->width);
    dump_number(out, frame->height);
    g_string_append_c(out, '\n');
    int depth = 0;
    for (size_t i = 0; i < frame->n; i++) {
        if (frame->items[i].kind == ITEM_END) depth--;
        g_string_append_printf(out, "%*s", 2 * (depth + 1), "");
        dump_item(out, &frame->items[i]);
        if (frame->items[i].kind == ITEM_BEGIN) depth++;
    }
}
