#include "page/block.h"

#include "page/prose.h"

#include <math.h>

Color page_color(const PageContext *context, const char *role) {
    return theme_role(context->theme, role);
}

static TextBlock *set(const PageContext *context, StyleName name, RichText text, double width,
                      TextFit fit) {
    return text_set(context->fonts, &context->medium->styles[name], text.spans, text.n, width, fit,
                    context->arena, context->diag);
}

static TextBlock *set_colored(const PageContext *context, StyleName name, RichText text,
                              Color color, double width) {
    TextStyle style = context->medium->styles[name];
    style.color = color;
    return text_set(context->fonts, &style, text.spans, text.n, width, FIT_BALANCED, context->arena,
                    context->diag);
}

static double block_box_height(const TextBlock *block) {
    return block->n_lines ? text_box(block, (Point){0, 0}, ALIGN_LEFT).h : 0;
}

/* ---- text */

static Role text_role(StyleName style) {
    switch (style) {
    case STYLE_KICKER: return ROLE_KICKER;
    case STYLE_TITLE: return ROLE_TITLE;
    case STYLE_HEADING: return ROLE_HEADING;
    case STYLE_SUBTITLE: return ROLE_SUBTITLE;
    case STYLE_SOURCE: return ROLE_SOURCE;
    default: return ROLE_PARAGRAPH;
    }
}

static TextBlock *set_text(const PageContext *context, const Block *block, double width) {
    bool is_title = block->style == STYLE_TITLE || block->style == STYLE_HEADING;
    TextFit fit = is_title ? FIT_BALANCED : FIT_RAGGED;
    if (block->has_color)
        return set_colored(context, block->style, block->text, block->color, width);
    return set(context, block->style, block->text, width, fit);
}

static void draw_text(const PageContext *context, const Block *block, Rect rect) {
    TextBlock *text = set_text(context, block, rect.w);
    Role role = text_role(block->style);
    bool is_entry = role == ROLE_TITLE || role == ROLE_HEADING;
    frame_begin(context->frame, role, block->name, is_entry ? block->text.plain : NULL, NULL);
    text_draw(text, context->frame, (Point){rect.x + (block->is_right ? rect.w : 0), rect.y},
              block->is_right ? ALIGN_RIGHT : ALIGN_LEFT, role, NULL, false);
    frame_end(context->frame);
}

/* ---- key figures */

static Color number_color(const PageContext *context, const Block *block) {
    return block->has_color ? block->color : page_color(context, "ink");
}

static double number_inset(const PageContext *context, bool has_edge) {
    return has_edge ? context->medium->gap * 0.9 : 0;
}

static double number_gap(const PageContext *context) {
    return context->medium->styles[STYLE_NUMBER_TEXT].size * 0.62;
}

static double number_height(const PageContext *context, const Block *block, double width) {
    double inner = width - number_inset(context, true);
    TextBlock *number = set(context, STYLE_NUMBER, block->number, inner, FIT_BALANCED);
    TextBlock *text = set(context, STYLE_NUMBER_TEXT, block->text, inner, FIT_RAGGED);
    return block_box_height(number) + number_gap(context) + block_box_height(text);
}

static void draw_number(const PageContext *context, const Block *block, Rect rect, bool has_edge) {
    double inset = number_inset(context, has_edge), inner = rect.w - number_inset(context, true);
    if (has_edge)
        frame_line(context->frame, ROLE_RULING, NULL,
                   (Point[]){{rect.x, rect.y - 2}, {rect.x, rect.y + rect.h + 2}}, 2,
                   paint_stroke(page_color(context, "line"), context->medium->line));
    TextBlock *number =
        set_colored(context, STYLE_NUMBER, block->number, number_color(context, block), inner);
    TextBlock *text = set(context, STYLE_NUMBER_TEXT, block->text, inner, FIT_RAGGED);
    Point at = {rect.x + inset, rect.y};
    Rect box = text_draw(number, context->frame, at, ALIGN_LEFT, ROLE_NUMBER, block->name, false);
    at.y = box.y + box.h + number_gap(context);
    text_draw(text, context->frame, at, ALIGN_LEFT, ROLE_PARAGRAPH, block->name, false);
}

/* ---- tables */

typedef struct {
    TextBlock *title, *subtitle;
    TextBlock **heads;  /* by column */
    TextBlock **cells;  /* by row, then column; NULL without text */
    double *x, *width;  /* by column */
    double *row_height; /* by row */
    double *decimals;   /* by column: widest part of a cell from its decimal comma on */
    double head_height, pad, title_height;
    double max; /* of bars */
} TableLayout;

