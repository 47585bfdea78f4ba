#include "data/dataset.h"

#include "data/intake.h"
#include "data/keys.h"
#include "data/sql.h"

#include <string.h>

struct Dataset {
    Arena *arena;
    const Package *package;
    Intake **intakes;    /* one a resource, in package order */
    ColumnSet **columns; /* theirs */
    Database *db;
    char *fingerprint;
};

/* ---- what to keep ---- */

static bool is_word(char c) {
    return g_ascii_isalnum(c) || c == '_' || (guchar)c >= 0x80;
}

/* Every word of the texts, without case; `*` alone where SELECT * may be. */
static GHashTable *find_words(const char *const *texts) {
    GHashTable *words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (; *texts; texts++)
        for (const char *at = *texts; *at;) {
            size_t len = 0;
            while (is_word(at[len])) len++;
            if (len) g_hash_table_add(words, g_ascii_strdown(at, (gssize)len));
            at += MAX(len, 1);
        }
    return words;
}

/* What a query may say for a column: its name, or that of a part of a date. */
static bool is_named(GHashTable *words, const Field *field) {
    static const char *const suffixes[] = {"", "_start", "_end", "_precision", "_qualifier"};
    bool is_date = field_value_kind(field) == VALUE_DATE;
    for (size_t i = 0; i < (is_date ? G_N_ELEMENTS(suffixes) : 1); i++) {
        g_autofree char *name = g_strconcat(field->name, suffixes[i], NULL);
        g_autofree char *key = g_ascii_strdown(name, -1);
        if (g_hash_table_contains(words, key)) return true;
    }
    return false;
}

static bool *wanted_columns(const Resource *resource, GHashTable *words) {
    if (!words) return NULL;
    bool *is_wanted = g_new0(bool, resource->n_fields + 1);
    for (size_t i = 0; i < resource->n_fields; i++)
        is_wanted[i] = is_named(words, &resource->fields[i]);
    return is_wanted;
}

/* ---- foreign keys ---- */

/* The keys of a resource that foreign keys compare: its own, then those others refer to; the order
 * is that of find_key(). */
static GArray *foreign_columns(const Package *package, size_t at) {
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(KeyColumns));
    const Resource *resource = &package->resources[at];
    for (size_t i = 0; i < resource->n_foreign_keys; i++) {
        KeyColumns key = {resource->foreign_keys[i].from.columns, resource->foreign_keys[i].from.n};
        g_array_append_val(keys, key);
    }
    for (size_t r = 0; r < package->n_resources; r++)
        for (size_t i = 0; i < package->resources[r].n_foreign_keys; i++) {
            const ForeignKey *foreign = &package->resources[r].foreign_keys[i];
            KeyColumns key = {foreign->columns, foreign->from.n};
            if (foreign->resource == at) g_array_append_val(keys, key);
        }
    return keys;
}

/* Where foreign_columns() has put the key that `foreign` refers to. */
static size_t find_target(const Package *package, const ForeignKey *foreign) {
    size_t k = package->resources[foreign->resource].n_foreign_keys;
    for (size_t r = 0; r < package->n_resources; r++)
        for (size_t i = 0; i < package->resources[r].n_foreign_keys; i++) {
            const ForeignKey *other = &package->resources[r].foreign_keys[i];
            if (other == foreign) return k;
            k += other->resource == foreign->resource;
        }
    g_assert_not_reached();
}

static void check_foreign_key(const Dataset *dataset, size_t at, size_t i, Diag *diag) {
    const Package *package = dataset->package;
    const ForeignKey *foreign = &package->resources[at].foreign_keys[i];
    const KeySet *from = intake_key(dataset->intakes[at], i);
    const KeySet *to =
        intake_key(dataset->intakes[foreign->resource], find_target(package, foreign));
    g_autoptr(GArray) strangers = g_array_new(FALSE, FALSE, sizeof(size_t));
    for (size_t row = 0; row < key_set_rows(from); row++) {
        uint64_t hash = key_set_hash(from, row);
        if (hash && !key_set_has(to, hash)) g_array_append_val(strangers, row);
    }
    if (strangers->len)
        intake_report_strangers(dataset->intakes[at], foreign,
                                (const size_t *)(const void *)strangers->data, strangers->len,
                                package->resources[foreign->resource].path, diag);
}

