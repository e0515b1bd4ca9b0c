import pytest
from django.test import RequestFactory
from wagtail.models import Page, Site

from home.models import BrandSettings, HomePage
from home.selectors.site_frame import site_frame
from tests.factories.catalog import a_category, a_picture
from tests.factories.home import a_brand, a_footer, a_home, a_menu, a_standard_page, link_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    """The frame as a visitor of a host gets it."""

    def read(host: str = "localhost"):
        return site_frame(RequestFactory().get("/", headers={"host": host}))

    return read


def test_menu_and_footer_cost_no_query_once_they_are_cached(shown, django_assert_num_queries):
    a_menu(link_value(a_category("Cards")))
    a_footer("Help", link_value(a_standard_page()))
    a_brand(logo=a_picture())
    shown()

    with django_assert_num_queries(0):
        site = shown()

    assert [link.text for link in site.menu] == ["Cards"]
    assert site.logo.height == 72


def test_menu_entries_open_a_list_of_further_links(shown):
    cards, weddings = a_category("Cards"), a_category("Weddings")
    a_menu({**link_value(cards, text="All about cards"), "children": [link_value(weddings)]})

    [entry] = shown().menu

    assert (entry.text, entry.url) == ("All about cards", cards.url)
    assert [(child.text, child.url) for child in entry.children] == [("Weddings", weddings.url)]


def test_a_saved_setting_is_shown_at_once(shown):
    a_brand(name="Before")
    assert shown().name == "Before"

    a_brand(name="After")

    assert shown().name == "After"


def test_the_menu_follows_a_page_that_is_renamed_moved_or_unpublished(shown):
    page, target = a_standard_page(title="Delivery"), a_standard_page(title="Help")
    a_menu(link_value(page))
    assert [(link.text, link.url) for link in shown().menu] == [("Delivery", page.url)]

    page.title, page.slug = "Post", "post"
    page.save_revision().publish()
    assert [(link.text, link.url) for link in shown().menu] == [("Post", "/post/")]

    page.move(target, pos="last-child")
    assert [link.url for link in shown().menu] == [f"{target.url}post/"]

    Page.objects.get(pk=page.pk).unpublish()
    assert shown().menu == ()


def test_a_deleted_page_leaves_the_menu(shown):
    page = a_standard_page()
    a_menu(link_value(page))
    assert len(shown().menu) == 1

    page.delete()

    assert shown().menu == ()


def test_a_logo_whose_file_is_gone_does_not_take_the_site_down(shown):
    logo = a_picture()
    a_brand(logo=logo)
    logo.file.storage.delete(logo.file.name)

    assert shown().logo is None


def test_a_replaced_logo_is_shown_at_once(shown):
    logo = a_picture(size=(400, 400))
    a_brand(logo=logo)
    assert shown().logo.width == 72

    logo.file = a_picture(size=(400, 100)).file
    logo.save()
    logo.renditions.all().delete()  # as Wagtail's edit view does

    assert shown().logo.width == 288


def test_each_site_has_its_own_brand_and_strangers_get_the_default(shown):
    a_brand(name="Oakwren")
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Wren", slug="wren"))
    other = Site.objects.create(hostname="wren.example", port=80, root_page=home)
    brand = BrandSettings.for_site(other)
    brand.name = "Wren"
    brand.save()

    assert shown("wren.example").name == "Wren"
    assert shown("localhost").name == "Oakwren"
    assert shown("stranger.example").name == "Oakwren"
    assert site_frame(None).name == "Oakwren"


def test_the_shop_has_a_name_before_anybody_has_set_one_up(shown):
    Site.objects.all().delete()

    assert shown().name == "Oakwren"


def test_the_current_page_is_marked_in_the_menu(client):
    page = a_standard_page(title="Delivery")
    a_menu(link_value(page), link_value(a_home(), text="Home"))

    html = client.get(page.url).content.decode()

    assert f'<a href="{page.url}" aria-current="page">Delivery</a>' in html
    assert html.count("aria-current") == 1
