import { design, linen, wood, label, paint, shade, random } from "../paint.js";
import { put, lie, lean, card, stack, sheet, envelope, book, openBook, group, string, slab, tray, frame, strip } from "../things.js";
import { lyingTwig, pen, pencil, pot, branches, plant, cupOfCoffee, vase } from "../wares.js";
import { sweep, wall, floor } from "../stage.js";

const GREEN = "#1f4d3f", CLAY = "#c8643b", SAND = "#e6d9c4", NAVY = "#24375c", SAGE = "#a9b99a", MUSTARD = "#dba642", PLUM = "#5d3a4e";
const flat = (object, place = {}) => put(lie(object, { up: place.up ?? 0 }), place);

export const desk = {
  "letterheads-1": () => ({
    backdrop: { color: "#cdbfa8" }, sun: { from: [-14, 18, -5] }, window: { kind: "bars" },
    look: { pitch: 62, yaw: 6, fill: 0.96 },
    subjects: [flat(sheet({ w: 21, h: 29.7, curl: 0.2, front: design("letterheads") }), { x: 3, z: -3, turn: -7 }), flat(sheet({ w: 21, h: 29.7, curl: 0.35, front: typed() }), { x: -1, z: 0, turn: 6, up: 0.28 }), put(pen({ color: GREEN }), { x: 15, z: 1, turn: 68 })],
  }),
  "letterheads-2": () => ({
    backdrop: { canvas: wood("#a87b50", { boards: 4 }), tile: 60 }, sun: { from: [-13, 17, -6] },
    look: { pitch: 58, yaw: -10, fill: 0.86 },
    subjects: [flat(card({ w: 21, h: 9.9, t: 0.12, front: headOfLetter() }), { x: 0, z: -3.8, turn: 8, up: 0.03 }), flat(envelope({ w: 22, h: 11, color: SAND, side: "front", front: addressed() }), { x: 0.8, z: 2, turn: 8, up: 0.16 }), put(pen({ color: "#3a2a2e" }), { x: 4, z: 10.5, turn: 14 })],
  }),
  "letter-writing-set-1": () => {
    const pile = Array.from({ length: 6 }, (_, n) => put(flat(envelope({ w: 15.6, h: 7.8, color: GREEN, side: n === 5 ? "back" : "front", t: 0.12 })), { x: 11.9, y: 0.4 + n * 0.14, turn: 90 }));
    const paper = put(flat(stack({ w: 14.4, h: 17, t: 1.1, front: "#fbf6ea", color: "#f3ead8", count: 20 }), { z: 8.5 }), { x: -4.4, y: 0.4 });
    return {
      backdrop: { color: "#d3c6b0" }, sun: { from: [-14, 17, -5] }, window: { kind: "bars" },
      look: { pitch: 54, yaw: -12, fill: 0.88 },
      subjects: [put(group(tray({ w: 25, h: 2.4, d: 18, color: "#b9583a", inside: "#efe5d2" }), paper, ...pile), { turn: 8 }), put(pen({ color: "#22302b" }), { x: -4.5, y: 1.6, z: 2, turn: 52 })],
    };
  },
  "letter-writing-set-2": () => ({
    backdrop: { canvas: wood("#b78c5f", { boards: 4 }), tile: 60 }, sun: { from: [-13, 17, -6] }, window: { kind: "bars" },
    look: { pitch: 56, yaw: 8, fill: 0.9 },
    subjects: [flat(envelope({ w: 16.2, h: 11.4, color: GREEN }), { x: 7, z: -6, turn: -16 }), flat(sheet({ w: 14.8, h: 21, curl: 0.5, front: letter() }), { x: -4, z: 5, turn: 9, up: 0.36 }), put(pen({ color: NAVY }), { x: 8.5, z: 4.5, turn: 64 })],
  }),
  "pencil-sets-1": () => ({
    backdrop: { color: "#eadfcd" }, sun: { from: [-10, 15, -9] },
    look: { pitch: 56, yaw: -16, fill: 0.84 },
    subjects: [GREEN, SAGE, MUSTARD, CLAY, NAVY, PLUM].map((color, n) => put(pencil({ color }), { x: Math.sin(n * 2.2) * 0.5, z: (n - 2.5) * 1.75, turn: -14 + Math.sin(n * 4) * 2 })),
  }),
  "pencil-sets-2": () => ({
    backdrop: { parts: [sweep({ color: "#d6d9ca" })] }, sun: { from: [-11, 11, 13] },
    look: { pitch: 20, yaw: 6, fill: 0.86 },
    subjects: [put(potOfPencils(), { x: 5.6, z: -2 }), put(flat(book({ w: 12, h: 16, t: 1.4, front: plain("#b9583a"), cover: "#b9583a", band: "#7d2f1c" }), { z: 8 }), { x: -4.5, z: 2, turn: 24 }), put(pencil({ color: MUSTARD }), { x: -3.5, y: 1.4, z: 3, turn: -8 })],
  }),
  "bookmarks-1": () => ({
    backdrop: { color: "#ddd0ba" }, sun: { from: [-14, 18, -4] }, window: { kind: "bars" },
    look: { pitch: 62, yaw: 0, fill: 0.92 },
    subjects: [flat(card({ w: 5, h: 17, r: 0.3, front: design("bookmarks", 1) }), { x: 3.6, z: 1.6, turn: -16 }), flat(card({ w: 5, h: 17, r: 0.3, t: 0.09, front: design("bookmarks", 0) }), { x: -2.4, z: 1, turn: 8, up: 0.1 }), put(tassel(CLAY), { x: -4.75, z: -15.7, turn: 8, y: 0.15 })],
    props: [lyingTwig({ x: -9.5, z: 2, turn: 10 }, { long: 14, leaf: 3.4, seed: 14 }), lyingTwig({ x: 11, z: -3, turn: -24 }, { long: 10, leaf: 3, seed: 16 })],
  }),
  "bookmarks-2": () => ({
    backdrop: { canvas: linen("#d8cdb8"), tile: 24 }, sun: { from: [-13, 16, -6] },
    look: { pitch: 52, yaw: -12, fill: 0.94 },
    subjects: [put(openBook({ w: 14, h: 20, left: printedPage(1), right: printedPage(2), cover: PLUM }), { turn: 6 }), put(flat(card({ w: 5, h: 17, r: 0.3, t: 0.06, front: design("bookmarks", 0) }), { turn: 0 }), { x: -8.2, y: 1.22, z: 8.2, turn: 12 }), put(flat(card({ w: 5, h: 17, r: 0.3, t: 0.06, front: design("bookmarks", 1) }), { turn: 0 }), { x: 8.2, y: 1.22, z: 8.2, turn: -6 })],
  }),
  "name-notebooks-1": () => ({
    backdrop: { color: "#e5d3bd" }, sun: { from: [-14, 17, -5] }, window: { kind: "bars" },
    look: { pitch: 52, yaw: -12, fill: 0.9 },
    subjects: [flat(book({ front: design("name-notebooks"), cover: "#b9583a", band: "#7d2f1c", marker: MUSTARD }), { turn: 12 })],
    props: [lyingTwig({ x: -15, z: -3, turn: 0 }, { long: 18, leaf: 4, seed: 2 })],
  }),
  "name-notebooks-2": () => ({
    backdrop: { canvas: wood("#caa274", { boards: 4 }), tile: 60 }, sun: { from: [-13, 16, -6] },
    look: { pitch: 48, yaw: 10, fill: 0.92 },
    subjects: [put(openBook({ left: ruled(), right: recipe(), cover: "#b9583a" }), { turn: -6, x: -2, z: 3 }), put(flat(book({ w: 14.8, h: 21, front: design("name-notebooks", 0, [], { words: { name: "Iris Dolan", title: "The garden, year one" } }), cover: "#b9583a", band: "#7d2f1c" }), { turn: -14, z: 10 }), { x: 11, z: -21 })],
  }),
  "weekly-planners-1": () => ({
    backdrop: { color: "#dcd8c6" }, sun: { from: [-14, 17, -5] }, window: { kind: "bars" },
    look: { pitch: 54, yaw: 10, fill: 0.9 },
    subjects: [flat(book({ front: design("weekly-planners"), cover: "#2c5a4a", band: MUSTARD, marker: CLAY }), { turn: -10 })],
    props: [put(pencil({ color: MUSTARD }), { x: 12.5, z: -9, turn: -62 })],
  }),
  "weekly-planners-2": () => ({
    backdrop: { canvas: linen("#e2dac9"), tile: 24 }, sun: { from: [-13, 16, -6] },
    look: { pitch: 52, yaw: -8, fill: 0.94 },
    subjects: [put(openBook({ left: week(), right: list(), cover: GREEN }), { turn: 5 }), put(pencil({ color: CLAY }), { x: 8, y: 1, z: 3, turn: -30 })],
  }),
  "dot-grid-notebooks-1": () => ({
    backdrop: { color: "#e9dcc8" }, sun: { from: [-14, 16, -5] },
    look: { pitch: 54, yaw: -10, fill: 0.88 },
    subjects: [[NAVY, -22, 5.4, -1.2, 0], [CLAY, -4, 0, 0.3, 0.5], [SAGE, 14, -5.4, 1.6, 1]].map(([color, turn, x, z, up]) => put(flat(pocketBook(color), { turn, z: 7, up: up + 0.02 }), { x, z: z - 7 })),
  }),
  "dot-grid-notebooks-2": () => ({
    backdrop: { canvas: wood("#b98d60", { boards: 5 }), tile: 44 }, sun: { from: [-12, 16, -6] },
    look: { pitch: 52, yaw: 12, fill: 0.9 },
    subjects: [put(openBook({ w: 9, h: 14, thick: 0.35, left: dots(), right: dots(true), cover: NAVY }), { turn: -8, z: 1 }), put(pencil({ color: SAGE, long: 14 }), { x: 6, z: 9.4, turn: 10 })],
  }),
};

