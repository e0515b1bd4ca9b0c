"""Scenes of the failure table in which staff ask the Hub; see test_failures.py."""

import html
import json

from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import Client, RequestFactory
from django.urls import reverse

from catalog.mapping.publication_warnings import warn_after_publishing
from catalog.mapping.services.mapping_checks import check_all_pages
from catalog.models import CategoryPage, MappingIssue, ProductGroupPage
from commerce.doctor.examination import examine
from personalization.rendering import services
from personalization.shoppers.services.visitors import storefront_user_token
from tests.factories.commerce import make_order
from tests.factories.personalization import make_design, make_render_project, make_storefront_user

from .stages import REFERENCE, SKU

SAID = {
    "does not answer at the moment": "away",
    "refused the shop's question": "refused",
    "Nothing was imported: the Hub does not answer": "away",
    "does not have this product any more": "gone",
    "pictures of the variants could be taken over": "plainer",
    "picture could not be taken over": "plainer",
    "Not connected in the Hub": "not-connected",
    "has no personalization workflow in the Hub": "no-editor",
    "There is no processing pipeline 31": "no-pipeline",
    "The Hub refused to say": "refused",
    "the report “Differences from the Hub” will tell": "later",
    "The Hub does not answer properly now": "trouble",
    "The Hub knows no such project": "gone",
}


def reading(text: str) -> dict:
    """What an answer says, in a word."""
    text = html.unescape(html.unescape(text))
    return {"says": next((word for words, word in SAID.items() if words in text), "done"), "text": text}


def staff() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("nora", "nora@oakwren.example", "secret"))
    return client


def answers(response) -> str:
    messages = " ".join(str(message) for message in get_messages(response.wsgi_request))
    return f"{response.text if response.status_code == 200 else ''} {messages}"


def asking(name: str, **query):
    def scene(control, row):
        client = staff()
        yield
        yield reading(json.loads(client.get(reverse(name), query).text)["html"])

    return scene


def picking_a_product(control, row):
    client = staff()
    yield
    answer = client.get(reverse("hub_product_chosen"), {"product_id": "401", "name": "Cards"})
    result = json.loads(answer.text)["result"]
    yield {"by": "number" if result["hub_product_id"] else "reference", "text": answer.text}


def looking_at_a_picture(control, row):
    client = staff()
    yield
    yield {"status": client.get(reverse("hub_product_picture", args=[401])).status_code}


def importing(control, row):
    client, category = staff(), CategoryPage.objects.get()
    yield
    response = client.post(reverse("hub_import"), {"product_id": 401, "parent": category.pk})
    told = reading(answers(response))
    made = ProductGroupPage.objects.filter(live=False).count()
    assert made == (told["says"] in ("done", "plainer"))
    yield told


def comparing(control, row):
    client, group = staff(), ProductGroupPage.objects.get()
    yield
    yield reading(client.get(reverse("hub_check", args=[group.pk])).text)


def publishing(control, row):
    user = staff()
    group = ProductGroupPage.objects.get()
    request = RequestFactory().get("/")
    request.session, request.user = user.session, get_user_model().objects.get()
    request._messages = FallbackStorage(request)
    yield
    warn_after_publishing(request, group)
    yield reading(" ".join(str(message) for message in get_messages(request)))


def reporting(control, row):
    control.switches.call_back = ""
    assert check_all_pages() == 1
    MappingIssue.objects.exclude(kind="not_in_hub").delete()
    yield
    check_all_pages()
    kinds = ("not_in_hub", "not_connected")
    yield {"issues": MappingIssue.objects.filter(kind__in=kinds).count()}


def asking_at_the_desk(control, row):
    client, owner = staff(), make_storefront_user()
    storefront_user_token(owner)
    design = make_design(owner, sku=SKU, state_ids=[control.add_design(owner.hub_id, REFERENCE)])
    project = make_render_project(design)
    order = make_order(owner=owner, designs=[design])
    item = order.items.get()
    item.render_project = project
    item.save()
    services.advance(project.pk)
    yield
    yield reading(client.get(reverse("order_desk:ask_hub", args=[order.pk, project.pk])).text)


def examining(control, row):
    yield
    yield {"compared": not examine(repair=False).hub_trouble}


STAFF_SCENES = {
    "choose-product": asking("hub_products"),
    "choose-connected": asking("hub_products", show="connected"),
    "choose-pipeline": asking("hub_pipelines"),
    "pick-product": picking_a_product,
    "picture": looking_at_a_picture,
    "import": importing,
    "check": comparing,
    "publish": publishing,
    "report": reporting,
    "desk": asking_at_the_desk,
    "doctor": examining,
}
