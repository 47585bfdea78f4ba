/* One pass: the feed gives chunks, threads make segments of them, and these are joined in the order
 * of the file, so that the result depends neither on the threads nor on the chunks. */
#include "data/intake_private.h"

#include "data/encoding.h"

#include <string.h>

enum {
    SMALL = 1024 * 1024, /* bytes: below, one thread is as fast */
    AHEAD = 4,           /* chunks under way for each thread */
};

typedef struct {
    Chunk chunk;
    Segment *segment; /* once made */
} Job;

typedef struct {
    Intake *intake;
    const Plan *plan;
    PassEnd end;
    /* threads */
    GThreadPool *pool;
    GQueue jobs; /* Job, in the order of the file */
    GMutex lock;
    GCond made;
    GAsyncQueue *cuts; /* CsvCut that nobody uses */
} Pass;

/* ---- joining ---- */

static void join_marks(Intake *intake, const Segment *segment) {
    size_t base = intake->columns->n_rows;
    for (guint i = 0; i < segment->marks->len; i++) {
        FaultMark mark = g_array_index(segment->marks, FaultMark, i);
        mark.row += base;
        intake->n_marks++;
        intake->n_structure += mark.kind <= MARK_MISSING_CELL;
        if (intake->marks->len < MARKS_KEPT) g_array_append_val(intake->marks, mark);
    }
}

/* How many rows there will be, if all are as long as the first ones: room is made once. */
static void make_room(const Pass *pass, const Segment *segment) {
    Intake *intake = pass->intake;
    if (intake->columns->n_rows || !segment->n_rows || feed_size(intake->feed) < SMALL) return;
    double length = (double)segment->len / (double)segment->n_rows;
    size_t rows = (size_t)((double)feed_size(intake->feed) / length * 1.02);
    column_set_reserve(intake->columns, rows);
    for (size_t k = 0; k < pass->plan->n_keys; k++) key_set_reserve(intake->key_sets[k], rows);
}

static PassEnd join(Pass *pass, const Segment *segment) {
    Intake *intake = pass->intake;
    if (segment->stop == SEGMENT_ENCODING) {
        intake->stop_at = segment->start + segment->stop_at;
        return PASS_ENCODING;
    }
    if (segment->stop == SEGMENT_QUOTE) return PASS_QUOTE;
    bool is_misfit = false;
    for (size_t i = 0; i < intake->resource->n_fields; i++) {
        intake->signs[i] |= segment->signs[i];
        is_misfit |= segment->signs[i] & SIGN_MISFIT;
    }
    if (is_misfit) return PASS_MISFIT;
    make_room(pass, segment);
    join_marks(intake, segment);
    for (size_t k = 0; k < pass->plan->n_keys; k++)
        key_set_add(intake->key_sets[k], (const uint64_t *)(void *)segment->hashes[k]->data,
                    segment->hashes[k]->len);
    return column_set_append(intake->columns, segment->columns) ? PASS_DONE : PASS_FULL;
}

/* ---- threads ---- */

static void make_segment(gpointer data, gpointer user) {
    Job *job = data;
    Pass *pass = user;
    CsvCut *cut = g_async_queue_try_pop(pass->cuts);
    if (!cut) cut = g_new0(CsvCut, 1);
    Segment *segment = segment_read(pass->plan, &job->chunk, cut);
    g_async_queue_push(pass->cuts, cut);
    feed_take_back(pass->intake->feed, &job->chunk);
    g_mutex_lock(&pass->lock);
    job->segment = segment;
    g_cond_broadcast(&pass->made);
    g_mutex_unlock(&pass->lock);
}

/* The oldest job, once it is made. */
static void finish_job(Pass *pass) {
    Job *job = g_queue_pop_head(&pass->jobs);
    g_mutex_lock(&pass->lock);
    while (!job->segment) g_cond_wait(&pass->made, &pass->lock);
    g_mutex_unlock(&pass->lock);
    if (pass->end == PASS_DONE) pass->end = join(pass, job->segment);
    segment_free(job->segment);
    g_free(job);
}

static bool is_made(Pass *pass) {
    const Job *job = g_queue_peek_head(&pass->jobs);
    g_mutex_lock(&pass->lock);
    bool made = job && job->segment;
    g_mutex_unlock(&pass->lock);
    return made;
}

