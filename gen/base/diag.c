#include "base/diag.h"

#include "base/i18n.h"

#include <stdarg.h>
#include <string.h>

struct Diag {
    GPtrArray *faults; /* Fault *, owned */
    GPtrArray *steps;  /* char *, owned */
    GArray *places;    /* Span, one a step */
    GArray *more;      /* FaultsMore, their files owned */
    size_t errors;
};

static void fault_free(void *data) {
    Fault *fault = data;
    g_free(fault->code);
    g_free(fault->file);
    g_free(fault->excerpt);
    g_free(fault->message);
    g_free(fault->hint);
    g_free(fault->step);
    g_free(fault);
}

static void more_clear(void *data) {
    FaultsMore *more = data;
    g_free(more->file);
}

Diag *diag_new(void) {
    Diag *diag = g_new0(Diag, 1);
    diag->faults = g_ptr_array_new_with_free_func(fault_free);
    diag->steps = g_ptr_array_new_with_free_func(g_free);
    diag->places = g_array_new(FALSE, FALSE, sizeof(Span));
    diag->more = g_array_new(FALSE, FALSE, sizeof(FaultsMore));
    g_array_set_clear_func(diag->more, more_clear);
    return diag;
}

void diag_free(Diag *diag) {
    if (!diag) return;
    g_ptr_array_unref(diag->faults);
    g_ptr_array_unref(diag->steps);
    g_array_unref(diag->places);
    g_array_unref(diag->more);
    g_free(diag);
}

