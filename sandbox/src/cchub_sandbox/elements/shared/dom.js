const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element. Keys of `properties` that start with "on" are listeners, `text` is its text,
 * booleans toggle attributes.
 */
export function element(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for SVG. */
export function svgElement(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(node, properties, children) {
  for (const [key, value] of Object.entries(properties)) apply(node, key, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function apply(node, key, value) {
  if (key === "text") node.textContent = value;
  else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else if (typeof value === "boolean" && !key.startsWith("aria-")) node.toggleAttribute(key, value);
  else if (value !== null && value !== undefined) node.setAttribute(key, value);
}

let lastNumber = 0;

/** An id that no other element of the page has. */
export function uniqueId(prefix) {
  lastNumber += 1;
  return `au-${prefix}-${lastNumber}`;
}

export function reducedMotion() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}
