#include "lang/fr_typo_options.h"

#include <string.h>

typedef enum {
    CHOICE_GUILLEMET_SPACE,
    CHOICE_UNIT_SPACE,
    CHOICE_INCISE_DASH,
    CHOICE_RANGE_DASH,
    CHOICE_LOCALE,
    CHOICE_COUNT,
} Choice;

enum { MAX_VALUES = 3 };

static const struct {
    const char *name;
    const char *values[MAX_VALUES + 1];
} rows[CHOICE_COUNT] = {
    [CHOICE_GUILLEMET_SPACE] = {"guillemet_space",
                                {[FR_SPACE_NBSP] = "nbsp", [FR_SPACE_NNBSP] = "nnbsp"}},
    [CHOICE_UNIT_SPACE] = {"unit_space", {[FR_SPACE_NBSP] = "nbsp", [FR_SPACE_NNBSP] = "nnbsp"}},
    [CHOICE_INCISE_DASH] = {"incise_dash", {[FR_INCISE_EN] = "en", [FR_INCISE_EM] = "em"}},
    [CHOICE_RANGE_DASH] = {"range_dash", {[FR_RANGE_EN] = "en", [FR_RANGE_HYPHEN] = "hyphen"}},
    [CHOICE_LOCALE] =
        {"locale",
         {[FR_TYPO_FRANCE] = "fr-FR", [FR_TYPO_CANADA] = "fr-CA", [FR_TYPO_SWITZERLAND] = "fr-CH"}},
};

size_t fr_typo_choice_count(void) {
    return CHOICE_COUNT;
}

FrTypoChoice fr_typo_choice(size_t i) {
    return (FrTypoChoice){rows[i].name, rows[i].values};
}

bool fr_typo_choose(FrTypoOptions *options, size_t i, const char *value) {
    unsigned n = 0;
    while (rows[i].values[n] && strcmp(rows[i].values[n], value) != 0) n++;
    if (!rows[i].values[n]) return false;
    switch ((Choice)i) {
    case CHOICE_GUILLEMET_SPACE: options->guillemet_space = (FrTypoSpace)n; break;
    case CHOICE_UNIT_SPACE: options->unit_space = (FrTypoSpace)n; break;
    case CHOICE_INCISE_DASH: options->incise_dash = (FrTypoIncise)n; break;
    case CHOICE_RANGE_DASH: options->range_dash = (FrTypoRange)n; break;
    case CHOICE_LOCALE: options->locale = (FrTypoLocale)n; break;
    case CHOICE_COUNT: break;
    }
    return true;
}
