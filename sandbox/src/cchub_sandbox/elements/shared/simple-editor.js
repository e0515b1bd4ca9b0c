import { bindItem } from "./bind-item.js";
import { element } from "./dom.js";
import { drawFinished } from "./draw-svg.js";
import { EditorElement } from "./editor-element.js";
import { colorField, selectField, textField } from "./fields.js";
import { icon } from "./icons.js";
import { editableItems, itemName, textLines } from "./model.js";
import { OrderBar } from "./order-bar.js";
import { pictureFields } from "./picture-fields.js";
import { findWarnings } from "./quality.js";

/** A form beside a live preview, in the flow of the shop's page; nothing can be moved. */
export class SimpleEditor extends EditorElement {
  constructor(styleUrls) {
    super(styleUrls);
    this.addEventListener("load", () => document.dispatchEvent(new CustomEvent("editorloaded")));
  }

  buildEditor({ state, pictures, notices }) {
    const fields = state.model.surfaces.map((surface, index) =>
      surfaceFields({ state, pictures, notices }, surface, index),
    );
    const groups = fields.map(({ node }) => node);
    const preview = new Preview({ state, pictures });
    const orderBar = new OrderBar({ state, notices, onAddToCart: () => this.addToCart() });
    state.addEventListener("design", () => fields.forEach((group) => group.sync()));
    return element(
      "div",
      { class: "editor simple" },
      preview.node,
      element("div", { class: "simple-form" }, ...groups, orderBar.node),
    );
  }
}

/** The fields of one surface, under its name when there are several. */
function surfaceFields(context, surface, surfaceIndex) {
  const fields = editableItems(surface).flatMap((item) => {
    const bound = { ...context, ...bindItem(context.state, surfaceIndex, item.id) };
    return { text: simpleText, image: simplePicture, rectangle: simpleShape, ellipse: simpleShape }[
      item.type
    ](bound);
  });
  const hasName = context.state.model.surfaces.length > 1;
  const node = element(
    "fieldset",
    { class: "simple-surface" },
    element("legend", { class: hasName ? "simple-legend" : "visually-hidden", text: surface.name }),
    ...fields.map((field) => field.node),
  );
  return { node, sync: () => fields.forEach((field) => field.sync()) };
}

function simpleText({ state, item, property }) {
  const name = itemName(item());
  const fonts = state.product.fonts.map(({ id, name: text }) => ({ value: id, text }));
  const look = [
    selectField({ label: "Font", options: fonts, ...property("font") }),
    colorField({ label: "Colour", ...property("color") }),
  ];
  const details = element(
    "details",
    { class: "place simple-look" },
    element("summary", { text: "Font and colour", "aria-label": `Font and colour: ${name}` }),
    ...look.map((field) => field.node),
  );
  const rows = Math.max(1, textLines(item()).length);
  const text = textField({ label: name, rows, ...property("text") });
  return [text, { node: details, sync: () => look.forEach((field) => field.sync()) }];
}

function simplePicture(bound) {
  const [picture] = pictureFields(bound);
  picture.node.prepend(element("p", { class: "simple-label", text: itemName(bound.item()) }));
  return [picture];
}

function simpleShape({ item, property }) {
  return [colorField({ label: itemName(item()), ...property("color") })];
}

class Preview {
  #state;
  #pictures;
  #surfaces = element("div", { class: "previews" });
  #warnings = element("ul", { class: "simple-warnings" });

  constructor({ state, pictures }) {
    this.#state = state;
    this.#pictures = pictures;
    this.node = element("div", { class: "simple-preview" }, this.#surfaces, this.#warnings);
    state.addEventListener("design", () => this.#render());
    pictures.addEventListener("loaded", () => this.#render());
    this.#render();
  }

  #render() {
    const assetUrl = (id) => this.#pictures.url(id);
    const figures = this.#state.model.surfaces.map((surface) =>
      element(
        "figure",
        { class: "preview" },
        drawFinished(surface, { assetUrl, ghosts: true, label: `${surface.name}, preview` }),
      ),
    );
    this.#surfaces.replaceChildren(...figures);
    const warnings = findWarnings(this.#state.model, this.#pictures);
    this.#warnings.replaceChildren(
      ...warnings.map(({ message }) =>
        element("li", {}, icon("warning"), element("span", { text: message })),
      ),
    );
  }
}