static double title_height(const PageContext *context, const TableLayout *layout) {
    double em = context->medium->styles[STYLE_SUBTITLE].size, h = 0;
    if (layout->title->n_lines) h += block_box_height(layout->title) + em * 0.42;
    if (layout->subtitle->n_lines) h += block_box_height(layout->subtitle) + em * 0.95;
    return h;
}

static void lay_columns(const PageContext *context, const Block *block, TableLayout *layout,
                        double width) {
    double total = 0, gutter = context->medium->gap * 0.8, x = 0;
    for (size_t c = 0; c < block->n_columns; c++) total += block->columns[c].width;
    double room = width - gutter * (double)(block->n_columns - 1);
    for (size_t c = 0; c < block->n_columns; c++) {
        layout->x[c] = x;
        layout->width[c] = room * block->columns[c].width / total;
        x += layout->width[c] + gutter;
    }
}

static double bar_value(const Block *block, size_t row, size_t column) {
    return value_number(table_cell(block->data, row, (size_t)block->columns[column].bar));
}

static TableLayout table_layout(const PageContext *context, const Block *block, double width) {
    size_t rows = block->data->n_rows, columns = block->n_columns;
    Arena *arena = context->arena;
    TableLayout layout = {.heads = ARENA_ARRAY(arena, TextBlock *, columns),
                          .cells = ARENA_ARRAY(arena, TextBlock *, rows * columns),
                          .x = ARENA_ARRAY(arena, double, columns),
                          .width = ARENA_ARRAY(arena, double, columns),
                          .row_height = ARENA_ARRAY(arena, double, rows),
                          .decimals = ARENA_ARRAY(arena, double, columns)};
    layout.title = set(context, STYLE_HEADING, block->title, width, FIT_BALANCED);
    layout.subtitle = set(context, STYLE_SUBTITLE, block->text, width, FIT_BALANCED);
    layout.title_height = title_height(context, &layout);
    layout.pad = context->medium->styles[STYLE_TABLE].size * 0.52;
    lay_columns(context, block, &layout, width);
    for (size_t c = 0; c < columns; c++) {
        const TableColumn *column = &block->columns[c];
        layout.heads[c] =
            set(context, STYLE_TABLE_HEAD, column->head, layout.width[c], FIT_BALANCED);
        layout.head_height = fmax(layout.head_height, block_box_height(layout.heads[c]));
        for (size_t r = 0; r < rows; r++) {
            if (column->bar >= 0) layout.max = fmax(layout.max, bar_value(block, r, c));
            if (!column->cells) continue;
            TextBlock *cell =
                set(context, STYLE_TABLE, column->cells[r], layout.width[c], FIT_RAGGED);
            layout.cells[r * columns + c] = cell;
            layout.row_height[r] = fmax(layout.row_height[r], block_box_height(cell));
            if (column->align == CELLS_DECIMAL)
                layout.decimals[c] = fmax(layout.decimals[c], cell->width - text_decimal_x(cell));
        }
    }
    for (size_t r = 0; r < rows; r++) layout.row_height[r] += 2 * layout.pad;
    return layout;
}

static double table_height(const PageContext *context, const Block *block, double width) {
    TableLayout layout = table_layout(context, block, width);
    double height = layout.title_height + layout.head_height + layout.pad;
    for (size_t r = 0; r < block->data->n_rows; r++) height += layout.row_height[r];
    return height;
}

/* Where a cell starts or, aligned on the right, ends. Decimal commas stand one under another, the
 * longest fraction at the right edge. */
static double cell_x(const TableLayout *layout, const TextBlock *text, CellAlign align,
                     size_t column, Rect rect) {
    switch (align) {
    case CELLS_LEFT: return rect.x;
    case CELLS_RIGHT: return rect.x + rect.w;
    case CELLS_DECIMAL: return rect.x + rect.w - layout->decimals[column] - text_decimal_x(text);
    }
    return rect.x;
}

static void draw_cell(const PageContext *context, const Block *block, const TableLayout *layout,
                      size_t row, size_t column, Rect rect) {
    const TableColumn *spec = &block->columns[column];
    const char *key = block->keys[row];
    frame_begin(context->frame, ROLE_CELL, key, NULL, NULL);
    if (spec->bar >= 0 && layout->max > 0) {
        double size = context->medium->styles[STYLE_TABLE].size;
        double w = bar_value(block, row, column) / layout->max * rect.w;
        frame_rect(context->frame, ROLE_MARK, key,
                   (Rect){rect.x, rect.y + size * 0.02, w, size * 0.78},
                   paint_fill(spec->bar_color));
    }
    TextBlock *text = layout->cells[row * block->n_columns + column];
    if (text) {
        Point at = {cell_x(layout, text, spec->align, column, rect), rect.y};
        text_draw(text, context->frame, at, spec->align == CELLS_RIGHT ? ALIGN_RIGHT : ALIGN_LEFT,
                  ROLE_PARAGRAPH, key, false);
    }
    frame_end(context->frame);
}

