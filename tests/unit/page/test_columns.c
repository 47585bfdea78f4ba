#include "page/columns.h"

#include <string.h>

static Columns fill(const ColumnText *texts, size_t n, size_t n_columns, Arena *arena) {
    Columns columns = columns_fill(texts, n, n_columns, arena);
    g_assert_cmpuint(columns.n_columns, ==, n_columns);
    g_assert_cmpuint(columns.starts[0].text + columns.starts[0].line, ==, 0);
    g_assert_cmpuint(columns.starts[n_columns].text, ==, n);
    return columns;
}

/* "text.line text.line rows": where the columns after the first start, how high they are. */
static void expect(const ColumnText *texts, size_t n, size_t n_columns, const char *wanted) {
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(GString) shown = g_string_new(NULL);
    Columns columns = fill(texts, n, n_columns, arena);
    for (size_t c = 1; c < n_columns; c++)
        g_string_append_printf(shown, "%zu.%zu ", columns.starts[c].text, columns.starts[c].line);
    g_string_append_printf(shown, "%zu", columns.n_rows);
    g_assert_cmpstr(shown->str, ==, wanted);
}

#define EXPECT(n_columns, wanted, ...)                                                             \
    expect((const ColumnText[]){__VA_ARGS__},                                                      \
           sizeof((const ColumnText[]){__VA_ARGS__}) / sizeof(ColumnText), n_columns, wanted)
#define TEXT(n)                                                                                    \
    { .n_lines = (n) }
#define HEADING(n)                                                                                 \
    { .n_lines = (n), .above = 1, .is_heading = true }

static void test_balance(void) {
    EXPECT(1, "10", TEXT(10));
    EXPECT(2, "0.5 5", TEXT(10));
    EXPECT(2, "0.6 6", TEXT(11)); /* the last column is the short one */
    EXPECT(2, "1.0 7", TEXT(7), TEXT(7));
    EXPECT(3, "0.8 1.4 8", TEXT(12), TEXT(12));
    EXPECT(4, "1.0 2.0 3.0 2", TEXT(2), TEXT(2), TEXT(2), TEXT(2));
}

static void test_nothing(void) {
    g_autoptr(Arena) arena = arena_new();
    Columns columns = fill(NULL, 0, 3, arena);
    g_assert_cmpuint(columns.n_rows, ==, 0);
    g_assert_cmpuint(columns.cost, ==, 0);
    EXPECT(3, "1.0 1.0 1", TEXT(1)); /* fewer lines than columns */
}

/* 2 lines at the foot and at the head of a column, 3 in a text of 6 lines or more. */
static void test_widows_and_orphans(void) {
    EXPECT(2, "1.0 4", TEXT(4), TEXT(3));
    EXPECT(2, "1.0 5", TEXT(5), TEXT(3)); /* not 4 + 4: one line would start a column */
    EXPECT(2, "1.0 3", TEXT(3), TEXT(2)); /* 3 lines are not parted */
    EXPECT(2, "1.2 4", TEXT(2), TEXT(5));
    EXPECT(2, "1.3 5", TEXT(2), TEXT(6)); /* not 4 + 4: two lines of six would stay */
}

static void test_heading(void) {
    /* Not at the foot of a column: it starts the next one, without its space. */
    EXPECT(2, "1.0 6", TEXT(6), HEADING(1), TEXT(5));
    /* Nor with one line of what it announces. */
    EXPECT(2, "1.0 5", TEXT(3), HEADING(1), TEXT(4));
    /* One line is all it announces. */
    EXPECT(2, "2.0 2", HEADING(1), TEXT(1), HEADING(1), TEXT(1));
    /* Two items of one line are the two lines. */
    EXPECT(2, "3.0 3", HEADING(1), TEXT(1), TEXT(1), TEXT(1), TEXT(1), TEXT(1));
    /* Headings in a row stay together, whatever the height. */
    EXPECT(2, "4.0 7", HEADING(1), HEADING(1), HEADING(1), TEXT(2), TEXT(2));
}

