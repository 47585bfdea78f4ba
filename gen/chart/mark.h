/* chart/mark: what a mark sees and gives. Private to the room.
 * A MarkClass is a record of four passes over one layer; any pass may be NULL. read() returns the
 * mark's own state (in the chart's arena), handed to the next passes. */
#pragma once

#include "chart/chart.h"
#include "chart/label.h"
#include "chart/symbol.h"
#include "project/lock.h"

/* The numbers that marks show along one axis. */
typedef struct {
    double low, high; /* of all */
    double least;     /* of those above 0; 0 when none */
    bool is_trained, is_log;
} Domain;

/* An axis of numbers along the foot of a panel, in a figure without time. */
typedef struct {
    bool is_shown, has_grid;
    Domain domain;
    Scale scale;
    const char *unit, *title; /* the unit at the last tick, the title under it; or NULL */
    double overhang;          /* what the lowest marks reach under the panel */
} Foot;

typedef struct {
    Rect rect;
    bool hangs;      /* values grow downwards from the top edge */
    bool has_values; /* draws a value axis with grid lines */
    bool has_baseline;
    bool is_floating; /* positions stand for values, not lengths: its scale may start off 0 */
    Foot foot;
    double foot_height; /* of texts under it: ticks, names of bands */
    Domain values;      /* trained by marks */
    Scale y;            /* value to position */
    const char *unit;   /* printed at the outermost tick, or NULL */
    const char *title;  /* of the value axis, over it; or NULL */
    const Value *bands; /* categories of a band axis, in order; NULL on a time axis */
    size_t n_bands;
} PanelView;

typedef struct {
    const char *name;
    Color color;
    Symbol symbol; /* SYMBOL_SWATCH: a square of the line's height */
    double radius; /* of a circle in a key of areas; 0: of a class */
} LegendEntry;

/* Where a note may point: the free end of a mark. */
typedef struct {
    int panel;
    Date date;
    const char *key;
    Point point;
    double radius; /* of the mark around it; 0: a point */
} Anchor;

typedef struct {
    const Figure *figure;
    const ChartContext *context;
    const Medium *medium;
    Frame *frame;
    Arena *arena;
    Diag *diag;
    GHashTable *answers;          /* flags set already: scope → see chart/stem.c */
    GHashTable *texts;            /* set already: see chart/texts.c */
    bool cannot_turn;             /* a mark writes texts where it paints */
    bool is_turned;               /* time runs downwards: see chart/turn.h */
    Swap swap;                    /* then, from where marks are placed to the canvas */
    bool has_axis;                /* of time; a mark may have one of its own instead */
    Rect plot;                    /* of all panels and the strip of the time axis */
    Scale x;                      /* day number to position, when the figure has a time axis */
    double left_need, right_need; /* margins that marks asked for */
    /* at the left, for values of an axis that marks would hide: kept for them, and wanted */
    double values_room, values_wanted;
    PanelView *panels;
    double strip_y, strip_height; /* the years of a time axis */
    /* labels without room: numbered, and listed in a key; see chart/key.h */
    GArray *left_out; /* LeftOut */
    size_t n_left_out;
    double key_room, key_need;    /* height of the key: kept for it, and wanted by it */
    double slack;                 /* of the room, what its labels need empty */
    unsigned lanes, lanes_wanted; /* panels with a lane of numbers, as bits */
    /* conventions of doubt: explained under the figure, and painted; see chart/convention.h */
    unsigned conventions, conventions_used;
    double grow, grow_wanted; /* height that a mark was given over the usual one, and wants */
    GArray *legend;           /* LegendEntry */
    GArray *anchors;          /* Anchor */
    LabelField *field;
    bool lacks_room;            /* the last round had none to draw in */
    bool is_keyless;            /* what has no room is left out */
    const char *first_left_out; /* the key of one */
    bool is_faulty;             /* its marks cannot be read: told once for all media */
    /* of the round before, which often asks for the same places */
    LabelField *last_field;
    LabelPlace *last_places;
} Chart;

