import { itemBox } from "./fonts.js";
import { turnedCentre } from "./geometry.js";
import { moveCentre, resizeByCorner, turnTo } from "./transform.js";

const SNAP_PIXELS = 6;
const START_PIXELS = 3;

/** Pointer drags on the stage: move, resize by a corner, turn. */
export class Gestures {
  #svg;
  #state;
  #overlay;
  #itemIdAt;
  #drag = null;

  constructor({ svg, state, overlay, itemIdAt }) {
    this.#svg = svg;
    this.#state = state;
    this.#overlay = overlay;
    this.#itemIdAt = itemIdAt;
    svg.addEventListener("pointerdown", (event) => this.#begin(event));
    svg.addEventListener("pointermove", (event) => this.#move(event));
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => this.#end());
  }

  #begin(event) {
    if (event.button !== 0 || this.#drag) return;
    const grip = event.target.closest("[data-handle]");
    const itemId = grip ? this.#state.selectedId : this.#itemIdAt(event.target);
    this.#state.select(itemId);
    const item = this.#state.selectedItem;
    if (!item) return;
    this.#svg.setPointerCapture(event.pointerId);
    const kind = grip?.dataset.handle ?? "move";
    this.#drag = {
      kind,
      itemId,
      corner: Number(grip?.dataset.corner ?? 0),
      start: this.#point(event),
      original: structuredClone(item),
      hasMoved: false,
    };
  }

  #move(event) {
    if (!this.#drag) return;
    const point = this.#point(event);
    const { start, hasMoved, itemId } = this.#drag;
    const distance = Math.hypot(point.x - start.x, point.y - start.y) * this.#scale();
    if (!hasMoved && distance < START_PIXELS) return;
    const change = (surface) =>
      this.#apply(
        surface,
        surface.items.find((item) => item.id === itemId),
        point,
        event,
      );
    if (hasMoved) this.#state.adjust(change);
    else this.#state.edit(change);
    this.#drag.hasMoved = true;
  }

  #end() {
    this.#drag = null;
    this.#overlay.showSnap(null, {});
  }

  #apply(surface, item, point, event) {
    const { kind } = this.#drag;
    if (kind === "move") this.#moveItem(surface, item, point);
    else if (kind === "resize") this.#resizeItem(item, point);
    else this.#turnItem(item, point, event.shiftKey);
  }

  #moveItem(surface, item, point) {
    const { start, original } = this.#drag;
    const centre = turnedCentre(original, itemBox(original));
    const x = this.#snap(centre.x + point.x - start.x, surface.width / 2);
    const y = this.#snap(centre.y + point.y - start.y, surface.height / 2);
    moveCentre(item, { x: x.value, y: y.value }, surface);
    this.#overlay.showSnap(surface, { x: x.isSnapped, y: y.isSnapped });
  }

  #resizeItem(item, point) {
    const { start, original, corner } = this.#drag;
    resizeByCorner(item, original, corner, { x: point.x - start.x, y: point.y - start.y });
  }

  #turnItem(item, point, inSteps) {
    const { start, original } = this.#drag;
    const centre = turnedCentre(original, itemBox(original));
    const angle = (at) => (Math.atan2(at.y - centre.y, at.x - centre.x) * 180) / Math.PI;
    turnTo(item, original, settle(original.rotation + angle(point) - angle(start), inSteps));
  }

  #snap(value, middle) {
    const isSnapped = Math.abs(value - middle) * this.#scale() < SNAP_PIXELS;
    return { value: isSnapped ? middle : value, isSnapped };
  }

  #scale() {
    return this.#svg.getScreenCTM().a;
  }

  #point({ clientX, clientY }) {
    return new DOMPoint(clientX, clientY).matrixTransform(this.#svg.getScreenCTM().inverse());
  }
}

/** Steps of 15 degrees with Shift; otherwise free, but easy to bring upright. */
function settle(degrees, inSteps) {
  if (inSteps) return Math.round(degrees / 15) * 15;
  const upright = Math.round(degrees / 90) * 90;
  return Math.abs(degrees - upright) < 3 ? upright : degrees;
}
