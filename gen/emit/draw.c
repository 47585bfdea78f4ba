#include "emit/draw.h"

#include <math.h>

typedef struct {
    cairo_t *cr;
    const Frame *frame;
    const Fonts *fonts;
    bool keeps_text;  /* the surface takes characters along with glyphs */
    GArray *glyphs;   /* cairo_glyph_t, of the run being painted */
    GArray *clusters; /* cairo_text_cluster_t */
} Brush;

static void set_color(cairo_t *cr, Color color) {
    if (color.a == 255)
        cairo_set_source_rgb(cr, color.r / 255., color.g / 255., color.b / 255.);
    else
        cairo_set_source_rgba(cr, color.r / 255., color.g / 255., color.b / 255., color.a / 255.);
}

static const cairo_glyph_t *brush_glyphs(const Brush *brush) {
    return (const cairo_glyph_t *)(void *)brush->glyphs->data;
}

static void load_run(Brush *brush, const GlyphRun *run) {
    g_array_set_size(brush->glyphs, run->n_glyphs);
    for (uint32_t i = 0; i < run->n_glyphs; i++)
        g_array_index(brush->glyphs, cairo_glyph_t, i) =
            (cairo_glyph_t){.index = run->glyphs[i].glyph,
                            .x = run->origin.x + (double)run->glyphs[i].x,
                            .y = run->origin.y + (double)run->glyphs[i].y};
    cairo_set_scaled_font(brush->cr, fonts_scaled(brush->fonts, run->font));
}

static void show_text(Brush *brush, const GlyphRun *run) {
    g_array_set_size(brush->clusters, run->n_clusters);
    for (uint32_t i = 0; i < run->n_clusters; i++)
        g_array_index(brush->clusters, cairo_text_cluster_t, i) = (cairo_text_cluster_t){
            .num_bytes = (int)run->clusters[i].bytes, .num_glyphs = (int)run->clusters[i].glyphs};
    cairo_show_text_glyphs(
        brush->cr, run->text, (int)run->n_text, brush_glyphs(brush), (int)run->n_glyphs,
        (const cairo_text_cluster_t *)(void *)brush->clusters->data, (int)run->n_clusters, 0);
}

static void paint_text(Brush *brush, const GlyphRun *run) {
    if (!run->n_glyphs) return;
    load_run(brush, run);
    set_color(brush->cr, run->color);
    if (brush->keeps_text) {
        show_text(brush, run);
        return;
    }
    cairo_new_path(brush->cr);
    cairo_glyph_path(brush->cr, brush_glyphs(brush), (int)run->n_glyphs);
    cairo_fill(brush->cr);
}

/* Under a stroke of three points nobody sees an eighth of one. */
static double snap(double coordinate) {
    return round(coordinate * 8) / 8;
}

/* Adds the path flattened, on a grid: a third of the bytes of its curves. */
static void trace_coarse(cairo_t *cr, const cairo_path_t *path) {
    double x = NAN, y = NAN;
    for (int i = 0; i < path->num_data; i += path->data[i].header.length) {
        const cairo_path_data_t *data = &path->data[i];
        if (data->header.type == CAIRO_PATH_CLOSE_PATH) {
            cairo_close_path(cr);
            continue;
        }
        double to_x = snap(data[1].point.x), to_y = snap(data[1].point.y);
        if (data->header.type == CAIRO_PATH_MOVE_TO)
            cairo_move_to(cr, to_x, to_y);
        else if (to_x != x || to_y != y)
            cairo_line_to(cr, to_x, to_y);
        x = to_x, y = to_y;
    }
}

/* On paper: the outline of the letters, stroked. */
static void stroke_halo(Brush *brush, double width) {
    cairo_t *cr = brush->cr;
    cairo_save(cr);
    cairo_set_tolerance(cr, 0.2);
    cairo_new_path(cr);
    cairo_glyph_path(cr, brush_glyphs(brush), (int)brush->glyphs->len);
    cairo_path_t *path = cairo_copy_path_flat(cr);
    cairo_new_path(cr);
    trace_coarse(cr, path);
    cairo_path_destroy(path);
    cairo_set_line_width(cr, width);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_stroke(cr);
    cairo_restore(cr);
}

/* In an image: the letters, printed all around their place. The rim looks the same and takes a
 * seventh of the time, since cairo keeps the picture of each glyph. Two rings, so that the thin
 * stems of large type leave no gap. */
static void ring_halo(Brush *brush, double width) {
    enum { DIRECTIONS = 12 };
    guint n = brush->glyphs->len;
    for (int ring = 1; ring <= 2; ring++)
        for (int k = 0; k < DIRECTIONS; k++) {
            double angle = 2 * G_PI * k / DIRECTIONS, radius = width / 2 * ring / 2;
            if (ring == 1 && k % 2) continue;
            for (guint i = 0; i < n; i++) {
                cairo_glyph_t glyph = g_array_index(brush->glyphs, cairo_glyph_t, i);
                glyph.x += radius * cos(angle), glyph.y += radius * sin(angle);
                g_array_append_val(brush->glyphs, glyph);
            }
        }
    cairo_show_glyphs(brush->cr, brush_glyphs(brush) + n, (int)(brush->glyphs->len - n));
}

static void paint_halo(Brush *brush, const GlyphRun *run) {
    if (!run->n_glyphs) return;
    load_run(brush, run);
    set_color(brush->cr, brush->frame->background);
    double width = FRAME_HALO_EM * fonts_spec(brush->fonts, run->font)->size;
    if (brush->keeps_text)
        stroke_halo(brush, width);
    else
        ring_halo(brush, width);
}

