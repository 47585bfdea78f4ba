/* Sparklines: the series of a key figure, in the order of its dates, its gaps where nothing is
 * known. A date without a row is no zero: the query says what is one. */
#include "base/i18n.h"
#include "report/alt.h"
#include "report/alt_label.h"
#include "report/alt_spark.h"
#include "report/bind.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
    Binder *binder;
    Node *node; /* the map `spark` */
    const Table *table;
    const char **keys;
    int x, y;
    Span x_span, y_span;
} Reader;

/* More would be a smear in the width of a word. */
enum { MOST_BARS = 60, MOST_STOPS = 1000 };

/* ---- rows */

static bool read_date(const Reader *reader, size_t row, Date *ret_date) {
    Value value = table_cell(reader->table, row, (size_t)reader->x);
    Diag *diag = reader->binder->diag;
    if (!value_as_date(value, ret_date)) {
        diag_error(diag, reader->x_span, "type-error",
                   "check the query: cast it, or leave empty rows out",
                   "%s: row %zu, column %s: %s is expected, not %s", "spark", row + 1,
                   reader->table->columns[reader->x], _("a date"), _(value_kind_name(value.kind)));
        return false;
    }
    if (date_has_start(*ret_date) && date_has_end(*ret_date)) return true;
    diag_error(diag, reader->x_span, "type-error", "leave the row out in the query",
               "spark: row %zu: « %s » has no place on a line of time", row + 1,
               value_plain(value, reader->binder->arena));
    return false;
}

static bool read_points(const Reader *reader, Spark *spark) {
    spark->points = ARENA_ARRAY(reader->binder->arena, SparkPoint, reader->table->n_rows + 1);
    for (size_t i = 0; i < reader->table->n_rows; i++) {
        SparkPoint point = {.key = reader->keys[i]};
        if (!read_date(reader, i, &point.date)) return false;
        if (!bind_cell_number(reader->binder, "spark", reader->table, i, reader->y, reader->y_span))
            return false;
        point.value = table_cell(reader->table, i, (size_t)reader->y);
        spark->points[spark->n_points++] = point;
    }
    return true;
}

/* By the middles of their dates, doubled. */
static int compare_points(const void *a, const void *b) {
    const SparkPoint *x = a, *y = b;
    int64_t one = (int64_t)x->date.first + x->date.last;
    int64_t other = (int64_t)y->date.first + y->date.last;
    return one != other ? (one > other) - (one < other) : date_compare(x->date, y->date);
}

/* ---- places */

static DatePrecision step_of(const Spark *spark) {
    DatePrecision step = spark->points[0].date.precision;
    if (step > DATE_DAY) return DATE_INTERVAL;
    for (size_t i = 1; i < spark->n_points; i++)
        if (spark->points[i].date.precision != step) return DATE_INTERVAL;
    return step;
}

/* Years, months or days; of dates that differ, the day in their middle. */
static double place_of(Date date, DatePrecision step) {
    int year, month, day;
    date_civil(date.first, &year, &month, &day);
    if (step == DATE_YEAR) return year;
    if (step == DATE_MONTH) return year * 12. + month;
    return ((double)date.first + date.last) / 2;
}

static bool place_points(const Reader *reader, Spark *spark) {
    if (spark->n_points) qsort(spark->points, spark->n_points, sizeof(SparkPoint), compare_points);
    spark->step = step_of(spark);
    double origin = place_of(spark->points[0].date, spark->step);
    bool is_stepped = spark->step == DATE_YEAR || spark->step == DATE_MONTH;
    for (size_t i = 0; i < spark->n_points; i++) {
        SparkPoint *point = &spark->points[i];
        const SparkPoint *before = i ? point - 1 : NULL;
        point->at = place_of(point->date, spark->step) - origin;
        point->is_apart = !before || before->value.kind == VALUE_NULL ||
                          (is_stepped && point->at - before->at > 1);
        if (!before || point->at > before->at) continue;
        diag_error(
            reader->binder->diag, reader->x_span, "constraint-error",
            "give one row a date: group them in the query (GROUP BY)",
            "spark: « %s » stands in two rows",
            value_plain((Value){.kind = VALUE_DATE, .date = point->date}, reader->binder->arena));
        return false;
    }
    return true;
}

static bool has_values(const Reader *reader, const Spark *spark) {
    for (size_t i = 0; i < spark->n_points; i++)
        if (spark->points[i].value.kind != VALUE_NULL) return true;
    diag_error(reader->binder->diag, node_find(reader->node, "data")->span, "spark",
               "check its conditions", "spark: the query gives no value to show");
    return false;
}

/* ---- what is drawn */

