import { svgElement, element, uniqueId } from "./dom.js";
import { drawItem } from "./draw-svg.js";
import { itemBox } from "./fonts.js";
import { outline, pivot } from "./geometry.js";
import { Gestures } from "./gestures.js";
import { SAFE_MARGIN, itemName } from "./model.js";
import { Overlay } from "./overlay.js";
import { handleStageKey } from "./stage-keys.js";

const HELP =
  "Move with the arrow keys, with Shift in larger steps. Plus and minus change the size, Delete removes, Enter opens the settings.";
const HIT_MARGIN = 1;
const LARGEST_ZOOM = 4;

/** The drawing area: one surface at a time, in mm, with its items to select, move, resize and turn. */
export class Stage {
  #state;
  #pictures;
  #notices;
  #openSettings;
  #zoom = 1;
  #nodes = new Map();
  #paper = svgElement("rect", { class: "paper" });
  #items = svgElement("g");
  #clipShape = svgElement("rect");
  #veil = svgElement("path", { class: "veil", "fill-rule": "evenodd" });
  #cutLine = svgElement("path", { class: "cut-line" });
  #safeLine = svgElement("path", { class: "safe-line" });
  #overlay = new Overlay();
  #helpId = uniqueId("help");
  #svg;

  constructor({ state, pictures, notices, openSettings }) {
    this.#state = state;
    this.#pictures = pictures;
    this.#notices = notices;
    this.#openSettings = openSettings;
    this.#svg = this.#buildSvg();
    const help = element("p", { class: "visually-hidden", id: this.#helpId, text: HELP });
    this.node = element("div", { class: "canvas", role: "application", tabindex: "-1" }, this.#svg, help);
    this.#listen();
    this.render();
  }

  #buildSvg() {
    const clip = uniqueId("clip");
    return svgElement(
      "svg",
      { class: "stage-svg" },
      svgElement("clipPath", { id: clip }, this.#clipShape),
      this.#paper,
      svgElement("g", { "clip-path": `url(#${clip})` }, this.#items),
      this.#veil,
      this.#cutLine,
      this.#safeLine,
      this.#overlay.node,
    );
  }

  #listen() {
    this.#state.addEventListener("design", () => this.render());
    this.#state.addEventListener("selection", () => this.render());
    this.#svg.addEventListener("focusin", (event) => this.#selectFocused(event));
    this.#svg.addEventListener("dblclick", (event) => this.#nodeItemId(event.target) && this.#openSettings());
    this.node.addEventListener("keydown", (event) => this.#onKey(event));
    new ResizeObserver(() => this.#renderOverlay()).observe(this.node);
    new Gestures({
      svg: this.#svg,
      state: this.#state,
      overlay: this.#overlay,
      itemIdAt: (node) => this.#nodeItemId(node),
    });
  }

  #onKey(event) {
    const actions = { announce: (text) => this.#notices.announce(text), openSettings: this.#openSettings };
    if (!this.#state.selectedItem && event.key === "Enter")
      this.#state.select(this.#nodeItemId(event.target));
    const wasItem = this.#state.selectedItem;
    if (!handleStageKey(event, this.#state, actions)) return;
    event.preventDefault();
    if (wasItem && !this.#state.selectedItem) this.node.focus();
  }

  #nodeItemId(node) {
    return node.closest("[data-item]")?.dataset.item ?? null;
  }

  #selectFocused(event) {
    const itemId = this.#nodeItemId(event.target);
    if (itemId) this.#state.select(itemId);
  }

  get zoom() {
    return this.#zoom;
  }

  /** 1 fits the surface into the area. */
  setZoom(zoom) {
    this.#zoom = Math.min(LARGEST_ZOOM, Math.max(1, zoom));
    this.#svg.style.width = this.#svg.style.height = `${this.#zoom * 100}%`;
    this.#renderOverlay();
    this.#notices.announce(`Zoom ${Math.round(this.#zoom * 100)} percent`);
  }

  toggleGuides(isShown) {
    this.node.classList.toggle("without-guides", !isShown);
  }

  render() {
    this.#renderSurface();
    this.#renderItems();
    this.#renderOverlay();
  }

  #renderSurface() {
    const { surface } = this.#state;
    const { width, height, bleed } = surface;
    const margin = bleed + Math.max(width, height) * 0.05;
    this.#svg.setAttribute("viewBox", `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`);
    this.node.setAttribute("aria-label", `${surface.name}, ${width} by ${height} mm`);
    const sheet = { x: -bleed, y: -bleed, width: width + 2 * bleed, height: height + 2 * bleed };
    for (const [key, value] of Object.entries(sheet)) {
      this.#paper.setAttribute(key, value);
      this.#clipShape.setAttribute(key, value);
    }
    this.#paper.setAttribute("fill", surface.background);
    const around = `M${sheet.x} ${sheet.y}h${sheet.width}v${sheet.height}h${-sheet.width}z`;
    this.#veil.setAttribute("d", around + outline(surface));
    this.#cutLine.setAttribute("d", outline(surface));
    this.#safeLine.setAttribute("d", outline(surface, SAFE_MARGIN));
  }

  #renderItems() {
    const { surface } = this.#state;
    const current = surface.items.map((item) => this.#renderItem(item));
    const kept = new Set(current);
    for (const [id, node] of this.#nodes) {
      if (kept.has(node)) continue;
      node.remove();
      this.#nodes.delete(id);
    }
    this.#putInOrder(current);
  }

  // Moving a node in the document would take the focus away from it.
  #putInOrder(nodes) {
    nodes.forEach((node, index) => {
      if (this.#items.children[index] === node) return;
      const focused = this.#items.getRootNode().activeElement;
      this.#items.insertBefore(node, this.#items.children[index] ?? null);
      if (focused && nodes.includes(focused)) focused.focus({ preventScroll: true });
    });
  }

  #renderItem(item) {
    const node = this.#nodes.get(item.id) ?? svgElement("g");
    this.#nodes.set(item.id, node);
    const drawing = drawItem(item, { assetUrl: (id) => this.#pictures.url(id), ghosts: true });
    if (item.locked) {
      node.setAttribute("class", "locked-item");
      node.replaceChildren(drawing);
      return node;
    }
    const isSelected = item.id === this.#state.selectedId;
    node.dataset.item = item.id;
    const attributes = {
      class: isSelected ? "item selected" : "item",
      tabindex: "0",
      role: "button",
      "aria-pressed": isSelected,
      "aria-label": describe(item),
      "aria-describedby": this.#helpId,
    };
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.replaceChildren(drawing, hitArea(item));
    return node;
  }

  #renderOverlay() {
    this.#overlay.render(this.#state.selectedItem, this.#pixelsPerMillimetre());
  }

  #pixelsPerMillimetre() {
    return this.#svg.getScreenCTM()?.a || 4;
  }
}

function describe(item) {
  if (item.type === "text") return `${itemName(item)}: ${item.text.trim() || "empty"}`;
  if (item.type === "image" && item.asset === null) return `${itemName(item)}: no picture yet`;
  return itemName(item);
}

function hitArea(item) {
  const box = itemBox(item);
  const centre = pivot(item);
  return svgElement("rect", {
    class: "hit-area",
    x: box.x - HIT_MARGIN,
    y: box.y - HIT_MARGIN,
    width: box.width + 2 * HIT_MARGIN,
    height: box.height + 2 * HIT_MARGIN,
    transform: `rotate(${item.rotation} ${centre.x} ${centre.y})`,
  });
}