function headOfLetter() {
  const whole = design("letterheads");
  return paint(whole.width, whole.width * 9.9 / 21, (ink) => ink.drawImage(whole, 0, 0));
}

function letter() {
  return label(148, 210, "#f9f2e3", [{ text: "Dear Margit,\n\nthe pear tree is in flower and the\nneighbour's cat has moved in for good.\nI am writing this at the kitchen table\nwith the window open, and every few\nminutes a petal lands on the page.\n\nCome in May if you can. There is a new\nbakery by the bridge, the bed in the\nblue room has been mended, and I have\nfinally learned to make your soup.\n\nBring the long boots.", font: "caveat", size: 19, align: "left", x: 16, y: 34, color: "#2b3a5c" }, { text: "Yours, Elsa", font: "caveat", size: 26, bold: true, align: "left", x: 84, y: 182, color: "#2b3a5c" }], 9);
}

function plain(color) {
  return label(120, 160, color, [{ type: "rectangle", x: 30, y: 40, width: 60, height: 40, color: "#f6ecdc" }, { text: "Notes", font: "playfair", size: 22, x: 60, y: 63, color: "#22302b" }]);
}

function potOfPencils() {
  const colors = [GREEN, CLAY, MUSTARD, NAVY, SAGE, PLUM];
  const standing = colors.map((color, n) => {
    const one = group(pencil({ color }));
    one.rotation.z = Math.PI / 2 - 0.09;
    const turned = group(one);
    turned.position.set(Math.cos(n * 1.05) * 1.6, 9.8, Math.sin(n * 1.05) * 1.6);
    turned.rotation.y = n * 1.05;
    return turned;
  });
  return group(pot({ color: "#d9d2c2", r: 3.6, h: 9.5 }), standing);
}

