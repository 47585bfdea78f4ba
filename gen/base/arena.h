/* base/arena: many small allocations, one free.
 * A stage product (Project, Dataset, Report, Pages) owns one arena; what hangs on it is plain data
 * and dies with it. Memory comes zeroed; running out of it aborts, as everywhere in GLib. */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct Arena Arena;

[[nodiscard]] Arena *arena_new(void);
void arena_free(Arena *arena); /* NULL is accepted */

/* Zeroed, aligned for any type, alive until arena_free(). */
[[nodiscard]] void *arena_alloc(Arena *arena, size_t size);
[[nodiscard]] void *arena_dup(Arena *arena, const void *data, size_t size);
[[nodiscard]] char *arena_strdup(Arena *arena, const char *text); /* NULL gives NULL */
[[nodiscard]] char *arena_strndup(Arena *arena, const char *text, size_t n);
[[nodiscard]] char *arena_printf(Arena *arena, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes a g_malloc'ed string, gives its copy in the arena: for functions that return char *. */
[[nodiscard]] char *arena_take(Arena *arena, char *text);

#define ARENA_NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, Type, n) ((Type *)arena_alloc((arena), sizeof(Type) * (n)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Arena, arena_free)