/* On a medium where time runs downwards (chart/turn.h). */
typedef enum {
    TURN_NEVER, /* it writes texts by itself, or reads badly upright */
    TURN_ALONG, /* when another mark asks for it */
    TURN_LEADS,
} Turn;

/* Painting order: shades, grid and rules, marks; bars too lie under the rules, which must stay
 * seen. */
typedef enum { MARK_SHADE, MARK_UNDER_RULES, MARK_IS_RULE, MARK_OVER_RULES } MarkDepth;

typedef struct {
    const char *name;
    MarkDepth depth;
    void *(*read)(Chart *chart, PanelView *panel, const Layer *layer); /* NULL: a fault */
    void (*measure)(Chart *chart, PanelView *panel, void *state);
    void (*place)(Chart *chart, PanelView *panel, void *state);
    void (*paint)(Chart *chart, PanelView *panel, void *state);
    const MarkWords *words; /* French: how the alternative texts speak of it */
    size_t most_rows;       /* more would be a smear: refused; 0: any number */
    Turn turn;              /* where time runs downwards */
} MarkClass;

extern const MarkClass mark_arc, mark_band, mark_bar, mark_bubble, mark_calendar, mark_dot,
    mark_flag, mark_hbar, mark_interval, mark_line, mark_rule, mark_scatter, mark_text, mark_unit;

/* Channels: the column that `key` of the layer names. -1 after an error when it is required. */
int mark_channel(Chart *chart, const Layer *layer, const char *key, bool is_required);
double mark_number(Chart *chart, const Layer *layer, const char *key, double fallback);
/* How many of its rows are named, on the plot or in the key: `labels` of the mark, or `fallback`,
 * and no more than `labels` of the figure on this medium. */
size_t mark_names(Chart *chart, const Layer *layer, size_t fallback);
bool mark_bool(Chart *chart, const Layer *layer, const char *key, bool fallback);
Color mark_color(Chart *chart, const Layer *layer, const char *key, const char *fallback);
/* A cell that must be of a kind; an error naming column and row, and false otherwise. A whole
 * number from 1 to 9999 is a year. */
bool mark_cell_number(Chart *chart, const Layer *layer, size_t row, int column, double *ret);
bool mark_cell_date(Chart *chart, const Layer *layer, size_t row, int column, Date *ret);
/* From the start of one cell's date to the end of the other's; an error when it ends first. */
bool mark_cell_span(Chart *chart, const Layer *layer, size_t row, int from, int to, Date *ret);
/* What has a length from 0, or an area, shows nothing below it: an error, and false. */
bool mark_stands_on_zero(Chart *chart, const Layer *layer, size_t row, double value);
/* A flag in a cell: a number that is not 0. False without a column (-1). */
bool mark_is_true(const Layer *layer, size_t row, int column);
/* Does `log` name the axis, x or y? `true` is y: the values. Reads nothing. */
bool mark_asks_for_log(const Layer *layer, const char *axis);
/* Reads `log`: the scale of values of the whole panel, whichever of its layers asks for it. */
void mark_log(Chart *chart, PanelView *panel, const Layer *layer);
/* The panel's domain takes a value in; on a logarithmic one it must be above 0: an error naming the
 * row, and false otherwise. */
bool mark_train(Chart *chart, PanelView *panel, const Layer *layer, size_t row, double value);
/* The same along the foot of the panel. */
bool mark_train_foot(Chart *chart, PanelView *panel, const Layer *layer, size_t row, double value);
/* Is rank i one of the `most` greatest of n? Of equal ranks the first. They are members of records
 * `stride` bytes apart. */
bool mark_is_among(const double *ranks, size_t stride, size_t n, size_t most, size_t i);
/* The error of a mark that finds no time axis in its figure. */
bool mark_needs_time(Chart *chart, const Layer *layer);
/* The error of a mark in a panel where no other gives values to stand among; asked once all are
 * read. */
