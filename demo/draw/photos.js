// The "photographs" that fill the placeholders: painted landscapes and people, seen from afar.
import { random } from "./paint.js";

export const photos = {
  lake(ink, w, h) {
    sky(ink, w, h, ["#f3c9a4", "#f1dcc4", "#c9d5d6"].reverse());
    sun(ink, w * 0.62, h * 0.36, w * 0.05, "#fff0d6");
    ridge(ink, w, h, 0.42, 0.13, "#a8b6bd", 2);
    ridge(ink, w, h, 0.47, 0.1, "#7f949c", 5);
    ridge(ink, w, h, 0.53, 0.06, "#566f74", 9);
    mist(ink, w, h, 0.54, "#f3e3d0");
    const water = ink.createLinearGradient(0, h * 0.57, 0, h);
    water.addColorStop(0, "#d9cfc0"); water.addColorStop(0.4, "#93a5a8"); water.addColorStop(1, "#3c565b");
    ink.fillStyle = water; ink.fillRect(0, h * 0.57, w, h);
    ripples(ink, w, h, 0.58, "rgba(255,240,220,.22)");
    firs(ink, w, h, 0.99, 9, "#20383a", 4);
    grain(ink, w, h);
  },
  coast(ink, w, h) {
    sky(ink, w, h, ["#8fb9cf", "#d5e4e6", "#f2ead9"]);
    clouds(ink, w, h, 3);
    const sea = ink.createLinearGradient(0, h * 0.45, 0, h);
    sea.addColorStop(0, "#7fb0bd"); sea.addColorStop(0.5, "#3f8797"); sea.addColorStop(1, "#8fc0bd");
    ink.fillStyle = sea; ink.fillRect(0, h * 0.45, w, h);
    ripples(ink, w, h, 0.46, "rgba(255,255,255,.2)");
    headland(ink, [[0, .3], [.1, .27], [.2, .33], [.27, .36], [.34, .45], [.4, .49], [0, .52]], "#6f7f5d", "#57503f", w, h);
    headland(ink, [[1, .25], [.92, .24], [.83, .31], [.78, .39], [.7, .44], [.66, .5], [1, .56]], "#7d8c63", "#5d5645", w, h);
    ink.fillStyle = "#ead7b4"; ink.beginPath(); ink.moveTo(0, h * 0.82); ink.bezierCurveTo(w * 0.3, h * 0.7, w * 0.6, h * 0.95, w, h * 0.8); ink.lineTo(w, h); ink.lineTo(0, h); ink.fill();
    ink.strokeStyle = "rgba(255,255,255,.85)"; ink.lineWidth = h * 0.014; ink.beginPath(); ink.moveTo(0, h * 0.815); ink.bezierCurveTo(w * 0.3, h * 0.695, w * 0.6, h * 0.945, w, h * 0.795); ink.stroke();
    person(ink, w * 0.38, h * 0.9, h * 0.1, "#c8643b"); person(ink, w * 0.41, h * 0.905, h * 0.075, "#24375c");
    grain(ink, w, h);
  },
  snow(ink, w, h) {
    sky(ink, w, h, ["#9db4cc", "#dfe3ea", "#f7e6da"]);
    ridge(ink, w, h, 0.42, 0.16, "#b9c6d6", 3);
    ridge(ink, w, h, 0.52, 0.1, "#d6dfe9", 7);
    ink.fillStyle = "#f3f5f8"; ink.beginPath(); ink.moveTo(0, h * 0.66); ink.bezierCurveTo(w * 0.35, h * 0.5, w * 0.6, h * 0.78, w, h * 0.6); ink.lineTo(w, h); ink.lineTo(0, h); ink.fill();
    const slope = ink.createLinearGradient(0, h * 0.6, w, h); slope.addColorStop(0, "rgba(150,175,205,0)"); slope.addColorStop(1, "rgba(130,155,190,.55)");
    ink.fillStyle = slope; ink.fillRect(0, h * 0.66, w, h);
    firs(ink, w, h, 0.72, 15, "#33504f", 6, 0.5);
    cabin(ink, w * 0.62, h * 0.74, h * 0.11);
    grain(ink, w, h);
  },
  family(ink, w, h) {
    sky(ink, w, h, ["#d98f6a", "#f0bd8d", "#f9e2bb"]);
    sun(ink, w * 0.3, h * 0.5, w * 0.075, "#fff3d0");
    ridge(ink, w, h, 0.6, 0.05, "#b98a76", 4);
    ink.fillStyle = "#8a6a4c"; ink.fillRect(0, h * 0.66, w, h);
    grass(ink, w, h, 0.66, "#6d5a38", "#c79b5b");
    const people = [[.46, .3, "#24375c"], [.55, .33, "#7b2f2a"], [.63, .2, "#dba642"], [.7, .25, "#1f4d3f"], [.385, .17, "#c8643b"]];
    people.forEach(([x, size, color]) => person(ink, w * x, h * 0.84, h * size, color));
    grass(ink, w, h, 0.82, "#54452b", "#a67f49");
    grain(ink, w, h);
  },
  couple(ink, w, h) {
    sky(ink, w, h, ["#b9788a", "#eaa98c", "#fadcb0"]);
    sun(ink, w * 0.52, h * 0.5, Math.min(w, h) * 0.13, "#fff0c9");
    ridge(ink, w, h, 0.6, 0.05, "#a9707c", 6);
    ridge(ink, w, h, 0.66, 0.04, "#7c4f61", 8);
    ink.fillStyle = "#4b3145"; ink.fillRect(0, h * 0.72, w, h);
    grass(ink, w, h, 0.73, "#3d2739", "#8a5a5c");
    const tall = Math.min(h * 0.42, w * 0.62);
    person(ink, w * 0.44, h * 0.86, tall, "#2b2236", "#3a2a2e"); person(ink, w * 0.57, h * 0.86, tall * 0.94, "#f3e2d4", "#4b2f2c", true);
    grass(ink, w, h, 0.86, "#2f1e2c", "#70485a");
    grain(ink, w, h);
  },
  baby(ink, w, h) {
    const light = ink.createRadialGradient(w * 0.35, h * 0.25, 0, w * 0.5, h * 0.5, h * 0.9);
    light.addColorStop(0, "#fbf3e6"); light.addColorStop(1, "#cdb69b");
    ink.fillStyle = light; ink.fillRect(0, 0, w, h);
    const u = Math.min(w, h * 0.83), x = w * 0.5, y = h * 0.42;
    soft(ink, x, h * 1.02, u * 0.46, u * 0.5, 0, "#bccdbd", "#86a08f");
    soft(ink, x, y - u * 0.035, u * 0.315, u * 0.31, 0, "#faf5ea", "#d9c7aa");
    soft(ink, x, y + u * 0.02, u * 0.255, u * 0.25, 0, "#f8d9c3", "#e6b394");
    ink.save(); ink.beginPath(); ink.rect(0, 0, w, y - u * 0.1); ink.clip(); soft(ink, x, y - u * 0.035, u * 0.315, u * 0.31, 0, "#faf5ea", "#d9c7aa"); ink.restore();
    soft(ink, x, y - u * 0.105, u * 0.285, u * 0.05, 0, "#fdf9f0", "#dfcfb3");
    ink.fillStyle = "rgba(220,125,100,.3)"; for (const side of [-1, 1]) dot(ink, x + side * u * 0.14, y + u * 0.09, u * 0.048);
    ink.strokeStyle = "#7a4f3d"; ink.lineCap = "round"; ink.lineWidth = u * 0.011;
    for (const side of [-1, 1]) { ink.beginPath(); ink.arc(x + side * u * 0.095, y + u * 0.015, u * 0.04, 0.12 * Math.PI, 0.88 * Math.PI); ink.stroke(); }
    ink.lineWidth = u * 0.009; ink.beginPath(); ink.arc(x, y + u * 0.125, u * 0.035, 0.15 * Math.PI, 0.85 * Math.PI); ink.stroke();
    soft(ink, x - u * 0.03, y + u * 0.33, u * 0.33, u * 0.075, -0.12, "#cddacd", "#97ae9d"); soft(ink, x + u * 0.04, y + u * 0.4, u * 0.37, u * 0.08, 0.1, "#c4d4c5", "#8ba493");
    grain(ink, w, h);
  },
  meadow(ink, w, h) {
    sky(ink, w, h, ["#a9c7d6", "#e2e7dc", "#f5ead2"]);
    clouds(ink, w, h, 6);
    ridge(ink, w, h, 0.5, 0.06, "#8ba392", 4);
    ridge(ink, w, h, 0.58, 0.05, "#6d8c6c", 7);
    ink.fillStyle = "#7f9a57"; ink.fillRect(0, h * 0.64, w, h);
    grass(ink, w, h, 0.66, "#5f7d42", "#b3bf74");
    const chance = random(21);
    for (let flower = 0; flower < 130; flower++) { ink.fillStyle = ["#e6b64c", "#fff7ea", "#d7694a"][flower % 3]; const y = h * (0.7 + chance() * 0.3); dot(ink, chance() * w, y, (y / h - 0.6) * h * 0.02); }
    grain(ink, w, h);
  },
  harbour(ink, w, h) {
    sky(ink, w, h, ["#b8cfd8", "#e8e5da", "#f6e3cb"]);
    const colors = ["#c8643b", "#f0e2c8", "#dba642", "#8fa6a8", "#b5523b", "#efe7da", "#5f7f86"];
    const chance = random(14);
    for (let x = -0.02, n = 0; x < 1; n++) {
      const wide = 0.09 + chance() * 0.05, top = 0.24 + chance() * 0.12;
      ink.fillStyle = colors[n % colors.length]; ink.fillRect(w * x, h * top, w * wide + 1, h * (0.62 - top));
      ink.fillStyle = "#6b4a3d"; ink.beginPath(); ink.moveTo(w * x, h * top); ink.lineTo(w * (x + wide / 2), h * (top - 0.09)); ink.lineTo(w * (x + wide), h * top); ink.fill();
      ink.fillStyle = "rgba(45,55,60,.75)";
      for (let row = 0; row < 3; row++) for (let column = 0; column < 2; column++) ink.fillRect(w * (x + wide * (0.2 + column * 0.38)), h * (top + 0.05 + row * 0.09), w * wide * 0.2, h * 0.045);
      x += wide;
    }
    const water = ink.createLinearGradient(0, h * 0.62, 0, h); water.addColorStop(0, "#8aa7aa"); water.addColorStop(1, "#3f6570");
    ink.fillStyle = water; ink.fillRect(0, h * 0.62, w, h);
    ripples(ink, w, h, 0.63, "rgba(255,230,200,.25)");
    for (const [x, color] of [[.25, "#24375c"], [.6, "#b5523b"], [.84, "#f3ead8"]]) boat(ink, w * x, h * 0.76, h * 0.11, color);
    grain(ink, w, h);
  },
};

