#include "cli/build.h"
#include "cli/commands.h"
#include "cli/i18n.h"
#include "cli/print.h"
#include "data/dataset.h"

static bool check_data(const Request *request, Diag *diag) {
    static const char *const no_texts[] = {NULL}; /* nothing is asked: nothing is kept */
    g_autoptr(Arena) arena = arena_new();
    Package *package = package_load(request->data_dir, arena, diag);
    if (!package) return false;
    const DatasetOptions reading = {request->jobs, no_texts};
    g_autoptr(Dataset) dataset = dataset_load(package, &reading, diag);
    bool is_sound = dataset != NULL;
    g_clear_pointer(&dataset, dataset_free);
    package_free(package);
    return is_sound;
}

static bool check_reports(const Options *options, Diag *diag) {
    Request request = options->request;
    request.draws = false;
    BuildSummary summary = {0};
    return build(&request, NULL, NULL, &summary, diag);
}

int cmd_check(const Options *options) {
    PrintStyle style = print_style(options->given);
    g_autoptr(Diag) diag = diag_new();
    bool is_data_alone = (options->given & OPTION_DATA) && !(options->given & OPTION_TEMPLATES) &&
                         options->n_arguments == 0;
    bool is_sound =
        is_data_alone ? check_data(&options->request, diag) : check_reports(options, diag);
    print_run(diag, &style);
    if (is_sound && !style.is_quiet && style.form == PRINT_TEXT && print_is_terminal(stderr))
        fprintf(stderr, "%s\n",
                is_data_alone ? _("the data have no fault")
                              : _("the data and the templates have no fault"));
    return is_sound ? EXIT_DONE : MAX(print_exit_code(diag), EXIT_INPUT);
}
