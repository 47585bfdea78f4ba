/* Figures: their texts, their time span, the layers of their panels with the queries run. */
#include "report/bind.h"

#include "base/i18n.h"
#include "report/alt.h"
#include "report/alt_say.h"

#include <math.h>

static void check_medium(Binder *binder, const char *name, Span place, const char *key) {
    if (!theme_medium(binder->report->theme, name))
        diag_error(binder->diag, place, "media", "name media of the theme",
                   "%s: the theme has no medium « %s »", key, name);
}

const char **bind_media(Binder *binder, Node *map) {
    Node *list = node_list(map, "media", binder->diag);
    if (!list) return NULL;
    const char **media = ARENA_ARRAY(binder->arena, const char *, list->n_children + 1);
    for (size_t i = 0; i < list->n_children; i++) {
        Node *name = list->children[i];
        name->is_read = true;
        media[i] = name->text ? name->text : "";
        check_medium(binder, media[i], name->span, "media");
    }
    media[list->n_children] = NULL;
    return media;
}

/* What the values count, for the alternative texts: `noun: [vol, vols]`. */
static void bind_noun(Binder *binder, Node *node) {
    Node *noun = node_list(node, "noun", binder->diag);
    bool is_pair = noun && noun->n_children == 2;
    for (size_t i = 0; noun && i < noun->n_children; i++) {
        noun->children[i]->is_read = true;
        is_pair &= noun->children[i]->kind == NODE_SCALAR;
    }
    if (noun && !is_pair)
        diag_error(binder->diag, noun->span, "type", "write for example: [vol, vols]",
                   "noun: a singular and a plural are expected");
}

/* An annotation whose coordinates are written in the template, `y: 100` or `y: "{facts.mean}"`: a
 * table of one row, whose columns are named as they are written, so that the mark reads them as any
 * other. */
static const Table *bind_coordinates(Binder *binder, Node *node) {
    static const char *const keys[] = {"x", "y"};
    enum { MOST = G_N_ELEMENTS(keys) };
    Table *table = ARENA_NEW(binder->arena, Table);
    *table = (Table){.name = "",
                     .columns = ARENA_ARRAY(binder->arena, const char *, MOST),
                     .n_rows = 1,
                     .cells = ARENA_ARRAY(binder->arena, Value, MOST)};
    for (size_t i = 0; i < MOST; i++) {
        const Node *written = node_peek(node, keys[i]);
        if (!written || !written->text) continue;
        Value value = bind_value(binder, written);
        if (i == 1 && value.kind == VALUE_TEXT)
            diag_error(binder->diag, written->span, "type-error",
                       "write a number, or give the mark data, and y one of its columns",
                       "y: without data a number is expected");
        table->cells[table->n_columns] = value;
        table->columns[table->n_columns++] = written->text;
    }
    return table;
}

static bool has_coordinates(const Binder *binder, const Node *node, const char *mark) {
    const MarkWords *words = binder->words ? binder->words(mark) : NULL;
    return words && words->is_annotation && !node_peek(node, "data");
}

static Layer bind_layer(Binder *binder, Node *node, const char *mark) {
    Layer layer = {.mark = mark, .node = node};
    layer.data = has_coordinates(binder, node, mark)
                     ? bind_coordinates(binder, node)
                     : bind_query(binder, node_require(node, "data", binder->diag));
    if (!layer.data) return layer;
    layer.keys = bind_keys(binder, layer.data);
    Node *label = node_find(node, "label");
    if (label) layer.labels = bind_rows(binder, label, layer.data);
    return layer;
}

/* Rows that the time axis does not show are not drawn: told once, here, whatever the media. */
static void note_outside(Binder *binder, const Figure *figure, const Layer *layer) {
    const MarkWords *words = binder->words ? binder->words(layer->mark) : NULL;
    bool has_span = figure->has_time && figure->from.first <= figure->to.last;
    size_t n = 0;
    for (size_t i = 0; has_span && i < layer->data->n_rows; i++) {
        Date date;
        n += layer_date(layer, words, i, &date) && !figure_shows(figure, date);
    }
    if (!n) return;
    g_autofree char *message = g_strdup_printf(
        ngettext("%zu row of %zu lies outside the time span: it is not drawn",
                 "%zu rows of %zu lie outside the time span: they are not drawn", n),
        n, layer->data->n_rows);
    diag_note(binder->diag, layer->node->key_span, "outside-time",
              _("widen time, or leave them out in the query"), "%s", message);
}