function sky(ink, w, h, colors) {
  const air = ink.createLinearGradient(0, 0, 0, h * 0.66);
  colors.forEach((color, n) => air.addColorStop(n / (colors.length - 1), color));
  ink.fillStyle = air; ink.fillRect(0, 0, w, h);
}

function sun(ink, x, y, r, color) {
  const glow = ink.createRadialGradient(x, y, r * 0.3, x, y, r * 5);
  glow.addColorStop(0, color); glow.addColorStop(0.15, "rgba(255,240,210,.55)"); glow.addColorStop(1, "rgba(255,240,210,0)");
  ink.fillStyle = glow; ink.fillRect(x - r * 5, y - r * 5, r * 10, r * 10);
  ink.fillStyle = color; dot(ink, x, y, r);
}

function ridge(ink, w, h, base, rough, color, seed) {
  const chance = random(seed), waves = Array.from({ length: 6 }, (_, n) => [chance() * 6.3, (n + 1) * (1.2 + chance()), rough / (n + 1.3)]);
  const edge = (x) => base - waves.reduce((sum, [phase, rate, tall]) => sum + Math.sin(x * rate * 3 + phase) * tall * 0.5, rough * 0.4);
  const haze = ink.createLinearGradient(0, h * (base - rough * 2), 0, h * (base + rough * 2));
  haze.addColorStop(0, color); haze.addColorStop(1, "rgba(255,245,230,.55)");
  for (const fill of [color, haze]) {
    ink.fillStyle = fill; ink.globalAlpha = fill === haze ? 0.35 : 1;
    ink.beginPath(); ink.moveTo(0, h);
    for (let x = 0; x <= 1.001; x += 0.01) ink.lineTo(x * w, edge(x) * h);
    ink.lineTo(w, h); ink.fill();
  }
  ink.globalAlpha = 1;
}

