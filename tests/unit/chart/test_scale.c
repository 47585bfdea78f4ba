#include "chart/scale.h"

#include <glib.h>
#include <math.h>

static double between(double low, double high) {
    return g_test_rand_double_range(low, high);
}

static void test_round_trip(void) {
    for (int i = 0; i < 20000; i++) {
        Scale scale = {.d0 = between(-1e6, 1e6), .r0 = between(-1000, 1000)};
        scale.d1 = scale.d0 + between(1, 1e6);
        scale.r1 = scale.r0 + (i % 2 ? between(1, 1000) : -between(1, 1000));
        double value = between(scale.d0 - 1e5, scale.d1 + 1e5);
        double back = scale_invert(scale, scale_map(scale, value));
        g_assert_cmpfloat_with_epsilon(back, value, 1e-9 * (fabs(scale.d0) + 1e6));
    }
}

/* A day is a place on the axis and back, over spans of a day to two centuries. */
static void test_round_trip_of_days(void) {
    for (int i = 0; i < 20000; i++) {
        int32_t first = g_test_rand_int_range(-400000, 100000);
        int32_t n = (int32_t)pow(10, between(0, log10(73050)));
        Scale scale = {
            .d0 = first, .d1 = first + n, .r0 = between(0, 100), .r1 = between(200, 800)};
        int32_t day = g_test_rand_int_range(first, first + n + 1);
        double back = scale_invert(scale, scale_map(scale, day));
        g_assert_cmpint((int32_t)lround(back), ==, day);
        g_assert_cmpfloat_with_epsilon(back, day, 1e-6);
    }
}

static void test_log(void) {
    for (int i = 0; i < 20000; i++) {
        Scale scale = {.d0 = pow(10, between(-3, 6)), .r0 = 400, .r1 = 0, .kind = SCALE_LOG};
        if (i % 2) scale.r0 = between(-100, 100), scale.r1 = scale.r0 + between(50, 800);
        scale.d1 = scale.d0 * pow(10, between(0.5, 6));
        double value = scale.d0 * pow(10, between(0, 6));
        g_assert_cmpfloat_with_epsilon(scale_invert(scale, scale_map(scale, value)) / value, 1,
                                       1e-9);
        double ticks[MOST_TICKS];
        size_t most = (size_t)g_test_rand_int_range(2, 7), n = scale_ticks(scale, most, ticks);
        g_assert_cmpuint(n, <=, most);
        for (size_t k = 0; k < n; k++) {
            g_assert_cmpfloat(ticks[k], >=, scale.d0 * (1 - 1e-6));
            g_assert_cmpfloat(ticks[k], <=, scale.d1 * (1 + 1e-6));
            if (k) g_assert_cmpfloat(ticks[k], >, ticks[k - 1]);
        }
    }
    Scale decades = {.d0 = 1e5, .d1 = 1e9, .r0 = 400, .r1 = 0, .kind = SCALE_LOG};
    g_assert_cmpfloat_with_epsilon(scale_map(decades, 1e7), 200, 1e-9);
    double ticks[MOST_TICKS];
    g_assert_cmpuint(scale_ticks(decades, 5, ticks), ==, 5);
    g_assert_cmpfloat_with_epsilon(ticks[4] / 1e9, 1, 1e-9);
}

/* A floating scale starts at a tick, or at 0 where that is near. */
static void test_start(void) {
    g_assert_cmpfloat(scale_start(300, 1000, 5), ==, 0);
    g_assert_cmpfloat(scale_start(-3, 1000, 5), ==, -500);
    g_assert_cmpfloat(scale_start(3011, 3019, 5), ==, 3010);
    g_assert_cmpfloat(scale_start(7, 7, 5), ==, 0);
    g_assert_cmpfloat(scale_start(-7, -7, 5), ==, -7);
    g_assert_cmpfloat_with_epsilon(scale_log_start(4.2), 2, 1e-9);
    g_assert_cmpfloat_with_epsilon(scale_log_start(1000), 1000, 1e-9);
    for (int round = 0; round < 2000; round++) {
        double low = g_test_rand_double_range(-1e4, 1e4), span = g_test_rand_double_range(0.1, 1e4);
        size_t most = (size_t)g_test_rand_int_range(2, 7);
        Scale scale = {.d0 = scale_start(low, low + span, most), .d1 = low + span, .r1 = 100};
        double ticks[MOST_TICKS];
        g_assert_cmpfloat(scale.d0, <=, low + span * 1e-6);
        size_t n = scale_ticks(scale, most, ticks);
        g_assert_cmpuint(n, >=, 1);
        g_assert_cmpuint(n, <=, MAX(most, 3));
        if (scale.d0 != 0) g_assert_cmpfloat_with_epsilon(ticks[0], scale.d0, span * 1e-6);
    }
}

