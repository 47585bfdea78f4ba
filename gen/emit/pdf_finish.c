#include "emit/pdf_finish.h"

#include "emit/number.h"
#include "emit/pdf_content.h"
#include "emit/xmp.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

/* Object handles live until qpdf_cleanup(). Asking a key of what is not a dictionary is a warning
 * for qpdf: types are tested first. */
typedef struct {
    qpdf_data qpdf;
    const PdfElement *elements;
    size_t n, next; /* the record that the next element must match */
    char *error;    /* the first fault */
    qpdf_oh root, info;
    qpdf_oh names; /* of the notes: an array of /ID and element, in order */
    int n_names;
} Finisher;

static void fail(Finisher *finisher, char *message) {
    if (finisher->error)
        g_free(message);
    else
        finisher->error = message;
}

/* Any direct object, from its text. */
static qpdf_oh parse(Finisher *finisher, const char *text) {
    return qpdf_oh_parse(finisher->qpdf, text);
}

static qpdf_oh get(Finisher *finisher, qpdf_oh dictionary, const char *key) {
    return qpdf_oh_is_dictionary(finisher->qpdf, dictionary)
               ? qpdf_oh_get_key(finisher->qpdf, dictionary, key)
               : qpdf_oh_new_null(finisher->qpdf);
}

static void put(Finisher *finisher, qpdf_oh dictionary, const char *key, qpdf_oh value) {
    qpdf_oh_replace_key(finisher->qpdf, dictionary, key, value);
}

static bool has_name(Finisher *finisher, qpdf_oh dictionary, const char *key, const char *name) {
    return qpdf_oh_is_name_and_equals(finisher->qpdf, get(finisher, dictionary, key), name);
}

/* The stream keeps a copy of the bytes. */
static void put_data(Finisher *finisher, qpdf_oh stream, const char *data, size_t length) {
    qpdf_data qpdf = finisher->qpdf;
    qpdf_oh_replace_stream_data(qpdf, stream, (const unsigned char *)data, length,
                                qpdf_oh_new_null(qpdf), qpdf_oh_new_null(qpdf));
}

/* ---- structure */

static void put_attributes(Finisher *finisher, qpdf_oh element, const PdfElement *record) {
    g_autoptr(GString) text = g_string_new(NULL);
    Rect box = record->box;
    if (record->scope) {
        g_string_append_printf(text, "<</O/Table/Scope/%s>>", record->scope);
    } else if (!rect_is_empty(box)) {
        const double sides[] = {box.x, box.y, box.x + box.w, box.y + box.h};
        g_string_append(text, "<</O/Layout/Placement/Block/BBox[");
        for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
            if (i) g_string_append_c(text, ' ');
            frame_number_append(text, sides[i]);
        }
        g_string_append(text, "]>>");
    }
    if (text->len) put(finisher, element, "/A", parse(finisher, text->str));
}

/* ISO 14289-1, 7.9: each Note has an /ID of its own; ISO 32000-1, 14.7.2: which the tree lists, in
 * the order of the bytes. */
static void put_note_name(Finisher *finisher, qpdf_oh element, int note) {
    qpdf_data qpdf = finisher->qpdf;
    g_autofree char *name = g_strdup_printf("note-%06d", note);
    if (!finisher->n_names++) finisher->names = qpdf_oh_new_array(qpdf);
    put(finisher, element, "/ID", qpdf_oh_new_string(qpdf, name));
    qpdf_oh_append_item(qpdf, finisher->names, qpdf_oh_new_string(qpdf, name));
    qpdf_oh_append_item(qpdf, finisher->names, element);
}

static void put_names(Finisher *finisher, qpdf_oh tree) {
    if (!finisher->n_names) return;
    qpdf_oh names = qpdf_oh_new_dictionary(finisher->qpdf);
    put(finisher, names, "/Names", finisher->names);
    put(finisher, tree, "/IDTree", qpdf_make_indirect_object(finisher->qpdf, names));
}

