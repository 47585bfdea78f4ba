#include "emit/svg.h"

#include "emit/draw.h"
#include "emit/number.h"

#include <string.h>

static void add_number(GString *out, const char *name, double value) {
    g_string_append_printf(out, " %s=\"", name);
    frame_number_append(out, value);
    g_string_append_c(out, '"');
}

/* XML has no way to hold control characters but tab and the ends of line. */
static void add_escaped(GString *out, const char *text, size_t length) {
    for (const char *c = text; c < text + length; c++) switch (*c) {
        case '&': g_string_append(out, "&amp;"); break;
        case '<': g_string_append(out, "&lt;"); break;
        case '>': g_string_append(out, "&gt;"); break;
        case '"': g_string_append(out, "&quot;"); break;
        default:
            if ((unsigned char)*c >= 0x20 || *c == '\t' || *c == '\n') g_string_append_c(out, *c);
        }
}

static void add_text(GString *out, const char *name, const char *text) {
    g_string_append_printf(out, " %s=\"", name);
    add_escaped(out, text, strlen(text));
    g_string_append_c(out, '"');
}

static void add_element(GString *out, const char *name, const char *text) {
    if (!text || !*text) return;
    g_string_append_printf(out, "<%s>", name);
    add_escaped(out, text, strlen(text));
    g_string_append_printf(out, "</%s>\n", name);
}

/* name: fill or stroke */
static void add_color(GString *out, const char *name, Color color) {
    if (!color.a) {
        g_string_append_printf(out, " %s=\"none\"", name);
        return;
    }
    g_string_append_printf(out, " %s=\"#%02x%02x%02x\"", name, color.r, color.g, color.b);
    if (color.a == 255) return;
    g_autofree char *opacity = g_strconcat(name, "-opacity", NULL);
    add_number(out, opacity, color.a / 255.);
}

static void add_class(GString *out, const Item *item) {
    g_string_append_printf(out, " class=\"%s\"", role_name(item->role));
    if (*item->key) add_text(out, "data-key", item->key);
}

/* What to fall back to when a reader lacks the family. */
static const char *generic_family(const char *family) {
    static const struct {
        const char *part, *generic;
    } known[] = {
        {"sans", "sans-serif"}, {"mono", "monospace"}, {"serif", "serif"},
        {"libertine", "serif"}, {"garamond", "serif"}, {"times", "serif"},
    };
    g_autofree char *lower = g_ascii_strdown(family, -1);
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (strstr(lower, known[i].part)) return known[i].generic;
    return "sans-serif";
}

/* "tnum,lnum=0" as CSS has it. */
static void add_features(GString *out, const char *features) {
    g_auto(GStrv) parts = g_strsplit(features, ",", -1);
    g_autoptr(GString) style = g_string_new("font-feature-settings:");
    for (size_t i = 0; parts[i]; i++) {
        char *value = strchr(parts[i], '=');
        if (value) *value++ = '\0';
        g_string_append_printf(style, "%s'%s' %s", i ? "," : "", g_strstrip(parts[i]),
                               value ? g_strstrip(value) : "1");
    }
    add_text(out, "style", style->str);
}

static void add_font(GString *out, const FontSpec *spec) {
    g_autofree char *families =
        g_strdup_printf("'%s', %s", spec->family, generic_family(spec->family));
    add_text(out, "font-family", families);
    add_number(out, "font-size", spec->size);
    if (spec->weight != FONT_REGULAR)
        g_string_append_printf(out, " font-weight=\"%d\"", spec->weight);
    if (spec->is_italic) g_string_append(out, " font-style=\"italic\"");
    if (spec->features) add_features(out, spec->features);
}

static void add_run(GString *out, const Frame *frame, const Fonts *fonts, size_t i) {
    const Item *item = &frame->items[i];
    const GlyphRun *run = &item->run;
    if (!run->n_text) return;
    g_string_append(out, "<text");
    add_class(out, item);
    add_number(out, "x", run->origin.x);
    add_number(out, "y", run->origin.y);
    add_font(out, fonts_spec(fonts, run->font));
    add_color(out, "fill", run->color);
    if (run->advance > 0) {
        add_number(out, "textLength", run->advance);
        g_string_append(out, " lengthAdjust=\"spacingAndGlyphs\"");
    }
    if (draw_needs_halo(frame, fonts, i)) {
        add_color(out, "stroke", frame->background);
        add_number(out, "stroke-width", FRAME_HALO_EM * fonts_spec(fonts, run->font)->size);
        g_string_append(out, " stroke-linejoin=\"round\" paint-order=\"stroke\"");
    }
    g_string_append(out, " xml:space=\"preserve\">");
    add_escaped(out, run->text, run->n_text);
    g_string_append(out, "</text>\n");
}