static void test_ends(void) {
    Scale up = {.d1 = 50, .r0 = 300, .r1 = 100};
    g_assert_cmpfloat(scale_map(up, 0), ==, 300);
    g_assert_cmpfloat(scale_map(up, 50), ==, 100);
    g_assert_cmpfloat(scale_map(up, 25), ==, 200);
    g_assert_cmpfloat(scale_map(up, 100), ==, -100);
    /* A domain or a range of one point answers with its start. */
    g_assert_cmpfloat(scale_map((Scale){.d0 = 7, .d1 = 7, .r0 = 10, .r1 = 90}, 7), ==, 10);
    g_assert_cmpfloat(scale_invert((Scale){.d0 = 2, .d1 = 7, .r0 = 10, .r1 = 10}, 10), ==, 2);
}

static bool is_one_two_five(double step) {
    double digit = step / pow(10, floor(log10(step) + 1e-9));
    return fabs(digit - 1) < 1e-9 || fabs(digit - 2) < 1e-9 || fabs(digit - 5) < 1e-9;
}

static void test_steps(void) {
    static const struct {
        double max;
        int most;
        double step, nice;
    } cases[] = {
        {10, 5, 2, 10},         {10, 4, 5, 10},  {9, 5, 2, 10},  {100, 5, 20, 100},
        {101, 5, 50, 150},      {37, 4, 10, 40}, {1, 5, 0.2, 1}, {0.07, 4, 0.02, 0.08},
        {1.5e9, 4, 5e8, 1.5e9}, {7, 1, 10, 10},  {0, 5, 1, 1},   {-3, 5, 1, 1},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%g in %d", cases[i].max, cases[i].most);
        g_assert_cmpfloat_with_epsilon(scale_step(cases[i].max, cases[i].most), cases[i].step,
                                       1e-9 * cases[i].step);
        g_assert_cmpfloat_with_epsilon(scale_nice(cases[i].max, cases[i].most), cases[i].nice,
                                       1e-9 * cases[i].nice);
    }
}

/* 1, 2 or 5 × 10^k; few enough parts; and the smallest that is. */
static void test_steps_any(void) {
    for (int i = 0; i < 20000; i++) {
        double max = between(1, 10) * pow(10, g_test_rand_int_range(-6, 12));
        int most = g_test_rand_int_range(1, 12);
        double step = scale_step(max, most), nice = scale_nice(max, most);
        g_test_message("%.17g in %d: %g", max, most, step);
        g_assert_true(is_one_two_five(step));
        g_assert_cmpfloat(max / step, <=, most + 1e-6);
        double digit = step / pow(10, floor(log10(step) + 1e-9));
        double finer = fabs(digit - 5) < 1e-9 ? step * 0.4 : step * 0.5;
        g_assert_cmpfloat(max / finer, >, most - 1e-6);
        g_assert_cmpfloat(nice, >=, max * (1 - 1e-9));
        g_assert_cmpfloat(nice - max, <=, step * (1 + 1e-9));
        g_assert_cmpfloat_with_epsilon(nice / step, round(nice / step), 1e-6);
    }
}

/* Twice the value, twice the area. */
static void test_radius(void) {
    g_assert_cmpfloat(scale_radius(100, 100, 40), ==, 40);
    g_assert_cmpfloat(scale_radius(25, 100, 40), ==, 20);
    g_assert_cmpfloat(scale_radius(0, 100, 40), ==, 0);
    g_assert_cmpfloat(scale_radius(-5, 100, 40), ==, 0);
    g_assert_cmpfloat(scale_radius(5, 0, 40), ==, 0);
    for (int i = 0; i < 5000; i++) {
        double max = between(1, 1e9), value = between(0, max), largest = between(1, 200);
        double radius = scale_radius(value, max, largest);
        g_assert_cmpfloat_with_epsilon(radius * radius / (largest * largest), value / max, 1e-9);
        double twice = scale_radius(2 * value, max, largest);
        g_assert_cmpfloat_with_epsilon(twice * twice, 2 * radius * radius,
                                       1e-6 * largest * largest);
    }
}

/* Any point of a band tells which it is. */
static void test_bands_back(void) {
    for (int i = 0; i < 5000; i++) {
        double r0 = between(-100, 100);
        size_t n = (size_t)g_test_rand_int_range(1, 60);
        Bands bands = bands_make(r0, r0 + between(10, 500), n, between(0, 0.9));
        size_t k = (size_t)g_test_rand_int_range(0, (int)n);
        double at = bands_start(bands, k) + between(0.001, 0.999) * bands.width;
        g_assert_cmpuint((size_t)floor((at - bands.r0) / bands.step), ==, k);
    }
}

