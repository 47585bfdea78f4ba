/* Spans that belong to machines: addresses, paths, file names. They end at a space or a quotation
 * mark, and leave the punctuation of the sentence that follows them outside. */
#include "lang/fr_marks.h"
#include "lang/typo_class.h"
#include "lang/typo_rules.h"

#include <string.h>

enum { SCHEME_MAX = 20, LOCAL_MAX = 64, HOST_MAX = 128, NAME_MAX_LENGTH = 200 };

static bool is_plain_alnum(gunichar c) {
    return c < 0x80 && g_ascii_isalnum((char)c);
}

static bool ends_address(gunichar c) {
    return !c || g_unichar_isspace(c) || is_space(c) ||
           is_one_of(c, "<>\"`" GUILLEMET_OPEN GUILLEMET_CLOSE QUOTE_OPEN QUOTE_CLOSE);
}

/* The end of the address that runs through i, without the sentence's own punctuation. */
static size_t address_end(const Text *text, size_t i) {
    size_t start = i;
    while (!ends_address(text_raw(text, i))) i++;
    while (i > start && is_one_of(text_raw(text, i - 1), ".,;:!?)]" ELLIPSIS)) i--;
    return i;
}

static bool raw_reads(const Text *text, size_t i, const char *ascii) {
    for (; *ascii; ascii++, i++)
        if (text_raw(text, i) != (gunichar)*ascii) return false;
    return true;
}

/* Where the run of characters of the set that ends at i begins. */
static size_t run_start(const Text *text, size_t i, const char *marks, size_t max) {
    size_t start = i;
    while (
        start > 0 && i - start < max &&
        (is_plain_alnum(text_raw(text, start - 1)) || is_one_of(text_raw(text, start - 1), marks)))
        start--;
    return start;
}

static size_t domain_end(const Text *text, size_t dot) {
    static const char *const domains[] = {"com",  "fr", "org", "net", "io", "eu",
                                          "info", "tv", "be",  "ch",  "ca", "de",
                                          "uk",   "us", "app", "dev", "ai"};
    for (size_t d = 0; d < G_N_ELEMENTS(domains); d++) {
        size_t end = dot + 1 + strlen(domains[d]);
        gunichar after = text_raw(text, end);
        if (!raw_reads(text, dot + 1, domains[d]) || is_alnum(after)) continue;
        if (is_one_of(after, "-_@") || (after == '.' && is_alnum(text_raw(text, end + 1))))
            continue;
        return end;
    }
    return dot;
}

static size_t with_path(const Text *text, size_t end) {
    gunichar mark = text_raw(text, end);
    bool is_port = mark == ':' && is_digit(text_raw(text, end + 1));
    bool is_query = mark == '?' && is_plain_alnum(text_raw(text, end + 1));
    return mark == '/' || is_port || is_query ? address_end(text, end) : end;
}

/* Does this whole word end before i? */
static bool is_after(const Text *text, size_t i, const char *word) {
    size_t n = strlen(word);
    return i >= n && raw_reads(text, i - n, word) && !is_alnum(text_raw(text, i - n - 1));
}

void protect_urls(Text *text) {
    TEXT_EACH(text, i, KIND_LOW | KIND_HIGH) {
        gunichar c = text_raw(text, i);
        size_t start = i, end = i;
        if (c == ':' && raw_reads(text, i, "://")) {
            start = run_start(text, i, "+.-", SCHEME_MAX);
            if (start < i && !ends_address(text_raw(text, i + 3))) end = address_end(text, i + 3);
        } else if (c == '.' && is_after(text, i, "www") && is_alnum(text_raw(text, i + 1))) {
            start = i - strlen("www");
            end = address_end(text, start);
        } else if (c == ':' && is_after(text, i, "mailto")) {
            start = i - strlen("mailto");
            end = address_end(text, start);
        } else if (c == '.' && is_lower(text_raw(text, i + 1)) &&
                   is_plain_alnum(text_raw(text, i - 1))) {
            start = run_start(text, i, ".-", HOST_MAX);
            bool is_free = !is_alnum(text_raw(text, start - 1));
            size_t domain = domain_end(text, i);
            if (is_free && i - start >= 2 && domain > i) end = with_path(text, domain);
        }
        if (end > i) {
            text_protect(text, start, end);
            i = end - 1;
        }
    }
}

/* name.name@host.tld from the @, or the @ itself. */
static size_t host_end(const Text *text, size_t at) {
    size_t i = at + 1, last_dot = NOWHERE;
    for (; is_plain_alnum(text_raw(text, i)) || is_one_of(text_raw(text, i), ".-"); i++)
        if (text_raw(text, i) == '.' && is_alnum(text_raw(text, i + 1))) last_dot = i;
    while (i > at + 1 && is_one_of(text_raw(text, i - 1), ".-")) i--;
    return last_dot == NOWHERE ? at : i;
}

