#include "base/date.h"

#include <glib.h>

static void expect_parse(const char *text, DatePrecision precision, const char *first,
                         const char *last) {
    Date date, begin, end;
    char printed[DATE_TEXT_SIZE];
    g_test_message("%s", text);
    g_assert_true(date_parse(text, &date));
    g_assert_cmpint(date.precision, ==, precision);
    g_assert_true(date_parse(first, &begin) && date_parse(last, &end));
    g_assert_cmpint(date.first, ==, begin.first);
    g_assert_cmpint(date.last, ==, end.last);
    date_print(date, printed);
    g_assert_cmpstr(printed, ==, text);
}

static void test_parse(void) {
    expect_parse("2021", DATE_YEAR, "2021-01-01", "2021-12-31");
    expect_parse("0001", DATE_YEAR, "0001-01-01", "0001-12-31");
    expect_parse("9999", DATE_YEAR, "9999-01-01", "9999-12-31");
    expect_parse("1984-09", DATE_MONTH, "1984-09-01", "1984-09-30");
    expect_parse("2024-02", DATE_MONTH, "2024-02-01", "2024-02-29");
    expect_parse("2023-02", DATE_MONTH, "2023-02-01", "2023-02-28");
    expect_parse("2025-12", DATE_MONTH, "2025-12-01", "2025-12-31");
    expect_parse("2025-02-21", DATE_DAY, "2025-02-21", "2025-02-21");
    expect_parse("2000-02-29", DATE_DAY, "2000-02-29", "2000-02-29");
}

static void test_reject(void) {
    static const char *const bad[] = {
        "",
        "0000",
        "202",
        "20211",
        "2021-",
        "2021-1",
        "2021-00",
        "2021-13",
        "2021-01-",
        "2021-01-0",
        "2021-01-00",
        "2021-01-32",
        "2021-04-31",
        "2023-02-29",
        "1900-02-29",
        "2021-02-211",
        "2021/02/21",
        " 2021",
        "2021 ",
        "-2021",
        "+021",
        "2021-01-01T",
        "21-02-2021",
        "2021-W05",
        "２０２１",
        "2021-1-01",
        "202101",
        "20210101",
        "2021--01-01",
        "février",
        /* EDTF that is not read, or written wrong */
        "20XX",
        "XXXX",
        "000X",
        "2XXX",
        "201x",
        "2019-0X",
        "2019-XX-05",
        "2019-1X",
        "201X-05",
        "2016~?",
        "~2016",
        "2016~~",
        "2016-~03",
        "2019-21",
        "Y12021",
        "-0044",
        "/",
        "..",
        "../",
        "/..",
        "../..",
        "2020//2021",
        "2020/2021/2022",
        "2020/ 2021",
        "2020/201X",
        "2019-XX/2020",
        "2020/2021-06-XX",
        "2020/...",
        ".../2020",
        "2020--2021",
        "2021/2020",
        "2021-06/2021-05",
        "2021-06-02/2021-06-01",
        "2021/2020-12",
        "2020/2020-02-30",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        Date date = {.first = 1, .last = 2, .precision = DATE_INTERVAL};
        g_test_message("« %s »", bad[i]);
        g_assert_false(date_parse(bad[i], &date));
        /* A refused text leaves the answer untouched. */
        g_assert_cmpint(date.first, ==, 1);
        g_assert_cmpint(date.last, ==, 2);
        g_assert_cmpint(date.precision, ==, DATE_INTERVAL);
    }
}

/* Against GDate, an implementation of its own: day 1 of GDate is 1 January of year 1. */
static void test_civil(void) {
    const int epoch = 719163;
    for (int i = 0; i < 20000; i++) {
        int year = g_test_rand_int_range(1, 10000), month = g_test_rand_int_range(1, 13);
        int length = date_days_in_month(year, month);
        g_assert_cmpint(length, ==, g_date_get_days_in_month(month, (GDateYear)year));
        int day = g_test_rand_int_range(1, length + 1);
        GDate other;
        g_date_clear(&other, 1);
        g_date_set_dmy(&other, (GDateDay)day, month, (GDateYear)year);
        Date date = date_from_ymd(year, month, day);
        g_assert_cmpint(date.first, ==, (int)g_date_get_julian(&other) - epoch);
        g_assert_cmpint(date.last, ==, date.first);
        g_assert_cmpint(date_weekday(date.first), ==, (int)g_date_get_weekday(&other) - 1);
        int y, m, d;
        date_civil(date.first, &y, &m, &d);
        g_assert_cmpint(y, ==, year);
        g_assert_cmpint(m, ==, month);
        g_assert_cmpint(d, ==, day);
    }
}

static void test_print_parse(void) {
    for (int i = 0; i < 2000; i++) {
        int year = g_test_rand_int_range(1, 10000), month = g_test_rand_int_range(0, 13);
        int day = month ? g_test_rand_int_range(0, date_days_in_month(year, month) + 1) : 0;
        Date date = date_from_ymd(year, month, day), read;
        char text[DATE_TEXT_SIZE];
        date_print(date, text);
        g_assert_true(date_parse(text, &read));
        g_assert_cmpmem(&date, sizeof date, &read, sizeof read);
    }
}

