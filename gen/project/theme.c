#include "project/theme.h"

#include "base/i18n.h"
#include "lang/fr_typo_options.h"

#include <string.h>

static const char *const style_names[STYLE_COUNT] = {
    [STYLE_KICKER] = "kicker",   [STYLE_TITLE] = "title",
    [STYLE_LEDE] = "lede",       [STYLE_BODY] = "body",
    [STYLE_NUMBER] = "number",   [STYLE_NUMBER_TEXT] = "number_text",
    [STYLE_HEADING] = "heading", [STYLE_SUBTITLE] = "subtitle",
    [STYLE_LABEL] = "label",     [STYLE_NOTE] = "note",
    [STYLE_TICK] = "tick",       [STYLE_YEAR] = "year",
    [STYLE_VALUE] = "value",     [STYLE_LEGEND] = "legend",
    [STYLE_TABLE] = "table",     [STYLE_TABLE_HEAD] = "table_head",
    [STYLE_SOURCE] = "source",
};

typedef struct {
    Theme *theme;
    Node *fonts; /* name -> family */
    Arena *arena;
    Diag *diag;
} Reader;

/* The texts of a list, NULL-terminated. */
static const char **read_texts(Reader *reader, Node *list) {
    size_t n = list ? list->n_children : 0;
    const char **texts = ARENA_ARRAY(reader->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        list->children[i]->is_read = true;
        texts[i] = list->children[i]->text ? list->children[i]->text : "";
    }
    return texts;
}

