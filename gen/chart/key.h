/* chart/key: labels without room get a number beside what they name, and their text in a key under
 * the plot: nothing is dropped in silence. Numbers run from left to right. What has no room even
 * for a number shares a lane under its panel: neighbours as one range, « 12–19 », under a bracket
 * that spans them. Private to the room. The room of key and lanes is known once labels are placed:
 * the figure is composed again with it, until what it wants is what it has. */
#pragma once

#include "chart/mark.h"

typedef struct {
    const char *key;
    const TextBlock *block;
    int panel;
    Point point;
    double radius;
    bool may_be_near; /* beside its mark; else in the lane */
} LeftOut;

/* In type sizes: what the number of an entry takes, at the most. A label is never so wide that its
 * entry would not fit the figure. */
enum { KEY_NUMBER = 4 };

void key_leave_out(Chart *chart, LeftOut what);
double key_lane_height(const Chart *chart, size_t panel); /* 0 without a lane */
double key_lanes_height(const Chart *chart);              /* of all panels */
/* After labels are placed: numbers, lanes, and the key with its top left corner at (x, y). Sets
 * what the chart wants: key_need, lanes_wanted. */
void key_paint(Chart *chart, const LabelPlace *places, Point at, double width);
