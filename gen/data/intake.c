#include "data/intake_private.h"

#include "base/i18n.h"
#include "data/dialect.h"
#include "data/encoding.h"

#include <dirent.h>
#include <string.h>

/* ---- opening ---- */

/* The file of the folder whose name is nearest, or NULL; a new string. */
static char *nearest_file(const char *path) {
    g_autofree char *folder = g_path_get_dirname(path), *name = g_path_get_basename(path);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    DIR *dir = opendir(folder);
    if (!dir) return NULL;
    for (const struct dirent *entry; (entry = readdir(dir));)
        if (*entry->d_name != '.') g_ptr_array_add(names, g_strdup(entry->d_name));
    closedir(dir);
    g_ptr_array_sort(names, (GCompareFunc)(void (*)(void))g_strcmp0);
    g_ptr_array_add(names, NULL);
    return g_strdup(nearest_word(name, (const char *const *)names->pdata));
}

/* What is absent is the user's affair, what resists is the machine's. */
static void report_unopened(const Resource *resource, const char *path, FeedOpen how,
                            const char *error, Diag *diag) {
    Span span = resource->path_node->span;
    g_autofree char *near = how == OPEN_ABSENT ? nearest_file(path) : NULL;
    g_autofree char *hint = near ? g_strdup_printf(_("did you mean %s?"), near) : NULL;
    switch (how) {
    case OPEN_ABSENT:
        diag_error(diag, span, "missing-file",
                   hint ? hint : _("put the file there, or correct the path in datapackage.yaml"),
                   "there is no file %s", path);
        return;
    case OPEN_NO_FILE:
        diag_error(diag, span, "missing-file", _("give the path of a CSV file"), "%s is not a file",
                   path);
        return;
    default: diag_system(diag, path, "cannot be read: %s", error);
    }
}

static Intake *intake_new(const Resource *resource, const char *path, const IntakeOptions *options,
                          Diag *diag) {
    Intake *intake = g_new0(Intake, 1);
    intake->resource = resource;
    intake->path = g_strdup(path);
    intake->dialect = resource->dialect;
    intake->jobs = MAX(options->jobs, 1);
    intake->finds_dialect = options->finds_dialect;
    intake->faults.diag = diag;
    intake->rules = g_new0(CellRule, resource->n_fields + 1);
    intake->is_open = g_new0(bool, resource->n_fields + 1);
    intake->signs = g_new0(unsigned, resource->n_fields + 1);
    intake->marks = g_array_new(FALSE, FALSE, sizeof(FaultMark));
    for (size_t i = 0; i < resource->n_fields; i++) {
        const Field *field = &resource->fields[i];
        bool has_readings = field->type == FIELD_INTEGER || field->type == FIELD_NUMBER ||
                            field->type == FIELD_DATE;
        rule_init(&intake->rules[i], field, resource, diag);
        intake->is_open[i] = has_readings && !field->is_reading_fixed;
    }
    return intake;
}

/* The primary key, unique columns and keys, then those of the caller. */
static void set_keys(Intake *intake, const IntakeOptions *options) {
    const Resource *resource = intake->resource;
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(KeyColumns));
    KeyColumns key = {resource->primary_key.columns, resource->primary_key.n};
    if (key.n) g_array_append_val(keys, key);
    for (size_t i = 0; i < resource->n_fields; i++) {
        bool is_primary = resource->primary_key.n == 1 && resource->primary_key.columns[0] == i;
        if (!resource->fields[i].is_unique || is_primary) continue;
        size_t *column = g_new(size_t, 1);
        *column = i;
        key = (KeyColumns){column, 1};
        g_array_append_val(keys, key);
    }
    for (size_t i = 0; i < resource->n_unique_keys; i++) {
        key = (KeyColumns){resource->unique_keys[i].columns, resource->unique_keys[i].n};
        g_array_append_val(keys, key);
    }
    intake->n_own_keys = keys->len;
    if (options->n_keys) g_array_append_vals(keys, options->keys, (guint)options->n_keys);
    intake->n_keys = keys->len;
    intake->keys = (KeyColumns *)(void *)g_array_free(g_steal_pointer(&keys), FALSE);
    intake->key_sets = g_new0(KeySet *, intake->n_keys + 1);
}

