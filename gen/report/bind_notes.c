/* Notes: remarks keyed to rows, never to places. A note that names a row speaks with the columns of
 * that row, and goes with it: once the row is gone, the note is an error. */
#include "report/bind.h"

#include "base/i18n.h"

typedef struct {
    const Layer *layer; /* NULL: no row has this id */
    size_t row;
} RowPlace;

static RowPlace find_row(const Panel *panel, const char *id) {
    for (size_t i = 0; i < panel->n_layers; i++) {
        const Layer *layer = &panel->layers[i];
        for (size_t row = 0; row < layer->data->n_rows; row++)
            if (g_str_equal(layer->keys[row], id)) return (RowPlace){layer, row};
    }
    return (RowPlace){NULL, 0};
}

/* Rows that have ids of their own: a number that counts them is no name to suggest. */
static const char *nearest_id(const Panel *panel, const char *id) {
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    for (size_t i = 0; i < panel->n_layers; i++) {
        const Layer *layer = &panel->layers[i];
        if (table_column(layer->data, "id") < 0) continue;
        for (size_t row = 0; row < layer->data->n_rows; row++)
            g_ptr_array_add(known, (char *)layer->keys[row]);
    }
    g_ptr_array_add(known, NULL);
    return nearest_word(id, (const char *const *)known->pdata);
}

static void tell_missing_row(Binder *binder, const Node *at, const Panel *panel, const Note *note) {
    const char *nearest = nearest_id(panel, note->at);
    g_autofree char *hint =
        nearest ? g_strdup_printf(_("did you mean « %s »?"), nearest)
                : g_strdup(_("name the id or the date of a row that the panel shows, or remove "
                             "the note"));
    diag_error(binder->diag, at->span, "note", hint,
               "this note points at the row « %s », which panel %d does not have", note->at,
               note->panel + 1);
}

/* The date of a row that one symbol shows together with others of its date. */
static bool date_of_row(const Binder *binder, RowPlace place, Date *ret_date) {
    const MarkWords *words = binder->words ? binder->words(place.layer->mark) : NULL;
    if (!words || !words->is_piled) return false;
    const Node *key = words->from ? node_peek(place.layer->node, words->from) : NULL;
    int column = key && key->text ? table_column(place.layer->data, key->text) : -1;
    return column >= 0 &&
           value_as_date(table_cell(place.layer->data, place.row, (size_t)column), ret_date);
}

bool note_is_on(const Note *note, const Medium *medium) {
    return !note->media || g_strv_contains(note->media, medium->name) ||
           g_strv_contains(note->media, medium->layout);
}

/* What `at` names: a date, or a row, whose place is returned. */
static bool find_what_it_names(Binder *binder, const Node *at, const Panel *panel, Note *note,
                               RowPlace *ret_place) {
    Value value = bind_value(binder, at);
    note->at = value_plain(value, binder->arena);
    note->has_date = value_as_date(value, &note->date);
    if (note->has_date) return true;
    if (!panel->n_layers) return false; /* their queries failed, which was told */
    *ret_place = find_row(panel, note->at);
    note->is_row = ret_place->layer != NULL;
    if (!note->is_row)
        tell_missing_row(binder, at, panel, note);
    else
        note->has_date = date_of_row(binder, *ret_place, &note->date);
    return note->is_row;
}

static Side bind_side(Binder *binder, Node *entry) {
    const char *word = node_text(entry, "side", NULL, binder->diag);
    Side side = side_parse(word);
    if (word && side == SIDE_ANY)
        diag_error(binder->diag, node_find(entry, "side")->span, "unknown-value",
                   "write right, left, up or down, or leave it out", "side: « %s » is none", word);
    return side;
}

static bool bind_note(Binder *binder, Node *entry, const Figure *figure, Note *ret_note) {
    Note note = {.node = entry};
    double panel = node_number(entry, "panel", 1, binder->diag);
    bool has_panel = panel >= 1 && panel <= (double)figure->n_panels;
    if (!has_panel)
        diag_error(binder->diag, entry->span, "constraint-error", NULL, "panel: the figure has %zu",
                   figure->n_panels);
    Node *at = node_require(entry, "at", binder->diag);
    if (!at || !has_panel) return false;
    note.panel = (int)panel - 1;
    RowPlace place = {0};
    if (!find_what_it_names(binder, at, &figure->panels[note.panel], &note, &place)) return false;
    note.media = bind_media(binder, entry);
    note.side = bind_side(binder, entry);
    note.text = bind_text(binder, entry, "text", place.layer ? place.layer->data : NULL, place.row);
    *ret_note = note;
    return true;
}

void bind_notes(Binder *binder, Node *node, Figure *figure) {
    Node *notes = node_list(node, "notes", binder->diag);
    if (!notes) return;
    figure->notes = ARENA_ARRAY(binder->arena, Note, notes->n_children);
    for (size_t i = 0; i < notes->n_children; i++) {
        notes->children[i]->is_read = true;
        if (bind_note(binder, notes->children[i], figure, &figure->notes[figure->n_notes]))
            figure->n_notes++;
    }
}
