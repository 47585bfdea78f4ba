#include "emit/pdf.h"

#include "base/cleanup.h"
#include "emit/draw.h"
#include "emit/pdf_finish.h"

#include <cairo-pdf.h>
#include <math.h>
#include <string.h>

/* Rules that cairo 1.16 sets, each of them a damaged file when broken:
 * - an element with children loses what is drawn directly in it: text is drawn in leaves only;
 * - a page's background comes before its first tag (see draw_background);
 * - numbers in the attributes of tags and bookmarks are read in the locale: integers only. */
typedef struct {
    cairo_surface_t *surface;
    cairo_t *cr;
    const Fonts *fonts;
    GArray *elements; /* PdfElement, in the order of the tags */
    const Frame *frame;
    double scale; /* pt per unit of the frame */
    int page;
    bool has_title; /* a ROLE_TITLE was written: headings are below it */
    int bookmark;   /* of the last ROLE_TITLE, or the root */
    int notes;      /* how many were written */
} Writer;

/* Items first <= i < end of the frame. */
typedef struct {
    size_t first, end;
} Range;

static void tag_open(Writer *writer, PdfElement element) {
    g_array_append_val(writer->elements, element);
    cairo_tag_begin(writer->cr, element.type, "");
}

static void tag_close(Writer *writer, const char *type) {
    cairo_tag_end(writer->cr, type);
}

static void draw_range(Writer *writer, Range range) {
    draw_items(writer->frame, range.first, range.end, writer->fonts, writer->cr);
}

/* From after an ITEM_BEGIN to its ITEM_END. */
static Range group_range(const Frame *frame, size_t begin) {
    size_t depth = 0;
    for (size_t i = begin; i < frame->n; i++) {
        if (frame->items[i].kind == ITEM_BEGIN) depth++;
        if (frame->items[i].kind == ITEM_END && --depth == 0) return (Range){begin + 1, i};
    }
    return (Range){begin + 1, frame->n};
}

static Rect range_box(const Frame *frame, Range range) {
    Rect box = RECT_EMPTY;
    for (size_t i = range.first; i < range.end; i++)
        if (frame->items[i].kind == ITEM_TEXT || frame->items[i].kind == ITEM_SHAPE)
            box = rect_union(box, frame->items[i].box);
    return box;
}

/* The text block that begins at `first`: up to its last run, over the shapes between its runs. */
static Range block_range(const Frame *frame, size_t first, size_t end) {
    Range range = {first, first + 1};
    int block = frame->items[first].block;
    for (size_t i = first + 1; block && i < end; i++) {
        const Item *item = &frame->items[i];
        if (item->kind == ITEM_SHAPE) continue;
        if (item->kind != ITEM_TEXT || item->block != block) break;
        range.end = i + 1;
    }
    return range;
}

static const char *text_type(Writer *writer, Role role) {
    if (role == ROLE_TITLE) {
        writer->has_title = true;
        return "H1";
    }
    if (role == ROLE_HEADING) return writer->has_title ? "H2" : "H1";
    return "P";
}

static void write_leaf(Writer *writer, PdfElement element, Range range) {
    tag_open(writer, element);
    draw_range(writer, range);
    tag_close(writer, element.type);
}

/* One block of text; returns the item after it. */
static size_t write_text(Writer *writer, size_t first, size_t end) {
    Range range = block_range(writer->frame, first, end);
    const char *type = text_type(writer, writer->frame->items[first].role);
    write_leaf(writer, (PdfElement){.type = type, .box = RECT_EMPTY}, range);
    return range.end;
}

/* ---- bookmarks */

