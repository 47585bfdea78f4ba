/* What must hold between the cells of a row, which Table Schema cannot say: `frise:rules`.
 * A rule is `a <= b`, `a <= b <= c` or `a < 2020-01-01`, or a map with `rule` and `says`, or with
 * `require` and `when`. */
#include "project/package_read.h"

#include "base/i18n.h"

#include <math.h>
#include <string.h>

typedef struct {
    Loader *load;
    const Resource *resource;
    const Node *node; /* what is read */
    const char *says;
    GArray *rules; /* Rule */
} Reader;

enum { MOST_RULES = 100 }; /* each is asked of each row */

static bool report(const Reader *reader, const char *hint, const char *format, const char *text) {
    diag_error(reader->load->diag, package_place(reader->node), "unsupported-value", hint, format,
               text);
    return false;
}

/* ---- comparisons ---- */

static const struct {
    const char *sign;
    RuleOp op;
} signs[] = {{"<=", OP_AT_MOST}, {">=", OP_AT_LEAST}, {"!=", OP_NOT_EQUAL}, {"==", OP_EQUAL},
             {"<", OP_LESS},     {">", OP_MORE},      {"=", OP_EQUAL}};

/* The first sign of the text outside quotes; NULL without one. */
static const char *find_sign(const char *text, RuleOp *ret_op, size_t *ret_len) {
    char quote = 0;
    for (; *text; text++) {
        if (quote || strchr("\"'", *text)) {
            quote = !quote ? *text : quote == *text ? '\0' : quote;
            continue;
        }
        for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
            if (!g_str_has_prefix(text, signs[i].sign)) continue;
            *ret_op = signs[i].op;
            *ret_len = strlen(signs[i].sign);
            return text;
        }
    }
    return NULL;
}

static bool has_field(const Resource *resource, const char *name) {
    for (size_t i = 0; i < resource->n_fields; i++)
        if (strcmp(resource->fields[i].name, name) == 0) return true;
    return false;
}

/* A number, a date, true, false, or a text between quotes. */
static bool read_literal(Arena *arena, const char *text, ValueKind kind, Value *ret_value) {
    size_t len = strlen(text);
    Date date;
    bool is_quoted = len >= 2 && strchr("\"'", *text) && text[len - 1] == *text;
    if (is_quoted && kind == VALUE_TEXT) {
        *ret_value = (Value){.kind = VALUE_TEXT, .text = arena_strndup(arena, text + 1, len - 2)};
    } else if (kind == VALUE_DATE && date_parse(text, &date)) {
        *ret_value = (Value){.kind = VALUE_DATE, .date = date};
    } else if ((kind == VALUE_INT || kind == VALUE_REAL) && node_is_decimal(text)) {
        *ret_value = (Value){.kind = VALUE_REAL, .real = g_ascii_strtod(text, NULL)};
        return isfinite(ret_value->real);
    } else if (kind == VALUE_BOOL && (!strcmp(text, "true") || !strcmp(text, "false"))) {
        *ret_value = (Value){.kind = VALUE_BOOL, .integer = *text == 't'};
    } else {
        return false;
    }
    return true;
}

/* What cannot be the name of a column, so that a misspelt one is told as such. */
static bool looks_literal(const char *text) {
    return strchr("\"'-", *text) || g_ascii_isdigit(*text) || !strcmp(text, "true") ||
           !strcmp(text, "false");
}

static bool is_number(ValueKind kind) {
    return kind == VALUE_INT || kind == VALUE_REAL;
}

static bool has_order(const Field *field) {
    ValueKind kind = field_value_kind(field);
    return is_number(kind) || kind == VALUE_DATE || field->type == FIELD_DATETIME ||
           field->type == FIELD_TIME;
}

static bool check_kinds(const Reader *reader, const Rule *rule) {
    const Field *a = &reader->resource->fields[rule->left];
    const Field *b = &reader->resource->fields[rule->right];
    ValueKind x = field_value_kind(a), y = field_value_kind(b);
    bool is_same = x == y && (x != VALUE_TEXT || a->type == b->type);
    if (is_same || (is_number(x) && is_number(y))) return true;
    diag_error(reader->load->diag, package_place(reader->node), "unsupported-value",
               "compare numbers with numbers, and dates with dates",
               "the rule compares a field of type %s with one of type %s", field_type_name(a->type),
               field_type_name(b->type));
    return false;
}

static bool read_right(const Reader *reader, const char *text, Rule *rule) {
    Loader *load = reader->load;
    const Field *left = &reader->resource->fields[rule->left];
    if (has_field(reader->resource, text) || !looks_literal(text)) {
        rule->right = package_find_field(load, reader->resource, text, package_place(reader->node),
                                         N_("in a rule,"));
        return rule->right != SIZE_MAX && check_kinds(reader, rule);
    }
    if (read_literal(load->arena, text, field_value_kind(left), &rule->literal)) return true;
    diag_error(load->diag, package_place(reader->node), "unsupported-value",
               "write the name of a column, a number, a date as 2017-01-31, or a text between "
               "quotes",
               "the rule compares a field of type %s with « %s »", field_type_name(left->type),
               text);
    return false;
}

