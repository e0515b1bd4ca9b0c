// Things made of paper and board. Built upright, facing the camera (+z), centred on x, standing on y = 0
// unless noted; `lie` turns one on its back, `put` places it on the set.
import * as THREE from "three";
import { texture, sheets, shade, linen, wood, label } from "./paint.js";

const RADIANS = Math.PI / 180;

export const group = (...parts) => new THREE.Group().add(...parts.flat());

export function put(object, { x = 0, y = 0, z = 0, turn = 0 } = {}) {
  const holder = group(object);
  holder.position.set(x, y, z);
  holder.rotation.y = turn * RADIANS;
  return holder;
}

export function lie(object, { up = 0 } = {}) {
  const holder = group(object);
  holder.rotation.x = -Math.PI / 2;
  holder.position.y = up;
  return holder;
}

export function lean(object, back = 14) {
  const holder = group(object);
  holder.rotation.x = -back * RADIANS;
  return holder;
}

export function stuff(look, { roughness = 0.9, ...rest } = {}) {
  const skin = typeof look === "string" ? { color: look } : { map: texture(look) };
  if (roughness >= 0.8) return new THREE.MeshLambertMaterial({ ...skin, ...rest });
  return new THREE.MeshStandardMaterial({ ...skin, roughness, ...rest });
}

export function outline(w, h, radius = 0) {
  const shape = new THREE.Shape(), r = Math.min(radius, w / 2, h / 2), x = -w / 2, y = -h / 2;
  if (r >= w / 2 - 1e-6 && r >= h / 2 - 1e-6) return shape.absarc(0, 0, r, 0, 2 * Math.PI);
  shape.moveTo(x + r, y).lineTo(x + w - r, y);
  if (r) shape.absarc(x + w - r, y + r, r, -Math.PI / 2, 0);
  shape.lineTo(x + w, y + h - r);
  if (r) shape.absarc(x + w - r, y + h - r, r, 0, Math.PI / 2);
  shape.lineTo(x + r, y + h);
  if (r) shape.absarc(x + r, y + h - r, r, Math.PI / 2, Math.PI);
  shape.lineTo(x, y + r);
  if (r) shape.absarc(x + r, y + r, r, Math.PI, 1.5 * Math.PI);
  return shape;
}

// A flat piece of any outline, centred on the origin, its face at z = t.
export function slab({ w, h, t = 0.05, r = 0, shape = outline(w, h, r), front = "#ffffff", back = front, edge = "#f4efe4", roughness }) {
  const geometry = new THREE.ExtrudeGeometry(shape, { depth: t, bevelEnabled: false, curveSegments: 24 });
  const [caps, sides] = geometry.groups, half = caps.count / 2;
  geometry.clearGroups();
  geometry.addGroup(0, half, 0);
  geometry.addGroup(half, half, 1);
  geometry.addGroup(sides.start, sides.count, 2);
  const { position, uv } = geometry.attributes;
  for (let n = 0; n < position.count; n++) {
    const u = (position.getX(n) + w / 2) / w, v = (position.getY(n) + h / 2) / h;
    if (n < half) uv.setXY(n, 1 - u, v);
    else if (n < caps.count) uv.setXY(n, u, v);
    else uv.setXY(n, u + v, position.getZ(n) / t);
  }
  return new THREE.Mesh(geometry, [back, front, edge].map((look) => stuff(look, { roughness })));
}

export function card({ w = 8.5, h = 5.5, t = 0.06, r = 0, ...looks }) {
  const mesh = slab({ w, h, t, r, ...looks });
  mesh.position.y = h / 2;
  return group(mesh);
}

export function stack({ w = 8.5, h = 5.5, t = 1.6, r = 0, color = "#f4efe4", front, count = 30 }) {
  return card({ w, h, t, r, front, back: color, edge: sheets(color, count) });
}

// A single sheet with a slight roll; `curl` is how far the edges rise, in cm.
export function sheet({ w, h, curl = 0.5, axis = "x", front = "#ffffff", back = "#fbf8f1" }) {
  const geometry = new THREE.PlaneGeometry(w, h, 32, 32), position = geometry.attributes.position;
  for (let n = 0; n < position.count; n++) {
    const along = axis === "x" ? position.getX(n) / (w / 2) : axis === "y" ? position.getY(n) / (h / 2) : (position.getX(n) / w + position.getY(n) / h);
    position.setZ(n, 0.05 + curl * along * along);
  }
  geometry.computeVertexNormals();
  const faces = [[front, THREE.FrontSide], [back, THREE.BackSide]].map(([look, side]) => {
    const mesh = new THREE.Mesh(geometry, stuff(look, { side }));
    mesh.material.shadowSide = THREE.DoubleSide;
    mesh.position.y = h / 2;
    return mesh;
  });
  return group(faces);
}

