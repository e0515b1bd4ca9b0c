// Flat pictures: the starting templates of the catalog, and the surfaces of materials.
import * as THREE from "three";
import { photos } from "./photos.js";

const FAMILIES = { lora: "Lora", worksans: "Work Sans", caveat: "Caveat", playfair: "Playfair Display" };
const POINT = 0.352778; // millimetres
let groups = {};

export async function loadDesigns(address) {
  const catalog = await (await fetch(address)).json();
  groups = Object.fromEntries(catalog.product_groups.map((group) => [group.slug, group]));
}

export function surface(slug, index = 0) {
  return groups[slug].personalization.surfaces[index];
}

// The trimmed surface, with photographs (names from photos.js) in its placeholders.
export function design(slug, index = 0, pictures = [], { background, words = {} } = {}) {
  const page = surface(slug, index), left = [...pictures];
  const scale = Math.min(14, 1900 / Math.max(page.width, page.height));
  return paint(page.width * scale, page.height * scale, (ink) => {
    ink.scale(scale, scale);
    ink.fillStyle = background ?? page.background;
    ink.fillRect(0, 0, page.width, page.height);
    for (const item of page.items) {
      if (item.type === "text") write(ink, { ...item, text: words[item.id] ?? item.text });
      else if (item.type === "image") pastePhoto(ink, item, left.shift() ?? "lake");
      else fillShape(ink, item);
    }
  });
}

function write(ink, item) {
  const size = item.size * POINT;
  ink.save();
  ink.translate(item.x, item.y);
  ink.rotate(item.rotation * Math.PI / 180);
  ink.font = `${item.bold ? 700 : 400} ${size}px "${FAMILIES[item.font]}"`;
  ink.textAlign = item.align;
  ink.fillStyle = item.color;
  item.text.split("\n").forEach((line, row) => ink.fillText(line, 0, row * size * 1.25));
  ink.restore();
}

function pastePhoto(ink, item, name) {
  ink.drawImage(photo(name, item.width / item.height), item.x, item.y, item.width, item.height);
}

function fillShape(ink, item) {
  const { x, y, width, height } = item;
  ink.save();
  ink.translate(x + width / 2, y + height / 2);
  ink.rotate(item.rotation * Math.PI / 180);
  ink.fillStyle = item.color;
  ink.beginPath();
  if (item.type === "ellipse") ink.ellipse(0, 0, width / 2, height / 2, 0, 0, 2 * Math.PI);
  else ink.rect(-width / 2, -height / 2, width, height);
  ink.fill();
  ink.restore();
}

export function photo(name, aspect = 4 / 3) {
  const width = aspect >= 1 ? 1200 : 1200 * aspect;
  return paint(width, width / aspect, (ink) => photos[name](ink, width, width / aspect));
}

export function paint(width, height, draw) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width);
  canvas.height = Math.round(height);
  draw(canvas.getContext("2d"), canvas.width, canvas.height);
  return canvas;
}

export function texture(canvas) {
  const map = new THREE.CanvasTexture(canvas);
  map.colorSpace = THREE.SRGBColorSpace;
  map.anisotropy = 4;
  return map;
}

export function random(seed = 1) {
  let state = seed * 2654435761 >>> 0;
  return () => {
    state = Math.imul(state ^ state >>> 15, 2246822519) + 1 >>> 0;
    return (state >>> 8) / 16777216;
  };
}

export const shade = (color, by) => {
  const tint = new THREE.Color(color), hsl = tint.getHSL({});
  return `#${tint.setHSL(hsl.h, hsl.s, Math.min(1, Math.max(0, hsl.l + by))).getHexString()}`;
};

// Materials are drawn once and shared.
function remembered(draw) {
  const drawn = {};
  return (...options) => drawn[JSON.stringify(options)] ??= draw(...options);
}

export const plaster = remembered(function plaster(color) {
  return paint(1024, 1024, (ink, width, height) => {
    ink.fillStyle = color;
    ink.fillRect(0, 0, width, height);
    const chance = random(3);
    for (let spot = 0; spot < 9000; spot++) {
      ink.fillStyle = chance() > 0.5 ? "rgba(255,255,255,.035)" : "rgba(60,40,20,.022)";
      const size = 1 + chance() * 5;
      ink.fillRect(chance() * width, chance() * height, size, size);
    }
  });
});

export const linen = remembered(function linen(color) {
  return paint(1024, 1024, (ink, width, height) => {
    ink.fillStyle = color;
    ink.fillRect(0, 0, width, height);
    const chance = random(5);
    for (let line = 0; line < 1024; line += 3) {
      ink.fillStyle = `rgba(255,255,255,${chance() * 0.16})`;
      ink.fillRect(0, line, width, 1.4);
      ink.fillStyle = `rgba(50,35,15,${chance() * 0.13})`;
      ink.fillRect(line, 0, 1.4, height);
    }
  });
});

export const wood = remembered(function wood(color, { along = "x", boards = 0 } = {}) {
  return paint(1024, 1024, (ink, width, height) => {
    if (along === "y") { ink.translate(width, 0); ink.rotate(Math.PI / 2); }
    ink.fillStyle = color;
    ink.fillRect(0, 0, width, height);
    const chance = random(8);
    for (let grain = 0; grain < 420; grain++) {
      const y = chance() * height, wave = 2 + chance() * 5, phase = chance() * 6;
      ink.strokeStyle = chance() > 0.4 ? `rgba(90,52,20,${0.03 + chance() * 0.09})` : `rgba(255,238,210,${chance() * 0.1})`;
      ink.lineWidth = 0.6 + chance() * 2.2;
      ink.beginPath();
      for (let x = 0; x <= width; x += 32) ink.lineTo(x, y + Math.sin(x * 2 * Math.PI / width + phase) * wave);
      ink.stroke();
    }
    for (let board = 0; board < boards; board++) {
      const y = height * board / boards;
      ink.fillStyle = `rgba(60,30,10,${0.02 + chance() * 0.07})`;
      ink.fillRect(0, y, width, height / boards);
      ink.fillStyle = "rgba(50,28,10,.55)";
      ink.fillRect(0, y, width, 2.5);
    }
  });
});

// The edge of a pile of sheets.
export const sheets = remembered(function sheets(color, count = 40) {
  return paint(64, 512, (ink, width, height) => {
    ink.fillStyle = color;
    ink.fillRect(0, 0, width, height);
    const chance = random(11);
    for (let line = 0; line < count; line++) {
      ink.fillStyle = `rgba(70,50,30,${0.1 + chance() * 0.22})`;
      ink.fillRect(0, height * line / count, width, height / count * 0.3);
    }
  });
});

// Text and shapes on a plain ground, in millimetres, for small things that are not in the catalog.
export function label(width, height, background, items, scale = 12) {
  return paint(width * scale, height * scale, (ink) => {
    ink.scale(scale, scale);
    ink.fillStyle = background;
    ink.fillRect(0, 0, width, height);
    for (const item of items) {
      if (item.text) write(ink, { font: "lora", size: 12, color: "#22302b", align: "center", rotation: 0, ...item });
      else fillShape(ink, { rotation: 0, ...item });
    }
  });
}
