/* data/keys: rows that repeat a key, and rows whose key another file does not have, told from one
 * 64-bit hash a row. Equal keys have equal hashes; unequal ones nearly never: who reports a repeat
 * compares the keys themselves first. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    size_t row, first; /* the row that repeats, and the first of its key */
} KeyRepeat;

/* The keys of a file, row by row. A hash of 0 is no key: it is never repeated nor looked for. */
typedef struct KeySet KeySet;
[[nodiscard]] KeySet *key_set_new(void);
void key_set_free(KeySet *set);
/* Room for that many rows. */
void key_set_reserve(KeySet *set, size_t n_rows);
/* The hashes of the next n rows. */
void key_set_add(KeySet *set, const uint64_t *hashes, size_t n);
bool key_set_has(const KeySet *set, uint64_t hash);
size_t key_set_rows(const KeySet *set);
uint64_t key_set_hash(const KeySet *set, size_t row);
/* KeyRepeat, in order of rows. */
const GArray *key_set_repeats(const KeySet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeySet, key_set_free)
