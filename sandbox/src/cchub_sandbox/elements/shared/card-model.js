import { element } from "./dom.js";

const LAYERS = 6;
const LARGE_SIDE = 200;

/** A flat product as a thick card in CSS 3D, cut to its shape; large and one-sided, it is a bag. */
export class CardModel {
  restingAngle = -28;
  #surface;
  #card;

  constructor(surfaces, textures) {
    const [surface] = surfaces;
    this.#surface = surface;
    const isBag = surfaces.length === 1 && surface.width >= LARGE_SIDE && surface.height > surface.width;
    const back = textures[1] ?? element("div", { class: "card-blank" });
    textures[0].classList.add("card-face");
    back.classList.add("card-face", "card-back");
    const layers = Array.from({ length: LAYERS }, (_, index) => layer(index));
    const handles = isBag
      ? ["bag-handle", "bag-handle bag-handle-back"].map((className) => element("div", { class: className }))
      : [];
    this.#card = element(
      "div",
      { class: isBag ? "card bag" : "card" },
      ...handles,
      ...layers,
      back,
      textures[0],
    );
    this.#card.style.setProperty("--corner", corner(surface));
    this.node = element("div", { class: "card-space" }, this.#card);
  }

  turn(angle, tilt) {
    const { clientWidth, clientHeight } = this.node;
    const { width, height } = this.#surface;
    const scale = Math.min((clientWidth * 0.72) / width, (clientHeight * 0.72) / height);
    this.#card.style.width = `${width * scale}px`;
    this.#card.style.height = `${height * scale}px`;
    this.#card.style.transform = `rotateX(${-tilt}deg) rotateY(${angle}deg)`;
  }
}

function layer(index) {
  const node = element("div", { class: "card-edge" });
  node.style.transform = `translateZ(${index - LAYERS / 2 + 0.5}px)`;
  return node;
}

function corner({ shape, radius, width, height }) {
  if (shape === "ellipse") return "50%";
  return shape === "rounded" ? `${(radius / width) * 100}% / ${(radius / height) * 100}%` : "0";
}
