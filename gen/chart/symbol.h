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
/* The centre of a symbol whose box has its middle there: triangles are not as far up as down. */
Point symbol_center(Symbol symbol, Point middle, double radius);
/* The symbol after `first` in their order, round and round. */
Symbol symbol_after(Symbol first, size_t steps);
void symbol_paint(Frame *frame, Role role, const char *key, Symbol symbol, Point center,
                  double radius, Paint paint);