static void walk_element(Finisher *finisher, qpdf_oh element) {
    qpdf_data qpdf = finisher->qpdf;
    if (finisher->next == finisher->n) {
        fail(finisher, g_strdup("more structure elements than tags"));
        return;
    }
    const PdfElement *record = &finisher->elements[finisher->next++];
    qpdf_oh type = get(finisher, element, "/S");
    if (!qpdf_oh_is_name(qpdf, type) || strcmp(qpdf_oh_get_name(qpdf, type) + 1, record->type)) {
        fail(finisher, g_strdup_printf("structure element %zu is not the %s that was drawn",
                                       finisher->next, record->type));
        return;
    }
    if (record->alt) put(finisher, element, "/Alt", qpdf_oh_new_unicode_string(qpdf, record->alt));
    if (record->note) put_note_name(finisher, element, record->note);
    put_attributes(finisher, element, record);
    qpdf_oh kids = qpdf_oh_wrap_in_array(qpdf, get(finisher, element, "/K"));
    int n = qpdf_oh_get_array_n_items(qpdf, kids);
    for (int i = 0; i < n && !finisher->error; i++) {
        qpdf_oh kid = qpdf_oh_get_array_item(qpdf, kids, i);
        if (has_name(finisher, kid, "/Type", "/StructElem")) walk_element(finisher, kid);
    }
}

static void finish_structure(Finisher *finisher) {
    qpdf_data qpdf = finisher->qpdf;
    if (finisher->n == 1) return; /* empty pages: cairo leaves out an empty Document */
    qpdf_oh tree = get(finisher, finisher->root, "/StructTreeRoot");
    qpdf_oh kids = qpdf_oh_wrap_in_array(qpdf, get(finisher, tree, "/K"));
    if (qpdf_oh_get_array_n_items(qpdf, kids) != 1) {
        fail(finisher, g_strdup("the structure tree has no single root"));
        return;
    }
    walk_element(finisher, qpdf_oh_get_array_item(qpdf, kids, 0));
    if (finisher->next != finisher->n)
        fail(finisher,
             g_strdup_printf("%zu tags, %zu structure elements", finisher->n, finisher->next));
    put_names(finisher, tree);
}

/* ---- pages */

static void finish_page(Finisher *finisher, qpdf_oh page) {
    unsigned char *data = NULL;
    size_t length = 0;
    const char *error = NULL;
    put(finisher, page, "/Tabs", parse(finisher, "/S"));
    if (qpdf_oh_get_page_content_data(finisher->qpdf, page, &data, &length) & QPDF_ERRORS) {
        fail(finisher, g_strdup("the drawing of a page cannot be read"));
        return;
    }
    g_autoptr(GString) marked = pdf_content_mark((const char *)data, length, &error);
    free(data); /* qpdf's own, from malloc */
    if (marked)
        put_data(finisher, get(finisher, page, "/Contents"), marked->str, marked->len);
    else
        fail(finisher, g_strdup(error));
}

static void finish_pages(Finisher *finisher) {
    int n = qpdf_get_num_pages(finisher->qpdf);
    for (int i = 0; i < n && !finisher->error; i++)
        finish_page(finisher, qpdf_get_page_n(finisher->qpdf, (size_t)i));
}

/* ISO 14289-1, 7.21.3.2: an embedded TrueType CID font says how its glyphs are numbered. */
static void finish_fonts(Finisher *finisher) {
    qpdf_data qpdf = finisher->qpdf;
    qpdf_oh size = get(finisher, qpdf_get_trailer(qpdf), "/Size");
    int n = qpdf_oh_is_integer(qpdf, size) ? qpdf_oh_get_int_value_as_int(qpdf, size) : 0;
    for (int id = 1; id < n; id++) {
        qpdf_oh object = qpdf_get_object_by_id(qpdf, id, 0);
        if (has_name(finisher, object, "/Subtype", "/CIDFontType2") &&
            !qpdf_oh_has_key(qpdf, object, "/CIDToGIDMap"))
            put(finisher, object, "/CIDToGIDMap", parse(finisher, "/Identity"));
    }
}

/* ---- the document */

static void put_dates(Finisher *finisher, const About *about) {
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(about->created);
    g_autofree char *date = time ? g_date_time_format(time, "(D:%Y%m%d%H%M%SZ)") : NULL;
    if (!date) return;
    put(finisher, finisher->info, "/CreationDate", parse(finisher, date));
    put(finisher, finisher->info, "/ModDate", parse(finisher, date));
}

