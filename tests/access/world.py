"""Who asks, and what there is to ask for: one object of everything that an address can name."""

from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    PageViewRestriction,
    Site,
    Workflow,
    WorkflowTask,
)
from wagtail.models import UploadedFile as Upload

from catalog.models import Stock
from commerce.desk.roles import ADMINISTRATORS, CATALOGUE_EDITORS, MERCHANDISERS, ORDER_DESK
from commerce.models import OutgoingEmail
from commerce.services.cart import add_plain_item
from commerce.services.emails import owe_email
from personalization.models import StorefrontUser
from tests.commerce.desk import make_order_with_project
from tests.factories.catalog import a_group, a_picture
from tests.factories.commerce import client_of, make_cart_design
from tests.factories.personalization import make_storefront_user
from tests.factories.staff import install_roles

ANONYMOUS, VISITOR, CUSTOMER, SUPERUSER = "anonymous", "visitor", "customer", "superuser"
ROLES = (CATALOGUE_EDITORS, MERCHANDISERS, ORDER_DESK, ADMINISTRATORS)
PEOPLE = (ANONYMOUS, VISITOR, CUSTOMER, *ROLES, SUPERUSER)


@dataclass
class World:
    """A browser for each of PEOPLE, and the arguments of addresses."""

    browsers: dict[str, Client]
    arguments: dict[str, object]


def a_world() -> World:
    """One of everything."""
    install_roles()
    group = a_group("OW-PENCIL", title="Pencils")
    order, project = make_order_with_project()
    owe_email(order, OutgoingEmail.Kind.CONFIRMATION)
    someone = User.objects.create_user("someone", "someone@example.com")
    document = get_document_model().objects.create(
        title="Terms", file=ContentFile(b"terms", name="terms.txt")
    )
    picture = a_picture()
    owner = make_storefront_user()
    item = add_plain_item(owner=owner, sku="OW-PENCIL", quantity=1)
    design = make_cart_design(owner)
    workflow = a_workflow()
    state = workflow.start(group, someone)
    files = list(project.files.all())
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Private"))
    restriction = PageViewRestriction.objects.create(
        page=a_group("OW-SECRET").page_ptr, restriction_type="password", password="x"
    )
    collection_restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="x"
    )
    upload = Upload.objects.create(
        uploaded_by_user=someone, file=ContentFile(b"x", name="x.txt"), for_content_type=None
    )
    pages = f"/admin/pages/{group.pk}"
    arguments = {
        "page_id": group.pk,
        "parent_page_id": group.get_parent().pk,
        "page_to_move_id": group.pk,
        "destination_id": group.get_parent().pk,
        "wagtailadmin_pages:add content_type_app_name": "catalog",
        "content_type_app_name": "catalog",
        "content_type_model_name": "productgrouppage",
        "wagtailadmin_api:pages: pk": group.pk,
        "wagtailadmin_api:documents: pk": document.pk,
        "wagtailadmin_api:images: pk": picture.pk,
        "wagtailadmin_api:pages:action action_name": "copy_for_translation",
        "wagtail_bulk_action": f"/admin/bulk/wagtailcore/page/delete/?id={group.pk}",
        "wagtailadmin_pages:choose_parent app_label": "catalog",
        "wagtailadmin_pages:choose_parent model_name": "productgrouppage",
        "wagtailadmin_pages: action_name": "approve",
        "task_state_id": state.current_task_state.pk,
        "wagtailadmin_pages: task_id": state.current_task_state.task_id,
        "workflow_state_id": state.pk,
        "revision_id": group.latest_revision_id,
        "wagtailadmin_pages:revisions_compare": f"{pages}/revisions/compare/earliest...latest/",
        "app_name": "home",
        "wagtailadmin_tag_model_autocomplete": "/admin/tag-autocomplete/taggit/tag/?term=a",
        "wagtailadmin_collections: pk": collection.pk,
        "collection_id": collection.pk,
        "wagtailadmin_workflows: pk": workflow.pk,
        "wagtailadmin_workflows:edit_task pk": workflow.workflow_tasks.get().task_id,
        "wagtailadmin_workflows:disable_task pk": workflow.workflow_tasks.get().task_id,
        "wagtailadmin_workflows:enable_task pk": workflow.workflow_tasks.get().task_id,
        "wagtailadmin_workflows: task_id": workflow.workflow_tasks.get().task_id,
        "page_pk": group.pk,
        "workflow_pk": workflow.pk,
        "wagtailadmin_workflows: app_label": "wagtailcore",
        "wagtailadmin_workflows: model_name": "groupapprovaltask",
        "wagtailadmin_editing_sessions: app_label": "wagtailcore",
        "wagtailadmin_editing_sessions: model_name": "page",
        "object_id": group.pk,
        "session_id": 1,
        "product_id": 401,
        "redirect_id": Redirect.objects.create(old_path="/old", redirect_link="/new").pk,
        "wagtailsettings: app_name": "home",
        "wagtailsettings: model_name": "brandsettings",
        "wagtailsettings: pk": Site.objects.get().pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "image_id": picture.pk,
        "filter_spec": "width-100",
        "uploaded_file_id": upload.pk,
        "order_desk: pk": order.pk,
        "project_pk": project.pk,
        "order_desk:send_again email_pk": order.emails.get().pk,
        "order_desk:repair repair": "restart",
        "file_pk": files[0].pk if files else 1,
        "stock: pk": Stock.objects.create(sku="OW-PENCIL", quantity=5).pk,
        "wagtailsites: pk": Site.objects.get().pk,
        "wagtailusers_users: pk": someone.pk,
        "wagtailusers_groups: pk": Group.objects.get(name=ORDER_DESK).pk,
        "wagtaildocs_chooser: pk": document.pk,
        "wagtailimages_chooser: pk": picture.pk,
        "uidb64": "MQ",
        "token": "a-wrong-token",
        "account_confirm_email": "/accounts/confirm-email/a-wrong-key/",
        "account_reset_password_from_key": "/accounts/password/reset/key/1-a-wrong-key/",
        "restriction_id": collection_restriction.pk,
        "page_view_restriction_id": restriction.pk,
        "wagtaildocs_serve": document.url,
        "item_id": item.pk,
        "sku": "OW-PENCIL",
        "design_id": design.pk,
        "code": order.code,
        "secret": order.secret,
        "file_id": files[0].pk if files else 1,
        "admin/^.*/$": "/admin/no-such-page/",
        "wagtail_serve": "/",
    }
    return World(browsers=browsers_of_all(), arguments=arguments)


def a_workflow() -> Workflow:
    """A workflow of one task."""
    workflow = Workflow.objects.create(name="Two pairs of eyes")
    task = GroupApprovalTask.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


def browsers_of_all() -> dict[str, Client]:
    """The browsers of PEOPLE; nobody owns anything."""
    browsers = {ANONYMOUS: Client(), VISITOR: client_of(make_storefront_user())}
    accounts = {CUSTOMER: User.objects.create_user("customer", "customer@example.com")}
    for role in ROLES:
        accounts[role] = User.objects.create_user(role.replace(" ", "-"), f"{len(accounts)}@example.com")
        accounts[role].groups.add(Group.objects.get(name=role))
    accounts[SUPERUSER] = User.objects.create_superuser("root", "root@example.com")
    StorefrontUser.objects.create(account=accounts[CUSTOMER])
    for name, account in accounts.items():
        browsers[name] = Client()
        browsers[name].force_login(account)
    return browsers
