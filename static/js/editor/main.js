// The page /personalize/<sku>/: opens the editor that the server chose, keeps the shopper's work safe while it is open,
// and brings what was made to the cart. What is particular to a family of editors is in its module in adapters/.

import { AddToCart, Refusal } from "./add-to-cart.js";
import { LeaveGuard } from "./leave-guard.js";
import { EditorPage } from "./page.js";
import { keepTokenFresh } from "./token.js";

const root = document.querySelector("[data-editor]");
const data = JSON.parse(document.getElementById("editor-data").textContent);
const page = new EditorPage(root);
const guard = new LeaveGuard(root.querySelector("[data-editor-leave]"));
const cart = new AddToCart(data, { csrfToken: root.dataset.csrfToken, messages: root.dataset });

let editor = null;
let tokens = null;
let isReady = false;
let hasFailed = false;

const listeners = {
  ready() {
    if (hasFailed) return;
    isReady = true;
    page.showEditor();
  },

  change() {
    if (isReady && !cart.isSending) guard.holdOn();
  },

  saving() {
    page.clearMessage();
    page.showStatus(root.dataset.adding);
  },

  async addToCart(detail) {
    if (cart.isSending) return;
    listeners.saving();
    try {
      const { url, editUrl } = await cart.send(detail, () => editor?.quality());
      guard.letGo();
      // Back from the cart opens the design that was just added instead of an empty one.
      history.replaceState(null, "", editUrl);
      location.assign(url);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      guard.holdOn();
      editor?.showLoader(false);
      page.clearStatus();
      page.showMessage(error.message);
    }
  },

  problem(message) {
    console.error("The editor reports:", message);
    if (!isReady) return fail();
    page.clearStatus();
    page.showMessage(root.dataset.trouble);
    // Perhaps its token was refused; a second attempt should then have a good one.
    tokens?.renewSoon();
  },
};

function fail() {
  hasFailed = true;
  page.showFailure(root.dataset.failed);
}

async function open() {
  page.showStatus(root.dataset.opening);
  try {
    const adapter = await import(root.dataset.adapter);
    editor = await adapter.open(data, page.stage, listeners);
  } catch (error) {
    console.error(error);
    return fail();
  }
  tokens = keepTokenFresh(data, {
    csrfToken: () => cart.csrfToken,
    renewCsrfToken: () => cart.renewCsrfToken(),
    onFresh: (token) => editor.renewToken(token),
    onExpired: () => page.showMessage(root.dataset.expired),
  });
}

// A page taken out of the browser's memory shows a moment that is over: its token is old, its design may be in the cart.
addEventListener("pageshow", (event) => event.persisted && location.reload());

open();
