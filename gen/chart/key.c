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
    double height = em_of(chart) * (chart->is_turned ? 3.2 : 2.1); /* or the width of 12–15 */
    return panel < 32 && chart->lanes >> panel & 1 ? height : 0;
}

double key_lanes_height(const Chart *chart) {
    double height = 0;
    for (size_t p = 0; p < chart->figure->n_panels; p++) height += key_lane_height(chart, p);
    return height;
}

static int from_top(const void *a, const void *b) {
    const LeftOut *x = a, *y = b;
    if (x->point.y != y->point.y) return x->point.y < y->point.y ? -1 : 1;
    if (x->panel != y->panel) return x->panel < y->panel ? -1 : 1;
    return g_strcmp0(x->key, y->key);
}

static int from_left(const void *a, const void *b) {
    const LeftOut *x = a, *y = b;
    if (x->point.x != y->point.x) return x->point.x < y->point.x ? -1 : 1;
    if (x->panel != y->panel) return x->panel < y->panel ? -1 : 1;
    if (x->point.y != y->point.y) return x->point.y < y->point.y ? -1 : 1;
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

/* A lane lies along the line of time: what follows counts along it, rightwards or downwards. */
static double along(const Chart *chart, Point p) {
    return chart->is_turned ? p.y : p.x;
}

static double length_of(const Chart *chart, const TextBlock *block) {
    return chart->is_turned ? block->leading : block->width;
}

static double range_x(const Chart *chart, const Range *range) {
    double half = length_of(chart, range->block) / 2, x = (range->x0 + range->x1) / 2;
    double start = chart->is_turned ? chart->plot.y : chart->plot.x;
    double length = chart->is_turned ? chart->plot.h : chart->plot.w;
    return CLAMP(x, start + half, start + length - half);
}

static bool ranges_meet(const Chart *chart, const Range *a, const Range *b) {
    double room = fabs(range_x(chart, b) - range_x(chart, a));
    double air = em_of(chart) * (chart->is_turned ? 0.1 : 0.6);
    return (length_of(chart, a->block) + length_of(chart, b->block)) / 2 + air > room;
}

/* Neighbours that would meet become one, until none does. */
static GArray *lane_ranges(Chart *chart, int panel, const bool *is_set) {
    GArray *ranges = g_array_new(FALSE, FALSE, sizeof(Range));
    for (guint i = 0; i < chart->left_out->len; i++) {
        const LeftOut *of = left_out_at(chart, i);
        if (is_set[i] || of->panel != panel) continue;
        double x = along(chart, of->point);
        Range range = {i + 1, i + 1, x, x, number_text(chart, i + 1, i + 1)};
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
    double em = em_of(chart);
    Rect rect = chart->panels[p].rect;
    double side = chart->is_turned ? chart->swap.sign : 1; /* where the years are */
    double y = side > 0 ? (chart->is_turned ? rect.x + rect.w
                                            : rect.y + rect.h + chart->panels[p].foot_height) +
                              em * 0.3
                        : rect.x - em * 0.3;
    Paint paint = paint_stroke(chart_color(chart, "leader"), chart->medium->line);
    for (guint i = 0; i < ranges->len; i++) {
        const Range *range = &g_array_index(ranges, Range, i);
        double x = range_x(chart, range);
        double x0 = fmin(range->x0, x - em * 0.2), x1 = fmax(range->x1, x + em * 0.2);
        const char *key = left_out_at(chart, range->first - 1)->key;
        Point from = {x0, y}, to = {x1, y}, at = {x, y + em * 0.25};
        if (chart->is_turned) {
            from = (Point){y, x0};
            to = (Point){y, x1};
            at = (Point){y + side * em * 0.25, x - range->block->ascent * 0.62};
        }
        frame_line(chart->frame, ROLE_AXIS, key, (Point[]){from, to}, 2, paint);
        TextAlign align = !chart->is_turned ? ALIGN_CENTER : side > 0 ? ALIGN_LEFT : ALIGN_RIGHT;
        text_draw(range->block, chart->frame, at, align, ROLE_LABEL, key, false);
    }
}

/* ---- the key */

typedef struct {
    size_t columns;
    double column, number; /* widths */
    double height;         /* of the highest column */
    double *tops;          /* of each entry, in its column */
    size_t *of;            /* column of each entry */
} KeyGrid;

static double block_height(const TextBlock *block) {
    return text_box(block, (Point){0, 0}, ALIGN_LEFT).h;
}

/* Entries run down the columns, in order, each as high as its text. Returns how many columns that
 * takes when none is higher than `most`. */
static size_t fill_columns(const Chart *chart, KeyGrid *grid, double most) {
    double y = 0, gap = em_of(chart) * 0.3;
    size_t column = 0;
    grid->height = 0;
    for (guint i = 0; i < chart->left_out->len; i++) {
        double height = block_height(left_out_at(chart, i)->block) + gap;
        if (y > 0 && y + height > most) y = 0, column++;
        grid->of[i] = column;
        grid->tops[i] = y;
        y += height;
        grid->height = fmax(grid->height, y);
    }
    return column + 1;
}

/* The lowest columns that hold all, to a quarter of a unit. */
static void level_columns(const Chart *chart, KeyGrid *grid) {
    static const double step = 0.25;
    double low = 0, high = 0;
    (void)fill_columns(chart, grid, INFINITY);
    for (high = grid->height; high - low > step;) {
        double middle = (low + high) / 2;
        *(fill_columns(chart, grid, middle) <= grid->columns ? &high : &low) = middle;
    }
    (void)fill_columns(chart, grid, high);
}

static KeyGrid key_grid(Chart *chart, double width) {
    guint n = chart->left_out->len;
    double em = em_of(chart), text = 0;
    KeyGrid grid = {.number = number_text(chart, n, n)->width + em * 0.7,
                    .tops = ARENA_ARRAY(chart->arena, double, n + 1),
                    .of = ARENA_ARRAY(chart->arena, size_t, n + 1)};
    for (guint i = 0; i < n; i++) text = fmax(text, left_out_at(chart, i)->block->width);
    grid.column = grid.number + text + em * 1.6;
    grid.columns = MAX(1, (size_t)((width + em * 1.6) / grid.column));
    grid.columns = CLAMP(grid.columns, 1, MAX(n, 1));
    level_columns(chart, &grid);
    grid.column = (width + em * 1.6) / (double)grid.columns;
    return grid;
}

static void paint_entries(Chart *chart, const KeyGrid *grid, Point at) {
    for (guint i = 0; i < chart->left_out->len; i++) {
        const LeftOut *of = left_out_at(chart, i);
        double x = at.x + grid->column * (double)grid->of[i], y = at.y + grid->tops[i];
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
        if (of->block->width + em_of(chart) * KEY_NUMBER <= width) continue;
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
    if (n) chart->first_left_out = arena_strdup(chart->arena, left_out_at(chart, 0)->key);
    if (!n || chart->is_keyless || !check_widths(chart, width)) return;
    g_array_sort(chart->left_out, chart->is_turned ? from_top : from_left);
    bool *is_set = ARENA_ARRAY(chart->arena, bool, n);
    set_near(chart, places, is_set);
    for (size_t p = 0; p < chart->figure->n_panels; p++) paint_lane(chart, p, is_set);
    KeyGrid grid = key_grid(chart, width);
    chart->key_need = ceil(grid.height + em_of(chart) * 0.9);
    paint_entries(chart, &grid, at);
}
