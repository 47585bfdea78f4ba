#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

/* Blocks of every size, larger than a chunk too: zeroed, aligned, apart, kept until the end. */
static void test_blocks(void) {
    enum { COUNT = 3000 };
    g_autoptr(Arena) arena = arena_new();
    g_autofree unsigned char **blocks = g_new0(unsigned char *, COUNT);
    g_autofree size_t *sizes = g_new0(size_t, COUNT);
    for (int i = 0; i < COUNT; i++) {
        sizes[i] = (size_t)g_test_rand_int_range(0, i % 500 ? 200 : 200000);
        blocks[i] = arena_alloc(arena, sizes[i]);
        g_assert_nonnull(blocks[i]);
        g_assert_cmpuint((uintptr_t)blocks[i] % alignof(max_align_t), ==, 0);
        for (size_t k = 0; k < sizes[i]; k++) g_assert_cmpuint(blocks[i][k], ==, 0);
        memset(blocks[i], i % 251 + 1, sizes[i]);
    }
    for (int i = 0; i < COUNT; i++)
        for (size_t k = 0; k < sizes[i]; k++) g_assert_cmpuint(blocks[i][k], ==, i % 251 + 1);
}

static void test_strings(void) {
    g_autoptr(Arena) arena = arena_new();
    char original[] = "été";
    char *copy = arena_strdup(arena, original);
    original[0] = 'X';
    g_assert_cmpstr(copy, ==, "été");
    g_assert_null(arena_strdup(arena, NULL));
    g_assert_cmpstr(arena_strndup(arena, "abcdef", 3), ==, "abc");
    g_assert_cmpstr(arena_strndup(arena, NULL, 0), ==, "");
    g_assert_cmpstr(arena_printf(arena, "%s-%03d", "a", 7), ==, "a-007");
    g_assert_cmpstr(arena_take(arena, g_strdup("pris")), ==, "pris");
    g_assert_null(arena_take(arena, NULL));
}

static void test_copies(void) {
    g_autoptr(Arena) arena = arena_new();
    int numbers[] = {3, 1, 4, 1, 5};
    int *copy = arena_dup(arena, numbers, sizeof numbers);
    numbers[0] = 9;
    g_assert_cmpmem(copy, sizeof numbers, ((int[]){3, 1, 4, 1, 5}), sizeof numbers);
    g_assert_nonnull(arena_dup(arena, NULL, 0));
    int64_t *zeros = ARENA_ARRAY(arena, int64_t, 100);
    for (int i = 0; i < 100; i++) g_assert_cmpint(zeros[i], ==, 0);
    arena_free(NULL);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/arena/blocks", test_blocks);
    g_test_add_func("/base/arena/strings", test_strings);
    g_test_add_func("/base/arena/copies", test_copies);
    return g_test_run();
}