static void test_hyphens(void) {
    static const bool at_five[11] = {[4] = true};
    static const bool at_six[11] = {[5] = true};
    /* No other break costs nothing. */
    EXPECT(2, "0.5 5", {.n_lines = 10, .is_hyphenated = at_five});
    /* 5 + 6 would end on a word, with the short column first. */
    EXPECT(2, "0.6 6", {.n_lines = 11, .is_hyphenated = at_six});
    /* 4 + 3 + 3 and 3 + 4 + 3 are as even. */
    static const bool at_four[10] = {[3] = true};
    EXPECT(3, "0.4 0.7 4", TEXT(10));
    EXPECT(3, "0.3 0.7 4", {.n_lines = 10, .is_hyphenated = at_four});
    g_autoptr(Arena) arena = arena_new();
    g_assert_cmpuint(fill(&(ColumnText){.n_lines = 10}, 1, 2, arena).cost, ==, 0);
    g_assert_cmpuint(fill(&(ColumnText){.n_lines = 10, .is_hyphenated = at_five}, 1, 2, arena).cost,
                     ==, 1);
}

/* The rules hold over random texts, and no lower columns obey them. */
static void check_rules(const ColumnText *texts, const Columns *columns) {
    for (size_t c = 1; c < columns->n_columns; c++) {
        ColumnPlace start = columns->starts[c], end = columns->starts[columns->n_columns];
        if (start.text == end.text) continue;
        size_t n = texts[start.text].n_lines, least = n >= 6 ? 3 : 2;
        if (start.line) {
            g_assert_false(texts[start.text].is_heading);
            g_assert_cmpuint(start.line, >=, least);
            g_assert_cmpuint(n - start.line, >=, least);
        } else if (start.text) {
            g_assert_false(texts[start.text - 1].is_heading);
        }
    }
}

static size_t rows_between(const ColumnText *texts, ColumnPlace start, ColumnPlace end) {
    size_t rows = 0;
    for (size_t i = start.text; i <= end.text; i++) {
        size_t from = i == start.text ? start.line : 0;
        size_t to = i == end.text ? end.line : texts[i].n_lines;
        if (to > from) rows += to - from + (rows ? texts[i].above : 0);
    }
    return rows;
}

static void test_random(void) {
    for (int round = 0; round < 500; round++) {
        g_autoptr(Arena) arena = arena_new();
        ColumnText texts[13] = {0};
        size_t n = (size_t)g_test_rand_int_range(1, 13), total = 0, longest = 0;
        for (size_t i = 0; i < n; i++) {
            texts[i] = (ColumnText){.n_lines = (size_t)g_test_rand_int_range(1, 12)};
            if (g_test_rand_int_range(0, 5) == 0) texts[i] = (ColumnText)HEADING(1);
            total += texts[i].n_lines + texts[i].above;
            longest = MAX(longest, texts[i].n_lines);
        }
        size_t n_columns = (size_t)g_test_rand_int_range(1, 5), highest = 0;
        Columns columns = fill(texts, n, n_columns, arena);
        check_rules(texts, &columns);
        for (size_t c = 0; c < n_columns; c++)
            highest = MAX(highest, rows_between(texts, columns.starts[c], columns.starts[c + 1]));
        g_assert_cmpuint(highest, ==, columns.n_rows);
        g_assert_cmpuint(columns.n_rows * n_columns + 5 * n_columns, >=, total - n);
    }
}

static void test_large(void) {
    g_autoptr(Arena) arena = arena_new();
    size_t n = 200000;
    g_autofree ColumnText *texts = g_new(ColumnText, n);
    for (size_t i = 0; i < n; i++) texts[i] = (ColumnText)HEADING(1);
    gint64 start = g_get_monotonic_time();
    fill(texts, n, 4, arena);
    for (size_t i = 0; i < n; i++) texts[i] = (ColumnText)TEXT(1 + i % 3);
    fill(texts, n, 4, arena);
    g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/columns/balance", test_balance);
    g_test_add_func("/page/columns/nothing", test_nothing);
    g_test_add_func("/page/columns/widows-and-orphans", test_widows_and_orphans);
    g_test_add_func("/page/columns/heading", test_heading);
    g_test_add_func("/page/columns/hyphens", test_hyphens);
    g_test_add_func("/page/columns/random", test_random);
    g_test_add_func("/page/columns/large", test_large);
    return g_test_run();
}
