#include "cli/print.h"

#include "cli/columns.h"
#include "cli/i18n.h"
#include "cli/options.h"

#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    GUTTER = 8,   /* of an excerpt: `   12 | ` */
    WIDEST = 160, /* columns of an excerpt where no terminal tells */
    NARROWEST = 40,
};

/* ---- where it is printed ---- */

bool print_is_terminal(FILE *stream) {
    return isatty(fileno(stream));
}

size_t print_terminal_columns(FILE *stream) {
    struct winsize size;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return WIDEST;
    return MAX(size.ws_col, NARROWEST);
}

PrintStyle print_style(unsigned given) {
    const char *no_color = g_getenv("NO_COLOR"), *term = g_getenv("TERM");
    bool is_plain = (no_color && *no_color) || g_strcmp0(term, "dumb") == 0;
    bool is_terminal = print_is_terminal(stderr);
    PrintForm form = given & OPTION_JSON       ? PRINT_JSON
                     : given & OPTION_ANNOTATE ? PRINT_ANNOTATIONS
                                               : PRINT_TEXT;
    return (PrintStyle){.form = form,
                        .stream = form == PRINT_TEXT ? stderr : stdout,
                        .is_colored = is_terminal && !is_plain && form == PRINT_TEXT,
                        .is_quiet = given & OPTION_QUIET,
                        .columns =
                            is_terminal ? MIN(print_terminal_columns(stderr), WIDEST) : WIDEST};
}

/* ---- a fault as text ---- */

#define BOLD "\033[1m"
#define RED "\033[1;31m"
#define YELLOW "\033[1;33m"
#define BLUE "\033[1;34m"

static void paint(GString *out, const PrintStyle *style, const char *color, const char *text) {
    if (style->is_colored) g_string_append(out, color);
    columns_append(out, text);
    if (style->is_colored) g_string_append(out, "\033[0m");
}

static const char *level_name(FaultLevel level) {
    static const char *const names[] = {
        [FAULT_NOTE] = N_("note"), [FAULT_WARNING] = N_("warning"), [FAULT_ERROR] = N_("error")};
    return _(names[level]);
}

static const char *level_color(FaultLevel level) {
    static const char *const colors[] = {
        [FAULT_NOTE] = BLUE, [FAULT_WARNING] = YELLOW, [FAULT_ERROR] = RED};
    return colors[level];
}

static void append_headline(GString *out, const Fault *fault, const PrintStyle *style) {
    if (fault->file) {
        g_autofree char *place =
            fault->line ? g_strdup_printf("%s:%zu:%zu:", fault->file, fault->line, fault->column)
                        : g_strdup_printf("%s:", fault->file);
        paint(out, style, BOLD, place);
        g_string_append_c(out, ' ');
    }
    g_autofree char *level = g_strdup_printf("%s:", level_name(fault->level));
    paint(out, style, level_color(fault->level), level);
    g_string_append_c(out, ' ');
    columns_append(out, fault->message);
    g_string_append_printf(out, " [%s]\n", fault->code);
}

/* The characters of a line that are shown, [from, to), and whether something is cut at each end. */
typedef struct {
    size_t from, to;
} Window;

static size_t width_between(const gunichar *line, size_t from, size_t to) {
    size_t width = 0;
    for (size_t i = from; i < to; i++) width += columns_of(line[i], width);
    return width;
}

/* The whole line when it fits; else as much of its start as keeps the caret, else a part around the
 * caret with a third of the room before it. */
static Window window_around(const gunichar *line, size_t n, size_t caret, size_t caret_end,
                            size_t room) {
    if (width_between(line, 0, n) <= room) return (Window){0, n};
    size_t inner = room - 2; /* an ellipsis at each end */
    Window window = {0, 0};
    if (width_between(line, 0, caret_end) > inner) {
        window.from = caret;
        while (window.from > 0 && width_between(line, window.from - 1, caret) <= inner / 3)
            window.from--;
    }
    window.to = window.from;
    while (window.to < n && width_between(line, window.from, window.to + 1) <= inner) window.to++;
    return window;
}

static void append_line(GString *out, const gunichar *line, Window window, size_t n) {
    if (window.from > 0) g_string_append(out, "…");
    for (size_t i = window.from; i < window.to; i++) g_string_append_unichar(out, line[i]);
    if (window.to < n) g_string_append(out, "…");
}

/* Tabs are repeated, so that the caret stands right whatever the terminal makes of them. */
static void append_caret(GString *out, const gunichar *line, Window window, size_t caret,
                         size_t caret_end, const PrintStyle *style) {
    size_t at = 0;
    if (window.from > 0) g_string_append_c(out, ' '), at++;
    for (size_t i = window.from; i < caret; i++) {
        size_t width = columns_of(line[i], at);
        if (line[i] == '\t')
            g_string_append_c(out, '\t');
        else
            columns_pad(out, width);
        at += width;
    }
    size_t length = MAX(width_between(line, caret, MIN(caret_end, window.to)), 1);
    g_autofree char *carets = g_strnfill(length, '^');
    paint(out, style, RED, carets);
}

