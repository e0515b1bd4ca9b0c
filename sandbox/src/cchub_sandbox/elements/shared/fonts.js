import { MM_PER_POINT, SLANT, lineDistance, textHeight, textLines } from "./model.js";

const FALLBACKS = { lora: "serif", playfair: "serif", caveat: "cursive", worksans: "sans-serif" };
const MEASURE_AT = 100;

/** The CSS family name of a font; prefixed, so that it cannot meet a font of the page. */
export function fontFamily(fontId) {
  return `au-${fontId}, ${FALLBACKS[fontId] ?? "sans-serif"}`;
}

/** Loads the product's fonts for the whole document (fonts cannot be scoped to a shadow root). */
export async function loadFonts(fonts) {
  const faces = fonts.flatMap((font) => [
    face(font.id, font.regular, "400"),
    face(font.id, font.bold, "700"),
  ]);
  // A font that does not arrive is shown in its fallback; the person can still work.
  await Promise.allSettled(faces.map((loading) => loading));
}

async function face(id, url, weight) {
  const known = [...document.fonts].some((item) => item.family === `au-${id}` && item.weight === weight);
  if (known) return;
  const fontFace = new FontFace(`au-${id}`, `url("${encodeURI(url)}")`, { weight });
  document.fonts.add(fontFace);
  await fontFace.load();
}

const context = document.createElement("canvas").getContext("2d");

/** The `font` of a canvas context for a text item at a size in pixels. */
export function canvasFont(item, pixels) {
  return `${item.bold ? 700 : 400} ${pixels}px ${fontFamily(item.font)}`;
}

/** Upright box of a text item in mm, before it is turned: full lines, from ascender to descender. */
function textBox(item) {
  context.font = canvasFont(item, MEASURE_AT);
  context.fontKerning = "none";
  const scale = (item.size * MM_PER_POINT) / MEASURE_AT;
  const lines = textLines(item);
  const metrics = lines.map((line) => context.measureText(line));
  const width = Math.max(textHeight(item) / 2, ...metrics.map((metric) => metric.width * scale));
  const ascent = metrics[0].fontBoundingBoxAscent * scale;
  const descent = metrics[0].fontBoundingBoxDescent * scale;
  const height = ascent + descent + (lines.length - 1) * lineDistance(item);
  const before = { left: 0, center: width / 2, right: width }[item.align];
  const slant = item.italic ? SLANT * ascent : 0;
  return { x: item.x - before, y: item.y - ascent, width: width + slant, height };
}

/** Upright box of any item. */
export function itemBox(item) {
  if (item.type === "text") return textBox(item);
  return { x: item.x, y: item.y, width: item.width, height: item.height };
}