bool mark_needs_values(Chart *chart, const PanelView *panel, const Layer *layer);
/* Colours of a `colors:` map: entries in order, {value: colour}. Adds the legend. */
LegendEntry *mark_colors(Chart *chart, const Layer *layer, size_t *ret_n);
/* The same, each with a shape too, from `first` on: colour alone never tells them apart. NULL after
 * an error when there are more than shapes. */
LegendEntry *mark_classes(Chart *chart, const Layer *layer, Symbol first, size_t *ret_n);
/* Which of them a cell names; an error and 0 when none. */
size_t mark_class_of(Chart *chart, const Layer *layer, size_t row, int column,
                     const LegendEntry *entries, size_t n);

/* Reads the channel `side`: where labels are pinned; false after an error. Then the pin of a row,
 * SIDE_ANY in an empty cell. */
bool mark_reads_sides(Chart *chart, const Layer *layer);
Side mark_side(const Layer *layer, size_t row);

/* Texts (chart/texts.c) are kept as long as the chart: asked for again, they cost nothing. */
[[nodiscard]] GHashTable *chart_texts_new(void);
TextBlock *chart_text(Chart *chart, StyleName style, RichText text, double width, TextFit fit);
/* The same text in one colour whatever its spans say: for labels on dark marks. */
TextBlock *chart_text_in(Chart *chart, StyleName style, RichText text, Color color);
/* A text that was not bound: a name from the data, a tick, a unit. Every one gets its typography
 * here, and nowhere before: until it is drawn, a name must equal the cell that it comes from. */
TextBlock *chart_plain(Chart *chart, StyleName style, const char *text);
/* A number as French writes it: 1 234,5. In the chart's arena. */
const char *chart_number(Chart *chart, double value);
/* A category: dates and decimals as French writes them, text and whole numbers as they are. On
 * lines of this width; 0: on one. */
TextBlock *chart_name(Chart *chart, StyleName style, Value value, double width);
/* A label in its own line ends, or on lines of some 45 letters at the most; as wide as the plot
 * where a word is longer. */
double chart_label_width(const Chart *chart);
TextBlock *chart_label(Chart *chart, RichText text);
/* Gives a wish the forms of its text on more lines. */
void chart_narrow(Chart *chart, StyleName style, RichText text, LabelWish *wish);
void chart_anchor(Chart *chart, const PanelView *panel, Date date, const char *key, Point point,
                  double radius);
Color chart_color(const Chart *chart, const char *role);
/* A mark must stand out from the ground, 3:1 (WCAG 2.2, 1.4.11): a paler fill is outlined in a
 * stronger tone of its own. */
Color chart_edge(const Chart *chart, Color color);
Paint chart_fill(const Chart *chart, Color color);
/* The outline stays within the rectangle, and is finer in a thin one. */
void chart_rect(Chart *chart, Role role, const char *key, Rect rect, Color color);

/* The open end of a number that is at least so great: an arrowhead beyond the middle of its bar's
 * end, which points along (dx, dy), one of them 1 or -1; it takes so much room. */
double chart_minimum_room(const Chart *chart);
void chart_minimum(Chart *chart, const char *key, Point end, double dx, double dy, Color color);

/* Is nothing there that a text must not cover? Asked once every mark is placed. */
bool chart_is_free(const Chart *chart, Rect box);
/* Wishes the label of a row beside a point of this radius. */
void chart_wish_label(Chart *chart, const PanelView *panel, const Layer *layer, size_t row,
                      Point point, double radius, double rank);

/* Layout memory (project/lock.h). Scopes part what may have the same key in one figure: the labels
 * of each panel, its notes, its piles, its names of bands and free texts, the rules. */
enum { SCOPE_RULES = 100, SCOPE_NOTES = 200, SCOPE_PILES = 300, SCOPE_REMARKS = 400 };
const LockPlace *chart_recall(const Chart *chart, int scope, const char *key);
void chart_remember(Chart *chart, int scope, const char *key, LockPlace place);
void chart_forget(Chart *chart, int scope, const char *key);
/* What is remembered is recalled from now on. */
void chart_keep(Chart *chart);
/* Is it what was recalled? */
bool chart_is_kept(const Chart *chart);
