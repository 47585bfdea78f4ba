/* How many errors each file has, in words. */
#include "cli/columns.h"
#include "cli/i18n.h"
#include "cli/print.h"

static FaultCount *count_of(GArray *counts, const char *file) {
    for (guint i = 0; i < counts->len; i++) {
        FaultCount *count = &g_array_index(counts, FaultCount, i);
        if (!g_strcmp0(count->file, file)) return count;
    }
    FaultCount new = {.file = file};
    g_array_append_val(counts, new);
    return &g_array_index(counts, FaultCount, counts->len - 1);
}

static int compare_counts(const void *a, const void *b) {
    return g_strcmp0(((const FaultCount *)a)->file, ((const FaultCount *)b)->file);
}

GArray *print_counts(const Diag *diag) {
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(FaultCount));
    for (size_t i = 0; i < diag_count(diag); i++) {
        const Fault *fault = diag_at(diag, i);
        if (fault->level == FAULT_ERROR)
            count_of(counts, fault->file)->counts[fault_code_kind(fault)]++;
    }
    for (size_t i = 0; i < diag_more_count(diag); i++) {
        const FaultsMore *more = diag_more_at(diag, i);
        count_of(counts, more->file)->counts[more->kind] += more->n;
    }
    g_array_sort(counts, compare_counts);
    return counts;
}

/* Nothing for a file without faults of data. */
void print_count_text(GString *out, const FaultCount *count) {
    size_t structure = count->counts[CODE_STRUCTURE], content = count->counts[CODE_CONTENT];
    if (!structure && !content) return;
    columns_append(out, count->file);
    g_string_append(out, ": ");
    if (structure)
        g_string_append_printf(
            out, ngettext("%zu fault of structure", "%zu faults of structure", structure),
            structure);
    if (structure && content) /* after the number of those of structure */
        g_string_append_printf(out, ngettext(", %zu of content", ", %zu of content", content),
                               content);
    else if (content)
        g_string_append_printf(
            out, ngettext("%zu fault of content", "%zu faults of content", content), content);
    g_string_append_c(out, '\n');
}
