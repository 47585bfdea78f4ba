/* project/package: a Frictionless Data Package as written: resources, dialects, Table Schemas, keys
 * and rules, sources, licences. Opens no data. Lives in the arena it was loaded in. Relative paths
 * stay inside the package's folder: `..`, absolute paths and symbolic links out of it are faults.
 * Source: specs.frictionlessdata.io, Data Package, CSV Dialect and Table Schema 1, and what 2 adds
 * (datapackage.org); docs/formats/data.md says what differs. */
#pragma once

#include "base/value.h"
#include "project/node.h"
#include "project/reading.h"

typedef enum {
    FIELD_STRING,
    FIELD_INTEGER,
    FIELD_NUMBER,
    FIELD_BOOLEAN,
    FIELD_DATE,
    FIELD_TIME,
    FIELD_DATETIME,
    FIELD_YEAR,
    FIELD_YEARMONTH,
    FIELD_DURATION,
    FIELD_GEOPOINT,
    FIELD_OBJECT,
    FIELD_ARRAY,
    FIELD_GEOJSON,
    FIELD_ANY,
} FieldType;

typedef enum {
    FORMAT_DEFAULT,
    FORMAT_ANY,
    FORMAT_PATTERN, /* of a date, a time: `%d.%m.%Y`, in Field.date_format */
    FORMAT_EMAIL,   /* of a string, from here */
    FORMAT_URI,
    FORMAT_BINARY,
    FORMAT_UUID,
    FORMAT_ARRAY, /* of a point: [2.35, 48.85], {"lon": 2.35, "lat": 48.85} */
    FORMAT_OBJECT,
    FORMAT_TOPOJSON,
} FieldFormat;

typedef struct {
    const char *name, *title;
    FieldType type;
    FieldFormat format;
    const char *date_format; /* FORMAT_PATTERN that no Reading says */
    Reading reading;         /* as written, else the plain one */
    bool is_reading_fixed;   /* the package says it: cells are not asked */
    bool is_partial;         /* a date may be a year or a month: `frise:precision: partial` */
    bool is_required, is_unique;
    bool has_minimum, has_maximum, excludes_minimum, excludes_maximum;
    double minimum, maximum;                 /* day numbers for a date */
    const char *minimum_text, *maximum_text; /* of a time: as it is written */
    bool has_min_length, has_max_length;
    size_t min_length, max_length; /* characters, or items of an array */
    const char *pattern;           /* NULL: none; anchored at both ends */
    const char **enumeration;      /* NULL: none */
    size_t n_enumeration;
    const char **true_values, **false_values; /* NULL-terminated */
    const char **missing_values;              /* NULL-terminated; its own, or the schema's */
    const Node *node, *pattern_node;
} Field;

/* What its values are in tables: a year is an integer, a month a date, a point a text. */
ValueKind field_value_kind(const Field *field);
const char *field_type_name(FieldType type);

/* Columns of a resource, as numbers of its fields. */
typedef struct {
    size_t *columns;
    size_t n;
    const Node *node;
} Key;

typedef struct {
    Key from;
    size_t resource; /* which one of the package; its own number when it refers to itself */
    size_t *columns; /* from.n of them, in that resource */
} ForeignKey;

typedef enum { OP_LESS, OP_AT_MOST, OP_MORE, OP_AT_LEAST, OP_EQUAL, OP_NOT_EQUAL } RuleOp;

/* What must hold between the cells of a row: `frise:rules`. Either a comparison of two columns, or
 * columns that must be filled when another is. */
typedef struct {
    const char *text; /* as it reads in a message */
    const char *says; /* what to tell the user, or NULL */
    bool is_requirement;
    RuleOp op;
    size_t left, right;
    size_t when; /* SIZE_MAX: always */
    Key required;
    const Node *node;
} Rule;

typedef struct {
    char delimiter; /* what is written, or a comma */
    bool is_delimiter_fixed;
    char quote;   /* 0: none */
    char comment; /* 0: none */
    bool has_header;
    bool skips_initial_space;
    bool ignores_case;         /* of the header */
    const char *null_sequence; /* NULL: none */
    const char *encoding;      /* NULL: to be found in the file */
} Dialect;

typedef struct {
    const char *title, *path;
} PackageSource;

typedef struct {
    const char *name, *path, *title; /* path as written, relative to the package */
    const char *table;               /* the name in SQL: missile_tests for missile-tests */
    Dialect dialect;
    Field *fields;
    size_t n_fields;
    Key primary_key; /* n 0: none */
    Key *unique_keys;
    size_t n_unique_keys;
    ForeignKey *foreign_keys;
    size_t n_foreign_keys;
    Rule *rules;
    size_t n_rules;
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

/* `folder` holds datapackage.yaml, or datapackage.json. NULL after errors were reported. The arena
 * holds the package and keeps no file open; package->source is released by package_free(). */
[[nodiscard]] Package *package_load(const char *folder, Arena *arena, Diag *diag);
void package_free(Package *package); /* releases the source only */