// A folded card, standing like an open book; the spine is at the left.
export function foldedCard({ w, h, front, inside = "#fffaf2", insideLeft = inside, open = 40, t = 0.05 }) {
  const cover = slab({ w, h, t, front, back: insideLeft });
  cover.position.set(w / 2, h / 2, 0);
  const rear = slab({ w, h, t, front: inside, back: "#fffaf2" });
  rear.position.set(w / 2, h / 2, -t);
  const hinge = group(cover);
  hinge.rotation.y = -open * RADIANS;
  const whole = group(hinge, rear);
  whole.position.x = -w / 2;
  return group(whole);
}

export function envelope({ w = 16.2, h = 11.4, color = "#c8643b", side = "back", open = false, liner = shade(color, 0.14), front = color, t = 0.12 }) {
  const body = slab({ w, h, t, r: 0.15, front: side === "front" ? front : color, edge: shade(color, -0.05) });
  body.position.y = h / 2;
  const whole = group(body);
  if (side === "front") return whole;
  const fold = (points, z, look) => {
    const shape = new THREE.Shape(points.map(([x, y]) => new THREE.Vector2(x, y)));
    const flap = slab({ w, h, t: 0.04, shape, front: look, edge: shade(color, -0.09) });
    flap.position.set(0, h / 2, z);
    whole.add(flap);
  };
  const x = w / 2, y = h / 2;
  fold([[-x, y], [-x, -y], [-w * 0.02, -h * 0.02]], t, shade(color, -0.012));
  fold([[x, -y], [x, y], [w * 0.02, -h * 0.02]], t, shade(color, -0.012));
  fold([[-x, -y], [x, -y], [0.8, h * 0.06], [0, h * 0.09], [-0.8, h * 0.06]], t + 0.05, shade(color, 0.006));
  if (open) fold([[-x, y], [x, y], [1, y + h * 0.56], [0, y + h * 0.6], [-1, y + h * 0.56]].reverse(), 0.02, liner);
  else fold([[x, y], [-x, y], [-1, -h * 0.05], [0, -h * 0.1], [1, -h * 0.05]], t + 0.1, shade(color, 0.02));
  return whole;
}

export function seal(color = "#8c3f22") {
  const rim = new THREE.Mesh(new THREE.TorusGeometry(1.05, 0.22, 12, 40), stuff(color, { roughness: 0.45 }));
  rim.scale.set(1, 0.96, 0.8);
  const middle = new THREE.Mesh(new THREE.CylinderGeometry(1.05, 1.2, 0.22, 40), stuff(shade(color, -0.02), { roughness: 0.5 }));
  middle.rotation.x = Math.PI / 2;
  return group(rim, middle);
}

// A closed hardback. `band` is the colour of the elastic.
export function book({ w = 14.8, h = 21, t = 1.7, front, cover = "#b9583a", pages = "#f3ead8", band, marker, r = 0.45 }) {
  const board = { w, h, t: 0.22, r, edge: cover, roughness: 0.75 };
  const rear = slab({ ...board, front: cover });
  const block = slab({ w: w - 0.5, h: h - 0.7, t: t - 0.44, front: pages, edge: sheets(pages, 60) });
  block.position.set(-0.1, 0, 0.22);
  const face = slab({ ...board, front });
  face.position.z = t - 0.22;
  const spine = new THREE.Mesh(new THREE.CylinderGeometry(t / 2, t / 2, h - r * 0.6, 24, 1, false, Math.PI, Math.PI), stuff(cover, { roughness: 0.75 }));
  spine.position.set(-w / 2 + 0.25, 0, t / 2);
  spine.scale.x = 0.55;
  const parts = [rear, block, face, spine];
  if (band) {
    const strap = slab({ w: 0.6, h: h + 0.06, t: t + 0.08, front: band, edge: band, roughness: 1 });
    strap.position.set(w / 2 - 1.9, 0, -0.04);
    parts.push(strap);
  }
  if (marker) {
    const ribbon = slab({ w: 0.5, h: 3, t: 0.03, front: marker, edge: marker });
    ribbon.position.set(-w / 2 + 4, -h / 2 - 0.9, t / 2);
    ribbon.rotation.z = 0.12;
    parts.push(ribbon);
  }
  const whole = group(parts);
  whole.position.y = h / 2;
  return group(whole);
}

