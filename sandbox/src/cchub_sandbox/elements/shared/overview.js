import { bindItem } from "./bind-item.js";
import { element } from "./dom.js";
import { colorField, textField } from "./fields.js";
import { icon, iconButton } from "./icons.js";
import { editableItems, itemName, textLines } from "./model.js";

const MOST_ROWS = 4;

/** All that can be changed on the shown surface: texts to type at once, the rest to open, the background. */
export function overview(context) {
  const { state } = context;
  const node = element("div", { class: "overview" });
  const background = colorField({
    label: "Background",
    get: () => state.surface.background,
    set: (color) => state.edit((surface) => (surface.background = color), "background"),
  });
  let shown = null;
  let fields = [];
  const sync = () => {
    const ids = editableItems(state.surface)
      .map((item) => item.id)
      .join(" ");
    if (ids !== shown) {
      fields = [...editableItems(state.surface).map((item) => part(context, item)), background];
      node.replaceChildren(...fields.map((field) => field.node));
      shown = ids;
    }
    for (const field of fields) field.sync();
  };
  sync();
  return { node, sync };
}

function part(context, item) {
  return item.type === "text" ? textPart(context, item) : otherPart(context, item);
}

function textPart({ state, openSettings }, item) {
  const { property } = bindItem(state, state.surfaceIndex, item.id);
  const rows = Math.min(MOST_ROWS, textLines(item).length);
  const { node, sync } = textField({ label: itemName(item), rows, ...property("text") });
  const style = iconButton({
    name: "sliders",
    label: `Style: ${itemName(item)}`,
    className: "outlined",
    onclick: () => open(state, item, openSettings),
  });
  return { node: element("div", { class: "text-part" }, node, style), sync };
}

function otherPart({ state, openSettings }, item) {
  const { item: current } = bindItem(state, state.surfaceIndex, item.id);
  const content = element("span", { class: "part-content" });
  const label = element(
    "span",
    { class: "part-text" },
    element("span", { class: "part-name", text: itemName(item) }),
    content,
  );
  const symbol = icon(item.type === "image" ? "picture" : "guides");
  const onclick = () => open(state, item, openSettings);
  const node = element("button", { type: "button", class: "part", onclick }, symbol, label);
  return { node, sync: () => (content.textContent = summary(current())) };
}

function open(state, item, openSettings) {
  state.select(item.id);
  openSettings();
}

function summary(item) {
  if (item.type !== "image") return "";
  return item.asset ? "your picture" : "no picture yet";
}
