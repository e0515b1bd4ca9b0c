"""The sandbox's HTTP endpoints, one module per part of the Hub."""

from . import (
    artifacts,
    console,
    control,
    design_editor,
    designs,
    editor,
    files,
    oauth,
    products,
    projects,
    references,
    tenant,
    users,
)

TABLES = (
    oauth.routes,
    tenant.routes,
    references.routes,
    products.routes,
    users.routes,
    projects.routes,
    artifacts.routes,
    designs.routes,
    editor.routes,
    design_editor.routes,
    files.routes,
    control.routes,
    console.routes,
)