void intake_free(Intake *intake) {
    if (!intake) return;
    const Resource *resource = intake->resource;
    size_t first_unique = resource->primary_key.n ? 1 : 0;
    for (size_t k = first_unique; k + resource->n_unique_keys < intake->n_own_keys; k++)
        g_free((size_t *)intake->keys[k].columns);
    for (size_t k = 0; k < intake->n_keys; k++) key_set_free(intake->key_sets[k]);
    for (size_t i = 0; i < resource->n_fields; i++) rule_clear(&intake->rules[i]);
    g_free(intake->keys);
    g_free(intake->key_sets);
    g_free(intake->rules);
    g_free(intake->fields);
    g_free(intake->is_open);
    g_free(intake->signs);
    g_array_unref(intake->marks);
    column_set_free(intake->columns);
    feed_close(intake->feed);
    g_free(intake->path);
    g_free(intake);
}

/* ---- the encoding ---- */

static void report_mixed(const Intake *intake, Span file, const EncodingFinding *finding,
                         Diag *diag) {
    const char *rest = finding->is_mostly_utf8 ? "utf-8" : "windows-1252";
    second_look_report_byte(intake->feed, intake->path, finding->offset, rest, diag);
    diag_note(diag, file, "encoding-error",
              "open the file in LibreOffice as UTF-8, mend the letters, save it",
              "the rest of the file is in %s: two encodings are mixed", encoding_name_shown(rest));
}

static void report_other(const Intake *intake, Span file, const char *name, Diag *diag) {
    const char *example = name ? name : "…";
    g_autofree char *hint = g_strdup_printf(
        _("save the file as UTF-8, or write `encoding: %s` under %s in datapackage.yaml"), example,
        intake->resource->name);
    if (name)
        diag_error(diag, file, "encoding-error", hint, "the file seems to be in %s",
                   encoding_name_shown(name));
    else
        diag_error(diag, file, "encoding-error", hint,
                   "the file is neither in UTF-8 nor in a western encoding");
}

static void report_encoding(const Intake *intake, EncodingVerdict verdict,
                            const EncodingFinding *finding, Diag *diag) {
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(Source) source = source_new(intake->path, none);
    Span file = {source, 0, 0};
    g_autofree char *hint = NULL;
    switch (verdict) {
    case ENCODING_MIXED: report_mixed(intake, file, finding, diag); return;
    case ENCODING_BINARY:
        second_look_report_byte(intake->feed, intake->path, finding->offset, "utf-8", diag);
        return;
    case ENCODING_DOUBT:
        hint = g_strdup_printf(
            _("write `encoding: %s` or `encoding: %s` under %s in datapackage.yaml"), finding->name,
            finding->other, intake->resource->name);
        diag_error(diag, file, "encoding-error", hint,
                   "the file may be in %s (« %s ») or in %s (« %s »)",
                   encoding_name_shown(finding->name), finding->texts[0],
                   encoding_name_shown(finding->other), finding->texts[1]);
        return;
    default: report_other(intake, file, finding->name, diag);
    }
}

static void feed_survey(void *survey, const char *bytes, size_t len) {
    encoding_survey_feed(survey, bytes, len);
}

/* All bytes are asked. */
static bool survey_encoding(Intake *intake, Diag *diag) {
    g_autoptr(EncodingSurvey) survey = encoding_survey_new();
    EncodingFinding finding;
    FeedState state = feed_raw(intake->feed, feed_survey, survey);
    if (state == FEED_ERROR) {
        diag_system(diag, intake->path, "cannot be read: %s", feed_error(intake->feed));
        return false;
    }
    EncodingVerdict verdict = encoding_survey_decide(survey, &finding);
    intake->dialect.encoding = finding.name;
    if (verdict == ENCODING_FOUND) return true;
    report_encoding(intake, verdict, &finding, diag);
    return false;
}

static bool check_declared(Intake *intake, Diag *diag) {
    const char *name = intake->dialect.encoding;
    if (encoding_is_known(name)) return true;
    const Node *node = node_find((Node *)intake->resource->node, "encoding");
    diag_error(diag, node->span, "unsupported-value",
               _("write utf-8, utf-16, windows-1252 or iso-8859-15, or leave the key out"),
               "encoding: « %s » is not a known encoding", name);
    return false;
}

/* What is declared may not be what the file is: UTF-8 is tried as if nothing were declared, and an
 * encoding that takes any byte gives way to one that few files are by chance. */
