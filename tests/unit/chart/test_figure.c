/* Whole figures of random rows: what must hold of any frame, whichever mark made it. */
#include "chart/chart.h"

#include "lang/fr_format.h"
#include "report/rich.h"

#include <math.h>
#include <string.h>

enum { MOST_ROWS = 60, N_COLUMNS = 3 };

/* Everything that figures are made of but their rows. */
typedef struct {
    Arena *arena;
    Diag *diag;
    Source *theme_source;
    Theme *theme;
    Fonts *fonts;
    const Medium *medium;
} Desk;

static Desk desk_new(void) {
    Desk desk = {.arena = arena_new(), .diag = diag_new()};
    g_autoptr(GError) error = NULL;
    char *text;
    gsize len;
    g_file_get_contents(PROJECT_DIR "/tests/golden/theme.yaml", &text, &len, &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) bytes = g_bytes_new_take(text, len);
    desk.theme_source = source_new("theme.yaml", bytes);
    Node *root = node_parse(desk.theme_source, desk.arena, desk.diag);
    desk.theme = theme_parse(root, desk.arena, desk.diag);
    desk.fonts = fonts_load(desk.theme->font_dirs, desk.theme->families, desk.diag);
    desk.medium = theme_medium(desk.theme, "article");
    g_assert_cmpuint(diag_count(desk.diag), ==, 0);
    return desk;
}

static void desk_clear(Desk *desk) {
    g_assert_cmpuint(diag_errors(desk->diag), ==, 0);
    fonts_free(desk->fonts);
    source_unref(desk->theme_source);
    diag_free(desk->diag);
    arena_free(desk->arena);
}

/* A figure of one mark over columns d (a date), n and m (numbers). */
typedef struct {
    Arena *arena;
    Source *source;
    Value cells[MOST_ROWS * N_COLUMNS];
    const char *keys[MOST_ROWS];
    RichText labels[MOST_ROWS];
    Table table;
    Layer layer;
    Panel panel;
    Figure figure;
} Rows;

static Rows *rows_new(Desk *desk, const char *mark, const char *keys) {
    static const char *columns[] = {"d", "n", "m"};
    Rows *rows = g_new0(Rows, 1);
    rows->arena = arena_new();
    g_autoptr(GBytes) bytes = g_bytes_new(keys, strlen(keys));
    rows->source = source_new("marks.yaml", bytes);
    Node *node = node_parse(rows->source, rows->arena, desk->diag);
    g_assert_nonnull(node);
    rows->table = (Table){.columns = columns, .n_columns = N_COLUMNS, .cells = rows->cells};
    rows->layer = (Layer){.mark = mark,
                          .node = node_find(node, mark),
                          .data = &rows->table,
                          .labels = rows->labels,
                          .keys = rows->keys};
    rows->panel = (Panel){.node = node, .share = 1, .layers = &rows->layer, .n_layers = 1};
    rows->figure = (Figure){.name = "figure",
                            .node = node,
                            .title = rich_plain("Titre", &desk->theme->typography, rows->arena),
                            .panels = &rows->panel,
                            .n_panels = 1};
    return rows;
}

static void rows_free(Rows *rows) {
    source_unref(rows->source);
    arena_free(rows->arena);
    g_free(rows);
}

static void rows_add(Rows *rows, int32_t day, double n, double m) {
    static const char *const names[] = {"Ronin", "Atomic Wallet, à Tallinn", "KuCoin",
                                        "DMM Bitcoin", "Upbit, portefeuille chaud"};
    static const FrTypoOptions plain = {0};
    size_t i = rows->table.n_rows++;
    Value *cells = &rows->cells[i * N_COLUMNS];
    cells[0] = (Value){.kind = VALUE_DATE, .date = date_of_day(day)};
    cells[1] = (Value){.kind = VALUE_REAL, .real = n};
    cells[2] = (Value){.kind = VALUE_REAL, .real = m};
    rows->keys[i] = arena_printf(rows->arena, "row-%zu", i);
    const char *name = arena_printf(rows->arena, "%s %zu", names[i % G_N_ELEMENTS(names)], i + 1);
    rows->labels[i] = rich_plain(name, &plain, rows->arena);
}

