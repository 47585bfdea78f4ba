#include "base/big.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 * 1024 * 1024 };

/* Whole huge pages only: what is left over stays in small ones, and takes no more than it needs. */
void *big_new(size_t bytes) {
    if (bytes < HUGE_PAGE) return g_malloc(bytes);
    void *memory = NULL;
    if (posix_memalign(&memory, HUGE_PAGE, bytes) != 0) return g_malloc(bytes);
    (void)madvise(memory, bytes / HUGE_PAGE * HUGE_PAGE, MADV_HUGEPAGE); /* a hint: may fail */
    return memory;
}

void *big_new0(size_t bytes) {
    return memset(big_new(bytes), 0, bytes);
}

void *big_renew(void *old, size_t old_bytes, size_t bytes) {
    if (bytes < HUGE_PAGE) return g_realloc(old, bytes);
    void *memory = big_new(bytes);
    if (old) memcpy(memory, old, MIN(old_bytes, bytes));
    g_free(old);
    return memory;
}