static bool read_kind(const Reader *reader, Spark *spark) {
    Diag *diag = reader->binder->diag;
    const char *usual = spark->step == DATE_YEAR ? "bars" : "line";
    const char *word = node_text(reader->node, "kind", usual, diag);
    spark->kind = g_str_equal(word, "bars") ? SPARK_BARS : SPARK_LINE;
    if (g_str_equal(word, "bars") || g_str_equal(word, "line")) return true;
    diag_error(diag, node_find(reader->node, "kind")->span, "unknown-value", "write bars or line",
               "kind: « %s » is none of them", word);
    return false;
}

static bool has_room(const Reader *reader, const Spark *spark) {
    Diag *diag = reader->binder->diag;
    bool has_bars = spark->kind == SPARK_BARS;
    Span place = node_find(reader->node, "data")->span;
    if (has_bars && spark->step == DATE_INTERVAL) {
        diag_error(diag, place, "type-error",
                   "group them by year(…) or month(…) in the query, or write kind: line",
                   "spark: bars stand for years, for months or for days, not for several of them");
        return false;
    }
    double n = has_bars ? spark->points[spark->n_points - 1].at + 1 : (double)spark->n_points;
    int most = has_bars ? MOST_BARS : MOST_STOPS;
    if (n <= most) return true;
    diag_error(diag, place, "too-many-rows",
               has_bars ? N_("group them by year(…) or month(…) in the query, or write kind: line")
                        : N_("group them by year(…) or month(…) in the query"),
               "spark: %.0f places along a word; more than %d cannot be told apart", n, most);
    return false;
}

/* All that reach the maximum; of values that are all equal none stands out. */
static void highlight_most(Spark *spark) {
    double most = -INFINITY, least = INFINITY;
    for (size_t i = 0; i < spark->n_points; i++) {
        if (spark->points[i].value.kind == VALUE_NULL) continue;
        most = fmax(most, value_number(spark->points[i].value));
        least = fmin(least, value_number(spark->points[i].value));
    }
    for (size_t i = 0; i < spark->n_points; i++) {
        SparkPoint *point = &spark->points[i];
        point->is_high =
            point->value.kind != VALUE_NULL && value_number(point->value) == most && most > least;
    }
}

static void highlight_last(Spark *spark) {
    size_t i = spark->n_points - 1;
    while (i && spark->points[i].value.kind == VALUE_NULL) i--;
    spark->points[i].is_high = true;
}

static bool read_highlight(const Reader *reader, Spark *spark) {
    Diag *diag = reader->binder->diag;
    const char *usual = spark->kind == SPARK_BARS ? "max" : "last";
    const char *word = node_text(reader->node, "highlight", usual, diag);
    if (g_str_equal(word, "max"))
        highlight_most(spark);
    else if (g_str_equal(word, "last"))
        highlight_last(spark);
    else if (!g_str_equal(word, "none")) {
        diag_error(diag, node_find(reader->node, "highlight")->span, "unknown-value",
                   "write max, last or none", "highlight: « %s » is none of them", word);
        return false;
    }
    return true;
}

/* ---- the whole */

static bool open_reader(Reader *reader) {
    Binder *binder = reader->binder;
    Node *data = node_require(reader->node, "data", binder->diag);
    Node *x = node_require(reader->node, "x", binder->diag);
    Node *y = node_require(reader->node, "y", binder->diag);
    reader->table = bind_query(binder, data);
    if (!reader->table || !x || !y) return false;
    reader->x = bind_column(binder, x, reader->table);
    reader->y = bind_column(binder, y, reader->table);
    reader->x_span = x->span;
    reader->y_span = y->span;
    reader->keys = bind_keys(binder, reader->table);
    return reader->x >= 0 && reader->y >= 0;
}

/* Values are said as the key figure writes its own. */
static const char *make_alt(const Reader *reader, const Node *block, const Spark *spark) {
    Arena *arena = reader->binder->arena;
    const Node *number = node_peek(block, "number");
    bool is_text = number && number->kind == NODE_SCALAR;
    Saying saying = label_saying(is_text ? number->text : "", arena);
    return bind_alt(reader->binder, reader->node, "alt", ALT_MAX, alt_spark(spark, &saying, arena));
}

const Spark *bind_spark(Binder *binder, Node *block) {
    Reader reader = {.binder = binder, .node = node_map(block, "spark", binder->diag)};
    if (!reader.node) return NULL;
    Spark *spark = ARENA_NEW(binder->arena, Spark);
    bool is_read = open_reader(&reader) && read_points(&reader, spark) &&
                   has_values(&reader, spark) && place_points(&reader, spark);
    bool is_right = is_read && read_kind(&reader, spark) && has_room(&reader, spark) &&
                    read_highlight(&reader, spark);
    if (is_right) spark->alt = make_alt(&reader, block, spark);
    if (!is_right) node_mark_read(reader.node);
    return is_right ? spark : NULL;
}