static void rows_span(Rows *rows, int32_t first, int32_t last) {
    rows->figure.has_time = true;
    rows->figure.from = date_of_day(first);
    rows->figure.to = date_of_day(last);
}

static Frame *compose(Desk *desk, const Rows *rows, Lock *lock) {
    ChartContext context = {.fonts = desk->fonts,
                            .theme = desk->theme,
                            .medium = desk->medium,
                            .stands_alone = true,
                            .lock = lock};
    Frame *frame = chart_compose(&rows->figure, &context, 680, 420, desk->diag);
    if (!frame) g_test_message("%s", diag_at(desk->diag, diag_count(desk->diag) - 1)->message);
    g_assert_nonnull(frame);
    return frame;
}

/* ---- names of the axis of time */

/* Texts of the role, their runs joined, in the order they were painted. */
static GPtrArray *texts_of(const Frame *frame, Role role) {
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    int block = -1;
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        if (item->kind != ITEM_TEXT || item->role != role) continue;
        if (item->block == block) {
            char *before = g_ptr_array_steal_index(texts, texts->len - 1);
            g_ptr_array_add(texts, g_strconcat(before, item->run.text, NULL));
            g_free(before);
        } else {
            g_ptr_array_add(texts, g_strdup(item->run.text));
        }
        block = item->block;
    }
    return texts;
}

static void expect_years(const GPtrArray *names, int32_t first, int32_t last) {
    int before = 0, step = 0;
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        int year = atoi(name);
        g_assert_cmpuint(strlen(name), ==, 4);
        g_assert_cmpint(year, >=, date_year(first));
        g_assert_cmpint(year, <=, date_year(last));
        if (i) g_assert_cmpint(year, >, before);
        if (i > 1) g_assert_cmpint(year - before, ==, step);
        if (i) step = year - before;
        if (i) g_assert_cmpint(year % step, ==, 0);
        before = year;
    }
}

/* The name of some month of the span that has not been named, at even steps. */
static void expect_months(const GPtrArray *names, int32_t first, int32_t last) {
    int32_t day = first;
    int at = 0, before = 0, step = 0;
    for (guint i = 0; i < names->len; i++) {
        for (;; day++) {
            g_assert_cmpint(day, <=, last);
            int year, month, of_month;
            date_civil(day, &year, &month, &of_month);
            at = 12 * year + month - 1;
            g_autofree char *name = fr_date(date_from_ymd(year, month, 0), FR_DATE_MONTH_SHORT);
            if (g_str_equal(name, names->pdata[i])) break;
        }
        if (i) g_assert_cmpint(at, >, before);
        if (i > 1) g_assert_cmpint(at - before, ==, step);
        if (i) step = at - before;
        if (i) g_assert_cmpint(at % 12 % step, ==, 0);
        before = at;
    }
}

/* Each is a day of the span that a row has; the first of a month says which. */
static void expect_days(const GPtrArray *names, const Rows *rows, int32_t first, int32_t last) {
    int32_t day = first;
    int named = 0;
    for (guint i = 0; i < names->len; i++) {
        for (;; day++) {
            g_assert_cmpint(day, <=, last);
            int year, month, of_month;
            date_civil(day, &year, &month, &of_month);
            g_autofree char *name = month == named ? g_strdup_printf("%d", of_month)
                                                   : fr_date(date_of_day(day), FR_DATE_DAY_MONTH);
            bool is_row = false;
            for (size_t k = 0; k < rows->table.n_rows; k++)
                is_row |= rows->cells[k * N_COLUMNS].date.first == day;
            if (!is_row || !g_str_equal(name, names->pdata[i])) continue;
            named = month;
            break;
        }
        day++;
    }
}

