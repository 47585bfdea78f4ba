#include "page/table_block.h"

#include <math.h>

typedef struct {
    TextBlock *head;
    double x, width;    /* from the left edge of the table */
    double lane;        /* of its texts: all of the width, or what they need beside bars */
    double decimals;    /* widest part of a cell from its decimal comma on */
    double least, most; /* of its bars and their ranges, 0 among them */
} Column;

typedef struct {
    TextBlock *title, *subtitle;
    Column *columns;
    TextBlock **cells;  /* by row, then column; NULL without text */
    double *row_height; /* by row */
    double head_height, pad, title_height;
} TableLayout;

/* Of a column with bars: its texts take no more. */
static const double MOST_LANE = 0.6;

static double type_size(const PageContext *context) {
    return context->medium->styles[STYLE_TABLE].size;
}

/* ---- values of bars */

/* False for an empty cell. */
static bool cell_number(const Block *block, size_t row, int column, double *ret) {
    if (column < 0) return false;
    Value value = table_cell(block->data, row, (size_t)column);
    if (value.kind == VALUE_NULL) return false;
    *ret = value_number(value);
    return true;
}

static void take_values(const Block *block, const TableColumn *spec, Column *column) {
    const int sources[] = {spec->bar, spec->low, spec->high};
    for (size_t r = 0; r < block->data->n_rows; r++)
        for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
            double value;
            if (!cell_number(block, r, sources[i], &value)) continue;
            column->least = fmin(column->least, value);
            column->most = fmax(column->most, value);
        }
}

/* Columns of one scale can be compared, others need no common unit. */
static void share_scale(const Block *block, TableLayout *layout) {
    double least = 0, most = 0;
    for (size_t c = 0; c < block->n_columns; c++) {
        least = fmin(least, layout->columns[c].least);
        most = fmax(most, layout->columns[c].most);
    }
    for (size_t c = 0; c < block->n_columns; c++)
        layout->columns[c].least = least, layout->columns[c].most = most;
}

/* ---- layout */

static double title_height(const PageContext *context, const TableLayout *layout) {
    double em = context->medium->styles[STYLE_SUBTITLE].size, h = 0;
    if (layout->title->n_lines) h += page_text_height(layout->title) + em * 0.42;
    if (layout->subtitle->n_lines) h += page_text_height(layout->subtitle) + em * 0.95;
    return h;
}

static void lay_columns(const PageContext *context, const Block *block, TableLayout *layout,
                        double width) {
    double total = 0, gutter = context->medium->gap * 0.8, x = 0;
    for (size_t c = 0; c < block->n_columns; c++) total += block->columns[c].width;
    double room = width - gutter * (double)(block->n_columns - 1);
    for (size_t c = 0; c < block->n_columns; c++) {
        Column *column = &layout->columns[c];
        column->x = x;
        column->width = room * block->columns[c].width / total;
        x += column->width + gutter;
    }
}

static void lay_cells(const PageContext *context, const Block *block, TableLayout *layout,
                      size_t c) {
    const TableColumn *spec = &block->columns[c];
    Column *column = &layout->columns[c];
    bool has_bar = spec->bar >= 0;
    double widest = 0, before = 0, width = column->width * (has_bar ? MOST_LANE : 1);
    for (size_t r = 0; spec->cells && r < block->data->n_rows; r++) {
        TextBlock *cell = page_text(context, STYLE_TABLE, spec->cells[r], width, FIT_RAGGED);
        layout->cells[r * block->n_columns + c] = cell;
        layout->row_height[r] = fmax(layout->row_height[r], page_text_height(cell));
        widest = fmax(widest, cell->width);
        if (spec->align != CELLS_DECIMAL) continue;
        before = fmax(before, text_decimal_x(cell));
        column->decimals = fmax(column->decimals, cell->width - text_decimal_x(cell));
    }
    column->lane = has_bar ? fmax(widest, before + column->decimals) : column->width;
}