static void bind_marks(Binder *binder, Node *list, const Figure *figure, Panel *panel) {
    panel->layers = ARENA_ARRAY(binder->arena, Layer, list->n_children);
    for (size_t i = 0; i < list->n_children; i++) {
        Node *entry = list->children[i];
        entry->is_read = true;
        if (entry->kind != NODE_MAP || entry->n_children != 1 ||
            entry->children[0]->kind != NODE_MAP) {
            diag_error(binder->diag, entry->span, "type",
                       "write: - bubble: {data: \"SELECT …\", x: date, …}",
                       "a mark is its name and its keys");
            continue;
        }
        Node *node = node_find(entry, entry->children[0]->key);
        diag_enter(binder->diag, "mark %s", node->key);
        Layer layer = bind_layer(binder, node, node->key);
        bind_noun(binder, node);
        if (layer.data) note_outside(binder, figure, &layer);
        if (layer.data) panel->layers[panel->n_layers++] = layer;
        diag_leave(binder->diag);
    }
}

/* `62%` or a plain number of parts; absent shares split what remains. */
static double read_share(Binder *binder, Node *panel) {
    const char *text = node_text(panel, "height", NULL, binder->diag);
    if (!text) return 0;
    char *end;
    double share = g_ascii_strtod(text, &end);
    if (end != text && *end == '%' && share > 0 && share <= 100) return share / 100;
    diag_error(binder->diag, node_find(panel, "height")->span, "type", "write for example: 62%",
               "height: a share of the figure is expected");
    return 0;
}

static void share_out(Figure *figure) {
    double given = 0;
    size_t missing = 0;
    for (size_t i = 0; i < figure->n_panels; i++) {
        given += figure->panels[i].share;
        missing += figure->panels[i].share == 0;
    }
    for (size_t i = 0; i < figure->n_panels; i++) {
        double *share = &figure->panels[i].share;
        if (*share == 0)
            *share = given < 1 ? (1 - given) / (double)missing : 0.1;
        else if (!missing)
            *share /= given;
    }
}

static void bind_panels(Binder *binder, Node *node, Figure *figure) {
    Node *panels = node_list(node, "panels", binder->diag);
    Node *marks = panels ? NULL : node_require(node, "marks", binder->diag);
    size_t n = panels ? panels->n_children : 1;
    if (!n)
        diag_error(binder->diag, panels->span, "template", "give it a panel, or write marks: alone",
                   "panels: the figure has none");
    figure->panels = ARENA_ARRAY(binder->arena, Panel, n);
    for (size_t i = 0; i < n; i++) {
        Node *panel_node = panels ? panels->children[i] : node;
        Panel *panel = &figure->panels[figure->n_panels++];
        *panel = (Panel){.node = panel_node};
        panel_node->is_read = true;
        if (panels) panel->share = read_share(binder, panel_node);
        Node *list = panels ? node_require(panel_node, "marks", binder->diag) : marks;
        diag_enter(binder->diag, "panel %zu", i + 1);
        if (list && list->kind == NODE_LIST) bind_marks(binder, list, figure, panel);
        diag_leave(binder->diag);
    }
    share_out(figure);
}

static bool bind_day(Binder *binder, Node *time, const char *key, Date *ret_date) {
    Node *node = node_require(time, key, binder->diag);
    if (!node) return false;
    Value value = bind_value(binder, node);
    Date date;
    if (!value_as_date(value, &date)) {
        diag_error(binder->diag, node->span, "type-error", "write a day, a month or a year",
                   "time.%s: not a date", key);
        return false;
    }
    bool is_from = g_str_equal(key, "from");
    if (!(is_from ? date_has_start(date) : date_has_end(date))) {
        diag_error(binder->diag, node->span, "type-error", "write a day, a month or a year",
                   "time.%s: « %s » has no %s day", key, value_plain(value, binder->arena),
                   is_from ? _("first") : _("last"));
        return false;
    }
    *ret_date = date;
    return true;
}