/* Lines of years stand where years start. */
static void expect_lines(const Frame *frame, int32_t first, int32_t last) {
    double x0 = 0, x1 = 0;
    for (size_t i = 0; i < frame->n; i++)
        if (frame->items[i].role == ROLE_AXIS)
            x0 = frame->items[i].shape.points[0].x, x1 = frame->items[i].shape.points[1].x;
    Scale scale = {.d0 = first, .d1 = last + 1, .r0 = x0, .r1 = x1};
    size_t n = 0;
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        if (item->role != ROLE_GRID || item->shape.points[0].x != item->shape.points[1].x) continue;
        double at = scale_invert(scale, item->shape.points[0].x);
        int32_t day = (int32_t)lround(at);
        g_assert_cmpfloat_with_epsilon(at, day, 1e-3);
        int year, month, of_month;
        date_civil(day, &year, &month, &of_month);
        g_assert_cmpint(month, ==, 1);
        g_assert_cmpint(of_month, ==, 1);
        n++;
    }
    g_assert_cmpuint(n, >=, 1);
}

static void expect_calendar(Desk *desk, int32_t first, int32_t days) {
    int32_t last = first + days - 1;
    Rows *rows = rows_new(desk, "flag", "flag: {x: d, sides: up}\n");
    rows_span(rows, first, last);
    for (int i = 0; i < 6; i++) rows_add(rows, g_test_rand_int_range(first, last + 1), 1, 1);
    g_autoptr(Frame) frame = compose(desk, rows, NULL);
    g_autoptr(GPtrArray) names = texts_of(frame, ROLE_TICK);
    g_test_message("%d days from day %d: %u names", days, first, names->len);
    g_assert_cmpuint(names->len, >=, 1);
    switch (time_unit(first, last)) {
    case TIME_YEARS:
        expect_years(names, first, last);
        expect_lines(frame, first, last);
        break;
    case TIME_MONTHS: expect_months(names, first, last); break;
    case TIME_DAYS: expect_days(names, rows, first, last);
    }
    rows_free(rows);
}

static void test_time(void) {
    /* Years of uneven width, the first of which came in from the edge onto the next. */
    static const int32_t known[][2] = {
        {-223800, 5541}, {-353379, 10850}, {-152338, 9792}, {-140786, 10824}};
    Desk desk = desk_new();
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        expect_calendar(&desk, known[i][0], known[i][1]);
    for (int round = 0; round < 250; round++) {
        int32_t first = date_from_ymd(g_test_rand_int_range(1000, 2200), 1, 1).first +
                        g_test_rand_int_range(0, 366);
        /* As many short spans as long ones. */
        expect_calendar(&desk, first,
                        (int32_t)pow(10, g_test_rand_double_range(0, log10(200 * 365.25))));
    }
    desk_clear(&desk);
}

/* ---- labels */

typedef struct {
    const char *mark, *keys;
    bool has_time;
} Kind;

static const Kind kinds[] = {
    {"flag", "flag: {x: d, rank: n}\n", true},
    {"flag", "flag: {x: d, rank: n, vertical: true}\n", true},
    {"bubble", "bubble: {x: d, size: n, labels: 99}\n", true},
    {"dot", "dot: {x: d, y: n, labels: 99}\n", true},
    {"scatter", "scatter: {x: m, y: n, labels: 99}\n", false},
};

/* Rows around a few dates. */
static Rows *rows_any(Desk *desk, const Kind *kind, int n, guint32 seed) {
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    int32_t first = date_from_ymd(2015, 1, 1).first, last = date_from_ymd(2024, 12, 31).first;
    int32_t centers[4];
    Rows *rows = rows_new(desk, kind->mark, kind->keys);
    if (kind->has_time) rows_span(rows, first, last);
    for (size_t i = 0; i < G_N_ELEMENTS(centers); i++)
        centers[i] = g_rand_int_range(random, first, last);
    for (int i = 0; i < n; i++) {
        int32_t day = centers[g_rand_int_range(random, 0, G_N_ELEMENTS(centers))] +
                      g_rand_int_range(random, -300, 300);
        rows_add(rows, CLAMP(day, first, last), pow(10, g_rand_double_range(random, 0, 3)),
                 g_rand_double_range(random, 0, 1000));
    }
    return rows;
}

