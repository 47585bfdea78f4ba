/* chart/gaps: rules give way to texts. In: the frame of a figure that is painted whole. Out: every
 * line of ROLE_RULE there, upright or level, is broken where it would strike a text, and keeps its
 * place in the order of painting. Labels avoid rules where they can; numbers of axes, totals and
 * flags stand where their marks are. Private to the room. */
#pragma once

#include "chart/mark.h"

void gaps_cut(Chart *chart);