static bool check_foreign_keys(const Dataset *dataset, Diag *diag) {
    size_t before = diag_errors(diag);
    for (size_t r = 0; r < dataset->package->n_resources; r++)
        for (size_t i = 0; i < dataset->package->resources[r].n_foreign_keys; i++) {
            bool are_read =
                dataset->intakes[r] &&
                dataset->intakes[dataset->package->resources[r].foreign_keys[i].resource];
            if (are_read) check_foreign_key(dataset, r, i, diag);
        }
    return diag_errors(diag) == before;
}

/* ---- loading ---- */

static bool load_files(Dataset *dataset, const DatasetOptions *options, Diag *diag) {
    const Package *package = dataset->package;
    g_autoptr(GHashTable) words = options->texts ? find_words(options->texts) : NULL;
    size_t loaded = 0;
    dataset->intakes = ARENA_ARRAY(dataset->arena, Intake *, package->n_resources);
    dataset->columns = ARENA_ARRAY(dataset->arena, ColumnSet *, package->n_resources);
    for (size_t i = 0; i < package->n_resources; i++) {
        const Resource *resource = &package->resources[i];
        g_autofree char *path = g_build_filename(package->folder, resource->path, NULL);
        g_autofree bool *is_wanted = wanted_columns(resource, words);
        g_autoptr(GArray) keys = foreign_columns(package, i);
        IntakeOptions intake = {.is_wanted = is_wanted,
                                .keys = (const KeyColumns *)(const void *)keys->data,
                                .n_keys = keys->len,
                                .jobs = options->jobs};
        dataset->intakes[i] = intake_read(resource, path, &intake, diag);
        loaded += dataset->intakes[i] != NULL;
    }
    return check_foreign_keys(dataset, diag) && loaded == package->n_resources;
}

static bool load_columns(void *owner, size_t resource, const bool *is_wanted, Diag *diag) {
    Dataset *dataset = owner;
    return intake_read_more(dataset->intakes[resource], is_wanted, diag);
}

Dataset *dataset_load(const Package *package, const DatasetOptions *options, Diag *diag) {
    static const DatasetOptions usual = {.jobs = 1};
    Arena *arena = arena_new();
    Dataset *dataset = ARENA_NEW(arena, Dataset);
    *dataset = (Dataset){.arena = arena, .package = package};
    if (!load_files(dataset, options ? options : &usual, diag)) {
        dataset_free(dataset);
        return NULL;
    }
    for (size_t i = 0; i < package->n_resources; i++)
        dataset->columns[i] = (ColumnSet *)intake_columns(dataset->intakes[i]);
    dataset->db = database_new(package, dataset->columns, load_columns, dataset);
    return dataset;
}

void dataset_free(Dataset *dataset) {
    if (!dataset) return;
    database_free(dataset->db);
    for (size_t i = 0; i < dataset->package->n_resources; i++) intake_free(dataset->intakes[i]);
    g_free(dataset->fingerprint);
    arena_free(dataset->arena);
}

size_t dataset_count(const Dataset *dataset) {
    return dataset->package->n_resources;
}

const ColumnSet *dataset_columns(const Dataset *dataset, size_t i) {
    g_assert(i < dataset->package->n_resources);
    return dataset->columns[i];
}

const Package *dataset_package(const Dataset *dataset) {
    return dataset->package;
}

static void add_bytes(void *checksum, const char *bytes, size_t len) {
    g_checksum_update(checksum, (const guchar *)bytes, (gssize)len);
}

const char *dataset_fingerprint(Dataset *dataset, Diag *diag) {
    if (dataset->fingerprint) return dataset->fingerprint;
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    for (size_t i = 0; i < dataset->package->n_resources; i++)
        if (!intake_raw(dataset->intakes[i], add_bytes, checksum, diag)) return NULL;
    return dataset->fingerprint = g_strdup(g_checksum_get_string(checksum));
}

const Table *dataset_query(Dataset *dataset, Query query, const Param *params, size_t n_params,
                           Arena *arena, Diag *diag) {
    return database_query(dataset->db, query, params, n_params, arena, diag);
}
