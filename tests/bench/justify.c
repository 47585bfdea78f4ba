/* One text, justified twice: by text/para and by pango, in the same font on the same lines.
 *
 * usage: justify WIDTH OURS.png PANGO.png < PARAGRAPHS, one a line, already set by `frise typo`
 *
 * Prints how the spaces between words are spread, as shares of the font's own, over the lines that
 * are filled, and the hyphens. docs/typography.md shows the pictures. */
#include "text/para.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 10, MARGIN = 14, ZOOM = 2, BINS = 10 };

static const double leading = 13.5;
static const TextStyle style = {
    .family = "Linux Libertine O", .size = SIZE, .leading = 13.5, .features = "lnum,pnum"};

typedef struct {
    double width, space; /* of a line, of the font's space */
    GArray *spaces;      /* double: of each filled line */
    size_t lines, hyphens, rivers;
    cairo_t *cr;
    double y;
} Sheet;

static Sheet side_new(double width, double space, double height) {
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil((width + 2 * MARGIN) * ZOOM),
                                   (int)ceil((height + 2 * MARGIN) * ZOOM));
    Sheet side = {.width = width,
                  .space = space,
                  .spaces = g_array_new(FALSE, FALSE, sizeof(double)),
                  .cr = cairo_create(surface),
                  .y = MARGIN + SIZE};
    cairo_surface_destroy(surface);
    cairo_scale(side.cr, ZOOM, ZOOM);
    cairo_set_source_rgb(side.cr, 1, 1, 1);
    cairo_paint(side.cr);
    cairo_set_source_rgb(side.cr, 0.1, 0.1, 0.1);
    return side;
}

static void draw_run(Sheet *side, const Fonts *fonts, const GlyphRun *run, double x, double y) {
    g_autofree cairo_glyph_t *glyphs = g_new(cairo_glyph_t, run->n_glyphs);
    for (uint32_t i = 0; i < run->n_glyphs; i++)
        glyphs[i] =
            (cairo_glyph_t){run->glyphs[i].glyph, x + run->origin.x + (double)run->glyphs[i].x,
                            y + run->origin.y + (double)run->glyphs[i].y};
    cairo_scaled_font_t *font = fonts_scaled(fonts, run->font);
    cairo_matrix_t matrix;
    cairo_scaled_font_get_font_matrix(font, &matrix);
    cairo_set_font_face(side->cr, cairo_scaled_font_get_font_face(font));
    cairo_set_font_matrix(side->cr, &matrix);
    cairo_show_glyphs(side->cr, glyphs, (int)run->n_glyphs);
}

static void set_ours(Sheet *side, Fonts *fonts, const FrHyphen *hyphens, const char *text,
                     Arena *arena, Diag *diag) {
    TextSpan span = {.text = text, .len = strlen(text)};
    TextSetting setting = {.fit = FIT_JUSTIFIED,
                           .width = side->width,
                           .indent = SIZE,
                           .hyphens = hyphens,
                           .hangs = true};
    TextBlock *block = text_compose(fonts, &style, &span, 1, &setting, arena, diag);
    for (size_t i = 0; i < block->n_lines; i++, side->y += leading) {
        const TextLine *line = &block->lines[i];
        for (size_t k = 0; k < line->n_runs; k++)
            draw_run(side, fonts, &line->runs[k], MARGIN + line->x, side->y);
        if (i + 1 < block->n_lines) g_array_append_val(side->spaces, line->space);
        side->hyphens += line->is_hyphenated;
    }
    side->lines += block->n_lines;
    side->rivers += block->rivers;
}

/* The mean space of one line of pango's, or 0 without any. */
static double pango_space(PangoLayoutLine *line, const char *text) {
    double sum = 0, n = 0;
    for (GSList *r = line->runs; r; r = r->next) {
        const PangoGlyphItem *run = r->data;
        for (int g = 0; g < run->glyphs->num_glyphs; g++) {
            int byte = run->item->offset + run->glyphs->log_clusters[g];
            bool is_at_end = byte + 1 >= line->start_index + line->length;
            if (text[byte] != ' ' || is_at_end) continue;
            sum += run->glyphs->glyphs[g].geometry.width / (double)PANGO_SCALE;
            n++;
        }
    }
    return n > 0 ? sum / n : 0;
}

