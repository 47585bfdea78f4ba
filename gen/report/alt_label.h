/* report/alt_label: what the label of a layer shows, read from its template text: the column that
 * names a row, the column of its number and how that number is written. Private to report/alt. */
#pragma once

#include "report/alt_say.h"
#include "report/report.h"

typedef struct {
    int name;   /* the first column of text, -1: none */
    int value;  /* the first column of numbers that are no years, -1: none */
    int before; /* a column of text between the two: "plus de", -1: none */
    bool has_saying;
    Saying saying; /* of `value` */
} LabelFacts;

/* `value`: the column that the mark shows, which the label may write; -1 when there is none. */
LabelFacts label_read(const Layer *layer, int value, Arena *arena);
/* How a text for the eye writes its numbers: by the first filter that tells it. */
Saying label_saying(const char *text, Arena *arena);
