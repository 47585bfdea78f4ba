#include "report/filter_call.h"

#include "base/i18n.h"

#include <string.h>

const char *call_fail(Call *call, const char *problem, const char *hint) {
    call->problem = problem;
    call->hint = hint;
    return NULL;
}

const char *call_keep(Call *call, char *text) {
    return arena_take(call->arena, text);
}

int call_take_word(Call *call, const char *words) {
    if (call->at >= call->n_args) return -1;
    g_auto(GStrv) known = g_strsplit(words, "|", -1);
    for (int i = 0; known[i]; i++) {
        if (!g_str_equal(known[i], call->args[call->at])) continue;
        call->at++;
        return i;
    }
    return -1;
}

bool call_take_flag(Call *call, const char *word) {
    return call_take_word(call, word) == 0;
}

static const char *usage_hint(const Call *call) {
    return arena_printf(call->arena, _("write: %s"), call->usage);
}

bool call_take_decimals(Call *call, int *ret) {
    *ret = -1;
    if (call->at >= call->n_args) return true;
    const char *text = call->args[call->at];
    if (!g_ascii_isdigit(text[0]) || text[1])
        return call_fail(call, "decimals must be a digit", usage_hint(call)), false;
    call->at++;
    *ret = text[0] - '0';
    return call_is_read(call, "the decimals come last");
}

bool call_is_read(Call *call, const char *problem) {
    if (call->at >= call->n_args) return true;
    return call_fail(call, problem, usage_hint(call)), false;
}
