#include "chart/key.h"

#include "base/i18n.h"

#include <math.h>

void key_leave_out(Chart *chart, LeftOut what) {
    g_array_append_val(chart->left_out, what);
}

static double em_of(const Chart *chart) {
    return chart->medium->styles[STYLE_LABEL].size;
}

double key_lane_height(const Chart *chart, size_t panel) {
    return panel < 32 && chart->lanes >> panel & 1 ? em_of(chart) * 2.1 : 0;
}

double key_lanes_height(const Chart *chart) {
    double height = 0;
    for (size_t p = 0; p < chart->figure->n_panels; p++) height += key_lane_height(chart, p);
    return height;
}

static int from_left(const void *a, const void *b) {
    const LeftOut *x = a, *y = b;
    if (x->point.x != y->point.x) return x->point.x < y->point.x ? -1 : 1;
    if (x->panel != y->panel) return x->panel < y->panel ? -1 : 1;
    return g_strcmp0(x->key, y->key);
}

static LeftOut *left_out_at(const Chart *chart, guint i) {
    return &g_array_index(chart->left_out, LeftOut, i);
}

static TextBlock *number_text(Chart *chart, guint first, guint last) {
    g_autofree char *text =
        first == last ? g_strdup_printf("%u", first) : g_strdup_printf("%u–%u", first, last);
    TextSpan span = {.text = text, .len = strlen(text), .is_bold = true};
    return chart_text(chart, STYLE_LABEL, (RichText){&span, 1, text}, 0, FIT_BALANCED);
}

/* ---- beside the marks */

/* Draws the numbers that stand by their marks; is_set says which do. */
static void set_near(Chart *chart, const LabelPlace *places, bool *is_set) {
    LabelField *field = label_field_after(chart->field, places, chart->arena);
    guint n = chart->left_out->len;
    TextBlock **blocks = ARENA_ARRAY(chart->arena, TextBlock *, n + 1);
    guint *which = ARENA_ARRAY(chart->arena, guint, n + 1);
    size_t n_wishes = 0;
    for (guint i = 0; i < n; i++) {
        const LeftOut *of = left_out_at(chart, i);
        if (!of->may_be_near) continue;
        blocks[n_wishes] = number_text(chart, i + 1, i + 1);
        which[n_wishes] = i;
        const PanelView *panel = &chart->panels[of->panel];
        label_field_wish(field, (LabelWish){.block = blocks[n_wishes++],
                                            .key = of->key,
                                            .role = ROLE_LABEL,
                                            .anchor = of->point,
                                            .radius = of->radius,
                                            .bounds = panel->rect,
                                            .is_near = true});
    }
    LabelPlace *near = labels_place(field, em_of(chart), chart->arena);
    for (size_t k = 0; k < n_wishes; k++) {
        is_set[which[k]] = near[k].is_placed;
        if (near[k].is_placed)
            text_draw(blocks[k], chart->frame, near[k].at, near[k].align, ROLE_LABEL,
                      left_out_at(chart, which[k])->key, false);
    }
    label_field_free(field);
}

/* ---- lanes */

typedef struct {
    guint first, last; /* numbers */
    double x0, x1;     /* of what they name */
    TextBlock *block;
} Range;

static double range_x(const Chart *chart, const Range *range) {
    double half = range->block->width / 2, x = (range->x0 + range->x1) / 2;
    return CLAMP(x, chart->plot.x + half, chart->plot.x + chart->plot.w - half);
}

static bool ranges_meet(const Chart *chart, const Range *a, const Range *b) {
    double room = fabs(range_x(chart, b) - range_x(chart, a));
    return (a->block->width + b->block->width) / 2 + em_of(chart) * 0.6 > room;
}

/* Neighbours that would meet become one, until none does. */
static GArray *lane_ranges(Chart *chart, int panel, const bool *is_set) {
    GArray *ranges = g_array_new(FALSE, FALSE, sizeof(Range));
    for (guint i = 0; i < chart->left_out->len; i++) {
        const LeftOut *of = left_out_at(chart, i);
        if (is_set[i] || of->panel != panel) continue;
        Range range = {i + 1, i + 1, of->point.x, of->point.x, number_text(chart, i + 1, i + 1)};
        g_array_append_val(ranges, range);
        while (ranges->len > 1) {
            Range *last = &g_array_index(ranges, Range, ranges->len - 1), *before = last - 1;
            if (!ranges_meet(chart, before, last)) break;
            before->last = last->last;
            before->x1 = last->x1;
            before->block = number_text(chart, before->first, before->last);
            g_array_set_size(ranges, ranges->len - 1);
        }
    }
    return ranges;
}