static void test_leap(void) {
    static const struct {
        int year, days;
    } cases[] = {{2024, 29}, {2023, 28}, {2000, 29}, {1900, 28}, {2100, 28}, {4, 29}, {1, 28}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpint(date_days_in_month(cases[i].year, 2), ==, cases[i].days);
        Date year = date_from_ymd(cases[i].year, 0, 0);
        g_assert_cmpint(year.last - year.first + 1, ==, 337 + cases[i].days);
    }
}

static void test_known(void) {
    g_assert_cmpint(date_from_ymd(1970, 1, 1).first, ==, 0);
    g_assert_cmpint(date_from_ymd(1969, 12, 31).first, ==, -1);
    g_assert_cmpint(date_from_ymd(2000, 3, 1).first, ==, 11017);
    g_assert_cmpint(date_weekday(0), ==, 3);
    g_assert_cmpint(date_weekday(-1), ==, 2);
    g_assert_cmpint(date_weekday(date_from_ymd(2025, 2, 21).first), ==, 4);
    g_assert_cmpint(date_weekday(date_from_ymd(1, 1, 1).first), ==, 0);
}

static void test_interval(void) {
    Date date = {.first = date_from_ymd(2020, 1, 1).first,
                 .last = date_from_ymd(2021, 6, 30).first,
                 .precision = DATE_INTERVAL};
    char text[DATE_TEXT_SIZE];
    date_print(date, text);
    g_assert_cmpstr(text, ==, "2020-01-01/2021-06-30");
    g_assert_cmpint(date_start_precision(date), ==, DATE_MONTH);
    expect_parse("2020-01/2021-06", DATE_INTERVAL, "2020-01-01", "2021-06-30");
    expect_parse("2020/2020", DATE_INTERVAL, "2020-01-01", "2020-12-31");
    expect_parse("2020-06/2020", DATE_INTERVAL, "2020-06-01", "2020-12-31");
    expect_parse("2020/2021-06-05", DATE_INTERVAL, "2020-01-01", "2021-06-05");
    expect_parse("2020~/2021-06-05%", DATE_INTERVAL, "2020-01-01", "2021-06-05");
    expect_parse("2020-01-01%/2021-06-30%", DATE_INTERVAL, "2020-01-01", "2021-06-30");
}

static void test_unspecified(void) {
    expect_parse("201X", DATE_DECADE, "2010-01-01", "2019-12-31");
    expect_parse("001X", DATE_DECADE, "0010-01-01", "0019-12-31");
    expect_parse("999X~", DATE_DECADE, "9990-01-01", "9999-12-31");
    expect_parse("2019-XX", DATE_YEAR, "2019-01-01", "2019-12-31");
    expect_parse("2019-XX-XX", DATE_YEAR, "2019-01-01", "2019-12-31");
    expect_parse("2019-02-XX?", DATE_MONTH, "2019-02-01", "2019-02-28");
}

static Date date_of(const char *text) {
    Date date;
    g_test_message("%s", text);
    g_assert_true(date_parse(text, &date));
    return date;
}

