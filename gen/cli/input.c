#include "cli/input.h"

#include "cli/i18n.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

Source *input_read(Diag *diag) {
    g_autoptr(GByteArray) array = g_byte_array_new();
    guint8 buffer[64 * 1024];
    for (;;) {
        ssize_t n = read(STDIN_FILENO, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            diag_system(diag, NULL, _("standard input cannot be read: %s"), g_strerror(errno));
            return NULL;
        }
        if (n == 0) break;
        g_byte_array_append(array, buffer, (guint)n);
    }
    g_autoptr(GBytes) bytes = g_byte_array_free_to_bytes(g_steal_pointer(&array));
    g_autoptr(Source) source = source_new("stdin", bytes);
    size_t len;
    const char *data = source_data(source, &len), *end;
    if (!g_utf8_validate_len(data, len, &end)) {
        diag_error(diag, (Span){source, (size_t)(end - data), 1}, "not-utf8",
                   _("save the text as UTF-8"), _("a byte that is not UTF-8 text"));
        return NULL;
    }
    return g_steal_pointer(&source);
}

bool input_next_line(const Source *source, InputLine *line) {
    size_t total;
    const char *data = source_data(source, &total);
    if (line->next >= total) return false;
    line->start = line->next;
    const char *end = memchr(data + line->start, '\n', total - line->start);
    size_t stop = end ? (size_t)(end - data) : total;
    line->next = end ? stop + 1 : total;
    if (stop > line->start && data[stop - 1] == '\r') stop--;
    line->len = stop - line->start;
    return true;
}