static void read_fonts(Reader *reader, Node *root) {
    Node *fonts = node_require(root, "fonts", reader->diag);
    if (!fonts || fonts->kind != NODE_MAP) return;
    reader->theme->font_dirs = read_texts(reader, node_list(fonts, "dirs", reader->diag));
    Node *hyphenation = node_find(fonts, "hyphenation");
    reader->theme->hyphenation = node_text(fonts, "hyphenation", NULL, reader->diag);
    reader->theme->hyphenation_span = hyphenation ? hyphenation->span : fonts->key_span;
    reader->fonts = node_map(fonts, "families", reader->diag);
    reader->theme->fonts_span = reader->fonts ? reader->fonts->key_span : fonts->key_span;
    size_t n = reader->fonts ? reader->fonts->n_children : 0;
    const char **families = ARENA_ARRAY(reader->arena, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        families[i] = node_text(reader->fonts, reader->fonts->children[i]->key, "", reader->diag);
    reader->theme->families = families;
}

static void report_choice(Reader *reader, const Node *node, FrTypoChoice choice) {
    const char *said = node->text ? node->text : "…"; /* a list or a map */
    const char *nearest = nearest_word(said, choice.values);
    g_autofree char *all = g_strjoinv(", ", (char **)choice.values);
    g_autofree char *hint = nearest ? g_strdup_printf(_("did you mean %s? (%s)"), nearest, all)
                                    : g_strdup_printf(_("use one of: %s"), all);
    diag_error(reader->diag, node->span, "unknown-value", hint,
               "typography.%s: « %s » is not a value it takes", choice.name, said);
}

/* A brand that is no text stands for nothing. */
static const char **read_brands(Reader *reader, Node *list) {
    const char **brands = read_texts(reader, list);
    for (size_t i = 0; list && i < list->n_children; i++)
        if (!*brands[i])
            diag_error(reader->diag, list->children[i]->span, "type",
                       "write a name between quotes: [\"Hop!\"]",
                       "typography.brands: a name is expected");
    return brands;
}

static void read_typography(Reader *reader, Node *root) {
    Node *map = node_map(root, "typography", reader->diag);
    if (!map) return;
    FrTypoOptions *options = &reader->theme->typography;
    for (size_t i = 0; i < fr_typo_choice_count(); i++) {
        FrTypoChoice choice = fr_typo_choice(i);
        const Node *node = node_find(map, choice.name);
        if (!node || node_is_null(node)) continue;
        if (!node->text || !fr_typo_choose(options, i, node->text))
            report_choice(reader, node, choice);
    }
    options->brands = read_brands(reader, node_list(map, "brands", reader->diag));
}

static bool read_color(Reader *reader, Node *node, Color *ret_color) {
    node->is_read = true;
    if (node->kind == NODE_SCALAR && color_parse(node->text, ret_color)) return true;
    diag_error(reader->diag, node->span, "colour", "write it as \"#8e1a26\"",
               "colors.%s: not a colour", node->key);
    return false;
}

static void read_colors(Reader *reader, Node *root) {
    Node *colors = node_map(root, "colors", reader->diag);
    if (!colors) return;
    Theme *theme = reader->theme;
    theme->colors = ARENA_ARRAY(reader->arena, ThemeColor, colors->n_children);
    for (size_t i = 0; i < colors->n_children; i++) {
        Color color;
        if (read_color(reader, colors->children[i], &color))
            theme->colors[theme->n_colors++] = (ThemeColor){colors->children[i]->key, color};
    }
}

/* The palette of a medium: that of the theme, with the roles it gives anew. */
static ThemeColor *read_palette(Reader *reader, Node *map) {
    const Theme *theme = reader->theme;
    Node *colors = node_map(map, "colors", reader->diag);
    if (!colors) return NULL;
    ThemeColor *palette = ARENA_ARRAY(reader->arena, ThemeColor, theme->n_colors + 1);
    if (theme->n_colors) memcpy(palette, theme->colors, theme->n_colors * sizeof *palette);
    for (size_t i = 0; i < colors->n_children; i++) {
        Node *node = colors->children[i];
        Color color;
        if (!read_color(reader, node, &color)) continue;
        size_t at = 0;
        while (at < theme->n_colors && !g_str_equal(palette[at].name, node->key)) at++;
        if (at < theme->n_colors)
            palette[at].color = color;
        else
            diag_error(reader->diag, node->key_span, "unknown-value",
                       "add it to the colours of the theme first",
                       "« %s » is not a colour of the theme", node->key);
    }
    return palette;
}

static FontWeight read_weight(Reader *reader, Node *map, const char *key, FontWeight fallback) {
    static const struct {
        const char *name;
        FontWeight weight;
    } weights[] = {{"regular", FONT_REGULAR},
                   {"medium", FONT_MEDIUM},
                   {"semibold", FONT_SEMIBOLD},
                   {"bold", FONT_BOLD}};
    Node *node = node_find(map, key);
    if (!node) return fallback;
    for (size_t i = 0; i < G_N_ELEMENTS(weights) && node->text; i++)
        if (g_str_equal(node->text, weights[i].name)) return weights[i].weight;
    diag_error(reader->diag, node->span, "unknown-value", "use regular, medium, semibold or bold",
               "%s: unknown font weight", key);
    return fallback;
}

static const char *read_family(Reader *reader, Node *map) {
    Node *node = node_require(map, "font", reader->diag);
    if (!node || !node->text) return "";
    Node *family = reader->fonts ? node_find(reader->fonts, node->text) : NULL;
    if (family && family->text) return family->text;
    diag_error(reader->diag, node->span, "unknown-value",
               "name one of the entries of fonts.families", "font: « %s » is not in the theme",
               node->text);
    return "";
}

static Color style_color(const Reader *reader, Node *node, const ThemeColor *palette) {
    Theme theme = *reader->theme;
    if (palette) theme.colors = (ThemeColor *)palette;
    return theme_color(&theme, node->text ? node->text : "ink", node->span, reader->diag);
}

static TextStyle read_style(Reader *reader, Node *map, const TextStyle *like,
                            const ThemeColor *palette) {
    Diag *diag = reader->diag;
    TextStyle style = *like;
    if (!like->family || node_find(map, "font")) style.family = read_family(reader, map);
    style.size = node_number(map, "size", like->size > 0 ? like->size : 10, diag);
    double ratio = like->size > 0 ? like->leading / like->size : 1.25;
    style.leading = node_number(map, "leading", style.size * ratio, diag);
    style.weight = read_weight(reader, map, "weight", like->size > 0 ? like->weight : FONT_REGULAR);
    style.bold_weight =
        read_weight(reader, map, "bold", like->size > 0 ? like->bold_weight : FONT_SEMIBOLD);
    style.letter_space = node_number(map, "letter_space", like->letter_space, diag);
    style.features = node_text(map, "features", like->features, diag);
    Node *color = node_find(map, "color");
    if (color)
        style.color = style_color(reader, color, palette);
    else if (!like->size)
        style.color = theme_color(reader->theme, "ink", map->span, diag);
    return style;
}

static void read_styles(Reader *reader, Node *map, Medium *medium, bool is_whole) {
    static const TextStyle none = {0};
    for (int i = 0; i < STYLE_COUNT; i++) {
        Node *style = is_whole ? node_require(map, style_names[i], reader->diag)
                               : node_find(map, style_names[i]);
        if (style && style->kind == NODE_MAP)
            medium->styles[i] =
                read_style(reader, style, is_whole ? &none : &medium->styles[i], medium->colors);
    }
}

/* A colour of the theme becomes that of the same role in the palette. */
static Color recolor(const Theme *theme, const ThemeColor *palette, Color color) {
    for (size_t i = 0; i < theme->n_colors; i++)
        if (!memcmp(&theme->colors[i].color, &color, sizeof color)) return palette[i].color;
    return color;
}

static unsigned read_scales(const Reader *reader, Node *map, unsigned fallback) {
    Node *list = node_list(map, "scales", reader->diag);
    unsigned scales = 0;
    for (size_t i = 0; list && i < list->n_children; i++) {
        Node *node = list->children[i];
        node->is_read = true;
        bool is_known =
            node->text && (g_str_equal(node->text, "1") || g_str_equal(node->text, "2"));
        if (is_known)
            scales |= node->text[0] == '1' ? 1 : 2;
        else
            diag_error(reader->diag, node->span, "unsupported-value", "write [1], [2] or [1, 2]",
                       "scales: 1 or 2 is expected");
    }
    return scales ? scales : fallback;
}

/* The medium that this one is like, read before it: what it does not say is as there. */
static const Medium *find_like(const Reader *reader, Node *map) {
    Node *node = node_find(map, "like");
    if (!node) return NULL;
    const Medium *like = node->text ? theme_medium(reader->theme, node->text) : NULL;
    if (!like)
        diag_error(reader->diag, node->span, "media", "name a medium that stands above this one",
                   "like: « %s » is not a medium read so far", node->text ? node->text : "");
    return like;
}

static Medium read_medium(Reader *reader, Node *map) {
    static const Medium plain = {.width = 680,
                                 .ratio = 0.62,
                                 .labels = SIZE_MAX,
                                 .scales = 3,
                                 .gap = 12,
                                 .floor = 7,
                                 .line = 0.75};
    Diag *diag = reader->diag;
    const Medium *like = find_like(reader, map);
    const Medium *base = like ? like : &plain;
    Medium medium = *base;
    medium.name = map->key;
    Node *unit = node_find(map, "unit");
    if (unit || !like)
        medium.unit = unit && unit->text && g_str_equal(unit->text, "pt") ? UNIT_PT : UNIT_PX;
    medium.width = node_number(map, "width", base->width, diag);
    medium.height = node_number(map, "height", base->height, diag);
    medium.ratio = node_number(map, "ratio", base->ratio, diag);
    medium.is_upright = node_bool(map, "vertical", base->is_upright, diag);
    double labels = node_number(map, "labels", -1, diag);
    if (labels >= 0) medium.labels = (size_t)labels;
    medium.scales = read_scales(reader, map, base->scales);
    Node *margin = node_map(map, "margin", diag);
    medium.left = node_number(margin, "left", base->left, diag);
    medium.right = node_number(margin, "right", base->right, diag);
    medium.top = node_number(margin, "top", base->top, diag);
    medium.bottom = node_number(margin, "bottom", base->bottom, diag);
    medium.gap = node_number(map, "gap", base->gap, diag);
    medium.floor = node_number(map, "floor", base->floor, diag);
    medium.line = node_number(map, "line", base->line, diag);
    medium.is_page = node_bool(map, "pages", false, diag);
    medium.colors = read_palette(reader, map);
    for (int i = 0; medium.colors && i < STYLE_COUNT; i++)
        medium.styles[i].color = recolor(reader->theme, medium.colors, medium.styles[i].color);
    Node *styles = like ? node_find(map, "styles") : node_require(map, "styles", diag);
    if (styles && styles->kind == NODE_MAP) read_styles(reader, styles, &medium, !like);
    bool is_same_layout = like && medium.colors && map->n_children == 2;
    medium.layout = is_same_layout ? like->layout : medium.name;
    return medium;
}

static void check_pages(Reader *reader, const Node *media) {
    int n = 0;
    for (size_t i = 0; i < reader->theme->n_media; i++) n += reader->theme->media[i].is_page;
    if (media && n > 1)
        diag_error(reader->diag, media->key_span, "media", "leave « pages: true » to one of them",
                   "media: %d of them hold pages, one can", n);
}

Theme *theme_parse(Node *root, Arena *arena, Diag *diag) {
    size_t before = diag_errors(diag);
    Reader reader = {.theme = ARENA_NEW(arena, Theme), .arena = arena, .diag = diag};
    read_fonts(&reader, root);
    read_typography(&reader, root);
    read_colors(&reader, root);
    Node *media = node_require(root, "media", diag);
    if (media && media->kind == NODE_MAP) {
        reader.theme->media = ARENA_ARRAY(arena, Medium, media->n_children);
        for (size_t i = 0; i < media->n_children; i++) {
            Node *node = node_map(media, media->children[i]->key, diag);
            if (node) reader.theme->media[reader.theme->n_media++] = read_medium(&reader, node);
        }
    }
    check_pages(&reader, media);
    node_report_unread(root, diag);
    return diag_errors(diag) == before ? reader.theme : NULL;
}

Color theme_color(const Theme *theme, const char *name, Span span, Diag *diag) {
    Color color = {0, 0, 0, 255};
    if (name[0] == '#') {
        if (color_parse(name, &color)) return color;
        diag_error(diag, span, "colour", "write it as \"#8e1a26\"", "« %s » is not a colour", name);
        return color;
    }
    if (theme_find_color(theme, name, &color)) return color;
    g_autofree const char **known = g_new0(const char *, theme->n_colors + 1);
    for (size_t i = 0; i < theme->n_colors; i++) known[i] = theme->colors[i].name;
    const char *nearest = nearest_word(name, known);
    g_autofree char *hint = nearest ? g_strdup_printf(_("did you mean « %s »?"), nearest)
                                    : g_strdup(_("name a colour of the theme, or write #rrggbb"));
    diag_error(diag, span, "unknown-value", hint, "« %s » is not a colour of the theme", name);
    return color;
}

bool theme_find_color(const Theme *theme, const char *name, Color *ret_color) {
    for (size_t i = 0; i < theme->n_colors; i++) {
        if (!g_str_equal(theme->colors[i].name, name)) continue;
        *ret_color = theme->colors[i].color;
        return true;
    }
    return false;
}

Color theme_role(const Theme *theme, const char *role) {
    Color color = {0x59, 0x59, 0x59, 255};
    theme_find_color(theme, role, &color);
    return color;
}

Color theme_background(const Theme *theme) {
    Color color = {255, 255, 255, 255};
    theme_find_color(theme, "background", &color);
    return color;
}

const Medium *theme_medium(const Theme *theme, const char *name) {
    for (size_t i = 0; i < theme->n_media; i++)
        if (g_str_equal(theme->media[i].name, name)) return &theme->media[i];
    return NULL;
}
