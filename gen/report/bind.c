#include "report/bind.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

Scope bind_scope(const Binder *binder) {
    return (Scope){.theme = binder->project->theme,
                   .params = binder->params,
                   .n_params = binder->n_params,
                   .facts = binder->facts,
                   .n_facts = binder->n_facts};
}

static Span locate_in_node(const void *owner, size_t offset, size_t len) {
    return node_span_within(owner, offset, len);
}

void bind_remember_tables(Binder *binder, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!g_ptr_array_find_with_equal_func(binder->tables, names[i], g_str_equal, NULL))
            g_ptr_array_add(binder->tables, (char *)names[i]);
}

const Table *bind_query(Binder *binder, const Node *sql) {
    if (!sql) return NULL;
    if (sql->kind != NODE_SCALAR) {
        diag_error(binder->diag, sql->span, "type", "write one SELECT", "a query is expected here");
        return NULL;
    }
    Query query = {.sql = sql->text, .locate = locate_in_node, .owner = sql};
    const Table *table = dataset_query(binder->data, query, binder->params, binder->n_params,
                                       binder->arena, binder->diag);
    if (table) bind_remember_tables(binder, table->sources, table->n_sources);
    return table;
}

RichText bind_text(Binder *binder, Node *map, const char *key, const Table *table, size_t row) {
    RichText text = {.plain = ""};
    const Node *node = node_find(map, key);
    if (!node) return text;
    Scope scope = bind_scope(binder);
    scope.table = table;
    scope.row = row;
    fill(&scope, node, binder->arena, &text, binder->diag);
    return text;
}

const RichText *bind_rows(Binder *binder, const Node *text, const Table *table) {
    RichText *texts = ARENA_ARRAY(binder->arena, RichText, table->n_rows);
    Scope scope = bind_scope(binder);
    scope.table = table;
    for (scope.row = 0; scope.row < table->n_rows; scope.row++)
        if (!fill(&scope, text, binder->arena, &texts[scope.row], binder->diag)) return NULL;
    return texts;
}

const char **bind_keys(Binder *binder, const Table *table) {
    const char **keys = ARENA_ARRAY(binder->arena, const char *, table->n_rows);
    int id = table_column(table, "id");
    for (size_t i = 0; i < table->n_rows; i++)
        keys[i] = id >= 0 ? value_plain(table_cell(table, i, (size_t)id), binder->arena)
                          : arena_printf(binder->arena, "%zu", i + 1);
    return keys;
}

static Value read_value(const char *text, bool is_plain, Arena *arena) {
    Date date;
    char *end;
    gint64 integer = g_ascii_strtoll(text, &end, 10);
    if (is_plain && *text && !*end) return (Value){.kind = VALUE_INT, .integer = integer};
    double real = g_ascii_strtod(text, &end);
    if (is_plain && *text && !*end) return (Value){.kind = VALUE_REAL, .real = real};
    if (date_parse(text, &date)) return (Value){.kind = VALUE_DATE, .date = date};
    return (Value){.kind = VALUE_TEXT, .text = arena_strdup(arena, text)};
}

Value bind_value(Binder *binder, const Node *node) {
    if (node->kind != NODE_SCALAR) {
        diag_error(binder->diag, node->span, "type", NULL, "%s: a value is expected",
                   node->key ? node->key : "value");
        return (Value){0};
    }
    if (node->text[0] == ':') {
        for (size_t i = 0; i < binder->n_params; i++)
            if (g_str_equal(binder->params[i].name, node->text + 1)) return binder->params[i].value;
        diag_error(binder->diag, node->span, "unknown-name", "declare it under params",
                   "parameter « %s » is not known", node->text);
        return (Value){0};
    }
    if (strchr(node->text, '{')) {
        /* A fact alone keeps its type: `at: "{record.month}"`. */
        size_t len = strlen(node->text);
        Scope scope = bind_scope(binder);
        Value value;
        g_autofree char *name = g_strndup(node->text + 1, len > 2 ? len - 2 : 0);
        if (node->text[0] == '{' && node->text[len - 1] == '}' &&
            scope_find(&scope, g_strstrip(name), &value))
            return value;
        return read_value(fill_raw(&scope, node, binder->arena, binder->diag), false,
                          binder->arena);
    }
    return read_value(node->text, node->is_plain, binder->arena);
}

