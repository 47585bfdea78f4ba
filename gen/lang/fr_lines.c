#include "lang/fr_lines.h"
#include "lang/typo_rules.h"

static void protect(Text *text) {
    protect_urls(text);
    protect_mails(text);
    protect_paths(text);
    protect_code(text);
    protect_identifiers(text);
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

void fr_lines_each(const char *text, size_t len, FrLineVisit *visit, void *data) {
    static const FrTypoOptions house_style = {0};
    for (size_t start = 0, end; start < len; start = end + 1) {
        for (end = start; end < len && !is_line_end(text[end]);) end++;
        if (end == start) continue;
        g_autoptr(Text) line = text_read(text + start, end - start, FR_TYPO_PLAIN, &house_style, 1);
        protect(line);
        visit(line, start, data);
    }
}
