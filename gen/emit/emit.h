/* emit/emit: the formats, one row each, from frames to bytes.
 * A format of one frame takes job->frames[0]; a document takes them all, as pages. Encoding fails
 * with NULL and one fault. Several threads may encode at once with the same fonts. */
#pragma once

#include "base/diag.h"
#include "base/frame.h"
#include "emit/about.h"
#include "text/fonts.h"

typedef struct {
    const Frame *const *frames;
    size_t n_frames; /* at least 1 */
    const Fonts *fonts;
    const About *about;
    double scale; /* pixels per unit, for formats of pixels */
} EmitJob;

typedef struct {
    const char *name;   /* as in --format */
    const char *suffix; /* with its dot */
    bool is_document;   /* takes every frame, as pages */
    bool has_pixels;    /* depends on the scale */
    GBytes *(*encode)(const EmitJob *job, Diag *diag);
} EmitClass;

const EmitClass *emit_at(size_t i);           /* NULL after the last */
const EmitClass *emit_find(const char *name); /* NULL when there is none */
[[nodiscard]] GBytes *emit_encode(const EmitClass *class, const EmitJob *job, Diag *diag);
