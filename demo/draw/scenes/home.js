import { design, linen, wood, label, paint, photo, shade } from "../paint.js";
import { put, lie, lean, card, stack, sheet, frame, group, string, slab, tray, box, bow, strip, present } from "../things.js";
import { lyingTwig, mug, bottle, tote, peg, candle, plant, branches, vase, loaf, twig, reel, rollOfPaper, roundSticker, pen, pencil, cupOfCoffee } from "../wares.js";
import { sweep, wall, floor } from "../stage.js";
import * as THREE from "three";
import { stuff } from "../things.js";

const GREEN = "#1f4d3f", CLAY = "#c8643b", SAND = "#e6d9c4", NAVY = "#24375c", SAGE = "#a9b99a", MUSTARD = "#dba642", PLUM = "#5d3a4e", CREAM = "#f3ece0";
const flat = (object, place = {}) => put(lie(object, { up: place.up ?? 0 }), place);

export const shelf = (width, { y = 0, deep = 22, color = "#b98b5b" } = {}) => {
  const board = new THREE.Mesh(new THREE.BoxGeometry(width, 3, deep), stuff(wood(color), { roughness: 0.6 }));
  board.position.set(0, y - 1.5, deep / 2);
  board.userData.unframed = true;
  return board;
};

export const homeware = {
  "photo-posters-1": () => ({
    backdrop: { parts: [wall({ color: "#dcd6c8" }), shelf(260, { deep: 30 })] }, sun: { from: [-12, 11, 15], strength: 2.8 }, window: { kind: "bars" },
    look: { pitch: 3, yaw: 5, fill: 0.9, fov: 20 },
    subjects: [put(frame({ picture: design("photo-posters", 0, ["lake"]) }), { x: 0, y: 11, z: 0.2 }), put(branches({ vase: { color: "#c9b79c", r: 4.4, h: 15 } }), { x: 25, z: 13 })],
    props: [put(flat(stack({ w: 21, h: 15, t: 2.2, front: PLUM, color: "#eadfcb", count: 26 }), { z: 7 }), { x: -20, z: 13, turn: 12 }), put(flat(stack({ w: 19, h: 13, t: 2, front: MUSTARD, color: "#eadfcb", count: 26 }), { z: 6 }), { x: -20, y: 2.2, z: 13, turn: 4 })],
  }),
  "photo-posters-2": () => ({
    backdrop: { canvas: wood("#c39a6b", { boards: 6 }), tile: 100 }, sun: { from: [-14, 17, -5] },
    look: { pitch: 58, yaw: -14, fill: 0.9 },
    subjects: [rolledPoster()],
  }),
  "wall-calendars-1": () => ({
    backdrop: { parts: [wall({ color: "#d7dacb" })] }, sun: { from: [-12, 11, 15], strength: 2.8 }, window: { kind: "bars" },
    look: { pitch: 2, yaw: -8, fill: 0.92, fov: 20 },
    subjects: [put(calendar(design("wall-calendars", 1, ["snow"])), { z: 0.2 })],
  }),
  "wall-calendars-2": () => ({
    backdrop: { parts: [wall({ color: "#e2d5c0" }), shelf(220, { deep: 26, color: "#a9794a" })] }, sun: { from: [-12, 11, 15], strength: 2.8 },
    look: { pitch: 4, yaw: 6, fill: 0.9, fov: 20 },
    subjects: [put(calendar(design("wall-calendars", 0, ["family"])), { y: 7, z: 0.2 }), put(plant({ pot: { color: CLAY, r: 5.5, h: 10 }, long: 17 }), { x: 24, z: 13 })],
  }),
  "oak-picture-frames-1": () => ({
    backdrop: { parts: [wall({ color: "#d3cdbd" }), shelf(220, { deep: 26, color: "#8f6b47" })] }, sun: { from: [-12, 11, 15], strength: 2.8 },
    look: { pitch: 5, yaw: -7, fill: 0.86, fov: 20 },
    subjects: [put(lean(frame({ w: 21, h: 29.7, picture: botanical(0), mount: 2 }), 7), { x: -8, z: 5 }), put(lean(frame({ w: 14.8, h: 21, picture: botanical(1), mount: 1.5, color: "#6b4a30" }), 8), { x: 13, z: 9, turn: -5 }), put(lean(frame({ w: 10.5, h: 14.8, picture: botanical(2), mount: 1 }), 9), { x: 1.5, z: 15, turn: 5 })],
    props: [put(vase({ color: SAGE, r: 3.4, h: 11 }), { x: 29, z: 12 })],
  }),
  "oak-picture-frames-2": () => ({
    backdrop: { color: "#ddd3c2" }, sun: { from: [-14, 15, -4] },
    look: { pitch: 44, yaw: -18, fill: 1.08, fov: 20 },
    subjects: [flat(frame({ w: 21, h: 29.7, picture: botanical(1), mount: 2, color: "#6b4a30" }), { x: 4, z: -3, turn: 14 }), flat(frame({ w: 14.8, h: 21, picture: botanical(0), mount: 1.5 }), { x: -3, z: 3, turn: -6, up: 2.42 })],
  }),
  "stoneware-mugs-1": () => ({
    backdrop: { parts: [sweep({ color: "#d8d5c3" })] }, sun: { from: [-10, 10, 13] },
    look: { pitch: 13, yaw: 0, fill: 0.74, fov: 18 },
    subjects: [put(mug({ wrap: design("stoneware-mugs"), facing: 62 }), { turn: 0 })],
    props: [],
  }),
  "stoneware-mugs-2": () => ({
    backdrop: { parts: [sweep({ color: "#e3c9b0", behind: 24 })] }, sun: { from: [-10, 10, 13] },
    look: { pitch: 15, yaw: 4, fill: 0.86, fov: 18 },
    subjects: [put(mug({ wrap: design("stoneware-mugs"), facing: -62 }), { x: 5, z: 2 }), put(mug({ wrap: design("stoneware-mugs", 0, [], { background: "#fbfaf6", words: { left: "Good\nmorning,\nIdris" } }), color: "#fbfaf6", facing: 66 }), { x: -7.5, z: -3 })],
    props: [put(plant({ pot: { color: SAGE, r: 4.2, h: 7 }, long: 12 }), { x: 10, z: -13 })],
  }),
  "canvas-tote-bags-1": () => ({
    backdrop: { parts: [wall({ color: "#cfd3c4" })] }, sun: { from: [-12, 11, 15], strength: 2.8 }, window: { kind: "bars" },
    look: { pitch: 1, yaw: 5, fill: 0.93, fov: 20 },
    subjects: [put(tote({ front: design("canvas-tote-bags"), color: "#f1e8d8" }), { z: 2.4 }), put(peg(61), { z: 2.5 })],
  }),
  "canvas-tote-bags-2": () => ({
    backdrop: { parts: [sweep({ color: "#e6d2b7", behind: 30 })] }, sun: { from: [-10, 10, 13] },
    look: { pitch: 8, yaw: -9, fill: 0.84, fov: 20, shift: [0, -0.1] },
    subjects: [put(tote({ front: design("canvas-tote-bags"), color: "#f1e8d8", hanging: false, full: true }))],
    props: [put(bread(), { x: 8, y: 40, z: 0.6 }), ...[0, 1, 2].map((n) => put(rotated(twig({ long: 26, leaves: 7, leaf: 5.5, wide: 2.2, seed: n + 2, color: "#5f8a5f" }), 0.25 - n * 0.22), { x: -9 + n * 3.5, y: 32, z: 0.5 }))],
  }),
  "steel-bottles-1": () => ({
    backdrop: { parts: [sweep({ color: "#e8cfae" })] }, sun: { from: [-10, 10, 13] },
    look: { pitch: 8, yaw: 0, fill: 0.88, fov: 18 },
    subjects: [put(bottle({ wrap: design("steel-bottles") }), { turn: -8 })],
    props: [put(stones(), { x: 11, z: -4 })],
  }),
  "steel-bottles-2": () => ({
    backdrop: { parts: [sweep({ color: "#cfd8d6", behind: 24 })] }, sun: { from: [-10, 10, 13] },
    look: { pitch: 10, yaw: 6, fill: 0.88, fov: 18 },
    subjects: [put(bottle({ wrap: design("steel-bottles") }), { x: -5.5, z: -2, turn: 6 }), put(bottle({ wrap: design("steel-bottles", 0, [], { background: "#c8643b", words: { name: "MALI", line: "climbs everything" } }), color: "#c8643b", lid: "#3b2f2b" }), { x: 5, z: 2, turn: -6 }), put(towel(), { x: 18, z: -3, turn: -16 })],
  }),
  "soy-candles-1": () => ({
    backdrop: { parts: [sweep({ color: "#b79f86" })] }, sun: { from: [-14, 13, 8], strength: 1.7, sky: 0.38 },
    look: { pitch: 14, yaw: 0, fill: 0.66, fov: 18, falloff: 0.3 },
    subjects: [put(candle({ name: "Fig leaf" }))],
    props: [lyingTwig({ x: -11, z: 6, turn: -64 }, { long: 13, leaf: 4, wide: 2, color: "#5f7f5c", seed: 4 })],
  }),
  "soy-candles-2": () => ({
    backdrop: { parts: [sweep({ color: "#e2d3bd", behind: 22 })] }, sun: { from: [-10, 10, 13] },
    look: { pitch: 14, yaw: -5, fill: 0.88, fov: 18 },
    subjects: [put(candle({ color: SAGE, name: "Unscented", lid: true }), { x: -9, z: -2 }), put(candle({ color: CREAM, name: "Fig leaf", lid: true }), { x: 0.4, z: 2.5 }), put(candle({ color: CLAY, name: "Cedar & smoke", lid: true }), { x: 9.6, z: -2 })],
  }),
};