static void add_job(Pass *pass, Chunk *chunk) {
    Job *job = g_new0(Job, 1);
    job->chunk = *chunk;
    *chunk = (Chunk){0};
    g_queue_push_tail(&pass->jobs, job);
    if (pass->pool)
        g_thread_pool_push(pass->pool, job, NULL);
    else
        make_segment(job, pass);
    size_t most = pass->pool ? (size_t)pass->intake->jobs * AHEAD : 1;
    while (is_made(pass) || g_queue_get_length(&pass->jobs) >= most) finish_job(pass);
}

static PassEnd end_of(FeedState state) {
    switch (state) {
    case FEED_LONG: return PASS_LONG;
    case FEED_BAD: return PASS_ENCODING;
    case FEED_CHANGED: return PASS_CHANGED;
    case FEED_ERROR: return PASS_ERROR;
    default: return PASS_DONE;
    }
}

static void run(Pass *pass) {
    Intake *intake = pass->intake;
    g_auto(Chunk) chunk = {0};
    FeedState state = FEED_MORE;
    size_t header = intake->header_end;
    feed_start(intake->feed, &intake->dialect);
    while (pass->end == PASS_DONE && (state = feed_next(intake->feed, &chunk)) == FEED_MORE) {
        chunk.from = MIN(header, chunk.len);
        header = 0;
        add_job(pass, &chunk);
    }
    size_t stop_at = chunk.start;
    while (!g_queue_is_empty(&pass->jobs)) finish_job(pass);
    if (pass->end != PASS_DONE) return;
    pass->end = end_of(state);
    if (pass->end == PASS_ENCODING) intake->stop_at = stop_at;
}

static void free_cut(gpointer data) {
    csv_cut_clear(data);
    g_free(data);
}

/* ---- the plan ---- */

static void reset(Intake *intake, const ColumnKind *kinds) {
    column_set_free(intake->columns);
    intake->columns = column_set_new(kinds, intake->resource->n_fields);
    intake->n_marks = intake->n_structure = 0;
    g_array_set_size(intake->marks, 0);
    for (size_t k = 0; k < intake->n_keys; k++) {
        key_set_free(intake->key_sets[k]);
        intake->key_sets[k] = key_set_new();
    }
    memset(intake->signs, 0, intake->resource->n_fields * sizeof *intake->signs);
}

static ColumnKind kind_of(const Field *field) {
    switch (field_value_kind(field)) {
    case VALUE_INT: return COLUMN_INTEGER;
    case VALUE_REAL: return COLUMN_REAL;
    case VALUE_BOOL: return COLUMN_BOOLEAN;
    case VALUE_DATE: return COLUMN_DATE;
    default: return COLUMN_TEXT;
    }
}

PassEnd intake_pass(Intake *intake, const bool *is_wanted, const bool *is_open, size_t n_keys) {
    size_t n = intake->resource->n_fields;
    g_autofree ColumnKind *kinds = g_new0(ColumnKind, n + 1);
    for (size_t i = 0; i < n; i++)
        kinds[i] =
            !is_wanted || is_wanted[i] ? kind_of(&intake->resource->fields[i]) : COLUMN_ABSENT;
    reset(intake, kinds);
    const Plan plan = {.resource = intake->resource,
                       .dialect = &intake->dialect,
                       .rules = intake->rules,
                       .kinds = kinds,
                       .fields = intake->fields,
                       .n_labels = intake->n_labels,
                       .keys = intake->keys,
                       .n_keys = n_keys,
                       .is_open = is_open,
                       .is_utf8_checked =
                           intake->dialect.encoding && !encoding_is_utf8(intake->dialect.encoding)};
    Pass pass = {.intake = intake, .plan = &plan, .cuts = g_async_queue_new_full(free_cut)};
    g_queue_init(&pass.jobs);
    g_mutex_init(&pass.lock);
    g_cond_init(&pass.made);
    if (intake->jobs > 1 && feed_size(intake->feed) > SMALL)
        pass.pool = g_thread_pool_new(make_segment, &pass, intake->jobs, TRUE, NULL);
    run(&pass);
    if (pass.pool) g_thread_pool_free(pass.pool, FALSE, TRUE);
    g_async_queue_unref(pass.cuts);
    g_mutex_clear(&pass.lock);
    g_cond_clear(&pass.made);
    column_set_close(intake->columns);
    return pass.end;
}
