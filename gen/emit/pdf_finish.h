/* emit/pdf_finish: what cairo 1.16 cannot write, added to its PDF with libqpdf.
 * In: cairo's bytes, and one record for each tag that was opened, in order: cairo's structure tree
 * in pre-order is the order of the calls, so records and elements meet one to one, and a difference
 * is a fault. Out: the finished bytes: language, alternative texts, table scopes, notes' names,
 * decoration marked as such, tab order, XMP, dates, PDF 1.7 with compressed objects and an /ID made
 * from the content. Fails with NULL and one fault. Source: ISO 32000-1, ISO 14289-1 (PDF/UA-1). */
#pragma once

#include "base/diag.h"
#include "base/geom.h"
#include "emit/about.h"

typedef struct {
    const char *type;  /* standard structure type: P, Figure */
    const char *alt;   /* alternative text, or NULL */
    const char *scope; /* of a TH: Row or Column, or NULL */
    int note;          /* of a Note: from 1, its /ID is made from it; else 0 */
    Rect box;          /* of a Figure: pt, origin bottom left, y up; else empty */
} PdfElement;

[[nodiscard]] GBytes *pdf_finish(GBytes *drawn, const PdfElement *elements, size_t n,
                                 const About *about, Diag *diag);
