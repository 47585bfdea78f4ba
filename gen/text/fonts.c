#include "text/fonts.h"
#include "base/i18n.h"
#include "text/repertoire.h"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

typedef struct {
    float x, y, w, h; /* in em, y down; w < 0: none */
    bool is_known;
} GlyphInk;

/* One file: what does not depend on the size. */
typedef struct {
    hb_font_t *font; /* at its own units per em */
    double units;
    unsigned n_glyphs;
    GlyphInk *inks; /* filled when asked for */
} Face;

typedef struct {
    FontSpec spec;
    PangoFont *pango;
    PangoFontDescription *desc;
    PangoAttrList *attrs;
    Face *face; /* borrowed from Fonts */
    uint32_t space_glyph, hyphen_glyph;
    FontMetrics metrics;
} Font;

struct Fonts {
    FcConfig *config;
    char **families;
    PangoFontMap *map;
    PangoContext *context;
    int context_font; /* whose description the context holds, -1 for none */
    GPtrArray *faces; /* Face *, owned */
    GPtrArray *fonts; /* Font *, owned: the index is the id */
};

static void face_free(void *data) {
    Face *face = data;
    hb_font_destroy(face->font);
    g_free(face->inks);
    g_free(face);
}

static void font_free(void *data) {
    Font *font = data;
    g_free(font->spec.family);
    g_free(font->spec.features);
    g_clear_object(&font->pango);
    pango_font_description_free(font->desc);
    pango_attr_list_unref(font->attrs);
    g_free(font);
}

void fonts_free(Fonts *fonts) {
    if (!fonts) return;
    g_ptr_array_unref(fonts->fonts);
    g_ptr_array_unref(fonts->faces);
    g_clear_object(&fonts->context);
    g_clear_object(&fonts->map);
    g_strfreev(fonts->families);
    FcConfigDestroy(fonts->config);
    g_free(fonts);
}

/* Made in memory: fontconfig's own caches are read where the system keeps them, written where the
 * user may. There are no rules, hence no aliases and no synthetic bold or italic. */
static FcConfig *config_new(const char *const *dirs) {
    g_autoptr(GString) xml = g_string_new("<?xml version=\"1.0\"?><fontconfig>");
    for (size_t i = 0; dirs[i]; i++) {
        g_autofree char *dir = g_markup_escape_text(dirs[i], -1);
        g_string_append_printf(xml, "<dir>%s</dir>", dir);
    }
    g_string_append(xml, "<cachedir>/var/cache/fontconfig</cachedir>"
                         "<cachedir prefix=\"xdg\">frise/fontconfig</cachedir></fontconfig>");
    FcConfig *config = FcConfigCreate();
    if (!config) return NULL;
    if (FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)xml->str, FcFalse) &&
        FcConfigBuildFonts(config))
        return config;
    FcConfigDestroy(config);
    return NULL;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every family name of the configuration, sorted, each once. */
static char **families_known(FcConfig *config) {
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);
    for (int i = 0; set && i < set->nfont; i++) {
        FcChar8 *name;
        for (int k = 0; FcPatternGetString(set->fonts[i], FC_FAMILY, k, &name) == FcResultMatch;
             k++)
            if (g_hash_table_add(seen, name)) g_ptr_array_add(names, g_strdup((char *)name));
    }
    g_ptr_array_sort(names, compare_names);
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

static bool has_name(const char *const *names, const char *name) {
    for (; *names; names++)
        if (!FcStrCmpIgnoreCase((const FcChar8 *)*names, (const FcChar8 *)name)) return true;
    return false;
}

