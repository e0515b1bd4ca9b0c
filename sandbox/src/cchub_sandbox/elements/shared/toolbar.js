import { element } from "./dom.js";
import { iconButton } from "./icons.js";
import { newPicture, newText } from "./model.js";
import { pictureChooser } from "./picture-chooser.js";

/** The bar above the stage: adding things, undo and redo, and how the stage is shown. */
export class Toolbar {
  #state;
  #stage;
  #undo;
  #redo;
  #guidesShown = true;

  constructor({ state, stage, pictures, notices, openSettings }) {
    this.#state = state;
    this.#stage = stage;
    const chooser = pictureChooser({
      label: "Add picture",
      hideLabel: true,
      pictures,
      notices,
      onPicture: (asset) => state.addItem(newPicture(state.surface, asset, this.#nextNumber("image"))),
    });
    this.addPictureFile = chooser.upload;
    const addText = () => {
      state.addItem(newText(state.surface, this.#nextNumber("text")));
      openSettings();
    };
    this.#undo = iconButton({ name: "undo", label: "Undo", onclick: () => this.#go("undo", notices) });
    this.#redo = iconButton({ name: "redo", label: "Redo", onclick: () => this.#go("redo", notices) });
    const add = element(
      "div",
      { class: "tools" },
      iconButton({ name: "text", label: "Add text", labelled: true, onclick: addText }),
      chooser.node,
    );
    const steps = element("div", { class: "tools" }, this.#undo, this.#redo);
    this.node = element(
      "div",
      { class: "toolbar", role: "group", "aria-label": "Tools" },
      add,
      steps,
      this.#viewTools(),
    );
    state.addEventListener("design", () => this.#sync());
    this.#sync();
  }

  #viewTools() {
    const zoom = (factor) => () => this.#stage.setZoom(this.#stage.zoom * factor);
    const guides = iconButton({ name: "guides", label: "Guides", "aria-pressed": "true" });
    guides.addEventListener("click", () => {
      this.#guidesShown = !this.#guidesShown;
      guides.setAttribute("aria-pressed", String(this.#guidesShown));
      this.#stage.toggleGuides(this.#guidesShown);
    });
    return element(
      "div",
      { class: "tools view-tools" },
      guides,
      iconButton({ name: "minus", label: "Zoom out", className: "wide-only", onclick: zoom(1 / 1.25) }),
      iconButton({ name: "plus", label: "Zoom in", className: "wide-only", onclick: zoom(1.25) }),
      iconButton({
        name: "fit",
        label: "Fit to view",
        className: "wide-only",
        onclick: () => this.#stage.setZoom(1),
      }),
    );
  }

  #go(direction, notices) {
    if (direction === "undo" ? !this.#state.canUndo : !this.#state.canRedo) return;
    this.#state[direction]();
    notices.announce(direction === "undo" ? "Undone" : "Done again");
  }

  #sync() {
    setUsable(this.#undo, this.#state.canUndo);
    setUsable(this.#redo, this.#state.canRedo);
  }

  #nextNumber(type) {
    return this.#state.surface.items.filter((item) => item.type === type && !item.locked).length + 1;
  }
}

// A disabled button would lose the focus of someone who presses it by keyboard.
function setUsable(button, isUsable) {
  button.setAttribute("aria-disabled", String(!isUsable));
}