static bool read_pair(const Reader *reader, const char *left, RuleOp op, const char *right) {
    Rule rule = {
        .op = op, .says = reader->says, .when = SIZE_MAX, .right = SIZE_MAX, .node = reader->node};
    rule.left = package_find_field(reader->load, reader->resource, left,
                                   package_place(reader->node), N_("in a rule,"));
    if (rule.left == SIZE_MAX || !read_right(reader, right, &rule)) return false;
    bool is_ordering = op != OP_EQUAL && op != OP_NOT_EQUAL;
    const Field *field = &reader->resource->fields[rule.left];
    if (is_ordering && !has_order(field))
        return report(reader, N_("write = or !="), N_("values of type %s have no order"),
                      field_type_name(field->type));
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
        if (signs[i].op == op)
            rule.text = arena_printf(reader->load->arena, "%s %s %s", left, signs[i].sign, right);
    g_array_append_val(reader->rules, rule);
    return true;
}

/* `a <= b <= c` is two rules. */
static void read_comparison(const Reader *reader, const char *text) {
    RuleOp op, next_op = OP_EQUAL;
    size_t len, next_len = 0;
    const char *sign = find_sign(text, &op, &len);
    if (!sign) {
        report(reader, N_("write a rule as `amount_min <= amount`"), N_("« %s » compares nothing"),
               text);
        return;
    }
    g_autofree char *left = g_strstrip(g_strndup(text, (gsize)(sign - text)));
    while (sign && reader->rules->len <= MOST_RULES) {
        const char *from = sign + len, *next = find_sign(from, &next_op, &next_len);
        g_autofree char *right =
            g_strstrip(next ? g_strndup(from, (gsize)(next - from)) : g_strdup(from));
        if (!read_pair(reader, left, op, right)) return;
        g_free(left);
        left = g_steal_pointer(&right);
        sign = next, op = next_op, len = next_len;
    }
}

/* ---- requirements ---- */

static void read_requirement(Reader *reader, Node *map) {
    Loader *load = reader->load;
    Rule rule = {.is_requirement = true,
                 .says = reader->says,
                 .left = SIZE_MAX,
                 .right = SIZE_MAX,
                 .node = map};
    Node *require = node_require(map, "require", load->diag);
    if (!require || !package_read_key(load, require, reader->resource, N_("the required field"),
                                      &rule.required))
        return;
    const Node *when = node_find(map, "when");
    rule.text = node_text(map, "when", NULL, load->diag);
    if (!rule.text) {
        diag_error(load->diag, package_place(map), "missing-key",
                   "name the column whose value calls for the others, or use the constraint "
                   "`required`",
                   "the rule lacks `when`");
        return;
    }
    rule.when = package_find_field(load, reader->resource, rule.text, package_place(when),
                                   N_("in a rule,"));
    if (rule.when != SIZE_MAX) g_array_append_val(reader->rules, rule);
}

/* ---- the list ---- */

static void read_rule(Reader *reader, Node *node) {
    Diag *diag = reader->load->diag;
    reader->node = node;
    reader->says = NULL;
    if (node->kind == NODE_SCALAR) {
        read_comparison(reader, node->text);
        return;
    }
    if (node->kind == NODE_LIST) {
        diag_error(diag, package_place(node), "type-error",
                   "write `amount_min <= amount`, or {require: source, when: amount}",
                   "an item of `frise:rules` is not a rule");
        return;
    }
    reader->says = node_text(node, "says", NULL, diag);
    const Node *comparison = node_find(node, "rule");
    if (!comparison) {
        read_requirement(reader, node);
        return;
    }
    const char *text = node_text(node, "rule", NULL, diag);
    reader->node = comparison;
    if (text) read_comparison(reader, text);
}

void package_read_rules(Loader *load, Node *schema, Resource *resource) {
    const Node *list = node_list(schema, "frise:rules", load->diag);
    if (!list) return;
    g_autoptr(GArray) rules = g_array_new(FALSE, FALSE, sizeof(Rule));
    Reader reader = {.load = load, .resource = resource, .rules = rules};
    for (size_t i = 0; i < list->n_children && rules->len <= MOST_RULES; i++)
        read_rule(&reader, list->children[i]);
    if (rules->len > MOST_RULES)
        diag_error(load->diag, package_place(list), "too-large", "keep the rules that matter",
                   "more than %d rules for one file", MOST_RULES);
    resource->n_rules = rules->len;
    resource->rules = arena_dup(load->arena, rules->data, rules->len * sizeof(Rule));
}
