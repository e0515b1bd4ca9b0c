import { design, linen, wood, label, shade } from "../paint.js";
import { put, lie, lean, card, stack, sheet, foldedCard, envelope, seal, bow, strip, slab, book, linenBook, openBook, group, string } from "../things.js";
import { lyingTwig, cupOfCoffee, pen, branches } from "../wares.js";
import { sweep } from "../stage.js";

const GREEN = "#1f4d3f", CLAY = "#c8643b", SAND = "#e6d9c4", NAVY = "#24375c", BLUSH = "#ecc9b9", PLUM = "#5d3a4e";
const flat = (object, place = {}) => put(lie(object, { up: place.up ?? 0 }), place);

export const cards = {
  "classic-business-cards-1": () => {
    const front = design("classic-business-cards", 0), back = design("classic-business-cards", 1);
    return {
      backdrop: { color: "#dfd3c0" }, sun: { from: [-14, 20, -5] }, window: { kind: "bars" },
      look: { pitch: 50, yaw: 8, fill: 0.8, fov: 20 },
      subjects: [flat(card({ front: back, back: front }), { x: 1.9, z: -1.2, turn: -16, up: 0.01 }), flat(card({ front, t: 0.08 }), { x: -0.9, z: 1.9, turn: 9, up: 0.2 })],
      props: [lyingTwig({ x: -9, z: -7, turn: -40 }, { long: 14, leaf: 3, wide: 1.1, seed: 4 })],
    };
  },
  "classic-business-cards-2": () => {
    const front = design("classic-business-cards", 0), back = design("classic-business-cards", 1);
    const resting = card({ front, back, t: 0.07 });
    resting.rotation.x = 0.36;
    return {
      backdrop: { color: "#cfd6c8" }, sun: { from: [-14, 15, 6] },
      look: { pitch: 40, yaw: -26, fill: 0.86, fov: 20 },
      subjects: [flat(stack({ t: 2.3, front: back, color: "#3a6c5c", count: 40 }), { x: 1, z: 0, turn: 6 }), put(lie(resting), { x: 0.4, y: 0.06, z: 5.1, turn: 2 })],
    };
  },
  "rounded-business-cards-1": () => ({
    backdrop: { color: "#e3c3a6" }, sun: { from: [-14, 18, -6] }, window: { kind: "bars" },
    look: { pitch: 52, yaw: -10, fill: 0.78, fov: 20 },
    subjects: [flat(stack({ t: 1.1, r: 0.4, front: design("rounded-business-cards", 1), color: "#6d4a5e", count: 22 }), { x: 2.6, z: -2.8, turn: -14 }), flat(card({ r: 0.4, front: design("rounded-business-cards", 0), t: 0.1 }), { x: -1.2, z: 2, turn: 8, up: 0.02 })],
  }),
  "rounded-business-cards-2": () => {
    const front = design("rounded-business-cards", 0), back = design("rounded-business-cards", 1);
    const fan = [30, 8, -14].map((turn, n) => put(flat(card({ r: 0.4, front: n % 2 ? back : front, t: 0.07 }), { z: -5, up: 0.02 + n * 0.09 }), { x: n * 1.6, z: n * 1.4, turn }));
    return { backdrop: { canvas: wood("#b98a5e", { boards: 5 }), tile: 40 }, sun: { from: [-12, 18, -9] }, look: { pitch: 58, yaw: 0, fill: 0.78, shift: [-0.08, -0.16] }, subjects: fan, props: [put(cupOfCoffee({ color: "#efe4d3" }), { x: 10, z: -13, turn: 40 })] };
  },
  "loyalty-cards-1": () => ({
    backdrop: { color: "#e9d8bd" }, sun: { from: [-15, 18, -6] }, window: { kind: "bars" },
    look: { pitch: 50, yaw: 10, fill: 0.88, fov: 20 },
    subjects: [flat(card({ r: 0.35, front: design("loyalty-cards", 1) }), { x: 2.2, z: -3, turn: -10 }), flat(card({ r: 0.35, front: design("loyalty-cards", 0), t: 0.09 }), { x: -1.8, z: 2.2, turn: 12, up: 0.16 })],
  }),
  "loyalty-cards-2": () => {
    const stamps = design("loyalty-cards", 1), ink = stamps.getContext("2d");
    for (let n = 0; n < 4; n++) { ink.save(); ink.translate(12.5 + 15 * n, 25); ink.rotate(n * 0.7 - 0.4); ink.font = "700 11px Caveat"; ink.textAlign = "center"; ink.fillStyle = "rgba(200,100,59,.88)"; ink.beginPath(); ink.arc(0, 0, 5, 0, 7); ink.fill(); ink.fillStyle = "#fff6ea"; ink.fillText("✓", 0, 3.2); ink.restore(); }
    return { backdrop: { canvas: wood("#c79a68", { boards: 4 }), tile: 50 }, sun: { from: [-12, 16, -8] }, look: { pitch: 46, yaw: -12, fill: 0.7, shift: [-0.1, -0.22] }, subjects: [flat(card({ r: 0.35, front: stamps, t: 0.08 }), { x: 0, z: 2, turn: 6 })], props: [put(cupOfCoffee({ color: "#2f4a6d" }), { x: 4.5, z: -9.5, turn: -30 })] };
  },
  "photo-postcards-1": () => ({
    backdrop: { color: "#d9d3c4" }, sun: { from: [-14, 18, -6] }, window: { kind: "bars" },
    look: { pitch: 56, yaw: 6, fill: 0.82 },
    subjects: [flat(card({ w: 14.8, h: 10.5, front: design("photo-postcards", 1) }), { x: 4, z: -4.2, turn: -13 }), flat(sheet({ w: 14.8, h: 10.5, curl: 0.35, front: design("photo-postcards", 0, ["coast"]) }), { x: -1.5, z: 3, turn: 7, up: 0.12 })],
  }),
  "photo-postcards-2": () => ({
    backdrop: { canvas: wood("#d8bd97", { boards: 4 }), tile: 70 }, sun: { from: [-12, 18, -8] }, window: { kind: "bars" },
    look: { pitch: 60, yaw: -8, fill: 0.86 },
    subjects: [flat(card({ w: 14.8, h: 10.5, front: design("photo-postcards", 0, ["harbour"], { words: { caption: "Blue hour, nearly" } }) }), { x: -5.5, z: -4, turn: 10 }), flat(sheet({ w: 14.8, h: 10.5, curl: 0.3, front: design("photo-postcards", 1) }), { x: 3, z: 3.4, turn: -8, up: 0.1 })],
    props: [put(pen({ color: NAVY }), { x: 8.5, z: 11, turn: 24 })],
  }),
  "birthday-cards-1": () => ({
    backdrop: { parts: [sweep({ color: "#e7cdb4" })] }, sun: { from: [-9, 9, 14] },
    look: { pitch: 11, yaw: 8, fill: 0.86, fov: 20 },
    subjects: [put(foldedCard({ w: 10.5, h: 14.8, front: design("birthday-cards", 0), open: 30 }), { x: -2.2, z: 2, turn: 20 }), put(lean(envelope({ color: CLAY }), 9), { x: 4.2, z: -3.4, turn: -12 })],
  }),
  "birthday-cards-2": () => ({
    backdrop: { color: "#efdcc2" }, sun: { from: [-14, 18, -4] },
    look: { pitch: 60, yaw: -6, fill: 0.88 },
    subjects: [flat(envelope({ color: GREEN }), { x: 4, z: -4.5, turn: 14 }), flat(card({ w: 10.5, h: 14.8, front: "#fffaf2", t: 0.06 }), { x: -6.9, z: 4, turn: 3, up: 0.34 }), flat(sheet({ w: 10.5, h: 14.8, curl: 0.5, front: design("birthday-cards", 1) }), { x: 3.5, z: 4.55, turn: 3, up: 0.4 })],
    props: [lyingTwig({ x: -13, z: -2, turn: -10 }, { long: 12, leaf: 3, seed: 15 })],
  }),
  "baby-announcements-1": () => ({
    backdrop: { color: "#dccfba" }, sun: { from: [-13, 20, -4] }, window: { kind: "bars" },
    look: { pitch: 62, yaw: 0, fill: 0.86 },
    subjects: [flat(envelope({ w: 18, h: 13, color: "#a9c0b2", side: "back" }), { x: 4.2, z: -1.5, turn: -14 }), flat(card({ w: 12.7, h: 17.8, t: 0.09, front: design("baby-announcements", 0, ["baby"]) }), { x: -3, z: 0.5, turn: 7, up: 0.18 })],
    props: [lyingTwig({ x: 13, z: 9, turn: 38 }, { long: 15, leaf: 3.4, seed: 6, color: "#86a892" })],
  }),
  "baby-announcements-2": () => ({
    backdrop: { canvas: linen("#e9dfcc"), tile: 24 }, sun: { from: [-13, 18, -5] },
    look: { pitch: 56, yaw: 8, fill: 0.84 },
    subjects: [flat(card({ w: 12.7, h: 17.8, front: design("baby-announcements", 0, ["baby"]) }), { x: -6.5, z: -1, turn: 12 }), flat(card({ w: 12.7, h: 17.8, t: 0.09, front: design("baby-announcements", 1) }), { x: 5, z: 1.2, turn: -8, up: 0.12 })],
  }),
  "coloured-envelopes-1": () => ({
    backdrop: { color: "#ece3d3" }, sun: { from: [-14, 18, -5] },
    look: { pitch: 56, yaw: 0, fill: 0.86 },
    subjects: [[BLUSH, 40], [NAVY, 22], [SAND, 4], [GREEN, -14], [CLAY, -32]].map(([color, turn], n) => put(flat(envelope({ w: 11.4, h: 16.2, color, side: "front", t: 0.1 }), { z: -2, up: 0.02 + n * 0.12 }), { turn })).concat(put(flat(envelope({ color: CLAY }), { up: 0.75 }), { x: 4.5, z: 3.5, turn: 8 })),
  }),
  "coloured-envelopes-2": () => {
    const pile = Array.from({ length: 9 }, (_, n) => flat(envelope({ color: CLAY, side: n === 8 ? "back" : "front" }), { x: Math.sin(n * 5) * 0.14, z: Math.cos(n * 3) * 0.12, turn: Math.sin(n * 7) * 0.9, up: n * 0.28 }));
    const band = flat(slab({ w: 3.4, h: 11.7, t: 2.72, front: label(34, 117, "#fbf6ea", [{ text: "Oakwren", font: "playfair", size: 15, x: 17, y: 55 }, { text: "25 envelopes, C6", font: "worksans", size: 6.2, x: 17, y: 62, color: CLAY }]), edge: "#fbf6ea" }), { x: -3.6, z: -5.7 });
    return { backdrop: { color: "#d8c9b1" }, sun: { from: [-14, 14, 4] }, look: { pitch: 34, yaw: -24, fill: 0.78 }, subjects: [...pile, band] };
  },
  "wedding-invitations-1": () => ({
    backdrop: { canvas: linen("#e4dac8"), tile: 22 }, sun: { from: [-13, 18, -6] }, window: { kind: "bars" },
    look: { pitch: 62, yaw: 0, fill: 0.88 },
    subjects: [flat(envelope({ w: 18.5, h: 13.4, color: GREEN }), { x: 4.5, z: -2, turn: -16 }), flat(card({ w: 12.7, h: 17.8, t: 0.1, front: design("wedding-invitations", 0) }), { x: -3, z: 0.6, turn: 6, up: 0.26 })],
    props: [lyingTwig({ x: 15, z: 11, turn: 38 }, { long: 18, leaf: 4, wide: 1.7, seed: 3, color: "#7f9a80" })],
  }),
  "wedding-invitations-2": () => {
    const ribbon = [strip([[-6.8, 0.05, 2.6], [-6.5, 0.72, 2.6], [6.5, 0.72, 2.4], [6.8, 0.05, 2.4]], 1.1, BLUSH, [0, 0, 1]), put(lie(bow(BLUSH, 1.1, 2.9)), { y: 0.62, x: 0, z: 2.5, turn: -6 })];
    return {
      backdrop: { color: "#d9c7b6" }, sun: { from: [-13, 17, -6] },
      look: { pitch: 55, yaw: -8, fill: 0.86 },
      subjects: [put(group(flat(stack({ w: 12.7, h: 17.8, t: 0.55, front: design("wedding-invitations", 0), count: 7 })).translateZ(8.9).translateZ(-8.9)), { x: -7.6, z: 0, turn: 10 }), put(group(flat(stack({ w: 12.7, h: 17.8, t: 0.6, front: design("wedding-invitations", 1), count: 8 }), { z: 8.9 }), ...ribbon.map((part) => put(part, { z: 2 }))), { x: 7, z: 0, turn: -7 })],
    };
  },
  "save-the-dates-1": () => ({
    backdrop: { color: "#dcc3b4" }, sun: { from: [-14, 18, -5] }, window: { kind: "bars" },
    look: { pitch: 56, yaw: 6, fill: 0.82 },
    subjects: [flat(card({ w: 14.8, h: 10.5, front: design("save-the-dates", 1) }), { x: 3.4, z: -4.6, turn: -14 }), flat(card({ w: 14.8, h: 10.5, t: 0.09, front: design("save-the-dates", 0, ["couple"]) }), { x: -1.4, z: 3, turn: 7, up: 0.16 })],
  }),
  "save-the-dates-2": () => ({
    backdrop: { canvas: linen("#e8e0d2"), tile: 22 }, sun: { from: [-13, 18, -6] },
    look: { pitch: 60, yaw: -6, fill: 0.8 },
    subjects: [flat(card({ w: 14.8, h: 10.5, t: 0.06, front: design("save-the-dates", 0, ["couple"]) }), { x: 0.3, z: -1.2, turn: 4, up: 0.1 }), flat(envelope({ color: BLUSH, side: "front", front: addressed(), t: 0.06 }), { x: 0, z: 6.6, turn: 4, up: 0.22 })],
    props: [lyingTwig({ x: -12.5, z: 6, turn: 8 }, { long: 19, leaf: 4.2, wide: 1.9, seed: 5, color: "#8fa89a" })],
  }),
  "linen-guest-books-1": () => ({
    backdrop: { color: "#d5cbb9" }, sun: { from: [-14, 16, -4] }, window: { kind: "bars" },
    look: { pitch: 46, yaw: 14, fill: 0.82 },
    subjects: [flat(linenBook("#cdbd9f", [{ text: "Guests", font: "playfair", size: 46, x: 105, y: 112, color: "#5a4a33" }]), { x: 0, z: 0, turn: -6 })],
    props: [lyingTwig({ x: 17, z: 4, turn: 24 }, { long: 20, leaf: 4.4, seed: 12 })],
  }),
  "linen-guest-books-2": () => {
    const page = label(190, 205, "#f8f0df", [
      { text: "What a day. We laughed, we cried,\nwe ate all the cheese.\nBe happy, you two.", font: "caveat", size: 34, x: 95, y: 42, color: "#33405c" }, { text: "Rosa & Henk", font: "caveat", size: 40, bold: true, x: 95, y: 98, color: "#33405c" },
      { text: "Same again in twenty-five years?", font: "caveat", size: 32, x: 95, y: 145, color: "#5d3a4e" }, { text: "Uncle Peter", font: "caveat", size: 38, bold: true, x: 95, y: 165, color: "#5d3a4e" }], 6);
    const other = label(190, 205, "#f8f0df", [{ text: "Clara & Jonas", font: "playfair", size: 48, x: 95, y: 92, color: GREEN }, { text: "12 September 2026", font: "lora", size: 20, x: 95, y: 108, color: CLAY }], 6);
    return { backdrop: { canvas: linen("#e6ddcd"), tile: 22 }, sun: { from: [-13, 16, -6] }, look: { pitch: 48, yaw: -10, fill: 0.88 }, subjects: [put(openBook({ w: 19, h: 20.5, left: other, right: page, cover: "#cdbd9f", thick: 1.4 }), { turn: 4 })], props: [put(pen({ color: PLUM }), { x: 13, z: 13.5, turn: 20 })] };
  },
};

function addressed() {
  return label(162, 114, BLUSH, [{ text: "Mr & Mrs Okonjo\n21 Harbour Street\nGalway", font: "caveat", size: 30, align: "left", x: 48, y: 58, color: PLUM }, { type: "rectangle", x: 136, y: 8, width: 18, height: 22, color: "#fbf6ea" }, { type: "ellipse", x: 139, y: 12, width: 12, height: 12, color: CLAY }]);
}
