/* The floor of one figure: cairo, pango and cairo's own PNG writer, with nothing else to do.
 * In: lines on standard input, as bench.py writes them from a layout file, lengths in px:
 *   size WIDTH HEIGHT | text X Y SIZE TEXT… | circle X Y R | rect X Y W H | line X1 Y1 X2 Y2
 * and for each argument SCALE FILE, one PNG. Reading them costs nothing beside drawing. */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void draw_text(cairo_t *cr, PangoLayout *layout, const char *arguments) {
    char *end;
    double x = g_ascii_strtod(arguments, &end);
    double y = g_ascii_strtod(end, &end);
    double size = g_ascii_strtod(end, &end);
    PangoFontDescription *font = pango_font_description_from_string("Inter");
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, end + strspn(end, " "), -1);
    cairo_move_to(cr, x, y);
    pango_cairo_show_layout(cr, layout);
    pango_font_description_free(font);
}

static void draw_shape(cairo_t *cr, const char *kind, const char *arguments) {
    double v[4] = {0};
    char *at = (char *)arguments;
    for (size_t i = 0; i < G_N_ELEMENTS(v); i++) v[i] = g_ascii_strtod(at, &at);
    if (g_str_equal(kind, "circle")) {
        cairo_arc(cr, v[0], v[1], v[2], 0, 2 * G_PI);
        cairo_fill(cr);
    } else if (g_str_equal(kind, "rect")) {
        cairo_rectangle(cr, v[0], v[1], v[2], v[3]);
        cairo_fill(cr);
    } else {
        cairo_move_to(cr, v[0], v[1]);
        cairo_line_to(cr, v[2], v[3]);
        cairo_stroke(cr);
    }
}

static bool draw(GPtrArray *lines, double scale, const char *path) {
    double width = 0, height = 0;
    char *end;
    const char *size = lines->pdata[0];
    if (!g_str_has_prefix(size, "size ")) return false;
    width = g_ascii_strtod(size + strlen("size "), &end);
    height = g_ascii_strtod(end, NULL);
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)lround(width * scale), (int)lround(height * scale));
    cairo_t *cr = cairo_create(surface);
    cairo_scale(cr, scale, scale);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, 0.2, 0.2, 0.2);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    for (guint i = 1; i < lines->len; i++) {
        const char *line = lines->pdata[i], *space = strchr(line, ' ');
        if (!space) continue;
        g_autofree char *kind = g_strndup(line, (gsize)(space - line));
        if (g_str_equal(kind, "text"))
            draw_text(cr, layout, space);
        else
            draw_shape(cr, kind, space);
    }
    g_object_unref(layout);
    cairo_destroy(cr);
    bool is_written = cairo_surface_write_to_png(surface, path) == CAIRO_STATUS_SUCCESS;
    cairo_surface_destroy(surface);
    return is_written;
}

int main(int argc, char **argv) {
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) g_ptr_array_add(lines, g_strdup(g_strchomp(line)));
    free(line);
    if (!lines->len) return EXIT_FAILURE;
    for (int i = 1; i + 1 < argc; i += 2)
        if (!draw(lines, g_ascii_strtod(argv[i], NULL), argv[i + 1])) return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
