#include "cli/options.h"

#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/i18n.h"
#include "lang/fr_typo_options.h"

#include <string.h>

/* ---- the table ---- */

typedef struct {
    OptionBit bit;
    char letter; /* 0: none */
    const char *name;
    const char *argument; /* NULL: a switch */
    const char *help;
} OptionRow;

static const OptionRow rows[] = {
    {OPTION_DATA, 0, "data", "DIR", N_("folder of datapackage.yaml and its CSVs (data)")},
    {OPTION_TEMPLATES, 0, "templates", "DIR", N_("folder of the templates (templates)")},
    {OPTION_OUT, 0, "out", "DIR", N_("folder to write to (out)")},
    {OPTION_PARAM, 0, "param", "NAME=VALUE", N_("set a parameter; may be repeated")},
    {OPTION_JOBS, 'j', "jobs", "N", N_("draw on N threads (one a processor)")},
    {OPTION_ONLY, 0, "only", "FIGURE", N_("make one figure")},
    {OPTION_MEDIUM, 0, "medium", "NAME", N_("lay out for one medium: a4, article…")},
    {OPTION_FORMAT, 0, "format", "LIST", N_("of pdf, png, svg, layout (pdf,png,svg)")},
    {OPTION_RELAYOUT, 0, "relayout", NULL, N_("forget where labels were, place them anew")},
    {OPTION_LAX, 0, "lax", NULL, N_("turn faults of layout into warnings")},
    {OPTION_TIMING, 0, "timing", NULL, N_("say how long each stage took")},
    {OPTION_BATCH, 0, "batch", NULL,
     N_("read KIND, a tab and INPUT on each line of standard input")},
    {OPTION_EXPLAIN, 0, "explain", NULL, N_("say each change and its rule on standard error")},
    {OPTION_MARKUP, 0, "markup", NULL, N_("read <b>, <i>, &amp;… as Pango markup (the default)")},
    {OPTION_PLAIN, 0, "plain", NULL, N_("read < and & as text: the input holds no markup")},
    {OPTION_CHECK, 0, "check", NULL,
     N_("list what would change instead, and fail if anything would")},
    {OPTION_LOCALE, 0, "locale", "NAME", N_("fr-FR, fr-CA or fr-CH (fr-FR)")},
    {OPTION_GUILLEMET_SPACE, 0, "guillemet-space", "NAME", N_("inside « », nbsp or nnbsp (nbsp)")},
    {OPTION_UNIT_SPACE, 0, "unit-space", "NAME", N_("before km or °C, nbsp or nnbsp (nbsp)")},
    {OPTION_INCISE_DASH, 0, "incise-dash", "NAME", N_("around an aside, en or em (en)")},
    {OPTION_RANGE_DASH, 0, "range-dash", "NAME", N_("2010–2014, en or hyphen (en)")},
    {OPTION_BRAND, 0, "brand", "NAME", N_("a name that owns its mark; may be repeated")},
    {OPTION_WRITE, 0, "write", NULL, N_("write the file, and keep the former one as FILE.bak")},
    {OPTION_QUIET, 'q', "quiet", NULL, N_("no progress, no summary")},
    {OPTION_JSON, 0, "json", NULL, N_("faults as JSON, one object a line, on standard output")},
    {OPTION_ANNOTATE, 0, "annotate", NULL,
     N_("faults as annotations of a GitHub workflow, on standard output")},
    {OPTION_HELP, 'h', "help", NULL, N_("explain the program or one command")},
    {OPTION_VERSION, 'V', "version", NULL, N_("print the version")},
};

void options_describe(GString *out, unsigned mask) {
    enum { HELP_COLUMN = 24 };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const OptionRow *row = &rows[i];
        if (!(mask & row->bit)) continue;
        g_autofree char *letter =
            row->letter ? g_strdup_printf("-%c, ", row->letter) : g_strdup("");
        g_autofree char *left =
            g_strdup_printf("  %s--%s%s%s", letter, row->name, row->argument ? " " : "",
                            row->argument ? row->argument : "");
        g_string_append(out, left);
        size_t width = columns_width(left);
        columns_pad(out, width < HELP_COLUMN - 1 ? HELP_COLUMN - width : 2);
        g_string_append_printf(out, "%s\n", _(row->help));
    }
}

/* ---- values ---- */

/* What GOption's callback needs; the lists become arrays of the request in the end. */
typedef struct {
    Options *options;
    Diag *diag;
    GPtrArray *params, *brands;
} Parse;