typedef struct {
    const Item *first;
    Rect box;
} Text;

/* Texts as they are read: one a block. */
static GArray *blocks_of(const Frame *frame) {
    GArray *texts = g_array_new(FALSE, FALSE, sizeof(Text));
    for (size_t i = 0; i < frame->n; i++) {
        const Item *item = &frame->items[i];
        Text *last = texts->len ? &g_array_index(texts, Text, texts->len - 1) : NULL;
        if (item->kind != ITEM_TEXT) continue;
        if (last && item->block && last->first->block == item->block) {
            last->box = rect_union(last->box, item->box);
            continue;
        }
        Text text = {item, item->box};
        g_array_append_val(texts, text);
    }
    return texts;
}

static bool is_leader(const Item *item) {
    return item->kind == ITEM_SHAPE && item->role == ROLE_LEADER;
}

static void expect_texts_apart(const Frame *frame, const GArray *texts) {
    static const double air = 0.3;
    Rect canvas = {0, 0, frame->width, frame->height};
    for (guint i = 0; i < texts->len; i++) {
        const Text *text = &g_array_index(texts, Text, i);
        Rect box = rect_grow(text->box, -air);
        g_assert_true(rect_contains(canvas, text->box, air));
        for (guint k = 0; k < i; k++)
            g_assert_false(rect_overlaps(box, rect_grow(g_array_index(texts, Text, k).box, -air)));
        for (size_t k = 0; k < frame->n; k++)
            if (is_leader(&frame->items[k])) {
                const Point *points = frame->items[k].shape.points;
                g_assert_false(segment_crosses_rect(points[0], points[1], box));
            }
    }
}

static void expect_leaders_apart(const Frame *frame) {
    for (size_t i = 0; i < frame->n; i++)
        for (size_t k = 0; k < i; k++) {
            const Item *a = &frame->items[i], *b = &frame->items[k];
            if (!is_leader(a) || !is_leader(b)) continue;
            const Point *p = a->shape.points, *q = b->shape.points;
            g_assert_cmpuint(a->shape.n_points, ==, 2);
            g_assert_false(segments_cross(p[0], p[1], q[0], q[1]));
        }
}

/* Every row is named: beside its mark, or in the key. */
static void expect_named(const Rows *rows, const GArray *texts) {
    for (size_t row = 0; row < rows->table.n_rows; row++) {
        bool is_named = false;
        for (guint i = 0; i < texts->len && !is_named; i++)
            is_named = g_str_equal(g_array_index(texts, Text, i).first->key, rows->keys[row]);
        g_assert_true(is_named);
    }
}

/* Circles of a time line are piled, never over one another. */
static void expect_circles_apart(const Frame *frame) {
    for (size_t i = 0; i < frame->n; i++)
        for (size_t k = 0; k < i; k++) {
            const Item *a = &frame->items[i], *b = &frame->items[k];
            if (a->kind != ITEM_SHAPE || a->shape.kind != SHAPE_CIRCLE) continue;
            if (b->kind != ITEM_SHAPE || b->shape.kind != SHAPE_CIRCLE) continue;
            g_assert_cmpfloat(point_distance(a->shape.center, b->shape.center), >=,
                              a->shape.radius + b->shape.radius - 1e-6);
        }
}

static void expect_good(const Rows *rows, const Frame *frame) {
    g_autoptr(GArray) texts = blocks_of(frame);
    expect_texts_apart(frame, texts);
    expect_leaders_apart(frame);
    expect_named(rows, texts);
    if (g_str_equal(rows->layer.mark, "bubble")) expect_circles_apart(frame);
}

