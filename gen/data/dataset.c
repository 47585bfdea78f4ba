#include "data/dataset.h"

#include "data/csv.h"
#include "data/schema.h"
#include "data/sql.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

struct Dataset {
    Arena *arena;
    const Package *package;
    Table **tables; /* one a resource, in package order */
    Database *db;
    const char *fingerprint;
};

/* The file of the folder whose name is nearest, or NULL; a new string. */
static char *nearest_file(const char *path) {
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    DIR *dir = opendir(folder);
    if (!dir) return NULL;
    for (const struct dirent *entry; (entry = readdir(dir));)
        if (*entry->d_name != '.') g_ptr_array_add(names, g_strdup(entry->d_name));
    closedir(dir);
    g_ptr_array_sort(names, (GCompareFunc)(void (*)(void))g_strcmp0);
    g_ptr_array_add(names, NULL);
    return g_strdup(nearest_word(name, (const char *const *)names->pdata));
}

static void report_missing(const Resource *resource, const char *path, Diag *diag) {
    g_autofree char *near = nearest_file(path);
    g_autofree char *hint =
        near ? g_strdup_printf("did you mean %s?", near)
             : g_strdup("put the file there, or correct the path in datapackage.yaml");
    diag_error(diag, resource->path_node->span, "missing-file", hint, "there is no file %s", path);
}

/* What is absent is the user's affair, what resists is the machine's. */
static void report_unreadable(const Resource *resource, const char *path, const char *error,
                              Diag *diag) {
    struct stat info;
    if (stat(path, &info) < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        report_missing(resource, path, diag);
    } else if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        diag_error(diag, resource->path_node->span, "missing-file", "give the path of a CSV file",
                   "%s is not a file", path);
    } else {
        diag_system(diag, path, "cannot be read: %s", error);
    }
}

static Table *load_table(const Dataset *dataset, const Resource *resource, GChecksum *checksum,
                         Diag *diag) {
    g_autofree char *path = g_build_filename(dataset->package->folder, resource->path, NULL);
    g_autofree char *error = NULL;
    g_autoptr(Source) source = source_load(path, path, &error);
    if (!source) {
        report_unreadable(resource, path, error, diag);
        return NULL;
    }
    size_t len;
    const char *data = source_data(source, &len);
    g_checksum_update(checksum, (const guchar *)data, (gssize)len);
    g_autoptr(CsvFile) file = csvfile_parse(source, resource->delimiter, diag);
    return file ? schema_read(resource, file, dataset->arena, diag) : NULL;
}

static bool load_tables(Dataset *dataset, Diag *diag) {
    const Package *package = dataset->package;
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    size_t loaded = 0;
    dataset->tables = ARENA_ARRAY(dataset->arena, Table *, package->n_resources);
    for (size_t i = 0; i < package->n_resources; i++) {
        dataset->tables[i] = load_table(dataset, &package->resources[i], checksum, diag);
        loaded += dataset->tables[i] != NULL;
    }
    dataset->fingerprint = arena_strdup(dataset->arena, g_checksum_get_string(checksum));
    return loaded == package->n_resources;
}

Dataset *dataset_load(const Package *package, Diag *diag) {
    Arena *arena = arena_new();
    Dataset *dataset = ARENA_NEW(arena, Dataset);
    *dataset = (Dataset){.arena = arena, .package = package};
    if (!load_tables(dataset, diag)) {
        arena_free(arena);
        return NULL;
    }
    dataset->db = database_new(package, dataset->tables);
    return dataset;
}

void dataset_free(Dataset *dataset) {
    if (!dataset) return;
    database_free(dataset->db);
    arena_free(dataset->arena);
}

size_t dataset_count(const Dataset *dataset) {
    return dataset->package->n_resources;
}

const Table *dataset_table(const Dataset *dataset, size_t i) {
    g_assert(i < dataset->package->n_resources);
    return dataset->tables[i];
}

const Package *dataset_package(const Dataset *dataset) {
    return dataset->package;
}

const char *dataset_fingerprint(const Dataset *dataset) {
    return dataset->fingerprint;
}

const Table *dataset_query(Dataset *dataset, Query query, const Param *params, size_t n_params,
                           Arena *arena, Diag *diag) {
    return database_query(dataset->db, query, params, n_params, arena, diag);
}