/* The Debian package that brings a family, by the start of its name. */
static const char *family_package(const char *family) {
    static const struct {
        const char *start, *package;
    } packages[] = {
        {"Inter", "fonts-inter"},
        {"Linux Libertine", "fonts-linuxlibertine"},
        {"Linux Biolinum", "fonts-linuxlibertine"},
        {"Junicode", "fonts-junicode"},
        {"EB Garamond", "fonts-ebgaramond"},
        {"Vollkorn", "fonts-vollkorn"},
        {"Lato", "fonts-lato"},
        {"TeX Gyre", "fonts-texgyre"},
        {"Noto ", "fonts-noto-core"},
        {"DejaVu", "fonts-dejavu"},
        {"Roboto", "fonts-roboto"},
        {"Open Sans", "fonts-open-sans"},
        {"Cantarell", "fonts-cantarell"},
        {"Liberation", "fonts-liberation"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(packages); i++)
        if (g_str_has_prefix(family, packages[i].start)) return packages[i].package;
    return NULL;
}

static void report_family(const char *family, const char *const *known, const char *const *dirs,
                          Diag *diag) {
    g_autofree char *folders = g_strjoinv(", ", (char **)dirs);
    g_autofree char *hint = NULL;
    const char *near = nearest_word(family, known), *package = family_package(family);
    if (package)
        hint = g_strdup_printf(_("install the Debian package %s"), package);
    else if (near)
        hint = g_strdup_printf(_("did you mean “%s”?"), near);
    else
        hint = g_strdup(_("install the font, or name another in the theme"));
    diag_error(diag, (Span){0}, "missing-font", hint, "no font of the family “%s” in %s", family,
               folders);
}

Fonts *fonts_load(const char *const *dirs, const char *const *families, Diag *diag) {
    FcConfig *config = config_new(dirs);
    if (!config) {
        diag_system(diag, NULL, "fontconfig cannot list the fonts");
        return NULL;
    }
    g_auto(GStrv) known = families_known(config);
    size_t errors = diag_errors(diag);
    for (size_t i = 0; families[i]; i++)
        if (!has_name((const char *const *)known, families[i]) &&
            !has_name(families + i + 1, families[i]))
            report_family(families[i], (const char *const *)known, dirs, diag);
    if (diag_errors(diag) > errors) {
        FcConfigDestroy(config);
        return NULL;
    }
    for (size_t i = 0; families[i]; i++)
        if (!has_name(families + i + 1, families[i])) repertoire_check(config, families[i], diag);
    /* A font map prepares fontconfig's default configuration even when given another: naming ours
     * the default spares reading the machine's. */
    FcConfigSetCurrent(config);

    Fonts *fonts = g_new0(Fonts, 1);
    fonts->config = config;
    fonts->families = g_strdupv((char **)families);
    fonts->faces = g_ptr_array_new_with_free_func(face_free);
    fonts->fonts = g_ptr_array_new_with_free_func(font_free);
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), config);
    fonts->context = pango_font_map_create_context(fonts->map);
    fonts->context_font = -1;

    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(fonts->context, 72);
    pango_context_set_round_glyph_positions(fonts->context, FALSE);
    pango_context_set_base_dir(fonts->context, PANGO_DIRECTION_LTR);
    pango_context_set_language(fonts->context, pango_language_from_string("fr"));
    return fonts;
}

static const Font *font_at(const Fonts *fonts, int id) {
    g_assert(id >= 0 && (guint)id < fonts->fonts->len);
    return fonts->fonts->pdata[id];
}

static Face *face_find(Fonts *fonts, hb_face_t *hb) {
    for (guint i = 0; i < fonts->faces->len; i++) {
        Face *face = fonts->faces->pdata[i];
        if (hb_font_get_face(face->font) == hb) return face;
    }
    Face *face = g_new0(Face, 1);
    face->font = hb_font_create(hb);
    face->units = hb_face_get_upem(hb);
    face->n_glyphs = hb_face_get_glyph_count(hb);
    face->inks = g_new0(GlyphInk, face->n_glyphs);
    g_ptr_array_add(fonts->faces, face);
    return face;
}

static const GlyphInk *face_ink(const Face *face, uint32_t glyph) {
    static const GlyphInk none = {.w = -1, .h = -1, .is_known = true};
    if (glyph >= face->n_glyphs) return &none;
    GlyphInk *ink = &face->inks[glyph];
    hb_glyph_extents_t e;
    if (ink->is_known) return ink;
    *ink = none;
    if (hb_font_get_glyph_extents(face->font, glyph, &e) && (e.width || e.height))
        *ink = (GlyphInk){.x = (float)(e.x_bearing / face->units),
                          .y = (float)(-e.y_bearing / face->units),
                          .w = (float)(e.width / face->units),
                          .h = (float)(-e.height / face->units),
                          .is_known = true};
    return ink;
}

static uint32_t face_glyph(const Face *face, hb_codepoint_t c) {
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(face->font, c, &glyph) ? glyph : 0;
}

/* Height of the ink above the baseline, or depth below, of the furthest of these letters, in em. */
static double face_reach(const Face *face, const char *letters, bool is_below) {
    double reach = 0;
    for (; *letters; letters++) {
        const GlyphInk *ink = face_ink(face, face_glyph(face, (unsigned char)*letters));
        if (ink->h >= 0) reach = fmax(reach, is_below ? ink->y + ink->h : -ink->y);
    }
    return reach;
}

static double face_advance(const Face *face, hb_codepoint_t c) {
    return hb_font_get_glyph_h_advance(face->font, face_glyph(face, c)) / face->units;
}

static FontMetrics face_metrics(const Face *face, double size) {
    double space = face_advance(face, ' ') * size;
    return (FontMetrics){
        .ascent = face_reach(face, "bdl", false) * size,
        .descent = face_reach(face, "pq", true) * size,
        .cap_height = face_reach(face, "H", false) * size,
        .x_height = face_reach(face, "x", false) * size,
        .space = space,
        .fine = fmin(fmax(space / 2, 0.10 * size), 0.20 * size),
        .hyphen = face_advance(face, '-') * size,
        .em = size,
    };
}

/* Inter's contextual forms rewrite 4x4 and ->, where a figure must show what the data say. */
static PangoAttrList *attrs_new(const FontSpec *spec) {
    PangoAttrList *attrs = pango_attr_list_new();
    pango_attr_list_insert(attrs, pango_attr_fallback_new(FALSE));
    g_autoptr(GString) features = g_string_new(spec->features);
    if (g_str_has_prefix(spec->family, "Inter") && !strstr(features->str, "calt"))
        g_string_append(features, features->len ? ",calt=0" : "calt=0");
    if (features->len) pango_attr_list_insert(attrs, pango_attr_font_features_new(features->str));
    return attrs;
}

