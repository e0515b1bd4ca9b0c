import * as THREE from "three";
import { design, surface, linen, wood, label, paint, shade } from "../paint.js";
import { put, lie, lean, card, stack, sheet, group, string, slab, tray, box, bow, strip, present, stuff, outline } from "../things.js";
import { lyingTwig, candle, reel, rollOfPaper, roundSticker } from "../wares.js";
import { sweep } from "../stage.js";

const GREEN = "#1f4d3f", CLAY = "#c8643b", SAND = "#e6d9c4", NAVY = "#24375c", SAGE = "#a9b99a", MUSTARD = "#dba642", BLUSH = "#ecc9b9";
const flat = (object, place = {}) => put(lie(object, { up: place.up ?? 0 }), place);

export const wrapping = {
  "name-labels-1": () => ({
    backdrop: { color: "#c9d3d3" }, sun: { from: [-14, 18, -5] },
    look: { pitch: 58, yaw: -8, fill: 0.9 },
    subjects: [flat(labelSheet(), { turn: 7 })],
    props: [],
  }),
  "name-labels-2": () => ({
    backdrop: { parts: [sweep({ color: "#ecdcbf" })] }, sun: { from: [-10, 11, 13] },
    look: { pitch: 20, yaw: -10, fill: 0.86 },
    subjects: [put(lunchBox(), { x: -2, z: -3, turn: 8 }), put(pencilCase(), { x: 9, z: 10, turn: -16 })],
  }),
  "gift-tags-1": () => ({
    backdrop: { canvas: linen("#dfd3bf"), tile: 24 }, sun: { from: [-13, 16, -4] }, window: { kind: "bars" },
    look: { pitch: 52, yaw: 10, fill: 0.94 },
    subjects: [put(group(present({ w: 23, h: 6, d: 17, paper: "#c9a98a", ribbon: GREEN, withBow: false }), put(tag(0), { x: 3.6, y: 6.5, z: 6.6, turn: -14 }), string([[1.3, 6.6, -2.2], [0.6, 6.9, -3.2], [0, 6.4, -4.6], [-1, 6.2, -3]], "#e3cf9f", 0.09), put(lie(bow(GREEN, 1.7, 3.6)), { x: 0, y: 6.05, z: -1.4, turn: -16 })), { turn: -6 })],
  }),
  "gift-tags-2": () => ({
    backdrop: { color: "#e6cdb9" }, sun: { from: [-13, 17, -5] },
    look: { pitch: 58, yaw: 0, fill: 0.86 },
    subjects: [put(tag(1), { x: 3.2, z: 5.2, turn: -14 }), put(tag(0), { x: -2.9, y: 0.1, z: 5.6, turn: 10 }), put(twine(), { x: 9.8, z: 0.5 })],
    props: [lyingTwig({ x: -10.5, z: 6, turn: -8 }, { long: 12, leaf: 3, wide: 1.2, seed: 7 })],
  }),
  "round-stickers-1": () => ({
    backdrop: { color: "#ddd1bd" }, sun: { from: [-14, 18, -5] },
    look: { pitch: 56, yaw: 10, fill: 0.92 },
    subjects: [flat(stickerSheet(), { turn: -8 }), put(flat(tilted(roundSticker(design("round-stickers")), 0.16)), { x: -2.6, y: 0.75, z: 3.4, turn: 10 })],
  }),
  "round-stickers-2": () => ({
    backdrop: { parts: [sweep({ color: "#cdd5c9", behind: 26 })] }, sun: { from: [-14, 16, 5] },
    look: { pitch: 42, yaw: -16, fill: 0.9 },
    subjects: [put(group(tray({ w: 24, h: 8, d: 18, color: "#c9a478", inside: "#b8926a" }), tissue(), flat(roundSticker(design("round-stickers")), { up: 7.35 }).translateX(0).translateZ(0)), { turn: 6 })],
  }),
  "wrapping-paper-1": () => ({
    backdrop: { color: "#e9dfcd" }, sun: { from: [-13, 16, -6] },
    look: { pitch: 50, yaw: -18, fill: 0.98, shift: [0.02, 0] },
    subjects: [[leaves(), "#efe7da", -7], [spots(), "#fbf3e4", 0], [stripes(), "#efe7da", 7]].map(([pattern, band, z], n) => put(rollOfPaper({ pattern, long: 32, band }), { x: n * 2.4 - 2.4, z, turn: n * 2 - 2 })),
  }),
  "wrapping-paper-2": () => ({
    backdrop: { parts: [sweep({ color: "#e7d3c0", behind: 24 })] }, sun: { from: [-14, 15, 7] },
    look: { pitch: 32, yaw: -24, fill: 0.84 },
    subjects: [put(present({ w: 20, h: 8, d: 15, paper: leaves(1.4), ribbon: CLAY }))],
  }),
  "cotton-ribbon-1": () => ({
    backdrop: { color: "#efe6d6" }, sun: { from: [-14, 15, -4] },
    look: { pitch: 42, yaw: 0, fill: 0.94 },
    subjects: [put(reel({ color: CLAY }), { x: -10, z: 1, turn: 20 }), put(reel({ color: SAGE, tail: false }), { x: -4, z: -8.4 }), put(reel({ color: GREEN }), { x: 3, z: -0.5, turn: -16 })],
  }),
  "cotton-ribbon-2": () => ({
    backdrop: { color: "#d9cbb6" }, sun: { from: [-13, 15, 2] },
    look: { pitch: 46, yaw: -14, fill: 0.86 },
    subjects: [put(present({ w: 17, h: 7, d: 17, paper: "#f4ecdd", ribbon: CLAY }), { turn: 8 })],
  }),
  "gift-boxes-1": () => ({
    backdrop: { parts: [sweep({ color: "#dcd9cb", behind: 24 })] }, sun: { from: [-11, 12, 13] },
    look: { pitch: 16, yaw: -20, fill: 0.84 },
    subjects: [put(box({ w: 33, h: 11, d: 25, color: GREEN, rim: 4.5 })), put(box({ w: 23, h: 6.5, d: 17, color: CLAY, rim: 3 }), { y: 11, x: -1, turn: 9 }), put(box({ w: 12, h: 12, d: 12, color: SAND, rim: 4 }), { y: 17.5, x: 0.5, turn: -12 })],
  }),
  "gift-boxes-2": () => ({
    backdrop: { parts: [sweep({ color: "#e9d9c4", behind: 26 })] }, sun: { from: [-14, 16, 6] },
    look: { pitch: 38, yaw: -20, fill: 0.86 },
    subjects: [put(group(tray({ w: 17, h: 10, d: 17, color: SAND, inside: "#f3ead8" }), crumpled(), put(candle({ color: CLAY, name: "Cedar & smoke", lid: true, r: 4 }), { y: 2.6, turn: 10 })), { turn: 8 }), put(tiltedLid(), { x: 15.5, z: 6.5, turn: -24 })],
  }),
};

