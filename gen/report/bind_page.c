/* Pages: the grid drawn by `areas`, and the blocks its names stand for. */
#include "report/bind.h"

#include "base/i18n.h"

#include <string.h>

static StyleName read_text_style(Binder *binder, Node *node) {
    static const struct {
        const char *name;
        StyleName style;
    } styles[] = {{"body", STYLE_BODY},    {"kicker", STYLE_KICKER},   {"title", STYLE_TITLE},
                  {"lede", STYLE_LEDE},    {"heading", STYLE_HEADING}, {"subtitle", STYLE_SUBTITLE},
                  {"source", STYLE_SOURCE}};
    const char *text = node_text(node, "style", "body", binder->diag);
    for (size_t i = 0; i < G_N_ELEMENTS(styles); i++)
        if (g_str_equal(text, styles[i].name)) return styles[i].style;
    diag_error(binder->diag, node_find(node, "style")->span, "unknown-value",
               "use body, kicker, title, lede, heading, subtitle or source", "unknown style « %s »",
               text);
    return STYLE_BODY;
}

static bool read_color(Binder *binder, Node *node, const char *key, Color *ret_color) {
    Node *color = node_find(node, key);
    if (!color || !color->text) return false;
    *ret_color = theme_color(binder->report->theme, color->text, color->span, binder->diag);
    return true;
}

static CellAlign read_align(Binder *binder, Node *node) {
    static const char *const names[] = {
        [CELLS_LEFT] = "left", [CELLS_RIGHT] = "right", [CELLS_DECIMAL] = "decimal"};
    const char *text = node_text(node, "align", "left", binder->diag);
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(text, names[i])) return (CellAlign)i;
    diag_error(binder->diag, node_find(node, "align")->span, "unknown-value",
               "write left, right or decimal", "align: « %s » is none of them", text);
    return CELLS_LEFT;
}

/* A column whose cells a bar needs; -1: the key is absent, or after a fault. */
static int bind_numbers(Binder *binder, Node *node, const char *key, const Table *data) {
    Node *name = node_find(node, key);
    int column = name ? bind_column(binder, name, data) : -1;
    for (size_t r = 0; column >= 0 && r < data->n_rows; r++)
        if (!bind_cell_number(binder, key, data, r, column, name->span)) return -1;
    return column;
}

/* A range is both its ends, the lesser first. */
static void bind_range(Binder *binder, Node *node, const Table *data, TableColumn *column) {
    column->low = bind_numbers(binder, node, "low", data);
    column->high = bind_numbers(binder, node, "high", data);
    if (node_peek(node, "low")) node_require(node, "high", binder->diag);
    if (node_peek(node, "high")) node_require(node, "low", binder->diag);
    for (size_t r = 0; column->low >= 0 && column->high >= 0 && r < data->n_rows; r++) {
        Value low = table_cell(data, r, (size_t)column->low);
        Value high = table_cell(data, r, (size_t)column->high);
        if (low.kind == VALUE_NULL || high.kind == VALUE_NULL ||
            value_number(low) <= value_number(high))
            continue;
        diag_error(binder->diag, node_find(node, "low")->span, "constraint-error",
                   "check the query: swap the columns, or leave the row out",
                   "low: row %zu: %s is above %s, its high", r + 1, value_plain(low, binder->arena),
                   value_plain(high, binder->arena));
        return;
    }
}

static void bind_table_column(Binder *binder, Node *node, const Block *block, TableColumn *column) {
    Diag *diag = binder->diag;
    *column = (TableColumn){
        .head = bind_text(binder, node, "head", NULL, 0), .bar = -1, .low = -1, .high = -1};
    column->width = node_number(node, "width", 1, diag);
    column->align = read_align(binder, node);
    Node *text = node_find(node, "text");
    if (text) column->cells = bind_rows(binder, text, block->data);
    column->bar = bind_numbers(binder, node, "bar", block->data);
    if (column->bar >= 0) bind_range(binder, node, block->data, column);
    if (!read_color(binder, node, "color", &column->bar_color))
        column->bar_color = theme_role(binder->report->theme, "ink");
}

static void bind_table(Binder *binder, Node *node, Block *block) {
    block->title = bind_text(binder, node, "title", NULL, 0);
    block->text = bind_text(binder, node, "subtitle", NULL, 0);
    block->has_one_scale = node_bool(node, "one_scale", false, binder->diag);
    block->data = bind_query(binder, node_require(node, "data", binder->diag));
    Node *columns = node_require(node, "columns", binder->diag);
    if (!block->data || !columns || columns->kind != NODE_LIST) return;
    block->keys = bind_keys(binder, block->data);
    block->columns = ARENA_ARRAY(binder->arena, TableColumn, columns->n_children);
    for (size_t i = 0; i < columns->n_children; i++) {
        columns->children[i]->is_read = true;
        bind_table_column(binder, columns->children[i], block, &block->columns[i]);
    }
    block->n_columns = columns->n_children;
}

