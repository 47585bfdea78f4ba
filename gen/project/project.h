/* project/project: everything written that a run needs: theme, data package, templates. Opens no
 * data. In: a Request. Out: a Project that owns one arena and the sources of its files. Templates
 * asked for by name must exist; without names, every .yaml file of the folder but theme.yaml.
 * A part that has faults is NULL and the others are there, so that the next stages can still report
 * theirs: ask diag_errors() before building anything. */
#pragma once

#include "project/package.h"
#include "project/request.h"
#include "project/theme.h"

typedef struct {
    const char *name; /* coree-du-nord */
    Source *source;
    Node *root;
} Template;

typedef struct {
    Arena *arena;
    const Request *request;
    Source *theme_source;
    Theme *theme;
    Package *package;
    Template *templates;
    size_t n_templates;
} Project;

[[nodiscard]] Project *project_load(const Request *request, Diag *diag);
void project_free(Project *project);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Project, project_free)
