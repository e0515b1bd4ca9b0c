// Larger compositions: the home page, the categories and the stories.
import * as THREE from "three";
import { design, linen, wood, label, paint, photo, shade } from "../paint.js";
import { put, lie, lean, card, stack, sheet, foldedCard, envelope, seal, book, linenBook, openBook, frame, group, string, slab, tray, box, bow, strip, present, stuff } from "../things.js";
import { lyingTwig, mug, bottle, tote, peg, candle, plant, branches, vase, reel, rollOfPaper, roundSticker, pen, pencil, pot, cupOfCoffee } from "../wares.js";
import { sweep, wall } from "../stage.js";
import { typed } from "./desk.js";
import { shelf, botanical } from "./home.js";
import { tag, labelSheet, stickerSheet, leaves } from "./wrapping.js";

const GREEN = "#1f4d3f", CLAY = "#c8643b", SAND = "#e6d9c4", NAVY = "#24375c", SAGE = "#a9b99a", MUSTARD = "#dba642", PLUM = "#5d3a4e", CREAM = "#f3ece0", BLUSH = "#ecc9b9";
const flat = (object, place = {}) => put(lie(object, { up: place.up ?? 0 }), place);
const notebook = (more = {}) => book({ front: design("name-notebooks"), cover: "#b9583a", band: "#7d2f1c", marker: MUSTARD, ...more });
const invitation = (up = 0.26) => lie(card({ w: 12.7, h: 17.8, t: 0.1, front: design("wedding-invitations", 0) }), { up });

