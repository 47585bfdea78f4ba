#include "base/frame.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

const char *role_name(Role role) {
    static const char *const names[ROLE_COUNT] = {
        [ROLE_NONE] = N_("none"),
        [ROLE_PAGE] = N_("page"),
        [ROLE_FIGURE] = N_("figure"),
        [ROLE_TABLE] = N_("table"),
        [ROLE_ROW] = N_("row"),
        [ROLE_CELL] = N_("cell"),
        [ROLE_HEADER_CELL] = N_("header"),
        [ROLE_LIST] = N_("list"),
        [ROLE_LIST_ITEM] = N_("item"),
        [ROLE_FOOTNOTE] = N_("footnote"),
        [ROLE_KICKER] = N_("kicker"),
        [ROLE_TITLE] = N_("title"),
        [ROLE_HEADING] = N_("heading"),
        [ROLE_SUBTITLE] = N_("subtitle"),
        [ROLE_PARAGRAPH] = N_("paragraph"),
        [ROLE_NUMBER] = N_("number"),
        [ROLE_LABEL] = N_("label"),
        [ROLE_NOTE] = N_("note"),
        [ROLE_TICK] = N_("tick"),
        [ROLE_LEGEND] = N_("legend"),
        [ROLE_SOURCE] = N_("source"),
        [ROLE_BACKGROUND] = N_("background"),
        [ROLE_MARK] = N_("mark"),
        [ROLE_LEADER] = N_("leader"),
        [ROLE_AXIS] = N_("axis"),
        [ROLE_GRID] = N_("grid"),
        [ROLE_RULE] = N_("rule"),
        [ROLE_BAND] = N_("band"),
        [ROLE_RULING] = N_("ruling"),
    };
    return names[role];
}

Frame *frame_new(const char *name, FrameUnit unit, double width, double height) {
    Arena *arena = arena_new();
    Frame *frame = g_new0(Frame, 1);
    *frame = (Frame){.arena = arena,
                     .name = arena_strdup(arena, name),
                     .unit = unit,
                     .width = width,
                     .height = height,
                     .background = {255, 255, 255, 255}};
    return frame;
}

void frame_free(Frame *frame) {
    if (!frame) return;
    arena_free(frame->arena);
    g_free(frame->items);
    g_free(frame);
}

static Item *item_add(Frame *frame, ItemKind kind, Role role, const char *key) {
    if (frame->n == frame->capacity) {
        frame->capacity = MAX(64, frame->capacity * 2);
        frame->items = g_renew(Item, frame->items, frame->capacity);
    }
    Item *item = &frame->items[frame->n++];
    *item = (Item){.kind = kind, .role = role, .key = arena_strdup(frame->arena, key ? key : "")};
    return item;
}

void frame_begin(Frame *frame, Role role, const char *key, const char *title, const char *alt) {
    Item *item = item_add(frame, ITEM_BEGIN, role, key);
    item->group.title = arena_strdup(frame->arena, title);
    item->group.alt = arena_strdup(frame->arena, alt);
}

void frame_end(Frame *frame) {
    item_add(frame, ITEM_END, ROLE_NONE, NULL);
}

int frame_new_block(Frame *frame) {
    return ++frame->blocks;
}

void frame_text(Frame *frame, Role role, const char *key, int block, bool is_haloed,
                const GlyphRun *run, Rect box) {
    Item *item = item_add(frame, ITEM_TEXT, role, key);
    item->block = block;
    item->is_haloed = is_haloed;
    item->box = box;
    item->run = *run;
    item->run.text = arena_strndup(frame->arena, run->text, run->n_text);
    item->run.glyphs = arena_dup(frame->arena, run->glyphs, run->n_glyphs * sizeof(Glyph));
    item->run.clusters = arena_dup(frame->arena, run->clusters, run->n_clusters * sizeof(Cluster));
}

static void shape_add(Frame *frame, Role role, const char *key, const Shape *shape, Rect box) {
    Item *item = item_add(frame, ITEM_SHAPE, role, key);
    item->shape = *shape;
    item->box = shape->paint.stroke.a ? rect_grow(box, shape->paint.width / 2) : box;
}

void frame_rect(Frame *frame, Role role, const char *key, Rect rect, Paint paint) {
    shape_add(frame, role, key, &(Shape){.kind = SHAPE_RECT, .paint = paint, .rect = rect}, rect);
}

void frame_circle(Frame *frame, Role role, const char *key, Point center, double radius,
                  Paint paint) {
    Shape shape = {.kind = SHAPE_CIRCLE, .paint = paint, .center = center, .radius = radius};
    Rect box = {center.x - radius, center.y - radius, 2 * radius, 2 * radius};
    shape_add(frame, role, key, &shape, box);
}

static void points_add(Frame *frame, ShapeKind kind, Role role, const char *key,
                       const Point *points, size_t n, Paint paint) {
    Rect box = RECT_EMPTY;
    for (size_t i = 0; i < n; i++) box = rect_union(box, (Rect){points[i].x, points[i].y, 0, 0});
    Shape shape = {.kind = kind,
                   .paint = paint,
                   .points = arena_dup(frame->arena, points, n * sizeof(Point)),
                   .n_points = (uint32_t)n};
    shape_add(frame, role, key, &shape, box);
}

void frame_line(Frame *frame, Role role, const char *key, const Point *points, size_t n,
                Paint paint) {
    points_add(frame, SHAPE_LINE, role, key, points, n, paint);
}

void frame_polygon(Frame *frame, Role role, const char *key, const Point *points, size_t n,
                   Paint paint) {
    points_add(frame, SHAPE_POLYGON, role, key, points, n, paint);
}

void frame_item(Frame *frame, const Item *item) {
    *item_add(frame, item->kind, item->role, NULL) = *item;
}

static void shape_move(Shape *shape, Arena *arena, double dx, double dy) {
    shape->rect.x += dx, shape->rect.y += dy;
    shape->center.x += dx, shape->center.y += dy;
    Point *points = arena_dup(arena, shape->points, shape->n_points * sizeof(Point));
    for (uint32_t i = 0; i < shape->n_points; i++) points[i].x += dx, points[i].y += dy;
    shape->points = points;
}

void frame_place(Frame *frame, const Frame *part, double dx, double dy) {
    frame->leaves_labels_out |= part->leaves_labels_out;
    for (size_t i = 0; i < part->n; i++) {
        const Item *from = &part->items[i];
        Rect box = {from->box.x + dx, from->box.y + dy, from->box.w, from->box.h};
        switch (from->kind) {
        case ITEM_BEGIN:
            frame_begin(frame, from->role, from->key, from->group.title, from->group.alt);
            break;
        case ITEM_END: frame_end(frame); break;
        case ITEM_TEXT: {
            GlyphRun run = from->run;
            run.origin.x += dx, run.origin.y += dy;
            int block = from->block ? from->block + frame->blocks : 0;
            frame_text(frame, from->role, from->key, block, from->is_haloed, &run, box);
            break;
        }
        case ITEM_SHAPE: {
            Item *item = item_add(frame, ITEM_SHAPE, from->role, from->key);
            item->box = box;
            item->shape = from->shape;
            shape_move(&item->shape, frame->arena, dx, dy);
        }
        }
    }
    frame->blocks += part->blocks;
}

Paint paint_fill(Color color) {
    return (Paint){.fill = color};
}

Paint paint_stroke(Color color, double width) {
    return (Paint){.stroke = color, .width = width};
}