static bool read_is_right(Binder *binder, Node *node) {
    const char *word = node_text(node, "align", "left", binder->diag);
    if (!g_str_equal(word, "left") && !g_str_equal(word, "right"))
        diag_error(binder->diag, node_find(node, "align")->span, "type", "write left or right",
                   "align: unknown alignment « %s »", word);
    return g_str_equal(word, "right");
}

static void bind_block(Binder *binder, Node *node, Block *block) {
    block->node = node;
    block->has_color = read_color(binder, node, "color", &block->color);
    if (node_find(node, "table")) {
        block->kind = BLOCK_TABLE;
        bind_table(binder, node_map(node, "table", binder->diag), block);
    } else if (node_find(node, "number")) {
        block->kind = BLOCK_NUMBER;
        block->number = bind_text(binder, node, "number", NULL, 0);
        block->text = bind_text(binder, node, "text", NULL, 0);
    } else if (node_find(node, "columns") || node_find(node, "notes")) {
        block->kind = BLOCK_PROSE;
        block->prose = bind_prose(binder, node);
        block->style = read_text_style(binder, node);
    } else {
        block->kind = BLOCK_TEXT;
        node_require(node, "text", binder->diag);
        block->text = bind_text(binder, node, "text", NULL, 0);
        block->style = read_text_style(binder, node);
        block->is_right = read_is_right(binder, node);
    }
}

static const Figure *find_figure(const Report *report, const char *name) {
    for (size_t i = 0; i < report->n_figures; i++)
        if (g_str_equal(report->figures[i].name, name)) return &report->figures[i];
    return NULL;
}

static void report_unknown_block(Binder *binder, Node *blocks, const char *name, Span span) {
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (size_t i = 0; blocks && i < blocks->n_children; i++)
        g_ptr_array_add(known, (char *)blocks->children[i]->key);
    for (size_t i = 0; i < binder->report->n_figures; i++)
        g_ptr_array_add(known, (char *)binder->report->figures[i].name);
    g_ptr_array_add(known, NULL);
    const char *nearest = nearest_word(name, (const char *const *)known->pdata);
    g_autofree char *hint = nearest
                                ? g_strdup_printf(_("did you mean « %s »?"), nearest)
                                : g_strdup(_("declare it under blocks or figures; « . » is empty"));
    diag_error(binder->diag, span, "unknown-name", hint, "areas: « %s » is no block and no figure",
               name);
}

static Block find_block(Binder *binder, const char *name, Span span) {
    Block block = {.name = name};
    Node *blocks = node_map(binder->report->root, "blocks", binder->diag);
    const Figure *figure = find_figure(binder->report, name);
    Node *node = node_find(blocks, name);
    diag_enter(binder->diag, "block %s", name);
    if (figure) {
        block.kind = BLOCK_FIGURE;
        block.figure = figure;
        bind_remember_tables(binder, figure->tables, figure->n_tables);
    } else if (node && node->kind == NODE_MAP) {
        bind_block(binder, node, &block);
    } else {
        report_unknown_block(binder, blocks, name, span);
    }
    diag_leave(binder->diag);
    return block;
}

typedef struct {
    const char *name;
    Span span;
} Cell;

/* Reads the drawing: lines of names parted by spaces. Every line has as many. */
static Cell *read_cells(Binder *binder, Node *areas, PageSpec *page) {
    g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(Cell));
    const char *text = areas->text;
    int in_row = 0;
    for (size_t at = 0;; at++) {
        size_t len = strcspn(text + at, " \t\n");
        if (len) {
            Cell cell = {arena_strndup(binder->arena, text + at, len),
                         node_span_within(areas, at, len)};
            g_array_append_val(cells, cell);
            in_row++;
        }
        at += len;
        if (text[at] && text[at] != '\n') continue;
        if (in_row && page->n_columns && in_row != page->n_columns) {
            diag_error(binder->diag, node_span_within(areas, at > len ? at - len : 0, MAX(len, 1)),
                       "areas", "repeat a name to span columns; « . » is an empty cell",
                       "areas: this line has %d cells, the first has %d", in_row, page->n_columns);
            return NULL;
        }
        if (in_row) page->n_columns = in_row, page->n_rows++;
        in_row = 0;
        if (!text[at]) break;
    }
    return arena_dup(binder->arena, cells->data, cells->len * sizeof(Cell));
}

static bool is_rectangle(const Cell *cells, const PageSpec *page, const Area *area,
                         const char *name) {
    for (int r = 0; r < page->n_rows; r++)
        for (int c = 0; c < page->n_columns; c++) {
            bool inside = r >= area->row && r < area->row + area->n_rows && c >= area->column &&
                          c < area->column + area->n_columns;
            if (inside != g_str_equal(cells[r * page->n_columns + c].name, name)) return false;
        }
    return true;
}

static Area measure_area(const Cell *cells, const PageSpec *page, int row, int column) {
    const char *name = cells[row * page->n_columns + column].name;
    Area area = {.row = row, .column = column, .n_rows = 1, .n_columns = 1};
    while (column + area.n_columns < page->n_columns &&
           g_str_equal(cells[row * page->n_columns + column + area.n_columns].name, name))
        area.n_columns++;
    while (row + area.n_rows < page->n_rows &&
           g_str_equal(cells[(row + area.n_rows) * page->n_columns + column].name, name))
        area.n_rows++;
    return area;
}

