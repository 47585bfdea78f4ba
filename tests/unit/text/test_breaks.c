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

static Breaks *find(const GArray *items, double width, BreakMode mode) {
    BreakRules rules = {.mode = mode, .width = width};
    return breaks_find((const BreakItem *)(const void *)items->data, items->len, &rules);
}

/* The boxes of each line, lines parted by '/', overfull ones marked '*'. */
static char *shown(const GArray *items, const Breaks *breaks) {
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

static void check_rules(const GArray *items, const BreakRules *rules, const char *expected) {
    g_autoptr(Breaks) breaks =
        breaks_find((const BreakItem *)(const void *)items->data, items->len, rules);
    g_autofree char *lines = shown(items, breaks);
    g_assert_cmpstr(lines, ==, expected);
}

static void check(const char *picture, double width, BreakMode mode, const char *expected) {
    g_autoptr(GArray) items = items_of(picture);
    BreakRules rules = {.mode = mode, .width = width};
    check_rules(items, &rules, expected);
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
    g_autoptr(Breaks) breaks = find(items, 48, BREAKS_RAGGED);
    g_assert_cmpuint(breaks->n, ==, 2);
    g_assert_cmpfloat(breaks->lines[0].width, ==, 45);
    g_assert_cmpfloat(breaks->lines[1].width, ==, 20);
    g_assert_cmpuint(breaks->lines[0].next, ==, breaks->lines[1].start);
    g_assert_cmpuint(breaks->lines[1].next, ==, items->len);
}

static void test_justified(void) {
    g_autoptr(GArray) items = items_of("2 2 2 2 2 2 2 2");
    g_autoptr(Breaks) breaks = find(items, 74, BREAKS_JUSTIFIED);
    g_assert_cmpuint(breaks->n, ==, 3);
    g_assert_cmpfloat_with_epsilon(breaks->lines[0].ratio, 1, 1e-9); /* 70 + 2 × 2 */
    g_assert_cmpfloat(breaks->lines[2].ratio, ==, 0);                /* the last is not filled */
    g_autoptr(Breaks) tight = find(items, 68, BREAKS_JUSTIFIED);
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
        g_autoptr(Breaks) breaks = find(items, width, mode);
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

/* Of a ragged line that is not the last. */
static double rag_cost(double line, double width) {
    double gap = (width - line) / width;
    return 20 + 1000 * gap * gap + (gap > 0.2 ? 3000 * pow(gap - 0.2, 2) : 0);
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
                cost += is_last ? 20 : rag_cost(line, width);
                if (is_last && lines > 1 && (words == 1 || line < 0.2 * width)) cost = INFINITY;
                line = words = 0;
            }
            if (!fits) continue;
            best = fmin(best, cost);
            fewest = MIN(fewest, lines);
        }
        g_autoptr(GArray) items = items_of(picture);
        g_autoptr(Breaks) balanced = find(items, width, BREAKS_BALANCED);
        g_assert_cmpuint(balanced->n, ==, fewest);
        if (!isfinite(best)) continue;
        g_autoptr(Breaks) ragged = find(items, width, BREAKS_RAGGED);
        double cost = 20;
        for (size_t i = 0; i + 1 < ragged->n; i++) cost += rag_cost(ragged->lines[i].width, width);
        double stairs = ragged->n > 3 ? 60 * (double)(ragged->n - 3) : 0; /* a price aside */
        g_assert_cmpfloat(cost, <=, best + stairs + 1e-6);
    }
}

/* TeX's demerits of a justified line that is not the last; INFINITY when it is too full. */
static double demerits(double seen, double width, double words) {
    double gap = width - seen, give = (words - 1) * (gap > 0 ? 2 : 1);
    if (gap < 0 && -gap > give + 1e-6) return INFINITY;
    double r = give > 0 ? fabs(gap) / give : gap > 1e-4 ? 1 + 20 * gap / width : 0;
    bool is_beyond = (gap > 0 && r > 1) || (give <= 0 && gap > 1e-4);
    double beyond = is_beyond ? 5e6 + 2e7 * pow(r - 1, 2) : 0;
    return pow(10 + 100 * pow(r, 3), 2) + beyond;
}

/* Against every way to part up to ten words: none has much fewer demerits, misfit and rivers aside.
 */
