import { itemBox } from "./fonts.js";
import { isInside, turnedCorners } from "./geometry.js";
import { SAFE_MARGIN, itemName } from "./model.js";

const GOOD_RESOLUTION = 150;
const SMALLEST_READABLE = 5;
const MM_PER_INCH = 25.4;
const PRINTABLE =
  /^[\n\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u2012-\u2015\u2018-\u201e\u2020\u2022\u2026\u2039\u203a\u20ac\u2122]*$/u;

/**
 * What may go wrong in print: [{surface, itemId, itemType, itemName, kind, message, dpi}], `dpi` only of pictures that
 * are too small. None of it prevents an order.
 */
export function findWarnings(model, pictures) {
  return model.surfaces.flatMap((surface) =>
    surface.items
      .filter((item) => !item.locked)
      .flatMap((item) =>
        itemWarnings(surface, item, pictures).map((warning) => ({
          surface: surface.name,
          itemId: item.id,
          itemType: item.type,
          itemName: itemName(item),
          ...warning,
        })),
      ),
  );
}

/** Resolves when the size of every picture is known, or that it does not load. */
export function picturesLoaded(model, pictures) {
  const assets = model.surfaces.flatMap((surface) => surface.items.map((item) => item.asset)).filter(Boolean);
  return Promise.all(assets.map((asset) => pictures.settled(asset)));
}

function itemWarnings(surface, item, pictures) {
  const check = { text: textWarnings, image: pictureWarnings }[item.type];
  return check ? check(surface, item, pictures) : [];
}

function textWarnings(surface, item) {
  const name = itemName(item);
  if (item.text.trim() === "") return [{ kind: "empty", message: `“${name}” is empty and will not be printed.` }];
  const warnings = [];
  const warn = (kind, message) => warnings.push({ kind, message });
  if (item.size < SMALLEST_READABLE) warn("small-text", `“${name}” is set very small and may be hard to read.`);
  if (!PRINTABLE.test(item.text)) {
    warn("missing-character", `“${name}” has characters that we may not be able to print.`);
  }
  const corners = turnedCorners(item, itemBox(item));
  if (!corners.every((corner) => isInside(surface, corner, 0))) {
    warn("cut-off", `“${name}” reaches over the edge and will be cut off.`);
  } else if (!corners.every((corner) => isInside(surface, corner, SAFE_MARGIN))) {
    warn("safe-area", `“${name}” is very close to the edge. Keep it ${SAFE_MARGIN} mm away to be safe.`);
  }
  return warnings;
}

function pictureWarnings(_surface, item, pictures) {
  const name = itemName(item);
  if (item.asset === null) {
    return [{ kind: "empty", message: `“${name}” has no picture yet. The space stays empty.` }];
  }
  const image = pictures.image(item.asset);
  const resolution = image ? printResolution(item, image) : GOOD_RESOLUTION;
  if (resolution >= GOOD_RESOLUTION) return [];
  const dpi = Math.round(resolution);
  const message = `“${name}” is too small for its size here and may look blurred (${dpi} dots per inch).`;
  return [{ kind: "low-resolution", message, dpi }];
}

/** Dots per inch of a picture that covers its frame. */
function printResolution(item, image) {
  const perMillimetre = Math.min(image.naturalWidth / item.width, image.naturalHeight / item.height);
  return perMillimetre * MM_PER_INCH;
}
