"""The groups of staff as release 0.1.0 made them. Frozen: what a role gains later comes by a migration of its own."""

from django.apps.registry import Apps
from django.db import migrations

CATALOGUE_EDITORS = "Catalogue editors"
MERCHANDISERS = "Merchandisers"
ORDER_DESK = "Order desk"
ADMINISTRATORS = "Administrators"

ENTER_ADMIN = {"wagtailadmin.admin": ["access_admin"]}


def _everything(*models: str) -> dict[str, list[str]]:
    """All four permissions on each of the models, given as "app.model"."""
    names = {model: model.partition(".")[2] for model in models}
    return {
        model: [f"{action}_{name}" for action in ("add", "change", "delete", "view")]
        for model, name in names.items()
    }


REDIRECTS = _everything("wagtailredirects.redirect")
MENUS = {
    "home.navigationsettings": ["change_navigationsettings"],
    "home.footersettings": ["change_footersettings"],
}

SEE_AND_COUNT_STOCK = {"catalog.stock": ["view_stock", "change_stock"]}
STOCK = {"catalog.stock": ["view_stock", "change_stock", "add_stock"]}

# Permissions on models, by "app.model".
MODEL_PERMISSIONS = {
    CATALOGUE_EDITORS: ENTER_ADMIN,
    MERCHANDISERS: ENTER_ADMIN | REDIRECTS | MENUS | STOCK,
    ORDER_DESK: ENTER_ADMIN | {"commerce.order": ["view_order", "change_order"]} | SEE_AND_COUNT_STOCK,
    ADMINISTRATORS: ENTER_ADMIN
    | REDIRECTS
    | MENUS
    | STOCK
    | {
        "commerce.order": ["view_order", "change_order", "see_webhook_secret"],
        "home.brandsettings": ["change_brandsettings"],
    }
    | _everything("auth.user", "auth.group")
    | _everything("wagtailcore.site", "wagtailcore.collection", "wagtailcore.workflow", "wagtailcore.task"),
}

# Permissions on the root page, and so on every page. Editors write drafts and send them to moderation.
PAGE_PERMISSIONS = {
    CATALOGUE_EDITORS: ["add_page", "change_page"],
    MERCHANDISERS: ["add_page", "change_page", "publish_page", "lock_page"],
    ADMINISTRATORS: [
        "add_page",
        "change_page",
        "publish_page",
        "lock_page",
        "unlock_page",
        "bulk_delete_page",
    ],
}

# Permissions on pictures and documents in the root collection, and so in every collection.
FILE_MODELS = {"wagtailimages": "image", "wagtaildocs": "document"}
FILE_ACTIONS = {
    CATALOGUE_EDITORS: ["add", "change", "choose"],
    MERCHANDISERS: ["add", "change", "choose"],
    ADMINISTRATORS: ["add", "change", "choose", "delete"],
}


def install_roles(apps: Apps, schema_editor=None) -> None:
    """Make the groups and give them what they lack; takes nothing away that a shop has added.

    Permissions come into being after the last migration, so those that do not exist yet are made here.
    """
    group_model = apps.get_model("auth", "Group")
    for name, models in MODEL_PERMISSIONS.items():
        group, _created = group_model.objects.get_or_create(name=name)
        for model, codenames in models.items():
            group.permissions.add(*(_permission(apps, model, codename) for codename in codenames))
        _allow_pages(apps, group)
        _allow_files(apps, group)


def remove_roles(apps: Apps, schema_editor=None) -> None:
    """Remove the groups; their members stay, without what the groups let them do."""
    apps.get_model("auth", "Group").objects.filter(name__in=MODEL_PERMISSIONS).delete()


def _allow_pages(apps: Apps, group) -> None:
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    if root is None:
        return
    for codename in PAGE_PERMISSIONS.get(group.name, []):
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
            group=group, page=root, permission=_permission(apps, "wagtailcore.page", codename)
        )


def _allow_files(apps: Apps, group) -> None:
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    if root is None:
        return
    for action in FILE_ACTIONS.get(group.name, []):
        for app, model in FILE_MODELS.items():
            apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(
                group=group,
                collection=root,
                permission=_permission(apps, f"{app}.{model}", f"{action}_{model}"),
            )


def _permission(apps: Apps, model: str, codename: str):
    app_label, _dot, name = model.partition(".")
    content_type, _created = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app_label, model=name
    )
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {codename.replace('_', ' ')}"},
    )[0]


class Migration(migrations.Migration):
    replaces = [
        ("commerce", "0006_roles"),
        ("commerce", "0009_stock"),
    ]

    dependencies = [
        ("commerce", "0002_append_only"),
        ("catalog", "0001_initial_schema"),
        ("home", "0001_initial_schema"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(install_roles, remove_roles)]
