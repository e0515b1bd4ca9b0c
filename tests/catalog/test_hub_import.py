"""Making a draft page of a Hub product."""

import dataclasses

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.urls import reverse

from catalog.mapping.selectors.hub_mapping import hub_mapping
from catalog.models import ProductGroupPage
from home.models import SiteImage
from tests.factories.catalog import a_category, a_group

pytestmark = pytest.mark.django_db


def send(editor, product_id: int = 401, parent=None):
    data = {"product_id": product_id, "parent": (parent or a_category()).pk}
    return editor.post(reverse("hub_import"), data)


def said(response) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


@pytest.fixture
def hub_product(sandbox, monkeypatch):
    """Lets a test change one of the sandbox's products: `hub_product(401, name="Cards")`."""

    def change(product_id: int, **fields):
        catalog = sandbox.control._hub.catalog
        changed = dataclasses.replace(catalog.product(product_id), **fields)
        monkeypatch.setitem(catalog._by_id, product_id, changed)
        return changed

    return change


def test_a_hub_product_becomes_a_draft_with_variants_options_and_picture(editor, sandbox, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    category = a_category("Business")

    response = send(editor, parent=category)

    page = ProductGroupPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.has_unpublished_changes) == ("Classic business cards", False, True)
    assert page.get_parent().pk == category.pk
    first = page.variants.first()
    assert (first.sku, first.title, str(first.price)) == ("OW-BC-MATT-50", "Matt 350 g, 50 cards", "19.00")
    assert first.options == [["Paper", "Matt 350 g"], ["Pack", "50 cards"]]
    assert hub_mapping(page).reference == "classic-business-cards"
    assert page.picture.description == "Classic business cards"
    assert page.picture.file.name.endswith(".webp")
    draft = page.get_latest_revision_as_object()
    assert [variant.sku for variant in draft.variants.all()] == [v.sku for v in page.variants.all()]
    assert editor.get(response.url).status_code == 200


def test_a_sku_that_is_taken_is_left_out_and_explained(editor, sandbox):
    a_group("OW-BC-MATT-50", title="Old cards")

    response = send(editor)

    page = ProductGroupPage.objects.get(title="Classic business cards")
    assert "OW-BC-MATT-50" not in [variant.sku for variant in page.variants.all()]
    assert "Left out: OW-BC-MATT-50, already used by “Old cards”." in said(response)


def test_importing_twice_makes_no_second_page(editor, sandbox):
    send(editor)

    response = send(editor)

    assert ProductGroupPage.objects.count() == 1
    assert "Nothing was imported" in said(response)
    assert response.url == reverse("hub_import")


def test_variants_without_price_or_with_unusable_skus(editor, hub_product):
    first, second, third = hub_product(401).variants[:3]
    variants = (
        dataclasses.replace(first, available=False),
        dataclasses.replace(second, sku="no good/sku"),
        dataclasses.replace(third, sku=""),
    )
    hub_product(401, variants=variants)

    response = send(editor)

    (variant,) = ProductGroupPage.objects.get().variants.all()
    assert (variant.sku, variant.is_active) == (first.sku, False)
    assert "Left out: no good/sku." in said(response)
    assert "A variant without SKU was left out" in said(response)


def test_variants_that_lack_the_same_share_one_sentence(editor, hub_product):
    first = hub_product(401).variants[0]
    unpriced = [dataclasses.replace(first, sku=f"OW-{number}", price=-1.0) for number in range(24)]
    nameless = [dataclasses.replace(first, sku="") for _number in range(24)]
    hub_product(401, variants=(*unpriced, *nameless))

    told = said(send(editor))

    assert told.count("The Hub has no price for") == 1
    assert "The Hub has no price for OW-0, OW-1, OW-2, OW-3, OW-4 and 19 more." in told
    assert told.count("A variant without SKU was left out") == 1


def test_a_product_that_is_not_connected_is_known_by_its_number(editor, sandbox):
    sandbox.control.disconnect("classic-business-cards")

    send(editor)

    known = hub_mapping(ProductGroupPage.objects.get())
    assert (known.reference, known.product_id) == ("", 401)


