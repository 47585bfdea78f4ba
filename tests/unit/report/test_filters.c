#include "report/filters.h"

#define NB "\u00A0"  /* no-break space */
#define NNB "\u202F" /* narrow no-break space */

static Value integer_of(int64_t integer) {
    return (Value){.kind = VALUE_INT, .integer = integer};
}

static Value real_of(double real) {
    return (Value){.kind = VALUE_REAL, .real = real};
}

static Value text_of(const char *text) {
    return (Value){.kind = VALUE_TEXT, .text = text};
}

static Value date_of(const char *text) {
    Value value = {.kind = VALUE_DATE};
    g_assert_true(date_parse(text, &value.date));
    return value;
}

typedef struct {
    Arena *arena;
    char **words;
    bool is_done;
    Value value;
    const char *problem, *hint;
} Trial;

/* `call` is the filter and its arguments, parted by bars. */
static Trial trial_run(const char *call, Value value) {
    Trial trial = {.arena = arena_new(), .words = g_strsplit(call, "|", -1), .value = value};
    g_test_message("%s", call);
    trial.is_done = filter_apply(trial.words[0], (const char *const *)trial.words + 1,
                                 g_strv_length(trial.words) - 1, &trial.value, trial.arena,
                                 &trial.problem, &trial.hint);
    return trial;
}

static void trial_clear(Trial *trial) {
    g_strfreev(trial->words);
    arena_free(trial->arena);
}

static void expect(const char *call, Value value, const char *wanted) {
    Trial trial = trial_run(call, value);
    g_assert_true(trial.is_done);
    g_assert_cmpint(trial.value.kind, ==, VALUE_TEXT);
    g_assert_cmpstr(trial.value.text, ==, wanted);
    trial_clear(&trial);
}

static void expect_fault(const char *call, Value value, const char *problem, const char *hint) {
    Trial trial = trial_run(call, value);
    g_assert_false(trial.is_done);
    g_assert_cmpstr(trial.problem, ==, problem);
    g_assert_cmpstr(trial.hint, ==, hint);
    g_assert_cmpint(trial.value.kind, ==, value.kind);
    trial_clear(&trial);
}

static void test_number(void) {
    expect("number", integer_of(1500000), "1" NNB "500" NNB "000");
    expect("number", integer_of(2021), "2" NNB "021");
    expect("number", real_of(1234.567), "1" NNB "234,567");
    expect("number|1", real_of(1234.567), "1" NNB "234,6");
    expect("number|0", real_of(0.5), "1");
    expect("percent", integer_of(5), "5" NB "%");
    expect("percent|1", real_of(12.345), "12,3" NB "%");
    expect("unit|km", integer_of(1500), "1" NNB "500" NB "km");
    expect("compact", integer_of(1500000), "1,5" NB "M");
    expect("compact", integer_of(5470000000), "5,5" NB "Md");
    expect("ordinal", integer_of(1), "1er");
    expect("ordinal", integer_of(5), "5e");
}

static void test_money(void) {
    expect("money", integer_of(1500000), "1,5" NB "million de dollars");
    expect("money|words", integer_of(5470000000), "5,47" NB "milliards de dollars");
    expect("money|words|1", integer_of(5470000000), "5,5" NB "milliards de dollars");
    expect("money|1", integer_of(5470000000), "5,5" NB "milliards de dollars");
    expect("money|short", integer_of(5470000000), "5,47" NB "Md$");
    expect("money|short", integer_of(387460000), "387,5" NB "M$");
    expect("money|short|0", integer_of(387460000), "387" NB "M$");
    expect("money|full", integer_of(1500000), "1" NNB "500" NNB "000" NB "$");
    expect_fault("money|big", integer_of(1), "filter money: unknown style of money",
                 "use words, short or full");
    expect_fault("money|2|short", integer_of(1),
                 "filter money: the style comes before the decimals",
                 "write for example: money short 1");
    expect_fault("money|short|x", integer_of(1), "filter money: decimals must be a digit",
                 "write for example: number 1");
}

static void test_count(void) {
    expect("count|missile|missiles", integer_of(0), "0" NB "missile");
    expect("count|missile|missiles", integer_of(1), "1" NB "missile");
    expect("count|missile|missiles", integer_of(2), "2" NB "missiles");
    expect("count|missile|missiles", real_of(1.5), "1,5" NB "missile");
    expect("count|missile|missiles", integer_of(1500), "1" NNB "500" NB "missiles");
    expect("count_words|missile|missiles", integer_of(0), "0" NB "missile");
    expect("count_words|missile|missiles", integer_of(1), "1" NB "missile");
    expect("count_words|missile|missiles", integer_of(2), "deux missiles");
    expect("count_words|missile|missiles", integer_of(16), "seize missiles");
    expect("count_words|missile|missiles", integer_of(17), "17" NB "missiles");
    expect("count_words|missile|missiles", real_of(2.5), "2,5" NB "missiles");
}

