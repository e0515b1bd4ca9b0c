// Mugs, bottles, bags, candles and what stands around them. All stand on y = 0.
import * as THREE from "three";
import { group, put, stuff, strip, slab, lie, string, outline } from "./things.js";
import { paint, shade, wood, texture, linen, label, random } from "./paint.js";

const lathe = (points, material, steps = 96) => new THREE.Mesh(new THREE.LatheGeometry(points.map(([x, y]) => new THREE.Vector2(x, y)), steps), material);

// `wrap` is the printed band; `facing` (degrees) is the place on it that looks at the camera when the handle is at the right.
export function mug({ wrap, color = "#f3ece0", r = 4.1, h = 9.4, facing = 0, inside = shade(color, 0.02), handle = true, glaze = 0.35 }) {
  const girth = 2 * Math.PI * r;
  const skin = paint(2048, 2048 * h / girth, (ink, width, height) => {
    ink.fillStyle = color;
    ink.fillRect(0, 0, width, height);
    if (wrap) { const wide = width * 20 / girth; ink.drawImage(wrap, (width - wide) / 2, height * 0.02, wide, wide * wrap.height / wrap.width); }
  });
  const clay = (look, more) => stuff(look, { roughness: glaze, ...more });
  const body = new THREE.Mesh(new THREE.CylinderGeometry(r, r, h - 0.9, 128, 1, true), clay(skin));
  body.position.y = h / 2 + 0.25;
  body.rotation.y = Math.PI;
  const foot = lathe([[0, 0], [r - 0.75, 0], [r - 0.5, 0.12], [r - 0.12, 0.45], [r, 0.8]], clay(color));
  const lip = new THREE.Mesh(new THREE.TorusGeometry(r - 0.17, 0.19, 16, 96), clay(color));
  lip.rotation.x = Math.PI / 2;
  lip.position.y = h - 0.22;
  const bowl = lathe([[r - 0.32, h - 0.2], [r - 0.36, 1.2], [r - 1, 0.6], [0, 0.55]], clay(inside, { side: THREE.DoubleSide }));
  const tea = new THREE.Mesh(new THREE.CircleGeometry(r - 0.35, 64), stuff("#8a4f26", { roughness: 0.12 }));
  tea.rotation.x = -Math.PI / 2;
  tea.position.y = h - 1.5;
  const parts = [body, foot, lip, bowl, tea];
  if (handle) {
    const grip = new THREE.CatmullRomCurve3([[0, 2.9], [1.3, 2.6], [2.7, 3.1], [3.15, 4.9], [2.7, 6.7], [1.3, 7.3], [0, 7.1]].map(([x, y]) => new THREE.Vector3(r - 0.2 + x, y - 0.1, 0)));
    const ear = new THREE.Mesh(new THREE.TubeGeometry(grip, 60, 0.52, 20), clay(color));
    ear.scale.z = 1.25;
    // The seam of the print is behind the handle.
    const holder = group(ear);
    holder.rotation.y = Math.PI / 2;
    parts.push(holder);
  }
  const whole = group(parts);
  whole.rotation.y = facing * Math.PI / 180;
  return group(whole);
}

