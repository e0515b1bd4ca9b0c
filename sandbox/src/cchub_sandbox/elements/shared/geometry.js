/** Points are {x, y} in mm from the top-left corner of the trim; boxes are {x, y, width, height}. */

export function rotatePoint(point, centre, degrees) {
  const radians = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const [dx, dy] = [point.x - centre.x, point.y - centre.y];
  return { x: centre.x + dx * cos - dy * sin, y: centre.y + dx * sin + dy * cos };
}

export function boxCentre(box) {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The point an item turns about: the anchor of text, the centre of anything else. */
export function pivot(item) {
  return item.type === "text" ? { x: item.x, y: item.y } : boxCentre(item);
}

/** The corners of an item's box, turned with the item: top-left, top-right, bottom-right, bottom-left. */
export function turnedCorners(item, box) {
  const { x, y, width, height } = box;
  const upright = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ];
  return upright.map((corner) => rotatePoint(corner, pivot(item), item.rotation));
}

export function turnedCentre(item, box) {
  return rotatePoint(boxCentre(box), pivot(item), item.rotation);
}

/** Path data of a surface's cut line, made smaller by `inset` mm (larger when negative). */
export function outline(surface, inset = 0) {
  const box = { x: inset, y: inset, width: surface.width - 2 * inset, height: surface.height - 2 * inset };
  if (surface.shape === "ellipse") return roundedPath(box, box.width / 2, box.height / 2);
  const radius = surface.shape === "rounded" ? Math.max(0, (surface.radius ?? 0) - inset) : 0;
  return roundedPath(box, radius, radius);
}

function roundedPath({ x, y, width, height }, rx, ry) {
  if (rx === 0 || ry === 0) return `M${x} ${y}h${width}v${height}h${-width}z`;
  const arc = (dx, dy) => `a${rx} ${ry} 0 0 1 ${dx} ${dy}`;
  return (
    `M${x + rx} ${y}h${width - 2 * rx}${arc(rx, ry)}v${height - 2 * ry}${arc(-rx, ry)}` +
    `h${-(width - 2 * rx)}${arc(-rx, -ry)}v${-(height - 2 * ry)}${arc(rx, -ry)}z`
  );
}

/** Whether a point lies within the cut line made smaller by `inset` mm; the tolerance forgives rounding. */
export function isInside(surface, point, inset) {
  const tolerance = 0.15;
  if (surface.shape === "ellipse") return isInsideEllipse(surface, point, inset - tolerance);
  const within = (value, size) => value >= inset - tolerance && value <= size - inset + tolerance;
  return within(point.x, surface.width) && within(point.y, surface.height);
}

function isInsideEllipse(surface, point, inset) {
  const [rx, ry] = [surface.width / 2 - inset, surface.height / 2 - inset];
  return ((point.x - surface.width / 2) / rx) ** 2 + ((point.y - surface.height / 2) / ry) ** 2 <= 1;
}