static void set_pango(Sheet *side, Fonts *fonts, const char *text) {
    int font = fonts_find(fonts, style.family, FONT_REGULAR, false, SIZE, style.features);
    PangoLayout *layout = pango_layout_new(fonts_context(fonts, font));
    pango_layout_set_attributes(layout, fonts_attrs(fonts, font));
    pango_layout_set_width(layout, (int)(side->width * PANGO_SCALE));
    pango_layout_set_indent(layout, SIZE * PANGO_SCALE);
    pango_layout_set_justify(layout, TRUE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD);
    pango_layout_set_text(layout, text, -1);
    int n = pango_layout_get_line_count(layout);
    PangoLayoutIter *iter = pango_layout_get_iter(layout);
    for (int i = 0; i < n; i++, side->y += leading, pango_layout_iter_next_line(iter)) {
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);
        PangoRectangle box;
        pango_layout_iter_get_line_extents(iter, NULL, &box);
        cairo_move_to(side->cr, MARGIN + box.x / (double)PANGO_SCALE, side->y);
        pango_cairo_show_layout_line(side->cr, line);
        double space = pango_space(line, text) / side->space;
        if (i + 1 < n && space > 0) g_array_append_val(side->spaces, space);
    }
    side->lines += (size_t)n;
    pango_layout_iter_free(iter);
    g_object_unref(layout);
}

static void print_side(const char *name, const Sheet *side) {
    static const double bounds[BINS - 1] = {0.80, 0.85, 0.95, 1.05, 1.15, 1.33, 1.5, 2, 3};
    size_t bins[BINS] = {0}, n = side->spaces->len;
    double sum = 0, squares = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        double space = g_array_index(side->spaces, double, i);
        size_t bin = 0;
        while (bin < BINS - 1 && space > bounds[bin] + 1e-9) bin++;
        bins[bin]++;
        sum += space, squares += space * space, most = fmax(most, space);
    }
    double mean = sum / (double)n;
    printf("| %s | %zu |", name, side->lines);
    for (size_t i = 0; i < BINS; i++) printf(" %zu |", bins[i]);
    printf(" %.0f | %.0f | %.0f | %zu | %zu |\n", 100 * mean,
           100 * sqrt(fmax(squares / (double)n - mean * mean, 0)), 100 * most, side->hyphens,
           side->rivers);
}

static int side_write(Sheet *side, const char *path) {
    cairo_surface_t *whole = cairo_get_target(side->cr);
    cairo_surface_t *used = cairo_image_surface_create_for_data(
        cairo_image_surface_get_data(whole), CAIRO_FORMAT_RGB24,
        cairo_image_surface_get_width(whole), (int)((side->y + MARGIN - leading + 4) * ZOOM),
        cairo_image_surface_get_stride(whole));
    cairo_status_t status = cairo_surface_write_to_png(used, path);
    cairo_surface_destroy(used);
    cairo_destroy(side->cr);
    g_array_unref(side->spaces);
    return status == CAIRO_STATUS_SUCCESS ? 0 : 1;
}

int main(int argc, char **argv) {
    static const char *const folders[] = {"/usr/share/fonts", NULL};
    static const char *const families[] = {"Linux Libertine O", NULL};
    if (argc != 4) return 2;
    double width = g_ascii_strtod(argv[1], NULL);
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Fonts) fonts = fonts_load(folders, families, diag);
    g_autoptr(FrHyphen) hyphens = fr_hyphen_load(HYPHEN_DICTIONARY, diag);
    g_autoptr(Arena) arena = arena_new();
    if (!fonts || !hyphens) return 1;
    int font = fonts_find(fonts, style.family, FONT_REGULAR, false, SIZE, style.features);
    double space = fonts_metrics(fonts, font).space;
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/dev/stdin", &text, NULL, NULL)) return 3;
    g_auto(GStrv) paragraphs = g_strsplit(g_strchomp(text), "\n", -1);
    enum { MOST_LINES = 400 };
    Sheet ours = side_new(width, space, MOST_LINES * leading);
    Sheet pango = side_new(width, space, MOST_LINES * leading);
    for (char **paragraph = paragraphs; *paragraph; paragraph++) {
        set_ours(&ours, fonts, hyphens, *paragraph, arena, diag);
        set_pango(&pango, fonts, *paragraph);
    }
    puts("| | lines | ≤ 80 % | 80–85 | 85–95 | 95–105 | 105–115 | 115–133 | 133–150 | 150–200 "
         "| 200–300 | > 300 | mean | deviation | widest | hyphens | rivers |\n"
         "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
    print_side("frise", &ours);
    print_side("pango", &pango);
    return side_write(&ours, argv[2]) + side_write(&pango, argv[3]);
}
