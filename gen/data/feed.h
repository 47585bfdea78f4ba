/* data/feed: a CSV file as chunks of whole records in UTF-8, one after the other: memory is bounded
 * by the chunk and the longest record, whatever the size of the file. A feed opens regular files
 * only, waits for nothing, and notices a file that changes while it is read. */
#pragma once

#include "project/package.h"

#include <glib.h>

enum {
    FEED_CHUNK = 256 * 1024,
    FEED_LONGEST_RECORD = 16 * 1024 * 1024, /* bytes in UTF-8: more is a quote left open */
};

typedef struct Feed Feed;

typedef enum {
    FEED_MORE,
    FEED_END,
    FEED_LONG,    /* a record is too long: Chunk.start is where it starts */
    FEED_BAD,     /* bytes that the encoding does not have: Chunk.start, before decoding */
    FEED_CHANGED, /* the file is no longer what was opened */
    FEED_ERROR,   /* the machine: feed_error() says why */
} FeedState;

typedef struct {
    char *bytes; /* owned, with CSV_PADDING bytes more */
    size_t len;
    size_t start; /* bytes of the decoded file before it */
    size_t from;  /* bytes of its own to leave out: the header */
    size_t room;
} Chunk;

typedef enum { OPEN_DONE, OPEN_ABSENT, OPEN_NO_FILE, OPEN_ERROR } FeedOpen;

/* NULL: *ret_how says why, *ret_error (a new string) what the system says. */
[[nodiscard]] Feed *feed_open(const char *path, FeedOpen *ret_how, char **ret_error);
void feed_close(Feed *feed);
/* Back to the first byte, to read with this dialect; its encoding NULL or utf-8: bytes go through
 * unchecked (see utf8_check) but for the byte order mark. */
void feed_start(Feed *feed, const Dialect *dialect);
/* The caller clears the chunk, also one it gave back to be filled again. */
FeedState feed_next(Feed *feed, Chunk *ret_chunk);
void chunk_clear(Chunk *chunk);
/* A chunk nobody needs any more; from any thread. */
void feed_take_back(Feed *feed, Chunk *chunk);
/* The first bytes as they are in the file, for who must guess what they are; at most FEED_CHUNK. */
const char *feed_head(Feed *feed, size_t *ret_len);
/* Every byte of the file as it is, in turn; false stops. */
typedef void FeedBytes(void *user, const char *bytes, size_t len);
FeedState feed_raw(Feed *feed, FeedBytes *take, void *user);
const char *feed_error(const Feed *feed);
size_t feed_size(const Feed *feed); /* bytes of the file when it was opened */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Feed, feed_close)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Chunk, chunk_clear)
