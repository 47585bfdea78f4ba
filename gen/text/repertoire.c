#include "text/repertoire.h"

#include "base/i18n.h"

static const struct {
    const char *letters, *rule;
} needs[] = {
    {"ÀÂÇÉÈÊÎŸ", N_("CAP-01, accented capitals")},
    {"Œœæ", N_("LIG-01, ligatures of spelling")},
    {"«»", N_("GUI-01, guillemets")},
    {"“”", N_("GUI-04, inner quotation marks")},
    {"’", N_("APO-01, the apostrophe")},
    {"–—", N_("TIR-02, dashes")},
    {"…", N_("SUS-01, the ellipsis")},
    {"−", N_("TIR-05, the minus sign")},
    {"×", N_("NOM-10, the multiplication sign")},
    {"€", N_("UNI-01, the euro sign")},
    {"²³", N_("UNI-10, powers")},
    {"°", N_("UNI-02, degrees")},
};

/* The upright regular face of the family, or any. */
static const FcCharSet *family_letters(FcConfig *config, const char *family) {
    const FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);
    FcCharSet *found = NULL;
    for (int i = 0; set && i < set->nfont; i++) {
        FcChar8 *name;
        FcCharSet *letters;
        int slant = FC_SLANT_ROMAN, weight = FC_WEIGHT_REGULAR;
        if (FcPatternGetString(set->fonts[i], FC_FAMILY, 0, &name) != FcResultMatch ||
            FcStrCmpIgnoreCase(name, (const FcChar8 *)family) ||
            FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &letters) != FcResultMatch)
            continue;
        (void)FcPatternGetInteger(set->fonts[i], FC_SLANT, 0, &slant);
        (void)FcPatternGetInteger(set->fonts[i], FC_WEIGHT, 0, &weight);
        if (!found) found = letters;
        if (slant == FC_SLANT_ROMAN && weight == FC_WEIGHT_REGULAR) return letters;
    }
    return found;
}

void repertoire_check(FcConfig *config, const char *family, Diag *diag) {
    const FcCharSet *letters = family_letters(config, family);
    g_autoptr(GString) missing = g_string_new(NULL);
    for (size_t i = 0; letters && i < G_N_ELEMENTS(needs); i++) {
        g_autoptr(GString) lacking = g_string_new(NULL);
        for (const char *p = needs[i].letters; *p; p = g_utf8_next_char(p))
            if (!FcCharSetHasChar(letters, g_utf8_get_char(p)))
                g_string_append_unichar(lacking, g_utf8_get_char(p));
        if (lacking->len)
            g_string_append_printf(missing, "%s%s (%s)", missing->len ? "; " : "", lacking->str,
                                   _(needs[i].rule));
    }
    if (missing->len)
        diag_warning(diag, (Span){0}, "font-repertoire",
                     "a text that uses one of them will fail: name another family in the theme",
                     "the font “%s” lacks %s", family, missing->str);
}