export function bottle({ wrap, color = "#2f5d6b", r = 3.5, h = 17, facing = 0, lid = "steel" }) {
  const girth = 2 * Math.PI * r;
  const skin = paint(2048, 2048 * h / girth, (ink, width, height) => {
    ink.fillStyle = color;
    ink.fillRect(0, 0, width, height);
    if (wrap) { const wide = width * 21 / girth; ink.drawImage(wrap, (width - wide) / 2, height - wide * wrap.height / wrap.width - height * 0.05, wide, wide * wrap.height / wrap.width); }
  });
  const coat = (look) => stuff(look, { roughness: 0.55 });
  const body = new THREE.Mesh(new THREE.CylinderGeometry(r, r, h, 128, 1, true), coat(skin));
  body.position.y = h / 2 + 0.4;
  body.rotation.y = Math.PI;
  const foot = lathe([[0, 0], [r - 0.4, 0], [r - 0.1, 0.15], [r, 0.42]], coat(color));
  const shoulder = lathe([[r, h + 0.38], [r - 0.06, h + 0.9], [r - 0.5, h + 1.8], [r - 1.1, h + 2.5], [r - 1.35, h + 3]], coat(color));
  const steel = stuff("#c9ccca", { roughness: 0.32, metalness: 0.35 });
  const cap = lathe([[r - 1.4, h + 3], [r - 1.05, h + 3.02], [r - 1, h + 3.2], [r - 1, h + 5.2], [r - 1.15, h + 5.5], [0, h + 5.55]], lid === "steel" ? steel : stuff(lid, { roughness: 0.5 }));
  const ring = new THREE.Mesh(new THREE.CylinderGeometry(r - 1.2, r - 1.2, 0.5, 64), steel);
  ring.position.y = h + 2.95;
  const parts = [body, foot, shoulder, cap, ring];
  if (lid !== "steel") {
    const loop = new THREE.Mesh(new THREE.TorusGeometry(1.5, 0.26, 16, 40, Math.PI), stuff(lid, { roughness: 0.5 }));
    loop.position.y = h + 5.2;
    parts.push(loop);
  }
  const whole = group(parts);
  whole.rotation.y = facing * Math.PI / 180;
  return group(whole);
}

// A tote bag. Hangs with its top edge at y = h; `hanging` draws the handles up to a peg.
export function tote({ front, color = "#eadfca", w = 38, h = 42, hanging = true, full = false }) {
  const cloth = paint(1400, 1400 * h / w, (ink, width, height) => {
    ink.fillStyle = color;
    ink.fillRect(0, 0, width, height);
    const wide = width * 28 / w, tall = wide * front.height / front.width;
    ink.drawImage(front, (width - wide) / 2, (height - tall) * 0.55, wide, tall);
    ink.globalAlpha = 0.6;
    ink.globalCompositeOperation = "multiply";
    ink.drawImage(linen("#ffffff"), 0, 0, width, height);
    ink.globalAlpha = 1;
    ink.globalCompositeOperation = "source-over";
    ink.strokeStyle = "rgba(110,85,50,.4)";
    ink.setLineDash([9, 6]);
    ink.lineWidth = 2;
    ink.strokeRect(-5, 2.6 * width / w, width + 10, 2);
  });
  const panel = (z, look) => {
    const geometry = new THREE.PlaneGeometry(w, h, 70, 80), position = geometry.attributes.position;
    for (let n = 0; n < position.count; n++) {
      const x = position.getX(n) / (w / 2), y = (position.getY(n) + h / 2) / h;
      const drape = Math.sin(x * 5 + y * 2) * 0.16 * (1 - Math.abs(y - 0.55)) + Math.sin(x * 2.3 - y * 5) * 0.32 * (1 - y) + Math.exp(-((Math.abs(x) - 0.42) ** 2) * 24) * 0.5 * y ** 3;
      const belly = (full ? 5.2 : 2) * (1 - x ** 4) * Math.sin(Math.PI * Math.min(1, (1 - y) * 0.75 + 0.12));
      const bottomRound = y < 0.06 && Math.abs(x) > 0.92 ? (Math.abs(x) - 0.92) * 2 : 0;
      position.setXYZ(n, x * w / 2 * (1 - 0.035 * y), position.getY(n) + bottomRound - Math.cos(x * 3) * 0.25 * y, z > 0 ? drape + belly : -0.4 - belly * 0.2);
    }
    geometry.computeVertexNormals();
    const mesh = new THREE.Mesh(geometry, stuff(look, { side: THREE.DoubleSide, roughness: 1 }));
    mesh.material.shadowSide = THREE.DoubleSide;
    mesh.position.y = h / 2;
    return mesh;
  };
  const hold = w * 0.2, top = hanging ? h + 20 : h + 14;
  const handle = (z) => strip(hanging
    ? [[-hold, h - 3, z + 1], [-hold * 0.98, h + 2, z + 0.8], [-hold * 0.62, h + 11, z * 0.6 + 0.6], [-1.6, top - 2, 0.6], [0, top, 0.8], [1.6, top - 2, 0.6], [hold * 0.62, h + 11, z * 0.6 + 0.6], [hold * 0.98, h + 2, z + 0.8], [hold, h - 3, z + 1]]
    : [[-hold, h - 3, z + 0.9], [-hold, h + 3, z + 0.8], [-hold * 0.7, top - 2, z * 1.6], [0, top, z * 2], [hold * 0.7, top - 2, z * 1.6], [hold, h + 3, z + 0.8], [hold, h - 3, z + 0.9]], 2.6, shade(color, -0.02), [1, 0, 0.001], { steps: 120 });
  return group(panel(1, cloth), panel(-1, shade(color, -0.06)), handle(1), handle(-1));
}