#define NOWHERE ((Span){0})

static void set_jobs(Parse *parse, const char *text) {
    guint64 jobs;
    if (g_ascii_string_to_unsigned(text, 10, 1, 1024, &jobs, NULL))
        parse->options->request.jobs = (int)jobs;
    else
        diag_error(parse->diag, NOWHERE, "bad-option", _("write a whole number from 1 to 1024"),
                   _("--jobs: « %s » is not a number of threads"), text);
}

static void set_param(Parse *parse, char *text) {
    const char *equals = strchr(text, '=');
    if (equals && equals > text)
        g_ptr_array_add(parse->params, text);
    else
        diag_error(parse->diag, NOWHERE, "bad-option", _("write --param name=value"),
                   _("--param: « %s » sets nothing"), text);
}

static void set_formats(Parse *parse, const char *text) {
    static const char *const names[] = {"pdf", "png", "svg", "layout", NULL};
    static const Formats bits[] = {FORMAT_PDF, FORMAT_PNG, FORMAT_SVG, FORMAT_LAYOUT};
    Formats formats = 0;
    g_auto(GStrv) words = g_strsplit(text, ",", -1);
    for (char **word = words; *word; word++) {
        g_strstrip(*word);
        size_t i = 0;
        while (names[i] && strcmp(names[i], *word) != 0) i++;
        if (names[i]) {
            formats |= bits[i];
            continue;
        }
        const char *near = nearest_word(*word, names);
        g_autofree char *hint = near ? g_strdup_printf(_("did you mean %s?"), near)
                                     : g_strdup(_("the formats are pdf, png, svg and layout"));
        diag_error(parse->diag, NOWHERE, "unknown-format", hint, _("unknown format « %s »"), *word);
    }
    parse->options->request.formats = formats;
}

/* --unit-space is the unit_space of a theme. */
static void set_typography(Parse *parse, const char *name, const char *value) {
    g_autofree char *known = g_strdelimit(g_strdup(name), "-", '_');
    for (size_t i = 0; i < fr_typo_choice_count(); i++) {
        FrTypoChoice choice = fr_typo_choice(i);
        if (strcmp(choice.name, known) != 0) continue;
        if (fr_typo_choose(&parse->options->typography, i, value)) return;
        const char *near = nearest_word(value, choice.values);
        g_autofree char *all = g_strjoinv(", ", (char **)choice.values);
        g_autofree char *hint = near ? g_strdup_printf(_("did you mean %s?"), near)
                                     : g_strdup_printf(_("the values are %s"), all);
        diag_error(parse->diag, NOWHERE, "unknown-value", hint,
                   _("--%s: « %s » is not a value it takes"), name, value);
    }
}

static void set_value(Parse *parse, const OptionRow *row, char *value) {
    Request *request = &parse->options->request;
    switch (row->bit) {
    case OPTION_DATA: request->data_dir = value; break;
    case OPTION_TEMPLATES: request->templates_dir = value; break;
    case OPTION_OUT: request->out_dir = value; break;
    case OPTION_PARAM: set_param(parse, value); break;
    case OPTION_JOBS: set_jobs(parse, value); break;
    case OPTION_ONLY: request->only = value; break;
    case OPTION_MEDIUM: request->medium = value; break;
    case OPTION_FORMAT: set_formats(parse, value); break;
    case OPTION_RELAYOUT: request->forgets = true; break;
    case OPTION_LAX: request->is_lax = true; break;
    case OPTION_TIMING: request->is_timed = true; break;
    case OPTION_LOCALE:
    case OPTION_GUILLEMET_SPACE:
    case OPTION_UNIT_SPACE:
    case OPTION_INCISE_DASH:
    case OPTION_RANGE_DASH: set_typography(parse, row->name, value); break;
    case OPTION_BRAND: g_ptr_array_add(parse->brands, value); break;
    default: break; /* told by `given` alone */
    }
}

static gboolean on_option(const char *name, const char *value, void *user,
                          [[maybe_unused]] GError **error) {
    Parse *parse = user;
    const OptionRow *row = NULL;
    for (size_t i = 0; !row && i < G_N_ELEMENTS(rows); i++) {
        bool is_letter = name[0] == '-' && name[1] == rows[i].letter && name[1] && !name[2];
        if (is_letter || !strcmp(name + strspn(name, "-"), rows[i].name)) row = &rows[i];
    }
    g_assert(row);
    parse->options->given |= row->bit;
    if (row->argument && !*value) {
        diag_error(parse->diag, NOWHERE, "bad-option", NULL, _("--%s: the value is empty"),
                   row->name);
        return TRUE;
    }
    char *kept = arena_strdup(parse->options->arena, value);
    if (row->argument && !g_utf8_validate(value, -1, NULL))
        diag_error(parse->diag, NOWHERE, "bad-option", NULL, _("--%s: the value is not UTF-8"),
                   row->name);
    set_value(parse, row, kept);
    return TRUE;
}

