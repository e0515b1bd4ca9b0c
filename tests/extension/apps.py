from django.apps import AppConfig


class ExtensionConfig(AppConfig):
    """What a developer adds to the shop: a page type of their own, in an app of their own."""

    name = "tests.extension"
    label = "extension"
    default_auto_field = "django.db.models.BigAutoField"
