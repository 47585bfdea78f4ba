#include "cli/build.h"

#include "cli/commands.h"
#include "cli/i18n.h"
#include "cli/print.h"

#include <sys/resource.h>

static void show_progress([[maybe_unused]] void *user, const char *what) {
    print_progress(what);
}

/* Kilobytes, as Linux counts ru_maxrss. */
static double peak_memory_mb(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static void print_timing(const BuildSummary *summary, double total_ms, bool is_json) {
    const struct {
        const char *name;
        double value;
    } lines[] = {{"read_ms", summary->read_ms},     {"query_ms", summary->query_ms},
                 {"layout_ms", summary->layout_ms}, {"paint_ms", summary->paint_ms},
                 {"write_ms", summary->write_ms},   {"total_ms", total_ms},
                 {"peak_mb", peak_memory_mb()}};
    FILE *stream = is_json ? stdout : stderr;
    if (is_json) fputs("{\"timing\":{", stream);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++)
        if (is_json)
            fprintf(stream, "%s\"%s\":%.1f", i ? "," : "", lines[i].name, lines[i].value);
        else
            fprintf(stream, "%-10s %8.1f\n", lines[i].name, lines[i].value);
    if (is_json) fputs("}}\n", stream);
    fflush(stream);
}

static void print_summary(const BuildSummary *summary, double total_ms) {
    g_autofree char *written = g_strdup_printf(
        ngettext("%zu file written", "%zu files written", summary->written), summary->written);
    fprintf(stderr, _("%s, %zu fresh, %.2f s\n"), written, summary->fresh, total_ms / 1000);
}

int cmd_build(const Options *options) {
    PrintStyle style = print_style(options->given);
    bool is_talkative = print_is_terminal(stderr) && style.form == PRINT_TEXT && !style.is_quiet;
    Request request = options->request;
    request.draws = true;

    g_autoptr(Diag) diag = diag_new();
    BuildSummary summary = {0};
    gint64 start = g_get_monotonic_time();
    bool is_built = build(&request, is_talkative ? show_progress : NULL, NULL, &summary, diag);
    double total_ms = (double)(g_get_monotonic_time() - start) / 1000;

    if (is_talkative) print_progress("");
    print_run(diag, &style);
    if (is_built && is_talkative) print_summary(&summary, total_ms);
    if (is_built && request.is_timed) print_timing(&summary, total_ms, style.form == PRINT_JSON);
    return is_built ? EXIT_DONE : MAX(print_exit_code(diag), EXIT_INPUT);
}