static void doubt_declared(Intake *intake) {
    const char *declared = intake->dialect.encoding;
    intake->dialect.encoding = NULL;
    if (encoding_is_utf8(declared)) return;
    g_autoptr(EncodingSurvey) survey = encoding_survey_new();
    EncodingFinding finding;
    bool is_found = feed_raw(intake->feed, feed_survey, survey) == FEED_END &&
                    encoding_survey_decide(survey, &finding) == ENCODING_FOUND;
    bool is_other = is_found && g_ascii_strncasecmp(finding.name, "utf", 3) == 0 &&
                    g_ascii_strncasecmp(finding.name, declared, strlen("utf-16")) != 0;
    intake->dialect.encoding = is_other ? finding.name : declared;
}

/* UTF-8 is supposed until a byte says otherwise; a file in UTF-16 says so at once. */
bool intake_find_encoding(Intake *intake, Diag *diag) {
    const char *declared = intake->dialect.encoding;
    if (declared && !check_declared(intake, diag)) return false;
    if (declared && intake->finds_dialect) doubt_declared(intake);
    if (intake->dialect.encoding) return true;
    size_t len;
    const char *head = feed_head(intake->feed, &len);
    bool has_mark = len >= 2 && (!memcmp(head, "\xFF\xFE", 2) || !memcmp(head, "\xFE\xFF", 2));
    bool has_zero = memchr(head, 0, len) != NULL;
    return (!has_mark && !has_zero) || survey_encoding(intake, diag);
}

/* ---- the passes ---- */

/* A file that is not in UTF-8, as declared, mostly is in another encoding from end to end. */
static bool report_misdeclared(const Intake *intake, Span file, Diag *diag) {
    g_autoptr(EncodingSurvey) survey = encoding_survey_new();
    EncodingFinding finding;
    if (!encoding_is_utf8(intake->dialect.encoding) ||
        feed_raw(intake->feed, feed_survey, survey) != FEED_END ||
        encoding_survey_decide(survey, &finding) != ENCODING_FOUND)
        return false;
    g_autofree char *hint = g_strdup_printf(
        _("run `frise fix %s --write`, or write `encoding: %s` under %s in datapackage.yaml"),
        intake->path, finding.name, intake->resource->name);
    diag_error(diag, file, "encoding-error", hint, "the file seems to be in %s, not in UTF-8",
               encoding_name_shown(finding.name));
    return true;
}

static void report_end(const Intake *intake, PassEnd end, Diag *diag) {
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(Source) source = source_new(intake->path, none);
    const char *encoding = intake->dialect.encoding ? intake->dialect.encoding : "utf-8";
    switch (end) {
    case PASS_QUOTE:
    case PASS_LONG:
        second_look_report_quote(intake->feed, &intake->dialect, intake->path, diag);
        break;
    case PASS_ENCODING:
        if (intake->dialect.encoding && report_misdeclared(intake, (Span){source, 0, 0}, diag))
            break;
        second_look_report_byte(intake->feed, intake->path, intake->stop_at, encoding, diag);
        break;
    case PASS_CHANGED:
        diag_error(diag, (Span){source, 0, 0}, "source-error", _("run again once it is saved"),
                   "the file changed while it was read");
        break;
    case PASS_FULL:
        diag_error(diag, (Span){source, 0, 0}, "source-error", _("split the file"),
                   "a column holds more than 4 GB of text");
        break;
    default: diag_system(diag, intake->path, "cannot be read: %s", feed_error(intake->feed));
    }
}

/* A column whose only marks could part thousands as well, or that is not plain. */
static bool needs_survey(const Intake *intake) {
    for (size_t i = 0; i < intake->resource->n_fields; i++)
        if (intake->is_open[i] && (intake->signs[i] & SIGN_GROUP) &&
            !(intake->signs[i] & SIGN_POINT))
            return true;
    return false;
}

/* In a file full of commas every cell of a declared delimiter may misfit: the header has said so.
 */
static PassEnd read_rows(Intake *intake, const bool *is_wanted, Diag *diag) {
    g_autofree bool *settled = g_new0(bool, intake->resource->n_fields + 1);
    PassEnd end = intake_pass(intake, is_wanted, intake->is_open, intake->n_keys);
    bool is_encoding_open = !intake->dialect.encoding;
    if (end == PASS_ENCODING && is_encoding_open) {
        if (!survey_encoding(intake, diag) || !intake_read_header(intake, diag)) return PASS_FULL;
        end = intake_pass(intake, is_wanted, intake->is_open, intake->n_keys);
    }
    if (end == PASS_MISFIT || (end == PASS_DONE && needs_survey(intake))) {
        bool is_settled = intake_survey(intake, diag);
        end = intake_pass(intake, is_wanted, settled, intake->n_keys);
        if (!is_settled && end == PASS_DONE) end = PASS_MISFIT;
    }
    return end;
}

