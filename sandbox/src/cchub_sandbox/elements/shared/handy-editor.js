import { Approval } from "./approval.js";
import { element, uniqueId } from "./dom.js";
import { EditorElement } from "./editor-element.js";
import { OrderBar } from "./order-bar.js";
import { Panel } from "./panel.js";
import { Stage } from "./stage.js";
import { SurfaceTabs } from "./surface-tabs.js";
import { Toolbar } from "./toolbar.js";

/** Freehand editor: everything is placed on the product itself. */
export class HandyEditor extends EditorElement {
  buildEditor({ state, pictures, notices }) {
    const context = { state, pictures, notices, openSettings: () => panel.focusFirstField() };
    const panel = new Panel(context);
    const stage = new Stage(context);
    const toolbar = new Toolbar({ ...context, stage });
    const approval = new Approval({ state, pictures, onApprove: () => this.addToCart() });
    const orderBar = new OrderBar({ state, notices, onAddToCart: () => approval.open() });
    const area = this.#buildArea(state, stage);
    acceptDroppedPictures(area, toolbar);
    const editor = element(
      "div",
      { class: "editor handy" },
      toolbar.node,
      area,
      element("div", { class: "side" }, panel.node, orderBar.node),
      approval.node,
    );
    editor.addEventListener("keydown", (event) => undoByKey(event, state));
    area.append(...this.buildExtras({ state, pictures, area }));
    return editor;
  }

  /** More nodes for the stage's area; the plain editor has none. */
  buildExtras() {
    return [];
  }

  #buildArea(state, stage) {
    const panelId = uniqueId("surface");
    const tabs = new SurfaceTabs({ state, panelId });
    const legend = element(
      "p",
      { class: "legend", "aria-hidden": "true" },
      element("span", { class: "legend-cut", text: "Cut line" }),
      element("span", { class: "legend-safe", text: "Keep text inside" }),
      element("span", { class: "legend-bleed", text: "Will be trimmed" }),
    );
    const role = state.model.surfaces.length > 1 ? "tabpanel" : null;
    const surface = element(
      "div",
      { class: "surface", id: panelId, role, "aria-label": role && "Shown side" },
      stage.node,
    );
    return element("div", { class: "area" }, tabs.node, surface, legend);
  }
}

function undoByKey(event, state) {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (!isCommand) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) state.undo();
  else if (key === "y" || key === "z") state.redo();
  else return;
  event.preventDefault();
}

function acceptDroppedPictures(area, toolbar) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  area.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) toolbar.addPictureFile(file);
  });
}