static void bind_time(Binder *binder, Node *node, Figure *figure) {
    Node *time = node_map(node, "time", binder->diag);
    if (!time) return;
    if (!bind_day(binder, time, "from", &figure->from)) return;
    if (!bind_day(binder, time, "to", &figure->to)) return;
    figure->has_time = true;
    if (figure->from.first <= figure->to.last) return;
    diag_error(binder->diag, time->span, "constraint-error", "swap from and to",
               "time: the end comes before the start");
}

/* The template's own words, else those made from the data. A text too long for its place (max, 0
 * for none) is told, not cut: its author knows best what to leave out. */
const char *bind_alt(Binder *binder, Node *node, const char *key, size_t max, const char *made) {
    RichText own = bind_text(binder, node, key, NULL, 0);
    if (!*own.plain) return made;
    const char *text = say_plain(own.plain, binder->arena);
    size_t length = (size_t)g_utf8_strlen(text, -1);
    if (max && length > max)
        diag_warning(binder->diag, node_find(node, key)->span, "alt-length",
                     _("keep what the figure shows, its subject and its main finding"),
                     "%s: the text has %zu characters; %zu at the most are read well", key, length,
                     max);
    return text;
}

static void bind_alts(Binder *binder, Node *node, Figure *figure) {
    const FrTypoOptions *typography = &binder->report->theme->typography;
    AltTexts made = alt_make(figure, binder->words, typography, binder->arena);
    figure->alt = bind_alt(binder, node, "alt", ALT_MAX, made.alt);
    figure->alt_long = bind_alt(binder, node, "alt_long", ALT_LONG_MAX, made.alt_long);
    figure->description = bind_alt(binder, node, "description", 0, made.description);
}

static bool bind_own(Binder *binder, Node *node, const char *key, RichText *ret_text) {
    *ret_text = bind_text(binder, node, key, NULL, 0);
    return node_find(node, key) != NULL;
}

static void bind_variants(Binder *binder, Node *node, Figure *figure) {
    Node *on = node_map(node, "on", binder->diag);
    if (!on) return;
    figure->variants = ARENA_ARRAY(binder->arena, FigureVariant, on->n_children);
    for (size_t i = 0; i < on->n_children; i++) {
        const char *medium = on->children[i]->key;
        Node *own = node_map(on, medium, binder->diag);
        check_medium(binder, medium, on->children[i]->key_span, "on");
        if (!own) continue;
        FigureVariant variant = {.medium = medium};
        variant.has_title = bind_own(binder, own, "title", &variant.title);
        variant.has_subtitle = bind_own(binder, own, "subtitle", &variant.subtitle);
        variant.has_source = bind_own(binder, own, "source", &variant.source);
        variant.has_rules = node_bool(own, "rules", true, binder->diag);
        variant.has_notes = node_bool(own, "notes", true, binder->diag);
        variant.has_conventions = node_bool(own, "conventions", true, binder->diag);
        variant.has_key = node_bool(own, "key", true, binder->diag);
        double names = node_number(own, "labels", -1, binder->diag);
        variant.has_names = names >= 0;
        if (variant.has_names) variant.names = (size_t)fmin(names, 1e6);
        figure->variants[figure->n_variants++] = variant;
    }
}

static const FigureVariant *find_variant(const Figure *figure, const char *medium) {
    for (size_t i = 0; i < figure->n_variants; i++)
        if (g_str_equal(figure->variants[i].medium, medium)) return &figure->variants[i];
    return NULL;
}