static void append_excerpt(GString *out, const Fault *fault, const PrintStyle *style) {
    glong items = 0;
    g_autofree gunichar *line = g_utf8_to_ucs4_fast(fault->excerpt, -1, &items);
    size_t n = (size_t)items;
    for (size_t i = 0; i < n; i++) line[i] = columns_shown(line[i]);
    size_t caret = MIN(fault->column - 1, n), caret_end = MIN(caret + fault->caret, n);
    Window window =
        window_around(line, n, caret, caret_end, MAX(style->columns, NARROWEST) - GUTTER);

    g_string_append_printf(out, "%5zu |%s", fault->line, n ? " " : "");
    append_line(out, line, window, n);
    int gutter = (int)MAX(snprintf(NULL, 0, "%zu", fault->line), 5);
    g_string_append_printf(out, "\n%*s | ", gutter, "");
    append_caret(out, line, window, caret, caret_end, style);
    g_string_append_c(out, '\n');
}

static void append_remark(GString *out, const char *name, const char *text,
                          const PrintStyle *style) {
    g_string_append(out, "   ");
    paint(out, style, BOLD, name);
    g_string_append_c(out, ' ');
    columns_append(out, text);
    g_string_append_c(out, '\n');
}

static void append_text(GString *out, const Fault *fault, const PrintStyle *style) {
    append_headline(out, fault, style);
    if (fault->excerpt) append_excerpt(out, fault, style);
    if (fault->step) append_remark(out, _("in:"), fault->step, style);
    if (fault->hint) append_remark(out, _("hint:"), fault->hint, style);
}

void print_fault(GString *out, const Fault *fault, const PrintStyle *style) {
    switch (style->form) {
    case PRINT_TEXT: append_text(out, fault, style); break;
    case PRINT_JSON: print_fault_json(out, fault); break;
    case PRINT_ANNOTATIONS: print_fault_annotation(out, fault); break;
    }
}

/* ---- all of them ---- */

/* A warning about a whole file says what is to be done after its faults. */
static size_t line_order(const Fault *fault) {
    return !fault->line && fault->level == FAULT_WARNING ? G_MAXSIZE : fault->line;
}

static int compare_faults(const void *a, const void *b) {
    const Fault *left = *(const Fault *const *)a, *right = *(const Fault *const *)b;
    int order = g_strcmp0(left->file, right->file);
    if (order) return order;
    size_t left_line = line_order(left), right_line = line_order(right);
    if (left_line != right_line) return left_line < right_line ? -1 : 1;
    if (left->column != right->column) return left->column < right->column ? -1 : 1;
    return 0;
}

static void append_faults(GString *out, const Diag *diag, const PrintStyle *style) {
    g_autoptr(GPtrArray) faults = g_ptr_array_new();
    for (size_t i = 0; i < diag_count(diag); i++) {
        const Fault *fault = diag_at(diag, i);
        if (!style->is_quiet || fault->level != FAULT_NOTE) g_ptr_array_add(faults, (void *)fault);
    }
    g_ptr_array_sort(faults, compare_faults); /* stable: equal places keep their order */
    for (guint i = 0; i < faults->len; i++) print_fault(out, faults->pdata[i], style);
}

static void write_out(const GString *text, FILE *stream) {
    if (!text->len) return;
    fwrite(text->str, 1, text->len, stream);
    fflush(stream);
}

void print_faults(const Diag *diag, const PrintStyle *style) {
    g_autoptr(GString) text = g_string_new(NULL);
    append_faults(text, diag, style);
    write_out(text, style->stream);
}

void print_run(const Diag *diag, const PrintStyle *style) {
    print_faults(diag, style);
    g_autoptr(GString) text = g_string_new(NULL);
    if (style->form == PRINT_JSON) {
        print_count_json(text, diag);
        write_out(text, style->stream);
        return;
    }
    g_autoptr(GArray) counts = print_counts(diag);
    for (guint i = 0; i < counts->len; i++)
        print_count_text(text, &g_array_index(counts, FaultCount, i));
    if (!style->is_quiet) write_out(text, stderr);
}

int print_exit_code(const Diag *diag) {
    int code = 0;
    for (size_t i = 0; i < diag_count(diag); i++) {
        const Fault *fault = diag_at(diag, i);
        if (fault->level != FAULT_ERROR) continue;
        code = MAX(code, fault->kind == FAULT_SYSTEM ? 3 : 1);
    }
    return code;
}

bool print_output(const char *text, size_t len, const PrintStyle *style) {
    if (fwrite(text, 1, len, stdout) == len && fflush(stdout) == 0) return true;
    g_autoptr(Diag) diag = diag_new();
    diag_system(diag, NULL, _("standard output cannot be written: %s"), g_strerror(errno));
    PrintStyle plain = *style;
    plain.form = PRINT_TEXT; /* standard output is the very stream that fails */
    plain.stream = stderr;
    print_faults(diag, &plain);
    return false;
}

/* ---- progress ---- */

void print_progress(const char *text) {
    if (!print_is_terminal(stderr)) return;
    size_t room = MIN(print_terminal_columns(stderr), WIDEST) - 1, width = 0;
    g_autoptr(GString) line = g_string_new("\r\033[K");
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        gunichar c = columns_shown(g_utf8_get_char(at));
        width += columns_of(c, width);
        if (width > room) break;
        g_string_append_unichar(line, c);
    }
    fputs(line->str, stderr);
    fflush(stderr);
}
