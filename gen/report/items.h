/* report/items: a text that holds a list, as SQL gives one: `group_concat(name, '|')`, items parted
 * by bars, or `json_group_array(name)`, a JSON array of texts and numbers (RFC 8259). */
#pragma once

/* The items, trimmed, the empty ones and JSON's null left out; free it with g_strfreev. A text that
 * is not such an array is parted at its bars: a list is never refused. */
[[nodiscard]] char **items_read(const char *text);
