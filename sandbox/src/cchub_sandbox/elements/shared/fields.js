import { element, uniqueId } from "./dom.js";
import { iconButton } from "./icons.js";

/**
 * Form fields bound to the design. Each has a `node` and `sync()`, which shows the present value again;
 * `get` reads it and `set` changes it.
 */

export function textField({ label, get, set, rows = 2 }) {
  const id = uniqueId("text");
  const input = element("textarea", { id, rows, maxlength: 600, spellcheck: "true", autocomplete: "off" });
  input.addEventListener("input", () => set(input.value));
  return field({ label, id, control: input, sync: () => setValue(input, get()) });
}

export function selectField({ label, options, get, set }) {
  const id = uniqueId("select");
  const choices = options.map(({ value, text, disabled }) =>
    element("option", { value, text, disabled: !!disabled }),
  );
  const select = element("select", { id }, ...choices);
  select.addEventListener("change", () => set(select.value));
  return field({ label, id, control: select, sync: () => setValue(select, get()) });
}

/** A number between two buttons, named `less` and `more`; `stepBy(direction)` overrides what they do. */
export function numberField({ label, less, more, unit = "", min, max, get, set, stepBy = null }) {
  const id = uniqueId("number");
  const input = element("input", { id, type: "number", inputmode: "decimal", min, max, step: "any" });
  const change = (value) => Number.isFinite(value) && set(Math.min(max, Math.max(min, value)));
  const press = stepBy ?? ((direction) => change(get() + direction));
  const sync = () => setValue(input, String(Math.round(get() * 10) / 10));
  input.addEventListener("change", () => {
    change(input.valueAsNumber);
    sync();
  });
  const control = element(
    "div",
    { class: "stepper" },
    iconButton({ name: "minus", label: less, onclick: () => press(-1) }),
    input,
    iconButton({ name: "plus", label: more, onclick: () => press(1) }),
  );
  return field({ label: unit ? `${label} (${unit})` : label, id, control, sync });
}

const SWATCHES = [
  ["#22302b", "Ink"],
  ["#000000", "Black"],
  ["#6b7280", "Grey"],
  ["#ffffff", "White"],
  ["#fbf8f3", "Cream"],
  ["#efe7da", "Sand"],
  ["#1f4d3f", "Forest"],
  ["#7d9b84", "Sage"],
  ["#1e3a5f", "Navy"],
  ["#8fb3cf", "Sky"],
  ["#c8643b", "Clay"],
  ["#e0a83e", "Honey"],
  ["#8c2f39", "Berry"],
  ["#e7b7b3", "Blush"],
];

export function colorField({ label, get, set }) {
  const id = uniqueId("color");
  const swatches = SWATCHES.map(([color, name]) => swatch(color, name, set));
  const input = element("input", { id, type: "color", class: "own-color" });
  input.addEventListener("input", () => set(input.value));
  const sync = () => {
    const color = get().toLowerCase();
    setValue(input, color);
    for (const button of swatches)
      button.setAttribute("aria-pressed", String(button.dataset.color === color));
  };
  const own = element(
    "div",
    { class: "own-color-row" },
    input,
    element("label", { for: id, text: "Any other colour" }),
  );
  const node = element(
    "fieldset",
    { class: "field" },
    element("legend", { text: label }),
    element("div", { class: "swatches" }, ...swatches),
    own,
  );
  sync();
  return { node, sync };
}

function swatch(color, name, set) {
  const button = element("button", {
    type: "button",
    class: "swatch",
    "aria-label": name,
    title: name,
    "aria-pressed": "false",
    "data-color": color,
    onclick: () => set(color),
  });
  button.style.backgroundColor = color;
  return button;
}

/** Buttons of which one is pressed. Options: [{value, icon, text}]. */
export function choiceField({ label, options, get, set }) {
  const buttons = options.map((option) =>
    iconButton({
      name: option.icon,
      label: option.text,
      "data-value": option.value,
      onclick: () => set(option.value),
    }),
  );
  const sync = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === get()));
  };
  const node = element("div", { class: "button-group", role: "group", "aria-label": label }, ...buttons);
  sync();
  return { node, sync };
}

/** A button that is on or off, shown as a letter. */
export function toggleField({ label, letter, className, get, set }) {
  const button = element("button", {
    type: "button",
    class: `button letter ${className}`,
    "aria-label": label,
    title: label,
    text: letter,
    onclick: () => set(!get()),
  });
  const sync = () => button.setAttribute("aria-pressed", String(get()));
  sync();
  return { node: button, sync };
}

function field({ label, id, control, sync }) {
  sync();
  const node = element("div", { class: "field" }, element("label", { for: id, text: label }), control);
  return { node, sync };
}

// Setting an unchanged value would move the caret.
function setValue(input, value) {
  if (input.value !== value) input.value = value;
}
