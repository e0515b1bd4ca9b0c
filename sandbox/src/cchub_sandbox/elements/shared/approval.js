import { element, uniqueId } from "./dom.js";
import { drawFinished } from "./draw-svg.js";
import { icon, iconButton } from "./icons.js";
import { findWarnings } from "./quality.js";

/** The last look before the cart: every side as printed, what may go wrong, and the person's word. */
export class Approval {
  #state;
  #pictures;
  #onApprove;
  // To be scrolled by keyboard, it can have the focus.
  #body = element("div", { class: "approval-body", role: "region", "aria-label": "As it will be printed", tabindex: "0" });
  #checkbox;
  #approve;

  constructor({ state, pictures, onApprove }) {
    this.#state = state;
    this.#pictures = pictures;
    this.#onApprove = onApprove;
    this.#checkbox = element("input", { type: "checkbox", id: uniqueId("checked") });
    this.#checkbox.addEventListener("change", () => (this.#approve.disabled = !this.#checkbox.checked));
    this.#approve = element("button", {
      type: "button",
      class: "button primary",
      text: "Add to cart",
      "data-testid": "approve",
      onclick: () => this.#accept(),
    });
    this.node = this.#buildDialog();
  }

  #buildDialog() {
    const titleId = uniqueId("approval");
    const close = () => this.node.close();
    const head = element(
      "div",
      { class: "approval-head" },
      element("h2", { id: titleId, text: "Check your design" }),
      iconButton({ name: "close", label: "Close", onclick: close }),
    );
    const consent = element(
      "div",
      { class: "consent" },
      this.#checkbox,
      element("label", { for: this.#checkbox.id, text: "I have checked my design" }),
    );
    const back = element("button", {
      type: "button",
      class: "button outlined",
      text: "Back to the design",
      onclick: close,
    });
    const foot = element("div", { class: "approval-foot" }, consent, back, this.#approve);
    return element("dialog", { class: "approval", "aria-labelledby": titleId }, head, this.#body, foot);
  }

  open() {
    this.#checkbox.checked = false;
    this.#approve.disabled = true;
    this.#body.replaceChildren(this.#previews(), this.#warnings(), this.#summary());
    this.node.showModal();
    this.#body.scrollTop = 0;
  }

  #accept() {
    this.node.close();
    this.#onApprove();
  }

  #previews() {
    const assetUrl = (id) => this.#pictures.url(id);
    const figures = this.#state.model.surfaces.map((surface) =>
      element(
        "figure",
        { class: "preview" },
        drawFinished(surface, { assetUrl, label: `${surface.name} as it will be printed` }),
        element("figcaption", { text: `${surface.name}, ${surface.width} × ${surface.height} mm` }),
      ),
    );
    return element("div", { class: "previews" }, ...figures);
  }

  #warnings() {
    const warnings = findWarnings(this.#state.model, this.#pictures);
    const manySides = this.#state.model.surfaces.length > 1;
    if (warnings.length === 0) {
      return element(
        "p",
        { class: "all-well" },
        icon("check"),
        element("span", { text: "We found nothing that could go wrong in print." }),
      );
    }
    const items = warnings.map(({ surface, message }) =>
      element("li", {}, element("span", { text: manySides ? `${surface}: ${message}` : message })),
    );
    return element(
      "div",
      { class: "warnings" },
      element("h3", {}, icon("warning"), element("span", { text: "Please look at this" })),
      element("ul", {}, ...items),
    );
  }

  #summary() {
    const { variant, quantity, product } = this.#state;
    const title = variant ? `${product.name}, ${variant.title}` : product.name;
    return element("p", { class: "order-summary", text: `${title}. Quantity: ${quantity}` });
  }
}