/* ---- words that are not options ---- */

static void report_unknown_option(const char *word, Diag *diag) {
    size_t length = strcspn(word, "=");
    g_autofree char *said = g_strndup(word, length);
    const char *known[G_N_ELEMENTS(rows) + 1] = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) known[i] = rows[i].name;
    const char *near = g_str_has_prefix(said, "--") ? nearest_word(said + 2, known) : NULL;
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean --%s?"), near)
                                 : g_strdup(_("frise --help lists the options"));
    diag_error(diag, NOWHERE, "unknown-option", hint, _("unknown option « %s »"), said);
}

static bool is_option_like(const char *word) {
    return word[0] == '-' && word[1] && !g_ascii_isdigit(word[1]) && word[1] != '.' &&
           word[1] != ',';
}

/* GOption leaves in argv what it does not know; `protected` words at the end stood after `--`. */
static void collect_words(Parse *parse, int argc, char **argv, int n_protected,
                          GPtrArray *ret_words) {
    int open = argc - n_protected;
    for (int i = 1; i < argc; i++) {
        if (i < open && !strcmp(argv[i], "--")) continue;
        if (i < open && is_option_like(argv[i]))
            report_unknown_option(argv[i], parse->diag);
        else
            g_ptr_array_add(ret_words, argv[i]);
    }
}

static void report_unknown_command(const Options *options, const char *word, Diag *diag) {
    const char *near = nearest_word(word, command_names(options->arena));
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean frise %s?"), near)
                                 : g_strdup(_("frise --help lists the commands"));
    diag_error(diag, NOWHERE, "unknown-command", hint, _("unknown command « %s »"), word);
}

/* The first word names the command; `frise help build` is `frise build --help`. */
static void take_command(Options *options, GPtrArray *words, Diag *diag) {
    if (words->len && !strcmp(words->pdata[0], "help")) {
        options->given |= OPTION_HELP;
        g_ptr_array_remove_index(words, 0);
    }
    if (!words->len) {
        if (!(options->given & (OPTION_HELP | OPTION_VERSION)) && !diag_errors(diag))
            diag_error(diag, NOWHERE, "no-command", _("frise --help lists the commands"),
                       _("no command"));
        return;
    }
    const char *word = words->pdata[0];
    options->command = command_find(word);
    if (!options->command) {
        /* After an unknown option the word may be its value: one fault is enough. */
        if (!diag_errors(diag)) report_unknown_command(options, word, diag);
        options->given &= ~(unsigned)OPTION_HELP; /* the fault says more than the general help */
        return;
    }
    g_ptr_array_remove_index(words, 0);
}

static void check_options(const Options *options, Diag *diag) {
    const Command *command = options->command;
    unsigned foreign = options->given & ~(command->options | OPTIONS_COMMON);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (foreign & rows[i].bit) {
            g_autofree char *hint = g_strdup_printf(_("frise %s --help lists them"), command->name);
            diag_error(diag, NOWHERE, "unknown-option", hint,
                       _("--%s is not an option of frise %s"), rows[i].name, command->name);
        }
}

static void check_form(const Options *options, Diag *diag) {
    if ((options->given & OPTION_JSON) && (options->given & OPTION_ANNOTATE))
        diag_error(diag, NOWHERE, "bad-option", _("keep one of the two"),
                   _("--json and --annotate are two forms of the same output"));
}

static void check_arguments(const Options *options, Diag *diag) {
    const Command *command = options->command;
    size_t least = options->given & OPTION_BATCH ? 0 : command->least;
    size_t most = options->given & OPTION_BATCH ? 0 : command->most;
    g_autofree char *hint =
        g_strdup_printf(_("write frise %s %s"), command->name,
                        options->given & OPTION_BATCH ? "--batch" : command->arguments);
    if (options->n_arguments < least)
        diag_error(diag, NOWHERE, "missing-argument", hint, _("an argument is missing"));
    if (options->n_arguments > most)
        diag_error(diag, NOWHERE, "extra-argument", hint, _("one argument too many: « %s »"),
                   options->arguments[most]);
}

