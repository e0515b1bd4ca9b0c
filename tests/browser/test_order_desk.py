"""The order desk, by staff with a browser, over orders that shoppers place meanwhile."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import PHONE, new_visitor
from .test_shopping import (
    READY_MS,
    check_out,
    download,
    expect_status,
    open_product,
    personalize,
    text_of_pdf,
)


@pytest.fixture(params=[None, PHONE], ids=["desktop", "phone"])
def desk(request, browser, shop):
    """A page of somebody who is logged in to the admin."""
    viewport = {"viewport": request.param} if request.param else {}
    with new_visitor(browser, shop, **viewport) as page:
        log_in_to_admin(page)
        yield page


def log_in_to_admin(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("Email").fill("admin@oakwren.example")
    page.get_by_label("Password").fill("admin")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def code_of(page: Page) -> str:
    return re.search(r"/orders/(\w+)/", page.url)[1]


def place_order(page: Page, *, name: str, email: str) -> str:
    """A personalized order; its code."""
    open_product(page, "Classic business cards")
    personalize(page, "Your name", name)
    check_out(page, email)
    return code_of(page)


def place_plain_order(page: Page, *, email: str) -> str:
    open_product(page, "Coloured envelopes")
    page.get_by_role("button", name="Add to cart").click()
    page.wait_for_url("**/cart/")
    check_out(page, email)
    return code_of(page)


def open_order(page: Page, *, search: str, code: str) -> None:
    page.goto(f"/admin/orders/?q={search}")
    page.get_by_role("link", name=code).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Order")


def timeline(page: Page):
    return page.locator(".desk-timeline")


def test_a_failed_render_is_calm_for_the_shopper_and_put_right_by_staff(desk, browser, shop):
    shop.tell_sandbox("trouble", kind="fail")
    with new_visitor(browser, shop) as shopper:
        code = place_order(shopper, name="Second Attempt", email="second@example.com")
        expect(shopper.get_by_role("main")).to_contain_text(
            "We are looking at this one ourselves", timeout=READY_MS
        )

        desk.goto("/admin/failed-renders/")
        desk.get_by_role("link", name=f"{code}-1").click()
        line = desk.locator(".desk-line")
        expect(line).to_contain_text("Failed")
        line.get_by_role("button", name="Restart").click()

        expect_status(shopper, "Completed")
        assert "Second Attempt" in text_of_pdf(download(shopper)[1])
    desk.reload()
    expect(line).to_contain_text("Ready")
    expect(timeline(desk)).to_contain_text("admin")
    with desk.expect_download() as waiting:
        line.get_by_role("link", name=re.compile(r"\.pdf")).click()
    assert "Second Attempt" in text_of_pdf(waiting.value.path().read_bytes())
    desk.goto("/admin/failed-renders/")
    expect(desk.get_by_role("main")).not_to_contain_text(code)


def test_a_file_that_staff_bring_themselves_completes_the_order(desk, browser, shop, tmp_path):
    with new_visitor(browser, shop) as shopper:
        place_order(shopper, name="Manual File", email="manual@example.com")
        expect_status(shopper, "Completed")
        content = download(shopper)[1]
        shop.tell_sandbox("trouble", kind="fail")
        code = place_order(shopper, name="Never Rendered", email="manual@example.com")
        expect(shopper.get_by_role("main")).to_contain_text(
            "We are looking at this one ourselves", timeout=READY_MS
        )
        corrected = tmp_path / "corrected.pdf"
        corrected.write_bytes(content)

        open_order(desk, search="manual@example.com", code=code)
        desk.get_by_role("link", name="Upload a file").click()
        desk.locator("input[type=file]").set_input_files(corrected)
        desk.get_by_label("Reason").fill("The Hub could not; made with the designer.")
        desk.get_by_role("button", name="Check and keep the file").click()

        expect(desk.locator(".desk-line")).to_contain_text("Ready")
        expect(timeline(desk)).to_contain_text("The Hub could not; made with the designer.")
        expect_status(shopper, "Completed")
        assert "Manual File" in text_of_pdf(download(shopper)[1])


def test_an_order_is_found_by_what_staff_know_of_it(browser, shop):
    with new_visitor(browser, shop) as shopper, new_visitor(browser, shop) as desk:
        other = place_plain_order(shopper, email="other@example.com")
        code = place_order(shopper, name="Find Me", email="find-me@example.com")
        log_in_to_admin(desk)
        open_order(desk, search=code, code=code)
        sku = re.search(r"-1 · (\S+) ·", desk.locator(".desk-line__facts").inner_text())[1]

        for known in (code, "find-me@", sku):
            desk.goto(f"/admin/orders/?q={known}")

            expect(desk.get_by_role("link", name=code)).to_be_visible()
            expect(desk.get_by_role("link", name=other)).to_have_count(0)


def test_selected_orders_are_exported_with_a_row_for_each_line(browser, shop):
    with new_visitor(browser, shop) as shopper, new_visitor(browser, shop) as desk:
        codes = {place_plain_order(shopper, email="export@example.com") for _ in range(2)}
        left_out = place_plain_order(shopper, email="not-exported@example.com")
        log_in_to_admin(desk)
        desk.goto("/admin/orders/?q=export@example.com")
        for code in codes:
            desk.get_by_role("row").filter(has_text=code).get_by_role("checkbox").check()
        desk.get_by_role("link", name="Export the lines of the selected orders").click()
        desk.get_by_label("CSV").check()

        with desk.expect_download() as waiting:
            desk.get_by_role("button", name="Download").click()

        text = waiting.value.path().read_text(encoding="utf-8-sig")
        assert all(text.count(code) == 1 for code in codes)
        assert left_out not in text


def test_no_tile_of_the_order_desk_stands_in_a_row_alone(browser, shop):
    with new_visitor(browser, shop) as page:
        log_in_to_admin(page)
        tiles = page.locator(".desk-tile")
        expect(tiles.first).to_be_visible()
        for width in (1280, 1024, 800, 600, 390):
            page.set_viewport_size({"width": width, "height": 900})
            boxes = [tile.bounding_box() for tile in tiles.all()]
            last = [box for box in boxes if box["y"] == boxes[-1]["y"]]
            right = max(box["x"] + box["width"] for box in boxes)
            assert len(boxes) >= 5
            # It fills its row, or shares it.
            assert abs(last[-1]["x"] + last[-1]["width"] - right) < 2, (width, len(last))
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
