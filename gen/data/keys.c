#include "data/keys.h"

#include "base/big.h"

#include <string.h>

/* Open addressing, at most half full; a slot holds a row + 1, or 0. */
struct KeySet {
    uint64_t *hashes; /* one a row */
    size_t n, room;
    uint32_t *slots;
    size_t n_slots; /* a power of two */
    GArray *repeats;
};

enum { FIRST_ROOM = 64 };

KeySet *key_set_new(void) {
    KeySet *set = g_new0(KeySet, 1);
    set->repeats = g_array_new(FALSE, FALSE, sizeof(KeyRepeat));
    key_set_reserve(set, FIRST_ROOM);
    return set;
}

void key_set_free(KeySet *set) {
    if (!set) return;
    g_free(set->hashes);
    g_free(set->slots);
    g_array_unref(set->repeats);
    g_free(set);
}

/* The slot of this hash, or the free one where it would go. */
static size_t find(const KeySet *set, uint64_t hash) {
    size_t mask = set->n_slots - 1, slot = (size_t)(hash ^ hash >> 32) & mask;
    while (set->slots[slot] && set->hashes[set->slots[slot] - 1] != hash) slot = (slot + 1) & mask;
    return slot;
}

void key_set_reserve(KeySet *set, size_t n_rows) {
    if (n_rows <= set->room) return;
    set->room = n_rows;
    set->hashes =
        big_renew(set->hashes, set->n * sizeof *set->hashes, n_rows * sizeof *set->hashes);
    size_t n_slots = FIRST_ROOM;
    while (n_slots < n_rows * 2) n_slots *= 2;
    if (n_slots <= set->n_slots) return;
    g_free(set->slots);
    set->slots = big_new0(n_slots * sizeof *set->slots);
    set->n_slots = n_slots;
    for (size_t row = 0; row < set->n; row++) {
        if (!set->hashes[row]) continue;
        size_t slot = find(set, set->hashes[row]);
        if (!set->slots[slot]) set->slots[slot] = (uint32_t)row + 1;
    }
}

static void add_row(KeySet *set, size_t row) {
    if (!set->hashes[row]) return;
    size_t slot = find(set, set->hashes[row]);
    if (set->slots[slot]) {
        KeyRepeat repeat = {row, set->slots[slot] - 1};
        g_array_append_val(set->repeats, repeat);
    } else {
        set->slots[slot] = (uint32_t)row + 1;
    }
}

void key_set_add(KeySet *set, const uint64_t *hashes, size_t n) {
    if (set->n + n > set->room) key_set_reserve(set, MAX(set->n + n, set->room * 2));
    if (n) memcpy(set->hashes + set->n, hashes, n * sizeof *hashes);
    for (size_t i = 0; i < n; i++) add_row(set, set->n + i);
    set->n += n;
}

bool key_set_has(const KeySet *set, uint64_t hash) {
    return set->slots[find(set, hash)] != 0;
}

size_t key_set_rows(const KeySet *set) {
    return set->n;
}

uint64_t key_set_hash(const KeySet *set, size_t row) {
    return set->hashes[row];
}

const GArray *key_set_repeats(const KeySet *set) {
    return set->repeats;
}
