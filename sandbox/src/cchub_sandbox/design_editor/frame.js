/** The inside of the Design Editor's frame: the sandbox's handy editor without its order bar. */

import { HandyEditor } from "/libs/us/workflow-elements/shared/handy-editor.js";

const TAG = "sandbox-design-editor";
const STYLES = [
  new URL("/libs/us/workflow-elements/handy-editor/styles.css", location).href,
  new URL("inside.css", import.meta.url).href,
];

customElements.define(
  TAG,
  class extends HandyEditor {
    constructor() {
      super(STYLES);
    }
  },
);

addEventListener(
  "message",
  ({ data, ports }) => {
    const [port] = ports;
    const session = new Session(data);
    port.onmessage = ({ data: { id, method, argument } }) => answer(port, id, session[method](argument));
    answer(port, 0, session.open());
  },
  { once: true },
);

async function answer(port, id, promise) {
  try {
    port.postMessage({ id, result: await promise });
  } catch (error) {
    port.postMessage({ id, error: error.message });
  }
}

// The states of a check (`ViolationState`), and the check that each kind of warning belongs to. "Printed empty" is none.
const WARNING = 2;
const BAD = 3;
const CHECKS = {
  "low-resolution": { qualityViolationState: BAD },
  "safe-area": { safetyLineViolationState: WARNING },
  "cut-off": { regionViolationState: WARNING },
  "missing-character": { textCropViolationState: WARNING },
};

/** One opened product; its methods are those of the IFrame API's Editor. */
class Session {
  #element = document.createElement(TAG);
  #product;
  #user;
  #saved = null;

  constructor({ product, configuration: { userId, tokenId } }) {
    this.#product = product;
    this.#user = { id: userId, token: tokenId };
  }

  open() {
    const ready = new Promise((resolve, reject) => {
      this.#element.addEventListener("load", () => resolve(true), { once: true });
      this.#element.addEventListener("error", (event) => reject(new Error(event.detail.message)), { once: true });
    });
    document.querySelector("main").append(this.#element);
    this.#element.init(this.#config());
    return ready;
  }

  async saveProduct() {
    this.#saved = await this.#element.getLineItem();
    const { _stateId, _userId } = this.#saved.properties;
    return { stateId: _stateId[0], userId: _userId, returnToEditUrl: null };
  }

  /** A list of surfaces, each a list of pictures: there is one per mockup. */
  async getProofImages() {
    const saved = this.#saved ?? (await this.#element.getLineItem());
    return { proofImageUrls: saved.properties._hidden.images.map((url) => [url]) };
  }

  /** Saves once more and checks the design (`IFinishDesignResult`); the print files are made elsewhere here. */
  async finishProductDesign() {
    const { stateId, userId } = await this.saveProduct();
    const violationWarningData = (await this.#element.findWarnings())
      .filter(({ kind }) => kind in CHECKS)
      .map(({ surface, itemType, itemName, kind, dpi }) => ({
        type: itemType === "image" ? "ImageItem" : "PlainTextItem",
        name: itemName,
        surfaceName: surface,
        ...CHECKS[kind],
        ...(dpi && { dpiValue: dpi }),
      }));
    return { stateId, userId, hiResOutputUrls: [], violationWarningData };
  }

  async setTokenId(tokenId) {
    this.#user.token = tokenId;
    await this.#element.update(this.#config());
  }

  #config() {
    return {
      configVersion: 2,
      // The Design Editor knows neither tenant nor storefront; the elements ask for some number.
      integration: { tenantId: 1, storefrontId: 1, user: { ...this.#user }, cchubApiGatewayUrl: location.origin },
      input: inputOf(this.#product),
    };
  }
}

/** A text is the id of a saved design; the template of a definition is named by its product's number here. */
function inputOf(product) {
  if (typeof product === "string") return { designId: product };
  return { productId: Number(product.surfaces[0].printAreas[0].designFile.replace("product-", "")) };
}
