#include "page/block.h"

#include "chart/spark.h"
#include "page/prose.h"
#include "page/table_block.h"

#include <math.h>

Color page_color(const PageContext *context, const char *role) {
    return theme_role(context->theme, role);
}

TextBlock *page_text(const PageContext *context, StyleName name, RichText text, double width,
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

double page_text_height(const TextBlock *block) {
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
    return page_text(context, block->style, block->text, width, fit);
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

static ChartContext chart_context(const PageContext *context) {
    return (ChartContext){.fonts = context->fonts,
                          .theme = context->theme,
                          .medium = context->medium,
                          .lock = context->lock,
                          .faulty = context->faulty};
}

/* Places are from the top left of the number. */
typedef struct {
    TextBlock *number, *text;
    SparkEnds ends;
    Rect spark;
    double text_y, height;
} NumberLayout;

static double cap_height(const PageContext *context, const TextStyle *style) {
    int font = fonts_find(context->fonts, style->family, style->weight, style->is_italic,
                          style->size, style->features);
    return fonts_metrics(context->fonts, font).cap_height;
}

/* Does the text begin its first line under the sparkline, too near for names of its ends? */
static bool runs_under(const NumberLayout *layout) {
    return layout->text->n_lines && layout->text->lines[0].width > layout->spark.x;
}

/* On the baseline of the number, at its right. False without room there. The texts of neighbours
 * stay on one line: what would push the text down is left out. */
static bool lay_spark_beside(const PageContext *context, const Spark *spark, double inner,
                             NumberLayout *layout) {
    const TextStyle *style = &context->medium->styles[STYLE_NUMBER];
    const ChartContext chart = chart_context(context);
    const TextBlock *number = layout->number;
    if (!number->n_lines) return false;
    SparkWidth width = spark_width(spark, style->size);
    double cap = cap_height(context, style);
    double baseline = number->ascent + (double)(number->n_lines - 1) * number->leading;
    double x = number->lines[number->n_lines - 1].width + style->size * 0.45;
    if (inner - x < width.least) return false;
    layout->spark = (Rect){x, baseline - cap, fmin(width.wished, inner - x), cap};
    layout->ends = spark_ends(spark, &chart, layout->spark.w, context->arena, context->diag);
    if (baseline + layout->ends.height > layout->text_y || runs_under(layout))
        layout->ends = (SparkEnds){0};
    return true;
}

/* Under number and text, so that those of neighbours still stand side by side. */
static void lay_spark_under(const PageContext *context, const Spark *spark, double inner,
                            NumberLayout *layout) {
    const TextStyle *style = &context->medium->styles[STYLE_NUMBER];
    const ChartContext chart = chart_context(context);
    double width = fmin(spark_width(spark, style->size).wished, inner);
    double y = layout->height + (layout->text->n_lines ? number_gap(context) : 0);
    layout->spark = (Rect){0, y, width, cap_height(context, style)};
    layout->ends = spark_ends(spark, &chart, width, context->arena, context->diag);
    layout->height = y + layout->spark.h + layout->ends.height;
}

static NumberLayout lay_number(const PageContext *context, const Block *block, double width) {
    double inner = width - number_inset(context, true);
    NumberLayout layout = {
        .number =
            set_colored(context, STYLE_NUMBER, block->number, number_color(context, block), inner),
        .text = page_text(context, STYLE_NUMBER_TEXT, block->text, inner, FIT_RAGGED)};
    layout.text_y = page_text_height(layout.number) + number_gap(context);
    layout.height = layout.text_y + page_text_height(layout.text);
    if (block->spark && !lay_spark_beside(context, block->spark, inner, &layout))
        lay_spark_under(context, block->spark, inner, &layout);
    return layout;
}

static void draw_spark(const PageContext *context, const Block *block, const NumberLayout *layout,
                       Point at) {
    const ChartContext chart = chart_context(context);
    Rect rect = layout->spark;
    rect.x += at.x, rect.y += at.y;
    frame_begin(context->frame, ROLE_FIGURE, block->name, NULL, block->spark->alt);
    spark_paint(block->spark, &layout->ends, &chart, context->frame, rect,
                number_color(context, block));
    frame_end(context->frame);
}

static void draw_number(const PageContext *context, const Block *block, Rect rect, bool has_edge) {
    if (has_edge)
        frame_line(context->frame, ROLE_RULING, NULL,
                   (Point[]){{rect.x, rect.y - 2}, {rect.x, rect.y + rect.h + 2}}, 2,
                   paint_stroke(page_color(context, "line"), context->medium->line));
    NumberLayout layout = lay_number(context, block, rect.w);
    Point at = {rect.x + number_inset(context, has_edge), rect.y};
    text_draw(layout.number, context->frame, at, ALIGN_LEFT, ROLE_NUMBER, block->name, false);
    text_draw(layout.text, context->frame, (Point){at.x, at.y + layout.text_y}, ALIGN_LEFT,
              ROLE_PARAGRAPH, block->name, false);
    if (block->spark) draw_spark(context, block, &layout, at); /* read after what it is about */
}

/* ---- any block */

static double content_height(const PageContext *context, const Block *block, double width) {
    switch (block->kind) {
    case BLOCK_TEXT: return page_text_height(set_text(context, block, width));
    case BLOCK_PROSE: return prose_height(context, block, width);
    case BLOCK_NUMBER: return lay_number(context, block, width).height;
    case BLOCK_TABLE: return table_block_height(context, block, width);
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
    const ChartContext chart = chart_context(context);
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
    case BLOCK_TABLE: table_block_draw(context, block, rect); break;
    case BLOCK_FIGURE: break;
    }
    diag_leave(context->diag);
}
