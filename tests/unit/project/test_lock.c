#include "project/lock.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <string.h>

static char *write_file(const char *text) {
    char *path = g_build_filename(g_get_tmp_dir(), "frise-lock-XXXXXX", NULL);
    g_close(g_mkstemp(path), NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static Lock *load(const char *text, Diag *diag) {
    g_autofree char *path = write_file(text);
    Lock *lock = lock_load(path, diag);
    g_unlink(path);
    return lock;
}

static void test_round_trip(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_autoptr(Lock) lock = lock_load(NULL, scratch.diag);
    LockPlace flag = {.kind = LOCK_FLAG, .is_left = true, .form = 2, .y = 24.5};
    LockPlace beside = {.kind = LOCK_BESIDE, .x = -12.5, .y = 4.25};
    g_assert_false(lock_is_changed(lock));
    lock_set(lock, "frise", "a4", 0, "b", beside);
    lock_set(lock, "frise", "a4", 100, "a key with spaces", flag);
    lock_set(lock, "frise", "a4", 0, "out", (LockPlace){.kind = LOCK_LEFT_OUT});
    g_assert_true(lock_is_changed(lock));
    g_autofree char *text = lock_print(lock);
    g_assert_nonnull(strstr(text, "\nfrise a4 0 beside -12.50 4.25 b\n"));
    g_assert_nonnull(strstr(text, "\nfrise a4 100 flag up left 3 24.50 a key with spaces\n"));
    g_autoptr(Lock) again = load(text, scratch.diag);
    const LockPlace *seen = lock_find(again, "frise", "a4", 100, "a key with spaces");
    g_assert_nonnull(seen);
    g_assert_cmpint(seen->kind, ==, LOCK_FLAG);
    g_assert_true(seen->is_left);
    g_assert_false(seen->is_down);
    g_assert_cmpint(seen->form, ==, 2);
    g_assert_cmpfloat(seen->y, ==, 24.5);
    g_assert_cmpint(lock_find(again, "frise", "a4", 0, "out")->kind, ==, LOCK_LEFT_OUT);
    g_assert_null(lock_find(again, "frise", "a4", 1, "out"));
    g_autofree char *same = lock_print(again);
    g_assert_cmpstr(same, ==, text);
    g_assert_false(lock_is_changed(again));
    g_assert_cmpuint(diag_count(scratch.diag), ==, 0);
}

/* What this run did not draw stays; of what it drew, only what was set. */
static void test_partial_run(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_autoptr(Lock) lock = load("f a4 0 left-out x\nf a4 0 left-out y\nf card 0 left-out x\n"
                                "g a4 0 left-out x\n",
                                scratch.diag);
    lock_set(lock, "f", "a4", 0, "y", (LockPlace){.kind = LOCK_LEFT_OUT});
    g_autofree char *text = lock_print(lock);
    g_assert_null(strstr(text, "f a4 0 left-out x"));
    g_assert_nonnull(strstr(text, "f a4 0 left-out y"));
    g_assert_nonnull(strstr(text, "f card 0 left-out x"));
    g_assert_nonnull(strstr(text, "g a4 0 left-out x"));
    g_assert_true(lock_is_changed(lock));
}

/* What one figure set is found again, as in the next run; what others set is not. */
static void test_keep(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_autoptr(Lock) lock = load("f a4 0 beside 1.00 2.00 x\n", scratch.diag);
    LockPlace beside = {.kind = LOCK_BESIDE, .x = -3, .y = 4};
    lock_set(lock, "f", "a4", 0, "x", beside);
    lock_set(lock, "f", "a4", 0, "new", beside);
    lock_set(lock, "g", "a4", 0, "x", beside);
    g_assert_cmpfloat(lock_find(lock, "f", "a4", 0, "x")->x, ==, 1);
    lock_keep(lock, "f", "a4");
    g_assert_cmpfloat(lock_find(lock, "f", "a4", 0, "x")->x, ==, -3);
    g_assert_nonnull(lock_find(lock, "f", "a4", 0, "new"));
    g_assert_null(lock_find(lock, "g", "a4", 0, "x"));
}

static void test_bad_lines(void) {
    static const char *const lines[] = {
        "f a4",
        "f a4 0 flag up right 1 k",
        "f a4 0 flag up right 4 1.0 k",
        "f a4 0 flag sideways right 1 1.0 k",
        "f a4 0 flag up right 1 -1.0 k",
        "f a4 0 beside nan 1 k",
        "f a4 0 beside 1e300 1 k",
        "f a4 0 beside 1 2",
        "f a4 zero left-out k",
        "f a4 0 elsewhere k",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(Scratch) scratch = scratch_new();
        g_autofree char *text = g_strdup_printf("# head\n\n%s\nf a4 0 left-out good\n", lines[i]);
        g_autoptr(Lock) lock = load(text, scratch.diag);
        g_assert_cmpuint(diag_count(scratch.diag), ==, 1);
        g_assert_cmpuint(diag_errors(scratch.diag), ==, 0);
        g_assert_null(lock_find(lock, "f", "a4", 0, "k"));
        g_assert_nonnull(lock_find(lock, "f", "a4", 0, "good"));
    }
}

static void test_not_text(void) {
    g_auto(Scratch) scratch = scratch_new();
    g_autoptr(Lock) lock = load("\xFF\xFE", scratch.diag);
    g_assert_null(lock_find(lock, "f", "a4", 0, "k"));
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/project/lock/round-trip", test_round_trip);
    g_test_add_func("/project/lock/partial-run", test_partial_run);
    g_test_add_func("/project/lock/keep", test_keep);
    g_test_add_func("/project/lock/bad-lines", test_bad_lines);
    g_test_add_func("/project/lock/not-text", test_not_text);
    return g_test_run();
}
