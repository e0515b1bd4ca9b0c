/**
 * The editor of the UI Framework: what the driver shows in the page's container.
 * The editing itself is that of the sandbox's handy editor.
 */

import { HandyEditor } from "../workflow-elements/shared/handy-editor.js";

const TAG = "sandbox-ui-framework";
const STYLES = [new URL("../workflow-elements/handy-editor/styles.css", import.meta.url).href];

class UiFrameworkEditor extends HandyEditor {
  constructor() {
    super(STYLES);
  }

  addToCart() {
    this.beforeSaving();
    return super.addToCart();
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, UiFrameworkEditor);

/** Shows the editor in `container` and resolves once it is ready. */
function render(container, { elementConfig, beforeSaving, onLineItem }) {
  const element = document.createElement(TAG);
  element.style.blockSize = "100%";
  element.beforeSaving = () => beforeSaving(element);
  element.addEventListener("addtocart", async ({ detail }) =>
    onLineItem(detail, await element.getViolationsMessages()),
  );
  const ready = new Promise((resolve, reject) => {
    element.addEventListener("load", () => resolve(element), { once: true });
    element.addEventListener("error", (event) => reject(new Error(event.detail.message)), { once: true });
  });
  container.replaceChildren(element);
  element.init(elementConfig);
  return ready;
}

export default { default: { render } };
