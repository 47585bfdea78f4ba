/* cli/build: the plan that build and check (and later watch) share.
 * In: a Request. Out: files under request->out_dir, or faults. One report that fails leaves the
 * output of every report of the run untouched. */
#pragma once

#include "base/diag.h"
#include "project/request.h"

#include <glib.h>

/* Called from the thread that called build(), for a progress line: what is being done now. */
typedef void (*BuildProgress)(void *user, const char *what);

typedef struct {
    size_t written, fresh;                         /* files */
    double read_ms, query_ms, layout_ms, paint_ms; /* painting includes encoding */
    double write_ms;
} BuildSummary;

bool build(const Request *request, BuildProgress progress, void *user, BuildSummary *ret_summary,
           Diag *diag);
