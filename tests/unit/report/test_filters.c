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
    expect("number|sign", integer_of(12), "+12");
    expect("number|sign|1", real_of(-0.04), "0,0");
    expect("percent|sign|1", real_of(4.5), "+4,5" NB "%");
    expect("percent|ratio", real_of(0.684), "68,4" NB "%");
    expect("percent|ratio|sign|0", real_of(-0.684), "−68" NB "%");
    expect("unit|km|1", real_of(1204.56), "1" NNB "204,6" NB "km");
    expect("unit|°C|sign", integer_of(4), "+4" NB "°C");
    expect("year", integer_of(-52), "−52");
    expect_fault("percent|sign|ratio", real_of(0.5), "filter percent: decimals must be a digit",
                 "write: percent [ratio] [sign] [decimals]");
}

static void test_rank(void) {
    expect("ordinal|feminine", integer_of(1), "1re");
    expect("ordinal|plural", integer_of(2), "2es");
    expect("ordinal|feminine|plural", integer_of(1), "1res");
    expect("century", integer_of(20), "XXe" NB "siècle");
    expect("century", date_of("2001-05-07"), "XXIe" NB "siècle");
    expect("century", date_of("2000"), "XXe" NB "siècle");
    expect_fault("ordinal|fem", integer_of(1), "filter ordinal: unknown form of ordinal",
                 "write: ordinal [feminine] [plural]");
    expect_fault("ordinal", real_of(1.5), "filter ordinal: 1.5 is not a rank",
                 "it must be a whole number from 0 to 1000000");
    expect_fault("ordinal", real_of(2e6), "filter ordinal: 2000000 is not a rank",
                 "it must be a whole number from 0 to 1000000");
    expect_fault("century", integer_of(0), "filter century: 0 is not a rank",
                 "it must be a whole number from 1 to 3999");
}

static void test_range(void) {
    expect("range|6|%", integer_of(3), "3–6" NB "%");
    expect("range|6|words|%", integer_of(3), "de 3 à 6" NB "%");
    expect("range|-1", integer_of(-3), "de −3 à −1");
    expect("range|2019-05-09", date_of("2019-05-05"), "du 5 au 9" NB "mai 2019");
    expect("range|2019-05-09|dash", date_of("2019-05-05"), "5–9" NB "mai 2019");
    expect("range|2019-06", date_of("2019-04"), "d’avril à juin 2019");
    expect("range|2014", date_of("2010"), "de 2010 à 2014");
    expect_fault("range|mai", date_of("2010"), "filter range: « mai » is not a date",
                 "give the last date: range 2019-05-09, or range :name");
    expect_fault("range|2009", date_of("2010"), "filter range: the range ends before it begins",
                 "give the earlier date first");
    expect_fault("range|2014|%", date_of("2010"), "filter range: unknown style of range",
                 "write: range :to [dash], or range :to [words] [unit]");
    expect_fault("range|six", integer_of(3), "filter range: « six » is not a number",
                 "give the other bound: range 6, or range :name");
    expect_fault("range|6|%|words", integer_of(3), "filter range: the unit comes last",
                 "write: range :to [dash], or range :to [words] [unit]");
}

static void test_list(void) {
    expect("list", text_of("Arte|Canal+|TF1"), "Arte, Canal+ et TF1");
    expect("list|ou", text_of("Arte | TF1"), "Arte ou TF1");
    expect("list", text_of("Arte"), "Arte");
    expect("list", text_of("[\"Arte\",\"Canal+\"]"), "Arte et Canal+");
    expect("list", text_of("[2017, null, 2018.5]"), "2017 et 2018.5");
    expect("list", text_of("[\"\\u00e9t\\u00e9\", \"a\\\"b\\/\", \"\\ud83d\\ude00\"]"),
           "été, a\"b/ et 😀");
    expect("list", text_of("[sic]|B"), "[sic] et B");
    expect("list", text_of("[\"A\", \"\\ud83d\"]"), "[\"A\", \"\\ud83d\"]");
    expect("list", text_of("[\"A\\u"), "[\"A\\u");
    expect("list|sorted", text_of("École|Alice|Écho|Zoé"), "Alice, Écho, École et Zoé");
    expect("list|sorted|ou", text_of("[\"F-104\",\"F-16\"]"), "F-16 ou F-104");
    expect_fault("list", text_of("[]"), "filter list: the list is empty",
                 "give it a row, or group_concat(name, '|'), empty without rows");
    expect_fault("list|ou|sorted", text_of("A|B"), "filter list: one word joins the last two items",
                 "write: list [sorted] [ou]");
}

static void test_country(void) {
    expect("country|en", text_of("Japon"), "au Japon");
    expect("country|de", text_of("Irak"), "d’Irak");
    expect("country|le", text_of("Philippines"), "les Philippines");
    expect_fault("country|au", text_of("Japon"), "filter country: unknown form of country",
                 "use en (au Japon), de (du Japon) or le (le Japon)");
}

static void test_time(void) {
    expect("time", text_of("16:20"), "16" NB "h" NB "20");
    expect("time", text_of("9:00"), "9" NB "h");
    expect_fault("time", text_of("25:00"), "filter time: « 25:00 » is not a time",
                 "write it as 16:20, hours and minutes");
}

