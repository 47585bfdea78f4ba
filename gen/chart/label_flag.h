/* chart/label_flag: flags along a line of time: each label is a box flush to an upright stem that
 * stands where its event does. Private to the room.
 * A box that covers another's stem stands farther from the line than that stem's box; two that
 * would each cover the other's stem cannot both be. Distances from the line are longest paths in
 * this order, so that no box meets another or a stem, by construction: what cannot be placed so is
 * left out and said, never squeezed in. Flags are set in order of rank, each in its cheapest free
 * form (side, direction, lines), others giving way when it has none; then each tries to better
 * itself. A flag that had a place keeps it unless another could not be set without it moving.
 * Lengths are integers, in 1/64 of the canvas's unit; no random numbers; ties go to the lower
 * index. Distances and prices of a side: label_sides. After Bekos, Kaufmann, Symvonis & Wolff,
 * Boundary labeling, GD 2004 (leaders and ports), for the case where every leader is straight. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FLAG_UNIT = 64, FLAG_FORMS = 3 };

typedef struct {
    int32_t w, h; /* 0: no such form */
} FlagSize;

typedef struct {
    bool is_placed, is_down, is_left;
    int form;  /* index in sizes */
    int32_t y; /* from the line to the near edge of the box */
} FlagPlace;

typedef struct {
    int32_t x;
    FlagSize sizes[FLAG_FORMS]; /* the same text on 1, 2 and 3 lines */
    double rank;                /* the greatest is set first */
    FlagPlace was;              /* where it stood last time; !is_placed: nowhere */
    bool was_left_out;          /* then it moves no other to come in */
    int side, direction, lines; /* pins: 1 up or right, 2 down or left; lines 1–3; 0: free */
} FlagWish;

typedef struct {
    int32_t x0, x1;      /* boxes stay between */
    int32_t up, down;    /* room on each side of the line; 0: no flag there */
    int32_t gap, margin; /* stem to text; between boxes */
    int32_t first;       /* from the line to the nearest box */
} FlagRoom;

/* One place a wish. */
void label_flags_set(const FlagWish *wishes, size_t n, const FlagRoom *room, FlagPlace *ret_places);
/* The horizontal extent of a flag, its stem's gap included: for the caller to draw and to test. */
void label_flag_extent(const FlagWish *wish, const FlagPlace *place, const FlagRoom *room,
                       int32_t *ret_x0, int32_t *ret_x1);
