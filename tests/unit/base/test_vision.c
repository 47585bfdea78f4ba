#include "base/vision.h"

#include <glib.h>
#include <math.h>

/* Table 1 of Sharma, Wu & Dalal: the pairs where implementations go wrong. */
static void test_pairs(void) {
    static const struct {
        Lab one, two;
        double difference;
    } pairs[] = {
        {{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, 3.1571, -77.2803}, {50, 0, -82.7485}, 2.8615},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, 2.49, -0.001}, {50, -2.49, 0.0009}, 7.1792},
        {{50, 2.49, -0.001}, {50, -2.49, 0.0011}, 7.2195},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
        {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
        {{50, 2.5, 0}, {58, 24, 15}, 19.4535},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{22.7233, 20.0904, -46.6940}, {23.0331, 14.9730, -42.5619}, 2.0373},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        double there = lab_difference(pairs[i].one, pairs[i].two);
        g_test_message("pair %zu: %.4f, published %.4f", i, there, pairs[i].difference);
        g_assert_cmpfloat_with_epsilon(there, pairs[i].difference, 0.00006);
        g_assert_cmpfloat_with_epsilon(lab_difference(pairs[i].two, pairs[i].one), there, 1e-9);
    }
}

static void test_lab(void) {
    Lab white = color_lab((Color){255, 255, 255, 255}, VISION_FULL);
    g_assert_cmpfloat_with_epsilon(white.l, 100, 0.01);
    g_assert_cmpfloat_with_epsilon(white.a, 0, 0.02);
    Lab red = color_lab((Color){255, 0, 0, 255}, VISION_FULL);
    g_assert_cmpfloat_with_epsilon(red.l, 53.24, 0.02);
    g_assert_cmpfloat_with_epsilon(red.a, 80.09, 0.02);
    g_assert_cmpfloat_with_epsilon(red.b, 67.20, 0.02);
}

/* Red and olive part for full vision, meet without long or middle cones; greys stay greys. */
static void test_deficiencies(void) {
    Color red = {190, 60, 40, 255}, olive = {110, 105, 30, 255}, grey = {128, 128, 128, 255};
    double full = color_difference(red, olive, VISION_FULL);
    g_assert_cmpfloat(color_difference(red, olive, VISION_DEUTAN), <, full / 2);
    for (Vision v = VISION_PROTAN; v < VISION_COUNT; v++) {
        Lab lab = color_lab(grey, v);
        g_assert_cmpfloat(hypot(lab.a, lab.b), <, 0.1);
    }
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/vision/pairs", test_pairs);
    g_test_add_func("/base/vision/lab", test_lab);
    g_test_add_func("/base/vision/deficiencies", test_deficiencies);
    return g_test_run();
}
