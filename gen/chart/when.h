/* chart/when: how a date stands on the time axis, for every mark alike. Private to the room.
 * The days it may be are shown when they reach past its symbol: a bar with a cap at each end. What
 * is open runs to the edge of the plot without a cap, and fades there; what is not known fades
 * beside the end that is known; a lane that the edge cuts points over it. Approximate dates are
 * hollow, uncertain ones dashed too. Nothing is drawn outside the plot. */
#pragma once

#include "chart/mark.h"

typedef enum {
    WHEN_SHARP, /* its first or last day */
    WHEN_CUT,   /* it goes on outside the plot */
    WHEN_OPEN,
    WHEN_UNKNOWN,
} WhenEnd;

typedef struct {
    double x0, x1; /* its days, within the plot */
    double x;      /* where its symbol stands */
    WhenEnd start, end;
    unsigned qualifiers; /* DATE_QUALIFIERS */
} When;

/* Does the plot show a day of it, or the known end of one that is unknown elsewhere? Asked before
 * the scales are laid; the figure must have a time axis. */
bool when_is_shown(const Chart *chart, Date date);
/* The day number its symbol stands at: the middle of the days shown, or the one known end. */
double when_day(const Chart *chart, Date date);
When when_of(const Chart *chart, Date date); /* of a date that is shown */
/* The same on another scale of time; what is called x here is a place on it. */
When when_along(const Chart *chart, Date date, Scale scale);

/* The paint of a filled symbol: whole, or hollow in the same colour. */
Paint when_fill(Chart *chart, unsigned qualifiers, Color color);
/* Its days as a bar from top to bottom of `rect`, whose x and w are those to draw. */
void when_paint_rect(Chart *chart, const When *when, Role role, const char *key, Rect rect,
                     Color color);
/* Its days on both sides of a symbol of this radius, at this height. */
void when_paint_reach(Chart *chart, const When *when, const char *key, double y, double radius,
                      Color color);
/* The same above and below a symbol on an upright line at x. */
void when_paint_reach_down(Chart *chart, const When *when, const char *key, double x, double radius,
                           Color color);
/* The room that takes. */
Rect when_reach(const Chart *chart, const When *when, double y, double radius);
/* Do its days reach past a symbol of this radius? */
bool when_has_reach(const Chart *chart, const When *when, double radius);
