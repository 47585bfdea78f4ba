#include "base/date.h"

#include <glib.h>

static void expect_parse(const char *text, DatePrecision precision, const char *first,
                         const char *last) {
    Date date, begin, end;
    char printed[24];
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
        "",           "0000",       "202",        "20211",       "2021-",       "2021-1",
        "2021-00",    "2021-13",    "2021-01-",   "2021-01-0",   "2021-01-00",  "2021-01-32",
        "2021-04-31", "2023-02-29", "1900-02-29", "2021-02-211", "2021/02/21",  " 2021",
        "2021 ",      "-2021",      "+021",       "2021-01-01T", "21-02-2021",  "2021-W05",
        "２０２１",   "2021-1-01",  "202101",     "20210101",    "2021--01-01", "février",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        Date date = {1, 2, DATE_INTERVAL};
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
        char text[24];
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
    Date date = {date_from_ymd(2020, 1, 1).first, date_from_ymd(2021, 6, 30).first, DATE_INTERVAL};
    char text[24];
    date_print(date, text);
    g_assert_cmpstr(text, ==, "2020-01-01/2021-06-30");
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
    return g_test_run();
}
