/* project/package: a Frictionless Data Package as written: resources, dialects, Table Schemas,
 * sources, licences. Opens no data. Lives in the arena it was loaded in. Relative paths stay inside
 * the package's folder: `..`, absolute paths and symbolic links out of it are faults. */
#pragma once

#include "project/node.h"

typedef enum { FIELD_STRING, FIELD_INTEGER, FIELD_NUMBER, FIELD_BOOLEAN, FIELD_DATE } FieldType;

typedef struct {
    const char *name, *title;
    FieldType type;
    bool is_partial; /* a date may be a year or a month: `frise:precision: partial` */
    bool is_uri;     /* a string that must be an address with a scheme: `format: uri` */
    bool is_required, is_unique;
    bool has_minimum, has_maximum;
    double minimum, maximum;  /* day numbers for a date */
    const char *pattern;      /* NULL: none; anchored at both ends */
    const char **enumeration; /* NULL: none */
    size_t n_enumeration;
    const char **true_values, **false_values; /* NULL-terminated */
    const Node *node, *pattern_node;
} Field;

typedef struct {
    const char *title, *path;
} PackageSource;

typedef struct {
    const char *name, *path, *title; /* path as written, relative to the package */
    const char *table;               /* the name in SQL: missile_tests for missile-tests */
    char delimiter;
    const char **missing_values; /* NULL-terminated */
    Field *fields;
    size_t n_fields;
    const char *primary_key; /* NULL: none */
    PackageSource *sources;
    size_t n_sources;
    const Node *node, *path_node;
} Resource;

typedef struct {
    const char *folder; /* where datapackage.yaml stands, as the user knows it */
    Source *source;     /* the bytes of datapackage.yaml */
    const char *title, *version;
    const char *license, *license_path;
    Resource *resources;
    size_t n_resources;
} Package;

/* `folder` holds datapackage.yaml. NULL after errors were reported. The arena holds the package and
 * keeps no file open; package->source is released by package_free(). */
[[nodiscard]] Package *package_load(const char *folder, Arena *arena, Diag *diag);
void package_free(Package *package); /* releases the source only */
