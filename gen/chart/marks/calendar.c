/* calendar: one cell a month, a row a year: when there was much, and when nothing.
 * Channels: x (date), y (number; without it every row counts for one). The figure's `time` gives
 * the years; it has no other panel. Keys: color (of the highest class; the others are lighter tones
 * of it), classes (list of the least value of each, ascending; [1, 3, 6, 11]), unit, totals (the
 * sum at the end of each row; true). A month without rows is an empty cell; one that `time` cuts is
 * dashed; months outside it have no cell. */
#include "base/i18n.h"
#include "chart/convention.h"

#include "lang/fr_format.h"

#include <math.h>
#include <string.h>

/* WCAG 2.2, 1.4.3. */
static const double TEXT_CONTRAST = 4.5;

enum { MONTHS = 12, MOST_CLASSES = 6, MOST_YEARS = 40 };

typedef struct {
    Date date;
    double value;
    const char *key; /* 2022-11 */
    bool is_shown, is_partial;
} Cell;

typedef struct {
    int first_year;
    size_t n_years;
    Cell *cells; /* by year, then month */
    double least[MOST_CLASSES];
    Color colors[MOST_CLASSES];
    size_t n_classes;
    bool has_totals;
} State;

static bool read_years(Chart *chart, const Layer *layer, State *state) {
    const Figure *figure = chart->figure;
    state->first_year = date_year(figure->from.first);
    state->n_years = (size_t)(date_year(figure->to.last) - state->first_year + 1);
    if (state->n_years > MOST_YEARS) {
        diag_error(chart->diag, layer->node->key_span, "figure-room", "shorten time: of the figure",
                   "calendar: %zu years; it shows %d at the most", state->n_years, MOST_YEARS);
        return false;
    }
    state->cells = ARENA_ARRAY(chart->arena, Cell, state->n_years * MONTHS);
    for (size_t i = 0; i < state->n_years * MONTHS; i++) {
        int year = state->first_year + (int)(i / MONTHS), month = (int)(i % MONTHS) + 1;
        Date date = date_from_ymd(year, month, 0);
        state->cells[i] =
            (Cell){.date = date,
                   .key = arena_printf(chart->arena, "%04d-%02d", year, month),
                   .is_shown = date.last >= figure->from.first && date.first <= figure->to.last,
                   .is_partial = date.first < figure->from.first || date.last > figure->to.last};
    }
    return true;
}

static bool read_class(const Node *node, double before, double *ret) {
    if (node->kind != NODE_SCALAR || !node_is_decimal(node->text)) return false;
    *ret = g_ascii_strtod(node->text, NULL);
    return *ret > before;
}

static bool read_classes(Chart *chart, const Layer *layer, State *state) {
    static const double usual[] = {1, 3, 6, 11};
    Node *list = node_list(layer->node, "classes", chart->diag);
    if (!list) {
        state->n_classes = G_N_ELEMENTS(usual);
        memcpy(state->least, usual, sizeof usual);
        return true;
    }
    state->n_classes = list->n_children;
    bool is_good = state->n_classes > 0 && state->n_classes <= MOST_CLASSES;
    for (size_t i = 0; is_good && i < state->n_classes; i++) {
        list->children[i]->is_read = true;
        is_good = read_class(list->children[i], i ? state->least[i - 1] : 0, &state->least[i]);
    }
    if (!is_good)
        diag_error(chart->diag, list->span, "type", "write for example: [1, 3, 6, 11]",
                   "classes: 1 to %d numbers above 0 are expected, in ascending order",
                   MOST_CLASSES);
    return is_good;
}

static Color readable_on(const Chart *chart, Color ground) {
    Color ink = chart_color(chart, "ink"), light = chart_color(chart, "on_mark");
    return color_contrast(ink, ground) >= color_contrast(light, ground) ? ink : light;
}

/* Even steps from a pale tone to the colour itself; a middle one on which neither dark nor light
 * text can be read is paled until dark text can. */
static void tone(const Chart *chart, State *state, Color color) {
    Color background = theme_background(chart->context->theme);
    for (size_t i = 0; i < state->n_classes; i++) {
        double share = ((double)i + 1) / (double)state->n_classes;
        Color shade = color_over(color_with_alpha(color, pow(share, 1.2)), background);
        if (color_contrast(readable_on(chart, shade), shade) < TEXT_CONTRAST)
            shade = color_strengthen(shade, chart_color(chart, "ink"), background, TEXT_CONTRAST);
        state->colors[i] = shade;
    }
}

static bool has_whole_classes(const State *state) {
    for (size_t i = 0; i < state->n_classes; i++)
        if (state->least[i] != floor(state->least[i])) return false;
    return true;
}

