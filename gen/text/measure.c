#include "text/measure.h"

#include <string.h>

enum { PENALTY_HYPHEN = 50, KEY_LETTERS = 4 };

Looseness measure_looseness(const Shaped *shaped, double width) {
    enum { STRICT_WORDS = 9 };
    double total = 0, words = 1;
    for (size_t i = 0; i < shaped->clusters->len; i++) {
        const ShapeCluster *cluster = shape_cluster(shaped, i);
        total += cluster->advance;
        words += cluster->is_space;
    }
    bool is_strict = width * words >= total * STRICT_WORDS;
    return is_strict ? (Looseness){0.15, 0.15, 0.33 / 0.15, 0.20 / 0.15}
                     : (Looseness){0.50, 0.30, 1, 1};
}

static gunichar char_at(const Shaped *shaped, size_t byte) {
    return byte < shaped->text->len ? g_utf8_get_char(shaped->text->str + byte) : 0;
}

/* What of a letter lies beyond the margin, as a share of its advance: optical, our values. */
static double hang_share(gunichar c, bool is_start) {
    static const struct {
        const char *letters;
        double start, end;
    } shares[] = {
        {".,’", 0, 0.7},       {"-–\u00ad\u2010", 0, 0.5},
        {":;!?", 0, 0.2},      {"»", 0, 0.15},
        {"«", 0.15, 0},        {"“", 0.5, 0},
        {"’", 0.5, 0},         {"—", 0.1, 0},
        {"ATVWY", 0.05, 0.05},
    };
    double share = 0;
    for (size_t i = 0; c && i < G_N_ELEMENTS(shares); i++)
        if (g_utf8_strchr(shares[i].letters, -1, c))
            share += is_start ? shares[i].start : shares[i].end;
    return share;
}

static float hang_of(const Shaped *shaped, const ShapeCluster *cluster, bool is_start) {
    return (float)(hang_share(char_at(shaped, cluster->byte), is_start) * cluster->advance);
}

static guint32 key_add(guint32 key, gunichar c) {
    return (key ^ g_unichar_tolower(c)) * 16777619U; /* FNV-1a */
}

/* Of the word that starts at a byte: its first letters. */
static guint32 key_start(const Shaped *shaped, size_t byte) {
    guint32 key = 2166136261U;
    int letters = 0;
    const char *p = shaped->text->str + byte;
    for (; *p && *p != ' ' && *p != '\n' && letters < KEY_LETTERS; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (g_unichar_isalnum(c))
            key = key_add(key, c), letters++;
        else if (letters)
            break;
    }
    return letters ? key : 0;
}

/* Of the word that ends before a byte: its last letters. */
static guint32 key_end(const Shaped *shaped, size_t byte) {
    guint32 key = 2166136261U;
    int letters = 0;
    const char *text = shaped->text->str;
    for (const char *p = text + byte; p > text && letters < KEY_LETTERS;) {
        p = g_utf8_prev_char(p);
        gunichar c = g_utf8_get_char(p);
        if (c == ' ' || c == '\n') break;
        if (g_unichar_isalnum(c))
            key = key_add(key, c), letters++;
        else if (letters)
            break;
    }
    return letters ? key : 0;
}

typedef struct {
    const Shaped *shaped;
    const int *costs;
    Looseness loose;
    bool hangs;
    Measured out;
} Measurer;

static void item_add(Measurer *m, BreakItem item, size_t cluster) {
    uint32_t at = (uint32_t)cluster;
    g_array_append_val(m->out.items, item);
    g_array_append_val(m->out.clusters, at);
}

static size_t cluster_end(const Shaped *shaped, size_t i) {
    const ShapeCluster *cluster = shape_cluster(shaped, i);
    return cluster->byte + cluster->bytes;
}

static void glue_add(Measurer *m, int price, size_t i) {
    const ShapeCluster *cluster = shape_cluster(m->shaped, i);
    double loose = cluster->advance * (double)cluster->give;
    item_add(m, (BreakItem){.kind = BREAK_PENALTY, .penalty = price}, i);
    item_add(m,
             (BreakItem){.kind = BREAK_GLUE,
                         .width = cluster->advance,
                         .stretch = loose * m->loose.stretch,
                         .shrink = loose * m->loose.shrink},
             i);
}

/* The price of ending the line at the space of this cluster: nothing where it ends anyway. */
static int space_price(const Measurer *m, size_t i) {
    const GString *text = m->shaped->text;
    size_t at = cluster_end(m->shaped, i);
    while (at < text->len && text->str[at] == ' ') at++;
    return at == text->len || text->str[at] == '\n' ? 0 : m->costs[at];
}

