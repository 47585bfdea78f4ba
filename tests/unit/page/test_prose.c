#include "page/prose.h"

#include <math.h>
#include <string.h>

static const double LEADING = 13, WIDTH = 500, GAP = 12;

typedef struct {
    Arena *arena;
    Diag *diag;
    Fonts *fonts;
    Frame *frame;
    Theme theme;
    Medium medium;
    Prose prose;
    Block block;
    PageContext context;
} Desk;

static RichText rich(Desk *desk, const char *text) {
    return rich_parse(text, (RichContext){0}, (Span){0}, desk->arena, desk->diag);
}

/* A heading, two paragraphs, a list, a heading of two lines, a paragraph; two notes. */
static Desk *desk_new(size_t n_columns) {
    static const char *const dirs[] = {"/usr/share/fonts/opentype/inter", NULL};
    static const char *const families[] = {"Inter", NULL};
    static const char words[] =
        "Un paragraphe assez long pour tenir sur plusieurs lignes d’une colonne et pour passer de "
        "l’une à l’autre, avec une note![](note:1) dont l’appel est un chiffre supérieur, puis "
        "encore quelques mots sans importance qui ajoutent au moins deux lignes à ce qui précède.";
    const struct {
        ProseKind kind;
        const char *text;
    } paras[] = {{PROSE_HEADING, "Titre"},
                 {PROSE_TEXT, words},
                 {PROSE_TEXT, words},
                 {PROSE_ITEM, "un"},
                 {PROSE_ITEM, words},
                 {PROSE_HEADING, "Un titre qui ne tient pas sur une ligne de cette colonne"},
                 {PROSE_TEXT, words},
                 {PROSE_TEXT, ""}};
    Desk *desk = g_new0(Desk, 1);
    desk->arena = arena_new();
    desk->diag = diag_new();
    desk->fonts = fonts_load(dirs, families, desk->diag);
    desk->frame = frame_new("page", UNIT_PT, 600, 800);
    desk->medium = (Medium){.gap = GAP, .line = 0.5};
    desk->medium.styles[STYLE_BODY] =
        (TextStyle){.family = "Inter", .size = 10, .leading = LEADING};
    desk->medium.styles[STYLE_HEADING] =
        (TextStyle){.family = "Inter", .size = 12, .leading = 14, .weight = FONT_BOLD};
    desk->medium.styles[STYLE_SOURCE] = (TextStyle){.family = "Inter", .size = 7, .leading = 9};
    desk->prose = (Prose){.n_columns = n_columns,
                          .paras = ARENA_ARRAY(desk->arena, ProsePara, G_N_ELEMENTS(paras)),
                          .n_paras = G_N_ELEMENTS(paras),
                          .notes = ARENA_ARRAY(desk->arena, ProseNote, 2),
                          .n_notes = 2};
    for (size_t i = 0; i < G_N_ELEMENTS(paras); i++)
        desk->prose.paras[i] = (ProsePara){paras[i].kind, rich(desk, paras[i].text)};
    desk->prose.notes[0] = (ProseNote){9, rich(desk, "Première note.")};
    desk->prose.notes[1] = (ProseNote){10, rich(desk, words)};
    desk->block =
        (Block){.name = "method", .kind = BLOCK_PROSE, .style = STYLE_BODY, .prose = &desk->prose};
    desk->context = (PageContext){.fonts = desk->fonts,
                                  .theme = &desk->theme,
                                  .medium = &desk->medium,
                                  .frame = desk->frame,
                                  .arena = desk->arena,
                                  .diag = desk->diag};
    return desk;
}

static void desk_free(Desk *desk) {
    frame_free(desk->frame);
    fonts_free(desk->fonts);
    diag_free(desk->diag);
    arena_free(desk->arena);
    g_free(desk);
}

static double height(Desk *desk) {
    return prose_height(&desk->context, &desk->block, WIDTH);
}

static void draw(Desk *desk, double h) {
    prose_draw(&desk->context, &desk->block, (Rect){50, 100, WIDTH, h});
}

