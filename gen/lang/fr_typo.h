/* lang/fr_typo: one paragraph of text, typed anyhow → the same text by the rules of French
 * typography: no-break spaces, « », ’, –, …, œ. Meaning and words are never changed; where a rule
 * is in doubt the text stays as typed.
 * In: UTF-8, one paragraph (each line of several is treated as one), plain or in Pango markup,
 * whose tags are zero-width: rules read through them and never touch them. Out: a new string, or
 * the edits that lead to it, for styles and spans to follow. f(f(x)) = f(x). Linear in the length.
 * Fails on invalid UTF-8 only. Depends on no locale.
 * Source: Lexique des règles typographiques, Imprimerie nationale, 2002; babel-french for the
 *   spaces; each rule is one row of the table in fr_typo.c, with its id. */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum {
    FR_TYPO_PLAIN = 0,
    FR_TYPO_MARKUP = 1, /* Pango tags and entities are not text; a stray < is */
} FrTypoFlags;

typedef enum { FR_SPACE_NBSP, FR_SPACE_NNBSP } FrTypoSpace;
typedef enum { FR_INCISE_EN, FR_INCISE_EM } FrTypoIncise;
typedef enum { FR_RANGE_EN, FR_RANGE_HYPHEN } FrTypoRange;
typedef enum { FR_TYPO_FRANCE, FR_TYPO_CANADA, FR_TYPO_SWITZERLAND } FrTypoLocale;

/* All zero is the house style. */
typedef struct {
    FrTypoSpace guillemet_space; /* inside « » */
    FrTypoSpace unit_space;      /* before km or °C; % and € always take U+00A0 */
    FrTypoIncise incise_dash;    /* what a spaced hyphen becomes */
    FrTypoRange range_dash;      /* 2010–2014 or 2010-2014 */
    FrTypoLocale locale;       /* Canada: no space before ; ! ?  Switzerland: U+202F before : too */
    const char *const *brands; /* names that own their mark, besides Yahoo! and its like; or NULL */
} FrTypoOptions;

typedef struct {
    size_t at, removed; /* bytes of the text given */
    char *inserted;     /* "" when it only removes */
    const char *rule;   /* "ESP-01" */
} FrTypoEdit;

/* options NULL: the house style. NULL when the text is not UTF-8; fr_typo_edits tells where. */
[[nodiscard]] char *fr_typo(const char *text, FrTypoFlags flags, const FrTypoOptions *options);
/* Edits in order, apart from each other; a GArray that frees what it holds. NULL when the text is
 * not UTF-8: ret_error, which may be NULL, then holds one sentence. */
[[nodiscard]] GArray *fr_typo_edits(const char *text, FrTypoFlags flags,
                                    const FrTypoOptions *options, char **ret_error);
[[nodiscard]] char *fr_typo_apply(const char *text, const GArray *edits);

typedef struct {
    const char *id;   /* "ESP-01" */
    const char *says; /* the rule in a few words */
} FrTypoRule;
/* The n rules in the order they apply; i < fr_typo_rule_count(). */
size_t fr_typo_rule_count(void);
FrTypoRule fr_typo_rule(size_t i);