function mist(ink, w, h, at, color) {
  const band = ink.createLinearGradient(0, h * (at - 0.1), 0, h * (at + 0.05));
  band.addColorStop(0, "rgba(255,255,255,0)"); band.addColorStop(1, color);
  ink.globalAlpha = 0.8; ink.fillStyle = band; ink.fillRect(0, h * (at - 0.1), w, h * 0.15); ink.globalAlpha = 1;
}

function clouds(ink, w, h, seed) {
  const chance = random(seed);
  ink.filter = `blur(${w * 0.012}px)`;
  for (let puff = 0; puff < 26; puff++) { ink.fillStyle = `rgba(255,255,255,${0.18 + chance() * 0.25})`; ink.beginPath(); ink.ellipse(chance() * w, h * (0.06 + chance() * 0.22), w * (0.04 + chance() * 0.1), h * (0.012 + chance() * 0.03), 0, 0, 7); ink.fill(); }
  ink.filter = "none";
}

function ripples(ink, w, h, from, color) {
  const chance = random(17); ink.strokeStyle = color;
  for (let n = 0; n < 190; n++) { const depth = chance() ** 1.6, y = h * (from + (1 - from) * depth), x = chance() * w; ink.lineWidth = 0.6 + depth * 3; ink.beginPath(); ink.moveTo(x, y); ink.lineTo(x + w * (0.01 + depth * 0.1), y); ink.stroke(); }
}