function tassel(color) {
  const threads = Array.from({ length: 14 }, (_, n) => strip([[0, 0.1, 0], [Math.sin(n) * 0.3, 0.25, -1.4], [Math.sin(n * 1.7) * 0.75, 0.12, -3.6]], 0.16, shade(color, Math.sin(n * 3) * 0.05), [1, 0, 0], { steps: 20 }));
  return group(string([[-0.25, 0, 1.6], [-0.1, 0.15, 0.9], [0, 0.1, 0], [0.1, 0.15, 0.9], [0.25, 0, 1.6]], color, 0.09), threads);
}

function printedPage(seed) {
  const chance = random(seed);
  return paint(1000, 1430, (ink, w, h) => {
    ink.fillStyle = "#f8f0df"; ink.fillRect(0, 0, w, h);
    ink.fillStyle = "rgba(50,40,32,.62)";
    for (let y = seed === 1 ? 170 : 330; y < h - 160; y += 37) for (let x = 110; x < w - 110;) { const word = 20 + chance() * 75; if (x + word > w - 105) break; ink.fillRect(x, y, word, 9); x += word + 13; }
    if (seed === 2) { ink.font = '52px "Playfair Display"'; ink.textAlign = "center"; ink.fillStyle = "#3a3028"; ink.fillText("Chapter nine", w / 2, 220); }
  });
}

function lines(items, from = 28, gap = 8) {
  const rules = [];
  for (let y = from; y < 200; y += gap) rules.push({ type: "rectangle", x: 10, y, width: 128, height: 0.25, color: "#b9c3c0" });
  return label(148, 210, "#f8f0df", [...rules, ...items], 9);
}

function addressed() {
  return label(220, 110, SAND, [{ text: "Ms Ngozi Okafor\nThe Old Boathouse\nHelmsley YO62", font: "worksans", size: 13, align: "left", x: 120, y: 64 }, { text: "Harrow & Pine, 8 Orchard Row, York", font: "worksans", size: 8, align: "left", x: 14, y: 16, color: CLAY }], 8);
}

