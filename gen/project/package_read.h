/* What the readers of a data package share. Private to the room. */
#pragma once

#include "project/package.h"

typedef struct {
    Package *package;
    Arena *arena;
    Diag *diag;
    GPtrArray *parts; /* Source: files that the package names, beside the data */
    GPtrArray *roots; /* Node: what they hold */
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
/* The same where an item may also be `{value: …, label: …}`. */
const char **package_values(Loader *load, Node *map, const char *key, size_t *ret_n);
/* The same, of which each cell is compared with all: more than a hundred are a fault. */
const char **package_few(Loader *load, Node *map, const char *key);
/* The map under `key`, or the one in the file it names: a path inside the folder. NULL when absent
 * or after a fault. */
Node *package_part(Loader *load, Node *map, const char *key);
/* False after a fault: `path` is no path inside the folder of the package. */
bool package_check_path(Loader *load, const char *key, const char *path, Span span);
/* An accepted value, without case; anything else is a fault that says what is. */
void package_expect(Loader *load, Node *map, const char *key, const char *wanted);
void package_expect_bool(Loader *load, Node *map, const char *key, bool wanted);

void package_read_field(Loader *load, Node *node, Field *field);
void package_read_format(Loader *load, Node *node, Field *field);
/* After the format and what is true: `constraints` and `categories`. */
void package_read_constraints(Loader *load, Node *node, Field *field);
bool package_find_type(const char *name, FieldType *ret_type);
void package_read_schema(Loader *load, Node *map, Resource *resource);
/* Once all resources are known. */
void package_read_foreign_keys(Loader *load, size_t self);
void package_read_dialect(Loader *load, Node *map, Resource *resource);
void package_read_rules(Loader *load, Node *schema, Resource *resource);
/* One name, or a list of them. `what` names the key in faults, marked with N_(). */
bool package_read_key(Loader *load, Node *node, const Resource *resource, const char *what,
                      Key *ret_key);
/* The field of this name; reported, with the nearest name, when there is none: SIZE_MAX. */
size_t package_find_field(Loader *load, const Resource *resource, const char *name, Span span,
                          const char *what);
