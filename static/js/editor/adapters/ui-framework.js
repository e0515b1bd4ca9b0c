// UI Framework of Customer's Canvas: a driver and an editor, two ES modules from the Hub's address.

import { inTime } from "../loading.js";

// The UI Framework tells nobody that its shopper changed something; these gestures are taken for it.
const GESTURES = ["input", "pointerup", "drop"];

export async function open({ config }, stage, listeners) {
  const [{ ecommerceDriver }, editor] = await inTime(
    Promise.all([import(config.driverUrl), import(config.editorUrl).then(editorOf)]),
    "loading the UI Framework",
  );
  const container = Object.assign(document.createElement("div"), { className: "editor-element" });
  for (const gesture of GESTURES) container.addEventListener(gesture, () => listeners.change());
  stage.append(container);
  const { user, backOffice } = config;
  const driver = await ecommerceDriver.init(
    config.product,
    editor,
    config.workflow,
    config.plugins,
    config.restore,
    config.quantity,
    user,
    backOffice,
  );
  driver.cart.onSubmitted.subscribe((cart) => listeners.addToCart(outputOf(cart)));
  await driver.products.current.renderEditor(container);
  listeners.ready();
  return new UiFrameworkEditor(user, backOffice, driver.cart);
}

/** The builds of the UI Framework export their editor differently. */
function editorOf(module) {
  return module.editor ?? module.default?.default ?? module.default;
}

/** The plain data of the cart, which is an object with much else in it. */
function outputOf({ lineItems }) {
  return { lineItems: [...lineItems].map(({ sku, quantity, props }) => ({ sku, quantity, props })) };
}

class UiFrameworkEditor {
  #user;
  #backOffice;
  #cart;

  constructor(user, backOffice, cart) {
    this.#user = user;
    this.#backOffice = backOffice;
    this.#cart = cart;
  }

  showLoader() {
    // The UI Framework has no loader to be switched off: it stays usable while it submits.
  }

  /** There is no call for it: the workflow puts what its editor found into the hidden data, under one of two names. */
  quality() {
    const [item] = this.#cart.lineItems;
    return item?.props?._hidden?.violationWarningData ?? item?.props?._hidden?.violations;
  }

  /** There is no call for it. The driver holds these very objects and reads the token when it needs one. */
  renewToken(token) {
    this.#user.tokenId = token;
    this.#backOffice.token = token;
  }
}
