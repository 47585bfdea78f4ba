#include "base/source.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of its own in a new folder; both are removed by scratch_remove(). */
static char *scratch_path(const char *name) {
    g_autofree char *folder = g_dir_make_tmp("frise-source-XXXXXX", NULL);
    g_assert_nonnull(folder);
    return g_build_filename(folder, name, NULL);
}

static void scratch_remove(const char *path) {
    g_autofree char *folder = g_path_get_dirname(path);
    g_remove(path);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void expect_refusal(const char *path, const char *wanted) {
    g_autofree char *error = NULL;
    g_autoptr(Source) source = source_load(path, "vols.csv", &error);
    g_assert_null(source);
    g_assert_cmpstr(error, ==, wanted);
}

static void test_load(void) {
    g_autofree char *path = scratch_path("vols.csv");
    static const char text[] = "a,b\r\n1,\0\n";
    g_assert_true(g_file_set_contents(path, text, sizeof text - 1, NULL));
    g_autofree char *error = NULL;
    g_autoptr(Source) source = source_load(path, "vols.csv", &error);
    g_assert_nonnull(source);
    g_assert_null(error);
    size_t len;
    const char *data = source_data(source, &len);
    g_assert_cmpmem(data, len + 1, text, sizeof text); /* with the final NUL */
    g_assert_cmpstr(source_name(source), ==, "vols.csv");

    g_assert_true(g_file_set_contents(path, "", 0, NULL));
    g_autoptr(Source) empty = source_load(path, "vide.csv", &error);
    g_assert_nonnull(empty);
    g_assert_cmpstr(source_data(empty, &len), ==, "");
    g_assert_cmpuint(len, ==, 0);
    scratch_remove(path);
}

static void test_not_a_file(void) {
    g_autofree char *path = scratch_path("vols.csv");
    g_autofree char *folder = g_path_get_dirname(path);
    expect_refusal(path, "No such file or directory");
    expect_refusal(folder, "it is a directory");
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    expect_refusal(path, "it is not a regular file");
    scratch_remove(path);
}

static void test_too_large(void) {
    g_autofree char *path = scratch_path("vols.csv");
    g_assert_true(g_file_set_contents(path, "a", 1, NULL));
    g_assert_cmpint(truncate(path, 3L << 30), ==, 0); /* holes: nothing is written */
    expect_refusal(path, "it holds 3072 MB, more than the 256 MB that are read");
    scratch_remove(path);
}

typedef struct {
    const char *path;
    int is_over;
} Writer;

static gpointer keep_writing(gpointer data) {
    Writer *writer = data;
    int fd = open(writer->path, O_WRONLY | O_CLOEXEC);
    g_assert_cmpint(fd, >=, 0);
    while (!g_atomic_int_get(&writer->is_over)) g_assert_cmpint(pwrite(fd, "x", 1, 0), ==, 1);
    close(fd);
    return NULL;
}

/* Someone rewrites the file, its size unchanged: sooner or later a reading sees it. */
static void test_changing(void) {
    g_autofree char *path = scratch_path("vols.csv");
    g_assert_true(g_file_set_contents(path, "a", 1, NULL));
    g_assert_cmpint(truncate(path, 32 << 20), ==, 0);
    Writer writer = {path, false};
    GThread *thread = g_thread_new("writer", keep_writing, &writer);
    g_autofree char *error = NULL;
    gint64 end = g_get_monotonic_time() + 20 * G_TIME_SPAN_SECOND;
    while (!error && g_get_monotonic_time() < end)
        source_unref(source_load(path, "vols.csv", &error));
    g_atomic_int_set(&writer.is_over, true);
    g_thread_join(thread);
    g_assert_cmpstr(error, ==, "it changed while it was read; try again once it is whole");
    scratch_remove(path);
}

static void expect_place(const Source *source, size_t at, size_t line, size_t column,
                         const char *excerpt) {
    Place place = source_locate((Span){source, at, 1});
    g_assert_cmpuint(place.line, ==, line);
    g_assert_cmpuint(place.column, ==, column);
    g_autofree char *text = source_excerpt((Span){source, at, 1});
    g_assert_cmpstr(text, ==, excerpt);
}

static void test_part(void) {
    static const char text[] = "ab,é,c\r\nd\n";
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    g_autoptr(Source) part = source_new_part("vols.csv", bytes, 200000);
    expect_place(part, 0, 200000, 1, "ab,é,c");
    expect_place(part, strlen("ab,é,"), 200000, 6, "ab,é,c");
    expect_place(part, strlen("ab,é,c\r\n"), 200001, 1, "d");
    expect_place(part, 999, 200002, 1, "");
    g_autoptr(Source) whole = source_new_part("vols.csv", bytes, 1);
    expect_place(whole, strlen("ab,é,c\r\n"), 2, 1, "d");
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/source/load", test_load);
    g_test_add_func("/base/source/not-a-file", test_not_a_file);
    g_test_add_func("/base/source/too-large", test_too_large);
    g_test_add_func("/base/source/changing", test_changing);
    g_test_add_func("/base/source/part", test_part);
    return g_test_run();
}