function tilted(object, angle) { const holder = group(object); holder.rotation.x = angle; return holder; }

export function labelSheet() {
  const one = design("name-labels"), w = 21, h = 15;
  const backing = slab({ w, h, t: 0.03, r: 0.3, front: "#dfe5e2" });
  const stickers = [];
  for (let row = 0; row < 5; row++) for (let column = 0; column < 3; column++) {
    if (row === 4 && column === 2) continue;
    const sticker = slab({ w: 6, h: 2.2, r: 0.4, t: 0.035, front: one, edge: "#f2e6cc" });
    sticker.position.set((column - 1) * 6.6, (2 - row) * 2.75, 0.035);
    stickers.push(sticker);
  }
  const loose = slab({ w: 6, h: 2.2, r: 0.4, t: 0.04, front: one, edge: "#f2e6cc" });
  loose.position.set(7.1, -6, 0.25);
  loose.rotation.set(0, -0.03, 0.14);
  return group(backing, stickers, loose);
}

function lunchBox() {
  const shape = outline(20, 13, 2.4);
  const body = new THREE.Mesh(new THREE.ExtrudeGeometry(shape, { depth: 6, bevelEnabled: true, bevelSize: 0.35, bevelThickness: 0.35, bevelSegments: 4, curveSegments: 20 }), stuff(NAVY, { roughness: 0.5 }));
  const top = new THREE.Mesh(new THREE.ExtrudeGeometry(outline(20.5, 13.5, 2.6), { depth: 1.4, bevelEnabled: true, bevelSize: 0.3, bevelThickness: 0.3, bevelSegments: 4, curveSegments: 20 }), stuff(shade(NAVY, 0.05), { roughness: 0.5 }));
  top.position.z = 6.4;
  const clip = slab({ w: 4, h: 3.4, t: 0.7, r: 0.6, front: CLAY, edge: CLAY, roughness: 0.5 });
  clip.rotation.x = Math.PI / 2;
  clip.position.set(0, -6.7, 6.2);
  const front = slab({ w: 7.2, h: 2.64, r: 0.48, t: 0.04, front: design("name-labels"), edge: "#f2e6cc" });
  front.rotation.x = Math.PI / 2;
  const sticker = group(front);
  sticker.position.set(-5.9, -6.88, 3.1);
  return lie(group(body, top, clip, sticker), { up: 0.4 });
}

