from django.db import migrations

ADMINISTRATORS = "Administrators"
RIGHTS = {
    "add_collection": "Can add collection",
    "change_collection": "Can change collection",
    "delete_collection": "Can delete collection",
}


def allow(apps, schema_editor=None):
    """Wagtail asks for these at a collection, beside the group's own permissions."""
    Collection = apps.get_model("wagtailcore", "Collection")
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    Permission = apps.get_model("auth", "Permission")

    group = Group.objects.filter(name=ADMINISTRATORS).first()
    root = Collection.objects.filter(depth=1).first()
    if group is None or root is None:
        return
    content_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="collection")
    for codename, name in RIGHTS.items():
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


class Migration(migrations.Migration):
    dependencies = [("commerce", "0013_no_requests_for_order_links")]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