def test_weights_and_the_pictures_of_variants_come_along(editor, sandbox, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    response = send(editor)

    page = ProductGroupPage.objects.get()
    variants = {variant.sku: variant for variant in page.variants.all()}
    assert variants["OW-BC-MATT-50"].weight_grams == 95
    assert "Weights are the Hub&#x27;s numbers, read as grams." in said(response)
    assert variants["OW-BC-MATT-50"].image is None
    cotton = variants["OW-BC-COTTON-100"].image
    assert cotton == variants["OW-BC-COTTON-50"].image
    assert cotton.description == "Classic business cards"
    recycled = variants["OW-BC-RECYC-100"].image
    assert recycled.description == "Classic business cards, Recycled 350 g, 100 cards"
    assert cotton.file.read() != page.picture.file.read()
    # White, which is the product's own picture, and two other papers.
    assert SiteImage.objects.count() == 3
    draft = page.get_latest_revision_as_object()
    assert draft.variants.get(sku="OW-BC-COTTON-100").image == cotton


def test_only_so_many_pictures_are_waited_for(editor, sandbox, monkeypatch):
    monkeypatch.setattr("catalog.mapping.services.imported_pictures.MOST_PICTURES", 1)

    response = send(editor)

    assert len(sandbox.control.calls_to("previews.product")) == 2
    assert "Not all pictures of the variants could be taken over." in said(response)


def test_a_hub_that_does_not_tell_the_pictures_of_variants_leaves_the_rest(editor, sandbox):
    sandbox.control.fail("products.variant-designs", status=503, times=3)

    response = send(editor)

    page = ProductGroupPage.objects.get()
    assert page.picture is not None
    assert {variant.image for variant in page.variants.all()} == {None}
    assert "Not all pictures of the variants could be taken over." in said(response)


def test_a_description_longer_than_a_summary_goes_into_the_page_as_well(editor, hub_product):
    hub_product(401, description="<p>Cards & more. " + "Very long. " * 40 + "The end.</p>")

    send(editor)

    page = ProductGroupPage.objects.get()
    assert len(page.summary) == 250
    assert "Cards &amp; more." in str(page.body[0].value)
    assert "The end." in str(page.body[0].value)


def test_a_picture_that_does_not_come_leaves_the_rest(editor, sandbox, monkeypatch):
    monkeypatch.setattr(
        "cchub_sandbox.product_dtos.image",
        lambda hub, product: {"url": "http://elsewhere.example/picture.png"},
    )

    response = send(editor)

    assert ProductGroupPage.objects.get().picture is None
    assert not SiteImage.objects.exists()
    assert "The picture could not be taken over." in said(response)


def test_an_outage_imports_nothing_and_says_so(editor, hub_is_down):
    assert "the Hub does not answer" in said(send(editor))
    assert not ProductGroupPage.objects.exists()
    assert "does not answer at the moment" in editor.get(reverse("hub_import")).content.decode()


def test_a_product_that_is_gone(editor, sandbox):
    assert "does not have this product any more" in said(send(editor, product_id=9999))
    assert not ProductGroupPage.objects.exists()


def test_the_list_searches_and_costs_one_call_a_page(editor, sandbox):
    a_category()

    html = editor.get(reverse("hub_import"), {"q": "classic business"}).content.decode()

    assert "Import Classic business cards as a draft" in html
    assert html.count('name="product_id"') == 1
    assert len(sandbox.control.calls_to("products")) == 1


def test_a_draft_goes_only_where_the_person_may_add_pages(client, sandbox):
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    allowed, other = a_category("Cards"), a_category("Gifts")
    group = Group.objects.create(name="Card editors")
    GroupPagePermission.objects.create(
        group=group, page=allowed, permission=Permission.objects.get(codename="add_page")
    )
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person = get_user_model().objects.create_user("carl", "carl@oakwren.example", "secret")
    person.groups.add(group)
    client.force_login(person)

    assert "Choose where the draft goes" in said(send(client, parent=other))
    assert not ProductGroupPage.objects.exists()
    response = send(client, parent=allowed)
    assert ProductGroupPage.objects.get().owner == person
    assert "You may not add images, so the pictures were left out." in said(response)


def test_products_lead_to_the_import(editor):
    assert reverse("hub_import") in editor.get(reverse("products:index")).content.decode()
