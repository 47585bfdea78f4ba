/* report/bind: what the passes of report_bind() share. Private to the room. */
#pragma once

#include "report/report.h"

typedef struct {
    const Project *project;
    Dataset *data;
    Report *report;
    MarkWordsFind words;
    Arena *arena;
    Diag *diag;
    Param *params; /* as_of and the template's own */
    size_t n_params;
    Fact *facts;
    size_t n_facts;
    GPtrArray *tables; /* names of the data tables read for the figure or page at hand */
    int n_notes;       /* called so far on the page at hand */
} Binder;

/* The scope of texts outside rows; add table and row for rows. */
Scope bind_scope(const Binder *binder);
const Table *bind_query(Binder *binder, const Node *sql);
/* `key` of `map` as filled text; empty when absent. */
RichText bind_text(Binder *binder, Node *map, const char *key, const Table *table, size_t row);
/* A template text for every row; NULL after faults (the first faulty row speaks for all). */
const RichText *bind_rows(Binder *binder, const Node *text, const Table *table);
/* The `id` column of each row, or its number. */
const char **bind_keys(Binder *binder, const Table *table);
/* `:name` is a parameter, anything else is read as a date or a number or a text. */
Value bind_value(Binder *binder, const Node *node);
/* A column of the query, -1 and an error with the nearest name when it has none. */
int bind_column(Binder *binder, const Node *name, const Table *table);

/* The names under `media`, NULL-terminated; NULL when it is not written. Unknown ones are reported.
 */
const char **bind_media(Binder *binder, Node *map);
void bind_figures(Binder *binder);
/* The notes of a figure whose panels are bound, each with the columns of the row it names. */
void bind_notes(Binder *binder, Node *node, Figure *figure);
void bind_pages(Binder *binder);
/* A block of prose: `columns`, `text` and `notes`. Never NULL. */
const Prose *bind_prose(Binder *binder, Node *node);

/* The sparkline of a key figure, the map `spark` of its block; NULL after faults. */
const Spark *bind_spark(Binder *binder, Node *block);
/* A cell that is a number, or empty: VALUE_NULL. Else an error at `place`, that names `what` reads
 * it, and false. */
bool bind_cell_number(Binder *binder, const char *what, const Table *table, size_t row, int column,
                      Span place);
/* The template's own words under `key`, or those made from the data; max 0: of any length. */
const char *bind_alt(Binder *binder, Node *node, const char *key, size_t max, const char *made);

/* Counts these tables among those whose sources are to be cited. */
void bind_remember_tables(Binder *binder, const char *const *names, size_t n);
/* Sets {sources}: the short titles of the sources of the tables counted, in package order. */
void bind_sources(Binder *binder);
/* Sets {page} and {pages}. */
void bind_page_number(Binder *binder, size_t page, size_t n_pages);