function firs(ink, w, h, base, count, color, seed, scale = 1) {
  const chance = random(seed);
  for (let n = 0; n < count; n++) {
    const side = n % 2 ? chance() * 0.3 : 0.78 + chance() * 0.25, x = w * (scale < 1 ? chance() : side), tall = h * (0.14 + chance() * 0.16) * scale, y = h * (base + chance() * 0.03);
    ink.fillStyle = color;
    for (let tier = 0; tier < 6; tier++) { const top = y - tall + tall * tier * 0.15, wide = tall * (0.05 + tier * 0.035); ink.beginPath(); ink.moveTo(x, top - tall * 0.08); ink.lineTo(x + wide, top + tall * 0.2); ink.lineTo(x - wide, top + tall * 0.2); ink.fill(); }
  }
}

function grass(ink, w, h, from, dark, light) {
  const chance = random(Math.round(from * 100));
  for (let blade = 0; blade < 1400; blade++) { const y = h * (from + (1.05 - from) * chance()), x = chance() * w, tall = h * 0.02 + (y / h - from) * h * 0.12; ink.strokeStyle = chance() > 0.62 ? light : dark; ink.globalAlpha = 0.6; ink.lineWidth = 1 + (y / h - from) * 4; ink.beginPath(); ink.moveTo(x, y); ink.quadraticCurveTo(x, y - tall * 0.6, x + (chance() - 0.4) * tall * 0.7, y - tall); ink.stroke(); }
  ink.globalAlpha = 1;
}

function headland(ink, points, top, rock, w, h) {
  ink.beginPath(); points.forEach(([x, y]) => ink.lineTo(x * w, y * h)); ink.closePath();
  const fall = ink.createLinearGradient(0, h * 0.25, 0, h * 0.55); fall.addColorStop(0, top); fall.addColorStop(0.45, top); fall.addColorStop(0.75, rock); fall.addColorStop(1, rock);
  ink.fillStyle = fall; ink.fill();
}

