/* emit/about: what a file says of itself to a reader, a screen reader or a search engine.
 * Plain borrowed text, UTF-8; NULL is unknown and leaves the field out. Times come from the caller,
 * since outputs never read a clock. */
#pragma once

#include <stdint.h>

typedef struct {
    const char *title, *author;
    const char *subject, *keywords; /* PDF */
    const char *source;             /* "Sources : ONU, ..." */
    const char *licence_url;
    const char *alt;         /* a sentence that replaces the image */
    const char *alt_long;    /* the same for networks, which take more */
    const char *description; /* the detailed one */
    int64_t created;         /* seconds since 1970, UTC */
} About;
