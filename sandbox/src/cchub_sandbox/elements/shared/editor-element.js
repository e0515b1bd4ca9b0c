import { ApiFailure, EditorApi } from "./api.js";
import { ConfigError, isQuantity, readConfig } from "./config.js";
import { element } from "./dom.js";
import { loadFonts } from "./fonts.js";
import { Notices } from "./notices.js";
import { openDesign } from "./open-design.js";
import { Pictures } from "./pictures.js";
import { findWarnings, picturesLoaded } from "./quality.js";
import { EditorState } from "./state.js";

const SHARED_STYLES = ["base", "layout", "controls", "stage", "panel", "order", "dialogs"].map(
  (name) => new URL(`./styles/${name}.css`, import.meta.url).href,
);

/**
 * What all three editors have in common: the methods and events of Aurigma's workflow elements.
 * An editor says how it looks in `buildEditor({state, pictures, notices})`, which returns its node.
 */
export class EditorElement extends HTMLElement {
  #notices = new Notices();
  #root = element("div", { class: "root", lang: "en" });
  #stylesLoaded;
  #config = null;
  #api = null;
  #pictures = null;
  #state = null;
  #designId = null;
  #openings = 0;

  constructor(styleUrls) {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    const sheets = [...SHARED_STYLES, ...styleUrls].map((href) => element("link", { rel: "stylesheet", href }));
    // The editor also opens when a style sheet does not arrive.
    this.#stylesLoaded = Promise.all(sheets.map(settled));
    shadow.append(...sheets, this.#root);
    this.#root.append(...this.#notices.nodes);
  }

  get state() {
    return this.#state;
  }

  get settings() {
    return this.#config?.settings ?? {};
  }

  /** Opens the editor. Ends with the event "load", or "error" when it cannot be used. */
  async init(rawConfig) {
    this.#openings += 1;
    const opening = this.#openings;
    const isStale = () => opening !== this.#openings;
    try {
      this.#config = readConfig(rawConfig);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#fail(
        error.message,
        "This editor cannot be opened because of its configuration. Please tell the shop.",
      );
      return;
    }
    this.#notices.clearProblem();
    this.showLoader(true, "Opening the editor…");
    try {
      await this.#open(isStale);
    } catch (error) {
      if (isStale()) return;
      this.showLoader(false);
      const message = readable(error);
      this.#fail(message, message, { retry: () => this.init(rawConfig) });
    }
  }

  async #open(isStale) {
    const { apiUrl, user, scenario, quantity } = this.#config;
    const api = new EditorApi(apiUrl, user.token);
    const { designId, product, model, sku } = await openDesign(api, scenario);
    await Promise.all([loadFonts(product.fonts), this.#stylesLoaded]);
    if (isStale()) return;
    this.#api = api;
    this.#designId = designId;
    this.#pictures = new Pictures(api);
    this.#show(new EditorState({ product, model, sku, quantity }));
  }

  #show(state) {
    this.#state = state;
    this.#root.querySelector(".editor")?.remove();
    const content = this.buildEditor({ state, pictures: this.#pictures, notices: this.#notices });
    this.#root.append(content);
    this.#notices.cover(content);
    for (const name of ["design", "order"]) state.addEventListener(name, () => this.#dispatch("change"));
    this.showLoader(false);
    this.#dispatch("load");
  }

  /** Applies a changed configuration: a newer token, another quantity, or other input (which opens anew). */
  async update(rawConfig) {
    const before = this.#config;
    if (!this.#state) return this.init(rawConfig);
    const config = readConfig(rawConfig);
    if (JSON.stringify(config.scenario) !== JSON.stringify(before.scenario)) return this.init(rawConfig);
    const quantity = rawConfig.integration.quantity ?? before.quantity;
    this.#config = { ...config, quantity };
    this.#api.renewToken(config.user.token);
    // A renewed token leaves the quantity as the person has chosen it.
    if (quantity !== before.quantity) this.#state.setQuantity(quantity);
  }

  /** Saves the design and returns its line item, as "addtocart" does. Throws ApiFailure. */
  async getLineItem() {
    const saved = await this.#save();
    const { product, sku, quantity, variant } = this.#state;
    return {
      key: saved.id,
      quantity,
      originalProductId: String(product.productId),
      sku,
      productVariantId: variant?.variantId ?? null,
      productId: product.productId,
      productVersionId: product.productVersionId,
      productLinkId: this.#config.scenario.productLinkId ?? null,
      properties: {
        _stateId: [saved.id],
        _userId: this.#config.user.id,
        _hidden: { snapshot: null, images: saved.previews, downloadUrls: [] },
      },
    };
  }

  async #save() {
    const { product, sku, model } = this.#state;
    const design = { productId: product.productId, sku, model };
    try {
      return this.#remember(await this.#api.saveDesign({ ...design, designId: this.#designId }));
    } catch (error) {
      // The saved design is gone (its retention ended, say), the person's work is not: it becomes a new one.
      if (error.kind !== "missing" || !this.#designId) throw error;
      return this.#remember(await this.#api.saveDesign(design));
    }
  }

  #remember(saved) {
    this.#designId = saved.id;
    return saved;
  }

  /** Saves and hands the line item to the shop. The loader stays until the shop calls `showLoader(false)`. */
  async addToCart() {
    this.#notices.clearProblem();
    this.showLoader(true, "Saving your design…");
    try {
      this.#dispatch("addtocart", await this.getLineItem());
    } catch (error) {
      this.showLoader(false);
      this.#notices.problem(readable(error), { retry: () => this.addToCart() });
      // Only the page can get a new token.
      if (error.kind === "expired") this.#dispatch("error", { message: error.message });
    }
  }

  showLoader(isShown, message = "One moment…") {
    if (isShown) this.#notices.showLoader(message);
    else this.#notices.hideLoader();
  }

  getChoices() {
    const { sku, quantity, variant, model } = this.#state;
    return { sku, quantity, options: { ...variant?.options }, model: structuredClone(model) };
  }

  /** The same for reading: options and texts by their labels. */
  getChoicesValues() {
    const { variant, model } = this.#state;
    const texts = model.surfaces
      .flatMap((surface) => surface.items)
      .filter((item) => item.type === "text" && !item.locked)
      .map((item) => [item.label, item.text]);
    return { ...variant?.options, ...Object.fromEntries(texts) };
  }

  setChoices({ sku, quantity, model }) {
    const { product } = this.#state;
    if (product.variants.some((variant) => variant.sku === sku)) this.#state.setSku(sku);
    if (isQuantity(quantity)) this.#state.setQuantity(quantity);
    if (model) this.#state.replaceModel(model);
  }

  /** [{type, message, dpi}]; what Aurigma's elements answer exactly is not documented. */
  async getViolationsMessages() {
    const warnings = await this.findWarnings();
    return warnings.map(({ kind, message, dpi }) => ({ type: kind, message, ...(dpi && { dpi }) }));
  }

  async findWarnings() {
    await picturesLoaded(this.#state.model, this.#pictures);
    return findWarnings(this.#state.model, this.#pictures);
  }

  #fail(message, shown, { retry = null } = {}) {
    console.error(`${this.localName}: ${message}`);
    this.#notices.problem(shown, { retry, closable: false });
    this.#dispatch("error", { message });
  }

  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: false }));
  }
}

function readable(error) {
  if (error instanceof ApiFailure) return error.message;
  console.error(error);
  return "Something went wrong in the editor. Please try again.";
}

function settled(link) {
  return new Promise((resolve) => {
    link.onload = link.onerror = resolve;
  });
}