static bool is_known_area(const PageSpec *page, const char *name) {
    for (size_t i = 0; i < page->n_areas; i++)
        if (g_str_equal(page->areas[i].block.name, name)) return true;
    return false;
}

static Node *block_node(Binder *binder, const char *name) {
    return node_find(node_map(binder->report->root, "blocks", binder->diag), name);
}

static bool reads_data(Binder *binder, const char *name) {
    Node *block = block_node(binder, name);
    return find_figure(binder->report, name) || (block && node_find(block, "table"));
}

/* The words of a key figure may cite the sources of its own sparkline: that is bound before. */
static const Spark *find_spark(Binder *binder, const char *name) {
    Node *block = block_node(binder, name);
    if (find_figure(binder->report, name) || !block || node_peek(block, "table") ||
        !node_peek(block, "number") || !node_find(block, "spark"))
        return NULL;
    diag_enter(binder->diag, "block %s", name);
    const Spark *spark = bind_spark(binder, block);
    diag_leave(binder->diag);
    return spark;
}

static void bind_areas(Binder *binder, Node *node, PageSpec *page) {
    Node *areas = node_require(node, "areas", binder->diag);
    if (!areas || areas->kind != NODE_SCALAR) return;
    Cell *cells = read_cells(binder, areas, page);
    if (!cells) return;
    page->areas = ARENA_ARRAY(binder->arena, Area, (size_t)(page->n_rows * page->n_columns));
    for (int r = 0; r < page->n_rows; r++)
        for (int c = 0; c < page->n_columns; c++) {
            const Cell *cell = &cells[r * page->n_columns + c];
            if (g_str_equal(cell->name, ".") || is_known_area(page, cell->name)) continue;
            Area area = measure_area(cells, page, r, c);
            area.block.name = cell->name;
            if (!is_rectangle(cells, page, &area, cell->name))
                diag_error(binder->diag, cell->span, "areas", "draw each block as one rectangle",
                           "areas: « %s » is not a rectangle", cell->name);
            page->areas[page->n_areas++] = area;
        }
    /* What reads data comes first, so that texts can cite the sources of the whole page. */
    for (int has_data = 1; has_data >= 0; has_data--) {
        if (!has_data) bind_sources(binder);
        for (size_t i = 0; i < page->n_areas; i++) {
            Area *area = &page->areas[i];
            const Cell *cell = &cells[area->row * page->n_columns + area->column];
            const Spark *spark = has_data ? find_spark(binder, cell->name) : area->block.spark;
            if (reads_data(binder, cell->name) == (bool)has_data)
                area->block = find_block(binder, cell->name, cell->span);
            area->block.spark = spark;
        }
    }
}

/* `rows: [auto, 2, 1]`: as high as the content, or shares of what remains. Without it, a row that
 * holds a figure has one share. */
static void bind_row_shares(Binder *binder, Node *node, PageSpec *page) {
    page->shares = ARENA_ARRAY(binder->arena, double, (size_t)MAX(page->n_rows, 1));
    Node *rows = node_list(node, "rows", binder->diag);
    if (rows && rows->n_children != (size_t)page->n_rows) {
        diag_error(binder->diag, rows->span, "rows", "write one height a line of areas",
                   "rows: %zu heights for %d lines", rows->n_children, page->n_rows);
        return;
    }
    for (int r = 0; rows && r < page->n_rows; r++) {
        Node *row = rows->children[r];
        row->is_read = true;
        if (row->text && g_str_equal(row->text, "auto")) continue;
        char *end = NULL;
        page->shares[r] = row->text ? g_ascii_strtod(row->text, &end) : 0;
        if (!row->text || *end || page->shares[r] <= 0)
            diag_error(binder->diag, row->span, "rows", "write auto or a number",
                       "rows: not a height");
    }
    for (size_t i = 0; !rows && i < page->n_areas; i++)
        if (page->areas[i].block.kind == BLOCK_FIGURE) page->shares[page->areas[i].row] = 1;
}

void bind_pages(Binder *binder) {
    Node *pages = node_require(binder->report->root, "pages", binder->diag);
    if (!pages || pages->kind != NODE_LIST) return;
    binder->report->pages = ARENA_ARRAY(binder->arena, PageSpec, pages->n_children);
    for (size_t i = 0; i < pages->n_children; i++) {
        Node *node = pages->children[i];
        node->is_read = true;
        PageSpec *page = &binder->report->pages[binder->report->n_pages++];
        *page = (PageSpec){.node = node};
        bind_page_number(binder, i + 1, pages->n_children);
        g_ptr_array_set_size(binder->tables, 0);
        binder->n_notes = 0;
        diag_enter(binder->diag, "page %zu", i + 1);
        bind_areas(binder, node, page);
        bind_row_shares(binder, node, page);
        diag_leave(binder->diag);
    }
}
