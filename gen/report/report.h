/* report/report: what will be said: texts filled, tables picked, no sizes.
 * In: a Template and a Dataset. Out: a Report in one arena. Marks, axes and table cells keep their
 * Node: chart/ and page/ read the keys they own, so that a mark is declared in one place; keys that
 * nobody read are reported when the pages are composed. */
#pragma once

#include "project/project.h"
#include "report/fill.h"
#include "report/words.h"

/* One mark over one query. */
typedef struct {
    const char *mark; /* bubble, bar… as written */
    Node *node;       /* its keys */
    const Table *data;
    const RichText *labels; /* one a row, or NULL */
    const char **keys;      /* the id of each row, or its number */
} Layer;

typedef struct {
    Node *node;
    double share; /* of the figure's plot height, 0–1 */
    Layer *layers;
    size_t n_layers;
} Panel;

/* A written remark on what one row, or one date, of a panel shows. */
typedef struct {
    Node *node;
    RichText text;
    const char *at; /* the id of a row, or a date as ISO writes it */
    bool is_row;
    bool has_date; /* of a row: its mark may stand for all of that date */
    Date date;
    int panel;          /* from 0 */
    Side side;          /* where it must stand */
    const char **media; /* NULL-terminated; NULL: all */
} Note;

bool note_is_on(const Note *note, const Medium *medium);

/* What a figure says otherwise, or leaves out, on one medium and those like it. */
typedef struct {
    const char *medium;
    bool has_title, has_subtitle, has_source; /* each may be empty */
    RichText title, subtitle, source;
    bool has_rules, has_notes, has_conventions, has_key;
    bool has_names; /* each mark names so many rows at the most */
    size_t names;
} FigureVariant;

typedef struct {
    const char *name;
    Node *node;
    RichText title, subtitle, source;
    const char **media; /* that it is laid out for alone, NULL-terminated; NULL: all */
    FigureVariant *variants;
    size_t n_variants;
    /* For who cannot see it, in three lengths (report/alt): plain spaces. */
    const char *alt, *alt_long, *description;
    bool has_time;
    Date from, to; /* first day of from, last day of to */
    Panel *panels;
    size_t n_panels;
    Layer *rules;            /* NULL: none */
    bool has_no_conventions; /* they are not explained */
    bool has_no_key;         /* labels without room are left out, not numbered */
    bool has_names;          /* each mark names so many rows at the most */
    size_t names;
    Note *notes;
    size_t n_notes;
    const char **tables; /* of the data package, that its queries read */
    size_t n_tables;
} Figure;

/* The figure as this medium shows it: its own variant, or that of the layout it takes. */
Figure figure_on(const Figure *figure, const Medium *medium);
/* Does the time axis show a day of it, or the known end of one that is unknown elsewhere? The
 * figure has one. */
bool figure_shows(const Figure *figure, Date date);
/* Are the dates of this column all years, or all months, and more than one? Then rows count what
 * happened in these periods, and no date is in doubt. */
bool layer_counts_periods(const Layer *layer, int column);
/* When a row is, from its first date to its last; false when it has none. words: of its mark, NULL
 * for dated rules. */
bool layer_date(const Layer *layer, const MarkWords *words, size_t row, Date *ret);

typedef enum { PROSE_TEXT, PROSE_HEADING, PROSE_ITEM } ProseKind;

typedef struct {
    ProseKind kind;
    RichText text; /* note calls included */
} ProsePara;

typedef struct {
    int number; /* on the page */
    RichText text;
} ProseNote;

/* Running text in columns, with the notes that it calls. */
typedef struct {
    size_t n_columns; /* 1–4 */
    ProsePara *paras;
    size_t n_paras;
    ProseNote *notes; /* by number */
    size_t n_notes;
} Prose;

typedef enum { SPARK_LINE, SPARK_BARS } SparkKind;

typedef struct {
    Date date;
    Value value;   /* a number; VALUE_NULL: a gap */
    double at;     /* along x: steps, or days, from the first point */
    bool is_apart; /* nothing is known just before it */
    bool is_high;  /* highlighted */
    const char *key;
} SparkPoint;

/* A series as small as a word, beside a key figure. */
typedef struct {
    SparkKind kind;
    SparkPoint *points; /* by date; one at the least has a value */
    size_t n_points;
    DatePrecision step; /* of all the dates: year, month, day; DATE_INTERVAL when they differ */
    const char *alt;    /* plain spaces */
} Spark;

typedef enum { BLOCK_TEXT, BLOCK_PROSE, BLOCK_NUMBER, BLOCK_TABLE, BLOCK_FIGURE } BlockKind;

typedef enum { CELLS_LEFT, CELLS_RIGHT, CELLS_DECIMAL } CellAlign; /* decimal: on the comma */

typedef struct {
    RichText head;
    const RichText *cells; /* one a row */
    double width;          /* share of the table's width */
    CellAlign align;
    /* Columns of the query: drawn as an inline bar, and the range that its value is known in, a
     * whisker on it; -1: none. Their cells are numbers or VALUE_NULL. */
    int bar, low, high;
    Color bar_color;
} TableColumn;

typedef struct {
    const char *name;
    BlockKind kind;
    Node *node;           /* NULL for a figure */
    StyleName style;      /* BLOCK_TEXT, BLOCK_PROSE */
    bool is_right;        /* BLOCK_TEXT: against the right edge */
    const Prose *prose;   /* BLOCK_PROSE */
    RichText title, text; /* BLOCK_TABLE: title and subtitle */
    RichText number;      /* BLOCK_NUMBER */
    const Spark *spark;   /* BLOCK_NUMBER; NULL: none */
    bool has_color;
    Color color;
    const Figure *figure; /* BLOCK_FIGURE */
    const Table *data;    /* BLOCK_TABLE */
    const char **keys;
    TableColumn *columns;
    size_t n_columns;
    bool has_one_scale; /* for the bars of all columns */
} Block;

/* The page as drawn by `areas`: a grid of names; a block spans the cells that repeat its name. */
typedef struct {
    int row, column, n_rows, n_columns;
    Block block;
} Area;

typedef struct {
    int n_rows, n_columns;
    Area *areas; /* by row, then column */
    size_t n_areas;
    double *shares; /* one a row: 0 is as high as its content, else a share of what remains */
    Node *node;
} PageSpec;

typedef struct {
    Arena *arena;
    const char *name;
    const char *title, *author, *description, *license_path; /* for metadata */
    Date as_of;
    const Theme *theme;
    Figure *figures;
    size_t n_figures;
    PageSpec *pages;
    size_t n_pages;
    Node *root;
} Report;

/* `words` finds what a mark says of itself; NULL: alternative texts are made without it. */
[[nodiscard]] Report *report_bind(const Project *project, const Template *template, Dataset *data,
                                  MarkWordsFind words, Diag *diag);
void report_free(Report *report);
/* Every key of the template that nobody asked for: call once the pages are composed. */
void report_unread(const Report *report, Diag *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Report, report_free)
