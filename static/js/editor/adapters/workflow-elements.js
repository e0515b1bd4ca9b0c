// Workflow Elements of Customer's Canvas: a web component whose script and styles come from the Hub's address.
//
// Every adapter exports open(data, stage, listeners). It puts the editor into `stage`, calls listeners.ready(),
// .change(), .addToCart(detail) and .problem(message), and resolves to {showLoader(isShown), renewToken(token)} once the
// editor has been asked to open. It throws when the editor's files do not arrive.

const TIMEOUT_MS = 20_000;

export async function open(data, stage, listeners) {
  for (const href of data.styles) addStyles(href);
  await Promise.all([...data.scripts.map(addScript), whenDefined(data.tag)]);
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

  renewToken(token) {
    const { integration } = this.#config;
    // The quantity stays as the shopper has it by now.
    const { quantity, ...rest } = integration;
    this.#config = { ...this.#config, integration: { ...rest, user: { ...integration.user, token } } };
    this.#element.update?.(this.#config);
  }
}

function addStyles(href) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  document.head.append(link);
}

function addScript(src) {
  const script = Object.assign(document.createElement("script"), { src, async: true });
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} did not load`));
    document.head.append(script);
  });
}

function whenDefined(tag) {
  return Promise.race([
    customElements.whenDefined(tag),
    new Promise((_, reject) => {
      setTimeout(() => reject(new Error(`<${tag}> was not defined in time`)), TIMEOUT_MS);
    }),
  ]);
}

function once(callback) {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    callback();
  };
}