function pencilCase() {
  const body = new THREE.Mesh(new THREE.CapsuleGeometry(2.5, 15, 12, 40), stuff(linen(MUSTARD)));
  body.rotation.z = Math.PI / 2;
  body.scale.set(1, 1, 0.9);
  body.position.y = 2.4;
  const zip = slab({ w: 15.5, h: 0.45, t: 0.06, front: "#5a4726", edge: "#5a4726" });
  zip.rotation.x = -Math.PI / 2;
  zip.position.y = 4.92;
  const bent = new THREE.Mesh(new THREE.CylinderGeometry(2.56, 2.56, 6.4, 30, 1, true, -0.46, 0.92), stuff(turned(design("name-labels", 0, [], { words: { line: "also Oscar's" } }))));
  bent.rotation.set(0, 0, Math.PI / 2);
  const holder = group(bent);
  holder.position.y = 2.4;
  holder.rotation.x = -0.25;
  holder.scale.z = 0.94;
  return group(body, zip, holder);
}

// The picture stands on its side, for a cylinder that lies on its side.
function turned(canvas) {
  return paint(canvas.height, canvas.width, (ink, w, h) => { ink.translate(w, 0); ink.rotate(Math.PI / 2); ink.drawImage(canvas, 0, 0); });
}

export function tag(side) {
  const page = surface("gift-tags", side);
  const piece = slab({ w: 5.5, h: 9.5, r: 0.6, t: 0.07, front: design("gift-tags", side), edge: "#f4ecdc" });
  piece.position.y = page.height / 20;
  const hole = slab({ w: 0.3, h: 0.3, shape: outline(0.32, 0.32, 0.16), t: 0.02, front: "#2b2622", edge: "#2b2622" });
  hole.position.set(0, 9.5 - 1.1, 0.07);
  const cord = string([[0, 8.4, 0.02], [0.1, 8.5, 0.35], [0.4, 9.6, 0.3], [1.2, 11.4, 0.12], [0.6, 13, 0.15], [-0.3, 12, 0.2], [0, 10, 0.35], [-0.05, 8.5, 0.4], [0, 8.38, 0.05]], "#d3b987", 0.075);
  return lie(group(piece, hole, cord));
}

function twine() {
  const points = [];
  for (let n = 0; n < 220; n++) { const angle = n * 0.45, r = 2.5 + Math.sin(n * 1.7) * 0.25; points.push([Math.cos(angle) * r, 0.3 + (n % 44) / 44 * 2.6, Math.sin(angle) * r]); }
  points.push([4, 0.15, 2], [6, 0.12, 5], [4, 0.12, 8]);
  const curve = new THREE.CatmullRomCurve3(points.map((point) => new THREE.Vector3(...point)));
  const coil = new THREE.Mesh(new THREE.TubeGeometry(curve, 2200, 0.16, 6), stuff("#d3b987", { roughness: 1 }));
  const core = new THREE.Mesh(new THREE.CylinderGeometry(2.3, 2.3, 3, 40), stuff("#b99c68"));
  core.position.y = 1.6;
  return group(coil, core);
}

export function stickerSheet() {
  const one = design("round-stickers"), backing = slab({ w: 21, h: 14.4, t: 0.03, r: 0.3, front: "#f4efe4" });
  const stickers = [];
  for (let row = 0; row < 2; row++) for (let column = 0; column < 3; column++) {
    if (row === 1 && column === 0) { const mark = slab({ w: 6, h: 6, shape: outline(6, 6, 3), t: 0.012, front: "#e7dfd0", edge: "#e7dfd0" }); mark.position.set(-6.7, -3.4, 0.03); stickers.push(mark); continue; }
    const sticker = roundSticker(one);
    sticker.position.set((column - 1) * 6.7, (0.5 - row) * 6.8, 0.035);
    stickers.push(sticker);
  }
  return group(backing, stickers);
}

