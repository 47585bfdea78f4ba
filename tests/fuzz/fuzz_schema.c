/* A data package of any bytes, in YAML or JSON: faults, or resources whose fields read cells of
 * every kind without a fault of ours. */
#include "fuzz.h"

#include "data/cell.h"
#include "data/rules.h"

#include <stdio.h>

static const char *const texts[] = {"",
                                    "12",
                                    "-3.5",
                                    "1e400",
                                    "1 234,50 €",
                                    "12,5 %",
                                    "1.234",
                                    "true",
                                    "2022-01-05",
                                    "05/01/2022",
                                    "1er janvier 2022",
                                    "2020-01/..",
                                    "2016~",
                                    "44566",
                                    "16:20:00",
                                    "2022-01-05T16:20:00Z",
                                    "P1Y2M3DT4H5M6.7S",
                                    "129.09, 41.28",
                                    "[129.09, 41.28]",
                                    "{\"type\": \"Point\", \"lon\": 1, \"lat\": 2}",
                                    "[[[[1,2],{\"a\":[]}]]]",
                                    "a@b.fr",
                                    "https://x.org/%20",
                                    "été 😀"};

static void read_cells(const Resource *resource, Arena *arena) {
    g_autoptr(Diag) diag = diag_new();
    g_autofree Value *row = g_new0(Value, resource->n_fields + 1);
    for (size_t i = 0; i < resource->n_fields; i++) {
        CellRule rule;
        Faults faults = {.diag = diag};
        rule_init(&rule, &resource->fields[i], resource, diag);
        for (size_t k = 0; k < G_N_ELEMENTS(texts); k++) {
            Value quiet, told;
            size_t before = faults.count;
            bool is_good = cell_read(&rule, texts[k], (Span){0}, NULL, NULL, &quiet);
            bool is_told = cell_read(&rule, texts[k], (Span){0}, arena, &faults, &told);
            g_assert_true(is_good == is_told);
            g_assert_true(is_told == (faults.count == before));
            if (is_good) g_assert_cmpint(value_compare(quiet, told), ==, 0);
            if (is_good) row[i] = told;
        }
        rule_clear(&rule);
    }
    for (size_t i = 0; i < resource->n_rules; i++) (void)rule_holds(&resource->rules[i], row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static char *folder = NULL; /* one for all runs, in memory where there is such a place */
    if (!folder)
        folder = g_mkdtemp(g_strdup(g_file_test("/dev/shm", G_FILE_TEST_IS_DIR)
                                        ? "/dev/shm/frise-fuzz-XXXXXX"
                                        : "/tmp/frise-fuzz-XXXXXX"));
    g_assert_nonnull(folder);
    g_autofree char *path = g_build_filename(folder, "datapackage.yaml", NULL);
    FILE *file = fopen(path, "wb");
    g_assert_nonnull(file);
    g_assert_cmpuint(fwrite(data, 1, size, file), ==, size);
    fclose(file);
    g_autoptr(Arena) arena = arena_new();
    g_autoptr(Diag) diag = diag_new();
    Package *package = package_load(folder, arena, diag);
    g_assert_true((package != NULL) == (diag_errors(diag) == 0));
    for (size_t i = 0; package && i < package->n_resources; i++)
        read_cells(&package->resources[i], arena);
    package_free(package);
    return 0;
}
