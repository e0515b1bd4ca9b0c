import { element } from "./dom.js";

/** Tabs for the surfaces of a product; none when there is only one. */
export class SurfaceTabs {
  #state;
  #tabs;

  constructor({ state, panelId }) {
    this.#state = state;
    this.#tabs = state.model.surfaces.map((surface, index) =>
      element("button", {
        type: "button",
        role: "tab",
        class: "tab",
        text: surface.name,
        "aria-controls": panelId,
        onclick: () => state.showSurface(index),
      }),
    );
    this.node = element("div", {
      class: "tabs",
      role: "tablist",
      "aria-label": "Sides",
      hidden: this.#tabs.length < 2,
    });
    this.node.append(...this.#tabs);
    this.node.addEventListener("keydown", (event) => this.#onKey(event));
    state.addEventListener("selection", () => this.#sync());
    this.#sync();
  }

  #sync() {
    this.#tabs.forEach((tab, index) => {
      const isShown = index === this.#state.surfaceIndex;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
    });
  }

  #onKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const count = this.#tabs.length;
    this.#state.showSurface((this.#state.surfaceIndex + step + count) % count);
    this.#tabs[this.#state.surfaceIndex].focus();
  }
}
