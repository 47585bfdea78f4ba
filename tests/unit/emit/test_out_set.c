#include "emit/out_set.h"
#include "sample.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct {
    char *dir;
    Diag *diag;
} Room;

static Room place_new(void) {
    GError *error = NULL;
    char *dir = g_dir_make_tmp("frise-out-XXXXXX", &error);
    g_assert_no_error(error);
    return (Room){dir, diag_new()};
}

static void remove_tree(const char *path) {
    GDir *dir = g_dir_open(path, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        remove_tree(inner);
    }
    if (dir) g_dir_close(dir);
    g_remove(path);
}

static void place_clear(Room *place) {
    remove_tree(place->dir);
    g_free(place->dir);
    diag_free(place->diag);
}

static bool add(Room *place, OutSet *set, const char *path, const char *text) {
    g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
    return out_set_add(set, path, bytes, place->diag);
}

static void expect_file(const Room *place, const char *path, const char *wanted) {
    g_autofree char *full = g_build_filename(place->dir, path, NULL), *text = NULL;
    bool is_read = g_file_get_contents(full, &text, NULL, NULL);
    g_assert_true(is_read == (wanted != NULL));
    g_assert_cmpstr(text, ==, wanted);
}

static void expect_no_stage(const Room *place) {
    GDir *dir = g_dir_open(place->dir, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir));) g_assert_true(*name != '.');
    if (dir) g_dir_close(dir);
}

static void write_set(Room *place, const char *a, const char *b, size_t written, size_t fresh) {
    g_autoptr(OutSet) set = out_set_new(place->dir);
    g_assert_true(add(place, set, "a.txt", a));
    g_assert_true(add(place, set, "sub/dir/b.txt", b));
    g_assert_true(out_set_commit(set, place->diag));
    g_assert_cmpuint(out_set_written(set), ==, written);
    g_assert_cmpuint(out_set_fresh(set), ==, fresh);
}

static int64_t file_time(const Room *place, const char *path) {
    g_autofree char *full = g_build_filename(place->dir, path, NULL);
    GStatBuf info;
    g_assert_cmpint(g_stat(full, &info), ==, 0);
    return info.st_mtim.tv_sec * 1000000000LL + info.st_mtim.tv_nsec;
}

static void test_write(void) {
    Room place = place_new();
    write_set(&place, "1", "2", 2, 0);
    expect_file(&place, "a.txt", "1");
    expect_file(&place, "sub/dir/b.txt", "2");
    int64_t before = file_time(&place, "a.txt");
    g_usleep(20000);
    write_set(&place, "1", "3", 1, 1);
    expect_file(&place, "sub/dir/b.txt", "3");
    g_assert_cmpint(file_time(&place, "a.txt"), ==, before);
    write_set(&place, "1", "3", 0, 2);
    write_set(&place, "", "3", 1, 1);
    expect_file(&place, "a.txt", "");
    expect_no_stage(&place);
    place_clear(&place);
}

static void test_abandoned(void) {
    Room place = place_new();
    write_set(&place, "1", "2", 2, 0);
    OutSet *set = out_set_new(place.dir);
    g_assert_true(add(&place, set, "a.txt", "new"));
    out_set_free(set);
    expect_file(&place, "a.txt", "1");
    expect_no_stage(&place);
    place_clear(&place);
}

/* A directory has the name of a file: nothing is put in place, and the fault says where. */
static void test_directory_in_the_way(void) {
    Room place = place_new();
    write_set(&place, "1", "2", 2, 0);
    OutSet *set = out_set_new(place.dir);
    g_assert_true(add(&place, set, "a.txt", "new"));
    g_assert_true(add(&place, set, "sub", "new"));
    g_assert_false(out_set_commit(set, place.diag));
    out_set_free(set);
    g_assert_cmpuint(diag_errors(place.diag), ==, 1);
    g_assert_cmpint(diag_at(place.diag, 0)->kind, ==, FAULT_SYSTEM);
    g_assert_true(g_str_has_suffix(diag_at(place.diag, 0)->file, "/sub"));
    expect_file(&place, "a.txt", "1");
    expect_file(&place, "sub/dir/b.txt", "2");
    expect_no_stage(&place);
    place_clear(&place);
}

static void test_file_in_the_way(void) {
    Room place = place_new();
    write_set(&place, "1", "2", 2, 0);
    OutSet *set = out_set_new(place.dir);
    g_assert_true(add(&place, set, "a.txt", "new"));
    g_assert_true(add(&place, set, "sub/dir/b.txt/c.txt", "new"));
    g_assert_false(out_set_commit(set, place.diag));
    out_set_free(set);
    expect_file(&place, "a.txt", "1");
    expect_no_stage(&place);
    place_clear(&place);
}

/* The second rename fails after the first has replaced a file: the old file comes back, and a file
 * that was not there goes. */
