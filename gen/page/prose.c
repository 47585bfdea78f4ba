#include "page/prose.h"

#include "page/columns.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* A paragraph, a heading, an item or a note, set at the width of a column. */
typedef struct {
    ProseKind kind;
    RichText text;
    const TextStyle *style;
    TextSetting setting;
    TextBlock *label; /* mark of an item, number of a note; or NULL */
    TextBlock *block;
    double label_x, x; /* from the left of the column */
} Piece;

typedef struct {
    const PageContext *context;
    const char *key;
    TextStyle style; /* gives the grid */
    double leading, ascent, descent;
    double width, gutter; /* of a column, between columns */
    bool is_justified;
    size_t n_columns;
    Piece *pieces;
    ColumnText *texts; /* one a piece */
    size_t n;
    Columns columns;
} Flow;

/* ---- setting */

static TextBlock *compose(const Flow *flow, const Piece *piece) {
    const PageContext *context = flow->context;
    return text_compose(context->fonts, piece->style, piece->text.spans, piece->text.n,
                        &piece->setting, context->arena, context->diag);
}

static TextBlock *compose_label(const Flow *flow, const char *text) {
    const PageContext *context = flow->context;
    TextSpan span = {.text = text, .len = strlen(text)};
    return text_compose(context->fonts, &flow->style, &span, 1, &(TextSetting){.fit = FIT_RAGGED},
                        context->arena, context->diag);
}

/* The column decides: an item is set as the text around it. */
static TextSetting running_setting(const Flow *flow, double width) {
    bool is_wide = flow->is_justified;
    return (TextSetting){.fit = is_wide ? FIT_JUSTIFIED : FIT_RAGGED,
                         .width = width,
                         .hyphens = is_wide ? flow->context->hyphens : NULL,
                         .hangs = is_wide};
}

static bool *hyphenated_lines(const Flow *flow, const TextBlock *block) {
    bool *lines = ARENA_ARRAY(flow->context->arena, bool, block->n_lines + 1);
    for (size_t i = 0; i < block->n_lines; i++) lines[i] = block->lines[i].is_hyphenated;
    return lines;
}

/* A heading's lines keep their own leading: the last one lies on the grid. */
static size_t heading_rows(const Flow *flow, const TextBlock *block) {
    static const double tolerance = 0.2; /* rows that it may reach above its own */
    double rows = (double)(block->n_lines - 1) * block->leading / flow->leading;
    return 1 + (size_t)ceil(fmax(rows - tolerance, 0));
}

static ColumnText column_text(const Flow *flow, const Piece *piece) {
    const TextBlock *block = piece->block;
    if (piece->kind == PROSE_HEADING)
        return (ColumnText){.n_lines = heading_rows(flow, block), .above = 1, .is_heading = true};
    return (ColumnText){.n_lines = block->n_lines, .is_hyphenated = hyphenated_lines(flow, block)};
}

/* A text without a line, an empty value alone, leaves no trace. */
static void add_piece(Flow *flow, Piece piece) {
    piece.block = compose(flow, &piece);
    if (!piece.block->n_lines) return;
    flow->pieces[flow->n] = piece;
    flow->texts[flow->n++] = column_text(flow, &piece);
}

static void add_para(Flow *flow, const ProsePara *para) {
    const PageContext *context = flow->context;
    double em = flow->style.size;
    Piece piece = {.kind = para->kind, .text = para->text, .style = &flow->style};
    switch (para->kind) {
    case PROSE_HEADING:
        piece.style = &context->medium->styles[STYLE_HEADING];
        piece.setting = (TextSetting){.fit = FIT_BALANCED, .width = flow->width};
        break;
    case PROSE_ITEM:
        piece.label = compose_label(flow, "—\u00A0");
        piece.label_x = em;
        piece.x = em + piece.label->width;
        piece.setting = running_setting(flow, flow->width - piece.x);
        break;
    case PROSE_TEXT: piece.setting = running_setting(flow, flow->width); piece.setting.indent = em;
    }
    add_piece(flow, piece);
}

