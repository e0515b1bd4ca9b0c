"""The demo shop, made from a small content directory."""

import json
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from PIL import Image

from catalog.models import CategoryPage, ProductGroupPage, ProductVariant, Stock
from catalog.services.starting import Beginning, start_shop
from home.models import BrandSettings, HomePage, NavigationSettings, SiteImage, StoryPage
from tests.catalog.test_skus import draft_with_sku
from tests.factories.catalog import a_group, a_root_page


def category(slug: str, title: str, *, picture: str, parent: str | None) -> dict:
    """A category as catalog.json has it."""
    return {"slug": slug, "title": title, "introduction": "Nice.", "picture": picture, "parent": parent}


CATALOG = {
    "categories": [
        {
            "slug": "cards",
            "title": "Cards",
            "introduction": "All cards.",
            "picture": "cards.webp",
            "parent": None,
        },
        {
            "slug": "small",
            "title": "Small",
            "introduction": "Tiny.",
            "picture": "none.webp",
            "parent": "cards",
        },
    ],
    "product_groups": [
        {
            "slug": "postcards",
            "category": "small",
            "title": "Postcards",
            "summary": "To send.",
            "description": ["One & only.", "Two."],
            "pictures": ["cards.webp"],
            "alt": ["A postcard on a table"],
            "price_breaks": [[5, 10]],
            "variants": [
                {
                    "sku": "OW-PC-1",
                    "title": "One card",
                    "price": "2.40",
                    "options": {"Pack": "1"},
                    "weight_grams": 5,
                    "active": True,
                    "stock": 3,
                }
            ],
            "personalization": {
                "reference": "postcards-ref",
                "component": "handy-editor",
                "surfaces": [{"name": "Front", "width": 148.0, "height": 105.0}],
            },
        }
    ],
}
HOME = {
    "brand": {
        "name": "Oakwren",
        "tagline": "Paper",
        "email": "hello@oakwren.example",
        "phone": "1",
        "address": "Kilkenny",
        "share_picture": "cards.webp",
    },
    "home": {
        "title": "Oakwren",
        "seo_title": "Oakwren cards",
        "search_description": "Cards.",
        "hero": {
            "title": "Made of paper",
            "text": "For you.",
            "picture": "cards.webp",
            "alt": "A card",
            "button_text": "Start",
            "button_target": "cards",
        },
        "featured": {"title": "Favourites", "text": "", "products": ["postcards"]},
        "categories": {"title": "What to make", "text": "Anything.", "categories": ["cards"]},
        "sections": [{"type": "product_teaser", "value": {"product": "postcards", "text": "Nice."}}],
        "stories": {"title": "Stories", "text": "", "stories": ["paper"]},
    },
    "story_index": {"slug": "stories", "title": "Stories", "introduction": "Read."},
    "pages": [
        {
            "slug": "contact",
            "title": "Contact",
            "introduction": "Write.",
            "body": [
                {"type": "heading", "value": "By post"},
                {"type": "faq", "value": [{"question": "Where?", "answer": "Here & now."}]},
            ],
        }
    ],
    "navigation": [{"title": "Cards", "target": "cards"}, {"title": "Stories", "target": "stories"}],
    "footer": {
        "text": "Printed to order.",
        "columns": [{"title": "Help", "links": [{"title": "Contact", "target": "contact"}]}],
    },
}
STORIES = [
    {
        "slug": "paper",
        "title": "Choosing paper",
        "introduction": "How.",
        "picture": "cards.webp",
        "alt": "Paper",
        "author": "Nora",
        "date": "2026-02-10",
        "body": [
            {"type": "image", "value": {"picture": "cards.webp", "alt": "A pile", "caption": "Piled."}},
            {
                "type": "call_to_action",
                "value": {"title": "Go", "text": "Now.", "link": "postcards", "link_text": "Make one"},
            },
        ],
    }
]


@pytest.fixture
def content(tmp_path, db):
    """A content directory with one picture."""
    a_root_page()
    for name, data in [("catalog", CATALOG), ("home", HOME), ("stories", STORIES)]:
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (400, 300), "#1f4d3f").save(tmp_path / "pictures" / "cards.webp")
    return tmp_path