function tissue() {
  const sheetOf = (w, d, turn, y) => {
    const geometry = new THREE.PlaneGeometry(w, d, 60, 60), position = geometry.attributes.position;
    for (let n = 0; n < position.count; n++) {
      const x = position.getX(n) / w * 2, z = position.getY(n) / d * 2;
      const crease = Math.abs(Math.sin(x * 7 + z * 3)) * 0.16 + Math.abs(Math.sin(x * 3 - z * 9)) * 0.13;
      position.setXYZ(n, position.getX(n), y + crease * Math.max(Math.abs(x), Math.abs(z)) - Math.max(Math.abs(x), Math.abs(z)) ** 6 * 1.6, position.getY(n));
    }
    geometry.computeVertexNormals();
    const mesh = new THREE.Mesh(geometry, stuff("#fbf6ec", { side: THREE.DoubleSide }));
    mesh.material.shadowSide = THREE.DoubleSide;
    mesh.rotation.y = turn;
    return mesh;
  };
  const seam = slab({ w: 0.05, h: 17, t: 0.02, front: "#e0d6c4", edge: "#e0d6c4" });
  seam.rotation.x = -Math.PI / 2;
  seam.position.y = 7.3;
  return group(sheetOf(23.2, 17.2, 0, 7.1), seam);
}

function crumpled(color = "#f7efe0") {
  const geometry = new THREE.PlaneGeometry(16, 16, 50, 50), position = geometry.attributes.position;
  for (let n = 0; n < position.count; n++) {
    const x = position.getX(n), z = position.getY(n), far = Math.min(1, Math.hypot(x, z) / 8);
    position.setXYZ(n, x, 3.4 + far ** 2 * 4.4 + Math.sin(x * 2.1 + z) * 0.5 * far + Math.abs(Math.sin(z * 1.7 - x * 1.3)) * 1 * far, z);
  }
  const flat = geometry.toNonIndexed();
  flat.computeVertexNormals();
  const mesh = new THREE.Mesh(flat, stuff(color, { side: THREE.DoubleSide }));
  mesh.material.shadowSide = THREE.DoubleSide;
  return mesh;
}

function tiltedLid() {
  const lid = tray({ w: 17.5, h: 4, d: 17.5, color: SAND, inside: "#f3ead8" });
  lid.rotation.x = Math.PI / 2 - 0.28;
  lid.position.set(0, 8.7, 0);
  return group(lid);
}

export function leaves(scale = 1) {
  return pattern("#2b5d4c", (ink) => {
    for (const [x, y, turn, color] of [[128, 128, 0.5, "#8fae93"], [384, 384, -2.4, "#8fae93"], [384, 128, 2.1, "#5d8a74"], [128, 384, -0.9, "#5d8a74"]]) {
      ink.save(); ink.translate(x, y); ink.rotate(turn); ink.fillStyle = color; ink.strokeStyle = color; ink.lineWidth = 5;
      ink.beginPath(); ink.moveTo(0, 95); ink.lineTo(0, -85); ink.stroke();
      for (let n = 0; n < 4; n++) for (const side of [-1, 1]) { ink.beginPath(); ink.ellipse(side * 30, 55 - n * 42, 34, 13, side * -0.6, 0, 7); ink.fill(); }
      ink.beginPath(); ink.ellipse(0, -100, 12, 30, 0, 0, 7); ink.fill(); ink.restore();
    }
  }, scale);
}

const spots = () => pattern("#f0dcc6", (ink) => {
  for (const [x, y, r, color] of [[80, 90, 34, CLAY], [250, 60, 22, "#dba642"], [420, 130, 30, GREEN], [150, 250, 24, NAVY], [340, 270, 36, CLAY], [60, 400, 26, GREEN], [230, 430, 32, "#dba642"], [430, 420, 24, NAVY]]) { ink.fillStyle = color; ink.beginPath(); ink.arc(x, y, r, 0, 7); ink.fill(); }
});
const stripes = () => pattern("#f6eddc", (ink) => {
  for (let x = 0; x < 512; x += 64) { ink.fillStyle = x % 128 ? CLAY : "#e6b394"; ink.fillRect(x, 0, x % 128 ? 26 : 12, 512); }
});

function pattern(ground, draw, scale = 1) {
  const tile = paint(512, 512, (ink) => { ink.fillStyle = ground; ink.fillRect(0, 0, 512, 512); draw(ink); });
  return paint(1536, 1536, (ink) => { const size = 512 / scale * 0.75; for (let x = 0; x < 1536; x += size) for (let y = 0; y < 1536; y += size) ink.drawImage(tile, x, y, size, size); });
}