/* Pieces point at the style of the flow, which stays where it is. */
static Flow *flow_new(const PageContext *context, const Block *block, TextStyle style, double width,
                      size_t n_pieces) {
    Flow *flow = ARENA_NEW(context->arena, Flow);
    *flow = (Flow){.context = context,
                   .key = block->name,
                   .style = style,
                   .n_columns = block->prose->n_columns,
                   .gutter = context->medium->gap * 1.6,
                   .pieces = ARENA_ARRAY(context->arena, Piece, n_pieces),
                   .texts = ARENA_ARRAY(context->arena, ColumnText, n_pieces)};
    flow->width = (width - flow->gutter * (double)(flow->n_columns - 1)) / (double)flow->n_columns;
    flow->is_justified = text_can_justify(context->fonts, &flow->style, flow->width);
    const TextBlock *nothing = compose_label(flow, "");
    flow->leading = nothing->leading;
    flow->ascent = nothing->ascent;
    flow->descent = nothing->descent;
    return flow;
}

static void flow_fill(Flow *flow) {
    flow->columns = columns_fill(flow->texts, flow->n, flow->n_columns, flow->context->arena);
    g_assert(flow->columns.starts); /* told to static analysis */
}

/* ---- one line more or less */

static size_t longest_untried(const Flow *flow, const bool *is_tried) {
    size_t longest = flow->n;
    for (size_t i = 0; i < flow->n; i++)
        if (!is_tried[i] && flow->pieces[i].setting.fit == FIT_JUSTIFIED &&
            (longest == flow->n || flow->texts[i].n_lines > flow->texts[longest].n_lines))
            longest = i;
    return longest;
}

static void set_looseness(Flow *flow, size_t i, int looseness) {
    flow->pieces[i].setting.looseness = looseness;
    flow->pieces[i].block = compose(flow, &flow->pieces[i]);
    flow->texts[i] = column_text(flow, &flow->pieces[i]);
    flow_fill(flow);
}

/* What the columns would cost with paragraph i so many lines longer; SIZE_MAX when its spaces do
 * not allow it. The flow comes back as it was. */
static size_t looseness_cost(Flow *flow, size_t i, int looseness) {
    Piece piece = flow->pieces[i];
    ColumnText text = flow->texts[i];
    Columns columns = flow->columns;
    set_looseness(flow, i, looseness);
    bool is_allowed = !flow->pieces[i].block->is_overfull && flow->texts[i].n_lines != text.n_lines;
    size_t cost = is_allowed ? flow->columns.cost : SIZE_MAX;
    flow->pieces[i] = piece;
    flow->texts[i] = text;
    flow->columns = columns;
    return cost;
}

/* Columns that cannot be even, or end in the middle of a word, are worth resetting one paragraph
 * with a line less or more. The longest are tried first: it shows least there. */
static void flow_even(Flow *flow) {
    enum { TRIES = 12, SHORTEST = 4 };
    g_autofree bool *is_tried = g_new0(bool, flow->n + 1);
    size_t best = flow->n, cost = flow->columns.cost;
    int looseness = 0;
    for (int tries = 0; tries < TRIES && cost && flow->n_columns > 1; tries++) {
        size_t i = longest_untried(flow, is_tried);
        if (i == flow->n || flow->texts[i].n_lines < SHORTEST) break;
        is_tried[i] = true;
        for (int more = -1; more <= 1; more += 2) {
            size_t other = looseness_cost(flow, i, more);
            if (other < cost) best = i, looseness = more, cost = other;
        }
    }
    if (best < flow->n) set_looseness(flow, best, looseness);
}

/* ---- the text and its notes */

typedef struct {
    Flow *text, *notes;
    double text_height, notes_height, gap; /* gap: between them, with the rule in it; or 0 */
} Layout;

/* From the first baseline up: a heading at the head of a column may rise above the text's letters.
 */
static double highest_ascent(const Flow *flow) {
    double highest = flow->ascent;
    for (size_t c = 0; c < flow->n_columns; c++) {
        size_t i = flow->columns.starts[c].text;
        if (i == flow->n || !flow->texts[i].is_heading) continue;
        const TextBlock *block = flow->pieces[i].block;
        double above = (double)(block->n_lines - 1) * block->leading -
                       (double)(flow->texts[i].n_lines - 1) * flow->leading;
        highest = fmax(highest, block->ascent + above);
    }
    return highest;
}