static char *join_steps(const Diag *diag) {
    if (!diag->steps->len) return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < diag->steps->len; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "", (char *)diag->steps->pdata[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Characters of the span that lie on its first line. */
static size_t caret_length(Span span) {
    size_t total;
    const char *data = source_data(span.source, &total);
    size_t length = 0;
    for (size_t i = span.start; i < total && i < span.start + span.len; i++) {
        if (data[i] == '\n' || data[i] == '\r') break;
        length += ((unsigned char)data[i] & 0xC0) != 0x80;
    }
    return MAX(length, 1);
}

/* The place of the innermost step that has one. */
static Span step_place(const Diag *diag) {
    for (guint i = diag->places->len; i-- > 0;) {
        Span place = g_array_index(diag->places, Span, i);
        if (place.source) return place;
    }
    return (Span){0};
}

/* Formats are those of the sources, and the catalogue's have the same arguments (msgfmt --check).
 */
static char *print(const char *format, va_list args) {
    return g_strdup_vprintf(_(format), args);
}

static Fault *fault_add(Diag *diag, FaultLevel level, Span span, const char *code, const char *hint,
                        char *message) {
    Fault *fault = g_new0(Fault, 1);
    fault->level = level;
    fault->code = g_strdup(code);
    fault->hint = g_strdup(hint && *hint ? _(hint) : hint);
    fault->message = message;
    fault->step = join_steps(diag);
    if (span.source) fault->file = g_strdup(source_name(span.source));
    bool is_whole_file = !span.start && !span.len && level != FAULT_ERROR;
    if (span.source && !is_whole_file) {
        Place place = source_locate(span);
        fault->line = place.line;
        fault->column = place.column;
        fault->excerpt = source_excerpt(span);
        fault->caret = caret_length(span);
    }
    if (level == FAULT_ERROR) diag->errors++;
    g_ptr_array_add(diag->faults, fault);
    return fault;
}

void diag_error(Diag *diag, Span span, const char *code, const char *hint, const char *format,
                ...) {
    va_list args;
    va_start(args, format);
    if (!span.source) span = step_place(diag);
    fault_add(diag, FAULT_ERROR, span, code, hint, print(format, args));
    va_end(args);
}

void diag_warning(Diag *diag, Span span, const char *code, const char *hint, const char *format,
                  ...) {
    va_list args;
    va_start(args, format);
    if (!span.source) span = step_place(diag);
    fault_add(diag, FAULT_WARNING, span, code, hint, print(format, args));
    va_end(args);
}

void diag_note(Diag *diag, Span span, const char *code, const char *hint, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fault_add(diag, FAULT_NOTE, span, code, hint, print(format, args));
    va_end(args);
}

void diag_system(Diag *diag, const char *path, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Fault *fault =
        fault_add(diag, FAULT_ERROR, (Span){0}, "system-error", NULL, print(format, args));
    va_end(args);
    fault->kind = FAULT_SYSTEM;
    fault->file = g_strdup(path);
}

void diag_count_more(Diag *diag, const char *file, CodeKind kind, size_t n) {
    FaultsMore more = {g_strdup(file), kind, n};
    g_array_append_val(diag->more, more);
}

void diag_rewind(Diag *diag, size_t n) {
    g_ptr_array_set_size(diag->faults, (gint)MIN(n, diag->faults->len));
}

void diag_merge(Diag *diag, Diag *from) {
    g_autofree char *outer = join_steps(diag);
    for (guint i = 0; i < from->faults->len; i++) {
        Fault *fault = from->faults->pdata[i];
        g_autofree char *inner = fault->step;
        fault->step = outer && inner ? g_strconcat(outer, ", ", inner, NULL)
                                     : g_strdup(outer ? outer : inner);
        g_ptr_array_add(diag->faults, fault);
    }
    diag->errors += from->errors;
    from->errors = 0;
    for (guint i = 0; i < from->more->len; i++) {
        const FaultsMore *more = diag_more_at(from, i);
        diag_count_more(diag, more->file, more->kind, more->n);
    }
    g_array_set_size(from->more, 0);
    g_ptr_array_set_free_func(from->faults, NULL);
    g_ptr_array_set_size(from->faults, 0);
    g_ptr_array_set_free_func(from->faults, fault_free);
}

static void step_add(Diag *diag, Span place, char *step) {
    g_ptr_array_add(diag->steps, step);
    g_array_append_val(diag->places, place);
}

void diag_enter(Diag *diag, const char *format, ...) {
    va_list args;
    va_start(args, format);
    step_add(diag, (Span){0}, print(format, args));
    va_end(args);
}

void diag_enter_at(Diag *diag, Span place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    step_add(diag, place, print(format, args));
    va_end(args);
}

void diag_leave(Diag *diag) {
    g_ptr_array_set_size(diag->steps, (int)diag->steps->len - 1);
    g_array_set_size(diag->places, diag->places->len - 1);
}

size_t diag_errors(const Diag *diag) {
    return diag->errors;
}

size_t diag_count(const Diag *diag) {
    return diag->faults->len;
}

const Fault *diag_at(const Diag *diag, size_t i) {
    return diag->faults->pdata[i];
}

size_t diag_more_count(const Diag *diag) {
    return diag->more->len;
}

const FaultsMore *diag_more_at(const Diag *diag, size_t i) {
    return &g_array_index(diag->more, FaultsMore, i);
}

CodeKind fault_code_kind(const Fault *fault) {
    static const char *const descriptions[] = {".yaml", ".yml", ".json"};
    for (size_t i = 0; fault->file && i < G_N_ELEMENTS(descriptions); i++)
        if (g_str_has_suffix(fault->file, descriptions[i])) return CODE_OTHER;
    return fault->file ? code_kind(fault->code) : CODE_OTHER;
}

/* Optimal string alignment distance over bytes; both words are short identifiers. */
static size_t word_distance(const char *a, const char *b) {
    enum { LONGEST = 64 };
    size_t n = strlen(a), m = strlen(b);
    if (n >= LONGEST || m >= LONGEST) return G_MAXSIZE;
    size_t d[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= n; i++) d[i][0] = i;
    for (size_t j = 0; j <= m; j++) d[0][j] = j;
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            size_t cost = a[i - 1] != b[j - 1];
            d[i][j] = MIN(MIN(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                d[i][j] = MIN(d[i][j], d[i - 2][j - 2] + 1);
        }
    return d[n][m];
}

const char *nearest_word(const char *word, const char *const *known) {
    size_t best = MAX(strlen(word) / 3, 2) + 1;
    const char *found = NULL;
    for (; *known; known++) {
        size_t distance = word_distance(word, *known);
        if (distance < best) best = distance, found = *known;
    }
    return found;
}
