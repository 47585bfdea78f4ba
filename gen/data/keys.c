#include "data/keys.h"

/* Open addressing, at most half full; a slot holds a row + 1, or 0. */
struct KeySet {
    const uint64_t *hashes; /* borrowed */
    uint32_t *slots;
    size_t mask;
};

static void set_init(KeySet *set, const uint64_t *hashes, size_t n) {
    size_t room = 64;
    while (room < n * 2) room *= 2;
    set->hashes = hashes;
    set->slots = g_new0(uint32_t, room);
    set->mask = room - 1;
}

/* The slot of this hash, or the free one where it would go. */
static size_t find(const KeySet *set, uint64_t hash) {
    size_t slot = (size_t)(hash ^ hash >> 32) & set->mask;
    while (set->slots[slot] && set->hashes[set->slots[slot] - 1] != hash)
        slot = (slot + 1) & set->mask;
    return slot;
}

void keys_find_repeats(const uint64_t *hashes, size_t n, GArray *repeats) {
    KeySet set;
    set_init(&set, hashes, n);
    for (size_t row = 0; row < n; row++) {
        if (!hashes[row]) continue;
        size_t slot = find(&set, hashes[row]);
        if (set.slots[slot]) {
            KeyRepeat repeat = {row, set.slots[slot] - 1};
            g_array_append_val(repeats, repeat);
        } else {
            set.slots[slot] = (uint32_t)row + 1;
        }
    }
    g_free(set.slots);
}

KeySet *key_set_new(const uint64_t *hashes, size_t n) {
    KeySet *set = g_new0(KeySet, 1);
    set_init(set, hashes, n);
    for (size_t row = 0; row < n; row++) {
        if (!hashes[row]) continue;
        size_t slot = find(set, hashes[row]);
        if (!set->slots[slot]) set->slots[slot] = (uint32_t)row + 1;
    }
    return set;
}

void key_set_free(KeySet *set) {
    if (!set) return;
    g_free(set->slots);
    g_free(set);
}

bool key_set_has(const KeySet *set, uint64_t hash) {
    return set->slots[find(set, hash)] != 0;
}
