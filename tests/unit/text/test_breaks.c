#include "text/breaks.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* Items from a picture: digits are widths of words (times 10), ' ' a space of 5, '~' one that does
 * not part, '-' a cut without space, '|' a forced end, '!' a dear space (400). */
static GArray *items_of(const char *picture) {
    GArray *items = g_array_new(FALSE, FALSE, sizeof(BreakItem));
    for (const char *p = picture; *p; p++) {
        BreakItem box = {.kind = BREAK_BOX, .width = (*p - '0') * 10.0};
        BreakItem cut = {.kind = BREAK_PENALTY};
        BreakItem glue = {.kind = BREAK_GLUE, .width = 5, .stretch = 2, .shrink = 1};
        if (g_ascii_isdigit(*p)) {
            g_array_append_val(items, box);
            continue;
        }
        if (*p == '~') cut.penalty = PENALTY_NEVER;
        if (*p == '!') cut.penalty = 400;
        if (*p == '-') cut.penalty = 50, cut.is_flagged = true;
        if (*p == '|') cut.penalty = PENALTY_FORCED;
        g_array_append_val(items, cut);
        if (strchr(" ~!", *p)) g_array_append_val(items, glue);
    }
    return items;
}

/* The boxes of each line, lines parted by '/', overfull ones marked '*'. */
static char *lines_of(const char *picture, double width, BreakMode mode) {
    g_autoptr(GArray) items = items_of(picture);
    g_autoptr(Breaks) breaks =
        breaks_find((BreakItem *)(void *)items->data, items->len, width, mode);
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < breaks->n; i++) {
        if (i) g_string_append_c(out, '/');
        for (size_t k = breaks->lines[i].start; k < breaks->lines[i].end; k++) {
            const BreakItem *item = &g_array_index(items, BreakItem, k);
            if (item->kind == BREAK_BOX) g_string_append_printf(out, "%.0f", item->width / 10);
        }
        if (breaks->lines[i].is_overfull) g_string_append_c(out, '*');
    }
    return g_string_free(out, FALSE);
}

static void check(const char *picture, double width, BreakMode mode, const char *expected) {
    g_autofree char *lines = lines_of(picture, width, mode);
    g_assert_cmpstr(lines, ==, expected);
}

static void test_ragged(void) {
    check("", 50, BREAKS_RAGGED, "");
    check("5", 50, BREAKS_RAGGED, "5");
    check("2 2 2 2 2 2", 50, BREAKS_RAGGED, "22/22/22");
    check("2 2 2 2 2", 50, BREAKS_RAGGED, "22/2/22"); /* no word alone at the end */
    check("4 1", 50, BREAKS_RAGGED, "4/1");           /* unless there is no other way */
    check("2!2 2 2", 50, BREAKS_RAGGED, "22/22");
    check("2 2!2 2", 50, BREAKS_RAGGED, "22/22"); /* dear, yet the only one that serves */
    check("2 2!2 2 2 2", 80, BREAKS_RAGGED, "222/222");
    check("2-2-2", 45, BREAKS_RAGGED, "22/2");
}

static void test_no_break(void) {
    check("2~2~2~2", 50, BREAKS_RAGGED, "2222*");
    check("2 9 2 2", 50, BREAKS_RAGGED, "2/9*/22");
    check("2 9 2 2", 50, BREAKS_BALANCED, "2/9*/22");
    check("2 9 2 2", 50, BREAKS_JUSTIFIED, "2/9*/22");
    check("2 2~2 2", 50, BREAKS_RAGGED, "2/22/2");
}

static void test_forced(void) {
    check("2 2|2", 90, BREAKS_RAGGED, "22/2");
    check("2||2", 90, BREAKS_RAGGED, "2//2");
    check("2|", 90, BREAKS_RAGGED, "2");
    check("|2", 90, BREAKS_RAGGED, "/2");
    check("2 2 |2 2 2 2", 0, BREAKS_BALANCED, "22/2222");
    check("  ", 50, BREAKS_RAGGED, "");
}

static void test_balanced(void) {
    check("2 2 2 2 2 2 2", 100, BREAKS_BALANCED, "2222/222");
    check("1 1 1 1 1 1 1 1 1", 100, BREAKS_BALANCED, "11111/1111");
    check("3 2 2 3 1", 70, BREAKS_BALANCED, "32/231");
    check("3 2 2 3 1", 200, BREAKS_BALANCED, "32231");
    check("5 4 1", 60, BREAKS_BALANCED, "5/41");
    check("2 2 2 2 2 2 2 2 2 2|3 3", 130, BREAKS_BALANCED, "22222/22222/33");
}

/* The space that ends the text or the line is dropped; the width is that of what is seen. */
static void test_ends(void) {
    g_autoptr(GArray) items = items_of("2 2  2 ");
    g_autoptr(Breaks) breaks =
        breaks_find((BreakItem *)(void *)items->data, items->len, 48, BREAKS_RAGGED);
    g_assert_cmpuint(breaks->n, ==, 2);
    g_assert_cmpfloat(breaks->lines[0].width, ==, 45);
    g_assert_cmpfloat(breaks->lines[1].width, ==, 20);
    g_assert_cmpuint(breaks->lines[0].next, ==, breaks->lines[1].start);
    g_assert_cmpuint(breaks->lines[1].next, ==, items->len);
}