static size_t handle_end(const Text *text, size_t i) {
    while (is_alnum(text_raw(text, i)) || text_raw(text, i) == '_' ||
           (text_raw(text, i) == '.' && is_alnum(text_raw(text, i + 1))))
        i++;
    return i;
}

void protect_mails(Text *text) {
    TEXT_EACH(text, i, KIND_RARE) {
        gunichar c = text_raw(text, i);
        if (c != '@' && c != '#') continue;
        size_t start = c == '@' ? run_start(text, i, "._%+-", LOCAL_MAX) : i, end = i;
        if (c == '@' && start < i) end = host_end(text, i);
        bool is_name = !is_alnum(text_raw(text, i - 1)) && is_alnum(text_raw(text, i + 1));
        if (end == i && is_name) {
            start = i;
            end = handle_end(text, i + 1);
        }
        if (end > i) {
            text_protect(text, start, end);
            i = end - 1;
        }
    }
}

/* A path may start here: after a space, a bracket or a quotation mark. */
static bool is_token_start(const Text *text, size_t i) {
    gunichar before = text_raw(text, i - 1);
    return !before || is_space(before) || is_opening(before) || before == '"' || before == '\'';
}

static bool is_drive(const Text *text, size_t i) {
    bool is_alone = is_token_start(text, i) || text_raw(text, i - 1) == 0x2019;
    if (!is_alone || text_raw(text, i) >= 0x80) return false;
    gunichar after = text_raw(text, i + 2);
    if (after == '\\') return g_ascii_isalpha((char)text_raw(text, i));
    return g_ascii_isupper((char)text_raw(text, i)) && !is_alnum(after) && after != ':' &&
           after != '/';
}

static bool is_unix_path(const Text *text, size_t i) {
    if (!is_token_start(text, i)) return false;
    if (text_raw(text, i) == '~' || text_raw(text, i) == '.') {
        if (raw_reads(text, i, "..")) i++;
        i++;
        if (text_raw(text, i) != '/') return false;
        return !ends_address(text_raw(text, i + 1));
    }
    return text_raw(text, i) == '/' &&
           (is_alnum(text_raw(text, i + 1)) || is_one_of(text_raw(text, i + 1), "._"));
}

/* The end of the known extension after the dot, or the dot. */
static size_t extension_end(const Text *text, size_t dot) {
    static const char *const extensions[] = {
        "csv", "tsv",  "pdf", "png",  "svg", "jpg",  "jpeg", "gif",  "txt", "md", "json",
        "xml", "html", "xls", "xlsx", "doc", "docx", "ppt",  "pptx", "zip", "gz", "py",
        "c",   "h",    "js",  "css",  "sh",  "toml", "yaml", "ini",  "log", "sql"};
    for (size_t e = 0; e < G_N_ELEMENTS(extensions); e++) {
        size_t end = dot + 1 + strlen(extensions[e]);
        if (raw_reads(text, dot + 1, extensions[e]) && !is_alnum(text_raw(text, end)) &&
            !is_one_of(text_raw(text, end), "'" APOSTROPHE))
            return end;
    }
    return dot;
}

static size_t file_name_start(const Text *text, size_t dot) {
    size_t start = dot;
    while (start > 0 && dot - start < NAME_MAX_LENGTH &&
           (is_alnum(text_raw(text, start - 1)) || is_one_of(text_raw(text, start - 1), "_-./~+")))
        start--;
    return start;
}

void protect_paths(Text *text) {
    TEXT_EACH(text, i, KIND_LOW | KIND_HIGH | KIND_RARE) {
        gunichar c = text_raw(text, i);
        size_t start = i, end = i;
        if (c == ':') {
            if (i == 0 || !is_drive(text, i - 1)) continue;
            start = i - 1;
            end = text_raw(text, i + 1) == '\\' ? address_end(text, start) : i + 1;
        } else if (is_one_of(c, "/.~") && is_unix_path(text, i)) {
            end = address_end(text, i);
        } else if (c == '\\' && text_raw(text, i + 1) == '\\' && is_token_start(text, i)) {
            end = address_end(text, i);
        } else if (c == '.' && is_lower(text_raw(text, i + 1))) {
            size_t extension = extension_end(text, i);
            start = file_name_start(text, i);
            bool is_short = extension == i + 2 && i - start < 2; /* p.h is no file */
            if (extension > i && !is_short) end = extension;
        }
        if (end > i) {
            text_protect(text, start, end);
            i = end - 1;
        }
    }
}
