#include "data/feed.h"

#include "data/csv_cut.h"
#include "data/encoding.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Feed {
    int fd;
    struct stat opened;
    char *error;
    Dialect dialect;
    Decoder *decoder; /* NULL: UTF-8, as it is */
    GByteArray *rest; /* decoded, after the last whole record */
    size_t start;     /* bytes given out so far */
    size_t raw_at;    /* bytes read from the file */
    bool is_at_end;
    char *head;
    size_t head_len;
};

/* O_NONBLOCK: opening a FIFO must answer, not wait for a writer. */
Feed *feed_open(const char *path, FeedOpen *ret_how, char **ret_error) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0) {
        *ret_how = errno == ENOENT || errno == ENOTDIR ? OPEN_ABSENT : OPEN_ERROR;
        *ret_error = g_strdup(g_strerror(errno));
        if (fd >= 0) close(fd);
        return NULL;
    }
    if (!S_ISREG(info.st_mode)) {
        *ret_how = OPEN_NO_FILE;
        *ret_error = g_strdup(S_ISDIR(info.st_mode) ? "it is a directory" : "not a regular file");
        close(fd);
        return NULL;
    }
    *ret_how = OPEN_DONE;
    Feed *feed = g_new0(Feed, 1);
    feed->fd = fd;
    feed->opened = info;
    feed->rest = g_byte_array_new();
    return feed;
}

void feed_close(Feed *feed) {
    if (!feed) return;
    close(feed->fd);
    decoder_free(feed->decoder);
    g_byte_array_unref(feed->rest);
    g_free(feed->error);
    g_free(feed->head);
    g_free(feed);
}

const char *feed_error(const Feed *feed) {
    return feed->error ? feed->error : "";
}

size_t feed_size(const Feed *feed) {
    return (size_t)feed->opened.st_size;
}

/* As many bytes as there are, up to len; SIZE_MAX: an error. */
static size_t read_at(Feed *feed, char *bytes, size_t len, size_t at) {
    size_t got = 0;
    while (got < len) {
        ssize_t n = pread(feed->fd, bytes + got, len - got, (off_t)(at + got));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            g_free(feed->error);
            feed->error = g_strdup(g_strerror(errno));
            return SIZE_MAX;
        }
        if (n == 0) break;
        got += (size_t)n;
    }
    return got;
}

static bool is_unchanged(const Feed *feed) {
    struct stat now;
    const struct stat *then = &feed->opened;
    return fstat(feed->fd, &now) == 0 && now.st_size == then->st_size &&
           now.st_mtim.tv_sec == then->st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == then->st_mtim.tv_nsec;
}

const char *feed_head(Feed *feed, size_t *ret_len) {
    if (!feed->head) {
        feed->head = g_malloc0(FEED_CHUNK + CSV_PADDING);
        size_t len = read_at(feed, feed->head, FEED_CHUNK, 0);
        feed->head_len = len == SIZE_MAX ? 0 : len;
    }
    *ret_len = feed->head_len;
    return feed->head;
}

FeedState feed_raw(Feed *feed, FeedBytes *take, void *user) {
    g_autofree char *bytes = g_malloc(FEED_CHUNK);
    for (size_t at = 0;;) {
        size_t len = read_at(feed, bytes, FEED_CHUNK, at);
        if (len == SIZE_MAX) return FEED_ERROR;
        if (!len) return is_unchanged(feed) ? FEED_END : FEED_CHANGED;
        take(user, bytes, len);
        at += len;
    }
}

void feed_start(Feed *feed, const Dialect *dialect) {
    feed->dialect = *dialect;
    bool is_utf8 = !dialect->encoding || encoding_is_utf8(dialect->encoding);
    g_clear_pointer(&feed->decoder, decoder_free);
    if (!is_utf8) feed->decoder = decoder_new(dialect->encoding);
    g_byte_array_set_size(feed->rest, 0);
    feed->start = feed->raw_at = 0;
    feed->is_at_end = false;
}

