/* lang/fr_typo_options: the options of lang/fr_typo by the names that people write, in the theme as
 * on the command line: what they are called, the values they take, and how a value is set. Names of
 * brands are a list of the caller's own and have no values to choose from. */
#pragma once

#include "lang/fr_typo.h"

typedef struct {
    const char *name;          /* "guillemet_space" */
    const char *const *values; /* NULL-terminated, the house style first */
} FrTypoChoice;

/* The n choices; i < fr_typo_choice_count(). */
size_t fr_typo_choice_count(void);
FrTypoChoice fr_typo_choice(size_t i);
/* False, and options untouched, when choice i takes no such value. */
bool fr_typo_choose(FrTypoOptions *options, size_t i, const char *value);
