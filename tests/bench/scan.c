/* What reading a CSV file costs at the least: read() alone, and libcsv with empty callbacks.
 * usage: bench_scan FILE. Prints both, in milliseconds, best of several runs. */
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 7, ROOM = 64 * 1024 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void on_cell(void *text, size_t len, void *user) {
    (void)text, (void)len, (void)user;
}

static void on_row(int end, void *user) {
    (void)end, (void)user;
}

static double run(const char *path, int parses) {
    static char bytes[ROOM];
    struct csv_parser parser;
    ssize_t n;
    int fd = open(path, O_RDONLY);
    if (fd < 0 || csv_init(&parser, 0) != 0) exit(EXIT_FAILURE);
    double start = now();
    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        if (parses) csv_parse(&parser, bytes, (size_t)n, on_cell, on_row, NULL);
    if (parses) csv_fini(&parser, on_cell, on_row, NULL);
    double elapsed = now() - start;
    csv_free(&parser);
    close(fd);
    return elapsed;
}

int main(int argc, char **argv) {
    if (argc != 2) return EXIT_FAILURE;
    for (int parses = 0; parses < 2; parses++) {
        double best = run(argv[1], parses);
        for (int i = 1; i < RUNS; i++) {
            double elapsed = run(argv[1], parses);
            if (elapsed < best) best = elapsed;
        }
        printf("%.1f\n", best);
    }
    return EXIT_SUCCESS;
}
