/* Runs a target over its corpus, whole and spoiled: each file cut at every length up to 512 bytes
 * and with bytes changed by a generator of fixed seed, so that a run is the same everywhere.
 * usage: fuzz_TARGET CORPUS [EXECUTIONS]: with a number, as many more, of files changed, cut and
 * joined to others. */
#include "fuzz.h"

#include <glib.h>

enum { CUTS = 512, CHANGES = 300 };

static void run_file(const char *path, GRand *rand) {
    g_autofree char *data = NULL;
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &data, &size, &error);
    g_assert_no_error(error);
    LLVMFuzzerTestOneInput((const uint8_t *)data, size);
    for (size_t cut = 0; cut < MIN(size, CUTS); cut++)
        LLVMFuzzerTestOneInput((const uint8_t *)data, cut);
    for (int i = 0; i < CHANGES && size; i++) {
        g_autofree uint8_t *spoiled = g_memdup2(data, size);
        for (int k = g_rand_int_range(rand, 1, 5); k > 0; k--)
            spoiled[g_rand_int_range(rand, 0, (int)size)] = (uint8_t)g_rand_int(rand);
        LLVMFuzzerTestOneInput(spoiled, size);
    }
}

/* A file, the end of another in its place from somewhere on, and some bytes changed. */
static void run_mixture(const GPtrArray *files, GRand *rand) {
    const GBytes *a = files->pdata[g_rand_int_range(rand, 0, (int)files->len)];
    const GBytes *b = files->pdata[g_rand_int_range(rand, 0, (int)files->len)];
    gsize a_len, b_len;
    const guint8 *a_data = g_bytes_get_data((GBytes *)a, &a_len);
    const guint8 *b_data = g_bytes_get_data((GBytes *)b, &b_len);
    gsize head = (gsize)g_rand_int_range(rand, 0, (int)a_len + 1);
    gsize from = (gsize)g_rand_int_range(rand, 0, (int)b_len + 1);
    g_autoptr(GByteArray) mixed = g_byte_array_new();
    g_byte_array_append(mixed, a_data, (guint)head);
    g_byte_array_append(mixed, b_data + from, (guint)(b_len - from));
    for (int k = g_rand_int_range(rand, 0, 4); k > 0 && mixed->len; k--)
        mixed->data[g_rand_int_range(rand, 0, (int)mixed->len)] = (guint8)g_rand_int(rand);
    LLVMFuzzerTestOneInput(mixed->data, mixed->len);
}

static void run_mixtures(const char *folder, guint64 executions, GRand *rand) {
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        char *data = NULL;
        gsize size = 0;
        if (g_file_get_contents(path, &data, &size, NULL))
            g_ptr_array_add(files, g_bytes_new_take(data, size));
    }
    for (guint64 i = 0; i < executions; i++) run_mixture(files, rand);
}

int main(int argc, char **argv) {
    GRand *rand = g_rand_new_with_seed(20261005);
    g_assert_cmpint(argc, >=, 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(argv[1], 0, &error);
    g_assert_no_error(error);
    int n = 0;
    for (const char *name; (name = g_dir_read_name(dir)); n++) {
        g_autofree char *path = g_build_filename(argv[1], name, NULL);
        run_file(path, rand);
    }
    g_assert_cmpint(n, >, 0);
    if (argc > 2) run_mixtures(argv[1], g_ascii_strtoull(argv[2], NULL, 10), rand);
    g_rand_free(rand);
    return 0;
}
