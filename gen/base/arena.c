#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <string.h>

enum { CHUNK_SIZE = 64 * 1024 };

typedef struct Chunk Chunk;
struct Chunk {
    Chunk *previous;
    size_t used, size;
    max_align_t data[];
};

struct Arena {
    Chunk *last;
};

static Chunk *chunk_new(Chunk *previous, size_t size) {
    Chunk *chunk = g_malloc(sizeof(Chunk) + size);
    *chunk = (Chunk){.previous = previous, .size = size};
    return chunk;
}

Arena *arena_new(void) {
    return g_new0(Arena, 1);
}

void arena_free(Arena *arena) {
    if (!arena) return;
    for (Chunk *chunk = arena->last; chunk;) {
        Chunk *previous = chunk->previous;
        g_free(chunk);
        chunk = previous;
    }
    g_free(arena);
}

void *arena_alloc(Arena *arena, size_t size) {
    const size_t align = alignof(max_align_t);
    size = (MAX(size, 1) + align - 1) / align * align;
    if (!arena->last || arena->last->size - arena->last->used < size)
        arena->last = chunk_new(arena->last, MAX(size, CHUNK_SIZE));
    void *memory = (char *)arena->last->data + arena->last->used;
    arena->last->used += size;
    return memset(memory, 0, size);
}

void *arena_dup(Arena *arena, const void *data, size_t size) {
    void *copy = arena_alloc(arena, size);
    if (size) memcpy(copy, data, size);
    return copy;
}

char *arena_strndup(Arena *arena, const char *text, size_t n) {
    char *copy = arena_alloc(arena, n + 1);
    if (n) memcpy(copy, text, n);
    return copy;
}

char *arena_strdup(Arena *arena, const char *text) {
    return text ? arena_strndup(arena, text, strlen(text)) : NULL;
}

char *arena_printf(Arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = g_strdup_vprintf(format, args);
    va_end(args);
    return arena_take(arena, text);
}

char *arena_take(Arena *arena, char *text) {
    char *copy = arena_strdup(arena, text);
    g_free(text);
    return copy;
}
