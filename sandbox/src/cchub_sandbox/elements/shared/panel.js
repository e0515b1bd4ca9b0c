import { bindItem } from "./bind-item.js";
import { element } from "./dom.js";
import { colorField } from "./fields.js";
import { iconButton } from "./icons.js";
import { itemName } from "./model.js";
import { overview } from "./overview.js";
import { pictureFields } from "./picture-fields.js";
import { placeFields } from "./place-fields.js";
import { textFields } from "./text-fields.js";

const shapeFields = ({ property }) => [colorField({ label: "Colour", ...property("color") })];
const CONTENT_FIELDS = {
  text: textFields,
  image: pictureFields,
  rectangle: shapeFields,
  ellipse: shapeFields,
};

/** The settings beside the stage: of the selected item, or an overview of the surface. */
export class Panel {
  #context;
  #fields = [];
  #body = element("div", { class: "panel-body" });
  #title = element("h2", { class: "panel-title", tabindex: "-1" });
  #back;

  constructor(context) {
    this.#context = context;
    this.#back = iconButton({
      name: "back",
      label: "All parts of the design",
      onclick: () => context.state.select(null),
    });
    const head = element("div", { class: "panel-head" }, this.#back, this.#title);
    this.node = element("section", { class: "panel", "aria-label": "Settings" }, head, this.#body);
    context.state.addEventListener("selection", () => this.#build());
    context.state.addEventListener("design", () => this.#sync());
    this.#build();
  }

  #build() {
    const { state } = this.#context;
    const item = state.selectedItem;
    const hadFocus = this.node.contains(this.node.getRootNode().activeElement);
    this.#title.textContent = item ? itemName(item) : state.surface.name;
    this.#back.hidden = !item;
    this.node.classList.toggle("one-item", !!item);
    this.#fields = item ? this.#itemFields(item) : [overview(this.#context)];
    this.#body.replaceChildren(...this.#fields.map((field) => field.node));
    // In a low editor not the body scrolls but what is around the panel.
    for (const scroller of [this.#body, this.node.parentElement]) scroller?.scrollTo(0, 0);
    // What had the focus is gone; the keyboard goes on from the top of the panel.
    if (hadFocus) this.#title.focus();
  }

  #itemFields(item) {
    const { state } = this.#context;
    const bound = { ...this.#context, ...bindItem(state, state.surfaceIndex, item.id) };
    return [...CONTENT_FIELDS[item.type](bound), ...placeFields(bound)];
  }

  #sync() {
    for (const field of this.#fields) field.sync();
  }

  /** Puts the cursor into the first field of the selected item. */
  focusFirstField() {
    const first = this.#body.querySelector("textarea, input, select, button");
    first?.focus();
    if (first instanceof HTMLTextAreaElement) first.select();
  }
}