// An open book lying on the table, spine on the z axis.
export function openBook({ w = 14.8, h = 21, thick = 1.1, left = "#f8f0df", right = left, cover = "#b9583a" }) {
  const arch = (x) => thick * (0.55 + 0.6 * Math.exp(-(((x / w) - 0.2) ** 2) / 0.05) * Math.min(1, x / 1.2) - 0.45 * Math.exp(-x / 0.9));
  const half = (sign, look) => {
    const page = new THREE.PlaneGeometry(w, h, 48, 1), position = page.attributes.position;
    for (let n = 0; n < position.count; n++) {
      const x = position.getX(n) + w / 2;
      position.setXYZ(n, sign > 0 ? x : x - w, arch(sign > 0 ? x : w - x), -position.getY(n));
    }
    page.computeVertexNormals();
    const top = new THREE.Mesh(page, stuff(look, { side: THREE.DoubleSide }));
    const profile = new THREE.Shape();
    profile.moveTo(0, 0);
    for (let x = 0; x <= w; x += w / 40) profile.lineTo(x, arch(x) - 0.02);
    profile.lineTo(w, 0);
    const block = new THREE.Mesh(new THREE.ExtrudeGeometry(profile, { depth: h - 0.02, bevelEnabled: false }), stuff("#ece0c8"));
    block.position.z = -h / 2 + 0.01;
    const side = group(block);
    side.scale.x = sign;
    return group(top, side);
  };
  const boards = slab({ w: 2 * w + 0.9, h: h + 0.7, t: 0.25, r: 0.3, front: cover, edge: cover });
  const inside = group(half(-1, left), half(1, right));
  inside.position.y = 0.25;
  return group(lie(boards), inside);
}

export function frame({ w = 29.7, h = 42, picture, bar = 1.8, deep = 2.4, color = "#c9a06c", mount = 0 }) {
  const across = wood(color), upright = wood(color, { along: "y" });
  const W = w + 2 * mount + 2 * bar, H = h + 2 * mount + 2 * bar;
  const piece = (wide, tall, x, y, look) => {
    const mesh = new THREE.Mesh(new THREE.BoxGeometry(wide, tall, deep), stuff(look, { roughness: 0.65 }));
    mesh.position.set(x, y, deep / 2);
    return mesh;
  };
  const bars = [
    piece(W, bar, 0, bar / 2, across), piece(W, bar, 0, H - bar / 2, across),
    piece(bar, H - 2 * bar, -W / 2 + bar / 2, H / 2, upright), piece(bar, H - 2 * bar, W / 2 - bar / 2, H / 2, upright),
  ];
  const mat = slab({ w: W - bar, h: H - bar, t: 0.2, front: "#fbf9f4" });
  mat.position.set(0, H / 2, 0.6);
  const print = slab({ w, h, t: 0.04, front: picture, edge: "#ffffff" });
  print.position.set(0, H / 2, 0.8);
  return group(bars, mat, print);
}

export function box({ w = 12, h = 12, d = 12, color = "#c8643b", lid = color, rim = 3, open = false }) {
  const bodyHeight = h - 0.1;
  const body = new THREE.Mesh(new THREE.BoxGeometry(w - 0.3, bodyHeight, d - 0.3), stuff(color));
  body.position.y = bodyHeight / 2;
  if (open) return group(tray({ w, h: bodyHeight, d, color }));
  const top = new THREE.Mesh(new THREE.BoxGeometry(w, rim, d), stuff(lid));
  top.position.y = h - rim / 2;
  return group(body, top);
}

