/* report/alt_facts: what the rows of one layer tell: how many, the first and the last, the
 * greatest, the longest wait. Private to report/alt. Only rows that the figure shows count. Reading
 * a key here does not mark it as read: whether a mark knows it is for the mark to say. */
#pragma once

#include "report/alt_say.h"
#include "report/report.h"

typedef struct {
    size_t row; /* of the query; the first one of a pile */
    Date date;
    Value value;     /* a number or VALUE_NULL */
    Value low, high; /* the range it is known in */
    bool has_date, is_doubtful, is_least;
} Entry;

typedef struct {
    const Layer *layer;
    const MarkWords *words;
    int panel;
    Saying saying;
    const FrTypoOptions *typography;
    int name, before; /* columns of names, of words before values; -1: none */
    bool is_told;     /* the label alone tells the values: it is said whole */
    Entry *entries;   /* by date when they have one, else as the rows stand */
    size_t n, n_rows; /* symbols, and rows they show */
    bool has_dates, has_values, cumulates, is_stacked, has_classes;
    bool is_event;             /* its dates are those of what happened */
    bool is_least;             /* its total is a minimum: one of its values is */
    const Entry *most, *least; /* NULL without values */
    size_t n_most, n_least;    /* how many share them */
    Value total;               /* VALUE_NULL where it would make no sense */
    bool leaves_doubtful;      /* it is that of the others */
} LayerFacts;

LayerFacts facts_read(const Figure *figure, int panel, const Layer *layer, const MarkWords *words,
                      const FrTypoOptions *typography, Arena *arena);

/* The longest wait between two entries that follow each other; false when there is none. */
typedef struct {
    Date from, to;
    int count;
    DatePrecision unit; /* days, months or years */
} Gap;
bool facts_gap(const LayerFacts *facts, Gap *ret_gap);

/* How many rows are known only so far. */
typedef struct {
    size_t approximate, uncertain, rough, spans, open, ranges, doubtful;
} Doubts;
Doubts facts_doubts(const LayerFacts *facts);

/* The categories of a stack or of classes, in the order of their colours. */
size_t facts_categories(const LayerFacts *facts, const char ***ret_names, Arena *arena);
/* A text of its keys, as it is shown; NULL without one. */
const char *facts_text(const LayerFacts *facts, const char *key, Arena *arena);
/* The entry's name, and its value in words; NULL without one. */
const char *facts_name(const LayerFacts *facts, const Entry *entry, Arena *arena);
const char *facts_say(const LayerFacts *facts, const Entry *entry, Arena *arena);
