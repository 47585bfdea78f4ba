#include "page/grid.h"

#include <math.h>

typedef enum { LINE_NONE, LINE_THIN, LINE_DARK, LINE_THICK } LineKind;

typedef struct {
    const PageContext *context;
    const PageSpec *page;
    double left, width, gutter;
    double *y, *height; /* by row */
    LineKind *lines;    /* above each row */
} Grid;

static LineKind *read_lines(const PageContext *context, const PageSpec *page) {
    static const char *const names[] = {"none", "thin", "dark", "thick"};
    LineKind *lines = ARENA_ARRAY(context->arena, LineKind, (size_t)page->n_rows);
    Node *list = node_list(page->node, "lines", context->diag);
    for (size_t i = 0; list && i < list->n_children; i++) {
        Node *node = list->children[i];
        node->is_read = true;
        bool is_known = false;
        for (size_t k = 0; k < G_N_ELEMENTS(names); k++) {
            if (!node->text || !g_str_equal(node->text, names[k])) continue;
            is_known = true;
            if (i < (size_t)page->n_rows) lines[i] = (LineKind)k;
        }
        if (!is_known || i >= (size_t)page->n_rows)
            diag_error(context->diag, node->span, "unknown-value",
                       "write one of none, thin, dark, thick for each line of areas",
                       "lines: « %s » cannot stand here", node->text ? node->text : "");
    }
    return lines;
}

static double column_x(const Grid *grid, int column) {
    int n = grid->page->n_columns;
    double width = (grid->width - grid->gutter * (n - 1)) / n;
    return grid->left + (width + grid->gutter) * column;
}

/* Of the columns from `first` to before `end`, with the gutters between them. */
static double columns_width(const Grid *grid, int first, int end) {
    return column_x(grid, end) - grid->gutter - column_x(grid, first);
}

static double area_width(const Grid *grid, const Area *area) {
    return columns_width(grid, area->column, area->column + area->n_columns);
}

/* Room above a row: nothing above the first, air on both sides of a line, less between plain texts.
 */
static double space_above(const Grid *grid, int row) {
    double gap = grid->context->medium->gap;
    if (row == 0) return grid->lines[0] ? gap * 0.85 : 0;
    return grid->lines[row] ? gap * 1.9 : gap * 0.72;
}

static void lay_rows(Grid *grid) {
    const PageSpec *page = grid->page;
    const Medium *medium = grid->context->medium;
    double used = 0, shares = 0;
    for (size_t i = 0; i < page->n_areas; i++) {
        const Area *area = &page->areas[i];
        if (area->n_rows > 1 || page->shares[area->row] > 0) continue;
        double h = block_height(grid->context, &area->block, area_width(grid, area));
        grid->height[area->row] = fmax(grid->height[area->row], h);
    }
    for (int r = 0; r < page->n_rows; r++) {
        used += space_above(grid, r) + (page->shares[r] > 0 ? 0 : grid->height[r]);
        shares += page->shares[r];
    }
    double room = medium->height - medium->top - medium->bottom - used;
    if (room < 0)
        diag_error(grid->context->diag, page->node->span, "page-room",
                   "shorten a text, take a block away, or start another page",
                   "the blocks of this page are %.0f too high", -room);
    double y = medium->top;
    for (int r = 0; r < page->n_rows; r++) {
        if (page->shares[r] > 0) grid->height[r] = fmax(room, 0) * page->shares[r] / shares;
        y += space_above(grid, r);
        /* Nothing stretches: the last row stays at the foot of the page. */
        if (shares == 0 && r == page->n_rows - 1 && r > 0) y += fmax(room, 0);
        grid->y[r] = y;
        y += grid->height[r];
    }
}

/* Does a block go on from the row above, in this column? No line crosses it. */
static bool is_spanned(const Grid *grid, int row, int column) {
    for (size_t i = 0; i < grid->page->n_areas; i++) {
        const Area *area = &grid->page->areas[i];
        if (area->row < row && area->row + area->n_rows > row && area->column <= column &&
            area->column + area->n_columns > column)
            return true;
    }
    return false;
}

static void draw_line(const Grid *grid, int row, double y, Paint paint) {
    int n = grid->page->n_columns;
    for (int first = 0, end; first < n; first = end + 1) {
        for (end = first; end < n && !is_spanned(grid, row, end); end++) {
        }
        if (end == first) continue;
        double x = column_x(grid, first);
        frame_line(grid->context->frame, ROLE_RULING, NULL,
                   (Point[]){{x, y}, {x + columns_width(grid, first, end), y}}, 2, paint);
    }
}

static void draw_lines(const Grid *grid) {
    const PageContext *context = grid->context;
    double thin = context->medium->line;
    for (int r = 0; r < grid->page->n_rows; r++) {
        if (!grid->lines[r]) continue;
        bool is_thick = grid->lines[r] == LINE_THICK;
        const char *color = grid->lines[r] == LINE_THIN ? "line" : "ink";
        double y = grid->y[r] - context->medium->gap * (r ? 0.95 : 0.85);
        draw_line(grid, r, y,
                  paint_stroke(page_color(context, color), is_thick ? thin * 3.4 : thin));
    }
}

static Rect area_rect(const Grid *grid, const Area *area) {
    int last = area->row + area->n_rows - 1;
    return (Rect){column_x(grid, area->column), grid->y[area->row], area_width(grid, area),
                  grid->y[last] + grid->height[last] - grid->y[area->row]};
}

void grid_draw(const PageContext *context, const PageSpec *page) {
    if (!page->n_rows) return;
    const Medium *medium = context->medium;
    Grid grid = {.context = context,
                 .page = page,
                 .left = medium->left,
                 .width = medium->width - medium->left - medium->right,
                 .gutter = medium->gap * 1.6,
                 .y = ARENA_ARRAY(context->arena, double, (size_t)page->n_rows),
                 .height = ARENA_ARRAY(context->arena, double, (size_t)page->n_rows),
                 .lines = read_lines(context, page)};
    lay_rows(&grid);
    draw_lines(&grid);
    for (size_t i = 0; i < page->n_areas; i++) {
        const Area *area = &page->areas[i];
        block_draw(context, &area->block, area_rect(&grid, area), area->column > 0);
    }
}
