/* Runs a target over its corpus, whole and spoiled: each file cut at every length up to 512 bytes
 * and with bytes changed by a generator of fixed seed, so that a run is the same everywhere. */
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

int main(int argc, char **argv) {
    GRand *rand = g_rand_new_with_seed(20261005);
    g_assert_cmpint(argc, ==, 2);
    g_autoptr(GError) error = NULL;
    g_autoptr(GDir) dir = g_dir_open(argv[1], 0, &error);
    g_assert_no_error(error);
    int n = 0;
    for (const char *name; (name = g_dir_read_name(dir)); n++) {
        g_autofree char *path = g_build_filename(argv[1], name, NULL);
        run_file(path, rand);
    }
    g_assert_cmpint(n, >, 0);
    g_rand_free(rand);
    return 0;
}
