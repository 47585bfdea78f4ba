/* What the readers of a data package share. Private to the room. */
#pragma once

#include "project/package.h"

typedef struct {
    Package *package;
    Arena *arena;
    Diag *diag;
} Loader;

/* Where to point: at the value, else at the key. */
Span package_place(const Node *node);
/* Marks the keys that only describe (NULL-terminated), and those of other programs: `theirs:key`.
 */
void package_accept(Node *map, const char *const *keys);
/* A text that must be there and not empty. */
const char *package_require(Loader *load, Node *map, const char *key);
/* The texts of a list, NULL-terminated; NULL without the key. ret_n may be NULL. */
const char **package_texts(Loader *load, Node *map, const char *key, size_t *ret_n);
/* An accepted value, without case; anything else is a fault that says what is. */
void package_expect(Loader *load, Node *map, const char *key, const char *wanted);
void package_expect_bool(Loader *load, Node *map, const char *key, bool wanted);

void package_read_field(Loader *load, Node *node, Field *field);
void package_read_schema(Loader *load, Node *map, Resource *resource);
/* Once all resources are known. */
void package_read_foreign_keys(Loader *load, size_t resource);
void package_read_dialect(Loader *load, Node *map, Resource *resource);
/* The field of this name; reported, with the nearest name, when there is none: SIZE_MAX. */
size_t package_find_field(Loader *load, const Resource *resource, const char *name, Span span,
                          const char *what);