static void test_bands(void) {
    Bands bands = bands_make(100, 200, 4, 0.2);
    g_assert_cmpfloat_with_epsilon(bands.step, 25, 1e-9);
    g_assert_cmpfloat_with_epsilon(bands.width, 20, 1e-9);
    g_assert_cmpfloat_with_epsilon(bands_start(bands, 0), 102.5, 1e-9);
    g_assert_cmpfloat_with_epsilon(bands_start(bands, 3), 177.5, 1e-9);
    g_assert_cmpfloat(bands_make(100, 200, 0, 0.2).width, ==, 0);
    for (int i = 0; i < 2000; i++) {
        double r0 = between(-100, 100), r1 = r0 + between(10, 500), gap = between(0, 0.9);
        size_t n = (size_t)g_test_rand_int_range(1, 60);
        bands = bands_make(r0, r1, n, gap);
        double before = bands_start(bands, 0) - r0;
        double after = r1 - bands_start(bands, n - 1) - bands.width;
        g_assert_cmpfloat_with_epsilon(before, after, 1e-6);
        g_assert_cmpfloat(before, >=, -1e-9);
        g_assert_cmpfloat_with_epsilon(bands.width * (double)n, (r1 - r0) * (1 - gap), 1e-6);
    }
}

static void test_middle(void) {
    g_assert_cmpfloat(date_middle(date_from_ymd(1970, 1, 1)), ==, 0.5);
    g_assert_cmpfloat(date_middle(date_from_ymd(1970, 1, 0)), ==, 15.5);
    g_assert_cmpfloat(date_middle(date_from_ymd(1970, 0, 0)), ==, 182.5);
    /* An open date stands at the end that is known. */
    Date date;
    g_assert_true(date_parse("1970-01-03/..", &date));
    g_assert_cmpfloat(date_middle(date), ==, 2);
    g_assert_true(date_parse("/1970-01-03", &date));
    g_assert_cmpfloat(date_middle(date), ==, 3);
    g_assert_true(date_parse("1970-01-01/1970-01-04", &date));
    g_assert_cmpfloat(date_middle(date), ==, 2);
}

/* Years of 1 January that the step divides, months of the 1st at even steps of the year: each the
 * first since the one before. */
static void test_time(void) {
    for (int i = 0; i < 20000; i++) {
        int32_t first = g_test_rand_int_range(-400000, 100000);
        int32_t last = first + (int32_t)pow(10, between(0, log10(73050))) - 1;
        TimeUnit unit = time_unit(first, last);
        g_assert_true(unit != TIME_DAYS || last - first < 100);
        g_assert_true(unit != TIME_YEARS || last - first >= 3 * 365);
        int step = time_step_after(unit, 0);
        for (int k = g_test_rand_int_range(0, 6); k > 0; k--) {
            int next = time_step_after(unit, step);
            g_assert_true(unit == TIME_YEARS ? next > step : next >= step);
            step = next;
        }
        int32_t day = first, before = 0;
        for (int k = 0; k < 8; k++) {
            Date tick = time_tick(unit, step, day);
            int year, month, of_month;
            date_civil(tick.first, &year, &month, &of_month);
            g_assert_cmpint(tick.first, >=, day);
            if (unit == TIME_DAYS) g_assert_cmpint(tick.first, ==, day);
            if (unit != TIME_DAYS) g_assert_cmpint(of_month, ==, 1);
            if (unit == TIME_MONTHS) g_assert_cmpint((month - 1) % step, ==, 0);
            if (unit == TIME_YEARS) g_assert_cmpint(month, ==, 1);
            if (unit == TIME_YEARS) g_assert_cmpint(year % step, ==, 0);
            int at = unit == TIME_DAYS ? tick.first : unit == TIME_YEARS ? year : 12 * year + month;
            if (k) g_assert_cmpint(at - before, ==, step);
            before = at;
            day = tick.last + 1;
        }
        /* None is left out between the day asked for and the tick. */
        Date tick = time_tick(unit, step, first);
        g_assert_cmpint(time_tick(unit, step, tick.first).first, ==, tick.first);
        if (tick.first > first)
            g_assert_cmpint(time_tick(unit, step, tick.first - 1).first, ==, tick.first);
    }
    static const int years[] = {1, 2, 5, 10, 20, 50, 100, 200}, months[] = {1, 2, 3, 4, 6, 12, 12};
    for (size_t i = 0, step = 0; i < G_N_ELEMENTS(years); i++) {
        step = (size_t)time_step_after(TIME_YEARS, (int)step);
        g_assert_cmpuint(step, ==, (size_t)years[i]);
    }
    for (size_t i = 0, step = 0; i < G_N_ELEMENTS(months); i++) {
        step = (size_t)time_step_after(TIME_MONTHS, (int)step);
        g_assert_cmpuint(step, ==, (size_t)months[i]);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/chart/scale/round-trip", test_round_trip);
    g_test_add_func("/chart/scale/round-trip-of-days", test_round_trip_of_days);
    g_test_add_func("/chart/scale/ends", test_ends);
    g_test_add_func("/chart/scale/start", test_start);
    g_test_add_func("/chart/scale/steps", test_steps);
    g_test_add_func("/chart/scale/steps-any", test_steps_any);
    g_test_add_func("/chart/scale/radius", test_radius);
    g_test_add_func("/chart/scale/bands", test_bands);
    g_test_add_func("/chart/scale/bands-back", test_bands_back);
    g_test_add_func("/chart/scale/time", test_time);
    g_test_add_func("/chart/scale/middle", test_middle);
    g_test_add_func("/chart/scale/log", test_log);
    return g_test_run();
}