static void test_justified(void) {
    g_autoptr(GArray) items = items_of("2 2 2 2 2 2 2 2");
    g_autoptr(Breaks) breaks =
        breaks_find((BreakItem *)(void *)items->data, items->len, 74, BREAKS_JUSTIFIED);
    g_assert_cmpuint(breaks->n, ==, 3);
    g_assert_cmpfloat_with_epsilon(breaks->lines[0].ratio, 1, 1e-9); /* 70 + 2 × 2 */
    g_assert_cmpfloat(breaks->lines[2].ratio, ==, 0);                /* the last is not filled */
    g_autoptr(Breaks) tight =
        breaks_find((BreakItem *)(void *)items->data, items->len, 68, BREAKS_JUSTIFIED);
    g_assert_cmpfloat_with_epsilon(tight->lines[0].ratio, -1, 1e-9); /* 70 − 2 × 1 */
    g_assert_false(tight->lines[0].is_overfull);
}

static GArray *items_random(int n_words) {
    g_autoptr(GString) picture = g_string_new(NULL);
    for (int i = 0; i < n_words; i++) {
        if (i) g_string_append_c(picture, "      ~!-|"[g_test_rand_int_range(0, 10)]);
        g_string_append_c(picture, (char)('1' + g_test_rand_int_range(0, 9)));
    }
    return items_of(picture->str);
}

/* Every box is on one line, in order; a line is too wide only where nothing can part it. */
static void test_lines_fit(void) {
    for (int round = 0; round < 3000; round++) {
        g_autoptr(GArray) items = items_random(g_test_rand_int_range(1, 40));
        const BreakItem *item = (BreakItem *)(void *)items->data;
        double width = g_test_rand_int_range(20, 300);
        BreakMode mode = (BreakMode)g_test_rand_int_range(0, 3);
        g_autoptr(Breaks) breaks = breaks_find(item, items->len, width, mode);
        size_t at = 0;
        for (size_t i = 0; i < breaks->n; i++) {
            const BreakLine *line = &breaks->lines[i];
            g_assert_cmpuint(line->start, ==, at);
            double seen = 0, shrink = 0;
            bool can_part = false;
            for (size_t k = line->start; k < line->end; k++) {
                if (item[k].kind != BREAK_PENALTY) seen += item[k].width;
                shrink += item[k].shrink;
                can_part |= item[k].kind == BREAK_PENALTY && item[k].penalty < PENALTY_NEVER;
            }
            for (size_t k = line->end; k < line->next; k++)
                g_assert_cmpint(item[k].kind, !=, BREAK_BOX);
            g_assert_cmpfloat_with_epsilon(line->width, seen, 1e-9);
            double least = mode == BREAKS_JUSTIFIED ? seen - shrink : seen;
            g_assert_cmpint(line->is_overfull, ==, least > width + 1e-3);
            if (line->is_overfull) g_assert_false(can_part);
            if (mode == BREAKS_JUSTIFIED) g_assert_cmpfloat(line->ratio, >=, -1);
            at = line->next;
        }
        g_assert_cmpuint(at, ==, items->len);
    }
}

/* Against every way to part up to ten words. Ragged: none that keeps two words on the last line has
 * less squared gaps and lines. Balanced: the fewest lines. */
static void test_best(void) {
    enum { MOST = 10 };
    for (int round = 0; round < 500; round++) {
        int n = g_test_rand_int_range(2, MOST + 1);
        char picture[2 * MOST] = "";
        for (int i = 0; i < n; i++) {
            picture[2 * i] = (char)('1' + g_test_rand_int_range(0, 5));
            if (i + 1 < n) picture[2 * i + 1] = ' ';
        }
        double width = g_test_rand_int_range(50, 160), best = INFINITY;
        size_t fewest = SIZE_MAX;
        for (unsigned cuts = 0; cuts < 1u << (n - 1); cuts++) {
            double line = 0, cost = 0, words = 0;
            size_t lines = 0;
            bool fits = true;
            for (int i = 0; i < n; i++) {
                line += (picture[2 * i] - '0') * 10 + (words ? 5 : 0);
                words++;
                bool is_last = i + 1 == n;
                if (!is_last && !(cuts >> i & 1)) continue;
                fits &= line <= width;
                lines++;
                cost += 20 + (is_last ? 0 : 1000 * pow((width - line) / width, 2));
                if (is_last && lines > 1 && (words == 1 || line < 0.2 * width)) cost = INFINITY;
                line = words = 0;
            }
            if (!fits) continue;
            best = fmin(best, cost);
            fewest = MIN(fewest, lines);
        }
        g_autoptr(GArray) items = items_of(picture);
        const BreakItem *item = (BreakItem *)(void *)items->data;
        g_autoptr(Breaks) balanced = breaks_find(item, items->len, width, BREAKS_BALANCED);
        g_assert_cmpuint(balanced->n, ==, fewest);
        if (!isfinite(best)) continue;
        g_autoptr(Breaks) ragged = breaks_find(item, items->len, width, BREAKS_RAGGED);
        double cost = 20.0 * (double)ragged->n;
        for (size_t i = 0; i + 1 < ragged->n; i++)
            cost += 1000 * pow((width - ragged->lines[i].width) / width, 2);
        g_assert_cmpfloat(cost, <=, best + 1e-6);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/breaks/ragged", test_ragged);
    g_test_add_func("/text/breaks/no-break", test_no_break);
    g_test_add_func("/text/breaks/forced", test_forced);
    g_test_add_func("/text/breaks/balanced", test_balanced);
    g_test_add_func("/text/breaks/ends", test_ends);
    g_test_add_func("/text/breaks/justified", test_justified);
    g_test_add_func("/text/breaks/lines-fit", test_lines_fit);
    g_test_add_func("/text/breaks/best", test_best);
    return g_test_run();
}
