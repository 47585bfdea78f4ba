/* A file without a schema: what its columns seem to be. */
#include "data/intake_private.h"

#include "data/csv_cut.h"
#include "data/dialect.h"

#include <string.h>

static void name_fields(Resource *resource, const CsvRecord *record, Arena *arena) {
    static const char *const missing[] = {"", NULL};
    resource->n_fields = record->cells ? record->cells->len : 0;
    resource->fields = ARENA_ARRAY(arena, Field, resource->n_fields + 1);
    for (size_t i = 0; i < resource->n_fields; i++)
        resource->fields[i] = (Field){.name = arena_strdup(arena, csv_record_text(record, i)),
                                      .is_partial = true,
                                      .reading = reading_plain,
                                      .missing_values = (const char **)missing};
}

static bool is_plain(Reading reading) {
    return reading.is_bare && reading.decimal == '.' && !reading.group &&
           reading.dates == DATES_ISO;
}

/* Five digits may be a postal code: without a schema nobody says that they are days. */
static bool is_worth_fixing(const ReadingSurvey *survey) {
    Reading reading;
    ReadingDoubt doubt;
    switch (reading_survey_decide(survey, &reading, &doubt)) {
    case READING_FOUND: return !is_plain(reading) && reading.dates != DATES_SERIAL;
    case READING_DOUBT: return true;
    default: return false;
    }
}

static void survey(Intake *intake, Resource *resource, SurveyKind kind, FieldType type) {
    size_t n = resource->n_fields;
    g_autofree ReadingSurvey **surveys = g_new0(ReadingSurvey *, n + 1);
    for (size_t i = 0; i < n; i++)
        if (resource->fields[i].type == FIELD_STRING) surveys[i] = reading_survey_new(kind);
    intake_survey_cells(intake, surveys);
    for (size_t i = 0; i < n; i++) {
        if (surveys[i] && is_worth_fixing(surveys[i])) resource->fields[i].type = type;
        reading_survey_free(surveys[i]);
    }
}

/* Each label is the field in its place: names are not looked up. */
static void take_labels(Intake *intake, const CsvRecord *record) {
    size_t n = intake->resource->n_fields;
    intake->n_labels = n;
    intake->header_end = record->end;
    intake->fields = g_renew(size_t, intake->fields, n + 1);
    intake->rules = g_renew(CellRule, intake->rules, n + 1);
    for (size_t i = 0; i < n; i++) {
        intake->fields[i] = i;
        intake->rules[i] = (CellRule){
            .field = &intake->resource->fields[i],
            .missing_values = (const char *const *)intake->resource->fields[i].missing_values};
    }
}

static void guess(Intake *intake, Resource *resource, Arena *arena) {
    g_autoptr(GByteArray) head = intake_head(intake);
    g_auto(CsvRecord) record = {0};
    const char *bytes = (const char *)head->data;
    char found[2];
    dialect_find_delimiter(&intake->dialect, bytes, head->len, resource, found);
    resource->dialect.delimiter = intake->dialect.delimiter = found[0];
    resource->dialect.is_delimiter_fixed = true;
    CsvKind kind;
    do kind = csv_record(&intake->dialect, bytes, head->len, record.end, &record);
    while (kind == CSV_BLANK);
    if (kind != CSV_ROW) return;
    name_fields(resource, &record, arena);
    take_labels(intake, &record);
    survey(intake, resource, SURVEY_DATES, FIELD_DATE);
    survey(intake, resource, SURVEY_NUMBERS, FIELD_NUMBER);
}

Resource *intake_guess(const char *path, Arena *arena, Diag *diag) {
    FeedOpen how;
    g_autofree char *error = NULL;
    Feed *feed = feed_open(path, &how, &error);
    if (!feed) {
        if (how == OPEN_ERROR)
            diag_system(diag, path, "cannot be read: %s", error);
        else
            diag_error(diag, (Span){0}, "missing-file", "give the path of a CSV file",
                       how == OPEN_ABSENT ? "there is no file %s" : "%s is not a file", path);
        return NULL;
    }
    Resource *resource = ARENA_NEW(arena, Resource);
    *resource = (Resource){.name = path,
                           .path = path,
                           .table = "file",
                           .dialect = {.delimiter = ',', .quote = '"', .has_header = true}};
    Intake *intake = g_new0(Intake, 1);
    intake->resource = resource;
    intake->path = g_strdup(path);
    intake->feed = feed;
    intake->dialect = resource->dialect;
    intake->marks = g_array_new(FALSE, FALSE, sizeof(FaultMark));
    bool is_known = intake_find_encoding(intake, diag);
    if (is_known) guess(intake, resource, arena);
    resource->dialect.encoding = NULL; /* still to be told as found */
    intake_free(intake);
    return is_known ? resource : NULL;
}