export function peg(y, color = "#b98a58") {
  const pin = new THREE.Mesh(new THREE.CylinderGeometry(1.1, 1.1, 5, 40), stuff(color, { roughness: 0.6 }));
  pin.rotation.x = Math.PI / 2;
  pin.position.set(0, y, 0.5);
  return group(pin);
}

export function candle({ color = "#efe6d6", name = "Fig leaf", lit = true, r = 4, h = 9, lid = false, text = "#22302b" }) {
  const glaze = stuff(color, { roughness: 0.5 });
  const cup = lathe([[0, 0], [r - 0.5, 0], [r - 0.12, 0.2], [r, 0.7], [r, h - 0.2], [r - 0.1, h], [r - 0.35, h], [r - 0.4, h - 0.3], [r - 0.4, 1]], glaze);
  const parts = [cup];
  const sticker = label(60, 44, "#fbf7ee", [{ text: "OAKWREN", font: "worksans", size: 9.5, bold: true, x: 30, y: 10, color: "#c8643b" }, { text: name, font: "playfair", size: name.length > 10 ? 19 : 24, x: 30, y: 25, color: text }, { text: "soy wax, 40 hours", font: "worksans", size: 9, x: 30, y: 34, color: "#5f6b64" }], 14);
  const arc = 6 / r;
  const band = new THREE.Mesh(new THREE.CylinderGeometry(r + 0.02, r + 0.02, 4.4, 60, 1, true, -arc / 2, arc), stuff(sticker));
  band.position.y = h * 0.47;
  parts.push(band);
  if (lid) {
    const top = new THREE.Mesh(new THREE.CylinderGeometry(r + 0.1, r + 0.1, 0.9, 80), stuff(wood("#c79d68"), { roughness: 0.6 }));
    top.position.y = h + 0.4;
    return group(parts, top);
  }
  const wax = new THREE.Mesh(new THREE.CircleGeometry(r - 0.4, 64), stuff("#fbf3e0", { roughness: 0.5, emissive: lit ? "#d98a3a" : "#000000", emissiveIntensity: 0.28 }));
  wax.rotation.x = -Math.PI / 2;
  wax.position.y = h - 1;
  const wick = new THREE.Mesh(new THREE.CylinderGeometry(0.09, 0.09, 1.1), stuff("#3a2c22"));
  wick.position.y = h - 0.5;
  parts.push(wax, wick);
  if (lit) {
    const flame = lathe([[0, 0], [0.28, 0.35], [0.36, 0.75], [0.24, 1.4], [0.08, 2.1], [0, 2.5]], new THREE.MeshBasicMaterial({ color: new THREE.Color(3.2, 2.1, 0.9) }), 24);
    flame.position.y = h - 0.1;
    flame.userData.noShadow = true;
    const halo = new THREE.Sprite(new THREE.SpriteMaterial({ map: glow(), transparent: true, opacity: 0.5, blending: THREE.AdditiveBlending, depthWrite: false }));
    halo.scale.setScalar(14);
    halo.position.y = h + 1;
    parts.push(flame, halo);
  }
  return group(parts);
}

