import { itemBox } from "./fonts.js";
import { isInside, turnedCorners } from "./geometry.js";
import { SAFE_MARGIN, itemName } from "./model.js";

const GOOD_RESOLUTION = 150;
const SMALLEST_READABLE = 5;
const MM_PER_INCH = 25.4;
const PRINTABLE =
  /^[\n\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u2012-\u2015\u2018-\u201e\u2020\u2022\u2026\u2039\u203a\u20ac\u2122]*$/u;

/** What may go wrong in print, in words: [{surface, itemId, message}]. None of it prevents an order. */
export function findWarnings(model, pictures) {
  return model.surfaces.flatMap((surface) =>
    surface.items
      .filter((item) => !item.locked)
      .flatMap((item) => itemWarnings(surface, item, pictures))
      .map(({ item, message }) => ({ surface: surface.name, itemId: item.id, message })),
  );
}

function itemWarnings(surface, item, pictures) {
  const check = { text: textWarnings, image: pictureWarnings }[item.type];
  return check ? check(surface, item, pictures).map((message) => ({ item, message })) : [];
}

function textWarnings(surface, item) {
  const name = itemName(item);
  if (item.text.trim() === "") return [`“${name}” is empty and will not be printed.`];
  const warnings = [];
  if (item.size < SMALLEST_READABLE) warnings.push(`“${name}” is set very small and may be hard to read.`);
  if (!PRINTABLE.test(item.text)) warnings.push(`“${name}” has characters that we may not be able to print.`);
  const corners = turnedCorners(item, itemBox(item));
  if (!corners.every((corner) => isInside(surface, corner, 0))) {
    warnings.push(`“${name}” reaches over the edge and will be cut off.`);
  } else if (!corners.every((corner) => isInside(surface, corner, SAFE_MARGIN))) {
    warnings.push(`“${name}” is very close to the edge. Keep it ${SAFE_MARGIN} mm away to be safe.`);
  }
  return warnings;
}

function pictureWarnings(surface, item, pictures) {
  const name = itemName(item);
  if (item.asset === null) return [`“${name}” has no picture yet. The space stays empty.`];
  const image = pictures.image(item.asset);
  const resolution = image ? printResolution(item, image) : GOOD_RESOLUTION;
  if (resolution >= GOOD_RESOLUTION) return [];
  return [
    `“${name}” is too small for its size here and may look blurred (${Math.round(resolution)} dots per inch).`,
  ];
}

/** Dots per inch of a picture that covers its frame. */
function printResolution(item, image) {
  const perMillimetre = Math.min(image.naturalWidth / item.width, image.naturalHeight / item.height);
  return perMillimetre * MM_PER_INCH;
}
