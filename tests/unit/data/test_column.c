#include "data/column.h"
#include "data/keys.h"

#include <string.h>

static const ColumnKind kinds[] = {COLUMN_INTEGER, COLUMN_REAL, COLUMN_BOOLEAN,
                                   COLUMN_DATE,    COLUMN_TEXT, COLUMN_ABSENT};
enum { N = G_N_ELEMENTS(kinds) };

static Value random_value(ColumnKind kind, int spread) {
    static char text[32];
    static const char *const dates[] = {"2022", "2022-03", "2020-01/..", "2016~"};
    if (g_test_rand_int_range(0, 5) == 0) return (Value){.kind = VALUE_NULL};
    Value value = {.kind = VALUE_NULL};
    switch (kind) {
    case COLUMN_INTEGER:
        value = (Value){.kind = VALUE_INT, .integer = g_test_rand_int_range(-9, 9)};
        if (g_test_rand_int_range(0, 200) == 0) value.integer *= INT64_C(10000000000);
        return value;
    case COLUMN_REAL: return (Value){.kind = VALUE_REAL, .real = g_test_rand_double()};
    case COLUMN_BOOLEAN: return (Value){.kind = VALUE_BOOL, .integer = g_test_rand_int_range(0, 2)};
    case COLUMN_DATE:
        value = (Value){.kind = VALUE_DATE, .date = date_of_day(g_test_rand_int_range(-9, 20000))};
        if (g_test_rand_int_range(0, 200) == 0)
            g_assert_true(date_parse(dates[g_test_rand_int_range(0, 4)], &value.date));
        return value;
    case COLUMN_TEXT:
        g_snprintf(text, sizeof text, "mot %d", g_test_rand_int_range(0, spread));
        return (Value){.kind = VALUE_TEXT, .text = text};
    default: return value;
    }
}

static void assert_same(Value a, Value b) {
    g_assert_cmpint(a.kind, ==, b.kind);
    g_assert_cmpint(value_compare(a, b), ==, 0);
}

/* Pieces joined in order are the whole, whether texts are few or all different. */
static void test_pieces(void) {
    for (int i = 0; i < 60; i++) {
        g_autoptr(ColumnSet) whole = column_set_new(kinds, N);
        g_autoptr(ColumnSet) joined = column_set_new(kinds, N);
        int spread = i % 3 ? 5 : 1000000;
        for (int piece = g_test_rand_int_range(0, 6); piece; piece--) {
            g_autoptr(ColumnSet) part = column_set_new(kinds, N);
            for (int row = g_test_rand_int_range(0, i == 0 ? 30000 : 300); row; row--) {
                for (size_t k = 0; k < N; k++) {
                    Value value = random_value(kinds[k], spread);
                    column_add_value(&part->columns[k], value);
                    column_add_value(&whole->columns[k], value);
                }
                part->n_rows++;
                whole->n_rows++;
            }
            if (g_test_rand_int_range(0, 2)) column_set_reserve(joined, whole->n_rows + 10);
            g_assert_true(column_set_append(joined, part));
        }
        column_set_close(joined);
        g_assert_cmpuint(joined->n_rows, ==, whole->n_rows);
        for (size_t k = 0; k < N; k++)
            for (size_t row = 0; row < whole->n_rows; row++)
                assert_same(column_value(&joined->columns[k], row),
                            column_value(&whole->columns[k], row));
    }
}

/* What a row costs: four bytes for a day, a small number, a word that comes back. */
static void test_forms(void) {
    Column days = {.kind = COLUMN_DATE}, numbers = {.kind = COLUMN_INTEGER},
           words = {.kind = COLUMN_TEXT};
    size_t word;
    column_add_day(&days, 1);
    column_add_integer(&numbers, INT32_MAX);
    g_assert_true(column_add_text(&words, "a", 1, &word));
    g_assert_false(column_add_text(&words, "a", 1, &word));
    g_assert_nonnull(days.small);
    g_assert_nonnull(numbers.small);
    g_assert_cmpuint(words.words.n, ==, 1);
    column_add_integer(&numbers, (int64_t)INT32_MAX + 1);
    g_assert_null(numbers.small);
    g_assert_cmpint(column_integer(&numbers, 0), ==, INT32_MAX);
    g_assert_cmpint(column_integer(&numbers, 1), ==, (int64_t)INT32_MAX + 1);
    column_clear(&days);
    column_clear(&numbers);
    column_clear(&words);
}

static void test_keys(void) {
    g_autoptr(KeySet) set = key_set_new();
    const uint64_t hashes[] = {5, 7, 0, 5, 0, 9, 7, 5};
    key_set_add(set, hashes, 3);
    key_set_add(set, hashes + 3, 5);
    const GArray *repeats = key_set_repeats(set);
    static const KeyRepeat wanted[] = {{3, 0}, {6, 1}, {7, 0}};
    g_assert_cmpuint(repeats->len, ==, G_N_ELEMENTS(wanted));
    for (size_t i = 0; i < repeats->len; i++) {
        g_assert_cmpuint(g_array_index(repeats, KeyRepeat, i).row, ==, wanted[i].row);
        g_assert_cmpuint(g_array_index(repeats, KeyRepeat, i).first, ==, wanted[i].first);
    }
    g_assert_true(key_set_has(set, 9));
    g_assert_false(key_set_has(set, 8));
    for (uint64_t i = 100; i < 5000; i++) key_set_add(set, &i, 1);
    for (uint64_t i = 100; i < 5000; i++) g_assert_true(key_set_has(set, i));
    g_assert_cmpuint(repeats->len, ==, 3);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/data/column/pieces", test_pieces);
    g_test_add_func("/data/column/forms", test_forms);
    g_test_add_func("/data/column/keys", test_keys);
    return g_test_run();
}