def load(content) -> tuple[str, str]:
    """Runs the command; what it wrote to its output and to its errors."""
    out, err = StringIO(), StringIO()
    call_command("load_demo", content=content, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_an_empty_shop_is_filled_and_every_page_answers(content, client):
    out, err = load(content)

    assert "2 categories, 1 products with 1 variants, 1 stories (8 pages added)" in out
    assert "did not answer" not in err
    group = ProductGroupPage.objects.get()
    assert group.url == "/shop/cards/small/postcards/"
    assert group.reference == "postcards-ref"
    assert [(v.sku, v.options) for v in group.variants.all()] == [("OW-PC-1", [["Pack", "1"]])]
    front_page = client.get("/").content.decode()
    assert "Made of paper" in front_page
    assert "Postcards" in front_page
    assert SiteImage.objects.get(title="Cards").description == "A postcard on a table"


def test_the_first_visitor_finds_every_rendition_made(content, client, django_assert_num_queries):
    load(content)
    made = SiteImage.objects.get(title="Cards").renditions.count()

    client.get("/shop/cards/small/postcards/")
    client.get("/")

    assert SiteImage.objects.get(title="Cards").renditions.count() == made > 0


def test_loading_twice_adds_nothing(content):
    load(content)
    before = counts()

    out, _err = load(content)

    assert "(0 pages added)" in out
    assert counts() == before


def counts() -> list[int]:
    models = (CategoryPage, ProductGroupPage, ProductVariant, StoryPage, HomePage, SiteImage, BrandSettings)
    return [model.objects.count() for model in models]


def test_loading_again_keeps_what_editors_have_changed(content):
    load(content)
    group = ProductGroupPage.objects.get()
    group.title = "Greeting cards"
    group.save_revision().publish()
    brand = BrandSettings.objects.get()
    brand.name = "Wren & Oak"
    brand.save()
    menu = NavigationSettings.objects.get()
    menu.menu = []
    menu.save()

    load(content)

    assert ProductGroupPage.objects.get().title == "Greeting cards"
    assert BrandSettings.objects.get().name == "Wren & Oak"
    assert len(NavigationSettings.objects.get().menu) == 0


def test_a_picture_without_file_is_named_and_does_not_stop_the_load(content):
    _out, err = load(content)

    assert "1 pictures have no file, such as none.webp." in err
    assert CategoryPage.objects.get(slug="small").picture is None


def test_without_collected_static_files_nothing_is_begun(content, settings, tmp_path, caplog):
    """In production each page asks for them; eighteen could not be shown after all had been made."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "siteconf.storage.StaticFilesStorage"},
    }
    before = counts()

    with pytest.raises(CommandError, match=r"^Run manage\.py collectstatic first"):
        load(content)

    assert counts() == before
    assert caplog.text == ""


def test_a_shop_that_somebody_else_has_made_is_left_alone(content):
    start_shop(Beginning(name="Paper & Sons", address="https://shop.example", title="Paper"))
    before = counts(), get_user_model().objects.count()

    with pytest.raises(CommandError, match=r"holds a shop that the demo has not made.* Nothing was changed"):
        load(content)

    assert (counts(), get_user_model().objects.count()) == before


def test_broken_content_changes_nothing(content):
    (content / "stories.json").write_text("[")

    with pytest.raises(CommandError, match="The demo cannot be read"):
        load(content)

    assert not HomePage.objects.exists()


@pytest.mark.parametrize(
    ("debug", "address"), [(False, "http://127.0.0.1:8000"), (True, "https://shop.example")]
)
def test_no_well_known_password_outside_development_on_this_machine(content, settings, debug, address):
    settings.DEBUG, settings.SHOP_BASE_URL = debug, address

    out, err = load(content)

    assert not get_user_model().objects.exists()
    assert "No administrator was created" in err
    assert "password" not in out


def test_development_on_this_machine_gets_an_administrator(content, settings):
    settings.DEBUG, settings.SHOP_BASE_URL = True, "http://127.0.0.1:8000"

    load(content)

    assert get_user_model().objects.get(is_superuser=True).check_password("admin")


def test_an_existing_administrator_is_left_alone(content, settings):
    settings.DEBUG, settings.SHOP_BASE_URL = True, "http://127.0.0.1:8000"
    get_user_model().objects.create_superuser("nora", "nora@oakwren.example", "secret")

    load(content)

    assert [user.username for user in get_user_model().objects.all()] == ["nora"]


def moved(sku: str, group: ProductGroupPage, *, title: str) -> ProductGroupPage:
    """An editor's own page that sells a demo SKU, in place of the page it was on."""
    other = a_group(title=title, parent=group.get_parent().specific)
    group.delete()
    other.variants = [ProductVariant(sku=sku, title="Ours", price="3.00")]
    other.save_revision().publish()
    return other


def test_a_sku_that_editors_have_moved_to_another_page_stays_there(content):
    load(content)
    catalog = json.loads((content / "catalog.json").read_text())
    more = {**CATALOG["product_groups"][0]["variants"][0], "sku": "OW-PC-2"}
    catalog["product_groups"][0]["variants"].append(more)
    (content / "catalog.json").write_text(json.dumps(catalog))
    ours = moved("OW-PC-1", ProductGroupPage.objects.get(), title="Our postcards")

    out, err = load(content)

    assert "The SKU OW-PC-1 was left out of “Postcards”: “Our postcards” has it." in err
    assert "(1 pages added)" in out
    assert ProductVariant.objects.get(sku="OW-PC-1").page_id == ours.pk
    assert ProductVariant.objects.get(sku="OW-PC-2").page.title == "Postcards"


def test_a_product_of_which_no_sku_is_left_is_not_added_and_its_links_lead_to_the_editors(content):
    load(content)
    ours = moved("OW-PC-1", ProductGroupPage.objects.get(), title="Our postcards")
    StoryPage.objects.get().delete()

    out, err = load(content)

    assert "“Postcards” was not added: its SKUs are sold by other pages." in err
    assert "(1 pages added)" in out
    assert ProductGroupPage.objects.get() == ours
    link = StoryPage.objects.get().body[1].value["link"]
    assert link["page"].specific == ours


def test_a_product_that_editors_have_moved_to_another_category_is_not_added_again(content):
    load(content)
    group = ProductGroupPage.objects.get()
    group.move(CategoryPage.objects.get(slug="cards"), pos="last-child")

    out, err = load(content)

    assert "(0 pages added)" in out
    assert "left out" not in err
    assert ProductGroupPage.objects.get().url == "/shop/cards/postcards/"


def test_a_sku_that_an_editors_draft_holds_is_left_to_it(content):
    load(content)
    group = ProductGroupPage.objects.get()
    parent = group.get_parent().specific
    group.delete()
    other = a_group("OW-X", title="Our postcards", parent=parent)
    draft_with_sku(other, "OW-PC-1")

    _out, err = load(content)

    assert "“Postcards” was not added: its SKUs are sold by other pages." in err
    assert ProductGroupPage.objects.get() == other
    assert not ProductVariant.objects.filter(sku="OW-PC-1").exists()


def test_a_shelf_is_filled_once(content):
    load(content)
    Stock.objects.update(quantity=1)

    load(content)

    assert list(Stock.objects.values_list("sku", "quantity")) == [("OW-PC-1", 1)]
