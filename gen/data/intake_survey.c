/* ColumnSet that are not written plainly: every cell is asked how it can be read. */
#include "data/intake_private.h"

#include "base/i18n.h"

#include <string.h>

static void add_rows(const Intake *intake, const CsvCut *cut, ReadingSurvey **surveys,
                     size_t first_row) {
    for (size_t row = 0; row < cut->n_rows; row++)
        for (size_t i = 0; i < intake->n_labels && cut->rows[row] + i < cut->rows[row + 1]; i++) {
            size_t field = intake->fields[i];
            if (field == NO_FIELD || !surveys[field]) continue;
            const char *text = csv_cell_text(cut, cut->rows[row] + i);
            if (!rule_is_missing(&intake->rules[field], text))
                reading_survey_add(surveys[field], text, first_row + row);
        }
}

void intake_survey_cells(Intake *intake, ReadingSurvey **surveys) {
    g_auto(Chunk) chunk = {0};
    g_auto(CsvCut) cut = {0};
    size_t rows = 0, header = intake->header_end;
    feed_start(intake->feed, &intake->dialect);
    while (feed_next(intake->feed, &chunk) == FEED_MORE) {
        size_t from = MIN(header, chunk.len);
        header = 0;
        /* A quote out of place is for the next pass to tell. */
        if (!csv_cut(&cut, &intake->dialect, chunk.bytes + from, chunk.len - from)) return;
        add_rows(intake, &cut, surveys, rows);
        rows += cut.n_rows;
    }
}

typedef struct {
    Intake *intake;
    size_t field;
    const ReadingDoubt *doubt;
} Report;

static void report_doubt(void *user, const Look *look) {
    const Report *report = user;
    Intake *intake = report->intake;
    const Field *field = &intake->resource->fields[report->field];
    const ReadingDoubt *doubt = report->doubt;
    size_t label = 0;
    while (label < intake->n_labels && intake->fields[label] != report->field) label++;
    if (label >= look->record->cells->len) return;
    const CsvPlace *place = &g_array_index(look->record->cells, CsvPlace, label);
    g_autofree char *hint =
        g_strdup_printf(_("write `%s` or `%s` in the field %s of datapackage.yaml"), doubt->keys[0],
                        doubt->keys[1], field->name);
    faults_add(&intake->faults, (Span){look->source, place->start, place->len}, "type-error", hint,
               "%s: « %s » may be %s or %s, and no cell of the column tells", field->name,
               doubt->text, doubt->values[0], doubt->values[1]);
}

static void report_converted(Intake *intake, const Field *field, Diag *diag) {
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    g_autoptr(Source) source = source_new(intake->path, none);
    diag_warning(diag, (Span){source, 0, 0}, "type-error",
                 _("export the table again with the whole column formatted as year-month-day"),
                 "%s: serial numbers stand among written dates: Excel has converted some of them, "
                 "perhaps with day and month exchanged",
                 field->name);
}

static SurveyKind kind_of(const Field *field) {
    return field->type == FIELD_DATE      ? SURVEY_DATES
           : field->type == FIELD_INTEGER ? SURVEY_INTEGERS
                                          : SURVEY_NUMBERS;
}

/* Reads the column under the first of two readings, so that its other faults are told too. */
static bool decide(Intake *intake, size_t i, const ReadingSurvey *survey, Diag *diag) {
    ReadingDoubt doubt;
    switch (reading_survey_decide(survey, &intake->rules[i].reading, &doubt)) {
    case READING_FOUND:
    case READING_NONE: return true;
    case READING_CONVERTED:
        report_converted(intake, &intake->resource->fields[i], diag);
        return true;
    case READING_DOUBT: break;
    }
    Report report = {intake, i, &doubt};
    second_look(intake->feed, &intake->dialect, intake->path, &doubt.row, 1, report_doubt, &report);
    return false;
}

bool intake_survey(Intake *intake, Diag *diag) {
    size_t n = intake->resource->n_fields;
    g_autofree ReadingSurvey **surveys = g_new0(ReadingSurvey *, n + 1);
    bool is_settled = true;
    for (size_t i = 0; i < n; i++)
        if (intake->is_open[i])
            surveys[i] = reading_survey_new(kind_of(&intake->resource->fields[i]));
    intake_survey_cells(intake, surveys);
    for (size_t i = 0; i < n; i++) {
        if (surveys[i]) is_settled &= decide(intake, i, surveys[i], diag);
        reading_survey_free(surveys[i]);
    }
    return is_settled;
}
