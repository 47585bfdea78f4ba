#include "emit/layout.h"

#include "emit/number.h"

#include <math.h>
#include <string.h>

/* One line of a block: consecutive runs that share a baseline, but for raised or lowered letters.
 */
typedef struct {
    Rect box;
    double baseline, size; /* of its largest run */
    double end;            /* where the last run ends */
    GString *text;
} Line;

static void add_string(GString *out, const char *text) {
    g_string_append_c(out, '"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            g_string_append_printf(out, "\\%c", *c);
        else if (*c < 0x20 || *c == 0x7F)
            g_string_append_printf(out, "\\u%04x", *c);
        else
            g_string_append_c(out, (char)*c);
    }
    g_string_append_c(out, '"');
}

/* key is trusted ASCII; each adder writes ,"key":value */
static void add_key(GString *out, const char *key) {
    g_string_append_printf(out, ",\"%s\":", key);
}

static void add_text(GString *out, const char *key, const char *text) {
    add_key(out, key);
    add_string(out, text);
}

static void add_number(GString *out, const char *key, double value) {
    add_key(out, key);
    frame_number_append(out, value);
}

static void add_numbers(GString *out, const char *key, const double *values, size_t n) {
    add_key(out, key);
    for (size_t i = 0; i < n; i++) {
        g_string_append_c(out, i ? ',' : '[');
        frame_number_append(out, values[i]);
    }
    g_string_append_c(out, ']');
}

static void add_box(GString *out, Rect box) {
    add_numbers(out, "box", (double[]){box.x, box.y, box.w, box.h}, 4);
}

static void add_color(GString *out, const char *key, Color color) {
    char text[10];
    color_print(color, text);
    add_text(out, key, text);
}

static void add_item_head(GString *out, const char *type, const Item *item) {
    g_string_append_printf(out, "{\"type\":\"%s\"", type);
    add_text(out, "role", role_name(item->role));
    add_text(out, "key", item->key);
}

static void line_clear(void *data) {
    Line *line = data;
    g_string_free(line->text, TRUE);
}

static void lines_add_run(GArray *lines, const Item *item, double size) {
    const GlyphRun *run = &item->run;
    Line *line = lines->len ? &g_array_index(lines, Line, lines->len - 1) : NULL;
    bool is_same = line && run->origin.x > line->end - size &&
                   fabs(run->origin.y - line->baseline) < 0.6 * MAX(size, line->size);
    if (!is_same) {
        Line fresh = {.box = RECT_EMPTY, .text = g_string_new(NULL)};
        g_array_append_val(lines, fresh);
        line = &g_array_index(lines, Line, lines->len - 1);
    }
    line->box = rect_union(line->box, item->box);
    if (size > line->size) line->size = size, line->baseline = run->origin.y;
    line->end = run->origin.x + run->advance;
    g_string_append_len(line->text, run->text, run->n_text);
}

/* The runs of the block that begins at item `first`, wherever they are. */
static GArray *lines_collect(const Frame *frame, const Fonts *fonts, size_t first) {
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_array_set_clear_func(lines, line_clear);
    int block = frame->items[first].block;
    for (size_t i = first; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        if (item->kind != ITEM_TEXT || item->block != block) continue;
        lines_add_run(lines, item, fonts_spec(fonts, item->run.font)->size);
        if (!block) break;
    }
    return lines;
}

static void join_line(GString *text, const char *line) {
    static const char soft_hyphen[] = "\u00AD";
    if (g_str_has_suffix(text->str, soft_hyphen))
        g_string_truncate(text, text->len - strlen(soft_hyphen));
    else if (text->len && !g_str_has_suffix(text->str, " "))
        g_string_append_c(text, ' ');
    g_string_append(text, line);
}

static void add_text_item(GString *out, const Frame *frame, const Fonts *fonts, size_t first) {
    const Item *item = &frame->items[first];
    g_autoptr(GArray) lines = lines_collect(frame, fonts, first);
    g_autoptr(GString) text = g_string_new(NULL);
    Rect box = RECT_EMPTY;
    for (guint i = 0; i < lines->len; i++) {
        join_line(text, g_array_index(lines, Line, i).text->str);
        box = rect_union(box, g_array_index(lines, Line, i).box);
    }
    add_item_head(out, "text", item);
    add_box(out, box);
    add_text(out, "text", text->str);
    add_key(out, "lines");
    for (guint i = 0; i < lines->len; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        g_string_append(out, i ? ",{\"text\":" : "[{\"text\":");
        add_string(out, line->text->str);
        add_box(out, line->box);
        add_number(out, "baseline", line->baseline);
        add_number(out, "size", line->size);
        g_string_append_c(out, '}');
    }
    g_string_append_c(out, ']');
    add_color(out, "color", item->run.color);
    if (item->is_haloed) g_string_append(out, ",\"halo\":true");
    g_string_append_c(out, '}');
}