export function tray({ w, h, d, color, inside = shade(color, 0.05), t = 0.25 }) {
  const panel = (W, H, D, x, y, z, look = color) => {
    const mesh = new THREE.Mesh(new THREE.BoxGeometry(W, H, D), stuff(look));
    mesh.position.set(x, y, z);
    return mesh;
  };
  return group(panel(w, t, d, 0, t / 2, 0, inside), panel(w, h, t, 0, h / 2, -d / 2 + t / 2), panel(w, h, t, 0, h / 2, d / 2 - t / 2),
    panel(t, h, d, -w / 2 + t / 2, h / 2, 0), panel(t, h, d, w / 2 - t / 2, h / 2, 0));
}

// A flat strip that follows `points`; `across` is the direction of its width.
export function strip(points, width, look, across = [0, 0, 1], { closed = false, steps = 90 } = {}) {
  const curve = new THREE.CatmullRomCurve3(points.map((point) => new THREE.Vector3(...point)), closed);
  const geometry = new THREE.PlaneGeometry(1, 1, steps, 1), half = new THREE.Vector3(...across).normalize().multiplyScalar(width / 2);
  for (let n = 0; n <= steps; n++) {
    const middle = curve.getPointAt(n / steps);
    geometry.attributes.position.setXYZ(n, ...middle.clone().add(half).toArray());
    geometry.attributes.position.setXYZ(steps + 1 + n, ...middle.clone().sub(half).toArray());
  }
  geometry.computeVertexNormals();
  const mesh = new THREE.Mesh(geometry, stuff(look, { side: THREE.DoubleSide, roughness: 0.8 }));
  mesh.material.shadowSide = THREE.DoubleSide;
  return mesh;
}

// A bow; its knot is at the origin, it lies in the x-y plane and bulges towards +z.
export function bow(color = "#c8643b", width = 1.9, size = 4.4) {
  const loop = (sign) => strip([[0, 0, 0.35], [sign * size * 0.45, size * 0.24, 1.5], [sign * size, size * 0.3, 1.35], [sign * size * 1.08, size * 0.06, 0.8], [sign * size * 0.6, -size * 0.02, 0.3], [0, 0, 0.2]], width, color, [0, 0.9, 0.55]);
  const tail = (sign) => strip([[0, 0, 0.3], [sign * size * 0.35, -size * 0.35, 0.9], [sign * size * 0.62, -size * 0.8, 0.25], [sign * size * 0.8, -size * 1.15, 0.3]], width * 0.9, shade(color, -0.03), [0.85, sign * 0.45, 0.1]);
  const knot = new THREE.Mesh(new THREE.SphereGeometry(0.62, 24, 16), stuff(shade(color, -0.02)));
  knot.scale.set(0.9, 1.15, 0.75);
  knot.position.z = 0.5;
  return group(loop(1), loop(-1), tail(1), tail(-1), knot);
}

export function string(points, color = "#d8c39a", radius = 0.07) {
  const curve = new THREE.CatmullRomCurve3(points.map((point) => new THREE.Vector3(...point)));
  return new THREE.Mesh(new THREE.TubeGeometry(curve, 160, radius, 6), stuff(color, { roughness: 1 }));
}

// A wrapped present: box, ribbon both ways, bow on top.
export function present({ w = 16, h = 7, d = 12, paper = "#1f4d3f", ribbon = "#c8643b", withBow = true }) {
  const body = new THREE.Mesh(new THREE.BoxGeometry(w, h, d), stuff(paper, { roughness: 0.8 }));
  body.position.y = h / 2;
  const band = (W, D) => {
    const mesh = new THREE.Mesh(new THREE.BoxGeometry(W, h + 0.08, D), stuff(ribbon));
    mesh.position.y = h / 2;
    return mesh;
  };
  const parts = [body, band(w + 0.08, 1.9), band(1.9, d + 0.08)];
  if (withBow) parts.push(put(lie(bow(ribbon)), { y: h + 0.05, turn: 20 }));
  return group(parts);
}

export function linenBook(color, title, { w = 21, h = 21, t = 2.2, marker = "#c8643b" } = {}) {
  const cloth = linen(color);
  const face = label(w * 10, h * 10, color, title ?? [], 5);
  const ink = face.getContext("2d");
  ink.setTransform(1, 0, 0, 1, 0, 0);
  ink.globalCompositeOperation = "multiply";
  ink.globalAlpha = 0.55;
  ink.drawImage(cloth, 0, 0, face.width, face.height);
  return book({ w, h, t, front: face, cover: color, pages: "#f5ecd9", marker, r: 0.2 });
}