static TableLayout table_layout(const PageContext *context, const Block *block, double width) {
    size_t rows = block->data->n_rows, columns = block->n_columns;
    Arena *arena = context->arena;
    TableLayout layout = {.columns = ARENA_ARRAY(arena, Column, columns),
                          .cells = ARENA_ARRAY(arena, TextBlock *, rows * columns),
                          .row_height = ARENA_ARRAY(arena, double, rows)};
    layout.title = page_text(context, STYLE_HEADING, block->title, width, FIT_BALANCED);
    layout.subtitle = page_text(context, STYLE_SUBTITLE, block->text, width, FIT_BALANCED);
    layout.title_height = title_height(context, &layout);
    layout.pad = type_size(context) * 0.52;
    lay_columns(context, block, &layout, width);
    for (size_t c = 0; c < columns; c++) {
        Column *column = &layout.columns[c];
        column->head = page_text(context, STYLE_TABLE_HEAD, block->columns[c].head, column->width,
                                 FIT_BALANCED);
        layout.head_height = fmax(layout.head_height, page_text_height(column->head));
        lay_cells(context, block, &layout, c);
        take_values(block, &block->columns[c], column);
    }
    if (block->has_one_scale) share_scale(block, &layout);
    for (size_t r = 0; r < rows; r++) layout.row_height[r] += 2 * layout.pad;
    return layout;
}

double table_block_height(const PageContext *context, const Block *block, double width) {
    if (!block->data) return 0;
    TableLayout layout = table_layout(context, block, width);
    double height = layout.title_height + layout.head_height + layout.pad;
    for (size_t r = 0; r < block->data->n_rows; r++) height += layout.row_height[r];
    return height;
}

/* ---- bars */

/* The bars of a column, within a cell's rectangle. */
static Rect bar_room(const PageContext *context, const Column *column, Rect rect) {
    double lane = column->lane > 0 ? column->lane + type_size(context) * 0.7 : 0;
    return (Rect){rect.x + lane, rect.y, fmax(rect.w - lane, 0), rect.h};
}

static double bar_x(const Column *column, Rect room, double value) {
    return room.x + (value - column->least) / (column->most - column->least) * room.w;
}

/* Over the bar, parted from it by a rim of the ground: the range in which the value is known. */
static void draw_whisker(const PageContext *context, const char *key, double x0, double x1,
                         Rect bar) {
    double y = bar.y + bar.h / 2, half = bar.h * 0.26, width = context->medium->line * 1.4;
    const Color colors[] = {theme_background(context->theme), page_color(context, "ink")};
    for (size_t i = 0; i < G_N_ELEMENTS(colors); i++) {
        Role role = i ? ROLE_MARK : ROLE_BACKGROUND;
        Paint paint = paint_stroke(colors[i], i ? width : width * 2.6);
        double reach = i ? 0 : width * 0.8;
        frame_line(context->frame, role, key, (Point[]){{x0 - reach, y}, {x1 + reach, y}}, 2,
                   paint);
        for (int end = 0; end < 2; end++) {
            double x = end ? x1 : x0;
            frame_line(context->frame, role, key,
                       (Point[]){{x, y - half - reach}, {x, y + half + reach}}, 2, paint);
        }
    }
}

/* From zero, upwards to the right; zero itself is a tick, and what is not known is left empty. */
static void draw_bar(const PageContext *context, const Block *block, const Column *column,
                     const TableColumn *spec, size_t row, Rect room) {
    double size = type_size(context), thin = context->medium->line, value, low, high;
    if (column->most <= column->least) return;
    double zero = bar_x(column, room, 0);
    Rect bar = {zero, room.y + size * 0.02, 0, size * 0.78};
    if (cell_number(block, row, spec->bar, &value)) {
        double end = bar_x(column, room, value);
        bar.w = fmax(fabs(end - zero), thin);
        bar.x = value < 0 ? zero - bar.w : zero;
        chart_mark_rect(context->frame, context->theme, context->medium, block->keys[row], bar,
                        spec->bar_color);
    }
    if (cell_number(block, row, spec->low, &low) && cell_number(block, row, spec->high, &high) &&
        low < high)
        draw_whisker(context, block->keys[row], bar_x(column, room, low), bar_x(column, room, high),
                     bar);
    if (column->least < 0) /* where bars go both ways, zero is a line through all rows */
        frame_line(context->frame, ROLE_RULING, NULL,
                   (Point[]){{zero, room.y - size * 0.52}, {zero, room.y + room.h + size * 0.52}},
                   2, paint_stroke(page_color(context, "axis"), thin));
}

/* ---- drawing */

/* Where a cell starts or, aligned on the right, ends. Decimal commas stand one under another, the
 * longest fraction at the right edge. */
