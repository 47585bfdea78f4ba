#include "base/code.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *code;
    CodeKind kind;
} codes[] = {
    {"source-error", CODE_STRUCTURE},    {"encoding-error", CODE_STRUCTURE},
    {"dialect-error", CODE_STRUCTURE},   {"blank-header", CODE_STRUCTURE},
    {"blank-label", CODE_STRUCTURE},     {"duplicate-label", CODE_STRUCTURE},
    {"missing-label", CODE_STRUCTURE},   {"extra-label", CODE_STRUCTURE},
    {"incorrect-label", CODE_STRUCTURE}, {"blank-row", CODE_STRUCTURE},
    {"duplicate-row", CODE_STRUCTURE},   {"extra-cell", CODE_STRUCTURE},
    {"missing-cell", CODE_STRUCTURE},    {"type-error", CODE_CONTENT},
    {"constraint-error", CODE_CONTENT},  {"unique-error", CODE_CONTENT},
    {"primary-key", CODE_CONTENT},       {"foreign-key", CODE_CONTENT},
    {"row-constraint", CODE_CONTENT},
};

CodeKind code_kind(const char *code) {
    for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
        if (!strcmp(codes[i].code, code)) return codes[i].kind;
    return CODE_OTHER;
}