static void test_labels(void) {
    Desk desk = desk_new();
    for (size_t kind = 0; kind < G_N_ELEMENTS(kinds); kind++)
        for (int round = 0; round < 12; round++) {
            Rows *rows = rows_any(&desk, &kinds[kind], g_test_rand_int_range(1, 36),
                                  (guint32)g_test_rand_int());
            g_test_message("%s, %zu rows", kinds[kind].keys, rows->table.n_rows);
            g_autoptr(Frame) frame = compose(&desk, rows, NULL);
            expect_good(rows, frame);
            rows_free(rows);
        }
    desk_clear(&desk);
}

/* ---- layout memory */

static Lock *lock_empty(Desk *desk) {
    return lock_load(TEST_DIR "/none.lock", desk->diag);
}

static Rect label_of(const Frame *frame, const char *key) {
    g_autoptr(GArray) texts = blocks_of(frame);
    for (guint i = 0; i < texts->len; i++) {
        const Text *text = &g_array_index(texts, Text, i);
        if (text->first->role == ROLE_LABEL && g_str_equal(text->first->key, key)) return text->box;
    }
    return RECT_EMPTY;
}

static void expect_same(const Frame *a, const Frame *b) {
    g_autoptr(GString) one = g_string_new(NULL);
    g_autoptr(GString) other = g_string_new(NULL);
    frame_dump(a, one);
    frame_dump(b, other);
    g_assert_true(g_string_equal(one, other)); /* too long to show */
}

typedef struct {
    size_t n, unmoved;
} Moves;

/* A second build is the same; of one more row, how many labels stay within 5 px. */
static Moves build_again(Desk *desk, const Kind *kind, guint32 seed) {
    Moves moves = {0};
    Rows *rows = rows_any(desk, kind, 25, seed);
    g_test_message("%s, set %u", kind->keys, seed);
    g_autoptr(Lock) lock = lock_empty(desk);
    g_autoptr(Frame) first = compose(desk, rows, lock);
    expect_good(rows, first);
    lock_keep(lock, rows->figure.name, desk->medium->name);
    g_autoptr(Frame) second = compose(desk, rows, lock);
    expect_same(first, second);
    lock_keep(lock, rows->figure.name, desk->medium->name);
    rows_add(rows, date_from_ymd(2020, 6, 15).first, 30, 500);
    g_autoptr(Frame) third = compose(desk, rows, lock);
    expect_good(rows, third);
    for (size_t row = 0; row + 1 < rows->table.n_rows; row++) {
        Rect was = label_of(second, rows->keys[row]), is = label_of(third, rows->keys[row]);
        if (rect_is_empty(was)) continue;
        moves.n++;
        moves.unmoved += !rect_is_empty(is) && fabs(was.x - is.x) <= 5 && fabs(was.y - is.y) <= 5;
    }
    rows_free(rows);
    return moves;
}

static void test_memory(void) {
    enum { ROUNDS = 6 };
    Desk desk = desk_new();
    for (size_t kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
        Moves all = {0};
        for (int round = 0; round < ROUNDS; round++) {
            Moves moves = build_again(&desk, &kinds[kind], (guint32)g_test_rand_int());
            all.n += moves.n;
            all.unmoved += moves.unmoved;
        }
        g_test_message("%zu of %zu unmoved", all.unmoved, all.n);
        g_assert_cmpuint(all.unmoved * 100, >=, all.n * 70);
    }
    desk_clear(&desk);
}

/* Sets that once went wrong: a second build widened the margins; two labels overlapped. */
static void test_known(void) {
    static const guint32 seeds[] = {604, 2072};
    Desk desk = desk_new();
    for (size_t i = 0; i < G_N_ELEMENTS(seeds); i++) (void)build_again(&desk, &kinds[2], seeds[i]);
    desk_clear(&desk);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/figure/time", test_time);
    g_test_add_func("/chart/figure/labels", test_labels);
    g_test_add_func("/chart/figure/memory", test_memory);
    g_test_add_func("/chart/figure/known", test_known);
    return g_test_run();
}