int bind_column(Binder *binder, const Node *name, const Table *table) {
    int column = name->kind == NODE_SCALAR ? table_column(table, name->text) : -1;
    if (column >= 0) return column;
    g_autofree const char **known = g_new0(const char *, table->n_columns + 1);
    memcpy(known, table->columns, table->n_columns * sizeof *known);
    g_autofree char *all = g_strjoinv(", ", (char **)known);
    g_autofree char *hint = g_strdup_printf(_("the query gives: %s"), all);
    diag_error(binder->diag, name->span, "unknown-column", hint,
               "%s: the query has no column « %s »", name->key ? name->key : _("channel"),
               name->text ? name->text : "");
    return -1;
}

/* What overflows in SQL is a number that nothing can show. */
static bool is_finite(Value value) {
    return value.kind != VALUE_REAL || isfinite(value.real);
}

bool bind_cell_number(Binder *binder, const char *what, const Table *table, size_t row, int column,
                      Span place) {
    Value value = table_cell(table, row, (size_t)column);
    if (value.kind == VALUE_NULL || (value_is_number(value) && is_finite(value))) return true;
    diag_error(
        binder->diag, place, "type-error", "check the query: cast it, or leave empty rows out",
        "%s: row %zu, column %s: %s is expected, not %s", what, row + 1, table->columns[column],
        _("a number"), value_is_number(value) ? _("infinity") : _(value_kind_name(value.kind)));
    return false;
}

static void add_param(Binder *binder, const char *name, Value value) {
    binder->params[binder->n_params++] = (Param){name, value};
}

/* --param name=value wins over the template; a name that the template lacks is an error. */
static const char *overridden(const Binder *binder, const char *name) {
    const char *const *given = binder->project->request->params;
    size_t n = strlen(name);
    for (; given && *given; given++)
        if (strncmp(*given, name, n) == 0 && (*given)[n] == '=') return *given + n + 1;
    return NULL;
}

static void check_overrides(Binder *binder) {
    const char *const *given = binder->project->request->params;
    for (; given && *given; given++) {
        g_autofree char *name = g_strndup(*given, strcspn(*given, "="));
        bool is_known = false;
        for (size_t i = 0; i < binder->n_params; i++)
            is_known |= g_str_equal(binder->params[i].name, name);
        if (!is_known)
            diag_error(binder->diag, (Span){0}, "unknown-name", "declare it under params",
                       "--param: %s has no parameter « %s »", binder->report->name, name);
    }
}

/* All bytes of the data go into it: it is asked for only where the template names it. */
static void bind_fingerprint(Binder *binder, const Source *template) {
    if (!strstr(source_data(template, NULL), "fingerprint")) return;
    const char *fingerprint = dataset_fingerprint(binder->data, binder->diag);
    if (fingerprint)
        add_param(
            binder, "fingerprint",
            (Value){.kind = VALUE_TEXT, .text = arena_strndup(binder->arena, fingerprint, 8)});
}

/* A day that ends the data: neither an interval, which may have no end, nor a doubtful date. */
static bool is_cut_off(Value value) {
    return value.kind == VALUE_DATE && value.date.precision != DATE_INTERVAL &&
           value.date.precision != DATE_DECADE && !date_qualifiers(value.date);
}

static void bind_params(Binder *binder, Node *report, Node *params) {
    size_t n = params ? params->n_children : 0;
    binder->params = ARENA_ARRAY(binder->arena, Param, n + 6);
    Node *as_of = node_require(report, "as_of", binder->diag);
    Value date = as_of ? bind_value(binder, as_of) : (Value){0};
    const char *given = overridden(binder, "as_of");
    if (given) date = read_value(given, false, binder->arena);
    const char *written = given ? given : as_of && as_of->text ? as_of->text : "";
    if (as_of && !is_cut_off(date))
        diag_error(binder->diag, as_of->span, "type-error", "write a day: 2026-10-05",
                   "as_of: « %s » is not %s", written,
                   date.kind == VALUE_DATE ? _("a plain day, month or year") : _("a date"));
    if (is_cut_off(date)) binder->report->as_of = date.date;
    add_param(binder, "as_of", date);
    for (size_t i = 0; i < n; i++) {
        Node *node = node_find(params, params->children[i]->key);
        given = overridden(binder, node->key);
        add_param(binder, node->key,
                  given ? read_value(given, true, binder->arena) : bind_value(binder, node));
    }
    bind_fingerprint(binder, report->span.source);
    check_overrides(binder);
}

static void bind_facts(Binder *binder, Node *facts) {
    size_t n = facts ? facts->n_children : 0;
    binder->facts = ARENA_ARRAY(binder->arena, Fact, n);
    for (size_t i = 0; i < n; i++) {
        Node *node = node_find(facts, facts->children[i]->key);
        diag_enter(binder->diag, "fact %s", node->key);
        const Table *table = bind_query(binder, node);
        if (table && table->n_rows != 1) {
            diag_error(binder->diag, node->span, "fact",
                       table->n_rows ? N_("add LIMIT 1, or aggregate") : N_("check its conditions"),
                       "%s: a fact is one row, the query gives %zu", node->key, table->n_rows);
            table = NULL;
        }
        binder->facts[binder->n_facts++] = (Fact){node->key, table};
        diag_leave(binder->diag);
    }
}

