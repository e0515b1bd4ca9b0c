"""Bodies of pages: from the demo's files to the values of StreamField blocks."""

from collections.abc import Callable

from django.utils.html import escape
from wagtail.models import Page

from .pictures import Pictures

FindPage = Callable[[str], Page]


class Bodies:
    """Builds stream values; pages are named by slug, pictures by file."""

    def __init__(self, pictures: Pictures, find_page: FindPage):
        self.pictures = pictures
        self.find_page = find_page

    def body(self, blocks: list[dict]) -> list[tuple]:
        """The value of a body for blocks like {"type": "heading", "value": "Delivery"}."""
        values = ((block["type"], self._value(block["type"], block["value"])) for block in blocks)
        return [(name, value) for name, value in values if value is not None]

    def home(self, home: dict) -> list[tuple]:
        """The value of the front page's body."""
        return [
            ("hero", self._hero(home["hero"])),
            ("featured_products", self._cards(home["featured"], "products")),
            ("category_grid", self._cards(home["categories"], "categories")),
            *self.body(home["sections"]),
            ("stories", self._cards(home["stories"], "stories")),
        ]

    def link(self, target: str, text: str = "") -> dict:
        """The value of a link to a page."""
        return {"page": self.find_page(target), "address": "", "text": text}

    def image(self, value: dict):
        """The value of an ImageBlock: the image, carrying this place's alternative text."""
        image = self.pictures.get(value["picture"], value["alt"])
        if image is not None:
            image.contextual_alt_text, image.decorative = value["alt"], False
        return image

    def _value(self, name: str, value):
        builder = getattr(self, f"_{name}", None)
        return builder(value) if builder else value

    def _hero(self, value: dict) -> dict:
        buttons = [(value["button_target"], value["button_text"])]
        if value.get("second_button_target"):
            buttons.append((value["second_button_target"], value["second_button_text"]))
        return {
            "title": value["title"],
            "text": value["text"],
            "image": self.image(value),
            "links": [self.link(target, text) for target, text in buttons],
        }

    def _cards(self, value: dict, name: str) -> dict:
        pages = [self.find_page(slug) for slug in value[name]]
        return {"title": value["title"], "text": value["text"], name: pages}

    def _image(self, value: dict) -> dict | None:
        image = self.image(value)
        return {"image": image, "caption": value.get("caption", "")} if image else None

    def _gallery(self, value: list[dict]) -> dict | None:
        images = [image for image in map(self.image, value) if image]
        return {"pictures": images, "caption": ""} if len(images) > 1 else None

    def _faq(self, value: list[dict]) -> dict:
        questions = [{"question": q["question"], "answer": f"<p>{escape(q['answer'])}</p>"} for q in value]
        return {"title": "Questions", "questions": questions}

    def _product_teaser(self, value: dict) -> dict:
        return {
            "product": self.find_page(value["product"]),
            "text": value["text"],
            "button": "See the product",
        }

    def _call_to_action(self, value: dict) -> dict:
        return {
            "title": value["title"],
            "text": value["text"],
            "link": self.link(value["link"], value["link_text"]),
        }
