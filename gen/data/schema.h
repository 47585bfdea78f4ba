/* data/schema: the rows of a CSV file under the Table Schema of its resource.
 * Columns are found by their names, in any order. Out: a Table with the columns of the schema, in
 * its order. Faults, each with a remedy: extra-label (with the nearest known column),
 * missing-label, duplicate-label, blank-label; extra-cell, missing-cell; type-error,
 * constraint-error, primary-key (with the line of the first). All are reported, up to FAULTS_SHOWN,
 * before failing; a warning more-faults counts the others. */
#pragma once

#include "data/csv.h"
#include "data/table.h"
#include "project/package.h"

/* NULL after an error was reported. The table lives in the arena and keeps nothing of the file. */
[[nodiscard]] Table *schema_read(const Resource *resource, const CsvFile *file, Arena *arena,
                                 Diag *diag);