static void set_param(Binder *binder, const char *name, Value value) {
    for (size_t i = 0; i < binder->n_params; i++)
        if (g_str_equal(binder->params[i].name, name)) {
            binder->params[i].value = value;
            return;
        }
    add_param(binder, name, value);
}

void bind_sources(Binder *binder) {
    const Package *package = dataset_package(binder->data);
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (size_t i = 0; i < package->n_resources; i++) {
        const Resource *resource = &package->resources[i];
        bool is_read = false;
        for (guint t = 0; t < binder->tables->len; t++)
            is_read |= g_str_equal(binder->tables->pdata[t], resource->name);
        for (size_t s = 0; is_read && s < resource->n_sources; s++) {
            const char *title = resource->sources[s].title;
            if (!g_ptr_array_find_with_equal_func(titles, title, g_str_equal, NULL))
                g_ptr_array_add(titles, (char *)title);
        }
    }
    g_ptr_array_add(titles, NULL);
    g_autofree char *joined = g_strjoinv(", ", (char **)titles->pdata);
    const char *text = arena_strdup(binder->arena, joined);
    set_param(binder, "sources", (Value){.kind = VALUE_TEXT, .text = text});
}

void bind_page_number(Binder *binder, size_t page, size_t n_pages) {
    set_param(binder, "page", (Value){.kind = VALUE_INT, .integer = (int64_t)page});
    set_param(binder, "pages", (Value){.kind = VALUE_INT, .integer = (int64_t)n_pages});
}

static bool is_true(const Table *table) {
    if (table->n_rows != 1 || table->n_columns < 1) return false;
    Value value = table_cell(table, 0, 0);
    return value_is_number(value) && value_number(value) != 0;
}

static void bind_claims(Binder *binder, Node *claims) {
    for (size_t i = 0; claims && i < claims->n_children; i++) {
        Node *claim = claims->children[i];
        RichText says = bind_text(binder, claim, "says", NULL, 0);
        Node *holds = node_require(claim, "holds", binder->diag);
        const Table *table = bind_query(binder, holds);
        if (table && !is_true(table))
            diag_error(binder->diag, claim->span, "claim",
                       "the data have changed: rewrite the sentence wherever it stands",
                       "this claim no longer holds: « %s »", says.plain);
    }
}

/* NULL stays NULL. */
static const char *bind_plain(const Binder *binder, const char *text) {
    const FrTypoOptions *typography = &binder->report->theme->typography;
    return text ? rich_plain(text, typography, binder->arena).plain : NULL;
}

static void bind_head(Binder *binder, Node *head) {
    Report *report = binder->report;
    Diag *diag = binder->diag;
    Node *title = node_require(head, "title", diag);
    report->title = bind_plain(binder, title && title->text ? title->text : "");
    report->author = bind_plain(binder, node_text(head, "author", NULL, diag));
    report->description = bind_plain(binder, node_text(head, "description", NULL, diag));
    report->license_path = dataset_package(binder->data)->license_path;
}

Report *report_bind(const Project *project, const Template *template, Dataset *data,
                    MarkWordsFind words, Diag *diag) {
    size_t before = diag_errors(diag);
    g_autoptr(Report) report = g_new0(Report, 1);
    report->arena = arena_new();
    report->name = arena_strdup(report->arena, template->name);
    report->theme = project->theme;
    report->root = template->root;
    g_autoptr(GPtrArray) tables = g_ptr_array_new();
    Binder binder = {.project = project,
                     .data = data,
                     .report = report,
                     .words = words,
                     .arena = report->arena,
                     .diag = diag,
                     .tables = tables};
    diag_enter(diag, "report %s", template->name);
    Node *head = node_require(template->root, "report", diag);
    bind_head(&binder, head);
    bind_params(&binder, head, node_map(template->root, "params", diag));
    bind_facts(&binder, node_map(template->root, "facts", diag));
    bind_claims(&binder, node_list(template->root, "claims", diag));
    bind_figures(&binder);
    bind_pages(&binder);
    diag_leave(diag);
    return diag_errors(diag) == before ? g_steal_pointer(&report) : NULL;
}

void report_free(Report *report) {
    if (!report) return;
    arena_free(report->arena);
    g_free(report);
}

void report_unread(const Report *report, Diag *diag) {
    node_report_unread(report->root, diag);
}
