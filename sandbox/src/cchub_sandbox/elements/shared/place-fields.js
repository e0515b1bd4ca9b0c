import { element } from "./dom.js";
import { numberField } from "./fields.js";
import { iconButton } from "./icons.js";
import { itemName } from "./model.js";
import { turnTo } from "./transform.js";

/** Where an item is and how it lies: the same by numbers and buttons as by dragging. */
export function placeFields({ state, notices, item, property, change }) {
  const turn = (degrees) => change((turned) => turnTo(turned, structuredClone(turned), degrees), "rotation");
  const range = { unit: "mm", min: -500, max: 1500 };
  const fields = [
    numberField({
      label: "From the left",
      less: "Move left",
      more: "Move right",
      ...range,
      ...property("x"),
    }),
    numberField({ label: "From the top", less: "Move up", more: "Move down", ...range, ...property("y") }),
    numberField({
      label: "Rotation",
      less: "Turn anticlockwise",
      more: "Turn clockwise",
      unit: "degrees",
      min: -360,
      max: 360,
      get: () => item().rotation,
      set: turn,
      stepBy: (direction) => turn(item().rotation + direction * 5),
    }),
  ];
  const details = element(
    "details",
    { class: "place" },
    element("summary", { text: "Position and rotation" }),
    element("div", { class: "field-grid" }, ...fields.map((field) => field.node)),
  );
  const actions = itemActions({ state, notices, item });
  return [
    { node: details, sync: () => fields.forEach((field) => field.sync()) },
    { node: actions, sync: () => {} },
  ];
}

function itemActions({ state, notices, item }) {
  const reorder = (step, done, impossible) => () =>
    notices.announce(`${itemName(item())} ${state.reorder(item().id, step) ? done : impossible}`);
  const remove = () => {
    const name = itemName(item());
    state.removeItem(item().id);
    notices.announce(`${name} removed`);
  };
  return element(
    "div",
    { class: "item-actions", role: "group", "aria-label": "Arrange" },
    iconButton({
      name: "forward",
      label: "Bring forward",
      labelled: true,
      onclick: reorder(1, "brought forward", "is in front already"),
    }),
    iconButton({
      name: "backward",
      label: "Send back",
      labelled: true,
      onclick: reorder(-1, "sent back", "is at the back already"),
    }),
    iconButton({ name: "trash", label: "Remove", labelled: true, className: "danger", onclick: remove }),
  );
}
