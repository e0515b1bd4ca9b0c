import { element } from "./dom.js";
import { BOTTLE, MUG } from "./vessels.js";

const SLICE = 1;
// More pixels than shown: narrow slices would look ragged.
const SHARPNESS = 2;

/** A vessel with the design around it, drawn in upright slices that get narrower towards its sides. */
export class CylinderModel {
  #surface;
  #texture;
  #vessel;
  #canvas = element("canvas", { class: "cylinder" });

  constructor(surface, texture) {
    this.#surface = surface;
    this.#texture = texture;
    this.#vessel = surface.width / surface.height >= 1.9 ? MUG : BOTTLE;
    this.node = element("div", { class: "cylinder-space" }, this.#canvas);
  }

  get restingAngle() {
    return this.#vessel.restingAngle;
  }

  turn(angle, tilt) {
    const shape = this.#fitCanvas(tilt);
    if (!shape) return;
    const context = this.#canvas.getContext("2d");
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const turned = (angle * Math.PI) / 180;
    this.#vessel.drawBehind(context, shape, turned);
    this.#vessel.drawBody(context, shape);
    this.#vessel.clipToBody(context, shape, () => this.#drawWrap(context, shape, turned));
    this.#vessel.drawLight(context, shape);
    this.#vessel.drawBefore(context, shape, turned);
  }

  /** In canvas pixels: centre, radius, top and bottom of the wrap; `open` is how open ellipses look. */
  #fitCanvas(tilt) {
    const { clientWidth, clientHeight } = this.node;
    if (clientWidth === 0 || clientHeight === 0) return null;
    const [width, height] = [clientWidth * SHARPNESS, clientHeight * SHARPNESS];
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const { above, below, breadth, coverage } = this.#vessel;
    const open = Math.sin(((tilt + 6) * Math.PI) / 180);
    const radius = this.#surface.width / coverage / (2 * Math.PI);
    const tall = this.#surface.height * (1 + above + below) + 2 * radius * open;
    const scale = Math.min((width * 0.94) / (radius * breadth), (height * 0.9) / tall);
    const top = (height - tall * scale) * 0.35 + (this.#surface.height * above + radius * open) * scale;
    return {
      x: width / 2,
      radius: radius * scale,
      top,
      bottom: top + this.#surface.height * scale,
      rim: this.#surface.height * scale,
      open,
    };
  }

  #drawWrap(context, { x, radius, top, bottom, open }, turned) {
    const { width, height } = this.#texture;
    const span = 2 * Math.PI * this.#vessel.coverage;
    for (let column = -radius; column < radius; column += SLICE) {
      const angle = Math.asin(Math.min(1, (column + SLICE / 2) / radius));
      const place = normalise(angle - turned) / span + 0.5;
      if (place < 0 || place >= 1) continue;
      const drop = Math.cos(angle) * radius * open;
      const share = width / (span * radius * Math.max(0.12, Math.cos(angle)));
      const source = Math.min(width - share, place * width);
      context.drawImage(
        this.#texture,
        source,
        0,
        share,
        height,
        x + column,
        top + drop,
        SLICE + 0.5,
        bottom - top,
      );
    }
  }
}

function normalise(angle) {
  const turn = 2 * Math.PI;
  return ((((angle + Math.PI) % turn) + turn) % turn) - Math.PI;
}
