/* base/big: arrays of several megabytes, in pages of two megabytes where the kernel has them: the
 * thousands of page faults of ordinary pages would cost more than what is written there. Freed with
 * g_free(). */
#pragma once

#include <stddef.h>

[[nodiscard]] void *big_new(size_t bytes);
[[nodiscard]] void *big_new0(size_t bytes);
/* As realloc; `old_bytes` is what is kept of `old`. */
[[nodiscard]] void *big_renew(void *old, size_t old_bytes, size_t bytes);

#define BIG_NEW(Type, n) ((Type *)big_new(sizeof(Type) * ((n) + 1)))