static void add_paint(GString *out, const Shape *shape) {
    const Paint *paint = &shape->paint;
    add_color(out, "fill", shape->kind == SHAPE_LINE ? (Color){0} : paint->fill);
    if (!paint->stroke.a || paint->width <= 0) return;
    add_color(out, "stroke", paint->stroke);
    add_number(out, "stroke-width", paint->width);
    if (paint->dash > 0) add_number(out, "stroke-dasharray", paint->dash);
    if (shape->kind == SHAPE_LINE) g_string_append(out, " stroke-linejoin=\"round\"");
}

static void add_points(GString *out, const Shape *shape) {
    g_string_append(out, " points=\"");
    for (uint32_t i = 0; i < shape->n_points; i++) {
        if (i) g_string_append_c(out, ' ');
        frame_number_append(out, shape->points[i].x);
        g_string_append_c(out, ',');
        frame_number_append(out, shape->points[i].y);
    }
    g_string_append_c(out, '"');
}

static void add_shape(GString *out, const Item *item) {
    static const char *const names[] = {"rect", "circle", "polyline", "polygon"};
    const Shape *shape = &item->shape;
    g_string_append_printf(out, "<%s", names[shape->kind]);
    add_class(out, item);
    switch (shape->kind) {
    case SHAPE_RECT: /* a negative size is an error in SVG; cairo draws it backwards */
        add_number(out, "x", MIN(shape->rect.x, shape->rect.x + shape->rect.w));
        add_number(out, "y", MIN(shape->rect.y, shape->rect.y + shape->rect.h));
        add_number(out, "width", ABS(shape->rect.w));
        add_number(out, "height", ABS(shape->rect.h));
        break;
    case SHAPE_CIRCLE:
        add_number(out, "cx", shape->center.x);
        add_number(out, "cy", shape->center.y);
        add_number(out, "r", shape->radius);
        break;
    case SHAPE_LINE:
    case SHAPE_POLYGON: add_points(out, shape);
    }
    add_paint(out, shape);
    g_string_append(out, "/>\n");
}

static void open_root(GString *out, const Frame *frame) {
    const char *unit = frame->unit == UNIT_PT ? "pt" : "";
    g_string_append(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" role=\"img\" "
                         "lang=\"fr\" xml:lang=\"fr\" width=\"");
    frame_number_append(out, frame->width);
    g_string_append_printf(out, "%s\" height=\"", unit);
    frame_number_append(out, frame->height);
    g_string_append_printf(out, "%s\" viewBox=\"0 0 ", unit);
    frame_number_append(out, frame->width);
    g_string_append_c(out, ' ');
    frame_number_append(out, frame->height);
    g_string_append(out, "\">\n");
}

/* <title> is the name that assistive technology reads, <desc> what it may read on: the short and
 * the detailed alternative. The figure's own serve where the caller has none. */
static void add_title(GString *out, const Frame *frame, const About *about) {
    const char *title = about->title, *alt = about->alt;
    for (size_t i = 0; i < frame->n && !(title && alt); i++) {
        const Item *item = &frame->items[i];
        if (item->kind != ITEM_BEGIN || item->role != ROLE_FIGURE) continue;
        if (!title) title = item->group.title;
        if (!alt) alt = item->group.alt;
    }
    add_element(out, "title", alt && *alt ? alt : title);
    add_element(out, "desc", about->description);
}

GBytes *svg_encode(const Frame *frame, const Fonts *fonts, const About *about) {
    GString *out = g_string_new(NULL);
    open_root(out, frame);
    add_title(out, frame, about);
    g_string_append(out, "<rect width=\"100%\" height=\"100%\"");
    add_color(out, "fill", frame->background);
    g_string_append(out, "/>\n");
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        switch (item->kind) {
        case ITEM_BEGIN:
            g_string_append(out, "<g");
            add_class(out, item);
            g_string_append(out, ">\n");
            break;
        case ITEM_END: g_string_append(out, "</g>\n"); break;
        case ITEM_TEXT: add_run(out, frame, fonts, i); break;
        case ITEM_SHAPE: add_shape(out, item);
        }
    }
    g_string_append(out, "</svg>\n");
    return g_string_free_to_bytes(out);
}
