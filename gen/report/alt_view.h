/* report/alt_view: what the three lengths share: the layers with their facts, the figure's kind,
 * subject and period. Private to report/alt. */
#pragma once

#include "report/alt_facts.h"
#include "report/alt_label.h"

typedef struct {
    const Figure *figure;
    const LayerFacts *facts; /* of the layers that make the figure */
    size_t n;
    const LayerFacts *backgrounds; /* shaded spans and the like */
    size_t n_backgrounds;
    const LayerFacts *lead;            /* of facts, the one that shows values first; or NULL */
    const char *kind, *title, *period; /* in words; "" for none */
    const char *subtitle;              /* its first sentence, without its stop */
    Arena *arena;
} AltView;

AltView alt_view(const Figure *figure, MarkWordsFind find, const FrTypoOptions *typography,
                 Arena *arena);
const char *alt_describe(const AltView *view);

/* What the figure is, then what it is about: "Frise : les vols". A title that has a colon of its
 * own follows a stop. */
const char *alt_head(const AltView *view, const char *kind);
/* "Bybit, 1,5 milliard de dollars, le 21 février 2025": what is known of an entry, commas between.
 */
const char *alt_entry(const AltView *view, const LayerFacts *facts, const Entry *entry,
                      bool has_date);
/* The greatest or least entry, one of n that are equal: "2 missiles, 4 fois". */
const char *alt_extreme(const AltView *view, const LayerFacts *facts, const Entry *entry, size_t n);
/* From the start of its first date to the end of its last. */
const char *alt_span(const AltView *view, const LayerFacts *facts);
/* "56 événements" */
const char *alt_count(const AltView *view, const LayerFacts *facts);
/* "en haut", "en bas" among several panels; "" else. */
const char *alt_place(const AltView *view, const LayerFacts *facts);
/* Sentences of which some may be left out: those with a need below `least`, and the empty ones. */
typedef struct {
    const char *text;
    int need;
} Clause;
const char *alt_clauses(const AltView *view, const Clause *clauses, size_t n, int least);
/* A sentence: capital and final stop. */
const char *alt_sentence(const char *text, Arena *arena);
