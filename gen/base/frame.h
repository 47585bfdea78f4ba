/* base/frame: the display list that every output is painted from. Plain data: glyph runs, shapes
 * and structure, in painting order, with what each thing is for (role) and which row it shows
 * (key). Unit: the canvas's own: pt on paper, CSS px on screens (frame->unit says which); origin
 * top left, y down. A Frame owns all it holds (one arena) and knows no font object: fonts are ids
 * given by text/fonts. Building cannot fail. Once built it is passed const and read by tests, the
 * lint and every emitter. */
#pragma once

#include "base/arena.h"
#include "base/color.h"
#include "base/geom.h"

#include <stdint.h>

typedef enum { UNIT_PT, UNIT_PX } FrameUnit;

typedef enum {
    ROLE_NONE,
    /* structure: groups */
    ROLE_PAGE,
    ROLE_FIGURE,
    ROLE_TABLE,
    ROLE_ROW,
    ROLE_CELL,
    ROLE_HEADER_CELL,
    ROLE_LIST,
    ROLE_LIST_ITEM, /* its mark, then its text */
    ROLE_FOOTNOTE,  /* its number, then its text */
    /* text */
    ROLE_KICKER,
    ROLE_TITLE,   /* of the report: H1 */
    ROLE_HEADING, /* of a figure or section: H2 */
    ROLE_SUBTITLE,
    ROLE_PARAGRAPH,
    ROLE_NUMBER, /* a key figure */
    ROLE_LABEL,  /* names a mark, a rule or a band */
    ROLE_NOTE,   /* a written annotation */
    ROLE_TICK,   /* the text of an axis */
    ROLE_LEGEND,
    ROLE_SOURCE,
    /* shapes */
    ROLE_BACKGROUND,
    ROLE_MARK,
    ROLE_LEADER,
    ROLE_AXIS,
    ROLE_GRID,
    ROLE_RULE, /* a dated line through the panels */
    ROLE_BAND,
    ROLE_RULING, /* decoration: lines between blocks */
    ROLE_COUNT,
} Role;

const char *role_name(Role role);

typedef struct {
    uint32_t glyph; /* index in the font */
    float x, y;     /* from the origin of the run */
} Glyph;

typedef struct {
    uint32_t bytes, glyphs; /* how many of each make this cluster */
} Cluster;

/* One font, one size, one colour, on one line. Its text is exactly what copying must give back. */
typedef struct {
    int font; /* id of text/fonts: face and size */
    Color color;
    Point origin; /* on the baseline */
    double advance;
    const char *text; /* UTF-8 */
    const Glyph *glyphs;
    const Cluster *clusters;
    uint32_t n_text, n_glyphs, n_clusters;
} GlyphRun;

typedef enum { SHAPE_RECT, SHAPE_CIRCLE, SHAPE_LINE, SHAPE_POLYGON } ShapeKind;

typedef struct {
    Color fill, stroke; /* alpha 0: none */
    double width;       /* of the stroke */
    double dash;        /* on and off length; 0 is a whole line */
} Paint;

typedef struct {
    ShapeKind kind;
    Paint paint;
    Rect rect;    /* SHAPE_RECT */
    Point center; /* SHAPE_CIRCLE */
    double radius;
    const Point *points; /* SHAPE_LINE (open) and SHAPE_POLYGON */
    uint32_t n_points;
} Shape;

typedef struct {
    const char
        *title; /* goes to bookmarks for ROLE_FIGURE, ROLE_TITLE and ROLE_HEADING; may be NULL */
    const char *alt; /* alternative text of a figure; may be NULL */
} Group;

typedef enum { ITEM_TEXT, ITEM_SHAPE, ITEM_BEGIN, ITEM_END } ItemKind;

/* Width of the stroke that makes a halo, in em: half of it shows around each letter. */
#define FRAME_HALO_EM 0.28

typedef struct {
    ItemKind kind;
    Role role;
    const char *key; /* id of the row shown, or "" */
    int block;       /* items of one text block share it (> 0); 0 outside */
    bool is_haloed;  /* text: a rim of the background colour is painted under it */
    Rect box; /* text: advance width by ascender and descender, grown by the ink; shape: ink */
    union {
        GlyphRun run;
        Shape shape;
        Group group;
    };
} Item;

typedef struct {
    Arena *arena;
    const char *name; /* of the figure or page */
    FrameUnit unit;
    double width, height;
    bool leaves_labels_out; /* those without room, which was told */
    Color background;
    Item *items;
    size_t n, capacity;
    int blocks; /* how many block numbers were given */
} Frame;

[[nodiscard]] Frame *frame_new(const char *name, FrameUnit unit, double width, double height);
void frame_free(Frame *frame);

/* Adders copy what they are given into the frame. `key` may be NULL. */
void frame_begin(Frame *frame, Role role, const char *key, const char *title, const char *alt);
void frame_end(Frame *frame);
int frame_new_block(Frame *frame);
void frame_text(Frame *frame, Role role, const char *key, int block, bool is_haloed,
                const GlyphRun *run, Rect box);
void frame_rect(Frame *frame, Role role, const char *key, Rect rect, Paint paint);
void frame_circle(Frame *frame, Role role, const char *key, Point center, double radius,
                  Paint paint);
void frame_line(Frame *frame, Role role, const char *key, const Point *points, size_t n,
                Paint paint);
void frame_polygon(Frame *frame, Role role, const char *key, const Point *points, size_t n,
                   Paint paint);
/* An item that the frame had, once more: what it points to is the frame's already. */
void frame_item(Frame *frame, const Item *item);
/* Copies every item of `part`, moved by (dx, dy), with block numbers of its own. */
void frame_place(Frame *frame, const Frame *part, double dx, double dy);

/* One line an item at 0.01 unit: the golden form. Numbers are locale-free. */
void frame_dump(const Frame *frame, GString *out);

Paint paint_fill(Color color);
Paint paint_stroke(Color color, double width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Frame, frame_free)
