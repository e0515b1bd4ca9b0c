import { svgElement, uniqueId } from "./dom.js";
import { fontFamily } from "./fonts.js";
import { outline, pivot } from "./geometry.js";
import { SLANT, itemName, lineDistance, textHeight, textLines } from "./model.js";

const ANCHORS = { left: "start", center: "middle", right: "end" };

/** One item. With `ghosts`, what is still empty shows its label instead; ghosts are never printed. */
export function drawItem(item, { assetUrl, ghosts = false }) {
  const draw = { text: drawText, image: drawImage, rectangle: drawRectangle, ellipse: drawEllipse }[
    item.type
  ];
  const centre = pivot(item);
  const group = svgElement("g", { transform: `rotate(${item.rotation} ${centre.x} ${centre.y})` });
  group.append(...draw(item, { assetUrl, ghosts }));
  return group;
}

function drawText(item, { ghosts }) {
  const isEmpty = item.text.trim() === "";
  if (isEmpty && !ghosts) return [];
  const shown = isEmpty ? { ...item, text: itemName(item) } : item;
  // Without the spaces between them, a screen reader joins the last word of a line to the first of the next.
  return textLines(shown).flatMap((line, index) => [" ", drawLine(shown, line, index, isEmpty)]);
}

function drawLine(item, line, index, isGhost) {
  const y = item.y + index * lineDistance(item);
  const node = svgElement("text", {
    class: isGhost ? "print-text ghost" : "print-text",
    x: item.x,
    y,
    fill: item.color,
    "font-size": textHeight(item),
    "font-family": fontFamily(item.font),
    "font-weight": item.bold ? 700 : 400,
    "text-anchor": ANCHORS[item.align],
    text: line,
  });
  // Slanted by hand: browsers and PDF renderers do not agree on how far an artificial italic leans.
  if (item.italic) node.setAttribute("transform", `matrix(1 0 ${-SLANT} 1 ${SLANT * y} 0)`);
  return node;
}

function drawImage(item, { assetUrl, ghosts }) {
  const { x, y, width, height } = item;
  if (item.asset === null) return ghosts ? drawEmptyFrame(item) : [];
  return [
    svgElement("image", {
      x,
      y,
      width,
      height,
      href: assetUrl(item.asset),
      preserveAspectRatio: "xMidYMid slice",
    }),
  ];
}

function drawEmptyFrame(item) {
  const { x, y, width, height } = item;
  const size = Math.min(width, height) * 0.3;
  const [left, top] = [x + width / 2 - size / 2, y + height / 2 - size / 2];
  const symbol = "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4";
  return [
    svgElement("rect", { class: "empty-frame", x, y, width, height }),
    svgElement("path", {
      class: "empty-symbol",
      d: symbol,
      transform: `translate(${left} ${top}) scale(${size / 24})`,
    }),
  ];
}

function drawRectangle({ x, y, width, height, color }) {
  return [svgElement("rect", { x, y, width, height, fill: color })];
}

function drawEllipse({ x, y, width, height, color }) {
  const [rx, ry] = [width / 2, height / 2];
  return [svgElement("ellipse", { cx: x + rx, cy: y + ry, rx, ry, fill: color })];
}

/** A picture of the finished surface, cut along its outline. */
export function drawFinished(surface, { assetUrl, ghosts = false, label }) {
  const clip = uniqueId("clip");
  const { width, height, bleed } = surface;
  const paper = svgElement("rect", {
    x: -bleed,
    y: -bleed,
    width: width + 2 * bleed,
    height: height + 2 * bleed,
    fill: surface.background,
  });
  const items = surface.items.map((item) => drawItem(item, { assetUrl, ghosts }));
  return svgElement(
    "svg",
    { class: "finished", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    svgElement("clipPath", { id: clip }, svgElement("path", { d: outline(surface) })),
    svgElement("g", { "clip-path": `url(#${clip})` }, paper, ...items),
    svgElement("path", { class: "finished-edge", d: outline(surface) }),
  );
}
