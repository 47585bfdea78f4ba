#include "data/feed.h"

#include "base/i18n.h"
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
    char *rest; /* decoded, after the last whole record; CSV_PADDING bytes more than its room */
    size_t rest_len, rest_room;
    GByteArray *decoded; /* of the last bytes read */
    GAsyncQueue *spare;  /* buffers of rest_room at least, given back */
    size_t start;        /* bytes given out so far */
    size_t raw_at;       /* bytes read from the file */
    size_t step;         /* bytes to read at once: a chunk, or a whole small file */
    bool is_at_end;
    char *head;
    size_t head_len;
};

static void free_spare(void *data) {
    chunk_clear(data);
    g_free(data);
}

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
        *ret_error =
            g_strdup(S_ISDIR(info.st_mode) ? _("it is a directory") : _("not a regular file"));
        close(fd);
        return NULL;
    }
    *ret_how = OPEN_DONE;
    Feed *feed = g_new0(Feed, 1);
    feed->fd = fd;
    feed->opened = info;
    feed->step = MIN(FEED_CHUNK, (size_t)info.st_size + 1);
    feed->decoded = g_byte_array_new();
    feed->spare = g_async_queue_new_full(free_spare);
    return feed;
}

void feed_close(Feed *feed) {
    if (!feed) return;
    close(feed->fd);
    decoder_free(feed->decoder);
    g_free(feed->rest);
    g_byte_array_unref(feed->decoded);
    g_async_queue_unref(feed->spare);
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
        feed->head = g_malloc0(feed->step + CSV_PADDING);
        size_t len = read_at(feed, feed->head, feed->step, 0);
        feed->head_len = len == SIZE_MAX ? 0 : len;
    }
    *ret_len = feed->head_len;
    return feed->head;
}

FeedState feed_raw(Feed *feed, FeedBytes *take, void *user) {
    g_autofree char *bytes = g_malloc(feed->step);
    for (size_t at = 0;;) {
        size_t len = read_at(feed, bytes, feed->step, at);
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
    feed->rest_len = 0;
    feed->start = feed->raw_at = 0;
    feed->is_at_end = false;
}

void chunk_clear(Chunk *chunk) {
    g_free(chunk->bytes);
    *chunk = (Chunk){0};
}

/* ---- chunks ---- */

static void make_room(Feed *feed, size_t len) {
    if (feed->rest_len + len <= feed->rest_room) return;
    feed->rest_room = MAX(feed->rest_len + len, feed->rest_room * 2);
    feed->rest = g_realloc(feed->rest, feed->rest_room + CSV_PADDING);
}

/* Decodes the next bytes of the file onto the rest. */
static FeedState read_decoded(Feed *feed) {
    g_autofree char *bytes = g_malloc(feed->step);
    size_t len = read_at(feed, bytes, feed->step, feed->raw_at), bad = 0;
    if (len == SIZE_MAX) return FEED_ERROR;
    feed->is_at_end = len < feed->step;
    g_byte_array_set_size(feed->decoded, 0);
    if (!decoder_feed(feed->decoder, bytes, len, feed->is_at_end, feed->decoded, &bad)) {
        feed->start = bad;
        return FEED_BAD;
    }
    make_room(feed, feed->decoded->len);
    if (feed->decoded->len)
        memcpy(feed->rest + feed->rest_len, feed->decoded->data, feed->decoded->len);
    feed->rest_len += feed->decoded->len;
    feed->raw_at += len;
    return FEED_MORE;
}

/* The same without a copy: UTF-8 goes from the file to the rest. */
static FeedState read_plain(Feed *feed) {
    static const char mark[] = "\xEF\xBB\xBF";
    make_room(feed, feed->step);
    char *bytes = feed->rest + feed->rest_len;
    size_t len = read_at(feed, bytes, feed->step, feed->raw_at);
    if (len == SIZE_MAX) return FEED_ERROR;
    bool has_mark = feed->raw_at == 0 && len >= 3 && memcmp(bytes, mark, 3) == 0;
    feed->raw_at += len;
    feed->is_at_end = len < feed->step;
    if (has_mark) {
        memmove(bytes, bytes + 3, len - 3);
        feed->start = 3;
        len -= 3;
    }
    feed->rest_len += len;
    return FEED_MORE;
}

/* Gives the first `whole` bytes of the rest away; what follows becomes the rest. */
static void give(Feed *feed, size_t whole, Chunk *chunk) {
    Chunk *spare = g_async_queue_try_pop(feed->spare);
    char *given = feed->rest;
    size_t given_room = feed->rest_room, left = feed->rest_len - whole;
    feed->rest = spare ? spare->bytes : NULL;
    feed->rest_room = spare ? spare->room : 0;
    feed->rest_len = 0;
    g_free(spare);
    make_room(feed, left + feed->step);
    g_assert(feed->rest);
    memcpy(feed->rest, given + whole, left);
    feed->rest_len = left;
    chunk_clear(chunk);
    *chunk = (Chunk){.bytes = given, .len = whole, .start = feed->start, .room = given_room};
    feed->start += whole;
}

void feed_take_back(Feed *feed, Chunk *chunk) {
    if (!chunk->bytes) return;
    g_async_queue_push(feed->spare, g_memdup2(chunk, sizeof *chunk));
    *chunk = (Chunk){0};
}

static FeedState read_more(Feed *feed) {
    return feed->decoder ? read_decoded(feed) : read_plain(feed);
}

FeedState feed_next(Feed *feed, Chunk *ret_chunk) {
    for (;;) {
        if (feed->is_at_end && !feed->rest_len) return is_unchanged(feed) ? FEED_END : FEED_CHANGED;
        FeedState state = feed->is_at_end ? FEED_MORE : read_more(feed);
        if (state != FEED_MORE) {
            ret_chunk->start = feed->start;
            return state;
        }
        size_t whole = feed->is_at_end ? feed->rest_len
                                       : csv_whole(&feed->dialect, feed->rest, feed->rest_len);
        bool is_long =
            feed->rest_len > FEED_LONGEST_RECORD && whole == (feed->is_at_end ? feed->rest_len : 0);
        if (whole || is_long) give(feed, is_long ? feed->rest_len : whole, ret_chunk);
        if (is_long) return FEED_LONG;
        if (whole) return FEED_MORE;
    }
}