export function typed() {
  const page = design("letterheads"), ink = page.getContext("2d");
  ink.font = '3.7px "Work Sans"'; ink.fillStyle = "#22302b"; ink.textAlign = "left";
  ["Dear Ms Okafor,", "", "thank you for showing us the old boathouse last Thursday. We have walked round it", "in our heads every evening since, and we would very much like to help you turn it", "into a house for three people, two bicycles and a piano.", "", "The roof is better than it looks. The north wall, sadly, is worse. I enclose three small", "sketches. None of them is right yet, but the second has a kitchen that gets the", "morning sun, and I think that is where we should begin.", "", "May we come again on the 14th, with a ladder?", "", "Yours sincerely,"].forEach((line, row) => ink.fillText(line, 22, 82 + row * 7.4));
  ink.font = '10px "Caveat"'; ink.fillStyle = "#24375c"; ink.fillText("Ada Harrow", 22, 186);
  return page;
}

const ruled = () => lines([]);
const recipe = () => lines([{ text: "Plum cake, the good one", font: "caveat", size: 26, bold: true, align: "left", x: 12, y: 26.5, color: "#8c3f22" }, { text: "200 g butter, soft\n180 g sugar, less if the plums are sweet\n4 eggs, 1 lemon\n250 g flour, a pinch of salt\na kilo of plums, halved", font: "caveat", size: 18.2, align: "left", x: 12, y: 42.5, color: "#2b3a5c" }, { text: "Fifty minutes at 170.\nNot a minute more (Mum).", font: "caveat", size: 18.2, align: "left", x: 12, y: 98.5, color: "#2b3a5c" }]);

function week() {
  const days = ["Monday 11", "Tuesday 12", "Wednesday 13", "Thursday 14", "Friday 15", "Saturday 16", "Sunday 17"];
  const notes = { 0: "dentist 9.20", 2: "proofs to Nora", 3: "swimming, 18.00", 5: "Grandad's 80th!" };
  return label(148, 210, "#f8f2e4", [{ text: "January 2027", font: "playfair", size: 26, align: "left", x: 12, y: 20, color: GREEN }, { text: "week 2", font: "worksans", size: 12, align: "right", x: 136, y: 20, color: CLAY }, ...days.flatMap((day, n) => [{ type: "rectangle", x: 12, y: 27 + n * 25, width: 124, height: 0.3, color: "#a9b3a6" }, { text: day, font: "worksans", size: 12, align: "left", x: 12, y: 33 + n * 25, color: n > 4 ? CLAY : "#22302b" }, ...(notes[n] ? [{ text: notes[n], font: "caveat", size: 26, align: "left", x: 54, y: 40 + n * 25, color: "#2b3a5c" }] : [])])], 9);
}

function list() {
  return lines([{ text: "for Saturday", font: "caveat", size: 24, bold: true, align: "left", x: 12, y: 26.5, color: CLAY }, { text: "candles (eight and nought)\nask Ben about the chairs\ncake: call the bakery\nprint the photograph\nbring the good camera", font: "caveat", size: 18.2, align: "left", x: 12, y: 42.5, color: "#2b3a5c" }]);
}

function pocketBook(color) {
  const cover = label(90, 140, color, [{ text: "Notes", font: "playfair", size: 15, x: 45, y: 26, color: "#fbf6ea" }, { type: "rectangle", x: 37, y: 30, width: 16, height: 0.5, color: "#fbf6ea" }]);
  const stitch = Array.from({ length: 9 }, (_, n) => { const thread = slab({ w: 0.09, h: 0.9, t: 0.03, front: "#f6ecdc", edge: "#f6ecdc" }); thread.position.set(-4.25, 1.4 + n * 1.4, 0.48); return thread; });
  return group(card({ w: 9, h: 14, t: 0.48, r: 0.25, front: cover, back: color, edge: shade(color, -0.04) }), stitch);
}

function dots(sketch = false) {
  return paint(900, 1400, (ink, w, h) => {
    ink.fillStyle = "#faf4e7"; ink.fillRect(0, 0, w, h);
    ink.fillStyle = "#b3bcb6";
    for (let x = 50; x < w; x += 50) for (let y = 50; y < h; y += 50) { ink.beginPath(); ink.arc(x, y, 3.4, 0, 7); ink.fill(); }
    if (!sketch) return;
    ink.strokeStyle = "#44505e"; ink.lineWidth = 5; ink.lineCap = "round";
    ink.beginPath(); ink.moveTo(450, 1060); ink.quadraticCurveTo(430, 700, 500, 380); ink.stroke();
    for (let n = 0; n < 7; n++) for (const side of [-1, 1]) { const y = 940 - n * 85, x = 448 + n * 7, l = 165 - n * 13; ink.beginPath(); ink.moveTo(x, y); ink.quadraticCurveTo(x + side * l * 0.4, y - l * 0.75, x + side * l, y - l * 0.55); ink.quadraticCurveTo(x + side * l * 0.6, y - l * 0.05, x, y); ink.stroke(); }
    ink.font = '64px "Caveat"'; ink.fillStyle = "#44505e"; ink.fillText("wild service tree?", 300, 1190);
  });
}