/* Texts in reading order, structure as parentheses: "heading paragraph list(item item)…" */
static void test_structure(void) {
    Desk *desk = desk_new(2);
    g_autoptr(GString) shown = g_string_new(NULL);
    draw(desk, height(desk));
    for (size_t i = 0; i < desk->frame->n; i++) {
        const Item *item = &desk->frame->items[i];
        if (item->kind == ITEM_BEGIN) g_string_append_printf(shown, "%s(", role_name(item->role));
        if (item->kind == ITEM_END) g_string_append_c(shown, ')');
        bool is_first = item->kind == ITEM_TEXT && item->block != item[-1].block;
        if (is_first) g_string_append_c(shown, 'x');
    }
    g_assert_cmpuint(diag_count(desk->diag), ==, 0);
    g_assert_cmpstr(shown->str, ==,
                    "heading(x)paragraph(x)paragraph(x)list(item(xx)item(xx))heading(x)"
                    "paragraph(x)footnote(xx)footnote(xx)");
    desk_free(desk);
}

static double row_of(double y, double first, double leading) {
    double row = (y - first) / leading;
    g_assert_cmpfloat(fabs(row - round(row)), <, 1e-6);
    return round(row);
}

/* The baselines of each column lie on one grid; text stays in its column. */
static void check_grid(size_t n_columns) {
    Desk *desk = desk_new(n_columns);
    double h = height(desk), text_first = 0, notes_first = 0;
    double width = (WIDTH - GAP * 1.6 * (double)(n_columns - 1)) / (double)n_columns;
    bool is_used[4] = {0};
    draw(desk, h);
    for (size_t i = 0; i < desk->frame->n; i++) {
        const Item *item = &desk->frame->items[i];
        if (item->kind != ITEM_TEXT || !item->run.n_glyphs) continue;
        FontMetrics metrics = fonts_metrics(desk->fonts, item->run.font);
        bool is_note = item->role == ROLE_FOOTNOTE, is_raised = item->run.n_text == 1;
        double *first = is_note ? &notes_first : &text_first;
        if (*first == 0) *first = item->run.origin.y;
        g_assert_cmpfloat(item->run.origin.y - metrics.ascent, >, 99);
        g_assert_cmpfloat(item->run.origin.y, <, 100 + h);
        size_t column = (size_t)((item->run.origin.x - 50 + 1) / (width + GAP * 1.6));
        g_assert_cmpuint(column, <, n_columns);
        double left = 50 + (double)column * (width + GAP * 1.6);
        g_assert_cmpfloat(item->run.origin.x, >, left - 4); /* what hangs */
        g_assert_cmpfloat(item->run.origin.x + item->run.advance, <, left + width + 6);
        is_used[column] = true;
        if (item->role != ROLE_HEADING && !is_raised)
            row_of(item->run.origin.y, *first, is_note ? 9 : LEADING);
    }
    for (size_t c = 0; c < n_columns; c++) g_assert_true(is_used[c]);
    desk_free(desk);
}

static void test_grid(void) {
    for (size_t n = 1; n <= 4; n++) check_grid(n);
}

static double last_baseline(const Frame *frame) {
    double y = 0;
    for (size_t i = 0; i < frame->n; i++)
        if (frame->items[i].kind == ITEM_TEXT) y = fmax(y, frame->items[i].run.origin.y);
    return y;
}

/* The notes go down with the foot of the place; a place too low is a fault. */
static void test_foot(void) {
    double natural = 0;
    for (int more = 0; more <= 100; more += 100) {
        Desk *desk = desk_new(2);
        draw(desk, height(desk) + more);
        if (!more) natural = last_baseline(desk->frame);
        g_assert_cmpfloat(fabs(last_baseline(desk->frame) - natural - more), <, 1e-6);
        g_assert_cmpuint(diag_count(desk->diag), ==, 0);
        desk_free(desk);
    }
    Desk *desk = desk_new(2);
    draw(desk, height(desk) - 20);
    g_assert_cmpuint(diag_count(desk->diag), ==, 1);
    g_assert_cmpstr(diag_at(desk->diag, 0)->message, ==, "this text is 20 too high for its place");
    desk_free(desk);
}

static void test_narrow(void) {
    Desk *desk = desk_new(4);
    prose_draw(&desk->context, &desk->block, (Rect){50, 100, 300, 5000});
    g_assert_cmpuint(diag_count(desk->diag), ==, 1);
    desk_free(desk);
    desk = desk_new(4); /* no room at all */
    prose_draw(&desk->context, &desk->block, (Rect){50, 100, 20, 5000});
    g_assert_cmpuint(diag_errors(desk->diag), ==, 1);
    desk_free(desk);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/prose/structure", test_structure);
    g_test_add_func("/page/prose/grid", test_grid);
    g_test_add_func("/page/prose/foot", test_foot);
    g_test_add_func("/page/prose/narrow", test_narrow);
    return g_test_run();
}