static size_t newlines_before(const Shaped *shaped, size_t i) {
    size_t from = i ? cluster_end(shaped, i - 1) : 0, n = 0;
    size_t to = i < shaped->clusters->len ? shape_cluster(shaped, i)->byte : shaped->text->len;
    for (; from < to; from++) n += shaped->text->str[from] == '\n';
    return n;
}

static bool takes_hyphen(const Shaped *shaped, size_t i) {
    return shaped->hyphens && shaped->hyphens[shape_cluster(shaped, i)->byte];
}

/* May a line end before cluster i, where no space stands? */
static bool is_cut(const Measurer *m, size_t i) {
    return m->costs[shape_cluster(m->shaped, i)->byte] < PENALTY_NEVER ||
           takes_hyphen(m->shaped, i);
}

static void cut_add(Measurer *m, size_t i) {
    int price = m->costs[shape_cluster(m->shaped, i)->byte];
    BreakItem cut = {.kind = BREAK_PENALTY, .penalty = price, .is_flagged = true};
    if (price >= PENALTY_NEVER) {
        cut.penalty = PENALTY_HYPHEN;
        cut.width = shape_part(m->shaped, shape_cluster(m->shaped, i - 1)->part)->hyphen;
        if (m->hangs) cut.hang_end = (float)(hang_share('-', false) * cut.width);
    }
    item_add(m, cut, i);
}

/* A box opens at cluster i, or goes on with it. */
static void box_grow(Measurer *m, size_t i, bool is_new) {
    const ShapeCluster *cluster = shape_cluster(m->shaped, i);
    if (is_new) {
        item_add(m, (BreakItem){.kind = BREAK_BOX}, i);
        BreakItem *box = &g_array_index(m->out.items, BreakItem, m->out.items->len - 1);
        box->start_key = key_start(m->shaped, cluster->byte);
        if (m->hangs) box->hang_start = hang_of(m->shaped, cluster, true);
    }
    BreakItem *box = &g_array_index(m->out.items, BreakItem, m->out.items->len - 1);
    box->width += cluster->advance;
    if (m->hangs) box->hang_end = hang_of(m->shaped, cluster, false);
}

static void box_close(Measurer *m, size_t i) {
    BreakItem *box =
        m->out.items->len ? &g_array_index(m->out.items, BreakItem, m->out.items->len - 1) : NULL;
    if (box && box->kind == BREAK_BOX) box->end_key = key_end(m->shaped, cluster_end(m->shaped, i));
}

/* Words are boxes; a space is a penalty, then glue, so that a line end drops it. */
Measured measure_new(const Shaped *shaped, const int *costs, Looseness loose, bool hangs) {
    Measurer m = {shaped,
                  costs,
                  loose,
                  hangs,
                  {g_array_new(FALSE, FALSE, sizeof(BreakItem)),
                   g_array_new(FALSE, FALSE, sizeof(uint32_t))}};
    size_t n = shaped->clusters->len;
    bool is_in_box = false, is_after_space = true;
    for (size_t i = 0; i <= n; i++) {
        size_t newlines = newlines_before(shaped, i);
        const ShapeCluster *cluster = i < n ? shape_cluster(shaped, i) : NULL;
        bool ends_box = newlines || !cluster || cluster->is_glue;
        if (is_in_box && ends_box) box_close(&m, i - 1);
        if (newlines) is_in_box = false, is_after_space = true;
        for (; newlines; newlines--)
            item_add(&m, (BreakItem){.kind = BREAK_PENALTY, .penalty = PENALTY_FORCED}, i);
        if (!cluster) break;
        if (cluster->is_glue) {
            glue_add(&m, cluster->is_space ? space_price(&m, i) : PENALTY_NEVER, i);
            is_in_box = false, is_after_space = cluster->is_space;
            continue;
        }
        if (!is_after_space && is_cut(&m, i)) {
            if (is_in_box) box_close(&m, i - 1);
            cut_add(&m, i);
            is_in_box = false;
        }
        box_grow(&m, i, !is_in_box);
        is_in_box = true, is_after_space = false;
    }
    uint32_t end = (uint32_t)n;
    g_array_append_val(m.out.clusters, end);
    return m.out;
}

void measure_clear(Measured *measured) {
    g_clear_pointer(&measured->items, g_array_unref);
    g_clear_pointer(&measured->clusters, g_array_unref);
}
