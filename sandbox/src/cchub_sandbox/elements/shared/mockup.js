import { CardModel } from "./card-model.js";
import { CylinderModel } from "./cylinder-model.js";
import { element, reducedMotion } from "./dom.js";
import { paintSurface } from "./draw-canvas.js";
import { iconButton } from "./icons.js";

const DEGREES_PER_PIXEL = 0.55;
const BUTTON_TURN = 45;
const TILT_LIMIT = 28;
const TEXTURE_SIDE = 1100;

/** A picture of the finished product that follows every edit and can be turned. */
export class Mockup {
  #state;
  #pictures;
  #model;
  #textures;
  #angle = 0;
  #tilt = 8;
  #frame = null;
  #animation = null;

  constructor({ state, pictures }) {
    this.#state = state;
    this.#pictures = pictures;
    this.#textures = state.model.surfaces.map(newTexture);
    this.#model = chooseModel(state.model, this.#textures);
    this.node = this.#build();
    for (const name of ["design", "selection"]) state.addEventListener(name, () => this.#repaintSoon());
    pictures.addEventListener("loaded", () => this.#repaintSoon());
    new ResizeObserver(() => this.#model.turn(this.#angle, this.#tilt)).observe(this.#model.node);
    this.#repaint();
    this.#turnTo(this.#model.restingAngle, { from: this.#model.restingAngle - 200, duration: 1400 });
  }

  #build() {
    const name = this.#state.product.name;
    const view = element("div", {
      class: "mockup-view",
      role: "img",
      "aria-label": `${name} with your design, seen in space`,
    });
    view.append(this.#model.node);
    this.#makeDraggable(view);
    const turn = (degrees) => () => this.#turnTo(this.#angle + degrees, { duration: 450 });
    const controls = element(
      "div",
      { class: "mockup-controls" },
      iconButton({ name: "turnLeft", label: "Turn left", onclick: turn(-BUTTON_TURN) }),
      element("span", { class: "mockup-hint", text: "Drag to turn" }),
      iconButton({ name: "turnRight", label: "Turn right", onclick: turn(BUTTON_TURN) }),
    );
    return element("section", { class: "mockup", "aria-label": "3D view" }, view, controls);
  }

  #makeDraggable(view) {
    let last = null;
    view.addEventListener("pointerdown", (event) => {
      view.setPointerCapture(event.pointerId);
      cancelAnimationFrame(this.#animation);
      last = event;
    });
    view.addEventListener("pointermove", (event) => {
      if (!last) return;
      const tilt = this.#tilt + (event.clientY - last.clientY) * -0.3;
      this.#tilt = Math.min(TILT_LIMIT, Math.max(0, tilt));
      this.#turn(this.#angle + (event.clientX - last.clientX) * DEGREES_PER_PIXEL);
      last = event;
    });
    for (const name of ["pointerup", "pointercancel"]) view.addEventListener(name, () => (last = null));
  }

  #turnTo(angle, { from = this.#angle, duration }) {
    cancelAnimationFrame(this.#animation);
    if (reducedMotion()) return this.#turn(angle);
    const start = performance.now();
    const step = (now) => {
      const share = Math.min(1, Math.max(0, (now - start) / duration));
      this.#turn(from + (angle - from) * (1 - (1 - share) ** 3));
      if (share < 1) this.#animation = requestAnimationFrame(step);
    };
    this.#animation = requestAnimationFrame(step);
  }

  #turn(angle) {
    this.#angle = angle;
    this.#model.turn(this.#angle, this.#tilt);
  }

  #repaintSoon() {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = null;
      this.#repaint();
    });
  }

  #repaint() {
    this.#state.model.surfaces.forEach((surface, index) =>
      paintSurface(this.#textures[index], surface, this.#pictures),
    );
    this.#model.turn(this.#angle, this.#tilt);
  }
}

function newTexture({ width, height }) {
  const scale = TEXTURE_SIDE / Math.max(width, height);
  return element("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
}

/** The real editor is told the mockup; this one goes by proportions: a single wide side wraps around. */
function chooseModel({ surfaces }, textures) {
  const [first] = surfaces;
  const isWrap = surfaces.length === 1 && first.width / first.height >= 1.5;
  return isWrap ? new CylinderModel(first, textures[0]) : new CardModel(surfaces, textures);
}
