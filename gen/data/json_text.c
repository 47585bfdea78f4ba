#include "data/json_text.h"

#include <glib.h>
#include <string.h>

enum { DEEPEST = 64 };

static void skip_blanks(const char **at) {
    *at += strspn(*at, " \t\r\n");
}

static bool read_string(const char **at) {
    const char *c = *at;
    if (*c++ != '"') return false;
    for (; *c != '"'; c++) {
        if ((guchar)*c < 0x20) return false;
        if (*c != '\\') continue;
        c++;
        if (!*c || !strchr("\"\\/bfnrtu", *c)) return false;
        for (int i = 0; *c == 'u' && i < 4; i++)
            if (!g_ascii_isxdigit(c[i + 1])) return false;
    }
    *at = c + 1;
    return true;
}

static bool read_number(const char **at) {
    const char *c = *at + (**at == '-');
    size_t whole = strspn(c, "0123456789");
    if (!whole || (whole > 1 && *c == '0')) return false;
    c += whole;
    if (*c == '.') {
        size_t digits = strspn(c + 1, "0123456789");
        if (!digits) return false;
        c += 1 + digits;
    }
    if (*c == 'e' || *c == 'E') {
        c += 1 + (c[1] == '+' || c[1] == '-');
        size_t digits = strspn(c, "0123456789");
        if (!digits) return false;
        c += digits;
    }
    *at = c;
    return true;
}

static bool read_word(const char **at) {
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (!g_str_has_prefix(*at, words[i])) continue;
        *at += strlen(words[i]);
        return true;
    }
    return false;
}

static bool read_value(const char **at, int depth, JsonKind *ret_kind, size_t *ret_n);

static bool read_members(const char **at, int depth, bool is_object, size_t *ret_n) {
    char close = is_object ? '}' : ']';
    JsonKind kind;
    size_t inner;
    *ret_n = 0;
    (*at)++;
    skip_blanks(at);
    if (**at == close) return (*at)++, true;
    for (;;) {
        if (is_object) {
            skip_blanks(at);
            if (!read_string(at)) return false;
            skip_blanks(at);
            if (*(*at)++ != ':') return false;
        }
        if (!read_value(at, depth + 1, &kind, &inner)) return false;
        ++*ret_n;
        skip_blanks(at);
        if (**at == close) return (*at)++, true;
        if (**at != ',') return false;
        (*at)++;
    }
}

static bool read_value(const char **at, int depth, JsonKind *ret_kind, size_t *ret_n) {
    skip_blanks(at);
    *ret_n = 0;
    if (depth > DEEPEST) return false;
    switch (**at) {
    case '{': *ret_kind = JSON_OBJECT; return read_members(at, depth, true, ret_n);
    case '[': *ret_kind = JSON_ARRAY; return read_members(at, depth, false, ret_n);
    case '"': *ret_kind = JSON_STRING; return read_string(at);
    case 't':
    case 'f':
    case 'n': *ret_kind = JSON_WORD; return read_word(at);
    default: *ret_kind = JSON_NUMBER; return read_number(at);
    }
}

bool json_check(const char *text, JsonKind *ret_kind, size_t *ret_n) {
    if (!read_value(&text, 0, ret_kind, ret_n)) return false;
    skip_blanks(&text);
    return !*text;
}

const char *json_member(const char *text, const char *key, JsonKind *ret_kind, size_t *ret_len) {
    size_t len = strlen(key), n;
    const char *at = text;
    skip_blanks(&at);
    if (*at++ != '{') return NULL;
    for (;; at++) {
        skip_blanks(&at);
        const char *name = at;
        if (!read_string(&at)) return NULL; /* the object is empty */
        bool is_it = (size_t)(at - name) == len + 2 && memcmp(name + 1, key, len) == 0;
        skip_blanks(&at);
        at += *at == ':';
        skip_blanks(&at);
        const char *value = at;
        if (!read_value(&at, 1, ret_kind, &n)) return NULL;
        *ret_len = (size_t)(at - value);
        if (is_it) return value;
        skip_blanks(&at);
        if (*at != ',') return NULL;
    }
}