export const tables = {
  hero: () => ({
    backdrop: { canvas: linen("#e9dfcd"), tile: 26 }, sun: { from: [-15, 16, -7] }, window: { kind: "bars", x: 6, z: -6, scale: 1.4 },
    look: { pitch: 46, yaw: -6, fill: 0.99, shift: [0.06, 0], fov: 24 },
    subjects: [
      flat(envelope({ w: 18.5, h: 13.4, color: GREEN }), { x: -7, z: -1, turn: 14 }), put(invitation(), { x: -10, z: 7, turn: -7 }),
      flat(notebook(), { x: 10, z: 6, turn: 9 }),
      put(mug({ wrap: design("stoneware-mugs"), facing: 64 }), { x: 23, z: -7, turn: 4 }),
      put(group(present({ w: 20, h: 6.5, d: 15, paper: leaves(1.2), ribbon: CLAY })), { x: 5.5, z: -22, turn: 14 }),
      flat(card({ front: design("classic-business-cards", 0), t: 0.08 }), { x: 24, z: 11, turn: -12, up: 0.1 }), flat(card({ front: design("classic-business-cards", 1) }), { x: 25.5, z: 8.5, turn: 8 }),
    ],
    props: [lyingTwig({ x: -21, z: 4, turn: 8 }, { long: 22, leaf: 5, wide: 2.1, seed: 3, color: "#7f9a80" }), put(pencil({ color: MUSTARD }), { x: -2, z: 13, turn: 62 }), put(candle({ name: "Fig leaf" }), { x: -22, z: -20 }), lyingTwig({ x: 34, z: 6, turn: 12 }, { long: 18, leaf: 4.4, wide: 1.8, seed: 9 }), flat(sheet({ w: 14.8, h: 10.5, curl: 0.3, front: design("photo-postcards", 0, ["coast"]) }), { x: -34, z: -2, turn: 18 })],
  }),
  "category-cards": () => ({
    backdrop: { color: "#e9d6c0" }, sun: { from: [-14, 17, -5] }, window: { kind: "bars" },
    look: { pitch: 58, yaw: -4, fill: 0.98 },
    subjects: [flat(envelope({ color: CLAY }), { x: 8, z: -8, turn: -14 }), flat(sheet({ w: 14.8, h: 10.5, curl: 0.3, front: design("photo-postcards", 0, ["harbour"], { words: { caption: "Blue hour, nearly" } }) }), { x: -8, z: -7, turn: 9 }), flat(card({ w: 10.5, h: 14.8, t: 0.12, front: design("birthday-cards", 0) }), { x: -5, z: 9, turn: 8, up: 0.3 }), flat(card({ w: 12.7, h: 17.8, t: 0.1, front: design("baby-announcements", 0, ["baby"]) }), { x: 8.4, z: 10, turn: -7, up: 0.3 })],
    props: [lyingTwig({ x: -17, z: 8, turn: 4 }, { long: 15, leaf: 3.6, seed: 6 })],
  }),
  "category-weddings": () => ({
    backdrop: { canvas: linen("#e8ddcb"), tile: 24 }, sun: { from: [-13, 17, -6] }, window: { kind: "bars" },
    look: { pitch: 58, yaw: 4, fill: 0.96 },
    subjects: [flat(linenBook("#a9b99a", [{ text: "Guests", font: "playfair", size: 46, x: 105, y: 112, color: "#33463b" }]), { x: 8, z: -7, turn: -12 }), flat(card({ w: 14.8, h: 10.5, t: 0.09, front: design("save-the-dates", 0, ["couple"]) }), { x: 9.5, z: 9, turn: 6, up: 0.1 }), flat(envelope({ w: 18.5, h: 13.4, color: GREEN }), { x: -8, z: -4, turn: 12 }), put(invitation(), { x: -7, z: 9, turn: -5 })],
    props: [put(group(put(lie(bow(BLUSH, 1.2, 3)), { y: 2.3 })), { x: 5, z: -9, turn: -18 }), lyingTwig({ x: -17, z: 7, turn: 6 }, { long: 20, leaf: 4.4, wide: 1.9, seed: 5, color: "#7f9a80" })],
  }),
  "category-stationery": () => ({
    backdrop: { canvas: wood("#c59d6d", { boards: 4 }), tile: 60 }, sun: { from: [-13, 16, -6] }, window: { kind: "bars" },
    look: { pitch: 56, yaw: -6, fill: 0.98 },
    subjects: [flat(envelope({ color: GREEN }), { x: -7, z: -7, turn: 10 }), flat(envelope({ color: SAND }), { x: -6, z: -2.5, turn: -4, up: 0.4 }), flat(stack({ w: 14.8, h: 21, t: 0.8, front: "#fbf5e8", color: "#f0e6d2", count: 18 }), { x: 9, z: 4, turn: -6 }), put(pen({ color: NAVY }), { x: 8.5, y: 0.8, z: -3, turn: 58 }), flat(card({ w: 5, h: 17, r: 0.3, t: 0.08, front: design("bookmarks", 0) }), { x: -8.5, z: 14, turn: 70, up: 0.05 }), ...[GREEN, CLAY, MUSTARD].map((color, n) => put(pencil({ color }), { x: -6 + n * 0.4, z: 7 + n * 1.6 - 3, turn: -8 + n * 2 }))],
  }),
  "category-notebooks": () => ({
    backdrop: { color: "#d9d6c4" }, sun: { from: [-14, 16, -5] }, window: { kind: "bars" },
    look: { pitch: 52, yaw: -10, fill: 0.96 },
    subjects: [flat(book({ front: design("weekly-planners"), cover: "#2c5a4a", band: MUSTARD, marker: CLAY }), { x: 7.5, z: -3, turn: -10 }), flat(notebook(), { x: -6.5, z: 3, turn: 8, up: 1.3 }), put(pencil({ color: NAVY }), { x: -3, y: 0, z: 9.5, turn: 6 })],
    props: [flat(book({ w: 14.8, h: 21, front: shade(NAVY, 0.02), cover: NAVY, band: CLAY }), { x: -7.5, z: 2, turn: 16, up: -0.4 })],
  }),
  "category-business": () => ({
    backdrop: { color: "#cfc4b0" }, sun: { from: [-14, 17, -5] }, window: { kind: "bars" },
    look: { pitch: 60, yaw: 5, fill: 1.0, shift: [0, 0.06] },
    subjects: [flat(sheet({ w: 21, h: 29.7, curl: 0.25, front: typed() }), { x: -4, z: 10, turn: 5, up: 0.4 }), flat(envelope({ w: 22, h: 11, color: SAND }), { x: 13, z: -7, turn: -12 }), flat(stack({ t: 1, r: 0.35, front: design("loyalty-cards", 0), color: "#33508a", count: 16 }), { x: 15, z: 3, turn: 8 }), flat(card({ t: 0.08, front: design("classic-business-cards", 0) }), { x: 14, z: 10, turn: -8, up: 0.04 })],
    props: [put(pen({ color: GREEN }), { x: 8.8, y: 0, z: 8, turn: 82 })],
  }),
  "category-business-cards": () => ({
    backdrop: { color: "#e3d2bc" }, sun: { from: [-14, 17, -6] }, window: { kind: "bars", scale: 0.6 },
    look: { pitch: 50, yaw: -14, fill: 0.94, fov: 20 },
    subjects: [flat(stack({ t: 1.6, front: design("classic-business-cards", 1), color: "#3a6c5c", count: 30 }), { x: -4.6, z: -3.4, turn: 14 }), flat(stack({ t: 1.1, r: 0.4, front: design("rounded-business-cards", 1), color: "#6d4a5e", count: 22 }), { x: 5.4, z: -3, turn: -8 }), flat(card({ front: design("classic-business-cards", 0), t: 0.08 }), { x: -4, z: 4.2, turn: 4 }), flat(card({ r: 0.4, front: design("rounded-business-cards", 0), t: 0.08 }), { x: 5.8, z: 4.8, turn: -10 })],
  }),
  "category-wall-art": () => ({
    backdrop: { parts: [wall({ color: "#d9d3c3" }), shelf(300, { deep: 30 })] }, sun: { from: [-12, 11, 15], strength: 2.8 }, window: { kind: "bars", scale: 1.3 },
    look: { pitch: 3, yaw: -6, fill: 0.95, fov: 20 },
    subjects: [put(frame({ picture: design("photo-posters", 0, ["lake"]) }), { x: -15, y: 9, z: 0.2 }), put(frame({ w: 21, h: 29.7, picture: botanical(1), mount: 2, color: "#6b4a30" }), { x: 19, y: 22, z: 0.2 }), put(lean(frame({ w: 10.5, h: 14.8, picture: botanical(2), mount: 1 }), 9), { x: 14, z: 8, turn: -6 }), put(branches({ vase: { color: CLAY, r: 4, h: 12 }, long: 14, stems: 4 }), { x: 29, z: 12 })],
  }),
  "category-gifts": () => ({
    backdrop: { parts: [sweep({ color: "#c3cab5", behind: 28 })] }, sun: { from: [-10, 10, 13] },
    look: { pitch: 12, yaw: -4, fill: 0.93, fov: 20 },
    subjects: [put(tote({ front: design("canvas-tote-bags"), color: "#f1e8d8", hanging: false, full: true }), { x: -12, z: -14, turn: 6 }), put(bottle({ wrap: design("steel-bottles") }), { x: 12, z: 0, turn: -4 }), put(mug({ wrap: design("stoneware-mugs"), facing: 64 }), { x: 21.5, z: 8, turn: 2 }), put(candle({ color: CLAY, name: "Cedar & smoke", lid: true }), { x: 27, z: -4 })],
  }),
  "category-wrapping": () => ({
    backdrop: { color: "#e6d5bf" }, sun: { from: [-13, 16, -5] }, window: { kind: "bars" },
    look: { pitch: 48, yaw: -8, fill: 0.96 },
    subjects: [put(present({ w: 20, h: 7, d: 15, paper: leaves(1.2), ribbon: CLAY }), { x: -8, z: -10, turn: 8 }), put(box({ w: 12, h: 12, d: 12, color: "#b9583a", rim: 4 }), { x: 10, z: -11, turn: -16 }), put(tag(0), { x: -10, z: 10, turn: 10 }), put(tag(1), { x: -4, z: 10.5, turn: -8 }), put(reel({ color: GREEN, tail: false }), { x: 16, z: 3 }), ...[[4, 4], [8, 9.5], [1.8, 10]].map(([x, z], n) => flat(roundSticker(design("round-stickers")), { x, z, turn: n * 20 - 16, up: 0.02 + n * 0.03 }))],
  }),
  "story-how-to-choose-paper": () => {
    const swatch = (color, n) => put(flat(card({ w: 9, h: 20, t: 0.14, r: 0.3, front: label(90, 200, color, [{ text: ["Cotton", "Laid", "Wove", "Recycled", "Matt", "Satin", "Board"][n], font: "playfair", size: 17, align: "left", x: 8, y: 20, color: n > 3 ? "#fbf6ea" : "#22302b" }, { text: `${[400, 100, 120, 350, 350, 320, 600][n]} g`, font: "worksans", size: 11, align: "left", x: 8, y: 28, color: n > 3 ? "#f1e3d0" : CLAY }], 8), edge: shade(color, -0.05) }), { z: 2.4, up: 0.02 + n * 0.15 }), { turn: 54 - n * 18 });
    return { backdrop: { canvas: wood("#c7a074", { boards: 4 }), tile: 64 }, sun: { from: [-13, 16, -6] }, window: { kind: "bars" }, look: { pitch: 56, yaw: 0, fill: 0.92 }, subjects: ["#fbf8f1", "#f3ead6", "#ffffff", "#e3d6bd", "#a9b99a", CLAY, GREEN].map(swatch), props: [flat(stack({ w: 12, h: 9, t: 2.4, front: BLUSH, color: "#e7c3b3", count: 20 }), { x: 22, z: -2, turn: -18 }), flat(stack({ w: 12, h: 9, t: 1.4, front: "#fbf8f1", color: "#efe6d3", count: 14 }), { x: -23, z: 1, turn: 14 }), put(pencil({ color: NAVY }), { x: 19, z: 4, turn: 20 })] };
  },
  "story-wedding-stationery-timeline": () => ({
    backdrop: { canvas: linen("#ebe2d2"), tile: 26 }, sun: { from: [-14, 16, -6] }, window: { kind: "bars", x: 4 },
    look: { pitch: 52, yaw: 6, fill: 0.95 },
    subjects: [put(group(flat(envelope({ w: 18.5, h: 13.4, color: GREEN })), put(lie(seal("#b5523b")), { y: 0.32, z: -6 })), { x: 12, z: 4, turn: -10 }), flat(card({ w: 12.7, h: 17.8, t: 0.1, front: design("wedding-invitations", 1) }), { x: -2, z: -1, turn: 10 }), put(invitation(0.2), { x: -8, z: 7, turn: -5 }), flat(card({ w: 14.8, h: 10.5, t: 0.09, front: design("save-the-dates", 0, ["couple"]) }), { x: 12.5, z: -10, turn: 6 })],
    props: [lyingTwig({ x: -24, z: 8, turn: -16 }, { long: 24, leaf: 5, wide: 2.2, seed: 3, color: "#7f9a80" }), lyingTwig({ x: 27, z: 8, turn: 16 }, { long: 22, leaf: 4.6, wide: 2, seed: 8, color: "#8fa89a" }), put(lie(bow(BLUSH, 1.3, 3.6)), { x: 3.5, y: 0.05, z: 9, turn: -24 })],
  }),
  "story-photos-that-print-well": () => ({
    backdrop: { color: "#d5d2c5" }, sun: { from: [-14, 16, -5] }, window: { kind: "bars" },
    look: { pitch: 56, yaw: -6, fill: 0.96 },
    subjects: [["lake", -16, -4, 12], ["couple", 0, -8, -6], ["meadow", 14, -5, 8], ["snow", -9, 7, -8], ["harbour", 7, 8, 6]].map(([name, x, z, turn], n) => flat(sheet({ w: 15, h: 11, curl: 0.3, axis: n % 2 ? "x" : "y", front: printed(name) }), { x, z, turn, up: 0.02 + n * 0.14 })).concat(put(camera(), { x: 23, z: 7, turn: -20 })),
  }),
  "story-small-business-small-budget": () => ({
    backdrop: { canvas: wood("#b88c5e", { boards: 5 }), tile: 70 }, sun: { from: [-13, 15, -5] }, window: { kind: "bars" },
    look: { pitch: 46, yaw: -8, fill: 0.95 },
    subjects: [put(group(box({ w: 22, h: 8, d: 16, color: "#c9a478", rim: 7.6 }), flat(roundSticker(design("round-stickers"), 7), { up: 8.02 })), { x: -10, z: -8, turn: 10 }), flat(stack({ t: 1.2, r: 0.4, front: design("rounded-business-cards", 1), color: "#6d4a5e", count: 22 }), { x: 7, z: 0, turn: -8 }), flat(card({ r: 0.4, t: 0.08, front: design("rounded-business-cards", 0) }), { x: 5, z: 8, turn: 8 }), flat(card({ r: 0.35, t: 0.08, front: design("loyalty-cards", 1) }), { x: 15.4, z: 7, turn: -10 }), put(cupOfCoffee({ color: "#efe4d3" }), { x: 17, z: -9, turn: 30 })],
    props: [flat(stickerSheet(), { x: -14, z: 10, turn: 12 })],
  }),
  "story-gifts-with-a-name-on": () => ({
    backdrop: { canvas: wood("#c9a275", { boards: 4 }), tile: 70 }, sun: { from: [-12, 12, 4] },
    look: { pitch: 30, yaw: -6, fill: 0.95 },
    subjects: [put(group(present({ w: 22, h: 8, d: 16, paper: "#2b5d4c", ribbon: "#efe0c6" }), put(tag(0), { x: 5, y: 8.1, z: 7.4, turn: -20 })), { x: -9, z: -4, turn: 8 }), put(present({ w: 14, h: 11, d: 14, paper: "#c98a66", ribbon: "#fbf3e4" }), { x: 10, z: -12, turn: -14 }), put(mug({ wrap: design("stoneware-mugs"), facing: 62 }), { x: 10, z: 6, turn: 6 }), put(candle({ name: "Fig leaf" }), { x: 22, z: -1 }), put(tag(1), { x: -1, z: 15, turn: -14 })],
    props: [lyingTwig({ x: -24, z: 12, turn: -40 }, { long: 18, leaf: 4.4, seed: 4 })],
  }),
  "story-behind-the-press": () => ({
    backdrop: { color: "#b9b4a8" }, sun: { from: [-14, 16, -5] },
    look: { pitch: 50, yaw: -16, fill: 1.02, shift: [0, 0.02] },
    subjects: [flat(stack({ w: 46, h: 33, t: 1.6, front: pressSheet(), color: "#f1eadc", count: 30 }), { x: 0, z: 12, turn: -3 }), flat(sheet({ w: 46, h: 33, curl: 0.9, axis: "x", front: pressSheet() }), { x: 1, z: 13, turn: 4, up: 1.9 })],
    props: [put(loupe(), { x: 15, y: 2.2, z: 3 })],
  }),
  about: () => ({
    backdrop: { parts: [wall({ color: "#d8d2c2" }), shelf(400, { deep: 60, color: "#a77d50" })] }, sun: { from: [-13, 12, 12], strength: 2.7 }, window: { kind: "bars", scale: 1.6 },
    look: { pitch: 14, yaw: -5, fill: 0.98, fov: 24 },
    subjects: [put(frame({ w: 21, h: 29.7, picture: botanical(0), mount: 2 }), { x: -20, y: 14, z: 0.2 }), put(flat(stack({ w: 34, h: 24, t: 3, front: pressSheet(), color: "#f1eadc", count: 50 }), { z: 12 }), { x: 6, z: 26, turn: -6 }), put(jar(), { x: -24, z: 18 }), put(mug({ color: CREAM, facing: 60 }), { x: -10, z: 34, turn: 0 }), put(branches({ vase: { color: SAGE, r: 4.6, h: 15 }, long: 20 }), { x: 33, z: 12 }), put(rollOfPaper({ pattern: leaves(), long: 30 }), { x: 22, z: 8, turn: 4 })],
    props: [flat(slab({ w: 45, h: 32, t: 0.2, front: "#3f6d5e", edge: "#2c5548" }), { x: 6, z: 26, turn: -2 })],
  }),
};