static void put_xmp(Finisher *finisher, const About *about) {
    qpdf_data qpdf = finisher->qpdf;
    qpdf_oh producer = get(finisher, finisher->info, "/Producer");
    g_autofree char *name =
        qpdf_oh_is_string(qpdf, producer) ? g_strdup(qpdf_oh_get_utf8_value(qpdf, producer)) : NULL;
    g_autofree char *xmp = xmp_document(about, name);
    qpdf_oh stream = qpdf_make_indirect_object(qpdf, qpdf_oh_new_stream(qpdf));
    qpdf_oh dictionary = qpdf_oh_get_dict(qpdf, stream);
    put_data(finisher, stream, xmp, strlen(xmp));
    put(finisher, dictionary, "/Type", parse(finisher, "/Metadata"));
    put(finisher, dictionary, "/Subtype", parse(finisher, "/XML"));
    put(finisher, finisher->root, "/Metadata", stream);
}

/* cairo 1.16 takes the root of the bookmarks for a closed one; its count cannot be negative. */
static void put_bookmarks(Finisher *finisher) {
    qpdf_data qpdf = finisher->qpdf;
    qpdf_oh root = get(finisher, finisher->root, "/Outlines");
    qpdf_oh count = get(finisher, root, "/Count");
    if (!qpdf_oh_is_integer(qpdf, count)) return;
    put(finisher, root, "/Count",
        qpdf_oh_new_integer(qpdf, llabs(qpdf_oh_get_int_value(qpdf, count))));
}

static void finish_catalog(Finisher *finisher, const About *about) {
    put(finisher, finisher->root, "/Lang", parse(finisher, "(fr-FR)"));
    put(finisher, finisher->root, "/ViewerPreferences",
        parse(finisher, "<</DisplayDocTitle true>>"));
    put_bookmarks(finisher);
    put_dates(finisher, about);
    put_xmp(finisher, about);
}

static const char *qpdf_fault(Finisher *finisher) {
    qpdf_data qpdf = finisher->qpdf;
    if (qpdf_has_error(qpdf)) return qpdf_get_error_full_text(qpdf, qpdf_get_error(qpdf));
    if (qpdf_more_warnings(qpdf)) return qpdf_get_error_full_text(qpdf, qpdf_next_warning(qpdf));
    return NULL;
}

static GBytes *write_document(Finisher *finisher) {
    qpdf_data qpdf = finisher->qpdf;
    qpdf_init_write_memory(qpdf);
    qpdf_set_minimum_pdf_version(qpdf, "1.7");
    qpdf_set_object_stream_mode(qpdf, qpdf_o_generate);
    qpdf_set_newline_before_endstream(qpdf, QPDF_TRUE);
    qpdf_set_deterministic_ID(qpdf, QPDF_TRUE);
    qpdf_write(qpdf);
    const char *fault = qpdf_fault(finisher);
    if (fault) {
        fail(finisher, g_strdup(fault));
        return NULL;
    }
    return g_bytes_new(qpdf_get_buffer(qpdf), qpdf_get_buffer_length(qpdf));
}

static GBytes *finish(Finisher *finisher, GBytes *drawn, const About *about) {
    qpdf_data qpdf = finisher->qpdf;
    gsize length;
    const char *data = g_bytes_get_data(drawn, &length);
    if (qpdf_read_memory(qpdf, "cairo", data, length, NULL) & QPDF_ERRORS) {
        fail(finisher, g_strdup(qpdf_fault(finisher)));
        return NULL;
    }
    finisher->root = qpdf_get_root(qpdf);
    finisher->info = get(finisher, qpdf_get_trailer(qpdf), "/Info");
    finish_structure(finisher);
    if (!finisher->error) finish_pages(finisher);
    if (finisher->error) return NULL;
    finish_fonts(finisher);
    finish_catalog(finisher, about);
    return write_document(finisher);
}

GBytes *pdf_finish(GBytes *drawn, const PdfElement *elements, size_t n, const About *about,
                   Diag *diag) {
    Finisher finisher = {.qpdf = qpdf_init(), .elements = elements, .n = n};
    qpdf_silence_errors(finisher.qpdf);
    qpdf_set_suppress_warnings(finisher.qpdf, QPDF_TRUE);
    GBytes *finished = finish(&finisher, drawn, about);
    if (!finished) diag_system(diag, NULL, "PDF of %s: %s", about->title, finisher.error);
    qpdf_cleanup(&finisher.qpdf);
    g_free(finisher.error);
    return finished;
}
