/* project/request: what was asked, filled by cli/ from the command line. Strings are borrowed from
 * it. Defaults stand for what was not said. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef enum {
    FORMAT_PDF = 1 << 0,
    FORMAT_PNG = 1 << 1,
    FORMAT_SVG = 1 << 2,
    FORMAT_LAYOUT = 1 << 3,
    FORMAT_ALL = FORMAT_PDF | FORMAT_PNG | FORMAT_SVG, /* what is made when nothing is asked */
} Formats;

typedef struct {
    const char *const *reports; /* names of templates without .yaml; none: every report */
    size_t n_reports;
    const char *templates_dir; /* "templates" */
    const char *data_dir;      /* "data" */
    const char *out_dir;       /* "out" */
    const char *const *params; /* "name=value", NULL-terminated; NULL: none */
    const char *only;          /* one figure, or NULL */
    const char *medium;        /* one medium (a4, article), or NULL */
    Formats formats;
    int jobs;      /* threads that draw; at least 1 */
    bool draws;    /* false: check only */
    bool forgets;  /* layout memory is not read */
    bool is_lax;   /* what the lint finds is a warning */
    bool is_timed; /* report the time of each stage */
} Request;
