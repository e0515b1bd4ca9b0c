/**
 * The default driver of the UI Framework, for shops without one of their own: it is told everything and reports what
 * was ordered by `cart.onSubmitted`.
 */

const UNTITLED = "The configuration of the UI Framework";

export const ecommerceDriver = { init };

async function init(product, editor, config, _pluginSettings, restoreData, quantity, user, backOffice) {
  check(config, user, backOffice);
  const submitted = new Listeners();
  const cart = { lineItems: [], onSubmitted: submitted };
  const settings = { product, config, restoreData, quantity, user, backOffice };
  const current = {
    ...product,
    renderEditor: (container) =>
      editor.render(container, {
        elementConfig: elementConfig(settings),
        // The page may have been given a newer token since the editor was opened.
        beforeSaving: (element) => element.update(elementConfig(settings)),
        onLineItem: (detail, violations) => {
          cart.lineItems = [lineItem(detail, violations, product)];
          submitted.tell(cart);
        },
      }),
  };
  return { cart, products: { current, all: [current] }, user };
}

class Listeners {
  #callbacks = new Set();

  subscribe(callback) {
    this.#callbacks.add(callback);
    return { unsubscribe: () => this.#callbacks.delete(callback) };
  }

  tell(cart) {
    for (const callback of this.#callbacks) callback(cart);
  }
}

function check({ widgets, steps }, user, backOffice) {
  if (!Array.isArray(widgets) || widgets.length === 0) throw new Error(`${UNTITLED} has no widgets.`);
  if (!Array.isArray(steps) || steps.length === 0) throw new Error(`${UNTITLED} has no steps.`);
  if (!user?.id || !user.tokenId) throw new Error("The user needs an id and a tokenId.");
  if (backOffice?.integrationType !== 2) throw new Error("Only option-based products are supported.");
}

function elementConfig({ config, restoreData, quantity, user, backOffice }) {
  return {
    configVersion: 2,
    integration: {
      tenantId: backOffice.tenantId,
      storefrontId: backOffice.storefrontId,
      user: { id: user.id, token: user.tokenId },
      cchubApiGatewayUrl: backOffice.apiGatewayUrl,
      quantity,
    },
    input: restoreData ? inputOfSnapshot(restoreData, config) : inputOfProduct(backOffice),
  };
}

function inputOfProduct({ optionBasedProductInfo: { productId, selectedVariantSku } }) {
  return { productId, designVariantFilter: { sku: selectedVariantSku } };
}

function inputOfSnapshot({ snapshot }, config) {
  if (!config.restoration) throw new Error(`${UNTITLED} has no restoration section.`);
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(snapshot), (letter) => letter.charCodeAt(0))));
}

/** What was ordered as the cart of the UI Framework has it; the snapshot holds all that is needed to go on. */
function lineItem({ quantity, sku, productId, productVersionId, properties }, violations, product) {
  const [designId] = properties._stateId;
  const snapshot = encode(JSON.stringify({ designId, productId, productVersionId, sku }));
  const props = { ...properties, _hidden: { ...properties._hidden, snapshot, violations }, _fields: {} };
  return { productId: product.id, sku, quantity, props };
}

function encode(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
