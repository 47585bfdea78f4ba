#include "report/items.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static const char *skip_blanks(const char *text) {
    return text + strspn(text, " \t\r\n");
}

static void add_item(GPtrArray *items, char *item) {
    g_strstrip(item);
    if (*item)
        g_ptr_array_add(items, item);
    else
        g_free(item);
}

/* Four hexadecimal digits; -1 when they are not. */
static int read_unit(const char *text) {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = g_ascii_xdigit_value(text[i]);
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* After `\u`; a character outside the first plane takes two escapes. NULL when it is none. */
static const char *read_unicode(const char *text, GString *out) {
    int unit = read_unit(text);
    if (unit <= 0) return NULL;
    gunichar c = (gunichar)unit;
    text += 4;
    if (unit >= 0xd800 && unit < 0xdc00) {
        int low = text[0] == '\\' && text[1] == 'u' ? read_unit(text + 2) : -1;
        if (low < 0xdc00 || low > 0xdfff) return NULL;
        c = 0x10000 + (((gunichar)unit - 0xd800) << 10) + ((gunichar)low - 0xdc00);
        text += 6;
    }
    if (!g_unichar_validate(c)) return NULL;
    g_string_append_unichar(out, c);
    return text;
}

/* After the opening quote; the place after the closing one, NULL when the text is no string. */
static const char *read_string(const char *text, GString *out) {
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    while (*text && *text != '"') {
        if (*text != '\\') {
            g_string_append_c(out, *text++);
            continue;
        }
        const char *name = text[1] ? strchr(names, text[1]) : NULL;
        if (name) {
            g_string_append_c(out, meanings[name - names]);
            text += 2;
        } else {
            text = text[1] == 'u' ? read_unicode(text + 2, out) : NULL;
            if (!text) return NULL;
        }
    }
    return *text ? text + 1 : NULL;
}

static const char *read_value(const char *text, GPtrArray *items) {
    g_autoptr(GString) item = g_string_new(NULL);
    if (*text == '"') {
        text = read_string(text + 1, item);
    } else {
        size_t n = strspn(text, "+-.0123456789abcdefghijklmnopqrstuvwxyzE");
        g_string_append_len(item, text, (gssize)n);
        if (g_str_equal(item->str, "null")) g_string_truncate(item, 0);
        text = n ? text + n : NULL;
    }
    if (text) add_item(items, g_strdup(item->str));
    return text;
}

static bool read_json(const char *text, GPtrArray *items) {
    text = skip_blanks(text);
    if (*text++ != '[') return false;
    text = skip_blanks(text);
    if (*text == ']') return !*skip_blanks(text + 1);
    for (;;) {
        text = read_value(text, items);
        if (!text) return false;
        text = skip_blanks(text);
        if (*text == ']') return !*skip_blanks(text + 1);
        if (*text++ != ',') return false;
        text = skip_blanks(text);
    }
}

char **items_read(const char *text) {
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_free);
    if (!read_json(text, items)) {
        g_ptr_array_set_size(items, 0);
        g_auto(GStrv) parts = g_strsplit(text, "|", -1);
        for (size_t i = 0; parts[i]; i++) add_item(items, g_strdup(parts[i]));
    }
    g_ptr_array_add(items, NULL);
    g_ptr_array_set_free_func(items, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&items), FALSE);
}
