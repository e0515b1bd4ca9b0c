import { itemBox } from "./fonts.js";
import { boxCentre, rotatePoint, turnedCentre, turnedCorners } from "./geometry.js";
import { SMALLEST_SIDE, TEXT_SIZE, round, setRotation, setTextSize } from "./model.js";

/** Brings the visible centre of an item to `target`, but not off the sheet. */
export function moveCentre(item, target, surface) {
  const centre = turnedCentre(item, itemBox(item));
  const within = (value, size) => Math.min(size + surface.bleed, Math.max(-surface.bleed, value));
  item.x = round(item.x + within(target.x, surface.width) - centre.x);
  item.y = round(item.y + within(target.y, surface.height) - centre.y);
}

/** Scales `original` in proportion by moving one corner; the opposite corner stays where it is. */
export function resizeByCorner(item, original, corner, moved) {
  const corners = turnedCorners(original, itemBox(original));
  const fixed = corners[(corner + 2) % 4];
  const distance = (point) => Math.hypot(point.x - fixed.x, point.y - fixed.y);
  const before = distance(corners[corner]) || 1;
  const factor = distance({ x: corners[corner].x + moved.x, y: corners[corner].y + moved.y }) / before;
  if (item.type === "text") resizeText(item, original, fixed, factor);
  else resizeBoxFrom(item, original, fixed, factor);
}

function resizeText(item, original, fixed, factor) {
  setTextSize(item, Math.min(TEXT_SIZE.largest, original.size * factor));
  const anchor = scaleFrom(fixed, original, item.size / original.size);
  item.x = round(anchor.x);
  item.y = round(anchor.y);
}

function resizeBoxFrom(item, original, fixed, factor) {
  const applied = Math.max(factor, SMALLEST_SIDE / Math.min(original.width, original.height));
  const centre = scaleFrom(fixed, boxCentre(original), applied);
  item.width = round(original.width * applied);
  item.height = round(original.height * applied);
  item.x = round(centre.x - item.width / 2);
  item.y = round(centre.y - item.height / 2);
}

function scaleFrom(fixed, point, factor) {
  return { x: fixed.x + (point.x - fixed.x) * factor, y: fixed.y + (point.y - fixed.y) * factor };
}

/** Gives an item another rotation than `original` has; what is seen turns about its own centre. */
export function turnTo(item, original, degrees) {
  setRotation(item, degrees);
  if (item.type !== "text") return;
  const centre = turnedCentre(original, itemBox(original));
  const anchor = rotatePoint({ x: original.x, y: original.y }, centre, item.rotation - original.rotation);
  item.x = round(anchor.x);
  item.y = round(anchor.y);
}