/* *ret_has_rows: they could be read, well or not. */
static bool read_file(Intake *intake, const IntakeOptions *options, bool *ret_has_rows,
                      Diag *diag) {
    size_t before = diag_errors(diag);
    *ret_has_rows = intake_find_encoding(intake, diag) && intake_read_header(intake, diag);
    if (!*ret_has_rows) return false;
    PassEnd end = read_rows(intake, options->is_wanted, diag);
    if (!intake->dialect.encoding) intake->dialect.encoding = intake->resource->dialect.encoding;
    bool is_reported = diag_errors(diag) > before + intake->faults.count;
    if (end != PASS_DONE && end != PASS_MISFIT && !is_reported) report_end(intake, end, diag);
    if (end == PASS_DONE || end == PASS_MISFIT) intake_report(intake);
    *ret_has_rows = end == PASS_DONE;
    return end == PASS_DONE && diag_errors(diag) == before;
}

/* What was decided, in one line, with what would make it certain. */
static void note_reading(const Intake *intake, Diag *diag) {
    const Resource *resource = intake->resource;
    g_autofree Reading *readings = g_new0(Reading, resource->n_fields + 1);
    bool is_found = intake->dialect.delimiter != resource->dialect.delimiter ||
                    intake->dialect.encoding != resource->dialect.encoding;
    for (size_t i = 0; i < resource->n_fields; i++) {
        readings[i] = intake->rules[i].reading;
        is_found |= !reading_is_same(&readings[i], &resource->fields[i].reading);
    }
    g_autofree char *line = dialect_describe(resource, &intake->dialect, readings);
    if (!line || !is_found) return;
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(Source) source = source_new(intake->path, none);
    diag_note(diag, (Span){source, 0, 0}, "dialect", NULL, "%s", line);
}

Intake *intake_read(const Resource *resource, const char *path, const IntakeOptions *options,
                    Diag *diag) {
    FeedOpen how;
    g_autofree char *error = NULL;
    Feed *feed = feed_open(path, &how, &error);
    if (!feed) {
        report_unopened(resource, path, how, error, diag);
        return NULL;
    }
    Intake *intake = intake_new(resource, path, options, diag);
    intake->feed = feed;
    set_keys(intake, options);
    bool has_rows, is_good = read_file(intake, options, &has_rows, diag);
    note_reading(intake, diag);
    if (is_good || (has_rows && options->keeps_faulty)) return intake;
    intake_free(intake);
    return NULL;
}

bool intake_read_more(Intake *intake, const bool *is_wanted, Diag *diag) {
    g_autofree bool *settled = g_new0(bool, intake->resource->n_fields + 1);
    ColumnSet *kept = g_steal_pointer(&intake->columns);
    PassEnd end = intake_pass(intake, is_wanted, settled, 0);
    ColumnSet *more = g_steal_pointer(&intake->columns);
    intake->columns = kept;
    bool is_same = end == PASS_DONE && !intake->n_marks && more->n_rows == kept->n_rows;
    if (!is_same) report_end(intake, end == PASS_DONE ? PASS_CHANGED : end, diag);
    for (size_t i = 0; is_same && i < kept->n_columns; i++) {
        if (kept->columns[i].kind != COLUMN_ABSENT) continue;
        kept->columns[i] = more->columns[i];
        more->columns[i] = (Column){0};
    }
    column_set_free(more);
    return is_same;
}

bool intake_raw(Intake *intake, FeedBytes *take, void *user, Diag *diag) {
    FeedState state = feed_raw(intake->feed, take, user);
    if (state != FEED_END)
        report_end(intake, state == FEED_CHANGED ? PASS_CHANGED : PASS_ERROR, diag);
    return state == FEED_END;
}

const ColumnSet *intake_columns(const Intake *intake) {
    return intake->columns;
}

size_t intake_rows(const Intake *intake) {
    return intake->columns->n_rows;
}

const KeySet *intake_key(const Intake *intake, size_t i) {
    return intake->key_sets[intake->n_own_keys + i];
}

const Dialect *intake_dialect(const Intake *intake) {
    return &intake->dialect;
}

const Reading *intake_reading(const Intake *intake, size_t field) {
    return &intake->rules[field].reading;
}
