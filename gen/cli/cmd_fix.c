#include "cli/columns.h"
#include "cli/commands.h"
#include "cli/i18n.h"
#include "cli/print.h"
#include "data/dialect.h"
#include "data/encoding.h"
#include "data/intake.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINES_SHOWN = 50 }; /* that change, on a terminal */

typedef struct {
    const char *path;
    GString *diff, *clean;
    size_t n_lines, n_cells; /* that change */
    size_t shown_most;
} Fix;

/* ---- the diff ---- */

static void append_side(GString *out, char sign, const char *text, size_t len) {
    while (len && (text[len - 1] == '\n' || text[len - 1] == '\r')) len--;
    g_string_append_c(out, sign);
    for (size_t i = 0; i < len; i++) {
        g_string_append_c(out, text[i]);
        if (text[i] == '\n') g_string_append_c(out, sign);
    }
    g_string_append_c(out, '\n');
}

static size_t lines_of(const char *text, size_t len) {
    size_t n = 1;
    for (size_t i = 0; i + 1 < len; i++) n += text[i] == '\n';
    return n;
}

static void take_line(void *user, const FixLine *line) {
    Fix *fix = user;
    g_string_append_len(fix->clean, line->new, (gssize)line->new_len);
    bool is_same = line->old_len == line->new_len && !memcmp(line->old, line->new, line->old_len);
    if (is_same) return;
    fix->n_cells += line->n_cells;
    if (fix->n_lines++ >= fix->shown_most) return;
    size_t n = lines_of(line->old, line->old_len);
    g_string_append_printf(fix->diff, "@@ -%zu,%zu +%zu,%zu @@\n", line->number, n, line->number,
                           n);
    append_side(fix->diff, '-', line->old, line->old_len);
    append_side(fix->diff, '+', line->new, line->new_len);
}

static void print_diff(const Fix *fix) {
    if (!fix->n_lines) return;
    printf("--- %s\n+++ %s\n%s", fix->path, fix->path, fix->diff->str);
    if (fix->n_lines > fix->shown_most)
        printf(_("… and %zu more lines\n"), fix->n_lines - fix->shown_most);
    fflush(stdout);
}

/* ---- writing ---- */

/* The first free name of thefts.csv.bak, thefts.csv.bak2… */
static char *backup_path(const char *path) {
    for (int i = 1;; i++) {
        g_autofree char *name =
            i == 1 ? g_strconcat(path, ".bak", NULL) : g_strdup_printf("%s.bak%d", path, i);
        if (!g_file_test(name, G_FILE_TEST_EXISTS)) return g_steal_pointer(&name);
    }
}

static bool fail(const char *path, Diag *diag) {
    diag_system(diag, path, _("cannot be written: %s"), g_strerror(errno));
    return false;
}

/* The clean form is whole on the disk before the file takes another name. */
static bool write_clean(const Fix *fix, char **ret_backup, Diag *diag) {
    g_autofree char *backup = backup_path(fix->path);
    g_autofree char *aside = g_strconcat(fix->path, ".frise-XXXXXX", NULL);
    struct stat info;
    int fd = g_mkstemp(aside);
    if (fd < 0 || stat(fix->path, &info) < 0) return fail(fix->path, diag);
    size_t done = 0;
    while (done < fix->clean->len) {
        ssize_t n = write(fd, fix->clean->str + done, fix->clean->len - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) break;
        done += (size_t)n;
    }
    bool is_whole =
        done == fix->clean->len && fchmod(fd, info.st_mode & 0777) == 0 && fsync(fd) == 0;
    is_whole &= close(fd) == 0;
    bool is_moved = is_whole && link(fix->path, backup) == 0 && rename(aside, fix->path) == 0;
    if (is_moved) {
        *ret_backup = g_steal_pointer(&backup);
        return true;
    }
    fail(fix->path, diag);
    unlink(aside);
    return false;
}

/* A package that declares an encoding is kept true: the file stays in it. */
static bool encode_as_declared(Fix *fix, const Resource *resource, Diag *diag) {
    const char *encoding = resource->dialect.encoding;
    if (!encoding || encoding_is_utf8(encoding)) return true;
    gsize len = 0;
    g_autofree char *encoded =
        g_convert(fix->clean->str, (gssize)fix->clean->len, encoding, "UTF-8", NULL, &len, NULL);
    if (!encoded) {
        diag_error(diag, (Span){0}, "encoding-error",
                   "write `encoding: utf-8` in datapackage.yaml: the file is then written so",
                   "%s cannot be written in %s", fix->path, encoding_name_shown(encoding));
        return false;
    }
    g_string_truncate(fix->clean, 0);
    g_string_append_len(fix->clean, encoded, (gssize)len);
    return true;
}