function printed(name) {
  return paint(1200, 880, (ink, w, h) => { ink.fillStyle = "#fffdf9"; ink.fillRect(0, 0, w, h); ink.drawImage(photo(name, 1100 / 780), 50, 50, 1100, 780); });
}

function camera() {
  const body = box({ w: 12, h: 7, d: 4, color: "#2d2b29", rim: 1.6, lid: "#b9b5ac" });
  const ring = (r, long, color, z, roughness = 0.4) => { const mesh = new THREE.Mesh(new THREE.CylinderGeometry(r, r, long, 60), stuff(color, { roughness })); mesh.rotation.x = Math.PI / 2; mesh.position.set(0, 3.4, z); return mesh; };
  const button = new THREE.Mesh(new THREE.CylinderGeometry(0.8, 0.8, 0.7, 40), stuff("#a8a49b", { roughness: 0.3 }));
  button.position.set(-4, 7.2, 0);
  return group(body, ring(2.9, 2.4, "#3a3836", 2.6), ring(2.5, 1.2, "#22211f", 4.1), ring(1.9, 0.1, "#39506b", 4.72, 0.05), button);
}

function pressSheet() {
  const fronts = [design("classic-business-cards", 0), design("rounded-business-cards", 0), design("classic-business-cards", 1), design("loyalty-cards", 0)];
  return paint(1840, 1320, (ink, w, h) => {
    ink.fillStyle = "#fdfbf6"; ink.fillRect(0, 0, w, h);
    for (let row = 0; row < 5; row++) for (let column = 0; column < 4; column++) {
      const x = 110 + column * 412, y = 110 + row * 222;
      ink.drawImage(fronts[(column + row * 3) % 4], x, y, 340, 220);
      ink.strokeStyle = "#22302b"; ink.lineWidth = 2;
      for (const [cx, cy, dx, dy] of [[x, y, -1, -1], [x + 340, y, 1, -1], [x, y + 220, -1, 1], [x + 340, y + 220, 1, 1]]) { ink.beginPath(); ink.moveTo(cx + dx * 8, cy); ink.lineTo(cx + dx * 28, cy); ink.stroke(); }
    }
    ["#00a0c6", "#d6247c", "#f5d400", "#22211f", "#8a8a88", GREEN, CLAY, "#00a0c6", "#d6247c", "#f5d400", "#22211f"].forEach((color, n) => { ink.fillStyle = color; ink.fillRect(520 + n * 74, 34, 66, 40); });
    for (const [x, y] of [[60, h / 2], [w - 60, h / 2], [w / 2, h - 50]]) { ink.lineWidth = 3; ink.beginPath(); ink.arc(x, y, 16, 0, 7); ink.moveTo(x - 28, y); ink.lineTo(x + 28, y); ink.moveTo(x, y - 28); ink.lineTo(x, y + 28); ink.stroke(); }
  });
}

function loupe() {
  const brass = (r, tall, y, color) => { const mesh = new THREE.Mesh(new THREE.CylinderGeometry(r, r * 1.05, tall, 60), stuff(color, { roughness: 0.35 })); mesh.position.y = y; return mesh; };
  return group(brass(2.6, 2.6, 1.3, "#2d2b29"), brass(2.2, 1.4, 3.2, "#8a867d"), brass(1.7, 0.05, 3.94, "#5a7684"));
}

function jar() {
  const brushes = [CLAY, NAVY, MUSTARD, GREEN].map((color, n) => { const one = group(pencil({ color, long: 20 })); one.rotation.z = Math.PI / 2 - 0.12; const turned = group(one); turned.position.set(Math.cos(n * 1.6) * 1.4, 11, Math.sin(n * 1.6) * 1.4); turned.rotation.y = n * 1.6; return turned; });
  return group(pot({ color: "#cfc6b4", r: 4, h: 11 }), brushes);
}
