#include "report/alt_spark.h"

#include "report/alt.h"

typedef struct {
    const SparkPoint *least, *most, *last;
    size_t n, n_least, n_most; /* values, and how many are as small or as great */
} Extremes;

static void count_in(const SparkPoint *point, int sign, const SparkPoint **best, size_t *n) {
    double more = *best ? sign * (value_number(point->value) - value_number((*best)->value)) : 1;
    if (more < 0) return;
    *n = more > 0 ? 1 : *n + 1;
    if (more > 0) *best = point;
}

static Extremes extremes_of(const Spark *spark) {
    Extremes found = {0};
    for (size_t i = 0; i < spark->n_points; i++) {
        const SparkPoint *point = &spark->points[i];
        if (point->value.kind == VALUE_NULL) continue;
        count_in(point, -1, &found.least, &found.n_least);
        count_in(point, 1, &found.most, &found.n_most);
        found.last = point;
        found.n++;
    }
    return found;
}

/* What several share is of no date. */
static const char *say_extreme(const SparkPoint *point, size_t n, const Saying *saying,
                               Arena *arena) {
    const char *value = say_value(saying, point->value, arena);
    return n > 1 ? value : arena_printf(arena, "%s %s", value, say_date(point->date, arena));
}

static size_t count_missing(const Spark *spark, size_t n_values) {
    if (spark->step != DATE_YEAR && spark->step != DATE_MONTH) return spark->n_points - n_values;
    return (size_t)spark->points[spark->n_points - 1].at + 1 - n_values;
}

static const char *say_missing(const Spark *spark, size_t n, Arena *arena) {
    if (!n) return "";
    const char *unit = spark->step == DATE_YEAR    ? n > 1 ? "années" : "année"
                       : spark->step == DATE_MONTH ? "mois"
                       : n > 1                     ? "dates"
                                                   : "date";
    return arena_printf(arena, " ; %zu %s sans donnée", n, unit);
}

/* The last value, unless it was said as an extreme. */
static const char *say_end(const Extremes *found, const Saying *saying, Arena *arena) {
    double last = value_number(found->last->value);
    bool is_between =
        last > value_number(found->least->value) && last < value_number(found->most->value);
    if (!is_between) return "";
    return arena_printf(arena, ", %s pour finir", say_value(saying, found->last->value, arena));
}

const char *alt_spark(const Spark *spark, const Saying *saying, Arena *arena) {
    const Extremes found = extremes_of(spark);
    if (!found.least || !found.most || !found.last) return "";
    if (found.n == 1)
        return arena_printf(arena, "Une seule valeur, %s : %s", say_date(found.last->date, arena),
                            say_value(saying, found.last->value, arena));
    const SparkPoint *points = spark->points;
    const char *span = say_span(points[0].date, points[spark->n_points - 1].date, arena);
    const char *missing = say_missing(spark, count_missing(spark, found.n), arena);
    if (found.n_most == found.n)
        return arena_printf(arena, "Évolution %s : valeur constante, %s%s", span,
                            say_value(saying, found.last->value, arena), missing);
    const char *text = arena_printf(arena, "Évolution %s : minimum %s, maximum %s", span,
                                    say_extreme(found.least, found.n_least, saying, arena),
                                    say_extreme(found.most, found.n_most, saying, arena));
    const char *ended = arena_printf(arena, "%s%s", text, say_end(&found, saying, arena));
    bool is_short = g_utf8_strlen(ended, -1) + g_utf8_strlen(missing, -1) <= ALT_MAX;
    return arena_printf(arena, "%s%s", is_short ? ended : text, missing);
}
