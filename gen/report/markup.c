#include "report/markup.h"

#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/* One line [start, end), its white space left out. */
typedef struct {
    size_t start, end;
    size_t indent;
} MarkupLine;

static bool line_next(const char *text, size_t *at, MarkupLine *ret_line) {
    if (!text[*at]) return false;
    size_t start = *at, end = start + strcspn(text + start, "\n");
    *at = end + (text[end] == '\n');
    *ret_line = (MarkupLine){.start = start};
    while (start < end && is_blank(text[start])) start++;
    while (end > start && is_blank(text[end - 1])) end--;
    ret_line->indent = start - ret_line->start;
    ret_line->start = start;
    ret_line->end = end;
    return true;
}

static MarkupPart heading_of(const char *text, MarkupLine line) {
    MarkupPart part = {.kind = PROSE_HEADING, .end = line.end, .mark = line.start};
    part.start = line.start + strspn(text + line.start, "#");
    part.level = part.start - line.start;
    part.is_spaced = part.start < line.end && is_blank(text[part.start]);
    while (part.start < line.end && is_blank(text[part.start])) part.start++;
    return part;
}

static MarkupPart item_of(const char *text, MarkupLine line) {
    MarkupPart part = {.kind = PROSE_ITEM, .end = line.end, .mark = line.start};
    part.start = line.start + 1;
    part.level = line.indent;
    while (is_blank(text[part.start])) part.start++;
    return part;
}

GArray *markup_split(const char *text) {
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(MarkupPart));
    bool is_open = false; /* the last part goes on */
    size_t at = 0;
    for (MarkupLine line; line_next(text, &at, &line);) {
        MarkupPart part = {.start = line.start, .end = line.end, .mark = line.start};
        bool is_item =
            line.end - line.start > 1 && text[line.start] == '-' && is_blank(text[line.start + 1]);
        if (line.start == line.end) {
            is_open = false;
            continue;
        }
        if (text[line.start] == '#')
            part = heading_of(text, line);
        else if (is_item)
            part = item_of(text, line);
        else if (is_open) {
            g_array_index(parts, MarkupPart, parts->len - 1).end = line.end;
            continue;
        }
        is_open = part.kind != PROSE_HEADING;
        g_array_append_val(parts, part);
    }
    return parts;
}

/* After the code that opens at `at`, or after its marks when it does not close. */
static size_t code_end(const char *text, size_t at, size_t end) {
    size_t marks = 0;
    while (at < end && text[at] == '`') at++, marks++;
    for (size_t i = at; i < end;) {
        size_t found = 0;
        while (i < end && text[i] == '`') i++, found++;
        if (found == marks) return i;
        if (!found) i++;
    }
    return at;
}

static size_t value_end(const char *text, size_t at, size_t end) {
    if (at + 1 < end && text[at + 1] == '{') return at + 2;
    const char *close = memchr(text + at, '}', end - at);
    return close ? (size_t)(close - text) + 1 : end;
}

static MarkupCall call_at(const char *text, size_t at, size_t end) {
    MarkupCall call = {.at = at, .len = 2};
    for (size_t i = at + 2; i < end && text[i] != '[' && text[i] != '\n'; i++)
        if (text[i] == ']') return (MarkupCall){at, i + 1 - at, true};
    return call;
}

bool markup_next_call(const char *text, size_t *at, size_t end, MarkupCall *ret_call) {
    while (*at < end) switch (text[*at]) {
        case '\\': *at = MIN(*at + 2, end); break;
        case '`': *at = code_end(text, *at, end); break;
        case '{': *at = value_end(text, *at, end); break;
        case '[':
            if (*at + 1 < end && text[*at + 1] == '^') {
                *ret_call = call_at(text, *at, end);
                *at += ret_call->len;
                return true;
            }
            [[fallthrough]];
        default: ++*at;
        }
    return false;
}

bool markup_is_name(const char *name, size_t len) {
    for (const char *p = name; p < name + len; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char_validated(p, name + len - p);
        if (c >= (gunichar)-2 || (!g_unichar_isalnum(c) && c != '-' && c != '_')) return false;
    }
    return len > 0;
}