function rotated(object, z) { const holder = group(object); holder.rotation.z = z; return holder; }
function bread() { const one = loaf(); one.rotation.z = -0.14; return group(one); }

function rolledPoster() {
  const picture = design("photo-posters", 0, ["lake"]);
  const w = 29.7, h = 42, r = 3, flatPart = 27;
  const geometry = new THREE.PlaneGeometry(w, h, 1, 160), position = geometry.attributes.position;
  for (let n = 0; n < position.count; n++) {
    const along = position.getY(n) + h / 2, x = position.getX(n);
    if (along < flatPart) { position.setXYZ(n, x, 0.06 + 0.25 * ((along / flatPart - 0.35) ** 2), -along); continue; }
    const angle = (along - flatPart) / r, coil = r - angle * 0.12;
    position.setXYZ(n, x, r - coil * Math.cos(angle), -flatPart - coil * Math.sin(angle));
  }
  geometry.computeVertexNormals();
  const faces = [[picture, THREE.FrontSide], ["#fbf7ef", THREE.BackSide]].map(([look, side]) => { const mesh = new THREE.Mesh(geometry, stuff(look, { side })); mesh.material.shadowSide = THREE.DoubleSide; return mesh; });
  return put(group(faces), { turn: 10 });
}

function calendar(page, w = 21, h = 29.7) {
  const pages = slab({ w, h, t: 0.35, front: page, edge: "#f2eadb" });
  pages.position.y = h / 2;
  const under = slab({ w, h, t: 0.06, front: "#fbf6ec" });
  under.position.set(0.12, h / 2 - 0.14, -0.1);
  const steel = stuff("#5c5f5d", { roughness: 0.35, metalness: 0.5 });
  const rings = Array.from({ length: 26 }, (_, n) => { const ring = new THREE.Mesh(new THREE.TorusGeometry(0.34, 0.055, 8, 24), steel); ring.position.set(-w / 2 + 0.9 + n * (w - 1.8) / 25 , h - 0.05, 0.18); ring.rotation.y = Math.PI / 2; return ring; }).filter((_, n) => Math.abs(n - 12.5) > 2);
  const hanger = string([[-1.9, h + 0.3, 0.2], [-0.9, h + 0.55, 0.2], [0, h + 1.3, 0.3], [0.9, h + 0.55, 0.2], [1.9, h + 0.3, 0.2]], "#5c5f5d", 0.07);
  const nail = new THREE.Mesh(new THREE.CylinderGeometry(0.26, 0.26, 1, 20), stuff("#a8875a", { roughness: 0.4 }));
  nail.rotation.x = Math.PI / 2;
  nail.position.set(0, h + 1.15, 0.4);
  return group(pages, under, rings, hanger, nail);
}

