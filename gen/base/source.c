#include "base/source.h"

#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct Source {
    int refs;
    char *name;
    char *data; /* len bytes and a NUL */
    size_t len;
    size_t first_line; /* of the file, where data starts */
};

/* Without its bytes yet: len of them and a NUL, which it will own. */
static Source *source_open(const char *name, size_t len, size_t first_line) {
    Source *source = g_new0(Source, 1);
    *source = (Source){.refs = 1, .name = g_strdup(name), .len = len, .first_line = first_line};
    return source;
}

Source *source_new_part(const char *name, GBytes *bytes, size_t first_line) {
    size_t len;
    const char *data = g_bytes_get_data(bytes, &len);
    char *copy = g_malloc(len + 1);
    if (len) memcpy(copy, data, len);
    copy[len] = '\0';
    Source *source = source_open(name, len, first_line);
    source->data = copy;
    return source;
}

Source *source_new(const char *name, GBytes *bytes) {
    return source_new_part(name, bytes, 1);
}

/* ---- a file ---- */

/* O_NONBLOCK: opening a FIFO must answer, not wait for a writer. -1 with *ret_error. */
static int open_regular(const char *path, struct stat *ret_info, char **ret_error) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, ret_info) < 0)
        *ret_error = g_strdup(g_strerror(errno));
    else if (!S_ISREG(ret_info->st_mode))
        *ret_error = g_strdup(S_ISDIR(ret_info->st_mode) ? _("it is a directory")
                                                         : _("it is not a regular file"));
    else
        return fd;
    if (fd >= 0) close(fd);
    return -1;
}

/* At most `size` + 1 bytes: the one more tells a file that grew. -1 with errno. */
static ssize_t read_whole(int fd, char *data, size_t size) {
    size_t len = 0;
    while (len <= size) {
        ssize_t n = read(fd, data + len, size + 1 - len);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return -1;
        if (n == 0) break;
        len += (size_t)n;
    }
    return (ssize_t)len;
}

static bool has_changed(int fd, const struct stat *before, size_t len) {
    struct stat after;
    return fstat(fd, &after) < 0 || len != (size_t)before->st_size ||
           after.st_size != before->st_size || after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
           after.st_mtim.tv_nsec != before->st_mtim.tv_nsec;
}

/* The file's bytes and a NUL, in the only copy there is. */
static char *read_steady(int fd, const struct stat *info, char **ret_error) {
    if (info->st_size > SOURCE_MOST_BYTES) {
        *ret_error = g_strdup_printf(_("it holds %.0f MB, more than the %d MB that are read"),
                                     (double)info->st_size / (1 << 20), SOURCE_MOST_MB);
        return NULL;
    }
    size_t size = (size_t)info->st_size;
    g_autofree char *data = g_malloc(size + 1);
    ssize_t len = read_whole(fd, data, size);
    if (len < 0)
        *ret_error = g_strdup(g_strerror(errno));
    else if (has_changed(fd, info, (size_t)len))
        *ret_error = g_strdup(_("it changed while it was read; try again once it is whole"));
    else {
        data[len] = '\0';
        return g_steal_pointer(&data);
    }
    return NULL;
}

Source *source_load(const char *path, const char *name, char **ret_error) {
    struct stat info;
    int fd = open_regular(path, &info, ret_error);
    if (fd < 0) return NULL;
    char *data = read_steady(fd, &info, ret_error);
    close(fd);
    if (!data) return NULL;
    Source *source = source_open(name, (size_t)info.st_size, 1);
    source->data = data;
    return source;
}

Source *source_ref(Source *source) {
    g_atomic_int_inc(&source->refs);
    return source;
}

void source_unref(Source *source) {
    if (!source || !g_atomic_int_dec_and_test(&source->refs)) return;
    g_free(source->name);
    g_free(source->data);
    g_free(source);
}

const char *source_name(const Source *source) {
    return source->name;
}

const char *source_data(const Source *source, size_t *ret_len) {
    if (ret_len) *ret_len = source->len;
    return source->data;
}

/* Lines end with LF, CRLF or a lone CR. */
static size_t line_start(const Source *source, size_t at, size_t *ret_line) {
    size_t start = 0, line = source->first_line;
    for (size_t i = 0; i < at; i++) {
        bool is_end =
            source->data[i] == '\n' || (source->data[i] == '\r' && source->data[i + 1] != '\n');
        if (is_end) start = i + 1, line++;
    }
    *ret_line = line;
    return start;
}

static bool is_character_start(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

Place source_locate(Span span) {
    size_t at = MIN(span.start, span.source->len), line;
    size_t start = line_start(span.source, at, &line);
    size_t column = 1;
    for (size_t i = start; i < at; i++) column += is_character_start(span.source->data[i]);
    return (Place){line, column};
}

char *source_excerpt(Span span) {
    size_t at = MIN(span.start, span.source->len), line;
    size_t start = line_start(span.source, at, &line);
    size_t len = strcspn(span.source->data + start, "\r\n");
    g_autofree char *text = g_strndup(span.source->data + start, len);
    return g_utf8_make_valid(text, -1);
}