static void test_best_justified(void) {
    enum { MOST = 10 };
    for (int round = 0; round < 500; round++) {
        int n = g_test_rand_int_range(2, MOST + 1), wide[MOST];
        char picture[2 * MOST] = "";
        for (int i = 0; i < n; i++) {
            wide[i] = g_test_rand_int_range(1, 6);
            picture[2 * i] = (char)('0' + wide[i]);
            if (i + 1 < n) picture[2 * i + 1] = ' ';
        }
        double width = g_test_rand_int_range(50, 160), best = INFINITY;
        for (unsigned cuts = 0; cuts < 1u << (n - 1); cuts++) {
            double line = 0, cost = 0, words = 0;
            for (int i = 0; i < n; i++) {
                line += wide[i] * 10 + (words ? 5 : 0);
                words++;
                bool is_last = i + 1 == n;
                if (!is_last && !(cuts >> i & 1)) continue;
                bool is_runt = is_last && cuts && (words == 1 || line < 0.2 * width);
                if (is_last && line <= width)
                    cost += 100 + (is_runt ? 1e8 : 0);
                else
                    cost += demerits(line, width, words) + (is_runt ? 1e8 : 0);
                line = words = 0;
            }
            best = fmin(best, cost);
        }
        g_autoptr(GArray) items = items_of(picture);
        g_autoptr(Breaks) breaks = find(items, width, BREAKS_JUSTIFIED);
        const BreakItem *item = (const BreakItem *)(const void *)items->data;
        double cost = 0;
        for (size_t i = 0; i < breaks->n; i++) {
            const BreakLine *line = &breaks->lines[i];
            double words = 0;
            for (size_t k = line->start; k < line->end; k++) words += item[k].kind == BREAK_BOX;
            bool is_last = i + 1 == breaks->n;
            bool is_runt = is_last && i && (words < 2 || line->width < 0.2 * width);
            cost += is_last && line->width <= width ? 100 : demerits(line->width, width, words);
            cost += is_runt ? 1e8 : 0;
        }
        double aside = 2e4 * (double)breaks->n * (double)breaks->n;
        bool is_feasible = best < 5e6; /* within the limits of the spaces */
        if (is_feasible) g_assert_cmpfloat(cost, <=, best + aside);
        if (isfinite(best)) g_assert_true(isfinite(cost));
    }
}

static void test_indent(void) {
    g_autoptr(GArray) items = items_of("2 2 2 2 2 2 2");
    BreakRules rules = {.mode = BREAKS_RAGGED, .width = 70};
    check_rules(items, &rules, "222/22/22");
    rules.indent = 20; /* of the first line */
    check_rules(items, &rules, "22/222/22");
    rules.indent = -20; /* of the others */
    check_rules(items, &rules, "222/22/22");
    rules.width = 95;
    check_rules(items, &rules, "2222/222");
}

static void test_hang(void) {
    g_autoptr(GArray) items = items_of("2 2 2 2");
    BreakItem *item = (BreakItem *)(void *)items->data;
    BreakRules rules = {.mode = BREAKS_RAGGED, .width = 43};
    check_rules(items, &rules, "2/2/2/2");
    for (size_t i = 0; i < items->len; i++)
        if (item[i].kind == BREAK_BOX) item[i].hang_end = 2;
    check_rules(items, &rules, "22/22");
    g_autoptr(Breaks) breaks = breaks_find(item, items->len, &rules);
    g_assert_cmpfloat(breaks->lines[0].width, ==, 43); /* 45 less what hangs */
}

/* Two hyphens running have a price, three come only where nothing else does. */
static void test_hyphens(void) {
    g_autoptr(GArray) items = items_of("3 3-3-3-3 3 3 2");
    BreakRules rules = {.mode = BREAKS_JUSTIFIED, .width = 60, .loosest = 20};
    g_autoptr(Breaks) breaks = breaks_find((BreakItem *)(void *)items->data, items->len, &rules);
    size_t running = 0;
    for (size_t i = 0; i < breaks->n; i++) {
        const BreakItem *end = &g_array_index(items, BreakItem, breaks->lines[i].end);
        bool is_cut = breaks->lines[i].end < items->len && end->is_flagged;
        running = is_cut ? running + 1 : 0;
        g_assert_cmpuint(running, <, 3);
    }
    g_autoptr(GArray) forced = items_of("5-5-5-5-5");
    check_rules(forced, &(BreakRules){.mode = BREAKS_JUSTIFIED, .width = 50}, "5/5/5/5/5");
}