static bool same_color(Color a, Color b) {
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static bool shape_shows(const Frame *frame, const Shape *shape) {
    return shape->paint.stroke.a || !same_color(shape->paint.fill, frame->background);
}

static bool shape_touches(const Shape *shape, Rect shape_box, Rect box) {
    if (shape->kind != SHAPE_LINE) return rect_overlaps(shape_box, box);
    Rect reach = rect_grow(box, shape->paint.width / 2);
    for (uint32_t i = 1; i < shape->n_points; i++)
        if (segment_crosses_rect(shape->points[i - 1], shape->points[i], reach)) return true;
    return false;
}

bool draw_needs_halo(const Frame *frame, const Fonts *fonts, size_t item) {
    const Item *text = &frame->items[item];
    double rim = FRAME_HALO_EM / 2 * fonts_spec(fonts, text->run.font)->size;
    Rect box = rect_grow(text->box, rim + 1);
    if (!text->is_haloed) return false;
    for (size_t i = 0; i < item; i++) {
        const Item *under = &frame->items[i];
        if (under->kind == ITEM_TEXT && (!text->block || under->block != text->block) &&
            rect_overlaps(under->box, box))
            return true;
        if (under->kind == ITEM_SHAPE && shape_shows(frame, &under->shape) &&
            shape_touches(&under->shape, under->box, box))
            return true;
    }
    return false;
}

/* The halos of a whole block come before its letters, or one run would eat the edge of the next. */
static void paint_block_halos(Brush *brush, size_t first, size_t end) {
    const Item *items = brush->frame->items;
    for (size_t i = first; i < end; i++) {
        if (items[i].kind != ITEM_TEXT || items[i].block != items[first].block) break;
        if (draw_needs_halo(brush->frame, brush->fonts, i)) paint_halo(brush, &items[i].run);
        if (!items[i].block) break;
    }
}

static void trace_shape(cairo_t *cr, const Shape *shape) {
    cairo_new_path(cr);
    switch (shape->kind) {
    case SHAPE_RECT:
        cairo_rectangle(cr, shape->rect.x, shape->rect.y, shape->rect.w, shape->rect.h);
        break;
    case SHAPE_CIRCLE:
        cairo_arc(cr, shape->center.x, shape->center.y, shape->radius, 0, 2 * G_PI);
        cairo_close_path(cr);
        break;
    case SHAPE_LINE:
    case SHAPE_POLYGON:
        for (uint32_t i = 0; i < shape->n_points; i++)
            cairo_line_to(cr, shape->points[i].x, shape->points[i].y);
        if (shape->kind == SHAPE_POLYGON) cairo_close_path(cr);
    }
}

static void paint_shape(cairo_t *cr, const Shape *shape) {
    const Paint *paint = &shape->paint;
    trace_shape(cr, shape);
    if (paint->fill.a && shape->kind != SHAPE_LINE) {
        set_color(cr, paint->fill);
        cairo_fill_preserve(cr);
    }
    if (paint->stroke.a && paint->width > 0) {
        set_color(cr, paint->stroke);
        cairo_set_line_width(cr, paint->width);
        cairo_set_line_join(cr, shape->kind == SHAPE_LINE ? CAIRO_LINE_JOIN_ROUND
                                                          : CAIRO_LINE_JOIN_MITER);
        cairo_set_dash(cr, &paint->dash, paint->dash > 0 ? 1 : 0, 0);
        cairo_stroke(cr);
    }
    cairo_new_path(cr);
}

static bool covers(const Frame *frame, const Shape *shape) {
    Rect canvas = {0, 0, frame->width, frame->height};
    return shape->kind == SHAPE_RECT && rect_contains(shape->rect, canvas, 0.01);
}

/* A clip that leaves out a hair of the canvas keeps cairo from reading the fill as a clear. */
static void paint_cover(const Frame *frame, cairo_t *cr, const Shape *shape) {
    cairo_save(cr);
    cairo_rectangle(cr, 0.01, 0.01, frame->width - 0.02, frame->height - 0.02);
    cairo_clip(cr);
    paint_shape(cr, shape);
    cairo_restore(cr);
}

void draw_background(const Frame *frame, cairo_t *cr) {
    cairo_new_path(cr);
    cairo_rectangle(cr, 0, 0, frame->width, frame->height);
    set_color(cr, frame->background);
    cairo_fill(cr);
}

void draw_items(const Frame *frame, size_t first, size_t end, const Fonts *fonts, cairo_t *cr) {
    Brush brush = {.cr = cr,
                   .frame = frame,
                   .fonts = fonts,
                   .keeps_text = cairo_surface_has_show_text_glyphs(cairo_get_target(cr)),
                   .glyphs = g_array_new(FALSE, FALSE, sizeof(cairo_glyph_t)),
                   .clusters = g_array_new(FALSE, FALSE, sizeof(cairo_text_cluster_t))};
    int haloed = 0; /* the block whose halos are already there */
    cairo_save(cr);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    for (size_t i = first; i < end; i++) {
        const Item *item = &frame->items[i];
        if (item->kind == ITEM_SHAPE) {
            if (brush.keeps_text && covers(frame, &item->shape))
                paint_cover(frame, cr, &item->shape);
            else
                paint_shape(cr, &item->shape);
        } else if (item->kind == ITEM_TEXT) {
            if (item->is_haloed && (!item->block || item->block != haloed)) {
                paint_block_halos(&brush, i, end);
                haloed = item->block;
            }
            paint_text(&brush, &item->run);
        }
    }
    cairo_restore(cr);
    g_array_unref(brush.glyphs);
    g_array_unref(brush.clusters);
}

void draw_frame(const Frame *frame, const Fonts *fonts, cairo_t *cr) {
    draw_background(frame, cr);
    draw_items(frame, 0, frame->n, fonts, cr);
}