static void add_points(GString *out, const Shape *shape) {
    add_key(out, "points");
    g_string_append_c(out, '[');
    for (uint32_t i = 0; i < shape->n_points; i++) {
        g_string_append(out, i ? ",[" : "[");
        frame_number_append(out, shape->points[i].x);
        g_string_append_c(out, ',');
        frame_number_append(out, shape->points[i].y);
        g_string_append_c(out, ']');
    }
    g_string_append_c(out, ']');
}

static void add_shape_item(GString *out, const Item *item) {
    static const char *const names[] = {"rect", "circle", "line", "polygon"};
    const Shape *shape = &item->shape;
    add_item_head(out, role_name(item->role), item);
    add_text(out, "shape", names[shape->kind]);
    add_box(out, item->box);
    if (shape->kind == SHAPE_CIRCLE) {
        add_numbers(out, "center", (double[]){shape->center.x, shape->center.y}, 2);
        add_number(out, "radius", shape->radius);
    } else if (shape->kind != SHAPE_RECT) {
        add_points(out, shape);
    }
    if (shape->paint.fill.a) add_color(out, "fill", shape->paint.fill);
    if (shape->paint.stroke.a) {
        add_color(out, "stroke", shape->paint.stroke);
        add_number(out, "width", shape->paint.width);
    }
    g_string_append_c(out, '}');
}

/* order[i]: how many elements were written before item i; its last entry is their number. */
static void add_items(GString *out, const Frame *frame, const Fonts *fonts, size_t *ret_order) {
    g_autofree bool *is_written = g_new0(bool, (gsize)frame->blocks + 1);
    size_t n = 0;
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        ret_order[i] = n;
        if (item->kind != ITEM_TEXT && item->kind != ITEM_SHAPE) continue;
        if (item->kind == ITEM_TEXT && is_written[item->block]) continue;
        g_string_append(out, n++ ? ",\n" : "\n");
        if (item->kind == ITEM_SHAPE)
            add_shape_item(out, item);
        else
            add_text_item(out, frame, fonts, i);
        if (item->kind == ITEM_TEXT && item->block) is_written[item->block] = true;
    }
    ret_order[frame->n] = n;
}

static size_t group_end(const Frame *frame, size_t begin) {
    size_t depth = 0;
    for (size_t i = begin; i < frame->n; i++) {
        if (frame->items[i].kind == ITEM_BEGIN) depth++;
        if (frame->items[i].kind == ITEM_END && --depth == 0) return i;
    }
    return frame->n;
}

static void add_groups(GString *out, const Frame *frame, const size_t *order) {
    bool is_first = true;
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        if (item->kind != ITEM_BEGIN) continue;
        g_string_append(out, is_first ? "\n{\"role\":" : ",\n{\"role\":");
        is_first = false;
        add_string(out, role_name(item->role));
        add_text(out, "key", item->key);
        if (item->group.title) add_text(out, "title", item->group.title);
        if (item->group.alt) add_text(out, "alt", item->group.alt);
        add_number(out, "first", (double)order[i]);
        add_number(out, "count", (double)(order[group_end(frame, i)] - order[i]));
        g_string_append_c(out, '}');
    }
}

GBytes *layout_encode(const Frame *frame, const Fonts *fonts) {
    GString *out = g_string_new("{\"figure\":");
    g_autofree size_t *order = g_new(size_t, frame->n + 1);
    add_string(out, frame->name);
    add_text(out, "unit", frame->unit == UNIT_PT ? "pt" : "px");
    add_number(out, "width", frame->width);
    add_number(out, "height", frame->height);
    add_color(out, "background", frame->background);
    g_string_append(out, ",\n\"items\":[");
    add_items(out, frame, fonts, order);
    g_string_append(out, "],\n\"groups\":[");
    add_groups(out, frame, order);
    g_string_append(out, "]}\n");
    return g_string_free_to_bytes(out);
}