static void add_bookmark(Writer *writer, const Item *item, Range range) {
    bool is_title = item->role == ROLE_TITLE;
    bool is_entry = is_title || item->role == ROLE_HEADING || item->role == ROLE_FIGURE ||
                    item->role == ROLE_TABLE;
    if (!is_entry || !item->group.title || !*item->group.title) return;
    Rect box = range_box(writer->frame, range);
    double y = rect_is_empty(box) ? 0 : fmax(0, box.y * writer->scale);
    g_autofree char *link = g_strdup_printf("page=%d pos=[0 %d]", writer->page, (int)floor(y));
    int parent = is_title ? CAIRO_PDF_OUTLINE_ROOT : writer->bookmark;
    int id = cairo_pdf_surface_add_outline(writer->surface, parent, item->group.title, link,
                                           is_title ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
    if (is_title) writer->bookmark = id;
}

/* ---- figures */

/* What is read beside the image rather than replaced by its alternative text. */
static bool is_beside_figure(const Item *item) {
    return item->kind == ITEM_TEXT && (item->role == ROLE_KICKER || item->role == ROLE_HEADING ||
                                       item->role == ROLE_SUBTITLE || item->role == ROLE_SOURCE ||
                                       item->role == ROLE_PARAGRAPH);
}

static void write_beside(Writer *writer, Range range, bool is_source) {
    for (size_t i = range.first; i < range.end;) {
        const Item *item = &writer->frame->items[i];
        if (is_beside_figure(item) && (item->role == ROLE_SOURCE) == is_source)
            i = write_text(writer, i, range.end);
        else
            i++;
    }
}

/* In PDF's own coordinates: pt, y up. */
static Rect pdf_box(const Writer *writer, Rect box) {
    double bottom = writer->frame->height - box.y - box.h;
    return (Rect){box.x * writer->scale, bottom * writer->scale, box.w * writer->scale,
                  box.h * writer->scale};
}

/* Painting order is kept but for the texts beside the image, which nothing overlaps. */
static void write_image(Writer *writer, const Item *group, Range range) {
    const Frame *frame = writer->frame;
    const char *alt = group->group.alt ? group->group.alt : group->group.title;
    Rect box = RECT_EMPTY;
    for (size_t i = range.first; i < range.end; i++)
        if (!is_beside_figure(&frame->items[i]))
            box = rect_union(box, range_box(frame, (Range){i, i + 1}));
    if (rect_is_empty(box)) return;
    tag_open(writer, (PdfElement){.type = "Figure",
                                  .alt = alt && *alt ? alt : group->key,
                                  .box = pdf_box(writer, box)});
    for (size_t i = range.first; i < range.end;) {
        Range part = {i, i + 1};
        if (is_beside_figure(&frame->items[i]))
            part = block_range(frame, i, range.end);
        else {
            while (part.end < range.end && !is_beside_figure(&frame->items[part.end])) part.end++;
            draw_range(writer, part);
        }
        i = part.end;
    }
    tag_close(writer, "Figure");
}

static void write_figure(Writer *writer, const Item *group, Range range) {
    tag_open(writer, (PdfElement){.type = "Sect", .box = RECT_EMPTY});
    write_beside(writer, range, false);
    write_image(writer, group, range);
    write_beside(writer, range, true);
    tag_close(writer, "Sect");
}

/* ---- tables */

static bool is_cell(const Item *item) {
    return item->kind == ITEM_BEGIN && (item->role == ROLE_CELL || item->role == ROLE_HEADER_CELL);
}

/* A header is its column's in a row of headers, else its row's. */
static const char *header_scope(const Frame *frame, Range row) {
    for (size_t i = row.first; i < row.end; i++)
        if (is_cell(&frame->items[i]) && frame->items[i].role == ROLE_CELL) return "Row";
    return "Column";
}

static void write_row(Writer *writer, Range row) {
    const char *scope = header_scope(writer->frame, row);
    tag_open(writer, (PdfElement){.type = "TR", .box = RECT_EMPTY});
    for (size_t i = row.first; i < row.end;) {
        const Item *item = &writer->frame->items[i];
        Range part = {i, i + 1};
        if (is_cell(item)) {
            bool is_header = item->role == ROLE_HEADER_CELL;
            part = group_range(writer->frame, i);
            write_leaf(writer,
                       (PdfElement){.type = is_header ? "TH" : "TD",
                                    .scope = is_header ? scope : NULL,
                                    .box = RECT_EMPTY},
                       part);
            part.end++;
        } else if (item->kind == ITEM_TEXT) {
            part = block_range(writer->frame, i, row.end);
            write_leaf(writer, (PdfElement){.type = "TD", .box = RECT_EMPTY}, part);
        } else {
            draw_range(writer, part);
        }
        i = part.end;
    }
    tag_close(writer, "TR");
}

static bool is_row(const Item *item) {
    return item->kind == ITEM_BEGIN && item->role == ROLE_ROW;
}

/* Title and notes of a table are not of its rows: they are read before it. */
static void write_table(Writer *writer, Range range) {
    const Frame *frame = writer->frame;
    bool has_rows = false;
    tag_open(writer, (PdfElement){.type = "Sect", .box = RECT_EMPTY});
    for (size_t i = range.first; i < range.end;) {
        const Item *item = &frame->items[i];
        has_rows |= is_row(item);
        if (is_row(item))
            i = group_range(frame, i).end;
        else if (item->kind == ITEM_TEXT)
            i = write_text(writer, i, range.end);
        else
            i++;
    }
    if (has_rows) tag_open(writer, (PdfElement){.type = "Table", .box = RECT_EMPTY});
    for (size_t i = range.first; i < range.end;) {
        const Item *item = &frame->items[i];
        Range part = {i, i + 1};
        if (is_row(item)) {
            part = group_range(frame, i);
            write_row(writer, part);
        } else if (item->kind == ITEM_SHAPE) {
            draw_range(writer, part);
        } else if (item->kind == ITEM_TEXT) {
            part = block_range(frame, i, range.end);
        }
        i = part.end;
    }
    if (has_rows) tag_close(writer, "Table");
    tag_close(writer, "Sect");
}

/* ---- lists and notes */

/* A label, then a body in the blocks that follow; without a label, a body alone. */
static void write_labelled(Writer *writer, Range range, const char *body) {
    const Frame *frame = writer->frame;
    bool is_first = true;
    for (size_t i = range.first; i < range.end;) {
        Range part = {i, i + 1};
        if (frame->items[i].kind == ITEM_TEXT) {
            part = block_range(frame, i, range.end);
            bool is_label = is_first && part.end < range.end;
            write_leaf(writer, (PdfElement){.type = is_label ? "Lbl" : body, .box = RECT_EMPTY},
                       part);
            is_first = false;
        }
        i = part.end;
    }
}

static void write_list(Writer *writer, Range range) {
    tag_open(writer, (PdfElement){.type = "L", .box = RECT_EMPTY});
    for (size_t i = range.first; i < range.end;) {
        Range part = {i, i + 1};
        const Item *item = &writer->frame->items[i];
        if (item->kind == ITEM_BEGIN && item->role == ROLE_LIST_ITEM) {
            part = group_range(writer->frame, i);
            tag_open(writer, (PdfElement){.type = "LI", .box = RECT_EMPTY});
            write_labelled(writer, part, "LBody");
            tag_close(writer, "LI");
        }
        i = part.end;
    }
    tag_close(writer, "L");
}

static void write_note(Writer *writer, Range range) {
    tag_open(writer, (PdfElement){.type = "Note", .note = ++writer->notes, .box = RECT_EMPTY});
    write_labelled(writer, range, "P");
    tag_close(writer, "Note");
}

/* ---- pages */

static void write_range(Writer *writer, Range range);

static void write_group(Writer *writer, const Item *group, Range range) {
    if (rect_is_empty(range_box(writer->frame, range))) return;
    add_bookmark(writer, group, range);
    switch (group->role) {
    case ROLE_FIGURE: write_figure(writer, group, range); break;
    case ROLE_TABLE: write_table(writer, range); break;
    case ROLE_LIST: write_list(writer, range); break;
    case ROLE_FOOTNOTE: write_note(writer, range); break;
    default: write_range(writer, range);
    }
}

static void write_range(Writer *writer, Range range) {
    for (size_t i = range.first; i < range.end;) {
        const Item *item = &writer->frame->items[i];
        Range part = {i, i + 1};
        switch (item->kind) {
        case ITEM_BEGIN:
            part = group_range(writer->frame, i);
            write_group(writer, item, part);
            break;
        case ITEM_TEXT: part.end = write_text(writer, i, range.end); break;
        case ITEM_SHAPE: draw_range(writer, part); break;
        case ITEM_END: break;
        }
        i = part.end;
    }
}

static void write_page(Writer *writer, const Frame *frame) {
    static const Color white = {255, 255, 255, 255};
    writer->frame = frame;
    writer->scale = frame->unit == UNIT_PT ? 1 : 72. / 96;
    writer->page++;
    cairo_pdf_surface_set_size(writer->surface, frame->width * writer->scale,
                               frame->height * writer->scale);
    cairo_save(writer->cr);
    cairo_scale(writer->cr, writer->scale, writer->scale);
    if (memcmp(&frame->background, &white, sizeof white)) draw_background(frame, writer->cr);
    if (writer->page == 1) tag_open(writer, (PdfElement){.type = "Document", .box = RECT_EMPTY});
    write_range(writer, (Range){0, frame->n});
    cairo_restore(writer->cr);
}

static void set_metadata(cairo_surface_t *surface, const About *about) {
    const struct {
        cairo_pdf_metadata_t key;
        const char *text;
    } fields[] = {{CAIRO_PDF_METADATA_TITLE, about->title},
                  {CAIRO_PDF_METADATA_AUTHOR, about->author},
                  {CAIRO_PDF_METADATA_SUBJECT, about->subject},
                  {CAIRO_PDF_METADATA_KEYWORDS, about->keywords},
                  {CAIRO_PDF_METADATA_CREATOR, "frise " FRISE_VERSION}};
    for (size_t i = 0; i < G_N_ELEMENTS(fields); i++)
        if (fields[i].text) cairo_pdf_surface_set_metadata(surface, fields[i].key, fields[i].text);
}

static cairo_status_t append_bytes(void *bytes, const unsigned char *data, unsigned length) {
    g_byte_array_append(bytes, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void write_pages(Writer *writer, const Frame *const *frames, size_t n) {
    writer->cr = cairo_create(writer->surface);
    for (size_t i = 0; i < n; i++) {
        write_page(writer, frames[i]);
        if (i + 1 == n) tag_close(writer, "Document");
        cairo_show_page(writer->cr);
    }
    cairo_destroy(writer->cr);
    cairo_surface_finish(writer->surface);
}

GBytes *pdf_encode(const Frame *const *frames, size_t n, const Fonts *fonts, const About *about,
                   Diag *diag) {
    About named = *about;
    if (!named.title || !*named.title) named.title = frames[0]->name; /* a PDF/UA must have one */
    GByteArray *raw = g_byte_array_new();
    g_autoptr(cairo_surface_t) surface =
        cairo_pdf_surface_create_for_stream(append_bytes, raw, frames[0]->width, frames[0]->height);
    g_autoptr(GArray) elements = g_array_new(FALSE, FALSE, sizeof(PdfElement));
    Writer writer = {.surface = surface, .fonts = fonts, .elements = elements};
    set_metadata(surface, &named);
    write_pages(&writer, frames, n);
    g_autoptr(GBytes) drawn = g_byte_array_free_to_bytes(raw);
    cairo_status_t status = cairo_surface_status(surface); /* every fault of cairo is told here */
    if (status) {
        diag_system(diag, NULL, "PDF of %s: %s", named.title, cairo_status_to_string(status));
        return NULL;
    }
    return pdf_finish(drawn, (const PdfElement *)(void *)elements->data, elements->len, &named,
                      diag);
}
