#include "emit/emit.h"
#include "emit/pdf_content.h"
#include "sample.h"

#include <locale.h>
#include <string.h>

static GBytes *encode(const Sample *sample, size_t n_pages) {
    g_autoptr(Frame) page = sample_page(sample);
    g_autofree const Frame **frames = g_new(const Frame *, n_pages);
    for (size_t i = 0; i < n_pages; i++) frames[i] = page;
    About about = sample_about();
    EmitJob job = {.frames = frames, .n_frames = n_pages, .fonts = sample->fonts, .about = &about};
    return emit_encode(emit_find("pdf"), &job, sample->diag);
}

static char *run(GBytes *bytes, const char *program, const char *option, const char *option2) {
    const char *const argv[] = {
        program, option, option2 ? option2 : "@", option2 ? "@" : "-", option2 ? "-" : NULL, NULL};
    return sample_filter(bytes, argv);
}

static void expect(const char *text, const char *wanted) {
    if (!strstr(text, wanted)) g_test_message("%s is not in:\n%s", wanted, text);
    g_assert_nonnull(strstr(text, wanted));
}

static void test_check(void) {
    Sample sample = sample_new();
    g_autoptr(GBytes) bytes = encode(&sample, 2);
    const char *const check[] = {"qpdf", "--check", "@", NULL};
    g_autofree char *said = sample_filter(bytes, check);
    expect(said, "PDF Version: 1.7");
    expect(said, "No syntax or stream encoding errors found");
    sample_clear(&sample);
}

/* One object after another, in the readable form of qpdf. */
static char *objects(GBytes *bytes) {
    return run(bytes, "qpdf", "--qdf", "--object-streams=disable");
}

static void test_metadata(void) {
    Sample sample = sample_new();
    g_autoptr(GBytes) bytes = encode(&sample, 1);
    const char *const info[] = {"pdfinfo", "@", NULL};
    g_autofree char *said = sample_filter(bytes, info);
    expect(said, SAMPLE_TITLE);
    expect(said, "Équipe Données");
    expect(said, "Tagged:          yes");
    const char *const meta[] = {"pdfinfo", "-meta", "@", NULL};
    g_autofree char *xmp = sample_filter(bytes, meta);
    expect(xmp, "Vols &amp; missiles &lt;2022&gt;");
    expect(xmp, "<pdfuaid:part>1</pdfuaid:part>");
    expect(xmp, "<xmp:CreateDate>2024-01-02T03:04:05Z</xmp:CreateDate>");
    g_autofree char *all = objects(bytes);
    expect(all, "/Lang (fr-FR)");
    expect(all, "/DisplayDocTitle true");
    expect(all, "(D:20240102030405Z)");
    sample_clear(&sample);
}

static void test_structure(void) {
    Sample sample = sample_new();
    g_autoptr(GBytes) bytes = encode(&sample, 1);
    const char *const info[] = {"pdfinfo", "-struct", "@", NULL};
    g_autofree char *tree = sample_filter(bytes, info);
    g_autoptr(GRegex) attributes =
        g_regex_new("^ +/.*\n|:? *\\(.*\\)|:", G_REGEX_MULTILINE, 0, NULL);
    g_autofree char *plain = g_regex_replace_literal(attributes, tree, -1, 0, "", 0, NULL);
    g_assert_cmpstr(plain, ==,
                    "Document\n  H1\n  Sect\n    H2\n    P\n    Figure\n    P\n  Sect\n    H2\n"
                    "    Table\n      TR\n        TH\n        TH\n      TR\n        TD\n"
                    "        TD\n      TR\n        TD\n        TD\n  P\n");
    expect(tree, "/Scope /Column");
    expect(tree, "/BBox");
    g_autofree char *all = objects(bytes);
    expect(all, "/Alt (Frise : 3 vols, 2 tirs & rien d");
    expect(all, "/Artifact <</Type/Layout>> BDC");
    sample_clear(&sample);
}

/* Every note of the document has a name of its own, that the tree lists. */
static void test_notes(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) page = sample_prose(&sample);
    About about = sample_about();
    const Frame *frames[] = {page, page};
    EmitJob job = {.frames = frames, .n_frames = 2, .fonts = sample.fonts, .about = &about};
    g_autoptr(GBytes) bytes = emit_encode(emit_find("pdf"), &job, sample.diag);
    g_assert_nonnull(bytes);
    const char *const info[] = {"pdfinfo", "-struct-text", "@", NULL};
    g_autofree char *tree = sample_filter(bytes, info);
    expect(tree, "  L (block)\n    LI (block)\n      Lbl (block)\n        \"—\"\n"
                 "      LBody (block)\n        \"un\"\n    LI (block)\n      LBody (block)\n"
                 "        \"deux\"\n");
    expect(tree, "  Note <note-000001> (inline)\n    Lbl (block)\n      \"1.\"\n"
                 "    P (block)\n      \"première\"\n");
    expect(tree, "  Note <note-000004> (inline)\n");
    const char *const json[] = {"qpdf", "--json", "--json-key=qpdf", "@", NULL};
    g_autofree char *all = sample_filter(bytes, json);
    g_autoptr(GBytes) text = g_bytes_new(all, strlen(all));
    static const char same[] =
        ".qpdf[1] as $all | [$all[].value? | objects | .[\"/Names\"] | arrays][0] as $names"
        " | [range(0; $names | length; 2)"
        " | $names[.] == $all[\"obj:\" + $names[. + 1]].value[\"/ID\"]]";
    const char *const jq[] = {"jq", "-c", same, "@", NULL};
    g_autofree char *named = sample_filter(text, jq);
    g_assert_cmpstr(named, ==, "[true,true,true,true]\n");
    sample_clear(&sample);
}