Figure figure_on(const Figure *figure, const Medium *medium) {
    Figure shown = *figure;
    const FigureVariant *variant = find_variant(figure, medium->name);
    if (!variant) variant = find_variant(figure, medium->layout);
    if (!variant) return shown;
    if (variant->has_title) shown.title = variant->title;
    if (variant->has_subtitle) shown.subtitle = variant->subtitle;
    if (variant->has_source) shown.source = variant->source;
    if (!variant->has_rules) shown.rules = NULL;
    if (!variant->has_notes) shown.n_notes = 0;
    shown.has_no_conventions = !variant->has_conventions;
    shown.has_no_key |= !variant->has_key;
    shown.has_names = variant->has_names;
    shown.names = variant->names;
    return shown;
}

static void bind_figure(Binder *binder, Node *node, Figure *figure) {
    g_ptr_array_set_size(binder->tables, 0);
    *figure = (Figure){.name = node->key, .node = node};
    bind_time(binder, node, figure);
    bind_panels(binder, node, figure);
    Node *rules = node_map(node, "rules", binder->diag);
    if (rules) {
        figure->rules = ARENA_NEW(binder->arena, Layer);
        *figure->rules = bind_layer(binder, rules, "rules");
        if (figure->rules->data)
            note_outside(binder, figure, figure->rules);
        else
            figure->rules = NULL;
    }
    bind_sources(binder); /* before any text that may cite them */
    figure->title = bind_text(binder, node, "title", NULL, 0);
    figure->subtitle = bind_text(binder, node, "subtitle", NULL, 0);
    bind_notes(binder, node, figure);
    figure->source = bind_text(binder, node, "source", NULL, 0);
    figure->media = bind_media(binder, node);
    figure->has_no_key = !node_bool(node, "key", true, binder->diag);
    bind_variants(binder, node, figure);
    bind_alts(binder, node, figure);
    figure->n_tables = binder->tables->len;
    figure->tables =
        arena_dup(binder->arena, binder->tables->pdata, figure->n_tables * sizeof(char *));
}

void bind_figures(Binder *binder) {
    Node *figures = node_map(binder->report->root, "figures", binder->diag);
    if (!figures) return;
    binder->report->figures = ARENA_ARRAY(binder->arena, Figure, figures->n_children);
    for (size_t i = 0; i < figures->n_children; i++) {
        Node *node = node_map(figures, figures->children[i]->key, binder->diag);
        if (!node) continue;
        diag_enter(binder->diag, "figure %s", node->key);
        bind_figure(binder, node, &binder->report->figures[binder->report->n_figures++]);
        diag_leave(binder->diag);
    }
}

static bool cell_date(const Layer *layer, const char *key, const char *usual, size_t row,
                      Date *ret) {
    const Node *node = key ? node_peek(layer->node, key) : NULL;
    const char *name = node ? node->text : usual;
    int column = name ? table_column(layer->data, name) : -1;
    return column >= 0 && value_as_date(table_cell(layer->data, row, (size_t)column), ret);
}

bool layer_date(const Layer *layer, const MarkWords *words, size_t row, Date *ret) {
    Date last;
    if (!words) return cell_date(layer, "x", "date", row, ret);
    if (!cell_date(layer, words->from, NULL, row, ret)) return false;
    if (cell_date(layer, words->to, NULL, row, &last)) *ret = date_span(*ret, last);
    return true;
}

bool figure_shows(const Figure *figure, Date date) {
    int32_t from = figure->from.first, to = figure->to.last;
    if (date.last < from || date.first > to) return false;
    if (!date_has_start(date) && date.start & DATE_UNKNOWN) return date.last <= to;
    if (!date_has_end(date) && date.end & DATE_UNKNOWN) return date.first >= from;
    return true;
}

bool layer_counts_periods(const Layer *layer, int column) {
    Date first = {0}, date;
    bool is_more = false;
    for (size_t i = 0; column >= 0 && i < layer->data->n_rows; i++) {
        if (!value_as_date(table_cell(layer->data, i, (size_t)column), &date)) return false;
        if (date.precision != DATE_YEAR && date.precision != DATE_MONTH) return false;
        if (date_qualifiers(date)) return false;
        if (i == 0) first = date;
        if (date.precision != first.precision) return false;
        is_more |= date.first != first.first;
    }
    return is_more;
}
