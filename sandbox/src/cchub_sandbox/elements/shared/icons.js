import { element, svgElement } from "./dom.js";

// Strokes on a 24 by 24 grid.
const SHAPES = {
  text: "M5 6V4h14v2M12 4v16M9 20h6",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9.5h.01",
  undo: "M8 5 4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
  redo: "m16 5 4 4-4 4M20 9H10a6 6 0 0 0 0 12h3",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",
  forward: "M4 14v6h10v-6zM10 10V4h10v10h-6",
  backward: "M10 10V4h10v10h-6M4 14h10v6H4z",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  guides: "M4 4h16v16H4zM8 8h8v8H8z",
  left: "M4 6h16M4 12h10M4 18h13",
  center: "M4 6h16M7 12h10M5 18h14",
  right: "M4 6h16M10 12h10M7 18h13",
  close: "M6 6l12 12M18 6 6 18",
  check: "m5 12 5 5 9-10",
  warning: "M12 4 2.5 20h19zM12 10v4M12 17h.01",
  turnLeft: "M4 12a8 8 0 1 0 3-6.2M4 4v4h4",
  turnRight: "M20 12a8 8 0 1 1-3-6.2M20 4v4h-4",
  cube: "M12 3 4 7.5v9L12 21l8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
  sliders: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
  back: "M15 5l-7 7 7 7",
};

export function icon(name) {
  return svgElement(
    "svg",
    {
      class: "icon",
      viewBox: "0 0 24 24",
      width: "20",
      height: "20",
      "aria-hidden": "true",
      focusable: "false",
    },
    svgElement("path", { d: SHAPES[name] }),
  );
}

/** A button with an icon; its label is visible when `labelled`, else accessible name and tooltip. */
export function iconButton({ name, label, labelled = false, className = "", onclick, ...attributes }) {
  const naming = labelled ? {} : { "aria-label": label, title: label };
  return element(
    "button",
    { type: "button", class: `button ${className}`.trim(), onclick, ...naming, ...attributes },
    icon(name),
    labelled ? element("span", { class: "button-label", text: label }) : null,
  );
}
