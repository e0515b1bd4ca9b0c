"""The groups of staff that the migrations make; a test that empties the database makes them anew."""

from importlib import import_module

from django.apps import apps

_roles = import_module("commerce.migrations.0003_roles")
_collections = import_module("commerce.migrations.0014_administrators_manage_collections")


def install_roles() -> None:
    """As the migrations do; twice is once."""
    _roles.install_roles(apps)
    _collections.allow(apps)


def remove_roles() -> None:
    """As taking the migrations back does."""
    _roles.remove_roles(apps)