static Flow *set_paras(const PageContext *context, const Block *block, double width) {
    const Prose *prose = block->prose;
    TextStyle style = context->medium->styles[block->style];
    if (block->has_color) style.color = block->color;
    Flow *flow = flow_new(context, block, style, width, prose->n_paras);
    for (size_t i = 0; i < prose->n_paras; i++) add_para(flow, &prose->paras[i]);
    flow_fill(flow);
    flow_even(flow);
    flow->ascent = highest_ascent(flow);
    return flow;
}

/* The numbers end at one place, the texts start at one. */
static Flow *set_notes(const PageContext *context, const Block *block, double width) {
    const Prose *prose = block->prose;
    TextStyle style = context->medium->styles[STYLE_SOURCE];
    Flow *flow = flow_new(context, block, style, width, prose->n_notes);
    g_autofree TextBlock **labels = g_new(TextBlock *, prose->n_notes + 1);
    double widest = 0;
    for (size_t i = 0; i < prose->n_notes; i++) {
        labels[i] =
            compose_label(flow, arena_printf(context->arena, "%d.\u00A0", prose->notes[i].number));
        widest = fmax(widest, labels[i]->width);
    }
    for (size_t i = 0; i < prose->n_notes; i++) {
        Piece piece = {.text = prose->notes[i].text,
                       .style = &flow->style,
                       .label = labels[i],
                       .label_x = widest - labels[i]->width,
                       .x = widest,
                       .setting = running_setting(flow, flow->width - widest)};
        add_piece(flow, piece);
    }
    flow_fill(flow);
    return flow;
}

static double flow_height(const Flow *flow) {
    size_t rows = flow->columns.n_rows;
    return rows ? flow->ascent + (double)(rows - 1) * flow->leading + flow->descent : 0;
}

static Layout layout_new(const PageContext *context, const Block *block, double width) {
    Layout layout = {set_paras(context, block, width), set_notes(context, block, width), 0, 0, 0};
    layout.text_height = flow_height(layout.text);
    layout.notes_height = flow_height(layout.notes);
    if (layout.notes_height > 0) layout.gap = layout.text->leading * 1.75;
    return layout;
}

double prose_height(const PageContext *context, const Block *block, double width) {
    Layout layout = layout_new(context, block, width);
    return layout.text_height + layout.gap + layout.notes_height;
}

/* ---- drawing */

/* Where the next line goes. */
typedef struct {
    const Flow *flow;
    Point at; /* top left of the first column */
    size_t column, row;
} Pen;

static bool is_at(ColumnPlace place, size_t text, size_t line) {
    return place.text == text && place.line == line;
}

/* Moves to the column that starts with this line, if one does. */
static void pen_turn(Pen *pen, size_t text, size_t line) {
    const Columns *columns = &pen->flow->columns;
    while (pen->column + 1 < columns->n_columns &&
           is_at(columns->starts[pen->column + 1], text, line)) {
        pen->column++;
        pen->row = 0;
    }
}

static Point pen_point(const Pen *pen, double x, size_t row) {
    const Flow *flow = pen->flow;
    return (Point){pen->at.x + (double)pen->column * (flow->width + flow->gutter) + x,
                   pen->at.y + flow->ascent + (double)row * flow->leading};
}

static void draw_heading(Pen *pen, const Piece *piece, size_t rows) {
    const TextBlock *block = piece->block;
    Frame *frame = pen->flow->context->frame;
    Point at = pen_point(pen, 0, pen->row + rows - 1);
    at.y -= (double)(block->n_lines - 1) * block->leading;
    text_draw_lines(block, 0, block->n_lines, frame, at, ROLE_HEADING, NULL,
                    frame_new_block(frame));
    pen->row += rows;
}

