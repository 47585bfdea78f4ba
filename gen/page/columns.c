#include "page/columns.h"

#include <stdint.h>

/* How many rows a column may be short of the highest: beyond, nothing is gained by looking. */
enum { SLACK = 40 };

/* A row missing weighs more than any number of hyphens; more in a column that is not the last. */
enum { HYPHEN = 1, LAST_ROW = 8, ROW = 16 };

typedef struct {
    ColumnPlace place;
    size_t rows;       /* of all lines before it, with what stands above it */
    size_t above;      /* part of `rows` that a head of column leaves out */
    size_t last_break; /* the last line up to it that may start a column */
    bool may_break, is_after_hyphen;
} Line;

typedef struct {
    Line *lines; /* n + 1: the last is the end */
    size_t n, n_columns;
    size_t height;
} Filler;

/* Where column c started at line `start` costs least: filled from the last column back. */
typedef struct {
    size_t cost, end;
} State;

static bool may_part(const ColumnText *text, size_t line) {
    size_t least = text->n_lines >= 6 ? 3 : 2;
    return !text->is_heading && line >= least && text->n_lines - line >= least;
}

/* The lines a heading keeps with it are counted over the texts that follow it. */
static Line *lines_new(const ColumnText *texts, size_t n, size_t *ret_n) {
    enum { KEPT = 2 };
    size_t n_lines = 0, rows = 0, announced = KEPT, at = 0;
    for (size_t i = 0; i < n; i++) n_lines += texts[i].n_lines;
    Line *lines = g_new0(Line, n_lines + 1);
    bool is_after_heading = false, is_after_hyphen = false;
    for (size_t i = 0; i < n; i++) {
        const ColumnText *text = &texts[i];
        if (text->is_heading && !is_after_heading) announced = KEPT; /* all it announces */
        for (size_t j = 0; j < text->n_lines; j++) {
            Line *line = &lines[at++];
            size_t above = j || at == 1 ? 0 : text->above;
            rows += above;
            *line = (Line){.place = {i, j}, .rows = rows, .above = above};
            line->may_break = (j ? may_part(text, j) : !is_after_heading) && announced >= KEPT;
            line->is_after_hyphen = is_after_hyphen;
            rows++;
            if (!text->is_heading) announced++;
            is_after_heading = false;
            is_after_hyphen = text->is_hyphenated && text->is_hyphenated[j];
        }
        is_after_heading = text->is_heading;
        if (text->is_heading) announced = 0;
    }
    lines[n_lines] = (Line){.place = {n, 0}, .rows = rows, .may_break = true};
    for (size_t i = 0; i <= n_lines; i++)
        lines[i].last_break = i == 0 || lines[i].may_break ? i : lines[i - 1].last_break;
    *ret_n = n_lines;
    return lines;
}

/* Rows of a column of lines [start, end). */
static size_t column_rows(const Filler *filler, size_t start, size_t end) {
    if (start == end) return 0;
    const Line *last = &filler->lines[end];
    return last->rows - last->above - filler->lines[start].rows;
}

/* The furthest end of a column started here that is not too high; `start` when there is none. */
static size_t furthest_end(const Filler *filler, size_t start) {
    size_t low = start, high = filler->n;
    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (column_rows(filler, start, middle) <= filler->height)
            low = middle;
        else
            high = middle - 1;
    }
    size_t end = filler->lines[low].last_break;
    return end > start ? end : start;
}

static bool fits(const Filler *filler) {
    size_t at = 0;
    for (size_t c = 0; c < filler->n_columns; c++) at = furthest_end(filler, at);
    return at == filler->n;
}

/* The lowest height that holds every line: what fits in one fits in a higher one. */
static void find_height(Filler *filler) {
    size_t low = 0, high = filler->lines[filler->n].rows;
    while (low < high) {
        filler->height = low + (high - low) / 2;
        if (fits(filler))
            high = filler->height;
        else
            low = filler->height + 1;
    }
    filler->height = low;
}

static size_t break_cost(const Filler *filler, size_t column, size_t start, size_t end) {
    bool is_last = column + 1 == filler->n_columns;
    size_t missing = filler->height - column_rows(filler, start, end);
    size_t hyphen = end < filler->n && filler->lines[end].is_after_hyphen ? HYPHEN : 0;
    return missing * missing * (is_last ? LAST_ROW : ROW) + hyphen;
}

/* The best end of a column that starts at `start`; `next` holds the states of the column after it,
 * NULL for the last one. The furthest end is tried first: fits() has shown that it leads on. */
static State best_end(const Filler *filler, const State *next, size_t column, size_t start) {
    size_t end = furthest_end(filler, start);
    State best = {SIZE_MAX, end};
    if (!next) {
        if (end == filler->n) best.cost = break_cost(filler, column, start, end);
        return best;
    }
    for (;;) {
        if (next[end].cost < SIZE_MAX) {
            size_t cost = next[end].cost + break_cost(filler, column, start, end);
            if (cost < best.cost) best = (State){cost, end};
        }
        if (end == start || column_rows(filler, start, end) + SLACK < filler->height) return best;
        size_t before = filler->lines[end - 1].last_break;
        end = before > start ? before : start;
    }
}

Columns columns_fill(const ColumnText *texts, size_t n, size_t n_columns, Arena *arena) {
    Filler filler = {.n_columns = n_columns};
    g_assert(n_columns > 0);
    filler.lines = lines_new(texts, n, &filler.n);
    find_height(&filler);
    Columns columns = {.starts = ARENA_ARRAY(arena, ColumnPlace, n_columns + 1),
                       .n_columns = n_columns,
                       .n_rows = filler.height};
    g_autofree State *states = g_new0(State, n_columns * (filler.n + 1));
    for (size_t c = n_columns; c-- > 0;)
        for (size_t i = 0; i <= filler.n; i++) {
            const State *next = c + 1 < n_columns ? states + (c + 1) * (filler.n + 1) : NULL;
            states[c * (filler.n + 1) + i] = best_end(&filler, next, c, i);
        }
    size_t at = 0;
    columns.cost = states[0].cost;
    for (size_t c = 0; c < n_columns; c++) {
        columns.starts[c] = filler.lines[at].place;
        at = states[c * (filler.n + 1) + at].end;
    }
    columns.starts[n_columns] = filler.lines[at].place;
    g_free(filler.lines);
    return columns;
}
