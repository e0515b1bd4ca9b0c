"""A page of another origin that holds one of the sandbox's editors, as a shop's page does."""

import json
import threading
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from playwright.sync_api import Frame, Page, expect

import tenant
from cchub_sandbox.catalog import Catalog, Product
from cchub_sandbox.workflows import WORKFLOW_ELEMENTS

USER = "visitor-1"
CARDS = {"productReferenceId": "classic-business-cards"}
POSTCARDS = {"productReferenceId": "photo-postcards"}
BLANK_PAGE = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head>
<body><main><h1>Shop</h1><div id="editor"></div></main><ol id="events" hidden></ol></body></html>"""

HOLD_EDITOR = """
async ([base, component, config]) => {
  const address = `${base}/libs/us/workflow-elements/${component}`;
  const styles = { rel: "stylesheet", href: `${address}/styles.css` };
  const link = Object.assign(document.createElement("link"), styles);
  const script = Object.assign(document.createElement("script"), { src: `${address}/index.js` });
  const element = document.createElement(`au-${component}`);
  const note = (name, detail) => {
    const item = document.createElement("li");
    item.dataset.event = name;
    item.textContent = JSON.stringify(detail ?? null);
    document.getElementById("events").append(item);
  };
  for (const name of ["load", "error", "change", "addtocart"]) {
    element.addEventListener(name, (event) => note(name, event.detail));
  }
  document.addEventListener("editorloaded", () => note("editorloaded"));
  document.head.append(link, script);
  document.getElementById("editor").replaceChildren(element);
  await customElements.whenDefined(`au-${component}`);
  window.editor = element;
  element.init(config);
}
"""

# The page gives each of these a place of this size, as a shop's page for its editor does.
FILL_PAGE = """
  body { margin: 0 }
  main > h1 { position: absolute; clip-path: inset(50%); margin: 0 }
  #editor > * { display: block; height: 100dvh !important }
"""

HOLD_UI_FRAMEWORK = """
async ([base, workflow, { user, ...backOffice }]) => {
  const address = `${base}/libs/us/ui-framework`;
  const { ecommerceDriver } = await import(`${address}/drivers/default-driver.js`);
  const { default: { default: editor } } = await import(`${address}/editor.js`);
  const container = document.createElement("div");
  document.getElementById("editor").replaceChildren(container);
  const driver = await ecommerceDriver.init({ id: 1 }, editor, workflow, {}, null, 1, user, backOffice);
  window.editor = await driver.products.current.renderEditor(container);
}
"""

HOLD_DESIGN_EDITOR = """
async ([base, { productDefinition, configuration }, user]) => {
  const source = `${base}/design-editor/Resources/Generated/IframeApi.js`;
  const script = Object.assign(document.createElement("script"), { id: "CcIframeApiScript", src: source });
  const loaded = new Promise((resolve) => script.addEventListener("load", resolve));
  const frame = Object.assign(document.createElement("iframe"), { title: "Editor", width: "100%" });
  frame.style.border = 0;
  document.head.append(script);
  document.getElementById("editor").replaceChildren(frame);
  await loaded;
  const settings = { ...configuration, ...user };
  await window.CustomersCanvas.IframeApi.loadEditor(frame, productDefinition, settings);
}
"""


class BlankPages:
    """Serves the same empty page at every address of a free loopback port."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _BlankPage)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "BlankPages":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _BlankPage(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(BLANK_PAGE)))
        self.end_headers()
        self.wfile.write(BLANK_PAGE)

    def log_message(self, *_: object) -> None:
        pass