static void test_open(void) {
    static const struct {
        const char *text;
        bool has_start, has_end, is_unknown;
    } cases[] = {
        {"2020-01/..", true, false, false},     {"2020-01/", true, false, true},
        {"../2021-06", false, true, false},     {"/2021-06", false, true, true},
        {"2020-01-05~/..", true, false, false}, {"/2021-06-30?", false, true, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Date date = date_of(cases[i].text);
        char printed[DATE_TEXT_SIZE];
        date_print(date, printed);
        g_assert_cmpstr(printed, ==, cases[i].text);
        g_assert_cmpint(date.precision, ==, DATE_INTERVAL);
        g_assert_cmpint(date_has_start(date), ==, cases[i].has_start);
        g_assert_cmpint(date_has_end(date), ==, cases[i].has_end);
        g_assert_cmpint((date.start | date.end) & DATE_UNKNOWN, ==,
                        cases[i].is_unknown ? DATE_UNKNOWN : 0);
        g_assert_cmpint(date.first == DATE_OPEN_START, ==, !cases[i].has_start);
        g_assert_cmpint(date.last == DATE_OPEN_END, ==, !cases[i].has_end);
    }
    /* What is no day stays within the calendar. */
    int y, m, d;
    char text[DATE_TEXT_SIZE];
    date_civil(DATE_OPEN_END, &y, &m, &d);
    g_assert_cmpint(y * 10000 + m * 100 + d, ==, 99991231);
    date_civil(DATE_OPEN_START, &y, &m, &d);
    g_assert_cmpint(y * 10000 + m * 100 + d, ==, 10101);
    date_print(date_of_day(DATE_OPEN_END), text);
    g_assert_cmpstr(text, ==, "..");
}

static void test_names(void) {
    static const struct {
        const char *text, *precision, *qualifier;
        bool is_day;
    } cases[] = {
        {"2021", "year", NULL, false},
        {"2021-05~", "month", "approximate", false},
        {"2021-05-07?", "day", "uncertain", false},
        {"2021-05-07", "day", NULL, true},
        {"201X%", "decade", "both", false},
        {"2020~/2021?", "interval", "both", false},
        {"2020/2021~", "interval", "approximate", false},
        {"2020?/..", "interval", "uncertain", false},
        {"2019-XX", "year", NULL, false},
        {"2020-01-01/2020-01-01", "interval", NULL, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        Date date = date_of(cases[i].text);
        g_assert_cmpstr(date_precision_name(date), ==, cases[i].precision);
        g_assert_cmpstr(date_qualifier_name(date), ==, cases[i].qualifier);
        g_assert_cmpint(date_is_day(date), ==, cases[i].is_day);
    }
}

static void test_span(void) {
    static const struct {
        const char *from, *to, *expected;
    } cases[] = {
        {"2020-01", "2021", "2020-01/2021"},
        {"2020-01-05~", "2021-06?", "2020-01-05~/2021-06?"},
        {"2020/2021", "2022-05/2023-06", "2020/2023-06"},
        {"../2021", "2022/", "../"},
        {"2020~/..", "2021%/..", "2020~/.."},
        {"2019-XX", "2020-05-XX", "2019/2020-05"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char text[DATE_TEXT_SIZE];
        date_print(date_span(date_of(cases[i].from), date_of(cases[i].to)), text);
        g_assert_cmpstr(text, ==, cases[i].expected);
    }
}

/* In rising order; every pair agrees with its places in the list. */
static void test_compare(void) {
    static const char *const sorted[] = {
        "../2021-06", "/2021-06", "201X",       "2018",    "2019-01-01",    "2019-01-01~",
        "2019-01",    "2019",     "2019~",      "2019-XX", "2019/2020",     "2019/2021",
        "2019/..",    "2019/",    "2019-01-02", "2019-02", "2019-02-02/..",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(sorted); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(sorted); k++) {
            int there = date_compare(date_of(sorted[i]), date_of(sorted[k]));
            g_assert_cmpint(there, ==, (i > k) - (i < k));
        }
}

static void append_random_date(GString *text, bool is_bound) {
    int year = g_test_rand_int_range(1, 10000), month = g_test_rand_int_range(1, 13);
    int form = g_test_rand_int_range(0, is_bound ? 3 : 7);
    int day = g_test_rand_int_range(1, date_days_in_month(year, month) + 1);
    switch (form) {
    case 0: g_string_append_printf(text, "%04d", year); break;
    case 1: g_string_append_printf(text, "%04d-%02d", year, month); break;
    case 2: g_string_append_printf(text, "%04d-%02d-%02d", year, month, day); break;
    case 3: g_string_append_printf(text, "%03dX", MAX(year / 10, 1)); break;
    case 4: g_string_append_printf(text, "%04d-XX", year); break;
    case 5: g_string_append_printf(text, "%04d-XX-XX", year); break;
    default: g_string_append_printf(text, "%04d-%02d-XX", year, month); break;
    }
    static const char *const marks[] = {"", "", "~", "?", "%"};
    g_string_append(text, marks[g_test_rand_int_range(0, 5)]);
}

/* What is written is given back, whatever its form. */
static void test_round_trip(void) {
    int n_read = 0;
    for (int i = 0; i < 20000; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        int kind = g_test_rand_int_range(0, 7);
        static const char *const opens[] = {"../", "/"}, *const ends[] = {"/..", "/"};
        if (kind == 1 || kind == 2) g_string_append(text, opens[kind - 1]);
        append_random_date(text, kind > 0);
        if (kind == 3 || kind == 4) g_string_append(text, ends[kind - 3]);
        if (kind > 4) {
            g_string_append_c(text, '/');
            append_random_date(text, true);
        }
        Date date;
        char printed[DATE_TEXT_SIZE];
        bool is_read = date_parse(text->str, &date);
        g_test_message("%s", text->str);
        g_assert_true(is_read || kind > 4); /* two dates may be the wrong way round */
        if (!is_read) continue;
        n_read++;
        date_print(date, printed);
        g_assert_cmpstr(printed, ==, text->str);
        g_assert_cmpint(date.first, <=, date.last);
        Date again = date_of(printed);
        g_assert_cmpint(date_compare(date, again), ==, 0);
    }
    g_assert_cmpint(n_read, >, 14000);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/date/parse", test_parse);
    g_test_add_func("/base/date/reject", test_reject);
    g_test_add_func("/base/date/civil", test_civil);
    g_test_add_func("/base/date/print-parse", test_print_parse);
    g_test_add_func("/base/date/leap", test_leap);
    g_test_add_func("/base/date/known", test_known);
    g_test_add_func("/base/date/interval", test_interval);
    g_test_add_func("/base/date/unspecified", test_unspecified);
    g_test_add_func("/base/date/open", test_open);
    g_test_add_func("/base/date/names", test_names);
    g_test_add_func("/base/date/span", test_span);
    g_test_add_func("/base/date/compare", test_compare);
    g_test_add_func("/base/date/round-trip", test_round_trip);
    return g_test_run();
}