/* One block of the frame, over as many columns as it takes. */
static void draw_running(Pen *pen, size_t i, Role role) {
    const Piece *piece = &pen->flow->pieces[i];
    Frame *frame = pen->flow->context->frame;
    const Columns *columns = &pen->flow->columns;
    if (piece->label)
        text_draw_lines(piece->label, 0, 1, frame, pen_point(pen, piece->label_x, pen->row), role,
                        NULL, frame_new_block(frame));
    int number = frame_new_block(frame);
    for (size_t line = 0; line < piece->block->n_lines;) {
        pen_turn(pen, i, line);
        ColumnPlace next = columns->starts[pen->column + 1];
        size_t end = next.text == i ? next.line : piece->block->n_lines;
        for (; line < end; line++, pen->row++)
            text_draw_lines(piece->block, line, 1, frame, pen_point(pen, piece->x, pen->row), role,
                            NULL, number);
    }
}

static void draw_piece(Pen *pen, size_t i, Role role) {
    const Flow *flow = pen->flow;
    const Piece *piece = &flow->pieces[i];
    pen_turn(pen, i, 0);
    if (pen->row) pen->row += flow->texts[i].above;
    bool is_heading = role == ROLE_HEADING;
    frame_begin(flow->context->frame, role, flow->key, is_heading ? piece->text.plain : NULL, NULL);
    if (is_heading)
        draw_heading(pen, piece, flow->texts[i].n_lines);
    else
        draw_running(pen, i, role);
    frame_end(flow->context->frame);
}

static void draw_paras(const Flow *flow, Point at) {
    static const Role roles[] = {[PROSE_TEXT] = ROLE_PARAGRAPH,
                                 [PROSE_HEADING] = ROLE_HEADING,
                                 [PROSE_ITEM] = ROLE_LIST_ITEM};
    Pen pen = {.flow = flow, .at = at};
    bool is_in_list = false;
    for (size_t i = 0; i < flow->n; i++) {
        bool is_item = flow->pieces[i].kind == PROSE_ITEM;
        if (is_in_list && !is_item) frame_end(flow->context->frame);
        if (is_item && !is_in_list)
            frame_begin(flow->context->frame, ROLE_LIST, flow->key, NULL, NULL);
        is_in_list = is_item;
        draw_piece(&pen, i, roles[flow->pieces[i].kind]);
    }
    if (is_in_list) frame_end(flow->context->frame);
}

/* Half a column at the most, as long as a few words. */
static void draw_rule(const Flow *notes, double x, double y) {
    const PageContext *context = notes->context;
    double length = fmin(notes->style.size * 8, notes->width / 2);
    frame_line(context->frame, ROLE_RULING, NULL, (Point[]){{x, y}, {x + length, y}}, 2,
               paint_stroke(page_color(context, "axis"), context->medium->line));
}

static void report_rivers(const Flow *flow) {
    enum { SHOWN = 40 };
    for (size_t i = 0; i < flow->n; i++) {
        const Piece *piece = &flow->pieces[i];
        if (!piece->block->rivers) continue;
        g_autofree char *start = g_utf8_substring(piece->text.plain, 0,
                                                  MIN(SHOWN, g_utf8_strlen(piece->text.plain, -1)));
        diag_warning(flow->context->diag, (Span){0}, "river",
                     "change a word or two: the gaps between words will fall elsewhere",
                     "white runs down four lines or more of the paragraph “%s…”", start);
    }
}

void prose_draw(const PageContext *context, const Block *block, Rect rect) {
    Layout layout = layout_new(context, block, rect.w);
    double missing = layout.text_height + layout.gap + layout.notes_height - rect.h;
    if (layout.text->width < 8 * layout.text->style.size)
        diag_error(context->diag, (Span){0}, "page-room",
                   "ask for fewer columns, or give the block more cells of areas",
                   "columns: %zu are too narrow here for words", layout.text->n_columns);
    if (missing > 0.5)
        diag_error(context->diag, (Span){0}, "page-room",
                   "shorten the text, or give its row a larger share",
                   "this text is %.0f too high for its place", missing);
    else
        report_rivers(layout.text);
    draw_paras(layout.text, (Point){rect.x, rect.y});
    if (!layout.notes->n) return;
    double y = rect.y + rect.h + fmax(missing, 0) - layout.notes_height;
    draw_rule(layout.notes, rect.x, y - layout.gap * 0.4);
    Pen pen = {.flow = layout.notes, .at = {rect.x, y}};
    for (size_t i = 0; i < layout.notes->n; i++) draw_piece(&pen, i, ROLE_FOOTNOTE);
}