const glow = () => texture(paint(128, 128, (ink) => {
  const light = ink.createRadialGradient(64, 64, 0, 64, 64, 64);
  light.addColorStop(0, "rgba(255,190,110,.9)"); light.addColorStop(0.3, "rgba(255,170,90,.35)"); light.addColorStop(1, "rgba(255,160,80,0)");
  ink.fillStyle = light; ink.fillRect(0, 0, 128, 128);
}));

export function vase({ color = "#a9b99a", r = 4, h = 13 }) {
  return lathe([[0, 0], [r * 0.72, 0], [r * 0.95, h * 0.12], [r * 1.05, h * 0.35], [r * 0.9, h * 0.6], [r * 0.5, h * 0.82], [r * 0.42, h * 0.92], [r * 0.52, h], [r * 0.46, h], [r * 0.36, h * 0.9], [r * 0.3, h * 0.7]], stuff(color, { roughness: 0.6, side: THREE.DoubleSide }));
}

export function pot({ color = "#c8643b", r = 5, h = 9 }) {
  const body = lathe([[0, 0], [r * 0.72, 0], [r * 0.76, 0.2], [r, h - 1.6], [r * 1.06, h - 1.6], [r * 1.08, h], [r * 0.98, h], [r * 0.95, h - 1]], stuff(color, { side: THREE.DoubleSide }));
  const soil = new THREE.Mesh(new THREE.CircleGeometry(r * 0.96, 40), stuff("#4a382b"));
  soil.rotation.x = -Math.PI / 2;
  soil.position.y = h - 0.9;
  return group(body, soil);
}

function leafShape(long, wide) {
  const shape = new THREE.Shape();
  shape.moveTo(0, 0).quadraticCurveTo(wide, long * 0.45, 0, long).quadraticCurveTo(-wide, long * 0.45, 0, 0);
  const geometry = new THREE.ShapeGeometry(shape, 10), position = geometry.attributes.position;
  for (let n = 0; n < position.count; n++) position.setZ(n, Math.abs(position.getX(n)) * 0.35 - (position.getY(n) / long) ** 2 * long * 0.14);
  geometry.computeVertexNormals();
  return geometry;
}

// A twig along +y with leaves on both sides.
export function twig({ long = 22, leaves = 8, leaf = 4.2, wide = 1.5, color = "#6f8f73", seed = 1, bend = 0.15, stem = "#7a6a4c", lift = 0.5 }) {
  const chance = random(seed), curve = new THREE.CatmullRomCurve3([0, 0.33, 0.66, 1].map((at) => new THREE.Vector3(bend * long * at * at, long * at, 0)));
  const parts = [new THREE.Mesh(new THREE.TubeGeometry(curve, 24, 0.13, 6), stuff(stem))];
  for (let n = 0; n < leaves * 2 + 1; n++) {
    const last = n === leaves * 2, at = last ? 1 : 0.16 + 0.8 * Math.floor(n / 2) / Math.max(1, leaves - 1) + (n % 2) * 0.03;
    const size = leaf * (1.08 - 0.42 * at) * (0.9 + chance() * 0.2);
    const mesh = new THREE.Mesh(leafShape(size, wide * size / leaf), stuff(shade(color, (chance() - 0.5) * 0.09), { side: THREE.DoubleSide, roughness: 0.75 }));
    mesh.material.shadowSide = THREE.DoubleSide;
    mesh.position.copy(curve.getPoint(Math.min(1, at)));
    mesh.rotation.set(lift * (0.3 + chance()), (n % 2 ? 1 : -1) * lift * 0.6, last ? -bend : (n % 2 ? -1 : 1) * (0.75 + chance() * 0.3) - bend, "ZYX");
    parts.push(mesh);
  }
  return group(parts);
}

export const lyingTwig = (place, look) => put(lie(twig(look), { up: 0.25 }), place);

