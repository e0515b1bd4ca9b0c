/**
 * What a wrap is printed on. `coverage` is the printed share of the circumference; `above` and `below` are
 * how much the body is taller than the print, `breadth` how much room it takes, in radii. The seam, where a
 * mug has its handle, lies opposite to the middle of the print.
 */

const GLAZE = "#f4efe6";
const GLAZE_SHADE = "#dcd3c3";
const INSIDE = "#cfc5b4";
const STEEL = ["#8d9492", "#e9ecea", "#b9c0bd", "#767d7b"];

export const MUG = {
  restingAngle: 62,
  coverage: 0.8,
  above: 0.07,
  below: 0.1,
  breadth: 3.5,
  drawBehind(context, shape, turned) {
    drawShadow(context, shape, this.below);
    if (Math.cos(turned + Math.PI) < 0) drawHandle(context, shape, turned);
  },
  drawBody(context, shape) {
    fillBody(context, shape, this, GLAZE);
  },
  clipToBody(context, shape, draw) {
    clipped(context, shape, this, draw);
  },
  drawLight(context, shape) {
    shade(context, shape, this);
    drawOpening(context, shape, this);
  },
  drawBefore(context, shape, turned) {
    if (Math.cos(turned + Math.PI) >= 0) drawHandle(context, shape, turned);
  },
};

export const BOTTLE = {
  restingAngle: -14,
  coverage: 0.92,
  above: 0.56,
  below: 0.1,
  breadth: 2.6,
  drawBehind(context, shape) {
    drawShadow(context, shape, this.below);
  },
  drawBody(context, shape) {
    drawShoulder(context, shape);
    fillBody(context, shape, { above: 0.04, below: this.below }, steel(context, shape.x, shape.radius));
  },
  clipToBody(context, shape, draw) {
    clipped(context, shape, this, draw);
  },
  drawLight(context, shape) {
    shade(context, shape, { above: 0.04, below: this.below });
  },
  drawBefore() {},
};

function bodyPath(context, { x, radius, top, bottom, rim, open }, { above, below }) {
  const [upper, lower] = [top - rim * above, bottom + rim * below];
  context.beginPath();
  context.moveTo(x - radius, upper);
  context.ellipse(x, upper, radius, radius * open, 0, Math.PI, 0, true);
  context.lineTo(x + radius, lower);
  context.ellipse(x, lower, radius, radius * open, 0, 0, Math.PI);
  context.closePath();
}

function fillBody(context, shape, ends, fill) {
  bodyPath(context, shape, ends);
  context.fillStyle = fill;
  context.fill();
}

function clipped(context, shape, ends, draw) {
  context.save();
  bodyPath(context, shape, ends);
  context.clip();
  draw();
  context.restore();
}

function shade(context, shape, ends) {
  const { x, radius } = shape;
  const light = context.createLinearGradient(x - radius, 0, x + radius, 0);
  light.addColorStop(0, "rgb(30 26 20 / 42%)");
  light.addColorStop(0.14, "rgb(30 26 20 / 14%)");
  light.addColorStop(0.3, "rgb(255 255 255 / 26%)");
  light.addColorStop(0.46, "rgb(255 255 255 / 0%)");
  light.addColorStop(0.78, "rgb(30 26 20 / 14%)");
  light.addColorStop(1, "rgb(30 26 20 / 48%)");
  fillBody(context, shape, ends, light);
}

function drawOpening(context, { x, radius, top, rim, open }, { above }) {
  const y = top - rim * above;
  const ring = (scale, fill) => {
    context.beginPath();
    context.ellipse(x, y, radius * scale, radius * open * scale, 0, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
  };
  ring(1, GLAZE);
  const inside = context.createLinearGradient(x - radius, 0, x + radius, 0);
  inside.addColorStop(0, "#a99f8e");
  inside.addColorStop(1, INSIDE);
  ring(0.93, inside);
}

function drawHandle(context, { x, radius, top, bottom, open }, turned) {
  const angle = turned + Math.PI;
  const side = Math.sin(angle);
  const drop = Math.cos(angle) * radius * open;
  const height = bottom - top;
  const at = (reach, share) => [x + side * radius * reach, top + drop + height * share];
  const stroke = (width, color) => {
    context.beginPath();
    context.moveTo(...at(0.96, 0.16));
    context.bezierCurveTo(...at(1.72, 0.1), ...at(1.78, 0.86), ...at(0.96, 0.8));
    context.lineWidth = width;
    context.strokeStyle = color;
    context.lineCap = "round";
    context.stroke();
  };
  stroke(radius * 0.24, "#c4baa9");
  stroke(radius * 0.215, GLAZE_SHADE);
  stroke(radius * 0.1, "#ebe4d7");
}

function drawShadow(context, { x, radius, bottom, rim, open }, below) {
  const y = bottom + rim * below + radius * open * 0.5;
  const shadow = context.createRadialGradient(x, 0, radius * 0.5, x, 0, radius * 1.3);
  shadow.addColorStop(0, "rgb(34 48 43 / 38%)");
  shadow.addColorStop(1, "rgb(34 48 43 / 0%)");
  context.save();
  context.translate(0, y);
  context.scale(1, open + 0.12);
  context.beginPath();
  context.arc(x, 0, radius * 1.3, 0, 2 * Math.PI);
  context.fillStyle = shadow;
  context.fill();
  context.restore();
}

function steel(context, x, radius) {
  const gradient = context.createLinearGradient(x - radius, 0, x + radius, 0);
  STEEL.forEach((color, index) => gradient.addColorStop(index / (STEEL.length - 1), color));
  return gradient;
}

/** From the body up to the neck, and the lid on it. */
function drawShoulder(context, { x, radius, top, rim, open }) {
  const neck = radius * 0.56;
  const [low, high, lidTop] = [top - rim * 0.02, top - rim * 0.22, top - rim * 0.5];
  context.beginPath();
  context.moveTo(x - radius, low);
  context.bezierCurveTo(x - radius, high, x - neck, high, x - neck, high - rim * 0.04);
  context.lineTo(x + neck, high - rim * 0.04);
  context.bezierCurveTo(x + neck, high, x + radius, high, x + radius, low);
  context.ellipse(x, low, radius, radius * open, 0, 0, Math.PI);
  context.fillStyle = steel(context, x, radius);
  context.fill();
  drawLid(context, { x, neck, open, from: high, to: lidTop });
}

function drawLid(context, { x, neck, open, from, to }) {
  const width = neck * 1.16;
  context.beginPath();
  context.ellipse(x, to, width, width * open, 0, Math.PI, 0);
  context.lineTo(x + width, from);
  context.ellipse(x, from, width, width * open, 0, 0, Math.PI);
  context.closePath();
  context.fillStyle = steel(context, x, width);
  context.fill();
  context.beginPath();
  context.ellipse(x, to, width, width * open, 0, 0, 2 * Math.PI);
  context.fillStyle = "#d5dad7";
  context.fill();
}
