#include "emit/emit.h"

#include "emit/alt_text.h"
#include "emit/layout.h"
#include "emit/pdf.h"
#include "emit/png.h"
#include "emit/svg.h"

#include <string.h>

static GBytes *encode_png(const EmitJob *job, Diag *diag) {
    return png_encode(job->frames[0], job->fonts, job->scale, job->about, diag);
}

static GBytes *encode_svg(const EmitJob *job, [[maybe_unused]] Diag *diag) {
    return svg_encode(job->frames[0], job->fonts, job->about);
}

static GBytes *encode_pdf(const EmitJob *job, Diag *diag) {
    return pdf_encode(job->frames, job->n_frames, job->fonts, job->about, diag);
}

static GBytes *encode_layout(const EmitJob *job, [[maybe_unused]] Diag *diag) {
    return layout_encode(job->frames[0], job->fonts);
}

static GBytes *encode_alt(const EmitJob *job, [[maybe_unused]] Diag *diag) {
    return alt_text_encode(job->about);
}

static const EmitClass classes[] = {
    {.name = "png", .suffix = ".png", .has_pixels = true, .encode = encode_png},
    {.name = "svg", .suffix = ".svg", .encode = encode_svg},
    {.name = "pdf", .suffix = ".pdf", .is_document = true, .encode = encode_pdf},
    {.name = "alt", .suffix = ".alt.txt", .encode = encode_alt},
    {.name = "layout", .suffix = ".layout.json", .encode = encode_layout},
};

const EmitClass *emit_at(size_t i) {
    return i < G_N_ELEMENTS(classes) ? &classes[i] : NULL;
}

const EmitClass *emit_find(const char *name) {
    for (size_t i = 0; i < G_N_ELEMENTS(classes); i++)
        if (!strcmp(classes[i].name, name)) return &classes[i];
    return NULL;
}

GBytes *emit_encode(const EmitClass *class, const EmitJob *job, Diag *diag) {
    return class->encode(job, diag);
}