static double cell_x(const Column *column, const TextBlock *text, CellAlign align, double x) {
    switch (align) {
    case CELLS_LEFT: return x;
    case CELLS_RIGHT: return x + column->lane;
    case CELLS_DECIMAL: return x + column->lane - column->decimals - text_decimal_x(text);
    }
    return x;
}

static void draw_cell(const PageContext *context, const Block *block, const TableLayout *layout,
                      size_t row, size_t c, Rect rect) {
    const TableColumn *spec = &block->columns[c];
    const Column *column = &layout->columns[c];
    const char *key = block->keys[row];
    frame_begin(context->frame, ROLE_CELL, key, NULL, NULL);
    if (spec->bar >= 0)
        draw_bar(context, block, column, spec, row, bar_room(context, column, rect));
    TextBlock *text = layout->cells[row * block->n_columns + c];
    if (text)
        text_draw(text, context->frame, (Point){cell_x(column, text, spec->align, rect.x), rect.y},
                  spec->align == CELLS_RIGHT ? ALIGN_RIGHT : ALIGN_LEFT, ROLE_PARAGRAPH, key,
                  false);
    frame_end(context->frame);
}

static double draw_title(const PageContext *context, const TableLayout *layout, Rect rect) {
    double em = context->medium->styles[STYLE_SUBTITLE].size, y = rect.y;
    Rect box = text_draw(layout->title, context->frame, (Point){rect.x, y}, ALIGN_LEFT,
                         ROLE_HEADING, NULL, false);
    if (layout->title->n_lines) y = box.y + box.h + em * 0.42;
    text_draw(layout->subtitle, context->frame, (Point){rect.x, y}, ALIGN_LEFT, ROLE_SUBTITLE, NULL,
              false);
    return rect.y + layout->title_height;
}

static void draw_line(const PageContext *context, Rect rect, double y, const char *color) {
    frame_line(context->frame, ROLE_RULING, NULL, (Point[]){{rect.x, y}, {rect.x + rect.w, y}}, 2,
               paint_stroke(page_color(context, color), context->medium->line));
}

/* Where a head ends when it is aligned on the right, as the texts under it are; false when it
 * starts at the left of its column: over bars, or over texts that are narrower. */
static bool head_end(const Column *column, const TableColumn *spec, double *ret_x) {
    *ret_x = column->x + column->lane;
    return spec->align != CELLS_LEFT && (spec->bar < 0 || column->head->width <= column->lane);
}

static void draw_heads(const PageContext *context, const Block *block, const TableLayout *layout,
                       double x, double y) {
    frame_begin(context->frame, ROLE_ROW, NULL, NULL, NULL);
    for (size_t c = 0; c < block->n_columns; c++) {
        const Column *column = &layout->columns[c];
        double end;
        bool is_right = head_end(column, &block->columns[c], &end);
        Point at = {x + (is_right ? end : column->x),
                    y + layout->head_height - page_text_height(column->head)};
        frame_begin(context->frame, ROLE_HEADER_CELL, NULL, NULL, NULL);
        text_draw(column->head, context->frame, at, is_right ? ALIGN_RIGHT : ALIGN_LEFT,
                  ROLE_PARAGRAPH, NULL, false);
        frame_end(context->frame);
    }
    frame_end(context->frame);
}

void table_block_draw(const PageContext *context, const Block *block, Rect rect) {
    if (!block->data || !block->n_columns) return;
    TableLayout layout = table_layout(context, block, rect.w);
    frame_begin(context->frame, ROLE_TABLE, block->name, block->title.plain, NULL);
    double y = draw_title(context, &layout, rect);
    draw_heads(context, block, &layout, rect.x, y);
    y += layout.head_height + layout.pad;
    for (size_t r = 0; r < block->data->n_rows; r++) {
        draw_line(context, rect, y, r ? "line" : "axis");
        frame_begin(context->frame, ROLE_ROW, block->keys[r], NULL, NULL);
        for (size_t c = 0; c < block->n_columns; c++)
            draw_cell(context, block, &layout, r, c,
                      (Rect){rect.x + layout.columns[c].x, y + layout.pad, layout.columns[c].width,
                             layout.row_height[r] - 2 * layout.pad});
        frame_end(context->frame);
        y += layout.row_height[r];
    }
    draw_line(context, rect, y, "line");
    frame_end(context->frame);
}