void chunk_clear(Chunk *chunk) {
    g_free(chunk->bytes);
    *chunk = (Chunk){0};
}

/* Decodes the next bytes of the file onto the rest. */
static FeedState read_more(Feed *feed) {
    g_autofree char *bytes = g_malloc(FEED_CHUNK);
    size_t len = read_at(feed, bytes, FEED_CHUNK, feed->raw_at), bad = 0;
    if (len == SIZE_MAX) return FEED_ERROR;
    feed->is_at_end = len < FEED_CHUNK;
    if (decoder_feed(feed->decoder, bytes, len, feed->is_at_end, feed->rest, &bad)) {
        feed->raw_at += len;
        return FEED_MORE;
    }
    feed->start = bad;
    return FEED_BAD;
}

/* The same without a copy more: UTF-8 goes from the file to the rest. */
static FeedState read_plain(Feed *feed) {
    static const char mark[] = "\xEF\xBB\xBF";
    size_t had = feed->rest->len;
    g_byte_array_set_size(feed->rest, (guint)(had + FEED_CHUNK));
    char *bytes = (char *)feed->rest->data + had;
    size_t len = read_at(feed, bytes, FEED_CHUNK, feed->raw_at);
    g_byte_array_set_size(feed->rest, (guint)(had + (len == SIZE_MAX ? 0 : len)));
    if (len == SIZE_MAX) return FEED_ERROR;
    bool has_mark = feed->raw_at == 0 && len >= 3 && memcmp(bytes, mark, 3) == 0;
    feed->raw_at += len;
    feed->is_at_end = len < FEED_CHUNK;
    if (has_mark) {
        g_byte_array_remove_range(feed->rest, 0, 3);
        feed->start = 3;
    }
    return FEED_MORE;
}

/* Gives the first `whole` bytes of the rest away; what follows becomes the rest. */
static void give(Feed *feed, size_t whole, Chunk *chunk) {
    GByteArray *next =
        g_byte_array_sized_new((guint)(feed->rest->len - whole) + FEED_CHUNK + CSV_PADDING);
    g_byte_array_append(next, feed->rest->data + whole, (guint)(feed->rest->len - whole));
    size_t len = feed->rest->len;
    g_byte_array_set_size(feed->rest, (guint)len + CSV_PADDING);
    memset(feed->rest->data + len, 0, CSV_PADDING);
    chunk_clear(chunk);
    *chunk = (Chunk){
        .bytes = (char *)g_byte_array_free(feed->rest, FALSE), .len = whole, .start = feed->start};
    feed->rest = next;
    feed->start += whole;
}

FeedState feed_next(Feed *feed, Chunk *ret_chunk) {
    for (;;) {
        if (feed->is_at_end && !feed->rest->len)
            return is_unchanged(feed) ? FEED_END : FEED_CHANGED;
        size_t whole = 0;
        if (!feed->is_at_end) {
            FeedState state = feed->decoder ? read_more(feed) : read_plain(feed);
            if (state != FEED_MORE) {
                ret_chunk->start = feed->start;
                return state;
            }
        }
        size_t len = feed->rest->len;
        if (feed->is_at_end) {
            whole = len;
        } else {
            g_byte_array_set_size(feed->rest, (guint)len + CSV_PADDING);
            memset(feed->rest->data + len, 0, CSV_PADDING);
            whole = csv_whole(&feed->dialect, (const char *)feed->rest->data, len);
            g_byte_array_set_size(feed->rest, (guint)len);
        }
        if (len > FEED_LONGEST_RECORD && whole == (feed->is_at_end ? len : 0)) {
            give(feed, len, ret_chunk); /* for who says where */
            return FEED_LONG;
        }
        if (whole) {
            give(feed, whole, ret_chunk);
            return FEED_MORE;
        }
    }
}