/* « 1 ou 2 missiles », « 3 à 5 », « 11 et plus ». */
static const char *class_name(Chart *chart, const State *state, size_t i, const char *unit) {
    const char *low = chart_number(chart, state->least[i]);
    if (i + 1 == state->n_classes) return arena_printf(chart->arena, "%s et plus", low);
    double last = state->least[i + 1] - 1;
    const char *high = chart_number(chart, has_whole_classes(state) ? last : state->least[i + 1]);
    const char *space = *unit && i == 0 ? " " : "";
    if (i > 0) unit = "";
    if (has_whole_classes(state) && last == state->least[i])
        return arena_printf(chart->arena, "%s%s%s", low, space, unit);
    const char *word = has_whole_classes(state) && last == state->least[i] + 1 ? "ou" : "à";
    return arena_printf(chart->arena, "%s %s %s%s%s", low, word, high, space, unit);
}

static void add_legend(Chart *chart, const State *state, const char *unit) {
    for (size_t i = 0; i < state->n_classes; i++) {
        LegendEntry entry = {.name = class_name(chart, state, i, unit), .color = state->colors[i]};
        g_array_append_val(chart->legend, entry);
    }
}

/* NULL for what is not within one month. */
static Cell *find_cell(const State *state, Date date) {
    for (size_t i = 0; i < state->n_years * MONTHS; i++)
        if (date.first >= state->cells[i].date.first && date.last <= state->cells[i].date.last)
            return &state->cells[i];
    return NULL;
}

static void count(Chart *chart, const Layer *layer, State *state, int x, int y) {
    size_t n_lost = 0;
    for (size_t i = 0; i < layer->data->n_rows; i++) {
        Date date;
        double value = 1;
        if (!mark_cell_date(chart, layer, i, x, &date)) continue;
        if (y >= 0 && !mark_cell_number(chart, layer, i, y, &value)) continue;
        if (!mark_stands_on_zero(chart, layer, i, value)) continue;
        if (!figure_shows(chart->figure, date)) continue;
        Cell *cell = find_cell(state, date);
        if (cell)
            cell->value += value;
        else
            n_lost++;
    }
    if (n_lost)
        diag_warning(chart->diag, layer->node->key_span, "no-month",
                     _("leave them out in the query, and say so under the figure"),
                     "calendar: %zu rows are not dated to the month: they are not drawn", n_lost);
}

static void *read_layer(Chart *chart, PanelView *panel, const Layer *layer) {
    (void)panel;
    State *state = ARENA_NEW(chart->arena, State);
    int x = mark_channel(chart, layer, "x", true);
    int y = mark_channel(chart, layer, "y", false);
    const char *unit = node_text(layer->node, "unit", "", chart->diag);
    Color color = mark_color(chart, layer, "color", "missile");
    *state = (State){.has_totals = mark_bool(chart, layer, "totals", true)};
    if (!read_classes(chart, layer, state) || x < 0) return NULL;
    if (!mark_needs_time(chart, layer) || !read_years(chart, layer, state)) return NULL;
    chart->has_axis = false;
    tone(chart, state, color);
    add_legend(chart, state, unit);
    count(chart, layer, state, x, y);
    return state;
}

/* ---- where cells stand */

typedef struct {
    Bands columns, rows;
    double top; /* of the names of months */
} Grid;

static TextBlock *value_text(Chart *chart, double value, Color color) {
    RichText rich =
        rich_plain(chart_number(chart, value), &chart->context->theme->typography, chart->arena);
    return chart_text_in(chart, STYLE_VALUE, rich, color);
}

static double total_of(const State *state, size_t row) {
    double total = 0;
    for (size_t m = 0; m < MONTHS; m++) total += state->cells[row * MONTHS + m].value;
    return total;
}

static double totals_width(Chart *chart, const State *state) {
    const TextStyle *tick = &chart->medium->styles[STYLE_TICK];
    double widest = tick->size * 1.8;
    Color ink = chart_color(chart, "ink");
    for (size_t row = 0; row < state->n_years; row++)
        widest = fmax(widest, value_text(chart, total_of(state, row), ink)->width);
    return state->has_totals ? widest + tick->size * 0.8 : 0;
}

static Grid grid_of(Chart *chart, const PanelView *panel, const State *state) {
    const TextStyle *tick = &chart->medium->styles[STYLE_TICK];
    double names = chart_plain(chart, STYLE_TICK, "2022")->width + tick->size * 0.8;
    double totals = totals_width(chart, state);
    double head = tick->leading * 1.3;
    Rect r = panel->rect;
    return (Grid){bands_make(r.x + names, r.x + r.w - totals, MONTHS, 0.07),
                  bands_make(r.y + head, r.y + r.h, state->n_years, 0.1), r.y};
}

static Rect cell_rect(const Grid *grid, size_t i) {
    return (Rect){bands_start(grid->columns, i % MONTHS), bands_start(grid->rows, i / MONTHS),
                  grid->columns.width, grid->rows.width};
}

/* Names of years that touch cannot be read. */
static void measure(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    const TextBlock *year = chart_plain(chart, STYLE_TICK, "2022");
    if (grid_of(chart, panel, state).rows.step >= year->ascent + year->descent) return;
    diag_error(chart->diag, chart->figure->node->key_span, "figure-room",
               "give the figure more height, or show fewer years",
               "calendar: %zu years have no room on medium %s", state->n_years,
               chart->medium->name);
}