static void test_looseness(void) {
    g_autoptr(GString) picture = g_string_new("1");
    for (int i = 0; i < 60; i++) g_string_append(picture, " 1");
    g_autoptr(GArray) items = items_of(picture->str);
    const BreakItem *item = (const BreakItem *)(const void *)items->data;
    BreakRules rules = {.mode = BREAKS_JUSTIFIED, .width = 145, .loosest = 3, .tightest = 2};
    g_autoptr(Breaks) best = breaks_find(item, items->len, &rules);
    rules.looseness = 1;
    g_autoptr(Breaks) longer = breaks_find(item, items->len, &rules);
    g_assert_cmpuint(longer->n, ==, best->n + 1);
    rules.looseness = -1;
    g_autoptr(Breaks) shorter = breaks_find(item, items->len, &rules);
    g_assert_cmpuint(shorter->n, ==, best->n - 1);
    rules.looseness = 9; /* beyond what the spaces bear */
    g_autoptr(Breaks) same = breaks_find(item, items->len, &rules);
    g_assert_cmpuint(same->n, ==, best->n);
}

/* A line more is not worth a runt: 9 + 9 + 2 words would be as loose as is allowed. */
static void test_looseness_runt(void) {
    g_autoptr(GString) picture = g_string_new("1");
    for (int i = 1; i < 20; i++) g_string_append(picture, " 1");
    g_autoptr(GArray) items = items_of(picture->str);
    BreakRules rules = {
        .mode = BREAKS_JUSTIFIED, .width = 145, .looseness = 1, .loosest = 1.5, .tightest = 2};
    check_rules(items, &rules, "1111111111/1111111111");
    rules.loosest = 3;
    check_rules(items, &rules, "11111111/111111111/111");
}

/* Words of one width set the gaps one under another. */
static void test_rivers(void) {
    g_autoptr(GArray) items = items_of("2 2 2 2 2 2 2 2 2 2 2 2");
    g_autoptr(Breaks) four = find(items, 70, BREAKS_JUSTIFIED);
    g_assert_cmpuint(four->n, ==, 4);
    g_assert_cmpuint(four->rivers, ==, 2);
    g_autoptr(GArray) fewer = items_of("2 2 2 2 2 2 2 2 2");
    g_autoptr(Breaks) three = find(fewer, 70, BREAKS_JUSTIFIED);
    g_assert_cmpuint(three->n, ==, 3);
    g_assert_cmpuint(three->rivers, ==, 0);
}

/* The same word would open two lines running: a line as good is set otherwise. */
static void test_repeats(void) {
    g_autoptr(GArray) items = items_of("2 2 2 2 2 2 2 2 2 2");
    BreakItem *item = (BreakItem *)(void *)items->data;
    BreakRules rules = {.mode = BREAKS_JUSTIFIED, .width = 95, .loosest = 30, .tightest = 1};
    g_autoptr(Breaks) plain = breaks_find(item, items->len, &rules);
    g_assert_cmpuint(plain->n, ==, 3);
    size_t second = plain->lines[1].start, third = plain->lines[2].start;
    item[second].start_key = item[third].start_key = 7;
    item[0].stretch = item[0].shrink = 0;
    g_autoptr(Breaks) kept = breaks_find(item, items->len, &rules);
    g_assert_true(kept->lines[1].start == second); /* dearer ways remain dearer */
    /* Two ways as good: nine words of one width on lines of four or five. */
    for (size_t i = 0; i < items->len; i++)
        if (item[i].kind == BREAK_GLUE) item[i].stretch = 40;
    g_autoptr(Breaks) moved = breaks_find(item, items->len, &rules);
    bool repeats = item[moved->lines[1].start].start_key == 7 && moved->n > 2 &&
                   item[moved->lines[2].start].start_key == 7;
    g_assert_false(repeats);
}

/* Lines that grow, or shrink, one after another are avoided where others are nearly as good. */
static void test_staircase(void) {
    check("3 1 1 3 1 5 1 1 4 1 1", 90, BREAKS_RAGGED, "311/31/511/411"); /* not 31/131/511/411 */
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
    g_test_add_func("/text/breaks/best-justified", test_best_justified);
    g_test_add_func("/text/breaks/indent", test_indent);
    g_test_add_func("/text/breaks/hang", test_hang);
    g_test_add_func("/text/breaks/hyphens", test_hyphens);
    g_test_add_func("/text/breaks/looseness", test_looseness);
    g_test_add_func("/text/breaks/looseness-runt", test_looseness_runt);
    g_test_add_func("/text/breaks/rivers", test_rivers);
    g_test_add_func("/text/breaks/repeats", test_repeats);
    g_test_add_func("/text/breaks/staircase", test_staircase);
    return g_test_run();
}