export function plant({ color = "#4f7a5c", pot: look = {}, stems = 9, long = 20, seed = 4 }) {
  const base = pot(look), chance = random(seed), height = look.h ?? 9;
  const parts = Array.from({ length: stems }, (_, n) => {
    const holder = group(twig({ long: long * (0.7 + chance() * 0.5), leaves: 6, leaf: 5, wide: 2, color, seed: seed + n, bend: 0.25 }));
    holder.position.y = height - 1;
    holder.rotation.set(0, n * 2.4, 0.12 + chance() * 0.42, "YXZ");
    return holder;
  });
  return group(base, parts);
}

export function branches({ color = "#7f9a80", vase: look = {}, stems = 5, long = 26, seed = 9 }) {
  const chance = random(seed), height = look.h ?? 13;
  const parts = Array.from({ length: stems }, (_, n) => {
    const holder = group(twig({ long: long * (0.75 + chance() * 0.4), leaves: 7, leaf: 4.4, wide: 1.9, color, seed: seed + n, bend: 0.3 }));
    holder.position.y = height * 0.7;
    holder.rotation.set(0, n * 2.4 + 0.4, 0.1 + chance() * 0.3, "YXZ");
    return holder;
  });
  return group(vase(look), parts);
}

// Lie along +x, on the table.
export function pencil({ color = "#1f4d3f", long = 17.5, r = 0.37, end = "#e9d9b8" }) {
  const shaft = new THREE.Mesh(new THREE.CylinderGeometry(r, r, long - 2.2, 6), stuff(color, { roughness: 0.45, flatShading: true }));
  const cone = new THREE.Mesh(new THREE.CylinderGeometry(0.12, r, 1.7, 24), stuff("#dcb98a"));
  cone.position.y = (long - 2.2) / 2 + 0.85;
  const tip = new THREE.Mesh(new THREE.CylinderGeometry(0.015, 0.12, 0.5, 16), stuff("#3a3a3c"));
  tip.position.y = (long - 2.2) / 2 + 1.95;
  const cap = new THREE.Mesh(new THREE.CylinderGeometry(r, r, 0.6, 6), stuff(end, { flatShading: true }));
  cap.position.y = -(long - 2.2) / 2 - 0.3;
  const whole = group(shaft, cone, tip, cap);
  whole.rotation.z = -Math.PI / 2;
  whole.position.y = r * 0.9;
  return group(whole);
}

export function pen({ color = "#22302b", trim = "#c9a45c" }) {
  const brass = stuff(trim, { roughness: 0.3, metalness: 0.4 });
  const barrel = lathe([[0, -7], [0.35, -6.9], [0.52, -6], [0.6, 0], [0.55, 2.4]], stuff(color, { roughness: 0.25 }), 40);
  const grip = lathe([[0.5, 2.4], [0.42, 4.4], [0.46, 4.7]], stuff(shade(color, -0.03), { roughness: 0.3 }), 40);
  const ring = new THREE.Mesh(new THREE.CylinderGeometry(0.58, 0.6, 0.3, 40), brass);
  ring.position.y = 2.4;
  const nib = new THREE.Mesh(new THREE.ConeGeometry(0.36, 2.2, 24), brass);
  nib.position.y = 5.7;
  nib.scale.z = 0.35;
  const whole = group(barrel, grip, ring, nib);
  whole.rotation.z = -Math.PI / 2;
  whole.position.y = 0.6;
  return group(whole);
}

export function cupOfCoffee({ color = "#f3ece0", drink = "#5b351f" }) {
  const glaze = stuff(color, { roughness: 0.35, side: THREE.DoubleSide });
  const cup = lathe([[0, 0.5], [2.2, 0.5], [2.6, 0.9], [3.5, 3], [4, 6], [3.8, 6], [3.3, 3.2], [2.4, 1.2]], glaze);
  const coffee = new THREE.Mesh(new THREE.CircleGeometry(3.72, 60), stuff(drink, { roughness: 0.15 }));
  coffee.rotation.x = -Math.PI / 2;
  coffee.position.y = 5.2;
  const saucer = lathe([[0, 0.25], [3.2, 0.25], [5.6, 0.6], [7, 1.2], [7.1, 1.05], [5.6, 0.35], [3, 0], [0, 0]], glaze);
  const ear = new THREE.Mesh(new THREE.TorusGeometry(1.4, 0.36, 16, 40), glaze);
  ear.position.set(4.3, 3.6, 0);
  return group(cup, coffee, saucer, ear);
}

