import { element } from "./dom.js";
import { choiceField, colorField, numberField, selectField, textField, toggleField } from "./fields.js";
import { TEXT_SIZE, itemName, setTextSize } from "./model.js";

const ALIGNMENTS = [
  { value: "left", icon: "left", text: "Align left" },
  { value: "center", icon: "center", text: "Centre" },
  { value: "right", icon: "right", text: "Align right" },
];

/** What can be set for a text. */
export function textFields({ state, item, property, change }) {
  const fonts = state.product.fonts.map(({ id, name }) => ({ value: id, text: name }));
  const style = [
    toggleField({ label: "Bold", letter: "B", className: "bold", ...property("bold") }),
    toggleField({ label: "Italic", letter: "I", className: "italic", ...property("italic") }),
    choiceField({ label: "Alignment", options: ALIGNMENTS, ...property("align") }),
  ];
  return [
    textField({ label: itemName(item()), ...property("text") }),
    inRow(
      selectField({ label: "Font", options: fonts, ...property("font") }),
      numberField({
        label: "Size",
        less: "Smaller text",
        more: "Larger text",
        unit: "pt",
        min: TEXT_SIZE.smallest,
        max: TEXT_SIZE.largest,
        get: () => item().size,
        set: (size) => change((text) => setTextSize(text, size), "size"),
      }),
    ),
    toolRow(style),
    colorField({ label: "Colour", ...property("color") }),
  ];
}

function inRow(...fields) {
  return together("field-row", fields);
}

function toolRow(fields) {
  return together("tool-row", fields);
}

function together(className, fields) {
  const node = element("div", { class: className }, ...fields.map((field) => field.node));
  return { node, sync: () => fields.forEach((field) => field.sync()) };
}
