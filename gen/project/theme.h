/* project/theme: fonts, colour roles and media as the theme file gives them.
 * In: templates/theme.yaml. Out: a Theme in the caller's arena; colours and type styles are
 * resolved, one set of styles a medium, in the medium's own unit (pt on paper, CSS px on screens).
 */
#pragma once

#include "base/frame.h"
#include "lang/fr_typo.h"
#include "project/node.h"
#include "text/para.h"

typedef enum {
    STYLE_KICKER,
    STYLE_TITLE,
    STYLE_LEDE,
    STYLE_BODY,
    STYLE_NUMBER,      /* a key figure */
    STYLE_NUMBER_TEXT, /* what it counts */
    STYLE_HEADING,     /* title of a figure */
    STYLE_SUBTITLE,
    STYLE_LABEL, /* names a mark */
    STYLE_NOTE,  /* a written annotation */
    STYLE_TICK,
    STYLE_YEAR,  /* the years of a main time axis */
    STYLE_VALUE, /* the value beside or above a bar */
    STYLE_LEGEND,
    STYLE_TABLE,
    STYLE_TABLE_HEAD,
    STYLE_SOURCE,
    STYLE_COUNT,
} StyleName;

typedef struct {
    const char *name;
    Color color;
} ThemeColor;

typedef struct {
    const char *name;
    const char *layout; /* the medium whose labels stand where this one's do: itself, or, when it
                         * only has other colours, the one that it is like */
    FrameUnit unit;
    double width, height;            /* height 0: each figure gives its own */
    double ratio;                    /* height of a figure that gives none, of its width */
    size_t labels;                   /* names of marks on one figure, at the most */
    unsigned scales;                 /* of its PNGs, as bits: 1 is once, 2 is twice */
    double left, right, top, bottom; /* margins */
    double gap;                      /* between blocks */
    double floor;                    /* smallest type size allowed */
    double line;                     /* width of thin lines: leaders, grid */
    bool is_upright;                 /* timelines of events run downwards */
    bool is_page;                    /* holds pages of blocks; else one figure alone */
    TextStyle styles[STYLE_COUNT];
    ThemeColor *colors; /* a palette of its own, role by role that of the theme; or NULL */
} Medium;

typedef struct {
    const char **font_dirs, **families; /* NULL-terminated */
    const char *hyphenation; /* path of a dictionary (lang/fr_hyphen); NULL: words are not cut */
    Span hyphenation_span;
    Span fonts_span;
    FrTypoOptions typography; /* of every text of a report */
    ThemeColor *colors;
    size_t n_colors;
    Medium *media;
    size_t n_media;
} Theme;

[[nodiscard]] Theme *theme_parse(Node *root, Arena *arena, Diag *diag);
/* `#rrggbb` or the name of a colour of the theme; an error at `span` and black otherwise. */
Color theme_color(const Theme *theme, const char *name, Span span, Diag *diag);
/* False, and ret_color untouched, when the theme has no such colour. */
bool theme_find_color(const Theme *theme, const char *name, Color *ret_color);
/* A colour that the program itself asks for: muted grey when the theme leaves it out. */
Color theme_role(const Theme *theme, const char *role);
Color theme_background(const Theme *theme); /* white when the theme has none */
const Medium *theme_medium(const Theme *theme, const char *name); /* NULL: unknown */
