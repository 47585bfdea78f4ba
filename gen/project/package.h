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
    FIELD_LIST,
} FieldType;

typedef enum {
    FORMAT_DEFAULT,
    FORMAT_ANY,
    FORMAT_PATTERN, /* of a date, a time: `%d %B %Y`, in Field.date_format or Field.reading */
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
    double minimum, maximum; /* day numbers for a date */
    /* Bounds that only the type and the format of the field can read, as written: of a time, a
     * duration, or 31/12/2019. NULL: none; has_minimum and has_maximum are then false. */
    const char *minimum_text, *maximum_text;
    bool has_min_length, has_max_length;
    size_t min_length, max_length; /* characters, or items of an array, an object, a list */
    const char *pattern;           /* NULL: none; anchored at both ends */
    const char **enumeration;      /* NULL: none; `enum`, or `categories` */
    size_t n_enumeration;
    const char **true_values, **false_values; /* NULL-terminated */
    const char **missing_values;              /* NULL-terminated; its own, or the schema's */
    FieldType item_type;                      /* of a list */
    const char *item_delimiter;
    const Node *node, *pattern_node, *constraints_node; /* the last two may be NULL */
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

/* What must hold between the cells of a row: `frise:rules`. Either a comparison of a column with
 * another or with a value, or columns that must be filled when another is. */
typedef struct {
    const char *text; /* as it reads in a message: `a <= b`, or the name of `when` */
    const char *says; /* what to tell the user, or NULL */
    bool is_requirement;
    RuleOp op;
    size_t left, right; /* columns; right is SIZE_MAX when a value stands there */
    Value literal;
    size_t when;
    Key required;
    const Node *node;
} Rule;

/* Which columns a file may have beside the fields, or without some: `fieldsMatch`. */
typedef enum {
    MATCH_EQUAL,    /* each field its column and each column its field, in any order */
    MATCH_EXACT,    /* as EQUAL, in the order of the fields */
    MATCH_SUBSET,   /* the fields are a part of the columns: others are not read */
    MATCH_SUPERSET, /* the columns are a part of the fields: absent ones are empty */
    MATCH_PARTIAL,  /* both; one column at least is a field */
} FieldsMatch;

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
    int64_t bytes;    /* of the file, as written; -1: not written */
    const char *hash; /* `md5` in hexadecimal, or `sha256:…`, as written; NULL: not written */
    Field *fields;
    size_t n_fields;
    FieldsMatch match;
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
    const Node *schema_node; /* where the schema is written, in a file of its own or not; or NULL */
} Resource;

typedef struct {
    const char *folder; /* where datapackage.yaml stands, as the user knows it */
    Source *source;     /* the bytes of datapackage.yaml */
    Source **parts;     /* those of schemas and dialects that have a file of their own */
    size_t n_parts;
    const char *title, *version;
    const char *license, *license_path;
    Resource *resources;
    size_t n_resources;
} Package;

/* `folder` holds datapackage.yaml, or else datapackage.json. NULL after errors were reported. The
 * arena holds the package and keeps no file open; the sources are released by package_free(). */
[[nodiscard]] Package *package_load(const char *folder, Arena *arena, Diag *diag);
void package_free(Package *package); /* releases the sources only */
