// The studio: lights, backdrop, camera. One unit is one centimetre.
//
// A picture is the mean of many quick exposures. In each the window light, one ray of the sky and the
// camera move a little, which gives soft shadows, shade in corners, smooth edges and depth of field.
import * as THREE from "three";
import { texture, plaster } from "./paint.js";

const renderer = new THREE.WebGLRenderer({ preserveDrawingBuffer: true });
renderer.shadowMap.enabled = true;
renderer.shadowMap.type = THREE.BasicShadowMap;

export function photograph(set, { width, height, samples }) {
  renderer.setSize(width, height);
  const scene = new THREE.Scene();
  scene.background = new THREE.Color(set.backdrop?.color ?? "#efe7da");
  scene.add(...(set.backdrop?.parts ?? [floor(set.backdrop)]), ...set.subjects, ...(set.props ?? []));
  scene.traverse((mesh) => { if (mesh.isMesh && !mesh.userData.noShadow) mesh.castShadow = mesh.receiveShadow = true; });
  scene.updateMatrixWorld(true);
  const camera = aim(set.look ?? {}, set.subjects, width / height);
  const lights = addLights(scene, set.sun ?? {}, camera.userData.reach);
  const shade = set.window && shades(set.window, lights);
  if (shade) scene.add(shade);
  const image = expose(scene, camera, { ...lights, shade }, { width, height, samples, lens: set.look?.lens ?? 0.0035 });
  develop(image, set.look ?? {});
  const data = renderer.domElement.toDataURL("image/png");
  scene.traverse((part) => { part.geometry?.dispose(); });
  image.dispose();
  return data;
}

export function floor({ color = "#efe7da", canvas, tile = 60 } = {}) {
  const map = texture(canvas ?? plaster(color));
  map.wrapS = map.wrapT = THREE.RepeatWrapping;
  map.repeat.set(400 / tile, 400 / tile);
  const mesh = new THREE.Mesh(new THREE.PlaneGeometry(400, 400), new THREE.MeshLambertMaterial({ map }));
  mesh.rotation.x = -Math.PI / 2;
  return mesh;
}

// Floor and wall in one sweep, for things that stand.
export function sweep({ color = "#efe7da", behind = 18, radius = 18 } = {}) {
  const profile = [[150, 0]];
  for (let step = 0; step <= 24; step++) {
    const angle = (step / 24) * Math.PI / 2;
    profile.push([-behind - radius * Math.sin(angle), radius - radius * Math.cos(angle)]);
  }
  profile.push([-behind - radius, 200]);
  const geometry = new THREE.PlaneGeometry(500, 1, 1, profile.length - 1);
  profile.reverse().forEach(([z, y], row) => {
    geometry.attributes.position.setXYZ(row * 2, -250, y, z);
    geometry.attributes.position.setXYZ(row * 2 + 1, 250, y, z);
  });
  geometry.computeVertexNormals();
  return new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ color }));
}

export function wall({ color = "#e6ddcf", z = 0 } = {}) {
  const map = texture(plaster(color));
  map.wrapS = map.wrapT = THREE.RepeatWrapping;
  map.repeat.set(5, 5);
  const mesh = new THREE.Mesh(new THREE.PlaneGeometry(600, 600), new THREE.MeshLambertMaterial({ map }));
  mesh.position.z = z;
  return mesh;
}

// Moves back until the subjects fill `fill` of the frame, and centres them (then shifts by `shift`, in half frames).
function aim({ pitch = 38, yaw = 0, fov = 22, fill = 0.8, shift = [0, 0], focus }, subjects, aspect) {
  const camera = new THREE.PerspectiveCamera(fov, aspect, 1, 1200);
  const points = subjects.flatMap(corners);
  const target = new THREE.Box3().setFromPoints(points).getCenter(new THREE.Vector3());
  const back = new THREE.Vector3(0, 0, 1).applyEuler(new THREE.Euler(-pitch * Math.PI / 180, yaw * Math.PI / 180, 0, "YXZ"));
  let distance = 80;
  for (let round = 0; round < 12; round++) {
    camera.position.copy(target).addScaledVector(back, distance);
    camera.lookAt(target);
    camera.updateMatrixWorld(true);
    const frame = new THREE.Box2();
    for (const point of points) { const seen = point.clone().project(camera); frame.expandByPoint(new THREE.Vector2(seen.x, seen.y)); }
    const half = frame.getSize(new THREE.Vector2()).multiplyScalar(0.5);
    const middle = frame.getCenter(new THREE.Vector2());
    const tall = distance * Math.tan(fov * Math.PI / 360);
    const right = new THREE.Vector3().setFromMatrixColumn(camera.matrixWorld, 0);
    const up = new THREE.Vector3().setFromMatrixColumn(camera.matrixWorld, 1);
    target.addScaledVector(right, (middle.x - shift[0]) * tall * aspect).addScaledVector(up, (middle.y - shift[1]) * tall);
    distance *= Math.max(half.x, half.y) / fill;
  }
  camera.userData = { target, distance, reach: distance * Math.tan(fov * Math.PI / 360) * aspect * 1.35, focus: focus ?? distance };
  return camera;
}

