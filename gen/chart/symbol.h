/* chart/symbol: the shapes of classes, so that colour never tells them apart alone. Private to the
 * room. Shapes of one radius have one area, that of its circle: a size reads alike in all. */
#pragma once

#include "base/frame.h"

typedef enum {
    SYMBOL_SWATCH, /* of a legend: no shape of a mark */
    SYMBOL_CIRCLE,
    SYMBOL_TRIANGLE,
    SYMBOL_DIAMOND,
    SYMBOL_SQUARE,
    SYMBOL_POINTING_DOWN,
    SYMBOL_END,
} Symbol;

enum { MOST_SYMBOLS = SYMBOL_END - SYMBOL_CIRCLE };

/* How far from its centre a symbol reaches. */
double symbol_reach(Symbol symbol, double radius);
void symbol_paint(Frame *frame, Role role, const char *key, Symbol symbol, Point center,
                  double radius, Paint paint);
