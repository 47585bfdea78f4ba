/* base/source: the bytes of one input file under the name shown to the user, and places in it.
 * A Span is what every template value and every cell carries; source_locate() alone turns it into
 * line and column (1-based, in characters). Sources are shared by reference count. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Source Source;

enum { SOURCE_MOST_MB = 256, SOURCE_MOST_BYTES = SOURCE_MOST_MB << 20 };

typedef struct {
    const Source *source; /* NULL: no place (the command line, the system) */
    size_t start, len;    /* bytes */
} Span;

typedef struct {
    size_t line, column; /* 1-based; the column counts characters */
} Place;

/* Takes its own references. `name` is the path as the user knows it. */
[[nodiscard]] Source *source_new(const char *name, GBytes *bytes);
/* A part of a file that starts at the beginning of its line `first_line` (1-based): places are told
 * as in the whole file. */
[[nodiscard]] Source *source_new_part(const char *name, GBytes *bytes, size_t first_line);
/* Reads a regular file; NULL and *ret_error (one sentence, g_free) when it cannot be read: not a
 * file, over SOURCE_MOST_BYTES, or changed by someone while it was read. */
[[nodiscard]] Source *source_load(const char *path, const char *name, char **ret_error);
Source *source_ref(Source *source);
void source_unref(Source *source);

const char *source_name(const Source *source);
const char *source_data(const Source *source, size_t *ret_len); /* NUL-terminated for safety */
Place source_locate(Span span);
/* The line that holds the start of the span, without its end of line; a new string. */
[[nodiscard]] char *source_excerpt(Span span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Source, source_unref)