static void test_date(void) {
    Value day = date_of("2025-02-21"), month = date_of("2025-02"), year = date_of("2025");
    expect("date", day, "21" NB "février 2025");
    expect("date|long", day, "21" NB "février 2025");
    expect("date|full", day, "vendredi 21" NB "février 2025");
    expect("date|short", day, "21" NB "févr. 2025");
    expect("date|numeric", day, "21/02/2025");
    expect("date|day", day, "21" NB "février");
    expect("date", date_of("2025-03-01"), "1er" NB "mars 2025");
    expect("date", month, "février 2025");
    expect("date|short", month, "févr. 2025");
    expect("date", year, "2025");
    expect("month", day, "février 2025");
    expect("month|short", day, "févr. 2025");
    expect("month", year, "2025");
    expect("year", day, "2025");
    expect("year", integer_of(2025), "2025");
    expect_fault("date|court", day, "filter date: unknown style of date",
                 "use long, full, short, numeric or day");
    expect_fault("month|long", day, "filter month: unknown style of month", "use short, or none");
    expect_fault("month|long", year, "filter month: unknown style of month", "use short, or none");
}

static void test_text(void) {
    expect("text", integer_of(1500000), "1500000");
    expect("text", real_of(0.25), "0.25");
    expect("text", date_of("2025-02"), "2025-02");
    expect("text", text_of("Upbit"), "Upbit");
    expect("upper", text_of("été"), "ÉTÉ");
    expect("capital", text_of("été à Séoul"), "Été à Séoul");
    expect("capital", text_of(""), "");
    expect("after|de", text_of("Upbit"), "d’Upbit");
    expect("after|de", text_of("Bybit"), "de Bybit");
    expect("prefix|de ", text_of("Bybit"), "de Bybit");
    expect("suffix| environ", text_of("Bybit"), "Bybit environ");
}

static void test_or(void) {
    expect("or|inconnu", (Value){.kind = VALUE_NULL}, "inconnu");
    expect("or|", (Value){.kind = VALUE_NULL}, "");
    expect("or|inconnu", text_of("Bybit"), "Bybit");
    expect("or|inconnu", integer_of(1500), "1" NNB "500");
    expect("or|inconnu", date_of("2025-02-21"), "21" NB "février 2025");
}

/* Every filter with arguments that suit it, and a kind of value it refuses. */
static const struct {
    const char *call;
    ValueKind wrong;
    const char *few, *many;
} rows[] = {
    {"after|de", VALUE_INT, "after", "after|de|la"},
    {"capital", VALUE_INT, NULL, "capital|x"},
    {"compact", VALUE_TEXT, NULL, "compact|1|2"},
    {"count|a|b", VALUE_TEXT, "count|a", "count|a|b|c"},
    {"count_words|a|b", VALUE_DATE, "count_words|a", "count_words|a|b|c"},
    {"date", VALUE_INT, NULL, "date|long|short"},
    {"money", VALUE_DATE, NULL, "money|short|1|2"},
    {"month", VALUE_TEXT, NULL, "month|short|x"},
    {"number", VALUE_TEXT, NULL, "number|1|2"},
    {"ordinal", VALUE_TEXT, NULL, "ordinal|x"},
    {"percent", VALUE_TEXT, NULL, "percent|1|2"},
    {"prefix|de", VALUE_INT, "prefix", "prefix|a|b"},
    {"suffix|x", VALUE_DATE, "suffix", "suffix|a|b"},
    {"text", VALUE_NULL, NULL, "text|x"},
    {"unit|km", VALUE_TEXT, "unit", "unit|km|h"},
    {"upper", VALUE_REAL, NULL, "upper|x"},
    {"year", VALUE_TEXT, NULL, "year|x"},
};

static Value sample(ValueKind kind) {
    switch (kind) {
    case VALUE_INT: return integer_of(3);
    case VALUE_REAL: return real_of(3.5);
    case VALUE_DATE: return date_of("2025");
    case VALUE_TEXT: return text_of("x");
    default: return (Value){.kind = kind};
    }
}

static void test_wrong_type(void) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (rows[i].wrong == VALUE_NULL) continue;
        Trial trial = trial_run(rows[i].call, sample(rows[i].wrong));
        g_autofree char *wanted = g_strdup_printf("filter %s cannot take %s", trial.words[0],
                                                  value_kind_name(rows[i].wrong));
        g_assert_false(trial.is_done);
        g_assert_cmpstr(trial.problem, ==, wanted);
        g_assert_cmpstr(trial.hint, ==, "check the query's column, or use another filter");
        g_assert_cmpint(trial.value.kind, ==, rows[i].wrong);
        trial_clear(&trial);
    }
}