static void place(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    Grid grid = grid_of(chart, panel, state);
    for (size_t i = 0; i < state->n_years * MONTHS; i++) {
        Rect rect = cell_rect(&grid, i);
        if (!state->cells[i].is_shown) continue;
        label_field_rect(chart->field, rect, state->cells[i].value > 0);
        chart_anchor(chart, panel, state->cells[i].date, state->cells[i].key,
                     (Point){rect.x + rect.w / 2, rect.y + rect.h / 2}, 0);
    }
}

/* ---- drawing */

static void paint_text(Chart *chart, TextBlock *block, Rect box, TextAlign align, Role role,
                       const char *key) {
    double x = align == ALIGN_LEFT    ? box.x
               : align == ALIGN_RIGHT ? box.x + box.w
                                      : box.x + box.w / 2;
    text_draw(block, chart->frame, (Point){x, box.y + (box.h - block->ascent) / 2}, align, role,
              key, false);
}

/* Abbreviated as dates are, or as initials where columns are narrow. */
static void paint_months(Chart *chart, const Grid *grid) {
    TextBlock *blocks[MONTHS];
    bool fits = true;
    for (size_t m = 0; m < MONTHS; m++) {
        blocks[m] = chart_plain(chart, STYLE_TICK, fr_month((int)m + 1, true));
        fits &= blocks[m]->width <= grid->columns.width;
    }
    for (size_t m = 0; m < MONTHS; m++) {
        if (!fits) {
            const char letter = *fr_month((int)m + 1, false); /* ASCII in every month */
            blocks[m] = chart_plain(chart, STYLE_TICK, (char[]){g_ascii_toupper(letter), '\0'});
        }
        Rect box = {bands_start(grid->columns, m), grid->top, grid->columns.width,
                    chart->medium->styles[STYLE_TICK].leading};
        paint_text(chart, blocks[m], box, ALIGN_CENTER, ROLE_TICK, NULL);
    }
}

static int class_of(const State *state, double value) {
    int class = -1;
    while ((size_t) class + 1 < state->n_classes && value >= state->least[class + 1]) class ++;
    return class;
}

static void paint_cell(Chart *chart, const State *state, const Cell *cell, Rect rect) {
    int class = class_of(state, cell->value);
    Color ground = theme_background(chart->context->theme);
    if (class >= 0) {
        ground = state->colors[class];
        chart_rect(chart, ROLE_MARK, cell->key, rect, ground);
    } else {
        frame_rect(chart->frame, ROLE_GRID, cell->key, rect_grow(rect, -chart->medium->line / 2),
                   paint_stroke(chart_color(chart, "grid"), chart->medium->line));
    }
    if (cell->is_partial) {
        Paint paint = paint_stroke(chart_color(chart, "muted"), chart->medium->line * 1.4);
        paint.dash = chart->medium->line * 4;
        convention_note(chart, CONVENTION_PARTIAL);
        frame_rect(chart->frame, ROLE_MARK, cell->key, rect_grow(rect, paint.width), paint);
    }
    if (cell->value <= 0) return;
    TextBlock *text = value_text(chart, cell->value, readable_on(chart, ground));
    if (text->width <= rect.w && text->ascent + text->descent <= rect.h)
        paint_text(chart, text, rect, ALIGN_CENTER, ROLE_LABEL, cell->key);
}

static void paint_year(Chart *chart, const PanelView *panel, const State *state, const Grid *grid,
                       size_t row) {
    g_autofree char *year = g_strdup_printf("%d", state->first_year + (int)row);
    Rect line = {panel->rect.x, bands_start(grid->rows, row), panel->rect.w, grid->rows.width};
    paint_text(chart, chart_plain(chart, STYLE_TICK, year), line, ALIGN_LEFT, ROLE_TICK, NULL);
    if (!state->has_totals) return;
    TextBlock *text = value_text(chart, total_of(state, row), chart_color(chart, "ink"));
    paint_text(chart, text, line, ALIGN_RIGHT, ROLE_LABEL, year);
}

static void paint(Chart *chart, PanelView *panel, void *data) {
    const State *state = data;
    Grid grid = grid_of(chart, panel, state);
    paint_months(chart, &grid);
    for (size_t i = 0; i < state->n_years * MONTHS; i++)
        if (state->cells[i].is_shown)
            paint_cell(chart, state, &state->cells[i], cell_rect(&grid, i));
    for (size_t row = 0; row < state->n_years; row++) paint_year(chart, panel, state, &grid, row);
}

static const MarkWords words = {.kind = "Calendrier",
                                .kind_among = "calendrier",
                                .each = "chaque case est un mois",
                                .size = "sa teinte représente",
                                .one = "case remplie",
                                .many = "cases remplies",
                                .from = "x",
                                .value = "y",
                                .extent = "y",
                                .unit = "unit",
                                .adds_up = true,
                                .is_piled = true,
                                .is_monthly = true,
                                .is_count = true,
                                .is_merged = true};

const MarkClass mark_calendar = {.name = "calendar",
                                 .depth = MARK_OVER_RULES,
                                 .read = read_layer,
                                 .measure = measure,
                                 .place = place,
                                 .paint = paint,
                                 .words = &words};
