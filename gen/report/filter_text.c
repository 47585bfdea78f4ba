/* Filters of texts: case, what stands before and after, lists. */
#include "report/filter_call.h"

#include "lang/fr_format.h"
#include "report/items.h"

const char *apply_text(Call *call, Value value) {
    return value_plain(value, call->arena);
}

const char *apply_upper(Call *call, Value value) {
    return call_keep(call, g_utf8_strup(value_plain(value, call->arena), -1));
}

const char *apply_capital(Call *call, Value value) {
    const char *text = value_plain(value, call->arena);
    if (!*text) return text;
    const char *rest = g_utf8_next_char(text);
    g_autofree char *first = g_utf8_strup(text, rest - text);
    return arena_printf(call->arena, "%s%s", first, rest);
}

const char *apply_after(Call *call, Value value) {
    return call_keep(call, fr_elide(call->args[0], value_plain(value, call->arena)));
}

const char *apply_country(Call *call, Value value) {
    static const FrCountryForm forms[] = {FR_COUNTRY_IN, FR_COUNTRY_OF, FR_COUNTRY_ARTICLE};
    int form = call_take_word(call, "en|de|le");
    if (form < 0)
        return call_fail(call, "unknown form of country",
                         "use en (au Japon), de (du Japon) or le (le Japon)");
    return call_keep(call, fr_country(value.text, forms[form]));
}

const char *apply_list(Call *call, Value value) {
    bool is_sorted = call_take_flag(call, "sorted");
    const char *conj = call->at < call->n_args ? call->args[call->at++] : NULL;
    if (!call_is_read(call, "one word joins the last two items")) return NULL;
    g_auto(GStrv) items = items_read(value.text);
    size_t n = g_strv_length(items);
    if (n == 0)
        return call_fail(call, "the list is empty",
                         "give it a row, or group_concat(name, '|'), empty without rows");
    if (is_sorted) fr_sort((const char **)items, n, FR_LOCALE_FR);
    return call_keep(call, fr_list((const char *const *)items, n, conj));
}

const char *apply_prefix(Call *call, Value value) {
    return arena_printf(call->arena, "%s%s", call->args[0], value.text);
}

const char *apply_suffix(Call *call, Value value) {
    return arena_printf(call->arena, "%s%s", value.text, call->args[0]);
}