static void expect_wrong_count(const char *call) {
    if (!call) return;
    Trial trial = trial_run(call, sample(VALUE_INT));
    g_autofree char *wanted =
        g_strdup_printf("filter %s: wrong number of arguments", trial.words[0]);
    g_autofree char *usage = g_strdup_printf("write: %s", trial.words[0]);
    g_assert_false(trial.is_done);
    g_assert_cmpstr(trial.problem, ==, wanted);
    g_assert_true(g_str_has_prefix(trial.hint, usage));
    trial_clear(&trial);
}

static void test_wrong_count(void) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        expect_wrong_count(rows[i].few);
        expect_wrong_count(rows[i].many);
    }
    expect_wrong_count("or");
    expect_wrong_count("or|a|b");
}

static void test_decimals(void) {
    static const char *const bad[] = {"number|x", "number|10", "number|", "percent|-1",
                                      "compact|1,5"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        Trial trial = trial_run(bad[i], integer_of(3));
        g_assert_false(trial.is_done);
        g_assert_true(g_str_has_suffix(trial.problem, ": decimals must be a digit"));
        g_assert_cmpstr(trial.hint, ==, "write for example: number 1");
        trial_clear(&trial);
    }
}

/* An empty value passes through all of them; `or` alone speaks for it. */
static void test_null(void) {
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        Trial trial = trial_run(rows[i].call, (Value){.kind = VALUE_NULL});
        g_assert_true(trial.is_done);
        g_assert_cmpint(trial.value.kind, ==, VALUE_NULL);
        trial_clear(&trial);
    }
}

static void test_unknown(void) {
    expect_fault("nmuber", integer_of(1), "unknown filter « nmuber »", "did you mean « number »?");
    expect_fault("moth", integer_of(1), "unknown filter « moth »", "did you mean « month »?");
    Trial trial = trial_run("majuscules", text_of("x"));
    g_assert_false(trial.is_done);
    g_assert_true(g_str_has_prefix(trial.hint, "the filters are: after, capital, "));
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(GStrv) words = g_strsplit(rows[i].call, "|", -1);
        g_assert_nonnull(g_strstr_len(trial.hint, -1, words[0]));
    }
    trial_clear(&trial);
}

static void test_default(void) {
    g_autoptr(Arena) arena = arena_new();
    g_assert_cmpstr(filter_default(integer_of(1500), arena), ==, "1" NNB "500");
    g_assert_cmpstr(filter_default(real_of(0.5), arena), ==, "0,5");
    g_assert_cmpstr(filter_default(date_of("2025-02-21"), arena), ==, "21" NB "février 2025");
    g_assert_cmpstr(filter_default(text_of("a*b"), arena), ==, "a*b");
    g_assert_cmpstr(filter_default((Value){.kind = VALUE_NULL}, arena), ==, "");
}

/* `{low | money short | suffix " à "}`: a filter takes what the one before it gave. */
static void test_chain(void) {
    g_autoptr(Arena) arena = arena_new();
    const char *problem, *hint;
    Value value = integer_of(275000000);
    g_assert_true(
        filter_apply("money", (const char *const[]){"short"}, 1, &value, arena, &problem, &hint));
    g_assert_true(
        filter_apply("suffix", (const char *const[]){" à "}, 1, &value, arena, &problem, &hint));
    g_assert_cmpstr(value.text, ==, "275" NB "M$ à ");
    g_assert_false(filter_apply("number", NULL, 0, &value, arena, &problem, &hint));
    g_assert_cmpstr(problem, ==, "filter number cannot take text");
    g_assert_cmpstr(value.text, ==, "275" NB "M$ à ");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/report/filters/number", test_number);
    g_test_add_func("/report/filters/money", test_money);
    g_test_add_func("/report/filters/count", test_count);
    g_test_add_func("/report/filters/date", test_date);
    g_test_add_func("/report/filters/text", test_text);
    g_test_add_func("/report/filters/or", test_or);
    g_test_add_func("/report/filters/wrong-type", test_wrong_type);
    g_test_add_func("/report/filters/wrong-count", test_wrong_count);
    g_test_add_func("/report/filters/decimals", test_decimals);
    g_test_add_func("/report/filters/null", test_null);
    g_test_add_func("/report/filters/unknown", test_unknown);
    g_test_add_func("/report/filters/default", test_default);
    g_test_add_func("/report/filters/chain", test_chain);
    return g_test_run();
}