static void test_bookmarks(void) {
    Sample sample = sample_new();
    g_autoptr(GBytes) bytes = encode(&sample, 1);
    const char *const argv[] = {"qpdf", "--json", "--json-key=outlines", "@", NULL};
    g_autofree char *json = sample_filter(bytes, argv);
    g_autoptr(GBytes) text = g_bytes_new(json, strlen(json));
    const char *const jq[] = {"jq", "-c", ".outlines | [.[] | [.title, [.kids[].title]]]", "@",
                              NULL};
    g_autofree char *titles = sample_filter(text, jq);
    expect(titles, "[[\"Cryptomonnaies volées\",[\"Vols & missiles <2022> « \\\"records\\\" »\","
                   "\"Les vols\"]]]");
    sample_clear(&sample);
}

/* pdftotext itself makes plain spaces of U+202F and U+00A0: the map of the font shows them. */
static void test_text(void) {
    Sample sample = sample_new();
    g_autoptr(GBytes) bytes = encode(&sample, 1);
    g_autofree char *text = run(bytes, "pdftotext", "-raw", NULL);
    expect(text, "M$ volés <officiels> & « œuvre »");
    expect(text, "Les vols");
    g_autofree char *all = objects(bytes);
    expect(all, "<202f>");
    expect(all, "<00a0>");
    sample_clear(&sample);
}

static void test_same_bytes(void) {
    Sample sample = sample_new();
    g_autoptr(GBytes) first = encode(&sample, 3);
    g_assert_nonnull(setlocale(LC_ALL, "fr_FR.UTF-8"));
    g_setenv("TZ", "Asia/Tokyo", TRUE);
    tzset();
    g_autoptr(GBytes) second = encode(&sample, 3);
    setlocale(LC_ALL, "C");
    g_unsetenv("TZ");
    g_assert_true(g_bytes_equal(first, second));
    sample_clear(&sample);
}

/* A background and a shape that cover the page must not make cairo forget its tags. */
static void test_cover(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) inner = sample_page(&sample);
    g_autoptr(Frame) page = frame_new("p", UNIT_PT, inner->width, inner->height);
    page->background = (Color){240, 240, 230, 255};
    frame_begin(page, ROLE_PAGE, NULL, NULL, NULL);
    frame_rect(page, ROLE_BACKGROUND, NULL, (Rect){0, 0, inner->width, inner->height},
               paint_fill(page->background));
    frame_place(page, inner, 0, 0);
    frame_end(page);
    About about = sample_about();
    const Frame *frames[] = {page, page};
    EmitJob job = {.frames = frames, .n_frames = 2, .fonts = sample.fonts, .about = &about};
    g_autoptr(GBytes) bytes = emit_encode(emit_find("pdf"), &job, sample.diag);
    g_assert_nonnull(bytes);
    const char *const info[] = {"pdfinfo", "-struct", "@", NULL};
    g_autofree char *tree = sample_filter(bytes, info);
    g_auto(GStrv) parts = g_strsplit(tree, "Figure", -1);
    g_assert_cmpuint(g_strv_length(parts), ==, 3);
    sample_clear(&sample);
}

static void test_empty_page(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) page = frame_new("vide", UNIT_PX, 680, 440);
    frame_begin(page, ROLE_FIGURE, "rien", "Rien", NULL);
    frame_end(page);
    const Frame *frames[] = {page};
    EmitJob job = {.frames = frames, .n_frames = 1, .fonts = sample.fonts, .about = &(About){0}};
    g_autoptr(GBytes) bytes = emit_encode(emit_find("pdf"), &job, sample.diag);
    g_assert_nonnull(bytes);
    const char *const info[] = {"pdfinfo", "@", NULL};
    g_autofree char *said = sample_filter(bytes, info);
    expect(said, "510 x 330 pts");
    sample_clear(&sample);
}

static void expect_marked(const char *content, const char *wanted) {
    const char *error = NULL;
    GString *marked = pdf_content_mark(content, strlen(content), &error);
    g_assert_cmpstr(error, ==, NULL);
    g_assert_cmpstr(marked->str, ==, wanted);
    g_string_free(marked, TRUE);
}

#define OPEN "\n/Artifact <</Type/Layout>> BDC"

static void test_content(void) {
    expect_marked("", "\n");
    expect_marked("q 0 0 1 1 re f Q", "q" OPEN " 0 0 1 1 re f\nEMC Q\n");
    expect_marked("0 0 1 1 re f 2 2 1 1 re S", OPEN "0 0 1 1 re f 2 2 1 1 re S\nEMC\n");
    expect_marked("0 0 m 1 1 l S /P <</MCID 0>> BDC (a (b) \\) BT) Tj 0 0 1 1 re f EMC", OPEN
                  "0 0 m 1 1 l S\nEMC /P <</MCID 0>> BDC (a (b) \\) BT) Tj 0 0 1 1 re f EMC\n");
    expect_marked("0 0 1 1 re W n", "0 0 1 1 re W n\n");
    const char *error = NULL;
    g_assert_null(pdf_content_mark("q BT <41> Tj ET Q", 17, &error));
    g_assert_nonnull(error);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/emit/pdf/check", test_check);
    g_test_add_func("/emit/pdf/metadata", test_metadata);
    g_test_add_func("/emit/pdf/structure", test_structure);
    g_test_add_func("/emit/pdf/notes", test_notes);
    g_test_add_func("/emit/pdf/bookmarks", test_bookmarks);
    g_test_add_func("/emit/pdf/text", test_text);
    g_test_add_func("/emit/pdf/same-bytes", test_same_bytes);
    g_test_add_func("/emit/pdf/cover", test_cover);
    g_test_add_func("/emit/pdf/empty-page", test_empty_page);
    g_test_add_func("/emit/pdf/content", test_content);
    return g_test_run();
}