static double draw_table_title(const PageContext *context, const TableLayout *layout, Rect rect) {
    double em = context->medium->styles[STYLE_SUBTITLE].size, y = rect.y;
    Rect box = text_draw(layout->title, context->frame, (Point){rect.x, y}, ALIGN_LEFT,
                         ROLE_HEADING, NULL, false);
    if (layout->title->n_lines) y = box.y + box.h + em * 0.42;
    text_draw(layout->subtitle, context->frame, (Point){rect.x, y}, ALIGN_LEFT, ROLE_SUBTITLE, NULL,
              false);
    return rect.y + layout->title_height;
}

static void draw_row_line(const PageContext *context, Rect rect, double y, const char *color) {
    frame_line(context->frame, ROLE_RULING, NULL, (Point[]){{rect.x, y}, {rect.x + rect.w, y}}, 2,
               paint_stroke(page_color(context, color), context->medium->line));
}

static void draw_table(const PageContext *context, const Block *block, Rect rect) {
    if (!block->data || !block->n_columns) return;
    TableLayout layout = table_layout(context, block, rect.w);
    frame_begin(context->frame, ROLE_TABLE, block->name, block->title.plain, NULL);
    double y = draw_table_title(context, &layout, rect);
    frame_begin(context->frame, ROLE_ROW, NULL, NULL, NULL);
    for (size_t c = 0; c < block->n_columns; c++) {
        bool is_right = block->columns[c].align != CELLS_LEFT;
        double x = rect.x + layout.x[c] + (is_right ? layout.width[c] : 0);
        double head_y = y + layout.head_height - block_box_height(layout.heads[c]);
        frame_begin(context->frame, ROLE_HEADER_CELL, NULL, NULL, NULL);
        text_draw(layout.heads[c], context->frame, (Point){x, head_y},
                  is_right ? ALIGN_RIGHT : ALIGN_LEFT, ROLE_PARAGRAPH, NULL, false);
        frame_end(context->frame);
    }
    frame_end(context->frame);
    y += layout.head_height + layout.pad;
    for (size_t r = 0; r < block->data->n_rows; r++) {
        draw_row_line(context, rect, y, r ? "line" : "axis");
        frame_begin(context->frame, ROLE_ROW, block->keys[r], NULL, NULL);
        for (size_t c = 0; c < block->n_columns; c++)
            draw_cell(context, block, &layout, r, c,
                      (Rect){rect.x + layout.x[c], y + layout.pad, layout.width[c],
                             layout.row_height[r] - 2 * layout.pad});
        frame_end(context->frame);
        y += layout.row_height[r];
    }
    draw_row_line(context, rect, y, "line");
    frame_end(context->frame);
}

/* ---- any block */

static double content_height(const PageContext *context, const Block *block, double width) {
    switch (block->kind) {
    case BLOCK_TEXT: return block_box_height(set_text(context, block, width));
    case BLOCK_PROSE: return prose_height(context, block, width);
    case BLOCK_NUMBER: return number_height(context, block, width);
    case BLOCK_TABLE: return block->data ? table_height(context, block, width) : 0;
    case BLOCK_FIGURE: return 0;
    }
    return 0;
}

double block_height(const PageContext *context, const Block *block, double width) {
    if (block->kind == BLOCK_FIGURE) return 0;
    diag_enter_at(context->diag, block->node->key_span, "block %s", block->name);
    double height = content_height(context, block, width);
    diag_leave(context->diag);
    return height;
}

static void draw_figure(const PageContext *context, const Block *block, Rect rect) {
    ChartContext chart = {.fonts = context->fonts,
                          .theme = context->theme,
                          .medium = context->medium,
                          .lock = context->lock,
                          .faulty = context->faulty};
    g_autoptr(Frame) part = chart_compose(block->figure, &chart, rect.w, rect.h, context->diag);
    if (part) frame_place(context->frame, part, rect.x, rect.y);
}

void block_draw(const PageContext *context, const Block *block, Rect rect, bool has_edge) {
    if (block->kind == BLOCK_FIGURE) { /* a figure names its own step */
        draw_figure(context, block, rect);
        return;
    }
    diag_enter_at(context->diag, block->node->key_span, "block %s", block->name);
    switch (block->kind) {
    case BLOCK_TEXT: draw_text(context, block, rect); break;
    case BLOCK_PROSE: prose_draw(context, block, rect); break;
    case BLOCK_NUMBER: draw_number(context, block, rect, has_edge); break;
    case BLOCK_TABLE: draw_table(context, block, rect); break;
    case BLOCK_FIGURE: break;
    }
    diag_leave(context->diag);
}
