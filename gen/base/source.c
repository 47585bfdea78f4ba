#include "base/source.h"

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
    size_t first_line; /* 1, but for a part of a file */
};

Source *source_new(const char *name, GBytes *bytes) {
    size_t len;
    const char *data = g_bytes_get_data(bytes, &len);
    Source *source = g_new0(Source, 1);
    *source = (Source){
        .refs = 1, .name = g_strdup(name), .data = g_malloc(len + 1), .len = len, .first_line = 1};
    if (len) memcpy(source->data, data, len);
    source->data[len] = '\0';
    return source;
}

Source *source_new_part(const char *name, GBytes *bytes, size_t first_line) {
    Source *source = source_new(name, bytes);
    source->first_line = first_line;
    return source;
}

static bool read_all(int fd, GByteArray *bytes) {
    guint8 buffer[64 * 1024];
    for (;;) {
        ssize_t n = read(fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        if (n == 0) return true;
        g_byte_array_append(bytes, buffer, (guint)n);
    }
}

Source *source_load(const char *path, const char *name, char **ret_error) {
    /* O_NONBLOCK: opening a FIFO must answer, not wait for a writer. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info;
    if (fd < 0 || fstat(fd, &info) < 0) {
        *ret_error = g_strdup(g_strerror(errno));
        if (fd >= 0) close(fd);
        return NULL;
    }
    if (!S_ISREG(info.st_mode)) {
        *ret_error = g_strdup(S_ISDIR(info.st_mode) ? "it is a directory" : "not a regular file");
        close(fd);
        return NULL;
    }
    g_autoptr(GByteArray) array = g_byte_array_sized_new((guint)MIN(info.st_size + 1, G_MAXINT));
    bool ok = read_all(fd, array);
    if (!ok) *ret_error = g_strdup(g_strerror(errno));
    close(fd);
    if (!ok) return NULL;
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&array));
    return source_new(name, bytes);
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
    size_t start = 0, line = 1;
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
    return (Place){line + span.source->first_line - 1, column};
}

char *source_excerpt(Span span) {
    size_t at = MIN(span.start, span.source->len), line;
    size_t start = line_start(span.source, at, &line);
    size_t len = strcspn(span.source->data + start, "\r\n");
    g_autofree char *text = g_strndup(span.source->data + start, len);
    return g_utf8_make_valid(text, -1);
}
