/* data/keys: rows that repeat a key, and rows whose key another file does not have, found from one
 * 64-bit hash a row. Equal keys have equal hashes; unequal ones nearly never: who reports a repeat
 * compares the keys themselves first. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    size_t row, first; /* the row that repeats, and the first of its key */
} KeyRepeat;

/* Appends to `repeats` (KeyRepeat), in order of rows; a hash of 0 is no key. */
void keys_find_repeats(const uint64_t *hashes, size_t n, GArray *repeats);

typedef struct KeySet KeySet;
[[nodiscard]] KeySet *key_set_new(const uint64_t *hashes, size_t n);
void key_set_free(KeySet *set);
bool key_set_has(const KeySet *set, uint64_t hash);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeySet, key_set_free)