static Font *font_new(Fonts *fonts, const FontSpec *spec) {
    Font *font = g_new0(Font, 1);
    font->spec = *spec;
    font->spec.family = g_strdup(spec->family);
    font->spec.features = g_strdup(spec->features);
    font->desc = pango_font_description_new();
    pango_font_description_set_family(font->desc, spec->family);
    pango_font_description_set_weight(font->desc, (PangoWeight)spec->weight);
    pango_font_description_set_style(font->desc,
                                     spec->is_italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_font_description_set_absolute_size(font->desc, spec->size * PANGO_SCALE);
    font->pango = pango_font_map_load_font(fonts->map, fonts->context, font->desc);
    g_assert(font->pango);
    /* pango makes the scaled font on first use, without a lock; threads that paint only read it. */
    (void)pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font->pango));
    font->attrs = attrs_new(spec);
    font->face = face_find(fonts, hb_font_get_face(pango_font_get_hb_font(font->pango)));
    font->space_glyph = face_glyph(font->face, ' ');
    font->hyphen_glyph = face_glyph(font->face, '-');
    font->metrics = face_metrics(font->face, spec->size);
    return font;
}

const FontSpec *fonts_spec(const Fonts *fonts, int id) {
    return &font_at(fonts, id)->spec;
}

static bool is_spec(const FontSpec *a, const FontSpec *b) {
    return a->size == b->size && a->weight == b->weight && a->is_italic == b->is_italic &&
           g_str_equal(a->family, b->family) && g_strcmp0(a->features, b->features) == 0;
}

int fonts_find(Fonts *fonts, const char *family, FontWeight weight, bool is_italic, double size,
               const char *features) {
    FontSpec spec = {.family = (char *)family,
                     .weight = weight,
                     .is_italic = is_italic,
                     .size = size,
                     .features = features && *features ? (char *)features : NULL};
    guint n = fonts->fonts->len;
    for (guint id = 0; id < n; id++) /* a few dozen: less than to make a key and hash it */
        if (is_spec(fonts_spec(fonts, (int)id), &spec)) return (int)id;
    g_assert(has_name((const char *const *)fonts->families, family) && size > 0);
    g_ptr_array_add(fonts->fonts, font_new(fonts, &spec));
    return (int)n;
}

size_t fonts_count(const Fonts *fonts) {
    return fonts->fonts->len;
}

FontMetrics fonts_metrics(const Fonts *fonts, int id) {
    return font_at(fonts, id)->metrics;
}

PangoFont *fonts_pango(const Fonts *fonts, int id) {
    return font_at(fonts, id)->pango;
}

cairo_scaled_font_t *fonts_scaled(const Fonts *fonts, int id) {
    return pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font_at(fonts, id)->pango));
}

PangoContext *fonts_context(Fonts *fonts, int id) {
    if (fonts->context_font != id)
        pango_context_set_font_description(fonts->context, font_at(fonts, id)->desc);
    fonts->context_font = id;
    return fonts->context;
}

PangoAttrList *fonts_attrs(const Fonts *fonts, int id) {
    return font_at(fonts, id)->attrs;
}

uint32_t fonts_space_glyph(const Fonts *fonts, int id) {
    return font_at(fonts, id)->space_glyph;
}

uint32_t fonts_hyphen_glyph(const Fonts *fonts, int id) {
    return font_at(fonts, id)->hyphen_glyph;
}

Rect fonts_ink(const Fonts *fonts, int id, uint32_t glyph) {
    const Font *font = font_at(fonts, id);
    const GlyphInk *ink = face_ink(font->face, glyph);
    double size = font->spec.size;
    return ink->w < 0 ? RECT_EMPTY
                      : (Rect){ink->x * size, ink->y * size, ink->w * size, ink->h * size};
}

static hb_buffer_t *shape_plain(const Face *face, const char *text, size_t len,
                                const hb_feature_t *feature) {
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, text, (int)len, 0, (int)len);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
    hb_buffer_set_language(buffer, hb_language_from_string("fr", -1));
    hb_shape(face->font, buffer, feature, feature ? 1 : 0);
    return buffer;
}

bool fonts_has_feature(const Fonts *fonts, int id, const char *feature, const char *text,
                       size_t len) {
    const Face *face = font_at(fonts, id)->face;
    hb_feature_t asked;
    if (!len || !hb_feature_from_string(feature, -1, &asked)) return false;
    hb_buffer_t *plain = shape_plain(face, text, len, NULL);
    hb_buffer_t *changed = shape_plain(face, text, len, &asked);
    unsigned n, n_changed;
    const hb_glyph_info_t *a = hb_buffer_get_glyph_infos(plain, &n);
    const hb_glyph_info_t *b = hb_buffer_get_glyph_infos(changed, &n_changed);
    bool has = n == n_changed;
    for (unsigned i = 0; has && i < n; i++) has = a[i].codepoint != b[i].codepoint;
    hb_buffer_destroy(plain);
    hb_buffer_destroy(changed);
    return has;
}