static void test_period(void) {
    expect("quarter", date_of("2019-08-07"), "T3" NB "2019");
    expect("quarter|long", date_of("2019-01"), "1er" NB "trimestre 2019");
    expect("quarter", date_of("2019"), "2019");
    expect("quarter|long", text_of("2019-Q4"), "4e" NB "trimestre 2019");
    expect("half", date_of("2019-08"), "S2" NB "2019");
    expect("half|long", text_of("2019-H1"), "1er" NB "semestre 2019");
    expect("part|mid", date_of("2019-05-07"), "mi-mai 2019");
    expect("part|early", date_of("2019"), "début 2019");
    expect("part|late|short", date_of("2019-09"), "fin sept. 2019");
    expect_fault("quarter", text_of("2019-Q5"),
                 "filter quarter: « 2019-Q5 » is no such part of a year",
                 "give a date, or a text such as 2019-Q3");
    expect("quarter", date_of("2019-04/2019-06"), "T2" NB "2019");
    expect("quarter", date_of("2019-04/2019-07"), "d’avril à juillet 2019");
    expect("quarter", date_of("2019-04/.."), "depuis avril 2019");
    expect("quarter", date_of("2019-04~"), "vers avril 2019");
    expect("half|long", date_of("../2019"), "jusqu’en 2019");
    expect("century", date_of("1999/2001"), "de 1999 à 2001");
    expect("century", date_of("2001/2019"), "XXIe" NB "siècle");
    expect("century", date_of("1999/.."), "depuis 1999");
    expect("year", date_of("2019-05/2020-06"), "2019–2020");
    expect("month", date_of("2019-05-07?"), "peut-être mai 2019");
    expect("date|prose", date_of("2019-05-01"), "le 1er" NB "mai 2019");
    expect("date|prose", date_of("2016~"), "vers 2016");
    expect("date|loose", date_of("2020-01/2021-06"), "de 2020 à mi-2021");
    expect_fault("half|court", date_of("2019"), "filter half: unknown style", "write: half [long]");
    expect_fault("part|début", date_of("2019"), "filter part: unknown part",
                 "use early, mid or late, then short or nothing");
    expect_fault("part|mid|long", date_of("2019"), "filter part: unknown part",
                 "use early, mid or late, then short or nothing");
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
                 "use words, short or full; a currency is a code such as EUR");
    expect_fault("money|2|short", integer_of(1), "filter money: the decimals come last",
                 "write: money [words|short|full] [EUR] [decimals]");
    expect_fault("money|short|x", integer_of(1), "filter money: decimals must be a digit",
                 "write: money [words|short|full] [EUR] [decimals]");
    expect("money|EUR", integer_of(1500000), "1,5" NB "million d’euros");
    expect("money|short|EUR", integer_of(75000000), "75" NB "M€");
    expect("money|short|EUR|2", integer_of(1234567890), "1,23" NB "Md€");
    expect("money|full|GBP|2", integer_of(18500), "18" NNB "500,00" NB "£");
    expect("money|words|none", integer_of(30000000), "30" NB "millions");
    expect_fault("money|short|euro", integer_of(1), "filter money: decimals must be a digit",
                 "write: money [words|short|full] [EUR] [decimals]");
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
                 "use long, full, short, numeric, day, prose or loose");
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
    {"century", VALUE_TEXT, NULL, "century|x"},
    {"compact", VALUE_TEXT, NULL, "compact|1|2"},
    {"count|a|b", VALUE_TEXT, "count|a", "count|a|b|c"},
    {"count_words|a|b", VALUE_DATE, "count_words|a", "count_words|a|b|c"},
    {"country|en", VALUE_INT, "country", "country|en|de"},
    {"date", VALUE_INT, NULL, "date|long|short"},
    {"half", VALUE_INT, NULL, "half|long|x"},
    {"list", VALUE_INT, NULL, "list|sorted|ou|x"},
    {"money", VALUE_DATE, NULL, "money|short|EUR|1|2"},
    {"month", VALUE_TEXT, NULL, "month|short|x"},
    {"number", VALUE_TEXT, NULL, "number|sign|1|2"},
    {"ordinal", VALUE_TEXT, NULL, "ordinal|feminine|plural|x"},
    {"part|mid", VALUE_INT, "part", "part|mid|short|x"},
    {"percent", VALUE_TEXT, NULL, "percent|ratio|sign|1|2"},
    {"prefix|de", VALUE_INT, "prefix", "prefix|a|b"},
    {"quarter", VALUE_REAL, NULL, "quarter|long|x"},
    {"range|6", VALUE_TEXT, "range", "range|6|words|%|x"},
    {"suffix|x", VALUE_DATE, "suffix", "suffix|a|b"},
    {"text", VALUE_NULL, NULL, "text|x"},
    {"time", VALUE_INT, NULL, "time|x"},
    {"unit|km", VALUE_TEXT, "unit", "unit|km|sign|1|h"},
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
        g_autofree char *usage = g_strdup_printf("write: %s [", trial.words[0]);
        g_assert_true(g_str_has_prefix(trial.hint, usage));
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
    g_test_add_func("/report/filters/rank", test_rank);
    g_test_add_func("/report/filters/range", test_range);
    g_test_add_func("/report/filters/list", test_list);
    g_test_add_func("/report/filters/country", test_country);
    g_test_add_func("/report/filters/time", test_time);
    g_test_add_func("/report/filters/period", test_period);
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