// A reel lying on its side.
export function reel({ color = "#c8643b", r = 3.4, w = 2.4, tail = true }) {
  const face = stuff(wood("#d3ae7c"), { roughness: 0.65 });
  const disc = (y) => { const mesh = new THREE.Mesh(new THREE.CylinderGeometry(r + 0.7, r + 0.7, 0.5, 72), face); mesh.position.y = y; return mesh; };
  const winding = new THREE.Mesh(new THREE.CylinderGeometry(r, r, w, 72), stuff(windings(color)));
  winding.position.y = 0.5 + w / 2;
  const hole = new THREE.Mesh(new THREE.CylinderGeometry(0.9, 0.9, w + 1.04, 32), stuff("#6d5236"));
  hole.position.y = 0.5 + w / 2;
  const parts = [disc(0.25), disc(w + 0.75), winding, hole];
  if (tail) parts.push(strip([[r * 0.2, 0.5 + w / 2, r], [r * 1.2, 0.5 + w / 2, r * 1.1], [r * 2, w / 2 + 0.3, r * 0.9], [r * 2.8, w / 2 + 0.3, r * 1.4], [r * 3.6, w / 2 + 0.3, r * 1.1]], w * 0.9, color, [0, 1, 0]));
  return group(parts);
}

const windings = (color) => paint(256, 64, (ink) => {
  ink.fillStyle = color;
  ink.fillRect(0, 0, 256, 64);
  ink.fillStyle = "rgba(0,0,0,.08)";
  for (let x = 0; x < 256; x += 5) ink.fillRect(x, 0, 2, 64);
});

export function rollOfPaper({ pattern, r = 2.6, long = 50, band = "#efe7da", inside = "#f4ecdd" }) {
  const map = stuff(pattern);
  map.map.wrapS = map.map.wrapT = THREE.RepeatWrapping;
  map.map.repeat.set(1, long / (2 * Math.PI * r));
  const tube = new THREE.Mesh(new THREE.CylinderGeometry(r, r, long, 72, 1, true), map);
  const end = (y) => { const mesh = new THREE.Mesh(new THREE.RingGeometry(r * 0.72, r, 64), stuff(inside, { side: THREE.DoubleSide })); mesh.rotation.x = Math.PI / 2; mesh.position.y = y; return mesh; };
  const hollow = new THREE.Mesh(new THREE.CylinderGeometry(r * 0.72, r * 0.72, long, 60, 1, true), stuff(shade(inside, -0.12), { side: THREE.BackSide }));
  const wrap = new THREE.Mesh(new THREE.CylinderGeometry(r + 0.06, r + 0.06, 5, 72, 1, true), stuff(band));
  const whole = group(tube, end(long / 2), end(-long / 2), hollow, wrap);
  whole.rotation.z = -Math.PI / 2;
  whole.position.y = r;
  return group(whole);
}

export function loaf(color = "#c58a4e") {
  const mesh = new THREE.Mesh(new THREE.CapsuleGeometry(3.2, 26, 16, 40), stuff(color));
  mesh.scale.z = 0.85;
  const parts = [mesh];
  for (let cut = -2; cut <= 4; cut++) { const slash = new THREE.Mesh(new THREE.CapsuleGeometry(0.55, 3.2, 8, 16), stuff("#efd3a2")); slash.position.set(0, cut * 4, 2.5); slash.rotation.z = 0.8; parts.push(slash); }
  return group(parts);
}

export function roundSticker(front, d = 6) {
  return slab({ w: d, h: d, t: 0.025, shape: outline(d, d, d / 2), front, edge: "#f5efe6" });
}

export { string };
