#include "base/value.h"

#include <locale.h>
#include <math.h>
#include <string.h>

static Value real_of(double real) {
    return (Value){.kind = VALUE_REAL, .real = real};
}

static Value integer_of(int64_t integer) {
    return (Value){.kind = VALUE_INT, .integer = integer};
}

static Value text_of(const char *text) {
    return (Value){.kind = VALUE_TEXT, .text = text};
}

static Value date_of(const char *text) {
    Value value = {.kind = VALUE_DATE};
    g_assert_true(date_parse(text, &value.date));
    return value;
}

static void expect_decimal(Value value, const char *wanted) {
    g_autoptr(Arena) arena = arena_new();
    g_assert_cmpstr(value_decimal(value, arena), ==, wanted);
}

static void test_decimal(void) {
    expect_decimal(integer_of(0), "0");
    expect_decimal(integer_of(-42), "-42");
    expect_decimal(integer_of(INT64_MAX), "9223372036854775807");
    expect_decimal(integer_of(INT64_MIN), "-9223372036854775808");
    expect_decimal(real_of(0.25), "0.25");
    expect_decimal(real_of(0.1), "0.1");
    expect_decimal(real_of(1.1 + 2.2), "3.3");
    expect_decimal(real_of(-1234.5), "-1234.5");
    expect_decimal(real_of(1500000), "1500000");
    expect_decimal(real_of(281474976.71), "281474976.71");
    expect_decimal((Value){.kind = VALUE_BOOL, .integer = 1}, "1");
    expect_decimal((Value){.kind = VALUE_NULL}, "");
    expect_decimal(text_of("12"), "");
    expect_decimal(date_of("2021"), "");
}

static void test_exponent(void) {
    expect_decimal(real_of(1e15), "1000000000000000");
    expect_decimal(real_of(1e21), "1000000000000000000000");
    expect_decimal(real_of(0.00001), "0.00001");
    expect_decimal(real_of(0.0000123), "0.0000123");
    expect_decimal(real_of(1e-20), "0");
    expect_decimal(real_of(-1e-20), "0");
    expect_decimal(real_of(-0.0), "0");
    g_autoptr(Arena) arena = arena_new();
    g_assert_null(strpbrk(value_decimal(real_of(1.5e300), arena), "eE"));
    for (int i = 0; i < 5000; i++) {
        /* twelve decimals at the most: what is smaller than this loses digits */
        double size = g_test_rand_double_range(1, 10) * pow(10, g_test_rand_int_range(-4, 300));
        double real = i % 2 ? size : -size;
        const char *text = value_decimal(real_of(real), arena);
        g_assert_null(strpbrk(text, "eE,"));
        g_assert_cmpfloat_with_epsilon(g_ascii_strtod(text, NULL) / real, 1, 1e-6);
    }
}

/* What a person writes with up to fifteen digits comes back as written. */
static void test_written(void) {
    g_autoptr(Arena) arena = arena_new();
    for (int i = 0; i < 5000; i++) {
        g_autofree char *text =
            g_strdup_printf("%d.%d", g_test_rand_int_range(0, 1000000000),
                            g_test_rand_int_range(0, 100000) * 10 + g_test_rand_int_range(1, 10));
        g_assert_cmpstr(value_decimal(real_of(g_ascii_strtod(text, NULL)), arena), ==, text);
    }
}

static void test_locale(void) {
    g_assert_nonnull(setlocale(LC_ALL, "fr_FR.UTF-8"));
    expect_decimal(real_of(1234.5), "1234.5");
    expect_decimal(real_of(0.00001), "0.00001");
    setlocale(LC_ALL, "C");
}

static void test_plain(void) {
    g_autoptr(Arena) arena = arena_new();
    g_assert_cmpstr(value_plain((Value){.kind = VALUE_NULL}, arena), ==, "");
    g_assert_cmpstr(value_plain(integer_of(12), arena), ==, "12");
    g_assert_cmpstr(value_plain(real_of(0.5), arena), ==, "0.5");
    g_assert_cmpstr(value_plain(text_of("été"), arena), ==, "été");
    g_assert_cmpstr(value_plain(date_of("1984-09"), arena), ==, "1984-09");
    g_assert_cmpstr(value_plain((Value){.kind = VALUE_BOOL, .integer = 1}, arena), ==, "true");
    g_assert_cmpstr(value_plain((Value){.kind = VALUE_BOOL}, arena), ==, "false");
}

static void test_number(void) {
    g_assert_true(value_is_number(integer_of(1)));
    g_assert_true(value_is_number(real_of(1)));
    g_assert_false(value_is_number(text_of("1")));
    g_assert_false(value_is_number(date_of("2021")));
    g_assert_cmpfloat(value_number(integer_of(-3)), ==, -3);
    g_assert_cmpfloat(value_number(real_of(0.5)), ==, 0.5);
    g_assert_cmpfloat(value_number(text_of("7")), ==, 0);
}

/* In rising order; every pair agrees with its places in the list. */
static void test_compare(void) {
    const Value sorted[] = {{.kind = VALUE_NULL}, integer_of(-5),      real_of(-0.5),
                            integer_of(2),        real_of(2.5),        integer_of(10),
                            date_of("../2021"),   date_of("1999"),     date_of("1999/.."),
                            date_of("2021-02"),   date_of("2021-02~"), text_of(""),
                            text_of("10"),        text_of("9"),        text_of("été")};
    int n = (int)G_N_ELEMENTS(sorted);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n; k++) {
            int order = value_compare(sorted[i], sorted[k]);
            g_assert_cmpint((order > 0) - (order < 0), ==, (i > k) - (i < k));
        }
    g_assert_cmpint(value_compare(integer_of(2), real_of(2)), ==, 0);
}

static void test_kind_name(void) {
    g_assert_cmpstr(value_kind_name(VALUE_NULL), ==, "empty");
    g_assert_cmpstr(value_kind_name(VALUE_TEXT), ==, "text");
    g_assert_cmpstr(value_kind_name(VALUE_BOOL), ==, "boolean");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/value/decimal", test_decimal);
    g_test_add_func("/base/value/exponent", test_exponent);
    g_test_add_func("/base/value/written", test_written);
    g_test_add_func("/base/value/locale", test_locale);
    g_test_add_func("/base/value/plain", test_plain);
    g_test_add_func("/base/value/number", test_number);
    g_test_add_func("/base/value/compare", test_compare);
    g_test_add_func("/base/value/kind-name", test_kind_name);
    return g_test_run();
}