/* ---- which resource ---- */

static bool is_same_file(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* The package beside the file, or the one of --data; NULL: none describes it. */
static const Resource *find_resource(const Options *options, const char *path, Arena *arena,
                                     Package **ret_package, Diag *diag) {
    g_autofree char *folder = options->given & OPTION_DATA ? g_strdup(options->request.data_dir)
                                                           : g_path_get_dirname(path);
    g_autofree char *yaml = g_build_filename(folder, "datapackage.yaml", NULL);
    g_autofree char *json = g_build_filename(folder, "datapackage.json", NULL);
    bool has_package =
        g_file_test(yaml, G_FILE_TEST_EXISTS) || g_file_test(json, G_FILE_TEST_EXISTS);
    if (!has_package && !(options->given & OPTION_DATA)) return NULL;
    Package *package = *ret_package = package_load(folder, arena, diag);
    for (size_t i = 0; package && i < package->n_resources; i++) {
        g_autofree char *of = g_build_filename(folder, package->resources[i].path, NULL);
        if (is_same_file(of, path)) return &package->resources[i];
    }
    return NULL;
}

/* ---- */

static const char *shown_encoding(const Dialect *dialect) {
    return encoding_name_shown(dialect->encoding ? dialect->encoding : "utf-8");
}

/* `was` and `is`: encodings as they are shown. */
static void say_summary(const Fix *fix, const char *was, const char *is, const char *backup) {
    bool is_recoded = strcmp(was, is) != 0;
    if (!fix->n_lines && !is_recoded) {
        fprintf(stderr, _("%s: nothing to change\n"), fix->path);
        return;
    }
    fprintf(stderr, ngettext("%s: %zu line changes", "%s: %zu lines change", fix->n_lines),
            fix->path, fix->n_lines);
    fprintf(stderr,
            ngettext(", %zu cell reads otherwise", ", %zu cells read otherwise", fix->n_cells),
            fix->n_cells);
    if (is_recoded) fprintf(stderr, _(", %s becomes %s"), was, is);
    if (backup)
        fprintf(stderr, _("; written, the former file is %s\n"), backup);
    else
        fprintf(stderr, _("; nothing was written: add --write\n"));
}

static bool run(const Options *options, Arena *arena, Package **ret_package, Diag *diag) {
    const char *path = options->arguments[0];
    const Resource *resource = find_resource(options, path, arena, ret_package, diag);
    if (!resource && !diag_errors(diag)) resource = intake_guess(path, arena, diag);
    if (!resource) return false;
    const IntakeOptions reading = {
        .jobs = options->request.jobs, .keeps_faulty = true, .finds_dialect = true};
    g_autoptr(Intake) intake = intake_read(resource, path, &reading, diag);
    if (!intake) return false;
    g_autoptr(GString) diff = g_string_new(NULL), clean = g_string_new(NULL);
    Fix fix = {path, diff, clean, 0, 0, print_is_terminal(stdout) ? LINES_SHOWN : SIZE_MAX};
    g_autofree char *backup = NULL;
    if (!intake_fix(intake, take_line, &fix, diag)) return false;
    print_diff(&fix);
    const char *was = shown_encoding(intake_dialect(intake));
    const char *is = shown_encoding(&resource->dialect);
    bool writes = (options->given & OPTION_WRITE) && (fix.n_lines || strcmp(was, is) != 0);
    if (writes && (!encode_as_declared(&fix, resource, diag) || !write_clean(&fix, &backup, diag)))
        return false;
    if (!(options->given & OPTION_QUIET)) say_summary(&fix, was, is, backup);
    return diag_errors(diag) == 0;
}

int cmd_fix(const Options *options) {
    PrintStyle style = print_style(options->given);
    g_autoptr(Diag) diag = diag_new();
    g_autoptr(Arena) arena = arena_new();
    Package *package = NULL;
    bool is_clean = run(options, arena, &package, diag);
    if (is_clean)
        print_faults(diag, &style);
    else
        print_run(diag, &style);
    package_free(package);
    return is_clean ? EXIT_DONE : MAX(print_exit_code(diag), EXIT_INPUT);
}
