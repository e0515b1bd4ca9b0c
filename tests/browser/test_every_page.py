"""What holds for every page: nothing scrolls sideways, axe finds no fault, browsing sets no cookie."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import ROOT, new_visitor
from .test_shopping import check_out, open_product, personalize

AXE = ROOT / "sandbox" / "tests" / "assets" / "axe.min.js"
NARROWEST = {"width": 320, "height": 640}
# Anybody sees these; of each page type one, of products each kind.
PUBLIC = (
    "/",
    "/shop/",
    "/shop/stationery/",
    "/shop/business/business-cards/",
    "/shop/business/business-cards/classic-business-cards/",
    "/shop/gifts/canvas-tote-bags/",
    "/shop/stationery/notebooks/weekly-planners/",
    "/stories/",
    "/stories/how-to-choose-paper/",
    "/about/",
    "/privacy/",
    "/contact/",
    "/search/?q=card",
    "/search/?q=nothing-like-this",
)
FORMS = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/orders/links/",
    "/orders/links/sent/",
    "/cart/add/?sku=OW-RB-CLAY",
)
# Of one visitor with a full cart and an order.
OWN = ("/cart/", "/checkout/", "/designs/", "/orders/")
# Wider than any system's own font, in the longest words that editors may type.
WIDE = """
  const style = document.createElement("style");
  style.textContent = "*, ::before, ::after { font-family: 'DejaVu Sans' !important; }";
  document.head.append(style);
  const long = "Donaudampfschifffahrtsgesellschaftskapitänsmütze";
  const texts = document.querySelectorAll(
    "h1, h2, h3, legend, .lead, .choice-label, .line-variant, .line-sku, .kicker, .tag, tbody th, nav a",
  );
  for (const text of texts) text.append(" " + long);
"""
WIDTH = "Math.max(document.scrollingElement.scrollWidth, document.body.scrollWidth)"
FAULTS = """async () => {
  const { violations } = await axe.run();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}"""


@pytest.fixture(scope="module")
def shopper(browser, shop):
    """A visitor with a design and a plain product in the cart, and the addresses of an order."""
    with new_visitor(browser, shop) as page:
        open_product(page, "Coloured envelopes")
        page.get_by_role("button", name="Add to cart").click()
        page.wait_for_url("**/cart/")
        check_out(page, "wide@example.com")
        order = page.url
        open_product(page, "Cotton ribbon")
        page.get_by_role("button", name="Add to cart").click()
        page.wait_for_url("**/cart/")
        open_product(page, "Classic business cards")
        personalize(page, "Your name", "Every Page")
        yield page, (*OWN, order, f"{order}again/")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_whatever_font_and_titles(shopper, width):
    page, own = shopper
    page.set_viewport_size({"width": width, "height": 640})
    wide = {}
    for address in (*PUBLIC, *FORMS, *own):
        page.goto(address)
        page.evaluate(WIDE)
        if (found := page.evaluate(WIDTH)) > width:
            wide[address] = found
    assert wide == {}


@pytest.mark.parametrize("viewport", [NARROWEST, {"width": 1280, "height": 900}], ids=["phone", "desktop"])
def test_axe_finds_no_fault(shopper, viewport):
    page, own = shopper
    page.set_viewport_size(viewport)
    page.emulate_media(reduced_motion="reduce")
    faults = {}
    for address in (*PUBLIC, *FORMS, *own):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(AXE.read_text())
        if found := page.evaluate(FAULTS):
            faults[address] = found
    assert faults == {}


def test_browsing_sets_no_cookie_as_the_page_about_privacy_says(browser, shop):
    with new_visitor(browser, shop) as page:
        for address in PUBLIC:
            page.goto(address)
            page.wait_for_load_state("networkidle")
        assert page.context.cookies() == []

        open_product(page, "Coloured envelopes")
        page.get_by_role("button", name="Add to cart").click()
        page.wait_for_url("**/cart/")
        assert {cookie["name"] for cookie in page.context.cookies()} == {"csrftoken", "visitor"}


def test_an_order_is_printed_without_the_shop_around_it(shopper):
    page, own = shopper
    page.goto(own[-2])
    page.emulate_media(media="print")
    try:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator(".order-total")).to_be_visible()
        for around in ("header.site-header", "footer.site-footer", ".order-again a", ".skip-link"):
            expect(page.locator(around)).to_be_hidden()
    finally:
        page.emulate_media(media="screen")


def test_a_headline_has_one_typeface(browser, shop):
    with new_visitor(browser, shop) as page:
        page.goto("/")
        page.evaluate("document.querySelector('h1').textContent = 'Życzenia, łąka, ščř, ő, ăş, Tiếng Việt'")
        page.evaluate("document.fonts.ready")
        page.wait_for_load_state("networkidle")
        assert families_of(page, "h1") == {"Fraunces"}


def families_of(page: Page, selector: str) -> set[str]:
    """The fonts that Chromium draws this element's letters with."""
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return {
        font["familyName"] for font in devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    }


def test_a_double_click_on_remove_stays_in_the_cart_and_can_be_undone(visitor):
    open_product(visitor, "Coloured envelopes")
    visitor.get_by_role("button", name="Add to cart").click()
    visitor.wait_for_url("**/cart/")

    visitor.get_by_role("button", name="Remove").dblclick()

    undo = visitor.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    expect(visitor).to_have_url(re.compile(r"/cart/$"))
    undo.click()
    expect(visitor.get_by_role("button", name="Remove")).to_be_visible()
    expect(undo).to_be_hidden()


def test_the_current_thumbnail_is_told_apart_in_forced_colours(browser, shop):
    with new_visitor(browser, shop) as page:
        page.emulate_media(forced_colors="active")
        page.goto("/shop/gifts/canvas-tote-bags/")
        styles = page.locator(".gallery-thumbnails a").evaluate_all(
            "links => links.map((link) => getComputedStyle(link).outlineStyle)"
        )
        assert styles == ["solid", "none"]


def test_links_in_the_footer_are_large_enough_to_be_hit(browser, shop):
    with new_visitor(browser, shop, NARROWEST) as page:
        page.goto("/")
        boxes = page.locator("footer li a, footer address a").evaluate_all(
            "links => links.map((link) => link.getBoundingClientRect().height)"
        )
        assert len(boxes) > 8
        assert min(boxes) >= 24
