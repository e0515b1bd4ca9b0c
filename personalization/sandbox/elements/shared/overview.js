import { element } from "./dom.js";
import { colorField } from "./fields.js";
import { icon } from "./icons.js";
import { editableItems, itemName } from "./model.js";

const ICONS = { text: "text", image: "picture", rectangle: "guides", ellipse: "guides" };

/** All editable parts of the surface, to be opened from a list, and the background. */
export function overview({ state, openSettings }) {
  const list = element("ul", { class: "parts" });
  const background = colorField({
    label: "Background",
    get: () => state.surface.background,
    set: (color) => state.edit((surface) => (surface.background = color), "background"),
  });
  const open = (item) => {
    state.select(item.id);
    openSettings();
  };
  const sync = () => {
    list.replaceChildren(...editableItems(state.surface).map((item) => partButton(item, open)));
    background.sync();
  };
  sync();
  const hint = element("p", { class: "hint", text: "Choose what to change, here or on the picture." });
  return { node: element("div", {}, hint, list, background.node), sync };
}

function partButton(item, open) {
  const name = element("span", { class: "part-name", text: itemName(item) });
  const content = element("span", { class: "part-content", text: summary(item) });
  const button = element(
    "button",
    { type: "button", class: "part", onclick: () => open(item) },
    icon(ICONS[item.type]),
    element("span", { class: "part-text" }, name, content),
  );
  return element("li", {}, button);
}

function summary(item) {
  if (item.type === "text") return item.text.trim().replaceAll("\n", " / ") || "empty";
  if (item.type === "image") return item.asset ? "your picture" : "no picture yet";
  return "";
}