static void test_late_failure(void) {
    Room place = place_new();
    write_set(&place, "1", "2", 2, 0);
    OutSet *set = out_set_new(place.dir);
    g_assert_true(add(&place, set, "a.txt", "new"));
    g_assert_true(add(&place, set, "fresh.txt", "new"));
    g_assert_true(add(&place, set, "sub/dir/b.txt", "new"));
    GDir *dir = g_dir_open(place.dir, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *staged = g_build_filename(place.dir, name, "2", NULL);
        if (*name == '.') g_assert_cmpint(g_unlink(staged), ==, 0);
    }
    g_dir_close(dir);
    g_assert_false(out_set_commit(set, place.diag));
    out_set_free(set);
    g_assert_cmpuint(diag_errors(place.diag), ==, 1);
    expect_file(&place, "a.txt", "1");
    expect_file(&place, "fresh.txt", NULL);
    expect_file(&place, "sub/dir/b.txt", "2");
    expect_no_stage(&place);
    place_clear(&place);
}

/* A limit on the size of files stands for a full disk. */
static void test_full_disk(void) {
    Room place = place_new();
    write_set(&place, "1", "2", 2, 0);
    struct rlimit old, small;
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &old), ==, 0);
    signal(SIGXFSZ, SIG_IGN);
    small = (struct rlimit){.rlim_cur = 100000, .rlim_max = old.rlim_max};
    g_autofree char *large = g_strnfill(200000, 'x');
    OutSet *set = out_set_new(place.dir);
    g_assert_true(add(&place, set, "a.txt", "new"));
    setrlimit(RLIMIT_FSIZE, &small);
    bool is_added = add(&place, set, "sub/dir/b.txt", large);
    setrlimit(RLIMIT_FSIZE, &old);
    g_assert_false(is_added);
    g_assert_false(out_set_commit(set, place.diag));
    out_set_free(set);
    g_assert_cmpuint(diag_errors(place.diag), ==, 1);
    g_assert_true(g_str_has_suffix(diag_at(place.diag, 0)->file, "b.txt"));
    expect_file(&place, "a.txt", "1");
    expect_file(&place, "sub/dir/b.txt", "2");
    expect_no_stage(&place);
    place_clear(&place);
}

static void test_refused_paths(void) {
    Room place = place_new();
    static const char *const paths[] = {"../out.txt", "a/../../b", "/etc/frise", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        OutSet *set = out_set_new(place.dir);
        g_assert_false(add(&place, set, paths[i], "x"));
        g_assert_false(out_set_commit(set, place.diag));
        out_set_free(set);
    }
    OutSet *set = out_set_new(place.dir);
    g_assert_true(add(&place, set, "a.txt", "x"));
    g_assert_false(add(&place, set, "a.txt", "y"));
    out_set_free(set);
    g_assert_cmpuint(diag_errors(place.diag), ==, G_N_ELEMENTS(paths) + 1);
    place_clear(&place);
}

/* What a killed program left goes; what a living one is writing stays. */
static void test_dead_stage(void) {
    Room place = place_new();
    g_autofree char *dead = g_build_filename(place.dir, ".frise-dead00", NULL);
    g_autofree char *left = g_build_filename(dead, "0", NULL);
    g_assert_cmpint(g_mkdir(dead, 0700), ==, 0);
    g_assert_true(g_file_set_contents(left, "x", 1, NULL));
    OutSet *living = out_set_new(place.dir);
    g_assert_true(add(&place, living, "living.txt", "1"));
    write_set(&place, "1", "2", 2, 0);
    g_assert_false(g_file_test(dead, G_FILE_TEST_EXISTS));
    g_assert_true(out_set_commit(living, place.diag));
    out_set_free(living);
    expect_file(&place, "living.txt", "1");
    expect_no_stage(&place);
    place_clear(&place);
}

static void test_new_directory(void) {
    Room place = place_new();
    g_autofree char *inner = g_build_filename(place.dir, "x", "out", NULL);
    g_autoptr(OutSet) set = out_set_new(inner);
    g_assert_true(add(&place, set, "a.txt", "1"));
    g_assert_true(out_set_commit(set, place.diag));
    expect_file(&place, "x/out/a.txt", "1");
    GStatBuf info;
    g_autofree char *file = g_build_filename(inner, "a.txt", NULL);
    mode_t mask = umask(0);
    umask(mask);
    g_assert_cmpint(g_stat(file, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 0777, ==, 0666 & ~mask);
    place_clear(&place);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/emit/out-set/write", test_write);
    g_test_add_func("/emit/out-set/abandoned", test_abandoned);
    g_test_add_func("/emit/out-set/directory-in-the-way", test_directory_in_the_way);
    g_test_add_func("/emit/out-set/file-in-the-way", test_file_in_the_way);
    g_test_add_func("/emit/out-set/late-failure", test_late_failure);
    g_test_add_func("/emit/out-set/full-disk", test_full_disk);
    g_test_add_func("/emit/out-set/refused-paths", test_refused_paths);
    g_test_add_func("/emit/out-set/dead-stage", test_dead_stage);
    g_test_add_func("/emit/out-set/new-directory", test_new_directory);
    return g_test_run();
}
