// Design Editor of Customer's Canvas: an iframe, driven by the IFrame API, a classic script from the editor's address.
// The editor has no "Add to cart" of its own: quantity and button are the page's (personalize_framed.html).

import { addScript, inTime } from "../loading.js";

// The API finds the editor's address by this id.
const SCRIPT_ID = "CcIframeApiScript";
const PROOF = { maxWidth: 800, maxHeight: 800 };

export async function open({ config }, stage, listeners) {
  await addScript(config.scriptUrl, { id: SCRIPT_ID });
  const frame = Object.assign(document.createElement("iframe"), {
    className: "editor-element editor-frame",
    title: stage.getAttribute("aria-label"),
  });
  stage.append(frame);
  const { product, configuration } = config;
  const editor = await inTime(
    window.CustomersCanvas.IframeApi.loadEditor(frame, product, configuration),
    "loading the Design Editor",
  );
  tellOfChanges(frame, listeners);
  const order = new Order(document.querySelector("[data-editor-order]"), editor, listeners);
  listeners.ready();
  order.show();
  return new DesignEditor(editor, order);
}

/** What happens inside the frame is hidden from the page; that the shopper went into it is not. */
function tellOfChanges(frame, listeners) {
  addEventListener("blur", () => {
    if (document.activeElement === frame) listeners.change();
  });
}

/** The form with the quantity, and what happens when it is sent. */
class Order {
  #form;
  #editor;
  #listeners;
  stateId = null;

  constructor(form, editor, listeners) {
    this.#form = form;
    this.#editor = editor;
    this.#listeners = listeners;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
  }

  show() {
    this.#form.hidden = false;
  }

  unlock() {
    this.#form.elements.add.disabled = false;
  }

  async #add() {
    this.#form.elements.add.disabled = true;
    this.#listeners.saving();
    let output;
    try {
      output = await this.#output();
    } catch (error) {
      this.unlock();
      this.#listeners.problem(error?.message ?? "the design could not be saved");
      return;
    }
    this.#listeners.addToCart(output);
  }

  async #output() {
    const { stateId, userId } = await this.#editor.saveProduct();
    this.stateId = stateId;
    const { proofImageUrls } = await this.#editor.getProofImages(PROOF);
    return { quantity: this.#form.elements.quantity.valueAsNumber, saved: { stateId, userId }, proof: { proofImageUrls } };
  }
}

class DesignEditor {
  #editor;
  #order;

  constructor(editor, order) {
    this.#editor = editor;
    this.#order = order;
  }

  showLoader(isShown) {
    if (!isShown) this.#order.unlock();
  }

  /** Only finishing the design makes it check itself. With the state's id it is saved under the same name again. */
  async quality() {
    const finished = await this.#editor.finishProductDesign?.({ stateId: this.#order.stateId });
    return finished?.violationWarningData;
  }

  /** Its calls prolong the token, so that this is for the long pauses; whether every version can is not documented. */
  renewToken(token) {
    this.#editor.configuration?.setTokenId?.(token);
  }
}
