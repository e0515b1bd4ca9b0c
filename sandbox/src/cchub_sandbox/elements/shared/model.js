/**
 * The design model: surfaces with their size in mm, each with items in paint order.
 * Text sits with its anchor (x, y) on the first baseline; everything else has its top-left corner at (x, y).
 */

export const MM_PER_POINT = 0.352778;
const LEADING = 1.25;
export const SAFE_MARGIN = 3;
/** How far italic text leans: sideways per upwards. The PDF renderer shears by the same. */
export const SLANT = 0.25;

export const TEXT_SIZE = { smallest: 4, largest: 200 };
export const SMALLEST_SIDE = 4;

export function editableItems(surface) {
  return surface.items.filter((item) => !item.locked);
}

/** What to call an item when talking to the person. */
export function itemName(item) {
  if (item.label) return item.label;
  return { text: "Text", image: "Picture", rectangle: "Rectangle", ellipse: "Ellipse" }[item.type];
}

export function textLines(item) {
  return item.text.split("\n");
}

/** Size of text in mm, and the distance of its baselines. */
export function textHeight(item) {
  return item.size * MM_PER_POINT;
}

export function lineDistance(item) {
  return textHeight(item) * LEADING;
}

export function newText(surface, number) {
  return {
    id: newItemId(),
    type: "text",
    label: `Text ${number}`,
    text: "Your text",
    font: "worksans",
    size: Math.max(10, Math.round(Math.min(surface.width, surface.height) / 5)),
    bold: false,
    italic: false,
    color: "#22302b",
    align: "center",
    x: surface.width / 2,
    y: surface.height / 2,
    rotation: 0,
  };
}

/** A picture in its own proportions, at most `share` of the surface, in the middle. */
export function newPicture(surface, asset, number, share = 0.6) {
  const scale = Math.min((surface.width * share) / asset.width, (surface.height * share) / asset.height);
  const width = round(Math.max(SMALLEST_SIDE, asset.width * scale));
  const height = round(Math.max(SMALLEST_SIDE, asset.height * scale));
  return {
    id: newItemId(),
    type: "image",
    label: `Picture ${number}`,
    asset: asset.id,
    x: round((surface.width - width) / 2),
    y: round((surface.height - height) / 2),
    width,
    height,
    fit: "cover",
    rotation: 0,
  };
}

function newItemId() {
  return `added-${crypto.getRandomValues(new Uint32Array(1))[0].toString(36)}`;
}

export function setTextSize(item, size) {
  const { smallest, largest } = TEXT_SIZE;
  item.size = Math.min(largest, Math.max(smallest, Math.round(size * 2) / 2));
}

/** Scales a picture or shape about its centre, in its proportions. */
export function scaleBox(item, factor) {
  const least = SMALLEST_SIDE / Math.min(item.width, item.height);
  const applied = Math.max(factor, least);
  const [width, height] = [item.width * applied, item.height * applied];
  item.x = round(item.x + (item.width - width) / 2);
  item.y = round(item.y + (item.height - height) / 2);
  item.width = round(width);
  item.height = round(height);
}

export function setRotation(item, degrees) {
  item.rotation = ((Math.round(degrees) % 360) + 360) % 360;
}

export function round(millimetres) {
  return Math.round(millimetres * 100) / 100;
}