export function botanical(kind) {
  const look = [["#f4eee0", GREEN, "Quercus"], ["#efe3cf", CLAY, "Fern"], ["#e6ebe0", "#5d7a5c", "Olea"]][kind];
  return paint(840, 1188, (ink, w, h) => {
    ink.fillStyle = look[0]; ink.fillRect(0, 0, w, h);
    ink.translate(w / 2, h * 0.8); ink.strokeStyle = look[1]; ink.fillStyle = look[1]; ink.lineWidth = 7;
    ink.beginPath(); ink.moveTo(0, 0); ink.quadraticCurveTo(30, -h * 0.3, -10, -h * 0.6); ink.stroke();
    const pairs = [6, 11, 8][kind];
    for (let n = 0; n < pairs; n++) for (const side of [-1, 1]) {
      const at = 0.1 + n / pairs * 0.88, size = w * [0.3, 0.27, 0.25][kind] * (1 - at * 0.55);
      ink.save(); ink.translate(30 * at * (1 - at) * 2 - 10 * at * at, -h * 0.6 * at); ink.rotate(side * [0.95, 1.15, 0.8][kind]); ink.scale(1, -1);
      ink.beginPath(); ink.ellipse(0, size / 2, size * [0.24, 0.1, 0.13][kind], size / 2, 0, 0, 7); ink.globalAlpha = 0.9; ink.fill(); ink.globalAlpha = 1;
      ink.strokeStyle = look[0]; ink.lineWidth = 2.5; ink.beginPath(); ink.moveTo(0, 0); ink.lineTo(0, size * 0.9); ink.stroke(); ink.restore();
    }
    ink.font = '38px "Lora"'; ink.textAlign = "center"; ink.fillText(look[2], 0, h * 0.1);
  });
}

function towel(color = "#e9dfcc") {
  return group(Array.from({ length: 4 }, (_, n) => { const fold = new THREE.Mesh(new THREE.CapsuleGeometry(0.85, 13, 8, 24), stuff(linen(n === 2 ? CLAY : color))); fold.rotation.z = Math.PI / 2; fold.scale.z = 8; const holder = group(fold); holder.position.y = 0.85 + n * 1.68; return holder; }));
}

function stones() {
  return group([[3.4, 0, 0, "#b9b2a3"], [2.4, 4.4, 2.6, "#8d877b"]].map(([r, x, z, color]) => { const stone = new THREE.Mesh(new THREE.SphereGeometry(r, 32, 24), stuff(color)); stone.scale.y = 0.55; stone.position.set(x, r * 0.5, z); return stone; }));
}
