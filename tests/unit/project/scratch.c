#include "scratch.h"

#include <glib/gstdio.h>
#include <string.h>

Scratch scratch_new(void) {
    g_autoptr(GError) error = NULL;
    char *dir = g_dir_make_tmp("frise-XXXXXX", &error);
    g_assert_no_error(error);
    return (Scratch){dir, arena_new(), diag_new()};
}

static void remove_folder(const char *path) {
    GDir *dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        bool is_folder =
            g_file_test(inner, G_FILE_TEST_IS_DIR) && !g_file_test(inner, G_FILE_TEST_IS_SYMLINK);
        if (is_folder)
            remove_folder(inner);
        else
            g_unlink(inner);
    }
    if (dir) g_dir_close(dir);
    g_rmdir(path);
}

void scratch_clear(Scratch *scratch) {
    remove_folder(scratch->dir);
    g_free(scratch->dir);
    arena_free(scratch->arena);
    diag_free(scratch->diag);
}

char *scratch_path(const Scratch *scratch, const char *name) {
    return g_build_filename(scratch->dir, name, NULL);
}

void scratch_write(const Scratch *scratch, const char *name, const char *text) {
    g_autofree char *path = scratch_path(scratch, name);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

void scratch_reset(Scratch *scratch) {
    diag_free(scratch->diag);
    scratch->diag = diag_new();
}

static char *expand(const Scratch *scratch, const char *text) {
    if (!text) return NULL;
    g_auto(GStrv) parts = g_strsplit(text, "{dir}", -1);
    return g_strjoinv(scratch->dir, parts);
}

void assert_fault(const Scratch *scratch, size_t i, size_t line, size_t column, const char *code,
                  const char *message, const char *hint) {
    g_assert_cmpuint(diag_count(scratch->diag), >, i);
    const Fault *fault = diag_at(scratch->diag, i);
    g_autofree char *wanted = expand(scratch, message), *remedy = expand(scratch, hint);
    g_assert_cmpstr(fault->message, ==, wanted);
    g_assert_cmpstr(fault->hint, ==, remedy);
    g_assert_cmpstr(fault->code, ==, code);
    g_assert_cmpuint(fault->line, ==, line);
    g_assert_cmpuint(fault->column, ==, column);
}

void assert_faults(const Scratch *scratch, size_t n) {
    for (size_t i = n; i < diag_count(scratch->diag); i++)
        g_test_message("unexpected: %s", diag_at(scratch->diag, i)->message);
    g_assert_cmpuint(diag_count(scratch->diag), ==, n);
}
