// Workflow Elements of Customer's Canvas: a web component whose script and styles come from the Hub's address.
// What an adapter has to do is in docs/developers.md, "Adding an editor".

import { addScript, addStyles, inTime, once, TIMEOUT_MS } from "../loading.js";

export async function open(data, stage, listeners) {
  for (const href of data.styles) addStyles(href);
  await Promise.all([...data.scripts.map((src) => addScript(src)), whenDefined(data.tag)]);
  const element = document.createElement(data.tag);
  element.classList.add("editor-element");
  listen(element, listeners);
  stage.append(element);
  await element.init(data.config);
  return new WorkflowElement(element, data.config);
}

/** Before `init`, so that nothing is missed. */
function listen(element, listeners) {
  const ready = once(listeners.ready);
  element.addEventListener("load", ready);
  document.addEventListener("editorloaded", ready);
  // An editor that never says that it is ready has a preloader of its own; ours must not cover it for ever.
  setTimeout(ready, TIMEOUT_MS);
  element.addEventListener("change", () => listeners.change());
  element.addEventListener("addtocart", (event) => listeners.addToCart(event.detail));
  element.addEventListener("error", (event) => listeners.problem(event.detail?.message ?? "no details"));
}

class WorkflowElement {
  #element;
  #config;

  constructor(element, config) {
    this.#element = element;
    this.#config = config;
  }

  showLoader(isShown) {
    this.#element.showLoader?.(isShown);
  }

  /** Not every element and version has the method. */
  quality() {
    return this.#element.getViolationsMessages?.();
  }

  renewToken(token) {
    const { integration } = this.#config;
    // The quantity stays as the shopper has it by now.
    const { quantity, ...rest } = integration;
    this.#config = { ...this.#config, integration: { ...rest, user: { ...integration.user, token } } };
    this.#element.update?.(this.#config);
  }
}

function whenDefined(tag) {
  return inTime(customElements.whenDefined(tag), `the definition of <${tag}>`);
}
