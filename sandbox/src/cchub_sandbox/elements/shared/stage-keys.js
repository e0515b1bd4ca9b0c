import { itemBox } from "./fonts.js";
import { turnedCentre } from "./geometry.js";
import { itemName, scaleBox, setTextSize } from "./model.js";
import { moveCentre } from "./transform.js";

const STEP = 1;
const LARGE_STEP = 5;
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Keys for the selected item. Returns whether the key was used. */
export function handleStageKey(event, state, { announce, openSettings }) {
  const item = state.selectedItem;
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (DIRECTIONS[event.key]) return move(state, item, event, announce);
  if (event.key === "Delete" || event.key === "Backspace") return remove(state, item, announce);
  if (event.key === "+" || event.key === "=") return grow(state, 1, announce);
  if (event.key === "-") return grow(state, -1, announce);
  if (event.key === "Escape") return deselect(state);
  if (event.key === "Enter" || event.key === " ") {
    openSettings();
    return true;
  }
  return false;
}

function move(state, item, event, announce) {
  const [dx, dy] = DIRECTIONS[event.key];
  const step = event.shiftKey ? LARGE_STEP : STEP;
  const nudge = (moved) => {
    const centre = turnedCentre(moved, itemBox(moved));
    moveCentre(moved, { x: centre.x + dx * step, y: centre.y + dy * step }, state.surface);
  };
  state.editSelected(nudge, "move");
  const { x, y } = state.selectedItem;
  announce(`${itemName(item)}: ${x} mm from the left, ${y} mm from the top`);
  return true;
}

function remove(state, item, announce) {
  state.removeItem(item.id);
  announce(`${itemName(item)} removed`);
  return true;
}

function grow(state, direction, announce) {
  state.editSelected((changed) => growItem(changed, direction), "size");
  const changed = state.selectedItem;
  announce(
    changed.type === "text" ? `Size ${changed.size} points` : `${changed.width} by ${changed.height} mm`,
  );
  return true;
}

/** One step larger (1) or smaller (-1). */
function growItem(item, direction) {
  if (item.type === "text") setTextSize(item, item.size + direction);
  else scaleBox(item, direction > 0 ? 1.1 : 1 / 1.1);
}

function deselect(state) {
  state.select(null);
  return true;
}
