/* base/code: the codes of faults of data, and what they are about.
 * The names and the two kinds are those of the frictionless framework (its tags #structure: source,
 * encoding, dialect, labels, rows; #content: cells and keys). A code that is not of data is of
 * neither. Table: docs/formats/messages.md. */
#pragma once

typedef enum { CODE_OTHER, CODE_STRUCTURE, CODE_CONTENT } CodeKind;

enum { N_CODE_KINDS = CODE_CONTENT + 1 };

CodeKind code_kind(const char *code);
