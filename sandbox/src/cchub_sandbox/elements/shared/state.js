import { History } from "./history.js";
import { editableItems } from "./model.js";

/**
 * The one source of truth of an open editor. Views read it, change it by its methods, and listen to its
 * events: "design" (the model), "selection" (item or surface), "order" (variant or quantity).
 */
export class EditorState extends EventTarget {
  #history = new History();

  constructor({ product, model, sku, quantity }) {
    super();
    this.product = product;
    this.model = structuredClone(model);
    this.sku = sku;
    this.quantity = quantity;
    this.surfaceIndex = 0;
    this.selectedId = null;
  }

  get surface() {
    return this.model.surfaces[this.surfaceIndex];
  }

  get selectedItem() {
    return editableItems(this.surface).find((item) => item.id === this.selectedId) ?? null;
  }

  get variant() {
    return this.product.variants.find((variant) => variant.sku === this.sku) ?? null;
  }

  get canUndo() {
    return this.#history.canUndo;
  }

  get canRedo() {
    return this.#history.canRedo;
  }

  select(itemId) {
    if (itemId === this.selectedId) return;
    this.selectedId = itemId;
    this.#tell("selection");
  }

  showSurface(index) {
    if (index === this.surfaceIndex) return;
    this.surfaceIndex = index;
    this.selectedId = null;
    this.#tell("selection");
  }

  /** Changes the model by `change(surface)`. Close edits of the same `kind` are undone together. */
  edit(change, kind = null) {
    this.#history.record(this.#snapshot(), kind);
    this.adjust(change);
  }

  /** Goes on with the last edit, as a drag does with every move: no step of its own to undo. */
  adjust(change) {
    change(this.surface);
    this.#tell("design");
  }

  /** The item as it is now, or undefined when it was removed. */
  item(surfaceIndex, itemId) {
    return this.model.surfaces[surfaceIndex].items.find((item) => item.id === itemId);
  }

  /** Changes one item, also of a surface that is not shown. An item removed in the meantime stays removed. */
  editItem(surfaceIndex, itemId, change, kind = null) {
    const item = this.item(surfaceIndex, itemId);
    if (!item) return;
    this.#history.record(this.#snapshot(), kind === null ? null : `${kind}:${surfaceIndex}:${itemId}`);
    change(item);
    this.#tell("design");
  }

  editSelected(change, kind = null) {
    this.editItem(this.surfaceIndex, this.selectedId, change, kind);
  }

  addItem(item) {
    this.edit((surface) => surface.items.push(item));
    this.select(item.id);
  }

  removeItem(itemId) {
    this.edit((surface) => {
      surface.items = surface.items.filter((item) => item.id !== itemId);
    });
    this.select(null);
  }

  /** Moves an item one step in the paint order, past the next item that is not locked. */
  reorder(itemId, step) {
    const { items } = this.surface;
    const from = items.findIndex((item) => item.id === itemId);
    let to = from + step;
    while (items[to]?.locked) to += step;
    if (!items[to]) return false;
    this.edit((surface) => surface.items.splice(to, 0, ...surface.items.splice(from, 1)));
    return true;
  }

  replaceModel(model) {
    this.#history.record(this.#snapshot(), null);
    this.#goTo({ model: structuredClone(model), surfaceIndex: 0 });
  }

  undo() {
    if (this.canUndo) this.#goTo(this.#history.undo(this.#snapshot()));
  }

  redo() {
    if (this.canRedo) this.#goTo(this.#history.redo(this.#snapshot()));
  }

  #snapshot() {
    return { model: structuredClone(this.model), surfaceIndex: this.surfaceIndex };
  }

  #goTo({ model, surfaceIndex }) {
    const shownBefore = `${this.surfaceIndex} ${this.selectedId}`;
    this.model = model;
    this.surfaceIndex = surfaceIndex;
    if (!this.selectedItem) this.selectedId = null;
    this.#tell("design");
    if (shownBefore !== `${this.surfaceIndex} ${this.selectedId}`) this.#tell("selection");
  }

  setSku(sku) {
    if (sku === this.sku) return;
    this.sku = sku;
    this.#tell("order");
  }

  setQuantity(quantity) {
    if (quantity === this.quantity) return;
    this.quantity = quantity;
    this.#tell("order");
  }

  #tell(name) {
    this.dispatchEvent(new Event(name));
  }
}