/* ---- the request ---- */

/* `templates/coree-du-nord.yaml`, as a shell completes it, names the report coree-du-nord. */
static const char *report_name(const Options *options, const char *word) {
    const char *name = word;
    size_t folder = strlen(options->request.templates_dir);
    if (!strncmp(name, options->request.templates_dir, folder) && name[folder] == '/')
        name += folder + 1;
    size_t length = strlen(name);
    if (g_str_has_suffix(name, ".yaml")) length -= strlen(".yaml");
    return arena_strndup(options->arena, name, length);
}

static const char *const *keep_list(Arena *arena, const GPtrArray *list) {
    const char **kept = ARENA_ARRAY(arena, const char *, list->len + 1);
    for (guint i = 0; i < list->len; i++) kept[i] = list->pdata[i];
    return kept;
}

static void fill_request(Options *options, const GPtrArray *params) {
    Request *request = &options->request;
    request->params = keep_list(options->arena, params);
    const char **reports = ARENA_ARRAY(options->arena, const char *, options->n_arguments + 1);
    for (size_t i = 0; i < options->n_arguments; i++)
        reports[i] = report_name(options, options->arguments[i]);
    request->reports = reports;
    request->n_reports = options->n_arguments;
}

static int count_after_separator(int argc, char **argv) {
    for (int i = 1; i < argc; i++)
        if (!strcmp(argv[i], "--")) return argc - i - 1;
    return 0;
}

/* A copy of argv that GOption may shorten; `-j3` is parted, as GOption wants `-j 3`. */
static char **copy_words(Arena *arena, int argc, char **argv, int *ret_n) {
    char **words = ARENA_ARRAY(arena, char *, (size_t)argc * 2 + 1);
    int n = 0;
    bool is_open = true;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        is_open = is_open && strcmp(word, "--") != 0;
        if (is_open && g_str_has_prefix(word, "-j") && g_ascii_isdigit(word[2])) {
            words[n++] = arena_strndup(arena, word, 2);
            word += 2;
        }
        words[n++] = arena_strdup(arena, word);
    }
    *ret_n = n;
    return words;
}

static bool run_goption(Parse *parse, int *argc, char ***argv) {
    GOptionEntry entries[G_N_ELEMENTS(rows) + 1] = {0};
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        entries[i] = (GOptionEntry){
            .long_name = rows[i].name,
            .short_name = rows[i].letter,
            /* FILENAME: the bytes as typed, whatever the locale */
            .flags = rows[i].argument ? G_OPTION_FLAG_FILENAME : G_OPTION_FLAG_NO_ARG,
            .arg = G_OPTION_ARG_CALLBACK,
            .arg_data = (void *)on_option,
        };
    GOptionGroup *group = g_option_group_new("frise", "", "", parse, NULL);
    g_option_group_add_entries(group, entries);
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_main_group(context, group);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_set_ignore_unknown_options(context, TRUE);
    g_autoptr(GError) error = NULL;
    if (g_option_context_parse(context, argc, argv, &error)) return true;
    diag_error(parse->diag, NOWHERE, "bad-option", _("frise --help lists the options"), "%s",
               error->message);
    return false;
}

bool options_parse(Options *options, int argc, char **argv, Diag *diag) {
    *options = (Options){.arena = arena_new(),
                         .request = {.templates_dir = "templates",
                                     .data_dir = "data",
                                     .out_dir = "out",
                                     .formats = FORMAT_ALL,
                                     .jobs = (int)g_get_num_processors()}};
    g_autoptr(GPtrArray) params = g_ptr_array_new(), brands = g_ptr_array_new();
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    Parse parse = {options, diag, params, brands};

    int n_rest;
    char **rest = copy_words(options->arena, argc, argv, &n_rest);
    if (!run_goption(&parse, &n_rest, &rest)) return false;

    collect_words(&parse, n_rest, rest, count_after_separator(argc, argv), words);
    take_command(options, words, diag);
    options->arguments = keep_list(options->arena, words);
    options->n_arguments = words->len;
    options->typography.brands = keep_list(options->arena, brands);
    fill_request(options, params);
    if (options->command) {
        check_options(options, diag);
        check_form(options, diag);
        check_arguments(options, diag);
    }
    return options->command && diag_errors(diag) == 0;
}

void options_clear(Options *options) {
    arena_free(options->arena);
    *options = (Options){0};
}
