#include "base/cleanup.h"
#include "emit/png.h"
#include "sample.h"

#include <string.h>

typedef struct {
    const unsigned char *data;
    size_t size, at;
} Reader;

static cairo_status_t read_bytes(void *user, unsigned char *ret_data, unsigned length) {
    Reader *reader = user;
    if (reader->at + length > reader->size) return CAIRO_STATUS_READ_ERROR;
    memcpy(ret_data, reader->data + reader->at, length);
    reader->at += length;
    return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *decode(GBytes *bytes) {
    Reader reader = {.at = 0};
    reader.data = g_bytes_get_data(bytes, &reader.size);
    return cairo_image_surface_create_from_png_stream(read_bytes, &reader);
}

static uint32_t pixel(cairo_surface_t *surface, int x, int y) {
    const unsigned char *row = cairo_image_surface_get_data(surface) +
                               (size_t)y * (size_t)cairo_image_surface_get_stride(surface);
    uint32_t value;
    memcpy(&value, row + 4 * (size_t)x, sizeof value);
    return value & 0xFFFFFF;
}

/* Names of the chunks in order, without repeats: "IHDR sRGB pHYs". */
static char *chunk_names(GBytes *bytes) {
    gsize size;
    const unsigned char *data = g_bytes_get_data(bytes, &size);
    GString *names = g_string_new(NULL);
    char last[5] = "";
    for (gsize at = 8; at + 12 <= size;) {
        gsize length = (gsize)data[at] << 24 | (gsize)data[at + 1] << 16 |
                       (gsize)data[at + 2] << 8 | data[at + 3];
        char name[5] = "";
        memcpy(name, data + at + 4, 4);
        if (strcmp(name, last)) g_string_append_printf(names, "%s%s", names->len ? " " : "", name);
        memcpy(last, name, sizeof last);
        at += length + 12;
    }
    return g_string_free(names, FALSE);
}

static uint32_t density(GBytes *bytes) {
    const unsigned char *data = g_bytes_get_data(bytes, NULL);
    const unsigned char *value = data + sample_find(bytes, "pHYs") + 4;
    return (uint32_t)value[0] << 24 | (uint32_t)value[1] << 16 | (uint32_t)value[2] << 8 | value[3];
}

static void test_pixels(void) {
    Sample sample = sample_new();
    About about = sample_about();
    g_autoptr(Frame) frame = sample_square(UNIT_PX);
    g_autoptr(GBytes) bytes = png_encode(frame, sample.fonts, 2, &about, sample.diag);
    g_autoptr(cairo_surface_t) image = decode(bytes);
    g_assert_cmpint(cairo_image_surface_get_width(image), ==, 80);
    g_assert_cmpint(cairo_image_surface_get_height(image), ==, 60);
    g_assert_cmphex(pixel(image, 0, 0), ==, 0xFFFFFF);
    g_assert_cmphex(pixel(image, 19, 20), ==, 0xFFFFFF);
    g_assert_cmphex(pixel(image, 20, 20), ==, 0xFF0000);
    g_assert_cmphex(pixel(image, 39, 39), ==, 0xFF0000);
    g_assert_cmphex(pixel(image, 40, 39), ==, 0xFFFFFF);
    sample_clear(&sample);
}

static void test_chunks(void) {
    Sample sample = sample_new();
    About about = sample_about();
    g_autoptr(Frame) square = sample_square(UNIT_PT), figure = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) small = png_encode(square, sample.fonts, 2, &about, sample.diag);
    g_autoptr(GBytes) large = png_encode(figure, sample.fonts, 2, &about, sample.diag);
    g_autofree char *small_names = chunk_names(small), *large_names = chunk_names(large);
    g_assert_cmpstr(small_names, ==, "IHDR sRGB PLTE pHYs iTXt IDAT IEND");
    g_assert_cmpstr(large_names, ==, "IHDR sRGB pHYs iTXt IDAT IEND");
    g_assert_cmpuint(density(small), ==, 5669); /* 144 dpi */
    g_assert_cmpuint(density(large), ==, 7559); /* 192 dpi */
    g_assert_cmpint(sample_find(large, SAMPLE_TITLE), >, 0);
    g_assert_cmpint(sample_find(large, SAMPLE_ALT), >, 0);
    g_assert_cmpint(sample_find(large, "<Iptc4xmpCore:AltTextAccessibility>"), >, 0);
    g_assert_cmpint(sample_find(large, "Vols &amp; missiles &lt;2022&gt;"), >, 0);
    sample_clear(&sample);
}

static void test_same_bytes(void) {
    Sample sample = sample_new();
    About about = sample_about();
    g_autoptr(Frame) figure = sample_figure(&sample, UNIT_PX);
    g_autoptr(GBytes) first = png_encode(figure, sample.fonts, 1.5, &about, sample.diag);
    g_autoptr(GBytes) second = png_encode(figure, sample.fonts, 1.5, &about, sample.diag);
    g_assert_true(g_bytes_equal(first, second));
    sample_clear(&sample);
}

static void test_unknown_fields(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_square(UNIT_PX);
    g_autoptr(GBytes) bytes = png_encode(frame, sample.fonts, 1, &(About){0}, sample.diag);
    g_assert_cmpint(sample_find(bytes, "Software"), >, 0);
    g_assert_cmpint(sample_find(bytes, "AltText"), ==, -1);
    g_assert_cmpint(sample_find(bytes, "Title"), ==, -1);
    sample_clear(&sample);
}

static void test_too_large(void) {
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_square(UNIT_PX);
    g_assert_null(png_encode(frame, sample.fonts, 1e6, &(About){0}, sample.diag));
    g_assert_cmpuint(diag_errors(sample.diag), ==, 1);
    g_assert_cmpint(diag_at(sample.diag, 0)->kind, ==, FAULT_SYSTEM);
    fonts_free(sample.fonts);
    diag_free(sample.diag);
}

typedef struct {
    const Frame *frame;
    const Fonts *fonts;
    GBytes *bytes;
} Job;

static void *encode_job(void *data) {
    Job *job = data;
    Diag *diag = diag_new();
    About about = sample_about();
    job->bytes = png_encode(job->frame, job->fonts, 2, &about, diag);
    diag_free(diag);
    return NULL;
}

/* The same frame from several threads at once, with the same fonts. */
static void test_threads(void) {
    enum { THREADS = 6 };
    Sample sample = sample_new();
    g_autoptr(Frame) frame = sample_figure(&sample, UNIT_PX);
    Job jobs[THREADS];
    GThread *threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        jobs[i] = (Job){frame, sample.fonts, NULL};
        threads[i] = g_thread_new("png", encode_job, &jobs[i]);
    }
    for (int i = 0; i < THREADS; i++) g_thread_join(threads[i]);
    for (int i = 0; i < THREADS; i++) {
        g_assert_true(g_bytes_equal(jobs[0].bytes, jobs[i].bytes));
        if (i) g_bytes_unref(jobs[i].bytes);
    }
    g_bytes_unref(jobs[0].bytes);
    sample_clear(&sample);
}

int main(int argc, char **argv) {
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/emit/png/pixels", test_pixels);
    g_test_add_func("/emit/png/chunks", test_chunks);
    g_test_add_func("/emit/png/same-bytes", test_same_bytes);
    g_test_add_func("/emit/png/unknown-fields", test_unknown_fields);
    g_test_add_func("/emit/png/too-large", test_too_large);
    g_test_add_func("/emit/png/threads", test_threads);
    return g_test_run();
}
