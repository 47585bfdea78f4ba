#include "emit/pdf_content.h"

#include <stdbool.h>
#include <string.h>

typedef struct {
    const char *data;
    size_t length;
    size_t start, end; /* the token */
} Scanner;

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0';
}

static bool is_regular(char c) {
    return !is_space(c) && !strchr("()<>[]{}/%", c);
}

static size_t string_end(const Scanner *scan, size_t i) {
    for (int depth = 0; i < scan->length; i++) {
        if (scan->data[i] == '\\')
            i++;
        else if (scan->data[i] == '(')
            depth++;
        else if (scan->data[i] == ')' && --depth == 0)
            return i + 1;
    }
    return scan->length;
}

/* false at the end of the stream */
static bool token_next(Scanner *scan) {
    size_t i = scan->end;
    while (i < scan->length && is_space(scan->data[i])) i++;
    scan->start = i;
    if (i >= scan->length) return false;
    const char *c = scan->data + i;
    bool has_next = i + 1 < scan->length;
    if (*c == '(') {
        i = string_end(scan, i);
    } else if (has_next && ((c[0] == '<' && c[1] == '<') || (c[0] == '>' && c[1] == '>'))) {
        i += 2;
    } else if (*c == '<') {
        while (i < scan->length && scan->data[i] != '>') i++;
        i++;
    } else if (*c == '%') {
        while (i < scan->length && scan->data[i] != '\n' && scan->data[i] != '\r') i++;
    } else {
        i++;
        if (*c == '/' || is_regular(*c))
            while (i < scan->length && is_regular(scan->data[i])) i++;
    }
    scan->end = MIN(i, scan->length);
    return true;
}

static bool token_is_operator(const Scanner *scan) {
    char c = scan->data[scan->start];
    return g_ascii_isalpha(c) || c == '\'' || c == '"';
}

/* list: operators, each between spaces */
static bool token_is_in(const Scanner *scan, const char *list) {
    char word[16];
    g_snprintf(word, sizeof word, " %.*s ", (int)MIN(scan->end - scan->start, 8),
               scan->data + scan->start);
    return strstr(list, word) != NULL;
}

/* Artifacts are closed before q, Q and marked content, so that both nest. */
typedef struct {
    GString *out;
    gssize path;  /* where the path that is being built begins in out, or -1 */
    int depth;    /* of marked content */
    bool is_open; /* an artifact */
} Marker;

static void close_artifact(Marker *marker) {
    if (marker->is_open) g_string_append(marker->out, "\nEMC");
    marker->is_open = false;
}

static void open_artifact(Marker *marker) {
    static const char begin[] = "\n/Artifact <</Type/Layout>> BDC";
    if (marker->is_open) return;
    g_string_insert(marker->out, marker->path < 0 ? (gssize)marker->out->len : marker->path, begin);
    marker->is_open = true;
}

static const char *mark_operator(Marker *marker, const Scanner *scan) {
    if (token_is_in(scan, " BI ")) return "an image stands in the drawing of a page";
    if (marker->depth) return NULL;
    if (token_is_in(scan, " BT ")) return "text was drawn outside every tag";
    if (token_is_in(scan, " BDC BMC q Q ")) close_artifact(marker);
    if (!marker->is_open && marker->path < 0 && token_is_in(scan, " m re "))
        marker->path = (gssize)marker->out->len;
    bool paints = token_is_in(scan, " f f* F S s B B* b b* Do sh ");
    if (paints) open_artifact(marker);
    if (paints || token_is_in(scan, " n ")) marker->path = -1;
    return NULL;
}

GString *pdf_content_mark(const char *content, size_t length, const char **ret_error) {
    Scanner scan = {.data = content, .length = length};
    Marker marker = {.out = g_string_sized_new(length + length / 8), .path = -1};
    size_t copied = 0; /* an operator is copied with its operands */
    while (token_next(&scan)) {
        if (!token_is_operator(&scan)) continue;
        const char *error = mark_operator(&marker, &scan);
        if (error) {
            g_string_free(marker.out, TRUE);
            *ret_error = error;
            return NULL;
        }
        g_string_append_len(marker.out, content + copied, (gssize)(scan.end - copied));
        copied = scan.end;
        if (token_is_in(&scan, " BDC BMC ")) marker.depth++;
        if (token_is_in(&scan, " EMC ")) marker.depth--;
    }
    close_artifact(&marker);
    return g_string_append_c(marker.out, '\n');
}
