/* chart/settle: a figure composed in rounds until it has what it wants. Only a composition tells
 * what its labels without room, its doubts and its texts need: the height of a numbered key, lanes
 * of numbers, sentences under the figure, a greater height; the next one is given that. Private to
 * the room. */
#pragma once

#include "chart/mark.h"

/* One composition in what the chart was given; NULL after errors. Sets lacks_room when there was
 * none to draw in. */
typedef Frame *Compose(Chart *chart, double width, double height);

/* NULL after errors, that of a figure without room included. */
[[nodiscard]] Frame *settle_figure(Chart *chart, Compose *compose, double width, double height);