function corners(object) {
  const found = [];
  object.traverse((mesh) => {
    if (!mesh.isMesh || mesh.userData.unframed) return;
    mesh.geometry.computeBoundingBox();
    const { min, max } = mesh.geometry.boundingBox;
    for (const x of [min.x, max.x]) for (const y of [min.y, max.y]) for (const z of [min.z, max.z])
      found.push(new THREE.Vector3(x, y, z).applyMatrix4(mesh.matrixWorld));
  });
  return found;
}

function addLights(scene, { from = [-16, 20, 7], strength = 2.5, size = 0.1, sky = 0.52, color = "#fff1de" }, reach) {
  const lights = { key: new THREE.DirectionalLight(color, strength), sky: new THREE.DirectionalLight("#eef3fa", sky * 2 * Math.PI), from: new THREE.Vector3(...from).normalize(), size, reach };
  for (const light of [lights.key, lights.sky]) {
    light.castShadow = true;
    light.shadow.mapSize.setScalar(light === lights.key ? 2048 : 1024);
    Object.assign(light.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 1, far: reach * 8 });
    light.shadow.bias = -0.0004;
    light.shadow.normalBias = reach / 900;
    scene.add(light, light.target);
  }
  scene.add(new THREE.AmbientLight("#fff4e6", 0.25), new THREE.HemisphereLight("#000000", "#f3dfc4", 0.95));
  return lights;
}

// Shadows of a window's bars or of a branch outside, thrown across the set.
function shades({ kind = "bars", x = 0, z = 0, scale = 1 }, lights) {
  const invisible = new THREE.MeshBasicMaterial({ colorWrite: false, depthWrite: false, side: THREE.DoubleSide });
  const group = new THREE.Group();
  if (kind === "bars") {
    for (const offset of [-1.2, 0.25]) group.add(new THREE.Mesh(new THREE.PlaneGeometry(3, 160), invisible).translateX(offset * 24));
    for (const offset of [-0.9, 0.5]) group.add(new THREE.Mesh(new THREE.PlaneGeometry(160, 3), invisible).translateY(offset * 24));
  } else {
    for (let leaf = 0; leaf < 26; leaf++) {
      const mesh = new THREE.Mesh(new THREE.CircleGeometry(1, 12), invisible);
      mesh.scale.set(4.2, 1.5, 1);
      mesh.rotation.z = 0.5 + (leaf % 2 ? 0.75 : -0.75) + Math.sin(leaf * 2.3) * 0.25;
      mesh.position.set((leaf - 13) * 1.55 + Math.cos(leaf) * 0.8, (leaf - 13) * 0.8 + (leaf % 2 ? 3 : -3), 0);
      group.add(mesh);
    }
  }
  group.scale.setScalar(scale);
  group.position.copy(lights.from).multiplyScalar(lights.reach * 1.15).add(new THREE.Vector3(x, 0, z));
  group.lookAt(x, 0, z);
  group.traverse((mesh) => { if (mesh.isMesh) mesh.castShadow = true; });
  return group;
}

const fraction = (n, step) => (n * step) % 1;