static void paint_lane(Chart *chart, size_t p, const bool *is_set) {
    g_autoptr(GArray) ranges = lane_ranges(chart, (int)p, is_set);
    if (ranges->len && p < 32) chart->lanes_wanted |= 1u << p;
    if (!key_lane_height(chart, p)) return;
    const PanelView *panel = &chart->panels[p];
    double em = em_of(chart), y = panel->rect.y + panel->rect.h + panel->foot_height + em * 0.3;
    Paint paint = paint_stroke(chart_color(chart, "leader"), chart->medium->line);
    for (guint i = 0; i < ranges->len; i++) {
        const Range *range = &g_array_index(ranges, Range, i);
        double x0 = fmin(range->x0, range_x(chart, range) - em * 0.2);
        double x1 = fmax(range->x1, range_x(chart, range) + em * 0.2);
        const char *key = left_out_at(chart, range->first - 1)->key;
        frame_line(chart->frame, ROLE_AXIS, key, (Point[]){{x0, y}, {x1, y}}, 2, paint);
        text_draw(range->block, chart->frame, (Point){range_x(chart, range), y + em * 0.25},
                  ALIGN_CENTER, ROLE_LABEL, key, false);
    }
}

/* ---- the key */

typedef struct {
    size_t columns, rows;       /* at least 1 */
    double column, row, number; /* widths and height */
} KeyGrid;

static double block_height(const TextBlock *block) {
    return text_box(block, (Point){0, 0}, ALIGN_LEFT).h;
}

static KeyGrid key_grid(Chart *chart, double width) {
    guint n = chart->left_out->len;
    double em = em_of(chart), text = 0;
    KeyGrid grid = {.number = number_text(chart, n, n)->width + em * 0.7};
    for (guint i = 0; i < n; i++) {
        text = fmax(text, left_out_at(chart, i)->block->width);
        grid.row = fmax(grid.row, block_height(left_out_at(chart, i)->block));
    }
    grid.row += em * 0.3;
    grid.column = grid.number + text + em * 1.6;
    grid.columns = MAX(1, (size_t)((width + em * 1.6) / grid.column));
    grid.columns = CLAMP(grid.columns, 1, MAX(n, 1));
    grid.rows = MAX((n + grid.columns - 1) / grid.columns, 1);
    grid.column = (width + em * 1.6) / (double)grid.columns;
    return grid;
}

static void paint_entries(Chart *chart, const KeyGrid *grid, Point at) {
    for (guint i = 0; i < chart->left_out->len; i++) {
        const LeftOut *of = left_out_at(chart, i);
        size_t column = i / grid->rows, row = i % grid->rows;
        double x = at.x + grid->column * (double)column, y = at.y + grid->row * (double)row;
        text_draw(number_text(chart, i + 1, i + 1), chart->frame,
                  (Point){x + grid->number - em_of(chart) * 0.7, y}, ALIGN_RIGHT, ROLE_LEGEND,
                  of->key, false);
        text_draw(of->block, chart->frame, (Point){x + grid->number, y}, ALIGN_LEFT, ROLE_LEGEND,
                  of->key, false);
    }
}

static bool check_widths(Chart *chart, double width) {
    for (guint i = 0; i < chart->left_out->len; i++) {
        const LeftOut *of = left_out_at(chart, i);
        if (of->block->width + em_of(chart) * 4 <= width) continue;
        diag_error(chart->diag, chart->figure->node->key_span, "label-room",
                   _("shorten the label, or make the figure wider"),
                   "the label of « %s » is wider than the figure on medium %s", of->key,
                   chart->medium->name);
        return false;
    }
    return true;
}

void key_paint(Chart *chart, const LabelPlace *places, Point at, double width) {
    guint n = chart->left_out->len;
    chart->n_left_out = n;
    chart->key_need = 0;
    chart->lanes_wanted = 0;
    if (!n || !check_widths(chart, width)) return;
    g_array_sort(chart->left_out, from_left);
    bool *is_set = ARENA_ARRAY(chart->arena, bool, n);
    set_near(chart, places, is_set);
    for (size_t p = 0; p < chart->figure->n_panels; p++) paint_lane(chart, p, is_set);
    KeyGrid grid = key_grid(chart, width);
    chart->key_need = ceil((double)grid.rows * grid.row + em_of(chart) * 0.9);
    paint_entries(chart, &grid, at);
}