class EditorPage:
    """One editor in a browser page, with what it told the page."""

    def __init__(self, page: Page, sandbox, shop_url: str) -> None:
        self.page = page
        self.sandbox = sandbox
        self.shop_url = shop_url
        self.token = self._user_token()

    def open(self, component: str, scenario: dict[str, Any], **changes: Any) -> None:
        """Opens an editor and waits until it is ready."""
        self.start(component, scenario, **changes)
        expect(self.events("load")).to_have_count(1, timeout=15_000)

    def start(self, component: str, scenario: dict[str, Any], **changes: Any) -> None:
        self.page.goto(self.shop_url)
        config = self.config(component, scenario) | changes
        self.page.evaluate(HOLD_EDITOR, [self.sandbox.url, component, config])

    def open_alone(self, kind: str) -> Frame:
        """Opens any of the sandbox's editors, with its product of the catalog, over the whole page."""
        product = next(product for product in Catalog.read(tenant.catalog()) if product.component == kind)
        if kind in WORKFLOW_ELEMENTS:
            self.open(kind, {"productReferenceId": product.reference})
            frame = self.page.main_frame
        else:
            self.page.goto(self.shop_url)
            self._hold(product)
            frame = self.page.frames[-1]
        if kind != "simple-editor":  # which grows with its content
            self.page.add_style_tag(content=FILL_PAGE)
        return frame

    def _hold(self, product: Product) -> None:
        if product.component == "design-editor":
            user = {"userId": USER, "tokenId": self.token}
            self.page.evaluate(HOLD_DESIGN_EDITOR, [self.sandbox.url, product.workflow, user])
            return
        back_office = {
            "user": {"id": USER, "tokenId": self.token},
            "integrationType": 2,
            "tenantId": tenant.IDENTITY["tenant_id"],
            "storefrontId": tenant.IDENTITY["storefront_id"],
            "apiGatewayUrl": self.sandbox.url,
            "optionBasedProductInfo": {
                "productId": product.id,
                "selectedVariantSku": product.variants[0].sku,
            },
        }
        self.page.evaluate(HOLD_UI_FRAMEWORK, [self.sandbox.url, product.workflow, back_office])

    def config(self, component: str, scenario: dict[str, Any], *, quantity: int = 1) -> dict[str, Any]:
        return {
            "configVersion": 2,
            "component": component,
            "tagName": f"au-{component}",
            "integration": {
                "tenantId": tenant.IDENTITY["tenant_id"],
                "storefrontId": tenant.IDENTITY["storefront_id"],
                "user": {"id": USER, "token": self.token},
                "cchubApiGatewayUrl": self.sandbox.url,
                "quantity": quantity,
            },
            "input": scenario,
            "settings": {},
            "localization": {"language": "en"},
        }

    def events(self, name: str):
        return self.page.locator(f"#events [data-event={name}]")

    def detail(self, name: str) -> Any:
        """What the last event of a name carried; waits for one."""
        expect(self.events(name).last).to_be_attached(timeout=15_000)
        return json.loads(self.events(name).last.text_content())

    def call(self, expression: str) -> Any:
        """The value of an expression in which `editor` is the element."""
        return self.page.evaluate(expression)

    def items(self, surface: int = 0) -> dict[str, dict[str, Any]]:
        """The design's items as they are in the editor, by label (decoration by id)."""
        model = self.call("editor.getChoices().model")
        return {item.get("label") or item["id"]: item for item in model["surfaces"][surface]["items"]}

    def part(self, label: str):
        """An item on the stage."""
        return self.page.locator("svg [data-item]").and_(self.page.get_by_role("button", name=f"{label}:"))

    def approve(self) -> None:
        self.page.get_by_role("button", name="Add to cart").click()
        self.page.get_by_label("I have checked my design").check()
        self.page.get_by_test_id("approve").click()

    def saved_design(self, design_id: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"}
        return _json(f"{self.sandbox.url}/api/editor/v1/designs/{design_id}", headers=headers)

    def _user_token(self) -> str:
        self.sandbox.control.add_user(USER)
        form = {
            "grant_type": "client_credentials",
            "client_id": tenant.IDENTITY["client_id"],
            "client_secret": tenant.IDENTITY["client_secret"],
        }
        body = urllib.parse.urlencode(form).encode()
        access = _json(f"{self.sandbox.url}/connect/token", data=body)["access_token"]
        query = urllib.parse.urlencode(
            {"storefrontId": tenant.IDENTITY["storefront_id"], "storefrontUserId": USER}
        )
        address = f"{self.sandbox.url}/api/storefront/v1/storefront-users/token?{query}"
        return _json(address, headers={"Authorization": f"Bearer {access}"})


def _json(url: str, *, data: bytes | None = None, headers: dict[str, str] | None = None) -> Any:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(urllib.request.Request(url, data=data, headers=headers or {}), timeout=10) as answer:
        return json.load(answer)
