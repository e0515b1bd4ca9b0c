import { svgElement } from "./dom.js";
import { itemBox } from "./fonts.js";
import { boxCentre, turnedCorners } from "./geometry.js";

const HANDLE_RADIUS = 6;
const TOUCH_RADIUS = 20;
const ARM = 30;

/** The frame and handles around the selected item, and the lines shown while it snaps to the middle. */
export class Overlay {
  #frame = svgElement("polygon", { class: "frame" });
  #arm = svgElement("line", { class: "frame" });
  #corners = [0, 1, 2, 3].map((index) => handle("resize", index));
  #rotate = handle("rotate", 0);
  #snapX = svgElement("line", { class: "snap-line" });
  #snapY = svgElement("line", { class: "snap-line" });

  constructor() {
    this.selection = svgElement("g", {}, this.#frame, this.#arm, this.#rotate, ...this.#corners);
    this.node = svgElement(
      "g",
      { class: "overlay", "aria-hidden": "true" },
      this.#snapX,
      this.#snapY,
      this.selection,
    );
    this.showSnap(null, {});
  }

  /** `scale` is pixels per mm: handles keep their size on the screen. */
  render(item, scale) {
    this.selection.setAttribute("visibility", item ? "visible" : "hidden");
    if (!item) return;
    const corners = turnedCorners(item, itemBox(item));
    this.#frame.setAttribute("points", corners.map(({ x, y }) => `${x},${y}`).join(" "));
    corners.forEach((corner, index) => place(this.#corners[index], corner, scale));
    this.#placeArm(corners, scale);
  }

  #placeArm(corners, scale) {
    const [topLeft, topRight, , bottomLeft] = corners;
    const top = { x: (topLeft.x + topRight.x) / 2, y: (topLeft.y + topRight.y) / 2 };
    const side = { x: topLeft.x - bottomLeft.x, y: topLeft.y - bottomLeft.y };
    const length = Math.hypot(side.x, side.y) || 1;
    const reach = ARM / scale / length;
    const end = { x: top.x + side.x * reach, y: top.y + side.y * reach };
    const line = { x1: top.x, y1: top.y, x2: end.x, y2: end.y };
    for (const [key, value] of Object.entries(line)) this.#arm.setAttribute(key, value);
    place(this.#rotate, end, scale);
  }

  /** Lines through the middle of the surface, per direction in which the item sits there. */
  showSnap(surface, { x = false, y = false }) {
    this.#snapX.setAttribute("visibility", x ? "visible" : "hidden");
    this.#snapY.setAttribute("visibility", y ? "visible" : "hidden");
    if (!surface) return;
    const centre = boxCentre({ x: 0, y: 0, width: surface.width, height: surface.height });
    const lines = [
      [this.#snapX, { x1: centre.x, x2: centre.x, y1: 0, y2: surface.height }],
      [this.#snapY, { x1: 0, x2: surface.width, y1: centre.y, y2: centre.y }],
    ];
    for (const [line, ends] of lines) {
      for (const [key, value] of Object.entries(ends)) line.setAttribute(key, value);
    }
  }
}

function handle(kind, index) {
  return svgElement(
    "g",
    { class: `handle ${kind}`, "data-handle": kind, "data-corner": index },
    svgElement("circle", { class: "handle-touch" }),
    svgElement("circle", { class: "handle-dot" }),
  );
}

function place(node, { x, y }, scale) {
  const [touch, dot] = node.children;
  node.setAttribute("transform", `translate(${x} ${y})`);
  touch.setAttribute("r", TOUCH_RADIUS / scale);
  dot.setAttribute("r", HANDLE_RADIUS / scale);
}
