import { element } from "./dom.js";
import { numberField, selectField } from "./fields.js";

const LARGEST_QUANTITY = 10_000;

/** What is ordered: the variant by its options, the quantity, and the button that goes on. */
export class OrderBar {
  #state;
  #fields;

  constructor({ state, notices, onAddToCart }) {
    this.#state = state;
    this.#fields = [...this.#variantFields(notices), this.#quantityField()];
    const add = element("button", {
      type: "button",
      class: "button primary",
      text: "Add to cart",
      onclick: onAddToCart,
    });
    this.node = element(
      "section",
      { class: "order-bar", "aria-label": "Your order" },
      ...this.#fields.map((field) => field.node),
      add,
    );
    state.addEventListener("order", () => this.#fields.forEach((field) => field.sync()));
  }

  #quantityField() {
    const { node, sync } = numberField({
      label: "Quantity",
      less: "One less",
      more: "One more",
      min: 1,
      max: LARGEST_QUANTITY,
      get: () => this.#state.quantity,
      set: (quantity) => this.#state.setQuantity(Math.round(quantity)),
    });
    node.classList.add("quantity");
    return { node, sync };
  }

  #variantFields(notices) {
    const { variants } = this.#state.product;
    if (variants.length < 2) return [];
    const names = [...new Set(variants.flatMap((variant) => Object.keys(variant.options ?? {})))];
    return names.length === 0
      ? [this.#plainVariantField()]
      : names.map((name) => this.#optionField(name, notices));
  }

  #plainVariantField() {
    const options = this.#state.product.variants.map(({ sku, title, available }) => ({
      value: sku,
      text: available ? title : `${title} (not available)`,
      disabled: !available,
    }));
    const set = (sku) => this.#state.setSku(sku);
    return selectField({ label: "Variant", options, get: () => this.#state.sku, set });
  }

  #optionField(name, notices) {
    const { variants } = this.#state.product;
    const values = [...new Set(variants.map((variant) => variant.options[name]).filter(Boolean))];
    const options = values.map((value) => {
      const available = variants.some((variant) => variant.options[name] === value && variant.available);
      return { value, text: available ? value : `${value} (not available)`, disabled: !available };
    });
    return selectField({
      label: name,
      options,
      get: () => this.#state.variant?.options[name] ?? "",
      set: (value) => this.#choose(name, value, notices),
    });
  }

  /** The available variant with this option that shares most of the other options. */
  #choose(name, value, notices) {
    const { variants } = this.#state.product;
    const present = this.#state.variant?.options ?? {};
    const shared = ({ options }) =>
      Object.keys(present).filter((key) => options[key] === present[key]).length;
    const fitting = variants.filter((variant) => variant.available && variant.options[name] === value);
    const [best] = fitting.sort((one, other) => shared(other) - shared(one));
    if (!best) return;
    this.#state.setSku(best.sku);
    notices.announce(best.title);
  }
}