function person(ink, x, y, tall, color, hair = "#3b2a24", skirt = false) {
  ink.fillStyle = "rgba(40,25,20,.25)"; ink.beginPath(); ink.ellipse(x + tall * 0.12, y, tall * 0.22, tall * 0.03, 0, 0, 7); ink.fill();
  ink.fillStyle = "#3a3540"; if (!skirt) { ink.fillRect(x - tall * 0.085, y - tall * 0.42, tall * 0.075, tall * 0.42); ink.fillRect(x + tall * 0.01, y - tall * 0.42, tall * 0.075, tall * 0.42); }
  ink.fillStyle = color; ink.beginPath();
  const hem = skirt ? tall * 0.06 : tall * 0.4, wide = skirt ? tall * 0.17 : tall * 0.1;
  ink.moveTo(x - tall * 0.07, y - tall * 0.8); ink.quadraticCurveTo(x - tall * 0.16, y - tall * 0.72, x - wide, y - hem); ink.lineTo(x + wide, y - hem); ink.quadraticCurveTo(x + tall * 0.16, y - tall * 0.72, x + tall * 0.07, y - tall * 0.8); ink.fill();
  ink.strokeStyle = color; ink.lineCap = "round"; ink.lineWidth = tall * 0.055; ink.beginPath(); ink.moveTo(x - tall * 0.09, y - tall * 0.75); ink.lineTo(x - tall * 0.17, y - tall * 0.45); ink.moveTo(x + tall * 0.09, y - tall * 0.75); ink.lineTo(x + tall * 0.17, y - tall * 0.45); ink.stroke();
  ink.fillStyle = "#d9a583"; dot(ink, x, y - tall * 0.89, tall * 0.075);
  ink.fillStyle = hair; ink.beginPath(); ink.arc(x, y - tall * 0.905, tall * 0.082, Math.PI * 0.95, Math.PI * 2.05); ink.fill();
}

function cabin(ink, x, y, size) {
  ink.fillStyle = "#7c4a33"; ink.fillRect(x - size * 0.7, y - size * 0.7, size * 1.4, size * 0.7);
  ink.fillStyle = "#fbfcff"; ink.beginPath(); ink.moveTo(x - size, y - size * 0.62); ink.lineTo(x, y - size * 1.4); ink.lineTo(x + size, y - size * 0.62); ink.fill();
  ink.fillStyle = "#ffd98a"; ink.fillRect(x - size * 0.4, y - size * 0.5, size * 0.26, size * 0.26); ink.fillRect(x + size * 0.14, y - size * 0.5, size * 0.26, size * 0.26);
}

function boat(ink, x, y, size, color) {
  ink.strokeStyle = "#4a3a30"; ink.lineWidth = size * 0.05; ink.beginPath(); ink.moveTo(x, y); ink.lineTo(x, y - size * 1.6); ink.stroke();
  ink.fillStyle = "#f7efdf"; ink.beginPath(); ink.moveTo(x + size * 0.06, y - size * 1.5); ink.lineTo(x + size * 0.75, y - size * 0.25); ink.lineTo(x + size * 0.06, y - size * 0.25); ink.fill();
  ink.fillStyle = color; ink.beginPath(); ink.moveTo(x - size, y - size * 0.15); ink.lineTo(x + size * 1.05, y - size * 0.15); ink.quadraticCurveTo(x + size * 0.8, y + size * 0.25, x + size * 0.5, y + size * 0.25); ink.lineTo(x - size * 0.6, y + size * 0.25); ink.fill();
}

function soft(ink, x, y, rx, ry, turn, light, dark) {
  ink.save(); ink.translate(x, y); ink.rotate(turn); ink.scale(rx, ry);
  const round = ink.createRadialGradient(-0.35, -0.4, 0.1, 0, 0, 1.05); round.addColorStop(0, light); round.addColorStop(1, dark);
  ink.fillStyle = round; dot(ink, 0, 0, 1); ink.restore();
}

function dot(ink, x, y, r) { ink.beginPath(); ink.arc(x, y, r, 0, 2 * Math.PI); ink.fill(); }

function grain(ink, w, h) {
  const chance = random(2);
  for (let speck = 0; speck < w * h / 90; speck++) { ink.fillStyle = chance() > 0.5 ? "rgba(255,255,255,.05)" : "rgba(0,0,0,.05)"; ink.fillRect(chance() * w, chance() * h, 2, 2); }
}
