/* chart/stem: labels that stand on stems along a horizontal line, set by chart/label_flag from real
 * measured text. Private to the room. */
#pragma once

#include "chart/label_flag.h"
#include "chart/mark.h"

typedef struct {
    double x;
    const char *key;
    double rank;
    TextBlock *forms[FLAG_FORMS]; /* the text on one line and more; NULL: it has no such form */
    int side, direction, lines;   /* pins, as in FlagWish */
    bool is_placed, is_down, is_left;
    int form;
    double y; /* from the line to the near edge of the box */
} StemLabel;

/* The forms of a text: as it is, then on two lines and on three when that is narrower. */
void stem_measure(Chart *chart, StemLabel *label, RichText text, int most_lines);
/* Two pinned to one side and towards each other, so near that each text covers the other's stem,
 * cannot both stand: an error at `span` that names them, and false. */
bool stem_check_pins(Chart *chart, const StemLabel *labels, size_t n, Span span);
/* Places them within the plot, with this much room over the line and under it. Those that the
 * layout memory knows under this scope keep the places they had. */
void stem_set(Chart *chart, int scope, StemLabel *labels, size_t n, double up, double down);
/* Gives what found no place to the key. */
void stem_leave_out(Chart *chart, int panel, const StemLabel *labels, size_t n, double line_y);
/* The farthest box over the line. */
double stem_height(const StemLabel *labels, size_t n);
/* The text's own box, beside its stem. */
Rect stem_box(const Chart *chart, const StemLabel *label, double line_y);
/* From the line to the far edge of the box. */
double stem_end(const StemLabel *label, double line_y);
void stem_draw_text(Chart *chart, const StemLabel *label, double line_y);
