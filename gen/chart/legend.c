#include "chart/legend.h"

#include <math.h>

static bool shows_legend(Chart *chart) {
    Node *legend = node_list(chart->figure->node, "legend", chart->diag);
    if (!chart->legend->len) return false;
    bool is_shown = !legend;
    for (size_t i = 0; legend && i < legend->n_children; i++) {
        legend->children[i]->is_read = true;
        const char *name = legend->children[i]->text;
        is_shown |= name && (g_str_equal(name, chart->medium->name) ||
                             g_str_equal(name, chart->medium->layout));
    }
    return is_shown;
}

typedef struct {
    const LegendEntry *entry;
    TextBlock *name;
    double lead;   /* from the left of its swatch to its name */
    double height; /* of the line that it needs */
    Point at;
} LegendItem;

/* The line that ends before item `end` gets its height, and its items what they lack of it. */
static double close_line(LegendItem *items, size_t start, size_t end, double y, double usual) {
    double height = usual;
    for (size_t i = start; i < end; i++) height = fmax(height, items[i].height);
    for (size_t i = start; i < end; i++) items[i].at.y = y + (height - usual) / 2;
    return y + height;
}

/* Entries at their places in lines no wider than `width`; returns the number of lines. */
static int flow_legend(LegendItem *items, size_t n, double em, double width, double *ret_height) {
    double x = 0, y = 0;
    size_t start = 0;
    int lines = 1;
    for (size_t i = 0; i < n; i++) {
        double w = items[i].lead + items[i].name->width;
        if (x > 0 && x + w > width) {
            y = close_line(items, start, i, y, em * 1.6);
            x = 0, start = i, lines++;
        }
        items[i].at.x = x;
        x += w + em * 1.5;
    }
    *ret_height = close_line(items, start, n, y, em * 1.6) - em * 0.6;
    return lines;
}

/* The widest symbol, a triangle, is as wide as a swatch. */
static void paint_symbol(Chart *chart, const LegendEntry *entry, Point middle, double size) {
    double radius = size / (2 * symbol_reach(SYMBOL_TRIANGLE, 1) * cos(G_PI / 6));
    symbol_paint(chart->frame, ROLE_LEGEND, NULL, entry->symbol,
                 symbol_center(entry->symbol, middle, radius), radius,
                 chart_fill(chart, entry->color));
}

static void paint_swatch(Chart *chart, const LegendEntry *entry, Point at, double size) {
    Point center = {at.x + fmax(entry->radius, size / 2), at.y + size / 2};
    if (entry->symbol == SYMBOL_SWATCH)
        chart_rect(chart, ROLE_LEGEND, NULL, (Rect){at.x, at.y, size, size}, entry->color);
    else if (entry->radius > 0)
        frame_circle(chart->frame, ROLE_LEGEND, NULL, center, entry->radius,
                     paint_stroke(entry->color, chart->medium->line));
    else
        paint_symbol(chart, entry, center, size);
}

static LegendItem *legend_items(Chart *chart, double em) {
    LegendItem *items = ARENA_ARRAY(chart->arena, LegendItem, chart->legend->len);
    for (size_t i = 0; i < chart->legend->len; i++) {
        const LegendEntry *entry = &g_array_index(chart->legend, LegendEntry, i);
        double diameter = 2 * entry->radius;
        items[i] = (LegendItem){.entry = entry,
                                .name = chart_plain(chart, STYLE_LEGEND, entry->name),
                                .lead = fmax(em * 0.85, diameter) + em * 0.5,
                                .height = diameter + em * 0.5};
    }
    return items;
}

double legend_paint(Chart *chart, double x, double bottom, double width) {
    if (!shows_legend(chart)) return bottom;
    double em = chart->medium->styles[STYLE_LEGEND].size, swatch = em * 0.85, height;
    size_t n = chart->legend->len;
    LegendItem *items = legend_items(chart, em);
    int lines = flow_legend(items, n, em, width, &height);
    while (lines > 1 && width > em && flow_legend(items, n, em, width - em, &height) == lines)
        width -= em;
    flow_legend(items, n, em, width, &height);
    double top = bottom - height;
    for (size_t i = 0; i < n; i++) {
        const LegendItem *item = &items[i];
        Point p = {x + item->at.x, top + item->at.y};
        double text_y = p.y + (swatch - item->name->ascent) / 2;
        paint_swatch(chart, item->entry, p, swatch);
        text_draw(item->name, chart->frame, (Point){p.x + item->lead, text_y}, ALIGN_LEFT,
                  ROLE_LEGEND, NULL, false);
    }
    return top - em * 0.9;
}