function expose(scene, camera, lights, { width, height, samples, lens }) {
  const { target, distance, reach } = camera.userData;
  const shot = new THREE.WebGLRenderTarget(width, height, { type: THREE.HalfFloatType });
  let [sum, next] = [0, 1].map(() => new THREE.WebGLRenderTarget(width, height, { type: THREE.FloatType, depthBuffer: false }));
  const home = camera.position.clone();
  const side = new THREE.Vector3().setFromMatrixColumn(camera.matrixWorld, 0);
  const up = new THREE.Vector3().setFromMatrixColumn(camera.matrixWorld, 1);
  const across = new THREE.Vector3(-lights.from.z, 0, lights.from.x).normalize();
  const along = new THREE.Vector3().crossVectors(across, lights.from);
  for (let n = 0; n < samples; n++) {
    if (lights.shade) lights.shade.visible = n % 5 < 2; // lets light through: the shadows stay pale
    const spread = Math.sqrt((n + 0.5) / samples) * lights.size;
    const turn = n * 2.399963;
    const key = lights.from.clone().addScaledVector(across, spread * Math.cos(turn)).addScaledVector(along, spread * Math.sin(turn)).normalize();
    place(lights.key, key, target, reach);
    const rise = 0.04 + 0.96 * fraction(n + 0.5, 0.618034), round = 2 * Math.PI * (n + 0.5) / samples * 7;
    const level = Math.sqrt(1 - rise * rise);
    place(lights.sky, new THREE.Vector3(level * Math.cos(round), rise, level * Math.sin(round)), target, reach);
    const blur = Math.sqrt(fraction(n, 0.7548777)) * lens * distance, spin = 2 * Math.PI * fraction(n, 0.5698403);
    camera.position.copy(home).addScaledVector(side, blur * Math.cos(spin)).addScaledVector(up, blur * Math.sin(spin));
    camera.lookAt(target);
    camera.setViewOffset(width, height, fraction(n, 0.7548777) - 0.5, fraction(n, 0.5698403) - 0.5, width, height);
    renderer.setRenderTarget(shot);
    renderer.render(scene, camera);
    pass(next, "gl_FragColor = texture2D(a, at) + texture2D(b, at) * amount;", { a: n ? sum.texture : null, b: shot.texture, amount: 1 / samples, first: !n });
    [sum, next] = [next, sum];
  }
  shot.dispose();
  next.dispose();
  return sum;
}

function place(light, direction, target, reach) {
  light.position.copy(target).addScaledVector(direction, reach * 3.5);
  light.target.position.copy(target);
}

// Highlights roll off softly; a little light is lost towards the corner that is farthest from the window.
function develop(image, { exposure = 1, falloff = 0.16, grain = 0.012 }) {
  pass(null, `
    vec3 c = texture2D(a, at).rgb * amount;
    vec2 d = at - vec2(0.34, 0.62);
    c *= 1.04 - falloff * dot(d, d) * 2.0;
    vec3 knee = vec3(0.72);
    c = mix(c, knee + (1.0 - knee) * (1.0 - exp(-(c - knee) / (1.0 - knee))), step(knee, c));
    c = mix(c * 12.92, 1.055 * pow(max(c, 0.0), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
    float n = fract(sin(dot(floor(at * 2400.0), vec2(12.9898, 78.233))) * 43758.5453) - 0.5;
    gl_FragColor = vec4(c + n * grain, 1.0);`, { a: image.texture, amount: exposure, falloff, grain });
}

const blank = new THREE.DataTexture(new Float32Array(4), 1, 1, THREE.RGBAFormat, THREE.FloatType);
blank.needsUpdate = true;
const quad = new THREE.Mesh(new THREE.PlaneGeometry(2, 2));
const flat = new THREE.OrthographicCamera(-1, 1, 1, -1, 0, 1);

function pass(to, body, { a, b, amount, falloff = 0, grain = 0 }) {
  quad.material = materials[body] ??= new THREE.ShaderMaterial({
    uniforms: { a: {}, b: {}, amount: {}, falloff: {}, grain: {} }, depthTest: false, toneMapped: false,
    vertexShader: "varying vec2 at; void main() { at = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }",
    fragmentShader: `varying vec2 at; uniform sampler2D a, b; uniform float amount, falloff, grain; void main() { ${body} }`,
  });
  Object.entries({ a: a ?? blank, b: b ?? blank, amount, falloff, grain }).forEach(([name, value]) => { quad.material.uniforms[name].value = value; });
  renderer.setRenderTarget(to);
  renderer.render(quad, flat);
}
const materials = {};
