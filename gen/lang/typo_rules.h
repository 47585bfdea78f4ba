/* lang/typo_rules: the rules of fr_typo, one function each, by the file that holds them.
 * A protection marks glyphs with text_protect; any other rule asks for edits, which its caller
 * commits. What each one says stands beside its id in the table of fr_typo.c. */
#pragma once

#include "lang/typo_text.h"

/* typo_protect_net.c, typo_protect_code.c */
void protect_urls(Text *text);        /* PRO-01 */
void protect_mails(Text *text);       /* PRO-02 */
void protect_clock(Text *text);       /* PRO-03 */
void protect_paths(Text *text);       /* PRO-04 */
void protect_code(Text *text);        /* PRO-05 */
void protect_identifiers(Text *text); /* PRO-07 */
void protect_emoticons(Text *text);   /* PRO-08 */
void protect_brands(Text *text);      /* PRO-09 */

/* typo_spaces.c */
void apply_runs_of_spaces(Text *text);    /* ESP-07 */
void apply_trim(Text *text);              /* ESP-08 */
void apply_brackets(Text *text);          /* ESP-06 */
void apply_space_before_low(Text *text);  /* ESP-04 */
void apply_space_after_comma(Text *text); /* ESP-05 */
void apply_runs_of_marks(Text *text);     /* ESP-03 */
void apply_high_marks(Text *text);        /* ESP-01 */
void apply_marks_after_stop(Text *text);  /* ESP-03b */
void apply_colon(Text *text);             /* ESP-02 */

/* typo_words.c */
void apply_ligatures(Text *text);         /* LIG-01 */
void apply_accented_capitals(Text *text); /* CAP-01 */
void apply_a_grave(Text *text);           /* CAP-02 */
void apply_c_cedilla(Text *text);         /* CAP-03 */

/* typo_abbreviations.c */
void apply_ordinals(Text *text);       /* ORD-01 */
void apply_centuries(Text *text);      /* ORD-03 */
void apply_numero(Text *text);         /* ORD-04 */
void apply_titles(Text *text);         /* ABR-01 */
void apply_initials(Text *text);       /* ABR-02 */
void apply_references(Text *text);     /* ABR-03 */
void apply_before_christ(Text *text);  /* ABR-04 */
void apply_regnal_numbers(Text *text); /* ABR-07 */

/* typo_quotes.c */
void apply_apostrophes(Text *text);        /* APO-01 */
void apply_false_apostrophes(Text *text);  /* APO-02 */
void apply_ellipses(Text *text);           /* SUS-01 */
void apply_etc(Text *text);                /* SUS-02 */
void apply_straight_quotes(Text *text);    /* GUI-02 */
void apply_nested_quotes(Text *text);      /* GUI-04 */
void apply_guillemet_spaces(Text *text);   /* GUI-01 */
void apply_curly_quote_spaces(Text *text); /* GUI-03 */

/* typo_dashes.c */
void apply_opening_dash(Text *text); /* TIR-04 */
void apply_ranges(Text *text);       /* TIR-03 */
void apply_minus(Text *text);        /* TIR-05 */
void apply_incises(Text *text);      /* TIR-02 */

/* typo_numbers.c */
void apply_grouped_numbers(Text *text);   /* NOM-01 */
void apply_ungrouped_numbers(Text *text); /* NOM-02 */
void apply_times_sign(Text *text);        /* NOM-10 */
void apply_square_metres(Text *text);     /* UNI-10 */
void apply_units(Text *text);             /* UNI-01 */
void apply_degrees(Text *text);           /* UNI-02 */
void apply_counted_words(Text *text);     /* UNI-05 */

/* typo_dates.c */
void apply_hours(Text *text);          /* HEU-01 */
void apply_first_of_month(Text *text); /* DAT-01 */
void apply_month_capitals(Text *text); /* DAT-03 */
void apply_day_and_month(Text *text);  /* DAT-02 */
void apply_quarters(Text *text);       /* DAT-04 */
