/* text/fonts: the faces a report is set in, found once and kept alive.
 * Faces come from the folders given, through a fontconfig configuration made in memory: what else
 * the machine holds changes nothing, and no face ever stands in for another. One unit of size is
 * one unit of the canvas (pt or px); outlines are not hinted and advances not rounded, so that a
 * line is as long at every scale.
 * An id names a face, a size and OpenType features. Ids are 0, 1, 2… in order of first use.
 * For one thread at a time, as pango's font maps are. */
#pragma once

#include "base/diag.h"
#include "base/geom.h"

#include <cairo.h>
#include <pango/pango.h>

typedef struct Fonts Fonts;

typedef enum {
    FONT_REGULAR = 400,
    FONT_MEDIUM = 500,
    FONT_SEMIBOLD = 600,
    FONT_BOLD = 700,
} FontWeight;

typedef struct {
    char *family;
    FontWeight weight;
    bool is_italic;
    double size;
    char *features; /* as given, or NULL */
} FontSpec;

typedef struct {
    double ascent;  /* height of the ink of b, d, l above the baseline */
    double descent; /* depth of the ink of p, q below it, positive */
    double cap_height, x_height;
    double space;  /* advance of U+0020, given to U+00A0 too */
    double fine;   /* advance of U+202F: half a space, within 0.10 and 0.20 em */
    double hyphen; /* advance of U+002D */
    double em;     /* the size */
} FontMetrics;

/* dirs: folders searched with what is below them. families: all that will be asked for. Both end
 * with NULL. NULL after an error for each family that is missing. A family that lacks letters or
 * marks of French is a warning that names the rules they serve. */
[[nodiscard]] Fonts *fonts_load(const char *const *dirs, const char *const *families, Diag *diag);
void fonts_free(Fonts *fonts); /* NULL is accepted */

/* The family is one that was loaded; a weight that it lacks gives the nearest. features: a list
 * such as "tnum,lnum", or NULL. The same arguments give the same id. */
int fonts_find(Fonts *fonts, const char *family, FontWeight weight, bool is_italic, double size,
               const char *features);
size_t fonts_count(const Fonts *fonts); /* ids in use are 0 to this, excluded */

/* All borrowed. */
const FontSpec *fonts_spec(const Fonts *fonts, int id);
FontMetrics fonts_metrics(const Fonts *fonts, int id);
PangoFont *fonts_pango(const Fonts *fonts, int id);
/* Its CTM is the identity: on a scaled cairo_t, set its face, matrix and options one by one. */
cairo_scaled_font_t *fonts_scaled(const Fonts *fonts, int id);

/* For text/shape. */
PangoContext *fonts_context(Fonts *fonts, int id); /* ready to itemize in this font */
PangoAttrList *fonts_attrs(const Fonts *fonts, int id);
uint32_t fonts_space_glyph(const Fonts *fonts, int id);
uint32_t fonts_hyphen_glyph(const Fonts *fonts, int id);
/* Ink of a glyph from its origin; empty when it has none. */
Rect fonts_ink(const Fonts *fonts, int id, uint32_t glyph);
/* Does this feature change the glyph of every character? */
bool fonts_has_feature(const Fonts *fonts, int id, const char *feature, const char *text,
                       size_t len);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Fonts, fonts_free)
